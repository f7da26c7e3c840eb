//! Clients that take the place of a package of the registry, by `[patch.crates-io]` of the root `Cargo.toml`.

use super::Manifests;
use crate::cargo_toml::CargoToml;
use crate::emission::resolve;
use crate::http_client::PACKAGE;
use crate::manifest::Client;

impl Manifests<'_> {
    /// Makes a client take the place of the registry's package of its name, or not any more; gives whether it does.
    ///
    /// # Errors
    ///
    /// A sentence: the manifest cannot be changed in that way.
    pub(super) fn follow_patch(&mut self, name: &str, client: &Client) -> Result<bool, String> {
        let root = self.site.workspace.manifest();
        let folder = self.way(&root, name)?;
        let package = client.package(name).to_owned();
        let keys = self.patches(name);
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

    /// Makes a client take no place of a registry's package any more.
    ///
    /// # Errors
    ///
    /// As [`Self::follow_patch`].
    pub(crate) fn forget_patch(&mut self, name: &str) -> Result<(), String> {
        let keys = self.patches(name);
        self.change(&self.site.workspace.manifest(), |manifest| {
            keys.iter().for_each(|key| manifest.remove_patch(key));
            Ok(())
        })
    }

    /// Makes the copy of AWS's crate of HTTP clients take the place of that.
    ///
    /// # Errors
    ///
    /// A sentence: another one has its place, or the manifest cannot be changed in that way.
    pub(crate) fn patch_http_client(&mut self) -> Result<(), String> {
        let root = self.site.workspace.manifest();
        let folder = self.way(&root, PACKAGE)?;
        let tables = self.of(&root).map(|manifest| manifest.patches(PACKAGE)).unwrap_or_default();
        match tables.get(self.patches(PACKAGE).len()) {
            Some(table) => {
                Err(format!("{table} puts another {PACKAGE} in the place of the registry's, so that it keeps aws-lc"))
            }
            None => self.change(&root, |manifest| {
                manifest.add_patch(PACKAGE, &folder)?;
                manifest.build_whole(PACKAGE)
            }),
        }
    }

    /// The entries of `[patch.crates-io]` that lead to a client, also to where it was before, by their keys.
    fn patches(&self, name: &str) -> Vec<String> {
        let site = self.site;
        let places = [Some(site.crate_directory(name)), site.former.as_ref().map(|former| former.join(name))];
        let folders = self.of(&site.workspace.manifest()).map(CargoToml::patched_folders).unwrap_or_default();
        let leads = |folder: &str| {
            let folder = resolve(&site.workspace.root.join(folder)).ok();
            folder.is_some() && places.contains(&folder)
        };
        folders.into_iter().filter(|(_, folder)| leads(folder)).map(|(key, _)| key).collect()
    }
}
