//! How large the things are that a build leaves behind.

use std::fs;
use std::path::Path;

use super::scratch::{Scratch, Side};
use super::source;
use super::table::{Bar, Row, Unit};
use super::{Bench, Progress};

/// Lines, bytes and files of source, and the same of our runtime.
pub(super) fn sources(bench: &Bench, progress: &Progress) -> Result<Vec<Row>, String> {
    progress.say("sources");
    let official = source::measure(&Scratch::warm(&bench.root, Side::Official)?.sources()?)?;
    let ours = source::measure(&bench.root.join("generated/src"))?;
    let runtime = source::measure(&bench.root.join("codegen/runtime/src"))?;
    let row = |measure, unit, official, ours| Row::new(measure, unit, Some(official), Some(ours));
    Ok(vec![
        row("lines of source", Unit::Count, official.lines, ours.lines).bar(Bar::Times(6.0)),
        row("bytes of source", Unit::Bytes, official.bytes, ours.bytes).bar(Bar::Times(6.0)),
        row("files of source", Unit::Count, official.files, ours.files),
        Row::new("lines of the runtime crate (once per application)", Unit::Count, None, Some(runtime.lines)),
    ])
}

/// Stripped programs, and libraries as the compiler leaves them.
pub(super) fn built(bench: &Bench, progress: &Progress) -> Result<Vec<Row>, String> {
    let mut one = [None; 2];
    let mut all = [None; 2];
    let mut debug = [None; 2];
    let mut release = [None; 2];
    for (index, scratch) in bench.warm()?.iter().enumerate() {
        let package = scratch.side().package();
        progress.say(&format!("release consumers of {package}"));
        scratch.cargo(&["build", "--release", "--bin", "consumer_one", "--bin", "consumer_all"])?;
        scratch.cargo(&["build", "-p", package])?;
        one[index] = Some(bytes(&scratch.built("release/consumer_one"))?);
        all[index] = Some(bytes(&scratch.built("release/consumer_all"))?);
        debug[index] = library(&scratch.built("debug/deps"), package)?;
        release[index] = library(&scratch.built("release/deps"), package)?;
    }
    let row = |measure, [official, ours]: [Option<f64>; 2]| Row::new(measure, Unit::Bytes, official, ours);
    Ok(vec![
        row("stripped release consumer of 1 operation", one).bar(Bar::Share(0.9)),
        row("stripped release consumer of 40 operations", all).bar(Bar::Share(0.65)),
        row("debug rlib", debug),
        row("release rlib", release),
    ])
}

/// The size of a file in bytes.
fn bytes(file: &Path) -> Result<f64, String> {
    let metadata = fs::metadata(file).map_err(|cause| format!("cannot read {}: {cause}", file.display()))?;
    Ok(source::number(usize::try_from(metadata.len()).unwrap_or(usize::MAX)))
}

/// The size of the newest library of `package` in a directory of dependencies.
fn library(directory: &Path, package: &str) -> Result<Option<f64>, String> {
    let failed = |cause| format!("cannot read {}: {cause}", directory.display());
    let prefix = format!("lib{}-", package.replace('-', "_"));
    let mut newest = None;
    for entry in fs::read_dir(directory).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with(&prefix) && name.ends_with(".rlib") {
            let changed = fs::metadata(&path).and_then(|metadata| metadata.modified()).map_err(failed)?;
            newest = newest.max(Some((changed, path)));
        }
    }
    newest.map(|(_, path)| bytes(&path)).transpose()
}
