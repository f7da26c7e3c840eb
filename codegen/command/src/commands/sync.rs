//! `cargo smithy-client sync`: all clients are what the manifest, the lock and the program ask for.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use clap::Args;
use serde_json::json;

use super::{Answer, Format, Place, Telling, context, interrupted, leave, without_clients};
use cargo_smithy_client::manifests::Manifests;
use cargo_smithy_client::models::Model;
use cargo_smithy_client::outcome::reason;
use cargo_smithy_client::runtime;
use cargo_smithy_client::site::Site;
use cargo_smithy_client::sync::{Calls, Made, Ready, Task, Whole, make, newer};
use cargo_smithy_client::terminal::Progress;
use cargo_smithy_client::write::Room;
use smithy_client_codegen::visible;

/// What lines that sum up begin with.
const PROGRAM: &str = "sync";

/// The command line that does it.
const COMMAND: &str = "cargo smithy-client sync";

/// What `--help` says below the list of options.
const HELP: &str = "\
With operations = \"auto\" a client has what the program names: all Rust sources of the workspace are
read as words, inside macros, tests and examples too, and the name of an operation, of its method,
paginator, waiter, input, output, error or module counts wherever it stands, and so does that of a
type. Too much does no harm. What a new call needs is there after the next run.

The models are those that smithy-client.lock pins: `update` takes newer ones. Only what differs is
written, all of it at once or nothing, also when the run is interrupted; of two runs the second waits.
What you change in smithy-client.toml is followed: another `directory` moves the clients, another
`dependency` is their name in the Cargo.tomls, and features come and go there. A client that takes the place
of a package of the registry (`patch`) gets the version that Cargo.lock has of that by now.
A client that fails leaves the others: a table tells what came of each. Files that are not of this
command are never replaced or deleted.

Examples:
  cargo smithy-client sync
      After calls were written or taken away, or smithy-client.toml was edited.
  cargo smithy-client sync --check
      For CI and before a commit: nothing is written; says what differs.
  cargo smithy-client sync --why GetItem
      Which lines of the program ask for an operation or a type; nothing is written.
  cargo smithy-client sync --check --format json
      One JSON object on stdout, with an object for each client.

Exit codes:
  0  written, or with --check current
  1  a client failed, a file is in the way, or with --check something differs; with --why nothing
     asks for it
  2  bad arguments, or a file that cannot be read or written";

/// What `sync` can be asked for.
#[derive(Args, Clone, Debug)]
#[command(after_long_help = HELP)]
pub(crate) struct Arguments {
    /// Write nothing; say what would change, and fail if anything would
    #[arg(long)]
    check: bool,

    /// Say which lines of the program ask for an operation or a type, such as GetItem
    #[arg(long, value_name = "NAME", conflicts_with = "check")]
    why: Option<String>,

    #[command(flatten)]
    place: Place,
}

/// Runs the command, tells what it came to, and answers with its exit code.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let answer = match &arguments.why {
        Some(name) => arguments.place.look().and_then(|site| why(&site, name)),
        None => attempt(arguments),
    };
    arguments.place.told(PROGRAM, answer)
}

fn attempt(arguments: &Arguments) -> Result<Answer, String> {
    let started = Instant::now();
    if arguments.place.look()?.is_empty() {
        return Ok(without_clients(PROGRAM));
    }
    match arguments.place.enter(arguments.check)? {
        Err(_) => Ok(interrupted(PROGRAM, COMMAND)),
        Ok((site, room)) => {
            let is_told = arguments.place.format == Format::Text;
            let words = Words { program: PROGRAM, started };
            let answer = synced(&site, room.as_ref(), &BTreeSet::new(), is_told, &words);
            leave(&site, room);
            answer
        }
    }
}

/// What a run is called, and since when it is on its way.
pub(crate) struct Words {
    pub(crate) program: &'static str,
    pub(crate) started: Instant,
}

/// Brings all clients up to date; the models of some are taken from their sources.
///
/// # Errors
///
/// A sentence on what cannot be read or written.
pub(crate) fn synced(
    site: &Site,
    room: Option<&Room>,
    fresh: &BTreeSet<&str>,
    is_told: bool,
    words: &Words,
) -> Result<Answer, String> {
    site.check()?;
    let newer = newer(site)?;
    let site = newer.as_ref().map_or(site, |newer| &newer.site);
    let clients = &site.manifest.content.clients;
    let tasks: Vec<Task<'_>> =
        clients.iter().map(|(name, client)| Task { name, client, is_fresh: fresh.contains(name.as_str()) }).collect();
    let calls = Calls::of(site);
    let progress = Progress::new(tasks.len(), is_told);
    let made = make(site, &tasks, &calls, &progress);
    drop(progress);
    let mut whole = Whole::new(site);
    let mut manifests = Manifests::read(site)?;
    let gone: Vec<String> =
        site.lock.content.clients.keys().filter(|name| !clients.contains_key(*name)).cloned().collect();
    for name in &gone {
        whole.remove(site, name)?;
        manifests.forget(name, site.originals(name))?;
    }
    let mut made = whole.clients(site, made);
    let Outlook { warnings, has_dependents } = follow(site, &mut whole, &mut manifests, &mut made)?;
    if let Some(former) = &site.former {
        can_move(site, former, &made)?;
        whole.leave(site, former)?;
        manifests.include(former)?;
    }
    whole.follow_http_client(site, &calls, &mut manifests)?;
    match clients.is_empty() {
        true => manifests.include(&site.directory)?,
        false => manifests.exclude()?,
    }
    match has_dependents {
        true => manifests.build_whole(runtime::PACKAGE)?,
        false => manifests.forget_build(runtime::PACKAGE)?,
    }
    manifests.edits().into_iter().for_each(|edit| whole.edit(Some(edit)));
    let mut told = String::new();
    if let Some(newer) = &newer {
        whole.edit(site.manifest.edit(newer.text.clone()));
        newer.told.iter().for_each(|line| told += &format!("warning: {}\n", visible::line(line)));
    }
    let synced = whole.finish(site, made, room)?;
    let context = context(words.program, site, COMMAND.to_owned(), words.started.elapsed());
    let mut answer = Telling { site, context, is_check: room.is_none() }.answer(&synced);
    answer.err.insert_str(0, &(told + &warnings));
    Ok(answer)
}

/// What `Cargo.toml`s ask for once they follow the manifest.
#[derive(Default)]
struct Outlook {
    /// A line each.
    warnings: String,
    /// Whether there is a client that somebody depends on.
    has_dependents: bool,
}

/// Makes the `Cargo.toml`s of the workspace ask for what the manifest says of the clients.
///
/// # Errors
///
/// A sentence: a `Cargo.toml` cannot be changed in that way.
fn follow(site: &Site, whole: &mut Whole, manifests: &mut Manifests<'_>, made: &mut [Made]) -> Result<Outlook, String> {
    let mut outlook = Outlook::default();
    let Outlook { warnings, has_dependents } = &mut outlook;
    for made in made {
        let Some(client) = site.manifest.content.clients.get(&made.name) else { continue };
        let name = &made.name;
        if let Ok(ready) = &made.result {
            ready.check_features(site, name, client).map_err(|reason| format!("{name}: {reason}"))?;
        }
        let was = site.lock.content.clients.get(name).and_then(|locked| locked.asked.as_ref());
        let followed = manifests.follow(name, client, was)?;
        *has_dependents |= followed.places > 0;
        if followed.places == 0 {
            *warnings += &format!("warning: {name}: no Cargo.toml of the workspace depends on it\n");
        }
        if let Some(old) = followed.renamed {
            let (old, new) = (old.replace('-', "_"), client.dependency(name).replace('-', "_"));
            *warnings +=
                &format!("warning: {name}: it is called {new} now; write `{new}::` for `{old}::` in sources\n");
        }
        whole.depended(name, client, Vec::new());
    }
    Ok(outlook)
}

/// That all clients can be made in their new folder.
///
/// # Errors
///
/// A sentence: one cannot, so that none is moved.
fn can_move(site: &Site, former: &Path, made: &[Made]) -> Result<(), String> {
    let is_stuck = |made: &&Made| made.result.as_ref().map_or(true, Ready::is_obstructed);
    let Some(made) = made.iter().find(is_stuck) else { return Ok(()) };
    let reason = match &made.result {
        Ok(_) => "a file is in its way".to_owned(),
        Err(outcome) => reason(outcome),
    };
    Err(format!(
        "the clients stay in {}, as {} cannot be made in {}: {reason}",
        site.shown(former),
        made.name,
        site.shown(&site.directory)
    ))
}

/// The lines of the program that ask for something.
fn why(site: &Site, name: &str) -> Result<Answer, String> {
    let calls = Calls::of(site);
    let mut answer = Answer { code: 1, ..Answer::default() };
    let mut found = Vec::new();
    for client in site.manifest.content.clients.keys() {
        let Some(model) = Model::kept(&site.directory, client, site.limits)? else { continue };
        let usage = calls.usage(&model)?.map_err(|report| report.to_string())?;
        if let Some(told) = usage.asked(name) {
            answer.out += &format!("{client}: {told}");
            found.push(json!({ "client": client, "told": told }));
            answer.code = 0;
        }
    }
    if found.is_empty() {
        answer.out = cargo_smithy_client::usage::nothing(name);
    }
    let status = if found.is_empty() { "nothing" } else { "found" };
    answer.object =
        json!({ "command": "why", "status": status, "exit_code": answer.code, "name": name, "clients": found });
    Ok(answer)
}
