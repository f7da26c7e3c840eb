//! How a client is set up: shared configuration, credentials and their cache, HTTP clients, endpoints, the user agent.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use aws_credential_types::provider::future;
use aws_smithy_http_client::test_util::{ReplayEvent, StaticReplayClient};
use aws_smithy_runtime_api::client::auth::{AuthSchemeId, AuthSchemeOptionsFuture};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use aws_types::SdkConfig;
use ivs_realtime::config::auth::{DefaultAuthSchemeResolver, Params, ResolveAuthScheme};
use ivs_realtime::config::retry::RetryConfig;
use ivs_realtime::config::{
    AppName, BehaviorVersion, ConfigBag, Credentials, IdentityCache, ProvideCredentials, Region, RuntimeComponents,
    SharedCredentialsProvider,
};
use ivs_realtime::error::{DisplayErrorContext, SdkError};
use ivs_realtime::{Client, Config};
use serde_json::json;
use tests::client::{SIGNER, client, config, credentials, plain_http};
use tests::loopback::{LoopbackServer, Response};
use tests::sigv4::{self, Expected};

fn success() -> Response {
    Response::json(&json!({"stages": []}))
}

#[tokio::test]
async fn a_shared_configuration_makes_a_client() {
    let server = LoopbackServer::scripted([success()]).await;
    let shared = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(SIGNER.region))
        .credentials_provider(SharedCredentialsProvider::new(credentials()))
        .endpoint_url(server.url())
        .http_client(plain_http())
        .app_name(AppName::new("studio").unwrap())
        .retry_config(RetryConfig::standard().with_max_attempts(7))
        .build();
    Client::new(&shared).list_stages().send().await.unwrap();
    let request = server.only_request();
    assert_eq!(sigv4::verify(&request, &SIGNER), Ok(()));
    assert!(request.header("user-agent").unwrap().contains(" app/studio"), "{:?}", request.header("user-agent"));
    assert_eq!(request.header("amz-sdk-request"), Some("attempt=1; max=7"));
}

#[tokio::test]
async fn an_app_name_is_part_of_the_user_agent() {
    let server = LoopbackServer::scripted([success()]).await;
    let settings = config(&server.url()).app_name(AppName::new("green-room").unwrap());
    Client::from_conf(settings.build()).list_stages().send().await.unwrap();
    assert!(server.only_request().header("x-amz-user-agent").unwrap().contains(" app/green-room"));
}

#[tokio::test]
async fn a_session_token_is_sent_and_signed() {
    let server = LoopbackServer::scripted([success()]).await;
    let temporary =
        Credentials::new(SIGNER.access_key, SIGNER.secret_key, Some("session/+=".to_owned()), None, "tests");
    let client = Client::from_conf(config(&server.url()).credentials_provider(temporary).build());
    client.list_stages().send().await.unwrap();
    let expected = Expected { session_token: Some("session/+="), ..SIGNER };
    assert_eq!(sigv4::verify(&server.only_request(), &expected), Ok(()));
}

#[tokio::test]
async fn a_path_in_the_endpoint_url_comes_first() {
    let server = LoopbackServer::scripted([success()]).await;
    client(&format!("{}/base/", server.url())).list_stages().send().await.unwrap();
    let request = server.only_request();
    assert_eq!(request.path, "/base/ListStages");
    assert_eq!(sigv4::verify(&request, &SIGNER), Ok(()));
}

/// Gives credentials that last for `lifetime` and counts how often it was asked.
#[derive(Debug)]
struct Counting {
    asked: Arc<AtomicUsize>,
    lifetime: Option<Duration>,
}

impl ProvideCredentials for Counting {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        self.asked.fetch_add(1, Ordering::Relaxed);
        let expiry = self.lifetime.map(|lifetime| SystemTime::now() + lifetime);
        future::ProvideCredentials::ready(Ok(Credentials::new(
            SIGNER.access_key,
            SIGNER.secret_key,
            None,
            expiry,
            "tests",
        )))
    }
}

/// How often a provider is asked over three calls of a client that `refine` completes.
async fn asked(
    lifetime: Option<Duration>,
    refine: impl FnOnce(ivs_realtime::config::Builder) -> ivs_realtime::config::Builder,
) -> usize {
    let server = LoopbackServer::scripted(vec![success(); 3]).await;
    let count = Arc::new(AtomicUsize::new(0));
    let provider = Counting { asked: Arc::clone(&count), lifetime };
    let client = Client::from_conf(refine(config(&server.url()).credentials_provider(provider)).build());
    for _ in 0..3 {
        client.list_stages().send().await.unwrap();
    }
    count.load(Ordering::Relaxed)
}

#[tokio::test]
async fn credentials_are_asked_for_once() {
    assert_eq!(asked(None, |settings| settings).await, 1);
    assert_eq!(asked(Some(Duration::from_secs(3_600)), |settings| settings).await, 1);
}

#[tokio::test]
async fn credentials_about_to_end_are_asked_for_again() {
    assert_eq!(asked(Some(Duration::from_secs(1)), |settings| settings).await, 3);
}

#[tokio::test]
async fn the_identity_cache_can_be_switched_off() {
    assert_eq!(asked(None, |settings| settings.identity_cache(IdentityCache::no_cache())).await, 3);
}

#[tokio::test]
async fn a_client_may_call_without_credentials_only_when_told_so() {
    let server = LoopbackServer::scripted([success()]).await;
    let anonymous = || {
        let settings = Config::builder().behavior_version(BehaviorVersion::latest()).region(Region::new(SIGNER.region));
        settings.endpoint_url(server.url()).http_client(plain_http())
    };
    let error = Client::from_conf(anonymous().build()).list_stages().send().await.unwrap_err();
    assert!(matches!(error, SdkError::DispatchFailure(_)), "{error:?}");
    assert!(DisplayErrorContext(&error).to_string().contains("failed to select an auth scheme"), "{error:?}");
    assert_eq!(server.requests().len(), 0);
    Client::from_conf(anonymous().allow_no_auth().build()).list_stages().send().await.unwrap();
    assert_eq!(server.only_request().header("authorization"), None);
}

/// Signs all calls but one.
#[derive(Debug)]
struct AllButOne(&'static str);

impl ResolveAuthScheme for AllButOne {
    fn resolve_auth_scheme<'a>(
        &'a self,
        params: &'a Params,
        bag: &'a ConfigBag,
        components: &'a RuntimeComponents,
    ) -> AuthSchemeOptionsFuture<'a> {
        match params.operation_name() == self.0 {
            true => AuthSchemeOptionsFuture::ready(Ok(vec![AuthSchemeId::from("noAuth").into()])),
            false => DefaultAuthSchemeResolver.resolve_auth_scheme(params, bag, components),
        }
    }
}

#[tokio::test]
async fn a_program_may_choose_how_each_operation_is_authorized() {
    let server = LoopbackServer::scripted([success(), success()]).await;
    let settings = config(&server.url()).auth_scheme_resolver(AllButOne("ListStages"));
    let client = Client::from_conf(settings.build());
    client.list_stages().send().await.unwrap();
    client.list_compositions().send().await.unwrap();
    let signed = server.requests().iter().map(|request| request.header("authorization").is_some()).collect::<Vec<_>>();
    assert_eq!(signed, [false, true]);
}

#[tokio::test]
async fn a_client_without_a_region_says_so() {
    let client = Client::from_conf(
        Config::builder().behavior_version(BehaviorVersion::latest()).credentials_provider(credentials()).build(),
    );
    let error = client.list_stages().send().await.unwrap_err();
    assert!(DisplayErrorContext(&error).to_string().contains("Missing Region"), "{}", DisplayErrorContext(&error));
}

fn replay(events: usize) -> StaticReplayClient {
    let event = || {
        let response = HttpResponse::new(200.try_into().unwrap(), SdkBody::from(r#"{"stages": [{"arn": "arn:1"}]}"#));
        ReplayEvent::new(HttpRequest::empty(), response)
    };
    StaticReplayClient::new((0..events).map(|_| event()).collect())
}

fn replayed(http_client: StaticReplayClient) -> ivs_realtime::config::Builder {
    let settings = Config::builder().behavior_version(BehaviorVersion::latest()).region(Region::new("eu-central-1"));
    settings.credentials_provider(credentials()).http_client(http_client)
}

#[tokio::test]
async fn an_http_client_of_the_users_own_takes_the_requests() {
    let http_client = replay(1);
    let client = Client::from_conf(replayed(http_client.clone()).build());
    let output = client.list_stages().send().await.unwrap();
    assert_eq!(output.stages()[0].arn(), "arn:1");
    let uris: Vec<_> = http_client.actual_requests().map(|request| request.uri().to_owned()).collect();
    assert_eq!(uris, ["https://ivsrealtime.eu-central-1.amazonaws.com/ListStages"]);
}

#[tokio::test]
async fn fips_and_dual_stack_change_the_endpoint() {
    let http_client = replay(2);
    Client::from_conf(replayed(http_client.clone()).use_fips(true).build()).list_stages().send().await.unwrap();
    Client::from_conf(replayed(http_client.clone()).use_dual_stack(true).build()).list_stages().send().await.unwrap();
    let uris: Vec<_> = http_client.actual_requests().map(|request| request.uri().to_owned()).collect();
    assert_eq!(
        uris,
        [
            "https://ivsrealtime-fips.eu-central-1.amazonaws.com/ListStages",
            "https://ivsrealtime.eu-central-1.api.aws/ListStages"
        ]
    );
}

#[tokio::test]
async fn no_secret_is_in_the_debug_text_of_a_client() {
    let debug = format!("{:?}", client("http://127.0.0.1:1"));
    assert!(!debug.contains(SIGNER.secret_key));
}
