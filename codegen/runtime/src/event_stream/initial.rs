//! The first message of a stream where the protocol has no HTTP bindings: the other members of the output.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::{Error as BodyError, SdkBody};
use aws_smithy_types::byte_stream::ByteStream;
use bytes::{Buf, Bytes, BytesMut};
use http_body::{Body, Frame};
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::{Decoder, PRELUDE, read};
use crate::BoxError;
use crate::format::Format;
use crate::operation::{CallResult, Error, Output, Spec};
use crate::protocol::read_body;
use crate::shape::{Shape, flag};
use crate::slot::Slot;

/// What a call has come to, once the first message of its output's stream of events is there, if it has one: the other
/// members are filled from a message that is for that, and any other is left to who receives the events.
///
/// # Errors
/// That of the call; a response error when the body breaks off before, is no stream of messages, or the message is not
/// what the table promises. It has nothing of the response but its status, as that is with the output.
pub(crate) async fn with_initial_members(
    spec: &'static Spec,
    called: CallResult<Output, Error>,
) -> CallResult<Output, Error> {
    let mut output = called?;
    let protocol = spec.service.protocol;
    let open = spec.output_mut.filter(|_| protocol.has_initial_messages());
    if let Some(shape) = open.and_then(|open| open(&mut output))
        && let Some(body) = stream_of(shape).map(mem::take)
    {
        receive(body, protocol.format(), shape).await.map_err(response_error)?;
    }
    Ok(output)
}

fn response_error(problem: BoxError) -> SdkError<Error, HttpResponse> {
    match StatusCode::try_from(200) {
        Ok(status) => SdkError::response_error(problem, HttpResponse::new(status, SdkBody::empty())),
        Err(_) => SdkError::construction_failure(problem),
    }
}

/// Fills an output from the first message of its stream, where that is for it, and leaves what follows in the stream.
pub(super) async fn receive(mut body: ByteStream, format: &dyn Format, output: &mut dyn Shape) -> Result<(), BoxError> {
    let (mut decoder, mut bytes) = (Decoder::default(), BytesMut::new());
    let message = loop {
        if let Some(message) = decoder.next_message()? {
            break Some(message);
        }
        let Some(part) = body.next().await.transpose()? else { break None };
        decoder.push(&part);
        bytes.extend_from_slice(&part);
    };
    if let Some(message) = message.filter(|message| read::text(message, ":event-type") == Some("initial-response")) {
        read_body(message.payload(), format, output)?;
        let length = usize::try_from(bytes.clone().get_u32())?;
        bytes.advance(length.max(PRELUDE));
    }
    if let Some(stream) = stream_of(output) {
        *stream = ByteStream::new(SdkBody::from_body_1_x(Resumed { first: bytes.freeze(), rest: body.into_inner() }));
    }
    Ok(())
}

/// The stream of an output.
pub(super) fn stream_of(output: &mut dyn Shape) -> Option<&mut ByteStream> {
    let index = output.schema().rows.iter().position(|(_, flags)| flags & flag::STREAM != 0)?;
    match output.member_mut(index).slot() {
        Slot::Stream(stream) => Some(stream),
        _ => None,
    }
}

/// A body some bytes of which were read already.
struct Resumed {
    first: Bytes,
    rest: SdkBody,
}

impl Body for Resumed {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        match mem::take(&mut self.first) {
            first if first.is_empty() => Pin::new(&mut self.rest).poll_frame(context),
            first => Poll::Ready(Some(Ok(Frame::data(first)))),
        }
    }
}
