//! What holds for every operation: validation, signatures, headers of errors, rates, faults.

use std::time::Duration;

use ivs_realtime::Client;
use ivs_realtime::config::Credentials;
use ivs_realtime::config::retry::RetryConfig;
use ivs_realtime::error::{ProvideErrorMetadata, SdkErrorExt};
use ivs_realtime::operation::RequestId;
use tests::fake::{Effect, Fault};

use super::{stage, started};

#[tokio::test]
async fn inputs_are_held_against_the_model() {
    let (_fake, client) = started().await;
    let error = client.create_stage().name("two words").send().await.expect_err("the pattern has no space");
    insta::assert_snapshot!(error.describe().split(" (request id").next().unwrap_or_default(),
        @"CreateStage: ValidationException: name does not match the pattern ^[a-zA-Z0-9-_]*$");
}

#[tokio::test]
async fn errors_have_the_eight_headers_and_a_request_id() {
    let (_fake, client) = started().await;
    let arn = "arn:aws:ivs:us-east-1:123456789012:stage/none";
    let error = client.get_stage().arn(arn).send().await.expect_err("there is none").into_service_error();
    assert!(error.request_id().is_some());
    let ivs_realtime::operation::get_stage::GetStageError::ResourceNotFoundException(found) = error else {
        panic!("another error: {error:?}")
    };
    assert_eq!(found.x_amzn_error_type(), Some("ResourceNotFoundException"));
    assert_eq!(found.exception_message(), Some(&*format!("there is no stage {arn}")));
    let headers = [
        found.access_control_allow_origin(),
        found.access_control_expose_headers(),
        found.cache_control(),
        found.content_security_policy(),
        found.strict_transport_security(),
        found.x_content_type_options(),
        found.x_frame_options(),
    ];
    assert!(headers.iter().all(Option::is_some), "{headers:?}");
}

#[tokio::test]
async fn signatures_are_checked_with_their_time() {
    let (fake, client) = started().await;
    let stranger = Credentials::new("AKIASTRANGER", "secret", None, None, "test");
    let stranger = Client::from_conf(fake.config().credentials_provider(stranger).build());
    let error = stranger.list_stages().send().await.expect_err("nobody knows the key");
    assert_eq!(error.code(), Some("InvalidSignatureException"));
    let (key, _) = fake.credentials();
    let liar = Credentials::new(key, "another secret", None, None, "test");
    let liar = Client::from_conf(fake.config().credentials_provider(liar).build());
    let error = liar.list_stages().send().await.expect_err("the secret is wrong");
    assert!(error.message().is_some_and(|message| message.starts_with("the signature does not match")));
    fake.advance(3600.0);
    let error = client.list_stages().send().await.expect_err("an hour late, without a retry");
    assert!(error.message().is_some_and(|message| message.starts_with("Signature expired")));
}

#[tokio::test]
async fn a_clock_that_is_off_is_corrected_by_a_retry() {
    let (fake, _) = started().await;
    fake.advance(3600.0);
    let client = Client::from_conf(fake.config().build());
    client.list_stages().send().await.expect("the second attempt has the time of the server");
    assert_eq!(fake.requests().iter().map(|request| request.status).collect::<Vec<_>>(), [403, 200]);
}

#[tokio::test]
async fn rates_throttle_and_a_client_that_retries_gets_through() {
    let (fake, client) = started().await;
    fake.rate("ListStages", Some(0.001));
    client.list_stages().send().await.expect("the first of a quarter of an hour");
    let error = client.list_stages().send().await.expect_err("the second");
    assert!(error.is_throttling(), "{error:?}");
    fake.rate("ListStages", Some(5.0));
    let patience = RetryConfig::standard().with_max_attempts(12).with_initial_backoff(Duration::from_millis(50));
    let patient = Client::from_conf(fake.config().retry_config(patience).build());
    for _ in 0..8 {
        patient.list_stages().send().await.expect("after a while");
    }
}

#[tokio::test]
async fn faults_happen_as_they_are_asked_for() {
    let (fake, client) = started().await;
    let (arn, _) = stage(&client, 0).await;
    let call = || client.get_stage().arn(&arn).send();
    let effects = [
        Effect::ResetBefore,
        Effect::ResetAfter,
        Effect::Half,
        Effect::WrongLength { extra: 10 },
        Effect::Body { status: 200, content_type: "text/html".to_owned(), text: "<html>".to_owned() },
        Effect::Status { status: 503, code: None },
        Effect::Throttle,
    ];
    for effect in effects {
        fake.fault(Fault::next(Some("GetStage"), effect.clone()));
        let error = call().await.expect_err("a fault");
        assert!(!error.describe().is_empty(), "{effect:?}");
        call().await.unwrap_or_else(|error| panic!("after {effect:?}: {}", error.describe()));
    }
    for effect in [Effect::Slow { millis: 30 }, Effect::Trickle { bytes: 50, millis: 5 }] {
        fake.fault(Fault::next(None, effect.clone()));
        let before = std::time::Instant::now();
        call().await.unwrap_or_else(|error| panic!("{effect:?}: {}", error.describe()));
        assert!(before.elapsed() >= Duration::from_millis(20), "{effect:?}");
    }
}
