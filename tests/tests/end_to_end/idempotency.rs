//! The idempotency token of StartComposition.

use std::time::Duration;

use ivs_realtime::Client;
use ivs_realtime::config::retry::RetryConfig;
use ivs_realtime::types::DestinationConfiguration;
use serde_json::json;
use tests::client::{config, random_tokens};
use tests::loopback::{LoopbackServer, Response};

/// Whether `text` has the form of a UUID of version 4 in lower case. The variant is left open: services do not look at it.
pub(crate) fn is_uuid_v4(text: &str) -> bool {
    let groups: Vec<_> = text.split('-').collect();
    let hexadecimal = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b'-'));
    let lengths: Vec<_> = groups.iter().map(|group| group.len()).collect();
    hexadecimal && lengths == [8, 4, 4, 4, 12] && groups[2].starts_with('4')
}

/// Starts a composition, with `token` where given, on a client that makes random tokens.
async fn start(client: &Client, token: Option<&str>) {
    let call = client.start_composition().stage_arn("a").destinations(DestinationConfiguration::builder().build());
    call.set_idempotency_token(token.map(str::to_owned)).send().await.unwrap();
}

fn random(url: &str) -> Client {
    let retries = RetryConfig::standard().with_initial_backoff(Duration::from_millis(1));
    Client::from_conf(random_tokens(url).retry_config(retries).build())
}

fn tokens(server: &LoopbackServer) -> Vec<String> {
    let requests = server.requests();
    requests.iter().map(|request| request.json().unwrap()["idempotencyToken"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn is_random_where_absent_and_new_for_each_call() {
    let server = LoopbackServer::scripted(vec![Response::json(&json!({})); 2]).await;
    let client = random(&server.url());
    start(&client, None).await;
    start(&client, None).await;
    let tokens = tokens(&server);
    assert!(tokens.iter().all(|token| is_uuid_v4(token)), "{tokens:?}");
    assert_ne!(tokens[0], tokens[1]);
}

#[tokio::test]
async fn stays_the_same_over_retries() {
    let server = LoopbackServer::scripted([
        Response::error(500, "InternalServerException", &json!({})),
        Response::json(&json!({})),
    ])
    .await;
    start(&random(&server.url()), None).await;
    let tokens = tokens(&server);
    assert_eq!((tokens.len(), &tokens[0]), (2, &tokens[1]));
}

#[tokio::test]
async fn is_kept_where_given_even_if_empty() {
    let server = LoopbackServer::scripted(vec![Response::json(&json!({})); 2]).await;
    let client = random(&server.url());
    start(&client, Some("mine")).await;
    start(&client, Some("")).await;
    assert_eq!(tokens(&server), ["mine", ""]);
}

#[tokio::test]
async fn comes_from_the_configured_provider() {
    let server = LoopbackServer::scripted([Response::json(&json!({}))]).await;
    let client = Client::from_conf(config(&server.url()).idempotency_token_provider("fixed").build());
    start(&client, None).await;
    assert_eq!(tokens(&server), ["fixed"]);
}
