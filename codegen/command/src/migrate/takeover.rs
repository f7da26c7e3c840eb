//! One official crate that one package depends on, and that a client takes the place of.

use std::collections::BTreeSet;
use std::path::Path;

use super::edits::{Replaced, change};
use super::features::{self, Features, Tls};
use super::found::{Found, PREFIX, Use};
use super::shared;
use crate::cargo_toml::Table;
use crate::lock::Original;
use crate::manifest::Client;
use crate::manifests::Manifests;
use crate::site::Site;

/// The dependencies of a package on an official crate, with those of the workspace that it inherits.
#[derive(Debug)]
pub struct Takeover {
    found: Found,
    uses: Vec<Use>,
    tls: Tls,
    features: Features,
}

impl Takeover {
    /// Those of the package with this manifest; `None` where it does not depend on the crate.
    ///
    /// # Errors
    ///
    /// A sentence: a manifest cannot be read, or no client can take the place of the crate there.
    pub fn of(site: &Site, manifest: &Path, package: &str) -> Result<Option<Self>, String> {
        let found = Found::read(site)?;
        let all = found.official().remove(package).unwrap_or_default();
        let is_own = |used: &&Use| found.held[used.manifest].path == manifest && used.entry.table != Table::Workspace;
        let own: Vec<&Use> = all.iter().filter(is_own).collect();
        let inherited: BTreeSet<&str> =
            own.iter().filter(|used| used.is_inherited).map(|used| used.entry.name.as_str()).collect();
        // Others who inherit the same get the client too, and cargo takes no two sources of one name in one package.
        let inheriting: BTreeSet<usize> = all
            .iter()
            .filter(|used| used.is_inherited && inherited.contains(used.entry.name.as_str()))
            .map(|used| used.manifest)
            .collect();
        let is_shared = |used: &Use| used.entry.table == Table::Workspace || inheriting.contains(&used.manifest);
        let is_taken = |used: &&Use| is_own(used) || (is_shared(used) && inherited.contains(used.entry.name.as_str()));
        let uses: Vec<Use> = all.iter().filter(is_taken).cloned().collect();
        if uses.is_empty() {
            return Ok(None);
        }
        let refused = |reason: &str| {
            format!(
                "{package} stays: {reason}\n  hint: to have the client beside it, give it another name there: --as NAME"
            )
        };
        if let Some(reason) = found.obstacles(package, &uses, site.is_patched(package)).first() {
            return Err(refused(reason));
        }
        found.check_features(&uses, &site.workspace.root, features::one).map_err(|reason| refused(&reason))?;
        let stays = |other: &str| other.starts_with(PREFIX) && other != package;
        let is_without = site.manifest.content.without_aws_lc;
        let tls = if !is_without && found.have_aws_lc(stays) { Tls::AwsLc } else { Tls::Ring };
        let features = shared(&uses, tls)?;
        Ok(Some(Self { found, uses, tls, features }))
    }

    /// What the package calls the crate.
    pub fn dependency(&self) -> &str {
        self.uses.first().map_or("", |used| &used.entry.name)
    }

    /// Makes a client have the features that these dependencies ask for.
    pub fn ask(&self, client: &mut Client) {
        client.default_features = self.features.default;
        client.features.clone_from(&self.features.names);
    }

    /// Lets a client take their place, with the features that it has, and says what they were.
    ///
    /// # Errors
    ///
    /// A sentence: a manifest cannot be changed in that way.
    pub fn replace(
        &self,
        site: &Site,
        manifests: &mut Manifests<'_>,
        name: &str,
        client: &Client,
    ) -> Result<Vec<Original>, String> {
        let features = Features { default: client.default_features, names: client.features.clone() };
        let replaced = Replaced { client: name, package: client.package(name), features: &features, uses: &self.uses };
        for used in &self.uses {
            let path = &self.found.held[used.manifest].path;
            manifests.change(path, |content| change(site, path, content, &replaced, used, self.tls))?;
        }
        originals(site, &self.found, &self.uses)
    }
}

/// What dependencies are before a client takes their place.
///
/// # Errors
///
/// A sentence: one is not in its manifest.
pub(super) fn originals(site: &Site, found: &Found, uses: &[Use]) -> Result<Vec<Original>, String> {
    let of = |used: &Use| {
        let held = &found.held[used.manifest];
        Original::of(&site.workspace.root, &held.path, &held.content, &used.entry.table, &used.entry.name)
    };
    uses.iter().map(of).collect()
}
