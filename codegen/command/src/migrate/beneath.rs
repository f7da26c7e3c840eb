//! The clients that `aws-config` calls itself: of STS for roles, of IAM Identity Center and of sign-in for sessions of
//! persons. A program compiles the official ones although it does not name them. Ours take their place for it by
//! `[patch.crates-io]`, each under the version that `Cargo.lock` has, with the operations that `aws-config` calls.
//!
//! That is done only where nobody else has them: whoever calls more would not compile. Where the program calls one of these
//! services itself, one client serves both.

use std::collections::{BTreeMap, BTreeSet};

use smithy_client_codegen::visible;

use super::found::{CONFIG, Found};
use super::{PREFIX, Slice, operations, service, why_not};
use crate::cargo_lock::{CargoLock, Package};
use crate::manifest::{Client, Operations};
use crate::paths::relative;
use crate::site::Site;
use crate::sync::{Calls, Made, Task, make};
use crate::terminal::Progress;
use crate::write::Edit;

/// The only version of `aws-config`, and of the clients that it has, of which it is known what it calls.
const MAJOR: &str = "1.";

/// The oldest minor version of it that compiles with the engine which clients are built on.
const OLDEST: u32 = 13;

/// What `aws-config` 1.0 to 1.13 calls, by package.
const CALLED: [(&str, &[&str]); 4] = [
    ("aws-sdk-signin", &["CreateOAuth2Token"]),
    ("aws-sdk-sso", &["GetRoleCredentials"]),
    ("aws-sdk-ssooidc", &["CreateToken"]),
    ("aws-sdk-sts", &["AssumeRole", "AssumeRoleWithWebIdentity"]),
];

/// What becomes of the clients that `aws-config` calls.
#[derive(Debug, Default)]
pub(super) struct Beneath {
    /// Those that ours take the place of, by package.
    pub(super) patched: BTreeMap<String, Patched>,
    /// Those that stay, with the reason; the name of `aws-config` stands for all of them.
    pub(super) left: BTreeMap<String, String>,
}

/// A client that takes the place of one that `aws-config` calls. Its name is that of the package.
#[derive(Debug)]
pub(super) struct Patched {
    pub(super) client: Client,
    /// Its folder, from the root of the workspace.
    pub(super) folder: String,
    /// How many operations the service has.
    pub(super) operations: usize,
    pub(super) slice: Slice,
}

/// What it takes to find out.
pub(super) struct Search<'a> {
    pub(super) site: &'a Site,
    pub(super) found: &'a Found,
    pub(super) lock: &'a Option<CargoLock>,
    /// Where models come from.
    pub(super) model: &'a str,
    /// The packages that members of the workspace do not depend on any more.
    pub(super) is_taken: &'a dyn Fn(&str) -> bool,
    /// Those in whose place there is a client for the program and for `aws-config`.
    pub(super) is_shared: &'a dyn Fn(&str) -> bool,
}

/// What `aws-config` has of a service that the program calls too.
#[derive(Clone, Debug)]
pub(super) struct Shared {
    /// The version of the package.
    version: String,
    /// What it calls, by name.
    called: Vec<String>,
}

impl Shared {
    /// Makes a client of the program serve `aws-config` as well.
    pub(super) fn ask(&self, package: &str, client: &mut Client) {
        let stem = package.strip_prefix(PREFIX).unwrap_or(package);
        client.service = Some(client.service(stem).to_owned());
        client.patch = Some(self.version.clone());
        client.operations = Operations::Auto;
        client.also.clone_from(&self.called);
    }
}

/// What takes an `aws-config` out of `Cargo.lock` that is too old for the engine of the clients, so that cargo chooses a newer
/// one. Clients in its places cannot ask for that themselves, as it depends on them.
pub(super) fn unlock(lock: &CargoLock) -> Option<Edit> {
    let minor = |package: &Package| package.version.strip_prefix(MAJOR)?.split('.').next()?.parse::<u32>().ok();
    let is_old = |package: &&Package| minor(package).is_some_and(|minor| minor < OLDEST);
    lock.without(lock.named(CONFIG).into_iter().find(is_old)?)
}

impl Search<'_> {
    /// Decides what becomes of each, and makes clients in memory, which come to `made`.
    ///
    /// # Errors
    ///
    /// A sentence: the path of the workspace cannot be written.
    pub(super) fn run(&self, calls: &Calls<'_>, made: &mut Vec<Made>, progress: &Progress) -> Result<Beneath, String> {
        let mut beneath = Beneath::default();
        let mut wanted = BTreeMap::new();
        match self.called() {
            Err(reason) => drop(beneath.left.insert(CONFIG.to_owned(), reason)),
            Ok(called) => {
                let is_open = |name: &str| !self.site.is_patched(name) && !(self.is_shared)(name);
                for package in called.iter().filter(|package| is_open(&package.name)) {
                    match self.wanted(package) {
                        Ok(found) => drop(wanted.insert(package.name.clone(), found)),
                        Err(reason) => drop(beneath.left.insert(package.name.clone(), reason)),
                    }
                }
            }
        }
        let tasks = wanted.iter().map(|(name, (client, _))| Task { name, client, is_fresh: true });
        let mut results = make(self.site, &tasks.collect::<Vec<_>>(), calls, progress);
        results.retain(|result| match why_not(result) {
            None => true,
            Some(reason) => {
                beneath.left.insert(result.name.clone(), reason);
                false
            }
        });
        for result in &results {
            let Some((client, operations)) = wanted.remove(&result.name) else { continue };
            let folder = relative(&self.site.workspace.root, &self.site.crate_directory(&result.name));
            let folder = folder.ok_or("the path of the workspace is not UTF-8")?;
            let slice = Slice::of(result);
            beneath.patched.insert(result.name.clone(), Patched { client, folder, operations, slice });
        }
        made.extend(results);
        Ok(beneath)
    }

    /// What `aws-config` has of a package that members of the workspace depend on, where one client can serve both.
    pub(super) fn shared(&self, package: &str) -> Option<Shared> {
        // One that serves `aws-config` alone comes to serve both.
        let held = self.site.manifest.content.clients.get(package);
        if let Some((version, held)) = held.and_then(|held| Some((held.patch.clone()?, held))) {
            let named = if let Operations::Named(names) = &held.operations { names.clone() } else { Vec::new() };
            return Some(Shared { version, called: [named, held.also.clone()].concat() });
        }
        let package = self.called().ok()?.into_iter().find(|called| called.name == package)?;
        let called = self.fits(package).ok()?;
        let called = called.iter().map(|name| (*name).to_owned()).collect();
        Some(Shared { version: package.version.clone(), called })
    }

    /// The packages of the services that `aws-config` calls in this program; none where it is not there.
    ///
    /// # Errors
    ///
    /// Why that cannot be said.
    fn called(&self) -> Result<Vec<&Package>, String> {
        let is_asked = self.found.depends_on(CONFIG);
        let Some(lock) = self.lock else {
            return match is_asked {
                true => {
                    Err("there is no Cargo.lock yet, which says who depends on the clients that it calls; run cargo \
                             generate-lockfile, then this again"
                        .to_owned())
                }
                false => Ok(Vec::new()),
            };
        };
        let config = match lock.named(CONFIG).as_slice() {
            [] => return Ok(Vec::new()),
            [config] => *config,
            _ => return Err("Cargo.lock has several versions of it".to_owned()),
        };
        if !config.is_of_registry() {
            return Err("it is not the one of the registry".to_owned());
        }
        if !config.version.starts_with(MAJOR) {
            let version = visible::line(&config.version);
            return Err(format!("what version {version} calls is not known here; that is known of {MAJOR}x"));
        }
        let names = config.depends_on().filter(|name| name.starts_with(PREFIX));
        let names: BTreeSet<&str> = names.collect();
        Ok(names.into_iter().flat_map(|name| lock.named(name)).collect())
    }

    /// The client that would take the place of a package, and how many operations its service has.
    ///
    /// # Errors
    ///
    /// Why there is none, as a phrase.
    fn wanted(&self, package: &Package) -> Result<(Client, usize), String> {
        let name = package.name.as_str();
        let called = self.fits(package)?;
        if self.site.manifest.content.clients.contains_key(name) {
            return Err("smithy-client.toml has a client of that name already".to_owned());
        }
        let (client, model) = service::model(self.site, name, self.model)?;
        let stem = name.strip_prefix(PREFIX).unwrap_or(name);
        let client = Client {
            service: Some(client.service(stem).to_owned()),
            operations: Operations::Named(called.iter().map(|name| (*name).to_owned()).collect()),
            patch: Some(package.version.clone()),
            ..client
        };
        Ok((client, operations(&model)))
    }

    /// What `aws-config` calls of a package, where a client can take the place of that for it.
    ///
    /// # Errors
    ///
    /// Why none can, as a phrase.
    fn fits(&self, package: &Package) -> Result<&'static [&'static str], String> {
        let name = package.name.as_str();
        let called = CALLED.iter().find(|(known, _)| *known == name);
        let (_, called) = called.ok_or("what aws-config calls of it is not known here")?;
        let lock = self.lock.as_ref().ok_or("there is no Cargo.lock")?;
        if lock.named(name).len() > 1 {
            return Err("Cargo.lock has several versions of it".to_owned());
        }
        if !package.is_of_registry() {
            return Err("it is not the one of the registry".to_owned());
        }
        if !package.version.starts_with(MAJOR) {
            let version = visible::line(&package.version);
            return Err(format!("its version {version} is none of those that are known here, {MAJOR}x"));
        }
        if let Some(table) = self.found.patches(name).first() {
            return Err(format!("{table} puts another one in its place"));
        }
        if let Some(other) = self.other(lock, name) {
            return Err(format!("{} depends on it too, and may call more of it", visible::line(&other)));
        }
        Ok(called)
    }

    /// Somebody beside `aws-config` who depends on a package. Members of the workspace do not, where ours is theirs.
    fn other(&self, lock: &CargoLock, package: &str) -> Option<String> {
        let members = if (self.is_taken)(package) { self.site.workspace.member_names() } else { BTreeSet::new() };
        lock.dependents(package, &members).into_iter().next()
    }
}
