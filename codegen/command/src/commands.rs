//! The commands, and what they share: where they run, and how they tell what came of it.

pub(crate) mod add;
pub(crate) mod cost;
pub(crate) mod list;
pub(crate) mod migrate;
pub(crate) mod outdated;
pub(crate) mod remove;
pub(crate) mod sync;
pub(crate) mod update;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use cargo_smithy_client::emission::{enter, waiting};
use cargo_smithy_client::files::Limits;
use cargo_smithy_client::manifest::BOTOCORE;
use cargo_smithy_client::outcome::{Context, Ending, Outcome};
use cargo_smithy_client::paths::relative;
use cargo_smithy_client::site::Site;
use cargo_smithy_client::source::is_url;
use cargo_smithy_client::summary::{Row, Subject, Summary};
use cargo_smithy_client::sync::{Made, Synced};
use cargo_smithy_client::terminal;
use cargo_smithy_client::workspace::Workspace;
use cargo_smithy_client::write::{Fate, Room};
use smithy_client_codegen::{LeftOut, visible};

/// How to go on where the folder of a client holds another crate.
const WAYS: &str = "move what is there elsewhere, or give the client another name in smithy-client.toml";

/// How many files that differ are named.
const SHOWN: usize = 40;

/// Where a command runs.
#[derive(Args, Clone, Debug)]
pub(crate) struct Place {
    /// Cargo.toml of the workspace, or of a package of it [default: as cargo finds it from the current directory]
    #[arg(long, value_name = "PATH")]
    pub(crate) manifest_path: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) limits: Limits,

    /// For whom the result is told
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,

    /// The folder of the clients, where no manifest says which that is.
    #[arg(skip)]
    pub(crate) directory: Option<String>,
}

/// For whom a result is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A person
    Text,
    /// A program: one JSON object on stdout
    Json,
}

/// What a command came to.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    /// The result, for a person.
    pub(crate) out: String,
    /// Warnings and errors, for a person.
    pub(crate) err: String,
    /// All of it, for a program.
    pub(crate) object: Value,
    /// The status with which the process ends.
    pub(crate) code: u8,
}

impl Place {
    /// Reads the workspace and its clients, without having them to itself.
    ///
    /// # Errors
    ///
    /// A sentence on what cannot be read.
    pub(crate) fn look(&self) -> Result<Site, String> {
        self.open(Workspace::find(self.manifest_path.as_deref())?)
    }

    /// Reads the workspace and its clients when no other run changes them; to write, it is entered.
    ///
    /// # Errors
    ///
    /// A sentence on what cannot be read or entered.
    pub(crate) fn enter(&self, is_check: bool) -> Result<Result<(Site, Option<Room>), Outcome>, String> {
        let mut site = self.look()?;
        loop {
            let shown = site.shown(&site.directory);
            let waiting = |holder: &str| terminal::tell("", &waiting(holder, &shown));
            let root = [site.workspace.root.as_path()];
            if let Some(former) = &site.former {
                // Whoever is at work in the folder that the clients leave comes first; nobody comes after.
                if let Err(outcome) = enter(former, &root, is_check, &waiting)? {
                    return Ok(Err(outcome));
                }
            }
            let room = match enter(&site.directory, &root, is_check, &waiting)? {
                Ok(room) => room,
                Err(outcome) => return Ok(Err(outcome)),
            };
            // While this run waited, the other one may have changed what was read, even where the clients are.
            let again = self.open(site.workspace)?;
            if (&again.directory, &again.former) == (&site.directory, &site.former) {
                return Ok(Ok((again, room)));
            }
            site = again;
        }
    }

    fn open(&self, workspace: Workspace) -> Result<Site, String> {
        Site::open(workspace, self.directory.as_deref(), self.limits)
    }

    /// The directory from which a package is looked for.
    ///
    /// # Errors
    ///
    /// A sentence: there is no such directory.
    pub(crate) fn start(&self) -> Result<PathBuf, String> {
        let here = std::env::current_dir().map_err(|cause| format!("cannot find the current directory: {cause}"))?;
        let manifest = self.manifest_path.as_ref().and_then(|path| path.parent()).map(|above| here.join(above));
        cargo_smithy_client::emission::resolve(&manifest.unwrap_or(here))
    }

    /// Tells what a command came to, and gives its exit code.
    pub(crate) fn told(&self, program: &str, answer: Result<Answer, String>) -> ExitCode {
        let answer = answer.unwrap_or_else(|reason| Answer {
            err: format!("error: {reason}\n"),
            object: json!({ "command": program, "status": "unreadable", "exit_code": 2, "message": reason }),
            code: 2,
            ..Answer::default()
        });
        match self.format {
            Format::Text => terminal::tell(&answer.out, &answer.err),
            Format::Json => terminal::tell(&format!("{}\n", answer.object), ""),
        }
        ExitCode::from(answer.code)
    }
}

/// Where models come from, as the manifest has it; without a place from the botocore that Python has.
///
/// # Errors
///
/// A sentence: the place cannot be named.
pub(crate) fn model_place(model: Option<&str>, root: &Path) -> Result<String, String> {
    let Some(model) = model.filter(|model| *model != BOTOCORE) else { return Ok(BOTOCORE.to_owned()) };
    if is_url(model) {
        return Ok(model.to_owned());
    }
    let path = cargo_smithy_client::emission::resolve(&PathBuf::from(model))?;
    relative(root, &path).ok_or_else(|| format!("the path {} is not UTF-8", visible::line(model)))
}

/// Lets other runs in. The folder of the clients goes, if nothing is left in it.
pub(crate) fn leave(site: &Site, room: Option<Room>) {
    if room.is_some() {
        drop(room);
        // One that holds something stays.
        let _ = std::fs::remove_dir(&site.directory);
    }
}

/// What is said where there are no clients to do anything with.
pub(crate) fn without_clients(program: &'static str) -> Answer {
    let message = "there are no clients; add one: cargo smithy-client add dynamodb";
    Answer {
        out: format!("{program}: {message}\n"),
        object: json!({ "command": program, "status": "done", "exit_code": 0, "message": message, "clients": [] }),
        ..Answer::default()
    }
}

/// What is said where a run has died in the midst of a change, and this one must not write.
pub(crate) fn interrupted(program: &'static str, command: &str) -> Answer {
    let message = format!("a run was interrupted while it replaced files; the next one completes that; run: {command}");
    Answer {
        err: format!("error: {message}\n"),
        object: json!({ "command": program, "status": "interrupted", "exit_code": 1, "message": message }),
        code: 1,
        ..Answer::default()
    }
}

/// How clients that were made are told.
pub(crate) struct Telling<'a> {
    pub(crate) site: &'a Site,
    /// The context of the whole run; that of a client differs in its place and time.
    pub(crate) context: Context,
    pub(crate) is_check: bool,
}

impl Telling<'_> {
    /// The table of clients, with all that there is to say of each.
    pub(crate) fn answer(&self, synced: &Synced) -> Answer {
        let mut rows: Vec<(&str, Row)> = Vec::new();
        let mut err = String::new();
        for (made, outcome) in &synced.clients {
            let context = self.of_client(made);
            let subject = Subject { label: &made.name, service: self.service(made), protocols: &[] };
            err += &left_out(&made.name, outcome);
            rows.push((&made.name, Row::of(subject, outcome, &context)));
        }
        rows.sort_by_key(|(name, _)| *name);
        let rows: Vec<Row> = rows.into_iter().map(|(_, row)| row).collect();
        let place = ("manifest", self.site.manifest.path.display().to_string());
        let summary = Summary { noun: "client", place, rows, passed_over: 0 };
        let drift = if self.is_check { self.drift(synced) } else { Vec::new() };
        let code = summary.exit_code().max(u8::from(!drift.is_empty()));
        let mut object = summary.object(&self.context);
        object["differences"] = json!(drift);
        object["exit_code"] = json!(code);
        if code == 1 && object["status"] == "done" {
            object["status"] = json!("drift");
        }
        let paint = terminal::stdout();
        let mut out = drift.iter().take(SHOWN).fold(String::new(), |out, line| out + line + "\n");
        if let Some(more @ 1..) = drift.len().checked_sub(SHOWN) {
            out += &format!("and {more} more\n");
        }
        if !out.is_empty() {
            out.push('\n');
        }
        out += &summary.text(&self.context, self.is_check, paint);
        if self.is_check && !drift.is_empty() && !summary.has_drift() {
            out += &format!("run: {}\n", self.context.command);
        }
        Answer { out, err: err + &summary.failures(), object, code }
    }

    fn of_client(&self, made: &Made) -> Context {
        let out = self.site.shown(&self.site.crate_directory(&made.name));
        Context { out, elapsed: made.elapsed, ..self.context.clone() }
    }

    /// What AWS calls the service of a client.
    fn service<'m>(&'m self, made: &'m Made) -> Option<&'m str> {
        made.sdk_id
            .as_deref()
            .or_else(|| self.site.lock.content.clients.get(&made.name).map(|locked| locked.sdk_id.as_str()))
    }

    /// What differs, a line each.
    fn drift(&self, synced: &Synced) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(former) = &self.site.former {
            lines.push(format!(
                "to be moved: {} to {}",
                self.site.shown(former),
                self.site.shown(&self.site.directory)
            ));
        }
        for (made, outcome) in synced.clients.iter().filter(|_| self.site.former.is_none()) {
            let Outcome::Emitted { comparison, ending: Ending::Drift, .. } = outcome else { continue };
            let place = self.site.shown(&self.site.crate_directory(&made.name));
            for (path, fate) in &comparison.fates {
                let word = match fate {
                    Fate::Unchanged => continue,
                    Fate::Missing => "missing",
                    Fate::Changed(_) => "changed",
                    Fate::Stale(_) => "no longer emitted",
                    Fate::InTheWay(_) => "in the way",
                };
                lines.push(format!("{word}: {place}/{}", visible::line(path)));
            }
        }
        lines.extend(synced.others.iter().map(|line| visible::line(line).into_owned()));
        lines
    }
}

/// What was wanted and left out of a client, and what is odd about its model, a line each.
fn left_out(name: &str, outcome: &Outcome) -> String {
    let (left_out, warnings) = match outcome {
        Outcome::Emitted { generated, .. } => (generated.left_out.as_slice(), generated.warnings.as_slice()),
        Outcome::Known(known) => (known.left_out.as_slice(), [].as_slice()),
        _ => return String::new(),
    };
    // Where only names are known, whoever chose all of a service was told before.
    let told = left_out.iter().filter(|left| !left.reason.is_empty());
    let lines = told.map(|LeftOut { operation, reason }| {
        format!("left out: {name}: {}: {}\n", visible::line(operation), visible::line(reason))
    });
    lines.chain(warnings.iter().map(|warning| format!("warning: {name}: {warning}\n"))).collect()
}

/// What a run with these words says of itself.
pub(crate) fn context(program: &'static str, site: &Site, command: String, elapsed: std::time::Duration) -> Context {
    Context { program, ways: WAYS, out: site.shown(&site.directory), command, elapsed }
}
