//! Time that is over, callers that lose interest, a thousand calls at once.

use std::process::Command;
use std::time::{Duration, Instant};

use ivs_realtime::Client;
use ivs_realtime::config::retry::RetryConfig;
use ivs_realtime::config::timeout::TimeoutConfig;
use ivs_realtime::error::SdkError;
use tests::fake::Effect;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::Bench;

/// What a busy machine may add to a time that the configuration bounds.
const GRACE: Duration = Duration::from_secs(10);

fn with(bench: &Bench, timeouts: TimeoutConfig) -> Client {
    Client::from_conf(bench.config().timeout_config(timeouts).build())
}

#[tokio::test]
async fn a_call_ends_when_its_time_is_over() {
    let bench = Bench::new().await;
    bench.fault("CreateStage", 9, Effect::Slow { millis: 60_000 });
    let client = with(&bench, TimeoutConfig::builder().operation_timeout(Duration::from_millis(200)).build());
    let since = Instant::now();
    let error = client.create_stage().send().await.expect_err("it takes a minute");
    assert!(matches!(error, SdkError::TimeoutError(_)), "{error:?}");
    bench.told(&error);
    assert!(since.elapsed() < GRACE, "{:?}", since.elapsed());
    assert_eq!(bench.served("CreateStage"), (1, 1));
}

#[tokio::test]
async fn an_attempt_that_takes_too_long_is_made_again() {
    let bench = Bench::new().await;
    bench.fault("ListStages", 1, Effect::Slow { millis: 60_000 });
    let client = with(&bench, TimeoutConfig::builder().operation_attempt_timeout(Duration::from_millis(500)).build());
    let since = Instant::now();
    client.list_stages().send().await.expect("the second attempt");
    assert!(since.elapsed() < GRACE, "{:?}", since.elapsed());
    // On a machine that is very busy the second attempt may be late, too.
    let (requests, _) = bench.served("ListStages");
    assert!((2..=3).contains(&requests), "{requests}");
}

#[tokio::test]
async fn a_service_that_never_answers_is_bounded_by_attempts_and_their_time() {
    let bench = Bench::new().await;
    bench.fault("ListStages", 9, Effect::Slow { millis: 60_000 });
    let timeouts = TimeoutConfig::builder().operation_attempt_timeout(Duration::from_millis(150)).build();
    let since = Instant::now();
    let error = with(&bench, timeouts).list_stages().send().await.expect_err("none is in time");
    assert!(matches!(error, SdkError::TimeoutError(_)), "{error:?}");
    bench.told(&error);
    assert!(since.elapsed() < GRACE, "{:?}", since.elapsed());
    assert!(bench.served("ListStages").0 <= 3);
}

#[tokio::test]
async fn a_call_that_is_dropped_is_not_made_again() {
    let bench = Bench::new().await;
    bench.fault("CreateStage", 1, Effect::Slow { millis: 300 });
    let client = bench.client();
    let cut = timeout(Duration::from_millis(1), client.create_stage().send()).await;
    assert!(cut.is_err(), "nothing answers in a millisecond");
    sleep(Duration::from_millis(500)).await;
    assert!(bench.served("CreateStage").0 <= 1);
    bench.fake.clear_faults();
    client.list_stages().send().await.expect("the client is as good as before");
}

#[tokio::test]
async fn a_call_that_is_dropped_between_attempts_ends() {
    let bench = Bench::new().await;
    bench.fault("CreateStage", 9, Effect::Status { status: 500, code: None });
    let minute = Duration::from_secs(60);
    let patient = RetryConfig::standard().with_initial_backoff(minute);
    let client = Client::from_conf(bench.config().retry_config(patient.with_max_backoff(minute)).build());
    let call = tokio::spawn(client.create_stage().send());
    let since = Instant::now();
    while bench.served("CreateStage").0 == 0 && since.elapsed() < GRACE {
        sleep(Duration::from_millis(5)).await;
    }
    call.abort();
    assert!(call.await.expect_err("it was dropped").is_cancelled());
    let (before, _) = bench.served("CreateStage");
    sleep(Duration::from_millis(100)).await;
    assert_eq!(bench.served("CreateStage"), (before, 0));
}

/// A thousand connections are two thousand sockets, more than many systems allow a process unless it asks for more.
#[cfg(unix)]
#[test]
fn a_thousand_calls_at_once_succeed() {
    let test = std::env::current_exe().expect("a test is a file");
    let output = Command::new("sh")
        .args(["-c", r#"ulimit -n 4096 || exit 77; exec "$0" --ignored --exact limits::a_thousand_calls_at_once"#])
        .arg(test)
        .output()
        .expect("there is a shell");
    let report = String::from_utf8_lossy(&output.stdout);
    match output.status.code() {
        Some(77) => println!("skipped: the system does not allow 4096 open files"),
        _ => assert!(output.status.success() && report.contains("1 passed"), "{report}"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs more open files than usual: the test above runs it"]
async fn a_thousand_calls_at_once() {
    let bench = Bench::untraced().await;
    // On a busy machine a thousand connections take longer to open than a client waits on its own.
    let patient = TimeoutConfig::builder().connect_timeout(Duration::from_secs(120)).build();
    let once = bench.config().retry_config(RetryConfig::disabled()).timeout_config(patient);
    let client = Client::from_conf(once.build());
    let mut calls = JoinSet::new();
    for number in 0..1000 {
        let call = client.create_stage().name(format!("stage-{number}"));
        calls.spawn(async move { (number, call.send().await) });
    }
    while let Some(call) = calls.join_next().await {
        let (number, made) = call.expect("no call panics");
        let made = made.unwrap_or_else(|error| panic!("{}", bench.told(&error)));
        // Each has its own answer, and not that of another.
        assert_eq!(made.stage().and_then(|stage| stage.name()), Some(&*format!("stage-{number}")));
    }
    assert_eq!(bench.served("CreateStage"), (1000, 1000));
}
