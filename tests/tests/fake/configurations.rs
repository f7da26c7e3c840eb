//! Encoder, storage and ingest configurations, public keys.

use super::{stage, started};
use ivs_realtime::types::{
    AutoParticipantRecordingConfiguration, IngestConfigurationState, IngestProtocol, S3StorageConfiguration, Video,
};

#[tokio::test]
async fn an_encoder_configuration_has_defaults_and_even_sizes() {
    let (_fake, client) = started().await;
    let created = client.create_encoder_configuration().name("hd").send().await.expect("it is created");
    let video = created.encoder_configuration().and_then(|found| found.video()).expect("it has video");
    assert_eq!((video.width(), video.height(), video.framerate()), (Some(1280), Some(720), Some(30.0)));
    let odd = Video::builder().width(641).build();
    let error = client.create_encoder_configuration().video(odd).send().await.expect_err("odd").into_service_error();
    assert!(error.is_validation_exception());
}

#[tokio::test]
async fn a_storage_configuration_that_a_stage_records_to_stays() {
    let (_fake, client) = started().await;
    let s3 = S3StorageConfiguration::builder().bucket_name("recordings").build().expect("it has a bucket");
    let created = client.create_storage_configuration().s3(s3).send().await.expect("it is created");
    let arn = created.storage_configuration().expect("it is shown").arn();
    let recording =
        AutoParticipantRecordingConfiguration::builder().storage_configuration_arn(arn).build().expect("all of it");
    let stage =
        client.create_stage().auto_participant_recording_configuration(recording).send().await.expect("a stage");
    let error = client.delete_storage_configuration().arn(arn).send().await.expect_err("in use").into_service_error();
    assert!(error.is_conflict_exception());
    client.delete_stage().arn(stage.stage().expect("it is shown").arn()).send().await.expect("the stage goes");
    client.delete_storage_configuration().arn(arn).send().await.expect("nothing uses it");
}

#[tokio::test]
async fn an_encoder_publishes_by_its_stream_key() {
    let (fake, client) = started().await;
    let (stage, _) = stage(&client, 0).await;
    let insecure = client.create_ingest_configuration().ingest_protocol(IngestProtocol::Rtmp).send().await;
    assert!(insecure.expect_err("consent is missing").into_service_error().is_validation_exception());
    let created =
        client.create_ingest_configuration().ingest_protocol(IngestProtocol::Rtmps).send().await.expect("made");
    let ingest = created.ingest_configuration().expect("it is shown");
    assert!(fake.connect_encoder(ingest.stream_key()).is_err(), "it has no stage yet");
    client.update_ingest_configuration().arn(ingest.arn()).stage_arn(&stage).send().await.expect("attached");
    let there = fake.connect_encoder(ingest.stream_key()).expect("it connects");
    assert_eq!(there.participant_id, ingest.participant_id());
    let found = client.get_ingest_configuration().arn(ingest.arn()).send().await.expect("it is there");
    assert_eq!(found.ingest_configuration().map(|found| found.state()), Some(&IngestConfigurationState::Active));
    let update = client.update_ingest_configuration().arn(ingest.arn()).stage_arn("").send().await;
    assert!(update.expect_err("in use").into_service_error().is_conflict_exception());
    let delete = || client.delete_ingest_configuration().arn(ingest.arn());
    assert!(delete().send().await.expect_err("in use").into_service_error().is_conflict_exception());
    delete().force(true).send().await.expect("by force");
    assert_eq!(fake.census().expect("no state file").participants, 0);
}
