//! The time by which the server lives: the system's, moved by whoever tests.

use std::sync::Mutex;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ivs_realtime::primitives::DateTime;
use serde::{Deserialize, Serialize};

/// An instant, in milliseconds since the Unix epoch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Instant(pub i64);

impl Instant {
    /// The instant `seconds` later.
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1000)))
    }

    /// Whole seconds since the Unix epoch.
    pub fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// As the emitted types hold it.
    pub fn date_time(self) -> DateTime {
        DateTime::from_millis(self.0)
    }

    /// As the system has it.
    pub fn system(self) -> SystemTime {
        UNIX_EPOCH + Duration::from_millis(u64::try_from(self.0).unwrap_or_default())
    }
}

/// A clock that goes with the system's, ahead of it by what it was advanced.
#[derive(Debug, Default)]
pub(super) struct Clock {
    state: Mutex<State>,
}

#[derive(Clone, Copy, Debug, Default)]
struct State {
    /// Milliseconds by which the clock is ahead of the system's.
    ahead: i64,
    /// The instant at which it stands still; `None` while it goes.
    frozen: Option<Instant>,
}

impl Clock {
    /// A clock that stands still at `instant` until it is advanced.
    pub(super) fn frozen_at(instant: Instant) -> Self {
        Self { state: Mutex::new(State { ahead: 0, frozen: Some(instant) }) }
    }

    /// What it shows.
    pub(super) fn now(&self) -> Instant {
        let state = *self.lock();
        state.frozen.unwrap_or_else(|| Instant(system_now().saturating_add(state.ahead)))
    }

    /// Moves it forward, or back where `seconds` is negative.
    pub(super) fn advance(&self, seconds: f64) {
        // Beyond the range of the type the cast saturates.
        let step = (seconds * 1000.0).round() as i64;
        let mut state = self.lock();
        match &mut state.frozen {
            Some(instant) => instant.0 = instant.0.saturating_add(step),
            None => state.ahead = state.ahead.saturating_add(step),
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

fn system_now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frozen_clock_moves_only_when_it_is_told_to() {
        let clock = Clock::frozen_at(Instant(1_000));
        assert_eq!(clock.now(), Instant(1_000));
        clock.advance(1.5);
        assert_eq!(clock.now(), Instant(2_500));
        clock.advance(-2.5);
        assert_eq!(clock.now(), Instant(0));
    }
}
