//! `cargo smithy-client outdated`: what newer models change for what is in use.

use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::update::chosen;
use super::{Answer, Format, Place, without_clients};
use cargo_smithy_client::difference;
use cargo_smithy_client::manifest::Client;
use cargo_smithy_client::models::Model;
use cargo_smithy_client::parallel::on_all_cores;
use cargo_smithy_client::site::Site;
use cargo_smithy_client::terminal::Progress;
use smithy_client_codegen::visible;
use smithy_client_tools::diff::{Difference, report};

/// What lines that sum up begin with.
const PROGRAM: &str = "outdated";

/// What `--help` says below the list of options.
const HELP: &str = "\
Compares the model that smithy-client.lock pins for each client with the one that its source has now,
as `update` would take it, and tells what sets them apart for the operations and types that the client
has: each change with a rule, the Rust items before and after, and four verdicts, on the wire, in Rust
code, in behaviour and in documentation. Nothing is written.

Examples:
  cargo smithy-client outdated
      Every client.
  cargo smithy-client outdated dynamodb --fail-on breaking
      A gate: 1 if a change of DynamoDB would break the program.
  cargo smithy-client outdated --format json
      One JSON object on stdout.

Exit codes:
  0  compared, whatever came of it
  1  something changed that --fail-on names
  2  bad arguments, or a model that cannot be read";

/// What `outdated` can be asked for.
#[derive(Args, Clone, Debug)]
#[command(after_long_help = HELP)]
pub(crate) struct Arguments {
    /// The clients to look at [default: all]
    #[arg(value_name = "NAME")]
    names: Vec<String>,

    /// Exit with 1 when there are such changes
    #[arg(long, value_enum, value_name = "WHICH")]
    fail_on: Option<FailOn>,

    #[command(flatten)]
    place: Place,
}

/// Which changes make the command fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Those with a verdict of breaking
    Breaking,
    /// All that touch what is in use, documentation included
    Any,
}

/// What there is to say of a client.
enum State {
    /// Its source has the locked model.
    Current,
    /// No model is locked.
    Unlocked,
    /// Its source has another one.
    Other(Box<Difference>),
    /// Something cannot be read or compared.
    Failed(String),
}

/// Runs the command, tells what it came to, and answers with its exit code.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    arguments.place.told(PROGRAM, arguments.place.look().and_then(|site| attempt(arguments, &site)))
}

fn attempt(arguments: &Arguments, site: &Site) -> Result<Answer, String> {
    let names = chosen(site, &arguments.names)?;
    if names.is_empty() {
        return Ok(without_clients(PROGRAM));
    }
    let clients: Vec<(&str, &Client)> =
        names.iter().filter_map(|name| Some((*name, site.manifest.content.clients.get(*name)?))).collect();
    let progress = Progress::new(clients.len(), arguments.place.format == Format::Text);
    let states = on_all_cores(&clients, |(name, client)| {
        let state = compared(site, name, client).unwrap_or_else(State::Failed);
        progress.step(name);
        state
    });
    drop(progress);
    let mut answer = Answer::default();
    let mut objects = Vec::new();
    for ((name, client), state) in clients.iter().zip(&states) {
        let (out, err) = told(name, client, state);
        answer.out += &out;
        answer.err += &err;
        let code = match state {
            State::Failed(_) => 2,
            State::Other(difference) => u8::from(arguments.fail_on.is_some_and(|which| fails(difference, which))),
            State::Current | State::Unlocked => 0,
        };
        answer.code = answer.code.max(code);
        objects.push(object(name, state));
    }
    answer.object = json!({ "command": PROGRAM, "status": "compared", "exit_code": answer.code, "clients": objects });
    Ok(answer)
}

fn fails(difference: &Difference, which: FailOn) -> bool {
    match which {
        FailOn::Breaking => difference.is_breaking(),
        FailOn::Any => !difference.is_empty(),
    }
}

/// Compares the locked model of a client with that of its source.
///
/// # Errors
///
/// A sentence on what cannot be read or compared.
fn compared(site: &Site, name: &str, client: &Client) -> Result<State, String> {
    let locked = site.lock.content.clients.get(name);
    let (Some(locked), Some(kept)) = (locked, Model::kept(&site.directory, name, site.limits)?) else {
        return Ok(State::Unlocked);
    };
    let taken = Model::taken(&site.workspace.root, name, client, site.limits)?;
    if taken.sha256 == locked.sha256 {
        return Ok(State::Current);
    }
    // Of a service as a whole everything is in use.
    let operations = match client.operations {
        cargo_smithy_client::manifest::Operations::All => &[],
        _ => locked.operations.as_slice(),
    };
    let difference = report(&kept.sources.texts, &taken.sources.texts, operations);
    difference.map(|difference| State::Other(Box::new(difference))).map_err(|failure| failure.to_string())
}

/// What a person reads of a client: on stdout, and on stderr.
fn told(name: &str, client: &Client, state: &State) -> (String, String) {
    let model = visible::line(&client.model);
    match state {
        State::Current => (format!("{name}: current\n"), String::new()),
        State::Unlocked => (format!("{name}: no model is locked; run: cargo smithy-client sync\n"), String::new()),
        State::Failed(reason) => (String::new(), format!("error: {name}: {reason}\n")),
        State::Other(difference) if difference.is_empty() => {
            (format!("{name}: {model} has another model, and nothing that is in use changes\n"), String::new())
        }
        State::Other(difference) => {
            let text = difference::render(difference);
            let text = visible::lines(&text).lines().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n");
            let text = text.replace("\n  \n", "\n\n");
            (
                format!("{name}: {model} has another model; to take it: cargo smithy-client update {name}\n{text}\n\n"),
                String::new(),
            )
        }
    }
}

fn object(name: &str, state: &State) -> Value {
    let (status, message, difference) = match state {
        State::Current => ("current", None, None),
        State::Unlocked => ("unlocked", None, None),
        State::Failed(reason) => ("failed", Some(reason), None),
        State::Other(difference) => ("outdated", None, Some(difference)),
    };
    json!({
        "client": name,
        "status": status,
        "message": message,
        "summary": difference.map(|difference| difference.summary()),
        "breaking": difference.map(|difference| difference.is_breaking()),
        "difference": difference.and_then(|difference| serde_json::to_value(difference).ok()),
    })
}
