//! `Config` and its builder.

/// Defines `Config` and `Builder` in the module `config` of an emitted crate.
///
/// Takes the type that implements [`Service`](crate::service::Service). The
/// module must re-export the names of the engine that AWS's own crates have
/// there, and have a child `endpoint` with a trait `ResolveEndpoint`; the crate
/// must have the features `behavior-version-latest` and `test-util`.
///
/// What a setting does stands in [`Settings`](crate::config::Settings), what it is read by in
/// [`BuiltSettings`](crate::config::BuiltSettings).
#[macro_export]
macro_rules! client_config {
    ($service:ty) => {
        use self::idempotency_token::IdempotencyTokenProvider;
        use $crate::config::auth::ResolveAuthScheme as _;
        use $crate::engine::aws_credential_types::provider::SharedCredentialsProvider as CredentialsProvider;
        use $crate::engine::aws_runtime::invocation_id::{InvocationIdGenerator, SharedInvocationIdGenerator};
        use $crate::engine::aws_smithy_async::time::{SharedTimeSource, TimeSource};
        use $crate::engine::aws_smithy_runtime::client::retries::RetryPartition;
        use $crate::engine::aws_smithy_runtime_api::client::auth::{
            AuthScheme, AuthSchemePreference, SharedAuthScheme, SharedAuthSchemeOptionResolver,
        };
        use $crate::engine::aws_smithy_runtime_api::client::endpoint::SharedEndpointResolver as EndpointResolver;
        use $crate::engine::aws_smithy_runtime_api::client::retries::classifiers::{
            ClassifyRetry, SharedRetryClassifier,
        };
        use $crate::engine::aws_smithy_types::retry::RetryConfig;
        use $crate::engine::aws_smithy_types::timeout::TimeoutConfig;
        use $crate::engine::aws_types::sdk_config::SdkConfig;
        use $crate::service::Service as _;

        mod idempotency_token {
            //! Tokens of calls, as the builder takes them: `"text".into()` fixes them.

            /// Makes the idempotency tokens of calls.
            #[derive(Clone, Debug)]
            pub struct IdempotencyTokenProvider(pub(super) $crate::token::IdempotencyTokenProvider);

            impl From<&'static str> for IdempotencyTokenProvider {
                #[inline]
                fn from(token: &'static str) -> Self {
                    Self($crate::token::IdempotencyTokenProvider::fixed(token))
                }
            }

            impl From<IdempotencyTokenProvider> for $crate::token::IdempotencyTokenProvider {
                #[inline]
                fn from(provider: IdempotencyTokenProvider) -> Self {
                    provider.0
                }
            }
        }

        /// Configuration of a [`Client`](crate::Client).
        ///
        /// Made from an `SdkConfig` with [`Config::new`], or by hand with [`Config::builder`].
        #[derive(Clone)]
        pub struct Config {
            settings: $crate::config::BuiltSettings,
        }

        impl ::std::fmt::Debug for Config {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&self.settings, f)
            }
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
                // Without the builder on the way: each step would be one more to compile.
                let (facts, auth) = (<$service>::FACTS, <$service>::AUTH);
                let settings = $crate::config::Settings::from_sdk_config(config, facts, auth, <$service>::OUTSIDE);
                Self { settings: settings.build(facts, concat!(module_path!(), "::Config")) }
            }

            /// A builder with all that this configuration holds, to change some of it.
            #[inline]
            pub fn to_builder(&self) -> Builder {
                Builder { settings: self.settings.to_settings() }
            }

            #[inline]
            #[track_caller]
            pub(crate) fn handle(&self) -> ::std::sync::Arc<$crate::service::Handle> {
                let newest = cfg!(feature = "behavior-version-latest");
                self.settings.shared_handle(<$service>::FACTS, env!("CARGO_PKG_NAME"), newest)
            }

            $crate::config_getters! {
                /// Protection against response streams that stall, if set.
                stalled_stream_protection: Option<&StalledStreamProtectionConfig>;
                /// The HTTP client, if one was set.
                http_client: Option<SharedHttpClient>;
                /// The auth schemes that were added.
                auth_schemes: impl Iterator<Item = SharedAuthScheme> + '_;
                /// The resolver of auth schemes, if one was set.
                auth_scheme_resolver: Option<SharedAuthSchemeOptionResolver>;
                /// The order in which auth schemes are preferred, if set.
                auth_scheme_preference: Option<&AuthSchemePreference>;
                /// How often and how patiently calls are retried, if set.
                retry_config: Option<&RetryConfig>;
                /// The time limits of calls, if set.
                timeout_config: Option<&TimeoutConfig>;
                /// The partition whose retry budget calls share, if set.
                retry_partition: Option<&RetryPartition>;
                /// The name of the application in the user agent, if set.
                app_name: Option<&AppName>;
                /// The region, if set.
                region: Option<&Region>;
                /// How the client waits between retries, if set.
                sleep_impl: Option<SharedAsyncSleep>;
                /// The cache of credentials, if one was set.
                identity_cache: Option<SharedIdentityCache>;
                /// The interceptors that were added.
                interceptors: impl Iterator<Item = SharedInterceptor> + '_;
                /// The clock.
                time_source: Option<SharedTimeSource>;
                /// The retry classifiers that were added.
                retry_classifiers: impl Iterator<Item = SharedRetryClassifier> + '_;
                /// The frameworks that the user agent names, in the order in which they were added.
                framework_metadata: Vec<&FrameworkMetadata>;
                /// Whether the correction of clock skew is off, if set.
                disable_clock_skew_correction: Option<bool>;
                /// The source of invocation ids, if one was set.
                invocation_id_generator: Option<SharedInvocationIdGenerator>;
            }

            /// The endpoint resolver: the one that was set, or the rules of the service.
            #[inline]
            pub fn endpoint_resolver(&self) -> EndpointResolver {
                self.settings.endpoint_resolver().unwrap_or_else(|| (<$service>::FACTS.endpoint_resolver)())
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
