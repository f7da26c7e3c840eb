//! Calls of a service whose rules say in the host of a request what they were given.

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_http_client::test_util::{CaptureRequestReceiver, capture_request};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_types::SdkConfig;
use aws_types::region::Region;
use service::Client;
use service::config::{AccountIdEndpointMode, BehaviorVersion, Builder};
use service::error::DisplayErrorContext;
use service::types::{Delete, Kind, Put, Switch, Word, Write};

fn credentials(account: Option<&str>) -> Credentials {
    let builder = Credentials::builder().access_key_id("AKID").secret_access_key("SECRET").provider_name("tests");
    match account {
        Some(account) => builder.account_id(account).build(),
        None => builder.build(),
    }
}

/// A client whose requests are caught.
fn client(account: Option<&str>, set: impl Fn(Builder) -> Builder) -> (Client, CaptureRequestReceiver) {
    let (http, requests) = capture_request(None);
    let config = Builder::new()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-central-1"))
        .credentials_provider(credentials(account))
        .http_client(http);
    (Client::from_conf(set(config).build()), requests)
}

fn host(request: &HttpRequest) -> &str {
    let rest = request.uri().strip_prefix("https://").unwrap_or_else(|| panic!("no HTTPS: {}", request.uri()));
    rest.split('/').next().unwrap_or_default()
}

/// Whether the user agent has the mark of a feature.
fn has_mark(request: &HttpRequest, mark: &str) -> bool {
    let agent = request.headers().get("x-amz-user-agent").unwrap_or_default();
    let marks = agent.split(' ').find_map(|word| word.strip_prefix("m/")).unwrap_or_default();
    marks.split(',').any(|one| one == mark)
}

#[tokio::test]
async fn credentials_with_an_account_lead_to_its_endpoint() {
    let (client, requests) = client(Some("123456789012"), |config| config);
    let _ = client.look().send().await;
    let request = requests.expect_request();
    assert_eq!(host(&request), "123456789012.account.example.com");
    assert!(has_mark(&request, "P") && has_mark(&request, "T"), "preferred, and an account is known");
}

#[tokio::test]
async fn without_an_account_or_when_it_is_disabled_the_endpoint_is_that_of_the_region() {
    let (without, requests) = client(None, |config| config);
    let _ = without.look().send().await;
    assert_eq!(host(&requests.expect_request()), "eu-central-1.example.com");

    let disable = |config: Builder| config.account_id_endpoint_mode(AccountIdEndpointMode::Disabled);
    let (disabled, requests) = client(Some("123456789012"), disable);
    let _ = disabled.look().send().await;
    let request = requests.expect_request();
    assert_eq!(host(&request), "eu-central-1.example.com");
    assert!(has_mark(&request, "Q"), "disabled");
}

#[tokio::test]
async fn an_account_that_is_required_and_not_known_is_an_error() {
    let require = |config: Builder| config.account_id_endpoint_mode(AccountIdEndpointMode::Required);
    let (client, requests) = client(None, require);
    let error = client.look().send().await.expect_err("there is no account");
    let text = DisplayErrorContext(error).to_string();
    assert!(text.contains("the account is required and not known"), "{text}");
    requests.expect_no_request();
}

#[tokio::test]
async fn one_call_may_have_another_mode() {
    let (client, requests) = client(Some("123456789012"), |config| config);
    let mode = Builder::new().account_id_endpoint_mode(AccountIdEndpointMode::Disabled);
    let _ = client.look().customize().config_override(mode).send().await;
    assert_eq!(host(&requests.expect_request()), "eu-central-1.example.com");
}

#[tokio::test]
async fn an_endpoint_of_the_caller_stands_above_the_account() {
    let (client, requests) = client(Some("123456789012"), |config| config.endpoint_url("https://local.example.com"));
    let _ = client.look().send().await;
    assert_eq!(host(&requests.expect_request()), "local.example.com");
}

#[tokio::test]
async fn the_mode_of_the_shared_configuration_is_taken_over() {
    let (http, requests) = capture_request(None);
    let config = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-central-1"))
        .credentials_provider(SharedCredentialsProvider::new(credentials(Some("123456789012"))))
        .account_id_endpoint_mode(AccountIdEndpointMode::Disabled)
        .http_client(http)
        .build();
    let _ = Client::new(&config).look().send().await;
    assert_eq!(host(&requests.expect_request()), "eu-central-1.example.com");
}

/// The environment of this program says that the account is required.
#[tokio::test]
async fn the_mode_of_the_environment_is_taken_over() {
    let (http, requests) = capture_request(None);
    let config = aws_config::defaults(BehaviorVersion::latest())
        .region(Region::new("eu-central-1"))
        .credentials_provider(credentials(None))
        .http_client(http)
        .load()
        .await;
    let error = Client::new(&config).look().send().await.expect_err("there is no account");
    let text = DisplayErrorContext(error).to_string();
    assert!(text.contains("the account is required and not known"), "{text}");
    requests.expect_no_request();
}

#[tokio::test]
async fn keys_of_a_map_are_a_parameter() {
    let (client, requests) = client(None, |config| config);
    let _ = client.batch().by_name("albums", Put::builder().build()).send().await;
    assert_eq!(host(&requests.expect_request()), "albums.example.com");
}

#[tokio::test]
async fn what_is_set_within_the_elements_of_a_list_is_a_parameter() {
    // A member in a box is taken with or without it.
    let songs = |then: Put| Put::builder().table("songs").then(then).build();
    let put = Write::builder().put(songs(Put::builder().then(Box::new(songs(Put::builder().build()))).build())).build();
    let delete = Write::builder().delete(Delete::builder().table("artists").build().expect("a table")).build();
    let (whole, requests) = client(None, |config| config);
    let _ = whole.transact().writes(Write::builder().build()).writes(put).writes(delete).send().await;
    assert_eq!(host(&requests.expect_request()), "songs.artists.example.com");

    let (empty, requests) = client(None, |config| config);
    let _ = empty.transact().set_writes(Some(Vec::new())).send().await;
    assert_eq!(host(&requests.expect_request()), "no-names.example.com");
}

#[tokio::test]
async fn a_path_that_leads_to_nothing_leaves_its_parameter_unset() {
    let (with, requests) = client(None, |config| config);
    let _ = with.store().put(Put::builder().table("songs").build()).send().await;
    assert_eq!(host(&requests.expect_request()), "songs.name.example.com");

    for put in [None, Some(Put::builder().build())] {
        let (without, requests) = client(None, |config| config);
        let _ = without.store().set_put(put).send().await;
        assert_eq!(host(&requests.expect_request()), "eu-central-1.example.com");
    }
}

#[tokio::test]
async fn variants_enums_and_booleans_are_parameters() {
    let (variant, requests) = client(None, |config| config);
    let _ = variant.pick().kind(Kind::Word(Word::Two)).send().await;
    assert_eq!(host(&requests.expect_request()), "TWO.name.example.com");

    let (other, requests) = client(None, |config| config);
    let _ = other.pick().kind(Kind::Number(2)).send().await;
    assert_eq!(host(&requests.expect_request()), "eu-central-1.example.com");

    let (flag, requests) = client(None, |config| config);
    let _ = flag.pick().switch(Switch::builder().on(true).build()).send().await;
    assert_eq!(host(&requests.expect_request()), "flag.example.com");
}

#[tokio::test]
async fn an_element_of_a_list_is_a_parameter_where_the_list_is_long_enough() {
    let switch = |name: &str| Switch::builder().name(name).build();
    let (long, requests) = client(None, |config| config);
    let _ = long.pick().switches(switch("first")).switches(switch("second")).send().await;
    assert_eq!(host(&requests.expect_request()), "second.example.com");

    let (short, requests) = client(None, |config| config);
    let _ = short.pick().switches(switch("first")).send().await;
    assert_eq!(host(&requests.expect_request()), "eu-central-1.example.com");
}

#[tokio::test]
async fn a_checksum_that_is_required_is_sent_and_signed() {
    let (client, requests) = client(None, |config| config);
    let _ = client.sum().name("ada").send().await;
    let request = requests.expect_request();
    assert_eq!(request.body().bytes(), Some(&br#"{"name":"ada"}"#[..]));
    assert_eq!(request.headers().get("content-md5"), Some("3yQGEv3CvRXCyoNx8b7aUA=="));
    let authorization = request.headers().get("authorization").unwrap_or_default();
    assert!(authorization.contains("content-md5;"), "{authorization}");
}

#[tokio::test]
async fn a_checksum_of_the_caller_stays() {
    let (client, requests) = client(None, |config| config);
    let set = |request: &mut HttpRequest| drop(request.headers_mut().insert("content-md5", "mine"));
    let _ = client.sum().name("ada").customize().mutate_request(set).send().await;
    assert_eq!(requests.expect_request().headers().get("content-md5"), Some("mine"));
}

#[tokio::test]
async fn other_operations_carry_no_checksum_and_sign_their_body() {
    let (client, requests) = client(None, |config| config);
    let _ = client.store().put(Put::builder().build()).send().await;
    let request = requests.expect_request();
    assert!(!request.headers().contains_key("content-md5"));
    assert!(!request.headers().contains_key("x-amz-content-sha256"));
}

#[tokio::test]
async fn a_body_that_is_not_signed_is_said_to_be_so() {
    let (client, requests) = client(None, |config| config);
    let _ = client.pour().name("ada").send().await;
    let request = requests.expect_request();
    assert_eq!(request.headers().get("x-amz-content-sha256"), Some("UNSIGNED-PAYLOAD"));
    let authorization = request.headers().get("authorization").unwrap_or_default();
    assert!(authorization.contains("x-amz-content-sha256;"), "{authorization}");
}
