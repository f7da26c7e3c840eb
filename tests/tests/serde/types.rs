//! Every type of the client, callable without knowing which it is.

use std::fmt::Debug;

use ivs_realtime::operation::*;
use ivs_realtime::serde::Exposed;
use ivs_realtime::types::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use smithy_client_runtime::format::json::encode::encode_body;
use smithy_client_runtime::format::json::fill::read_shape;
use smithy_client_runtime::format::json::read::JsonReader;
use smithy_client_runtime::operation::Operation;
use smithy_client_runtime::shape::{Location, Shape, same_shape};

/// A structure of the client.
#[derive(Clone, Copy)]
pub(crate) struct Type {
    /// Its name in Rust.
    pub(crate) name: &'static str,
    /// The value that JSON stands for.
    pub(crate) read: fn(&Value) -> serde_json::Result<Box<dyn Known>>,
    /// The value that the reader of responses makes of a body.
    pub(crate) receive: fn(&str) -> Box<dyn Known>,
}

/// A value of a structure.
pub(crate) trait Known: Debug {
    /// What is written unless somebody asks for secrets.
    fn plain(&self) -> Value;

    /// What is written with secrets.
    fn exposed(&self) -> Value;

    /// The body that a request would have.
    fn body(&self) -> Value;

    /// Names of the members that do not travel in the body.
    fn bound(&self) -> Vec<&'static str>;

    /// Its shape.
    fn shape(&self) -> &dyn Shape;
}

impl<T: Shape + Serialize> Known for T {
    fn plain(&self) -> Value {
        serde_json::to_value(self).expect("any value can be written")
    }

    fn exposed(&self) -> Value {
        serde_json::to_value(Exposed(self)).expect("any value can be written")
    }

    fn body(&self) -> Value {
        let body = encode_body(self).expect("any value can be sent");
        serde_json::from_str(&body).expect("a body is JSON")
    }

    fn bound(&self) -> Vec<&'static str> {
        let members = self.schema().members().enumerate();
        members
            .filter(|(_, member)| member.location != Location::Body)
            .map(|(index, _)| self.schema().member_name(index))
            .collect()
    }

    fn shape(&self) -> &dyn Shape {
        self
    }
}

/// Whether two values are one.
pub(crate) fn same(one: &dyn Known, other: &dyn Known) -> bool {
    // NaN does not equal itself.
    same_shape(one.shape(), other.shape()) || one.exposed().to_string().contains("\"NaN\"")
}

fn of<T: Shape + Serialize + DeserializeOwned>() -> Type {
    Type {
        name: T::empty().schema().name,
        read: |json| Ok(Box::new(serde_json::from_value::<T>(json.clone())?)),
        receive: |body| {
            let mut shape = T::empty();
            read_shape(&mut JsonReader::new(body.as_bytes()), &mut shape).expect("a body that the model allows");
            Box::new(shape)
        },
    }
}

/// The input and the output of an operation.
fn both<I>() -> [Type; 2]
where
    I: Operation + Serialize + DeserializeOwned,
    I::Output: Serialize + DeserializeOwned,
{
    [of::<I>(), of::<I::Output>()]
}

macro_rules! structures {
    ($($name:ident)*) => {
        /// Structures that are neither inputs nor outputs.
        pub(crate) fn structures() -> Vec<Type> {
            vec![$(of::<$name>()),*]
        }
    };
}

structures! {
    AutoParticipantRecordingConfiguration ChannelDestinationConfiguration Composition
    CompositionRecordingHlsConfiguration CompositionSummary CompositionThumbnailConfiguration Destination
    DestinationConfiguration DestinationDetail DestinationSummary EncoderConfiguration EncoderConfigurationSummary
    Event ExchangedParticipantToken GridConfiguration IngestConfiguration IngestConfigurationSummary
    LayoutConfiguration Participant ParticipantRecordingHlsConfiguration ParticipantReplica ParticipantSummary
    ParticipantThumbnailConfiguration ParticipantToken ParticipantTokenConfiguration PipConfiguration PublicKey
    PublicKeySummary RecordingConfiguration RedundantIngestCredential S3DestinationConfiguration S3Detail
    S3StorageConfiguration Stage StageEndpoints StageSession StageSessionSummary StageSummary StorageConfiguration
    StorageConfigurationSummary Video
}

macro_rules! exceptions {
    ($($name:ident)*) => {
        /// Exceptions.
        pub(crate) fn exceptions() -> Vec<Type> {
            vec![$(of::<error::$name>()),*]
        }
    };
}

exceptions! {
    AccessDeniedException ConflictException InternalServerException PendingVerification ResourceNotFoundException
    ServiceQuotaExceededException ValidationException
}

macro_rules! operations {
    ($($module:ident::$input:ident)*) => {
        /// Inputs and outputs, in pairs.
        pub(crate) fn operations() -> Vec<[Type; 2]> {
            vec![$(both::<$module::$input>()),*]
        }
    };
}

operations! {
    create_encoder_configuration::CreateEncoderConfigurationInput
    create_ingest_configuration::CreateIngestConfigurationInput create_participant_token::CreateParticipantTokenInput
    create_stage::CreateStageInput create_storage_configuration::CreateStorageConfigurationInput
    delete_encoder_configuration::DeleteEncoderConfigurationInput
    delete_ingest_configuration::DeleteIngestConfigurationInput delete_public_key::DeletePublicKeyInput
    delete_stage::DeleteStageInput delete_storage_configuration::DeleteStorageConfigurationInput
    disconnect_participant::DisconnectParticipantInput get_composition::GetCompositionInput
    get_encoder_configuration::GetEncoderConfigurationInput get_ingest_configuration::GetIngestConfigurationInput
    get_participant::GetParticipantInput get_public_key::GetPublicKeyInput get_stage::GetStageInput
    get_stage_session::GetStageSessionInput get_storage_configuration::GetStorageConfigurationInput
    import_public_key::ImportPublicKeyInput list_compositions::ListCompositionsInput
    list_encoder_configurations::ListEncoderConfigurationsInput
    list_ingest_configurations::ListIngestConfigurationsInput list_participant_events::ListParticipantEventsInput
    list_participant_replicas::ListParticipantReplicasInput list_participants::ListParticipantsInput
    list_public_keys::ListPublicKeysInput list_stage_sessions::ListStageSessionsInput list_stages::ListStagesInput
    list_storage_configurations::ListStorageConfigurationsInput list_tags_for_resource::ListTagsForResourceInput
    revoke_connection_token::RevokeConnectionTokenInput start_composition::StartCompositionInput
    start_participant_replication::StartParticipantReplicationInput stop_composition::StopCompositionInput
    stop_participant_replication::StopParticipantReplicationInput tag_resource::TagResourceInput
    untag_resource::UntagResourceInput update_ingest_configuration::UpdateIngestConfigurationInput
    update_stage::UpdateStageInput
}

/// An enum of the client.
#[derive(Clone, Copy)]
pub(crate) struct Enumeration {
    /// Its name.
    pub(crate) name: &'static str,
    /// Reads a value and writes it again, with what the value says of itself.
    pub(crate) through: fn(&str) -> (Value, String),
}

macro_rules! enumerations {
    ($($name:ident)*) => {
        /// Every enum.
        pub(crate) const ENUMERATIONS: &[Enumeration] = &[$(Enumeration {
            name: stringify!($name),
            through: |text| {
                let value: $name = serde_json::from_value(text.into()).expect("any text is a value");
                (serde_json::to_value(&value).expect("any value can be written"), value.as_str().to_owned())
            },
        }),*];
    };
}

enumerations! {
    CompositionState DestinationState EventErrorCode EventName IngestConfigurationState IngestProtocol
    ParticipantProtocol ParticipantRecordingFilterByRecordingState ParticipantRecordingMediaType
    ParticipantRecordingState ParticipantState ParticipantTokenCapability PipBehavior PipPosition
    RecordingConfigurationFormat ReplicationState ReplicationType ThumbnailRecordingMode ThumbnailStorageType
    VideoAspectRatio VideoFillMode
}
