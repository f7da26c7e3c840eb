//! `cargo xtask docs-coverage`: what of the model lacks documentation, and what documentation is in a wrong form.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;
use smithy_client_codegen::visible;
use smithy_client_tools::coverage::{Coverage, coverage};

use crate::codegen::Format;
use crate::codegen::sources;
use crate::workspace;
use cargo_smithy_client::files::Limits;
use cargo_smithy_client::source::Sources;
use cargo_smithy_client::terminal;

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
    /// Model to look at instead of model/, in any form that `codegen` reads; repeat it to merge several
    #[arg(long = "model", value_name = "PATH")]
    models: Vec<PathBuf>,

    #[command(flatten)]
    limits: Limits,

    /// For whom the result is told
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Runs the command, tells what it came to, and answers with its exit code.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let (code, out, err) = match sources(arguments).map(|sources| coverage(&sources.texts)) {
        Ok(Ok(found)) => (u8::from(!found.is_complete()), told(&found, arguments.format), String::new()),
        Ok(Err(report)) => (1, refusal(arguments.format, 1, &report.to_string()), format!("{report}\n")),
        Err(reason) => (2, refusal(arguments.format, 2, &reason), format!("error: {reason}\n")),
    };
    terminal::tell(&out, &err);
    ExitCode::from(code)
}

/// The files of the model.
fn sources(arguments: &Arguments) -> Result<Sources, String> {
    if !arguments.models.is_empty() {
        return Sources::of_paths(&arguments.models, None, arguments.limits);
    }
    let here = std::env::current_dir().map_err(|cause| format!("cannot find the current directory: {cause}"))?;
    sources::of_repository(&workspace::root(&here), arguments.limits)
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
        text += &format!("undocumented: {}\n", visible::line(id));
    }
    for fault in &found.faults {
        text += &format!("{}: {}\n", visible::line(&fault.id), visible::line(&fault.message));
    }
    text + &format!("docs-coverage: {} undocumented, {} other faults\n", found.missing.len(), found.faults.len())
}

fn refusal(format: Format, code: u8, reason: &str) -> String {
    let status = if code == 1 { "refused" } else { "unreadable" };
    let object = json!({ "command": "docs-coverage", "status": status, "exit_code": code, "message": reason });
    if format == Format::Json { format!("{object}\n") } else { String::new() }
}
