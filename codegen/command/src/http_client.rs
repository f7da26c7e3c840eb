//! AWS's crate of HTTP clients, `aws-smithy-http-client`, as a program has it that is to be built without aws-lc.
//!
//! The engine asks this crate for TLS on aws-lc wherever it needs a client and has none: for official crates with their
//! defaults, and for what `aws-config` calls on its own behind the program's back, such as the metadata of a machine. No setting
//! of the program's reaches all of these places. So a copy of the crate, of the very version that the program has, takes its
//! place by `[patch.crates-io]`, in which the words for aws-lc mean ring. It is all the same otherwise: types, features,
//! proxies, and the list of cipher suites; but `pool` says when it goes without pools of connections.
//!
//! The copy is made from what cargo has downloaded, on the machine of whoever asks for it; nothing of it is part of this
//! command. Its license stays beside it, and files that were changed say so in their first line.

mod download;
mod pool;

use std::collections::{BTreeMap, BTreeSet};

use smithy_client_codegen::visible;
use toml_edit::{DocumentMut, InlineTable, Item, TableLike, Value};

use crate::cargo_lock::{CargoLock, Package};
use crate::digest::Fingerprint;
use crate::lock::Copied;
use crate::manifest::is_version;
use crate::site::Site;
use crate::usage::Program;
use crate::write::Edit;

/// Name of the package, and of its folder.
pub const PACKAGE: &str = "aws-smithy-http-client";

/// The only version of which it is known how it asks for aws-lc.
const MAJOR: &str = "1.";

/// What a copy is made by; another number makes all of them anew.
const RECIPE: &str = "2";

/// The feature of the crate that brings aws-lc, what it asks of `rustls` for that, and what it asks for instead; the last is
/// left out, as only aws-lc has that key exchange.
const FEATURE: &str = "rustls-aws-lc";
const ASKED: &str = "rustls?/aws_lc_rs";
const INSTEAD: &str = "rustls?/ring";
const WITHOUT: &str = "rustls?/prefer-post-quantum";

/// The module of `rustls` that the sources name, and the one that has the same functions for ring.
const MODULE: &str = "rustls::crypto::aws_lc_rs::";
const OTHER: &str = "rustls::crypto::ring::";

/// What sources name nowhere else.
const LIBRARY: &str = "aws_lc_rs";

/// The manifest of a package.
const CARGO_TOML: &str = "Cargo.toml";

/// What changed files begin with.
const NOTICE: &str =
    "Changed by `cargo smithy-client`, as smithy-client.toml says without-aws-lc: what is called aws-lc is ring.";

/// Parts of a manifest that speak of files that the copy has not, or of what only its authors need.
const DROPPED: [&str; 6] = ["dev-dependencies", "test", "example", "bench", "bin", "badges"];

/// The formatter of a workspace that reaches the folder leaves it alone: it is compared byte for byte.
const RUSTFMT: (&str, &str) = ("rustfmt.toml", "disable_all_formatting = true\n");

/// What `idna` builds on: its versions of today on libraries of 6 s of a debug build, 1.1 on ones that are small.
const ADAPTER: &str = "idna_adapter";
const SMALL: &str = "~1.1";
const IDNA: &str = "idna";

/// Which copy a program needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The version that the program has of the crate.
    pub version: String,
    /// Whether it asks for the small library beneath `idna`: nobody else in the program asks for another one.
    pub is_small: bool,
    /// Whether it has pools of connections: somebody in the program may use them.
    pub has_pools: bool,
}

impl Wanted {
    /// What a program needs; `None` where it has nothing of that crate. `members` are those of the workspace, and `program`
    /// their sources, as far as these can be read.
    ///
    /// # Errors
    ///
    /// A phrase: it has versions that are not known here, or from elsewhere.
    pub fn of(lock: &CargoLock, members: &BTreeSet<&str>, program: Option<&Program>) -> Result<Option<Self>, String> {
        let mut all: Vec<&Package> = lock.named(PACKAGE);
        // A copy that is there is left out of the program where something needs a newer one.
        if all.iter().any(|package| package.is_of_registry()) {
            all.retain(|package| !package.is_local());
        }
        let package = match all.as_slice() {
            [] => return Ok(None),
            [package] => *package,
            _ => return Err(format!("Cargo.lock has several versions of {PACKAGE}")),
        };
        if !package.is_of_registry() && !package.is_local() {
            return Err(format!("{PACKAGE} is not the one of the registry"));
        }
        // It becomes a part of a manifest by which cargo is asked.
        if !package.version.starts_with(MAJOR) || !is_version(&package.version) {
            let version = visible::line(&package.version);
            return Err(format!("{PACKAGE} {version} is not known here; that is {MAJOR}x"));
        }
        let on_adapter = lock.dependents_of(ADAPTER);
        // Once the copy is there, it is one of them.
        let is_small = on_adapter.contains(IDNA) && on_adapter.iter().all(|name| [IDNA, PACKAGE].contains(name));
        let has_pools = pool::is_needed(lock, members, program);
        Ok(Some(Self { version: package.version.clone(), is_small, has_pools }))
    }

    /// What takes out of `Cargo.lock` that keeps cargo from taking the small library; `None` where nothing does.
    pub fn unlock(&self, lock: &CargoLock) -> Option<Edit> {
        let is_other = |package: &&Package| !package.version.starts_with(&SMALL[1..]);
        lock.without(lock.named(ADAPTER).into_iter().find(is_other).filter(|_| self.is_small)?)
    }

    /// The copy that is there, where nothing tells what the program has.
    pub fn held(copy: &Copied) -> Self {
        Self { version: copy.version.clone(), is_small: copy.is_small, has_pools: copy.has_pools }
    }

    /// A fingerprint of all that the copy depends on.
    pub fn fingerprint(&self) -> String {
        let mut fingerprint = Fingerprint::default();
        fingerprint.add(RECIPE);
        fingerprint.add(&self.version);
        fingerprint.add([u8::from(self.is_small), u8::from(self.has_pools)]);
        fingerprint.finish()
    }

    /// The files of the copy, by their paths below its folder, with `/`.
    ///
    /// # Errors
    ///
    /// A sentence: cargo cannot get the crate, or it is not as it is known here.
    pub fn files(&self, site: &Site) -> Result<BTreeMap<String, String>, String> {
        let source = download::source(&site.workspace.root, &site.workspace.target, &self.version)?;
        let mut files = download::files(&source)?;
        if !self.has_pools {
            pool::leave_out(&mut files);
        }
        self.changed(files)
    }

    /// The files of the crate, changed.
    ///
    /// # Errors
    ///
    /// A sentence: it is not as it is known here.
    fn changed(&self, files: BTreeMap<String, String>) -> Result<BTreeMap<String, String>, String> {
        let strange =
            |what: &str| format!("{PACKAGE} {} is not as it is known here: {what}", visible::line(&self.version));
        let mut changed = BTreeMap::from([(RUSTFMT.0.to_owned(), RUSTFMT.1.to_owned())]);
        let mut places = 0;
        for (path, text) in files {
            let text = match path.as_str() {
                CARGO_TOML => format!("# {NOTICE}\n{}", manifest(&text, self.is_small).map_err(|what| strange(&what))?),
                _ if text.contains(MODULE) => {
                    places += 1;
                    format!("// {NOTICE}\n{}", text.replace(MODULE, OTHER))
                }
                _ => text,
            };
            if path.ends_with(".rs") && text.contains(LIBRARY) {
                return Err(strange(&format!("{} speaks of {LIBRARY} in another way", visible::line(&path))));
            }
            changed.insert(path, text);
        }
        match places {
            0 => Err(strange("no source speaks of aws-lc")),
            _ => Ok(changed),
        }
    }
}

/// The manifest of the copy.
///
/// # Errors
///
/// A phrase on what is not as expected.
fn manifest(text: &str, is_small: bool) -> Result<String, String> {
    let mut document: DocumentMut = text.parse().map_err(|cause| format!("its manifest is no TOML: {cause}"))?;
    DROPPED.iter().for_each(|key| drop(document.remove(key)));
    let targets = document.get_mut("target").and_then(Item::as_table_like_mut);
    for (_, target) in targets.into_iter().flat_map(TableLike::iter_mut) {
        target.as_table_like_mut().map(|target| target.remove("dev-dependencies"));
    }
    let package = document.get_mut("package").and_then(Item::as_table_like_mut).ok_or("it has no [package]")?;
    if package.get("build").is_some_and(|build| build.as_bool() != Some(false)) {
        return Err("it has a build script".to_owned());
    }
    ["readme", "include", "exclude", "metadata"].iter().for_each(|key| drop(package.remove(key)));
    package.insert("publish", Item::Value(false.into()));
    let feature =
        document.get_mut("features").and_then(|features| features.get_mut(FEATURE)).and_then(Item::as_array_mut);
    let feature = feature.ok_or_else(|| format!("it has no feature {FEATURE}"))?;
    let asked = feature.iter().position(|name| name.as_str() == Some(ASKED));
    feature.replace(asked.ok_or_else(|| format!("its feature {FEATURE} does not ask for {ASKED}"))?, INSTEAD);
    feature.retain(|name| name.as_str() != Some(WITHOUT));
    // Others build on what this feature was; whoever asks for FIPS gets what they ask for.
    let is_lc = |item: &Item| item.as_array().into_iter().flatten().any(|name| name.as_str() == Some(ASKED));
    if let Some((name, _)) =
        document["features"].as_table_like().into_iter().flat_map(TableLike::iter).find(|it| is_lc(it.1))
    {
        return Err(format!("its feature {} asks for {ASKED}, too", visible::line(name)));
    }
    if is_small {
        let dependencies = document.get_mut("dependencies").and_then(Item::as_table_like_mut);
        let dependencies = dependencies.ok_or("it has no [dependencies]")?;
        dependencies.insert(ADAPTER, Item::Value(Value::from(SMALL)));
    }
    // Its authors look at their warnings, and as a package of the registry it would have none here.
    let allowed = InlineTable::from_iter([("warnings", Value::from("allow"))]);
    document.insert("lints", Item::Table([("rust", Item::Value(Value::InlineTable(allowed)))].into_iter().collect()));
    Ok(document.to_string())
}

#[cfg(test)]
mod tests;
