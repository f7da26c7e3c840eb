//! Streams of events over a socket: what is received, what is wrong with it, and that nothing hangs.

use std::future::poll_fn;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::pin::Pin;
use std::thread;
use std::time::Duration;

use futures_core::Stream;
use program::{message, message_of_texts, sdk_config, text};
use service::Client;
use service::config::{Builder, StalledStreamProtectionConfig};
use service::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use service::operation::watch::WatchOutput;
use service::primitives::event_stream::{EventReceiver, RawMessage};
use service::types::error::WeatherError;
use service::types::{Cover, Skies, Weather, Whispers};

/// How long a call may take that does not hang.
const PATIENCE: Duration = Duration::from_secs(10);

type Received = Result<Option<Weather>, SdkError<WeatherError, RawMessage>>;

/// Answers one request: the head, and then whatever `send` writes. The connection is closed after that.
fn serve(head: String, send: impl FnOnce(&mut TcpStream) + Send + 'static) -> Client {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("it is bound"));
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a client connects");
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).expect("a request");
            request.extend(byte);
        }
        stream.write_all(head.as_bytes()).expect("the client listens");
        send(&mut stream);
    });
    let grace = StalledStreamProtectionConfig::enabled().grace_period(Duration::from_secs(1)).build();
    Client::from_conf(Builder::from(&sdk_config(&url)).stalled_stream_protection(grace).build())
}

/// The head of a response whose body ends with the connection, or says that it is longer than it is.
fn head(length: Option<usize>) -> String {
    let length = length.map(|length| format!("content-length: {length}\r\n")).unwrap_or_default();
    let kind = "content-type: application/vnd.amazon.eventstream";
    format!("HTTP/1.1 200 OK\r\nconnection: close\r\n{kind}\r\nx-station: north\r\n{length}\r\n")
}

/// The output of a call that is answered with these bytes.
async fn watch(length: Option<usize>, bytes: Vec<u8>) -> WatchOutput {
    // Who has hung up by then does not hear the rest.
    let client = serve(head(length), move |stream| drop(stream.write_all(&bytes)));
    tokio::time::timeout(PATIENCE, client.watch().place("here").send()).await.expect("no hang").expect("an output")
}

async fn next(events: &mut EventReceiver<Weather, WeatherError>) -> Received {
    tokio::time::timeout(PATIENCE, events.recv()).await.expect("no hang")
}

/// All events up to the end, which stays the end, and the error that ended them.
async fn all(mut events: EventReceiver<Weather, WeatherError>) -> (Vec<Weather>, Option<SdkError<WeatherError, RawMessage>>) {
    let mut received = Vec::new();
    let error = loop {
        match next(&mut events).await {
            Ok(Some(event)) => received.push(event),
            Ok(None) => break None,
            Err(error) => break Some(error),
        }
    };
    assert!(matches!(next(&mut events).await, Ok(None)), "behind the end is nothing");
    (received, error)
}

fn event(name: &str, payload: &str) -> Vec<u8> {
    message_of_texts(&[(":message-type", "event"), (":event-type", name)], payload)
}

fn exception(name: &str, payload: &str) -> Vec<u8> {
    message_of_texts(&[(":message-type", "exception"), (":exception-type", name)], payload)
}

fn rain() -> Vec<u8> {
    let [kind, name] = ["event", "rain"].map(text);
    let since = 1_500_000_i64.to_be_bytes();
    let headers = [(":message-type", 7, &kind[..]), (":event-type", 7, &name), ("since", 8, &since)];
    message(&headers, br#"{"amount":2.5,"unit":"mm"}"#)
}

fn wind() -> Vec<u8> {
    let [kind, name, from] = ["event", "wind", "west"].map(text);
    let headers = [
        (":event-type", 7, &name[..]),
        (":message-type", 7, &kind),
        ("speed", 4, &[0, 0, 0, 9]),
        ("from", 7, &from),
        ("stranger", 0, &[]),
    ];
    message(&headers, br#"{"speeds":[11,12]}"#)
}

#[tokio::test]
async fn events_have_members_in_headers_and_in_the_payload() {
    let bytes = [wind(), rain(), event("hail", "{}"), event("rain", "")].concat();
    let output = watch(None, bytes).await;
    assert_eq!(output.station(), Some("north"));
    assert!(format!("{output:?}").contains("changes"));
    let (events, error) = all(output.changes).await;
    assert!(error.is_none());
    let wind = events[0].as_wind().expect("the first");
    assert_eq!((wind.speed(), wind.from()), (Some(9), Some("west")));
    assert_eq!(wind.gusts().map(|gusts| gusts.speeds()), Some(&[11, 12][..]));
    let rain = events[1].as_rain().expect("the second");
    assert_eq!((rain.amount(), rain.unit()), (Some(2.5), Some("mm")));
    assert_eq!(rain.since().map(|since| since.secs()), Some(1_500));
    // What a later version of the service tells is not the end.
    assert!(events[2].is_unknown() && events[3].is_rain() && events.len() == 4);
}

#[tokio::test]
async fn a_receiver_is_a_stream() {
    let mut events = watch(None, [wind(), rain()].concat()).await.changes;
    let mut received = Vec::new();
    while let Some(event) = poll_fn(|context| Pin::new(&mut events).poll_next(context)).await {
        received.push(event.expect("an event"));
    }
    assert!(received.len() == 2 && received[0].is_wind() && received[1].is_rain());
}

#[tokio::test]
async fn an_exception_of_the_model_ends_a_stream() {
    let bytes = [wind(), exception("storm", r#"{"message":"run","strength":12}"#), rain()].concat();
    let (events, error) = all(watch(None, bytes).await.changes).await;
    assert_eq!(events.len(), 1);
    let error = error.expect("the storm");
    let WeatherError::Storm(storm) = error.as_service_error().expect("of the service") else { panic!("{error:?}") };
    assert_eq!((storm.message(), storm.strength(), storm.meta().code()), (Some("run"), Some(12), Some("storm")));
    assert!(error.as_service_error().is_some_and(WeatherError::is_storm));
    assert!(matches!(error.raw_response(), Some(RawMessage::Decoded(message)) if message.headers().len() == 2));
    // It is an error of the client as well, though no operation lists it.
    assert!(matches!(service::Error::from(error), service::Error::Storm(_)));
}

#[tokio::test]
async fn errors_outside_of_the_model_have_their_code_and_words() {
    let unknown = exception("quake", r#"{"message":"hold on"}"#);
    let internal = message_of_texts(&[(":message-type", "error"), (":error-code", "Busy"), (":error-message", "No")], "");
    for (bytes, code, words) in [(unknown, "quake", "hold on"), (internal, "Busy", "No")] {
        let (_, error) = all(watch(None, bytes).await.changes).await;
        let error = error.expect("an error").into_service_error();
        assert_eq!((error.code(), error.message()), (Some(code), Some(words)));
        assert!(!error.is_storm() && !error.is_gone());
    }
}

#[tokio::test]
async fn what_is_no_message_of_the_model_is_a_response_error() {
    let mut flipped = rain();
    *flipped.last_mut().expect("a checksum") ^= 1;
    let wrong = [
        flipped,
        b"HTTP/1.1 400 Bad Request".to_vec(),
        event("rain", r#"{"amount":"much"}"#),
        event("rain", "{"),
        message_of_texts(&[(":event-type", "rain")], ""),
        message_of_texts(&[(":message-type", "event")], ""),
        message_of_texts(&[(":message-type", "rumour"), (":event-type", "rain")], ""),
        message_of_texts(&[(":message-type", "event"), (":event-type", "wind"), ("speed", "9")], "{}"),
    ];
    for bytes in wrong {
        let (events, error) = all(watch(None, [wind(), bytes.clone(), rain()].concat()).await.changes).await;
        assert_eq!(events.len(), 1, "{bytes:?}");
        assert!(matches!(error, Some(SdkError::ResponseError(_))), "{bytes:?}: {error:?}");
    }
    // An exception that cannot be read is one all the same.
    let (_, error) = all(watch(None, exception("storm", "{")).await.changes).await;
    let error = error.expect("an error");
    assert!(DisplayErrorContext(&error).to_string().contains("storm: "), "{}", DisplayErrorContext(&error));
}

#[tokio::test]
async fn a_stream_that_is_cut_off_anywhere_is_an_error() {
    let bytes = [wind(), rain()].concat();
    let first = wind().len();
    for length in 0..=bytes.len() {
        let (events, error) = all(watch(None, bytes[..length].to_vec()).await.changes).await;
        assert_eq!(events.len(), usize::from(length >= first) + usize::from(length == bytes.len()));
        match error {
            None => assert!([0, first, bytes.len()].contains(&length), "{length}"),
            Some(SdkError::ResponseError(error)) => {
                assert!(format!("{error:?}").contains("Incomplete") && ![0, first, bytes.len()].contains(&length));
            }
            Some(error) => panic!("{error:?}"),
        }
    }
}

#[tokio::test]
async fn a_connection_that_breaks_off_anywhere_is_an_error() {
    let bytes = [wind(), rain()].concat();
    for length in 0..=bytes.len() {
        let (events, error) = all(watch(Some(bytes.len() + 1), bytes[..length].to_vec()).await.changes).await;
        assert_eq!(events.len(), usize::from(length >= wind().len()) + usize::from(length == bytes.len()));
        assert!(matches!(error, Some(SdkError::DispatchFailure(_))), "{length}: {error:?}");
    }
}

#[tokio::test]
async fn a_service_with_nothing_to_tell_is_waited_for() {
    let client = serve(head(None), |stream| {
        stream.write_all(&wind()).expect("the client listens");
        // Longer than the grace period of what protects other streams.
        thread::sleep(Duration::from_secs(3));
        stream.write_all(&rain()).expect("the client waits");
    });
    let mut events = client.watch().place("here").send().await.expect("an output").changes;
    assert!(matches!(next(&mut events).await, Ok(Some(Weather::Wind(_)))));
    assert!(matches!(next(&mut events).await, Ok(Some(Weather::Rain(_)))));
    assert!(matches!(next(&mut events).await, Ok(None)));
}

#[tokio::test]
async fn an_event_is_there_before_the_stream_ends_and_dropping_the_receiver_ends_it() {
    let (sender, closed) = std::sync::mpsc::channel();
    let client = serve(head(None), move |stream| {
        stream.write_all(&wind()).expect("the client listens");
        // The client hangs up, while nobody has said that the stream is over.
        let read = stream.read(&mut [0]);
        sender.send(matches!(read, Ok(0) | Err(_))).expect("somebody waits");
    });
    let mut events = client.watch().place("here").send().await.expect("an output").changes;
    assert!(matches!(next(&mut events).await, Ok(Some(Weather::Wind(_)))));
    drop(events);
    let closed = tokio::task::spawn_blocking(move || closed.recv_timeout(PATIENCE)).await.expect("no panic");
    assert_eq!(closed, Ok(true));
}

/// Enums are strings and integers to messages, known to the model or not.
#[tokio::test]
async fn the_payload_of_an_event_and_its_headers_may_be_enums() {
    let sky = |before: &str, payload: &str| {
        let [kind, name, before] = ["event", "sky", before].map(text);
        let headers = [
            (":message-type", 7, &kind[..]),
            (":event-type", 7, &name),
            ("before", 7, &before),
            ("octas", 4, &[0, 0, 0, 8]),
        ];
        message(&headers, payload.as_bytes())
    };
    let bytes = [sky("CLEAR", "BROKEN"), sky("HAZE", "FOG")].concat();
    let client = serve(head(None), move |stream| drop(stream.write_all(&bytes)));
    let mut skies = client.look_up().send().await.expect("an output").skies;
    for (before, cover) in [(Cover::Clear, Cover::Broken), (Cover::from("HAZE"), Cover::from("FOG"))] {
        let Skies::Sky(sky) = skies.recv().await.expect("an event").expect("one") else { panic!("no sky") };
        assert_eq!((sky.before(), sky.cover(), sky.octas()), (Some(&before), Some(&cover), Some(8)));
    }
}

#[tokio::test]
async fn secrets_of_events_stand_in_no_error() {
    for bytes in [event("whisper", r#"{"words":"hush","#), event("whisper", "hush")[..60].to_vec(), exception("x", "hush")] {
        let client = serve(head(None), move |stream| stream.write_all(&bytes).expect("the client listens"));
        let mut whispers = client.listen().send().await.expect("an output").whispers;
        let error = whispers.recv().await.expect_err("it is none");
        assert!(!format!("{error:?} {}", DisplayErrorContext(&error)).contains("hush"), "{error:?}");
    }
    let bytes = event("whisper", r#"{"words":"hush"}"#);
    let client = serve(head(None), move |stream| stream.write_all(&bytes).expect("the client listens"));
    let mut output = client.listen().send().await.expect("an output");
    let event = output.whispers.recv().await.expect("an event").expect("one");
    assert!(matches!(&event, Whispers::Whisper(whisper) if whisper.words() == Some("hush")));
    assert!(!format!("{event:?} {output:?}").contains("hush"));
}

#[tokio::test]
async fn an_error_before_the_stream_is_one_of_the_operation() {
    let body = r#"{"message":"none"}"#;
    let head = format!(
        "HTTP/1.1 400 Bad Request\r\nconnection: close\r\nx-amzn-errortype: Gone\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let error = serve(head, |_| {}).watch().place("here").send().await.expect_err("it is gone");
    assert!(error.as_service_error().is_some_and(|error| error.is_gone() && error.message() == Some("none")));
}
