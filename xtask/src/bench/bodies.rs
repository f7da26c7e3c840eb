//! Answers of the service, as benchmarks have them decoded.

use serde_json::{Value, json};

/// How many tokens the answer of `CreateStage` holds, as many as the input of the benchmark programs asks for.
const TOKENS: usize = 8;

/// An ARN of a resource of type `kind`, told from others by `number`.
fn arn(kind: &str, number: usize) -> String {
    format!("arn:aws:ivs:eu-central-1:123456789012:{kind}/Abcd{number:08}")
}

/// An answer of `ListCompositions` with so many `items`, two destinations and two tags each.
pub(super) fn list_compositions(items: usize) -> Value {
    let destination = |number: usize| {
        json!({
            "id": format!("destination-{number}"),
            "state": "ACTIVE",
            "startTime": "2026-11-17T09:30:15.250Z",
        })
    };
    let composition = |number: usize| {
        json!({
            "arn": arn("composition", number),
            "stageArn": arn("stage", number),
            "destinations": [destination(1), destination(2)],
            "state": "STOPPED",
            "tags": { "team": "live", "room": format!("hall-{number}") },
            "startTime": "2026-11-17T09:30:00Z",
            "endTime": "2026-11-17T11:45:59Z",
        })
    };
    let compositions: Vec<Value> = (0..items).map(composition).collect();
    json!({ "compositions": compositions })
}

/// An answer of `GetComposition` with everything that a composition can have.
pub(super) fn get_composition() -> Value {
    let bucket = json!({
        "storageConfigurationArn": arn("storage-configuration", 1),
        "encoderConfigurationArns": [arn("encoder-configuration", 1)],
        "recordingConfiguration": { "hlsConfiguration": { "targetSegmentDurationSeconds": 4 }, "format": "HLS" },
        "thumbnailConfigurations": [{ "targetIntervalSeconds": 30, "storage": ["SEQUENTIAL", "LATEST"] }],
    });
    let channel = json!({
        "channelArn": arn("channel", 1),
        "encoderConfigurationArn": arn("encoder-configuration", 2),
    });
    let destination = |id: &str, configuration: Value| {
        json!({
            "id": id,
            "state": "ACTIVE",
            "startTime": "2026-11-17T09:30:15.250Z",
            "endTime": "2026-11-17T11:45:59Z",
            "configuration": configuration,
            "detail": { "s3": { "recordingPrefix": "ivs/v1/123456789012/2026/11/17/9/30/Abcd" } },
        })
    };
    json!({ "composition": {
        "arn": arn("composition", 1),
        "stageArn": arn("stage", 1),
        "state": "ACTIVE",
        "layout": { "grid": grid(), "pip": pip() },
        "destinations": [
            destination("channel", json!({ "name": "channel", "channel": channel })),
            destination("recording", json!({ "name": "recording", "s3": bucket })),
        ],
        "tags": { "team": "live", "room": "hall" },
        "startTime": "2026-11-17T09:30:00Z",
        "endTime": "2026-11-17T11:45:59Z",
    }})
}

/// A grid layout.
fn grid() -> Value {
    json!({
        "featuredParticipantAttribute": "featured",
        "omitStoppedVideo": true,
        "videoAspectRatio": "VIDEO",
        "videoFillMode": "COVER",
        "gridGap": 4,
        "participantOrderAttribute": "order",
    })
}

/// A picture-in-picture layout.
fn pip() -> Value {
    json!({
        "featuredParticipantAttribute": "featured",
        "omitStoppedVideo": true,
        "videoFillMode": "COVER",
        "gridGap": 4,
        "pipParticipantAttribute": "pip",
        "pipBehavior": "DYNAMIC",
        "pipOffset": 8,
        "pipPosition": "BOTTOM_RIGHT",
        "pipWidth": 320,
        "pipHeight": 180,
        "participantOrderAttribute": "order",
    })
}

/// An answer of `CreateStage`, with tokens of the length that real ones have.
pub(super) fn create_stage() -> Value {
    let token = |number: usize| {
        json!({
            "participantId": format!("p{number:011}"),
            "token": format!("eyJhbGciOiJLTVMiLCJ0eXAiOiJKV1QifQ.{}", "Zm9yYmVuY2htYXJr".repeat(40)),
            "userId": format!("participant-{number}"),
            "attributes": { "role": "guest" },
            "duration": 720,
            "capabilities": ["PUBLISH", "SUBSCRIBE"],
            "expirationTime": "2026-11-17T21:30:00Z",
        })
    };
    let tokens: Vec<Value> = (0..TOKENS).map(token).collect();
    json!({
        "stage": {
            "arn": arn("stage", 1),
            "name": "main hall",
            "activeSessionId": "st-AbcdEfgh1234",
            "tags": { "team": "live" },
            "autoParticipantRecordingConfiguration": {
                "storageConfigurationArn": arn("storage-configuration", 1),
                "mediaTypes": ["AUDIO_VIDEO"],
                "recordingReconnectWindowSeconds": 30,
            },
            "endpoints": {
                "events": "wss://global.events.live-video.net",
                "whip": "https://0123456789ab.global-bm.whip.live-video.net",
                "rtmp": "rtmp://ingest.example.net/app/",
                "rtmps": "rtmps://ingest.example.net:443/app/",
            },
        },
        "participantTokens": tokens,
    })
}
