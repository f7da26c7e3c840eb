//! Stages and their sessions.

use ivs_realtime::types::{
    AutoParticipantRecordingConfiguration, ParticipantRecordingHlsConfiguration, ParticipantRecordingMediaType,
    ParticipantThumbnailConfiguration, ParticipantTokenCapability, ParticipantTokenConfiguration,
    ThumbnailRecordingMode, ThumbnailStorageType,
};
use tests::sample::{number, text, text_map};

use super::{Call, outcome};

pub(super) const CALLS: &[Call] = &[
    Call {
        operation: "CreateStage",
        full: |client| {
            let call = client.create_stage().name(text("name")).participant_token_configurations(token());
            let call = call.set_tags(Some(text_map("tags")));
            outcome(call.auto_participant_recording_configuration(recording()).send())
        },
        minimal: |client| outcome(client.create_stage().send()),
    },
    Call {
        operation: "GetStage",
        full: |client| outcome(client.get_stage().arn(text("arn")).send()),
        minimal: |client| outcome(client.get_stage().arn(text("arn")).send()),
    },
    Call {
        operation: "UpdateStage",
        full: |client| {
            let call = client.update_stage().arn(text("arn")).name(text("name"));
            outcome(call.auto_participant_recording_configuration(recording()).send())
        },
        minimal: |client| outcome(client.update_stage().arn(text("arn")).send()),
    },
    Call {
        operation: "DeleteStage",
        full: |client| outcome(client.delete_stage().arn(text("arn")).send()),
        minimal: |client| outcome(client.delete_stage().arn(text("arn")).send()),
    },
    Call {
        operation: "ListStages",
        full: |client| {
            outcome(client.list_stages().next_token(text("nextToken")).max_results(number("maxResults")).send())
        },
        minimal: |client| outcome(client.list_stages().send()),
    },
    Call {
        operation: "GetStageSession",
        full: |client| {
            outcome(client.get_stage_session().stage_arn(text("stageArn")).session_id(text("sessionId")).send())
        },
        minimal: |client| {
            outcome(client.get_stage_session().stage_arn(text("stageArn")).session_id(text("sessionId")).send())
        },
    },
    Call {
        operation: "ListStageSessions",
        full: |client| {
            let call = client.list_stage_sessions().stage_arn(text("stageArn"));
            outcome(call.next_token(text("nextToken")).max_results(number("maxResults")).send())
        },
        minimal: |client| outcome(client.list_stage_sessions().stage_arn(text("stageArn")).send()),
    },
];

fn token() -> ParticipantTokenConfiguration {
    ParticipantTokenConfiguration::builder()
        .duration(number("duration"))
        .user_id(text("userId"))
        .set_attributes(Some(text_map("attributes")))
        .capabilities(ParticipantTokenCapability::Publish)
        .capabilities(ParticipantTokenCapability::Subscribe)
        .build()
}

fn recording() -> AutoParticipantRecordingConfiguration {
    let thumbnails = ParticipantThumbnailConfiguration::builder()
        .target_interval_seconds(number("targetIntervalSeconds"))
        .storage(ThumbnailStorageType::Sequential)
        .storage(ThumbnailStorageType::Latest)
        .recording_mode(ThumbnailRecordingMode::Disabled)
        .build();
    let hls = ParticipantRecordingHlsConfiguration::builder()
        .target_segment_duration_seconds(number("targetSegmentDurationSeconds"))
        .build();
    AutoParticipantRecordingConfiguration::builder()
        .storage_configuration_arn(text("storageConfigurationArn"))
        .media_types(ParticipantRecordingMediaType::AudioVideo)
        .media_types(ParticipantRecordingMediaType::AudioOnly)
        .media_types(ParticipantRecordingMediaType::None)
        .thumbnail_configuration(thumbnails)
        .recording_reconnect_window_seconds(number("recordingReconnectWindowSeconds"))
        .hls_configuration(hls)
        .record_participant_replicas(true)
        .build()
        .unwrap()
}
