//! A retry classifier of one's own: a stage that is "still closing" is a conflict that goes away, and a quota never does.

use std::time::Duration;

use aws_sdk_ivsrealtime::config::interceptors::InterceptorContext;
use aws_sdk_ivsrealtime::config::retry::{ClassifyRetry, RetryAction, RetryConfig};
use aws_sdk_ivsrealtime::error::ProvideErrorMetadata;
use aws_sdk_ivsrealtime::operation::delete_stage::DeleteStageError;
use aws_sdk_ivsrealtime::{Client, Error};
use aws_smithy_runtime_api::client::retries::classifiers::RetryClassifierPriority;

/// Retries `DeleteStage` while the stage closes.
#[derive(Debug)]
struct StillClosing;

impl ClassifyRetry for StillClosing {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        let error =
            context.output_or_error().and_then(|result| result.err()).and_then(|error| error.as_operation_error());
        match error.and_then(|error| error.downcast_ref::<DeleteStageError>()) {
            Some(DeleteStageError::ConflictException(conflict))
                if conflict.exception_message().is_some_and(|message| message.contains("still closing")) =>
            {
                RetryAction::server_error()
            }
            _ => RetryAction::NoActionIndicated,
        }
    }

    fn name(&self) -> &'static str {
        "StillClosing"
    }
}

/// Forbids retries of one code, whatever other classifiers say.
#[derive(Debug)]
struct Never(&'static str);

impl ClassifyRetry for Never {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        let headers = context.response().map(|response| response.headers());
        match headers.and_then(|headers| headers.get("x-amzn-errortype")) {
            Some(code) if code == self.0 => RetryAction::RetryForbidden,
            _ => RetryAction::NoActionIndicated,
        }
    }

    fn name(&self) -> &'static str {
        "Never"
    }

    fn priority(&self) -> RetryClassifierPriority {
        RetryClassifierPriority::run_after(RetryClassifierPriority::transient_error_classifier())
    }
}

/// The classifiers on a configuration that retries quickly.
fn patient(builder: aws_sdk_ivsrealtime::config::Builder) -> Client {
    let retries = RetryConfig::standard().with_max_attempts(4).with_initial_backoff(Duration::from_millis(20));
    let config =
        builder.retry_config(retries).retry_classifier(StillClosing).retry_classifier(Never("SlowDownForEver")).build();
    Client::from_conf(config)
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let shared = aws_config::load_from_env().await;
    let client = patient((&shared).into());
    for arn in std::env::args().skip(1) {
        match client.delete_stage().arn(&arn).send().await {
            Ok(_) => println!("deleted {arn}"),
            Err(error) if error.code() == Some("ConflictException") => println!("{arn} would not close"),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use aws_sdk_ivsrealtime::config::retry::RetryPartition;
    use harness::client::sdk_config;
    use harness::loopback::{LoopbackServer, Response};
    use serde_json::json;

    use super::*;

    fn client(server: &LoopbackServer, partition: &'static str) -> Client {
        let builder = aws_sdk_ivsrealtime::config::Builder::from(&sdk_config(&server.url()));
        patient(builder.retry_partition(RetryPartition::new(partition)))
    }

    fn conflict(message: &str) -> Response {
        Response::error(409, "ConflictException", &json!({"exceptionMessage": message}))
    }

    #[tokio::test]
    async fn a_conflict_that_goes_away_is_retried() {
        let closing = || conflict("the stage is still closing");
        let server = LoopbackServer::scripted([closing(), closing(), Response::new(200)]).await;
        client(&server, "retried").delete_stage().arn("a").send().await.unwrap();
        let attempts: Vec<_> =
            server.requests().iter().map(|request| request.header("amz-sdk-request").map(str::to_owned)).collect();
        assert_eq!(attempts.len(), 3);
        assert!(attempts[2].as_deref().is_some_and(|header| header.contains("attempt=3; max=4")), "{attempts:?}");
    }

    #[tokio::test]
    async fn attempts_are_bounded() {
        let server = LoopbackServer::answering(|_| conflict("still closing").into()).await;
        let error = client(&server, "bounded").delete_stage().arn("a").send().await.unwrap_err();
        assert!(error.into_service_error().is_conflict_exception());
        assert_eq!(server.requests().len(), 4);
    }

    #[tokio::test]
    async fn another_conflict_is_final() {
        let server = LoopbackServer::scripted([conflict("it records")]).await;
        let error = client(&server, "final").delete_stage().arn("a").send().await.unwrap_err();
        assert!(error.into_service_error().is_conflict_exception());
        assert_eq!(server.requests().len(), 1);
    }

    #[tokio::test]
    async fn a_classifier_that_runs_later_can_forbid_what_the_status_would_retry() {
        let never = Response::error(503, "SlowDownForEver", &json!({}));
        let server = LoopbackServer::scripted([never]).await;
        let error = client(&server, "forbidden").list_stages().send().await.unwrap_err();
        assert_eq!(error.code(), Some("SlowDownForEver"));
        assert_eq!(server.requests().len(), 1);
        let usual = Response::error(503, "Unavailable", &json!({}));
        let server = LoopbackServer::scripted([usual, Response::json(&json!({"stages": []}))]).await;
        client(&server, "allowed").list_stages().send().await.unwrap();
        assert_eq!(server.requests().len(), 2);
    }
}
