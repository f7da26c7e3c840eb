//! Protocols with HTTP bindings: members go to path, query, headers, status and body.

use aws_smithy_runtime::client::sdk_feature::SmithySdkFeature;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use std::fmt;

use super::{ErrorHead, Protocol, request};
use crate::BoxError;
use crate::bindings::{read, write};
use crate::format::{DecodeError, Format};
use crate::response::Response;
use crate::route::Route;
use crate::shape::Shape;

/// A protocol whose messages are bound to HTTP (`smithy.api#http`).
pub struct Rest {
    /// The format of bodies.
    pub format: &'static dyn Format,
    /// Finds the head of an error, as [`Protocol::read_error`] gives it.
    pub error: for<'r> fn(&Response<'r>, &mut ErrorHead<'r>) -> Result<(), DecodeError>,
    /// Whether the body of a response that is a success by its status tells of an error, where there are such.
    pub late_error: Option<fn(&[u8]) -> bool>,
}

/// By name: a derived one would be compiled again with each client, with those of its fields.
impl fmt::Debug for Rest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rest").field("format", &self.format).finish_non_exhaustive()
    }
}

impl Protocol for Rest {
    fn format(&self) -> &'static dyn Format {
        self.format
    }

    fn feature(&self) -> Option<SmithySdkFeature> {
        None
    }

    fn write_request(&self, _: &str, route: &Route, input: &dyn Shape) -> Result<HttpRequest, BoxError> {
        let uri = write::uri(route, input)?;
        let headers = write::headers(input)?;
        let body = write::body(input, self.format, &headers)?;
        request(route.method, uri, headers, body)
    }

    fn read_output(&self, response: &Response<'_>, output: &mut dyn Shape) -> Result<(), DecodeError> {
        read::message(response, response.body, self.format, output)
    }

    fn is_error(&self, response: &Response<'_>) -> bool {
        !response.is_success() || self.late_error.is_some_and(|is_error| is_error(response.body))
    }

    fn read_error<'r>(&self, response: &Response<'r>, head: &mut ErrorHead<'r>) -> Result<(), DecodeError> {
        (self.error)(response, head)
    }

    fn read_exception(
        &self,
        response: &Response<'_>,
        head: &ErrorHead<'_>,
        exception: &mut dyn Shape,
    ) -> Result<(), DecodeError> {
        read::message(response, head.body, self.format, exception)
    }
}
