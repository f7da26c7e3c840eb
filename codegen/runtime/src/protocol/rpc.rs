//! Protocols of remote procedure calls: everything is in the body.

use aws_smithy_runtime::client::sdk_feature::SmithySdkFeature;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::http::Headers;
use std::borrow::Cow;
use std::fmt;

use super::{Body, ErrorHead, Protocol, read_body, request};
use crate::BoxError;
use crate::format::{DecodeError, Format};
use crate::response::Response;
use crate::route::Route;
use crate::shape::Shape;

/// A protocol whose messages are bodies, and whose requests say beside the body which operation is called.
pub struct Rpc {
    /// The format of bodies.
    pub format: &'static dyn Format,
    /// The value of `Content-Type` in requests.
    pub media_type: &'static str,
    /// Names the operation, given the name of the service's shape, and returns the path that requests go to.
    pub framing: fn(&str, &Route, &mut Headers) -> String,
    /// Finds the head of an error, as [`Protocol::read_error`] gives it.
    pub error: for<'r> fn(&Response<'r>, &mut ErrorHead<'r>) -> Result<(), DecodeError>,
    /// The service spoke the query protocol before: it is asked for the error codes of that time, and gives them in a
    /// header (`aws.protocols#awsQueryCompatible`).
    pub query_compatible: bool,
}

/// By name: a derived one would be compiled again with each client, with those of its fields.
impl fmt::Debug for Rpc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rpc({})", self.media_type)
    }
}

impl Protocol for Rpc {
    fn format(&self) -> &'static dyn Format {
        self.format
    }

    fn feature(&self) -> Option<SmithySdkFeature> {
        None
    }

    fn write_request(&self, service: &str, route: &Route, input: &dyn Shape) -> Result<HttpRequest, BoxError> {
        let mut headers = Headers::new();
        let path = (self.framing)(service, route, &mut headers);
        if self.query_compatible {
            ask_for_query_errors(&mut headers);
        }
        request(route.method, path, headers, Body::of(input, self.format, self.media_type)?)
    }

    fn read_output(&self, response: &Response<'_>, output: &mut dyn Shape) -> Result<(), DecodeError> {
        if output.schema().rows.is_empty() {
            return Ok(());
        }
        read_body(response.body, self.format, output)
    }

    fn is_error(&self, response: &Response<'_>) -> bool {
        !response.is_success()
    }

    fn read_error<'r>(&self, response: &Response<'r>, head: &mut ErrorHead<'r>) -> Result<(), DecodeError> {
        (self.error)(response, head)?;
        if self.query_compatible {
            read_query_error(response, head);
        }
        Ok(())
    }

    #[cfg(feature = "event-stream")]
    fn has_initial_messages(&self) -> bool {
        true
    }

    fn read_exception(
        &self,
        _: &Response<'_>,
        head: &ErrorHead<'_>,
        exception: &mut dyn Shape,
    ) -> Result<(), DecodeError> {
        read_body(head.body, self.format, exception)
    }
}

/// Asks for the error codes of the query protocol.
pub(super) fn ask_for_query_errors(headers: &mut Headers) {
    headers.insert("x-amzn-query-mode", "true");
}

/// Puts the error code of the query protocol into the head of an error, if the response has one.
pub(super) fn read_query_error<'r>(response: &Response<'r>, head: &mut ErrorHead<'r>) {
    if let Some((code, fault)) = response.header("x-amzn-query-error").and_then(query_error) {
        head.code = Some(Cow::Borrowed(code));
        head.fault = Some(Cow::Borrowed(fault)).filter(|fault| !fault.is_empty());
    }
}

/// Code and fault of the header `x-amzn-query-error`: `Code;Sender` or `Code;Receiver`. Anything else says nothing.
fn query_error(header: &str) -> Option<(&str, &str)> {
    let (code, fault) = header.split_once(';')?;
    let (code, fault) = (code.trim(), fault.trim());
    (!code.is_empty()).then_some((code, fault))
}

#[cfg(test)]
mod tests {
    use super::query_error;

    #[test]
    fn query_errors_have_a_code_and_a_fault() {
        assert_eq!(query_error("AWS.Queue.Gone;Sender"), Some(("AWS.Queue.Gone", "Sender")));
        assert_eq!(query_error(" Gone ; Receiver "), Some(("Gone", "Receiver")));
        assert_eq!(query_error("Gone;"), Some(("Gone", "")));
        for malformed in ["", "Gone", ";Sender", " ; "] {
            assert_eq!(query_error(malformed), None, "{malformed}");
        }
    }
}
