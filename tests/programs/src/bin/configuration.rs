//! Configuration: what `aws_config` loads, what a profile says, what one client refines, and what one call overrides.

use std::collections::BTreeMap;
use std::time::Duration;

use aws_config::meta::region::RegionProviderChain;
use aws_config::{ConfigLoader, SdkConfig};
use aws_sdk_ivsrealtime::config::retry::{RetryConfig, RetryMode};
use aws_sdk_ivsrealtime::config::timeout::TimeoutConfig;
use aws_sdk_ivsrealtime::config::{AppName, BehaviorVersion, Region, StalledStreamProtectionConfig};
use aws_sdk_ivsrealtime::{Client, Config, Error};

/// What the command line decides.
#[derive(Default)]
struct Settings {
    region: Option<String>,
    profile: Option<String>,
    endpoint: Option<String>,
}

/// The loader of what all clients of the application share.
fn loader(settings: &Settings) -> ConfigLoader {
    let region = settings.region.clone().map(Region::new);
    let mut loader = aws_config::defaults(BehaviorVersion::latest())
        .app_name(AppName::new("studio").expect("its characters are allowed"))
        .retry_config(RetryConfig::standard().with_max_attempts(5))
        .timeout_config(TimeoutConfig::builder().operation_timeout(Duration::from_secs(30)).build());
    if region.is_some() {
        loader = loader.region(RegionProviderChain::first_try(region).or_else("eu-west-1"));
    }
    if let Some(profile) = &settings.profile {
        loader = loader.profile_name(profile);
    }
    if let Some(endpoint) = &settings.endpoint {
        loader = loader.endpoint_url(endpoint);
    }
    loader
}

/// A client for work that nobody waits for: it may take longer and try more often than others.
fn patient(shared: &SdkConfig) -> Client {
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(5))
        .operation_attempt_timeout(Duration::from_secs(60))
        .operation_timeout(Duration::from_secs(300))
        .build();
    let config = aws_sdk_ivsrealtime::config::Builder::from(shared)
        .retry_config(RetryConfig::standard().with_max_attempts(9).with_initial_backoff(Duration::from_millis(10)))
        .timeout_config(timeouts)
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .build();
    Client::from_conf(config)
}

/// The same client in several regions.
fn regional(client: &Client, regions: &[&'static str]) -> BTreeMap<&'static str, Client> {
    let in_region = |region| client.config().to_builder().region(Region::from_static(region)).build();
    regions.iter().map(|region| (*region, Client::from_conf(in_region(region)))).collect()
}

/// One call that fails at once instead of trying again.
async fn is_reachable(client: &Client) -> bool {
    let once = Config::builder().retry_config(RetryConfig::disabled());
    client.list_stages().max_results(1).customize().config_override(once).send().await.is_ok()
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let mut arguments = std::env::args().skip(1);
    let settings = Settings { region: arguments.next(), profile: arguments.next(), endpoint: arguments.next() };
    let shared = loader(&settings).load().await;
    println!("{:?} {:?}", shared.region(), shared.retry_config().map(RetryConfig::mode) == Some(RetryMode::Standard));
    for (region, client) in regional(&patient(&shared), &["eu-west-1", "us-east-1"]) {
        println!("{region}: {}", is_reachable(&client).await);
    }
    let stages = Client::new(&shared).list_stages().send().await?;
    println!("{} stages", stages.stages().len());
    Ok(())
}

#[cfg(test)]
mod tests {
    use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};
    use aws_sdk_ivsrealtime::config::Credentials;
    use aws_sdk_ivsrealtime::error::{DisplayErrorContext, SdkError};
    use aws_smithy_http_client::test_util::capture_request;
    use harness::client::{SIGNER, plain_http, sdk_config};
    use harness::loopback::{LoopbackServer, Reply, Response};
    use harness::sigv4::{self, Expected};
    use serde_json::json;

    use super::*;

    fn success() -> Response {
        Response::json(&json!({"stages": []}))
    }

    /// The loader of the program, cut off from the machine that tests run on, with a profile in memory.
    fn loader_with(settings: &Settings, profiles: &str) -> ConfigLoader {
        let files = EnvConfigFiles::builder().with_contents(EnvConfigFileKind::Config, profiles).build();
        loader(settings).empty_test_environment().profile_files(files).http_client(plain_http())
    }

    const STUDIO: &str = "\
[profile studio]
region = ap-northeast-1
aws_access_key_id = AKIDPROFILE
aws_secret_access_key = profile-secret
";

    #[tokio::test]
    async fn a_profile_gives_region_and_credentials_and_the_endpoint_of_this_service() {
        let server = LoopbackServer::scripted([success()]).await;
        let services = format!(
            "{STUDIO}services = local\n\n[services local]\nivs-realtime =\n  endpoint_url = {}\ns3 =\n  endpoint_url = http://127.0.0.1:1\n",
            server.url()
        );
        let settings = Settings { profile: Some("studio".to_owned()), ..Settings::default() };
        let shared = loader_with(&settings, &services).load().await;
        Client::new(&shared).list_stages().send().await.unwrap();
        let request = server.only_request();
        let signer =
            Expected { access_key: "AKIDPROFILE", secret_key: "profile-secret", region: "ap-northeast-1", ..SIGNER };
        assert_eq!(sigv4::verify(&request, &signer), Ok(()));
        assert!(request.header("user-agent").unwrap().contains(" app/studio"));
        assert_eq!(request.header("amz-sdk-request"), Some("attempt=1; max=5"));
    }

    #[tokio::test]
    async fn an_endpoint_in_code_comes_before_one_in_the_profile() {
        let server = LoopbackServer::scripted([success()]).await;
        let profiles = format!("{STUDIO}endpoint_url = http://127.0.0.1:1\n");
        let settings = Settings {
            region: Some("us-west-2".to_owned()),
            profile: Some("studio".to_owned()),
            endpoint: Some(server.url()),
        };
        let shared = loader_with(&settings, &profiles).load().await;
        assert_eq!(shared.region(), Some(&Region::from_static("us-west-2")));
        Client::new(&shared).list_stages().send().await.unwrap();
        assert!(server.only_request().header("authorization").unwrap().contains("/us-west-2/ivs/aws4_request"));
    }

    #[tokio::test]
    async fn a_profile_can_ask_for_fips_and_dual_stack() {
        let settings = Settings { profile: Some("studio".to_owned()), ..Settings::default() };
        let (http_client, request) = capture_request(None);
        let profiles = format!(
            "{}use_fips_endpoint = true\nuse_dualstack_endpoint = true\n",
            STUDIO.replace("ap-northeast-1", "us-east-1")
        );
        let shared = loader_with(&settings, &profiles).http_client(http_client).load().await;
        let _ = Client::new(&shared).list_stages().send().await;
        assert_eq!(request.expect_request().uri(), "https://ivsrealtime-fips.us-east-1.api.aws/ListStages");
    }

    #[tokio::test]
    async fn one_client_can_be_more_patient_than_what_is_shared() {
        let busy = || Response::error(503, "Unavailable", &json!({}));
        let server = LoopbackServer::scripted(vec![busy(), busy(), busy(), busy(), busy(), busy(), success()]).await;
        let client = patient(&sdk_config(&server.url()));
        client.list_stages().send().await.unwrap();
        assert_eq!(server.requests().len(), 7);
        assert_eq!(server.requests()[0].header("amz-sdk-request"), Some("attempt=1; max=9"));
    }

    #[tokio::test]
    async fn a_client_is_copied_to_other_regions_with_all_else_kept() {
        let server = LoopbackServer::answering(|_| success().into()).await;
        let config = sdk_config(&server.url()).to_builder().app_name(AppName::new("copied").unwrap()).build();
        for (region, client) in regional(&Client::new(&config), &["us-east-1", "ap-south-1"]) {
            assert_eq!(client.config().region().map(Region::as_ref), Some(region));
            client.list_stages().send().await.unwrap();
            let requests = server.requests();
            let last = requests.last().unwrap();
            assert_eq!(sigv4::verify(last, &Expected { region, ..SIGNER }), Ok(()));
            assert!(last.header("user-agent").unwrap().contains(" app/copied"));
        }
    }

    #[tokio::test]
    async fn one_call_does_not_try_again() {
        let busy = || Response::error(503, "Unavailable", &json!({}));
        let server = LoopbackServer::scripted([busy(), busy(), success()]).await;
        let client = Client::new(&sdk_config(&server.url()));
        assert!(!is_reachable(&client).await);
        assert_eq!(server.requests().len(), 1);
        assert!(client.list_stages().send().await.is_ok(), "the next call tries again");
        assert_eq!(server.requests().len(), 3);
    }

    #[tokio::test]
    async fn a_timeout_of_one_attempt_names_itself() {
        let server = LoopbackServer::scripted([Reply::Silence]).await;
        let quick = TimeoutConfig::builder().operation_attempt_timeout(Duration::from_millis(100)).build();
        let overrides = Config::builder().timeout_config(quick).retry_config(RetryConfig::disabled());
        let call = Client::new(&sdk_config(&server.url())).list_stages().customize().config_override(overrides);
        let error = call.send().await.unwrap_err();
        assert!(matches!(error, SdkError::TimeoutError(_)), "{error:?}");
        assert!(DisplayErrorContext(&error).to_string().contains("attempt timeout"), "{}", DisplayErrorContext(&error));
    }

    #[tokio::test]
    async fn without_credentials_nothing_is_sent() {
        let server = LoopbackServer::scripted([success()]).await;
        let mut without = sdk_config(&server.url()).to_builder();
        without.set_credentials_provider(None);
        let error = Client::new(&without.build()).list_stages().send().await.unwrap_err();
        assert!(matches!(error, SdkError::DispatchFailure(_)), "{error:?}");
        assert_eq!(server.connections(), 0);
        let overrides = Config::builder().credentials_provider(Credentials::new("a", "b", None, None, "test"));
        let client = Client::new(&sdk_config(&server.url()));
        client.list_stages().customize().config_override(overrides).send().await.unwrap();
        assert!(server.only_request().header("authorization").unwrap().contains("Credential=a/"));
    }
}
