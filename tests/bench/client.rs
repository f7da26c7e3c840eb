//! The client of the programs that talk to a server on loopback.

use std::process::ExitCode;

use aws_sdk_ivsrealtime::Client;
use aws_sdk_ivsrealtime::config::{BehaviorVersion, Builder, Config, Region};

/// The settings of every client: a region, and the credentials of nobody.
pub(crate) fn settings() -> Builder {
    Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-central-1"))
        .credentials_provider(bench_harness::credentials())
}

/// A client of the server at `endpoint`, by HTTP without TLS.
pub(crate) fn on_loopback(endpoint: &str) -> Client {
    let http = bench_harness::plain_http();
    Client::from_conf(settings().endpoint_url(endpoint).http_client(http).build())
}

/// Tells a failure on stderr.
pub(crate) fn finish(result: Result<(), String>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}
