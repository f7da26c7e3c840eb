//! Timeouts, the clock that signs, and its correction by the service's own.

use std::time::{Duration, SystemTime};

use aws_smithy_async::time::StaticTimeSource;
use ivs_realtime::Client;
use ivs_realtime::config::StalledStreamProtectionConfig;
use ivs_realtime::config::retry::RetryConfig;
use ivs_realtime::config::timeout::TimeoutConfig;
use ivs_realtime::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use ivs_realtime::primitives::{DateTime, DateTimeFormat};
use serde_json::json;
use tests::client::{SIGNER, config};
use tests::loopback::{LoopbackServer, Reply, Response};
use tests::sigv4;

/// The moment at which the clients here believe to live: 2024-02-29, noon.
const NOON: i64 = 1_709_208_000;

fn fast_retries() -> RetryConfig {
    RetryConfig::standard().with_initial_backoff(Duration::from_millis(1))
}

fn success() -> Response {
    Response::json(&json!({"stages": []}))
}

/// `response` with a `Date` that is `seconds` after [`NOON`].
fn dated(response: Response, seconds: i64) -> Response {
    let date = DateTime::from_secs(NOON + seconds).fmt(DateTimeFormat::HttpDate).unwrap();
    response.header("Date", &date)
}

fn skewed(code: &str, seconds: i64) -> Response {
    dated(Response::error(403, code, &json!({"message": "Signature expired"})), seconds)
}

/// A client whose clock stands still at [`NOON`].
fn at_noon(url: &str) -> Client {
    let noon = SystemTime::UNIX_EPOCH + Duration::from_secs(NOON.unsigned_abs());
    Client::from_conf(config(url).retry_config(fast_retries()).time_source(StaticTimeSource::new(noon)).build())
}

/// When each request was signed, after checking that its signature holds.
fn signed_at(server: &LoopbackServer) -> Vec<String> {
    let requests = server.requests();
    requests.iter().for_each(|request| assert_eq!(sigv4::verify(request, &SIGNER), Ok(())));
    requests.iter().map(|request| request.header("x-amz-date").unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_configured_clock_signs() {
    let server = LoopbackServer::scripted([success()]).await;
    at_noon(&server.url()).list_stages().send().await.unwrap();
    assert_eq!(signed_at(&server), ["20240229T120000Z"]);
}

#[tokio::test]
async fn a_wrong_clock_is_corrected_and_stays_so() {
    let server =
        LoopbackServer::scripted([skewed("InvalidSignatureException", 3_600), dated(success(), 3_600), success()])
            .await;
    let client = at_noon(&server.url());
    client.list_stages().send().await.unwrap();
    client.list_stages().send().await.unwrap();
    assert_eq!(signed_at(&server), ["20240229T120000Z", "20240229T130000Z", "20240229T130000Z"]);
}

#[tokio::test]
async fn a_signature_refused_at_the_right_time_is_not_tried_again() {
    let server = LoopbackServer::scripted([skewed("InvalidSignatureException", 10), success()]).await;
    let error = at_noon(&server.url()).list_stages().send().await.unwrap_err();
    assert_eq!(error.code(), Some("InvalidSignatureException"));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn correction_can_be_switched_off() {
    let server = LoopbackServer::scripted([skewed("InvalidSignatureException", 3_600), success()]).await;
    let settings = config(&server.url()).retry_config(fast_retries()).disable_clock_skew_correction(true);
    Client::from_conf(settings.build()).list_stages().send().await.unwrap_err();
    assert_eq!(server.requests().len(), 1);
}

fn with_timeouts(url: &str, timeouts: TimeoutConfig) -> Client {
    Client::from_conf(config(url).retry_config(fast_retries()).timeout_config(timeouts).build())
}

#[tokio::test]
async fn an_operation_ends_when_its_time_is_over() {
    let server = LoopbackServer::scripted([Reply::Silence]).await;
    let client =
        with_timeouts(&server.url(), TimeoutConfig::builder().operation_timeout(Duration::from_millis(50)).build());
    let error = client.list_stages().send().await.unwrap_err();
    assert!(matches!(error, SdkError::TimeoutError(_)), "{error:?}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn an_attempt_that_takes_too_long_is_tried_again() {
    let server = LoopbackServer::scripted([Reply::Silence, success().into()]).await;
    let client = with_timeouts(
        &server.url(),
        TimeoutConfig::builder().operation_attempt_timeout(Duration::from_millis(100)).build(),
    );
    client.list_stages().send().await.unwrap();
    assert_eq!((server.requests().len(), server.connections()), (2, 2));
}

#[tokio::test]
async fn a_read_timeout_is_a_dispatch_failure() {
    let server = LoopbackServer::scripted([Reply::Silence]).await;
    let timeouts = TimeoutConfig::builder().read_timeout(Duration::from_millis(50)).build();
    let settings = config(&server.url()).retry_config(RetryConfig::disabled()).timeout_config(timeouts);
    let error = Client::from_conf(settings.build()).list_stages().send().await.unwrap_err();
    assert!(matches!(&error, SdkError::DispatchFailure(failure) if failure.is_timeout()), "{error:?}");
}

#[tokio::test]
async fn an_answer_that_stalls_is_given_up() {
    let server = LoopbackServer::scripted([Reply::Stall(success())]).await;
    let protection = StalledStreamProtectionConfig::enabled().grace_period(Duration::from_millis(10)).build();
    let settings = config(&server.url()).retry_config(RetryConfig::disabled()).stalled_stream_protection(protection);
    let error = Client::from_conf(settings.build()).list_stages().send().await.unwrap_err();
    let text = DisplayErrorContext(&error).to_string();
    assert!(text.contains("minimum throughput"), "{text}");
}
