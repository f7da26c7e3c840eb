//! The fake service, driven by the emitted client over a socket.

mod botocore;
mod compositions;
mod configurations;
mod participants;
mod service;
mod stages;
mod state_file;

use ivs_realtime::Client;
use ivs_realtime::types::ParticipantTokenConfiguration;
use tests::fake::{Fake, Instant, Joined, Settings};

/// A server whose clock stands still, and a client of it that does not retry.
async fn started() -> (Fake, Client) {
    started_with(Settings::default()).await
}

async fn started_with(settings: Settings) -> (Fake, Client) {
    let settings = Settings { seed: Some(1), ..settings };
    let fake = Fake::start(settings).await.expect("a port of loopback is free");
    let retries = ivs_realtime::config::retry::RetryConfig::disabled();
    let client = Client::from_conf(fake.config().retry_config(retries).build());
    (fake, client)
}

/// The instant at which clocks of these tests stand: 2023-11-14T22:13:20Z.
const NOON: Instant = Instant(1_700_000_000_000);

/// Settings of a clock that stands still. Signatures are of the real time and so are not checked.
fn frozen() -> Settings {
    Settings { frozen_at: Some(NOON), verify_signatures: false, ..Settings::default() }
}

/// A stage with the tokens of so many participants that may do everything.
async fn stage(client: &Client, participants: usize) -> (String, Vec<String>) {
    let wishes = (0..participants)
        .map(|index| ParticipantTokenConfiguration::builder().user_id(format!("user-{index}")).build());
    let created = client
        .create_stage()
        .set_participant_token_configurations(Some(wishes.collect()))
        .send()
        .await
        .expect("a stage is created");
    let arn = created.stage().expect("the answer has it").arn().to_owned();
    let tokens = created.participant_tokens().iter().filter_map(|token| token.token());
    (arn, tokens.map(str::to_owned).collect())
}

/// Somebody on a stage of its own.
async fn joined(fake: &Fake, client: &Client) -> (String, Joined) {
    let (arn, tokens) = stage(client, 1).await;
    (arn, fake.join(&tokens[0]).expect("the token is good"))
}
