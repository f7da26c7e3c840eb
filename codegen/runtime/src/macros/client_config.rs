//! `Config` and its builder.

/// Defines `Config` and `Builder` in the module `config` of an emitted crate.
///
/// Takes the type that implements [`Service`](crate::service::Service). The
/// module must re-export the names of the engine that AWS's own crates have
/// there, and have a child `endpoint` with a trait `ResolveEndpoint`; the crate
/// must have the features `behavior-version-latest` and `test-util`.
#[macro_export]
macro_rules! client_config {
    ($service:ty) => {
        use self::idempotency_token::IdempotencyTokenProvider;
        use $crate::engine::aws_credential_types::provider::SharedCredentialsProvider as CredentialsProvider;
        use $crate::engine::aws_runtime::auth::sigv4::SCHEME_ID;
        use $crate::engine::aws_runtime::invocation_id::{InvocationIdGenerator, SharedInvocationIdGenerator};
        use $crate::engine::aws_runtime::service_clock_skew::DisableClockSkewCorrection;
        use $crate::engine::aws_smithy_async::time::{SharedTimeSource, TimeSource};
        use $crate::engine::aws_smithy_runtime::client::auth::no_auth::NoAuthRuntimePluginV2;
        use $crate::engine::aws_smithy_runtime::client::retries::RetryPartition;
        use $crate::engine::aws_smithy_runtime_api::client::auth::{
            AuthScheme, AuthSchemePreference, SharedAuthScheme, SharedAuthSchemeOptionResolver,
        };
        use $crate::engine::aws_smithy_runtime_api::client::endpoint::SharedEndpointResolver as EndpointResolver;
        use $crate::engine::aws_smithy_runtime_api::client::retries::classifiers::{
            ClassifyRetry, SharedRetryClassifier,
        };
        use $crate::engine::aws_smithy_types::config_bag::CloneableLayer;
        use $crate::engine::aws_smithy_types::retry::RetryConfig;
        use $crate::engine::aws_smithy_types::telemetry::RequestedTelemetryAttributes;
        use $crate::engine::aws_smithy_types::timeout::TimeoutConfig;
        use $crate::engine::aws_types::endpoint_config::{EndpointUrl, UseDualStack, UseFips};
        use $crate::engine::aws_types::sdk_config::SdkConfig;
        use $crate::service::Service as _;

        mod idempotency_token {
            //! Tokens of calls, as the builder takes them: `"text".into()` fixes them.

            /// Makes the idempotency tokens of calls.
            #[derive(Clone, Debug)]
            pub struct IdempotencyTokenProvider(pub(super) $crate::token::IdempotencyTokenProvider);

            impl From<&'static str> for IdempotencyTokenProvider {
                fn from(token: &'static str) -> Self {
                    Self(token.into())
                }
            }
        }

        /// Configuration of a [`Client`](crate::Client).
        ///
        /// Made from an `SdkConfig` with [`Config::new`], or by hand with [`Config::builder`].
        #[derive(Clone, Debug)]
        pub struct Config {
            config: FrozenLayer,
            cloneable: CloneableLayer,
            runtime_components: RuntimeComponentsBuilder,
            runtime_plugins: Vec<SharedRuntimePlugin>,
            behavior_version: Option<BehaviorVersion>,
        }

        impl Config {
            /// Begins an empty configuration.
            #[inline]
            pub fn builder() -> Builder {
                Builder::default()
            }

            /// Takes over the configuration that `aws-config` has loaded.
            #[inline]
            pub fn new(config: &SdkConfig) -> Self {
                Builder::from(config).build()
            }

            /// A builder with all that this configuration holds, to change some of it.
            #[inline]
            pub fn to_builder(&self) -> Builder {
                Builder {
                    config: self.cloneable.clone(),
                    runtime_components: self.runtime_components.clone(),
                    runtime_plugins: self.runtime_plugins.clone(),
                    behavior_version: self.behavior_version,
                }
            }

            #[inline]
            pub(crate) fn handle(&self) -> Result<$crate::service::Handle, $crate::BoxError> {
                let behavior_version = self.behavior_version;
                #[cfg(feature = "behavior-version-latest")]
                let behavior_version = behavior_version.or(Some(BehaviorVersion::latest()));
                let parts = $crate::config::Parts {
                    config: self.config.clone(),
                    components: self.runtime_components.clone(),
                    plugins: self.runtime_plugins.clone(),
                    behavior_version,
                    scope: env!("CARGO_PKG_NAME"),
                };
                $crate::config::client_handle(parts, <$service>::FACTS)
            }

            #[inline]
            pub(crate) fn overridden_by(&self, changes: Builder) -> Vec<SharedRuntimePlugin> {
                $crate::config::override_plugins(
                    changes.config,
                    changes.runtime_components,
                    changes.runtime_plugins,
                    self.config.clone(),
                    &self.runtime_components,
                )
            }

            /// Protection against response streams that stall, if set.
            #[inline]
            pub fn stalled_stream_protection(&self) -> Option<&StalledStreamProtectionConfig> {
                self.config.load::<StalledStreamProtectionConfig>()
            }

            /// The HTTP client, if one was set.
            #[inline]
            pub fn http_client(&self) -> Option<SharedHttpClient> {
                self.runtime_components.http_client()
            }

            /// The auth schemes that were added.
            #[inline]
            pub fn auth_schemes(&self) -> impl Iterator<Item = SharedAuthScheme> + '_ {
                self.runtime_components.auth_schemes()
            }

            /// The resolver of auth schemes, if one was set.
            #[inline]
            pub fn auth_scheme_resolver(&self) -> Option<SharedAuthSchemeOptionResolver> {
                self.runtime_components.auth_scheme_option_resolver()
            }

            /// The order in which auth schemes are preferred, if set.
            #[inline]
            pub fn auth_scheme_preference(&self) -> Option<&AuthSchemePreference> {
                self.config.load::<AuthSchemePreference>()
            }

            /// The endpoint resolver: the one that was set, or the rules of the service.
            #[inline]
            pub fn endpoint_resolver(&self) -> EndpointResolver {
                let default = || (<$service>::FACTS.endpoint_resolver)();
                self.runtime_components.endpoint_resolver().unwrap_or_else(default)
            }

            /// How often and how patiently calls are retried, if set.
            #[inline]
            pub fn retry_config(&self) -> Option<&RetryConfig> {
                self.config.load::<RetryConfig>()
            }

            /// The time limits of calls, if set.
            #[inline]
            pub fn timeout_config(&self) -> Option<&TimeoutConfig> {
                self.config.load::<TimeoutConfig>()
            }

            /// The partition whose retry budget calls share, if set.
            #[inline]
            pub fn retry_partition(&self) -> Option<&RetryPartition> {
                self.config.load::<RetryPartition>()
            }

            /// The name of the application in the user agent, if set.
            #[inline]
            pub fn app_name(&self) -> Option<&AppName> {
                self.config.load::<AppName>()
            }

            /// The region, if set.
            #[inline]
            pub fn region(&self) -> Option<&Region> {
                self.config.load::<Region>()
            }

            /// How the client waits between retries, if set.
            #[inline]
            pub fn sleep_impl(&self) -> Option<SharedAsyncSleep> {
                self.runtime_components.sleep_impl()
            }

            /// The cache of credentials, if one was set.
            #[inline]
            pub fn identity_cache(&self) -> Option<SharedIdentityCache> {
                self.runtime_components.identity_cache()
            }

            /// The interceptors that were added.
            #[inline]
            pub fn interceptors(&self) -> impl Iterator<Item = SharedInterceptor> + '_ {
                self.runtime_components.interceptors()
            }

            /// The clock.
            #[inline]
            pub fn time_source(&self) -> Option<SharedTimeSource> {
                self.runtime_components.time_source()
            }

            /// The retry classifiers that were added.
            #[inline]
            pub fn retry_classifiers(&self) -> impl Iterator<Item = SharedRetryClassifier> + '_ {
                self.runtime_components.retry_classifiers()
            }

            /// The frameworks that the user agent names, in the order in which they were added.
            #[inline]
            pub fn framework_metadata(&self) -> Vec<&FrameworkMetadata> {
                let mut newest_first: Vec<_> = self.config.load::<FrameworkMetadata>().collect();
                newest_first.reverse();
                newest_first
            }

            /// Whether the correction of clock skew is off, if set.
            #[inline]
            pub fn disable_clock_skew_correction(&self) -> Option<bool> {
                self.config.load::<DisableClockSkewCorrection>().map(|setting| setting.is_disabled())
            }

            /// The source of invocation ids, if one was set.
            #[inline]
            pub fn invocation_id_generator(&self) -> Option<SharedInvocationIdGenerator> {
                self.config.load::<SharedInvocationIdGenerator>().cloned()
            }

            /// The name of the service in the scope of signatures; empty where it does not sign.
            #[inline]
            pub fn signing_name(&self) -> &'static str {
                <$service>::FACTS.signing_name.unwrap_or_default()
            }

            /// Always `None`; kept so that code written for AWS's own crates compiles.
            #[deprecated(note = "returns `None` always; keep the provider that you pass to the builder instead")]
            #[inline]
            pub fn credentials_provider(&self) -> Option<CredentialsProvider> {
                None
            }
        }

        impl From<&SdkConfig> for Config {
            #[inline]
            fn from(config: &SdkConfig) -> Self {
                Self::new(config)
            }
        }

        $crate::client_config_builder!($service);
    };
}
