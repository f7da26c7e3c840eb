//! Where the show takes place: a fake started for it, or what the environment leads to.

use std::collections::BTreeMap;
use std::io;
use std::time::Duration;

use ivs_realtime::config::timeout::TimeoutConfig;
use ivs_realtime::{Client, config};
use tests::fake::{Fake, Settings};

/// A channel for the fake, which has no list of them.
const CHANNEL: &str = "arn:aws:ivs:us-east-1:123456789012:channel/LiveShow";

/// Calls per second that a fake started here allows of the operation that is called in a burst.
const RATE: f64 = 10.0;

/// What the command line asks for.
#[derive(Debug, Default)]
pub(crate) struct Arguments {
    live: bool,
    bucket: Option<String>,
    channel: Option<String>,
}

impl Arguments {
    /// Reads the arguments; `None` for `--help`.
    ///
    /// # Errors
    /// A sentence where an option is unknown, lacks its value, or another option.
    pub(crate) fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Option<Self>, String> {
        let mut parsed = Self::default();
        while let Some(option) = arguments.next() {
            let mut value = || arguments.next().ok_or_else(|| format!("{option} wants a value"));
            match option.as_str() {
                "--help" | "-h" => return Ok(None),
                "--live" => parsed.live = true,
                "--bucket" => parsed.bucket = Some(value()?),
                "--channel" => parsed.channel = Some(value()?),
                _ => return Err(format!("there is no option {option}")),
            }
        }
        match parsed.live && parsed.bucket.is_none() {
            true => Err("--live needs --bucket".to_owned()),
            false => Ok(Some(parsed)),
        }
    }
}

/// The service, and what the show uses of other services.
#[derive(Debug)]
pub(crate) struct Venue {
    /// A client of the service.
    pub(crate) client: Client,
    /// The fake, where it was started here; then participants can join.
    pub(crate) fake: Option<Fake>,
    /// The bucket to record to.
    pub(crate) bucket: String,
    /// The channel to broadcast to.
    pub(crate) channel: Option<String>,
}

impl Venue {
    /// Starts the fake, or reads the configuration.
    ///
    /// # Errors
    /// The fake finds no port.
    pub(crate) async fn open(arguments: Arguments) -> io::Result<Self> {
        let bucket = arguments.bucket.unwrap_or_else(|| "live-show-recordings".to_owned());
        // Ctrl-c is heeded between calls, so none may take long.
        let timeouts = TimeoutConfig::builder().operation_timeout(Duration::from_secs(30)).build();
        if arguments.live {
            let shared = config::load_from_env().await;
            let client = Client::from_conf(config::Builder::from(&shared).timeout_config(timeouts).build());
            return Ok(Self { client, fake: None, bucket, channel: arguments.channel });
        }
        let rates = BTreeMap::from([(super::show::BURST_OPERATION.to_owned(), RATE)]);
        let fake = Fake::start(Settings { rates, composition_step_seconds: 1, ..Settings::default() }).await?;
        let client = Client::from_conf(fake.config().timeout_config(timeouts).build());
        let channel = Some(arguments.channel.unwrap_or_else(|| CHANNEL.to_owned()));
        Ok(Self { client, fake: Some(fake), bucket, channel })
    }
}
