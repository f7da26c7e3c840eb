//! Tests of what is sent: messages, their chain of signatures, and the body that asks for events.

use aws_credential_types::Credentials;
use aws_smithy_async::time::{SharedTimeSource, StaticTimeSource};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::event_stream::{Header, HeaderValue, Message};
use aws_smithy_types::{Blob, DateTime};
use bytes::Bytes;
use futures_core::Stream;
use http_body::Body;
use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use super::super::body::{EventBody, Next, Outgoing};
use super::super::event::{event, exception, initial_request};
use super::super::exchange::{AnswerBody, Exchange, Waiting};
use super::super::sign::Chain;
use super::super::{Decoder, EventStreamSender, encode};
use crate::BoxError;
use crate::format::Format;
use crate::format::json::JSON;
use crate::shape::Value;

/// An event with a header of each type, and the rest of it in the payload.
#[derive(Default)]
pub struct Noted {
    on: Option<bool>,
    byte: Option<i8>,
    short: i16,
    integer: Option<i32>,
    long: Option<i64>,
    blob: Option<Blob>,
    text: Option<String>,
    time: Option<DateTime>,
    rest: Option<String>,
}

crate::shape! {
    Noted {
        0 on: HEADER "on",
        1 byte: HEADER "byte",
        2 short: HEADER "short",
        3 integer: HEADER "integer",
        4 long: HEADER "long",
        5 blob: HEADER "blob",
        6 text: HEADER "text",
        7 time: HEADER "time",
        8 rest: "rest",
    }
}

/// An event that is its payload.
pub struct Chunk {
    bytes: Option<Blob>,
}

crate::shape! {
    all_optional Chunk {
        0 bytes: PAYLOAD "bytes",
    }
}

/// An event that has only a header.
pub struct Mark {
    place: Option<i32>,
}

crate::shape! {
    all_optional Mark {
        0 place: HEADER "place",
    }
}

/// An event without a member.
pub struct End {}

crate::shape! {
    all_optional End {
    }
}

/// What is sent.
#[derive(Clone, PartialEq)]
pub enum Sent {
    /// One.
    Noted(Noted),
    /// Another.
    Chunk(Chunk),
    /// Another.
    Mark(Mark),
    /// Another.
    End(End),
    /// None of these.
    Unknown,
}

crate::union! {
    Sent {
        0 Noted(Noted), is_noted, as_noted: "noted",
        1 Chunk(Chunk), is_chunk, as_chunk: "Chunk",
        2 Mark(Mark), is_mark, as_mark: "mark",
        3 End(End), is_end, as_end: "end",
    }
}

/// The headers of a message, and its payload as text.
fn told(message: &Message) -> (Vec<(String, HeaderValue)>, String) {
    let headers = message.headers().iter().map(|header| (header.name().as_str().to_owned(), header.value().clone()));
    (headers.collect(), String::from_utf8_lossy(message.payload()).into_owned())
}

fn text(value: &'static str) -> HeaderValue {
    HeaderValue::String(value.into())
}

fn of(sent: &Sent) -> (Vec<(String, HeaderValue)>, String) {
    told(&event(sent, &JSON).expect("it is a message"))
}

fn headers(pairs: Vec<(&str, HeaderValue)>) -> Vec<(String, HeaderValue)> {
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

#[test]
fn members_of_an_event_are_headers_of_their_types_and_the_rest_is_the_payload() {
    let noted = Noted {
        on: Some(true),
        byte: Some(-1),
        short: 2,
        integer: Some(3),
        long: Some(4_294_967_294),
        blob: Some(Blob::new("b")),
        text: Some("t".to_owned()),
        time: Some(DateTime::from_secs(5)),
        rest: Some("r".to_owned()),
    };
    let expected = headers(vec![
        (":message-type", text("event")),
        (":event-type", text("noted")),
        (":content-type", text("application/json")),
        ("on", HeaderValue::Bool(true)),
        ("byte", HeaderValue::Byte(-1)),
        ("short", HeaderValue::Int16(2)),
        ("integer", HeaderValue::Int32(3)),
        ("long", HeaderValue::Int64(4_294_967_294)),
        ("blob", HeaderValue::ByteArray(Bytes::from_static(b"b"))),
        ("text", text("t")),
        ("time", HeaderValue::Timestamp(DateTime::from_secs(5))),
    ]);
    assert_eq!(of(&Sent::Noted(noted)), (expected, r#"{"rest":"r"}"#.to_owned()));
}

#[test]
fn a_payload_is_sent_as_it_is_and_nothing_where_there_is_none() {
    let begin = |name| vec![(":message-type", text("event")), (":event-type", text(name))];
    let with_type = |name, media_type| {
        let mut all = begin(name);
        all.push((":content-type", text(media_type)));
        headers(all)
    };
    let bytes = Some(Blob::new("raw"));
    let expected = (with_type("Chunk", "application/octet-stream"), "raw".to_owned());
    assert_eq!(of(&Sent::Chunk(Chunk { bytes })), expected);
    assert_eq!(of(&Sent::Chunk(Chunk { bytes: None })), (headers(begin("Chunk")), String::new()));
    assert_eq!(of(&Sent::Mark(Mark { place: None })), (headers(begin("mark")), String::new()));
    assert_eq!(of(&Sent::End(End {})), (with_type("end", "application/json"), "{}".to_owned()));
}

#[test]
fn an_event_that_is_not_known_is_no_message() {
    let error = event(&Sent::Unknown, &JSON).expect_err("it has no name");
    assert_eq!(error.to_string(), "an event that this version of the client does not know cannot be sent");
}

#[test]
fn errors_and_first_messages_say_what_they_are() {
    let mark = Mark { place: Some(1) };
    let expected = headers(vec![
        (":message-type", text("exception")),
        (":exception-type", text("gone")),
        ("place", HeaderValue::Int32(1)),
    ]);
    assert_eq!(told(&exception("gone", &mark, &JSON).expect("it is a message")), (expected, String::new()));
    let expected = headers(vec![
        (":message-type", text("event")),
        (":event-type", text("initial-request")),
        (":content-type", text("application/json")),
    ]);
    assert_eq!(told(&initial_request(Bytes::from_static(b"{}"), &JSON)), (expected, "{}".to_owned()));
}

/// A chain behind a request with this signature, at 1973-11-29T21:33:09Z.
fn chain(signature: &str) -> Option<Chain> {
    let mut request = HttpRequest::new(SdkBody::empty());
    let scope = "AKID/with/slashes/19731129/us-east-1/testservice/aws4_request";
    let authorization =
        format!("AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host;x-amz-date, Signature={signature}");
    request.headers_mut().insert("authorization", authorization);
    request.headers_mut().insert("x-amz-date", "19731129T213309Z");
    let credentials = Credentials::new("AKID", "notrealrnrELgWzOk3IfjzDKtFBhDby", None, None, "tests");
    // The clock is behind that of the service.
    let time = SharedTimeSource::new(StaticTimeSource::from_secs(123_456_000));
    Chain::of(&request, &credentials, time)
}

/// What the text to sign has as the signature before, which begins the vectors below.
const BEFORE: &str = "be1f8c7d79ef8e1abc5254a2c70e4da3bfaf4f07328f527444e1fc6ea67273e2";

/// Signatures of a message and of the end behind it, computed by another implementation of HMAC from the texts to sign.
const SIGNATURES: [&str; 2] = [
    "08fed460df836999e1c4137962a3d6ad66a9e8c1bf8e8888e3cbeee26bbf774d",
    "dbe0525115366ab86e102862106d03e6662e7696abe6d172a0daf49e3c472615",
];

fn signature_of(message: &Message) -> String {
    let [date, signature] = message.headers() else { panic!("two headers, not {message:?}") };
    assert_eq!(
        (date.name().as_str(), date.value()),
        (":date", &HeaderValue::Timestamp(DateTime::from_secs(123_456_789)))
    );
    assert_eq!(signature.name().as_str(), ":chunk-signature");
    let HeaderValue::ByteArray(bytes) = signature.value() else { panic!("{signature:?}") };
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn each_signature_covers_the_one_before_it() {
    let mut chain = chain(BEFORE).expect("the request is signed");
    let header = Header::new("some-header", text("value"));
    let mut message = Vec::new();
    encode(&Message::new_from_parts(vec![header], "test payload"), &mut message).expect("it is short");
    let signed = chain.sign(message.clone().into()).expect("it is signed");
    assert_eq!((signature_of(&signed), &signed.payload()[..]), (SIGNATURES[0].to_owned(), &message[..]));
    let end = chain.sign(Bytes::new()).expect("it is signed");
    assert_eq!((signature_of(&end), end.payload().len()), (SIGNATURES[1].to_owned(), 0));
}

#[test]
fn a_request_without_such_a_signature_has_no_chain() {
    let credentials = Credentials::new("AKID", "SECRET", None, None, "tests");
    for authorization in ["Bearer Credential=a/b/c/d/e, Signature=f", "AWS4-HMAC-SHA256 Signature=f", ""] {
        let mut request = HttpRequest::new(SdkBody::empty());
        request.headers_mut().insert("x-amz-date", "19731129T213309Z");
        request.headers_mut().insert("authorization", authorization);
        assert!(Chain::of(&request, &credentials, SharedTimeSource::default()).is_none(), "{authorization}");
    }
}

#[test]
fn the_secret_of_a_chain_is_not_shown() {
    assert_eq!(format!("{:?}", chain("00")), r#"Some(Chain { region: "us-east-1", service: "testservice", .. })"#);
}

/// Counts how often a task is woken.
#[derive(Default)]
struct Woken(AtomicUsize);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

/// What a caller has to send next; nothing yet where none is left, and the end where there is an end.
type Queue = VecDeque<Option<Result<Message, &'static str>>>;

struct Queued(Queue);

impl Outgoing for Queued {
    fn poll_message(&mut self, _: &mut Context<'_>, _: &dyn Format) -> Poll<Option<Result<Next, BoxError>>> {
        match self.0.pop_front() {
            Some(next) => Poll::Ready(next.map(|next| next.map(Next::Event).map_err(BoxError::from))),
            None => Poll::Pending,
        }
    }
}

fn body(queue: Queue, exchange: &Arc<Exchange>) -> EventBody {
    let events: Box<dyn Outgoing> = Box::new(Queued(queue));
    EventBody { initial: None, events: Some(events), format: &JSON, exchange: Arc::clone(exchange), chain: None }
}

type Polled = Poll<Option<Result<Bytes, String>>>;

fn poll<B: Body<Data = Bytes, Error = BoxError> + Unpin>(body: &mut B, woken: &Arc<Woken>) -> Polled {
    let waker = Waker::from(Arc::clone(woken));
    let polled = Pin::new(body).poll_frame(&mut Context::from_waker(&waker));
    polled.map(|frame| {
        frame.map(|frame| frame.map(|frame| frame.into_data().unwrap_or_default()).map_err(|error| error.to_string()))
    })
}

/// The message that a frame of the body is.
fn message(polled: Polled) -> Message {
    let Poll::Ready(Some(Ok(bytes))) = polled else { panic!("no message, but {polled:?}") };
    let mut decoder = Decoder::default();
    decoder.push(&bytes);
    let message = decoder.next_message().expect("it is well-formed").expect("it is whole");
    assert_eq!(decoder.finish(), Ok(()));
    message
}

#[test]
fn messages_are_asked_for_one_by_one_and_signed_to_the_end() {
    let (exchange, woken) = (Arc::<Exchange>::default(), Arc::<Woken>::default());
    let mut body = body(VecDeque::from([Some(Ok(Message::new("a")))]), &exchange);
    exchange.set_chain(chain(BEFORE));
    let signed = message(poll(&mut body, &woken));
    signature_of(&signed);
    assert_eq!(message(Poll::Ready(Some(Ok(signed.payload().clone())))), Message::new("a"));
    assert!(poll(&mut body, &woken).is_pending());
    body.events = Some(Box::new(Queued(VecDeque::from([None]))));
    assert_eq!(message(poll(&mut body, &woken)).payload().len(), 0);
    assert!(matches!(poll(&mut body, &woken), Poll::Ready(None)));
}

#[test]
fn without_a_signature_messages_are_sent_as_they_are() {
    let (exchange, woken) = (Arc::<Exchange>::default(), Arc::<Woken>::default());
    let mut body = body(VecDeque::from([Some(Ok(Message::new("a"))), None]), &exchange);
    body.initial = Some(Message::new("first"));
    assert_eq!(message(poll(&mut body, &woken)), Message::new("first"));
    assert_eq!(message(poll(&mut body, &woken)), Message::new("a"));
    assert!(matches!(poll(&mut body, &woken), Poll::Ready(None)));
    assert_eq!(Body::size_hint(&body).exact(), None);
}

#[test]
fn who_waits_for_an_answer_learns_why_the_events_ended() {
    let (exchange, woken) = (Arc::<Exchange>::default(), Arc::<Woken>::default());
    let mut sent = body(VecDeque::from([Some(Err("the microphone is gone"))]), &exchange);
    let waiting = Waiting::new(Arc::clone(&exchange));
    let body = SdkBody::from_body_1_x(Silent);
    let mut answer = AnswerBody { body, waiting, is_refusal: false };
    assert!(poll(&mut answer, &woken).is_pending());
    let told = poll(&mut sent, &Arc::default());
    assert!(matches!(&told, Poll::Ready(Some(Err(error))) if error == "the events that are sent ended in an error"));
    assert_eq!(woken.0.load(Ordering::SeqCst), 1);
    assert!(matches!(poll(&mut answer, &woken), Poll::Ready(Some(Err(error))) if error == "the microphone is gone"));
    assert!(matches!(poll(&mut sent, &woken), Poll::Ready(None)));
}

#[test]
fn events_end_when_nobody_waits_for_an_answer_any_more() {
    let (exchange, woken) = (Arc::<Exchange>::default(), Arc::<Woken>::default());
    let mut sent = body(VecDeque::new(), &exchange);
    assert!(poll(&mut sent, &woken).is_pending());
    let mut waiting = Waiting::new(exchange);
    let answer = AnswerBody { body: SdkBody::from_body_1_x(Silent), waiting: waiting.hand_over(), is_refusal: false };
    drop(waiting);
    assert!(poll(&mut sent, &woken).is_pending());
    drop(answer);
    assert_eq!(woken.0.load(Ordering::SeqCst), 1);
    let told = poll(&mut sent, &woken);
    assert!(matches!(told, Poll::Ready(Some(Err(error))) if error == "the call is over while events were sent"));
    assert!(sent.events.is_none(), "what the caller gave is dropped");
}

#[test]
fn events_go_on_behind_an_answer_that_is_complete_and_a_success() {
    for (is_refusal, goes_on) in [(false, true), (true, false)] {
        let (exchange, woken) = (Arc::<Exchange>::default(), Arc::<Woken>::default());
        let mut sent = body(VecDeque::new(), &exchange);
        let mut answer = AnswerBody { body: SdkBody::empty(), waiting: Waiting::new(exchange), is_refusal };
        assert!(matches!(poll(&mut answer, &woken), Poll::Ready(None)));
        drop(answer);
        assert_eq!(poll(&mut sent, &woken).is_pending(), goes_on);
    }
}

/// A body of which nothing comes.
struct Silent;

impl Body for Silent {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, BoxError>>> {
        Poll::Pending
    }
}

#[test]
fn a_sender_holds_one_event_or_a_stream_of_them() {
    struct Twice(u8);
    impl Stream for Twice {
        type Item = Result<u8, String>;

        fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            self.0 += 1;
            Poll::Ready((self.0 <= 2).then(|| Ok(self.0)))
        }
    }
    let all = |mut sender: EventStreamSender<u8, String>| {
        let mut found = Vec::new();
        let mut context = Context::from_waker(Waker::noop());
        while let Poll::Ready(Some(item)) = sender.poll_next(&mut context) {
            found.push(item);
        }
        found
    };
    assert_eq!(all(EventStreamSender::once(Err("no".to_owned()))), [Err("no".to_owned())]);
    assert_eq!(all(Twice(0).into()), [Ok(1), Ok(2)]);
    assert_eq!(all(Value::empty()), []);
    assert_eq!(
        format!("{:?}", <EventStreamSender<u8, String> as Value>::empty()),
        "EventStreamSender<u8, alloc::string::String>"
    );
}
