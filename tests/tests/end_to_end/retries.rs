//! Which answers are tried again, how often, and what stops it.

use std::time::Duration;

use ivs_realtime::config::Builder;
use ivs_realtime::config::retry::{RetryConfig, RetryPartition, TokenBucket};
use ivs_realtime::error::{ProvideErrorMetadata, SdkError};
use ivs_realtime::{Client, Config};
use serde_json::json;
use tests::client::{SIGNER, config};
use tests::loopback::{LoopbackServer, Reply, Response};
use tests::sigv4;

/// A client that tries once.
pub(crate) fn no_retries(url: &str) -> Client {
    Client::from_conf(config(url).retry_config(RetryConfig::disabled()).build())
}

/// Standard retries that do not wait.
fn standard() -> RetryConfig {
    RetryConfig::standard().with_initial_backoff(Duration::from_millis(1))
}

fn client(settings: Builder) -> Client {
    Client::from_conf(settings.build())
}

fn error(status: u16, code: &str) -> Response {
    Response::error(status, code, &json!({"message": "no"}))
}

fn success() -> Response {
    Response::json(&json!({"stages": []}))
}

#[tokio::test]
async fn a_throttled_call_is_tried_again_under_the_same_id() {
    let server = LoopbackServer::scripted([error(429, "ThrottlingException"), success()]).await;
    client(config(&server.url()).retry_config(standard())).list_stages().send().await.unwrap();
    let requests = server.requests();
    let attempts: Vec<_> = requests.iter().map(|request| request.header("amz-sdk-request").unwrap()).collect();
    assert_eq!(attempts, ["attempt=1; max=3", "attempt=2; max=3"]);
    assert_eq!(requests[0].header("amz-sdk-invocation-id"), requests[1].header("amz-sdk-invocation-id"));
    assert_eq!(requests[0].body, requests[1].body);
    for request in &requests {
        assert_eq!(sigv4::verify(request, &SIGNER), Ok(()));
    }
}

#[tokio::test]
async fn throttling_codes_are_tried_again_whatever_the_status() {
    for code in
        ["ThrottlingException", "TooManyRequestsException", "SlowDown", "RequestLimitExceeded", "RequestTimeout"]
    {
        let server = LoopbackServer::scripted([error(400, code), success()]).await;
        client(config(&server.url()).retry_config(standard())).list_stages().send().await.unwrap();
        assert_eq!(server.requests().len(), 2, "{code}");
    }
}

#[tokio::test]
async fn server_failures_are_given_up_after_three_attempts() {
    for status in [500, 502, 503, 504] {
        let server = LoopbackServer::scripted(vec![error(status, "InternalServerException"); 4]).await;
        let call = client(config(&server.url()).retry_config(standard())).list_compositions();
        let failed = call.send().await.unwrap_err();
        assert!(failed.as_service_error().unwrap().is_internal_server_exception());
        assert_eq!(server.requests().len(), 3, "{status}");
    }
}

#[tokio::test]
async fn max_attempts_is_what_the_configuration_says() {
    let server = LoopbackServer::scripted(vec![error(500, "InternalServerException"); 6]).await;
    let settings = config(&server.url()).retry_config(standard().with_max_attempts(5));
    client(settings).list_compositions().send().await.unwrap_err();
    let requests = server.requests();
    assert_eq!(requests.len(), 5);
    assert_eq!(requests[4].header("amz-sdk-request"), Some("attempt=5; max=5"));
}

#[tokio::test]
async fn the_callers_own_mistakes_are_not_tried_again() {
    for (status, code) in
        [(400, "ValidationException"), (403, "AccessDeniedException"), (404, "ResourceNotFoundException")]
    {
        let server = LoopbackServer::scripted([error(status, code), success()]).await;
        client(config(&server.url()).retry_config(standard())).get_stage().arn("a").send().await.unwrap_err();
        assert_eq!(server.requests().len(), 1, "{code}");
    }
}

#[tokio::test]
async fn a_reset_connection_is_tried_again_on_a_new_one() {
    let server = LoopbackServer::scripted([Reply::Reset, success().into()]).await;
    client(config(&server.url()).retry_config(standard())).list_stages().send().await.unwrap();
    assert_eq!((server.requests().len(), server.connections()), (2, 2));
}

#[tokio::test]
async fn a_connection_that_failed_the_call_is_not_used_again() {
    let server = LoopbackServer::scripted([error(503, "Unavailable"), success()]).await;
    client(config(&server.url()).retry_config(standard())).list_stages().send().await.unwrap();
    assert_eq!((server.requests().len(), server.connections()), (2, 2));
}

#[tokio::test]
async fn a_connection_that_carried_a_throttling_error_is_used_again() {
    let server = LoopbackServer::scripted([error(429, "ThrottlingException"), success()]).await;
    client(config(&server.url()).retry_config(standard())).list_stages().send().await.unwrap();
    assert_eq!((server.requests().len(), server.connections()), (2, 1));
}

#[tokio::test]
async fn retries_can_be_switched_off() {
    let server = LoopbackServer::scripted([error(500, "InternalServerException"), success()]).await;
    no_retries(&server.url()).list_stages().send().await.unwrap_err();
    assert_eq!(server.only_request().header("amz-sdk-request"), Some("attempt=1; max=1"));
}

#[tokio::test]
async fn adaptive_retries_recover_too() {
    let server = LoopbackServer::scripted([error(429, "ThrottlingException"), success(), success()]).await;
    let adaptive = RetryConfig::adaptive()
        .with_initial_backoff(Duration::from_millis(1))
        .with_max_backoff(Duration::from_millis(20));
    let client = client(config(&server.url()).retry_config(adaptive));
    client.list_stages().send().await.unwrap();
    client.list_stages().send().await.unwrap();
    assert_eq!(server.requests().len(), 3);
    let user_agents = server.requests();
    assert!(user_agents.iter().all(|request| request.header("user-agent").unwrap().contains(" m/F,")));
}

#[tokio::test]
async fn an_exhausted_token_bucket_ends_all_retries() {
    let server = LoopbackServer::answering(|_| error(500, "InternalServerException").into()).await;
    let client = client(config(&server.url()).retry_config(standard()));
    let mut attempts = Vec::new();
    for _ in 0..60 {
        client.list_stages().send().await.unwrap_err();
        attempts.push(server.requests().len());
    }
    let in_the_first = attempts[0];
    let in_the_last = attempts[59] - attempts[58];
    assert_eq!((in_the_first, in_the_last), (3, 1));
}

#[tokio::test]
async fn a_token_bucket_of_ones_own_is_honoured() {
    let server = LoopbackServer::answering(|_| error(500, "InternalServerException").into()).await;
    let partition =
        RetryPartition::custom("tests-own-bucket").token_bucket(TokenBucket::builder().capacity(1).build()).build();
    client(config(&server.url()).retry_config(standard()).retry_partition(partition))
        .list_stages()
        .send()
        .await
        .unwrap_err();
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn the_error_is_that_of_the_last_attempt() {
    let server = LoopbackServer::scripted([error(500, "First"), error(500, "Second"), error(503, "Third")]).await;
    let failed = client(config(&server.url()).retry_config(standard())).list_stages().send().await.unwrap_err();
    assert_eq!(failed.code(), Some("Third"));
    assert!(matches!(failed, SdkError::ServiceError(_)));
}

#[tokio::test]
async fn one_call_may_have_its_own_retries() {
    let server = LoopbackServer::scripted(vec![error(500, "InternalServerException"); 3]).await;
    let call = client(config(&server.url()).retry_config(standard())).list_stages().customize();
    call.config_override(Config::builder().retry_config(RetryConfig::disabled())).send().await.unwrap_err();
    assert_eq!(server.requests().len(), 1);
}
