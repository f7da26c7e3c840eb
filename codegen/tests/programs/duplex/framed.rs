//! Events both ways in a protocol that has no place for other members than messages.

use aws_smithy_runtime_api::client::result::SdkError;
use program::sdk_config;
use service::Client;
use service::primitives::event_stream::EventStreamSender;
use service::types::error::WordsError;
use service::types::{Answers, Word, Words};

mod server;
mod wire;

use server::{Act, Log, serve, with_prior_knowledge};

#[tokio::test]
async fn the_first_message_has_the_other_members() {
    let log = Log::default();
    let url = serve(Act::Answer, &log).await;
    let client = Client::new(&sdk_config(&url).into_builder().http_client(with_prior_knowledge()).build());
    let words = EventStreamSender::once(Ok(Words::Word(Word::builder().text("w").build())));
    let call = client.talk().topic("t").words(words).send();
    let mut output =
        tokio::time::timeout(std::time::Duration::from_secs(20), call).await.expect("it hangs").expect("it begins");
    assert_eq!(output.session(), Some("s"));
    let Some(Answers::Transcript(said)) = output.answers.recv().await.expect("it is an answer") else {
        panic!("no answer")
    };
    assert_eq!(said.text(), Some("word {'text':'w'}"));
    assert!(output.answers.recv().await.expect("it is the end").is_none());
    let expected = [
        "HTTP/2.0 POST /",
        r#"initial-request {"topic":"t"}"#,
        r#"word {"text":"w"}"#,
        "end of the chain",
        "end of the body",
    ];
    assert_eq!(log.lines(), expected);
}

#[tokio::test]
async fn the_call_fails_where_the_words_do_before_it_is_answered() {
    let log = Log::default();
    let url = serve(Act::AnswerAtEnd, &log).await;
    let client = Client::new(&sdk_config(&url).into_builder().http_client(with_prior_knowledge()).build());
    let words = EventStreamSender::once(Err(WordsError::unhandled("lost")));
    let call = client.talk().topic("t").words(words).send();
    let error = tokio::time::timeout(std::time::Duration::from_secs(20), call).await.expect("it hangs");
    let error = error.expect_err("there is no answer");
    assert!(matches!(&error, SdkError::DispatchFailure(failure) if failure.is_user()), "{error:?}");
}
