//! An application that calls all 40 operations, each with typed input and output.
//!
//! Usage: `consumer_all ENDPOINT OPERATION...`, the operations as in `create_stage`

mod client;
mod consumer_all {
    pub(crate) mod compositions;
    pub(crate) mod configurations;
    pub(crate) mod ingest;
    pub(crate) mod participants;
    pub(crate) mod stages;
}

use std::process::ExitCode;

use aws_sdk_ivsrealtime::{Client, Error};
use consumer_all::{compositions, configurations, ingest, participants, stages};

/// The ARN in every call.
pub(crate) const ARN: &str = "arn:aws:ivs:eu-central-1:123456789012:stage/abcdABCDefgh";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(endpoint) = arguments.next() else {
        return client::finish(Err("usage: consumer_all ENDPOINT OPERATION...".to_owned()));
    };
    client::finish(bench_harness::block_on(Box::pin(async move {
        let client = client::on_loopback(&endpoint);
        for operation in arguments {
            call(&client, &operation).await.map_err(|error| format!("{operation}: {error}"))?;
        }
        Ok(())
    })))
}

async fn call(client: &Client, operation: &str) -> Result<(), Error> {
    match operation {
        "create_stage" => stages::create(client).await,
        "get_stage" => stages::get(client).await,
        "update_stage" => stages::update(client).await,
        "delete_stage" => stages::delete(client).await,
        "list_stages" => stages::list(client).await,
        "get_stage_session" => stages::session(client).await,
        "list_stage_sessions" => stages::sessions(client).await,
        "list_tags_for_resource" => stages::tags(client).await,
        "tag_resource" => stages::tag(client).await,
        "untag_resource" => stages::untag(client).await,
        "create_participant_token" => participants::token(client).await,
        "disconnect_participant" => participants::disconnect(client).await,
        "revoke_connection_token" => participants::revoke(client).await,
        "get_participant" => participants::get(client).await,
        "list_participants" => participants::list(client).await,
        "list_participant_events" => participants::events(client).await,
        "list_participant_replicas" => participants::replicas(client).await,
        "start_participant_replication" => participants::replicate(client).await,
        "stop_participant_replication" => participants::stop_replication(client).await,
        "start_composition" => compositions::start(client).await,
        "get_composition" => compositions::get(client).await,
        "stop_composition" => compositions::stop(client).await,
        "list_compositions" => compositions::list(client).await,
        "create_ingest_configuration" => ingest::create(client).await,
        "get_ingest_configuration" => ingest::get(client).await,
        "update_ingest_configuration" => ingest::update(client).await,
        "delete_ingest_configuration" => ingest::delete(client).await,
        "list_ingest_configurations" => ingest::list(client).await,
        other => configurations::call(client, other).await,
    }
}
