//! What whoever starts the server decides.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use super::clock::{Clock, Instant};

/// The access key that the server knows unless it is told others.
pub const ACCESS_KEY: &str = "AKIAFAKEIVSREALTIME0";

/// The secret that belongs to [`ACCESS_KEY`]. It opens nothing but this server.
pub const SECRET_KEY: &str = "fake-secret-of-the-fake-ivs-realtime-server";

/// How a server behaves. [`Settings::default`] is a service without rate limits, with signatures checked, in memory.
pub struct Settings {
    /// The port on loopback; 0 for one that is free.
    pub port: u16,
    /// The Region that ARNs name and signatures must be for.
    pub region: String,
    /// The account that ARNs name: twelve digits.
    pub account: String,
    /// Whether requests must be signed by one of `credentials`.
    pub verify_signatures: bool,
    /// Access key ids with their secrets.
    pub credentials: BTreeMap<String, String>,
    /// The file that keeps the state across restarts; `None` for state in memory alone.
    pub state: Option<PathBuf>,
    /// Seconds that a composition spends in each of `STARTING` and `STOPPING`.
    pub composition_step_seconds: i64,
    /// Seconds without a participant after which a composition ends.
    pub idle_seconds: i64,
    /// Seconds for which a pagination token is good.
    pub page_token_seconds: i64,
    /// Calls per second for operations by name; an operation that is not named is not limited.
    pub rates: BTreeMap<String, f64>,
    /// How many resources of each kind there may be.
    pub quotas: Quotas,
    /// Where random ids start from; `None` for another start each time.
    pub seed: Option<u64>,
    /// The instant at which the clock stands still until it is advanced; `None` for a clock that goes.
    pub frozen_at: Option<Instant>,
    /// Print a line for each request to standard error.
    pub log: bool,
    /// How many requests are remembered for [`Fake::requests`](super::Fake::requests); those after them are not.
    pub remembered_requests: usize,
}

/// How many of each there may be at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotas {
    /// Stages.
    pub stages: usize,
    /// Compositions that have not ended.
    pub compositions: usize,
    /// Encoder configurations.
    pub encoder_configurations: usize,
    /// Storage configurations.
    pub storage_configurations: usize,
    /// Ingest configurations.
    pub ingest_configurations: usize,
    /// Public keys.
    pub public_keys: usize,
}

impl Default for Quotas {
    fn default() -> Self {
        Self {
            stages: 1000,
            compositions: 20,
            encoder_configurations: 20,
            storage_configurations: 20,
            ingest_configurations: 1000,
            public_keys: 3,
        }
    }
}

impl Quotas {
    /// Sets one by its name as in `--quota NAME=N`.
    ///
    /// # Errors
    /// A sentence with the names where there is none like it.
    pub fn set(&mut self, name: &str, limit: usize) -> Result<(), String> {
        let quota = match name {
            "stages" => &mut self.stages,
            "compositions" => &mut self.compositions,
            "encoder-configurations" => &mut self.encoder_configurations,
            "storage-configurations" => &mut self.storage_configurations,
            "ingest-configurations" => &mut self.ingest_configurations,
            "public-keys" => &mut self.public_keys,
            _ => {
                return Err(format!(
                    "there is no quota {name:?}; there are stages, compositions, encoder-configurations, \
                     storage-configurations, ingest-configurations and public-keys"
                ));
            }
        };
        *quota = limit;
        Ok(())
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            port: 0,
            region: "us-east-1".to_owned(),
            account: "123456789012".to_owned(),
            verify_signatures: true,
            credentials: BTreeMap::from([(ACCESS_KEY.to_owned(), SECRET_KEY.to_owned())]),
            state: None,
            composition_step_seconds: 2,
            idle_seconds: 60,
            page_token_seconds: 3600,
            rates: BTreeMap::new(),
            quotas: Quotas::default(),
            seed: None,
            frozen_at: None,
            log: false,
            remembered_requests: 100_000,
        }
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("region", &self.region)
            .field("account", &self.account)
            .field("verify_signatures", &self.verify_signatures)
            .field("access_keys", &self.credentials.keys())
            .field("state", &self.state)
            .field("rates", &self.rates)
            .field("quotas", &self.quotas)
            .finish_non_exhaustive()
    }
}

impl Settings {
    /// The clock that they ask for.
    pub(super) fn clock(&self) -> Clock {
        self.frozen_at.map_or_else(Clock::default, Clock::frozen_at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_tells_who_may_call_and_no_secret() {
        let text = format!("{:?}", Settings::default());
        assert!(text.contains(ACCESS_KEY) && !text.contains(SECRET_KEY), "{text}");
    }
}
