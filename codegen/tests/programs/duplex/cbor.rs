//! Events both ways at once in CBOR, and what becomes of a call that breaks off anywhere.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;
use program::sdk_config;
use service::Client;
use service::by_name::OPERATIONS;
use service::error::{DisplayErrorContext, SdkError};
use service::operation::talk::builders::TalkFluentBuilder;
use service::operation::talk::{TalkError, TalkOutput};
use service::primitives::Blob;
use service::primitives::event_stream::EventStreamSender;
use service::types::error::{AnswersError, WordsError};
use service::types::{Answers, Chunk, Word, Words};

mod server;
mod wire;

use server::{Act, Log, serve, with_prior_knowledge};

/// Nothing here takes long: what does, hangs.
async fn soon<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), what).await.expect("it hangs")
}

/// Events that are there, and then none for ever, or the end.
struct Said(VecDeque<Words>, bool);

impl Stream for Said {
    type Item = Result<Words, WordsError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.0.pop_front() {
            Some(word) => Poll::Ready(Some(Ok(word))),
            None if self.1 => Poll::Ready(None),
            None => Poll::Pending,
        }
    }
}

fn words(ends: bool) -> EventStreamSender<Words, WordsError> {
    let word = Words::Word(Word::builder().text("w").language("eo").build());
    let chunk = Words::Chunk(Chunk::builder().bytes(Blob::new("raw")).place(7).build());
    Said(VecDeque::from([word, chunk]), ends).into()
}

/// A call of a server that does this, and what it sees.
async fn call(act: Act, ends: bool) -> (TalkFluentBuilder, Log) {
    let log = Log::default();
    let url = serve(act, &log).await;
    let client = Client::new(&sdk_config(&url).into_builder().http_client(with_prior_knowledge()).build());
    (client.talk().topic("t").words(words(ends)), log)
}

type Received = Result<Option<Answers>, SdkError<AnswersError, service::primitives::event_stream::RawMessage>>;

async fn next(output: &mut TalkOutput) -> Received {
    soon(output.answers.recv()).await
}

fn text(received: Received) -> Option<String> {
    match received.expect("an event") {
        Some(Answers::Transcript(said)) => said.text,
        other => panic!("no transcript: {other:?}"),
    }
}

#[tokio::test]
async fn events_go_both_ways_at_once_and_each_is_signed() {
    let (call, log) = call(Act::Answer, true).await;
    let mut output = soon(call.send()).await.expect("it begins");
    assert_eq!(output.session(), Some("s"));
    assert_eq!(text(next(&mut output).await).as_deref(), Some("word {'text':'w','language':'eo'}"));
    assert_eq!(text(next(&mut output).await).as_deref(), Some("chunk raw place=7"));
    assert!(matches!(next(&mut output).await, Ok(None)));
    let expected = [
        "HTTP/2.0 POST /service/FixtureService/operation/Talk",
        r#"initial-request {"topic":"t"}"#,
        r#"word {"text":"w","language":"eo"}"#,
        "chunk raw place=7",
        "end of the chain",
        "end of the body",
    ];
    assert_eq!(log.lines(), expected);
}

#[tokio::test]
async fn an_error_of_the_service_ends_the_stream_and_is_typed() {
    let (call, _) = call(Act::Fail, false).await;
    let mut output = soon(call.send()).await.expect("it begins");
    let error = next(&mut output).await.expect_err("it fails").into_service_error();
    let AnswersError::Overloaded(overloaded) = error else { panic!("{error:?}") };
    assert_eq!(overloaded.message(), Some("too much"));
    assert!(matches!(next(&mut output).await, Ok(None)));
}

/// How a call or what it receives has failed.
enum Failure {
    Call(SdkError<TalkError>),
    Stream(SdkError<AnswersError, service::primitives::event_stream::RawMessage>),
}

async fn failure(act: Act) -> Failure {
    let mut output = match soon(call(act, false).await.0.send()).await {
        Ok(output) => output,
        Err(error) => return Failure::Call(error),
    };
    loop {
        match next(&mut output).await {
            Ok(Some(_)) => {}
            Ok(None) => panic!("{act:?}: nothing tells that it broke off"),
            Err(error) => return Failure::Stream(error),
        }
    }
}

#[tokio::test]
async fn wherever_a_call_breaks_off_it_fails_and_does_not_hang() {
    for act in [Act::CutBefore, Act::CutBehindHead] {
        // Before the first message nothing is received.
        match failure(act).await {
            Failure::Call(SdkError::DispatchFailure(_) | SdkError::ResponseError(_)) => {}
            Failure::Call(error) => panic!("{act:?}: {error:?}"),
            Failure::Stream(error) => panic!("{act:?}: {error:?}"),
        }
    }
    for act in [Act::CutBehindEvent, Act::CutWithinMessage, Act::Reset] {
        let Failure::Stream(error) = failure(act).await else { panic!("{act:?}: it began") };
        assert!(matches!(error, SdkError::DispatchFailure(_)), "{act:?}: {}", DisplayErrorContext(&error));
    }
    let Failure::Stream(error) = failure(Act::EndWithinMessage).await else { panic!("it began") };
    assert!(matches!(error, SdkError::ResponseError(_)), "{}", DisplayErrorContext(&error));
}

#[tokio::test]
async fn an_operation_that_sends_events_is_not_called_by_its_name() {
    assert_eq!(OPERATIONS, ["Ping"]);
    let client = Client::new(&sdk_config("http://127.0.0.1:9"));
    let error = client.call_json("Talk", "{}").await.expect_err("JSON has no events");
    assert!(error.is_invalid_input() && !error.is_unknown_operation());
    assert_eq!(
        error.to_string(),
        "Talk: the input does not fit: it has events that are sent while the call goes on, which stand in no JSON; \
         call it by its own method"
    );
    let error = client.call_json("Tolk", "{}").await.expect_err("nothing is called so");
    assert!(error.is_unknown_operation(), "{error}");
}
