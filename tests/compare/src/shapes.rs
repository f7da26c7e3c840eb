//! The structures and enums of the service, filled and looked at through both crates.
//!
//! The tables name members as Rust does; [`crate::coverage`] checks that no shape or member of the model is missing.

use std::collections::HashSet;
use std::fmt::{Debug, Display};

use aws_smithy_types::error::operation::BuildError;
use pastey::paste;
use serde_json::Value;

use crate::facts::Facts;
use crate::fill::{Built, Fill, optional};
use crate::traits::look_at_traits;

/// A structure in both crates.
pub(crate) struct Structure {
    /// Its name in the model.
    pub(crate) name: &'static str,
    /// Its members as Rust has them.
    pub(crate) members: &'static [&'static str],
    /// Fills and builds it with AWS's crate.
    pub(crate) official: fn(&Value) -> Facts,
    /// Fills and builds it with the emitted crate.
    pub(crate) ours: fn(&Value) -> Facts,
    /// Its traits, in AWS's crate and in the emitted one.
    pub(crate) traits: [fn() -> Facts; 2],
}

/// An enum in both crates.
pub(crate) struct Enumeration {
    /// Its name in the model.
    pub(crate) name: &'static str,
    /// Looks at pairs of values through AWS's crate.
    pub(crate) official: fn(&str, &str) -> Facts,
    /// Looks at pairs of values through the emitted crate.
    pub(crate) ours: fn(&str, &str) -> Facts,
    /// Its traits, in AWS's crate and in the emitted one.
    pub(crate) traits: [fn() -> Facts; 2],
}

/// Fills a builder, shows it with its getters, builds, and shows the result with its accessors.
///
macro_rules! look_at_builder {
    ($Type:ty, $value:ident, [$($member:ident),*]) => {
        paste! {{
            // A structure without members has no use for it.
            let _: &Value = $value;
            let filled = (|| Ok(<$Type>::builder()$(.[<set_ $member>](optional($value, stringify!($member))?))*))();
            let mut facts = Facts::default();
            match filled {
                Err::<_, BuildError>(error) => refused(&mut facts, "nested builder", &error),
                Ok(builder) => {
                    facts.debug("builder Debug", &builder);
                    $(facts.debug(concat!("get_", stringify!($member)), builder.[<get_ $member>]());)*
                    facts.debug("builder equals its clone", &(builder.clone() == builder));
                    match Built::<$Type>::built(builder.build()) {
                        Err(error) => refused(&mut facts, "builder", &error),
                        Ok(built) => {
                            facts.debug("Debug", &built);
                            facts.debug("equals its clone", &(built.clone() == built));
                            $(facts.debug(concat!(stringify!($member), "()"), &built.$member());)*
                        }
                    }
                }
            }
            facts
        }}
    };
}
pub(crate) use look_at_builder;

/// Adds how a builder refused to build.
pub(crate) fn refused(facts: &mut Facts, what: &str, error: &BuildError) {
    facts.add(format!("{what} failure"), error.to_string());
    facts.debug(format!("{what} failure Debug"), error);
}

/// A hash set's answer: whether two values are equal and hash alike.
fn hash_alike<T: Eq + std::hash::Hash>(one: T, other: T) -> bool {
    HashSet::from([one]).contains(&other)
}

/// Looks at the enum values that `one` and `other` stand for.
fn look_at_values<T>(one: &str, other: &str, values: &[&str], parsed: Result<T, impl Debug + Display>) -> Facts
where
    T: for<'a> From<&'a str> + AsRef<str> + Clone + Debug + Display + Ord + std::hash::Hash + std::str::FromStr,
    T::Err: Debug,
{
    let mut facts = Facts::default();
    let (left, right) = (T::from(one), T::from(other));
    facts.debug("values()", &values);
    facts.debug("From<&str>", &left);
    facts.debug("FromStr", &one.parse::<T>());
    facts.add("Display", format!("{left} {left:>12} {left:.2}"));
    facts.add("AsRef<str>", left.as_ref());
    facts.debug("Ord", &left.cmp(&right));
    facts.debug("Eq and Hash", &hash_alike(left.clone(), right));
    match parsed {
        Ok(value) => facts.debug("try_parse", &value),
        Err(error) => facts.add("try_parse", format!("{error:?}: {error}")),
    }
    facts
}

macro_rules! structures {
    ($($Structure:ident { $($member:ident),* })*) => {
        $(
            structures!(@fill aws_sdk_ivsrealtime $Structure [$($member),*]);
            structures!(@fill ivs_realtime $Structure [$($member),*]);
        )*

        /// Every structure that is neither an input, an output nor an error.
        pub(crate) const STRUCTURES: &[Structure] = &[$(Structure {
            name: stringify!($Structure),
            members: &[$(stringify!($member)),*],
            official: |value| look_at_builder!(aws_sdk_ivsrealtime::types::$Structure, value, [$($member),*]),
            ours: |value| look_at_builder!(ivs_realtime::types::$Structure, value, [$($member),*]),
            traits: [
                || structures!(@traits aws_sdk_ivsrealtime $Structure),
                || structures!(@traits ivs_realtime $Structure),
            ],
        }),*];
    };
    (@traits $sdk:ident $Structure:ident) => {
        paste! {{
            let mut facts = Facts::default();
            look_at_traits!(facts, "structure", $sdk::types::$Structure);
            look_at_traits!(facts, "builder", $sdk::types::builders::[<$Structure Builder>]);
            facts
        }}
    };
    (@fill $sdk:ident $Structure:ident [$($member:ident),*]) => {
        paste! {
            impl Fill for $sdk::types::$Structure {
                fn fill(value: &Value) -> Result<Self, BuildError> {
                    let builder = Self::builder()$(.[<set_ $member>](optional(value, stringify!($member))?))*;
                    builder.build().built()
                }
            }
        }
    };
}

macro_rules! enumerations {
    ($($Enumeration:ident),* $(,)?) => {
        $(
            enumerations!(@fill aws_sdk_ivsrealtime $Enumeration);
            enumerations!(@fill ivs_realtime $Enumeration);
        )*

        /// Every enum.
        pub(crate) const ENUMERATIONS: &[Enumeration] = &[$(Enumeration {
            name: stringify!($Enumeration),
            official: |one, other| enumerations!(@look aws_sdk_ivsrealtime $Enumeration one other),
            ours: |one, other| enumerations!(@look ivs_realtime $Enumeration one other),
            traits: [
                || enumerations!(@traits aws_sdk_ivsrealtime $Enumeration),
                || enumerations!(@traits ivs_realtime $Enumeration),
            ],
        }),*];
    };
    (@traits $sdk:ident $Enumeration:ident) => {{
        let mut facts = Facts::default();
        look_at_traits!(facts, "enum", $sdk::types::$Enumeration);
        facts
    }};
    (@fill $sdk:ident $Enumeration:ident) => {
        impl Fill for $sdk::types::$Enumeration {
            fn fill(value: &Value) -> Result<Self, BuildError> {
                String::fill(value).map(|text| text.as_str().into())
            }
        }
    };
    (@look $sdk:ident $Enumeration:ident $one:ident $other:ident) => {{
        use $sdk::types::$Enumeration as Values;
        look_at_values($one, $other, Values::values(), Values::try_parse($one))
    }};
}

structures! {
    AutoParticipantRecordingConfiguration {
        storage_configuration_arn, media_types, thumbnail_configuration, recording_reconnect_window_seconds,
        hls_configuration, record_participant_replicas
    }
    ChannelDestinationConfiguration { channel_arn, encoder_configuration_arn }
    Composition { arn, stage_arn, state, layout, destinations, tags, start_time, end_time }
    CompositionRecordingHlsConfiguration { target_segment_duration_seconds }
    CompositionSummary { arn, stage_arn, destinations, state, tags, start_time, end_time }
    CompositionThumbnailConfiguration { target_interval_seconds, storage }
    Destination { id, state, start_time, end_time, configuration, detail }
    DestinationConfiguration { name, channel, s3 }
    DestinationDetail { s3 }
    DestinationSummary { id, state, start_time, end_time }
    EncoderConfiguration { arn, name, video, tags }
    EncoderConfigurationSummary { arn, name, tags }
    Event {
        name, participant_id, event_time, remote_participant_id, error_code, destination_stage_arn,
        destination_session_id, replica, previous_token, new_token
    }
    ExchangedParticipantToken { capabilities, attributes, user_id, expiration_time }
    GridConfiguration {
        featured_participant_attribute, omit_stopped_video, video_aspect_ratio, video_fill_mode, grid_gap,
        participant_order_attribute
    }
    IngestConfiguration {
        name, arn, ingest_protocol, stream_key, stage_arn, participant_id, state, user_id, redundant_ingest,
        redundant_ingest_credentials, attributes, tags
    }
    IngestConfigurationSummary {
        name, arn, ingest_protocol, stage_arn, participant_id, state, user_id, redundant_ingest
    }
    LayoutConfiguration { grid, pip }
    Participant {
        participant_id, user_id, state, first_join_time, attributes, published, isp_name, os_name, os_version,
        browser_name, browser_version, sdk_version, recording_s3_bucket_name, recording_s3_prefix, recording_state,
        protocol, replication_type, replication_state, source_stage_arn, source_session_id, redundant_ingest,
        ingest_configuration_arn
    }
    ParticipantRecordingHlsConfiguration { target_segment_duration_seconds }
    ParticipantReplica {
        source_stage_arn, participant_id, source_session_id, destination_stage_arn, destination_session_id,
        replication_state
    }
    ParticipantSummary {
        participant_id, user_id, state, first_join_time, published, recording_state, replication_type,
        replication_state, source_stage_arn, source_session_id, redundant_ingest, ingest_configuration_arn
    }
    ParticipantThumbnailConfiguration { target_interval_seconds, storage, recording_mode }
    ParticipantToken { participant_id, token, user_id, attributes, duration, capabilities, expiration_time }
    ParticipantTokenConfiguration { duration, user_id, attributes, capabilities }
    PipConfiguration {
        featured_participant_attribute, omit_stopped_video, video_fill_mode, grid_gap, pip_participant_attribute,
        pip_behavior, pip_offset, pip_position, pip_width, pip_height, participant_order_attribute
    }
    PublicKey { arn, name, public_key_material, fingerprint, tags }
    PublicKeySummary { arn, name, tags }
    RecordingConfiguration { hls_configuration, format }
    RedundantIngestCredential { participant_id, stream_key }
    S3DestinationConfiguration {
        storage_configuration_arn, encoder_configuration_arns, recording_configuration, thumbnail_configurations
    }
    S3Detail { recording_prefix }
    S3StorageConfiguration { bucket_name }
    Stage { arn, name, active_session_id, tags, auto_participant_recording_configuration, endpoints }
    StageEndpoints { events, whip, rtmp, rtmps }
    StageSession { session_id, start_time, end_time }
    StageSessionSummary { session_id, start_time, end_time }
    StageSummary { arn, name, active_session_id, tags }
    StorageConfiguration { arn, name, s3, tags }
    StorageConfigurationSummary { arn, name, s3, tags }
    Video { width, height, framerate, bitrate }
}

enumerations! {
    CompositionState, DestinationState, EventErrorCode, EventName, IngestConfigurationState, IngestProtocol,
    ParticipantProtocol, ParticipantRecordingFilterByRecordingState, ParticipantRecordingMediaType,
    ParticipantRecordingState, ParticipantState, ParticipantTokenCapability, PipBehavior, PipPosition,
    RecordingConfigurationFormat, ReplicationState, ReplicationType, ThumbnailRecordingMode, ThumbnailStorageType,
    VideoAspectRatio, VideoFillMode,
}
