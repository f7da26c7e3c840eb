//! One request path for every operation.
//!
//! An emitted input names its operation by implementing [`Operation`]; from that
//! a [`Spec`] is made, a table of facts and function pointers. Everything behind
//! it, from plugins to the orchestrator's large state machine, is compiled here
//! once and not per operation.

use aws_runtime::service_clock_skew::ServiceClockSkewClassifier;
use aws_smithy_runtime::client::orchestrator::{StopPoint, invoke_with_stop_point};
use aws_smithy_runtime::client::sdk_feature::SmithySdkFeature;
use aws_smithy_runtime_api::client::interceptors::context::InterceptorContext;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::retries::classifiers::{ClassifyRetry, RetryAction};
use aws_smithy_runtime_api::client::runtime_plugin::{RuntimePlugins, SharedRuntimePlugin};
use std::fmt;
use std::mem;
use std::pin::Pin;
use tracing::Instrument;

pub use aws_smithy_runtime_api::client::interceptors::context::{Error, Input, Output};

pub use crate::route::{HttpChecksum, Route, Segment};
#[cfg(feature = "event-stream-input")]
pub use crate::spec::TakeEvents;
pub use crate::spec::{Spec, TakeStream, take_stream};

use crate::BoxError;
use crate::answer::{Answer, read_output};
use crate::error::{ErrorResponse, Failure, OperationError, RootError, Unhandled};
use crate::format::DecodeError;
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
            input: input::<I>,
            input_mut: if has(I::SCHEMA, flag::IDEMPOTENCY_TOKEN | flag::OWN_ACCOUNT) || I::ROUTE.changes_input() {
                Some(input_mut::<I>)
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
                true => Some(output_mut::<I>),
                false => None,
            },
            confidential: I::ROUTE.sensitive_output || has_secret_in_url(I::SCHEMA),
            output: output::<I>,
            error: error::<I>,
            failure: failure::<I>,
            auth: I::ROUTE.auth_of(<I::Service as Service>::AUTH),
            signing: <I::Service as Service>::SIGNING,
            #[cfg(feature = "session-auth")]
            session: <I::Service as Service>::SESSION,
            transient_codes: <<I::Error as OperationError>::Root as RootError>::TRANSIENT_CODES,
            clock_skew: clock_skew::<I>,
        }
    }
}

// The functions of a table. Functions, as a closure in the place of one would be two in the program: itself, and what
// calls it by a pointer; and `match`, as each adapter of `Option` is one more for each operation.

fn input<I: Operation>(input: &Input) -> Option<&dyn Shape> {
    match input.downcast_ref::<I>() {
        Some(input) => Some(input),
        None => None,
    }
}

fn input_mut<I: Operation>(input: &mut Input) -> Option<&mut dyn Shape> {
    match input.downcast_mut::<I>() {
        Some(input) => Some(input),
        None => None,
    }
}

#[cfg(feature = "event-stream")]
fn output_mut<I: Operation>(output: &mut Output) -> Option<&mut dyn Shape> {
    match output.downcast_mut::<I::Output>() {
        Some(output) => Some(output),
        None => None,
    }
}

fn output<I: Operation>(answer: &Answer<'_>) -> Result<Output, DecodeError> {
    let mut output = <I::Output as Shape>::empty();
    match read_output(answer, &mut output) {
        Ok(()) => Ok(Output::erase(output)),
        Err(problem) => Err(problem),
    }
}

fn error<I: Operation>(response: Result<&ErrorResponse<'_>, BoxError>) -> Error {
    Error::erase(I::Error::from_response(response))
}

fn failure<I: Operation>(error: &Error) -> Option<Failure<'_>> {
    Some(error.downcast_ref::<I::Error>()?.failure())
}

fn clock_skew<I: Operation>(context: &InterceptorContext) -> RetryAction {
    ServiceClockSkewClassifier::<I::Error>::new().classify_retry(context)
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
/// more to a program than erasing its input before, and [`take_output`] and [`take_error`] afterwards.
/// `config_override` holds the plugins of a customized call.
pub fn start(handle: &Handle, spec: &'static Spec, input: Input, config_override: Vec<SharedRuntimePlugin>) -> Started {
    invoke(spec, operation_plugins(handle, spec, config_override), input)
}

/// The output of a call out of its box, which is left with an empty one: less code than taking the box apart.
///
/// # Panics
/// When the call was started with the spec of another operation.
pub fn take_output<O: Shape>(mut output: Output) -> O {
    match output.downcast_mut() {
        Some(output) => mem::replace(output, Shape::empty()),
        None => foreign(),
    }
}

/// The error of a call out of its box, as [`take_output`].
///
/// # Panics
/// When the call was started with the spec of another operation.
pub fn take_error<E: OperationError>(mut error: Error) -> E {
    match error.downcast_mut() {
        Some(error) => mem::replace(error, E::narrow(E::Root::from_unhandled(taken()))),
        None => foreign(),
    }
}

/// What stands in the place of an error that was taken out of its box.
fn taken() -> Unhandled {
    Unhandled::other(fmt::Error)
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
