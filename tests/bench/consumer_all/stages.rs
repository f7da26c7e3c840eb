//! Stages, their sessions, and the tags of any resource.

use aws_sdk_ivsrealtime::types::{
    AutoParticipantRecordingConfiguration, ParticipantRecordingMediaType, ParticipantTokenCapability,
    ParticipantTokenConfiguration,
};
use aws_sdk_ivsrealtime::{Client, Error};

use crate::ARN;

pub(crate) async fn create(client: &Client) -> Result<(), Error> {
    let token = ParticipantTokenConfiguration::builder()
        .user_id("ana")
        .attributes("role", "host")
        .capabilities(ParticipantTokenCapability::Publish)
        .duration(60)
        .build();
    let call = client.create_stage().name("hall").participant_token_configurations(token).tags("team", "live");
    let created = call.auto_participant_recording_configuration(recording()?).send().await?;
    println!("{:?}, {} tokens", created.stage(), created.participant_tokens().len());
    Ok(())
}

pub(crate) async fn get(client: &Client) -> Result<(), Error> {
    let found = client.get_stage().arn(ARN).send().await?;
    println!("{:?}", found.stage().and_then(|stage| stage.name()));
    Ok(())
}

pub(crate) async fn update(client: &Client) -> Result<(), Error> {
    let call = client.update_stage().arn(ARN).name("hall 2");
    let updated = call.auto_participant_recording_configuration(recording()?).send().await?;
    println!("{:?}", updated.stage().and_then(|stage| stage.name()));
    Ok(())
}

pub(crate) async fn delete(client: &Client) -> Result<(), Error> {
    client.delete_stage().arn(ARN).send().await?;
    Ok(())
}

pub(crate) async fn list(client: &Client) -> Result<(), Error> {
    let page = client.list_stages().max_results(10).send().await?;
    for stage in page.stages() {
        println!("{} {:?}", stage.arn(), stage.active_session_id());
    }
    Ok(())
}

pub(crate) async fn session(client: &Client) -> Result<(), Error> {
    let found = client.get_stage_session().stage_arn(ARN).session_id("st-1").send().await?;
    println!("{:?}", found.stage_session().and_then(|session| session.start_time()));
    Ok(())
}

pub(crate) async fn sessions(client: &Client) -> Result<(), Error> {
    let page = client.list_stage_sessions().stage_arn(ARN).max_results(10).send().await?;
    for session in page.stage_sessions() {
        println!("{:?} {:?}", session.session_id(), session.end_time());
    }
    Ok(())
}

pub(crate) async fn tags(client: &Client) -> Result<(), Error> {
    let found = client.list_tags_for_resource().resource_arn(ARN).send().await?;
    println!("{} tags", found.tags().len());
    Ok(())
}

pub(crate) async fn tag(client: &Client) -> Result<(), Error> {
    client.tag_resource().resource_arn(ARN).tags("team", "live").send().await?;
    Ok(())
}

pub(crate) async fn untag(client: &Client) -> Result<(), Error> {
    client.untag_resource().resource_arn(ARN).tag_keys("team").send().await?;
    Ok(())
}

fn recording() -> Result<AutoParticipantRecordingConfiguration, Error> {
    let recording = AutoParticipantRecordingConfiguration::builder()
        .storage_configuration_arn(ARN)
        .media_types(ParticipantRecordingMediaType::AudioVideo)
        .build()?;
    Ok(recording)
}
