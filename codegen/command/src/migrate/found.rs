//! The official crates that the members of a workspace depend on, and where they say so.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use smithy_client_codegen::visible;

use super::features::{self, Features};
use crate::cargo_toml::{CargoToml, Entry, Kind, Origin, Table};
use crate::files;
use crate::paths::resolve;
use crate::site::Site;

/// How names of official crates begin.
pub(crate) const PREFIX: &str = "aws-sdk-";

/// How many versions are named.
const SHOWN: usize = 3;

/// The crate that loads configurations for all of them.
pub(super) const CONFIG: &str = "aws-config";

/// A `Cargo.toml` of the workspace.
#[derive(Debug)]
pub(super) struct Held {
    /// Where it is.
    pub(super) path: PathBuf,
    /// Its text.
    pub(super) text: String,
    /// What it says.
    pub(super) content: CargoToml,
}

/// A dependency of a package on another one.
#[derive(Clone, Debug)]
pub(super) struct Use {
    /// The number of the manifest that says so.
    pub(super) manifest: usize,
    /// What it says; the package and its origin are those that the workspace says, where it is inherited.
    pub(super) entry: Entry,
    /// Whether the workspace says where it is from.
    pub(super) is_inherited: bool,
}

impl Use {
    /// Whether it is for the tests of its package alone.
    pub(super) fn is_for_tests(&self) -> bool {
        matches!(self.entry.table, Table::Package { kind: Kind::Development, .. })
    }

    /// Its features, as this manifest asks for them.
    pub(super) fn features(&self) -> Features {
        // One that is inherited has the default of the workspace's entry.
        let default = self.entry.default_features.unwrap_or(!self.is_inherited);
        Features { default, names: self.entry.features.clone() }
    }
}

/// The manifests of a workspace, the root's first.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) held: Vec<Held>,
    /// The folder of the clients. What is there may be called as an official crate is.
    clients: PathBuf,
}

impl Found {
    /// Reads them.
    ///
    /// # Errors
    ///
    /// A sentence on one that cannot be read.
    pub(super) fn read(site: &Site) -> Result<Self, String> {
        let workspace = &site.workspace;
        let members = workspace.members.iter().map(|member| member.manifest.clone());
        let mut seen = BTreeSet::new();
        let paths = [workspace.manifest()].into_iter().chain(members).filter(|path| seen.insert(path.clone()));
        let read = |path: PathBuf| {
            let failed = |reason: String| format!("cannot read {}: {reason}", path.display());
            let text = files::text(&path).map_err(|cause| failed(cause.to_string()))?;
            let content = CargoToml::parse(&text).map_err(failed)?;
            Ok(Held { path, text, content })
        };
        Ok(Self { held: paths.map(read).collect::<Result<_, String>>()?, clients: site.directory.clone() })
    }

    /// The dependencies on official crates, by package, in the order of the manifests; without those of [`Self::early`].
    pub(super) fn official(&self) -> BTreeMap<String, Vec<Use>> {
        let mut found: BTreeMap<String, Vec<Use>> = BTreeMap::new();
        let is_official = |used: &Use| used.entry.package.starts_with(PREFIX) && early(used).is_none();
        for used in self.uses().filter(is_official) {
            found.entry(used.entry.package.clone()).or_default().push(used);
        }
        found
    }

    /// Official crates that are asked for in versions before 1, when they had another interface, with that as a phrase. They
    /// stay, also beside newer ones of the same service.
    pub(super) fn early(&self) -> BTreeMap<String, Vec<String>> {
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for used in self.uses().filter(|used| used.entry.package.starts_with(PREFIX)) {
            if let Some(version) = early(&used) {
                found.entry(used.entry.package.clone()).or_default().insert(visible::line(version).into_owned());
            }
        }
        let phrase = |versions: BTreeSet<String>| {
            let more = versions.len().saturating_sub(SHOWN);
            let more = if more == 0 { String::new() } else { format!(" and {more} more") };
            let versions: Vec<String> = versions.into_iter().take(SHOWN).collect();
            format!("it is asked for in version {}{more}, and ours has the interface of 1", versions.join(", "))
        };
        found.into_iter().map(|(package, versions)| (package, vec![phrase(versions)])).collect()
    }

    /// Whether a dependency leads to a client.
    fn is_ours(&self, used: &Use) -> bool {
        let Origin::Path(folder) = &used.entry.origin else { return false };
        let manifest = if used.is_inherited { self.held.first() } else { self.held.get(used.manifest) };
        let place = manifest.and_then(|manifest| resolve(&manifest.path.parent()?.join(folder)).ok());
        place.is_some_and(|place| place.starts_with(&self.clients))
    }

    /// All dependencies of all members, and those that they may inherit; without clients.
    fn uses(&self) -> impl Iterator<Item = Use> {
        let shared: BTreeMap<String, Entry> = self
            .held
            .first()
            .into_iter()
            .flat_map(|root| root.content.dependencies())
            .filter(|entry| entry.table == Table::Workspace)
            .map(|entry| (entry.name.clone(), entry))
            .collect();
        let entries =
            self.held.iter().enumerate().flat_map(|(manifest, held)| {
                held.content.dependencies().into_iter().map(move |entry| (manifest, entry))
            });
        let uses = entries.map(move |(manifest, mut entry)| {
            let is_inherited = entry.origin == Origin::Workspace;
            if let Some(shared) = shared.get(&entry.name).filter(|_| is_inherited) {
                entry.package.clone_from(&shared.package);
                entry.origin = shared.origin.clone();
            }
            Use { manifest, entry, is_inherited }
        });
        uses.filter(|used| !self.is_ours(used))
    }

    /// Whether a member depends on a package.
    pub(super) fn depends_on(&self, package: &str) -> bool {
        self.uses().any(|used| used.entry.package == package)
    }

    /// Whether anything that stays compiles aws-lc: `aws-config`, or an official crate.
    pub(super) fn have_aws_lc(&self, is_kept: impl Fn(&str) -> bool) -> bool {
        let stays = |used: &Use| used.entry.package == CONFIG || is_kept(&used.entry.package);
        self.uses().filter(stays).any(|used| features::has_aws_lc(&used.features()))
    }

    /// Where the root puts something in the place of a package.
    pub(super) fn patches(&self, package: &str) -> Vec<String> {
        self.held.first().map(|root| root.content.patches(package)).unwrap_or_default()
    }

    /// Why the places that a package is from cannot be changed, as phrases; none where they can. What is in its place
    /// already is no obstacle if it `is_ours`, for `aws-config`.
    pub(super) fn obstacles(&self, package: &str, uses: &[Use], is_ours: bool) -> Vec<String> {
        let origin = |used: &Use| match &used.entry.origin {
            Origin::Registry(_) => None,
            Origin::OtherRegistry(name) => Some(format!("it is from the registry `{name}`")),
            Origin::Path(path) => Some(format!("it is from the folder `{path}`")),
            Origin::Git(url) => Some(format!("it is from the repository {url}")),
            Origin::Workspace => Some("it is inherited, and [workspace.dependencies] has none of its name".to_owned()),
            Origin::Unknown => Some("its entry has no version".to_owned()),
        };
        let origins: BTreeSet<String> = uses.iter().filter_map(origin).collect();
        let patches = if is_ours { Vec::new() } else { self.patches(package) };
        let patches = patches.into_iter().map(|table| format!("{table} puts another one in its place"));
        let is_used = uses.iter().any(|used| used.entry.table != Table::Workspace);
        let unused = (!is_used).then(|| "no member depends on it".to_owned());
        origins.into_iter().chain(patches).chain(unused).collect()
    }

    /// The path of a manifest from the root of the workspace.
    pub(super) fn shown(&self, manifest: usize, root: &Path) -> String {
        let path = &self.held[manifest].path;
        path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/")
    }

    /// What the features of a package would be in ours, of every use and every mention in `[features]`.
    ///
    /// # Errors
    ///
    /// The first that ours has not, as `mapped` says of one, and where it is asked for.
    pub(super) fn check_features(
        &self,
        uses: &[Use],
        root: &Path,
        mapped: fn(&str, features::Tls) -> Result<Vec<&'static str>, String>,
    ) -> Result<(), String> {
        let has = |feature: &str| mapped(feature, features::Tls::Ring).map(drop);
        for used in uses {
            let place = |reason: String| format!("{reason}, for which {} asks", self.shown(used.manifest, root));
            used.features().names.iter().try_for_each(|feature| has(feature)).map_err(place)?;
            for (_, names) in self.held[used.manifest].content.features() {
                for name in names {
                    let Some((dependency, feature)) = name.split_once('/') else { continue };
                    if dependency.trim_end_matches('?') == used.entry.name {
                        has(feature).map_err(place)?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// The version that a dependency asks for, if that is one before 1.
fn early(used: &Use) -> Option<&str> {
    match &used.entry.origin {
        Origin::Registry(version) if is_early(version) => Some(version),
        _ => None,
    }
}

/// Whether a version that is asked for is one before 1.
fn is_early(version: &str) -> bool {
    version.trim_start_matches(|c: char| !c.is_ascii_digit()).split(['.', ',', ' ']).next() == Some("0")
}

#[cfg(test)]
mod tests {
    use super::is_early;

    #[test]
    fn versions_before_one_are_known() {
        assert!(["0.24", "^0.24.1", "=0.9", ">= 0.30, < 0.40", "0"].iter().all(|version| is_early(version)));
        assert!(["1", "^1.0.1", "=1.0", ">= 1, < 2", "*", "10.0"].iter().all(|version| !is_early(version)));
    }
}
