//! Brings the clients of a workspace up to date: each is made in memory, then all of them are written at once.
//!
//! - here: a client is made from its model, or known to be what it would be
//! - `choice` says which operations and types it has
//! - `folder` compares folders of which all is this command's: the copy of the runtime, and the models
//! - `patched` follows the versions that the program has of packages whose places clients take
//! - `whole` puts all together that is to be written, and writes it or nothing
//!
//! What a client depends on has a fingerprint in the lock, and so have its files. Where both are what they were, nothing
//! is emitted, so that a check of many clients takes as long as reading them.

mod choice;
mod folder;
mod patched;
mod whole;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use smithy_client_codegen::{FILE_LIST, FINGERPRINT, LeftOut, Options, RuntimeDependency, Writer};

pub use choice::{Calls, Chosen};
pub use patched::{Newer, newer};
pub use whole::{Change, Synced, Whole};

use crate::digest::Fingerprint;
use crate::emission::{self, Held, Order, Prepared, Refusal, caught};
use crate::lock::Locked;
use crate::manifest::Client;
use crate::models::Model;
use crate::outcome::{Known, Outcome};
use crate::parallel::on_all_cores;
use crate::runtime;
use crate::site::Site;
use crate::terminal::Progress;
use crate::write::Realm;

/// The version of every emitted crate that takes no other's place: nobody publishes them.
const VERSION: &str = "0.1.0";

/// A client that is to be made.
#[derive(Clone, Debug)]
pub struct Task<'a> {
    /// What the person calls it.
    pub name: &'a str,
    /// What the manifest says of it.
    pub client: &'a Client,
    /// Whether its model is taken anew from its source.
    pub is_fresh: bool,
}

/// What came of a client before anything is written.
#[derive(Debug)]
pub struct Made {
    /// What the person calls it.
    pub name: String,
    /// What AWS calls the service, as far as that is known.
    pub sdk_id: Option<String>,
    /// How long that took.
    pub elapsed: Duration,
    /// The client, or why there is none.
    pub result: Result<Ready, Outcome>,
}

/// A client that can be written.
#[derive(Debug)]
pub struct Ready {
    /// What the lock says of it.
    pub locked: Locked,
    /// The crate; `None` where the disk is known to hold it.
    pub emitted: Option<Box<Prepared>>,
    /// The files of its model, by their paths below the folder of the clients.
    pub model: BTreeMap<String, String>,
    /// What is known of it without emitting it.
    pub known: Known,
}

/// Makes clients, on all cores.
pub fn make(site: &Site, tasks: &[Task<'_>], calls: &Calls<'_>, progress: &Progress) -> Vec<Made> {
    on_all_cores(tasks, |task| {
        let started = Instant::now();
        let mut ready = None;
        // A defect of the generator that one model shows is no reason to lose the others.
        let outcome = caught(|| match one(site, task, calls)? {
            Ok(made) => {
                ready = Some(made);
                Ok(Outcome::Interrupted)
            }
            Err(outcome) => Ok(outcome),
        });
        progress.step(task.name);
        let sdk_id = ready.as_ref().map(|ready: &Ready| ready.locked.sdk_id.clone());
        Made { name: task.name.to_owned(), sdk_id, elapsed: started.elapsed(), result: ready.ok_or(outcome) }
    })
}

/// Makes a client.
///
/// # Errors
///
/// A sentence on what cannot be read; or, within, what came of the attempt.
fn one(site: &Site, task: &Task<'_>, calls: &Calls<'_>) -> Result<Result<Ready, Outcome>, String> {
    let locked = site.lock.content.clients.get(task.name);
    let model = model(site, task, locked)?;
    let chosen = match calls.chosen(task, &model)? {
        Ok(chosen) => chosen,
        Err(report) => return Ok(Err(Outcome::Refused { report, unsupported: Vec::new() })),
    };
    let options = options(task, &chosen);
    let made_of = made_of(&model, &options);
    let directory = site.crate_directory(task.name);
    if let Some(locked) = locked.filter(|locked| locked.made_of == made_of)
        && let Some((files, lines)) = on_disk(&directory)
        && files == locked.files
    {
        let locked = Locked { model: task.client.model.clone(), left_out: left_out(locked, &chosen), ..locked.clone() };
        let known = known(&options, &locked, &chosen, lines);
        return Ok(Ok(Ready { locked, emitted: None, model: model.files(), known }));
    }
    let held = if locked.is_none() { Held::of(&directory) } else { None };
    let order = Order { directory, options, held, realm: Realm::Sources };
    let mut prepared = match emission::prepare(&order, &model.sources.texts)? {
        Ok(prepared) => prepared,
        Err(Refusal::Model(report)) => return Ok(Err(Outcome::Refused { report, unsupported: Vec::new() })),
        Err(Refusal::Crate(conflict)) => return Ok(Err(Outcome::Conflict(conflict))),
    };
    prepared.generated.left_out = called_and_left_out(prepared.generated.left_out, &chosen);
    emission::warn_first(&mut prepared.generated, model.sources.warnings.clone());
    let locked = locked_by(task, &model, &chosen, &prepared, made_of, locked);
    let lines = lines(&prepared.generated.files);
    let known = known(&order.options, &locked, &chosen, lines);
    Ok(Ok(Ready { locked, emitted: Some(Box::new(prepared)), model: model.files(), known }))
}

/// The model of a client: the one that is kept, if it is the locked one, else the one that its source has.
///
/// # Errors
///
/// A sentence: it cannot be read, or is not the locked one.
fn model(site: &Site, task: &Task<'_>, locked: Option<&Locked>) -> Result<Model, String> {
    let Task { name, client, is_fresh } = task;
    let taken = || Model::taken(&site.workspace.root, name, client, site.limits);
    if *is_fresh {
        return taken();
    }
    let is_locked = |model: &Model| locked.is_none_or(|locked| locked.sha256 == model.sha256);
    let kept = |directory: &Path| Model::kept(directory, name, site.limits);
    let mut found = kept(&site.directory)?;
    if let (None, Some(former)) = (&found, &site.former) {
        found = kept(former)?;
    }
    if let Some(kept) = found {
        return match is_locked(&kept) {
            true => Ok(kept),
            false => Err(format!(
                "the model of {name} in {} is not the one that smithy-client.lock names: its digest differs\n  hint: \
                 restore that file, or take what {} has now: cargo smithy-client update {name}",
                site.shown(&site.directory.join(crate::manifest::MODELS)),
                client.model
            )),
        };
    }
    let taken = taken()?;
    match is_locked(&taken) {
        true => Ok(taken),
        false => Err(format!(
            "{} has another model of {name} now than smithy-client.lock names, and the locked one is not here\n  hint: \
             commit the folder of the models, or take the new one: cargo smithy-client update {name}",
            client.model
        )),
    }
}

/// What the generator is asked for.
fn options(task: &Task<'_>, chosen: &Chosen) -> Options {
    Options {
        crate_name: Some(task.client.package(task.name).to_owned()),
        crate_version: Some(task.client.patch.clone().unwrap_or_else(|| VERSION.to_owned())),
        runtime: RuntimeDependency::Path(format!("../{}", runtime::PACKAGE)),
        standalone: true,
        emit: task.client.emit,
        operations: chosen.selection(),
        skip_unsupported: true,
        protocol: None,
        writer: Writer::SmithyClient,
    }
}

/// The fingerprint of all that the emitted files depend on.
fn made_of(model: &Model, options: &Options) -> String {
    let mut fingerprint = Fingerprint::default();
    fingerprint.add(FINGERPRINT);
    fingerprint.add_all(&model.sha256);
    // Every option counts, also one that is to come.
    fingerprint.add(format!("{options:?}"));
    fingerprint.finish()
}

/// The fingerprint of the files of a crate that are on disk, and their lines of Rust; `None` where one is not there.
fn on_disk(directory: &Path) -> Option<(String, usize)> {
    let list = std::fs::read_to_string(directory.join(FILE_LIST)).ok()?;
    let mut paths: Vec<&str> = list.lines().skip(1).chain([FILE_LIST]).collect();
    paths.sort_unstable();
    let (mut fingerprint, mut lines) = (Fingerprint::default(), 0);
    for path in paths {
        let text = std::fs::read(directory.join(path)).ok()?;
        fingerprint.add(path);
        fingerprint.add(&text);
        if path.ends_with(".rs") {
            lines += text.iter().filter(|byte| **byte == b'\n').count();
        }
    }
    Some((fingerprint.finish(), lines))
}

/// The same of files in memory.
fn in_memory(files: &BTreeMap<String, String>) -> String {
    let mut fingerprint = Fingerprint::default();
    for (path, text) in files {
        fingerprint.add(path);
        fingerprint.add(text);
    }
    fingerprint.finish()
}

/// The lines of Rust of a crate.
fn lines(files: &BTreeMap<String, String>) -> usize {
    files.iter().filter(|(path, _)| path.ends_with(".rs")).map(|(_, text)| text.lines().count()).sum()
}

/// What cannot be emitted, of what is wanted: for a program that is what it calls.
fn called_and_left_out(mut left_out: Vec<LeftOut>, chosen: &Chosen) -> Vec<LeftOut> {
    for told in &chosen.left_out {
        if !left_out.iter().any(|left| left.operation == told.operation) {
            left_out.push(told.clone());
        }
    }
    left_out
}

fn locked_by(
    task: &Task<'_>,
    model: &Model,
    chosen: &Chosen,
    prepared: &Prepared,
    made_of: String,
    before: Option<&Locked>,
) -> Locked {
    let generated = &prepared.generated;
    Locked {
        service: generated.service.clone(),
        sdk_id: model.sdk_id().unwrap_or_default(),
        protocol: generated.protocol.to_owned(),
        model: task.client.model.clone(),
        sha256: model.sha256.clone(),
        operations: generated.operation_names.clone(),
        types: chosen.types.clone(),
        left_out: generated.left_out.iter().map(|left| left.operation.clone()).collect(),
        made_of,
        files: in_memory(&generated.files),
        asked: before.and_then(|before| before.asked.clone()),
        replaced: before.map(|before| before.replaced.clone()).unwrap_or_default(),
    }
}

/// The names of what cannot be emitted of a client whose crate is what it was: of a program's calls those of today.
fn left_out(locked: &Locked, chosen: &Chosen) -> Vec<String> {
    match chosen.is_by_program {
        true => chosen.left_out.iter().map(|left| left.operation.clone()).collect(),
        false => locked.left_out.clone(),
    }
}

fn known(options: &Options, locked: &Locked, chosen: &Chosen, lines: usize) -> Known {
    let told = |name: &String| {
        let left = chosen.left_out.iter().find(|left| left.operation == *name);
        left.cloned().unwrap_or_else(|| LeftOut { operation: name.clone(), reason: String::new() })
    };
    Known {
        crate_name: options.crate_name.clone().unwrap_or_default(),
        protocol: locked.protocol.clone(),
        emit: options.emit,
        operations: locked.operations.len(),
        lines,
        left_out: locked.left_out.iter().map(told).collect(),
    }
}
