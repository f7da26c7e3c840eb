//! The operations: each a function from the emitted input to the emitted output.

mod compositions;
mod configurations;
mod ingest;
mod keys;
mod participants;
mod replications;
mod stages;
mod tags;
mod tokens;

pub(super) use compositions::{Phase, end_idle, phase};
pub(super) use ingest::connect as connect_encoder;
pub(super) use participants::{Arrival, disconnect, join, publish, subscribe};
pub(super) use replications::settle as settle_replications;

use ivs_realtime::serde::Exposed;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::failure::{Failure, Kind};
use super::world::Call;

/// What serves an operation: its input in JSON to its output in JSON.
pub(super) type Handler = fn(&mut Call<'_>, Value) -> Result<Value, Failure>;

/// Runs a function of emitted types.
fn typed<I: DeserializeOwned, O>(
    call: &mut Call<'_>,
    input: Value,
    function: fn(&mut Call<'_>, I) -> Result<O, Failure>,
) -> Result<Value, Failure>
where
    for<'o> Exposed<'o, O>: Serialize,
{
    let input = serde_json::from_value(input).map_err(|error| Failure::validation(error.to_string()))?;
    let output = function(call, input)?;
    serde_json::to_value(Exposed(&output)).map_err(|error| Failure::new(Kind::Internal, error.to_string()))
}

/// One arm for each operation that is served.
macro_rules! handlers {
    ($($name:literal => $function:path,)*) => {
        /// The handler of an operation; `None` for one that the server does not have.
        pub(super) fn handler(operation: &str) -> Option<Handler> {
            match operation {
                $($name => Some(|call, input| typed(call, input, $function)),)*
                _ => None,
            }
        }
    };
}

handlers! {
    "CreateEncoderConfiguration" => configurations::create_encoder,
    "CreateIngestConfiguration" => ingest::create,
    "CreateParticipantToken" => tokens::create,
    "CreateStage" => stages::create,
    "CreateStorageConfiguration" => configurations::create_storage,
    "DeleteEncoderConfiguration" => configurations::delete_encoder,
    "DeleteIngestConfiguration" => ingest::delete,
    "DeletePublicKey" => keys::delete,
    "DeleteStage" => stages::delete,
    "DeleteStorageConfiguration" => configurations::delete_storage,
    "DisconnectParticipant" => participants::disconnect_one,
    "GetComposition" => compositions::get,
    "GetEncoderConfiguration" => configurations::get_encoder,
    "GetIngestConfiguration" => ingest::get,
    "GetParticipant" => participants::get,
    "GetPublicKey" => keys::get,
    "GetStage" => stages::get,
    "GetStageSession" => stages::get_session,
    "GetStorageConfiguration" => configurations::get_storage,
    "ImportPublicKey" => keys::import,
    "ListCompositions" => compositions::list,
    "ListEncoderConfigurations" => configurations::list_encoders,
    "ListIngestConfigurations" => ingest::list,
    "ListParticipantEvents" => participants::list_events,
    "ListParticipantReplicas" => replications::list,
    "ListParticipants" => participants::list,
    "ListPublicKeys" => keys::list,
    "ListStageSessions" => stages::list_sessions,
    "ListStages" => stages::list,
    "ListStorageConfigurations" => configurations::list_storages,
    "ListTagsForResource" => tags::list,
    "RevokeConnectionToken" => tokens::revoke,
    "StartComposition" => compositions::start,
    "StartParticipantReplication" => replications::start,
    "StopComposition" => compositions::stop,
    "StopParticipantReplication" => replications::stop,
    "TagResource" => tags::put,
    "UntagResource" => tags::remove,
    "UpdateIngestConfiguration" => ingest::update,
    "UpdateStage" => stages::update,
}

#[cfg(test)]
mod tests {
    use super::handler;
    use crate::model::Model;

    #[test]
    fn every_operation_of_the_model_is_served() {
        let operations = Model::load().operations();
        let missing: Vec<_> = operations.iter().filter(|found| handler(&found.name).is_none()).collect();
        assert!(missing.is_empty(), "{missing:?}");
        assert_eq!(operations.len(), 40);
    }
}
