//! `cargo xtask docs-coverage`: what of the model lacks documentation, and what documentation is in a wrong form.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;
use smithy_client_codegen::Source;
use smithy_client_codegen::coverage::{Coverage, coverage};

use crate::codegen::{Format, repository_sources, source};
use crate::workspace;

/// What `--help` says below the list of options.
const HELP: &str = "\
Everything that a user of the client meets has documentation in the model: the service, every
operation, structure, union, enum, member, value and error. It is Markdown without HTML tags,
its links lead to names that exist, and each operation has an example that fits its input.

Exit codes:
  0  nothing is missing and nothing is wrong
  1  something is, or the model is refused
  2  bad arguments, or a file that cannot be read";

/// What `docs-coverage` can be asked for.
#[derive(Args, Debug)]
#[command(after_long_help = HELP)]
pub(crate) struct Arguments {
    /// Smithy JSON model to look at instead of model/; repeat it to merge several files
    #[arg(long = "model", value_name = "FILE")]
    models: Vec<PathBuf>,

    /// For whom the result is told
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Runs the command, tells what it came to, and answers with its exit code.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let (code, out, err) = match sources(arguments).map(|sources| coverage(&sources)) {
        Ok(Ok(found)) => (u8::from(!found.is_complete()), told(&found, arguments.format), String::new()),
        Ok(Err(report)) => (1, refusal(arguments.format, 1, &report.to_string()), format!("{report}\n")),
        Err(reason) => (2, refusal(arguments.format, 2, &reason), format!("error: {reason}\n")),
    };
    // A reader that hangs up early is nothing to complain about, and there is nobody else to complain to.
    let _ = io::stderr().write_all(err.as_bytes());
    let _ = io::stdout().write_all(out.as_bytes());
    ExitCode::from(code)
}

/// The files of the model.
fn sources(arguments: &Arguments) -> Result<Vec<Source>, String> {
    if !arguments.models.is_empty() {
        return arguments.models.iter().map(|file| source(file)).collect();
    }
    let here = std::env::current_dir().map_err(|cause| format!("cannot find the current directory: {cause}"))?;
    repository_sources(&workspace::root(&here))
}

fn told(found: &Coverage, format: Format) -> String {
    match format {
        Format::Text => text(found),
        Format::Json => {
            let status = if found.is_complete() { "complete" } else { "incomplete" };
            let (code, missing) = (u8::from(!found.is_complete()), found.missing.len());
            let object = json!({
                "command": "docs-coverage",
                "status": status,
                "exit_code": code,
                "message": null,
                "undocumented": missing,
                "kinds": found.kinds,
                "missing": found.missing,
                "faults": found.faults,
            });
            format!("{object}\n")
        }
    }
}

fn text(found: &Coverage) -> String {
    let mut text = String::new();
    for (kind, tally) in &found.kinds {
        text += &format!("{kind:<12}{:>5} of {}\n", tally.documented, tally.all);
    }
    for id in &found.missing {
        text += &format!("undocumented: {id}\n");
    }
    for fault in &found.faults {
        text += &format!("{}: {}\n", fault.id, fault.message);
    }
    text + &format!("docs-coverage: {} undocumented, {} other faults\n", found.missing.len(), found.faults.len())
}

fn refusal(format: Format, code: u8, reason: &str) -> String {
    let status = if code == 1 { "refused" } else { "unreadable" };
    let object = json!({ "command": "docs-coverage", "status": status, "exit_code": code, "message": reason });
    if format == Format::Json { format!("{object}\n") } else { String::new() }
}
