//! `cargo smithy-client update`: newer models from where they come from.

use std::collections::BTreeSet;
use std::process::ExitCode;
use std::time::Instant;

use clap::Args;

use super::sync::{Words, synced};
use super::{Answer, Format, Place, interrupted, without_clients};
use cargo_smithy_client::site::Site;
use smithy_client_codegen::ast::suggest::did_you_mean;
use smithy_client_codegen::visible;

/// What lines that sum up begin with.
const PROGRAM: &str = "update";

/// What `--help` says below the list of options.
const HELP: &str = "\
Takes the models of the clients from where smithy-client.toml says that they come from, pins them in
smithy-client.lock, and does what `sync` does. `outdated` says beforehand what that changes.

Examples:
  cargo smithy-client update
      All models: after `pip install --upgrade botocore`, for one.
  cargo smithy-client update dynamodb sqs
      Those of two clients.

Exit codes:
  0  written
  1  a client failed, or a file is in the way
  2  bad arguments, or a file that cannot be read or written";

/// What `update` can be asked for.
#[derive(Args, Clone, Debug)]
#[command(after_long_help = HELP)]
pub(crate) struct Arguments {
    /// The clients whose models are taken anew [default: all]
    #[arg(value_name = "NAME")]
    names: Vec<String>,

    #[command(flatten)]
    place: Place,
}

/// Runs the command, tells what it came to, and answers with its exit code.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    arguments.place.told(PROGRAM, attempt(arguments))
}

fn attempt(arguments: &Arguments) -> Result<Answer, String> {
    let started = Instant::now();
    if arguments.names.is_empty() && arguments.place.look()?.is_empty() {
        return Ok(without_clients(PROGRAM));
    }
    let (site, room) = match arguments.place.enter(false)? {
        Ok(entered) => entered,
        Err(_) => return Ok(interrupted(PROGRAM, "cargo smithy-client sync")),
    };
    let fresh = chosen(&site, &arguments.names)?;
    let is_told = arguments.place.format == Format::Text;
    synced(&site, room.as_ref(), &fresh, is_told, &Words { program: PROGRAM, started })
}

/// The clients of these names; without names all of them.
///
/// # Errors
///
/// A sentence on a name that no client has.
pub(crate) fn chosen<'n>(site: &'n Site, names: &'n [String]) -> Result<BTreeSet<&'n str>, String> {
    let all = || site.manifest.content.clients.keys().map(String::as_str);
    if let Some(name) = names.iter().find(|name| all().all(|known| known != name.as_str())) {
        let hint = did_you_mean(name, all(), "cargo smithy-client list shows those that there are");
        return Err(format!("no client is called {}\n  hint: {hint}", visible::line(name)));
    }
    Ok(if names.is_empty() { all().collect() } else { names.iter().map(String::as_str).collect() })
}
