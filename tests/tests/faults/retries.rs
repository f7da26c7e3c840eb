//! Throttling, 5xx, codes that nobody knows, a clock that is off: what is tried again, and how often.

use std::time::{Duration, Instant};

use ivs_realtime::Client;
use ivs_realtime::config::retry::RetryConfig;
use ivs_realtime::error::{ProvideErrorMetadata, SdkErrorExt};
use ivs_realtime::operation::start_composition::StartCompositionError;
use ivs_realtime::types::{DestinationConfiguration, S3DestinationConfiguration, S3StorageConfiguration};
use tests::fake::Effect;

use super::{Bench, attempts, error};

#[tokio::test]
async fn a_short_throttling_is_waited_out() {
    let bench = Bench::new().await;
    bench.fault("ListStages", 2, Effect::Throttle);
    bench.client().list_stages().send().await.expect("the third attempt");
    assert_eq!(bench.served("ListStages"), (3, 1));
}

#[tokio::test]
async fn a_throttling_storm_costs_as_many_attempts_as_are_allowed() {
    let bench = Bench::new().await;
    bench.fault("ListStages", 1000, Effect::Throttle);
    let error = bench.client().list_stages().send().await.expect_err("a storm");
    assert!(error.is_throttling());
    assert_eq!(error.code(), Some("ThrottlingException"));
    bench.told(&error);
    assert_eq!(bench.served("ListStages"), (3, 0));
}

/// The quota of retries is 500 tokens, of which each costs five: the storm makes a client stop retrying.
#[tokio::test]
async fn a_long_storm_uses_up_the_quota_of_retries() {
    let bench = Bench::new().await;
    bench.fault("ListStages", 1000, Effect::Throttle);
    let client = bench.client();
    for _ in 0..80 {
        client.list_stages().send().await.expect_err("a storm");
    }
    let (requests, _) = bench.served("ListStages");
    assert!((80..=80 + 500 / 5).contains(&requests), "{requests}");
}

#[tokio::test]
async fn adaptive_retries_slow_down_under_throttling_and_get_through() {
    const CALLS: usize = 22;
    let bench = Bench::new().await;
    bench.fake.rate("ListStages", Some(20.0));
    // Unless a pause is bounded, a retry at the lowest rate waits for twenty seconds.
    let pause = Duration::from_millis(100);
    let adaptive = RetryConfig::adaptive().with_max_attempts(8).with_initial_backoff(pause / 5).with_max_backoff(pause);
    let client = Client::from_conf(bench.config().retry_config(adaptive).build());
    // Once throttled, a client may wait for two seconds before each request: there are few after the burst of 20.
    for _ in 0..CALLS {
        client.list_stages().send().await.expect("it gets through");
    }
    let (requests, ran) = bench.served("ListStages");
    assert_eq!(ran, CALLS);
    assert!(requests <= 3 * ran, "{requests} requests for {ran} calls");
}

#[tokio::test]
async fn errors_of_the_server_are_tried_again() {
    let bench = Bench::new().await;
    for status in [500, 502, 503, 504] {
        let (before, _) = bench.served("ListStages");
        bench.fault("ListStages", 2, Effect::Status { status, code: None });
        bench.client().list_stages().send().await.expect("the third attempt");
        assert_eq!(bench.served("ListStages").0 - before, 3, "{status}");
    }
}

#[tokio::test]
async fn an_error_of_the_server_that_stays_is_typed() {
    let bench = Bench::new().await;
    bench.fault("StartComposition", 9, error(500, "InternalServerException"));
    let call = bench.client().start_composition().stage_arn("arn:aws:ivs:us-east-1:123456789012:stage/AbCd");
    let error = call.set_destinations(Some(Vec::new())).send().await.expect_err("it stays");
    bench.told(&error);
    assert!(matches!(error.into_service_error(), StartCompositionError::InternalServerException(_)));
    assert_eq!(bench.served("StartComposition"), (3, 0));
}

#[tokio::test]
async fn what_is_the_callers_fault_is_not_tried_again() {
    let bench = Bench::new().await;
    let cases = [
        (400, "ValidationException"),
        (403, "AccessDeniedException"),
        (404, "ResourceNotFoundException"),
        (409, "ConflictException"),
        (402, "ServiceQuotaExceededException"),
        (403, "PendingVerification"),
        (418, "TeapotException"),
    ];
    for (index, (status, code)) in cases.into_iter().enumerate() {
        bench.fault("CreateStage", 1, error(status, code));
        let error = bench.client().create_stage().send().await.expect_err(code);
        assert_eq!(
            (error.code(), error.raw_response().map(|found| found.status().as_u16())),
            (Some(code), Some(status))
        );
        bench.told(&error);
        assert_eq!(bench.served("CreateStage"), (index + 1, 0), "{code}");
    }
}

/// A call whose answer is lost is made again, and its idempotency token keeps the service from doing it twice.
#[tokio::test]
async fn a_composition_whose_answer_is_lost_is_started_once() {
    let bench = Bench::new().await;
    let client = bench.client();
    let stage = bench.stage().await;
    let s3 = S3StorageConfiguration::builder().bucket_name("recordings").build().expect("all of it");
    let storage = client.create_storage_configuration().s3(s3).send().await.expect("made");
    let encoder = client.create_encoder_configuration().send().await.expect("made");
    let s3 = S3DestinationConfiguration::builder()
        .storage_configuration_arn(storage.storage_configuration().expect("shown").arn())
        .encoder_configuration_arns(encoder.encoder_configuration().expect("shown").arn());
    let destination = DestinationConfiguration::builder().s3(s3.build().expect("all of it")).build();
    bench.fault("StartComposition", 2, Effect::ResetAfter);
    let call = client.start_composition().stage_arn(stage).destinations(destination);
    call.send().await.expect("the third attempt is answered");
    assert_eq!(bench.served("StartComposition"), (3, 3));
    assert_eq!(bench.fake.census().expect("no state file").compositions, 1);
    let requests = bench.fake.requests();
    let mut invocations: Vec<_> = requests.iter().filter(|request| request.operation == "StartComposition").collect();
    invocations.dedup_by_key(|request| request.invocation.clone());
    assert_eq!(invocations.len(), 1, "the attempts of a call have one invocation id");
}

#[tokio::test]
async fn a_clock_an_hour_off_is_corrected_in_both_directions() {
    for seconds in [3600.0, -3600.0] {
        let bench = Bench::new().await;
        bench.fake.advance(seconds);
        let error = bench.single().list_stages().send().await.expect_err("there is no second attempt");
        assert_eq!(error.code(), Some("InvalidSignatureException"));
        bench.told(&error);
        let client = bench.client();
        client.list_stages().send().await.expect("the second attempt has the time of the server");
        client.list_stages().send().await.expect("at once, as the difference is known");
        assert_eq!(bench.served("ListStages"), (4, 2), "{seconds}");
    }
}

#[tokio::test]
async fn pauses_are_bounded_by_the_configuration() {
    let bench = Bench::new().await;
    bench.fault("ListStages", 99, Effect::Status { status: 503, code: None });
    let client = Client::from_conf(bench.config().retry_config(attempts(5)).build());
    let since = Instant::now();
    client.list_stages().send().await.expect_err("it stays");
    assert_eq!(bench.served("ListStages").0, 5);
    // Four pauses of at most ten milliseconds each; the rest is for a machine that is busy.
    assert!(since.elapsed() < Duration::from_secs(5), "{:?}", since.elapsed());
}
