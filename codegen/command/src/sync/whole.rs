//! All that a run changes, written at once: the crates, the runtime, the models, the manifests and the lock.

mod http;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use smithy_client_codegen::visible;

use super::folder::{compare, listed, own};
use super::{Made, Ready};
use crate::cargo_toml::CargoToml;
use crate::emission::resolve;
use crate::files;
use crate::http_client;
use crate::lock::{Asked, Lock, Original};
use crate::manifest::Client;
use crate::models::kept_files;
use crate::outcome::{Ending, Outcome};
use crate::paths::relative;
use crate::runtime;
use crate::site::Site;
use crate::write::{Comparison, Edit, Fate, Obstacle, Room};

/// The manifest of an emitted crate.
const CARGO_TOML: &str = "Cargo.toml";

/// All that is to be written.
#[derive(Debug)]
pub struct Whole {
    /// Texts by their paths below the folder of the clients.
    files: BTreeMap<String, String>,
    fates: BTreeMap<String, Fate>,
    edits: Vec<Edit>,
    /// What the lock says afterwards.
    lock: Lock,
}

/// A file that is about to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change<'a> {
    /// Where it is, without symbolic links.
    pub path: PathBuf,
    /// What it becomes; `None` if it goes.
    pub new: Option<&'a str>,
}

/// What came of a run.
#[derive(Debug)]
pub struct Synced {
    /// Each client with what came of it.
    pub clients: Vec<(Made, Outcome)>,
    /// What differs apart from the clients' own crates, a line each: what it is, and where.
    pub others: Vec<String>,
}

impl Whole {
    /// Nothing yet.
    pub fn new(site: &Site) -> Self {
        let lock = Lock { directory: site.manifest.content.directory.clone(), ..site.lock.content.clone() };
        Self { files: BTreeMap::new(), fates: BTreeMap::new(), edits: Vec::new(), lock }
    }

    /// Notes what the manifest asks for of the dependencies on a client, and which of AWS's own it takes the place of.
    pub fn depended(&mut self, name: &str, client: &Client, replaced: Vec<Original>) {
        let Some(locked) = self.lock.clients.get_mut(name) else { return };
        locked.asked = Some(Asked::of(name, client));
        for new in replaced {
            locked.replaced.retain(|held| !held.is_where(&new));
            locked.replaced.push(new);
        }
    }

    /// Adds the removal of all that is this command's in the folder that the clients were in before.
    ///
    /// # Errors
    ///
    /// A sentence on a file that cannot be read.
    pub fn leave(&mut self, site: &Site, former: &Path) -> Result<(), String> {
        let nothing = BTreeMap::new();
        let way =
            relative(&site.directory, former).ok_or_else(|| "the path of the workspace is not UTF-8".to_owned())?;
        let mut folders: Vec<(String, BTreeSet<String>)> = Vec::new();
        for name in site.lock.content.clients.keys() {
            folders.push((format!("{way}/{name}"), own(&former.join(name))));
            folders.push((way.clone(), kept_files(former, name).into_iter().collect()));
        }
        for package in [runtime::PACKAGE, http_client::PACKAGE] {
            folders.push((format!("{way}/{package}"), own(&former.join(package))));
        }
        for (folder, own) in folders {
            self.add(&folder, &nothing, compare(&site.directory.join(&folder), &nothing, &own)?);
        }
        Ok(())
    }

    /// Adds a change of a file that is a person's.
    pub fn edit(&mut self, edit: Option<Edit>) {
        self.edits.extend(edit);
    }

    /// Adds files of a folder below that of the clients.
    fn add(&mut self, folder: &str, files: &BTreeMap<String, String>, comparison: Comparison) {
        let path = |path: &str| if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") };
        for (name, fate) in comparison.fates {
            if let Some(text) = files.get(&name) {
                self.files.insert(path(&name), text.clone());
            }
            self.fates.insert(path(&name), fate);
        }
    }

    /// Adds a client, unless something is in its way.
    ///
    /// # Errors
    ///
    /// A sentence on a file that cannot be read, or is in the way of its model.
    fn client(&mut self, site: &Site, name: &str, ready: &Ready) -> Result<(), String> {
        // In a folder that is new to the clients nothing is this command's.
        let own: BTreeSet<String> = match self.lock.clients.contains_key(name) && site.former.is_none() {
            true => kept_files(&site.directory, name).into_iter().collect(),
            false => BTreeSet::new(),
        };
        let models = compare(&site.directory, &ready.model, &own)?;
        if let Some((path, obstacle)) = models.obstacles().first() {
            let place = site.shown(&site.directory.join(path));
            // A model that is there and is the same needs nobody's word.
            let reason = match obstacle {
                Obstacle::HandWritten => "it is another model than the one that was taken, and no lock knows it",
                _ => "it is not a regular file",
            };
            return Err(format!("{place} is in the way: {reason}; move it elsewhere or delete it"));
        }
        self.add("", &ready.model, models);
        if let Some(prepared) = &ready.emitted {
            self.add(name, &prepared.generated.files, prepared.comparison.clone());
        }
        self.lock.clients.insert(name.to_owned(), ready.locked.clone());
        Ok(())
    }

    /// Adds the removal of a client: its emitted files and its model. What else is in its folder stays.
    ///
    /// # Errors
    ///
    /// A sentence on a file that cannot be read.
    pub fn remove(&mut self, site: &Site, name: &str) -> Result<(), String> {
        let nothing = BTreeMap::new();
        let directory = site.crate_directory(name);
        let comparison = compare(&directory, &nothing, &own(&directory))?;
        self.add(name, &nothing, comparison);
        let models = kept_files(&site.directory, name).into_iter().collect();
        self.add("", &nothing, compare(&site.directory, &nothing, &models)?);
        self.lock.clients.remove(name);
        Ok(())
    }

    /// Adds the copy of the runtime, as long as there is a client that needs it.
    ///
    /// # Errors
    ///
    /// A sentence on a file that cannot be read, or is in the way.
    fn runtime(&mut self, site: &Site) -> Result<(), String> {
        let directory = site.directory.join(runtime::PACKAGE);
        let files = match self.lock.clients.is_empty() {
            true => BTreeMap::new(),
            false => listed(runtime::files()?),
        };
        let comparison = compare(&directory, &files, &own(&directory))?;
        if let Some((path, obstacle)) = comparison.obstacles().first() {
            let place = site.shown(&directory.join(path));
            return Err(format!("{place} is in the way: {obstacle}; move it elsewhere or delete it"));
        }
        self.add(runtime::PACKAGE, &files, comparison);
        Ok(())
    }

    /// Adds the lock; one that would say nothing goes.
    fn lock(&mut self, site: &Site) -> Result<(), String> {
        match self.lock.clients.is_empty() {
            true => self.delete(site, &site.lock.path, site.lock.text.as_deref()),
            false => {
                let text = self.lock.text()?;
                self.edit(site.lock.edit(text));
                Ok(())
            }
        }
    }

    /// Adds the removal of a file outside of the folder of the clients; of one that is not there nothing.
    ///
    /// # Errors
    ///
    /// A sentence on a path that no journal can hold.
    pub fn delete(&mut self, site: &Site, path: &Path, old: Option<&str>) -> Result<(), String> {
        if let Some(old) = old {
            let path = relative(&site.directory, path);
            let path = path.ok_or_else(|| "the path of the workspace is not UTF-8".to_owned())?;
            self.fates.insert(path, Fate::Stale(old.as_bytes().to_vec()));
        }
        Ok(())
    }

    /// Adds clients; one with something in its way is none that can be written.
    pub fn clients(&mut self, site: &Site, made: Vec<Made>) -> Vec<Made> {
        let add = |mut made: Made| {
            if let Ok(ready) = &made.result
                && !ready.is_obstructed()
                && let Err(reason) = self.client(site, &made.name, ready)
            {
                made.result = Err(Outcome::Unreadable(reason));
            }
            made
        };
        made.into_iter().map(add).collect()
    }

    /// Writes all of it in a room; without one says what would be written.
    ///
    /// # Errors
    ///
    /// A sentence on what cannot be read or written; then nothing is.
    pub fn finish(self, site: &Site, clients: Vec<Made>, room: Option<&Room>) -> Result<Synced, String> {
        self.finish_after(site, clients, room, |_| Ok(()))
    }

    /// [`Self::finish`], after somebody was told what is about to change, and agrees.
    ///
    /// # Errors
    ///
    /// As [`Self::finish`], and what `before` says.
    pub fn finish_after(
        mut self,
        site: &Site,
        clients: Vec<Made>,
        room: Option<&Room>,
        before: impl FnOnce(&[Change<'_>]) -> Result<(), String>,
    ) -> Result<Synced, String> {
        self.runtime(site)?;
        self.lock(site)?;
        let others = self.others(site);
        before(&self.changes(site)?)?;
        if let Some(room) = room {
            let comparison = Comparison { fates: self.fates };
            room.replace(&self.files, &comparison, &self.edits)?;
            sweep(site, &comparison);
        }
        let ended = |mut made: Made| {
            let outcome = match std::mem::replace(&mut made.result, Err(Outcome::Interrupted)) {
                Ok(ready) => ready.outcome(room.is_some()),
                Err(outcome) => outcome,
            };
            (made, outcome)
        };
        Ok(Synced { clients: clients.into_iter().map(ended).collect(), others })
    }

    /// Every file that is about to change.
    fn changes(&self, site: &Site) -> Result<Vec<Change<'_>>, String> {
        let mut changes = Vec::new();
        for (path, fate) in &self.fates {
            let new = match fate {
                Fate::Missing | Fate::Changed(_) => Some(self.files.get(path).map_or("", String::as_str)),
                Fate::Stale(_) => None,
                Fate::Unchanged | Fate::InTheWay(_) => continue,
            };
            // A file beside the folder has a path with `..`.
            changes.push(Change { path: resolve(&site.directory.join(path))?, new });
        }
        for edit in &self.edits {
            changes.push(Change { path: target(site, &edit.path)?, new: Some(&edit.new) });
        }
        Ok(changes)
    }

    /// What differs apart from crates, a line each.
    fn others(&self, site: &Site) -> Vec<String> {
        let crates: Vec<String> = self.lock.clients.keys().map(|name| format!("{name}/")).collect();
        let mut lines = Vec::new();
        // Where all clients move, nobody wants to read of each file.
        for (path, fate) in self.fates.iter().filter(|_| site.former.is_none()) {
            let word = match fate {
                Fate::Missing => "missing",
                Fate::Changed(_) => "changed",
                Fate::Stale(_) => "not needed any more",
                Fate::Unchanged | Fate::InTheWay(_) => continue,
            };
            if !crates.iter().any(|name| path.starts_with(name)) {
                lines.push(format!("{word}: {}", site.shown(&site.directory.join(path))));
            }
        }
        let edits = self.edits.iter().map(|edit| {
            let word = if edit.old.is_some() { "changed" } else { "missing" };
            format!("{word}: {}", site.shown(&edit.path))
        });
        lines.extend(edits);
        lines
    }
}

/// The file that a path of the workspace leads to.
///
/// # Errors
///
/// A sentence: it is a link out of the workspace, where nothing is written.
fn target(site: &Site, path: &Path) -> Result<PathBuf, String> {
    let target = resolve(path)?;
    match target == path || target.starts_with(&site.workspace.root) {
        true => Ok(target),
        false => Err(format!(
            "{} is a link to {}, which is not below {}, and is not written to\n  hint: let a file take the place of the link",
            site.shown(path),
            target.display(),
            site.workspace.root.display()
        )),
    }
}

/// Removes directories that are empty now in the folder that the clients were in before.
fn sweep(site: &Site, comparison: &Comparison) {
    let Some(former) = &site.former else { return };
    for path in comparison.to_remove() {
        // Those in the folder of the clients are removed with their files.
        let Ok(place) = resolve(&site.directory.join(path)) else { continue };
        if place.starts_with(former) {
            let above = place.ancestors().skip(1).take_while(|above| *above != site.workspace.root);
            // One that holds something stays, and so do those above it.
            let _ = above.map(std::fs::remove_dir).find(Result::is_err);
        }
    }
}

impl Ready {
    /// Whether files of a person stand where its own have to be.
    pub fn is_obstructed(&self) -> bool {
        self.emitted.as_ref().is_some_and(|prepared| !prepared.comparison.obstacles().is_empty())
    }

    /// That the client has the features that are asked for.
    ///
    /// # Errors
    ///
    /// A sentence: it has not one of them.
    pub fn check_features(&self, site: &Site, name: &str, client: &Client) -> Result<(), String> {
        if client.features.is_empty() {
            return Ok(());
        }
        let emitted = self.emitted.as_ref().and_then(|prepared| prepared.generated.files.get(CARGO_TOML).cloned());
        let held = || files::text(&site.crate_directory(name).join(CARGO_TOML)).ok();
        let manifest = emitted.or_else(held).and_then(|text| CargoToml::parse(&text).ok());
        let Some(manifest) = manifest else { return Ok(()) };
        let features: Vec<String> = manifest.features().into_iter().map(|(feature, _)| feature).collect();
        let Some(odd) = client.features.iter().find(|feature| !features.contains(feature)) else { return Ok(()) };
        Err(format!("the client has no feature `{}`; it has: {}", visible::line(odd), features.join(", ")))
    }

    /// What is told of it, after it was written or only compared.
    fn outcome(self, is_written: bool) -> Outcome {
        let is_obstructed = self.is_obstructed();
        let Some(prepared) = self.emitted else { return Outcome::Known(self.known) };
        let ending = match prepared.comparison.is_current() {
            _ if is_obstructed => Ending::Obstructed,
            _ if is_written => Ending::Written,
            true => Ending::Current,
            false => Ending::Drift,
        };
        Outcome::Emitted { generated: Box::new(prepared.generated), comparison: prepared.comparison, ending }
    }
}
