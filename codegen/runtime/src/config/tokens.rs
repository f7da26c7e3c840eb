//! Bearer tokens, and regions of signatures: settings of services that take more than signatures of one region.

use aws_credential_types::Token;
use aws_credential_types::credential_feature::AwsCredentialFeature;
use aws_credential_types::provider::token::SharedTokenProvider;
use aws_smithy_runtime_api::client::auth::http::HTTP_BEARER_AUTH_SCHEME_ID;
use aws_smithy_runtime_api::client::identity::{Identity, SharedIdentityResolver};
use aws_smithy_types::config_bag::Layer;
use aws_types::region::SigningRegionSet;
use aws_types::sdk_config::SdkConfig;

use super::{BuiltSettings, Settings, outside};
use crate::service::{Auth, Scheme, ServiceFacts};

impl Settings {
    /// Whose tokens calls have; `None` changes nothing.
    pub fn set_token_provider(&mut self, provider: Option<SharedTokenProvider>) {
        if let Some(provider) = provider {
            self.set_bearer_token_resolver(SharedIdentityResolver::new(provider));
        }
    }

    /// What gives the tokens that calls have.
    pub fn set_bearer_token_resolver(&mut self, resolver: SharedIdentityResolver) {
        self.components.set_identity_resolver(HTTP_BEARER_AUTH_SCHEME_ID, resolver);
    }

    /// The regions that signatures of several are for, instead of what the endpoint says, or the configuration.
    pub fn set_sigv4a_signing_region_set(&mut self, regions: Option<SigningRegionSet>) {
        self.set(regions);
    }

    /// What `aws-config` has loaded of these settings, for a service whose callers authenticate so.
    pub(super) fn take_tokens_and_regions(&mut self, config: &SdkConfig, facts: &ServiceFacts, auth: Auth) {
        if auth.schemes.contains(&Scheme::SigV4a) {
            self.set_sigv4a_signing_region_set(config.sigv4a_signing_region_set().cloned());
        }
        if auth.schemes.contains(&Scheme::HttpBearer) {
            self.set_token_provider(config.token_provider());
            if let Some(token) = facts.signing_name.and_then(|name| token_of_environment(config, name)) {
                self.prefer(token, config);
            }
        }
    }

    /// Has calls use a token of the environment, where the program decides nothing else.
    fn prefer(&mut self, token: String, config: &SdkConfig) {
        if !config.get_origin("auth_scheme_preference").is_client_config() {
            self.set_auth_scheme_preference(Some([HTTP_BEARER_AUTH_SCHEME_ID].into()));
        }
        if !config.get_origin("token_provider").is_client_config() {
            // The user agent tells where the token is from.
            let mut marks = Layer::new("TokenOfEnvironment");
            marks.store_append(AwsCredentialFeature::BearerServiceEnvVars);
            let identity = Identity::builder().data(Token::new(token, None)).property(marks.freeze()).build();
            self.set_bearer_token_resolver(SharedIdentityResolver::new(identity.expect("the data is set")));
        }
    }
}

impl BuiltSettings {
    /// The regions that signatures of several are for, if they were set.
    pub fn sigv4a_signing_region_set(&self) -> Option<&SigningRegionSet> {
        self.0.values.load::<SigningRegionSet>()
    }
}

/// The token of `AWS_BEARER_TOKEN_<NAME>` when the configuration was loaded, for the name that a service signs for.
fn token_of_environment(config: &SdkConfig, signing_name: &str) -> Option<String> {
    let service = signing_name.replace('-', " ");
    // Profiles hold no such tokens.
    outside(config, &service, "AWS_BEARER_TOKEN", "")
}
