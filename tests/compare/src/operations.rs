//! The operations of the service, called through both crates.
//!
//! The tables name members as Rust does; [`crate::coverage`] checks that no operation or member of the model is missing.

use std::error::Error;
use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;

use aws_sdk_ivsrealtime::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use aws_sdk_ivsrealtime::operation::RequestId;
use aws_smithy_types::error::operation::BuildError;
use pastey::paste;
use serde_json::Value;

use crate::conversions::{look_at_conversions, look_at_root};
use crate::facts::{Facts, sorted_maps};
use crate::fill::{Built, optional};
use crate::shapes::{look_at_builder, refused};
use crate::traits::look_at_traits;

/// What a call showed, to be awaited.
pub(crate) type Pending = Pin<Box<dyn Future<Output = Facts>>>;

/// One operation of one crate, whose client is `C`.
pub(crate) struct Side<C> {
    /// Fills a call with an input and sends it.
    pub(crate) call: fn(&C, &Value) -> Pending,
    /// Fills and builds an input on its own.
    pub(crate) input: fn(&Value) -> Facts,
    /// Fills and builds an output, as mocks do.
    pub(crate) output: fn(&Value) -> Facts,
    /// Makes errors by hand and converts them.
    pub(crate) conversions: fn() -> Facts,
    /// The traits of its types.
    pub(crate) traits: fn() -> Facts,
}

/// An operation in both crates.
pub(crate) struct Operation {
    /// Its name in the model.
    pub(crate) name: &'static str,
    /// The members of its input as Rust has them.
    pub(crate) input: &'static [&'static str],
    /// The members of its output as Rust has them.
    pub(crate) output: &'static [&'static str],
    /// The operation of AWS's crate.
    pub(crate) official: Side<aws_sdk_ivsrealtime::Client>,
    /// The operation of the emitted crate.
    pub(crate) ours: Side<ivs_realtime::Client>,
}

/// Adds what an output or error shows by itself.
pub(crate) fn look_at_result<O, E>(facts: &mut Facts, result: &Result<O, SdkError<E>>)
where
    O: Debug + RequestId,
    E: Error + ProvideErrorMetadata + RequestId + 'static,
{
    match result {
        Ok(output) => {
            facts.debug("output", output);
            facts.debug("request id", &output.request_id());
        }
        Err(error) => {
            facts.debug("error", &error.as_service_error());
            facts.debug("SdkError", error);
            facts.debug("code", &error.code());
            facts.debug("message", &error.message());
            facts.debug("metadata", error.meta());
            facts.debug("request id", &error.request_id());
            facts.debug("status", &error.raw_response().map(|response| response.status().as_u16()));
            facts.debug("Display and sources", &chain(error));
            facts.add("DisplayErrorContext", DisplayErrorContext(error).to_string());
        }
    }
}

/// The `Display` text of an error and of each of its sources.
pub(crate) fn chain(error: &dyn Error) -> Vec<String> {
    std::iter::successors(Some(error), |&error| error.source()).map(ToString::to_string).collect()
}

/// What a fluent builder shows of its input. Its handle and configuration differ by nature: they name their crates.
fn input_of_fluent<'a>(text: &'a str, operation: &str) -> &'a str {
    let from = text.find(&format!("inner: {operation}InputBuilder")).unwrap_or_default();
    text[from..].rsplit_once(", config_override").map_or(text, |(inner, _)| inner)
}

macro_rules! operations {
    ($($function:ident $Operation:ident ($($input:ident),*) -> ($($output:ident),*))*) => {
        paste! {
            /// Every operation.
            pub(crate) const OPERATIONS: &[Operation] = &[$(Operation {
                name: stringify!($Operation),
                input: &[$(stringify!($input)),*],
                output: &[$(stringify!($output)),*],
                official: operations!(@side aws_sdk_ivsrealtime $function $Operation [$($input),*] [$($output),*]),
                ours: operations!(@side ivs_realtime $function $Operation [$($input),*] [$($output),*]),
            }),*];
        }
    };
    (@side $sdk:ident $function:ident $Operation:ident [$($input:ident),*] [$($output:ident),*]) => {
        paste! {
            Side {
                call: |client, value| {
                    let filled = (|| {
                        Ok(client.$function()$(.[<set_ $input>](optional(value, stringify!($input))?))*)
                    })();
                    operations!(@send $sdk $Operation filled [$($input),*])
                },
                input: |value| look_at_builder!(
                    $sdk::operation::$function::[<$Operation Input>], value, [$($input),*]
                ),
                output: |value| look_at_builder!(
                    $sdk::operation::$function::[<$Operation Output>], value, [$($output),*]
                ),
                conversions: || look_at_conversions!($sdk, $sdk::operation::$function::[<$Operation Error>]),
                traits: || {
                    use $sdk::operation::$function as operation;
                    let mut facts = Facts::default();
                    look_at_traits!(facts, "input", operation::[<$Operation Input>]);
                    look_at_traits!(facts, "output", operation::[<$Operation Output>]);
                    look_at_traits!(facts, "error", operation::[<$Operation Error>]);
                    look_at_traits!(facts, "input builder", operation::builders::[<$Operation InputBuilder>]);
                    look_at_traits!(facts, "output builder", operation::builders::[<$Operation OutputBuilder>]);
                    look_at_traits!(facts, "fluent builder", operation::builders::[<$Operation FluentBuilder>]);
                    facts
                },
            }
        }
    };
    (@send $sdk:ident $Operation:ident $filled:ident [$($input:ident),*]) => {
        paste! {
            Box::pin(async move {
                let mut facts = Facts::default();
                let call = match $filled {
                    Err::<_, BuildError>(error) => {
                        refused(&mut facts, "nested builder", &error);
                        return facts;
                    }
                    Ok(call) => call,
                };
                let shown = format!("{call:?}");
                let inner = input_of_fluent(&shown, stringify!($Operation));
                facts.add("fluent builder Debug", sorted_maps(inner));
                facts.debug("as_input()", call.as_input());
                $(facts.debug(concat!("get_", stringify!($input)), call.[<get_ $input>]());)*
                let result = call.send().await;
                look_at_result(&mut facts, &result);
                if let Err(error) = result {
                    look_at_root(&mut facts, "call", &$sdk::Error::from(error));
                }
                facts
            })
        }
    };
}

operations! {
    create_encoder_configuration CreateEncoderConfiguration (name, video, tags) -> (encoder_configuration)
    create_ingest_configuration CreateIngestConfiguration (
        name, stage_arn, user_id, attributes, ingest_protocol, insecure_ingest, redundant_ingest, tags
    ) -> (
        access_control_allow_origin, access_control_expose_headers, cache_control, content_security_policy,
        strict_transport_security, x_content_type_options, x_frame_options, ingest_configuration
    )
    create_participant_token CreateParticipantToken (stage_arn, duration, user_id, attributes, capabilities)
        -> (participant_token)
    create_stage CreateStage (name, participant_token_configurations, tags, auto_participant_recording_configuration)
        -> (stage, participant_tokens)
    create_storage_configuration CreateStorageConfiguration (name, s3, tags) -> (storage_configuration)
    delete_encoder_configuration DeleteEncoderConfiguration (arn) -> ()
    delete_ingest_configuration DeleteIngestConfiguration (arn, force) -> ()
    delete_public_key DeletePublicKey (arn) -> ()
    delete_stage DeleteStage (arn) -> ()
    delete_storage_configuration DeleteStorageConfiguration (arn) -> ()
    disconnect_participant DisconnectParticipant (stage_arn, participant_id, reason) -> ()
    get_composition GetComposition (arn) -> (composition)
    get_encoder_configuration GetEncoderConfiguration (arn) -> (encoder_configuration)
    get_ingest_configuration GetIngestConfiguration (arn) -> (ingest_configuration)
    get_participant GetParticipant (stage_arn, session_id, participant_id) -> (participant)
    get_public_key GetPublicKey (arn) -> (public_key)
    get_stage GetStage (arn) -> (stage)
    get_stage_session GetStageSession (stage_arn, session_id) -> (stage_session)
    get_storage_configuration GetStorageConfiguration (arn) -> (storage_configuration)
    import_public_key ImportPublicKey (public_key_material, name, tags) -> (public_key)
    list_compositions ListCompositions (filter_by_stage_arn, filter_by_encoder_configuration_arn, next_token, max_results)
        -> (compositions, next_token)
    list_encoder_configurations ListEncoderConfigurations (next_token, max_results)
        -> (encoder_configurations, next_token)
    list_ingest_configurations ListIngestConfigurations (filter_by_stage_arn, filter_by_state, next_token, max_results)
        -> (ingest_configurations, next_token)
    list_participant_events ListParticipantEvents (stage_arn, session_id, participant_id, next_token, max_results)
        -> (events, next_token)
    list_participant_replicas ListParticipantReplicas (source_stage_arn, participant_id, next_token, max_results)
        -> (replicas, next_token)
    list_participants ListParticipants (
        stage_arn, session_id, filter_by_user_id, filter_by_published, filter_by_state, next_token, max_results,
        filter_by_recording_state
    ) -> (participants, next_token)
    list_public_keys ListPublicKeys (next_token, max_results) -> (public_keys, next_token)
    list_stage_sessions ListStageSessions (stage_arn, next_token, max_results) -> (stage_sessions, next_token)
    list_stages ListStages (next_token, max_results) -> (stages, next_token)
    list_storage_configurations ListStorageConfigurations (next_token, max_results)
        -> (storage_configurations, next_token)
    list_tags_for_resource ListTagsForResource (resource_arn) -> (tags)
    revoke_connection_token RevokeConnectionToken (token_id) -> ()
    start_composition StartComposition (stage_arn, idempotency_token, layout, destinations, tags) -> (composition)
    start_participant_replication StartParticipantReplication (
        source_stage_arn, destination_stage_arn, participant_id, reconnect_window_seconds, attributes
    ) -> (
        access_control_allow_origin, access_control_expose_headers, cache_control, content_security_policy,
        strict_transport_security, x_content_type_options, x_frame_options
    )
    stop_composition StopComposition (arn) -> ()
    stop_participant_replication StopParticipantReplication (source_stage_arn, destination_stage_arn, participant_id)
        -> (
        access_control_allow_origin, access_control_expose_headers, cache_control, content_security_policy,
        strict_transport_security, x_content_type_options, x_frame_options
    )
    tag_resource TagResource (resource_arn, tags) -> ()
    untag_resource UntagResource (resource_arn, tag_keys) -> ()
    update_ingest_configuration UpdateIngestConfiguration (arn, stage_arn, redundant_ingest) -> (
        access_control_allow_origin, access_control_expose_headers, cache_control, content_security_policy,
        strict_transport_security, x_content_type_options, x_frame_options, ingest_configuration
    )
    update_stage UpdateStage (arn, name, auto_participant_recording_configuration) -> (stage)
}
