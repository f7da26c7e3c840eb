//! Limits on how often operations are called.

use std::collections::{BTreeMap, HashMap};

use super::clock::Instant;
use super::failure::{Failure, Kind};

/// A bucket of calls for each operation that has a rate: it fills with time, holds a second's worth and at least one.
#[derive(Debug, Default)]
pub(super) struct Throttle {
    rates: BTreeMap<String, f64>,
    buckets: HashMap<String, (f64, Instant)>,
}

impl Throttle {
    /// Rates in calls per second, by operation.
    pub(super) fn new(rates: BTreeMap<String, f64>) -> Self {
        Self { rates, buckets: HashMap::new() }
    }

    /// Sets the rate of an operation; `None` takes it away.
    pub(super) fn set(&mut self, operation: &str, rate: Option<f64>) {
        self.buckets.remove(operation);
        match rate {
            Some(rate) => self.rates.insert(operation.to_owned(), rate),
            None => self.rates.remove(operation),
        };
    }

    /// Takes a call out of the bucket of an operation.
    ///
    /// # Errors
    /// `ThrottlingException` where it is empty.
    pub(super) fn take(&mut self, operation: &str, now: Instant) -> Result<(), Failure> {
        let Some(&rate) = self.rates.get(operation) else { return Ok(()) };
        let size = rate.max(1.0);
        let (level, at) = self.buckets.get(operation).copied().unwrap_or((size, now));
        let seconds = (now.0 - at.0).max(0) as f64 / 1000.0;
        let level = (level + seconds * rate).min(size);
        let (left, result) = match level >= 1.0 {
            true => (level - 1.0, Ok(())),
            false => (level, Err(Failure::new(Kind::Throttling, format!("{operation}: rate exceeded")))),
        };
        self.buckets.insert(operation.to_owned(), (left, now));
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_holds_a_second_and_fills_with_time() {
        let mut throttle = Throttle::new(BTreeMap::from([("ListStages".to_owned(), 2.0)]));
        let mut at = |millis| throttle.take("ListStages", Instant(millis)).is_ok();
        assert_eq!([at(0), at(0), at(0), at(400), at(500), at(500)], [true, true, false, false, true, false]);
        assert!(throttle.take("CreateStage", Instant(0)).is_ok());
    }
}
