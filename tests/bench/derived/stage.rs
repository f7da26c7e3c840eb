//! Input and answer of `CreateStage`.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::text::{Capability, MediaType, Moment, StorageType};
use crate::{ARN, TOKENS};

/// The input of `CreateStage`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct NewStage {
    name: Option<String>,
    participant_token_configurations: Option<Vec<TokenConfiguration>>,
    tags: Option<HashMap<String, String>>,
    auto_participant_recording_configuration: Option<Recording>,
}

impl NewStage {
    /// The same input that the program `calls` makes for the clients.
    pub(super) fn example() -> Self {
        let tokens = (0..TOKENS).map(|number| TokenConfiguration {
            duration: Some(720),
            user_id: Some(format!("participant-{number}")),
            attributes: Some(HashMap::from([("role".to_owned(), "guest".to_owned())])),
            capabilities: Some(vec![Capability::Publish, Capability::Subscribe]),
        });
        Self {
            name: Some("main hall".to_owned()),
            participant_token_configurations: Some(tokens.collect()),
            tags: Some(HashMap::from([("team".to_owned(), "live".to_owned())])),
            auto_participant_recording_configuration: Some(Recording {
                storage_configuration_arn: ARN.to_owned(),
                media_types: Some(vec![MediaType::AudioVideo]),
                thumbnail_configuration: None,
                recording_reconnect_window_seconds: 30,
                hls_configuration: None,
                record_participant_replicas: false,
            }),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TokenConfiguration {
    duration: Option<i32>,
    user_id: Option<String>,
    attributes: Option<HashMap<String, String>>,
    capabilities: Option<Vec<Capability>>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Recording {
    storage_configuration_arn: String,
    media_types: Option<Vec<MediaType>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    thumbnail_configuration: Option<Thumbnails>,
    #[serde(default)]
    recording_reconnect_window_seconds: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    hls_configuration: Option<Hls>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    record_participant_replicas: bool,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Thumbnails {
    target_interval_seconds: Option<i32>,
    storage: Option<Vec<StorageType>>,
    recording_mode: Option<String>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Hls {
    target_segment_duration_seconds: Option<i32>,
}

/// The answer of `CreateStage`.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Created {
    stage: Option<Stage>,
    participant_tokens: Option<Vec<Token>>,
}

impl Created {
    /// One for the stage, if any, and its tokens.
    pub(super) fn size(&self) -> usize {
        self.stage.as_ref().map_or(0, |_| 1 + self.participant_tokens.as_ref().map_or(0, Vec::len))
    }
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Stage {
    arn: String,
    name: Option<String>,
    active_session_id: Option<String>,
    tags: Option<HashMap<String, String>>,
    auto_participant_recording_configuration: Option<Recording>,
    endpoints: Option<Endpoints>,
}

#[derive(Deserialize, Serialize)]
struct Endpoints {
    events: Option<String>,
    whip: Option<String>,
    rtmp: Option<String>,
    rtmps: Option<String>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Token {
    participant_id: Option<String>,
    token: Option<String>,
    user_id: Option<String>,
    attributes: Option<HashMap<String, String>>,
    duration: Option<i32>,
    capabilities: Option<Vec<Capability>>,
    expiration_time: Option<Moment>,
}
