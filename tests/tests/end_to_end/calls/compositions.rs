//! Server-side composition.

use ivs_realtime::types::{
    ChannelDestinationConfiguration, CompositionRecordingHlsConfiguration, CompositionThumbnailConfiguration,
    DestinationConfiguration, GridConfiguration, LayoutConfiguration, PipBehavior, PipConfiguration, PipPosition,
    RecordingConfiguration, RecordingConfigurationFormat, S3DestinationConfiguration, ThumbnailStorageType,
    VideoAspectRatio, VideoFillMode,
};
use tests::sample::{number, text, text_map, texts};

use super::{Call, outcome};

pub(super) const CALLS: &[Call] = &[
    Call {
        operation: "StartComposition",
        full: |client| {
            let call =
                client.start_composition().stage_arn(text("stageArn")).idempotency_token(text("idempotencyToken"));
            outcome(call.layout(layout()).destinations(destination()).set_tags(Some(text_map("tags"))).send())
        },
        minimal: |client| {
            let call = client.start_composition().stage_arn(text("stageArn"));
            outcome(call.destinations(DestinationConfiguration::builder().build()).send())
        },
    },
    Call {
        operation: "GetComposition",
        full: |client| outcome(client.get_composition().arn(text("arn")).send()),
        minimal: |client| outcome(client.get_composition().arn(text("arn")).send()),
    },
    Call {
        operation: "StopComposition",
        full: |client| outcome(client.stop_composition().arn(text("arn")).send()),
        minimal: |client| outcome(client.stop_composition().arn(text("arn")).send()),
    },
    Call {
        operation: "ListCompositions",
        full: |client| {
            let call = client.list_compositions().filter_by_stage_arn(text("filterByStageArn"));
            let call = call.filter_by_encoder_configuration_arn(text("filterByEncoderConfigurationArn"));
            outcome(call.next_token(text("nextToken")).max_results(number("maxResults")).send())
        },
        minimal: |client| outcome(client.list_compositions().send()),
    },
];

fn layout() -> LayoutConfiguration {
    let grid = GridConfiguration::builder()
        .featured_participant_attribute(text("featuredParticipantAttribute"))
        .omit_stopped_video(true)
        .video_aspect_ratio(VideoAspectRatio::Portrait)
        .video_fill_mode(VideoFillMode::Contain)
        .grid_gap(number("gridGap"))
        .participant_order_attribute(text("participantOrderAttribute"))
        .build();
    let pip = PipConfiguration::builder()
        .featured_participant_attribute(text("featuredParticipantAttribute"))
        .omit_stopped_video(true)
        .video_fill_mode(VideoFillMode::Contain)
        .grid_gap(number("gridGap"))
        .pip_participant_attribute(text("pipParticipantAttribute"))
        .pip_behavior(PipBehavior::Dynamic)
        .pip_offset(number("pipOffset"))
        .pip_position(PipPosition::BottomRight)
        .pip_width(number("pipWidth"))
        .pip_height(number("pipHeight"))
        .participant_order_attribute(text("participantOrderAttribute"))
        .build();
    LayoutConfiguration::builder().grid(grid).pip(pip).build()
}

fn destination() -> DestinationConfiguration {
    let channel = ChannelDestinationConfiguration::builder()
        .channel_arn(text("channelArn"))
        .encoder_configuration_arn(text("encoderConfigurationArn"))
        .build()
        .unwrap();
    DestinationConfiguration::builder().name(text("name")).channel(channel).s3(bucket()).build()
}

fn bucket() -> S3DestinationConfiguration {
    let hls = CompositionRecordingHlsConfiguration::builder()
        .target_segment_duration_seconds(number("targetSegmentDurationSeconds"))
        .build();
    let recording =
        RecordingConfiguration::builder().hls_configuration(hls).format(RecordingConfigurationFormat::Hls).build();
    let thumbnails = CompositionThumbnailConfiguration::builder()
        .target_interval_seconds(number("targetIntervalSeconds"))
        .storage(ThumbnailStorageType::Sequential)
        .storage(ThumbnailStorageType::Latest)
        .build();
    S3DestinationConfiguration::builder()
        .storage_configuration_arn(text("storageConfigurationArn"))
        .set_encoder_configuration_arns(Some(texts("encoderConfigurationArns")))
        .recording_configuration(recording)
        .thumbnail_configurations(thumbnails)
        .build()
        .unwrap()
}
