//! The default HTTP client: hyper with rustls, and which cryptography stands under it.

use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_runtime_api::client::runtime_plugin::{Order, SharedRuntimePlugin, StaticRuntimePlugin};

/// The HTTPS client that the crate's features choose: ring, or aws-lc where its
/// feature is on; `None` without such a feature.
#[cfg(any(feature = "default-https-client", feature = "rustls-aws-lc"))]
pub fn https_client() -> Option<SharedHttpClient> {
    use aws_smithy_http_client::{Builder, tls};

    #[cfg(feature = "rustls-aws-lc")]
    let mode = tls::rustls_provider::CryptoMode::AwsLc;
    #[cfg(not(feature = "rustls-aws-lc"))]
    let mode = tls::rustls_provider::CryptoMode::Ring;

    Some(Builder::new().tls_provider(tls::Provider::Rustls(mode)).build_https())
}

/// The HTTPS client that the crate's features choose: none, the caller brings one.
#[cfg(not(any(feature = "default-https-client", feature = "rustls-aws-lc")))]
pub fn https_client() -> Option<SharedHttpClient> {
    None
}

/// A plugin with that client, for configurations that name none.
pub(crate) fn default_plugin() -> Option<SharedRuntimePlugin> {
    let client = https_client()?;
    let components = RuntimeComponentsBuilder::new("default_https_client").with_http_client(Some(client));
    Some(SharedRuntimePlugin::new(
        StaticRuntimePlugin::new().with_order(Order::Defaults).with_runtime_components(components),
    ))
}
