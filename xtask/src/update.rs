//! `cargo xtask update SOURCE`: takes an upstream model, from wherever it is, and makes the repository follow.
//!
//! Everything is computed before anything is written: `source.rs` finds and reads the model, `facts` of the generator's
//! library strips it, `update/model_directory.rs` merges it with what the repository keeps, the difference is taken, the crate is
//! emitted, `update/release.rs` prepares changelog and version. Then all files are replaced together by `write.rs`, or
//! none. `update/report.rs` says what happened and what a person has to do.

mod model_directory;
mod release;
mod report;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use serde_json::Value;
use smithy_client_codegen::report::{Diagnostic, Report};
use smithy_client_tools::botocore::Note;
use smithy_client_tools::diff::{self, Difference, Failure};
use smithy_client_tools::facts;

use crate::codegen::{self, Format, MODEL, OUT};
use crate::model_diff::date;
use crate::workspace;
use cargo_smithy_client::emission::{self, Prepared};
use cargo_smithy_client::files::Limits;
use cargo_smithy_client::source::{Form, Wanted, find};
use cargo_smithy_client::write::Room;
use cargo_smithy_client::{outcome, paths, terminal, write};
use model_directory::{ModelDirectory, Updated};
use release::Release;

/// What `--help` says below the list of options.
const HELP: &str = "\
SOURCE is the model of the service as upstream has it, in any of these forms, which are told
apart by their content:
  a Smithy JSON AST, or a directory of them
  botocore's directory of a service with its dated versions, of which the newest counts
  botocore's service-2.json, with the paginators, waiters and endpoint rules beside it
  a botocore wheel, or any zip, tar or tar.gz that holds one of these
  an https URL of one of these files (fetched by curl)

The facts go to model/, in one form whatever they came in; not one sentence of upstream's
does, be it documentation, an example, a test or the text of a deprecation. Our own
documentation stays, without that of what is gone; what is new and not yet documented is
listed. The client is regenerated, CHANGELOG.md gets an entry under [Unreleased], and the
version in Cargo.toml follows the verdicts once there has been a release.

All files are replaced together when everything is known to work. A model that is refused,
a failure or Ctrl-C leaves the tree as it was.

Examples:
  cargo xtask update ../botocore/botocore/data/ivs-realtime --dry-run
      What would change, and what that would mean.
  cargo xtask update botocore-1.42.0-py3-none-any.whl
      The service of model/, found among all of AWS.
  cargo xtask update https://example.com/ivs-realtime-2020-07-14.json
      A model from the web.
  cargo xtask update botocore.whl --service ivschat --model ../chat/model --out ../chat
      The model and client of another service; both directories may be new.

Exit codes:
  0  updated, or nothing to do, or --dry-run
  1  the model is refused, it is of another service, or a file is in the way
  2  bad arguments, or something that cannot be read, fetched or written";

/// What `update` can be asked for.
#[derive(Args, Debug)]
#[command(after_long_help = HELP)]
pub(crate) struct Arguments {
    /// The upstream model: a path or an https URL
    #[arg(value_name = "SOURCE")]
    source: String,

    /// Change nothing; tell all
    #[arg(long)]
    dry_run: bool,

    /// The service to take, where SOURCE holds several [default: that of the model]
    #[arg(long, value_name = "NAME")]
    service: Option<String>,

    /// Directory of another service's model [default: model/ of this repository]
    #[arg(long, value_name = "DIR", requires = "out")]
    model: Option<PathBuf>,

    /// Directory of that service's crate [default: generated/ of this repository]
    #[arg(long, value_name = "DIR", requires = "model")]
    out: Option<PathBuf>,

    /// Leave CHANGELOG.md and the version in Cargo.toml as they are
    #[arg(long)]
    no_release: bool,

    /// The date of the changelog entry [default: today, UTC]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date::parse)]
    date: Option<String>,

    #[command(flatten)]
    limits: Limits,

    /// For whom the result is told
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Why nothing was changed.
#[derive(Debug)]
enum Refusal {
    /// Something cannot be read, fetched or written.
    Disk(String),
    /// The model is not for us.
    Model(String),
}

impl From<String> for Refusal {
    fn from(reason: String) -> Self {
        Self::Disk(reason)
    }
}

impl Refusal {
    /// What keeps the crate in `out` from being emitted.
    fn of(refusal: emission::Refusal, out: &str) -> Self {
        match refusal {
            emission::Refusal::Model(report) => report.into(),
            emission::Refusal::Crate(conflict) => {
                Self::Model(outcome::another(&conflict, out, "give it a directory of its own with --out"))
            }
        }
    }
}

impl From<Report> for Refusal {
    fn from(report: Report) -> Self {
        Self::Model(report.to_string())
    }
}

/// What an update comes to.
struct Update {
    /// The place of the model, and the file within it.
    label: String,
    /// What it was, in words.
    form: &'static str,
    service: String,
    /// What botocore could not say.
    notes: Vec<Note>,
    warnings: Vec<Diagnostic>,
    updated: Updated,
    /// `None` for a model that was not there before.
    difference: Option<Difference>,
    prepared: Prepared,
    release: Release,
    root: PathBuf,
    /// Whether it is this repository's own crate.
    is_own: bool,
    dry_run: bool,
}

impl Update {
    /// Whether the tree is as it has to be already.
    fn is_current(&self) -> bool {
        self.updated.edits.is_empty() && self.prepared.comparison.is_current()
    }
}

/// Runs the command, tells what it came to, and answers with its exit code.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let done = attempt(arguments);
    let code = match &done {
        Ok(_) => 0,
        Err(Refusal::Model(_)) => 1,
        Err(Refusal::Disk(_)) => 2,
    };
    let (out, err) = match (&done, arguments.format) {
        (Ok(update), Format::Text) => (report::text(update), report::warnings(update)),
        (Ok(update), Format::Json) => (report::machine(update), String::new()),
        (Err(Refusal::Disk(reason) | Refusal::Model(reason)), format) => {
            let out = if format == Format::Json { report::refusal(reason, code) } else { String::new() };
            let label = if reason.starts_with("error: ") { "" } else { "error: " };
            (out, format!("{label}{reason}\nupdate: no file was changed\n"))
        }
    };
    terminal::tell(&out, &err);
    ExitCode::from(code)
}

/// Computes everything, then writes unless it is a dry run.
fn attempt(arguments: &Arguments) -> Result<Update, Refusal> {
    let here = std::env::current_dir().map_err(|cause| format!("cannot find the current directory: {cause}"))?;
    let root = workspace::root(&here);
    let (directory, shown) = match &arguments.model {
        Some(model) => (model.clone(), model.display().to_string()),
        None => (root.join(MODEL), MODEL.to_owned()),
    };
    let out = codegen::directory(&codegen::Arguments::of_crate(Vec::new(), arguments.out.clone(), None), &root)?;
    let model = paths::resolve(&directory).map_err(|cause| format!("cannot read {shown}: {cause}"))?;
    let waiting = |holder: &str| terminal::tell("", &emission::waiting(holder, &out.display().to_string()));
    let room = match arguments.dry_run {
        true if write::unfinished(&out, &waiting)
            .map_err(|cause| format!("cannot read {}: {cause}", out.display()))? =>
        {
            let out = out.display();
            return Err(Refusal::Model(format!(
                "a run was interrupted while it replaced files of {out}; the next completes it"
            )));
        }
        true => None,
        false => Some(Room::enter(&out, &[&root, &model], &waiting)?),
    };
    let current = ModelDirectory::read(&directory, shown.trim_end_matches('/'), arguments.limits)?;
    let update = computed(arguments, &root, &current)?;
    if let Some(room) = room {
        replace(&update, &room)?;
    }
    Ok(update)
}

/// Everything but the writing.
fn computed(arguments: &Arguments, root: &Path, current: &ModelDirectory) -> Result<Update, Refusal> {
    let (sdk_id, named) = (current.sdk_id(), arguments.service.as_deref());
    let found = find(&arguments.source, Wanted { sdk_id: sdk_id.as_deref(), named }, arguments.limits)?;
    let (label, other) = (found.label.clone(), found.sdk_id());
    if let Some((own, other)) = sdk_id.as_ref().zip(other.as_ref()).filter(|(own, other)| own != other) {
        return Err(Refusal::Model(format!(
            "{label} is of the service {other}, and the model here of {own}; for another service give --model DIR and \
             --out DIR"
        )));
    }
    let form = match &found.form {
        Form::Smithy(_) => "a Smithy model",
        Form::Botocore(_) => "botocore's description",
    };
    let (sources, conversion) = found.smithy(current.facts()).map_err(Refusal::Model)?;
    let facts = facts::of(&sources)?.ast;
    let updated = current.updated(&facts);
    let crate_arguments = |version: Option<String>| {
        let models = if arguments.model.is_some() { vec![PathBuf::from(MODEL)] } else { Vec::new() };
        codegen::Arguments::of_crate(models, arguments.out.clone(), version)
    };
    let difference = compared(current, &updated)?;
    let is_own = arguments.model.is_none();
    let out = arguments.out.as_ref().map_or_else(|| OUT.to_owned(), |out| out.display().to_string());
    let prepare = |version: Option<String>| {
        codegen::prepare(&crate_arguments(version), root, &updated.sources)?
            .map_err(|refusal| Refusal::of(refusal, &out))
    };
    let mut prepared = prepare(None)?;
    let release = released(arguments, root, is_own, difference.as_ref(), &prepared.generated.crate_name);
    if release.version.is_some() {
        prepared = prepare(release.version.clone())?;
    }
    let conversion = conversion.map(|conversion| (conversion.notes, conversion.warnings));
    let (notes, mut warnings) = conversion.unwrap_or_default();
    warnings.extend(prepared.generated.warnings.iter().cloned());
    let service = service_name(&facts);
    let (root, dry_run) = (root.to_path_buf(), arguments.dry_run);
    Ok(Update { label, form, service, notes, warnings, updated, difference, prepared, release, root, is_own, dry_run })
}

/// What sets the updated model apart from the one that is there, if one is.
fn compared(current: &ModelDirectory, updated: &Updated) -> Result<Option<Difference>, Refusal> {
    if current.facts().is_none() {
        return Ok(None);
    }
    match diff::report(&current.sources(), &updated.sources, &[]) {
        Ok(difference) => Ok(Some(difference)),
        Err(Failure::New(report)) => Err(report.into()),
        Err(failure) => Err(Refusal::Disk(failure.to_string())),
    }
}

/// What the difference means for a release of this repository's crate.
fn released(
    arguments: &Arguments,
    root: &Path,
    is_own: bool,
    difference: Option<&Difference>,
    package: &str,
) -> Release {
    let difference = difference.filter(|difference| is_own && !arguments.no_release && !difference.is_empty());
    let date = arguments.date.clone().unwrap_or_else(date::today);
    difference.map(|difference| Release::of(root, difference, &date, package)).unwrap_or_default()
}

/// Replaces every file, or none.
fn replace(update: &Update, room: &Room) -> Result<(), Refusal> {
    let Prepared { directory, generated, comparison } = &update.prepared;
    if let [(path, obstacle), ..] = comparison.obstacles().as_slice() {
        let place = directory.join(path);
        return Err(Refusal::Model(format!("{} is in the way: {obstacle}; move it elsewhere", place.display())));
    }
    let edits: Vec<write::Edit> = update.updated.edits.iter().chain(&update.release.edits).cloned().collect();
    room.replace(&generated.files, comparison, &edits)?;
    Ok(())
}

/// What the service is called.
fn service_name(facts: &Value) -> String {
    let service = cargo_smithy_client::source::service_shape(facts);
    let title = service.and_then(|(_, shape)| shape.pointer("/traits/smithy.api#title")?.as_str());
    let id = service.map(|(id, _)| id.rsplit('#').next().unwrap_or(id));
    title.or(id).unwrap_or_default().to_owned()
}

/// A path below the repository as a person there names it.
fn shown_path(update: &Update, path: &Path) -> String {
    path.strip_prefix(&update.root).unwrap_or(path).display().to_string()
}

/// The directory of the crate as a person names it.
fn shown_crate(update: &Update) -> String {
    if update.is_own { OUT.to_owned() } else { shown_path(update, &update.prepared.directory) }
}
