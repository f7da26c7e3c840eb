//! What the request path knows of an operation: a table of facts and of function pointers.
//!
//! The request path is compiled once for all operations, so that it cannot name their types. Where it needs one, to open a
//! box or to read an output, it calls a function of this table. [`operation`](crate::operation) fills the table.

use aws_smithy_runtime_api::client::interceptors::context::{Error, Input, InterceptorContext, Output};
use aws_smithy_runtime_api::client::retries::classifiers::RetryAction;
use aws_smithy_types::byte_stream::ByteStream;
use std::fmt;

use crate::BoxError;
use crate::answer::Answer;
use crate::error::{ErrorResponse, Failure};
use crate::format::DecodeError;
use crate::route::Route;
use crate::service::{Auth, ServiceFacts, Signing};
use crate::shape::Shape;

/// Takes a stream out of what holds it; `None` where that has none.
pub type TakeStream<T> = fn(&mut T) -> Option<ByteStream>;

/// Takes the stream out of an input, to be the body of its request.
pub fn take_stream(stream: &mut ByteStream) -> Option<ByteStream> {
    Some(std::mem::take(stream))
}

/// Takes the events out of what holds them; `None` where none are set.
#[cfg(feature = "event-stream-input")]
pub type TakeEvents<T> = fn(&mut T) -> Option<Box<dyn crate::event_stream::Outgoing>>;

/// Finds the input of an operation in its box.
type OpenInput = fn(&mut Input) -> Option<&mut dyn Shape>;

/// Finds the output of an operation in its box.
#[cfg(feature = "event-stream")]
type OpenOutput = fn(&mut Output) -> Option<&mut dyn Shape>;

/// All that the request path needs to know of an operation.
pub struct Spec {
    /// The route and the traits.
    pub route: Route,
    /// Service facts.
    pub service: &'static ServiceFacts,
    /// Path of the input's Rust type.
    pub(crate) type_name: fn() -> &'static str,
    /// Finds the input in its box; `None` when it is the input of another operation.
    pub(crate) input: fn(&Input) -> Option<&dyn Shape>,
    /// The input, to be filled, where it takes an idempotency token or an account, or to be changed.
    pub(crate) input_mut: Option<OpenInput>,
    /// Takes the stream out of an input that has one.
    pub(crate) take_stream: Option<TakeStream<Input>>,
    /// Takes the events out of an input that has some.
    #[cfg(feature = "event-stream-input")]
    pub(crate) take_events: Option<TakeEvents<Input>>,
    /// The output has a stream: the call has returned when the body of the response is yet to be read.
    pub(crate) streams: bool,
    /// Finds the output in its box, where it may have a stream of events.
    #[cfg(feature = "event-stream")]
    pub(crate) output_mut: Option<OpenOutput>,
    /// Nothing of a response may stand in an error: it holds secrets, or may show the URL of the request, which does.
    pub(crate) confidential: bool,
    /// Reads the output of an answer that is a success.
    pub(crate) output: fn(&Answer<'_>) -> Result<Output, DecodeError>,
    /// The error that a response tells of, or why nothing was read.
    pub(crate) error: fn(Result<&ErrorResponse<'_>, BoxError>) -> Error,
    /// What the error enum says of an error of this operation.
    pub(crate) failure: fn(&Error) -> Option<Failure<'_>>,
    /// How callers authenticate.
    pub(crate) auth: Auth,
    /// What the service wants of signatures.
    pub(crate) signing: Signing,
    /// How sessions are opened, by which requests may be signed.
    #[cfg(feature = "session-auth")]
    pub(crate) session: Option<crate::service::Session>,
    /// Codes of errors that go away when the call is repeated, beside those of all services.
    pub(crate) transient_codes: &'static [&'static str],
    /// Whether a call failed because the clocks differ.
    pub(crate) clock_skew: fn(&InterceptorContext) -> RetryAction,
}

impl Spec {
    /// Whether the body of a request is made of events.
    pub(crate) fn sends_events(&self) -> bool {
        #[cfg(feature = "event-stream-input")]
        return self.take_events.is_some();
        #[cfg(not(feature = "event-stream-input"))]
        false
    }
}

/// By the name of the operation: what logs show of a client has it several times.
impl fmt::Debug for Spec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Spec({})", self.route.name)
    }
}
