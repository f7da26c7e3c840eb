//! Encoder and storage configurations, and public keys.

use ivs_realtime::types::{S3StorageConfiguration, Video};
use tests::sample::{fraction, number, text, text_map};

use super::{Call, outcome};

pub(super) const CALLS: &[Call] = &[
    Call {
        operation: "CreateEncoderConfiguration",
        full: |client| {
            let call = client.create_encoder_configuration().name(text("name")).video(video());
            outcome(call.set_tags(Some(text_map("tags"))).send())
        },
        minimal: |client| outcome(client.create_encoder_configuration().send()),
    },
    Call {
        operation: "GetEncoderConfiguration",
        full: |client| outcome(client.get_encoder_configuration().arn(text("arn")).send()),
        minimal: |client| outcome(client.get_encoder_configuration().arn(text("arn")).send()),
    },
    Call {
        operation: "DeleteEncoderConfiguration",
        full: |client| outcome(client.delete_encoder_configuration().arn(text("arn")).send()),
        minimal: |client| outcome(client.delete_encoder_configuration().arn(text("arn")).send()),
    },
    Call {
        operation: "ListEncoderConfigurations",
        full: |client| {
            let call = client.list_encoder_configurations().next_token(text("nextToken"));
            outcome(call.max_results(number("maxResults")).send())
        },
        minimal: |client| outcome(client.list_encoder_configurations().send()),
    },
    Call {
        operation: "CreateStorageConfiguration",
        full: |client| {
            let call = client.create_storage_configuration().name(text("name")).s3(bucket());
            outcome(call.set_tags(Some(text_map("tags"))).send())
        },
        minimal: |client| outcome(client.create_storage_configuration().s3(bucket()).send()),
    },
    Call {
        operation: "GetStorageConfiguration",
        full: |client| outcome(client.get_storage_configuration().arn(text("arn")).send()),
        minimal: |client| outcome(client.get_storage_configuration().arn(text("arn")).send()),
    },
    Call {
        operation: "DeleteStorageConfiguration",
        full: |client| outcome(client.delete_storage_configuration().arn(text("arn")).send()),
        minimal: |client| outcome(client.delete_storage_configuration().arn(text("arn")).send()),
    },
    Call {
        operation: "ListStorageConfigurations",
        full: |client| {
            let call = client.list_storage_configurations().next_token(text("nextToken"));
            outcome(call.max_results(number("maxResults")).send())
        },
        minimal: |client| outcome(client.list_storage_configurations().send()),
    },
    Call {
        operation: "ImportPublicKey",
        full: |client| {
            let call = client.import_public_key().public_key_material(text("publicKeyMaterial")).name(text("name"));
            outcome(call.set_tags(Some(text_map("tags"))).send())
        },
        minimal: |client| outcome(client.import_public_key().public_key_material(text("publicKeyMaterial")).send()),
    },
    Call {
        operation: "GetPublicKey",
        full: |client| outcome(client.get_public_key().arn(text("arn")).send()),
        minimal: |client| outcome(client.get_public_key().arn(text("arn")).send()),
    },
    Call {
        operation: "DeletePublicKey",
        full: |client| outcome(client.delete_public_key().arn(text("arn")).send()),
        minimal: |client| outcome(client.delete_public_key().arn(text("arn")).send()),
    },
    Call {
        operation: "ListPublicKeys",
        full: |client| {
            let call = client.list_public_keys().next_token(text("nextToken"));
            outcome(call.max_results(number("maxResults")).send())
        },
        minimal: |client| outcome(client.list_public_keys().send()),
    },
];

fn video() -> Video {
    Video::builder()
        .width(number("width"))
        .height(number("height"))
        .framerate(fraction("framerate"))
        .bitrate(number("bitrate"))
        .build()
}

fn bucket() -> S3StorageConfiguration {
    S3StorageConfiguration::builder().bucket_name(text("bucketName")).build().unwrap()
}
