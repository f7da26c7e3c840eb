//! Configuration: what each setter leaves in a builder, and what that becomes.

use std::fmt::Debug;
use std::time::Duration;

use aws_runtime::invocation_id::{InvocationId, InvocationIdGenerator, SharedInvocationIdGenerator};
use aws_sdk_ivsrealtime::config::interceptors::InterceptorContext;
use aws_sdk_ivsrealtime::config::retry::{ClassifyRetry, RetryAction, RetryConfig, RetryPartition};
use aws_sdk_ivsrealtime::config::timeout::TimeoutConfig;
use aws_sdk_ivsrealtime::config::{
    AppName, AsyncSleep, BehaviorVersion, FrameworkMetadata, IdentityCache, Intercept, Region, SharedAsyncSleep,
    SharedCredentialsProvider, SharedInterceptor, Sleep, StalledStreamProtectionConfig,
};
use aws_sdk_ivsrealtime::error::BoxError;
use aws_smithy_async::time::{SharedTimeSource, StaticTimeSource};
use aws_smithy_runtime::client::auth::no_auth::NoAuthScheme;
use aws_smithy_runtime_api::client::auth::AuthSchemeId;
use aws_smithy_runtime_api::client::retries::classifiers::SharedRetryClassifier;
use aws_types::SdkConfig;
use aws_types::origin::Origin;
use aws_types::sdk_config::Builder as SharedBuilder;
use aws_types::service_config::{LoadServiceConfig, ServiceConfigKey};
use tests::client::{credentials, plain_http};

use crate::facts::{Facts, differences};
use crate::search::Findings;

/// Stands for every component that is only to be found again.
#[derive(Clone, Debug)]
struct Own(#[expect(dead_code, reason = "for its Debug text")] &'static str);

impl AsyncSleep for Own {
    fn sleep(&self, _: Duration) -> Sleep {
        Sleep::new(std::future::ready(()))
    }
}

impl Intercept for Own {
    fn name(&self) -> &'static str {
        "Own"
    }
}

impl ClassifyRetry for Own {
    fn classify_retry(&self, _: &InterceptorContext) -> RetryAction {
        RetryAction::NoActionIndicated
    }

    fn name(&self) -> &'static str {
        "Own"
    }
}

impl InvocationIdGenerator for Own {
    fn generate(&self) -> Result<Option<InvocationId>, BoxError> {
        Ok(None)
    }
}

/// Answers with the key that it is asked for, so that the key shows.
impl LoadServiceConfig for Own {
    fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
        Some(format!("http://{}/{}/{}", key.service_id(), key.env(), key.profile()))
    }
}

macro_rules! resolver {
    ($($sdk:ident),*) => {
        $(impl $sdk::config::endpoint::ResolveEndpoint for Own {
            fn resolve_endpoint<'a>(
                &'a self,
                _: &'a $sdk::config::endpoint::Params,
            ) -> $sdk::config::endpoint::EndpointFuture<'a> {
                let endpoint = $sdk::config::endpoint::Endpoint::builder().url("http://own.example").build();
                $sdk::config::endpoint::EndpointFuture::ready(Ok(endpoint))
            }
        })*
    };
}
resolver!(aws_sdk_ivsrealtime, ivs_realtime);

fn clock() -> StaticTimeSource {
    StaticTimeSource::from_secs(1_700_000_000)
}

fn framework(name: &'static str) -> FrameworkMetadata {
    FrameworkMetadata::new(name, Some("1")).expect("valid")
}

fn app_name() -> AppName {
    AppName::new("comparison").expect("valid")
}

fn limits(seconds: u64) -> TimeoutConfig {
    TimeoutConfig::builder().operation_timeout(Duration::from_secs(seconds)).build()
}

/// A `Debug` text whose parts are in order, as a layer shows its values in that of the hashes of their types; without
/// what has to differ, the names and versions of the crates and the numbers of credentials caches.
pub(crate) fn parts(value: &impl Debug) -> String {
    let text = format!("{value:?}").replace("aws_sdk_ivsrealtime", "SDK").replace("ivs_realtime", "SDK");
    let text = text.replace("smithy_client_runtime::token", "SDK::idempotency_token");
    let mut parts: Vec<_> = text.split(['{', '}', '[', ']', ',']).map(str::trim).collect();
    parts.retain(|part| !part.starts_with("version: \"") || part.contains("\"1\""));
    let mut parts: Vec<_> = parts
        .into_iter()
        .map(|part| match part.split_once("IdentityCachePartition(") {
            Some((before, _)) => format!("{before}IdentityCachePartition"),
            None => part.to_owned(),
        })
        .collect();
    parts.sort_unstable();
    parts.join(" | ")
}

macro_rules! look_at {
    ($builder:ident) => {{
        let mut facts = Facts::default();
        facts.add("builder Debug", parts(&$builder));
        let config = $builder.build();
        facts.add("Config Debug", parts(&config));
        facts.add("to_builder() Debug", parts(&config.to_builder()));
        facts.add("to_builder().build() Debug", parts(&config.to_builder().build()));
        look_at!(@getters facts config
            stalled_stream_protection http_client auth_scheme_resolver auth_scheme_preference retry_config timeout_config
            retry_partition app_name region sleep_impl identity_cache time_source framework_metadata
            disable_clock_skew_correction invocation_id_generator signing_name
        );
        facts.add("auth_schemes()", parts(&config.auth_schemes().collect::<Vec<_>>()));
        facts.add("interceptors()", parts(&config.interceptors().collect::<Vec<_>>()));
        facts.add("retry_classifiers()", parts(&config.retry_classifiers().collect::<Vec<_>>()));
        facts
    }};
    (@getters $facts:ident $config:ident $($getter:ident)*) => {
        $($facts.add(concat!(stringify!($getter), "()"), parts(&$config.$getter()));)*
    };
}

/// A way to make a configuration, in both crates.
struct Setting {
    name: &'static str,
    official: fn() -> Facts,
    ours: fn() -> Facts,
}

macro_rules! settings {
    ($($name:literal: |$builder:ident| $changed:expr;)*) => {
        const SETTINGS: &[Setting] = &[$(Setting {
            name: $name,
            official: || settings!(@look aws_sdk_ivsrealtime $builder $changed),
            ours: || settings!(@look ivs_realtime $builder $changed),
        }),*];
    };
    (@look $sdk:ident $builder:ident $changed:expr) => {{
        #[allow(unused_mut)]
        let mut $builder = $sdk::Config::builder();
        let changed = $changed;
        look_at!(changed)
    }};
    (@set $builder:ident $set:ident($($value:expr)?)) => {{
        $builder.$set($($value)?);
        $builder
    }};
}

settings! {
    "nothing": |builder| builder;
    "behavior_version": |builder| builder.behavior_version(BehaviorVersion::latest());
    "behavior_version_latest": |builder| builder.behavior_version_latest();
    "set_behavior_version": |builder| settings!(@set builder set_behavior_version(Some(BehaviorVersion::latest())));
    "region": |builder| builder.region(Region::new("eu-west-1"));
    "region, then none": |builder| builder.region(Region::new("eu-west-1")).region(None);
    "set_region": |builder| settings!(@set builder set_region(Some(Region::new("eu-west-1"))));
    "region again after build": |builder|
        builder.region(Region::new("eu-west-1")).build().to_builder().region(Region::new("eu-west-2"));
    "region removed after build": |builder| builder.region(Region::new("eu-west-1")).build().to_builder().region(None);
    "credentials_provider": |builder| builder.credentials_provider(credentials());
    "set_credentials_provider": |builder|
        settings!(@set builder set_credentials_provider(Some(SharedCredentialsProvider::new(credentials()))));
    "set_credentials_provider, none": |builder| settings!(@set builder set_credentials_provider(None));
    "endpoint_url": |builder| builder.endpoint_url("http://localhost:1");
    "set_endpoint_url, none": |builder| {
        builder = builder.endpoint_url("http://localhost:1");
        settings!(@set builder set_endpoint_url(None))
    };
    "endpoint_resolver": |builder| builder.endpoint_resolver(Own("resolver"));
    "use_fips and use_dual_stack": |builder| builder.use_fips(true).use_dual_stack(true);
    "set_use_fips, none": |builder| settings!(@set builder set_use_fips(None));
    "set_use_dual_stack": |builder| settings!(@set builder set_use_dual_stack(Some(false)));
    "http_client": |builder| builder.http_client(plain_http());
    "set_http_client, none": |builder| settings!(@set builder set_http_client(None));
    "retry_config": |builder| builder.retry_config(RetryConfig::adaptive().with_max_attempts(7));
    "set_retry_config, none after some": |builder| {
        builder = builder.retry_config(RetryConfig::disabled());
        settings!(@set builder set_retry_config(None))
    };
    "retry_partition": |builder| builder.retry_partition(RetryPartition::new("own"));
    "set_retry_partition, none": |builder| settings!(@set builder set_retry_partition(None));
    "retry_classifier": |builder| builder.retry_classifier(Own("first")).retry_classifier(Own("second"));
    "push_retry_classifier": |builder|
        settings!(@set builder push_retry_classifier(SharedRetryClassifier::new(Own("pushed"))));
    "set_retry_classifiers": |builder| {
        builder = builder.retry_classifier(Own("replaced"));
        settings!(@set builder set_retry_classifiers([SharedRetryClassifier::new(Own("set"))]))
    };
    "timeout_config": |builder| builder.timeout_config(limits(3));
    "timeout_config over another": |builder| builder
        .timeout_config(TimeoutConfig::builder().connect_timeout(Duration::from_secs(1)).build())
        .timeout_config(limits(3));
    "set_timeout_config, none": |builder| settings!(@set builder set_timeout_config(None));
    "sleep_impl": |builder| builder.sleep_impl(Own("sleep"));
    "set_sleep_impl": |builder| settings!(@set builder set_sleep_impl(Some(SharedAsyncSleep::new(Own("sleep")))));
    "time_source": |builder| builder.time_source(clock());
    "set_time_source": |builder| settings!(@set builder set_time_source(Some(SharedTimeSource::new(clock()))));
    "identity_cache": |builder| builder.identity_cache(IdentityCache::no_cache());
    "set_identity_cache": |builder| settings!(@set builder set_identity_cache(IdentityCache::no_cache()));
    "interceptor": |builder| builder.interceptor(Own("first")).interceptor(Own("second"));
    "push_interceptor": |builder| settings!(@set builder push_interceptor(SharedInterceptor::new(Own("pushed"))));
    "set_interceptors": |builder| {
        builder = builder.interceptor(Own("replaced"));
        settings!(@set builder set_interceptors([SharedInterceptor::new(Own("set"))]))
    };
    "app_name": |builder| builder.app_name(app_name());
    "set_app_name, none": |builder| settings!(@set builder set_app_name(None));
    "framework_metadata": |builder| builder.framework_metadata(framework("first")).framework_metadata(framework("second"));
    "push_framework_metadata": |builder| settings!(@set builder push_framework_metadata(framework("pushed")));
    "disable_clock_skew_correction": |builder| builder.disable_clock_skew_correction(true);
    "disable_clock_skew_correction, none": |builder| builder.disable_clock_skew_correction(None);
    "set_disable_clock_skew_correction": |builder|
        settings!(@set builder set_disable_clock_skew_correction(Some(false)));
    "invocation_id_generator": |builder| builder.invocation_id_generator(Own("ids"));
    "set_invocation_id_generator": |builder| settings!(@set builder
        set_invocation_id_generator(Some(SharedInvocationIdGenerator::new(Own("ids")))));
    "stalled_stream_protection": |builder|
        builder.stalled_stream_protection(StalledStreamProtectionConfig::disabled());
    "set_stalled_stream_protection": |builder| settings!(@set builder set_stalled_stream_protection(
        Some(StalledStreamProtectionConfig::enabled().grace_period(Duration::from_secs(9)).build())));
    "idempotency_token_provider": |builder| builder.idempotency_token_provider("token");
    "set_idempotency_token_provider": |builder|
        settings!(@set builder set_idempotency_token_provider(Some("token".into())));
    "set_idempotency_token_provider, none": |builder| settings!(@set builder set_idempotency_token_provider(None));
    "push_auth_scheme": |builder| builder.push_auth_scheme(NoAuthScheme::new());
    "allow_no_auth": |builder| builder.allow_no_auth();
    "set_allow_no_auth": |builder| settings!(@set builder set_allow_no_auth());
    "auth_scheme_preference": |builder| builder.auth_scheme_preference([AuthSchemeId::from("sigv4")]);
    "set_auth_scheme_preference, none": |builder| settings!(@set builder set_auth_scheme_preference(None));
    "emit_input_attributes": |builder| builder.emit_input_attributes(["stageArn"]);
    "capture_input_attributes": |builder| builder.emit_input_attributes(["a"]).capture_input_attributes(["b"]);
}

/// A change of what all clients share.
type Change = fn(SharedBuilder) -> SharedBuilder;

/// What `aws-config` may have loaded.
const SHARED: &[(&str, Change)] = &[
    ("nothing", |shared| shared),
    ("behavior_version", |shared| shared.behavior_version(BehaviorVersion::latest())),
    ("region", |shared| shared.region(Region::new("eu-west-1"))),
    ("credentials_provider", |shared| shared.credentials_provider(SharedCredentialsProvider::new(credentials()))),
    ("endpoint_url", |shared| shared.endpoint_url("http://localhost:1")),
    ("service_config", |shared| shared.service_config(Own("service"))),
    ("service_config and endpoint_url", |shared| shared.service_config(Own("service")).endpoint_url("http://all")),
    ("service_config and endpoint_url in code", |mut shared| {
        shared.insert_origin("endpoint_url", Origin::shared_config());
        shared.service_config(Own("service")).endpoint_url("http://all")
    }),
    ("use_fips and use_dual_stack", |shared| shared.use_fips(true).use_dual_stack(false)),
    ("http_client", |shared| shared.http_client(plain_http())),
    ("retry_config", |shared| shared.retry_config(RetryConfig::adaptive())),
    ("timeout_config", |shared| shared.timeout_config(limits(4))),
    ("sleep_impl", |shared| shared.sleep_impl(Own("sleep"))),
    ("time_source", |shared| shared.time_source(clock())),
    ("identity_cache", |shared| shared.identity_cache(IdentityCache::no_cache())),
    ("app_name", |shared| shared.app_name(app_name())),
    ("framework_metadata", |shared| {
        shared.framework_metadata(framework("first")).framework_metadata(framework("second"))
    }),
    ("disable_clock_skew_correction", |shared| shared.disable_clock_skew_correction(true)),
    ("stalled_stream_protection", |shared| shared.stalled_stream_protection(StalledStreamProtectionConfig::disabled())),
    ("auth_scheme_preference", |shared| shared.auth_scheme_preference([AuthSchemeId::from("noAuth")])),
];

macro_rules! look_at_shared {
    ($sdk:ident, $shared:ident) => {{
        let builder = $sdk::config::Builder::from($shared);
        let mut facts = look_at!(builder);
        facts.add("Config::from", parts(&$sdk::Config::from($shared)));
        facts.add("Config::new", parts(&$sdk::Config::new($shared)));
        // A client wants a version, and shows its configuration as it was given.
        let config = $sdk::config::Builder::from($shared).behavior_version(BehaviorVersion::latest()).build();
        let client = $sdk::Client::from_conf(config.clone());
        facts.add("Client::config()", parts(client.config()));
        facts.debug(
            "the client's Debug text shows its configuration",
            &format!("{client:?}").contains("conf: Config {"),
        );
        facts
    }};
}

/// Compares what becomes of settings in both crates.
pub(crate) fn compare() -> Findings {
    let mut findings = Findings::default();
    for setting in SETTINGS {
        findings.add(&setting.name, differences(&(setting.official)(), &(setting.ours)()));
    }
    for (name, change) in SHARED {
        let shared = &change(SdkConfig::builder()).build();
        let sides = (look_at_shared!(aws_sdk_ivsrealtime, shared), look_at_shared!(ivs_realtime, shared));
        findings.add(&format!("SdkConfig: {name}"), differences(&sides.0, &sides.1));
    }
    findings
}
