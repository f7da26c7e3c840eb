//! Configuration of a client: the same for every service but for facts and endpoint parameters.
//!
//! The [`client_config!`](crate::client_config) macro gives an emitted crate its own
//! `Config` and `Builder`, so that they can name the crate's endpoint traits and
//! be constructed without type parameters. The functions here do the work.

use aws_runtime::auth::sigv4::SCHEME_ID;
use aws_runtime::service_clock_skew::DisableClockSkewCorrection;
use aws_runtime::user_agent::ApiMetadata;
use aws_smithy_runtime::client::config_override::Resolver;
use aws_smithy_runtime::client::defaults::{DefaultPluginParams, default_plugins};
use aws_smithy_runtime::client::identity::IdentityCache;
use aws_smithy_runtime::client::metrics::MetricsRuntimePlugin;
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_runtime_api::client::runtime_plugin::{RuntimePlugins, SharedRuntimePlugin, StaticRuntimePlugin};
use aws_smithy_types::config_bag::{CloneableLayer, FrozenLayer, Layer};
use aws_types::SigningName;
use aws_types::endpoint_config::{EndpointUrl, UseDualStack, UseFips};
use aws_types::region::{Region, SigningRegion};
use aws_types::sdk_config::SdkConfig;
use aws_types::service_config::ServiceConfigKey;
use std::borrow::Cow;

use crate::BoxError;
#[cfg(feature = "request-compression")]
use crate::compression::{DisableRequestCompression, RequestMinCompressionSizeBytes};
use crate::plugin::ServicePlugin;
use crate::service::{Handle, ServiceFacts};

/// What a client cannot be built without, said to the person who forgot it.
const NO_BEHAVIOR_VERSION: &str = "a behavior version must be set. Set it with \
    `.behavior_version(BehaviorVersion::latest())` on the config builder, or enable the crate feature `behavior-version-latest`.";

/// Adds what a service puts into every configuration: the name in the user
/// agent, the signing name, the signing region.
pub fn finish_layer(layer: &mut CloneableLayer, facts: &'static ServiceFacts) {
    layer.store_put(ApiMetadata::new(facts.api_name, facts.version));
    if let Some(name) = facts.signing_name {
        layer.store_put(SigningName::from_static(name));
    }
    if let Some(region) = layer.load::<Region>().cloned() {
        layer.store_put(SigningRegion::from(region));
    }
}

/// The parts of a built configuration, as [`client_handle`] takes them.
#[derive(Debug)]
pub struct Parts {
    /// Values of the user's configuration.
    pub config: FrozenLayer,
    /// Components of the user's configuration.
    pub components: RuntimeComponentsBuilder,
    /// Plugins that the user added.
    pub plugins: Vec<SharedRuntimePlugin>,
    /// Behavior version, if any was chosen.
    pub behavior_version: Option<BehaviorVersion>,
    /// What Debug output and metrics call the client.
    pub scope: &'static str,
}

/// Assembles the plugins of a client in the order of AWS's own clients: engine
/// defaults, the user's configuration, the service, metrics, the user's plugins.
///
/// # Errors
/// When no behavior version is set, or the engine's validators refuse the configuration.
pub fn client_handle(parts: Parts, facts: &'static ServiceFacts) -> Result<Handle, BoxError> {
    let behavior_version = parts.behavior_version.ok_or(NO_BEHAVIOR_VERSION)?;
    let retry_partition = match parts.config.load::<Region>() {
        Some(region) => Cow::from(format!("{}-{region}", facts.api_name)),
        None => Cow::from(facts.api_name),
    };
    let defaults = DefaultPluginParams::new()
        .with_retry_partition_name(retry_partition)
        .with_behavior_version(behavior_version)
        .with_is_aws_sdk(true);
    let metrics = MetricsRuntimePlugin::builder()
        .with_scope(parts.scope)
        .with_time_source(parts.components.time_source().unwrap_or_default())
        .build()?;

    let mut plugins = RuntimePlugins::new().with_client_plugins(default_plugins(defaults));
    if let Some(transport) = crate::transport::default_plugin() {
        plugins = plugins.with_client_plugin(transport);
    }
    plugins = plugins
        .with_client_plugin(
            StaticRuntimePlugin::new().with_config(parts.config).with_runtime_components(parts.components),
        )
        .with_client_plugin(ServicePlugin::new(facts))
        .with_client_plugin(metrics);
    for plugin in parts.plugins {
        plugins = plugins.with_client_plugin(plugin);
    }
    Handle::new(plugins)
}

/// The plugins of a call with a configuration of its own, laid over the client's.
pub fn override_plugins(
    mut layer: CloneableLayer,
    mut components: RuntimeComponentsBuilder,
    mut plugins: Vec<SharedRuntimePlugin>,
    client_layer: FrozenLayer,
    client_components: &RuntimeComponentsBuilder,
) -> Vec<SharedRuntimePlugin> {
    let mut resolver = Resolver::overrid(client_layer, client_components, &mut layer, &mut components);
    if let Some(region) = resolver.config_mut().load::<Region>().cloned() {
        resolver.config_mut().store_put(SigningRegion::from(region));
    }
    // Credentials of one call must not fill the cache of the client, yet retries of that call may share them.
    if components.has_identity_resolvers() && components.identity_cache().is_none() {
        components.set_identity_cache(Some(IdentityCache::lazy().max_partitions(1).build()));
    }
    let layer = Layer::from(layer).with_name("config_override").freeze();
    plugins.push(SharedRuntimePlugin::new(
        StaticRuntimePlugin::new().with_config(layer).with_runtime_components(components),
    ));
    plugins
}

/// What a builder holds after [`taken_over`].
#[derive(Debug)]
pub struct TakenOver {
    /// Values.
    pub config: CloneableLayer,
    /// Components.
    pub components: RuntimeComponentsBuilder,
}

/// The settings of a service that `aws-config` has loaded.
///
/// Here and not in emitted code, so that what each setting needs of the engine is
/// compiled once.
pub fn taken_over(config: &SdkConfig, facts: &'static ServiceFacts) -> TakenOver {
    let mut layer = CloneableLayer::default();
    layer
        .store_or_unset(config.region().cloned())
        .store_or_unset(config.use_fips().map(UseFips))
        .store_or_unset(config.use_dual_stack().map(UseDualStack))
        .store_or_unset(endpoint_url_of(config, facts).map(EndpointUrl))
        .store_or_unset(config.auth_scheme_preference().cloned())
        .store_or_unset(config.disable_clock_skew_correction().map(DisableClockSkewCorrection::from))
        .store_or_unset(config.app_name().cloned());
    if facts.account_id_endpoints {
        layer.store_or_unset(config.account_id_endpoint_mode().cloned());
    }
    #[cfg(feature = "request-compression")]
    layer
        .store_or_unset(config.disable_request_compression().map(DisableRequestCompression))
        .store_or_unset(config.request_min_compression_size_bytes().map(RequestMinCompressionSizeBytes));
    // `None` would remove a default that the engine has.
    if let Some(retries) = config.retry_config() {
        layer.store_put(retries.clone());
    }
    if let Some(timeouts) = config.timeout_config() {
        layer.store_put(timeouts.clone());
    }
    if let Some(protection) = config.stalled_stream_protection() {
        layer.store_put(protection);
    }
    for metadata in config.framework_metadata() {
        layer.store_append(metadata.clone());
    }

    let mut components = RuntimeComponentsBuilder::new("service config");
    if let Some(provider) = config.credentials_provider() {
        components.set_identity_resolver(SCHEME_ID, provider);
    }
    if let Some(cache) = config.identity_cache() {
        components.set_identity_cache(Some(cache));
    }
    components.set_sleep_impl(config.sleep_impl());
    components.set_http_client(config.http_client());
    components.set_time_source(config.time_source());
    TakenOver { config: layer, components }
}

/// The endpoint of a service from `AWS_ENDPOINT_URL_<SERVICE>` or a profile,
/// unless the code itself set one; else the endpoint of all services.
fn endpoint_url_of(config: &SdkConfig, facts: &'static ServiceFacts) -> Option<String> {
    let global = config.endpoint_url().map(str::to_owned);
    if config.get_origin("endpoint_url").is_client_config() {
        return global;
    }
    let key = ServiceConfigKey::builder()
        .service_id(facts.sdk_id)
        .env("AWS_ENDPOINT_URL")
        .profile("endpoint_url")
        .build()
        .expect("all three parts are set");
    config.service_config().and_then(|services| services.load_config(key)).or(global)
}
