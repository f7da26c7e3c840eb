//! Streams of events (`application/vnd.amazon.eventstream`).
//!
//! A stream is a sequence of messages, each with headers of nine types and a payload, framed by lengths and two CRC32:
//!
//! ```text
//! total length | length of headers | CRC of both | headers | payload | CRC of all before it
//! ```
//!
//! [`Decoder`] finds messages in bytes as they arrive, [`encode`] writes one. What a message says, an event, an exception,
//! an initial message, is in its headers (`:message-type`, `:event-type`); members of the event stand in other headers and
//! in the payload, as its table says: `HEADER` and `PAYLOAD` mean those of the message there.
//!
//! [`EventReceiver`] is a member of outputs, [`EventStreamSender`] one of inputs. To tables both are streams of bytes.

#[cfg(feature = "event-stream-input")]
mod body;
#[cfg(feature = "event-stream-input")]
pub(crate) mod call;
mod decode;
mod encode;
#[cfg(feature = "event-stream-input")]
mod event;
#[cfg(feature = "event-stream-input")]
mod exchange;
mod initial;
mod messages;
mod read;
mod receiver;
mod sender;
#[cfg(feature = "event-stream-input")]
mod sign;

#[cfg(feature = "event-stream-input")]
pub use body::{Next, Outgoing};
pub use decode::{Decoder, FrameError};
pub use encode::encode;
pub(crate) use initial::with_initial_members;
pub(crate) use read::read_members;
pub use receiver::EventReceiver;
pub use sender::EventStreamSender;
#[cfg(feature = "event-stream-input")]
pub use sender::take_events;

use aws_smithy_runtime_api::client::orchestrator::HttpRequest;

use crate::service::Service;
use crate::shape::{Union, Value};

/// A union whose values are the events of a stream.
pub trait Events: Union + Value + Sized {
    /// The service that they come from or go to.
    type Service: Service;

    /// Something in them is sensitive, so that no message may stand in an error.
    const IS_SECRET: bool;
}

/// The media type of streams of events.
const MEDIA_TYPE: &str = "application/vnd.amazon.eventstream";

/// Asks for a stream of events, where the protocol says in a header what is asked for.
pub(crate) fn accept(request: &mut HttpRequest) {
    let headers = request.headers_mut();
    if headers.contains_key("accept") {
        headers.insert("accept", MEDIA_TYPE);
    }
}

/// Lengths and their checksum, before the headers.
const PRELUDE: usize = 12;

/// The checksum behind the payload.
const TRAILER: usize = 4;

/// The most bytes that headers may have.
const MAX_HEADERS: usize = 128 * 1024;

/// The most bytes that a payload may have.
const MAX_PAYLOAD: usize = 24 * 1024 * 1024;

/// The types of headers, as they are numbered on the wire.
mod kind {
    pub(super) const TRUE: u8 = 0;
    pub(super) const FALSE: u8 = 1;
    pub(super) const BYTE: u8 = 2;
    pub(super) const SHORT: u8 = 3;
    pub(super) const INTEGER: u8 = 4;
    pub(super) const LONG: u8 = 5;
    pub(super) const BYTES: u8 = 6;
    pub(super) const TEXT: u8 = 7;
    pub(super) const TIMESTAMP: u8 = 8;
    pub(super) const UUID: u8 = 9;
}

#[cfg(test)]
mod tests;
