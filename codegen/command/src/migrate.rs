//! Takes over a workspace that depends on the official crates of AWS services: clients of ours take the place of those that
//! can be served, and of all that is changed there is a record by which it is put back.
//!
//! - here: what becomes of each official crate, and the change as a whole
//! - `found` finds the official crates in the `Cargo.toml`s, and `edits` puts ours in their place
//! - `service` finds the service of an official crate by its name, `features` what its features are in ours
//! - `beneath` does the same for the clients that `aws-config` calls, which nobody names
//! - `obstacles` finds words of the program for what ours has not
//! - `tls` leaves aws-lc out of the program, if that is wished
//! - `takeover` is the same for one crate of one package, as `add` has it
//! - `record` keeps what was there before, `check` compiles what is there afterwards
//!
//! All is decided and made in memory. Then the old bytes are kept, and everything is written at once.

mod beneath;
mod check;
mod edits;
mod features;
mod found;
mod obstacles;
mod record;
mod service;
mod takeover;
#[cfg(test)]
mod tests;
mod tls;
mod told;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use smithy_client_codegen::{Emit, visible};

use crate::cargo_lock::{CARGO_LOCK, CargoLock, both};
use crate::http_client::{PACKAGE, Wanted};
use crate::manifest::{Client, Manifest, Operations, with_client, with_no_aws_lc};
use crate::models::Model;
use crate::outcome::Outcome;
use crate::parallel::on_all_cores;
use crate::paths::relative;
use crate::site::Site;
use crate::sync::{Calls, Change, Made, Newer, Ready, Task, Whole, make, newer};
use crate::terminal::{Paint, Progress};
use crate::usage::Usage;
use crate::write::{Edit, Room};
use beneath::{Beneath, Search, Shared};
pub use check::Checked;
use edits::{Replaced, edits};
use features::{Features, Tls};
use found::PREFIX;
use found::{Found, Use};
use record::Record;
pub use record::Restored;
pub use service::{official_crate, wanted};
pub use takeover::Takeover;
use tls::WithoutAwsLc;

/// What is asked of a migration.
#[derive(Clone, Debug)]
pub struct Wish {
    /// Where models come from, as the manifest has it.
    pub model: String,
    /// Whether services are taken over also where words of the program, or other packages, speak against it.
    pub keeps_going: bool,
    /// Whether the program is to be built without aws-lc.
    pub is_without_aws_lc: bool,
}

/// What becomes of a workspace.
#[derive(Debug)]
pub struct Migration<'s> {
    site: &'s Site,
    found: Found,
    /// Official crates that ours take the place of, by package.
    taken: BTreeMap<String, Taken>,
    /// Those that stay, by package, with the reasons.
    kept: BTreeMap<String, Vec<String>>,
    /// What becomes of the clients that `aws-config` calls.
    beneath: Beneath,
    tls: Tls,
    /// What becomes of aws-lc, where it is to be left out.
    without: Option<WithoutAwsLc>,
    made: Vec<Made>,
    edits: Vec<Edit>,
}

/// An official crate that ours takes the place of.
#[derive(Debug)]
struct Taken {
    /// The name of the client.
    name: String,
    client: Client,
    features: Features,
    uses: Vec<Use>,
    /// What spoke against it and was passed over.
    doubts: Vec<String>,
    /// How many operations the service has.
    operations: usize,
    slice: Slice,
}

/// What a client has of its service.
#[derive(Clone, Debug, Default)]
struct Slice {
    /// Its operations, by name.
    operations: Vec<String>,
    /// Its lines of Rust.
    lines: usize,
}

impl Slice {
    fn of(made: &Made) -> Self {
        let slice = |ready: &Ready| Self { operations: ready.locked.operations.clone(), lines: ready.known.lines };
        made.result.as_ref().map(slice).unwrap_or_default()
    }
}

/// What a look at an official crate says.
struct Look {
    /// The name of the client.
    name: String,
    client: Client,
    /// The client that is there already.
    held: Option<Client>,
    doubts: Vec<String>,
    operations: usize,
    /// The program presigns requests of it.
    presigns: bool,
    /// The service takes signatures of several regions.
    signs_for_regions: bool,
}

impl<'s> Migration<'s> {
    /// Decides what becomes of every official crate, and makes the clients in memory. Nothing is written.
    ///
    /// # Errors
    ///
    /// A sentence on what cannot be read.
    pub fn plan(site: &'s Site, wish: &Wish, progress: &Progress) -> Result<Self, String> {
        let found = Found::read(site)?;
        let official = found.official();
        let calls = Calls::of(site);
        let lock = CargoLock::of(&site.workspace.root)?;
        let search =
            Search { site, found: &found, lock: &lock, model: &wish.model, is_taken: &|_| true, is_shared: &|_| false };
        let shared = official.keys().filter_map(|package| Some((package.clone(), search.shared(package)?))).collect();
        let eye = Eye { site, wish, found: &found, calls: &calls, lock: &lock, shared: &shared };
        let asked: Vec<(&String, &Vec<Use>)> = official.iter().collect();
        let looks = on_all_cores(&asked, |(package, uses)| eye.look(package, uses));
        let (mut looked, mut kept) = (BTreeMap::new(), found.early());
        for ((package, _), look) in asked.iter().zip(looks) {
            match look {
                Ok(look) => drop(looked.insert((*package).clone(), look)),
                Err(reasons) => kept.entry((*package).clone()).or_default().extend(reasons),
            }
        }
        let mut made = Self::make(site, &looked, &calls, progress);
        made.retain(|made| match why_not(made) {
            None => true,
            Some(reason) => {
                let package = format!("{PREFIX}{}", stem(&made.name));
                looked.remove(&package);
                kept.entry(package).or_default().push(reason);
                false
            }
        });
        let is_taken = |package: &str| looked.contains_key(package);
        let is_shared = |package: &str| looked.get(package).is_some_and(|look| look.client.patch.is_some());
        let search = Search { is_taken: &is_taken, is_shared: &is_shared, ..search };
        let beneath = search.run(&calls, &mut made, progress)?;
        let is_without = wish.is_without_aws_lc || site.manifest.content.without_aws_lc;
        let without = is_without.then(|| WithoutAwsLc::of(site, &found, &calls, lock.as_ref())).transpose()?;
        let has_aws_lc = !is_without && found.have_aws_lc(|package| kept.contains_key(package));
        let tls = if has_aws_lc { Tls::AwsLc } else { Tls::Ring };
        let mut migration =
            Self { site, found, taken: BTreeMap::new(), kept, beneath, tls, without, made, edits: Vec::new() };
        for (package, look) in looked {
            let uses = official.get(&package).cloned().unwrap_or_default();
            let slice = migration.slice(&look.name);
            migration.taken.insert(package.clone(), taken(look, uses, tls, slice)?);
        }
        migration.edits = migration.edits(lock.as_ref())?;
        Ok(migration)
    }

    fn make(site: &Site, looked: &BTreeMap<String, Look>, calls: &Calls<'_>, progress: &Progress) -> Vec<Made> {
        let task = |look: &'_ Look| (look.name.clone(), look.client.clone());
        let clients: Vec<(String, Client)> = looked.values().map(task).collect();
        let is_new = |name: &str| !site.manifest.content.clients.contains_key(name);
        let tasks = clients.iter().map(|(name, client)| Task { name, client, is_fresh: is_new(name) });
        make(site, &tasks.collect::<Vec<_>>(), calls, progress)
    }

    /// What a client that was made has.
    fn slice(&self, name: &str) -> Slice {
        self.made.iter().find(|made| made.name == name).map(Slice::of).unwrap_or_default()
    }

    /// What changes in files that are a person's.
    fn edits(&self, lock: Option<&CargoLock>) -> Result<Vec<Edit>, String> {
        let replaced: Vec<Replaced<'_>> = self
            .taken
            .values()
            .map(|taken| Replaced {
                client: &taken.name,
                package: taken.client.package(&taken.name),
                features: &taken.features,
                uses: &taken.uses,
            })
            .collect();
        let shared = self.taken.values().filter(|taken| taken.client.patch.is_some());
        let folder = |taken: &Taken| {
            relative(&self.site.workspace.root, &self.site.crate_directory(&taken.name)).unwrap_or_default()
        };
        let shared: Vec<(&str, String)> = shared.map(|taken| (taken.name.as_str(), folder(taken))).collect();
        let patched = self.beneath.patched.iter().map(|(package, patched)| (package.as_str(), patched.folder.as_str()));
        let patched = patched.chain(shared.iter().map(|(package, folder)| (*package, folder.as_str())));
        let copied = relative(&self.site.workspace.root, &self.site.directory.join(PACKAGE));
        let copied = copied.filter(|_| self.copied().is_some());
        let patched = patched.chain(copied.iter().map(|folder| (PACKAGE, folder.as_str())));
        let mut all = edits(self.site, &self.found, &replaced, &patched.collect::<Vec<_>>(), self.tls)?;
        all.extend(lock.and_then(|lock| {
            let small = self.copied().and_then(|wanted| wanted.unlock(lock));
            both(small, |lock| beneath::unlock(lock).filter(|_| self.has_patches()), lock)
        }));
        let failed = |reason: String| format!("cannot change smithy-client.toml: {reason}");
        let mut text = self.site.manifest.text.clone().unwrap_or_default();
        let taken = self.taken.values().map(|taken| (&taken.name, &taken.client));
        for (name, client) in taken.chain(self.beneath.patched.iter().map(|(name, patched)| (name, &patched.client))) {
            if self.site.manifest.content.clients.get(name) != Some(client) {
                text = with_client(&text, name, client).map_err(failed)?;
            }
        }
        if self.copied().is_some() && !self.site.manifest.content.without_aws_lc {
            text = with_no_aws_lc(&text).map_err(failed)?;
        }
        if !self.is_empty() {
            Manifest::read(&text).map_err(failed)?;
            all.extend(self.site.manifest.edit(text));
        }
        Ok(all)
    }

    /// Whether nothing is taken over, and aws-lc not left out.
    pub fn is_empty(&self) -> bool {
        let is_new = self.copied().is_some() && self.site.lock.content.http_client.is_none();
        self.taken.is_empty() && self.beneath.patched.is_empty() && !is_new
    }

    /// Whether clients take the places of those that `aws-config` calls.
    fn has_patches(&self) -> bool {
        !self.beneath.patched.is_empty() || self.taken.values().any(|taken| taken.client.patch.is_some())
    }

    /// The copy of AWS's crate of HTTP clients that the program gets: one with clients, which are what a copy stands
    /// beside.
    fn copied(&self) -> Option<&Wanted> {
        let has_clients = !self.made.is_empty() || !self.site.manifest.content.clients.is_empty();
        self.without.as_ref()?.wanted.as_ref().filter(|_| has_clients)
    }

    /// Whether every official crate is taken over that a member of the workspace names.
    pub fn is_complete(&self) -> bool {
        self.kept.is_empty()
    }

    /// Keeps what is there, and writes everything.
    ///
    /// # Errors
    ///
    /// A sentence on what cannot be read or written; then all is as it was.
    pub fn write(&mut self, room: &Room) -> Result<(), String> {
        let root = &self.site.workspace.root;
        let lock = root.join(CARGO_LOCK);
        let mut kept = None;
        let written = self.finish(Some(room), |changes| {
            kept = Some(Record::begin(root, changes, &lock)?);
            Ok(())
        });
        if let (Err(_), Some(record)) = (&written, kept) {
            // What failed has put back what it did. Where it could not, the record stays for `--undo`.
            record.restore(root)?;
        }
        record::tidy(root);
        written
    }

    /// What would change in the files of a person, as a diff, and how many files would come.
    ///
    /// # Errors
    ///
    /// A sentence on what cannot be read.
    pub fn preview(&mut self, paint: Paint) -> Result<String, String> {
        let site = self.site;
        let mut diffs: Vec<String> = Vec::new();
        for edit in &self.edits {
            let old = edit.old.as_ref().map(|old| old.as_bytes());
            diffs.push(crate::diff::unified(&site.shown(&edit.path), old, Some(&edit.new), paint));
        }
        let below = site.directory.clone();
        let mut emitted = 0;
        self.finish(None, |changes| {
            emitted = changes.iter().filter(|change| change.path.starts_with(&below)).count();
            Ok(())
        })?;
        let place = site.shown(&site.directory);
        Ok(format!("{}{emitted} files below {}\n", diffs.concat(), visible::line(&place)))
    }

    fn finish(
        &mut self,
        room: Option<&Room>,
        before: impl FnOnce(&[Change<'_>]) -> Result<(), String>,
    ) -> Result<(), String> {
        let mut whole = Whole::new(self.site);
        self.copied().map_or(Ok(()), |wanted| whole.http_client(self.site, wanted))?;
        let made = whole.clients(self.site, std::mem::take(&mut self.made));
        if let Some(reason) = made.iter().find_map(why_not) {
            return Err(reason);
        }
        for taken in self.taken.values() {
            let originals = takeover::originals(self.site, &self.found, &taken.uses)?;
            whole.depended(&taken.name, &taken.client, originals);
        }
        self.beneath.patched.iter().for_each(|(name, patched)| whole.depended(name, &patched.client, Vec::new()));
        self.edits.iter().for_each(|edit| whole.edit(Some(edit.clone())));
        whole.finish_after(self.site, made, room, before).map(drop)
    }

    /// Lets cargo choose the versions of what the clients need, with which those of `aws-config` may become newer, and opens the
    /// record for a change that follows them; whether there is anything to follow. [`Self::check`] closes it.
    ///
    /// # Errors
    ///
    /// A sentence on a file that cannot be read or written.
    pub fn resolve(&self, reread: impl FnOnce() -> Result<Site, String>) -> Result<Option<Newer>, String> {
        let root = &self.site.workspace.root;
        if !self.has_patches() || !check::resolve(root) {
            return Ok(None);
        }
        let newer = newer(&reread()?)?;
        if let (Some(_), Some(mut record)) = (&newer, Record::last(root)?) {
            record.reopen()?;
        }
        Ok(newer)
    }

    /// Compiles the workspace; `tell` gets what the compiler says, in colours if asked to.
    ///
    /// # Errors
    ///
    /// A sentence: cargo cannot be run, or what it wrote cannot be noted.
    pub fn check(&self, has_colours: bool, tell: &mut dyn FnMut(&str)) -> Result<Checked, String> {
        let patched = self.beneath.patched.keys().map(|package| package.replace('-', "_"));
        let crates = self.taken.values().flat_map(|taken| libraries(&taken.uses)).chain(patched).collect();
        let subject = check::Subject { clients: &self.site.directory, crates: &crates };
        let mut checked = check::check(&self.site.workspace.root, &subject, has_colours, tell)?;
        if self.copied().is_some() {
            checked.has_aws_lc =
                CargoLock::of(&self.site.workspace.root)?.as_ref().map(tls::asking).unwrap_or_default();
        }
        if let Some(mut record) = Record::last(&self.site.workspace.root)? {
            record.note_builds(&self.site.workspace.root)?;
        }
        Ok(checked)
    }
}

/// Puts back what the last migration of a workspace changed; `None` where there was none. What a person has edited since
/// is put back if `is_forced`, and kept beside.
///
/// # Errors
///
/// A sentence: a file was edited since, or cannot be read or written.
pub fn undo(root: &Path, is_forced: bool) -> Result<Option<Restored>, String> {
    let Some(record) = Record::last(root)? else {
        // A run that died before it had one has left a draft.
        record::tidy(root);
        return Ok(None);
    };
    let edited = record.edited(root)?;
    if !edited.is_empty() && !is_forced {
        let edited: Vec<_> = edited.into_iter().map(visible::line).collect();
        return Err(format!(
            "nothing is put back, as these files were edited since: {}\n  hint: keep what you need of them elsewhere, or \
             run cargo smithy-client migrate --undo --force, which leaves each beside the one that is put back",
            edited.join(", ")
        ));
    }
    record.restore(root).map(Some)
}

/// What it takes to look at official crates.
struct Eye<'a> {
    site: &'a Site,
    wish: &'a Wish,
    found: &'a Found,
    calls: &'a Calls<'a>,
    lock: &'a Option<CargoLock>,
    /// What `aws-config` has of official crates that the program depends on too.
    shared: &'a BTreeMap<String, Shared>,
}

impl Eye<'_> {
    /// Whether our client can take the place of an official crate.
    ///
    /// # Errors
    ///
    /// Why it cannot, as phrases.
    fn look(&self, package: &str, uses: &[Use]) -> Result<Look, Vec<String>> {
        let root = &self.site.workspace.root;
        let obstacles = self.found.obstacles(package, uses, self.site.is_patched(package));
        if !obstacles.is_empty() {
            return Err(obstacles);
        }
        self.found.check_features(uses, root, features::one).map_err(one)?;
        let (mut client, model) = self.model(package).map_err(one)?;
        let signs_for_regions = model.signs_for_regions();
        if !signs_for_regions {
            self.found.check_features(uses, root, features::one_region).map_err(one)?;
        }
        let report = |report: &smithy_client_codegen::report::Report| one(first(report));
        let vocabulary = self.calls.vocabulary(&model).map_err(|refusal| report(&refusal))?;
        let program = self.calls.program().map_err(one)?;
        let usage = Usage::of(program, &vocabulary);
        let mut doubts = self.shared(package);
        let libraries = libraries(uses);
        if libraries.iter().all(|name| program.places(name).is_empty()) {
            doubts.push("no source of the workspace names it".to_owned());
        }
        doubts.extend(obstacles::obstacles(&usage, root));
        if !doubts.is_empty() && !self.wish.keeps_going {
            return Err(doubts);
        }
        if let Operations::Named(names) = &mut client.operations {
            names.extend(usage.operations.keys().filter(|name| !names.contains(name)).cloned().collect::<Vec<_>>());
        }
        let name = self.name(package).to_owned();
        match self.shared.get(package) {
            Some(shared) => shared.ask(package, &mut client),
            None => client.package = client.package.or_else(|| self.site.other_package(&name)),
        }
        let dependency = uses.first().map(|used| used.entry.name.clone());
        if client.dependency.is_none() {
            client.dependency = dependency.filter(|dependency| dependency != client.package(&name));
        }
        let held = self.site.manifest.content.clients.get(&name).cloned();
        let presigns = obstacles::presigns(program, &libraries);
        Ok(Look { name, client, held, doubts, operations: operations(&model), presigns, signs_for_regions })
    }

    /// The name of the client that takes the place of an official crate: that of the crate where it does so for `aws-config`
    /// too, as cargo wants it.
    fn name<'p>(&self, package: &'p str) -> &'p str {
        if self.shared.contains_key(package) { package } else { stem(package) }
    }

    /// The model of the service of an official crate, and what the manifest says of its client.
    fn model(&self, package: &str) -> Result<(Client, Model), String> {
        let name = self.name(package);
        let Some(client) = self.site.manifest.content.clients.get(name) else {
            return service::model(self.site, package, &self.wish.model);
        };
        if client.emit != Emit::Client {
            return Err(format!("smithy-client.toml has {name} as types without a client"));
        }
        let kept = Model::kept(&self.site.directory, name, self.site.limits)?;
        let model = match kept {
            Some(model) => model,
            None => Model::taken(&self.site.workspace.root, name, client, self.site.limits)?,
        };
        let sdk_id = model.sdk_id().unwrap_or_default();
        match service::official(&sdk_id) == stem(package) {
            true => Ok((client.clone(), model)),
            false => {
                Err(format!("smithy-client.toml has a client {name} of another service, {}", visible::line(&sdk_id)))
            }
        }
    }

    /// Other packages that have the official crate, as phrases.
    fn shared(&self, package: &str) -> Vec<String> {
        let members = self.site.workspace.member_names();
        let dependents = self.lock.iter().flat_map(|lock| lock.dependents(package, &members));
        let phrase = |other: String| {
            format!(
                "{} depends on it too, and where it takes or gives types of it, ours are others",
                visible::line(&other)
            )
        };
        dependents.map(phrase).collect()
    }
}

fn taken(look: Look, uses: Vec<Use>, tls: Tls, slice: Slice) -> Result<Taken, String> {
    let Look { name, mut client, held, doubts, operations, presigns, signs_for_regions } = look;
    let mut features = shared(&uses, tls)?;
    // What a client has that is there already, others may need.
    if let Some(held) = held {
        features.default |= held.default_features;
        let more = held.features.iter().filter(|name| !features.names.contains(name)).cloned().collect::<Vec<_>>();
        features.names.extend(more);
    }
    if presigns {
        features.add(features::PRESIGNING);
    }
    // The official crate has it by default. Ours too, but not where its TLS is another than by default.
    if signs_for_regions && !features.default && uses.iter().any(|used| used.features().default) {
        features.add(features::SIGV4A);
    }
    client.default_features = features.default;
    client.features.clone_from(&features.names);
    Ok(Taken { name, client, features, uses, doubts, operations, slice })
}

/// The features that a client has for all dependencies on it.
fn shared(uses: &[Use], tls: Tls) -> Result<Features, String> {
    let is_test_alone = uses.iter().all(|used| used.is_for_tests() || used.is_inherited);
    // What only tests ask for, such as clocks that stand still, is not to be in the program.
    let counts = |used: &&Use| !used.is_inherited && (is_test_alone || !used.is_for_tests());
    let own: Vec<Features> = uses.iter().filter(counts).map(Use::features).collect();
    features::mapped(&own, tls)
}

/// What sources may call the crate of a dependency.
fn libraries(uses: &[Use]) -> BTreeSet<String> {
    uses.iter().map(|used| used.entry.name.replace('-', "_")).collect()
}

/// The name of the client that takes the place of an official crate.
fn stem(package: &str) -> &str {
    package.strip_prefix(PREFIX).unwrap_or(package)
}

fn one(reason: String) -> Vec<String> {
    vec![reason]
}

/// The first of what is wrong with a model, as a phrase.
fn first(report: &smithy_client_codegen::report::Report) -> String {
    let message = report.diagnostics.first().map(|problem| visible::line(&problem.message).into_owned());
    let more = report.diagnostics.len().saturating_sub(1);
    let more = if more == 0 { String::new() } else { format!(" (and {more} more problems)") };
    format!("it cannot be emitted: {}{more}", message.unwrap_or_default())
}

/// Why a client that was made is not written; `None` if it can be.
fn why_not(made: &Made) -> Option<String> {
    match &made.result {
        Ok(ready) if ready.is_obstructed() => Some(in_the_way(ready)),
        Ok(_) => None,
        Err(Outcome::Refused { report, .. }) => Some(first(report)),
        Err(Outcome::Unreadable(reason)) => Some(reason.clone()),
        Err(Outcome::Conflict(conflict)) => Some(format!("its folder holds {}", conflict.holds)),
        Err(_) => Some("it was not made".to_owned()),
    }
}

fn in_the_way(ready: &Ready) -> String {
    let comparison = ready.emitted.as_ref().map(|prepared| &prepared.comparison);
    let obstacle = comparison.and_then(|comparison| comparison.obstacles().first().copied());
    let (path, obstacle) = obstacle.map_or_else(Default::default, |(path, it)| (visible::line(path), it.to_string()));
    format!("{path} of its folder is in the way: {obstacle}")
}

/// How many operations a service has.
fn operations(model: &Model) -> usize {
    let of = |text: &str| {
        let ast = crate::source::parse(text)?;
        let shapes = ast.get("shapes")?.as_object()?.values();
        Some(shapes.filter(|shape| shape["type"] == "operation").count())
    };
    model.sources.texts.iter().filter_map(|source| of(&source.text)).sum()
}
