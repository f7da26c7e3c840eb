//! Ingest configurations.

use ivs_realtime::types::{IngestConfigurationState, IngestProtocol};
use tests::sample::{number, text, text_map};

use super::{Call, outcome};

pub(super) const CALLS: &[Call] = &[
    Call {
        operation: "CreateIngestConfiguration",
        full: |client| {
            let call = client
                .create_ingest_configuration()
                .name(text("name"))
                .stage_arn(text("stageArn"))
                .user_id(text("userId"));
            let call = call.set_attributes(Some(text_map("attributes"))).ingest_protocol(IngestProtocol::Rtmps);
            outcome(call.insecure_ingest(true).redundant_ingest(true).set_tags(Some(text_map("tags"))).send())
        },
        minimal: |client| outcome(client.create_ingest_configuration().ingest_protocol(IngestProtocol::Rtmps).send()),
    },
    Call {
        operation: "GetIngestConfiguration",
        full: |client| outcome(client.get_ingest_configuration().arn(text("arn")).send()),
        minimal: |client| outcome(client.get_ingest_configuration().arn(text("arn")).send()),
    },
    Call {
        operation: "UpdateIngestConfiguration",
        full: |client| {
            let call = client.update_ingest_configuration().arn(text("arn"));
            outcome(call.stage_arn(text("stageArn")).redundant_ingest(true).send())
        },
        minimal: |client| outcome(client.update_ingest_configuration().arn(text("arn")).send()),
    },
    Call {
        operation: "DeleteIngestConfiguration",
        full: |client| outcome(client.delete_ingest_configuration().arn(text("arn")).force(true).send()),
        minimal: |client| outcome(client.delete_ingest_configuration().arn(text("arn")).send()),
    },
    Call {
        operation: "ListIngestConfigurations",
        full: |client| {
            let call = client.list_ingest_configurations().filter_by_stage_arn(text("filterByStageArn"));
            let call = call.filter_by_state(IngestConfigurationState::Inactive);
            outcome(call.next_token(text("nextToken")).max_results(number("maxResults")).send())
        },
        minimal: |client| outcome(client.list_ingest_configurations().send()),
    },
];
