//! Server-side compositions.

use aws_sdk_ivsrealtime::types::{
    ChannelDestinationConfiguration, DestinationConfiguration, GridConfiguration, LayoutConfiguration,
};
use aws_sdk_ivsrealtime::{Client, Error};

use crate::ARN;

pub(crate) async fn start(client: &Client) -> Result<(), Error> {
    let channel = ChannelDestinationConfiguration::builder().channel_arn(ARN).build()?;
    let destination = DestinationConfiguration::builder().name("channel").channel(channel).build();
    let grid = GridConfiguration::builder().featured_participant_attribute("role").grid_gap(2).build();
    let layout = LayoutConfiguration::builder().grid(grid).build();
    let call = client.start_composition().stage_arn(ARN).destinations(destination).layout(layout);
    let started = call.tags("team", "live").send().await?;
    println!("{:?}", started.composition().map(|composition| composition.state()));
    Ok(())
}

pub(crate) async fn get(client: &Client) -> Result<(), Error> {
    let found = client.get_composition().arn(ARN).send().await?;
    let destinations = found.composition().map(|composition| composition.destinations()).unwrap_or_default();
    for destination in destinations {
        println!("{} {}", destination.id(), destination.state());
    }
    Ok(())
}

pub(crate) async fn stop(client: &Client) -> Result<(), Error> {
    client.stop_composition().arn(ARN).send().await?;
    Ok(())
}

pub(crate) async fn list(client: &Client) -> Result<(), Error> {
    let page = client.list_compositions().filter_by_stage_arn(ARN).max_results(20).send().await?;
    for composition in page.compositions() {
        println!("{} {}", composition.arn(), composition.state());
    }
    Ok(())
}
