//! Events both ways at once: what is sent and how it is signed, and what becomes of a call that breaks off anywhere.

mod server;
mod tls;
mod wire;

use std::collections::VecDeque;
use std::error::Error;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;
use program::sdk_config;
use server::{Act, Log, serve, with_prior_knowledge};
use service::Client;
use service::error::{DisplayErrorContext, SdkError};
use service::operation::transcribe::builders::TranscribeFluentBuilder;
use service::operation::transcribe::{TranscribeError, TranscribeInput, TranscribeOutput};
use service::primitives::Blob;
use service::primitives::event_stream::EventStreamSender;
use service::types::error::{AudioStreamError, Broken, TranscriptStreamError};
use service::types::{AudioEvent, AudioStream, MarkEvent, Pitch, ToneEvent, TranscriptStream};
use tokio::sync::mpsc;

type Item = Result<AudioStream, AudioStreamError>;

/// Nothing here takes long: what does, hangs.
async fn soon<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), what).await.expect("it hangs")
}

/// A server that does this, what it sees, and a client of it that speaks HTTP/2.
async fn start(act: Act) -> (Client, Log) {
    let log = Log::default();
    let config = sdk_config(&serve(act, &log).await).into_builder().http_client(with_prior_knowledge()).build();
    (Client::new(&config), log)
}

/// Events as they are given, which tells when it is dropped.
struct Fed {
    events: mpsc::UnboundedReceiver<Item>,
    _alive: Arc<()>,
}

impl Stream for Fed {
    type Item = Item;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Item>> {
        self.events.poll_recv(context)
    }
}

/// Who gives events.
struct Feeder {
    events: mpsc::UnboundedSender<Item>,
    alive: Arc<()>,
}

impl Feeder {
    fn new() -> (Self, EventStreamSender<AudioStream, AudioStreamError>) {
        let ((events, receiver), alive) = (mpsc::unbounded_channel(), Arc::new(()));
        let fed = Fed { events: receiver, _alive: Arc::clone(&alive) };
        (Self { events, alive }, fed.into())
    }

    fn give(&self, item: Item) {
        self.events.send(item).expect("somebody takes it");
    }

    /// Waits until nobody holds the events any more.
    async fn released(&self) {
        soon(async {
            while Arc::strong_count(&self.alive) > 1 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        })
        .await;
    }
}

fn audio(chunk: &str, place: i16) -> Item {
    Ok(AudioStream::Audio(AudioEvent::builder().chunk(Blob::new(chunk)).place(place).build()))
}

fn mark(name: &str) -> Item {
    Ok(AudioStream::Mark(MarkEvent::builder().name(name).build()))
}

fn gone() -> AudioStreamError {
    AudioStreamError::unhandled("the microphone is gone")
}

fn call(client: &Client, events: EventStreamSender<AudioStream, AudioStreamError>) -> TranscribeFluentBuilder {
    client.transcribe().language("eo").audio(events)
}

async fn said(output: &mut TranscribeOutput) -> Option<String> {
    let event = soon(output.transcripts.recv()).await.expect("an event, or the end")?;
    let TranscriptStream::Transcript(transcript) = event else { panic!("no transcript: {event:?}") };
    transcript.text
}

/// Whether the error of the caller is among the causes of an error, with its type.
fn has_gone(error: &(dyn Error + 'static)) -> bool {
    let causes = std::iter::successors(Some(error), |&error| error.source());
    let ours = causes.filter_map(|error| error.downcast_ref::<AudioStreamError>());
    ours.filter_map(|ours| ours.source()).any(|source| source.to_string() == "the microphone is gone")
}

#[tokio::test]
async fn events_go_both_ways_at_once_and_each_is_signed() {
    let (client, log) = start(Act::Answer).await;
    let (feeder, events) = Feeder::new();
    // The call returns when nothing was sent but its head.
    let mut output = soon(call(&client, events).send()).await.expect("it begins");
    assert_eq!(output.session(), Some("s"));
    for (index, chunk) in ["one", "two"].into_iter().enumerate() {
        feeder.give(audio(chunk, index as i16));
        assert_eq!(said(&mut output).await, Some(format!("audio {chunk}")));
    }
    feeder.give(mark("x"));
    assert_eq!(said(&mut output).await.as_deref(), Some("mark {'name':'x'}"));
    drop(feeder);
    assert_eq!(said(&mut output).await, None);
    let expected = [
        "HTTP/2.0 POST /transcribe",
        "audio one",
        "audio two",
        r#"mark {"name":"x"}"#,
        "end of the chain",
        "end of the body",
    ];
    assert_eq!(log.lines(), expected);
}

/// Enums are strings and integers to messages, known to the model or not.
#[tokio::test]
async fn the_payload_of_an_event_and_its_headers_may_be_enums() {
    let (client, log) = start(Act::Answer).await;
    let tone = ToneEvent::builder().pitch(Pitch::High).was(Pitch::from("DEEP")).octave(4).build();
    let events = EventStreamSender::once(Ok(AudioStream::Tone(tone)));
    let mut output = soon(client.whisper().audio(events).send()).await.expect("it begins");
    assert!(soon(output.transcripts.recv()).await.expect("an event").is_some());
    assert_eq!(log.lines()[1], "tone HIGH octave=4 was=DEEP");
}

#[tokio::test]
async fn a_call_without_a_signature_sends_events_without_one() {
    let (client, log) = start(Act::Answer).await;
    let events = EventStreamSender::once(mark("x"));
    let mut output = soon(client.whisper().audio(events).send()).await.expect("it begins");
    let event = soon(output.transcripts.recv()).await.expect("an event");
    assert!(event.is_some_and(|event| event.is_transcript()));
    assert_eq!(soon(output.transcripts.recv()).await.expect("the end"), None);
    assert_eq!(log.lines(), ["HTTP/2.0 POST /whisper", r#"mark {"name":"x"}"#, "end of the body"]);
}

#[tokio::test]
async fn over_http_1_events_are_sent_in_chunks() {
    let log = Log::default();
    let client = Client::new(&sdk_config(&serve(Act::AnswerAtEnd, &log).await));
    let (feeder, events) = Feeder::new();
    feeder.give(mark("x"));
    feeder.give(mark("y"));
    drop(feeder);
    let mut output = soon(call(&client, events).send()).await.expect("it is answered");
    assert_eq!(said(&mut output).await, None);
    let expected = [
        "HTTP/1.1 POST /transcribe",
        r#"mark {"name":"x"}"#,
        r#"mark {"name":"y"}"#,
        "end of the chain",
        "end of the body",
    ];
    assert_eq!(log.lines(), expected);
}

#[tokio::test]
async fn behind_tls_the_client_asks_for_http_2() {
    let Some(certificate) = tls::Certificate::new() else {
        eprintln!("skipped: not found: openssl");
        return;
    };
    let log = Log::default();
    let config = sdk_config(&tls::serve(Act::Answer, &log, certificate.server()).await).into_builder();
    let client = Client::new(&config.http_client(certificate.client()).build());
    let mut output = soon(call(&client, EventStreamSender::once(mark("x"))).send()).await.expect("it begins");
    assert!(said(&mut output).await.is_some());
    assert_eq!(said(&mut output).await, None);
    assert_eq!(log.lines()[0], "HTTP/2.0 POST /transcribe");
}

#[tokio::test]
async fn an_error_of_the_caller_before_the_answer_is_what_send_fails_with() {
    let (client, log) = start(Act::AnswerLate).await;
    let (feeder, events) = Feeder::new();
    feeder.give(Err(gone()));
    let error = soon(call(&client, events).send()).await.expect_err("there is nothing to answer");
    assert!(matches!(&error, SdkError::DispatchFailure(failure) if failure.is_user()), "{error:?}");
    assert!(has_gone(&error), "{}", DisplayErrorContext(&error));
    feeder.released().await;
    soon(log.wait_for("broken off")).await;
}

#[tokio::test]
async fn an_error_of_the_caller_behind_the_answer_is_what_the_receiver_fails_with() {
    let (client, log) = start(Act::Answer).await;
    let (feeder, events) = Feeder::new();
    let mut output = soon(call(&client, events).send()).await.expect("it begins");
    feeder.give(mark("x"));
    assert!(said(&mut output).await.is_some());
    feeder.give(Err(gone()));
    let error = soon(output.transcripts.recv()).await.expect_err("the call is over");
    assert!(has_gone(&error), "{}", DisplayErrorContext(&error));
    feeder.released().await;
    soon(log.wait_for("broken off")).await;
}

#[tokio::test]
async fn an_error_that_the_model_knows_is_sent_in_place_of_an_event_and_ends_them() {
    let (client, log) = start(Act::Answer).await;
    let (feeder, events) = Feeder::new();
    let mut output = soon(call(&client, events).send()).await.expect("it begins");
    feeder.give(Err(AudioStreamError::Broken(Broken::builder().message("no").build())));
    assert_eq!(said(&mut output).await.as_deref(), Some("gone {'message':'no'}"));
    assert_eq!(said(&mut output).await, None);
    feeder.released().await;
    let expected = ["HTTP/2.0 POST /transcribe", r#"gone {"message":"no"}"#, "end of the chain", "end of the body"];
    assert_eq!(log.lines(), expected);
}

#[tokio::test]
async fn a_call_without_events_is_not_made() {
    let (client, log) = start(Act::Answer).await;
    let needed = "audio was not specified but it is required when building TranscribeInput";
    let unbuilt = TranscribeInput::builder().language("en").build().expect_err("there is nothing to send");
    assert!(unbuilt.to_string().contains(needed), "{unbuilt}");
    let read: TranscribeInput = serde_json::from_str(r#"{"language": "en"}"#).expect("it is one, as far as it goes");
    for (call, why) in [(client.transcribe(), needed), (client.transcribe().with_input(read), "it is what the call sends")] {
        let error = soon(call.send()).await.expect_err("there is nothing to send");
        assert!(matches!(error, SdkError::ConstructionFailure(_)), "{error:?}");
        let error = DisplayErrorContext(error).to_string();
        assert!(error.contains("audio") && error.contains(why), "{error}");
    }
    assert_eq!(log.lines(), [""; 0]);
}

/// As in official clients: an input has its events, and its builder need not have them.
#[tokio::test]
async fn an_input_with_events_is_built_and_sent_as_a_whole() {
    let (client, log) = start(Act::Answer).await;
    let builder = TranscribeInput::builder();
    assert!(builder.get_audio().is_none());
    let input = builder.set_audio(Some(EventStreamSender::once(mark("a")))).build().expect("it has all");
    let _: &EventStreamSender<AudioStream, AudioStreamError> = input.audio();
    let fluent = client.transcribe().with_input(input);
    assert!(fluent.as_input().get_audio().is_some());
    let debug = format!("{:?}", fluent.as_input());
    assert!(debug.starts_with("TranscribeInputBuilder { language: None, audio: Some(ByteStream"), "{debug}");
    let output = soon(fluent.send()).await.expect("there is an answer");
    drop(output);
    assert!(!log.lines().is_empty());
}

#[tokio::test]
async fn a_refusal_is_typed_and_ends_the_events() {
    let (client, _) = start(Act::Refuse).await;
    let (feeder, events) = Feeder::new();
    let error = soon(call(&client, events).send()).await.expect_err("it is refused");
    let TranscribeError::Refused(refused) = error.into_service_error() else { panic!("it is another error") };
    assert_eq!(refused.message(), Some("not today"));
    feeder.released().await;
}

#[tokio::test]
async fn an_error_of_the_service_ends_the_stream_and_is_typed() {
    let (client, _) = start(Act::Fail).await;
    let (feeder, events) = Feeder::new();
    let mut output = soon(call(&client, events).send()).await.expect("it begins");
    let error = soon(output.transcripts.recv()).await.expect_err("it fails").into_service_error();
    let TranscriptStreamError::Overloaded(overloaded) = error else { panic!("{error:?}") };
    assert_eq!(overloaded.message(), Some("too much"));
    assert!(matches!(soon(output.transcripts.recv()).await, Ok(None)));
    drop(output);
    feeder.released().await;
}

#[tokio::test]
async fn a_connection_that_is_closed_before_the_answer_is_a_failure_to_send() {
    let (client, _) = start(Act::CutBefore).await;
    let (feeder, events) = Feeder::new();
    let error = soon(call(&client, events).send()).await.expect_err("nobody is there");
    assert!(matches!(error, SdkError::DispatchFailure(_)), "{error:?}");
    feeder.released().await;
}

#[tokio::test]
async fn a_call_with_events_is_not_repeated() {
    let log = Log::default();
    let config = sdk_config(&serve(Act::CutBefore, &log).await).into_builder();
    let retries = service::config::retry::RetryConfig::standard().with_max_attempts(3);
    let client = Client::new(&config.http_client(with_prior_knowledge()).retry_config(retries).build());
    let (feeder, events) = Feeder::new();
    let error = soon(call(&client, events).send()).await.expect_err("nobody is there");
    assert!(matches!(error, SdkError::DispatchFailure(_)), "{error:?}");
    feeder.released().await;
    assert_eq!(log.lines(), ["HTTP/2.0 POST /transcribe"]);
}

#[tokio::test]
async fn wherever_an_answer_breaks_off_the_receiver_fails_and_nothing_is_left() {
    for act in [Act::CutBehindHead, Act::CutBehindEvent, Act::CutWithinMessage, Act::Reset, Act::EndWithinMessage] {
        let (client, _) = start(act).await;
        let tasks = tokio::runtime::Handle::current().metrics().num_alive_tasks();
        let (feeder, events) = Feeder::new();
        let mut output = soon(call(&client, events).send()).await.expect("it begins");
        feeder.give(mark("x"));
        if act == Act::CutBehindEvent {
            assert!(said(&mut output).await.is_some());
        }
        let error = soon(output.transcripts.recv()).await.expect_err("it is cut off");
        match act {
            Act::EndWithinMessage => assert!(matches!(error, SdkError::ResponseError(_)), "{act:?}: {error:?}"),
            _ => assert!(matches!(error, SdkError::DispatchFailure(_)), "{act:?}: {error:?}"),
        }
        assert!(matches!(soon(output.transcripts.recv()).await, Ok(None)), "{act:?}");
        drop(output);
        feeder.released().await;
        drop(client);
        soon(async {
            while tokio::runtime::Handle::current().metrics().num_alive_tasks() > tasks {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        })
        .await;
    }
}

#[tokio::test]
async fn who_drops_the_output_ends_the_events() {
    let (client, log) = start(Act::Answer).await;
    let (feeder, events) = Feeder::new();
    let mut output = soon(call(&client, events).send()).await.expect("it begins");
    feeder.give(mark("x"));
    assert!(said(&mut output).await.is_some());
    drop(output);
    feeder.released().await;
    soon(log.wait_for("broken off")).await;
}

#[tokio::test]
async fn who_drops_the_call_ends_the_events() {
    let (client, log) = start(Act::Wait).await;
    let (feeder, events) = Feeder::new();
    let begun = tokio::time::timeout(Duration::from_millis(200), call(&client, events).send()).await;
    assert!(begun.is_err(), "there is no answer");
    feeder.released().await;
    assert_eq!(log.lines(), ["HTTP/2.0 POST /transcribe"]);
}

/// Events without an end, which counts how many were asked for.
struct Endless(Arc<AtomicUsize>);

impl Stream for Endless {
    type Item = Item;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Item>> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Poll::Ready(Some(audio(&"a".repeat(64 * 1024), 0)))
    }
}

#[tokio::test]
async fn events_are_asked_for_as_fast_as_the_service_takes_them() {
    let (client, _) = start(Act::Ignore).await;
    let asked = Arc::<AtomicUsize>::default();
    let output = soon(call(&client, Endless(Arc::clone(&asked)).into()).send()).await.expect("it begins");
    let mut before = usize::MAX;
    while asked.load(Ordering::SeqCst) != before {
        before = asked.load(Ordering::SeqCst);
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    assert!((1..64).contains(&before), "{before} events of 64 KiB were asked for, and none was read");
    drop(output);
}

/// A stream that cannot be shared among threads.
struct OfOneThread(VecDeque<Item>, std::marker::PhantomData<std::cell::Cell<()>>);

impl Stream for OfOneThread {
    type Item = Item;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Item>> {
        Poll::Ready(self.0.pop_front())
    }
}

#[tokio::test]
async fn a_stream_of_events_need_not_be_sync() {
    let (client, _) = start(Act::Answer).await;
    let events = OfOneThread(VecDeque::from([mark("x")]), std::marker::PhantomData);
    let mut output = soon(call(&client, events.into()).send()).await.expect("it begins");
    assert!(said(&mut output).await.is_some());
    assert_eq!(said(&mut output).await, None);
}
