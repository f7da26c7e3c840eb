//! A client of each crate, configured alike.

use std::time::{Duration, SystemTime};

use aws_sdk_ivsrealtime::config::retry::{RetryConfig, RetryPartition};
use aws_sdk_ivsrealtime::config::timeout::TimeoutConfig;
use aws_sdk_ivsrealtime::config::{BehaviorVersion, Region, SharedHttpClient};
use aws_smithy_async::time::StaticTimeSource;
use tests::client::{IDEMPOTENCY_TOKEN, SIGNER, credentials, plain_http};

/// What both clients of a comparison are given.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// Where the server listens.
    pub(crate) url: String,
    /// How often and how patiently a call is tried.
    pub(crate) retries: RetryConfig,
    /// How long a call may take.
    pub(crate) timeouts: TimeoutConfig,
}

impl Settings {
    /// For the server at `url`: three attempts without pauses between them, and no timeouts but the defaults.
    pub(crate) fn new(url: String) -> Self {
        let retries = RetryConfig::standard().with_initial_backoff(Duration::ZERO).with_max_backoff(Duration::ZERO);
        Self { url, retries, timeouts: TimeoutConfig::builder().build() }
    }
}

macro_rules! client {
    ($(#[$about:meta])* $name:ident $sdk:ident) => {
        $(#[$about])*
        pub(crate) fn $name(settings: &Settings, http: &SharedHttpClient, partition: &str) -> $sdk::Client {
            let config = $sdk::Config::builder()
                .behavior_version(BehaviorVersion::latest())
                .region(Region::new(SIGNER.region))
                .credentials_provider(credentials())
                .endpoint_url(&settings.url)
                .http_client(http.clone())
                .idempotency_token_provider(IDEMPOTENCY_TOKEN)
                // A fixed clock makes everything about a request but its invocation id predictable.
                .time_source(StaticTimeSource::new(SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000)))
                .retry_config(settings.retries.clone())
                .timeout_config(settings.timeouts.clone())
                // Quotas for retries are shared by all clients of a process whose partition has one name.
                .retry_partition(RetryPartition::new(format!("{}-{partition}", stringify!($sdk))))
                .build();
            $sdk::Client::from_conf(config)
        }
    };
}

client! {
    /// The client of AWS's crate.
    official aws_sdk_ivsrealtime
}

client! {
    /// The client of the emitted crate.
    ours ivs_realtime
}

/// The connections of each side: one pool for all of its calls in a comparison.
#[derive(Clone, Debug)]
pub(crate) struct Connections {
    /// Of AWS's crate.
    pub(crate) official: SharedHttpClient,
    /// Of the emitted crate.
    pub(crate) ours: SharedHttpClient,
}

impl Connections {
    /// Two empty pools.
    pub(crate) fn new() -> Self {
        Self { official: plain_http(), ours: plain_http() }
    }
}
