use aws_smithy_http_client::test_util::{ReplayEvent, StaticReplayClient};
use aws_smithy_mocks::{mock, mock_client, RuleMode};
use aws_smithy_types::body::SdkBody;
use settings::{Error, Setting, Store};
use ssm::config::{BehaviorVersion, Credentials, Region};
use ssm::operation::delete_parameters::DeleteParametersOutput;
use ssm::operation::get_parameter::{GetParameterError, GetParameterOutput};
use ssm::operation::put_parameter::{PutParameterError, PutParameterOutput};
use ssm::types::error::{ParameterAlreadyExists, ParameterNotFound};
use ssm::types::{Parameter, ParameterTier, ParameterType};

fn page(answer: &'static str) -> ReplayEvent {
    let request = http::Request::post("https://ssm.invalid/").body(SdkBody::empty()).expect("it is one");
    ReplayEvent::new(request, http::Response::new(SdkBody::from(answer)))
}

#[tokio::test]
async fn settings_of_all_pages_have_short_names() {
    let http = StaticReplayClient::new(vec![
        page(r#"{"NextToken": "more", "Parameters": [{"Name": "/shop/color", "Value": "red", "Version": 3}]}"#),
        page(r#"{"Parameters": [{"Name": "/shop/db/host", "Value": "db", "Version": 1}, {"Name": "/shop/empty"}]}"#),
    ]);
    let config = ssm::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-central-1"))
        .credentials_provider(Credentials::for_tests())
        .http_client(http.clone());
    let store = Store::new(ssm::Client::from_conf(config.build()), "shop");
    let all = store.all().await.expect("both pages are there");
    let expected = [("color", "red", 3), ("db/host", "db", 1)];
    let expected =
        expected.map(|(name, value, version)| (name.to_owned(), Setting { value: value.to_owned(), version }));
    assert_eq!(all.into_iter().collect::<Vec<_>>(), expected);

    let bodies: Vec<serde_json::Value> = http
        .actual_requests()
        .map(|request| serde_json::from_slice(request.body().bytes().expect("it is in memory")).expect("it is JSON"))
        .collect();
    assert_eq!(bodies.len(), 2);
    assert_eq!(bodies[0]["Path"], "/shop/");
    assert_eq!((&bodies[0]["NextToken"], &bodies[1]["NextToken"]), (&serde_json::Value::Null, &"more".into()));
}

#[tokio::test]
async fn what_is_there_is_kept_and_told() {
    let exists = mock!(ssm::Client::put_parameter)
        .match_requests(|request| request.overwrite() == Some(false))
        .then_error(|| PutParameterError::ParameterAlreadyExists(ParameterAlreadyExists::builder().build()));
    let held = mock!(ssm::Client::get_parameter)
        .match_requests(|request| request.name() == Some("/shop/color"))
        .then_output(|| {
            let parameter = Parameter::builder().name("/shop/color").value("red").version(7).build();
            GetParameterOutput::builder().parameter(parameter).build()
        });
    let store = Store::new(mock_client!(ssm, RuleMode::MatchAny, [&exists, &held]), "shop");
    let error = store.set("color", "blue", false).await.expect_err("it is there");
    assert!(matches!(&error, Error::Exists(name, 7) if name == "color"), "{error:?}");
    assert_eq!(error.to_string(), "color is there already, as version 7");
}

#[tokio::test]
async fn long_values_are_kept_in_the_advanced_tier() {
    let put = mock!(ssm::Client::put_parameter)
        .match_requests(|request| {
            request.tier() == Some(&ParameterTier::Advanced) && request.r#type() == Some(&ParameterType::SecureString)
        })
        .then_output(|| PutParameterOutput::builder().version(2).build());
    let store = Store::new(mock_client!(ssm, [&put]), "shop");
    assert_eq!(store.set("text", &"x".repeat(5000), true).await.expect("it is put"), 2);
}

#[tokio::test]
async fn a_setting_that_is_missing_is_none() {
    let missing = mock!(ssm::Client::get_parameter)
        .then_error(|| GetParameterError::ParameterNotFound(ParameterNotFound::builder().build()));
    let deleted = mock!(ssm::Client::delete_parameters)
        .match_requests(|request| request.names() == ["/shop/color"])
        .then_output(|| DeleteParametersOutput::builder().invalid_parameters("/shop/color").build());
    let store = Store::new(mock_client!(ssm, RuleMode::MatchAny, [&missing, &deleted]), "shop");
    assert_eq!(store.get("color").await.expect("that is no error"), None);
    assert_eq!(store.delete(&["color".to_owned()]).await.expect("it answers"), ["color"]);
}
