//! From when a presigned request is good, and for how long.

use std::fmt;
use std::time::{Duration, SystemTime};

/// The longest time for which a signature is good.
const ONE_WEEK: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// From when a presigned request is good, and for how long.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PresigningConfig {
    start_time: SystemTime,
    expires_in: Duration,
}

impl PresigningConfig {
    /// From now on, for a time. A request is good no longer than the credentials that sign it.
    ///
    /// # Errors
    /// When the time is longer than a week.
    pub fn expires_in(expires_in: Duration) -> Result<Self, PresigningConfigError> {
        Self::builder().expires_in(expires_in).build()
    }

    /// Begins a configuration.
    pub fn builder() -> PresigningConfigBuilder {
        PresigningConfigBuilder::default()
    }

    /// For how long it is good.
    pub fn expires(&self) -> Duration {
        self.expires_in
    }

    /// From when.
    pub fn start_time(&self) -> SystemTime {
        self.start_time
    }
}

/// Builds a [`PresigningConfig`].
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct PresigningConfigBuilder {
    start_time: Option<SystemTime>,
    expires_in: Option<Duration>,
}

impl PresigningConfigBuilder {
    /// From when the request is good; the time of [`build`](Self::build) where it is not said.
    pub fn start_time(mut self, start_time: SystemTime) -> Self {
        self.set_start_time(Some(start_time));
        self
    }

    /// From when the request is good, or nothing of it.
    pub fn set_start_time(&mut self, start_time: Option<SystemTime>) {
        self.start_time = start_time;
    }

    /// For how long the request is good, a week at most; it has to be said.
    pub fn expires_in(mut self, expires_in: Duration) -> Self {
        self.set_expires_in(Some(expires_in));
        self
    }

    /// For how long the request is good, or nothing of it.
    pub fn set_expires_in(&mut self, expires_in: Option<Duration>) {
        self.expires_in = expires_in;
    }

    /// Makes the configuration.
    ///
    /// # Errors
    /// When nothing says for how long, or it is longer than a week.
    pub fn build(self) -> Result<PresigningConfig, PresigningConfigError> {
        let expires_in = self.expires_in.ok_or(PresigningConfigError(Kind::Required))?;
        if expires_in > ONE_WEEK {
            return Err(PresigningConfigError(Kind::TooLong));
        }
        Ok(PresigningConfig { start_time: self.start_time.unwrap_or_else(SystemTime::now), expires_in })
    }
}

/// Why a [`PresigningConfig`] cannot be made.
#[derive(Debug)]
pub struct PresigningConfigError(Kind);

#[derive(Debug)]
enum Kind {
    Required,
    TooLong,
}

impl fmt::Display for PresigningConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Kind::Required => "`expires_in` is required",
            Kind::TooLong => "`expires_in` must be no longer than one week",
        })
    }
}

impl std::error::Error for PresigningConfigError {}
