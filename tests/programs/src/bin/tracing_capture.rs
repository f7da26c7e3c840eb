//! Tracing: calls within spans of the application's own, errors as events, and nothing secret at the levels that are kept.

use aws_sdk_ivsrealtime::error::DisplayErrorContext;
use aws_sdk_ivsrealtime::operation::RequestId;
use aws_sdk_ivsrealtime::types::ParticipantToken;
use aws_sdk_ivsrealtime::{Client, Error};
use tracing::Instrument;

/// A token, told about as operators need it.
async fn token(client: &Client, stage_arn: &str, user: &str) -> Option<ParticipantToken> {
    let span = tracing::info_span!("token", stage = stage_arn, user);
    let call = client.create_participant_token().stage_arn(stage_arn).user_id(user);
    async {
        match call.send().await {
            Ok(answer) => {
                tracing::info!(request_id = answer.request_id(), token = ?answer.participant_token(), "created");
                answer.participant_token
            }
            Err(error) => {
                tracing::error!(request_id = error.request_id(), "{}", DisplayErrorContext(&error));
                None
            }
        }
    }
    .instrument(span)
    .await
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    tracing_subscriber::fmt().with_max_level(tracing::Level::INFO).init();
    let client = Client::new(&aws_config::load_from_env().await);
    let token = token(&client, "arn", "ada").await;
    println!("{}", token.and_then(|token| token.token).unwrap_or_default());
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::{self, Write};
    use std::sync::{Arc, Mutex};

    use harness::client::{SIGNER, sdk_config};
    use harness::loopback::{LoopbackServer, Response};
    use serde_json::json;
    use tracing::Level;
    use tracing::instrument::WithSubscriber;

    use super::*;

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// What is told of a call that is answered so.
    async fn told(response: Response, level: Level) -> String {
        let server = LoopbackServer::scripted([response]).await;
        let client = Client::new(&sdk_config(&server.url()));
        let lines = Lines::default();
        let writer = lines.clone();
        let subscriber =
            tracing_subscriber::fmt().with_max_level(level).with_ansi(false).with_writer(move || writer.clone());
        token(&client, "arn:stage", "ada").with_subscriber(subscriber.finish()).await;
        let bytes = lines.0.lock().unwrap().clone();
        String::from_utf8(bytes).unwrap()
    }

    fn created() -> Response {
        let token = json!({"token": "very-secret", "participantId": "p-1"});
        Response::json(&json!({ "participantToken": token })).header("x-amzn-requestid", "request-1")
    }

    #[tokio::test]
    async fn a_call_is_told_within_the_span_of_the_application() {
        let text = told(created(), Level::INFO).await;
        let line = text.lines().find(|line| line.contains("created")).unwrap();
        assert!(line.contains(r#"token{stage="arn:stage" user="ada"}"#), "{line}");
        assert!(
            line.contains(r#"request_id="request-1""#) && line.contains("*** Sensitive Data Redacted ***"),
            "{line}"
        );
        assert!(!text.contains("very-secret"), "{text}");
    }

    #[tokio::test]
    async fn a_failure_is_told_with_its_causes() {
        let denied = Response::error(403, "AccessDeniedException", &json!({"exceptionMessage": "not yours"}));
        let text = told(denied.header("x-amzn-requestid", "request-2"), Level::ERROR).await;
        assert!(text.contains("AccessDeniedException") && text.contains("not yours"), "{text}");
        assert!(text.contains(r#"request_id="request-2""#), "{text}");
    }

    #[tokio::test]
    async fn the_engine_tells_what_it_does_and_no_key() {
        let text = told(created(), Level::DEBUG).await;
        assert!(text.contains("CreateParticipantToken"), "{text}");
        assert!(!text.contains(SIGNER.secret_key), "{text}");
    }
}
