//! The `Cargo.toml`s of a workspace: which of them depend on a client, and what is to become of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::cargo_toml::{CargoToml, Dependency, Entry, Origin, Table};
use crate::emission::resolve;
use crate::files;
use crate::manifest::Client;
use crate::paths::relative;
use crate::site::Site;
use crate::write::Edit;

/// The manifests of a workspace, each with the text that it has on disk.
#[derive(Debug)]
pub struct Manifests<'s> {
    site: &'s Site,
    all: BTreeMap<PathBuf, (String, CargoToml)>,
}

/// A dependency on a client.
#[derive(Clone, Debug)]
struct Place {
    manifest: PathBuf,
    entry: Entry,
}

impl<'s> Manifests<'s> {
    /// Reads the manifests of the root and of all members.
    ///
    /// # Errors
    ///
    /// A sentence on one that cannot be read.
    pub fn read(site: &'s Site) -> Result<Self, String> {
        let mut all = BTreeMap::new();
        let members = site.workspace.members.iter().map(|member| member.manifest.clone());
        for path in members.chain([site.workspace.manifest()]) {
            let failed = |reason: String| format!("cannot read {}: {reason}", path.display());
            let text = files::text(&path).map_err(|cause| failed(cause.to_string()))?;
            let manifest = CargoToml::parse(&text).map_err(failed)?;
            all.insert(path, (text, manifest));
        }
        Ok(Self { site, all })
    }

    /// What makes the disk hold them; nothing of those that are as they were.
    pub fn edits(self) -> Vec<Edit> {
        let edit = |(path, (old, manifest)): (PathBuf, (String, CargoToml))| {
            let new = manifest.text();
            (new != old).then_some(Edit { path, old: Some(old), new })
        };
        self.all.into_iter().filter_map(edit).collect()
    }

    /// What a package of the workspace calls the official crate of a service, if it depends on it, directly or by what it
    /// inherits.
    pub fn has_dependency(&self, manifest: &Path, name: &str) -> bool {
        self.of(manifest).is_some_and(|manifest| manifest.dependencies().iter().any(|entry| entry.name == name))
    }

    /// Makes a package depend on a client. Where it depends on something of that name already, that leads to the client.
    ///
    /// # Errors
    ///
    /// A sentence: a manifest cannot be changed in that way.
    pub fn depend(&mut self, manifest: &Path, name: &str, client: &Client) -> Result<(), String> {
        let dependency = client.dependency(name).to_owned();
        let held: Vec<Entry> = self.of(manifest).map(CargoToml::dependencies).unwrap_or_default();
        let held: Vec<Entry> = held.into_iter().filter(|entry| entry.name == dependency).collect();
        if held.is_empty() {
            return self.set(manifest, &Table::NORMAL, &dependency, name, client);
        }
        for entry in held {
            match entry.origin {
                Origin::Workspace => {
                    let root = self.site.workspace.manifest();
                    self.set(&root, &Table::Workspace, &dependency, name, client)?;
                }
                _ => self.set(manifest, &entry.table, &dependency, name, client)?,
            }
        }
        Ok(())
    }

    /// Makes every dependency on a client have what the manifest of the clients asks for, and gives their number. Further
    /// features, which a person wrote into a `Cargo.toml`, stay. One that takes the place of a registry's package has that.
    ///
    /// # Errors
    ///
    /// As [`Self::depend`].
    pub fn follow(&mut self, name: &str, client: &Client) -> Result<usize, String> {
        let places = self.places(name);
        let patched = self.follow_patch(name, client)?;
        for Place { manifest, entry } in &places {
            let is_same = entry.package == client.package(name)
                && client.features.iter().all(|feature| entry.features.contains(feature))
                && (entry.default_features.unwrap_or(true) || !client.default_features);
            if !is_same {
                let more = client.features.iter().filter(|feature| !entry.features.contains(feature));
                let features = entry.features.iter().chain(more).cloned().collect();
                let client = Client { features, ..client.clone() };
                self.set(manifest, &entry.table, &entry.name, name, &client)?;
            }
        }
        Ok(places.len() + usize::from(patched))
    }

    /// Makes a client take the place of the registry's package of its name, or not any more; gives whether it does.
    fn follow_patch(&mut self, name: &str, client: &Client) -> Result<bool, String> {
        let root = self.site.workspace.manifest();
        let folder = relative(&self.site.workspace.root, &self.site.crate_directory(name));
        let folder = folder.ok_or_else(|| "the path of the workspace is not UTF-8".to_owned())?;
        let package = client.package(name).to_owned();
        let keys: Vec<String> = self.patches(name);
        self.change(&root, |manifest| {
            let is_gone = |key: &&String| client.patch.is_none() || **key != package;
            keys.iter().filter(is_gone).for_each(|key| manifest.remove_patch(key));
            match client.patch.is_some() {
                true => manifest.add_patch(&package, &folder),
                false => Ok(()),
            }
        })?;
        Ok(client.patch.is_some())
    }

    /// The entries of `[patch.crates-io]` that lead to a client, by their keys.
    fn patches(&self, name: &str) -> Vec<String> {
        let root = self.site.workspace.manifest();
        let client = self.site.crate_directory(name);
        let folders = self.of(&root).map(CargoToml::patched_folders).unwrap_or_default();
        let leads = |folder: &str| resolve(&self.site.workspace.root.join(folder)).is_ok_and(|folder| folder == client);
        folders.into_iter().filter(|(_, folder)| leads(folder)).map(|(key, _)| key).collect()
    }

    /// Removes every dependency on a client, those that inherit it, and what puts it in the place of another package.
    ///
    /// # Errors
    ///
    /// As [`Self::depend`].
    pub fn forget(&mut self, name: &str) -> Result<(), String> {
        let keys = self.patches(name);
        if !keys.is_empty() {
            self.change(&self.site.workspace.manifest(), |manifest| {
                keys.iter().for_each(|key| manifest.remove_patch(key));
                Ok(())
            })?;
        }
        for Place { manifest, entry } in self.places(name) {
            if entry.table == Table::Workspace {
                self.forget_inherited(&entry.name)?;
            }
            self.change(&manifest, |manifest| manifest.remove_dependency(&entry.table, &entry.name))?;
        }
        Ok(())
    }

    fn forget_inherited(&mut self, name: &str) -> Result<(), String> {
        let members: Vec<PathBuf> = self.all.keys().cloned().collect();
        for member in members {
            self.change(&member, |manifest| {
                let inherits = |entry: &Entry| entry.name == name && entry.origin == Origin::Workspace;
                let entries: Vec<Entry> = manifest.dependencies().into_iter().filter(inherits).collect();
                entries.iter().try_for_each(|entry| manifest.remove_dependency(&entry.table, &entry.name))
            })?;
        }
        Ok(())
    }

    /// Keeps the folder of the clients out of the workspace, of which cargo would take them for members.
    ///
    /// # Errors
    ///
    /// A sentence: the workspace's list of what is left out is none.
    pub fn exclude(&mut self) -> Result<(), String> {
        let folder = self.site.manifest.content.directory.clone();
        self.change(&self.site.workspace.manifest(), |manifest| manifest.exclude(&folder))
    }

    /// Takes back what [`Self::exclude`] did.
    ///
    /// # Errors
    ///
    /// None but those of a manifest that is not there.
    pub fn include(&mut self) -> Result<(), String> {
        let folder = self.site.manifest.content.directory.clone();
        self.change(&self.site.workspace.manifest(), |manifest| {
            manifest.include(&folder);
            Ok(())
        })
    }

    fn of(&self, manifest: &Path) -> Option<&CargoToml> {
        self.all.get(manifest).map(|(_, manifest)| manifest)
    }

    /// The dependencies that lead to a client.
    fn places(&self, name: &str) -> Vec<Place> {
        let client = self.site.crate_directory(name);
        let mut places = Vec::new();
        for (path, (_, manifest)) in &self.all {
            let directory = path.parent().unwrap_or(path);
            let leads = |entry: &Entry| match &entry.origin {
                Origin::Path(folder) => resolve(&directory.join(folder)).is_ok_and(|folder| folder == client),
                _ => false,
            };
            let entries = manifest.dependencies().into_iter().filter(leads);
            places.extend(entries.map(|entry| Place { manifest: path.clone(), entry }));
        }
        places
    }

    fn set(
        &mut self,
        manifest: &Path,
        table: &Table,
        dependency: &str,
        name: &str,
        client: &Client,
    ) -> Result<(), String> {
        let from = manifest.parent().unwrap_or(manifest);
        let path = relative(from, &self.site.crate_directory(name));
        let path = path.ok_or_else(|| "the path of the workspace is not UTF-8".to_owned())?;
        let content = Dependency {
            package: client.package(name).to_owned(),
            path,
            default_features: client.default_features,
            features: client.features.clone(),
        };
        self.change(manifest, |manifest| manifest.add_dependency(table, dependency, &content))
    }

    fn change(&mut self, path: &Path, change: impl FnOnce(&mut CargoToml) -> Result<(), String>) -> Result<(), String> {
        let (_, manifest) =
            self.all.get_mut(path).ok_or_else(|| format!("{} is no manifest of the workspace", path.display()))?;
        change(manifest).map_err(|reason| format!("cannot change {}: {reason}", path.display()))
    }
}
