//! What the programs share: a configuration for the server whose URL is the first argument.

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_http_client::Builder as HttpClientBuilder;
use aws_types::SdkConfig;
use aws_types::region::Region;

/// The URL of the server.
pub fn url() -> String {
    std::env::args().nth(1).expect("the URL of moto's server, as an argument")
}

/// The configuration of any client: credentials that moto takes, and no TLS.
pub fn config() -> SdkConfig {
    SdkConfig::builder()
        .region(Region::new("us-east-1"))
        .credentials_provider(SharedCredentialsProvider::new(Credentials::new(
            "testing", "testing", None, None, "moto",
        )))
        .endpoint_url(url())
        .http_client(HttpClientBuilder::new().build_http())
        .build()
}

/// Says what was seen to hold.
pub fn holds(fact: &str) {
    println!("{fact}");
}
