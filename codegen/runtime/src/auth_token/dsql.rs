//! Tokens for clusters of Amazon Aurora DSQL, which
//! [know no other way to sign in](https://docs.aws.amazon.com/aurora-dsql/latest/userguide/SECTION_authentication-token.html).

use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_types::region::Region;
use aws_types::sdk_config::SdkConfig;
use std::time::Duration;

use super::Unsigned;
use crate::BoxError;

pub use super::AuthToken;

/// For how long a token is good that says nothing of it: 15 minutes.
const USUAL: u64 = 900;

/// Makes the tokens with which users of a cluster sign in.
///
/// ```
/// use smithy_client_runtime::auth_token::dsql::{AuthTokenGenerator, Config};
/// # use smithy_client_runtime::engine::aws_types::sdk_config::SdkConfig;
///
/// # async fn example(shared: &SdkConfig) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
/// let config = Config::builder().hostname("4iabtwnq2jpyd5v3mxl6shzucy.dsql.eu-west-1.on.aws").build()?;
/// let password = AuthTokenGenerator::new(config).db_connect_auth_token(shared).await?;
/// # let _ = password.as_str();
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct AuthTokenGenerator {
    config: Config,
}

impl AuthTokenGenerator {
    /// Makes tokens of this configuration.
    pub fn new(config: Config) -> Self {
        Self { config }
    }

    /// Makes a token for users whom the database has: with the credentials and for the region of its own configuration, else
    /// those of `config`, by whose clock it begins.
    ///
    /// # Errors
    /// When there are no credentials, or they cannot be had; when there is no region; when the host is none.
    pub async fn db_connect_auth_token(&self, config: &SdkConfig) -> Result<AuthToken, BoxError> {
        self.token("DbConnect", config).await
    }

    /// Makes a token for the user `admin`, as [`Self::db_connect_auth_token`] for others.
    ///
    /// # Errors
    /// As for others.
    pub async fn db_connect_admin_auth_token(&self, config: &SdkConfig) -> Result<AuthToken, BoxError> {
        self.token("DbConnectAdmin", config).await
    }

    async fn token(&self, action: &str, config: &SdkConfig) -> Result<AuthToken, BoxError> {
        let unsigned = Unsigned {
            service: "dsql",
            url: format!("{}/?Action={action}", self.config.hostname),
            expires_in: Duration::from_secs(self.config.expires_in.unwrap_or(USUAL)),
            credentials: self.config.credentials(),
            region: self.config.region(),
        };
        unsigned.token(config).await
    }
}

/// For which cluster tokens are made.
#[derive(Clone, Debug)]
pub struct Config {
    credentials: Option<SharedCredentialsProvider>,
    hostname: String,
    region: Option<Region>,
    expires_in: Option<u64>,
}

impl Config {
    /// Begins a configuration.
    pub fn builder() -> ConfigBuilder {
        ConfigBuilder::default()
    }

    /// The credentials that sign, if they are not those of the shared configuration.
    pub fn credentials(&self) -> Option<SharedCredentialsProvider> {
        self.credentials.clone()
    }

    /// The host of the cluster.
    pub fn hostname(&self) -> &str {
        &self.hostname
    }

    /// The region of the cluster, if it is not that of the shared configuration.
    pub fn region(&self) -> Option<&Region> {
        self.region.as_ref()
    }

    /// For how many seconds a token is good, if that was said.
    pub fn expires_in(&self) -> Option<u64> {
        self.expires_in
    }
}

/// Builds a [`Config`].
#[derive(Debug, Default)]
pub struct ConfigBuilder {
    credentials: Option<SharedCredentialsProvider>,
    hostname: Option<String>,
    region: Option<Region>,
    expires_in: Option<u64>,
}

impl ConfigBuilder {
    /// The credentials that sign; without them those of the shared configuration.
    pub fn credentials(mut self, credentials: impl ProvideCredentials + 'static) -> Self {
        self.credentials = Some(SharedCredentialsProvider::new(credentials));
        self
    }

    /// The host of the cluster; it has to be said.
    pub fn hostname(mut self, hostname: impl Into<String>) -> Self {
        self.hostname = Some(hostname.into());
        self
    }

    /// The region of the cluster; without it that of the shared configuration.
    pub fn region(mut self, region: Region) -> Self {
        self.region = Some(region);
        self
    }

    /// For how many seconds a token is good; 900 where it is not said. A week is the longest that signatures know.
    pub fn expires_in(mut self, expires_in: u64) -> Self {
        self.expires_in = Some(expires_in);
        self
    }

    /// Makes the configuration.
    ///
    /// # Errors
    /// When the host is missing.
    pub fn build(self) -> Result<Config, BoxError> {
        Ok(Config {
            credentials: self.credentials,
            hostname: self.hostname.ok_or("`hostname` is required")?,
            region: self.region,
            expires_in: self.expires_in,
        })
    }
}
