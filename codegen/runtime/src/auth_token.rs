//! Tokens with which users of databases sign in instead of passwords: a URL that is signed and never sent, without its
//! scheme.
//!
//! What a token is about differs from service to service, and so do the modules here. Emitted crates have one of them as
//! `auth_token`.

use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_sigv4::http_request::{SignableBody, SignableRequest, SignatureLocation, SigningSettings, sign};
use aws_sigv4::sign::v4::SigningParams;
use aws_smithy_runtime_api::client::identity::Identity;
use aws_types::region::Region;
use aws_types::sdk_config::SdkConfig;
use std::fmt;
use std::time::Duration;

use crate::BoxError;
use crate::percent::push_encoded;
use crate::shape::REDACTED;

pub mod dsql;
pub mod rds;
#[cfg(test)]
mod tests;

/// A token with which a user of a database signs in: give it where the password goes.
///
/// It is as good as a password for as long as it is valid, so that `Debug` does not show it. `Display` does.
#[derive(Clone, PartialEq, Eq)]
pub struct AuthToken(String);

impl AuthToken {
    /// The token.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AuthToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for AuthToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("AuthToken").field(&REDACTED).finish()
    }
}

/// What is signed, and by whom.
struct Unsigned<'a> {
    /// The name in the scope of the signature.
    service: &'static str,
    /// What is signed, without its scheme.
    url: String,
    expires_in: Duration,
    credentials: Option<SharedCredentialsProvider>,
    region: Option<&'a Region>,
}

impl Unsigned<'_> {
    /// Signs by the credentials and for the region that were given, else by those of the configuration.
    ///
    /// # Errors
    /// When there are no credentials or no region, or the URL is none.
    async fn token(self, config: &SdkConfig) -> Result<AuthToken, BoxError> {
        let provider = self.credentials.or_else(|| config.credentials_provider());
        let provider = provider.ok_or("a token is signed, and there are no credentials to sign it with")?;
        let identity: Identity = provider.provide_credentials().await?.into();
        let region = self.region.or(config.region()).ok_or("a token is signed for a region, and there is none")?;

        let mut settings = SigningSettings::default();
        settings.expires_in = Some(self.expires_in);
        settings.signature_location = SignatureLocation::QueryParams;
        let params = SigningParams::builder()
            .identity(&identity)
            .region(region.as_ref())
            .name(self.service)
            .time(config.time_source().unwrap_or_default().now())
            .settings(settings)
            .build()?;
        let url = format!("https://{}", self.url);
        let request = SignableRequest::new("GET", &url, std::iter::empty(), SignableBody::empty())?;
        let (instructions, _) = sign(request, &params.into())?.into_parts();

        let mut token = self.url;
        for (name, value) in instructions.params() {
            token.push('&');
            token.push_str(name);
            token.push('=');
            push_encoded(&mut token, value, false);
        }
        Ok(AuthToken(token))
    }
}
