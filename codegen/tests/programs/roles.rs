//! Roles that `aws-config` assumes, with answers in the place of STS.

use std::time::Duration;

use aws_config::sts::AssumeRoleProvider;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::ProvideCredentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_smithy_async::time::SystemTimeSource;
use aws_smithy_http_client::test_util::{ReplayEvent, StaticReplayClient};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};

fn event(status: u16, body: String) -> ReplayEvent {
    ReplayEvent::new(HttpRequest::empty(), HttpResponse::new(status.try_into().expect("a status"), body.into()))
}

fn assumed(action: &str, key: &str) -> ReplayEvent {
    let body = format!(
        "<{action}Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><{action}Result><Credentials>\
         <AccessKeyId>{key}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>a&amp;b</SessionToken>\
         <Expiration>2099-01-01T00:00:00Z</Expiration></Credentials><AssumedRoleUser><AssumedRoleId>i:x</AssumedRoleId>\
         <Arn>arn:aws:sts::123456789012:assumed-role/r/x</Arn></AssumedRoleUser></{action}Result></{action}Response>"
    );
    event(200, body)
}

fn refused(code: &str) -> ReplayEvent {
    event(400, format!("<ErrorResponse><Error><Code>{code}</Code><Message>no</Message></Error></ErrorResponse>"))
}

/// The credentials of a profile, and who signed which body.
async fn credentials(
    profile: &str,
    events: Vec<ReplayEvent>,
) -> (Result<Credentials, CredentialsError>, Vec<(String, String)>) {
    let http = StaticReplayClient::new(events);
    let config = aws_config::defaults(BehaviorVersion::latest()).profile_name(profile).http_client(http.clone());
    let config = config.region(Region::new("eu-central-1")).load().await;
    let provider = config.credentials_provider().expect("there is one");
    let found = provider.provide_credentials().await;
    let told = |request: &HttpRequest| {
        let scope = request.headers().get("authorization").and_then(|header| header.split("Credential=").nth(1));
        let key = scope.and_then(|scope| scope.split('/').next()).unwrap_or("nobody").to_owned();
        (key, String::from_utf8_lossy(request.body().bytes().unwrap_or_default()).into_owned())
    };
    (found, http.actual_requests().map(told).collect())
}

#[tokio::test]
async fn one_role_leads_to_the_next() {
    let events = vec![assumed("AssumeRole", "ASIAFIRST"), assumed("AssumeRole", "ASIASECOND")];
    let (found, requests) = credentials("second", events).await;
    let found = found.expect("both are given");
    assert_eq!((found.access_key_id(), found.session_token()), ("ASIASECOND", Some("a&b")));
    assert_eq!(found.account_id().map(|account| account.as_str()), Some("123456789012"));
    assert!(found.expiry().is_some());
    let [(base, first), (middle, second)] = requests.as_slice() else { panic!("{requests:?}") };
    assert_eq!([base.as_str(), middle.as_str()], ["AKIABASE", "ASIAFIRST"]);
    assert!(first.contains("Action=AssumeRole&") && first.contains("role%2Ffirst"), "{first}");
    assert!(second.contains("role%2Fsecond") && second.contains("RoleSessionName=night"), "{second}");
}

#[tokio::test]
async fn a_web_identity_is_asked_for_again_where_its_provider_is_silent() {
    let events = vec![refused("IDPCommunicationError"), assumed("AssumeRoleWithWebIdentity", "ASIAPOD")];
    let (found, requests) = credentials("pod", events).await;
    assert_eq!(found.expect("the second time").access_key_id(), "ASIAPOD");
    assert_eq!(requests.len(), 2);
    assert!(requests.iter().all(|(key, body)| key == "nobody" && body.contains("WebIdentityToken=a.web.token")));
}

/// What a provider of a role says, that the program itself has made.
async fn role(events: Vec<ReplayEvent>) -> (Result<Credentials, CredentialsError>, StaticReplayClient) {
    let http = StaticReplayClient::new(events);
    let config = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-central-1"))
        .http_client(http.clone())
        .time_source(SystemTimeSource::new())
        .build();
    let provider = AssumeRoleProvider::builder("arn:aws:iam::111111111111:role/first")
        .configure(&config)
        .session_name("day")
        .session_length(Duration::from_secs(900))
        .policy_arns(vec!["arn:aws:iam::aws:policy/ReadOnlyAccess".to_owned()])
        .tags([("team", "blue")])
        .build_from_provider(Credentials::new("AKIABASE", "secret", None, None, "tests"));
    (provider.await.provide_credentials().await, http)
}

#[tokio::test]
async fn a_role_has_what_the_program_asks_for() {
    let (found, http) = role(vec![assumed("AssumeRole", "ASIAFIRST")]).await;
    assert_eq!(found.expect("it is given").access_key_id(), "ASIAFIRST");
    let request = http.actual_requests().next().expect("there was one");
    let body = std::str::from_utf8(request.body().bytes().expect("it is in memory")).expect("it is text");
    for part in [
        "DurationSeconds=900",
        "PolicyArns.member.1.arn=arn%3Aaws%3Aiam%3A%3Aaws%3Apolicy%2FReadOnlyAccess",
        "Tags.member.1.Key=team",
    ] {
        assert!(body.contains(part), "{part}: {body}");
    }
}

#[tokio::test]
async fn a_refusal_is_told_as_what_it_is() {
    let (found, _) = role(vec![refused("RegionDisabledException")]).await;
    assert!(matches!(found, Err(CredentialsError::InvalidConfiguration(_))), "{found:?}");
    let (found, _) = role(vec![refused("AccessDenied")]).await;
    assert!(matches!(found, Err(CredentialsError::ProviderError(_))), "{found:?}");
}
