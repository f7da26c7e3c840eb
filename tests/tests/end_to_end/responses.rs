//! Success answers decoded into typed outputs: every operation by a document made from the model, and some by hand.

use ivs_realtime::operation::RequestId;
use ivs_realtime::primitives::DateTime;
use ivs_realtime::types::{
    CompositionState, DestinationConfiguration, DestinationState, EventErrorCode, EventName, IngestProtocol,
    LayoutConfiguration, ParticipantProtocol, ParticipantState, ParticipantTokenCapability,
};
use serde_json::{Value, json};
use tests::client::client;
use tests::expect;
use tests::loopback::{LoopbackServer, Response};
use tests::model::Model;
use tests::sample::{self, Extent};

use crate::calls;
use crate::debug_text::assert_shows;

#[tokio::test]
async fn every_member_of_every_output_is_decoded() {
    let model = Model::load();
    for call in calls::all() {
        let operation = model.operation(call.operation);
        let output = sample::structure(&model, &operation.output, Extent::Full);
        let scripted = expect::response(&model, &operation.output, &output);
        let response = Response::json(&scripted.document).header("x-amzn-requestid", "request-1");
        let response = scripted.headers.iter().fold(response, |response, (name, value)| response.header(name, value));
        let server = LoopbackServer::scripted([response]).await;
        let answer = (call.minimal)(&client(&server.url())).await.unwrap();
        assert_shows(&model, &operation.output, &output, &answer.debug);
        assert_eq!(answer.request_id.as_deref(), Some("request-1"), "{}", call.operation);
    }
}

#[tokio::test]
async fn an_empty_body_is_an_empty_output() {
    for call in calls::all() {
        let server = LoopbackServer::scripted([Response::new(200)]).await;
        let answer = (call.minimal)(&client(&server.url())).await.unwrap();
        assert_eq!(answer.request_id, None, "{}", call.operation);
    }
}

async fn serve(document: Value) -> (LoopbackServer, ivs_realtime::Client) {
    let server = LoopbackServer::scripted([Response::json(&document).header("x-amzn-requestid", "request-1")]).await;
    let client = client(&server.url());
    (server, client)
}

#[tokio::test]
async fn list_compositions() {
    let (_server, client) = serve(json!({
        "compositions": [
            {"arn": "arn:1", "stageArn": "arn:stage", "state": "ACTIVE", "startTime": "2024-02-29T12:30:45.250Z", "tags": {"team": "a"},
             "destinations": [{"id": "d1", "state": "RECONNECTING", "endTime": "2024-03-01T00:00:00Z"}]},
            {"arn": "arn:2", "stageArn": "arn:stage", "state": "STOPPED", "destinations": []}
        ],
        "nextToken": "more"
    }))
    .await;
    let output = client.list_compositions().send().await.unwrap();
    assert_eq!((output.next_token(), output.request_id()), (Some("more"), Some("request-1")));
    let [first, second] = output.compositions() else { panic!("{output:?}") };
    assert_eq!((first.arn(), first.stage_arn(), first.state()), ("arn:1", "arn:stage", &CompositionState::Active));
    assert_eq!(first.start_time(), Some(&DateTime::from_secs_f64(1_709_209_845.25)));
    assert_eq!(first.tags().unwrap()["team"], "a");
    let [destination] = first.destinations() else { panic!("{output:?}") };
    assert_eq!((destination.id(), destination.state()), ("d1", &DestinationState::Reconnecting));
    assert_eq!(destination.end_time(), Some(&DateTime::from_secs(1_709_251_200)));
    assert_eq!((second.state(), second.tags(), second.start_time()), (&CompositionState::Stopped, None, None));
    assert!(second.destinations().is_empty());
}

#[tokio::test]
async fn get_composition() {
    let (_server, client) = serve(json!({"composition": {
        "arn": "arn:1", "stageArn": "arn:stage", "state": "STARTING",
        "layout": {"grid": {"gridGap": 4, "omitStoppedVideo": true}, "pip": {"pipWidth": 320}},
        "destinations": [{"id": "d", "state": "ACTIVE", "configuration": {"s3": {
            "storageConfigurationArn": "arn:storage", "encoderConfigurationArns": ["arn:e1", "arn:e2"],
            "thumbnailConfigurations": [{"targetIntervalSeconds": 60}]}}, "detail": {"s3": {"recordingPrefix": "p/"}}}]
    }}))
    .await;
    let output = client.get_composition().arn("arn:1").send().await.unwrap();
    let composition = output.composition().unwrap();
    let layout = composition.layout().unwrap();
    assert_eq!((layout.grid().unwrap().grid_gap(), layout.grid().unwrap().omit_stopped_video()), (4, true));
    let pip = layout.pip().unwrap();
    assert_eq!((pip.pip_width(), pip.pip_height(), pip.pip_offset()), (Some(320), None, 0));
    let [destination] = composition.destinations() else { panic!("{output:?}") };
    let s3 = destination.configuration().unwrap().s3().unwrap();
    assert_eq!(s3.encoder_configuration_arns(), ["arn:e1", "arn:e2"]);
    assert_eq!(s3.thumbnail_configurations()[0].target_interval_seconds(), Some(60));
    assert_eq!(destination.detail().unwrap().s3().unwrap().recording_prefix(), "p/");
}

#[tokio::test]
async fn create_stage() {
    let (_server, client) = serve(json!({
        "stage": {"arn": "arn:stage", "name": "studio", "endpoints": {"whip": "https://whip.example"}},
        "participantTokens": [{"participantId": "p1", "token": "secret-token", "capabilities": ["PUBLISH"]}]
    }))
    .await;
    let output = client.create_stage().send().await.unwrap();
    let stage = output.stage().unwrap();
    assert_eq!((stage.arn(), stage.name(), stage.active_session_id()), ("arn:stage", Some("studio"), None));
    assert_eq!(stage.endpoints().unwrap().whip(), Some("https://whip.example"));
    assert!(stage.auto_participant_recording_configuration().is_none());
    let [token] = output.participant_tokens() else { panic!("{output:?}") };
    assert_eq!((token.participant_id(), token.token()), (Some("p1"), Some("secret-token")));
}

#[tokio::test]
async fn get_participant() {
    let (_server, client) = serve(json!({"participant": {
        "participantId": "p1", "state": "CONNECTED", "firstJoinTime": "2023-11-15T00:00:00Z", "published": true,
        "attributes": {"seat": "4"}, "protocol": "UNKNOWN"
    }}))
    .await;
    let output = client.get_participant().stage_arn("a").session_id("s").participant_id("p1").send().await.unwrap();
    let participant = output.participant().unwrap();
    assert_eq!((participant.participant_id(), participant.state()), (Some("p1"), Some(&ParticipantState::Connected)));
    assert_eq!((participant.published(), participant.redundant_ingest()), (true, false));
    assert_eq!(participant.attributes().unwrap()["seat"], "4");
    assert_eq!(participant.protocol(), Some(&ParticipantProtocol::UnknownValue));
    assert_eq!(participant.recording_state(), None);
}

#[tokio::test]
async fn list_participant_events() {
    let (_server, client) = serve(json!({"events": [
        {"name": "PUBLISH_ERROR", "errorCode": "B_FRAME_PRESENT", "participantId": "p1"},
        {"name": "TOKEN_EXCHANGED", "newToken": {"userId": "u", "expirationTime": "2024-01-01T00:00:00Z", "capabilities": ["SUBSCRIBE"]}}
    ]}))
    .await;
    let output =
        client.list_participant_events().stage_arn("a").session_id("s").participant_id("p1").send().await.unwrap();
    let [failed, exchanged] = output.events() else { panic!("{output:?}") };
    assert_eq!(
        (failed.name(), failed.error_code()),
        (Some(&EventName::PublishError), Some(&EventErrorCode::BFramePresent))
    );
    assert_eq!((failed.replica(), exchanged.previous_token()), (false, None));
    let token = exchanged.new_token().unwrap();
    assert_eq!((token.user_id(), token.capabilities()), (Some("u"), &[ParticipantTokenCapability::Subscribe][..]));
    assert_eq!(token.expiration_time(), Some(&DateTime::from_secs(1_704_067_200)));
}

#[tokio::test]
async fn create_participant_token() {
    let (_server, client) = serve(json!({"participantToken": {
        "participantId": "p1", "token": "secret-token", "duration": 720, "capabilities": ["PUBLISH", "SUBSCRIBE"]
    }}))
    .await;
    let output = client.create_participant_token().stage_arn("a").send().await.unwrap();
    let token = output.participant_token().unwrap();
    assert_eq!((token.token(), token.duration()), (Some("secret-token"), Some(720)));
    assert_eq!(token.capabilities(), [ParticipantTokenCapability::Publish, ParticipantTokenCapability::Subscribe]);
    assert!(!format!("{output:?}").contains("secret-token"), "a token must never be printed");
}

#[tokio::test]
async fn header_bound_members_of_create_ingest_configuration() {
    let document = json!({"ingestConfiguration": {"arn": "arn:i", "ingestProtocol": "RTMP", "streamKey": "secret-key",
        "redundantIngestCredentials": [{"streamKey": "second-secret-key"}]}});
    let response = Response::json(&document).header("Cache-Control", "no-store").header("x-frame-options", "DENY");
    let server = LoopbackServer::scripted([response]).await;
    let call = client(&server.url()).create_ingest_configuration().ingest_protocol(IngestProtocol::Rtmp);
    let output = call.send().await.unwrap();
    assert_eq!((output.cache_control(), output.x_frame_options()), (Some("no-store"), Some("DENY")));
    assert_eq!((output.content_security_policy(), output.x_content_type_options()), (None, None));
    let configuration = output.ingest_configuration().unwrap();
    assert_eq!((configuration.ingest_protocol(), configuration.stream_key()), (&IngestProtocol::Rtmp, "secret-key"));
    assert_eq!(configuration.redundant_ingest_credentials()[0].stream_key(), Some("second-secret-key"));
    assert!(!format!("{output:?}").contains("secret-key"), "a stream key must never be printed");
}

#[tokio::test]
async fn missing_required_members_become_empty_ones() {
    let (_server, client) = serve(json!({"composition": {}})).await;
    let output = client.get_composition().arn("a").send().await.unwrap();
    let composition = output.composition().unwrap();
    assert_eq!((composition.arn(), composition.destinations().len()), ("", 0));
    assert_eq!(composition.state().as_str(), "no value was set");
    assert_eq!(composition.layout(), Some(&LayoutConfiguration::builder().build()));
    let (_server, client) = serve(json!({"composition": {"destinations": [{}]}})).await;
    let output = client.get_composition().arn("a").send().await.unwrap();
    let destination = &output.composition().unwrap().destinations()[0];
    assert_eq!(destination.configuration(), Some(&DestinationConfiguration::builder().build()));
    assert_eq!((destination.id(), destination.detail()), ("", None));
    let (_server, client) = serve(json!({})).await;
    assert!(client.list_tags_for_resource().resource_arn("a").send().await.unwrap().tags().is_empty());
}

#[tokio::test]
async fn unknown_members_and_nulls_are_passed_over() {
    let (_server, client) = serve(json!({
        "invented": [{"a": [1, 2.5, "x", null, true]}],
        "stages": [{"arn": "arn:1", "name": null, "tags": null, "invented": {}}],
        "nextToken": null
    }))
    .await;
    let output = client.list_stages().send().await.unwrap();
    assert_eq!(output.next_token(), None);
    let [stage] = output.stages() else { panic!("{output:?}") };
    assert_eq!((stage.arn(), stage.name(), stage.tags()), ("arn:1", None, None));
}

#[tokio::test]
async fn an_enum_value_of_a_later_model_is_kept() {
    let (_server, client) = serve(json!({"participant": {"state": "LEVITATING"}})).await;
    let output = client.get_participant().stage_arn("a").session_id("s").participant_id("p1").send().await.unwrap();
    assert_eq!(output.participant().unwrap().state().unwrap().as_str(), "LEVITATING");
}
