use std::time::Duration;

use aws_sdk_ivsrealtime::error::SdkError;
use aws_sdk_ivsrealtime::operation::start_composition::StartCompositionError;
use aws_sdk_ivsrealtime::types::{
    CompositionState, DestinationConfiguration, GridConfiguration, LayoutConfiguration, S3DestinationConfiguration,
    Video,
};
use aws_sdk_ivsrealtime::{Client, Error};

/// Where recordings go.
#[derive(Clone, Debug)]
pub struct Archive {
    pub storage: String,
    pub encoder: String,
}

/// Starts to record a stage, the host in the middle.
pub async fn start(client: &Client, stage: &str, archive: &Archive) -> Result<String, SdkError<StartCompositionError>> {
    let s3 = S3DestinationConfiguration::builder()
        .storage_configuration_arn(&archive.storage)
        .encoder_configuration_arns(&archive.encoder)
        .build()
        .map_err(SdkError::construction_failure)?;
    let grid = GridConfiguration::builder().featured_participant_attribute("host").omit_stopped_video(true).build();
    let started = client
        .start_composition()
        .stage_arn(stage)
        .layout(LayoutConfiguration::builder().grid(grid).build())
        .destinations(DestinationConfiguration::builder().name("archive").s3(s3).build())
        .send()
        .await?;
    Ok(started.composition().map(|composition| composition.arn().to_owned()).unwrap_or_default())
}

/// Stops a recording and waits until it has stopped; tells whether it is complete.
pub async fn stop(client: &Client, arn: &str, pause: Duration) -> Result<bool, Error> {
    client.stop_composition().arn(arn).send().await?;
    loop {
        let answer = client.get_composition().arn(arn).send().await?;
        match answer.composition().map(|composition| composition.state()) {
            Some(CompositionState::Stopped) => return Ok(true),
            Some(CompositionState::Failed) | None => return Ok(false),
            Some(_) => tokio::time::sleep(pause).await,
        }
    }
}

/// How the pictures of the show are made: high definition, thirty a second.
pub async fn encoder(client: &Client, name: &str) -> Result<Option<String>, Error> {
    let video = Video::builder().width(1280).height(720).framerate(30.0).bitrate(2_500_000).build();
    let created = client.create_encoder_configuration().name(name).video(video).send().await?;
    Ok(created.encoder_configuration().map(|encoder| encoder.arn().to_owned()))
}
