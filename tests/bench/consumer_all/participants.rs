//! Participants, their tokens, events and replicas.

use aws_sdk_ivsrealtime::types::{ParticipantState, ParticipantTokenCapability};
use aws_sdk_ivsrealtime::{Client, Error};

use crate::ARN;

pub(crate) async fn token(client: &Client) -> Result<(), Error> {
    let call = client.create_participant_token().stage_arn(ARN).user_id("ana").duration(60);
    let created = call.attributes("role", "host").capabilities(ParticipantTokenCapability::Publish).send().await?;
    println!("{:?}", created.participant_token().and_then(|token| token.expiration_time()));
    Ok(())
}

pub(crate) async fn disconnect(client: &Client) -> Result<(), Error> {
    client.disconnect_participant().stage_arn(ARN).participant_id("p1").reason("over").send().await?;
    Ok(())
}

pub(crate) async fn revoke(client: &Client) -> Result<(), Error> {
    client.revoke_connection_token().token_id("t1").send().await?;
    Ok(())
}

pub(crate) async fn get(client: &Client) -> Result<(), Error> {
    let found = client.get_participant().stage_arn(ARN).session_id("st-1").participant_id("p1").send().await?;
    println!("{:?}", found.participant().and_then(|participant| participant.state()));
    Ok(())
}

pub(crate) async fn list(client: &Client) -> Result<(), Error> {
    let call = client.list_participants().stage_arn(ARN).session_id("st-1");
    let page = call.filter_by_state(ParticipantState::Connected).send().await?;
    for participant in page.participants() {
        println!("{:?} {:?}", participant.participant_id(), participant.first_join_time());
    }
    Ok(())
}

pub(crate) async fn events(client: &Client) -> Result<(), Error> {
    let call = client.list_participant_events().stage_arn(ARN).session_id("st-1").participant_id("p1");
    for event in call.send().await?.events() {
        println!("{:?} {:?}", event.name(), event.event_time());
    }
    Ok(())
}

pub(crate) async fn replicas(client: &Client) -> Result<(), Error> {
    let page = client.list_participant_replicas().source_stage_arn(ARN).participant_id("p1").send().await?;
    for replica in page.replicas() {
        println!("{} {}", replica.destination_stage_arn(), replica.replication_state());
    }
    Ok(())
}

pub(crate) async fn replicate(client: &Client) -> Result<(), Error> {
    let call = client.start_participant_replication().source_stage_arn(ARN).destination_stage_arn(ARN);
    let started = call.participant_id("p1").attributes("role", "guest").reconnect_window_seconds(10).send().await?;
    println!("{:?}", started.cache_control());
    Ok(())
}

pub(crate) async fn stop_replication(client: &Client) -> Result<(), Error> {
    let call = client.stop_participant_replication().source_stage_arn(ARN).destination_stage_arn(ARN);
    let stopped = call.participant_id("p1").send().await?;
    println!("{:?}", stopped.cache_control());
    Ok(())
}
