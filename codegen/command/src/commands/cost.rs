//! `cargo smithy-client cost`: what clients will cost to build, beside the official crates.

use std::fs;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::{Answer, Format, Place, model_place};
use cargo_smithy_client::cost::{Cost, Question, Registry, cargo_home, speed};
use cargo_smithy_client::manifest::check_name;
use cargo_smithy_client::terminal::{self, Progress};

/// What lines that sum up begin with.
const PROGRAM: &str = "cost";

/// How AWS's own crates begin.
const OFFICIAL: &str = "aws-sdk-";

/// What `--help` says below the list of options.
const HELP: &str = "\
For each service: the client of what the program calls now (auto), or of the operations that
smithy-client.toml names (named), the client of all that can be emitted (whole), and the official crate;
their lines, and the seconds of processor time that a debug build of them takes. Then what all clients of a program share, once. Nothing is written but what this machine was measured by.

How sure are the figures?
  - Lines of ours are exact: the clients are emitted, in memory.
  - Lines of an official crate are exact where cargo has its sources here: of the version in Cargo.lock,
    else of the newest. Otherwise `about` stands before them: 887 for each operation, 84 for each member
    of a structure, and 4,600. Of 31 crates this misses 7 % in the median, a third at most.
  - Seconds are estimated from lines, at rates that were measured for several crates: right by a quarter, by
    half where the lines are estimated too. What is shared was measured whole, and is right by a tenth if the
    program compiles none of it for other reasons; tokio, for example.
  - This machine is compared with that of the rates by compiling 100 structures. The result is kept in
    target/smithy-client/speed.json. Another compiler is measured anew; delete the file if the machine was
    busy. `cargo build --timings` tells what is really so.

Examples:
  cargo smithy-client cost
      The clients of this workspace.
  cargo smithy-client cost dynamodb sqs kms
      These, whether they are clients already or not.
  cargo smithy-client cost s3 --model botocore-1.43.0-py3-none-any.whl --format json
      With models of a wheel, as one JSON object.

Exit codes:
  0  told
  2  bad arguments, or a model that cannot be read";

/// What `cost` can be asked for.
#[derive(Args, Clone, Debug)]
#[command(after_long_help = HELP)]
pub(crate) struct Arguments {
    /// The services [default: the clients of the workspace]
    #[arg(value_name = "NAME")]
    names: Vec<String>,

    /// Where models come from of services that are no clients yet: a Smithy model or a folder of such, a botocore folder or
    /// wheel, or an https URL [default: the botocore that Python has]
    #[arg(long, value_name = "PLACE")]
    model: Option<String>,

    #[command(flatten)]
    place: Place,
}

/// Runs the command, tells what it came to, and answers with its exit code.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    arguments.place.told(PROGRAM, attempt(arguments))
}

fn attempt(arguments: &Arguments) -> Result<Answer, String> {
    let site = arguments.place.look()?;
    let named = arguments.names.iter().map(|name| name.strip_prefix(OFFICIAL).unwrap_or(name).to_owned());
    let mut names: Vec<String> = named.collect();
    names.iter().try_for_each(|name| check_name(name))?;
    if names.is_empty() {
        names = site.manifest.content.clients.keys().cloned().collect();
    }
    if names.is_empty() {
        return Err("there are no clients; name services: cargo smithy-client cost dynamodb".to_owned());
    }
    let model = model_place(arguments.model.as_deref(), &site.workspace.root)?;
    // A workspace without one has no versions yet.
    let lock = fs::read_to_string(site.workspace.root.join("Cargo.lock")).ok();
    let registry = Registry::of(cargo_home().as_deref(), lock.as_deref());
    let progress = Progress::new(2 * names.len(), arguments.place.format == Format::Text);
    let factor = speed::factor(&site.workspace.target);
    let cost = Cost::of(&site, &Question { names, model }, &registry, factor, &progress)?;
    drop(progress);
    let mut object = cost.object();
    object["command"] = json!(PROGRAM);
    object["status"] = json!("done");
    object["exit_code"] = json!(0);
    Ok(Answer { out: cost.text(terminal::stdout()), object, ..Answer::default() })
}
