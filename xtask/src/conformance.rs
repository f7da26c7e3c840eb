//! `cargo xtask conformance MODEL...`: Smithy's protocol tests, against clients that are emitted for that.
//!
//! What the cases are, and what of them becomes Rust, is known by `smithy_client_codegen::protocol_tests`. This room reads
//! the models (`models.rs`), builds clients and programs (`scratch.rs`), runs them (`trial.rs`), judges what they sent
//! (`judge.rs`), and tells a person or a program what came of it (`report.rs`). With `--endpoints` the cases are those of a
//! service's endpoint rules, which `endpoints.rs` runs in the same workspace.

mod endpoints;
mod judge;
mod models;
mod report;
mod scratch;
mod trial;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::codegen::Format;
use crate::terminal::{failed, say};
use cargo_smithy_client::files::Limits;
use trial::Row;

/// What `--help` says below the list of options.
const HELP: &str = "\
MODEL is a Smithy JSON AST with the traits smithy.test#httpRequestTests and #httpResponseTests on
operations and errors, as Smithy publishes them for each protocol; or a folder of such files. For
each service a client is emitted, with a program that calls it once for each case. Requests are
taken below the signer, responses go through the client's own deserializer, and nothing is sent
anywhere. What a case says is compared as Smithy asks for: bodies of JSON by their value, others by
their bytes; what it does not say is not compared. Cases for servers or of other protocols are
skipped, and so are those of operations that cannot be emitted. Cases of smithy.test#eventStreamTests
send and receive the messages of streams of events.

With --endpoints the cases are those of smithy.rules#endpointTests: parameters go through the
resolver of an emitted client, and calls through a client whose settings they name. Both forms of the
rules, smithy.rules#endpointRuleSet and #endpointBdd, have to lead to the same where a model has
both. Of a service whose protocol cannot be emitted the rules alone are tested. A case that holds for
partitions of another age than ours, such as one without dual stack, is skipped with that reason.

Clients and programs are built below target/conformance/, which may be deleted.

Examples:
  cargo xtask conformance ../shared/conformance/restJson1.json ../shared/conformance/awsJson1_0.json
      Every case: a line for each that failed, why some were skipped, and the sum.
  cargo xtask conformance --filter Timestamp ../shared/conformance
      Only cases with this in their id, of every model of a folder.
  cargo xtask conformance --list ../shared/conformance/restJson1.json
      The cases with operation or error, protocol, whether they are skipped, and what they are
      about; nothing is built.
  cargo xtask conformance --endpoints ../shared/models/aws-2026/dynamodb.json
      The endpoint tests of DynamoDB: regions, FIPS, dual stack, accounts, and calls.
  cargo xtask conformance --format json ../shared/conformance/restJson1.json
      One JSON object on stdout: each case with its status and its differences.

Exit codes:
  0  no case failed
  1  a case failed, or cannot be written or compiled
  2  bad arguments, a model that cannot be read, or nothing can be built here";

/// What `conformance` can be asked for.
#[derive(Args, Debug)]
#[command(after_long_help = HELP)]
pub(crate) struct Arguments {
    /// Models with protocol tests, or folders of them
    #[arg(value_name = "MODEL", required = true)]
    models: Vec<PathBuf>,

    /// Run the cases of endpoint rules instead of those of protocols
    #[arg(long)]
    endpoints: bool,

    /// List the cases, and build nothing
    #[arg(long)]
    list: bool,

    /// Only cases whose id has this text in it
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,

    #[command(flatten)]
    limits: Limits,

    /// For whom the result is told
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Runs the command, tells what it came to, and answers with its exit code.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let attempted = if arguments.endpoints { endpoints::attempt(arguments) } else { protocols(arguments) };
    match attempted {
        Ok((text, has_failed)) => {
            // A reader that hangs up early, as `head` does, is nothing to complain about.
            let _ = io::stdout().write_all(text.as_bytes());
            ExitCode::from(u8::from(has_failed))
        }
        Err(reason) => failed(&reason),
    }
}

/// What is told of protocol tests, and whether one failed.
fn protocols(arguments: &Arguments) -> Result<(String, bool), String> {
    let rows = tried(arguments)?;
    let text = match (arguments.format, arguments.list) {
        (Format::Text, true) => report::list(&rows),
        (Format::Text, false) => report::text(&rows),
        (Format::Json, _) => report::machine(&rows),
    };
    Ok((text, !arguments.list && rows.iter().any(|row| row.verdict.has_failed())))
}

/// What the cases that are asked for come to.
///
/// # Errors
///
/// What cannot be read, or why nothing can be built.
fn tried(arguments: &Arguments) -> Result<Vec<Row>, String> {
    let mut models = models::read(&arguments.models, arguments.limits)?;
    let asked = |id: &str| arguments.filter.as_deref().is_none_or(|filter| id.contains(filter));
    // A service keeps all of its cases or none, so that what is built does not depend on the filter.
    for model in &mut models {
        model.suites.retain(|suite| suite.cases.iter().any(|case| asked(&case.id)));
    }
    let mut rows = if arguments.list { trial::planned(models)? } else { trial::tried(models, &say)? };
    say("");
    rows.retain(|row| asked(&row.case.id));
    Ok(rows)
}
