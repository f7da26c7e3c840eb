//! Calls of one kind, many times over, to be measured from outside: twice with different counts, so that the difference
//! is the calls alone.
//!
//! Usage: `calls WORK COUNT BODY [ENDPOINT]`
//!
//! BODY is a file with the JSON of every answer. With ENDPOINT the calls go there, signed, over HTTP, or are answered in
//! memory where it is `memory`; without it they are answered in memory and not signed. The work whose name starts with `build` makes inputs and drops them; with `serde` it
//! decodes BODY, or encodes the same input, by `serde_json` and derived code. On stdout: a number that grows with what was
//! decoded, the same for every client that does the same work.

mod client;

use std::hint::black_box;
use std::process::ExitCode;

use aws_sdk_ivsrealtime::config::Builder;
use aws_sdk_ivsrealtime::operation::create_stage::builders::CreateStageFluentBuilder;
use aws_sdk_ivsrealtime::types::{
    AutoParticipantRecordingConfiguration, ParticipantRecordingMediaType, ParticipantTokenCapability,
    ParticipantTokenConfiguration,
};
use aws_sdk_ivsrealtime::{Client, Error};
use bench_harness::{ARN, TOKENS, derived};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    client::finish(run(&arguments))
}

fn run(arguments: &[String]) -> Result<(), String> {
    let [work, count, body, endpoint @ ..] = arguments else {
        return Err("usage: calls WORK COUNT BODY [ENDPOINT]".to_owned());
    };
    let count = count.parse().map_err(|cause| format!("COUNT `{count}`: {cause}"))?;
    let body = std::fs::read(body).map_err(|cause| format!("cannot read {body}: {cause}"))?;
    if let Some(kind) = work.strip_prefix("serde-") {
        println!("{}", derived::run(kind, count, &body)?);
        return Ok(());
    }
    let client = match endpoint.first().map(String::as_str) {
        None => Client::from_conf(in_memory(body).allow_no_auth().build()),
        Some("memory") => Client::from_conf(in_memory(body).build()),
        Some(endpoint) => client::on_loopback(endpoint),
    };
    let work = work.clone();
    bench_harness::block_on(Box::pin(async move {
        let total = repeat(&client, &work, count).await.map_err(|error| format!("{work}: {error}"))?;
        println!("{total}");
        Ok(())
    }))
}

/// The settings of a client whose every call is answered with `body`.
fn in_memory(body: Vec<u8>) -> Builder {
    let http = bench_harness::canned_http(Vec::leak(body));
    client::settings().endpoint_url("http://127.0.0.1").http_client(http)
}

async fn repeat(client: &Client, work: &str, count: usize) -> Result<usize, Error> {
    let mut total = 0;
    for _ in 0..count {
        total += match work {
            "list-compositions" => list_compositions(client).await?,
            "get-composition" => get_composition(client).await?,
            "create-stage" => create_stage(full_stage(client)?).await?,
            "create-stage-empty" => create_stage(client.create_stage()).await?,
            "build-stage" => built(full_stage(client)?),
            "build-stage-empty" => built(client.create_stage()),
            _ => return Ok(0),
        };
    }
    Ok(total)
}

async fn list_compositions(client: &Client) -> Result<usize, Error> {
    let page = client.list_compositions().max_results(100).send().await?;
    Ok(black_box(page).compositions().iter().map(|composition| 1 + composition.destinations().len()).sum())
}

async fn get_composition(client: &Client) -> Result<usize, Error> {
    let found = black_box(client.get_composition().arn(ARN).send().await?);
    Ok(found.composition().map_or(0, |composition| 1 + composition.destinations().len()))
}

async fn create_stage(call: CreateStageFluentBuilder) -> Result<usize, Error> {
    let created = black_box(call.send().await?);
    Ok(created.stage().map_or(0, |_| 1 + created.participant_tokens().len()))
}

fn built(call: CreateStageFluentBuilder) -> usize {
    let call = black_box(call);
    call.get_participant_token_configurations().as_ref().map_or(0, Vec::len)
}

/// The large input of `CreateStage`; the one for serde is the same.
fn full_stage(client: &Client) -> Result<CreateStageFluentBuilder, Error> {
    let recording = AutoParticipantRecordingConfiguration::builder()
        .storage_configuration_arn(ARN)
        .media_types(ParticipantRecordingMediaType::AudioVideo)
        .recording_reconnect_window_seconds(30)
        .build()?;
    let mut call = client.create_stage().name("main hall").tags("team", "live");
    for number in 0..TOKENS {
        let token = ParticipantTokenConfiguration::builder()
            .duration(720)
            .user_id(format!("participant-{number}"))
            .attributes("role", "guest")
            .capabilities(ParticipantTokenCapability::Publish)
            .capabilities(ParticipantTokenCapability::Subscribe)
            .build();
        call = call.participant_token_configurations(token);
    }
    Ok(call.auto_participant_recording_configuration(recording))
}
