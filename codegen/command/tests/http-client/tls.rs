//! Speaks of aws-lc as AWS's crate of HTTP clients does.

/// Where cryptography is from.
pub enum Mode {
    /// From ring.
    Ring,
    /// From aws-lc.
    AwsLc,
}

impl Mode {
    fn provider(self) -> rustls::crypto::CryptoProvider {
        match self {
            Self::Ring => rustls::crypto::ring::default_provider(),
            Self::AwsLc => rustls::crypto::aws_lc_rs::default_provider(),
        }
    }
}
