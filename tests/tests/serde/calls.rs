//! Inputs from JSON become calls, and calls by name take and return JSON.

use ivs_realtime::by_name::OPERATIONS;
use ivs_realtime::operation::create_stage::CreateStageInput;
use ivs_realtime::operation::start_composition::StartCompositionInput;
use serde_json::{Value, json};
use tests::client::client;
use tests::loopback::{LoopbackServer, Response};
use tests::model::Model;

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

#[test]
fn the_names_are_those_of_the_model_in_order() {
    let mut names: Vec<String> = Model::load().operations().into_iter().map(|operation| operation.name).collect();
    names.sort();
    assert_eq!(OPERATIONS, names);
}

#[tokio::test]
async fn a_call_by_name_returns_the_json_of_the_typed_output() {
    let reply = json!({"stage": {"arn": "a", "tags": {"c": "1", "b": "2"}, "new": 1}, "participantTokens": [{"token": "secret"}]});
    let server =
        LoopbackServer::scripted([Response::json(&reply), Response::json(&reply), Response::json(&reply)]).await;
    let client = client(&server.url());
    let typed = client.create_stage().send().await.expect("answered");
    let redacted = client.call_json("CreateStage", "{}").await.expect("answered");
    let exposed = client.call_json_with_secrets("CreateStage", "{}").await.expect("answered");
    assert_eq!(redacted, serde_json::to_string(&typed).expect("JSON"));
    assert_eq!(exposed, serde_json::to_string(&ivs_realtime::serde::Exposed(&typed)).expect("JSON"));
    assert_eq!((redacted.contains("secret\""), exposed.contains("secret\"")), (false, true));
    let requests = server.requests();
    assert_eq!((&requests[0].path, &requests[0].body), (&requests[1].path, &requests[1].body));
}

#[tokio::test]
async fn a_failed_call_by_name_gives_code_message_and_request_id() {
    let reply = Response::error(404, "ResourceNotFoundException", &json!({"exceptionMessage": "gone"}));
    let server = LoopbackServer::scripted([reply.header("x-amzn-requestid", "id-1")]).await;
    let error = client(&server.url()).call_json("GetStage", r#"{"arn": "a"}"#).await.unwrap_err();
    assert_eq!(error.operation(), "GetStage");
    assert_eq!(error.code(), Some("ResourceNotFoundException"));
    assert_eq!((error.message(), error.request_id()), (Some("gone"), Some("id-1")));
    assert_eq!((error.is_unknown_operation(), error.is_invalid_input()), (false, false));
    assert_eq!(error.to_string(), "GetStage: ResourceNotFoundException: gone (request id id-1)");
}

#[tokio::test]
async fn what_cannot_be_called_is_told_without_sending_anything() {
    let server = LoopbackServer::scripted([Response::json(&json!({}))]).await;
    let client = client(&server.url());
    let error = client.call_json("list_stage", "{}").await.unwrap_err();
    assert_eq!((error.is_unknown_operation(), error.nearest()), (true, ["ListStages"].as_slice()));
    let error = client.call_json("GetStage", r#"{"arn": ["a-secret"]}"#).await.unwrap_err();
    assert!(error.is_invalid_input());
    assert_eq!(error.to_string(), "GetStage: the input does not fit: `arn`: expected a string, found an array");
    assert_eq!((error.code(), server.requests().len()), (None, 0));
}

#[tokio::test]
async fn an_unknown_member_is_an_error_for_a_call_and_nothing_for_what_is_stored() {
    let server = LoopbackServer::scripted([Response::json(&json!({}))]).await;
    let client = client(&server.url());
    let stored = r#"{"layout": {"grid": {"gridGapp": 2, "gridGap": 3}}}"#;
    let error = client.call_json("StartComposition", stored).await.unwrap_err();
    assert!(error.is_invalid_input());
    let expected = "StartComposition: the input does not fit: `layout.grid.gridGapp` is no member of GridConfiguration; \
                    did you mean `gridGap`?";
    assert_eq!((error.to_string().as_str(), server.requests().len()), (expected, 0));
    let input: StartCompositionInput = serde_json::from_str(stored).expect("reading is lenient");
    assert_eq!(input.layout().and_then(|layout| layout.grid()).map(|grid| grid.grid_gap()), Some(3));
}

#[tokio::test]
async fn defaults_and_single_precision_numbers_are_shown_as_the_service_sent_them() {
    let sent = r#"{"participant":{"published":false,"redundantIngest":false}}"#;
    let video = r#"{"encoderConfiguration":{"arn":"","video":{"framerate":29.97},"tags":{}}}"#;
    let replies = [sent, video].map(|body| Response::new(200).body(body));
    let server = LoopbackServer::scripted(replies).await;
    let client = client(&server.url());
    assert_eq!(client.call_json("GetParticipant", "{}").await.expect("answered"), sent);
    let input = r#"{"video":{"framerate":29.97}}"#;
    assert_eq!(client.call_json("CreateEncoderConfiguration", input).await.expect("answered"), video);
    let sent = server.requests().pop().expect("two requests").body;
    assert_eq!(String::from_utf8(sent).expect("text"), input);
}
