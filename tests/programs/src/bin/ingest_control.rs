//! Sets up a camera: an ingest configuration with its stream keys, moved between stages, its picture replicated to others.

use aws_sdk_ivsrealtime::error::SdkError;
use aws_sdk_ivsrealtime::operation::create_ingest_configuration::CreateIngestConfigurationOutput;
use aws_sdk_ivsrealtime::operation::update_ingest_configuration::UpdateIngestConfigurationError;
use aws_sdk_ivsrealtime::types::{
    IngestConfiguration, IngestConfigurationState, IngestProtocol, RedundantIngestCredential,
};
use aws_sdk_ivsrealtime::{Client, Error};

/// A camera that may send.
#[derive(Debug)]
struct Camera {
    arn: String,
    participant: String,
    keys: Vec<StreamKey>,
}

/// A stream key, for the encoder and nobody else.
struct StreamKey(String);

impl std::fmt::Debug for StreamKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("StreamKey")
    }
}

impl From<IngestConfiguration> for Camera {
    fn from(configuration: IngestConfiguration) -> Self {
        let redundant =
            configuration.redundant_ingest_credentials().iter().filter_map(RedundantIngestCredential::stream_key);
        let mut keys = vec![StreamKey(configuration.stream_key().to_owned())];
        keys.extend(redundant.map(|key| StreamKey(key.to_owned())));
        Self { keys, arn: configuration.arn, participant: configuration.participant_id }
    }
}

async fn connect(client: &Client, name: &str, redundant: bool) -> Result<Camera, Error> {
    let call = client
        .create_ingest_configuration()
        .name(name)
        .ingest_protocol(IngestProtocol::Rtmps)
        .set_insecure_ingest(Some(false))
        .redundant_ingest(redundant)
        .attributes("device", "camera");
    let CreateIngestConfigurationOutput { ingest_configuration, .. } = call.send().await?;
    Ok(ingest_configuration.map(Camera::from).unwrap_or(Camera {
        arn: String::new(),
        participant: String::new(),
        keys: Vec::new(),
    }))
}

/// Whether the camera is on that stage now; a camera that sends cannot be moved.
async fn place(
    client: &Client,
    camera: &Camera,
    stage: &str,
) -> Result<bool, SdkError<UpdateIngestConfigurationError>> {
    match client.update_ingest_configuration().arn(&camera.arn).stage_arn(stage).send().await {
        Ok(updated) => Ok(updated.ingest_configuration().is_some_and(|it| it.stage_arn() == stage)),
        Err(SdkError::ServiceError(context)) if context.err().is_conflict_exception() => Ok(false),
        Err(error) => Err(error),
    }
}

/// Shows the camera on other stages, too; how many took it.
async fn replicate(client: &Client, camera: &Camera, from: &str, to: &[&str]) -> usize {
    let mut taken = 0;
    for stage in to {
        let call = client.start_participant_replication().source_stage_arn(from).destination_stage_arn(*stage);
        let answer = call.participant_id(&camera.participant).reconnect_window_seconds(10).send().await;
        taken += usize::from(answer.is_ok());
    }
    taken
}

async fn sending(client: &Client, stage: &str) -> Result<Vec<String>, Error> {
    let call = client.list_ingest_configurations().filter_by_stage_arn(stage);
    let mut items = call.filter_by_state(IngestConfigurationState::Active).into_paginator().items().send();
    let mut names = Vec::new();
    while let Some(item) = items.try_next().await? {
        names.push(item.name().unwrap_or(item.participant_id()).to_owned());
    }
    Ok(names)
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let client = Client::new(&aws_config::load_from_env().await);
    let camera = connect(&client, "camera-1", true).await?;
    println!("{camera:?} has {} bytes of keys", camera.keys.iter().map(|key| key.0.len()).sum::<usize>());
    println!("{} {}", place(&client, &camera, "one").await?, replicate(&client, &camera, "one", &["two"]).await);
    println!("{:?}", sending(&client, "one").await?);
    Ok(())
}

#[cfg(test)]
mod tests {
    use harness::client::sdk_config;
    use harness::loopback::{LoopbackServer, Response};
    use serde_json::{Value, json};

    use super::*;

    fn configuration(stage: &str) -> Value {
        json!({"ingestConfiguration": {
            "arn": "arn:ingest", "ingestProtocol": "RTMPS", "streamKey": "rt_secret_1", "stageArn": stage,
            "participantId": "p-1", "state": "INACTIVE", "redundantIngest": true,
            "redundantIngestCredentials": [{"participantId": "p-2", "streamKey": "rt_secret_2"}, {"participantId": "p-3"}],
        }})
    }

    async fn scripted(replies: Vec<Response>) -> (Client, LoopbackServer) {
        let server = LoopbackServer::scripted(replies).await;
        (Client::new(&sdk_config(&server.url())), server)
    }

    fn bodies(server: &LoopbackServer) -> Vec<Value> {
        server.requests().iter().map(|request| request.json().unwrap()).collect()
    }

    #[tokio::test]
    async fn a_camera_has_all_its_keys_and_shows_none() {
        let (client, server) = scripted(vec![Response::json(&configuration(""))]).await;
        let camera = connect(&client, "camera", true).await.unwrap();
        assert_eq!(camera.keys.iter().map(|key| key.0.as_str()).collect::<Vec<_>>(), ["rt_secret_1", "rt_secret_2"]);
        let expected = json!({
            "name": "camera", "ingestProtocol": "RTMPS", "insecureIngest": false, "redundantIngest": true,
            "attributes": {"device": "camera"},
        });
        assert_eq!(bodies(&server), [expected]);
        let text = format!("{camera:?}");
        assert!(!text.contains("rt_secret"), "{text}");
    }

    #[tokio::test]
    async fn an_answer_shows_no_key_either() {
        let (client, _server) = scripted(vec![Response::json(&configuration("one"))]).await;
        let answer = client.get_ingest_configuration().arn("arn:ingest").send().await.unwrap();
        let text = format!("{answer:?}");
        assert!(!text.contains("rt_secret"), "{text}");
        assert!(text.contains("*** Sensitive Data Redacted ***"), "{text}");
    }

    #[tokio::test]
    async fn a_camera_that_sends_stays_where_it_is() {
        let camera = Camera { arn: "arn:ingest".to_owned(), participant: "p".to_owned(), keys: Vec::new() };
        let busy = Response::error(409, "ConflictException", &json!({}));
        let wrong = Response::error(400, "ValidationException", &json!({}));
        let (client, server) = scripted(vec![Response::json(&configuration("one")), busy, wrong]).await;
        assert!(place(&client, &camera, "one").await.unwrap());
        assert!(!place(&client, &camera, "two").await.unwrap());
        let error = place(&client, &camera, "three").await.unwrap_err();
        assert!(error.into_service_error().is_validation_exception());
        assert_eq!(
            bodies(&server)[0],
            json!({"arn": "arn:ingest", "stageArn": "one"}),
            "a default is not sent unasked"
        );
    }

    #[tokio::test]
    async fn headers_of_an_answer_are_members_of_the_output() {
        let answer =
            Response::json(&json!({})).header("Access-Control-Allow-Origin", "*").header("X-Frame-Options", "DENY");
        let (client, _server) = scripted(vec![answer]).await;
        let call = client.start_participant_replication().source_stage_arn("a").destination_stage_arn("b");
        let output = call.participant_id("p").send().await.unwrap();
        assert_eq!(output.access_control_allow_origin(), Some("*"));
        assert_eq!((output.x_frame_options(), output.cache_control()), (Some("DENY"), None));
    }

    #[tokio::test]
    async fn replication_goes_on_after_a_refusal_and_filters_are_sent() {
        let camera = Camera { arn: "arn".to_owned(), participant: "p-1".to_owned(), keys: Vec::new() };
        let refused = Response::error(404, "ResourceNotFoundException", &json!({}));
        let item = |name: Option<&str>| {
            let mut item = configuration("one")["ingestConfiguration"].clone();
            item["name"] = name.into();
            item
        };
        let page = Response::json(&json!({"ingestConfigurations": [item(Some("camera")), item(None)]}));
        let (client, server) = scripted(vec![refused, Response::json(&json!({})), page]).await;
        assert_eq!(replicate(&client, &camera, "a", &["b", "c"]).await, 1);
        assert_eq!(sending(&client, "one").await.unwrap(), ["camera", "p-1"]);
        let bodies = bodies(&server);
        let expected = json!({
            "sourceStageArn": "a", "destinationStageArn": "c", "participantId": "p-1", "reconnectWindowSeconds": 10,
        });
        assert_eq!(bodies[1], expected);
        assert_eq!(bodies[2], json!({"filterByStageArn": "one", "filterByState": "ACTIVE"}));
    }
}
