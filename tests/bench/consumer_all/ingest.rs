//! Ingest configurations.

use aws_sdk_ivsrealtime::types::{IngestConfigurationState, IngestProtocol};
use aws_sdk_ivsrealtime::{Client, Error};

use crate::ARN;

pub(crate) async fn create(client: &Client) -> Result<(), Error> {
    let call = client.create_ingest_configuration().name("camera").stage_arn(ARN).user_id("ana");
    let call = call.ingest_protocol(IngestProtocol::Rtmps).attributes("role", "host").tags("team", "live");
    let created = call.send().await?;
    println!("{:?}", created.ingest_configuration().map(|ingest| ingest.arn()));
    Ok(())
}

pub(crate) async fn get(client: &Client) -> Result<(), Error> {
    let found = client.get_ingest_configuration().arn(ARN).send().await?;
    println!("{:?}", found.ingest_configuration().map(|ingest| ingest.state()));
    Ok(())
}

pub(crate) async fn update(client: &Client) -> Result<(), Error> {
    let updated = client.update_ingest_configuration().arn(ARN).stage_arn(ARN).redundant_ingest(true).send().await?;
    println!("{:?}", updated.ingest_configuration().map(|ingest| ingest.state()));
    Ok(())
}

pub(crate) async fn delete(client: &Client) -> Result<(), Error> {
    client.delete_ingest_configuration().arn(ARN).force(true).send().await?;
    Ok(())
}

pub(crate) async fn list(client: &Client) -> Result<(), Error> {
    let call = client.list_ingest_configurations().filter_by_state(IngestConfigurationState::Active);
    for ingest in call.send().await?.ingest_configurations() {
        println!("{} {}", ingest.arn(), ingest.ingest_protocol());
    }
    Ok(())
}
