//! Replication: a publisher of one stage shown on another.

use std::collections::BTreeMap;

use ivs_realtime::operation::list_participant_replicas::{ListParticipantReplicasInput, ListParticipantReplicasOutput};
use ivs_realtime::operation::start_participant_replication::{
    StartParticipantReplicationInput, StartParticipantReplicationOutput,
};
use ivs_realtime::operation::stop_participant_replication::{
    StopParticipantReplicationInput, StopParticipantReplicationOutput,
};
use ivs_realtime::types::{EventName, ParticipantReplica, ReplicationState};

use super::participants::{self, Arrival, Happening, connected_key, record_event};
use super::tokens;
use crate::fake::failure::Failure;
use crate::fake::paging::page;
use crate::fake::world::records::{Identity, Origin, Replication};
use crate::fake::world::{Call, required};

fn key(participant: &str, destination: &str) -> String {
    format!("{participant} {destination}")
}

pub(super) fn start(
    call: &mut Call<'_>,
    input: StartParticipantReplicationInput,
) -> Result<StartParticipantReplicationOutput, Failure> {
    let source = required(input.source_stage_arn, "sourceStageArn")?;
    let destination = required(input.destination_stage_arn, "destinationStageArn")?;
    let id = required(input.participant_id, "participantId")?;
    let attributes = input.attributes.unwrap_or_default();
    tokens::check_attributes(&attributes)?;
    if source == destination {
        return Err(Failure::validation("destinationStageArn is the source stage"));
    }
    call.stage(&destination)?;
    let source_key = connected_key(call, &source, &id)?;
    let found = call.world.participants.get(&source_key).filter(|found| found.publishing);
    let found = found.ok_or_else(|| Failure::conflict(format!("the participant {id} does not publish")))?;
    if found.origin == Origin::Replica {
        return Err(Failure::conflict(format!("the participant {id} is itself a replica")));
    }
    if call.world.replications.get(&key(&id, &destination)).is_some_and(|found| found.active) {
        return Err(Failure::conflict(format!("the participant {id} is replicated to {destination} already")));
    }
    let mut all: BTreeMap<String, String> = found.identity.attributes.clone();
    all.extend(attributes);
    let identity = Identity { attributes: all, ..found.identity.clone() };
    let source_session = call.stage(&source)?.active_session.clone().unwrap_or_default();
    let arrival = Arrival {
        identity,
        origin: Origin::Replica,
        ingest: None,
        source: Some((source.clone(), source_session.clone())),
    };
    let destination_session = participants::join(call, &destination, arrival)?;
    participants::publish(call, &destination, &id, true)?;
    let replication = Replication {
        source_stage: source,
        source_session,
        participant_id: id.clone(),
        destination_stage: destination.clone(),
        destination_session: destination_session.clone(),
        reconnect_window: i64::from(input.reconnect_window_seconds.unwrap_or_default()),
        waiting_since: None,
        active: true,
    };
    call.world.replications.insert(key(&id, &destination), replication);
    let happening = Happening { destination: Some((destination, destination_session)), ..Happening::default() };
    record_event(call, &source_key, EventName::ReplicationStarted, happening);
    Ok(StartParticipantReplicationOutput::builder().build())
}

pub(super) fn stop(
    call: &mut Call<'_>,
    input: StopParticipantReplicationInput,
) -> Result<StopParticipantReplicationOutput, Failure> {
    let source = required(input.source_stage_arn, "sourceStageArn")?;
    let destination = required(input.destination_stage_arn, "destinationStageArn")?;
    let id = required(input.participant_id, "participantId")?;
    let key = key(&id, &destination);
    let found = call.world.replications.get(&key).filter(|found| found.active && found.source_stage == source);
    if found.is_none() {
        return Err(Failure::not_found("replication to that stage of the participant", &id));
    }
    end(call, &key);
    Ok(StopParticipantReplicationOutput::builder().build())
}

fn end(call: &mut Call<'_>, key: &str) {
    let Some(found) = call.world.replications.get_mut(key) else { return };
    found.active = false;
    let found = found.clone();
    // The replica may have been disconnected by itself.
    _ = participants::disconnect(call, &found.destination_stage, &found.participant_id);
    let source = format!("{}/{}/{}", found.source_stage, found.source_session, found.participant_id);
    let destination = Some((found.destination_stage, found.destination_session));
    record_event(call, &source, EventName::ReplicationStopped, Happening { destination, ..Happening::default() });
}

/// What follows when the source of replications begins or ends to publish: they go on, or wait as long as they may.
pub(super) fn source_changed(call: &mut Call<'_>, stage: &str, participant: &str, publishing: bool) {
    let now = call.now;
    let concerned =
        |found: &Replication| found.active && found.source_stage == stage && found.participant_id == participant;
    for key in call.world.replications.keys_where(concerned) {
        if let Some(found) = call.world.replications.get_mut(&key) {
            found.waiting_since = if publishing { None } else { Some(now) };
        }
    }
    settle(call);
}

/// Ends the replications that waited long enough.
pub(in crate::fake) fn settle(call: &mut Call<'_>) {
    let now = call.now;
    let is_over = |found: &Replication| {
        found.active && found.waiting_since.is_some_and(|since| since.plus_seconds(found.reconnect_window) <= now)
    };
    for key in call.world.replications.keys_where(is_over) {
        end(call, &key);
    }
}

pub(super) fn list(
    call: &mut Call<'_>,
    input: ListParticipantReplicasInput,
) -> Result<ListParticipantReplicasOutput, Failure> {
    let source = required(input.source_stage_arn, "sourceStageArn")?;
    let id = required(input.participant_id, "participantId")?;
    call.stage(&source)?;
    let below = format!("{id} ");
    let of_it = call.world.replications.below(&below).filter(|(_, found)| found.source_stage == source);
    let items = of_it.map(|(key, found)| {
        let state = if found.active { ReplicationState::Active } else { ReplicationState::Stopped };
        let replica = ParticipantReplica::builder()
            .source_stage_arn(&found.source_stage)
            .participant_id(&found.participant_id)
            .source_session_id(&found.source_session)
            .destination_stage_arn(&found.destination_stage)
            .destination_session_id(&found.destination_session)
            .replication_state(state);
        (key, replica.build())
    });
    let page = page(call, &format!("{source} {id}"), input.next_token.as_deref(), input.max_results, items)?;
    let items = page.items.into_iter().collect::<Result<_, _>>()?;
    Ok(ListParticipantReplicasOutput::builder().set_replicas(Some(items)).set_next_token(page.next_token).build()?)
}
