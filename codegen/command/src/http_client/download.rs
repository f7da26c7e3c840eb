//! The sources of the crate, as cargo has downloaded them.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;
use smithy_client_codegen::visible;

use super::{CARGO_TOML, PACKAGE};
use crate::files;

/// The folder of the sources.
const SOURCES: &str = "src";

/// How names begin of files that say what the crate may be used for.
const LICENSES: [&str; 2] = ["LICENSE", "NOTICE"];

/// What cargo says of packages.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Found>,
}

/// A package that cargo has.
#[derive(Deserialize)]
struct Found {
    name: String,
    version: String,
    manifest_path: PathBuf,
}

/// The folder in which cargo has a version of the crate, which it downloads if it has to.
///
/// Cargo alone knows where its registry is, or what stands in for that. It is asked by a package that needs nothing else,
/// below `target`, but in the directory of the workspace, whose settings hold for it.
///
/// # Errors
///
/// A sentence: cargo cannot be run, or cannot get it.
pub(super) fn source(root: &Path, target: &Path, version: &str) -> Result<PathBuf, String> {
    let asking = target.join("smithy-client").join(PACKAGE);
    let manifest = asking.join(CARGO_TOML);
    let text = format!(
        "[package]\nname = \"asking\"\nedition = \"2021\"\n\n[lib]\npath = \"lib.rs\"\n\n[workspace]\n\n[dependencies]\n\
         {PACKAGE} = {{ version = \"={version}\", default-features = false }}\n"
    );
    files::write_if_changed(&manifest, &text)?;
    files::write_if_changed(&asking.join("lib.rs"), "")?;
    // Where cargo has all of it, it needs no network to say so.
    let said = metadata(root, &manifest, &["--offline"]).or_else(|_| metadata(root, &manifest, &[]))?;
    let is_it = |found: &&Found| found.name == PACKAGE && found.version == version;
    let found = said.packages.iter().find(is_it).and_then(|found| found.manifest_path.parent());
    found.map(Path::to_path_buf).ok_or_else(|| format!("cargo does not say where it has {PACKAGE} {version}"))
}

fn metadata(root: &Path, manifest: &Path, words: &[&str]) -> Result<Metadata, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(cargo);
    command.args(["metadata", "--quiet", "--format-version", "1", "--manifest-path"]).arg(manifest).args(words);
    let output = command.current_dir(root).stdin(Stdio::null()).output();
    let output = output.map_err(|cause| format!("cannot run cargo, which has {PACKAGE}: {cause}"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("cargo cannot get {PACKAGE}: {}", visible::lines(said.trim())));
    }
    serde_json::from_slice(&output.stdout).map_err(|cause| format!("cannot read what cargo says of {PACKAGE}: {cause}"))
}

/// What a copy takes of the folder of the crate: its manifest, its sources and its license, by their paths, with `/`.
///
/// # Errors
///
/// A sentence on what cannot be read.
pub(super) fn files(folder: &Path) -> Result<BTreeMap<String, String>, String> {
    let mut found = BTreeMap::new();
    for path in entries(folder)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name == CARGO_TOML || LICENSES.iter().any(|license| name.starts_with(license)) {
            found.insert(name, text(&path)?);
        }
    }
    sources(&folder.join(SOURCES), SOURCES, &mut found)?;
    Ok(found)
}

fn sources(folder: &Path, shown: &str, found: &mut BTreeMap<String, String>) -> Result<(), String> {
    for path in entries(folder)? {
        let shown = format!("{shown}/{}", path.file_name().unwrap_or_default().to_string_lossy());
        match path.is_dir() {
            true => sources(&path, &shown, found)?,
            false => drop(found.insert(shown, text(&path)?)),
        }
    }
    Ok(())
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let failed = |cause: io::Error| format!("cannot read {}: {cause}", folder.display());
    let entries = fs::read_dir(folder).map_err(failed)?;
    entries.map(|entry| entry.map(|entry| entry.path()).map_err(failed)).collect()
}

fn text(path: &Path) -> Result<String, String> {
    files::text(path).map_err(|cause| format!("cannot read {}: {cause}", path.display()))
}
