use std::time::Duration;

use aws_sdk_ivsrealtime::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_ivsrealtime::error::SdkError;
use aws_sdk_ivsrealtime::operation::create_stage::{CreateStageError, CreateStageOutput};
use aws_sdk_ivsrealtime::operation::delete_stage::DeleteStageError;
use aws_sdk_ivsrealtime::operation::get_composition::GetCompositionOutput;
use aws_sdk_ivsrealtime::operation::start_composition::StartCompositionError;
use aws_sdk_ivsrealtime::operation::stop_composition::StopCompositionOutput;
use aws_sdk_ivsrealtime::types::error::{
    PendingVerification, ResourceNotFoundException, ServiceQuotaExceededException, ValidationException,
};
use aws_sdk_ivsrealtime::types::{
    Composition, CompositionState, ParticipantToken, ParticipantTokenCapability, Stage as Described,
};
use aws_sdk_ivsrealtime::{Client, Config};
use aws_smithy_http_client::test_util::{ReplayEvent, StaticReplayClient};
use aws_smithy_mocks::{mock, mock_client, RuleMode};
use aws_smithy_types::body::SdkBody;
use serde_json::{json, Value};
use show::recording::Archive;
use show::stage::NoStage;
use show::{cast, recording, stage};

const ARN: &str = "arn:aws:ivs:eu-central-1:123456789012:stage/standup";

fn replaying(answers: impl IntoIterator<Item = Value>) -> (Client, StaticReplayClient) {
    let events = answers.into_iter().map(|answer| {
        let request = http::Request::post("https://ivsrealtime.invalid/").body(SdkBody::empty());
        let response = http::Response::new(SdkBody::from(answer.to_string()));
        ReplayEvent::new(request.expect("it is one"), response)
    });
    let http = StaticReplayClient::new(events.collect());
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-central-1"))
        .credentials_provider(Credentials::for_tests())
        .http_client(http.clone());
    (Client::from_conf(config.build()), http)
}

#[tokio::test]
async fn host_and_guests_get_tokens() {
    let create = mock!(Client::create_stage)
        .match_requests(|request| {
            let [host, guest] = request.participant_token_configurations() else { return false };
            host.capabilities().contains(&ParticipantTokenCapability::Publish)
                && guest.capabilities() == [ParticipantTokenCapability::Subscribe]
                && request.tags().is_some_and(|tags| tags["show"] == "standup")
        })
        .then_output(|| {
            let token = |user: &str| ParticipantToken::builder().user_id(user).token(format!("for-{user}")).build();
            let described = Described::builder().arn(ARN).build().expect("it has an ARN");
            CreateStageOutput::builder()
                .stage(described)
                .participant_tokens(token("ada"))
                .participant_tokens(token("grace"))
                .build()
        });
    let client = mock_client!(aws_sdk_ivsrealtime, [&create]);
    let stage = stage::open(&client, "standup", "ada", &["grace"]).await.expect("it opens");
    assert_eq!(stage.arn, ARN);
    assert_eq!(stage.tokens[1], ("grace".to_owned(), "for-grace".to_owned()));
}

#[tokio::test]
async fn why_there_is_no_stage_is_told() {
    let create = mock!(Client::create_stage)
        .sequence()
        .error(|| {
            CreateStageError::ServiceQuotaExceededException(
                ServiceQuotaExceededException::builder().exception_message("100").build(),
            )
        })
        .error(|| {
            let refused = ValidationException::builder().exception_message("name").build();
            CreateStageError::ValidationException(refused)
        })
        .error(|| CreateStageError::PendingVerification(PendingVerification::builder().build()))
        .build();
    let client = mock_client!(aws_sdk_ivsrealtime, RuleMode::Sequential, [&create]);
    let open = || stage::open(&client, "standup", "ada", &[]);
    assert!(matches!(open().await, Err(NoStage::TooMany)));
    assert!(matches!(open().await, Err(NoStage::Refused(what)) if what == "name"));
    assert!(matches!(open().await, Err(NoStage::Other(aws_sdk_ivsrealtime::Error::PendingVerification(_)))));
}

#[tokio::test]
async fn a_stage_that_is_gone_can_be_closed() {
    let gone = mock!(Client::delete_stage)
        .then_error(|| DeleteStageError::ResourceNotFoundException(ResourceNotFoundException::builder().build()));
    let client = mock_client!(aws_sdk_ivsrealtime, [&gone]);
    stage::close(&client, ARN).await.expect("that is fine");
}

#[tokio::test]
async fn stages_of_the_show_are_found_on_all_pages() {
    let (client, http) = replaying([
        json!({ "stages": [{ "arn": "a", "tags": { "show": "standup" } }, { "arn": "b" }], "nextToken": "more" }),
        json!({ "stages": [{ "arn": "c", "tags": { "show": "other" } }, { "arn": "d", "tags": { "show": "standup" } }] }),
    ]);
    assert_eq!(stage::left_over(&client, "standup").await.expect("both pages are there"), ["a", "d"]);
    let bodies: Vec<Value> = http
        .actual_requests()
        .map(|request| serde_json::from_slice(request.body().bytes().expect("it is in memory")).expect("it is JSON"))
        .collect();
    assert_eq!(bodies, [json!({ "maxResults": 50 }), json!({ "maxResults": 50, "nextToken": "more" })]);
}

#[tokio::test]
async fn who_is_there_is_connected() {
    let (client, http) = replaying([
        json!({ "stage": { "arn": ARN, "activeSessionId": "st-1" } }),
        json!({ "participants": [
            { "userId": "ada", "state": "CONNECTED" },
            { "userId": "grace", "state": "DISCONNECTED" },
            { "userId": "alan", "state": "HOVERING" },
        ] }),
    ]);
    let present = cast::present(&client, ARN).await.expect("both answers are there");
    assert_eq!(present.into_iter().collect::<Vec<_>>(), ["ada"]);
    let paths: Vec<String> = http.actual_requests().map(|request| request.uri().to_owned()).collect();
    assert_eq!(paths.len(), 2);
    assert!(paths[1].ends_with("/ListParticipants"), "{paths:?}");
}

#[tokio::test]
async fn a_recording_stops_in_its_time() {
    let answer = |state: CompositionState| {
        let composition = Composition::builder()
            .arn("c")
            .stage_arn(ARN)
            .state(state)
            .layout(aws_sdk_ivsrealtime::types::LayoutConfiguration::builder().build())
            .set_destinations(Some(Vec::new()));
        GetCompositionOutput::builder().composition(composition.build().expect("it has all")).build()
    };
    let stop = mock!(Client::stop_composition).then_output(|| StopCompositionOutput::builder().build());
    let get = mock!(Client::get_composition)
        .sequence()
        .output(move || answer(CompositionState::Stopping))
        .times(2)
        .output(move || answer(CompositionState::Stopped))
        .build();
    let client = mock_client!(aws_sdk_ivsrealtime, RuleMode::MatchAny, [&stop, &get]);
    assert!(recording::stop(&client, "c", Duration::from_millis(1)).await.expect("it answers"));
    assert_eq!(get.num_calls(), 3);
}

#[tokio::test]
async fn a_conflict_is_an_error_of_the_service() {
    let conflict = mock!(Client::start_composition).then_error(|| {
        StartCompositionError::ConflictException(
            aws_sdk_ivsrealtime::types::error::ConflictException::builder().build(),
        )
    });
    let client = mock_client!(aws_sdk_ivsrealtime, [&conflict]);
    let archive = Archive { storage: "storage".into(), encoder: "encoder".into() };
    match recording::start(&client, ARN, &archive).await {
        Err(SdkError::ServiceError(error)) => assert!(error.err().is_conflict_exception()),
        other => panic!("{other:?}"),
    }
}
