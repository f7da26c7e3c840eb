//! Idempotency tokens for members that carry `smithy.api#idempotencyToken`.

use aws_smithy_types::config_bag::{Storable, StoreReplace};
use std::sync::Mutex;

/// Makes a token for each call whose caller gave none.
#[derive(Debug)]
pub struct IdempotencyTokenProvider {
    inner: Source,
}

#[derive(Debug)]
enum Source {
    Static(&'static str),
    Random(Mutex<fastrand::Rng>),
}

impl IdempotencyTokenProvider {
    /// Random UUIDs, the default.
    pub fn random() -> Self {
        Self { inner: Source::Random(Mutex::new(fastrand::Rng::new())) }
    }

    /// UUIDs from a seed, the same in every run, for tests.
    pub fn with_seed(seed: u64) -> Self {
        Self { inner: Source::Random(Mutex::new(fastrand::Rng::with_seed(seed))) }
    }

    /// Always the same token, for tests.
    pub fn fixed(token: &'static str) -> Self {
        Self { inner: Source::Static(token) }
    }

    /// A token: the fixed one, or a version 4 UUID (RFC 9562).
    pub fn make_idempotency_token(&self) -> String {
        match &self.inner {
            Source::Static(token) => (*token).to_owned(),
            Source::Random(generator) => {
                let mut generator = generator.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                uuid_v4(generator.u128(..))
            }
        }
    }
}

/// Writes 122 random bits as a UUID of version 4, variant 10.
fn uuid_v4(random: u128) -> String {
    const VERSION: u128 = 0xf << 76;
    const VARIANT: u128 = 0b11 << 62;
    let bits = random & !VERSION & !VARIANT | 4 << 76 | 0b10 << 62;
    let hex = format!("{bits:032x}");
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

/// A clone of a random provider draws its own numbers.
impl Clone for IdempotencyTokenProvider {
    fn clone(&self) -> Self {
        match self.inner {
            Source::Static(token) => Self::fixed(token),
            Source::Random(_) => Self::random(),
        }
    }
}

impl From<&'static str> for IdempotencyTokenProvider {
    fn from(token: &'static str) -> Self {
        Self::fixed(token)
    }
}

impl Storable for IdempotencyTokenProvider {
    type Storer = StoreReplace<Self>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_tokens_are_version_4_uuids() {
        assert_eq!(uuid_v4(0), "00000000-0000-4000-8000-000000000000");
        assert_eq!(uuid_v4(u128::MAX), "ffffffff-ffff-4fff-bfff-ffffffffffff");
    }

    #[test]
    fn every_call_gets_another_token() {
        let provider = IdempotencyTokenProvider::random();
        assert_ne!(provider.make_idempotency_token(), provider.make_idempotency_token());
    }

    #[test]
    fn seeded_providers_repeat_themselves() {
        let tokens = || IdempotencyTokenProvider::with_seed(7).make_idempotency_token();
        assert_eq!(tokens(), tokens());
    }

    #[test]
    fn fixed_providers_survive_cloning() {
        assert_eq!(IdempotencyTokenProvider::from("t").clone().make_idempotency_token(), "t");
    }
}
