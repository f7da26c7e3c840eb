//! `cargo xtask conformance MODEL...`: Smithy's protocol tests, against clients that are emitted for that.
//!
//! What the cases are, and what of them becomes Rust, is known by `smithy_client_codegen::protocol_tests`. This room
//! reads the models (`models.rs`) and tells a person or a program what came of it (`told.rs`).

mod models;
mod told;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use crate::files::Limits;
use models::Model;

/// What `--help` says below the list of options.
const HELP: &str = "\
MODEL is a Smithy JSON AST with the traits smithy.test#httpRequestTests and #httpResponseTests on
operations and errors, as Smithy publishes them for each protocol; or a folder of such files.

Examples:
  cargo xtask conformance --list ../shared/conformance/restJson1.json
      The cases, with the service, the operation or error, the protocol and what each is about.
  cargo xtask conformance --list --filter Timestamp ../shared/conformance
      Those with this in their id.

Exit codes:
  0  the cases are listed
  2  bad arguments, or a model that cannot be read";

/// What `conformance` can be asked for.
#[derive(Args, Debug)]
#[command(after_long_help = HELP)]
pub(crate) struct Arguments {
    /// Models with protocol tests, or folders of them
    #[arg(value_name = "MODEL", required = true)]
    models: Vec<PathBuf>,

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

/// For whom a result is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A person: a line for each case
    Text,
    /// A program: one JSON object on stdout
    Json,
}

/// Runs the command, tells what it came to, and answers with its exit code.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let models = match models::read(&arguments.models, arguments.limits) {
        Ok(models) => models,
        Err(reason) => {
            eprintln!("error: {}", reason.trim_end());
            return ExitCode::from(2);
        }
    };
    let models: Vec<Model> = models.into_iter().map(|model| model.only(arguments.filter.as_deref())).collect();
    let text = match arguments.format {
        Format::Text => told::list(&models),
        Format::Json => told::machine_list(&models),
    };
    // A reader that hangs up early, as `head` does, is nothing to complain about.
    let _ = io::stdout().write_all(text.as_bytes());
    ExitCode::SUCCESS
}
