//! Stages and their sessions.

use ivs_realtime::operation::create_stage::{CreateStageInput, CreateStageOutput};
use ivs_realtime::operation::delete_stage::{DeleteStageInput, DeleteStageOutput};
use ivs_realtime::operation::get_stage::{GetStageInput, GetStageOutput};
use ivs_realtime::operation::get_stage_session::{GetStageSessionInput, GetStageSessionOutput};
use ivs_realtime::operation::list_stage_sessions::{ListStageSessionsInput, ListStageSessionsOutput};
use ivs_realtime::operation::list_stages::{ListStagesInput, ListStagesOutput};
use ivs_realtime::operation::update_stage::{UpdateStageInput, UpdateStageOutput};
use ivs_realtime::types::{
    AutoParticipantRecordingConfiguration, ParticipantRecordingMediaType, Stage, StageEndpoints, StageSession,
    StageSessionSummary, StageSummary,
};

use super::{compositions, participants, tags, tokens};
use crate::fake::failure::Failure;
use crate::fake::paging::page;
use crate::fake::world::{Call, records, required};

/// Where events of stages are told; nothing listens there.
pub(super) const EVENTS: &str = "wss://global.events.live-video.net";

/// Where publishers of WHIP connect; nothing listens there.
pub(super) const WHIP: &str = "https://global.whip.live-video.net";

/// The id at the end of an ARN.
pub(super) fn id_of(arn: &str) -> &str {
    arn.rsplit_once('/').map_or(arn, |(_, id)| id)
}

pub(super) fn create(call: &mut Call<'_>, input: CreateStageInput) -> Result<CreateStageOutput, Failure> {
    call.check_quota("stages", call.world.stages.len(), call.settings.quotas.stages)?;
    let tags = tags::of(input.tags)?;
    let recording = input.auto_participant_recording_configuration;
    check_recording(call, recording.as_ref())?;
    let wishes = input.participant_token_configurations.unwrap_or_default();
    wishes.iter().filter_map(|wish| wish.attributes()).try_for_each(tokens::check_attributes)?;
    let arn = call.new_arn("stage");
    let name = input.name.unwrap_or_default();
    let stage = records::Stage { name, tags, recording, active_session: None, empty_since: None };
    let shown = shown(&arn, &stage)?;
    call.world.stages.insert(&arn, stage);
    let tokens = wishes.into_iter().map(|wish| tokens::make(call, &arn, wish.into()));
    let tokens = tokens.collect::<Result<_, _>>()?;
    Ok(CreateStageOutput::builder().stage(shown).set_participant_tokens(Some(tokens)).build())
}

/// The storage configuration of a recording is there; none is named to switch recording off.
fn check_recording(call: &Call<'_>, recording: Option<&AutoParticipantRecordingConfiguration>) -> Result<(), Failure> {
    let arn = recording.map_or("", AutoParticipantRecordingConfiguration::storage_configuration_arn);
    match arn.is_empty() || call.world.storages.get(arn).is_some() {
        true => Ok(()),
        false => Err(Failure::validation(format!(
            "autoParticipantRecordingConfiguration.storageConfigurationArn: there is no storage configuration {arn}"
        ))),
    }
}

/// The bucket to which participants of a stage are recorded, if they are.
pub(super) fn recording_bucket(call: &Call<'_>, stage: &records::Stage) -> Option<String> {
    let recording = stage.recording.as_ref()?;
    let is_off = recording.media_types().contains(&ParticipantRecordingMediaType::None);
    let storage = call.world.storages.get(recording.storage_configuration_arn())?;
    (!is_off).then(|| storage.bucket.clone())
}

pub(super) fn get(call: &mut Call<'_>, input: GetStageInput) -> Result<GetStageOutput, Failure> {
    let arn = required(input.arn, "arn")?;
    let shown = shown(&arn, call.stage(&arn)?)?;
    Ok(GetStageOutput::builder().stage(shown).build())
}

pub(super) fn list(call: &mut Call<'_>, input: ListStagesInput) -> Result<ListStagesOutput, Failure> {
    let items = call.world.stages.iter().map(|(arn, stage)| {
        let summary = StageSummary::builder().arn(arn).name(&stage.name);
        let summary = summary.set_active_session_id(stage.active_session.clone());
        (arn, summary.set_tags(tags::shown(&stage.tags)).build())
    });
    let page = page(call, "", input.next_token.as_deref(), input.max_results, items)?;
    let items = page.items.into_iter().collect::<Result<_, _>>()?;
    Ok(ListStagesOutput::builder().set_stages(Some(items)).set_next_token(page.next_token).build()?)
}

pub(super) fn update(call: &mut Call<'_>, input: UpdateStageInput) -> Result<UpdateStageOutput, Failure> {
    let arn = required(input.arn, "arn")?;
    call.stage(&arn)?;
    let recording = input.auto_participant_recording_configuration;
    check_recording(call, recording.as_ref())?;
    let records_now = |participant: &records::Participant| {
        participant.recorded.is_some_and(|(_, ended)| ended.is_none()) && participant.connected
    };
    let below = format!("{arn}/");
    if recording.is_some() && call.world.participants.below(&below).any(|(_, found)| records_now(found)) {
        return Err(Failure::conflict(format!("participants of {arn} are being recorded")));
    }
    let stage = call.world.stages.get_mut(&arn).ok_or_else(|| Failure::not_found("stage", &arn))?;
    if let Some(name) = input.name {
        stage.name = name;
    }
    if recording.is_some() {
        stage.recording = recording;
    }
    let shown = shown(&arn, stage)?;
    Ok(UpdateStageOutput::builder().stage(shown).build())
}

/// Ends everything on the stage, then takes it away with its sessions and participants.
pub(super) fn delete(call: &mut Call<'_>, input: DeleteStageInput) -> Result<DeleteStageOutput, Failure> {
    let arn = required(input.arn, "arn")?;
    call.stage(&arn)?;
    compositions::stop_all_of(call, &arn);
    participants::disconnect_all(call, &arn);
    for ingest in call.world.ingests.keys_where(|ingest| ingest.stage == arn) {
        if let Some(ingest) = call.world.ingests.get_mut(&ingest) {
            ingest.stage.clear();
        }
    }
    let below = format!("{arn}/");
    let sessions: Vec<_> = call.world.sessions.below(&below).map(|(key, _)| key.clone()).collect();
    let participants: Vec<_> = call.world.participants.below(&below).map(|(key, _)| key.clone()).collect();
    let is_of_it = |found: &records::Replication| found.source_stage == arn || found.destination_stage == arn;
    let replications = call.world.replications.keys_where(is_of_it);
    call.world.sessions.remove_all(&sessions);
    call.world.participants.remove_all(&participants);
    call.world.replications.remove_all(&replications);
    call.world.stages.remove(&arn);
    Ok(DeleteStageOutput::builder().build())
}

fn shown(arn: &str, stage: &records::Stage) -> Result<Stage, Failure> {
    let endpoints = StageEndpoints::builder()
        .events(EVENTS)
        .whip(WHIP)
        .rtmp("rtmp://global-contribute.live-video.net/app/")
        .rtmps("rtmps://global-contribute.live-video.net:443/app/")
        .build();
    let shown = Stage::builder()
        .arn(arn)
        .name(&stage.name)
        .set_active_session_id(stage.active_session.clone())
        .set_tags(tags::shown(&stage.tags))
        .set_auto_participant_recording_configuration(stage.recording.clone())
        .endpoints(endpoints);
    Ok(shown.build()?)
}

pub(super) fn get_session(call: &mut Call<'_>, input: GetStageSessionInput) -> Result<GetStageSessionOutput, Failure> {
    let stage = required(input.stage_arn, "stageArn")?;
    let id = required(input.session_id, "sessionId")?;
    call.stage(&stage)?;
    let session =
        call.world.sessions.get(&format!("{stage}/{id}")).ok_or_else(|| Failure::not_found("session", &id))?;
    let shown = StageSession::builder()
        .session_id(&id)
        .start_time(session.started.date_time())
        .set_end_time(session.ended.map(|ended| ended.date_time()))
        .build();
    Ok(GetStageSessionOutput::builder().stage_session(shown).build())
}

pub(super) fn list_sessions(
    call: &mut Call<'_>,
    input: ListStageSessionsInput,
) -> Result<ListStageSessionsOutput, Failure> {
    let stage = required(input.stage_arn, "stageArn")?;
    call.stage(&stage)?;
    let below = format!("{stage}/");
    let items = call.world.sessions.below(&below).map(|(key, session)| {
        let summary = StageSessionSummary::builder()
            .session_id(id_of(key))
            .start_time(session.started.date_time())
            .set_end_time(session.ended.map(|ended| ended.date_time()))
            .build();
        (key, summary)
    });
    let page = page(call, &stage, input.next_token.as_deref(), input.max_results, items)?;
    Ok(ListStageSessionsOutput::builder()
        .set_stage_sessions(Some(page.items))
        .set_next_token(page.next_token)
        .build()?)
}
