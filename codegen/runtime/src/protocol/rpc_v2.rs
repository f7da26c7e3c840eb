//! Smithy's second protocols of remote procedure calls: everything is in the body, and the operation in the path.

use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::http::Headers;

use super::{Body, ErrorHead, Protocol, read_body, request, rpc};
use crate::BoxError;
use crate::format::{DecodeError, Format};
use crate::response::Response;
use crate::route::Route;
use crate::shape::Shape;

/// The header by which both sides say which protocol they speak.
const PROTOCOL: &str = "smithy-protocol";

/// A protocol of the family `smithy.protocols#rpcv2...`.
///
/// A response that does not name it is of somebody else, and is not looked into.
#[derive(Debug)]
pub struct RpcV2 {
    /// Its name, as the header `Smithy-Protocol` has it.
    pub name: &'static str,
    /// The format of bodies.
    pub format: &'static dyn Format,
    /// Finds the head of an error, as [`Protocol::read_error`] gives it.
    pub error: for<'r> fn(&Response<'r>, &mut ErrorHead<'r>) -> Result<(), DecodeError>,
    /// As [`Rpc::query_compatible`](super::Rpc::query_compatible).
    pub query_compatible: bool,
}

impl RpcV2 {
    fn check(&self, response: &Response<'_>) -> Result<(), DecodeError> {
        if response.header(PROTOCOL) == Some(self.name) {
            return Ok(());
        }
        Err(DecodeError::refused("the header `smithy-protocol` does not name the protocol of the request"))
    }
}

impl Protocol for RpcV2 {
    fn format(&self) -> &'static dyn Format {
        self.format
    }

    fn write_request(&self, service: &str, route: &Route, input: &dyn Shape) -> Result<HttpRequest, BoxError> {
        let mut headers = Headers::new();
        headers.insert(PROTOCOL, self.name);
        headers.insert("accept", self.format.media_type());
        if self.query_compatible {
            rpc::ask_for_query_errors(&mut headers);
        }
        let path = format!("/service/{service}/operation/{}", route.name);
        let body = match route.without_input {
            true => Body::default(),
            false => Body::of(input, self.format, self.format.media_type())?,
        };
        request(route.method, path, headers, body)
    }

    fn read_output(&self, response: &Response<'_>, output: &mut dyn Shape) -> Result<(), DecodeError> {
        self.check(response)?;
        if output.schema().rows.is_empty() {
            return Ok(());
        }
        read_body(response.body, self.format, output)
    }

    fn read_error<'r>(&self, response: &Response<'r>, head: &mut ErrorHead<'r>) -> Result<(), DecodeError> {
        self.check(response)?;
        (self.error)(response, head)?;
        if self.query_compatible {
            rpc::read_query_error(response, head);
        }
        Ok(())
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
