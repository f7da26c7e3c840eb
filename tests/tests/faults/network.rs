//! Connections that break, answers that come in part, slowly or from elsewhere.

use std::time::{Duration, Instant};

use ivs_realtime::Client;
use ivs_realtime::config::StalledStreamProtectionConfig;
use ivs_realtime::config::timeout::TimeoutConfig;
use ivs_realtime::error::SdkError;
use tests::fake::Effect;
use tests::loopback::LoopbackServer;

use super::Bench;

#[tokio::test]
async fn a_connection_that_is_reset_is_opened_again() {
    let bench = Bench::new().await;
    for (effect, served) in [(Effect::ResetBefore, (2, 1)), (Effect::ResetAfter, (2, 2))] {
        let operation = if served == (2, 1) { "ListStages" } else { "ListCompositions" };
        bench.fault(operation, 1, effect);
        match operation {
            "ListStages" => drop(bench.client().list_stages().send().await.expect("the second attempt")),
            _ => drop(bench.client().list_compositions().send().await.expect("the second attempt")),
        }
        assert_eq!(bench.served(operation), served);
    }
}

#[tokio::test]
async fn a_reset_without_retries_is_a_dispatch_failure_and_runs_once() {
    let bench = Bench::new().await;
    for (index, effect) in [Effect::ResetBefore, Effect::ResetAfter].into_iter().enumerate() {
        bench.fault("CreateStage", 1, effect);
        let error = bench.single().create_stage().send().await.expect_err("a reset");
        assert!(matches!(&error, SdkError::DispatchFailure(failure) if failure.is_io()), "{error:?}");
        bench.told(&error);
        assert_eq!(bench.served("CreateStage"), (index + 1, index));
    }
    assert_eq!(bench.fake.census().expect("no state file").stages, 1);
}

#[tokio::test]
async fn an_answer_that_is_cut_off_is_no_success() {
    for effect in [Effect::Half, Effect::WrongLength { extra: 7 }] {
        let bench = Bench::new().await;
        bench.fault("CreateStage", 1, effect.clone());
        let error = bench.single().create_stage().send().await.expect_err("half an answer");
        assert!(matches!(error, SdkError::ResponseError(_)), "{effect:?}: {error:?}");
        bench.told(&error);
        assert_eq!(bench.served("CreateStage"), (1, 1), "{effect:?}");
        bench.single().list_stages().send().await.expect("on a connection that is not broken");
    }
}

#[tokio::test]
async fn an_answer_that_is_cut_off_is_asked_for_again() {
    for effect in [Effect::Half, Effect::WrongLength { extra: 7 }] {
        let bench = Bench::new().await;
        let arn = bench.stage().await;
        bench.fault("GetStage", 1, effect.clone());
        let found = bench.client().get_stage().arn(&arn).send().await.expect("the second attempt");
        assert_eq!(found.stage().map(|stage| stage.arn()), Some(&*arn));
        assert_eq!(bench.served("GetStage"), (2, 2), "{effect:?}");
    }
}

#[tokio::test]
async fn an_answer_that_trickles_is_read_to_its_end() {
    let bench = Bench::new().await;
    let arn = bench.stage().await;
    bench.fault("GetStage", 1, Effect::Trickle { bytes: 64, millis: 5 });
    let found = bench.client().get_stage().arn(&arn).send().await.expect("it comes in the end");
    assert_eq!(found.stage().map(|stage| stage.arn()), Some(&*arn));
    assert_eq!(bench.served("GetStage"), (1, 1));
}

#[tokio::test]
async fn an_answer_that_trickles_ends_with_the_time_of_the_call() {
    let bench = Bench::new().await;
    let arn = bench.stage().await;
    bench.fault("GetStage", 1, Effect::Trickle { bytes: 1, millis: 200 });
    let limit = TimeoutConfig::builder().operation_timeout(Duration::from_millis(300)).build();
    let since = Instant::now();
    let call = Client::from_conf(bench.config().timeout_config(limit).build()).get_stage().arn(arn).send();
    let error = call.await.expect_err("it would take a minute");
    assert!(matches!(error, SdkError::TimeoutError(_)), "{error:?}");
    bench.told(&error);
    assert!(since.elapsed() < Duration::from_secs(10), "{:?}", since.elapsed());
    assert_eq!(bench.served("GetStage").0, 1);
}

#[tokio::test]
async fn an_answer_that_stalls_is_given_up() {
    let bench = Bench::new().await;
    let arn = bench.stage().await;
    bench.fault("GetStage", 1, Effect::Trickle { bytes: 1, millis: 60_000 });
    let protection = StalledStreamProtectionConfig::enabled().grace_period(Duration::from_millis(10)).build();
    let config = bench.config().retry_config(ivs_realtime::config::retry::RetryConfig::disabled());
    let client = Client::from_conf(config.stalled_stream_protection(protection).build());
    let error = client.get_stage().arn(arn).send().await.expect_err("nothing comes for a minute");
    assert!(bench.told(&error).contains("minimum throughput"), "{error:?}");
}

#[tokio::test]
async fn nobody_is_followed_elsewhere() {
    let bench = Bench::new().await;
    let elsewhere = LoopbackServer::scripted(Vec::<tests::loopback::Response>::new()).await;
    bench.fault("CreateStage", 1, Effect::Redirect { location: format!("{}/CreateStage", elsewhere.url()) });
    let error = bench.client().create_stage().send().await.expect_err("a redirect is no answer");
    assert_eq!(error.raw_response().map(|response| response.status().as_u16()), Some(307));
    bench.told(&error);
    assert_eq!(bench.served("CreateStage"), (1, 0));
    assert!(elsewhere.requests().is_empty(), "credentials went elsewhere");
}
