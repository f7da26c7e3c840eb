//! Participants: how they come, publish, subscribe and go, and what is told of them.

use ivs_realtime::operation::disconnect_participant::{DisconnectParticipantInput, DisconnectParticipantOutput};
use ivs_realtime::operation::get_participant::{GetParticipantInput, GetParticipantOutput};
use ivs_realtime::operation::list_participant_events::{ListParticipantEventsInput, ListParticipantEventsOutput};
use ivs_realtime::operation::list_participants::{ListParticipantsInput, ListParticipantsOutput};
use ivs_realtime::types::{
    Event, EventErrorCode, EventName, Participant, ParticipantProtocol, ParticipantRecordingState, ParticipantState,
    ParticipantSummary, ReplicationState, ReplicationType,
};

use super::{replications, stages, tokens};
use crate::fake::failure::Failure;
use crate::fake::paging::page;
use crate::fake::world::records::{Identity, Origin, Session};
use crate::fake::world::{Call, records, required};

/// How somebody comes to a stage.
#[derive(Debug)]
pub(in crate::fake) struct Arrival {
    pub(in crate::fake) identity: Identity,
    pub(in crate::fake) origin: Origin,
    /// The ingest configuration and its protocol.
    pub(in crate::fake) ingest: Option<(String, String)>,
    /// Stage and session that a replica comes from.
    pub(in crate::fake) source: Option<(String, String)>,
}

/// Puts a participant on a stage and returns the session.
///
/// # Errors
/// There is no such stage, or the participant is on it already.
pub(in crate::fake) fn join(call: &mut Call<'_>, stage: &str, arrival: Arrival) -> Result<String, Failure> {
    let session = match call.stage(stage)?.active_session.clone() {
        Some(session) => session,
        None => begin_session(call, stage),
    };
    let id = arrival.identity.participant_id.clone();
    let key = format!("{stage}/{session}/{id}");
    let now = call.now;
    match call.world.participants.get_mut(&key) {
        Some(found) if found.connected => {
            return Err(Failure::conflict(format!("the participant {id} is on the stage already")));
        }
        Some(found) => found.connected = true,
        None => {
            let (ingest_configuration, protocol) = arrival.ingest.unzip();
            let participant = records::Participant {
                identity: arrival.identity,
                origin: arrival.origin,
                connected: true,
                first_join: now,
                publishing: false,
                published: false,
                subscriptions: Default::default(),
                ingest_configuration,
                protocol,
                source: arrival.source,
                recording: None,
                recorded: None,
                events: Vec::new(),
            };
            call.world.participants.insert(&key, participant);
        }
    }
    record_event(call, &key, EventName::Joined, Happening::default());
    Ok(session)
}

fn begin_session(call: &mut Call<'_>, stage: &str) -> String {
    let session = format!("st-{}", call.id(13));
    let now = call.now;
    call.world.sessions.insert(format!("{stage}/{session}"), Session { started: now, ended: None });
    if let Some(stage) = call.world.stages.get_mut(stage) {
        stage.active_session = Some(session.clone());
        stage.empty_since = None;
    }
    session
}

/// What an event tells beside its name.
#[derive(Clone, Debug, Default)]
pub(in crate::fake) struct Happening {
    /// The participant that is subscribed to.
    pub(in crate::fake) remote: Option<String>,
    /// Why it failed.
    pub(in crate::fake) error: Option<EventErrorCode>,
    /// Stage and session of a replica.
    pub(in crate::fake) destination: Option<(String, String)>,
}

/// Adds an event to a participant.
pub(in crate::fake) fn record_event(call: &mut Call<'_>, key: &str, name: EventName, happening: Happening) {
    let now = call.now;
    let Some(participant) = call.world.participants.get_mut(key) else { return };
    let (stage, session) = happening.destination.unzip();
    let event = Event::builder()
        .name(name)
        .participant_id(&participant.identity.participant_id)
        .event_time(now.date_time())
        .set_remote_participant_id(happening.remote)
        .set_error_code(happening.error)
        .set_destination_stage_arn(stage)
        .set_destination_session_id(session)
        .replica(participant.origin == Origin::Replica)
        .build();
    participant.events.push(event);
}

/// The key of a participant in the session that goes on.
///
/// # Errors
/// There is no such stage, or nobody of that id is on it.
pub(in crate::fake) fn connected_key(call: &Call<'_>, stage: &str, participant: &str) -> Result<String, Failure> {
    let session = call.stage(stage)?.active_session.as_deref();
    let key = session.map(|session| format!("{stage}/{session}/{participant}"));
    let is_there = |key: &String| call.world.participants.get(key).is_some_and(|found| found.connected);
    key.filter(is_there).ok_or_else(|| Failure::not_found("participant on the stage with the id", participant))
}

/// Lets a participant publish, or ends that.
///
/// # Errors
/// It is not on the stage, or its token does not let it publish, which is an event, too.
pub(in crate::fake) fn publish(
    call: &mut Call<'_>,
    stage: &str,
    participant: &str,
    publishing: bool,
) -> Result<(), Failure> {
    let key = connected_key(call, stage, participant)?;
    let bucket = stages::recording_bucket(call, call.stage(stage)?);
    let now = call.now;
    let Some(found) = call.world.participants.get_mut(&key) else { return Ok(()) };
    if publishing && !found.identity.publish {
        let error = Some(EventErrorCode::InsufficientCapabilities);
        record_event(call, &key, EventName::PublishError, Happening { error, ..Happening::default() });
        return Err(Failure::validation(format!("the participant {participant} may not publish")));
    }
    if found.publishing == publishing {
        return Ok(());
    }
    found.publishing = publishing;
    found.published |= publishing;
    match (publishing, bucket) {
        (true, Some(bucket)) => {
            let prefix = format!("ivs-v1-{}-{}", stages::id_of(stage), now.seconds());
            found.recording = Some((bucket, prefix));
            found.recorded = Some((now, None));
        }
        (false, _) => found.recorded = found.recorded.map(|(began, ended)| (began, ended.or(Some(now)))),
        (true, None) => {}
    }
    let name = if publishing { EventName::PublishStarted } else { EventName::PublishStopped };
    record_event(call, &key, name, Happening::default());
    replications::source_changed(call, stage, participant, publishing);
    Ok(())
}

/// Subscribes a participant to another, or ends that.
///
/// # Errors
/// One of them is not on the stage, the other does not publish, or the token does not let it subscribe; the latter two
/// are events, too.
pub(in crate::fake) fn subscribe(
    call: &mut Call<'_>,
    stage: &str,
    participant: &str,
    remote: &str,
    subscribed: bool,
) -> Result<(), Failure> {
    let key = connected_key(call, stage, participant)?;
    let publishes = connected_key(call, stage, remote)
        .is_ok_and(|key| call.world.participants.get(&key).is_some_and(|found| found.publishing));
    let Some(found) = call.world.participants.get_mut(&key) else { return Ok(()) };
    let error = match (subscribed, found.identity.subscribe, publishes) {
        (true, false, _) => Some(EventErrorCode::InsufficientCapabilities),
        (true, true, false) => Some(EventErrorCode::PublisherNotFound),
        _ => None,
    };
    let about = |error| Happening { remote: Some(remote.to_owned()), error, destination: None };
    if let Some(error) = error {
        let message = format!("the participant {participant} cannot subscribe to {remote}: {error}");
        record_event(call, &key, EventName::SubscribeError, about(Some(error)));
        return Err(Failure::validation(message));
    }
    let changed = match subscribed {
        true => found.subscriptions.insert(remote.to_owned()),
        false => found.subscriptions.remove(remote),
    };
    if changed {
        let name = if subscribed { EventName::SubscribeStarted } else { EventName::SubscribeStopped };
        record_event(call, &key, name, about(None));
    }
    Ok(())
}

/// Takes a participant off its stage; with the last one the session ends.
///
/// # Errors
/// There is no such stage, or nobody of that id is on it.
pub(in crate::fake) fn disconnect(call: &mut Call<'_>, stage: &str, participant: &str) -> Result<(), Failure> {
    let key = connected_key(call, stage, participant)?;
    publish(call, stage, participant, false)?;
    if let Some(found) = call.world.participants.get_mut(&key) {
        found.connected = false;
        found.subscriptions.clear();
    }
    record_event(call, &key, EventName::Left, Happening::default());
    let session = key.rsplit_once('/').map_or(key.as_str(), |(session, _)| session).to_owned();
    let below = format!("{session}/");
    if call.world.participants.below(&below).any(|(_, found)| found.connected) {
        return Ok(());
    }
    let now = call.now;
    if let Some(session) = call.world.sessions.get_mut(&session) {
        session.ended = Some(now);
    }
    if let Some(stage) = call.world.stages.get_mut(stage) {
        stage.active_session = None;
        stage.empty_since = Some(now);
    }
    Ok(())
}

/// Who is on a stage: participant ids.
pub(super) fn connected(call: &Call<'_>, stage: &str) -> Vec<String> {
    let below = format!("{stage}/");
    let there = call.world.participants.below(&below).filter(|(_, found)| found.connected);
    there.map(|(_, found)| found.identity.participant_id.clone()).collect()
}

/// Empties a stage.
pub(super) fn disconnect_all(call: &mut Call<'_>, stage: &str) {
    for participant in connected(call, stage) {
        // Whoever went with another, as a replica does with its source, is no longer there.
        _ = disconnect(call, stage, &participant);
    }
}

/// Takes a participant off every stage.
pub(super) fn disconnect_everywhere(call: &mut Call<'_>, participant: &str) {
    let stages: Vec<String> = call.world.stages.iter().map(|(arn, _)| arn.clone()).collect();
    for stage in stages {
        // On most stages it is not.
        _ = disconnect(call, &stage, participant);
    }
}

pub(super) fn disconnect_one(
    call: &mut Call<'_>,
    input: DisconnectParticipantInput,
) -> Result<DisconnectParticipantOutput, Failure> {
    let stage = required(input.stage_arn, "stageArn")?;
    let participant = required(input.participant_id, "participantId")?;
    let key = connected_key(call, &stage, &participant)?;
    let ingest = call.world.participants.get(&key).and_then(|found| found.ingest_configuration.clone());
    disconnect(call, &stage, &participant)?;
    // So that the encoder does not come back at once.
    if let Some(ingest) = ingest.and_then(|arn| call.world.ingests.get_mut(&arn)) {
        ingest.stage.clear();
    }
    tokens::forbid(call, &participant);
    Ok(DisconnectParticipantOutput::builder().build())
}

fn state(participant: &records::Participant) -> ParticipantState {
    if participant.connected { ParticipantState::Connected } else { ParticipantState::Disconnected }
}

fn recording_state(participant: &records::Participant) -> ParticipantRecordingState {
    match participant.recorded {
        None => ParticipantRecordingState::Disabled,
        Some((_, None)) => ParticipantRecordingState::Active,
        Some((_, Some(_))) => ParticipantRecordingState::Stopped,
    }
}

/// Type and state of a participant's replication, of which it is the source, the replica, or neither.
fn replication(
    call: &Call<'_>,
    stage: &str,
    found: &records::Participant,
) -> (ReplicationType, Option<ReplicationState>) {
    let state = |active| if active { ReplicationState::Active } else { ReplicationState::Stopped };
    if found.origin == Origin::Replica {
        return (ReplicationType::Replica, Some(state(found.connected)));
    }
    let id = &found.identity.participant_id;
    let mut of_it =
        call.world.replications.below(id).filter(|(_, one)| one.source_stage == stage && one.participant_id == *id);
    match of_it.next() {
        Some((_, first)) => {
            (ReplicationType::Source, Some(state(first.active || of_it.any(|(_, other)| other.active))))
        }
        None => (ReplicationType::None, None),
    }
}

pub(super) fn get(call: &mut Call<'_>, input: GetParticipantInput) -> Result<GetParticipantOutput, Failure> {
    let stage = required(input.stage_arn, "stageArn")?;
    let session = required(input.session_id, "sessionId")?;
    let id = required(input.participant_id, "participantId")?;
    call.stage(&stage)?;
    let found = call.world.participants.get(&format!("{stage}/{session}/{id}"));
    let found = found.ok_or_else(|| Failure::not_found("participant", &id))?;
    let (kind, replication) = replication(call, &stage, found);
    let (bucket, prefix) = found.recording.clone().unzip();
    let (source_stage, source_session) = found.source.clone().unzip();
    let is_token = found.origin == Origin::Token;
    let shown = Participant::builder()
        .participant_id(&id)
        .user_id(&found.identity.user_id)
        .state(state(found))
        .first_join_time(found.first_join.date_time())
        .set_attributes(Some(found.identity.attributes.clone().into_iter().collect()))
        .published(found.published)
        .set_sdk_version(is_token.then(|| "1.0.0".to_owned()))
        .set_recording_s3_bucket_name(bucket)
        .set_recording_s3_prefix(prefix)
        .recording_state(recording_state(found))
        .set_protocol(found.protocol.as_deref().map(ParticipantProtocol::from))
        .replication_type(kind)
        .set_replication_state(replication)
        .set_source_stage_arn(source_stage)
        .set_source_session_id(source_session)
        .set_ingest_configuration_arn(found.ingest_configuration.clone())
        .build();
    Ok(GetParticipantOutput::builder().participant(shown).build())
}

/// Whether a participant passes the filters of a list.
fn passes(input: &ListParticipantsInput, found: &records::Participant) -> bool {
    input.filter_by_user_id.as_ref().is_none_or(|user| *user == found.identity.user_id)
        && (!input.filter_by_published.unwrap_or_default() || found.published)
        && input.filter_by_state.as_ref().is_none_or(|wanted| *wanted == state(found))
        && input
            .filter_by_recording_state
            .as_ref()
            .is_none_or(|wanted| wanted.as_str() == recording_state(found).as_str())
}

fn summary(call: &Call<'_>, stage: &str, found: &records::Participant) -> ParticipantSummary {
    let (kind, replication) = replication(call, stage, found);
    let (source_stage, source_session) = found.source.clone().unzip();
    ParticipantSummary::builder()
        .participant_id(&found.identity.participant_id)
        .user_id(&found.identity.user_id)
        .state(state(found))
        .first_join_time(found.first_join.date_time())
        .published(found.published)
        .recording_state(recording_state(found))
        .replication_type(kind)
        .set_replication_state(replication)
        .set_source_stage_arn(source_stage)
        .set_source_session_id(source_session)
        .set_ingest_configuration_arn(found.ingest_configuration.clone())
        .build()
}

pub(super) fn list(call: &mut Call<'_>, input: ListParticipantsInput) -> Result<ListParticipantsOutput, Failure> {
    let stage = required(input.stage_arn.clone(), "stageArn")?;
    let session = required(input.session_id.clone(), "sessionId")?;
    call.stage(&stage)?;
    let filters = [
        input.filter_by_user_id.is_some(),
        input.filter_by_published.unwrap_or_default(),
        input.filter_by_state.is_some(),
        input.filter_by_recording_state.is_some(),
    ];
    if filters.into_iter().filter(|given| *given).count() > 1 {
        return Err(Failure::validation("the four filters, of which filterByUserId is the first, exclude each other"));
    }
    let below = format!("{stage}/{session}/");
    let filter = format!(
        "{below}{:?}{:?}{:?}{:?}",
        input.filter_by_user_id, input.filter_by_published, input.filter_by_state, input.filter_by_recording_state
    );
    let there = call.world.participants.below(&below).filter(|(_, found)| passes(&input, found));
    let items = there.map(|(key, found)| (key, summary(call, &stage, found)));
    let page = page(call, &filter, input.next_token.as_deref(), input.max_results, items)?;
    Ok(ListParticipantsOutput::builder().set_participants(Some(page.items)).set_next_token(page.next_token).build()?)
}

pub(super) fn list_events(
    call: &mut Call<'_>,
    input: ListParticipantEventsInput,
) -> Result<ListParticipantEventsOutput, Failure> {
    let stage = required(input.stage_arn, "stageArn")?;
    let session = required(input.session_id, "sessionId")?;
    let id = required(input.participant_id, "participantId")?;
    let key = format!("{stage}/{session}/{id}");
    let events = call.world.participants.get(&key).map_or(&[][..], |found| &found.events);
    let items = events.iter().enumerate().map(|(index, event)| (format!("{index:08}"), event.clone()));
    let page = page(call, &key, input.next_token.as_deref(), input.max_results, items)?;
    Ok(ListParticipantEventsOutput::builder().set_events(Some(page.items)).set_next_token(page.next_token).build()?)
}
