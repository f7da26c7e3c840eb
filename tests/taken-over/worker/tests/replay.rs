//! What goes over the wire, replayed.

use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use aws_smithy_http_client::test_util::{ReplayEvent, StaticReplayClient};
use aws_smithy_types::body::SdkBody;
use order_worker::secret::{signature, SecretError};
use order_worker::table::Table;

fn event(status: u16, answer: &'static str) -> ReplayEvent {
    let request = http::Request::post("https://service.invalid/").body(SdkBody::empty());
    let response = http::Response::builder().status(status).header("content-type", "application/x-amz-json-1.0");
    ReplayEvent::new(request.expect("it is one"), response.body(SdkBody::from(answer)).expect("it is one"))
}

fn replaying(answers: impl IntoIterator<Item = (u16, &'static str)>) -> StaticReplayClient {
    StaticReplayClient::new(answers.into_iter().map(|(status, answer)| event(status, answer)).collect())
}

fn sent(http: &StaticReplayClient) -> Vec<(String, serde_json::Value)> {
    http.actual_requests()
        .map(|request| {
            let target = request.headers().get("x-amz-target").unwrap_or_default().to_owned();
            let body = serde_json::from_slice(request.body().bytes().expect("it is in memory"));
            (target, body.expect("it is JSON"))
        })
        .collect()
}

#[tokio::test]
async fn orders_come_in_pages() {
    let http = replaying([
        (
            200,
            r#"{"Count": 1, "Items": [{"customer": {"S": "ada"}, "order": {"S": "1"}, "cents": {"N": "250"},
                "articles": {"L": [{"S": "tea"}]}}],
                "LastEvaluatedKey": {"customer": {"S": "ada"}, "order": {"S": "1"}}}"#,
        ),
        (200, r#"{"Count": 1, "Items": [{"customer": {"S": "ada"}, "order": {"S": "2"}, "cents": {"N": "99"}}]}"#),
    ]);
    let config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-central-1"))
        .credentials_provider(Credentials::for_tests())
        .http_client(http.clone())
        .build();
    let table = Table::new(aws_sdk_dynamodb::Client::from_conf(config), "orders");
    let orders = table.orders("ada").await.expect("both pages are there");
    assert_eq!(
        orders.iter().map(|order| (order.id.as_str(), order.cents)).collect::<Vec<_>>(),
        [("1", 250), ("2", 99)]
    );
    assert_eq!(orders[0].articles, ["tea"]);

    let sent = sent(&http);
    assert_eq!(sent.len(), 2);
    assert!(sent.iter().all(|(target, body)| target == "DynamoDB_20120810.Query" && body["Limit"] == 100));
    assert!(sent[0].1.get("ExclusiveStartKey").is_none());
    assert_eq!(sent[1].1["ExclusiveStartKey"]["order"]["S"], "1");
    assert_eq!(sent[1].1["ExpressionAttributeValues"][":c"]["S"], "ada");
}

fn secrets(http: &StaticReplayClient) -> aws_sdk_secretsmanager::Client {
    let config = aws_sdk_secretsmanager::Config::builder()
        .behavior_version(aws_sdk_secretsmanager::config::BehaviorVersion::latest())
        .region(aws_sdk_secretsmanager::config::Region::new("eu-central-1"))
        .credentials_provider(aws_sdk_secretsmanager::config::Credentials::for_tests())
        .http_client(http.clone());
    aws_sdk_secretsmanager::Client::from_conf(config.build())
}

#[tokio::test]
async fn the_word_is_in_the_secret() {
    let http = replaying([(200, r#"{"Name": "shops", "SecretString": "{\"signature\": \"word\"}"}"#)]);
    assert_eq!(signature(&secrets(&http), "shops").await.expect("it is there"), "word");
    let [(target, body)] = sent(&http).try_into().expect("it is one request");
    assert_eq!(target, "secretsmanager.GetSecretValue");
    assert_eq!(body, serde_json::json!({ "SecretId": "shops", "VersionStage": "AWSCURRENT" }));
}

#[tokio::test]
async fn errors_of_the_secret_are_told_apart() {
    let missing = r#"{"__type": "ResourceNotFoundException", "Message": "no"}"#;
    let sealed = r#"{"__type": "DecryptionFailure", "Message": "no"}"#;
    let denied = r#"{"__type": "AccessDeniedException", "Message": "not you"}"#;
    let of = |answer| async move { signature(&secrets(&replaying([(400, answer)])), "shops").await };
    assert!(matches!(of(missing).await, Err(SecretError::Missing)));
    assert!(matches!(of(sealed).await, Err(SecretError::Unreadable)));
    let denied = of(denied).await.expect_err("it is denied");
    assert!(denied.to_string().contains("AccessDeniedException"), "{denied}");
}
