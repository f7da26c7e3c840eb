//! `cargo smithy-client remove`: a client goes, with what depends on it in manifests.

use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::update::chosen;
use super::{Answer, Place, interrupted, leave};
use cargo_smithy_client::lock::Original;
use cargo_smithy_client::manifest::{is_bare, without_client};
use cargo_smithy_client::manifests::Manifests;
use cargo_smithy_client::runtime;
use cargo_smithy_client::sync::Whole;
use smithy_client_codegen::visible;

/// What lines that sum up begin with.
const PROGRAM: &str = "remove";

/// What `--help` says below the list of options.
const HELP: &str = "\
Removes what `add` brought: the table in smithy-client.toml, the emitted crate with its model, and the
dependencies on it in the Cargo.tomls of the workspace. A dependency on AWS's own crate that the client
took the place of, by `add` or `migrate`, is there again. With the last client go the runtime and the
lock as well. Files that you have put into the folder of a client stay.

Examples:
  cargo smithy-client remove dynamodb
  cargo smithy-client remove sqs kms

Exit codes:
  0  removed
  2  bad arguments, or a file that cannot be read or written";

/// What `remove` can be asked for.
#[derive(Args, Clone, Debug)]
#[command(after_long_help = HELP)]
pub(crate) struct Arguments {
    /// The clients that go
    #[arg(value_name = "NAME", required = true)]
    names: Vec<String>,

    #[command(flatten)]
    place: Place,
}

/// Runs the command, tells what it came to, and answers with its exit code.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    arguments.place.told(PROGRAM, attempt(arguments))
}

fn attempt(arguments: &Arguments) -> Result<Answer, String> {
    let (site, room) = match arguments.place.enter(false)? {
        Ok(entered) => entered,
        Err(_) => return Ok(interrupted(PROGRAM, "cargo smithy-client sync")),
    };
    site.settled()?;
    let names = chosen(&site, &arguments.names)?;
    let mut whole = Whole::new(&site);
    let mut manifests = Manifests::read(&site)?;
    let mut text = site.manifest.text.clone().unwrap_or_default();
    let mut back = Vec::new();
    for name in &names {
        whole.remove(&site, name)?;
        back.extend(manifests.forget(name, site.originals(name))?);
        text = without_client(&text, name).map_err(|reason| format!("cannot change smithy-client.toml: {reason}"))?;
    }
    if site.manifest.content.clients.keys().all(|name| names.contains(name.as_str())) {
        manifests.include(&site.directory)?;
        manifests.forget_build(runtime::PACKAGE)?;
        whole.forget_http_client(&site, &mut manifests)?;
    }
    match is_bare(&text) {
        true => whole.delete(&site, &site.manifest.path, site.manifest.text.as_deref())?,
        false => whole.edit(site.manifest.edit(text)),
    }
    manifests.edits().into_iter().for_each(|edit| whole.edit(Some(edit)));
    whole.finish(&site, Vec::new(), room.as_ref())?;
    leave(&site, room);
    let names: Vec<&str> = names.into_iter().collect();
    let again = |it: &Original| format!("{} {}: {} = {}", it.manifest, it.table, it.name, it.entry);
    let back: Vec<String> = back.iter().map(again).collect();
    let lines = back.iter().map(|line| format!("put back: {}\n", visible::line(line)));
    Ok(Answer {
        out: lines.fold(format!("remove: {} removed\n", names.join(", ")), |out, line| out + &line),
        object: json!({
            "command": PROGRAM, "status": "removed", "exit_code": 0, "clients": names, "put_back": back,
        }),
        ..Answer::default()
    })
}
