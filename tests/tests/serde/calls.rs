//! Inputs from JSON become calls.

use ivs_realtime::operation::create_stage::CreateStageInput;
use serde_json::{Value, json};
use tests::client::client;
use tests::loopback::{LoopbackServer, Response};

fn input() -> CreateStageInput {
    serde_json::from_value(json!({"name": "standup", "tags": {"team": "a"}})).expect("valid")
}

#[tokio::test]
async fn an_input_from_json_is_sent_by_a_fluent_builder() {
    let server = LoopbackServer::scripted([Response::json(&json!({}))]).await;
    client(&server.url()).create_stage().name("other").with_input(input()).send().await.expect("answered");
    let body: Value = serde_json::from_slice(&server.only_request().body).expect("JSON");
    assert_eq!(body, json!({"name": "standup", "tags": {"team": "a"}}));
}

#[tokio::test]
async fn an_input_builder_takes_an_input_and_changes_it() {
    let server = LoopbackServer::scripted([Response::json(&json!({}))]).await;
    let builder = CreateStageInput::builder().with_input(input()).name("changed");
    builder.send_with(&client(&server.url())).await.expect("answered");
    let body: Value = serde_json::from_slice(&server.only_request().body).expect("JSON");
    assert_eq!(body, json!({"name": "changed", "tags": {"team": "a"}}));
}
