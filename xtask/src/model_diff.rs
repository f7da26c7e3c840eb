//! `cargo xtask diff OLD NEW`: what sets two models apart, and what that means
//! for people who call the client.
//!
//! The comparison is `smithy_client_tools::diff`. This room reads the models
//! (`input.rs`) and renders the result for a person (`difference` of the library), for a changelog
//! (`markdown.rs`) or for a program. Whatever cannot be read is an error with
//! an exit code of its own, never "no changes".

pub(crate) mod date;
mod input;
pub(crate) mod markdown;

use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use smithy_client_codegen::visible;
use smithy_client_tools::diff::{Difference, RULES, report};

use cargo_smithy_client::files::Limits;
use cargo_smithy_client::{difference, terminal};

/// What `--help` says below the list of options.
const HELP: &str = "\
OLD and NEW are each a Smithy JSON AST, a directory of such files that make up one model,
a botocore service directory, its service-2.json with the files beside it, a botocore wheel
or any zip, tar or tar.gz that holds one of these, or an https URL of one. Without NEW it is
model/ of this repository.

Each change has a rule with a stable id, the Rust items before and after, and four
verdicts: wire (does an older client still understand the service), Rust (does code still
compile), behaviour (does a running program notice: retries, validation, endpoints,
defaults, pagination, idempotency) and documentation. A verdict is same, additive, changed
or breaking.

The suggested step of the version: what can break source code or calls that compile is
major, and below 1.0.0 minor; whatever else is new or works differently is minor, and
below 1.0.0 a patch; text alone is a patch.

Examples:
  cargo xtask diff old.json
      What model/ has that old.json has not, and the other way round.
  cargo xtask diff old.json new.json --operations CreateStage,GetStage
      Does this touch me?
  cargo xtask diff old.json --format markdown --date 2026-11-17
      An entry for a changelog.
  cargo xtask diff old.json new.json --fail-on breaking
      A gate for CI.

Exit codes:
  0  compared
  1  something changed that --fail-on names
  2  bad arguments, or a model that cannot be read";

/// What `diff` can be asked for.
#[derive(Args, Debug)]
#[command(after_long_help = HELP)]
pub(crate) struct Arguments {
    /// The older model
    #[arg(value_name = "OLD", required_unless_present = "rules")]
    old: Option<String>,

    /// The newer model [default: model/ of this repository]
    #[arg(value_name = "NEW")]
    new: Option<String>,

    /// Tell only what these operations meet, by their names in the model
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    operations: Vec<String>,

    /// The service to compare, where a place holds several [default: that of NEW]
    #[arg(long, value_name = "NAME")]
    service: Option<String>,

    /// For whom the result is told
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// Exit with 1 when there are such changes
    #[arg(long, value_enum, value_name = "WHICH")]
    fail_on: Option<FailOn>,

    /// Compare botocore's documentation, too; that of Smithy models always is
    #[arg(long)]
    documentation: bool,

    /// List the ids of all rules with what each finds, and compare nothing
    #[arg(long, exclusive = true)]
    rules: bool,

    /// The date of the changelog entry [default: today, UTC]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date::parse)]
    date: Option<String>,

    #[command(flatten)]
    limits: Limits,
}

/// For whom a result is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A person: summary, then every change
    Text,
    /// Readers of a changelog
    Markdown,
    /// A program: one JSON object on stdout
    Json,
}

/// Which changes make the command fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Those with a verdict of breaking
    Breaking,
    /// All, documentation included
    Any,
}

/// Runs the command, tells what it came to, and answers with its exit code.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let Some(old) = arguments.old.as_deref() else {
        terminal::tell(&rules(), "");
        return ExitCode::SUCCESS;
    };
    let (out, err, code) = match compare(arguments, old) {
        Ok(difference) => {
            let fails = arguments.fail_on.is_some_and(|which| fails(&difference, which));
            (told(&difference, arguments, fails), String::new(), u8::from(fails))
        }
        Err(message) => {
            let out = match arguments.format {
                Format::Json => format!("{}\n", refusal(&message)),
                Format::Text | Format::Markdown => String::new(),
            };
            (out, format!("error: {message}\n"), 2)
        }
    };
    terminal::tell(&out, &err);
    ExitCode::from(code)
}

/// Every rule, a line each.
fn rules() -> String {
    RULES.iter().map(|rule| format!("{:<40}{}\n", rule.id(), rule.meaning())).collect()
}

/// Reads both models and compares them.
///
/// # Errors
///
/// Why one of them cannot be read, or which operation there is not.
fn compare(arguments: &Arguments, old: &str) -> Result<Difference, String> {
    let (old, new) = input::both(
        old,
        arguments.new.as_deref(),
        arguments.service.as_deref(),
        arguments.documentation,
        arguments.limits,
    )?;
    report(&old, &new, &arguments.operations).map_err(|failure| failure.to_string())
}

fn fails(difference: &Difference, which: FailOn) -> bool {
    match which {
        FailOn::Breaking => difference.is_breaking(),
        FailOn::Any => !difference.is_empty(),
    }
}

fn told(difference: &Difference, arguments: &Arguments, fails: bool) -> String {
    match arguments.format {
        Format::Text => visible::lines(&difference::render(difference)).into_owned(),
        Format::Markdown => {
            let date = arguments.date.clone().unwrap_or_else(date::today);
            markdown::render(difference, &date)
        }
        Format::Json => format!("{}\n", object(difference, fails)),
    }
}

/// The result as one JSON object: the summary, then all that the comparison found.
fn object(difference: &Difference, fails: bool) -> Value {
    let mut object = json!({
        "command": "diff",
        "status": if difference.is_empty() { "same" } else { "different" },
        "exit_code": u8::from(fails),
        "message": null,
        "summary": difference.summary(),
        "breaking": difference.is_breaking(),
    });
    if let (Value::Object(object), Ok(Value::Object(found))) = (&mut object, serde_json::to_value(difference)) {
        object.extend(found);
    }
    object
}

fn refusal(message: &str) -> Value {
    json!({"command": "diff", "status": "unreadable", "exit_code": 2, "message": message})
}
