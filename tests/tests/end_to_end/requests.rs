//! Every operation's request over a socket is what the model says, and its signature holds.

use std::collections::{BTreeSet, HashMap};

use ivs_realtime::types::{AutoParticipantRecordingConfiguration, IngestProtocol};
use serde_json::json;
use tests::client::{IDEMPOTENCY_TOKEN, SIGNER, client};
use tests::expect;
use tests::loopback::{LoopbackServer, Response};
use tests::model::Model;
use tests::request::Request;
use tests::sample::{self, Extent};
use tests::sigv4;

use crate::calls;
use crate::idempotency::is_uuid_v4;

#[test]
fn the_table_has_every_operation_once() {
    let calls: Vec<_> = calls::all().iter().map(|call| call.operation.to_owned()).collect();
    let distinct: BTreeSet<_> = calls.iter().cloned().collect();
    let modelled: BTreeSet<_> = Model::load().operations().into_iter().map(|operation| operation.name).collect();
    assert_eq!(distinct, modelled);
    assert_eq!((calls.len(), modelled.len()), (40, 40));
}

#[tokio::test]
async fn with_every_member_set() {
    let server = LoopbackServer::answering(|_| Response::json(&json!({})).into()).await;
    let client = client(&server.url());
    for call in calls::all() {
        let request = request_of(&server, (call.full)(&client)).await;
        assert_as_modelled(call.operation, &request, Extent::Full, &server.address());
    }
    assert_eq!(server.connections(), 1, "the connection is kept alive");
}

#[tokio::test]
async fn with_required_members_only() {
    let server = LoopbackServer::answering(|_| Response::json(&json!({})).into()).await;
    let client = client(&server.url());
    for call in calls::all() {
        let request = request_of(&server, (call.minimal)(&client)).await;
        assert_as_modelled(call.operation, &request, Extent::Required, &server.address());
    }
}

#[tokio::test]
async fn the_headers_that_every_request_carries() {
    let server = LoopbackServer::scripted([Response::json(&json!({}))]).await;
    client(&server.url()).list_stages().send().await.unwrap();
    let request = server.only_request();
    let user_agent = request.header("user-agent").unwrap();
    for part in ["aws-sdk-rust/", " ua/2.1 ", " api/ivsrealtime/", " os/", " lang/rust/", " m/"] {
        assert!(user_agent.contains(part), "{part} is missing in {user_agent}");
    }
    assert_eq!(request.header("x-amz-user-agent"), Some(user_agent));
    assert_eq!(request.header("amz-sdk-request"), Some("attempt=1; max=3"));
    assert!(is_uuid_v4(request.header("amz-sdk-invocation-id").unwrap()));
    let names: BTreeSet<_> = request.headers.iter().map(|(name, _)| name.as_str()).collect();
    let expected = [
        "amz-sdk-invocation-id",
        "amz-sdk-request",
        "authorization",
        "content-length",
        "content-type",
        "host",
        "user-agent",
        "x-amz-date",
        "x-amz-user-agent",
    ];
    assert_eq!((names, request.headers.len()), (BTreeSet::from(expected), expected.len()));
    let signed =
        request.header("authorization").unwrap().split("SignedHeaders=").nth(1).unwrap().split(',').next().unwrap();
    assert_eq!(signed, "content-length;content-type;host;x-amz-date;x-amz-user-agent");
}

#[tokio::test]
async fn an_input_member_is_sent_whenever_it_is_set() {
    let server = LoopbackServer::scripted([Response::json(&json!({}))]).await;
    let call =
        client(&server.url()).create_ingest_configuration().name("").ingest_protocol(IngestProtocol::from("NEWER"));
    call.insecure_ingest(false).set_tags(Some(HashMap::new())).send().await.unwrap();
    let expected = json!({"name": "", "ingestProtocol": "NEWER", "insecureIngest": false, "tags": {}});
    assert_eq!(server.only_request().json().unwrap(), expected);
}

#[tokio::test]
async fn a_nested_member_is_sent_with_its_default_if_that_is_zero_too() {
    let server = LoopbackServer::scripted([Response::json(&json!({}))]).await;
    let recording = AutoParticipantRecordingConfiguration::builder().storage_configuration_arn("").build().unwrap();
    client(&server.url()).create_stage().auto_participant_recording_configuration(recording).send().await.unwrap();
    let recording = json!({
        "storageConfigurationArn": "", "recordingReconnectWindowSeconds": 0, "recordParticipantReplicas": false,
    });
    assert_eq!(server.only_request().json().unwrap(), json!({"autoParticipantRecordingConfiguration": recording}));
}

#[tokio::test]
async fn text_survives_json_whatever_it_holds() {
    let server = LoopbackServer::scripted([Response::json(&json!({}))]).await;
    let text: String = (0..0x80_u8).map(char::from).chain("é\u{2028}\u{1F3A5}".chars()).collect();
    client(&server.url()).create_stage().name(&text).send().await.unwrap();
    assert_eq!(server.only_request().json().unwrap(), json!({"name": text}));
}

async fn request_of(server: &LoopbackServer, outcome: calls::Outcome) -> Request {
    outcome.await.unwrap();
    server.requests().pop().unwrap()
}

fn assert_as_modelled(name: &str, request: &Request, extent: Extent, host: &str) {
    let model = Model::load();
    let operation = model.operation(name);
    let input = sample::structure(&model, &operation.input, extent);
    let expected = expect::request(&model, &operation, &input, IDEMPOTENCY_TOKEN);
    assert_eq!((&request.method, &request.path), (&expected.method, &expected.path), "{name}");
    assert_eq!(request.query_pairs(), expected.query, "{name}");
    assert_eq!(request.header("host"), Some(host), "{name}");
    match expected.document {
        Some(document) => {
            assert_eq!(request.json().unwrap(), document, "{name}");
            assert_eq!(request.header("content-type"), Some("application/json"), "{name}");
            assert_eq!(request.header("content-length"), Some(request.body.len().to_string().as_str()), "{name}");
        }
        None => {
            assert_eq!(request.body, b"", "{name}");
            assert_eq!((request.header("content-type"), request.header("content-length")), (None, None), "{name}");
        }
    }
    assert_eq!(sigv4::verify(request, &SIGNER), Ok(()), "{name}");
}
