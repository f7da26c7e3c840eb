//! Compositions as time goes.

use super::{frozen, stage, started_with};
use ivs_realtime::Client;
use ivs_realtime::types::{
    CompositionState, DestinationConfiguration, DestinationState, S3DestinationConfiguration, S3StorageConfiguration,
};

/// A stage, what a composition of it needs, and its destination.
async fn prepared(client: &Client) -> (String, String, DestinationConfiguration) {
    let (stage, _) = stage(client, 0).await;
    let encoder = client.create_encoder_configuration().send().await.expect("an encoder configuration");
    let encoder = encoder.encoder_configuration().expect("it is shown").arn().to_owned();
    let s3 = S3StorageConfiguration::builder().bucket_name("recordings").build().expect("it has a bucket");
    let storage = client.create_storage_configuration().s3(s3).send().await.expect("a storage configuration");
    let storage = storage.storage_configuration().expect("it is shown").arn().to_owned();
    let s3 =
        S3DestinationConfiguration::builder().storage_configuration_arn(&storage).encoder_configuration_arns(&encoder);
    let destination = DestinationConfiguration::builder().s3(s3.build().expect("all of it")).build();
    (stage, encoder, destination)
}

async fn state(client: &Client, arn: &str) -> (CompositionState, DestinationState) {
    let found = client.get_composition().arn(arn).send().await.expect("it is there");
    let found = found.composition().expect("it is shown").clone();
    (found.state().clone(), found.destinations()[0].state().clone())
}

#[tokio::test]
async fn a_composition_starts_reconnects_and_stops_as_the_clock_goes() {
    let (fake, client) = started_with(frozen()).await;
    let (stage, encoder, destination) = prepared(&client).await;
    let start = || client.start_composition().stage_arn(&stage).destinations(destination.clone());
    let started = start().idempotency_token("once").send().await.expect("it starts");
    let arn = started.composition().expect("it is shown").arn().to_owned();
    let again = start().idempotency_token("once").send().await.expect("the same");
    assert_eq!(again.composition().map(|found| found.arn()), Some(&*arn));
    let other = start().idempotency_token("once").tags("a", "b").send().await.expect_err("another request");
    assert!(other.into_service_error().is_conflict_exception());
    assert_eq!(state(&client, &arn).await, (CompositionState::Starting, DestinationState::Starting));
    fake.advance(2.0);
    assert_eq!(state(&client, &arn).await, (CompositionState::Active, DestinationState::Active));
    fake.reconnect_composition(&arn, 5).expect("it is active");
    assert_eq!(state(&client, &arn).await.1, DestinationState::Reconnecting);
    fake.advance(5.0);
    assert_eq!(state(&client, &arn).await.1, DestinationState::Active);
    let in_use = client.delete_encoder_configuration().arn(&encoder).send().await.expect_err("in use");
    assert!(in_use.into_service_error().is_conflict_exception());
    client.stop_composition().arn(&arn).send().await.expect("it stops");
    assert_eq!(state(&client, &arn).await.0, CompositionState::Stopping);
    fake.advance(2.0);
    assert_eq!(state(&client, &arn).await.0, CompositionState::Stopped);
    client.delete_encoder_configuration().arn(&encoder).send().await.expect("it is free");
}

#[tokio::test]
async fn a_minute_without_anybody_ends_it() {
    let (fake, client) = started_with(frozen()).await;
    let (stage, _, destination) = prepared(&client).await;
    let token = client.create_participant_token().stage_arn(&stage).send().await.expect("a token");
    let token = token.participant_token().and_then(|token| token.token()).expect("its text").to_owned();
    let started =
        client.start_composition().stage_arn(&stage).destinations(destination).send().await.expect("it starts");
    let arn = started.composition().expect("it is shown").arn().to_owned();
    fake.advance(50.0);
    let there = fake.join(&token).expect("the token is good");
    fake.advance(100.0);
    assert_eq!(state(&client, &arn).await.0, CompositionState::Active);
    fake.leave(&there).expect("it is there");
    fake.advance(59.0);
    assert_eq!(state(&client, &arn).await.0, CompositionState::Active);
    fake.advance(1.0);
    assert_eq!(state(&client, &arn).await.0, CompositionState::Stopping);
}

#[tokio::test]
async fn a_failed_composition_frees_what_it_used() {
    let (fake, client) = started_with(frozen()).await;
    let (stage, encoder, destination) = prepared(&client).await;
    let started =
        client.start_composition().stage_arn(&stage).destinations(destination).send().await.expect("it starts");
    let arn = started.composition().expect("it is shown").arn().to_owned();
    fake.fail_composition(&arn).expect("it goes on");
    assert_eq!(state(&client, &arn).await, (CompositionState::Failed, DestinationState::Failed));
    client.delete_encoder_configuration().arn(&encoder).send().await.expect("it is free");
    let listed = client.list_compositions().filter_by_stage_arn(&stage).send().await.expect("a list");
    assert_eq!(listed.compositions().len(), 1);
}
