//! What a configuration tells of itself.

use aws_runtime::invocation_id::SharedInvocationIdGenerator;
use aws_runtime::service_clock_skew::DisableClockSkewCorrection;
use aws_runtime::user_agent::ApiMetadata;
use aws_smithy_async::rt::sleep::SharedAsyncSleep;
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_runtime::client::retries::RetryPartition;
use aws_smithy_runtime_api::client::auth::{AuthSchemePreference, SharedAuthScheme, SharedAuthSchemeOptionResolver};
use aws_smithy_runtime_api::client::endpoint::SharedEndpointResolver;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_runtime_api::client::identity::SharedIdentityCache;
use aws_smithy_runtime_api::client::interceptors::SharedInterceptor;
use aws_smithy_runtime_api::client::retries::classifiers::SharedRetryClassifier;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::config_bag::{FrozenLayer, Layer};
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::SigningName;
use aws_types::app_name::AppName;
use aws_types::region::{Region, SigningRegion};
use aws_types::sdk_ua_metadata::FrameworkMetadata;
use std::fmt;
use std::sync::Arc;

use super::settings::Settings;
use crate::service::ServiceFacts;

/// The settings of a configuration that is built, as [`Settings::build`] completed them.
///
/// Each getter is what the method of the same name returns of the `Config` of an emitted crate. Of what was not set it
/// is `None`, or empty; defaults of the engine are not told.
///
/// Cheap to clone: a client and its calls hold the same one.
pub struct BuiltSettings(pub(crate) Arc<Built>);

/// What the clones of a configuration share.
pub(crate) struct Built {
    pub(crate) values: FrozenLayer,
    pub(super) settings: Settings,
}

impl Clone for BuiltSettings {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

/// As the configuration of AWS's own crates shows itself: that of an emitted crate is nothing but this.
impl fmt::Debug for BuiltSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("config", &self.0.values)
            .field("cloneable", &self.0.settings.values)
            .field("runtime_components", &self.0.settings.components)
            .field("runtime_plugins", &self.0.settings.plugins)
            .field("behavior_version", &self.0.settings.behavior_version)
            .finish()
    }
}

impl Settings {
    /// Completes the settings: with names of the service in the user agent and in signatures, with the region that is
    /// signed for, and, where none is set, with the clock of the system.
    ///
    /// `name` is the path of the configuration's type, which Debug output of the engine shows.
    pub fn build(mut self, facts: &'static ServiceFacts, name: &'static str) -> BuiltSettings {
        if self.components.time_source().is_none() {
            self.set_time_source(Some(SharedTimeSource::default()));
        }
        self.values.store_put(ApiMetadata::new(facts.api_name, facts.version));
        if let Some(name) = facts.signing_name {
            self.values.store_put(SigningName::from_static(name));
        }
        if let Some(region) = self.values.load::<Region>().cloned() {
            self.values.store_put(SigningRegion::from(region));
        }
        let values = Layer::from(self.values.clone()).with_name(name).freeze();
        BuiltSettings(Arc::new(Built { values, settings: self }))
    }
}

impl BuiltSettings {
    /// The settings to change some of them, for a configuration that begins with this one.
    pub fn to_settings(&self) -> Settings {
        self.0.settings.clone()
    }

    /// The region.
    pub fn region(&self) -> Option<&Region> {
        self.0.values.load::<Region>()
    }

    /// What finds endpoints instead of the rules of the service.
    pub fn endpoint_resolver(&self) -> Option<SharedEndpointResolver> {
        self.0.settings.components.endpoint_resolver()
    }

    /// Where credentials are kept between calls.
    pub fn identity_cache(&self) -> Option<SharedIdentityCache> {
        self.0.settings.components.identity_cache()
    }

    /// The auth schemes that were added.
    pub fn auth_schemes(&self) -> impl Iterator<Item = SharedAuthScheme> + '_ {
        self.0.settings.components.auth_schemes()
    }

    /// What chooses among auth schemes.
    pub fn auth_scheme_resolver(&self) -> Option<SharedAuthSchemeOptionResolver> {
        self.0.settings.components.auth_scheme_option_resolver()
    }

    /// The order in which auth schemes are tried.
    pub fn auth_scheme_preference(&self) -> Option<&AuthSchemePreference> {
        self.0.values.load::<AuthSchemePreference>()
    }

    /// The name of the application in the user agent.
    pub fn app_name(&self) -> Option<&AppName> {
        self.0.values.load::<AppName>()
    }

    /// The frameworks in the user agent, in the order in which they were added.
    pub fn framework_metadata(&self) -> Vec<&FrameworkMetadata> {
        let mut newest_first: Vec<_> = self.0.values.load::<FrameworkMetadata>().collect();
        newest_first.reverse();
        newest_first
    }

    /// What makes the ids that mark all attempts of a call.
    pub fn invocation_id_generator(&self) -> Option<SharedInvocationIdGenerator> {
        self.0.values.load::<SharedInvocationIdGenerator>().cloned()
    }

    /// What sends requests.
    pub fn http_client(&self) -> Option<SharedHttpClient> {
        self.0.settings.components.http_client()
    }

    /// How the client waits.
    pub fn sleep_impl(&self) -> Option<SharedAsyncSleep> {
        self.0.settings.components.sleep_impl()
    }

    /// The clock.
    pub fn time_source(&self) -> Option<SharedTimeSource> {
        self.0.settings.components.time_source()
    }

    /// Whether the correction of clock skew is off.
    pub fn disable_clock_skew_correction(&self) -> Option<bool> {
        self.0.values.load::<DisableClockSkewCorrection>().map(|setting| setting.is_disabled())
    }

    /// How often and how patiently calls are retried.
    pub fn retry_config(&self) -> Option<&RetryConfig> {
        self.0.values.load::<RetryConfig>()
    }

    /// The partition whose retry budget calls share.
    pub fn retry_partition(&self) -> Option<&RetryPartition> {
        self.0.values.load::<RetryPartition>()
    }

    /// The time limits of calls.
    pub fn timeout_config(&self) -> Option<&TimeoutConfig> {
        self.0.values.load::<TimeoutConfig>()
    }

    /// When streams that stall are given up.
    pub fn stalled_stream_protection(&self) -> Option<&StalledStreamProtectionConfig> {
        self.0.values.load::<StalledStreamProtectionConfig>()
    }

    /// The retry classifiers that were added.
    pub fn retry_classifiers(&self) -> impl Iterator<Item = SharedRetryClassifier> + '_ {
        self.0.settings.components.retry_classifiers()
    }

    /// The interceptors that were added.
    pub fn interceptors(&self) -> impl Iterator<Item = SharedInterceptor> + '_ {
        self.0.settings.components.interceptors()
    }
}
