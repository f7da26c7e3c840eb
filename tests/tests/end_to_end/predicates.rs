//! The `is_..` predicates of every operation's error, callable without knowing its type.

use ivs_realtime::operation::*;

/// The predicates of an operation's error.
pub(crate) trait Predicates {
    /// The names of all, in the model's order.
    fn names() -> Vec<&'static str>;

    /// The names of those that hold.
    fn holding(&self) -> Vec<&'static str>;
}

macro_rules! predicates {
    ($($operation:ident::$error:ident => $($predicate:ident)*,)*) => {
        $(
            impl Predicates for $operation::$error {
                fn names() -> Vec<&'static str> {
                    vec![$(stringify!($predicate)),*]
                }

                fn holding(&self) -> Vec<&'static str> {
                    [$((stringify!($predicate), self.$predicate())),*].into_iter().filter_map(|(name, holds)| holds.then_some(name)).collect()
                }
            }
        )*
    };
}

predicates! {
    create_encoder_configuration::CreateEncoderConfigurationError => is_access_denied_exception is_conflict_exception
        is_internal_server_exception is_pending_verification is_resource_not_found_exception
        is_service_quota_exceeded_exception is_validation_exception,
    create_ingest_configuration::CreateIngestConfigurationError => is_access_denied_exception is_pending_verification
        is_service_quota_exceeded_exception is_validation_exception,
    create_participant_token::CreateParticipantTokenError => is_access_denied_exception is_pending_verification
        is_resource_not_found_exception is_service_quota_exceeded_exception is_validation_exception,
    create_stage::CreateStageError => is_access_denied_exception is_pending_verification
        is_service_quota_exceeded_exception is_validation_exception,
    create_storage_configuration::CreateStorageConfigurationError => is_access_denied_exception is_conflict_exception
        is_internal_server_exception is_pending_verification is_resource_not_found_exception
        is_service_quota_exceeded_exception is_validation_exception,
    delete_encoder_configuration::DeleteEncoderConfigurationError => is_access_denied_exception is_conflict_exception
        is_internal_server_exception is_resource_not_found_exception is_service_quota_exceeded_exception
        is_validation_exception,
    delete_ingest_configuration::DeleteIngestConfigurationError => is_access_denied_exception is_conflict_exception
        is_pending_verification is_resource_not_found_exception is_validation_exception,
    delete_public_key::DeletePublicKeyError => is_access_denied_exception is_conflict_exception
        is_pending_verification is_resource_not_found_exception is_validation_exception,
    delete_stage::DeleteStageError => is_access_denied_exception is_conflict_exception is_pending_verification
        is_resource_not_found_exception is_validation_exception,
    delete_storage_configuration::DeleteStorageConfigurationError => is_access_denied_exception is_conflict_exception
        is_internal_server_exception is_resource_not_found_exception is_service_quota_exceeded_exception
        is_validation_exception,
    disconnect_participant::DisconnectParticipantError => is_access_denied_exception is_pending_verification
        is_resource_not_found_exception is_validation_exception,
    get_composition::GetCompositionError => is_access_denied_exception is_conflict_exception
        is_internal_server_exception is_resource_not_found_exception is_service_quota_exceeded_exception
        is_validation_exception,
    get_encoder_configuration::GetEncoderConfigurationError => is_access_denied_exception is_conflict_exception
        is_internal_server_exception is_resource_not_found_exception is_service_quota_exceeded_exception
        is_validation_exception,
    get_ingest_configuration::GetIngestConfigurationError => is_access_denied_exception
        is_resource_not_found_exception is_validation_exception,
    get_participant::GetParticipantError => is_access_denied_exception is_resource_not_found_exception
        is_validation_exception,
    get_public_key::GetPublicKeyError => is_access_denied_exception is_resource_not_found_exception
        is_validation_exception,
    get_stage::GetStageError => is_access_denied_exception is_resource_not_found_exception is_validation_exception,
    get_stage_session::GetStageSessionError => is_access_denied_exception is_resource_not_found_exception
        is_validation_exception,
    get_storage_configuration::GetStorageConfigurationError => is_access_denied_exception is_conflict_exception
        is_internal_server_exception is_resource_not_found_exception is_service_quota_exceeded_exception
        is_validation_exception,
    import_public_key::ImportPublicKeyError => is_access_denied_exception is_conflict_exception
        is_pending_verification is_service_quota_exceeded_exception is_validation_exception,
    list_compositions::ListCompositionsError => is_access_denied_exception is_conflict_exception
        is_internal_server_exception is_service_quota_exceeded_exception is_validation_exception,
    list_encoder_configurations::ListEncoderConfigurationsError => is_access_denied_exception is_conflict_exception
        is_internal_server_exception is_service_quota_exceeded_exception is_validation_exception,
    list_ingest_configurations::ListIngestConfigurationsError => is_access_denied_exception is_validation_exception,
    list_participant_events::ListParticipantEventsError => is_access_denied_exception is_validation_exception,
    list_participant_replicas::ListParticipantReplicasError => is_access_denied_exception is_validation_exception,
    list_participants::ListParticipantsError => is_access_denied_exception is_validation_exception,
    list_public_keys::ListPublicKeysError => is_access_denied_exception is_validation_exception,
    list_stage_sessions::ListStageSessionsError => is_access_denied_exception is_validation_exception,
    list_stages::ListStagesError => is_access_denied_exception is_conflict_exception is_validation_exception,
    list_storage_configurations::ListStorageConfigurationsError => is_access_denied_exception is_conflict_exception
        is_internal_server_exception is_service_quota_exceeded_exception is_validation_exception,
    list_tags_for_resource::ListTagsForResourceError => is_internal_server_exception is_resource_not_found_exception
        is_validation_exception,
    revoke_connection_token::RevokeConnectionTokenError => is_access_denied_exception is_internal_server_exception
        is_validation_exception,
    start_composition::StartCompositionError => is_access_denied_exception is_conflict_exception
        is_internal_server_exception is_pending_verification is_resource_not_found_exception
        is_service_quota_exceeded_exception is_validation_exception,
    start_participant_replication::StartParticipantReplicationError => is_access_denied_exception
        is_conflict_exception is_internal_server_exception is_pending_verification is_resource_not_found_exception
        is_service_quota_exceeded_exception is_validation_exception,
    stop_composition::StopCompositionError => is_access_denied_exception is_conflict_exception
        is_internal_server_exception is_resource_not_found_exception is_service_quota_exceeded_exception
        is_validation_exception,
    stop_participant_replication::StopParticipantReplicationError => is_access_denied_exception
        is_internal_server_exception is_resource_not_found_exception is_validation_exception,
    tag_resource::TagResourceError => is_internal_server_exception is_resource_not_found_exception
        is_validation_exception,
    untag_resource::UntagResourceError => is_internal_server_exception is_resource_not_found_exception
        is_validation_exception,
    update_ingest_configuration::UpdateIngestConfigurationError => is_access_denied_exception is_conflict_exception
        is_pending_verification is_resource_not_found_exception is_validation_exception,
    update_stage::UpdateStageError => is_access_denied_exception is_conflict_exception is_pending_verification
        is_resource_not_found_exception is_service_quota_exceeded_exception is_validation_exception,
}
