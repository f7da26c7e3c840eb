//! The `Cargo.toml`s of a workspace: which of them depend on a client, and what is to become of them.

mod patch;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::cargo_toml::{CargoToml, Dependency, Entry, Origin, Table};
use crate::emission::resolve;
use crate::files;
use crate::lock::{Asked, Original};
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

/// What [`Manifests::follow`] came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Followed {
    /// How many dependencies lead to the client, that on the package counted whose place it takes.
    pub places: usize,
    /// What they were called, where they have another name now.
    pub renamed: Option<String>,
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

    /// Whether a package depends on a client, directly or by what it inherits.
    pub fn depends(&self, manifest: &Path, name: &str) -> bool {
        let entries = self.of(manifest).map(CargoToml::dependencies).unwrap_or_default();
        entries.iter().any(|entry| self.leads_at_all(manifest, entry, name))
    }

    /// That a package can call a client so: it calls nothing else so.
    ///
    /// # Errors
    ///
    /// A sentence: that is the name of another dependency.
    pub fn is_free(&self, manifest: &Path, dependency: &str, name: &str) -> Result<(), String> {
        let entries = self.of(manifest).map(CargoToml::dependencies).unwrap_or_default();
        let named = |entry: &&Entry| entry.name == dependency && entry.table != Table::Workspace;
        match entries.iter().filter(named).find(|entry| !self.leads_at_all(manifest, entry, name)) {
            None => Ok(()),
            Some(entry) => Err(format!(
                "{} has another dependency that is called {dependency}\n  hint: give the client another name there: --as \
                 {dependency}-client",
                format_args!("{} {}", self.site.shown(manifest), entry.table)
            )),
        }
    }

    /// Makes a package depend on a client, if it does not, and calls it so.
    ///
    /// # Errors
    ///
    /// A sentence: a manifest cannot be changed in that way, or calls something else so.
    pub fn depend(&mut self, manifest: &Path, dependency: &str, name: &str, client: &Client) -> Result<(), String> {
        self.is_free(manifest, dependency, name)?;
        match self.depends(manifest, name) {
            true => Ok(()),
            false => self.set(manifest, &Table::NORMAL, dependency, name, client),
        }
    }

    /// Makes every dependency on a client what the manifest of the clients asks for. `was` is what that asked for before: a
    /// name that is another now is changed everywhere, and a feature that is not asked for any more goes. Further features,
    /// which a person wrote into a `Cargo.toml`, stay. One that takes the place of a registry's package has that.
    ///
    /// # Errors
    ///
    /// A sentence: a manifest cannot be changed in that way, or has another dependency of the new name.
    pub fn follow(&mut self, name: &str, client: &Client, was: Option<&Asked>) -> Result<Followed, String> {
        let mut followed = Followed { places: usize::from(self.follow_patch(name, client)?), renamed: None };
        for Place { manifest, mut entry } in self.places(name) {
            followed.places += 1;
            if entry.package != client.package(name) {
                self.forget_build(&entry.package)?;
            }
            let wanted = client.dependency(name);
            if was.is_some_and(|was| was.dependency == entry.name && was.dependency != wanted) {
                self.rename(&manifest, &entry, wanted)?;
                followed.renamed = Some(std::mem::replace(&mut entry.name, wanted.to_owned()));
            }
            let (default_features, features) = features(&entry, client, was);
            let is_same = entry.package == client.package(name)
                && entry.features == features
                && entry.default_features.unwrap_or(true) == default_features
                && self.site.former.is_none();
            if !is_same {
                let client = Client { default_features, features, ..client.clone() };
                self.set(&manifest, &entry.table, &entry.name, name, &client)?;
            }
        }
        match followed.places {
            0 => self.forget_build(client.package(name))?,
            _ => self.build_whole(client.package(name))?,
        }
        Ok(followed)
    }

    /// Makes cargo build a package as it builds those of a registry, since it changes as a whole.
    ///
    /// # Errors
    ///
    /// A sentence: the manifest of the root cannot be changed in that way.
    pub fn build_whole(&mut self, package: &str) -> Result<(), String> {
        self.change(&self.site.workspace.manifest(), |manifest| manifest.build_whole(package))
    }

    /// Takes back what [`Self::build_whole`] did for a package.
    ///
    /// # Errors
    ///
    /// None but those of a manifest that is not there.
    pub fn forget_build(&mut self, package: &str) -> Result<(), String> {
        self.change(&self.site.workspace.manifest(), |manifest| {
            manifest.forget_build(package);
            Ok(())
        })
    }

    /// Gives a dependency another name; one of the workspace's has it in the members as well.
    fn rename(&mut self, manifest: &Path, entry: &Entry, new: &str) -> Result<(), String> {
        self.change(manifest, |manifest| manifest.rename_dependency(&entry.table, &entry.name, new))?;
        match entry.table {
            Table::Workspace => self
                .inherited(&entry.name, |manifest, entry| manifest.rename_dependency(&entry.table, &entry.name, new)),
            _ => Ok(()),
        }
    }

    /// Removes every dependency on a client, those that inherit it, and its patch. What it took the place of is there again: says what
    /// that is, of `originals`.
    ///
    /// # Errors
    ///
    /// A sentence: a manifest cannot be changed in that way.
    pub fn forget(&mut self, name: &str, originals: &[Original]) -> Result<Vec<Original>, String> {
        self.forget_patch(name)?;
        self.forget_build(self.site.manifest.content.clients.get(name).map_or(name, |client| client.package(name)))?;
        let mut back = Vec::new();
        for Place { manifest, entry } in self.places(name) {
            self.forget_build(&entry.package)?;
            if let Some(original) = self.original(&manifest, &entry, originals) {
                self.put_back(&manifest, &entry, original)?;
                back.push(original.clone());
                if entry.table == Table::Workspace {
                    self.put_back_inherited(&entry.name, originals)?;
                }
                continue;
            }
            if entry.table == Table::Workspace {
                self.inherited(&entry.name, |manifest, entry| manifest.remove_dependency(&entry.table, &entry.name))?;
            }
            self.change(&manifest, |manifest| manifest.remove_dependency(&entry.table, &entry.name))?;
        }
        Ok(back)
    }

    /// What a dependency was.
    fn original<'o>(&self, manifest: &Path, entry: &Entry, originals: &'o [Original]) -> Option<&'o Original> {
        let (manifest, table) = (self.site.shown(manifest), entry.table.to_string());
        originals.iter().find(|it| (&it.manifest, &it.table, &it.name) == (&manifest, &table, &entry.name))
    }

    fn put_back(&mut self, manifest: &Path, entry: &Entry, original: &Original) -> Result<(), String> {
        self.change(manifest, |manifest| {
            manifest.put_back(&entry.table, &entry.name, &original.entry)?;
            manifest.put_back_mentions(&entry.name, &original.features);
            Ok(())
        })
    }

    fn put_back_inherited(&mut self, name: &str, originals: &[Original]) -> Result<(), String> {
        let members: Vec<PathBuf> = self.all.keys().cloned().collect();
        for member in members {
            let inherits = |entry: &Entry| entry.name == name && entry.origin == Origin::Workspace;
            let entries = self.of(&member).map(CargoToml::dependencies).unwrap_or_default();
            for entry in entries.into_iter().filter(inherits) {
                if let Some(original) = self.original(&member, &entry, originals) {
                    self.put_back(&member, &entry, original)?;
                }
            }
        }
        Ok(())
    }

    /// Changes every dependency that inherits the workspace's of this name.
    fn inherited(
        &mut self,
        name: &str,
        change: impl Fn(&mut CargoToml, &Entry) -> Result<(), String>,
    ) -> Result<(), String> {
        let members: Vec<PathBuf> = self.all.keys().cloned().collect();
        for member in members {
            self.change(&member, |manifest| {
                let inherits = |entry: &Entry| entry.name == name && entry.origin == Origin::Workspace;
                let entries: Vec<Entry> = manifest.dependencies().into_iter().filter(inherits).collect();
                entries.iter().try_for_each(|entry| change(manifest, entry))
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

    /// Takes back what [`Self::exclude`] did, for this folder.
    ///
    /// # Errors
    ///
    /// None but those of a manifest that is not there.
    pub fn include(&mut self, folder: &Path) -> Result<(), String> {
        let folder = self.site.shown(folder);
        self.change(&self.site.workspace.manifest(), |manifest| {
            manifest.include(&folder);
            Ok(())
        })
    }

    fn of(&self, manifest: &Path) -> Option<&CargoToml> {
        self.all.get(manifest).map(|(_, manifest)| manifest)
    }

    /// The dependencies that lead to a client, also to where it was before.
    fn places(&self, name: &str) -> Vec<Place> {
        let mut places = Vec::new();
        for (path, (_, manifest)) in &self.all {
            let entries = manifest.dependencies().into_iter().filter(|entry| self.leads(path, entry, name));
            places.extend(entries.map(|entry| Place { manifest: path.clone(), entry }));
        }
        places
    }

    /// Whether a dependency leads to a client by itself.
    fn leads(&self, manifest: &Path, entry: &Entry, name: &str) -> bool {
        let Origin::Path(folder) = &entry.origin else { return false };
        let Ok(folder) = resolve(&manifest.parent().unwrap_or(manifest).join(folder)) else { return false };
        let former = self.site.former.as_ref().map(|former| former.join(name));
        folder == self.site.crate_directory(name) || Some(folder) == former
    }

    /// Whether a dependency leads to a client by itself, or by what it inherits.
    fn leads_at_all(&self, manifest: &Path, entry: &Entry, name: &str) -> bool {
        let root = self.site.workspace.manifest();
        let inherited = || self.of(&root)?.dependency(&Table::Workspace, &entry.name);
        match entry.origin {
            Origin::Workspace => inherited().is_some_and(|entry| self.leads(&root, &entry, name)),
            _ => entry.table != Table::Workspace && self.leads(manifest, entry, name),
        }
    }

    fn set(
        &mut self,
        manifest: &Path,
        table: &Table,
        dependency: &str,
        name: &str,
        client: &Client,
    ) -> Result<(), String> {
        let content = Dependency {
            package: client.package(name).to_owned(),
            path: self.way(manifest, name)?,
            default_features: client.default_features,
            features: client.features.clone(),
        };
        self.change(manifest, |manifest| manifest.add_dependency(table, dependency, &content))
    }

    /// The path from a manifest to a client.
    fn way(&self, manifest: &Path, name: &str) -> Result<String, String> {
        let path = relative(manifest.parent().unwrap_or(manifest), &self.site.crate_directory(name));
        path.ok_or_else(|| "the path of the workspace is not UTF-8".to_owned())
    }

    /// Changes one of them.
    ///
    /// # Errors
    ///
    /// A sentence: it is none of the workspace, or cannot be changed in that way.
    pub(crate) fn change(
        &mut self,
        path: &Path,
        change: impl FnOnce(&mut CargoToml) -> Result<(), String>,
    ) -> Result<(), String> {
        let (_, manifest) =
            self.all.get_mut(path).ok_or_else(|| format!("{} is no manifest of the workspace", path.display()))?;
        change(manifest).map_err(|reason| format!("cannot change {}: {reason}", path.display()))
    }
}

/// Whether a dependency has its default features, and those beside it, where the manifest of the clients asks for what it
/// does, and asked for `was` before.
fn features(entry: &Entry, client: &Client, was: Option<&Asked>) -> (bool, Vec<String>) {
    let is_gone =
        |feature: &&String| was.is_some_and(|was| was.features.contains(feature)) && !client.features.contains(feature);
    let mut features: Vec<String> = entry.features.iter().filter(|feature| !is_gone(feature)).cloned().collect();
    features.extend(client.features.iter().filter(|feature| !entry.features.contains(feature)).cloned());
    let is_less = was.is_some_and(|was| was.default_features) && !client.default_features;
    (client.default_features || (entry.default_features.unwrap_or(true) && !is_less), features)
}
