//! The builder of `Config`.

/// Defines `Builder` beside the `Config` that [`client_config!`](crate::client_config) defines, which calls this.
#[doc(hidden)]
#[macro_export]
macro_rules! client_config_builder {
    ($service:ty) => {
        /// Builder of [`Config`]; also what `config_override` of a customized call takes.
        #[derive(Clone, Debug)]
        pub struct Builder {
            config: CloneableLayer,
            runtime_components: RuntimeComponentsBuilder,
            runtime_plugins: Vec<SharedRuntimePlugin>,
            behavior_version: Option<BehaviorVersion>,
        }

        impl Default for Builder {
            #[inline]
            fn default() -> Self {
                Self {
                    config: CloneableLayer::default(),
                    runtime_components: RuntimeComponentsBuilder::new("service config"),
                    runtime_plugins: Vec::new(),
                    behavior_version: None,
                }
            }
        }

        impl Builder {
            /// Begins an empty configuration.
            #[inline]
            pub fn new() -> Self {
                Self::default()
            }

            /// Gives up on streams that stall, as configured.
            #[inline]
            pub fn stalled_stream_protection(
                mut self,
                stalled_stream_protection: StalledStreamProtectionConfig,
            ) -> Self {
                self.set_stalled_stream_protection(Some(stalled_stream_protection));
                self
            }

            /// As [`Self::stalled_stream_protection`]; `None` removes the setting.
            #[inline]
            pub fn set_stalled_stream_protection(
                &mut self,
                stalled_stream_protection: Option<StalledStreamProtectionConfig>,
            ) -> &mut Self {
                self.config.store_or_unset(stalled_stream_protection);
                self
            }

            /// Makes the tokens of calls whose caller gives none; random UUIDs by default.
            #[inline]
            pub fn idempotency_token_provider(
                mut self,
                idempotency_token_provider: impl Into<IdempotencyTokenProvider>,
            ) -> Self {
                self.set_idempotency_token_provider(Some(idempotency_token_provider.into()));
                self
            }

            /// As [`Self::idempotency_token_provider`]; `None` removes the setting.
            #[inline]
            pub fn set_idempotency_token_provider(
                &mut self,
                idempotency_token_provider: Option<IdempotencyTokenProvider>,
            ) -> &mut Self {
                self.config.store_or_unset(idempotency_token_provider.map(|provider| provider.0));
                self
            }

            /// Sends requests with this HTTP client instead of the default one.
            #[inline]
            pub fn http_client(mut self, http_client: impl HttpClient + 'static) -> Self {
                self.set_http_client(Some(http_client.into_shared()));
                self
            }

            /// As [`Self::http_client`]; `None` removes the setting.
            #[inline]
            pub fn set_http_client(&mut self, http_client: Option<SharedHttpClient>) -> &mut Self {
                self.runtime_components.set_http_client(http_client);
                self
            }

            /// Adds an auth scheme.
            #[inline]
            pub fn push_auth_scheme(mut self, auth_scheme: impl AuthScheme + 'static) -> Self {
                self.runtime_components.push_auth_scheme(SharedAuthScheme::new(auth_scheme));
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
                self.runtime_plugins.push(SharedRuntimePlugin::new(NoAuthRuntimePluginV2::new()));
                self
            }

            /// The order in which auth schemes are tried, where an operation allows several.
            #[inline]
            pub fn auth_scheme_preference(mut self, auth_scheme_preference: impl Into<AuthSchemePreference>) -> Self {
                self.set_auth_scheme_preference(Some(auth_scheme_preference.into()));
                self
            }

            /// As [`Self::auth_scheme_preference`]; `None` removes the setting.
            #[inline]
            pub fn set_auth_scheme_preference(
                &mut self,
                auth_scheme_preference: Option<AuthSchemePreference>,
            ) -> &mut Self {
                self.config.store_or_unset(auth_scheme_preference);
                self
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
                self.runtime_components.set_endpoint_resolver(endpoint_resolver);
                self
            }

            /// How often and how patiently calls are retried.
            #[inline]
            pub fn retry_config(mut self, retry_config: RetryConfig) -> Self {
                self.set_retry_config(Some(retry_config));
                self
            }

            /// As [`Self::retry_config`]; `None` changes nothing.
            #[inline]
            pub fn set_retry_config(&mut self, retry_config: Option<RetryConfig>) -> &mut Self {
                if let Some(retry_config) = retry_config {
                    self.config.store_put(retry_config);
                }
                self
            }

            /// How the client waits between retries.
            #[inline]
            pub fn sleep_impl(mut self, sleep_impl: impl AsyncSleep + 'static) -> Self {
                self.set_sleep_impl(Some(sleep_impl.into_shared()));
                self
            }

            /// As [`Self::sleep_impl`]; `None` removes the setting.
            #[inline]
            pub fn set_sleep_impl(&mut self, sleep_impl: Option<SharedAsyncSleep>) -> &mut Self {
                self.runtime_components.set_sleep_impl(sleep_impl);
                self
            }

            /// The time limits of calls; limits that it leaves open keep their former value.
            #[inline]
            pub fn timeout_config(mut self, timeout_config: TimeoutConfig) -> Self {
                self.set_timeout_config(Some(timeout_config));
                self
            }

            /// As [`Self::timeout_config`]; `None` changes nothing.
            #[inline]
            pub fn set_timeout_config(&mut self, timeout_config: Option<TimeoutConfig>) -> &mut Self {
                if let Some(mut timeout_config) = timeout_config {
                    if let Some(base) = self.config.load::<TimeoutConfig>() {
                        timeout_config.take_defaults_from(base);
                    }
                    self.config.store_put(timeout_config);
                }
                self
            }

            /// The partition whose retry budget calls share.
            #[inline]
            pub fn retry_partition(mut self, retry_partition: RetryPartition) -> Self {
                self.set_retry_partition(Some(retry_partition));
                self
            }

            /// As [`Self::retry_partition`]; `None` changes nothing.
            #[inline]
            pub fn set_retry_partition(&mut self, retry_partition: Option<RetryPartition>) -> &mut Self {
                if let Some(retry_partition) = retry_partition {
                    self.config.store_put(retry_partition);
                }
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
                self.runtime_components.set_identity_cache(Some(identity_cache));
                self
            }

            /// Adds an interceptor, which sees and may change every call.
            #[inline]
            pub fn interceptor(mut self, interceptor: impl Intercept + 'static) -> Self {
                self.push_interceptor(SharedInterceptor::new(interceptor));
                self
            }

            /// As [`Self::interceptor`].
            #[inline]
            pub fn push_interceptor(&mut self, interceptor: SharedInterceptor) -> &mut Self {
                self.runtime_components.push_interceptor(interceptor);
                self
            }

            /// Replaces all interceptors.
            #[inline]
            pub fn set_interceptors(&mut self, interceptors: impl IntoIterator<Item = SharedInterceptor>) -> &mut Self {
                self.runtime_components.set_interceptors(interceptors.into_iter());
                self
            }

            /// The clock for signatures and retries.
            #[inline]
            pub fn time_source(mut self, time_source: impl TimeSource + 'static) -> Self {
                self.set_time_source(Some(time_source.into_shared()));
                self
            }

            /// As [`Self::time_source`]; `None` removes the setting.
            #[inline]
            pub fn set_time_source(&mut self, time_source: Option<SharedTimeSource>) -> &mut Self {
                self.runtime_components.set_time_source(time_source);
                self
            }

            /// Adds a retry classifier, which may overrule those before it.
            #[inline]
            pub fn retry_classifier(mut self, retry_classifier: impl ClassifyRetry + 'static) -> Self {
                self.push_retry_classifier(SharedRetryClassifier::new(retry_classifier));
                self
            }

            /// As [`Self::retry_classifier`].
            #[inline]
            pub fn push_retry_classifier(&mut self, retry_classifier: SharedRetryClassifier) -> &mut Self {
                self.runtime_components.push_retry_classifier(retry_classifier);
                self
            }

            /// Replaces the retry classifiers that were added.
            #[inline]
            pub fn set_retry_classifiers(
                &mut self,
                retry_classifiers: impl IntoIterator<Item = SharedRetryClassifier>,
            ) -> &mut Self {
                self.runtime_components.set_retry_classifiers(retry_classifiers.into_iter());
                self
            }

            /// Names the application in the user agent.
            #[inline]
            pub fn app_name(mut self, app_name: AppName) -> Self {
                self.set_app_name(Some(app_name));
                self
            }

            /// As [`Self::app_name`]; `None` removes the setting.
            #[inline]
            pub fn set_app_name(&mut self, app_name: Option<AppName>) -> &mut Self {
                self.config.store_or_unset(app_name);
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
                self.config.store_append(framework_metadata);
                self
            }

            /// Signs with the local clock even where the service says that it is wrong.
            #[inline]
            pub fn disable_clock_skew_correction(
                mut self,
                disable_clock_skew_correction: impl Into<Option<bool>>,
            ) -> Self {
                self.set_disable_clock_skew_correction(disable_clock_skew_correction.into());
                self
            }

            /// As [`Self::disable_clock_skew_correction`]; `None` removes the setting.
            #[inline]
            pub fn set_disable_clock_skew_correction(
                &mut self,
                disable_clock_skew_correction: Option<bool>,
            ) -> &mut Self {
                let setting = disable_clock_skew_correction.map(DisableClockSkewCorrection::from);
                self.config.store_or_unset(setting);
                self
            }

            /// Makes the ids that mark all attempts of a call.
            #[inline]
            pub fn invocation_id_generator(
                mut self,
                invocation_id_generator: impl InvocationIdGenerator + 'static,
            ) -> Self {
                self.set_invocation_id_generator(Some(SharedInvocationIdGenerator::new(invocation_id_generator)));
                self
            }

            /// As [`Self::invocation_id_generator`]; `None` removes the setting.
            #[inline]
            pub fn set_invocation_id_generator(
                &mut self,
                invocation_id_generator: Option<SharedInvocationIdGenerator>,
            ) -> &mut Self {
                self.config.store_or_unset(invocation_id_generator);
                self
            }

            /// Sends all calls to this URL, for instance that of a local fake.
            #[inline]
            pub fn endpoint_url(mut self, endpoint_url: impl Into<String>) -> Self {
                self.set_endpoint_url(Some(endpoint_url.into()));
                self
            }

            /// As [`Self::endpoint_url`]; `None` removes the setting.
            #[inline]
            pub fn set_endpoint_url(&mut self, endpoint_url: Option<String>) -> &mut Self {
                self.config.store_or_unset(endpoint_url.map(EndpointUrl));
                self
            }

            /// Uses endpoints that speak IPv6 too.
            #[inline]
            pub fn use_dual_stack(mut self, use_dual_stack: impl Into<bool>) -> Self {
                self.set_use_dual_stack(Some(use_dual_stack.into()));
                self
            }

            /// As [`Self::use_dual_stack`]; `None` removes the setting.
            #[inline]
            pub fn set_use_dual_stack(&mut self, use_dual_stack: Option<bool>) -> &mut Self {
                self.config.store_or_unset(use_dual_stack.map(UseDualStack));
                self
            }

            /// Uses endpoints with FIPS 140 validated cryptography.
            #[inline]
            pub fn use_fips(mut self, use_fips: impl Into<bool>) -> Self {
                self.set_use_fips(Some(use_fips.into()));
                self
            }

            /// As [`Self::use_fips`]; `None` removes the setting.
            #[inline]
            pub fn set_use_fips(&mut self, use_fips: Option<bool>) -> &mut Self {
                self.config.store_or_unset(use_fips.map(UseFips));
                self
            }

            /// The region whose endpoint is called and in whose scope requests are signed.
            #[inline]
            pub fn region(mut self, region: impl Into<Option<Region>>) -> Self {
                self.set_region(region.into());
                self
            }

            /// As [`Self::region`]; `None` removes the setting.
            #[inline]
            pub fn set_region(&mut self, region: Option<Region>) -> &mut Self {
                self.config.store_or_unset(region);
                self
            }

            /// Signs with the credentials of this provider.
            #[inline]
            pub fn credentials_provider(mut self, credentials_provider: impl ProvideCredentials + 'static) -> Self {
                self.set_credentials_provider(Some(CredentialsProvider::new(credentials_provider)));
                self
            }

            /// As [`Self::credentials_provider`]; `None` changes nothing.
            #[inline]
            pub fn set_credentials_provider(&mut self, credentials_provider: Option<CredentialsProvider>) -> &mut Self {
                if let Some(provider) = credentials_provider {
                    self.runtime_components.set_identity_resolver(SCHEME_ID, provider);
                }
                self
            }

            /// Which version of the engine's defaults to follow.
            #[inline]
            pub fn behavior_version(mut self, behavior_version: BehaviorVersion) -> Self {
                self.set_behavior_version(Some(behavior_version));
                self
            }

            /// As [`Self::behavior_version`]; `None` removes the setting.
            #[inline]
            pub fn set_behavior_version(&mut self, behavior_version: Option<BehaviorVersion>) -> &mut Self {
                self.behavior_version = behavior_version;
                self
            }

            /// Follows the newest version of the engine's defaults.
            #[inline]
            pub fn behavior_version_latest(self) -> Self {
                self.behavior_version(BehaviorVersion::latest())
            }

            /// Puts these input members of every call into the telemetry of the call, and records them for interceptors.
            ///
            /// Names are those of the model, for instance `stageArn`.
            #[inline]
            pub fn emit_input_attributes(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
                let mut requested = self.config.load::<RequestedTelemetryAttributes>().cloned().unwrap_or_default();
                requested.emit(names.into_iter().map(Into::<String>::into));
                self.config.store_put(requested);
                self
            }

            /// Records these input members of every call for interceptors only.
            #[inline]
            pub fn capture_input_attributes(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
                let mut requested = self.config.load::<RequestedTelemetryAttributes>().cloned().unwrap_or_default();
                requested.capture_only(names.into_iter().map(Into::<String>::into));
                self.config.store_put(requested);
                self
            }

            /// Fixed token, clock, credentials, user agent and, where none is set, region: for repeatable tests.
            #[cfg(feature = "test-util")]
            pub fn apply_test_defaults_v2(&mut self) -> &mut Self {
                self.apply_test_defaults();
                if self.config.load::<Region>().is_none() {
                    self.set_region(Some(Region::from_static("us-east-1")));
                }
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
                use $crate::engine::aws_smithy_async::time::StaticTimeSource;
                let instant = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_234_567_890);
                self.set_idempotency_token_provider(Some("00000000-0000-4000-8000-000000000000".into()));
                self.set_time_source(Some(SharedTimeSource::new(StaticTimeSource::new(instant))));
                self.config.store_put($crate::engine::aws_runtime::user_agent::AwsUserAgent::for_tests());
                self.set_credentials_provider(Some(CredentialsProvider::new(Credentials::for_tests())));
                self.behavior_version = Some(BehaviorVersion::latest());
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
            pub fn build(mut self) -> Config {
                if self.runtime_components.time_source().is_none() {
                    self.runtime_components.set_time_source(Some(SharedTimeSource::default()));
                }
                let mut layer = self.config;
                $crate::config::finish_layer(&mut layer, <$service>::FACTS);
                Config {
                    config: Layer::from(layer.clone()).with_name(concat!(module_path!(), "::Config")).freeze(),
                    cloneable: layer,
                    runtime_components: self.runtime_components,
                    runtime_plugins: self.runtime_plugins,
                    behavior_version: self.behavior_version,
                }
            }
        }

        impl From<&SdkConfig> for Builder {
            #[inline]
            fn from(config: &SdkConfig) -> Self {
                let parts = $crate::config::taken_over(config, <$service>::FACTS);
                Self {
                    config: parts.config,
                    runtime_components: parts.components,
                    runtime_plugins: Vec::new(),
                    behavior_version: config.behavior_version(),
                }
            }
        }
    };
}
