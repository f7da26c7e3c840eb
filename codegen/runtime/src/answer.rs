//! From the answer to a call to its output.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::config_bag::ConfigBag;
use aws_types::request_id::RequestId;

use crate::format::DecodeError;
use crate::protocol::Protocol;
use crate::response::Response;
use crate::shape::{Shape, flag, keep_request_id};
use crate::slot::Slot;

/// A response, and what the call knows of it.
#[derive(Debug)]
pub(crate) struct Answer<'a> {
    /// How the service writes.
    pub(crate) protocol: &'static dyn Protocol,
    /// Nothing of the response may stand in an error.
    pub(crate) confidential: bool,
    pub(crate) request_id: Option<&'a str>,
    pub(crate) response: Response<'a>,
}

impl<'a> Answer<'a> {
    /// `confidential` says that nothing of the response may stand in an error. `bag` is for [`Response::new`].
    pub(crate) fn new(
        protocol: &'static dyn Protocol,
        confidential: bool,
        response: &'a HttpResponse,
        bag: &ConfigBag,
    ) -> Self {
        let request_id = response.request_id();
        Self { protocol, confidential, request_id, response: Response::new(response, bag) }
    }
}

/// Fills an output, hands a stream on to it as it is, and keeps the id that the service gave to the request.
///
/// # Errors
/// When the response is not what the table of the output promises.
pub(crate) fn read_output(answer: &Answer<'_>, output: &mut dyn Shape) -> Result<(), DecodeError> {
    answer.protocol.read_output(&answer.response, output)?;
    if let Some(body) = answer.response.stream.take()
        && let Some(index) = output.schema().rows.iter().position(|(_, flags)| flags & flag::STREAM != 0)
        && let Slot::Stream(place) = output.member_mut(index).slot()
    {
        *place = body;
    }
    if let Some(id) = answer.request_id {
        keep_request_id(output, id);
    }
    Ok(())
}
