//! From a response that is not a success to the error enum of its operation.

use aws_smithy_runtime_api::client::result::CreateUnhandledError;
use aws_smithy_types::error::metadata::{ErrorMetadata, ProvideErrorMetadata};
use aws_types::request_id::{RequestId, apply_request_id};
use std::fmt;

use super::{Exception, Failure, Unhandled};
use crate::BoxError;
use crate::json::read::{JsonReader, Kind, ReadError};
use crate::response::{Response, read_bindings, read_body};
use crate::shape::Shape;

/// The root error of a crate: every exception of the service, of which each operation has some.
pub trait RootError: Sized {
    /// What it holds.
    fn failure(&self) -> &dyn Failure;

    /// The variant whose exception has this code, read from the response, and why not all of it was read; `None` for
    /// an unknown code.
    fn from_code(code: &str, response: &ErrorResponse<'_>) -> Option<(Self, Option<ReadError>)>;

    /// The variant for what the model does not know.
    fn from_unhandled(error: Unhandled) -> Self;

    /// Itself as an operation sees it that does not know its variant.
    fn into_unhandled(self) -> Unhandled;

    /// The variant for an error that is not of the service.
    fn from_source(source: BoxError) -> Self {
        Self::from_unhandled(Unhandled::new(source, None))
    }

    /// The error that a response tells of, and the error that it is instead where not all of it was read.
    fn from_response(response: Result<&ErrorResponse<'_>, ReadError>) -> (Self, Option<Self>) {
        let response = match response {
            Ok(response) => response,
            Err(error) => return (Self::from_source(error.into()), None),
        };
        let Some(code) = response.meta.code() else {
            return (Self::from_source(response.meta.clone().into()), None);
        };
        let Some((error, unreadable)) = Self::from_code(code, response) else {
            return (Self::from_unhandled(Unhandled::generic(response.meta.clone())), None);
        };
        (error, unreadable.map(|unreadable| Self::from_source(unreadable.into())))
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
    fn from_response(response: Result<&ErrorResponse<'_>, ReadError>) -> Self {
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
    meta: ErrorMetadata,
}

impl<'a> ErrorResponse<'a> {
    pub(crate) fn new(response: &'a Response<'a>) -> Result<Self, ReadError> {
        let body = ErrorBody::read(response.body)?;
        let code = response.headers.get("x-amzn-errortype").or(body.code.as_deref()).map(bare_code);
        let mut meta = ErrorMetadata::builder();
        if let Some(code) = code {
            meta = meta.code(code);
        }
        if let Some(message) = body.message {
            meta = meta.message(message);
        }
        Ok(Self { response, meta: apply_request_id(meta, response.headers).build() })
    }

    /// Reads one exception, body and headers, and wraps it into its variant. With it comes what was wrong when the
    /// body or a header is not what the model says; the exception is then incomplete.
    pub fn read<E: Exception, T>(&self, variant: fn(E) -> T) -> (T, Option<ReadError>) {
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
