//! One crate from a model to the disk: emitted in memory, compared with what is there, and written as a whole.
//!
//! A model that the generator refuses never touches the disk, nor does one whose crate would become another one there.

mod held;

use std::any::Any;
use std::collections::BTreeSet;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use smithy_client_codegen::report::{Diagnostic, Report};
use smithy_client_codegen::{Generated, Options, Source, generate, unsupported_operations};

pub use held::Held;

use crate::outcome::{Ending, Outcome};
use crate::paths;
use crate::source::Sources;
use crate::write::{self, Comparison, Realm, Room};

/// What is to be emitted, and where it belongs.
#[derive(Debug)]
pub struct Order {
    /// The directory of the crate, without symbolic links.
    pub directory: PathBuf,
    /// What the generator is asked for.
    pub options: Options,
    /// The crate that must not become another one; `None` where it may, or where there is none.
    pub held: Option<Held>,
    /// How much of the directory is the generator's.
    pub realm: Realm,
}

/// A crate in memory, and how its place on disk differs from it.
#[derive(Debug)]
pub struct Prepared {
    /// Where it belongs.
    pub directory: PathBuf,
    /// The crate.
    pub generated: Generated,
    /// How the disk differs.
    pub comparison: Comparison,
}

/// Why a crate is not emitted.
#[derive(Debug)]
pub enum Refusal {
    /// The generator does not take the model.
    Model(Report),
    /// Its place holds another one.
    Crate(Conflict),
}

/// A directory holds another crate than the one that was asked for.
#[derive(Debug)]
pub struct Conflict {
    /// What it holds, as a phrase.
    pub holds: String,
    /// What was asked for, as a phrase.
    pub asked: String,
}

/// Emits a crate in memory and compares it with the disk.
///
/// # Errors
///
/// A sentence on what could not be read; or, within, why the crate is not emitted.
pub fn prepare(order: &Order, sources: &[Source]) -> Result<Result<Prepared, Refusal>, String> {
    let generated = match generate(sources, &order.options) {
        Ok(generated) => generated,
        Err(report) => return Ok(Err(Refusal::Model(report))),
    };
    if let Some(conflict) = order.held.as_ref().and_then(|held| held.conflict(&generated)) {
        return Ok(Err(Refusal::Crate(conflict)));
    }
    let directory = order.directory.clone();
    let comparison = write::compare(&directory, &generated.files, order.realm).map_err(|error| error.to_string())?;
    Ok(Ok(Prepared { directory, generated, comparison }))
}

/// The room in a crate's directory, or for a check none, after waiting for whoever is there and saying so by `waiting`.
///
/// # Errors
///
/// That a run has died there, which a check leaves as it is; else, within, a sentence on what cannot be read or written.
pub fn enter(
    directory: &Path,
    roots: &[&Path],
    is_check: bool,
    waiting: &dyn Fn(&str),
) -> Result<Result<Option<Room>, Outcome>, String> {
    if !is_check {
        return Room::enter(directory, roots, waiting).map(|room| Ok(Some(room)));
    }
    let unreadable = |cause: io::Error| format!("cannot read {}: {cause}", directory.display());
    match write::unfinished(directory, waiting).map_err(unreadable)? {
        true => Ok(Err(Outcome::Interrupted)),
        false => Ok(Ok(None)),
    }
}

/// Emits what was read, compares it and, in a room, writes it.
///
/// # Errors
///
/// A sentence on what could not be read.
pub fn emit(order: &Order, sources: Sources, room: Option<&Room>) -> Result<Outcome, String> {
    let Prepared { mut generated, comparison, .. } = match prepare(order, &sources.texts)? {
        Ok(prepared) => prepared,
        Err(Refusal::Model(report)) => {
            let unsupported = unsupported_operations(&sources.texts, &report);
            return Ok(Outcome::Refused { report, unsupported });
        }
        Err(Refusal::Crate(conflict)) => return Ok(Outcome::Conflict(conflict)),
    };
    warn_first(&mut generated, sources.warnings);
    let ending = match room {
        None if comparison.is_current() => Ending::Current,
        None => Ending::Drift,
        Some(_) if !comparison.obstacles().is_empty() => Ending::Obstructed,
        Some(room) => {
            room.replace(&generated.files, &comparison, &[]).map_or_else(Ending::Broken, |()| Ending::Written)
        }
    };
    Ok(Outcome::Emitted { generated: Box::new(generated), comparison, ending })
}

/// Puts what is odd about the files that a model was converted from before what is odd about the model. Of a slice, that is
/// what concerns it: not a shape, or the pages and waiters of an operation, that it does not have.
pub(crate) fn warn_first(generated: &mut Generated, warnings: Vec<Diagnostic>) {
    let names: BTreeSet<&str> = generated.shapes.iter().map(|id| id.rsplit('#').next().unwrap_or(id)).collect();
    let is_whole = generated.chosen.is_none();
    let is_had = |name: &String| names.contains(name.as_str()) || names.contains(format!("{name}Shape").as_str());
    let is_about = |warning: &Diagnostic| is_whole || warning.shape.as_ref().is_none_or(is_had);
    let about: Vec<Diagnostic> = warnings.into_iter().filter(is_about).collect();
    generated.warnings.splice(0..0, about);
}

/// What a run says that has to wait for another, which has the directory.
pub fn waiting(holder: &str, shown: &str) -> String {
    format!("waiting for {holder}, which writes to {shown}\n")
}

/// [`paths::resolve`], with a sentence for an error.
///
/// # Errors
///
/// When the path is empty or the current directory is gone.
pub fn resolve(path: &Path) -> Result<PathBuf, String> {
    paths::resolve(path).map_err(|cause| format!("cannot use the directory `{}`: {cause}", path.display()))
}

/// What came of one of many runs: a defect of the generator that one model shows does not stop the others.
pub fn caught(run: impl FnOnce() -> Result<Outcome, String>) -> Outcome {
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(outcome) => outcome.unwrap_or_else(Outcome::Unreadable),
        Err(panic) => {
            Outcome::Unreadable(format!("the generator has a defect, which this model shows: {}", said(panic)))
        }
    }
}

/// What a panic said.
fn said(panic: Box<dyn Any + Send>) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "it does not say what".to_owned())
}
