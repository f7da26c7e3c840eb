//! Clients that take the place of a package of the registry follow the version that the program has of it.

use toml_edit::{DocumentMut, Item, value};

use crate::cargo_lock::CargoLock;
use crate::manifest::is_version;
use crate::site::Site;

/// A workspace in which versions have become others.
#[derive(Clone, Debug)]
pub struct Newer {
    /// The workspace, whose manifest has them.
    pub site: Site,
    /// The text that `smithy-client.toml` gets.
    pub text: String,
    /// What became of each, a sentence.
    pub told: Vec<String>,
}

/// The workspace with the versions that `Cargo.lock` has of packages whose places clients are to take, where cargo leaves a
/// client out as it has another one; `None` where there is no such client.
///
/// # Errors
///
/// A sentence on a file that cannot be read.
pub fn newer(site: &Site) -> Result<Option<Newer>, String> {
    let clients = &site.manifest.content.clients;
    if clients.values().all(|client| client.patch.is_none()) {
        return Ok(None);
    }
    let Some(lock) = CargoLock::of(&site.workspace.root)? else { return Ok(None) };
    let mut newer =
        Newer { site: site.clone(), text: site.manifest.text.clone().unwrap_or_default(), told: Vec::new() };
    for (name, client) in clients {
        let Some(patch) = &client.patch else { continue };
        // Where cargo has taken the client, the package is from a folder; the program may have it beside another version.
        let named = lock.named(client.package(name));
        let [package] = named.into_iter().filter(|package| package.is_of_registry()).collect::<Vec<_>>()[..] else {
            continue;
        };
        let is_same_major = package.version.split('.').next() == patch.split('.').next();
        if package.version == *patch || !is_same_major || !is_version(&package.version) {
            continue;
        }
        let failed = |reason: String| format!("cannot change smithy-client.toml: {reason}");
        newer.text = with_patch(&newer.text, name, &package.version).map_err(failed)?;
        if let Some(client) = newer.site.manifest.content.clients.get_mut(name) {
            client.patch = Some(package.version.clone());
        }
        newer.told.push(format!(
            "{name}: it takes the place of {} now, which Cargo.lock has, and not of {patch}",
            package.version
        ));
    }
    Ok(Some(newer).filter(|newer| !newer.told.is_empty()))
}

/// The text of a manifest in which a client takes the place of another version.
///
/// # Errors
///
/// That it has no such client, as a phrase.
fn with_patch(text: &str, name: &str, version: &str) -> Result<String, String> {
    let mut document = text.parse::<DocumentMut>().map_err(|error| error.to_string())?;
    let client = document.get_mut("clients").and_then(|clients| clients.as_table_like_mut()?.get_mut(name));
    let patch = client.and_then(|client| client.as_table_like_mut()?.get_mut("patch")).and_then(Item::as_value_mut);
    let patch = patch.ok_or_else(|| format!("{name} has no patch"))?;
    let decor = patch.decor().clone();
    *patch = value(version).into_value().map_err(|_| format!("{name} has no patch"))?;
    *patch.decor_mut() = decor;
    Ok(document.to_string())
}

#[cfg(test)]
mod tests {
    use super::with_patch;

    #[test]
    fn a_version_is_changed_and_nothing_beside_it() {
        let text = "# Ours.\n[clients.sts]\npatch = \"1.2.3\" # for aws-config\noperations = [\"AssumeRole\"]\n";
        let changed = with_patch(text, "sts", "1.3.0").expect("it has one");
        assert_eq!(changed, text.replace("1.2.3", "1.3.0"));
        assert_eq!(with_patch(text, "sso", "1.3.0"), Err("sso has no patch".to_owned()));
    }
}
