//! A client configured for tests: fixed credentials, region and idempotency token, plain HTTP, and no shared retry quota.

use std::sync::atomic::{AtomicUsize, Ordering};

use aws_smithy_http_client::Builder as HttpClientBuilder;
use aws_types::SdkConfig;
use ivs_realtime::Client;
use ivs_realtime::config::retry::RetryPartition;
use ivs_realtime::config::{
    BehaviorVersion, Builder, Config, Credentials, Region, SharedCredentialsProvider, SharedHttpClient,
};

use crate::sigv4::Expected;

/// What the signatures of the clients made here must verify against.
pub const SIGNER: Expected<'_> = Expected {
    access_key: "AKIDEXAMPLE",
    secret_key: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
    session_token: None,
    region: "eu-central-1",
    service: "ivs",
};

/// The token that clients made here put where the model asks for an idempotency token and the caller gave none.
pub const IDEMPOTENCY_TOKEN: &str = "00000000-0000-4000-8000-000000000000";

/// The credentials of [`SIGNER`].
pub fn credentials() -> Credentials {
    Credentials::new(SIGNER.access_key, SIGNER.secret_key, SIGNER.session_token.map(str::to_owned), None, "tests")
}

/// An HTTP/1.1 client without TLS, with a connection pool of its own.
pub fn plain_http() -> SharedHttpClient {
    HttpClientBuilder::new().build_http()
}

/// The start of a configuration for the server at `url`, to be refined by the test: [`random_tokens`] with [`IDEMPOTENCY_TOKEN`].
pub fn config(url: &str) -> Builder {
    random_tokens(url).idempotency_token_provider(IDEMPOTENCY_TOKEN)
}

/// A configuration for the server at `url` that makes idempotency tokens as a client does on its own.
///
/// Retry quotas are shared by all clients of a process whose partition has one name, so each configuration gets a name of its own.
pub fn random_tokens(url: &str) -> Builder {
    static PARTITIONS: AtomicUsize = AtomicUsize::new(0);
    let partition = PARTITIONS.fetch_add(1, Ordering::Relaxed);
    Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(SIGNER.region))
        .credentials_provider(credentials())
        .endpoint_url(url)
        .http_client(plain_http())
        .retry_partition(RetryPartition::new(format!("tests-{partition}")))
}

/// Configuration shared by the clients of all services, for the server at `url`: what `aws_config` loads for an application.
///
/// It names no retry partition, as applications do not: tests that exhaust retries count on a quota that others spend, too.
pub fn sdk_config(url: &str) -> SdkConfig {
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(SIGNER.region))
        .credentials_provider(SharedCredentialsProvider::new(credentials()))
        .endpoint_url(url)
        .http_client(plain_http())
        .build()
}

/// A client with [`config`] unrefined.
pub fn client(url: &str) -> Client {
    Client::from_conf(config(url).build())
}
