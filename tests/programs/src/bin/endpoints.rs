//! Endpoints: what the service's own rules say, a resolver of one's own around them, and one that always says the same.

use aws_sdk_ivsrealtime::config::endpoint::{
    DefaultResolver, Endpoint, EndpointFuture, Params, ResolveEndpoint, SharedEndpointResolver,
};
use aws_sdk_ivsrealtime::error::BoxError;
use aws_sdk_ivsrealtime::{Client, Error};

/// Sends everything through a gateway that knows regions by path.
#[derive(Debug)]
struct Gateway {
    url: String,
}

impl ResolveEndpoint for Gateway {
    fn resolve_endpoint<'a>(&'a self, params: &'a Params) -> EndpointFuture<'a> {
        let endpoint = match params.region() {
            Some(region) => {
                Ok(Endpoint::builder().url(format!("{}/{region}", self.url)).header("x-via", "gateway").build())
            }
            None => Err("the gateway needs a region".into()),
        };
        EndpointFuture::ready(endpoint)
    }
}

/// The rules of the service, but never beyond some regions.
#[derive(Debug, Default)]
struct WithinEurope {
    rules: DefaultResolver,
}

impl ResolveEndpoint for WithinEurope {
    fn resolve_endpoint<'a>(&'a self, params: &'a Params) -> EndpointFuture<'a> {
        match params.region() {
            Some(region) if region.starts_with("eu-") => self.rules.resolve_endpoint(params),
            _ => EndpointFuture::ready(Err("data must stay in Europe".into())),
        }
    }
}

/// Where the rules lead.
async fn url(region: &str, fips: bool) -> Result<String, BoxError> {
    let params = Params::builder().region(region).use_fips(fips).use_dual_stack(false).build()?;
    Ok(DefaultResolver::new().resolve_endpoint(&params).await?.url().to_owned())
}

#[tokio::main]
async fn main() -> Result<(), BoxError> {
    println!("{} {}", url("eu-west-1", false).await?, url("us-east-1", true).await?);
    let shared = aws_config::load_from_env().await;
    let builder = aws_sdk_ivsrealtime::config::Builder::from(&shared);
    let within = Client::from_conf(builder.clone().endpoint_resolver(WithinEurope::default()).build());
    within.list_stages().send().await.map_err(Error::from)?;
    let mut builder = builder;
    let gateway = Gateway { url: "http://localhost:8080".to_owned() };
    builder.set_endpoint_resolver(Some(gateway.into_shared_resolver()));
    Client::from_conf(builder.build()).list_stages().send().await.map_err(Error::from)?;
    let _: SharedEndpointResolver = within.config().endpoint_resolver();
    Ok(())
}

#[cfg(test)]
mod tests {
    use aws_sdk_ivsrealtime::config::{Builder, Region};
    use aws_sdk_ivsrealtime::error::{DisplayErrorContext, SdkError};
    use aws_smithy_http_client::test_util::capture_request;
    use harness::client::{SIGNER, sdk_config};
    use harness::loopback::{LoopbackServer, Response};
    use harness::sigv4;
    use serde_json::json;

    use super::*;

    /// A configuration without an endpoint URL, which would come before every rule.
    fn builder() -> Builder {
        let mut shared = sdk_config("http://localhost").to_builder();
        shared.set_endpoint_url(None);
        Builder::from(&shared.build())
    }

    #[tokio::test]
    async fn the_rules_know_partitions_fips_and_what_is_not_supported() {
        assert_eq!(url("eu-west-1", false).await.unwrap(), "https://ivsrealtime.eu-west-1.amazonaws.com");
        assert_eq!(url("us-west-2", true).await.unwrap(), "https://ivsrealtime-fips.us-west-2.amazonaws.com");
        assert_eq!(url("cn-north-1", false).await.unwrap(), "https://ivsrealtime.cn-north-1.amazonaws.com.cn");
        let params = Params::builder().endpoint("http://localhost").use_fips(true).build().unwrap();
        let error = DefaultResolver::new().resolve_endpoint(&params).await.unwrap_err();
        assert!(error.to_string().contains("FIPS and custom endpoint are not supported"), "{error}");
        let error = DefaultResolver::new().resolve_endpoint(&Params::builder().build().unwrap()).await.unwrap_err();
        assert!(error.to_string().contains("Missing Region"), "{error}");
    }

    #[tokio::test]
    async fn a_resolver_of_ones_own_decides_path_and_headers() {
        let server = LoopbackServer::scripted([Response::json(&json!({"stages": []}))]).await;
        let gateway = Gateway { url: server.url() };
        Client::from_conf(builder().endpoint_resolver(gateway).build()).list_stages().send().await.unwrap();
        let request = server.only_request();
        assert_eq!((request.path.as_str(), request.header("x-via")), ("/eu-central-1/ListStages", Some("gateway")));
        assert_eq!(sigv4::verify(&request, &SIGNER), Ok(()));
    }

    #[tokio::test]
    async fn a_resolver_can_stand_around_the_rules() {
        let (http_client, request) = capture_request(None);
        let config = builder().endpoint_resolver(WithinEurope::default()).http_client(http_client);
        let _ = Client::from_conf(config.clone().build()).list_stages().send().await;
        assert_eq!(request.expect_request().uri(), "https://ivsrealtime.eu-central-1.amazonaws.com/ListStages");

        let elsewhere = config.region(Region::new("us-east-1")).build();
        let error = Client::from_conf(elsewhere).list_stages().send().await.unwrap_err();
        assert!(matches!(error, SdkError::DispatchFailure(_)), "{error:?}");
        let text = DisplayErrorContext(&error).to_string();
        assert!(text.contains("data must stay in Europe"), "{text}");
    }

    #[tokio::test]
    async fn the_resolver_of_a_configuration_is_the_one_that_was_set() {
        let config = builder().endpoint_resolver(Gateway { url: "http://gateway".to_owned() }).build();
        let text = format!("{:?}", config.endpoint_resolver());
        assert!(!text.is_empty());
        let copy = config.to_builder().build();
        let (http_client, request) = capture_request(None);
        let _ = Client::from_conf(copy.to_builder().http_client(http_client).build()).list_stages().send().await;
        assert_eq!(request.expect_request().uri(), "http://gateway/eu-central-1/ListStages");
    }
}
