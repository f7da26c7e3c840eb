//! The manifests of a workspace after it is taken over.

use std::collections::BTreeMap;
use std::path::Path;

use super::features::{self, Features, Tls};
use super::found::{Found, Use};
use crate::cargo_toml::{CargoToml, Dependency};
use crate::paths;
use crate::runtime;
use crate::site::Site;
use crate::write::Edit;

/// An official crate, and what takes its place.
#[derive(Debug)]
pub(super) struct Replaced<'a> {
    /// The name of the client, which is its folder.
    pub(super) client: &'a str,
    /// The name of its package.
    pub(super) package: &'a str,
    /// The features of every dependency on it. One that is for tests alone may have more.
    pub(super) features: &'a Features,
    /// Where the official crate stands.
    pub(super) uses: &'a [Use],
}

/// What changes in the `Cargo.toml`s. `patched` are packages of the registry, with the folders that take their places.
///
/// # Errors
///
/// A sentence on what cannot be changed.
pub(super) fn edits(
    site: &Site,
    found: &Found,
    replaced: &[Replaced<'_>],
    patched: &[(&str, &str)],
    tls: Tls,
) -> Result<Vec<Edit>, String> {
    let mut changed: BTreeMap<usize, CargoToml> = BTreeMap::new();
    for replaced in replaced {
        for used in replaced.uses {
            let held = &found.held[used.manifest];
            let failed = |reason: String| format!("cannot change {}: {reason}", held.path.display());
            let content = changed.entry(used.manifest).or_insert_with(|| held.content.clone());
            change(site, &held.path, content, replaced, used, tls).map_err(failed)?;
        }
    }
    if !replaced.is_empty() || !patched.is_empty() {
        let root = &found.held[0];
        let content = changed.entry(0).or_insert_with(|| root.content.clone());
        let failed = |reason: String| format!("cannot change {}: {reason}", root.path.display());
        content.exclude(&site.manifest.content.directory).map_err(failed)?;
        patched.iter().try_for_each(|(package, folder)| content.add_patch(package, folder)).map_err(failed)?;
        let whole = replaced.iter().map(|replaced| replaced.package).chain(patched.iter().map(|(package, _)| *package));
        whole.chain([runtime::PACKAGE]).try_for_each(|package| content.build_whole(package)).map_err(failed)?;
    }
    let edit = |(number, content): (usize, CargoToml)| {
        let held = &found.held[number];
        Edit { path: held.path.clone(), old: Some(held.text.clone()), new: content.text() }
    };
    let edits = changed.into_iter().map(edit);
    Ok(edits.filter(|edit| edit.old.as_deref() != Some(&edit.new)).collect())
}

/// The features of a dependency: those that all have, and where it is for tests, those that it alone asks for. Cargo keeps
/// these out of the program.
fn with_own(shared: &Features, used: &Use, tls: Tls) -> Result<Features, String> {
    let mut features = shared.clone();
    if used.is_for_tests() {
        let own = features::mapped(&[used.features()], tls)?;
        features.default |= own.default;
        features.names.extend(own.names.into_iter().filter(|name| !shared.names.contains(name)));
    }
    Ok(features)
}

/// Changes one dependency, and what `[features]` says of it.
///
/// # Errors
///
/// A phrase on what cannot be changed.
pub(super) fn change(
    site: &Site,
    manifest: &Path,
    content: &mut CargoToml,
    replaced: &Replaced<'_>,
    used: &Use,
    tls: Tls,
) -> Result<(), String> {
    let entry = &used.entry;
    if used.is_inherited {
        // The workspace's entry says where it is from, and what all of them have.
        let names = Features { default: false, names: entry.features.clone() };
        content.set_features(&entry.table, &entry.name, &features::beside_inherited(&names, tls)?)?;
    } else {
        let folder = manifest.parent().unwrap_or(manifest);
        let path = paths::relative(folder, &site.crate_directory(replaced.client));
        let Features { default, names } = with_own(replaced.features, used, tls)?;
        let dependency = Dependency {
            package: replaced.package.to_owned(),
            path: path.ok_or("the path of the workspace is not UTF-8")?,
            default_features: default,
            features: names,
        };
        content.replace_dependency(&entry.table, &entry.name, &dependency)?;
    }
    // Features that ours has not were found before anything is changed.
    let mapped = |feature: &str| features::one(feature, tls).unwrap_or_default();
    content.map_features(&entry.name, |feature| mapped(feature).into_iter().map(str::to_owned).collect());
    Ok(())
}
