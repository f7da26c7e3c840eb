//! A fake of Amazon IVS RealTime: a server of its own on loopback that keeps stages, participants, compositions and the
//! rest, checks what it is sent by the same model that the client is made from, and answers as the service does.
//!
//! In a test it takes two lines, each test with a server of its own:
//!
//! ```
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let fake = tests::fake::Fake::start(Default::default()).await?;
//! let client = ivs_realtime::Client::from_conf(fake.config().build());
//! # client.create_stage().name("standup").send().await?;
//! # assert_eq!(fake.census()?.stages, 1);
//! # Ok(())
//! # }
//! # tokio::runtime::Runtime::new().unwrap().block_on(example()).unwrap();
//! ```
//!
//! `cargo run -p tests --bin fake-ivs-realtime` starts it by itself, for clients in any language.
//!
//! # The way of a request
//!
//! `server` reads it from the socket; `state` lets a fault have its way (`faults`), checks the signature (`auth`)
//! and the rate (`throttle`), finds the operation and its input (`routes`), holds that against the model
//! (`validation`) and runs the operation (`operations`) on the resources (`world`). What changed is in the state file
//! (`store`) before the answer is sent. Operations take and return the emitted types by serde. For a new operation add a
//! function below `operations/` and a line to its table; until then it is answered by 501 with its name.
//!
//! # What is not the service
//!
//! Media is not moved: participants join, publish and leave by [`Fake::join`] and the like, or by `POST /_fake/...`
//! (`admin`). Tokens are real JSON Web Tokens of a key pair of the server (`signer`). Time can be moved
//! ([`Fake::advance`]); compositions change their state by it alone, so that a test does not wait. The sizes of quotas are
//! settings and not those of an account.

mod admin;
mod answer;
mod auth;
mod clock;
mod failure;
mod faults;
mod operations;
mod paging;
mod routes;
mod server;
mod settings;
mod signer;
mod state;
mod store;
mod throttle;
mod validation;
mod world;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use ivs_realtime::config::retry::RetryPartition;
use ivs_realtime::config::{BehaviorVersion, Builder, Config, Credentials, Region};
use tokio::net::{TcpListener, TcpSocket};
use tokio::task::JoinHandle;

pub use self::admin::{Census, Joined};
pub use self::clock::Instant;
pub use self::failure::{Failure, Kind};
pub use self::faults::{Effect, Fault};
pub use self::settings::{ACCESS_KEY, Quotas, SECRET_KEY, Settings};
pub use self::state::Served;

use self::state::State;
use crate::client::plain_http;

/// A running server. It ends when this is dropped.
#[derive(Debug)]
pub struct Fake {
    state: Arc<State>,
    address: SocketAddr,
    task: JoinHandle<()>,
}

/// How many connections may wait to be accepted: thousands may be opened at once, and one that finds no place is opened a
/// second later.
const BACKLOG: u32 = 4096;

fn listen(port: u16) -> io::Result<TcpListener> {
    let socket = TcpSocket::new_v4()?;
    // As every listener does on Unix, so that a server can be started where one ended a moment ago.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind((Ipv4Addr::LOCALHOST, port).into())?;
    socket.listen(BACKLOG)
}

impl Drop for Fake {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Fake {
    /// Starts a server on loopback, in the runtime of the caller.
    ///
    /// # Errors
    /// When the port is taken, or the state file cannot be read.
    pub async fn start(settings: Settings) -> io::Result<Self> {
        let listener = listen(settings.port)?;
        let address = listener.local_addr()?;
        let state = Arc::new(State::new(settings).map_err(io::Error::other)?);
        let task = tokio::spawn(server::serve(listener, state.clone()));
        Ok(Self { state, address, task })
    }

    /// Where it listens, as `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The Region of its ARNs, for which requests must be signed.
    pub fn region(&self) -> &str {
        &self.state.settings.region
    }

    /// An access key with its secret that may call it; both empty where the settings have none.
    pub fn credentials(&self) -> (&str, &str) {
        self.state.settings.credentials.iter().next().map_or(("", ""), |(access, secret)| (access, secret))
    }

    /// The start of a configuration for a client of it.
    pub fn config(&self) -> Builder {
        let (access_key, secret_key) = self.credentials();
        Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(self.region().to_owned()))
            .credentials_provider(Credentials::new(access_key, secret_key, None, None, "fake"))
            .endpoint_url(self.url())
            .http_client(plain_http())
            // Servers of other tests may throttle, which must not use up the retries of this one.
            .retry_partition(RetryPartition::new(self.url()))
    }

    /// Somebody joins the stage of a token, whether it was made by the server or signed with an imported key.
    ///
    /// # Errors
    /// The token is not good, its stage is gone, or its participant is there already.
    pub fn join(&self, token: &str) -> Result<Joined, Failure> {
        self.state.join(token)
    }

    /// A participant leaves; with the last one the session ends.
    ///
    /// # Errors
    /// It is not there.
    pub fn leave(&self, who: &Joined) -> Result<(), Failure> {
        self.state.act(|call| operations::disconnect(call, &who.stage_arn, &who.participant_id))
    }

    /// A participant begins to publish.
    ///
    /// # Errors
    /// It is not there, or its token does not let it.
    pub fn publish(&self, who: &Joined) -> Result<(), Failure> {
        self.state.act(|call| operations::publish(call, &who.stage_arn, &who.participant_id, true))
    }

    /// A participant ends to publish.
    ///
    /// # Errors
    /// It is not there.
    pub fn unpublish(&self, who: &Joined) -> Result<(), Failure> {
        self.state.act(|call| operations::publish(call, &who.stage_arn, &who.participant_id, false))
    }

    /// A participant subscribes to another of its stage.
    ///
    /// # Errors
    /// One of them is not there, the other does not publish, or the token does not let it.
    pub fn subscribe(&self, who: &Joined, to: &Joined) -> Result<(), Failure> {
        let remote = &to.participant_id;
        self.state.act(|call| operations::subscribe(call, &who.stage_arn, &who.participant_id, remote, true))
    }

    /// An encoder connects with a stream key and publishes.
    ///
    /// # Errors
    /// No ingest configuration has the key, that has no stage, or the encoder is connected already.
    pub fn connect_encoder(&self, stream_key: &str) -> Result<Joined, Failure> {
        self.state.connect_encoder(stream_key)
    }

    /// A composition fails.
    ///
    /// # Errors
    /// There is none of that ARN, or it has ended.
    pub fn fail_composition(&self, arn: &str) -> Result<(), Failure> {
        self.state.fail_composition(arn)
    }

    /// The destinations of an active composition reconnect for some seconds.
    ///
    /// # Errors
    /// There is none of that ARN, or it is not active.
    pub fn reconnect_composition(&self, arn: &str, seconds: i64) -> Result<(), Failure> {
        self.state.reconnect_composition(arn, seconds)
    }

    /// Moves the clock of the server, back where `seconds` is negative.
    pub fn advance(&self, seconds: f64) {
        self.state.clock.advance(seconds);
    }

    /// Adds a fault; those added first come first.
    pub fn fault(&self, fault: Fault) {
        self.state.add_fault(fault);
    }

    /// Takes all faults away.
    pub fn clear_faults(&self) {
        self.state.clear_faults();
    }

    /// Limits an operation to so many calls per second; `None` lifts the limit.
    pub fn rate(&self, operation: &str, per_second: Option<f64>) {
        self.state.set_rate(operation, per_second);
    }

    /// How many resources there are.
    ///
    /// # Errors
    /// When the state file cannot be written.
    pub fn census(&self) -> Result<Census, Failure> {
        self.state.census()
    }

    /// The requests that reached it, in order, faults included.
    pub fn requests(&self) -> Vec<Served> {
        self.state.served()
    }

    /// Forgets all resources, faults and requests.
    ///
    /// # Errors
    /// When the state file cannot be written.
    pub fn reset(&self) -> Result<(), Failure> {
        self.state.reset()
    }
}
