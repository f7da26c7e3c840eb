//! The builder of `Config`.

/// Defines `Builder` beside the `Config` that [`client_config!`](crate::client_config) defines, which calls this.
#[doc(hidden)]
#[macro_export]
macro_rules! client_config_builder {
    ($service:ty) => {
        /// Builder of [`Config`]; also what `config_override` of a customized call takes.
        #[derive(Clone, Default)]
        pub struct Builder {
            pub(crate) settings: $crate::config::Settings,
        }

        impl ::std::fmt::Debug for Builder {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&self.settings, f)
            }
        }

        impl Builder {
            /// Begins an empty configuration.
            #[inline]
            pub fn new() -> Self {
                Self::default()
            }

            $crate::config_setters! {
                /// Gives up on streams that stall, as configured.
                value stalled_stream_protection, set_stalled_stream_protection: StalledStreamProtectionConfig;
                /// Makes the tokens of calls whose caller gives none; random UUIDs by default.
                into idempotency_token_provider, set_idempotency_token_provider: IdempotencyTokenProvider;
                /// Sends requests with this HTTP client instead of the default one.
                shared http_client, set_http_client: HttpClient => SharedHttpClient;
                /// The order in which auth schemes are tried, where an operation allows several.
                into auth_scheme_preference, set_auth_scheme_preference: AuthSchemePreference;
                /// How often and how patiently calls are retried.
                value retry_config, set_retry_config: RetryConfig = kept;
                /// How the client waits between retries.
                shared sleep_impl, set_sleep_impl: AsyncSleep => SharedAsyncSleep;
                /// The time limits of calls; limits that it leaves open keep their former value.
                value timeout_config, set_timeout_config: TimeoutConfig = kept;
                /// The partition whose retry budget calls share.
                value retry_partition, set_retry_partition: RetryPartition = kept;
                /// The clock for signatures and retries.
                shared time_source, set_time_source: TimeSource => SharedTimeSource;
                /// Adds an interceptor, which sees and may change every call.
                list interceptor, push_interceptor, set_interceptors: Intercept => SharedInterceptor;
                /// Adds a retry classifier, which may overrule those before it.
                list retry_classifier, push_retry_classifier, set_retry_classifiers: ClassifyRetry => SharedRetryClassifier;
                /// Names the application in the user agent.
                value app_name, set_app_name: AppName;
                /// Signs with the local clock even where the service says that it is wrong.
                option disable_clock_skew_correction, set_disable_clock_skew_correction: bool;
                /// Makes the ids that mark all attempts of a call.
                wrapped invocation_id_generator, set_invocation_id_generator: InvocationIdGenerator => SharedInvocationIdGenerator;
                /// Sends all calls to this URL, for instance that of a local fake.
                into endpoint_url, set_endpoint_url: String;
                /// Uses endpoints that speak IPv6 too.
                into use_dual_stack, set_use_dual_stack: bool;
                /// Uses endpoints with FIPS 140 validated cryptography.
                into use_fips, set_use_fips: bool;
                /// The region whose endpoint is called and in whose scope requests are signed.
                option region, set_region: Region;
                /// Signs with the credentials of this provider.
                wrapped credentials_provider, set_credentials_provider: ProvideCredentials => CredentialsProvider = kept;
                /// Which version of the engine's defaults to follow.
                value behavior_version, set_behavior_version: BehaviorVersion;
            }

            /// Follows the newest version of the engine's defaults.
            #[inline]
            pub fn behavior_version_latest(self) -> Self {
                self.behavior_version(BehaviorVersion::latest())
            }

            /// Finds endpoints with this resolver instead of the rules of the service.
            #[inline]
            pub fn endpoint_resolver(mut self, endpoint_resolver: impl endpoint::ResolveEndpoint + 'static) -> Self {
                self.set_endpoint_resolver(Some(endpoint_resolver.into_shared_resolver()));
                self
            }

            /// As [`Self::endpoint_resolver`]; `None` removes the setting.
            #[inline]
            pub fn set_endpoint_resolver(&mut self, endpoint_resolver: Option<EndpointResolver>) -> &mut Self {
                self.settings.set_endpoint_resolver(endpoint_resolver);
                self
            }

            /// Keeps credentials in this cache instead of one of the client's own.
            #[inline]
            pub fn identity_cache(mut self, identity_cache: impl ResolveCachedIdentity + 'static) -> Self {
                self.set_identity_cache(identity_cache);
                self
            }

            /// As [`Self::identity_cache`].
            #[inline]
            pub fn set_identity_cache(&mut self, identity_cache: impl ResolveCachedIdentity + 'static) -> &mut Self {
                self.settings.set_identity_cache(identity_cache);
                self
            }

            /// Adds an auth scheme.
            #[inline]
            pub fn push_auth_scheme(mut self, auth_scheme: impl AuthScheme + 'static) -> Self {
                self.settings.push_auth_scheme(SharedAuthScheme::new(auth_scheme));
                self
            }

            /// Chooses auth schemes with this resolver instead of the model.
            #[inline]
            pub fn auth_scheme_resolver(
                mut self,
                auth_scheme_resolver: impl auth::ResolveAuthScheme + 'static,
            ) -> Self {
                self.set_auth_scheme_resolver(auth_scheme_resolver);
                self
            }

            /// As [`Self::auth_scheme_resolver`].
            #[inline]
            pub fn set_auth_scheme_resolver(
                &mut self,
                auth_scheme_resolver: impl auth::ResolveAuthScheme + 'static,
            ) -> &mut Self {
                self.settings.set_auth_scheme_resolver(auth_scheme_resolver.into_shared_resolver());
                self
            }

            /// Sends unsigned requests where no credentials are configured.
            #[inline]
            pub fn allow_no_auth(mut self) -> Self {
                self.set_allow_no_auth();
                self
            }

            /// As [`Self::allow_no_auth`].
            #[inline]
            pub fn set_allow_no_auth(&mut self) -> &mut Self {
                self.settings.set_allow_no_auth();
                self
            }

            /// Names a framework in the user agent, after those named before.
            #[inline]
            pub fn framework_metadata(mut self, framework_metadata: FrameworkMetadata) -> Self {
                self.push_framework_metadata(framework_metadata);
                self
            }

            /// As [`Self::framework_metadata`].
            #[inline]
            pub fn push_framework_metadata(&mut self, framework_metadata: FrameworkMetadata) -> &mut Self {
                self.settings.push_framework_metadata(framework_metadata);
                self
            }

            /// Puts these input members of every call into the telemetry of the call, and records them for interceptors.
            ///
            /// Names are those of the model, for instance `stageArn`.
            #[inline]
            pub fn emit_input_attributes(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
                self.settings.emit_input_attributes(names);
                self
            }

            /// Records these input members of every call for interceptors only.
            #[inline]
            pub fn capture_input_attributes(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
                self.settings.capture_input_attributes(names);
                self
            }

            /// Fixed token, clock, credentials, user agent and, where none is set, region: for repeatable tests.
            #[cfg(feature = "test-util")]
            pub fn apply_test_defaults_v2(&mut self) -> &mut Self {
                self.settings.apply_test_defaults_v2();
                self
            }

            /// As [`Self::apply_test_defaults_v2`].
            #[cfg(feature = "test-util")]
            pub fn with_test_defaults_v2(mut self) -> Self {
                self.apply_test_defaults_v2();
                self
            }

            /// Fixed token, clock, credentials and user agent, for repeatable tests.
            #[cfg(feature = "test-util")]
            pub fn apply_test_defaults(&mut self) -> &mut Self {
                self.settings.apply_test_defaults();
                self
            }

            /// As [`Self::apply_test_defaults`].
            #[cfg(feature = "test-util")]
            pub fn with_test_defaults(mut self) -> Self {
                self.apply_test_defaults();
                self
            }

            /// Takes all settings together.
            #[inline]
            pub fn build(self) -> Config {
                Config { settings: self.settings.build(<$service>::FACTS, concat!(module_path!(), "::Config")) }
            }
        }

        impl From<&SdkConfig> for Builder {
            #[inline]
            fn from(config: &SdkConfig) -> Self {
                let (facts, auth) = (<$service>::FACTS, <$service>::AUTH);
                Self { settings: $crate::config::Settings::from_sdk_config(config, facts, auth, <$service>::OUTSIDE) }
            }
        }
    };
}
