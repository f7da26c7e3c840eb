//! From a response that is not a success to the error enum of its operation.

use aws_smithy_runtime_api::client::result::CreateUnhandledError;
use aws_smithy_types::error::metadata::{ErrorMetadata, ProvideErrorMetadata};
use aws_types::request_id::{RequestId, apply_request_id};
use std::fmt;

use super::{Exception, Failure, Unhandled, Unreadable};
use crate::BoxError;
use crate::json::read::{JsonReader, Kind, ReadError};
use crate::response::{Response, read_bindings, read_body};
use crate::shape::Shape;

/// Codes of the query protocol (`aws.protocols#awsQueryError`), each with the name on the wire of the exception that it
/// stands for. Empty for services that never spoke that protocol.
pub type QueryCodes = &'static [(&'static str, &'static str)];

/// The root error of a crate: every exception of the service, of which each operation has some.
pub trait RootError: Sized {
    /// What it holds.
    fn failure(&self) -> &dyn Failure;

    /// The exceptions that go by a code of the query protocol as well.
    const QUERY_CODES: QueryCodes;

    /// The variant whose exception has this name on the wire, read from the response, and why not all of it was read;
    /// `None` for an unknown name.
    fn from_name(name: &str, response: &ErrorResponse<'_>) -> Option<(Self, Option<ReadError>)>;

    /// The variant for what the model does not know.
    fn from_unhandled(error: Unhandled) -> Self;

    /// Itself as an operation sees it that does not know its variant.
    fn into_unhandled(self) -> Unhandled;

    /// The variant for an error that is not of the service.
    fn from_source(source: BoxError) -> Self {
        Self::from_unhandled(Unhandled::new(source, None))
    }

    /// The error that a response tells of, and the error that it is instead where not all of it was read.
    fn from_response(response: Result<&ErrorResponse<'_>, BoxError>) -> (Self, Option<Self>) {
        let response = match response {
            Ok(response) => response,
            Err(unreadable) => return (Self::from_source(unreadable), None),
        };
        let known = response.names(Self::QUERY_CODES).find_map(|name| Self::from_name(name, response));
        let Some((error, problem)) = known else {
            return (Self::from_unhandled(Unhandled::generic(response.meta.clone())), None);
        };
        (error, problem.map(|problem| Self::from_source(response.unreadable(problem).into())))
    }
}

/// The error enum of an operation.
pub trait OperationError:
    std::error::Error + ProvideErrorMetadata + RequestId + CreateUnhandledError + Send + Sync + Sized + 'static
{
    /// The root error of its crate.
    type Root: RootError;

    /// Name of its Rust type: that of the operation, with `Error` behind it.
    const NAME: &'static str;

    /// What it holds.
    fn failure(&self) -> &dyn Failure;

    /// The variant of the same name, or `Unhandled` where the operation does not have it.
    fn narrow(error: Self::Root) -> Self;

    /// The error that a response tells of. An exception of the operation that cannot be read is not of the service; one
    /// that the operation does not have is not read. Where nothing was read, the error tells why.
    fn from_response(response: Result<&ErrorResponse<'_>, BoxError>) -> Self {
        let (error, unreadable) = Self::Root::from_response(response);
        let error = Self::narrow(error);
        match unreadable {
            Some(unreadable) if error.failure().shape().is_some() => Self::narrow(unreadable),
            _ => error,
        }
    }

    /// An error that tells of nothing: what stands in the place of one that was moved out.
    fn nothing() -> Self {
        Self::narrow(Self::Root::from_source(Box::new(fmt::Error)))
    }
}

/// A response that is not a success, with what every error of AWS says.
#[derive(Debug)]
pub struct ErrorResponse<'a> {
    response: &'a Response<'a>,
    /// Nothing of the response may stand in an error.
    confidential: bool,
    /// What the protocol of the service calls the exception; `None` where only a code of the query protocol is given.
    name: Option<String>,
    meta: ErrorMetadata,
}

impl<'a> ErrorResponse<'a> {
    /// Finds the code of an error and its message. A `query_compatible` service gives the code of the query protocol
    /// beside the name of the exception, and then that is the code, as in AWS's own clients.
    ///
    /// # Errors
    /// [`Unreadable`] when the body is malformed, or there is no code.
    pub(crate) fn read(
        response: &'a Response<'a>,
        query_compatible: bool,
        confidential: bool,
    ) -> Result<Self, BoxError> {
        let body = ErrorBody::read(response.body);
        let header = response.headers.get("x-amzn-errortype");
        let body =
            body.map_err(|problem| Unreadable::new(response, confidential, problem).with_code(header.map(bare_code)))?;
        let name = header.or(body.code.as_deref()).map(bare_code);
        let query = response.headers.get("x-amzn-query-error").filter(|_| query_compatible).and_then(query_error);
        let Some(code) = query.map(|(code, _)| code).or(name) else {
            return Err(Unreadable::without_code(response, confidential, body.message).into());
        };
        let mut meta = ErrorMetadata::builder().code(code);
        if let Some((_, fault)) = query.filter(|(_, fault)| !fault.is_empty()) {
            meta = meta.custom("type", fault);
        }
        if let Some(message) = body.message {
            meta = meta.message(message);
        }
        let meta = apply_request_id(meta, response.headers).build();
        Ok(Self { response, confidential, name: name.map(str::to_owned), meta })
    }

    /// What the exception may be called on the wire, the likeliest first: what the response says, and what that stands
    /// for among the codes of the query protocol.
    fn names(&self, query_codes: QueryCodes) -> impl Iterator<Item = &str> {
        let given = [self.name.as_deref(), self.meta.code()].into_iter().flatten();
        let of_code = move |given: &str| query_codes.iter().find(|(code, _)| *code == given).map(|&(_, name)| name);
        given.clone().chain(given.filter_map(of_code))
    }

    /// The error for an exception that was not read, and why.
    fn unreadable(&self, problem: ReadError) -> Unreadable {
        Unreadable::new(self.response, self.confidential, problem).with_code(self.meta.code())
    }

    /// Reads one exception, body and headers, and wraps it into its variant. With it comes what was wrong when the
    /// body or a header is not what the model says; the exception is then incomplete.
    pub fn exception<E: Exception, T>(&self, variant: fn(E) -> T) -> (T, Option<ReadError>) {
        let mut exception = E::empty();
        let unreadable = self.fill(&mut exception).err();
        exception.set_meta(self.meta.clone());
        (variant(exception), unreadable)
    }

    fn fill(&self, exception: &mut dyn Shape) -> Result<(), ReadError> {
        read_body(self.response.body, exception)?;
        read_bindings(self.response, exception)
    }
}

/// The code itself: without the namespace before `#` and what follows a colon.
fn bare_code(code: &str) -> &str {
    let code = code.split(':').next().unwrap_or_default();
    code.split_once('#').map_or(code, |(_, code)| code)
}

/// Code and fault of the header `x-amzn-query-error`: `Code;Sender` or `Code;Receiver`. Anything else says nothing.
fn query_error(header: &str) -> Option<(&str, &str)> {
    let (code, fault) = header.split_once(';')?;
    let (code, fault) = (code.trim(), fault.trim());
    (!code.is_empty()).then_some((code, fault))
}

/// Code and message as they stand in the body of an error.
#[derive(Default)]
struct ErrorBody {
    code: Option<String>,
    message: Option<String>,
}

impl ErrorBody {
    fn read(body: &[u8]) -> Result<Self, ReadError> {
        let mut found = Self::default();
        if body.iter().all(|byte| b" \t\r\n".contains(byte)) {
            return Ok(found);
        }
        let mut reader = JsonReader::new(body);
        match reader.peek() {
            Some(Kind::Object) => {}
            // What is no object says nothing, and only its beginning is looked at.
            Some(Kind::Array) => return Ok(found),
            kind => {
                reader.skip()?;
                let place = reader.position();
                let ends = body.get(place).is_none_or(|byte| b" \t\r\n}],".contains(byte));
                let whole = ends || kind == Some(Kind::String);
                return whole.then_some(found).ok_or_else(|| ReadError::mismatch("the end of the value").at(place));
            }
        }
        let mut namespaced = None;
        reader.begin_object()?;
        // A key that is not JSON's is no reason to lose code and message: they are read by themselves.
        while let Some(key) = reader.next_written_key()? {
            let target = match key {
                "code" => &mut found.code,
                "__type" => &mut namespaced,
                "message" | "Message" | "errorMessage" => &mut found.message,
                _ => {
                    reader.skip()?;
                    continue;
                }
            };
            if reader.peek() == Some(Kind::String) {
                *target = Some(reader.string()?.into_owned());
            } else {
                reader.skip()?;
            }
        }
        reader.finish()?;
        found.code = found.code.or(namespaced);
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_lose_namespace_and_url() {
        for code in ["Foo", "ns.example#Foo", "Foo:http://internal/x#y", "ns#Foo:http://internal/"] {
            assert_eq!(bare_code(code), "Foo");
        }
    }

    #[test]
    fn query_errors_have_a_code_and_a_fault() {
        assert_eq!(query_error("AWS.Queue.Gone;Sender"), Some(("AWS.Queue.Gone", "Sender")));
        assert_eq!(query_error(" Gone ; Receiver "), Some(("Gone", "Receiver")));
        assert_eq!(query_error("Gone;"), Some(("Gone", "")));
        for malformed in ["", "Gone", ";Sender", " ; "] {
            assert_eq!(query_error(malformed), None, "{malformed}");
        }
    }

    #[test]
    fn code_wins_over_type() {
        let body =
            ErrorBody::read(br#"{"__type":"a#T","code":"C","Message":"m","extra":{"code":"no"}}"#).expect("valid");
        assert_eq!((body.code.as_deref(), body.message.as_deref()), (Some("C"), Some("m")));
    }

    #[test]
    fn codes_that_are_not_text_are_ignored() {
        let body = ErrorBody::read(br#"{"code":12,"__type":"T"}"#).expect("valid");
        assert_eq!(body.code.as_deref(), Some("T"));
    }

    #[test]
    fn bodies_without_an_object_say_nothing() {
        for body in [&b""[..], b" \r\n", b"[1,]", b"null }", b"\"text\"text"] {
            assert!(ErrorBody::read(body).is_ok_and(|body| body.code.is_none() && body.message.is_none()));
        }
    }

    #[test]
    fn keys_with_unknown_escapes_are_passed_over() {
        let body = ErrorBody::read(br#"{"err\orMessage":"no","message":"m"}"#).expect("a message");
        assert_eq!(body.message.as_deref(), Some("m"));
    }

    #[test]
    fn malformed_bodies_are_errors() {
        assert!(ErrorBody::read(b"<html>").is_err());
        assert!(ErrorBody::read(b"{} {}").is_err());
        assert!(ErrorBody::read(b"0x10").is_err());
    }
}
