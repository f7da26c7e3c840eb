//! Tokens for databases of Amazon RDS and Aurora, whose users
//! [sign in by IAM](https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html).

use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_types::region::Region;
use aws_types::sdk_config::SdkConfig;
use std::time::Duration;

use super::Unsigned;
use crate::BoxError;
use crate::percent::push_encoded;

pub use super::AuthToken;

/// For how long a token is good that says nothing of it, and the longest: 15 minutes.
const LONGEST: u64 = 900;

/// The region that is signed for where nothing says another.
static DEFAULT_REGION: Region = Region::from_static("us-east-1");

/// Makes the tokens with which a user of a database signs in.
///
/// A token is good for opening connections for 15 minutes at most; the connections last longer.
///
/// ```
/// use smithy_client_runtime::auth_token::rds::{AuthTokenGenerator, Config};
/// # use smithy_client_runtime::engine::aws_types::sdk_config::SdkConfig;
///
/// # async fn example(shared: &SdkConfig) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
/// let config = Config::builder()
///     .hostname("lobby.cjtx0gkz2pqr.eu-central-1.rds.amazonaws.com")
///     .port(5432)
///     .username("ada")
///     .build()?;
/// let password = AuthTokenGenerator::new(config).auth_token(shared).await?;
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

    /// Makes a token: with the credentials and for the region of its own configuration, else those of `config`, by whose
    /// clock it begins. Where neither has a region it is `us-east-1`.
    ///
    /// # Errors
    /// When there are no credentials, or they cannot be had; when the host is none.
    pub async fn auth_token(&self, config: &SdkConfig) -> Result<AuthToken, BoxError> {
        let Config { hostname, port, username, .. } = &self.config;
        let mut url = format!("{hostname}:{port}/?Action=connect&DBUser=");
        push_encoded(&mut url, username, false);
        let region = self.config.region().or(config.region()).unwrap_or(&DEFAULT_REGION);
        let unsigned = Unsigned {
            service: "rds-db",
            url,
            expires_in: Duration::from_secs(self.config.expires_in.unwrap_or(LONGEST).min(LONGEST)),
            credentials: self.config.credentials(),
            region: Some(region),
        };
        unsigned.token(config).await
    }
}

/// Whose tokens are made, and for which database.
#[derive(Clone, Debug)]
pub struct Config {
    credentials: Option<SharedCredentialsProvider>,
    hostname: String,
    port: u64,
    region: Option<Region>,
    username: String,
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

    /// The host of the database.
    pub fn hostname(&self) -> &str {
        &self.hostname
    }

    /// The port of the database.
    pub fn port(&self) -> u64 {
        self.port
    }

    /// The region of the database, if it is not that of the shared configuration.
    pub fn region(&self) -> Option<&Region> {
        self.region.as_ref()
    }

    /// The user of the database.
    pub fn username(&self) -> &str {
        &self.username
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
    port: Option<u64>,
    region: Option<Region>,
    username: Option<String>,
    expires_in: Option<u64>,
}

impl ConfigBuilder {
    /// The credentials that sign; without them those of the shared configuration.
    pub fn credentials(mut self, credentials: impl ProvideCredentials + 'static) -> Self {
        self.credentials = Some(SharedCredentialsProvider::new(credentials));
        self
    }

    /// The host of the database; it has to be said.
    pub fn hostname(mut self, hostname: impl Into<String>) -> Self {
        self.hostname = Some(hostname.into());
        self
    }

    /// The port of the database; it has to be said.
    pub fn port(mut self, port: u64) -> Self {
        self.port = Some(port);
        self
    }

    /// The region of the database; without it that of the shared configuration, else `us-east-1`.
    pub fn region(mut self, region: Region) -> Self {
        self.region = Some(region);
        self
    }

    /// The user of the database; it has to be said.
    pub fn username(mut self, username: impl Into<String>) -> Self {
        self.username = Some(username.into());
        self
    }

    /// For how many seconds a token is good: 900 at most, and where it is not said.
    pub fn expires_in(mut self, expires_in: u64) -> Self {
        self.expires_in = Some(expires_in);
        self
    }

    /// Makes the configuration.
    ///
    /// # Errors
    /// When host, port or user is missing.
    pub fn build(self) -> Result<Config, BoxError> {
        Ok(Config {
            credentials: self.credentials,
            hostname: self.hostname.ok_or("`hostname` is required")?,
            port: self.port.ok_or("`port` is required")?,
            region: self.region,
            username: self.username.ok_or("`username` is required")?,
            expires_in: self.expires_in,
        })
    }
}
