//! The protocols that send JSON, and how their errors say what they are.

use std::borrow::Cow;

use super::ErrorHead;
use super::code::bare_code;
use crate::format::DecodeError;
#[cfg(any(feature = "rest-json", feature = "aws-json"))]
use crate::format::json::JSON;
use crate::format::json::read::{JsonReader, Kind};
use crate::response::Response;

/// `aws.protocols#restJson1`: routes and HTTP bindings.
#[cfg(feature = "rest-json")]
pub static REST_JSON_1: super::Rest = super::Rest { format: &JSON, error: read_error, late_error: None };

/// `aws.protocols#awsJson1_0`: everything in the body of `POST /`.
#[cfg(feature = "aws-json")]
pub static AWS_JSON_1_0: super::Rpc = aws_json("application/x-amz-json-1.0", false);

/// [`AWS_JSON_1_0`] of a service that spoke the query protocol before and still gives the error codes of that time
/// (`aws.protocols#awsQueryCompatible`).
#[cfg(feature = "aws-json")]
pub static AWS_JSON_1_0_QUERY_COMPATIBLE: super::Rpc = aws_json("application/x-amz-json-1.0", true);

/// `aws.protocols#awsJson1_1`: everything in the body of `POST /`.
#[cfg(feature = "aws-json")]
pub static AWS_JSON_1_1: super::Rpc = aws_json("application/x-amz-json-1.1", false);

#[cfg(feature = "aws-json")]
const fn aws_json(media_type: &'static str, query_compatible: bool) -> super::Rpc {
    super::Rpc { format: &JSON, media_type, framing: target, error: read_error, query_compatible }
}

/// `smithy.protocols#rpcv2Json`: everything in the body, and the operation in the path.
#[cfg(feature = "rpc-v2-json")]
pub static RPC_V2_JSON: super::RpcV2 = super::RpcV2 {
    name: "rpc-v2-json",
    format: &crate::format::json::JSON_QUOTING_BIG_NUMBERS,
    error: read_error_of_body,
    query_compatible: false,
    feature: None,
};

/// The header `X-Amz-Target` names service and operation; the path is always the same.
#[cfg(feature = "aws-json")]
fn target(service: &str, route: &crate::route::Route, headers: &mut aws_smithy_runtime_api::http::Headers) -> String {
    headers.insert("x-amz-target", format!("{service}.{}", route.name));
    "/".to_owned()
}

/// Finds the head of an error: its name in the header `X-Amzn-ErrorType`, else in the body, its message in the body.
#[cfg(any(feature = "rest-json", feature = "aws-json"))]
fn read_error<'r>(response: &Response<'r>, head: &mut ErrorHead<'r>) -> Result<(), DecodeError> {
    head.name = response.header("x-amzn-errortype").map(|code| bare_code(Cow::Borrowed(code)));
    head.body = response.body;
    let body = ErrorBody::read(response.body)?;
    head.name = head.name.take().or(body.code.or(body.shape).map(bare_code));
    head.message = body.message;
    Ok(())
}

/// Finds the head of an error in the body alone, where `__type` is the only name that counts.
#[cfg(feature = "rpc-v2-json")]
fn read_error_of_body<'r>(response: &Response<'r>, head: &mut ErrorHead<'r>) -> Result<(), DecodeError> {
    head.body = response.body;
    let body = ErrorBody::read(response.body)?;
    head.name = body.shape.map(bare_code);
    head.message = body.message;
    Ok(())
}

/// Code and message as they stand in the body of an error.
#[derive(Default)]
struct ErrorBody<'r> {
    code: Option<Cow<'r, str>>,
    /// The shape of the error, `__type`.
    shape: Option<Cow<'r, str>>,
    message: Option<Cow<'r, str>>,
}

impl<'r> ErrorBody<'r> {
    fn read(body: &'r [u8]) -> Result<Self, DecodeError> {
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
                return whole.then_some(found).ok_or_else(|| DecodeError::mismatch("the end of the value").at(place));
            }
        }
        reader.begin_object()?;
        // A key that is not JSON's is no reason to lose code and message: they are read by themselves.
        while let Some(key) = reader.next_written_key()? {
            let target = match key {
                "code" => &mut found.code,
                "__type" => &mut found.shape,
                "message" | "Message" | "errorMessage" => &mut found.message,
                _ => {
                    reader.skip()?;
                    continue;
                }
            };
            if reader.peek() == Some(Kind::String) {
                *target = Some(reader.string()?);
            } else {
                reader.skip()?;
            }
        }
        reader.finish()?;
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_and_type_are_told_apart() {
        let body =
            ErrorBody::read(br#"{"__type":"a#T","code":"C","Message":"m","extra":{"code":"no"}}"#).expect("valid");
        let found = [body.code.as_deref(), body.shape.as_deref(), body.message.as_deref()];
        assert_eq!(found, [Some("C"), Some("a#T"), Some("m")]);
    }

    #[test]
    fn codes_that_are_not_text_are_ignored() {
        let body = ErrorBody::read(br#"{"code":12,"__type":"T"}"#).expect("valid");
        assert_eq!((body.code, body.shape.as_deref()), (None, Some("T")));
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
