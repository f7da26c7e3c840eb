//! What the builder of a configuration collects.

use aws_credential_types::provider::SharedCredentialsProvider;
use aws_runtime::auth::sigv4::SCHEME_ID;
use aws_runtime::invocation_id::SharedInvocationIdGenerator;
use aws_runtime::service_clock_skew::DisableClockSkewCorrection;
use aws_smithy_async::rt::sleep::SharedAsyncSleep;
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_runtime::client::auth::no_auth::NoAuthRuntimePluginV2;
use aws_smithy_runtime::client::retries::RetryPartition;
use aws_smithy_runtime_api::client::auth::{AuthSchemePreference, SharedAuthScheme, SharedAuthSchemeOptionResolver};
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::endpoint::SharedEndpointResolver;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_runtime_api::client::identity::ResolveCachedIdentity;
use aws_smithy_runtime_api::client::interceptors::SharedInterceptor;
use aws_smithy_runtime_api::client::retries::classifiers::SharedRetryClassifier;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_runtime_api::client::runtime_plugin::SharedRuntimePlugin;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::config_bag::{CloneableLayer, Storable, StoreReplace};
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::telemetry::RequestedTelemetryAttributes;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::app_name::AppName;
use aws_types::endpoint_config::{AccountIdEndpointMode, EndpointUrl, UseDualStack, UseFips};
use aws_types::region::Region;
use aws_types::sdk_ua_metadata::FrameworkMetadata;
use std::fmt;

use crate::token::IdempotencyTokenProvider;

/// The settings of a configuration that is being built, and the changes that one call makes to those of its client.
///
/// Each setter is what the method of the same name does to the `Builder` of an emitted crate, which documents it for
/// users. Of most settings `None` removes what was set; where it changes nothing, as in AWS's own crates, the setter
/// says so. What only some services can be told is kept by [`set`](Self::set).
pub struct Settings {
    pub(super) values: CloneableLayer,
    pub(super) components: RuntimeComponentsBuilder,
    pub(super) plugins: Vec<SharedRuntimePlugin>,
    pub(super) behavior_version: Option<BehaviorVersion>,
}

/// By hand: a derived one would be compiled again with each client, with those of its fields.
impl Clone for Settings {
    fn clone(&self) -> Self {
        Self {
            values: self.values.clone(),
            components: self.components.clone(),
            plugins: self.plugins.clone(),
            behavior_version: self.behavior_version,
        }
    }
}

/// As the builder of AWS's own crates shows itself: emitted builders are nothing but settings, and logs of both read alike.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("config", &self.values)
            .field("runtime_components", &self.components)
            .field("runtime_plugins", &self.plugins)
            .field("behavior_version", &self.behavior_version)
            .finish()
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            values: CloneableLayer::default(),
            components: RuntimeComponentsBuilder::new("service config"),
            plugins: Vec::new(),
            behavior_version: None,
        }
    }
}

/// What requests are, where they go, and as whose.
impl Settings {
    /// Keeps a value under its type, for whoever loads it in the course of a call; `None` removes it.
    ///
    /// For settings that only some services have, such as client context parameters of endpoint rules.
    pub fn set<T>(&mut self, value: Option<T>)
    where
        T: Storable<Storer = StoreReplace<T>> + fmt::Debug + Clone + Send + Sync,
    {
        self.values.store_or_unset(value);
    }

    /// The region whose endpoint is called and in whose scope requests are signed.
    pub fn set_region(&mut self, region: Option<Region>) {
        self.set(region);
    }

    /// The URL that all calls are sent to.
    pub fn set_endpoint_url(&mut self, url: Option<String>) {
        self.set(url.map(EndpointUrl));
    }

    /// Whether endpoints speak IPv6 too.
    pub fn set_use_dual_stack(&mut self, use_dual_stack: Option<bool>) {
        self.set(use_dual_stack.map(UseDualStack));
    }

    /// Whether endpoints have FIPS 140 validated cryptography.
    pub fn set_use_fips(&mut self, use_fips: Option<bool>) {
        self.set(use_fips.map(UseFips));
    }

    /// Whether endpoints are those of the account of the credentials.
    pub fn set_account_id_endpoint_mode(&mut self, mode: Option<AccountIdEndpointMode>) {
        self.set(mode);
    }

    /// What finds endpoints instead of the rules of the service.
    pub fn set_endpoint_resolver(&mut self, resolver: Option<SharedEndpointResolver>) {
        self.components.set_endpoint_resolver(resolver);
    }

    /// Whose credentials sign; `None` changes nothing.
    pub fn set_credentials_provider(&mut self, provider: Option<SharedCredentialsProvider>) {
        if let Some(provider) = provider {
            #[cfg(feature = "sigv4a")]
            self.components.set_identity_resolver(aws_runtime::auth::sigv4a::SCHEME_ID, provider.clone());
            self.components.set_identity_resolver(SCHEME_ID, provider);
        }
    }

    /// Whose credentials sign where endpoints ask for sessions; `None` changes nothing.
    #[cfg(feature = "session-auth")]
    pub fn set_express_credentials_provider(&mut self, provider: Option<SharedCredentialsProvider>) {
        if let Some(provider) = provider {
            self.components.set_identity_resolver(crate::session::SCHEME_ID, provider);
        }
    }

    /// Where credentials are kept between calls.
    pub fn set_identity_cache(&mut self, cache: impl ResolveCachedIdentity + 'static) {
        self.components.set_identity_cache(Some(cache));
    }

    /// Adds an auth scheme.
    pub fn push_auth_scheme(&mut self, scheme: SharedAuthScheme) {
        self.components.push_auth_scheme(scheme);
    }

    /// What chooses the auth schemes of calls.
    pub fn set_auth_scheme_resolver(&mut self, resolver: SharedAuthSchemeOptionResolver) {
        self.components.set_auth_scheme_option_resolver(Some(resolver));
    }

    /// The order in which auth schemes are tried.
    pub fn set_auth_scheme_preference(&mut self, preference: Option<AuthSchemePreference>) {
        self.set(preference);
    }

    /// Sends unsigned requests where there are no credentials.
    pub fn set_allow_no_auth(&mut self) {
        self.plugins.push(SharedRuntimePlugin::new(NoAuthRuntimePluginV2::new()));
    }

    /// The name of the application in the user agent.
    pub fn set_app_name(&mut self, name: Option<AppName>) {
        self.set(name);
    }

    /// Adds a framework to the user agent.
    pub fn push_framework_metadata(&mut self, metadata: FrameworkMetadata) {
        self.values.store_append(metadata);
    }

    /// What makes tokens for calls whose caller gives none.
    pub fn set_idempotency_token_provider(&mut self, provider: Option<impl Into<IdempotencyTokenProvider>>) {
        self.set(provider.map(Into::into));
    }

    /// What makes the ids that mark all attempts of a call.
    pub fn set_invocation_id_generator(&mut self, generator: Option<SharedInvocationIdGenerator>) {
        self.set(generator);
    }

    /// Adds input members, by their names in the model, that go into the telemetry of each call and to interceptors.
    pub fn emit_input_attributes(&mut self, names: impl IntoIterator<Item = impl Into<String>>) {
        self.request_attributes(|requested| requested.emit(names.into_iter().map(Into::<String>::into)));
    }

    /// Adds input members, by their names in the model, that go to interceptors only.
    pub fn capture_input_attributes(&mut self, names: impl IntoIterator<Item = impl Into<String>>) {
        self.request_attributes(|requested| requested.capture_only(names.into_iter().map(Into::<String>::into)));
    }

    fn request_attributes(&mut self, add: impl FnOnce(&mut RequestedTelemetryAttributes)) {
        let mut requested = self.values.load::<RequestedTelemetryAttributes>().cloned().unwrap_or_default();
        add(&mut requested);
        self.values.store_put(requested);
    }
}

/// How calls are made: transport, time, retries, interceptors.
impl Settings {
    /// What sends requests.
    pub fn set_http_client(&mut self, client: Option<SharedHttpClient>) {
        self.components.set_http_client(client);
    }

    /// How the client waits.
    pub fn set_sleep_impl(&mut self, sleep: Option<SharedAsyncSleep>) {
        self.components.set_sleep_impl(sleep);
    }

    /// The clock.
    pub fn set_time_source(&mut self, clock: Option<SharedTimeSource>) {
        self.components.set_time_source(clock);
    }

    /// Whether the correction of clock skew is off.
    pub fn set_disable_clock_skew_correction(&mut self, disable: Option<bool>) {
        self.set(disable.map(DisableClockSkewCorrection::from));
    }

    /// How often and how patiently calls are retried; `None` changes nothing.
    pub fn set_retry_config(&mut self, retries: Option<RetryConfig>) {
        if let Some(retries) = retries {
            self.values.store_put(retries);
        }
    }

    /// The partition whose retry budget calls share; `None` changes nothing.
    pub fn set_retry_partition(&mut self, partition: Option<RetryPartition>) {
        if let Some(partition) = partition {
            self.values.store_put(partition);
        }
    }

    /// The time limits of calls; limits that it leaves open keep their former value, and `None` changes nothing.
    pub fn set_timeout_config(&mut self, limits: Option<TimeoutConfig>) {
        let Some(mut limits) = limits else { return };
        if let Some(former) = self.values.load::<TimeoutConfig>() {
            limits.take_defaults_from(former);
        }
        self.values.store_put(limits);
    }

    /// When streams that stall are given up.
    pub fn set_stalled_stream_protection(&mut self, protection: Option<StalledStreamProtectionConfig>) {
        self.set(protection);
    }

    /// Adds a retry classifier after those before it.
    pub fn push_retry_classifier(&mut self, classifier: SharedRetryClassifier) {
        self.components.push_retry_classifier(classifier);
    }

    /// Replaces the retry classifiers that were added.
    pub fn set_retry_classifiers(&mut self, classifiers: impl IntoIterator<Item = SharedRetryClassifier>) {
        self.components.set_retry_classifiers(classifiers.into_iter());
    }

    /// Adds an interceptor after those before it.
    pub fn push_interceptor(&mut self, interceptor: SharedInterceptor) {
        self.components.push_interceptor(interceptor);
    }

    /// Replaces the interceptors that were added.
    pub fn set_interceptors(&mut self, interceptors: impl IntoIterator<Item = SharedInterceptor>) {
        self.components.set_interceptors(interceptors.into_iter());
    }

    /// Which version of the engine's defaults is followed.
    pub fn set_behavior_version(&mut self, version: Option<BehaviorVersion>) {
        self.behavior_version = version;
    }

    /// Fixed token, clock, credentials and user agent, and the newest defaults.
    #[cfg(feature = "test-util")]
    pub fn apply_test_defaults(&mut self) {
        use aws_credential_types::Credentials;
        #[cfg(feature = "auth-schemes")]
        use aws_credential_types::{Token, provider::token::SharedTokenProvider};
        use aws_runtime::user_agent::AwsUserAgent;
        use aws_smithy_async::time::StaticTimeSource;
        use std::time::{Duration, UNIX_EPOCH};

        let instant = UNIX_EPOCH + Duration::from_secs(1_234_567_890);
        self.set_idempotency_token_provider(Some("00000000-0000-4000-8000-000000000000"));
        self.set_time_source(Some(SharedTimeSource::new(StaticTimeSource::new(instant))));
        self.values.store_put(AwsUserAgent::for_tests());
        self.set_credentials_provider(Some(SharedCredentialsProvider::new(Credentials::for_tests())));
        #[cfg(feature = "auth-schemes")]
        self.set_token_provider(Some(SharedTokenProvider::new(Token::for_tests())));
        self.set_behavior_version(Some(BehaviorVersion::latest()));
    }

    /// [`Self::apply_test_defaults`] and, where no region is set, `us-east-1`.
    #[cfg(feature = "test-util")]
    pub fn apply_test_defaults_v2(&mut self) {
        self.apply_test_defaults();
        if self.values.load::<Region>().is_none() {
            self.set_region(Some(Region::from_static("us-east-1")));
        }
    }
}
