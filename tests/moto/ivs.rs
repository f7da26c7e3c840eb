//! IVS: pages of channels, by REST and JSON.

mod setup;

use std::collections::BTreeSet;

use ivs::Client;
use ivs::types::{ChannelLatencyMode, ChannelSummary};
use setup::holds;

type Checked = Result<(), Box<dyn std::error::Error>>;

/// How many channels there are.
const CHANNELS: usize = 7;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Checked {
    let client = Client::new(&setup::config());
    let mut made = BTreeSet::new();
    for index in 0..CHANNELS {
        let create = client.create_channel().name(format!("channel-{index}")).tags("index", index.to_string());
        let created = create.latency_mode(ChannelLatencyMode::LowLatency).send().await?;
        made.extend(created.channel().and_then(|channel| channel.arn()).map(str::to_owned));
    }

    let mut pages = client.list_channels().into_paginator().page_size(3).send();
    let mut count = 0;
    while let Some(page) = pages.try_next().await? {
        assert!(page.channels().len() <= 3, "{} channels", page.channels().len());
        count += 1;
    }
    let listed = client.list_channels().into_paginator().page_size(3).items().send();
    let channels = listed.collect::<Result<Vec<ChannelSummary>, _>>().await?;
    let listed: BTreeSet<_> = channels.iter().filter_map(|channel| channel.arn().map(str::to_owned)).collect();
    assert_eq!((&listed, made.len(), count), (&made, CHANNELS, 3));
    holds(&format!("ListChannels gives {CHANNELS} channels on {count} pages"));

    let last = listed.last().expect("a channel");
    let channel = client.get_channel().arn(last).send().await?.channel.expect("the channel");
    assert!(channel.latency_mode() == Some(&ChannelLatencyMode::LowLatency) && channel.tags().is_some(), "{channel:?}");
    holds("GetChannel gives a channel as it was made");
    Ok(())
}
