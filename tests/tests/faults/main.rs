//! What the client does when the network, the service or the caller gives up: each fault against the fake.
//!
//! Nearly every test sees all that is traced, at the level TRACE, and ends with a look for secrets in it.

mod answers;
mod credentials;
mod limits;
mod network;
mod pages;
mod retries;
mod traces;

use std::time::Duration;

use ivs_realtime::Client;
use ivs_realtime::config::retry::RetryConfig;
use ivs_realtime::config::{Builder, Credentials};
use ivs_realtime::error::{DisplayErrorContext, SdkErrorExt};
use tests::fake::{Effect, Fake, Fault, SECRET_KEY, Settings};
use tracing::subscriber::DefaultGuard;

use self::traces::Traces;

/// The session token of the clients here.
const SESSION_TOKEN: &str = "session-token-that-nobody-may-see";

/// A server for one test, and whatever is traced meanwhile.
struct Bench {
    fake: Fake,
    traces: Traces,
    /// Keeps what is traced in the thread of the test.
    guard: Option<DefaultGuard>,
}

impl Bench {
    async fn new() -> Self {
        let mut bench = Self::untraced().await;
        bench.guard = Some(tracing::subscriber::set_default(bench.traces.clone()));
        bench
    }

    /// One without a look at what is traced, which costs ten times the call.
    async fn untraced() -> Self {
        let traces = Traces::default();
        traces.keep_secret(SECRET_KEY);
        traces.keep_secret(SESSION_TOKEN);
        let fake = Fake::start(Settings::default()).await.expect("a port of loopback is free");
        Self { fake, traces, guard: None }
    }

    /// A configuration with temporary credentials and three quick attempts.
    fn config(&self) -> Builder {
        let (key, secret) = self.fake.credentials();
        let temporary = Credentials::new(key, secret, Some(SESSION_TOKEN.to_owned()), None, "tests");
        self.fake.config().credentials_provider(temporary).retry_config(attempts(3))
    }

    fn client(&self) -> Client {
        Client::from_conf(self.config().build())
    }

    /// A client that makes each call once.
    fn single(&self) -> Client {
        Client::from_conf(self.config().retry_config(RetryConfig::disabled()).build())
    }

    /// The next `times` requests of an operation meet an effect.
    fn fault(&self, operation: &str, times: u64, effect: Effect) {
        self.fake.fault(Fault::next(Some(operation), effect).times(times));
    }

    /// How many requests of an operation reached the server, and how many of them were run.
    fn served(&self, operation: &str) -> (usize, usize) {
        let requests = self.fake.requests();
        let of_it = requests.iter().filter(|request| request.operation == operation);
        (of_it.clone().count(), of_it.filter(|request| request.ran).count())
    }

    /// A stage without tokens.
    async fn stage(&self) -> String {
        let created = self.client().create_stage().send().await.expect("there is no fault yet");
        created.stage().expect("the answer has it").arn().to_owned()
    }

    /// All texts of an error, after a look for secrets in them.
    fn told<E: SdkErrorExt + std::error::Error>(&self, error: &E) -> String {
        let text = format!("{}\n{}\n{error:?}", error.describe(), DisplayErrorContext(error));
        self.traces.check(&text);
        text
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        if self.guard.is_some() && !std::thread::panicking() {
            self.traces.check_all();
        }
    }
}

/// Retries without long pauses.
fn attempts(most: u32) -> RetryConfig {
    let quick = Duration::from_millis(1);
    RetryConfig::standard().with_max_attempts(most).with_initial_backoff(quick).with_max_backoff(10 * quick)
}

/// An answer of the service with a body that it would not send.
fn body(text: impl Into<String>) -> Effect {
    Effect::Body { status: 200, content_type: "application/json".to_owned(), text: text.into() }
}

/// An error with a code.
fn error(status: u16, code: &str) -> Effect {
    Effect::Status { status, code: Some(code.to_owned()) }
}
