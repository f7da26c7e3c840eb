//! The default HTTP client: hyper with rustls, and which cryptography stands under it.

use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::runtime_plugin::SharedRuntimePlugin;

/// A plugin with the HTTPS client that the crate's features choose: ring, or
/// aws-lc where its feature is on; none without either.
#[cfg(any(feature = "default-https-client", feature = "rustls-aws-lc"))]
pub(crate) fn default_plugin(_: BehaviorVersion) -> Option<SharedRuntimePlugin> {
    use aws_smithy_http_client::{Builder, tls};
    use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
    use aws_smithy_runtime_api::client::runtime_plugin::{Order, StaticRuntimePlugin};

    #[cfg(feature = "rustls-aws-lc")]
    let mode = tls::rustls_provider::CryptoMode::AwsLc;
    #[cfg(not(feature = "rustls-aws-lc"))]
    let mode = tls::rustls_provider::CryptoMode::Ring;

    let client = Builder::new().tls_provider(tls::Provider::Rustls(mode)).build_https();
    let components = RuntimeComponentsBuilder::new("default_https_client").with_http_client(Some(client));
    Some(SharedRuntimePlugin::new(
        StaticRuntimePlugin::new().with_order(Order::Defaults).with_runtime_components(components),
    ))
}

/// Without a TLS feature the caller brings an HTTP client.
#[cfg(not(any(feature = "default-https-client", feature = "rustls-aws-lc")))]
pub(crate) fn default_plugin(_: BehaviorVersion) -> Option<SharedRuntimePlugin> {
    None
}
