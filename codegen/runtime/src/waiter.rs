//! Waiters: calls that are repeated until something has come about (`smithy.waiters#waitable`).
//!
//! A [`Waiter`] is a table; the engine's own orchestrator sends call after call, with its delays, its logs and its errors.
//! It runs over boxed outputs and errors, so that it is compiled here once, and not for each operation.

use aws_smithy_runtime::client::sdk_feature::SmithySdkFeature;
use aws_smithy_runtime::client::waiters::{AcceptorState, WaiterOrchestrator, attach_waiter_tracing_span};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::{CreateUnhandledError, SdkError};
use aws_smithy_runtime_api::client::waiters::error::{ExceededMaxWait, FailureState, OperationFailed};
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::error::metadata::ErrorMetadata;
use std::any::Any;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

pub use aws_smithy_runtime_api::client::waiters::FinalPoll;
pub use aws_smithy_runtime_api::client::waiters::error::WaiterError;

use crate::BoxError;
use crate::error::OperationError;
use crate::fluent::Lent;
use crate::jmespath::{Found, Path, follow};
use crate::operation::{
    BoxFuture, Error, Input, Operation, Output, invoke, operation_plugins, take_error, take_output,
};
use crate::plugin::FeaturePlugin;
use crate::service::Handle;
use crate::shape::Shape;
use crate::spec::Spec;

/// What a waiter waits for.
#[derive(Debug)]
pub struct Waiter {
    /// Its name in the model.
    pub name: &'static str,
    /// Least seconds between two calls.
    pub min_delay: u16,
    /// Most seconds between two calls.
    pub max_delay: u16,
    /// What calls may come to; the first that matches counts. Where none does, an output lets it go on, and an error ends it.
    pub acceptors: &'static [Acceptor],
}

/// What a call may come to, and what that means.
#[derive(Debug)]
pub struct Acceptor(pub State, pub Matcher);

/// What an acceptor means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// What the waiter waits for has come about.
    Success,
    /// It will not come about any more.
    Failure,
    /// The call is repeated.
    Retry,
}

/// What a call has come to.
#[derive(Clone, Copy, Debug)]
pub enum Matcher {
    /// An output, or an error of the service.
    Success(bool),
    /// The error of this code or of this name.
    ErrorType(&'static str),
    /// An output of which a path leads to what is expected.
    Output(Path, Expected),
    /// The same, of a path that begins at an object of input and output.
    InputOutput(Path, Expected),
}

/// What a path has to lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// This text.
    Text(&'static str),
    /// This boolean.
    Boolean(bool),
    /// A list of this text alone, and not an empty one.
    AllTexts(&'static str),
    /// A list with this text.
    AnyText(&'static str),
}

impl Expected {
    fn is(self, found: &Found<'_>) -> bool {
        let equals = |text: &str, found: &Found<'_>| matches!(found, Found::Text(found) if found == text);
        match (self, found) {
            (Self::Text(text), found) => equals(text, found),
            (Self::Boolean(value), Found::Boolean(found)) => *found == value,
            (Self::AllTexts(text), Found::List(list)) => !list.is_empty() && list.iter().all(|it| equals(text, it)),
            (Self::AnyText(text), Found::List(list)) => list.iter().any(|it| equals(text, it)),
            _ => false,
        }
    }
}

/// What the fluent builder of a waiter has beside the input: the client that will make the calls.
pub struct Waiting {
    handle: Arc<Handle>,
    waiter: &'static Waiter,
    lent: Lent,
}

/// Without what is lent, which is of the builder that lends it.
impl Clone for Waiting {
    fn clone(&self) -> Self {
        Self::new(&self.handle, self.waiter)
    }
}

impl Waiting {
    /// The calls of this waiter, by this client.
    pub fn new(handle: &Arc<Handle>, waiter: &'static Waiter) -> Self {
        Self { handle: Arc::clone(handle), waiter, lent: Lent::default() }
    }

    /// Lends a builder of the input as it is now: one that `make` makes, or a former one, where `is_same` says that the
    /// input has not changed since.
    pub fn lend<B: Any + Send + Sync>(&self, make: &dyn Fn() -> B, is_same: &dyn Fn(&B) -> bool) -> &B {
        self.lent.lend(make, is_same)
    }

    /// Shows the fluent builder of an input that shows itself by `inner`.
    ///
    /// # Errors
    /// Those of the formatter.
    pub fn debug(&self, inner: &dyn fmt::Debug, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(&format!("{}FluentBuilder", self.waiter.name))
            .field("handle", &self.handle)
            .field("inner", inner)
            .finish()
    }
}

/// Repeats the call of an input until the waiter has what it waits for.
///
/// # Errors
/// As [`WaiterError`] tells them apart: `max_wait` has gone by, the thing will not come about any more, a call has failed
/// in a way that the waiter does not expect, or the client has no implementation of sleep to wait with.
pub async fn wait<I: Operation + Clone>(
    call: Waiting,
    input: I,
    max_wait: Duration,
) -> Result<FinalPoll<I::Output, SdkError<I::Error, HttpResponse>>, WaiterError<I::Output, I::Error>> {
    let calls = Calls {
        spec: I::SPEC,
        waiter: call.waiter,
        input: Box::new(move || Input::erase(input.clone())),
        output: |output| output.downcast_ref::<I::Output>().map(|output| output as &dyn Shape),
    };
    let refused = Refused::typed::<I::Error>;
    match poll(&call.handle, calls, max_wait).await {
        Ok(last) => Ok(last.map(take_output).map_err(|error| error.map_service_error(refused))),
        Err(WaiterError::FailureState(state)) => {
            let last = state.into_final_poll().map(take_output).map_err(refused);
            Err(WaiterError::FailureState(FailureState::new(last)))
        }
        Err(WaiterError::OperationFailed(failed)) => {
            let error = failed.into_error().map_service_error(refused);
            Err(WaiterError::OperationFailed(OperationFailed::new(error)))
        }
        Err(WaiterError::ExceededMaxWait(exceeded)) => {
            let (most, elapsed) = (exceeded.max_wait(), exceeded.elapsed());
            Err(WaiterError::ExceededMaxWait(ExceededMaxWait::new(most, elapsed, exceeded.poll_count())))
        }
        Err(WaiterError::ConstructionFailure(failure)) => Err(WaiterError::ConstructionFailure(failure)),
        Err(_) => Err(WaiterError::construction_failure("the engine has an error that is not known here")),
    }
}

/// The calls of a waiter.
struct Calls {
    spec: &'static Spec,
    waiter: &'static Waiter,
    input: Box<dyn Fn() -> Input + Send + Sync>,
    output: fn(&Output) -> Option<&dyn Shape>,
}

/// How waiting ends, over boxed outputs and errors.
type Waited = Result<FinalPoll<Output, SdkError<Refused, HttpResponse>>, WaiterError<Output, Refused>>;

/// Not generic, so that the state machine of the orchestrator is compiled with this crate.
fn poll(handle: &Handle, calls: Calls, max_wait: Duration) -> BoxFuture<Waited> {
    let plugins = operation_plugins(handle, calls.spec, Vec::new())
        .with_operation_plugin(FeaturePlugin::new(SmithySdkFeature::Waiter));
    Box::pin(async move {
        let time = plugins
            .apply_client_configuration(&mut ConfigBag::base())
            .map_err(WaiterError::construction_failure)?
            .into_time_components();
        let (Some(sleep), Some(time_source)) = (time.sleep_impl(), time.time_source()) else {
            return Err(WaiterError::construction_failure(
                "a waiter needs an implementation of sleep and a source of time; the feature `rt-tokio` has both",
            ));
        };
        let calls = &calls;
        let delay = |seconds: u16| Duration::from_secs(seconds.into());
        let orchestrator = WaiterOrchestrator::builder()
            .min_delay(delay(calls.waiter.min_delay))
            .max_delay(delay(calls.waiter.max_delay))
            .max_wait(max_wait)
            .time_source(time_source)
            .sleep_impl(sleep)
            .acceptor(|result: Result<&Output, &Refused>| calls.state(result))
            .operation(|| {
                let call = invoke(calls.spec, plugins.clone(), (calls.input)());
                async move { call.await.map_err(|error| error.map_service_error(Refused::Error)) }
            })
            .build();
        tracing::debug!(waiter = calls.waiter.name, "waiting");
        attach_waiter_tracing_span(orchestrator.orchestrate()).await
    })
}

impl Calls {
    /// What a call that has come to this means.
    fn state(&self, result: Result<&Output, &Refused>) -> AcceptorState {
        let result = result.map(self.output);
        let matching = self.waiter.acceptors.iter().find(|Acceptor(_, matcher)| self.matches(matcher, &result));
        match matching {
            Some(Acceptor(State::Success, _)) => AcceptorState::Success,
            Some(Acceptor(State::Failure, _)) => AcceptorState::Failure,
            Some(Acceptor(State::Retry, _)) => AcceptorState::Retry,
            None => AcceptorState::NoAcceptorsMatched,
        }
    }

    fn matches(&self, matcher: &Matcher, result: &Result<Option<&dyn Shape>, &Refused>) -> bool {
        let is = |path: Path, expected: Expected, start: Found<'_>| {
            follow(path, &start).is_some_and(|found| expected.is(&found))
        };
        match (*matcher, result) {
            (Matcher::Success(success), result) => result.is_ok() == success,
            (Matcher::ErrorType(name), Err(Refused::Error(error))) => {
                let failure = (self.spec.failure)(error);
                failure.is_some_and(|failure| failure.meta.code() == Some(name) || failure.name == name)
            }
            (Matcher::Output(path, expected), Ok(Some(output))) => is(path, expected, Found::Structure(*output)),
            (Matcher::InputOutput(path, expected), Ok(Some(output))) => {
                let input = (self.input)();
                let input = (self.spec.input)(&input);
                input.is_some_and(|input| is(path, expected, Found::Both(input, *output)))
            }
            _ => false,
        }
    }
}

/// How a call was refused.
#[derive(Debug)]
enum Refused {
    /// An error of the operation, in its box.
    Error(Error),
    /// Something that is no error of the service, which the orchestrator could make one of.
    Other(BoxError, Option<ErrorMetadata>),
}

impl Refused {
    fn typed<E: OperationError>(self) -> E {
        match self {
            Self::Error(error) => take_error(error),
            Self::Other(source, meta) => E::create_unhandled_error(source, meta),
        }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Error(error) => error.fmt(f),
            Self::Other(source, _) => source.fmt(f),
        }
    }
}

impl std::error::Error for Refused {}

impl CreateUnhandledError for Refused {
    fn create_unhandled_error(source: BoxError, meta: Option<ErrorMetadata>) -> Self {
        Self::Other(source, meta)
    }
}
