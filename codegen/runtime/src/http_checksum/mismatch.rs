//! The error of a response with another checksum than it says.

use aws_smithy_types::base64;
use std::fmt;

use super::algorithm::Algorithm;

/// A response was read whose checksum is another one than it said: bytes of it were changed on the way, or are missing.
///
/// It is the source of the error with which a stream ends, or of the failure of the call where the output has none.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ChecksumMismatch {
    algorithm: Algorithm,
    expected: String,
    actual: String,
}

impl ChecksumMismatch {
    pub(super) fn new(algorithm: Algorithm, expected: &[u8], actual: &[u8]) -> Self {
        Self { algorithm, expected: base64::encode(expected), actual: base64::encode(actual) }
    }

    /// The algorithm of both.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The checksum that the response says, in base64.
    pub fn expected(&self) -> &str {
        &self.expected
    }

    /// That of what was read, in base64.
    pub fn actual(&self) -> &str {
        &self.actual
    }
}

impl fmt::Display for ChecksumMismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { algorithm, expected, actual } = self;
        write!(f, "the body has the {} {actual}, and the response says {expected}", algorithm.name())
    }
}

impl std::error::Error for ChecksumMismatch {}
