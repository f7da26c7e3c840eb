//! From a response that is not a success to the error enum of its operation.

use aws_smithy_runtime_api::client::result::CreateUnhandledError;
use aws_smithy_types::error::metadata::{ErrorMetadata, ProvideErrorMetadata};
#[cfg(feature = "event-stream")]
use aws_smithy_types::event_stream::Message;
use aws_types::request_id::{RequestId, apply_request_id};

use super::{Failure, Unhandled, Unreadable, keep_metadata};
use crate::BoxError;
use crate::answer::Answer;
use crate::format::DecodeError;
use crate::protocol::ErrorHead;
use crate::shape::Shape;

/// Codes of the query protocol (`aws.protocols#awsQueryError`), each with the name on the wire of the exception that it
/// stands for. Empty for services that never spoke that protocol.
pub type QueryCodes = &'static [(&'static str, &'static str)];

/// The root error of a crate: every exception of the service, of which each operation has some.
///
/// Its functions are compiled with the emitted crate, once: whatever calls an operation needs all of them.
pub trait RootError: Sized {
    /// What the variant holds.
    fn failure(&self) -> Failure<'_>;

    /// Codes of the query protocol, each with the name of its exception.
    const QUERY_CODES: QueryCodes;

    /// Codes of errors that go away when the call is repeated, beside those of all services.
    const TRANSIENT_CODES: &'static [&'static str] = &[];

    /// The variant whose exception has this name on the wire, with nothing in it; `None` for an unknown name.
    fn named(name: &str) -> Option<Self>;

    /// The exception that it holds, to be filled; nothing of what the model does not know.
    fn exception_mut(&mut self) -> Option<&mut dyn Shape>;

    /// The variant for what the model does not know.
    fn from_unhandled(error: Unhandled) -> Self;

    /// Itself as an operation sees it that does not know its variant.
    fn into_unhandled(self) -> Unhandled;

    /// What [`root_error`] makes of a response.
    fn from_response(response: Result<&ErrorResponse<'_>, BoxError>, own_codes: QueryCodes) -> (Self, Option<Self>);
}

/// The error that a response tells of, and the error that it is instead where not all of it was read. `own_codes` are
/// those of the operation.
pub fn root_error<E: RootError>(
    response: Result<&ErrorResponse<'_>, BoxError>,
    own_codes: QueryCodes,
) -> (E, Option<E>) {
    let response = match response {
        Ok(response) => response,
        Err(unreadable) => return (E::from_unhandled(Unhandled::new(unreadable, None)), None),
    };
    // By rank, and by `match`, as iterators and adapters would be some forty functions of every emitted crate.
    let mut rank = 0;
    while let Some(name) = response.name(rank, own_codes, E::QUERY_CODES) {
        rank += 1;
        let Some(mut error) = E::named(name) else { continue };
        let unreadable = match error.exception_mut() {
            Some(exception) => response.read_into(exception),
            None => None,
        };
        return match unreadable {
            Some(problem) => (error, Some(E::from_unhandled(problem))),
            None => (error, None),
        };
    }
    (E::from_unhandled(response.unknown()), None)
}

/// The error enum of an operation.
pub trait OperationError:
    std::error::Error + ProvideErrorMetadata + RequestId + CreateUnhandledError + Send + Sync + Sized + 'static
{
    /// The root error of its crate.
    type Root: RootError;

    /// Name of its Rust type: that of the operation, with `Error` behind it.
    const NAME: &'static str;

    /// Codes that several exceptions of the service go by, each with that one of them which the operation has.
    const OWN_CODES: QueryCodes;

    /// What the variant holds. It is compiled with the emitted crate, as every trait of the enum asks for it.
    fn failure(&self) -> Failure<'_>;

    /// The variant of the same name, or `Unhandled` where the operation does not have it.
    fn narrow(error: Self::Root) -> Self;

    /// The error that a response tells of. An exception of the operation that cannot be read is not of the service; one
    /// that the operation does not have is not read. Where nothing was read, the error tells why.
    fn from_response(response: Result<&ErrorResponse<'_>, BoxError>) -> Self {
        let (error, unreadable) = Self::Root::from_response(response, Self::OWN_CODES);
        let error = Self::narrow(error);
        match unreadable {
            Some(unreadable) if error.failure().shape.is_some() => Self::narrow(unreadable),
            _ => error,
        }
    }
}

/// Where the engine keeps the id of a request among what is known of an error.
const REQUEST_ID: &str = "aws_request_id";

/// A response that is not a success, with what every error of AWS says.
#[derive(Debug)]
pub struct ErrorResponse<'a> {
    answer: &'a Answer<'a>,
    head: ErrorHead<'a>,
    meta: ErrorMetadata,
    /// The message, where it is one of a stream of events.
    #[cfg(feature = "event-stream")]
    message: Option<&'a Message>,
}

impl<'a> ErrorResponse<'a> {
    /// Finds the code of an error and its message. Where the service gives a code of the query protocol beside the name of
    /// the exception, that is the code, as in AWS's own clients.
    ///
    /// # Errors
    /// [`Unreadable`] when the body is malformed, or there is no code.
    pub(crate) fn read(answer: &'a Answer<'a>) -> Result<Self, BoxError> {
        let mut head = ErrorHead::default();
        if let Err(problem) = answer.protocol.read_error(&answer.response, &mut head) {
            return Err(Unreadable::new(answer, problem).with_code(head.code()).into());
        }
        let Some(code) = head.code() else {
            return Err(Unreadable::without_code(answer, head.message.as_deref()).into());
        };
        let mut meta = ErrorMetadata::builder().code(code);
        if let Some(fault) = &head.fault {
            meta = meta.custom("type", fault.as_ref());
        }
        if let Some(message) = &head.message {
            meta = meta.message(message.as_ref());
        }
        if let Some(id) = head.request_id.as_deref().filter(|_| answer.request_id.is_none()) {
            meta = meta.custom(REQUEST_ID, id);
        }
        #[cfg(feature = "extended-request-id")]
        let meta = crate::request_id::apply_extended_request_id(meta, answer.response.headers);
        let meta = apply_request_id(meta, answer.response.headers).build();
        Ok(Self {
            answer,
            head,
            meta,
            #[cfg(feature = "event-stream")]
            message: None,
        })
    }

    /// An exception of this name that ends a stream of events. `answer` has the payload of the message as its body; where
    /// that has another code, this is the code. What is wrong with the payload is told when the exception is filled.
    #[cfg(feature = "event-stream")]
    pub(crate) fn of_message(answer: &'a Answer<'a>, name: &'a str, message: &'a Message) -> Self {
        let mut head = ErrorHead::default();
        let _ = answer.protocol.read_error_of_message(&answer.response, &mut head);
        let mut meta = ErrorMetadata::builder().code(head.code().unwrap_or(name));
        if let Some(words) = &head.message {
            meta = meta.message(words.as_ref());
        }
        head.name = Some(name.into());
        Self { answer, head, meta: meta.build(), message: Some(message) }
    }

    /// What the exception may be called on the wire, by rank: what the response stands for among the codes of the operation,
    /// what it says, and what that stands for among the codes of the service.
    fn name(&self, rank: usize, own_codes: QueryCodes, query_codes: QueryCodes) -> Option<&str> {
        let given = [self.head.name.as_deref(), self.meta.code()].into_iter().flatten();
        let named =
            |codes: QueryCodes| move |given: &str| codes.iter().find(|(code, _)| *code == given).map(|&(_, name)| name);
        let own = given.clone().filter_map(named(own_codes));
        own.chain(given.clone()).chain(given.filter_map(named(query_codes))).nth(rank)
    }

    /// The error for an exception that was not read, and why.
    fn unreadable(&self, problem: DecodeError) -> BoxError {
        #[cfg(feature = "event-stream")]
        if self.message.is_some() {
            return format!("{}: {problem}", self.meta.code().unwrap_or_default()).into();
        }
        Unreadable::new(self.answer, problem).with_code(self.meta.code()).into()
    }

    /// Reads an exception, body and headers. What comes back is what was wrong when the body or a header is not what the
    /// model says; the exception is then incomplete.
    fn read_into(&self, exception: &mut dyn Shape) -> Option<Unhandled> {
        let unreadable = self.fill(exception).err();
        keep_metadata(exception, &self.meta);
        unreadable.map(|problem| Unhandled::new(self.unreadable(problem), None))
    }

    /// The error, where the model does not know its exception.
    fn unknown(&self) -> Unhandled {
        Unhandled::generic(self.meta.clone())
    }

    fn fill(&self, exception: &mut dyn Shape) -> Result<(), DecodeError> {
        #[cfg(feature = "event-stream")]
        if let Some(message) = self.message {
            return crate::event_stream::read_members(message, self.answer.protocol.format(), exception);
        }
        self.answer.protocol.read_exception(&self.answer.response, &self.head, exception)
    }
}
