//! The copy of AWS's crate of HTTP clients, for a program without aws-lc.

use std::collections::BTreeMap;

use super::super::folder::{compare, listed, own};
use super::super::{Calls, in_memory, on_disk};
use super::Whole;
use crate::cargo_lock::CargoLock;
use crate::http_client::{PACKAGE, Wanted};
use crate::lock::Copied;
use crate::manifests::Manifests;
use crate::site::Site;

impl Whole {
    /// Adds the copy that the program needs, where the manifest asks for one; else the removal of the one that is there.
    ///
    /// # Errors
    ///
    /// A sentence: it cannot be made, or something is in its way.
    pub fn follow_http_client(
        &mut self,
        site: &Site,
        calls: &Calls<'_>,
        manifests: &mut Manifests<'_>,
    ) -> Result<(), String> {
        let manifest = &site.manifest.content;
        let is_asked = manifest.without_aws_lc && !manifest.clients.is_empty();
        if !is_asked {
            return self.forget_http_client(site, manifests);
        }
        let lock = CargoLock::of(&site.workspace.root)?;
        let wanted = match &lock {
            Some(lock) => Wanted::of(lock, &site.workspace.member_names(), calls.program().ok())?,
            None => site.lock.content.http_client.as_ref().map(Wanted::held),
        };
        let Some(wanted) = wanted else { return self.forget_http_client(site, manifests) };
        manifests.patch_http_client()?;
        self.edit(lock.and_then(|lock| wanted.unlock(&lock)));
        self.http_client(site, &wanted)
    }

    /// Adds the removal of the copy, with its patch.
    ///
    /// # Errors
    ///
    /// A sentence on a file that cannot be read.
    pub fn forget_http_client(&mut self, site: &Site, manifests: &mut Manifests<'_>) -> Result<(), String> {
        manifests.forget_patch(PACKAGE)?;
        manifests.forget_build(PACKAGE)?;
        if self.lock.http_client.take().is_some() {
            let nothing = BTreeMap::new();
            let directory = site.directory.join(PACKAGE);
            self.add(PACKAGE, &nothing, compare(&directory, &nothing, &own(&directory))?);
        }
        Ok(())
    }

    /// Adds a copy, unless it is the one that is there.
    ///
    /// # Errors
    ///
    /// A sentence: it cannot be made, or something is in its way.
    pub fn http_client(&mut self, site: &Site, wanted: &Wanted) -> Result<(), String> {
        let directory = site.directory.join(PACKAGE);
        let made_of = wanted.fingerprint();
        let is_held = self.lock.http_client.as_ref().is_some_and(|held| {
            held.made_of == made_of && on_disk(&directory).is_some_and(|(files, _)| files == held.files)
        });
        if is_held {
            return Ok(());
        }
        let files = listed(wanted.files(site)?);
        let comparison = compare(&directory, &files, &own(&directory))?;
        if let Some((path, obstacle)) = comparison.obstacles().first() {
            let place = site.shown(&directory.join(path));
            return Err(format!("{place} is in the way: {obstacle}; move it elsewhere or delete it"));
        }
        self.lock.http_client = Some(Copied {
            version: wanted.version.clone(),
            is_small: wanted.is_small,
            has_pools: wanted.has_pools,
            made_of,
            files: in_memory(&files),
        });
        self.add(PACKAGE, &files, comparison);
        Ok(())
    }
}
