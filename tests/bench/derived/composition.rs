//! Answers of `ListCompositions` and `GetComposition`.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::text::{AspectRatio, FillMode, Moment, PipBehavior, PipPosition, RecordingFormat, State, StorageType};

/// One page of compositions, with timestamps of type `T`.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Page<T> {
    compositions: Vec<CompositionSummary<T>>,
    next_token: Option<String>,
}

impl<T> Page<T> {
    /// How many compositions and destinations it holds.
    pub(super) fn size(&self) -> usize {
        self.compositions.iter().map(|composition| 1 + composition.destinations.len()).sum()
    }
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct CompositionSummary<T> {
    arn: String,
    stage_arn: String,
    destinations: Vec<DestinationSummary<T>>,
    state: State,
    tags: Option<HashMap<String, String>>,
    start_time: Option<T>,
    end_time: Option<T>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct DestinationSummary<T> {
    id: String,
    state: State,
    start_time: Option<T>,
    end_time: Option<T>,
}

/// The answer of `GetComposition`.
#[derive(Deserialize, Serialize)]
pub(super) struct Found {
    composition: Option<Composition>,
}

impl Found {
    /// One for the composition, if any, and its destinations.
    pub(super) fn size(&self) -> usize {
        self.composition.as_ref().map_or(0, |composition| 1 + composition.destinations.len())
    }
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Composition {
    arn: String,
    stage_arn: String,
    state: State,
    layout: Layout,
    destinations: Vec<Destination>,
    tags: Option<HashMap<String, String>>,
    start_time: Option<Moment>,
    end_time: Option<Moment>,
}

#[derive(Deserialize, Serialize)]
struct Layout {
    grid: Option<Grid>,
    pip: Option<Pip>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Grid {
    featured_participant_attribute: Option<String>,
    #[serde(default)]
    omit_stopped_video: bool,
    video_aspect_ratio: Option<AspectRatio>,
    video_fill_mode: Option<FillMode>,
    #[serde(default)]
    grid_gap: i32,
    participant_order_attribute: Option<String>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Pip {
    featured_participant_attribute: Option<String>,
    #[serde(default)]
    omit_stopped_video: bool,
    video_fill_mode: Option<FillMode>,
    #[serde(default)]
    grid_gap: i32,
    pip_participant_attribute: Option<String>,
    pip_behavior: Option<PipBehavior>,
    #[serde(default)]
    pip_offset: i32,
    pip_position: Option<PipPosition>,
    pip_width: Option<i32>,
    pip_height: Option<i32>,
    participant_order_attribute: Option<String>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Destination {
    id: String,
    state: State,
    start_time: Option<Moment>,
    end_time: Option<Moment>,
    configuration: DestinationConfiguration,
    detail: Option<DestinationDetail>,
}

#[derive(Deserialize, Serialize)]
struct DestinationConfiguration {
    name: Option<String>,
    channel: Option<Channel>,
    s3: Option<Bucket>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Channel {
    channel_arn: String,
    encoder_configuration_arn: Option<String>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Bucket {
    storage_configuration_arn: String,
    encoder_configuration_arns: Vec<String>,
    recording_configuration: Option<Recording>,
    thumbnail_configurations: Option<Vec<Thumbnails>>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Recording {
    hls_configuration: Option<Hls>,
    format: Option<RecordingFormat>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Hls {
    target_segment_duration_seconds: Option<i32>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Thumbnails {
    target_interval_seconds: Option<i32>,
    storage: Option<Vec<StorageType>>,
}

#[derive(Deserialize, Serialize)]
struct DestinationDetail {
    s3: Option<BucketDetail>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct BucketDetail {
    recording_prefix: String,
}
