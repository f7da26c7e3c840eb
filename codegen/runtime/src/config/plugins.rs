//! From a configuration to what a client, or one of its calls, runs with.

use aws_smithy_runtime::client::config_override::Resolver;
use aws_smithy_runtime::client::defaults::{DefaultPluginParams, default_plugins};
use aws_smithy_runtime::client::identity::IdentityCache;
use aws_smithy_runtime::client::metrics::MetricsRuntimePlugin;
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::runtime_plugin::{RuntimePlugins, SharedRuntimePlugin, StaticRuntimePlugin};
use aws_smithy_types::config_bag::Layer;
use aws_types::region::{Region, SigningRegion};
use std::borrow::Cow;
use std::sync::Arc;

use super::{BuiltSettings, Settings};
use crate::BoxError;
use crate::plugin::ServicePlugin;
use crate::service::{Handle, ServiceFacts};

/// What a client cannot be built without, said to the person who forgot it.
const NO_BEHAVIOR_VERSION: &str = "a behavior version must be set. Set it with \
    `.behavior_version(BehaviorVersion::latest())` on the config builder, or enable the crate feature `behavior-version-latest`.";

impl BuiltSettings {
    /// Assembles the plugins of a client in the order of AWS's own clients: engine defaults, the user's configuration,
    /// the service, metrics, the user's plugins.
    ///
    /// `scope` is what metrics call the client; `newest` allows the newest behavior version where none was set.
    ///
    /// # Errors
    /// When there is no behavior version, or the engine's validators refuse the configuration.
    pub fn handle(&self, facts: &'static ServiceFacts, scope: &'static str, newest: bool) -> Result<Handle, BoxError> {
        let Settings { components, plugins: added, behavior_version, .. } = self.to_settings();
        let behavior_version = behavior_version.or_else(|| newest.then(BehaviorVersion::latest));
        let retry_partition = match self.region() {
            Some(region) => Cow::from(format!("{}-{region}", facts.api_name)),
            None => Cow::from(facts.api_name),
        };
        let defaults = DefaultPluginParams::new()
            .with_retry_partition_name(retry_partition)
            .with_behavior_version(behavior_version.ok_or(NO_BEHAVIOR_VERSION)?)
            .with_is_aws_sdk(true);
        let metrics = MetricsRuntimePlugin::builder()
            .with_scope(scope)
            .with_time_source(self.time_source().unwrap_or_default())
            .build()?;

        let mut plugins = RuntimePlugins::new().with_client_plugins(default_plugins(defaults));
        if let Some(transport) = crate::transport::default_plugin() {
            plugins = plugins.with_client_plugin(transport);
        }
        plugins = plugins
            .with_client_plugin(
                StaticRuntimePlugin::new().with_config(self.0.values.clone()).with_runtime_components(components),
            )
            .with_client_plugin(ServicePlugin::new(facts))
            .with_client_plugin(metrics);
        for plugin in added {
            plugins = plugins.with_client_plugin(plugin);
        }
        Handle::new(self.clone(), plugins)
    }

    /// The same for a client that shares it among its clones and calls.
    ///
    /// # Panics
    /// Where [`handle`](Self::handle) fails: who makes a client has no error to return.
    #[track_caller]
    pub fn shared_handle(&self, facts: &'static ServiceFacts, scope: &'static str, newest: bool) -> Arc<Handle> {
        match self.handle(facts, scope, newest) {
            Ok(handle) => Arc::new(handle),
            Err(error) => panic!("Invalid client configuration: {error}"),
        }
    }

    /// The plugins of a call with changes of its own, laid over the configuration of its client.
    pub fn overridden_by(&self, changes: Settings) -> Vec<SharedRuntimePlugin> {
        let Settings { mut values, mut components, mut plugins, .. } = changes;
        let (client, client_components) = (self.0.values.clone(), &self.0.settings.components);
        let mut resolver = Resolver::overrid(client, client_components, &mut values, &mut components);
        if let Some(region) = resolver.config_mut().load::<Region>().cloned() {
            resolver.config_mut().store_put(SigningRegion::from(region));
        }
        // Credentials of one call must not fill the cache of the client, yet retries of that call may share them.
        if components.has_identity_resolvers() && components.identity_cache().is_none() {
            components.set_identity_cache(Some(IdentityCache::lazy().max_partitions(1).build()));
        }
        let layer = Layer::from(values).with_name("config_override").freeze();
        plugins.push(SharedRuntimePlugin::new(
            StaticRuntimePlugin::new().with_config(layer).with_runtime_components(components),
        ));
        plugins
    }
}
