//! Participants, their tokens and replicas.

use ivs_realtime::types::{ParticipantRecordingFilterByRecordingState, ParticipantState, ParticipantTokenCapability};
use tests::sample::{number, text, text_map};

use super::{Call, outcome};

pub(super) const CALLS: &[Call] = &[
    Call {
        operation: "CreateParticipantToken",
        full: |client| {
            let call = client
                .create_participant_token()
                .stage_arn(text("stageArn"))
                .duration(number("duration"))
                .user_id(text("userId"));
            let call = call.set_attributes(Some(text_map("attributes")));
            outcome(
                call.capabilities(ParticipantTokenCapability::Publish)
                    .capabilities(ParticipantTokenCapability::Subscribe)
                    .send(),
            )
        },
        minimal: |client| outcome(client.create_participant_token().stage_arn(text("stageArn")).send()),
    },
    Call {
        operation: "DisconnectParticipant",
        full: |client| {
            let call =
                client.disconnect_participant().stage_arn(text("stageArn")).participant_id(text("participantId"));
            outcome(call.reason(text("reason")).send())
        },
        minimal: |client| {
            let call = client.disconnect_participant().stage_arn(text("stageArn"));
            outcome(call.participant_id(text("participantId")).send())
        },
    },
    Call {
        operation: "RevokeConnectionToken",
        full: |client| outcome(client.revoke_connection_token().token_id(text("tokenId")).send()),
        minimal: |client| outcome(client.revoke_connection_token().token_id(text("tokenId")).send()),
    },
    Call {
        operation: "GetParticipant",
        full: |client| {
            let call = client.get_participant().stage_arn(text("stageArn")).session_id(text("sessionId"));
            outcome(call.participant_id(text("participantId")).send())
        },
        minimal: |client| {
            let call = client.get_participant().stage_arn(text("stageArn")).session_id(text("sessionId"));
            outcome(call.participant_id(text("participantId")).send())
        },
    },
    Call {
        operation: "ListParticipants",
        full: |client| {
            let call = client.list_participants().stage_arn(text("stageArn")).session_id(text("sessionId"));
            let call = call.filter_by_user_id(text("filterByUserId")).filter_by_published(true);
            let call = call.filter_by_state(ParticipantState::Disconnected);
            let call = call.filter_by_recording_state(ParticipantRecordingFilterByRecordingState::Failed);
            outcome(call.next_token(text("nextToken")).max_results(number("maxResults")).send())
        },
        minimal: |client| {
            outcome(client.list_participants().stage_arn(text("stageArn")).session_id(text("sessionId")).send())
        },
    },
    Call {
        operation: "ListParticipantEvents",
        full: |client| {
            let call = client.list_participant_events().stage_arn(text("stageArn")).session_id(text("sessionId"));
            let call = call.participant_id(text("participantId")).next_token(text("nextToken"));
            outcome(call.max_results(number("maxResults")).send())
        },
        minimal: |client| {
            let call = client.list_participant_events().stage_arn(text("stageArn")).session_id(text("sessionId"));
            outcome(call.participant_id(text("participantId")).send())
        },
    },
    Call {
        operation: "ListParticipantReplicas",
        full: |client| {
            let call = client
                .list_participant_replicas()
                .source_stage_arn(text("sourceStageArn"))
                .participant_id(text("participantId"));
            outcome(call.next_token(text("nextToken")).max_results(number("maxResults")).send())
        },
        minimal: |client| {
            let call = client.list_participant_replicas().source_stage_arn(text("sourceStageArn"));
            outcome(call.participant_id(text("participantId")).send())
        },
    },
    Call {
        operation: "StartParticipantReplication",
        full: |client| {
            let call = client.start_participant_replication().source_stage_arn(text("sourceStageArn"));
            let call = call.destination_stage_arn(text("destinationStageArn")).participant_id(text("participantId"));
            let call = call.reconnect_window_seconds(number("reconnectWindowSeconds"));
            outcome(call.set_attributes(Some(text_map("attributes"))).send())
        },
        minimal: |client| {
            let call = client.start_participant_replication().source_stage_arn(text("sourceStageArn"));
            outcome(
                call.destination_stage_arn(text("destinationStageArn")).participant_id(text("participantId")).send(),
            )
        },
    },
    Call {
        operation: "StopParticipantReplication",
        full: |client| {
            let call = client.stop_participant_replication().source_stage_arn(text("sourceStageArn"));
            outcome(
                call.destination_stage_arn(text("destinationStageArn")).participant_id(text("participantId")).send(),
            )
        },
        minimal: |client| {
            let call = client.stop_participant_replication().source_stage_arn(text("sourceStageArn"));
            outcome(
                call.destination_stage_arn(text("destinationStageArn")).participant_id(text("participantId")).send(),
            )
        },
    },
];
