//! Streams of events (`vnd.amazon.eventstream`) against the engine's own reader: the same bytes are messages, and they say
//! the same, however they are parted. A message that is read is written as the bytes that it was; events are received as
//! the model has them, and written and received again.

use aws_smithy_eventstream::frame::read_message_from;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_smithy_types::event_stream::{Header, HeaderValue, Message, RawMessage};
use bytes::Bytes;
use futures_core::Stream;
use http_body::{Body, Frame};
use smithy_client_runtime::event_stream::{
    Decoder, EventReceiver, EventStreamSender, Events, FrameError, Next, Outgoing, encode,
};
use smithy_client_runtime::service::Service;
use smithy_client_runtime::shape::View;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::fmt::Debug;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use crate::event_shapes::{StreamError, cbor, json, xml};

/// Lengths, their checksum, and that of the message.
const AROUND: usize = 16;

/// What ended a stream.
type Failure = SdkError<StreamError, RawMessage>;

/// The first byte says which protocol the events are of, and whether wrong checksums are put right first, as nobody finds
/// these by chance; the second how the stream is parted. The stream is what follows.
pub fn check(data: &[u8]) {
    let Some((&[how, parts], stream)) = data.split_first_chunk() else { return };
    let mut stream = stream.to_vec();
    if how & 1 == 0 {
        put_right(&mut stream);
    }
    let (messages, end) = messages(&stream, stream.len().max(1));
    are_messages(&stream, &messages, end);
    let part = usize::from(parts) + 1;
    assert_eq!(self::messages(&stream, part), (messages.clone(), end), "in parts of {part}");
    match how >> 1 & 3 {
        0 => are_events::<xml::Event>(&stream, part, &messages, end),
        1 => are_events::<cbor::Event>(&stream, part, &messages, end),
        _ => are_events::<json::Event>(&stream, part, &messages, end),
    }
}

fn number(bytes: &[u8], place: usize) -> Option<usize> {
    let bytes: [u8; 4] = bytes.get(place..place + 4)?.try_into().ok()?;
    usize::try_from(u32::from_be_bytes(bytes)).ok()
}

/// Puts the checksums of messages right, as far as their lengths lead to messages.
fn put_right(stream: &mut [u8]) {
    let mut rest = stream;
    while let Some(total) = number(rest, 0).filter(|_| rest.len() >= 12) {
        let crc = crc32fast::hash(&rest[..8]);
        rest[8..12].copy_from_slice(&crc.to_be_bytes());
        if total < AROUND || total > rest.len() {
            return;
        }
        let (message, behind) = rest.split_at_mut(total);
        let crc = crc32fast::hash(&message[..total - 4]);
        message[total - 4..].copy_from_slice(&crc.to_be_bytes());
        rest = behind;
    }
}

/// All messages of a stream whose bytes come in parts of a size, and how it ends.
fn messages(stream: &[u8], size: usize) -> (Vec<Message>, Result<(), FrameError>) {
    let (mut decoder, mut found) = (Decoder::default(), Vec::new());
    for part in stream.chunks(size) {
        decoder.push(part);
        loop {
            match decoder.next_message() {
                Ok(Some(message)) => found.push(message),
                Ok(None) => break,
                Err(error) => return (found, Err(error)),
            }
        }
    }
    let end = decoder.finish();
    (found, end)
}

/// Whether a header has a name and a length that the format has, so that it can be written.
fn is_writable(header: &Header) -> bool {
    let fits = match header.value() {
        HeaderValue::ByteArray(bytes) => i16::try_from(bytes.len()).is_ok(),
        HeaderValue::String(text) => i16::try_from(text.as_bytes().len()).is_ok(),
        _ => true,
    };
    fits && !header.name().as_bytes().is_empty()
}

/// Messages are what the engine's own reader finds, each is written as it was, and behind the last there is none.
fn are_messages(stream: &[u8], messages: &[Message], end: Result<(), FrameError>) {
    let mut rest = stream;
    for message in messages {
        let total = number(rest, 0).expect("a message has a length");
        let (bytes, behind) = rest.split_at(total);
        let theirs = read_message_from(bytes).unwrap_or_else(|error| panic!("{message:?}: {error}"));
        assert_eq!(*message, theirs);
        if message.headers().iter().all(is_writable) {
            let mut written = Vec::new();
            encode(message, &mut written).expect("it was read");
            assert_eq!(written, bytes);
        }
        rest = behind;
    }
    assert_eq!(end.is_ok(), rest.is_empty());
    // A length that is none, or whose message is not there, is one of those that theirs ends with, too.
    assert!(rest.is_empty() || read_message_from(rest).is_err() || end == Err(FrameError::Length), "{end:?}");
}

/// A body that comes in parts.
struct Parted(VecDeque<Bytes>);

impl Body for Parted {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.0.pop_front().map(|part| Ok(Frame::data(part))))
    }
}

/// All that a receiver gives for a stream in parts of a size, and that there is nothing behind an end.
fn received<T: Events + 'static>(stream: &[u8], size: usize) -> (Vec<T>, Option<Failure>) {
    let parts = stream.chunks(size).map(Bytes::copy_from_slice).collect();
    let body = ByteStream::new(SdkBody::from_body_1_x(Parted(parts)));
    let mut receiver = EventReceiver::<T, StreamError>::from(body);
    let mut context = Context::from_waker(Waker::noop());
    let mut next = || match Pin::new(&mut receiver).poll_next(&mut context) {
        Poll::Ready(next) => next,
        Poll::Pending => panic!("nothing is waited for"),
    };
    let mut events = Vec::new();
    let failure = loop {
        match next() {
            Some(Ok(event)) => events.push(event),
            Some(Err(error)) => break Some(error),
            None => break None,
        }
    };
    assert!(next().is_none(), "behind the end");
    (events, failure)
}

fn text<'m>(message: &'m Message, name: &str) -> Option<&'m str> {
    let header = message.headers().iter().find(|header| header.name().as_str() == name)?;
    header.value().as_string().ok().map(|text| text.as_str())
}

/// Events are as many as there are messages of some, up to an error that is what its message says.
fn are_events<T: Events + Debug + Send + 'static>(
    stream: &[u8],
    part: usize,
    messages: &[Message],
    end: Result<(), FrameError>,
) {
    let (events, failure) = received::<T>(stream, stream.len().max(1));
    let parted = received::<T>(stream, part);
    assert_eq!(format!("{parted:?}"), format!("{:?}", (&events, &failure)), "in parts of {part}");
    let told = messages.iter().take_while(|message| text(message, ":message-type") == Some("event")).count();
    assert!(events.len() <= told);
    match (&failure, messages.get(events.len())) {
        (None, None) => assert_eq!(end, Ok(())),
        (Some(SdkError::ResponseError(_)), None) => assert!(end.is_err()),
        (Some(error), Some(message)) => is_what_was_said(error, message),
        unexpected => panic!("{unexpected:?}"),
    }
    events.into_iter().zip(messages).for_each(|(event, message)| is_sent(event, message));
}

fn is_what_was_said(error: &Failure, message: &Message) {
    match (error, text(message, ":message-type")) {
        (SdkError::ServiceError(error), Some("exception")) => {
            let name = text(message, ":exception-type").expect("it is known by its name");
            // The payload may have another name; a storm whose payload cannot be read is none that could be told.
            let names = [name.as_bytes(), message.payload()].concat();
            let is_named = names.to_ascii_lowercase().windows(5).any(|name| name == b"storm");
            assert!(!error.err().is_storm() || is_named, "{name} {error:?}");
        }
        (SdkError::ServiceError(error), Some("error")) => {
            assert_eq!(error.err().code(), text(message, ":error-code"));
            assert_eq!(error.err().message(), text(message, ":error-message"));
        }
        (SdkError::ResponseError(_), Some("exception")) => assert_eq!(text(message, ":exception-type"), None),
        (SdkError::ResponseError(_), kind) => assert_ne!(kind, Some("error")),
        unexpected => panic!("{unexpected:?}"),
    }
}

/// What is received can be sent, and is received again as it was.
fn is_sent<T: Events + Debug + Send + 'static>(event: T, message: &Message) {
    let shown = format!("{event:?}");
    let is_known = matches!(event.view(), View::Union(union) if union.variant().is_some());
    let names = ["noted", "raw", "said", "wrapped", "end"];
    assert_eq!(is_known, text(message, ":event-type").is_some_and(|name| names.contains(&name)), "{shown}");
    let mut sender = EventStreamSender::<T, StreamError>::once(Ok(event));
    let format = <T::Service as Service>::FACTS.protocol.format();
    let mut context = Context::from_waker(Waker::noop());
    let mut bytes = Vec::new();
    // A union of no known variant is not sent, nor a text or a time that the format or a header has no room for.
    let written = match sender.poll_message(&mut context, format) {
        Poll::Ready(Some(Ok(Next::Event(message)))) => encode(&message, &mut bytes),
        Poll::Ready(Some(Err(error))) => Err(error),
        _ => panic!("one event is sent: {shown}"),
    };
    if written.is_err() {
        return;
    }
    assert!(is_known, "{shown}");
    let (again, failure) = received::<T>(&bytes, 7);
    assert!(failure.is_none(), "{shown}: {failure:?}");
    assert_eq!(again.iter().map(|event| format!("{event:?}")).collect::<Vec<_>>(), [shown]);
}
