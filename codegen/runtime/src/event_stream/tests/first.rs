//! Tests of the first message of a stream, which may have the other members of an output.

use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::event_stream::{Header, HeaderValue, Message};
use bytes::Bytes;
use http_body::{Body, Frame};
use proptest::prelude::*;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use super::encoded;
use crate::event_stream::EventReceiver;
use crate::event_stream::initial::{receive, stream_of};
use crate::format::json::JSON;
use crate::shape::Value;

/// An output with events.
struct Told {
    station: Option<String>,
    changes: EventReceiver<(), ()>,
}

crate::shape! {
    streaming Told {
        0 station: "station",
        1 changes: PAYLOAD "changes" STREAM,
    }
}

/// A body that comes in parts, before each of which there is nothing yet.
struct Parted(VecDeque<Bytes>, bool);

impl Body for Parted {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.1 = !self.1;
        match self.1 && !self.0.is_empty() {
            true => Poll::Pending,
            false => Poll::Ready(self.0.pop_front().map(|part| Ok(Frame::data(part)))),
        }
    }
}

fn stream(bytes: &[u8], size: usize) -> ByteStream {
    let parts = bytes.chunks(size).map(Bytes::copy_from_slice).collect();
    ByteStream::new(SdkBody::from_body_1_x(Parted(parts, false)))
}

/// Waits, as long as it takes.
fn wait<T>(what: impl Future<Output = T>) -> T {
    let mut what = pin!(what);
    loop {
        if let Poll::Ready(value) = what.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return value;
        }
    }
}

/// What an output has when its first message was received, and the bytes that are left of its stream.
fn received(bytes: &[u8], size: usize) -> Result<(Option<String>, Vec<u8>), String> {
    let mut told = Told { station: None, changes: Value::empty() };
    wait(receive(stream(bytes, size), &JSON, &mut told)).map_err(|error| error.to_string())?;
    let rest = std::mem::take(stream_of(&mut told).expect("there is one"));
    Ok((told.station, wait(rest.collect()).expect("nothing breaks off").to_vec()))
}

fn event(name: &'static str, payload: &'static str) -> Vec<u8> {
    let header = |name: &'static str, value: &'static str| Header::new(name, HeaderValue::String(value.into()));
    let headers = vec![header(":message-type", "event"), header(":event-type", name)];
    encoded(&Message::new_from_parts(headers, payload))
}

proptest! {
    /// Nothing is lost of what follows, however the bytes are parted; a stream that is cut off is left to who receives.
    #[test]
    fn what_follows_the_first_message_is_left_as_it_is(
        has_first: bool,
        others in 0usize..3,
        cut in 0usize..12,
        size in 1usize..200,
    ) {
        let first = if has_first { event("initial-response", r#"{"station":"north"}"#) } else { Vec::new() };
        let mut rest = event("rain", r#"{"amount":1}"#).repeat(others);
        rest.truncate(rest.len().saturating_sub(cut));
        let station = has_first.then(|| "north".to_owned());
        prop_assert_eq!(received(&[&first[..], &rest].concat(), size), Ok((station, rest)));
    }

    /// Whatever comes first, it is an error or an output, and in the same way however it is parted.
    #[test]
    fn what_comes_first_may_be_anything(
        bytes in prop::collection::vec(any::<u8>(), 0..60),
        place in 0usize..100,
        bit in 0u8..8,
        size in 1usize..60,
    ) {
        let mut changed = event("initial-response", r#"{"station":"north"}"#);
        let place = place % changed.len();
        changed[place] ^= 1 << bit;
        for bytes in [&bytes, &changed, &[changed.clone(), bytes.clone()].concat()] {
            prop_assert_eq!(received(bytes, size), received(bytes, bytes.len().max(1)));
        }
    }
}
