//! From an HTTP response to an output.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::http::Headers;
#[cfg(feature = "http-bindings")]
use aws_smithy_runtime_api::http::NonUtf8HeaderHandling;
use aws_smithy_types::config_bag::ConfigBag;
use aws_types::request_id::RequestId;

use crate::format::DecodeError;
use crate::protocol::Protocol;
use crate::shape::Shape;
use crate::slot::Slot;

/// A response whose body was loaded.
#[derive(Debug)]
pub struct Response<'a> {
    /// How the service writes.
    pub(crate) protocol: &'static dyn Protocol,
    /// Nothing of the response may stand in an error.
    pub(crate) confidential: bool,
    pub(crate) status: u16,
    pub(crate) headers: &'a Headers,
    pub(crate) body: &'a [u8],
    pub(crate) request_id: Option<&'a str>,
    /// What becomes of a member whose header is not UTF-8.
    #[cfg(feature = "http-bindings")]
    pub(crate) unreadable_headers: NonUtf8HeaderHandling,
}

impl<'a> Response<'a> {
    /// `confidential` says that nothing of the response may stand in an error. `bag` may say, by [`NonUtf8HeaderHandling`](aws_smithy_runtime_api::http::NonUtf8HeaderHandling), that headers are
    /// skipped that are not UTF-8.
    #[cfg_attr(not(feature = "http-bindings"), expect(unused_variables, reason = "only bindings read headers"))]
    pub(crate) fn new(
        protocol: &'static dyn Protocol,
        confidential: bool,
        response: &'a HttpResponse,
        bag: &ConfigBag,
    ) -> Self {
        Self {
            protocol,
            confidential,
            status: response.status().as_u16(),
            headers: response.headers(),
            body: response.body().bytes().unwrap_or_default(),
            request_id: response.request_id(),
            #[cfg(feature = "http-bindings")]
            unreadable_headers: bag.load::<NonUtf8HeaderHandling>().cloned().unwrap_or_default(),
        }
    }

    /// A header, its first line.
    pub fn header(&self, name: &str) -> Option<&'a str> {
        self.headers.get(name)
    }

    /// Success as every operation of the supported protocols means it.
    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// Fills an output, and keeps the id that the service gave to the request.
///
/// # Errors
/// When the response is not what the table of the output promises.
pub(crate) fn read_output(response: &Response<'_>, output: &mut dyn Shape) -> Result<(), DecodeError> {
    response.protocol.read_output(response, output)?;
    let schema = output.schema();
    if let Some(id) = response.request_id.filter(|_| schema.request_id)
        && let Slot::Text(place) = output.member_mut(schema.rows.len()).slot()
    {
        id.clone_into(place);
    }
    Ok(())
}
