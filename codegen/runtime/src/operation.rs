//! One request path for every operation.
//!
//! An emitted input names its operation by implementing [`Operation`]; from that
//! a [`Spec`] is made, a table of facts and function pointers. Everything behind
//! it, from plugins to the orchestrator's large state machine, is compiled here
//! once and not per operation.

use aws_runtime::service_clock_skew::ServiceClockSkewClassifier;
use aws_smithy_runtime::client::orchestrator::{StopPoint, invoke_with_stop_point};
use aws_smithy_runtime::client::sdk_feature::SmithySdkFeature;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::retries::classifiers::ClassifyRetry;
use aws_smithy_runtime_api::client::runtime_plugin::{RuntimePlugins, SharedRuntimePlugin};
use std::marker::PhantomData;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};
use tracing::Instrument;

pub use aws_smithy_runtime_api::client::interceptors::context::{Error, Input, Output};

pub use crate::route::{HttpChecksum, Route, Segment};
#[cfg(feature = "event-stream-input")]
pub use crate::spec::TakeEvents;
pub use crate::spec::{Spec, TakeStream};

use crate::answer::read_output;
use crate::error::{OperationError, RootError};
use crate::plugin::{FeaturePlugin, OperationPlugin};
use crate::service::{Handle, Service};
use crate::shape::{Schema, Shape, Table, flag};
use crate::span;

/// An operation, named by its input.
pub trait Operation: Table + Sized {
    /// The service it belongs to.
    type Service: Service;
    /// What it returns.
    type Output: Table;
    /// How it fails.
    type Error: OperationError;
    /// Its route.
    const ROUTE: Route;
    /// Takes the stream out of an input that has one, to be the body of the request.
    const STREAM: Option<TakeStream<Self>> = None;
    /// Takes the events out of an input that has some, to be the body of the request.
    #[cfg(feature = "event-stream-input")]
    const EVENTS: Option<TakeEvents<Self>> = None;
    /// Its spec; never overridden.
    const SPEC: &'static Spec = &Spec::of::<Self>();
}

impl Spec {
    /// The spec of an operation.
    pub const fn of<I: Operation>() -> Self {
        Self {
            route: I::ROUTE,
            service: <I::Service as Service>::FACTS,
            type_name: std::any::type_name::<I>,
            input: |input| input.downcast_ref::<I>().map(|input| input as &dyn Shape),
            input_mut: if has(I::SCHEMA, flag::IDEMPOTENCY_TOKEN | flag::OWN_ACCOUNT) || I::ROUTE.changes_input() {
                Some(|input| input.downcast_mut::<I>().map(|input| input as &mut dyn Shape))
            } else {
                None
            },
            take_stream: match I::STREAM {
                Some(_) => Some(|input| I::STREAM.and_then(|take| take(input.downcast_mut::<I>()?))),
                None => None,
            },
            #[cfg(feature = "event-stream-input")]
            take_events: match I::EVENTS {
                Some(_) => Some(|input| I::EVENTS.and_then(|take| take(input.downcast_mut::<I>()?))),
                None => None,
            },
            streams: has(<I::Output as Table>::SCHEMA, flag::STREAM),
            #[cfg(feature = "event-stream")]
            output_mut: match has(<I::Output as Table>::SCHEMA, flag::STREAM) {
                true => Some(|output| output.downcast_mut::<I::Output>().map(|output| output as &mut dyn Shape)),
                false => None,
            },
            confidential: I::ROUTE.sensitive_output || has_secret_in_url(I::SCHEMA),
            output: |answer| {
                let mut output = <I::Output as Table>::empty();
                read_output(answer, &mut output)?;
                Ok(Output::erase(output))
            },
            error: |response| Error::erase(I::Error::from_response(response)),
            failure: |error| error.downcast_ref::<I::Error>().map(I::Error::failure),
            auth: I::ROUTE.auth_of(<I::Service as Service>::AUTH),
            signing: <I::Service as Service>::SIGNING,
            #[cfg(feature = "session-auth")]
            session: <I::Service as Service>::SESSION,
            transient_codes: <<I::Error as OperationError>::Root as RootError>::TRANSIENT_CODES,
            clock_skew: |context| ServiceClockSkewClassifier::<I::Error>::new().classify_retry(context),
        }
    }
}

/// Whether some member has one of these flags.
const fn has(schema: &Schema, flags: u16) -> bool {
    let mut index = 0;
    while index < schema.rows.len() {
        if schema.rows[index].1 & flags != 0 {
            return true;
        }
        index += 1;
    }
    false
}

/// Whether a sensitive member stands in the URL of the request.
const fn has_secret_in_url(schema: &Schema) -> bool {
    let mut index = 0;
    while index < schema.rows.len() {
        let flags = schema.rows[index].1;
        let in_url = matches!(flags & flag::LOCATION, flag::QUERY | flag::QUERY_PARAMS | flag::LABEL);
        if in_url && flags & flag::SENSITIVE != 0 {
            return true;
        }
        index += 1;
    }
    false
}

/// What a call returns: the output, or one of the failures of a call.
pub type CallResult<O, E> = Result<O, SdkError<E, HttpResponse>>;

/// A boxed future, as the engine's own interfaces use.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// A call under way, without the types of its operation.
pub type Started = BoxFuture<CallResult<Output, Error>>;

/// Starts the call of one input of the operation that `spec` tells of.
///
/// Nothing in it depends on the types of the operation, so that a call adds no
/// more to a program than erasing its input before and [`typed`] afterwards.
/// `config_override` holds the plugins of a customized call.
pub fn start(handle: &Handle, spec: &'static Spec, input: Input, config_override: Vec<SharedRuntimePlugin>) -> Started {
    invoke(spec, operation_plugins(handle, spec, config_override), input)
}

/// A call under way whose result has the types of its operation again; [`typed`] makes it.
pub struct Typed<I> {
    call: Started,
    operation: PhantomData<fn() -> I>,
}

/// Waits for a call and gives what it comes to the types of its operation.
///
/// The result is an error as [`SdkError`] tells them apart: the request could not be built,
/// timed out, was not delivered, its response was not readable, or the service refused it.
/// The future panics when the call was started with the spec of another operation.
#[inline]
pub fn typed<I: Operation>(call: Started) -> Typed<I> {
    Typed { call, operation: PhantomData }
}

// By hand, as the state machine of an `async fn` costs every operation more.
impl<I: Operation> Future for Typed<I> {
    type Output = CallResult<I::Output, I::Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Poll::Ready(result) = self.call.as_mut().poll(context) else { return Poll::Pending };
        Poll::Ready(match result {
            Ok(output) => Ok(take_output(output)),
            Err(error) => Err(error.map_service_error(take_error)),
        })
    }
}

/// The output out of its box, which is left with an empty one: less code than taking the box apart.
pub(crate) fn take_output<O: Table>(mut output: Output) -> O {
    output.downcast_mut().map_or_else(|| foreign(), |output| mem::replace(output, Table::empty()))
}

/// As [`take_output`].
pub(crate) fn take_error<E: OperationError>(mut error: Error) -> E {
    error.downcast_mut().map_or_else(|| foreign(), |error| mem::replace(error, E::nothing()))
}

/// Where a result is not of the operation that was called.
#[cold]
fn foreign() -> ! {
    panic!("the call was started with the spec of another operation")
}

pub(crate) fn operation_plugins(
    handle: &Handle,
    spec: &'static Spec,
    config_override: Vec<SharedRuntimePlugin>,
) -> RuntimePlugins {
    let mut plugins = handle.plugins.clone().with_operation_plugin(OperationPlugin::of(handle, spec));
    #[cfg(feature = "session-auth")]
    if let Some(session) = spec.session {
        let new = || SharedRuntimePlugin::new(crate::session::SessionPlugin::new(handle, session));
        plugins = plugins.with_operation_plugin(handle.sessions.get_or_init(new).clone());
    }
    for plugin in config_override {
        plugins = plugins.with_operation_plugin(plugin);
    }
    plugins
}

/// The plugins of a paginator: those of its operation, and the mark in the user agent.
pub(crate) fn paginator_plugins(handle: &Handle, spec: &'static Spec) -> RuntimePlugins {
    operation_plugins(handle, spec, Vec::new()).with_operation_plugin(FeaturePlugin::new(SmithySdkFeature::Paginator))
}

/// The one call of the orchestrator. Not generic, so that its state machine is compiled with this crate.
pub(crate) fn invoke(spec: &'static Spec, plugins: RuntimePlugins, input: Input) -> Started {
    let service = spec.service.sdk_id;
    let run = async move {
        let output =
            invoke_with_stop_point(service, spec.route.name, input, &plugins, StopPoint::None).await?.finalize();
        #[cfg(feature = "event-stream")]
        let output = crate::event_stream::with_initial_members(spec, output).await;
        output
    };
    Box::pin(run.instrument(span::of_call(spec)))
}
