//! Encoder and storage configurations, which cannot be deleted while a composition uses them.

use ivs_realtime::operation::create_encoder_configuration::{
    CreateEncoderConfigurationInput, CreateEncoderConfigurationOutput,
};
use ivs_realtime::operation::create_storage_configuration::{
    CreateStorageConfigurationInput, CreateStorageConfigurationOutput,
};
use ivs_realtime::operation::delete_encoder_configuration::{
    DeleteEncoderConfigurationInput, DeleteEncoderConfigurationOutput,
};
use ivs_realtime::operation::delete_storage_configuration::{
    DeleteStorageConfigurationInput, DeleteStorageConfigurationOutput,
};
use ivs_realtime::operation::get_encoder_configuration::{GetEncoderConfigurationInput, GetEncoderConfigurationOutput};
use ivs_realtime::operation::get_storage_configuration::{GetStorageConfigurationInput, GetStorageConfigurationOutput};
use ivs_realtime::operation::list_encoder_configurations::{
    ListEncoderConfigurationsInput, ListEncoderConfigurationsOutput,
};
use ivs_realtime::operation::list_storage_configurations::{
    ListStorageConfigurationsInput, ListStorageConfigurationsOutput,
};
use ivs_realtime::types::{
    EncoderConfiguration, EncoderConfigurationSummary, S3StorageConfiguration, StorageConfiguration,
    StorageConfigurationSummary, Video,
};

use super::{compositions, tags};
use crate::fake::failure::Failure;
use crate::fake::paging::page;
use crate::fake::world::{Call, records, required};

/// The video settings that the service uses where a configuration has none.
fn with_defaults(video: Option<Video>) -> Video {
    let given = video.unwrap_or_else(|| Video::builder().build());
    Video::builder()
        .width(given.width().unwrap_or(1280))
        .height(given.height().unwrap_or(720))
        .framerate(given.framerate().unwrap_or(30.0))
        .bitrate(given.bitrate().unwrap_or(2_500_000))
        .build()
}

/// The rules on video beside the ranges of its members: width and height are even.
fn check_video(video: &Video) -> Result<(), Failure> {
    for (name, size) in [("width", video.width()), ("height", video.height())] {
        if size.is_some_and(|size| size % 2 != 0) {
            return Err(Failure::validation(format!("video.{name} is not even")));
        }
    }
    Ok(())
}

pub(super) fn create_encoder(
    call: &mut Call<'_>,
    input: CreateEncoderConfigurationInput,
) -> Result<CreateEncoderConfigurationOutput, Failure> {
    let video = with_defaults(input.video);
    check_video(&video)?;
    let quota = call.settings.quotas.encoder_configurations;
    call.check_quota("encoder configurations", call.world.encoders.len(), quota)?;
    let tags = tags::of(input.tags)?;
    let arn = call.new_arn("encoder-configuration");
    let encoder = records::EncoderConfiguration { name: input.name.unwrap_or_default(), video, tags };
    let shown = shown_encoder(&arn, &encoder)?;
    call.world.encoders.insert(arn, encoder);
    Ok(CreateEncoderConfigurationOutput::builder().encoder_configuration(shown).build())
}

pub(super) fn get_encoder(
    call: &mut Call<'_>,
    input: GetEncoderConfigurationInput,
) -> Result<GetEncoderConfigurationOutput, Failure> {
    let arn = required(input.arn, "arn")?;
    let encoder = call.world.encoders.get(&arn).ok_or_else(|| Failure::not_found("encoder configuration", &arn))?;
    let shown = shown_encoder(&arn, encoder)?;
    Ok(GetEncoderConfigurationOutput::builder().encoder_configuration(shown).build())
}

pub(super) fn list_encoders(
    call: &mut Call<'_>,
    input: ListEncoderConfigurationsInput,
) -> Result<ListEncoderConfigurationsOutput, Failure> {
    let items = call.world.encoders.iter().map(|(arn, encoder)| {
        let summary = EncoderConfigurationSummary::builder().arn(arn).name(&encoder.name);
        (arn, summary.set_tags(tags::shown(&encoder.tags)).build())
    });
    let page = page(call, "", input.next_token.as_deref(), input.max_results, items)?;
    let items = page.items.into_iter().collect::<Result<_, _>>()?;
    let output = ListEncoderConfigurationsOutput::builder().set_encoder_configurations(Some(items));
    Ok(output.set_next_token(page.next_token).build()?)
}

pub(super) fn delete_encoder(
    call: &mut Call<'_>,
    input: DeleteEncoderConfigurationInput,
) -> Result<DeleteEncoderConfigurationOutput, Failure> {
    let arn = required(input.arn, "arn")?;
    if call.world.encoders.get(&arn).is_none() {
        return Err(Failure::not_found("encoder configuration", &arn));
    }
    if let Some(user) = compositions::user_of_encoder(call, &arn) {
        return Err(Failure::conflict(format!("{user} encodes with {arn}")));
    }
    call.world.encoders.remove(&arn);
    Ok(DeleteEncoderConfigurationOutput::builder().build())
}

fn shown_encoder(arn: &str, encoder: &records::EncoderConfiguration) -> Result<EncoderConfiguration, Failure> {
    let shown = EncoderConfiguration::builder().arn(arn).name(&encoder.name).video(encoder.video.clone());
    Ok(shown.set_tags(tags::shown(&encoder.tags)).build()?)
}

pub(super) fn create_storage(
    call: &mut Call<'_>,
    input: CreateStorageConfigurationInput,
) -> Result<CreateStorageConfigurationOutput, Failure> {
    let bucket = required(input.s3, "s3")?.bucket_name;
    let quota = call.settings.quotas.storage_configurations;
    call.check_quota("storage configurations", call.world.storages.len(), quota)?;
    let tags = tags::of(input.tags)?;
    let arn = call.new_arn("storage-configuration");
    let storage = records::StorageConfiguration { name: input.name.unwrap_or_default(), bucket, tags };
    let shown = shown_storage(&arn, &storage)?;
    call.world.storages.insert(arn, storage);
    Ok(CreateStorageConfigurationOutput::builder().storage_configuration(shown).build())
}

pub(super) fn get_storage(
    call: &mut Call<'_>,
    input: GetStorageConfigurationInput,
) -> Result<GetStorageConfigurationOutput, Failure> {
    let arn = required(input.arn, "arn")?;
    let storage = call.world.storages.get(&arn).ok_or_else(|| Failure::not_found("storage configuration", &arn))?;
    let shown = shown_storage(&arn, storage)?;
    Ok(GetStorageConfigurationOutput::builder().storage_configuration(shown).build())
}

pub(super) fn list_storages(
    call: &mut Call<'_>,
    input: ListStorageConfigurationsInput,
) -> Result<ListStorageConfigurationsOutput, Failure> {
    let items = call.world.storages.iter().map(|(arn, storage)| {
        let summary = StorageConfigurationSummary::builder().arn(arn).name(&storage.name).set_s3(s3(storage).ok());
        (arn, summary.set_tags(tags::shown(&storage.tags)).build())
    });
    let page = page(call, "", input.next_token.as_deref(), input.max_results, items)?;
    let items = page.items.into_iter().collect::<Result<_, _>>()?;
    let output = ListStorageConfigurationsOutput::builder().set_storage_configurations(Some(items));
    Ok(output.set_next_token(page.next_token).build()?)
}

pub(super) fn delete_storage(
    call: &mut Call<'_>,
    input: DeleteStorageConfigurationInput,
) -> Result<DeleteStorageConfigurationOutput, Failure> {
    let arn = required(input.arn, "arn")?;
    if call.world.storages.get(&arn).is_none() {
        return Err(Failure::not_found("storage configuration", &arn));
    }
    if let Some(user) = compositions::user_of_storage(call, &arn) {
        return Err(Failure::conflict(format!("{user} records to {arn}")));
    }
    let records_to = |stage: &records::Stage| {
        stage.recording.as_ref().is_some_and(|recording| recording.storage_configuration_arn() == arn)
    };
    if let Some(stage) = call.world.stages.keys_where(records_to).first() {
        return Err(Failure::conflict(format!("{stage} records its participants to {arn}")));
    }
    call.world.storages.remove(&arn);
    Ok(DeleteStorageConfigurationOutput::builder().build())
}

fn s3(storage: &records::StorageConfiguration) -> Result<S3StorageConfiguration, Failure> {
    Ok(S3StorageConfiguration::builder().bucket_name(&storage.bucket).build()?)
}

fn shown_storage(arn: &str, storage: &records::StorageConfiguration) -> Result<StorageConfiguration, Failure> {
    let shown = StorageConfiguration::builder().arn(arn).name(&storage.name).s3(s3(storage)?);
    Ok(shown.set_tags(tags::shown(&storage.tags)).build()?)
}
