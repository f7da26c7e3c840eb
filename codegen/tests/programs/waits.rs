//! Waiters of a service over a socket, with a clock that sleeping moves.

use std::error::Error;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, SystemTime};

use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep};
use aws_smithy_async::time::TimeSource;
use program::sdk_config;
use service::Client;
use service::client::Waiters;
use service::config::timeout::TimeoutConfig;
use service::config::{Builder, IdentityCache, StalledStreamProtectionConfig};
use service::error::ProvideErrorMetadata;
use service::waiters::boat_built::{BoatBuiltFinalPoll, WaitUntilBoatBuiltError};

/// A clock that stands still but for those who sleep, and how long they slept.
#[derive(Clone, Debug, Default)]
struct Clock(Arc<Mutex<Vec<Duration>>>);

impl Clock {
    fn slept(&self) -> Vec<Duration> {
        self.0.lock().expect("nobody failed").clone()
    }
}

impl AsyncSleep for Clock {
    fn sleep(&self, duration: Duration) -> Sleep {
        self.0.lock().expect("nobody failed").push(duration);
        Sleep::new(std::future::ready(()))
    }
}

impl TimeSource for Clock {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000) + self.slept().iter().sum::<Duration>()
    }
}

/// A server that gives these answers one after the other, each on a connection of its own; what it was asked.
fn answers(answers: Vec<(&'static str, &'static str)>) -> (String, JoinHandle<Vec<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("it is bound"));
    let asked = thread::spawn(move || {
        let answer = |(status, body): &(&str, &str)| {
            let (mut stream, _) = listener.accept().expect("a client connects");
            let lines = BufReader::new(&stream).lines().map(|line| line.expect("text"));
            let request: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
            let head = format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n", body.len());
            stream.write_all((head + body).as_bytes()).expect("the client listens");
            request
        };
        answers.iter().map(answer).collect()
    });
    (url, asked)
}

fn client(url: &str, clock: &Clock) -> Client {
    let config = Builder::from(&sdk_config(url))
        .sleep_impl(clock.clone())
        .time_source(clock.clone())
        .timeout_config(TimeoutConfig::disabled())
        .identity_cache(IdentityCache::no_cache())
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled());
    Client::from_conf(config.build())
}

const GONE: (&str, &str) = ("404 Not Found", r#"{"__type": "Gone", "message": "no boat"}"#);
const BUILDING: (&str, &str) = ("200 OK", r#"{"boat": {"state": "BUILDING"}}"#);
const BUILT: (&str, &str) = ("200 OK", r#"{"boat": {"state": "BUILT"}}"#);

async fn built(
    given: Vec<(&'static str, &'static str)>,
    max_wait: u64,
) -> (Result<BoatBuiltFinalPoll, WaitUntilBoatBuiltError>, Vec<Duration>, Vec<Vec<String>>) {
    let clock = Clock::default();
    let (url, asked) = answers(given);
    let client = client(&url, &clock);
    let result = client.wait_until_boat_built().name("ada").wait(Duration::from_secs(max_wait)).await;
    (result, clock.slept(), asked.join().expect("it was asked"))
}

#[tokio::test]
async fn calls_are_repeated_until_an_output_is_what_is_expected() {
    let (result, slept, asked) = built(vec![GONE, BUILDING, BUILDING, BUILT], 600).await;
    let last = result.expect("the boat is built");
    let output = last.as_result().expect("the last call succeeded");
    assert_eq!(output.boat().and_then(|boat| boat.state()).map(|state| state.as_str()), Some("BUILT"));
    assert_eq!(asked.len(), 4);
    assert!(asked.iter().all(|request| request[0] == "GET /boats/ada HTTP/1.1"), "{asked:?}");
    // The first pause is the shortest, those after it grow up to the longest.
    let bounds = [5, 10, 12].map(Duration::from_secs);
    assert!(slept.iter().zip(bounds).all(|(slept, most)| *slept >= bounds[0] && *slept <= most), "{slept:?}");
    let agent = |request: &Vec<String>| {
        let line = request.iter().find(|line| line.to_ascii_lowercase().starts_with("x-amz-user-agent")).cloned();
        let metrics = line.and_then(|line| line.split(' ').find_map(|part| part.strip_prefix("m/").map(str::to_owned)));
        metrics.is_some_and(|metrics| metrics.split(',').any(|metric| metric == "B"))
    };
    assert!(asked.iter().all(agent), "the user agent tells of a waiter: {asked:?}");
}

#[tokio::test]
async fn an_output_that_says_it_will_never_be_ends_it() {
    let sunk = ("200 OK", r#"{"boat": {"state": "SUNK"}}"#);
    let (result, slept, _) = built(vec![BUILDING, sunk], 600).await;
    let Err(WaitUntilBoatBuiltError::FailureState(state)) = result else { panic!("{result:?}") };
    let output = state.into_final_poll().into_result().expect("the call itself succeeded");
    assert_eq!(output.boat().and_then(|boat| boat.state()).map(|state| state.as_str()), Some("SUNK"));
    assert_eq!(slept.len(), 1);
}

#[tokio::test]
async fn an_error_that_is_a_failure_is_given_as_it_is() {
    let (result, ..) = built(vec![("400 Bad Request", r#"{"__type": "Refused", "message": "no"}"#)], 600).await;
    let error = result.expect_err("it failed");
    assert_eq!(error.code(), Some("Refused"));
    assert_eq!(error.to_string(), "waiting failed");
    let WaitUntilBoatBuiltError::FailureState(state) = error else { panic!("{error:?}") };
    assert!(state.final_poll().as_result().expect_err("the call failed").is_refused());
}

#[tokio::test]
async fn an_error_that_nobody_expects_ends_it() {
    let (result, slept, _) = built(vec![BUILDING, ("418 No", r#"{"__type": "Teapot"}"#)], 600).await;
    let Err(WaitUntilBoatBuiltError::OperationFailed(failed)) = result else { panic!("{result:?}") };
    assert_eq!((failed.error().code(), slept.len()), (Some("Teapot"), 1));
    let error = service::Error::from(WaitUntilBoatBuiltError::OperationFailed(failed));
    assert_eq!((error.to_string().as_str(), error.code()), ("unhandled error", None));
    assert!(error.source().is_some_and(|source| source.is::<WaitUntilBoatBuiltError>()));
    // Nor does it go on where nobody answers.
    let clock = Clock::default();
    let call = client("http://127.0.0.1:1", &clock).wait_until_boat_built().name("ada").wait(Duration::from_secs(9)).await;
    let Err(WaitUntilBoatBuiltError::OperationFailed(failed)) = call else { panic!("{call:?}") };
    assert!(failed.into_error().as_service_error().is_none());
}

#[tokio::test]
async fn it_waits_no_longer_than_it_is_told() {
    // Twelve seconds have room for three calls; a last one is made when they are over.
    let (result, slept, asked) = built(vec![BUILDING; 4], 12).await;
    let Err(WaitUntilBoatBuiltError::ExceededMaxWait(exceeded)) = result else { panic!("{result:?}") };
    assert_eq!(exceeded.max_wait(), Duration::from_secs(12));
    assert_eq!((exceeded.elapsed(), slept.iter().sum()), (Duration::from_secs(12), Duration::from_secs(12)));
    assert_eq!(exceeded.poll_count(), asked.len() as u32);
}

#[tokio::test]
async fn matchers_of_input_and_output_and_of_success() {
    let clock = Clock::default();
    let (url, asked) = answers(vec![BUILDING, ("200 OK", r#"{"boat": {"state": "BUILT", "owner": "ada"}}"#)]);
    let waiter = client(&url, &clock).wait_until_boat_owned().name("ada");
    assert_eq!(waiter.as_input().get_name().as_deref(), Some("ada"));
    waiter.wait(Duration::from_secs(600)).await.expect("the owner is the name");
    assert_eq!(asked.join().expect("it was asked").len(), 2);

    let (url, asked) = answers(vec![BUILDING, GONE]);
    let waiter = client(&url, &clock).wait_until_boat_gone().set_name(Some("ada".to_owned()));
    let last = waiter.wait(Duration::from_secs(600)).await.expect("an error is what it waits for");
    let error = last.into_result().expect_err("the boat is gone");
    assert!(error.as_service_error().is_some_and(|error| error.is_gone()));
    assert_eq!(asked.join().expect("it was asked").len(), 2);
}

#[tokio::test]
async fn lists_have_a_text_everywhere_or_somewhere() {
    let fleet = |first, second| {
        let text = format!(r#"{{"boats": [{{"state": "{first}"}}, {{"state": "{second}"}}, {{}}]}}"#);
        ("200 OK", &*text.leak())
    };
    let clock = Clock::default();
    let (url, asked) = answers(vec![("200 OK", "{}"), fleet("BUILT", "BUILDING"), fleet("BUILT", "BUILT")]);
    let waiter = client(&url, &clock).wait_until_fleet_built();
    waiter.wait(Duration::from_secs(600)).await.expect("all boats are built");
    assert_eq!(asked.join().expect("it was asked").len(), 3);
    let (url, _asked) = answers(vec![fleet("BUILT", "SUNK")]);
    let failed = client(&url, &clock).wait_until_fleet_built().wait(Duration::from_secs(600)).await;
    assert!(matches!(failed, Err(service::waiters::fleet_built::WaitUntilFleetBuiltError::FailureState(_))));
    let (url, _asked) = answers(vec![fleet("BUILT", "BUILT")]);
    client(&url, &clock).wait_until_fleet_there().wait(Duration::from_secs(600)).await.expect("there are two boats");
}

#[tokio::test]
async fn a_waiter_says_what_it_lacks_and_what_it_is() {
    let config = Builder::from(&sdk_config("http://127.0.0.1:1")).timeout_config(TimeoutConfig::disabled());
    let waiter = Client::from_conf(config.build()).wait_until_boat_built().name("ada");
    let shown = format!("{:?}", waiter.clone());
    assert!(shown.starts_with("BoatBuiltFluentBuilder { handle: "), "{shown}");
    assert!(shown.contains("name: Some(\"ada\")"), "{shown}");
}
