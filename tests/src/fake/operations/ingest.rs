//! Ingest configurations: stream keys by which encoders publish.

use ivs_realtime::operation::create_ingest_configuration::{
    CreateIngestConfigurationInput, CreateIngestConfigurationOutput,
};
use ivs_realtime::operation::delete_ingest_configuration::{
    DeleteIngestConfigurationInput, DeleteIngestConfigurationOutput,
};
use ivs_realtime::operation::get_ingest_configuration::{GetIngestConfigurationInput, GetIngestConfigurationOutput};
use ivs_realtime::operation::list_ingest_configurations::{
    ListIngestConfigurationsInput, ListIngestConfigurationsOutput,
};
use ivs_realtime::operation::update_ingest_configuration::{
    UpdateIngestConfigurationInput, UpdateIngestConfigurationOutput,
};
use ivs_realtime::types::{
    IngestConfiguration, IngestConfigurationState, IngestConfigurationSummary, IngestProtocol,
    RedundantIngestCredential,
};

use super::participants::{self, Arrival, connected_key};
use super::{tags, tokens};
use crate::fake::failure::Failure;
use crate::fake::paging::page;
use crate::fake::world::records::{Identity, IngestCredential, Origin};
use crate::fake::world::{Call, records, required};

fn credential(call: &mut Call<'_>) -> IngestCredential {
    let (id, secret) = (call.id(12), call.id(32));
    let (account, region) = (&call.settings.account, &call.settings.region);
    let stream_key = format!("rt_{account}_{region}_{id}_{secret}");
    IngestCredential { participant_id: call.id(12), stream_key }
}

/// The stage to attach to: one that exists, or none.
fn attachable(call: &Call<'_>, stage: Option<String>) -> Result<String, Failure> {
    let stage = stage.unwrap_or_default();
    match stage.is_empty() || call.world.stages.get(&stage).is_some() {
        true => Ok(stage),
        false => Err(Failure::validation(format!("stageArn: there is no stage {stage}"))),
    }
}

pub(super) fn create(
    call: &mut Call<'_>,
    input: CreateIngestConfigurationInput,
) -> Result<CreateIngestConfigurationOutput, Failure> {
    let protocol = required(input.ingest_protocol, "ingestProtocol")?;
    if protocol == IngestProtocol::Rtmp && !input.insecure_ingest.unwrap_or_default() {
        return Err(Failure::validation("insecureIngest must be true with the protocol RTMP, which is not encrypted"));
    }
    let quota = call.settings.quotas.ingest_configurations;
    call.check_quota("ingest configurations", call.world.ingests.len(), quota)?;
    let attributes = input.attributes.unwrap_or_default();
    tokens::check_attributes(&attributes)?;
    let tags = tags::of(input.tags)?;
    let stage = attachable(call, input.stage_arn)?;
    let redundant = input.redundant_ingest.unwrap_or_default();
    let credentials = (0..if redundant { 2 } else { 1 }).map(|_| credential(call)).collect();
    let arn = call.new_arn("ingest-configuration");
    let ingest = records::IngestConfiguration {
        name: input.name.unwrap_or_default(),
        protocol: protocol.as_str().to_owned(),
        stage,
        user_id: input.user_id.unwrap_or_default(),
        attributes: attributes.into_iter().collect(),
        credentials,
        redundant,
        tags,
    };
    let shown = shown(call, &arn, &ingest)?;
    call.world.ingests.insert(arn, ingest);
    Ok(CreateIngestConfigurationOutput::builder().ingest_configuration(shown).build())
}

fn is_active(call: &Call<'_>, ingest: &records::IngestConfiguration) -> bool {
    let is_there = |one: &IngestCredential| connected_key(call, &ingest.stage, &one.participant_id).is_ok();
    !ingest.stage.is_empty() && ingest.credentials.iter().any(is_there)
}

fn state(call: &Call<'_>, ingest: &records::IngestConfiguration) -> IngestConfigurationState {
    if is_active(call, ingest) { IngestConfigurationState::Active } else { IngestConfigurationState::Inactive }
}

fn shown(call: &Call<'_>, arn: &str, ingest: &records::IngestConfiguration) -> Result<IngestConfiguration, Failure> {
    let [first, others @ ..] = ingest.credentials.as_slice() else {
        return Err(Failure::not_found("stream key of", arn));
    };
    let others = others.iter().map(|one| {
        let credential = RedundantIngestCredential::builder();
        credential.participant_id(&one.participant_id).stream_key(&one.stream_key).build()
    });
    let shown = IngestConfiguration::builder()
        .name(&ingest.name)
        .arn(arn)
        .ingest_protocol(IngestProtocol::from(ingest.protocol.as_str()))
        .stream_key(&first.stream_key)
        .stage_arn(&ingest.stage)
        .participant_id(&first.participant_id)
        .state(state(call, ingest))
        .user_id(&ingest.user_id)
        .redundant_ingest(ingest.redundant)
        .set_redundant_ingest_credentials(Some(others.collect()))
        .set_attributes(Some(ingest.attributes.clone().into_iter().collect()))
        .set_tags(tags::shown(&ingest.tags));
    Ok(shown.build()?)
}

fn find<'c>(call: &'c Call<'_>, arn: &str) -> Result<&'c records::IngestConfiguration, Failure> {
    call.world.ingests.get(arn).ok_or_else(|| Failure::not_found("ingest configuration", arn))
}

pub(super) fn get(
    call: &mut Call<'_>,
    input: GetIngestConfigurationInput,
) -> Result<GetIngestConfigurationOutput, Failure> {
    let arn = required(input.arn, "arn")?;
    let shown = shown(call, &arn, find(call, &arn)?)?;
    Ok(GetIngestConfigurationOutput::builder().ingest_configuration(shown).build())
}

pub(super) fn list(
    call: &mut Call<'_>,
    input: ListIngestConfigurationsInput,
) -> Result<ListIngestConfigurationsOutput, Failure> {
    let (stage, wanted) = (input.filter_by_stage_arn, input.filter_by_state);
    if stage.is_some() && wanted.is_some() {
        return Err(Failure::validation("filterByStageArn and filterByState cannot be combined"));
    }
    let filter = format!("{stage:?}{wanted:?}");
    let passes = |ingest: &records::IngestConfiguration| {
        stage.as_ref().is_none_or(|stage| *stage == ingest.stage)
            && wanted.as_ref().is_none_or(|wanted| *wanted == state(call, ingest))
    };
    let items = call.world.ingests.iter().filter(|(_, ingest)| passes(ingest)).map(|(arn, ingest)| {
        let first = ingest.credentials.first().map(|one| one.participant_id.clone());
        let summary = IngestConfigurationSummary::builder()
            .name(&ingest.name)
            .arn(arn)
            .ingest_protocol(IngestProtocol::from(ingest.protocol.as_str()))
            .stage_arn(&ingest.stage)
            .set_participant_id(first)
            .state(state(call, ingest))
            .user_id(&ingest.user_id)
            .redundant_ingest(ingest.redundant);
        (arn, summary.build())
    });
    let page = page(call, &filter, input.next_token.as_deref(), input.max_results, items)?;
    let items = page.items.into_iter().collect::<Result<_, _>>()?;
    let output = ListIngestConfigurationsOutput::builder().set_ingest_configurations(Some(items));
    Ok(output.set_next_token(page.next_token).build()?)
}

pub(super) fn update(
    call: &mut Call<'_>,
    input: UpdateIngestConfigurationInput,
) -> Result<UpdateIngestConfigurationOutput, Failure> {
    let arn = required(input.arn, "arn")?;
    if is_active(call, find(call, &arn)?) {
        return Err(Failure::conflict(format!("an encoder is publishing through {arn}")));
    }
    let stage = input.stage_arn.map(|stage| attachable(call, Some(stage))).transpose()?;
    let redundant = input.redundant_ingest.unwrap_or_default();
    let spare = credential(call);
    let ingest = call.world.ingests.get_mut(&arn).ok_or_else(|| Failure::not_found("ingest configuration", &arn))?;
    if let Some(stage) = stage {
        ingest.stage = stage;
    }
    ingest.redundant = redundant;
    match redundant {
        true if ingest.credentials.len() < 2 => ingest.credentials.push(spare),
        true => {}
        false => ingest.credentials.truncate(1),
    }
    let shown = shown(call, &arn, find(call, &arn)?)?;
    Ok(UpdateIngestConfigurationOutput::builder().ingest_configuration(shown).build())
}

pub(super) fn delete(
    call: &mut Call<'_>,
    input: DeleteIngestConfigurationInput,
) -> Result<DeleteIngestConfigurationOutput, Failure> {
    let arn = required(input.arn, "arn")?;
    let ingest = find(call, &arn)?.clone();
    if is_active(call, &ingest) && !input.force.unwrap_or_default() {
        return Err(Failure::conflict(format!("an encoder is publishing through {arn}; use force to disconnect it")));
    }
    for one in &ingest.credentials {
        // With redundant ingest perhaps only one of the two is connected.
        _ = participants::disconnect(call, &ingest.stage, &one.participant_id);
    }
    call.world.ingests.remove(&arn);
    Ok(DeleteIngestConfigurationOutput::builder().build())
}

/// An encoder connects with a stream key and publishes. Returns stage, session and participant.
///
/// # Errors
/// No configuration has the key, or it has no stage, or the encoder is connected already.
pub(in crate::fake) fn connect(call: &mut Call<'_>, stream_key: &str) -> Result<(String, String, String), Failure> {
    let has_key = |one: &&IngestCredential| one.stream_key == stream_key;
    let found = call.world.ingests.iter().find_map(|(arn, ingest)| {
        let credential = ingest.credentials.iter().find(has_key)?;
        Some((arn, ingest, credential))
    });
    let Some((arn, ingest, credential)) = found else {
        return Err(Failure::validation("no ingest configuration has this stream key"));
    };
    if ingest.stage.is_empty() {
        return Err(Failure::conflict(format!("{arn} has no stage")));
    }
    let (stage, id) = (ingest.stage.clone(), credential.participant_id.clone());
    let identity = Identity {
        participant_id: id.clone(),
        user_id: ingest.user_id.clone(),
        attributes: ingest.attributes.clone(),
        publish: true,
        subscribe: false,
    };
    let ingest = Some((arn.clone(), ingest.protocol.clone()));
    let session = participants::join(call, &stage, Arrival { identity, origin: Origin::Ingest, ingest, source: None })?;
    participants::publish(call, &stage, &id, true)?;
    Ok((stage, session, id))
}
