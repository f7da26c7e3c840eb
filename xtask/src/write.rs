//! Compares an emitted crate with the disk, and makes the disk hold it.
//!
//! A file on disk belongs to the generator when one of its first lines carries
//! [`MARKER`] (or when it is empty: there is nothing to lose). Only such files
//! are replaced or deleted; anything else in the way is reported and stays.
//!
//! Replacing goes in three steps, so that a full disk or a missing permission is
//! met while the old crate is still whole: every new text is written to a
//! temporary sibling, then all of them are renamed into place, then stale files
//! and empty directories are removed. Where a later step fails all the same, what
//! was replaced before it gets its old text back.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What every emitted file carries within its first [`MARKER_LINES`] lines.
const MARKER: &str = "@generated";

/// How many lines at the top of a file may hold the [`MARKER`].
const MARKER_LINES: usize = 5;

/// The directory of a crate in which no file may stand that is not emitted.
const SOURCES: &str = "src";

/// What cargo itself puts beside a manifest.
const CARGO_S_OWN: [&str; 2] = ["Cargo.lock", "target"];

/// How much of a crate's directory belongs to the generator alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Realm {
    /// All of it, as of this repository's own crate.
    Everything,
    /// Its sources: whoever ordered the crate may add a README or tests.
    Sources,
}

/// What a file on disk is, seen from the crate that was emitted.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// On disk with the emitted bytes.
    Unchanged,
    /// Emitted, but not on disk.
    Missing,
    /// Emitted, but on disk with these bytes, which the generator may replace.
    Changed(Vec<u8>),
    /// On disk with these bytes, the generator's own, but no longer emitted.
    Stale(Vec<u8>),
    /// On disk, not the generator's, and where the generator has to write or
    /// may leave nothing behind.
    InTheWay(Obstacle),
}

/// Why something on disk is not the generator's to replace or delete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Obstacle {
    /// A file without the [`MARKER`].
    HandWritten,
    /// A directory, a symbolic link or a device.
    NotAFile,
    /// A file where a directory is needed.
    ParentIsAFile,
    /// A name that is not UTF-8, as no emitted file has.
    OddName,
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::HandWritten => "it has no `@generated` header, so it is not the generator's",
            Self::NotAFile => "it is not a regular file, so it is not the generator's",
            Self::ParentIsAFile => "a file stands where its directory has to be",
            Self::OddName => "its name is not UTF-8, so it is not the generator's",
        })
    }
}

/// Every file of an emitted crate and of its place on disk, by path.
///
/// Paths are relative to the crate and `/`-separated.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Comparison {
    /// What each file is, in the order of the paths.
    pub(crate) fates: BTreeMap<String, Fate>,
}

impl Comparison {
    /// The paths that have a fate for which `wanted` holds, in order.
    pub(crate) fn paths(&self, wanted: impl Fn(&Fate) -> bool) -> Vec<&str> {
        let chosen = self.fates.iter().filter(|(_, fate)| wanted(fate));
        chosen.map(|(path, _)| path.as_str()).collect()
    }

    /// The files that have to be written: missing and changed ones.
    pub(crate) fn to_write(&self) -> Vec<&str> {
        self.paths(|fate| matches!(fate, Fate::Missing | Fate::Changed(_)))
    }

    /// The files that have to be removed.
    pub(crate) fn to_remove(&self) -> Vec<&str> {
        self.paths(|fate| matches!(fate, Fate::Stale(_)))
    }

    /// What stands in the way, with the reason.
    pub(crate) fn obstacles(&self) -> Vec<(&str, Obstacle)> {
        let of = |(path, fate)| match fate {
            &Fate::InTheWay(obstacle) => Some((String::as_str(path), obstacle)),
            _ => None,
        };
        self.fates.iter().filter_map(of).collect()
    }

    /// Whether the disk holds the emitted crate and nothing else under its sources.
    pub(crate) fn is_current(&self) -> bool {
        self.fates.values().all(|fate| *fate == Fate::Unchanged)
    }
}

/// A file or directory that could not be read.
#[derive(Debug)]
pub(crate) struct ReadError {
    path: PathBuf,
    cause: io::Error,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot read {}: {}", self.path.display(), self.cause)
    }
}

/// Compares the emitted `files` with what the crate's `directory` holds.
///
/// # Errors
///
/// When something on disk cannot be read, or `directory` is not a directory.
pub(crate) fn compare(
    directory: &Path,
    files: &BTreeMap<String, String>,
    realm: Realm,
) -> Result<Comparison, ReadError> {
    if directory.exists() && !directory.is_dir() {
        return Err(ReadError { path: directory.to_path_buf(), cause: io::ErrorKind::NotADirectory.into() });
    }
    let mut fates = BTreeMap::new();
    match realm {
        Realm::Everything => collect_unknown(directory, "", files, &mut fates)?,
        Realm::Sources => collect_unknown(&directory.join(SOURCES), SOURCES, files, &mut fates)?,
    }
    for (path, text) in files {
        fates.insert(path.clone(), fate(&directory.join(path), text)?);
    }
    Ok(Comparison { fates })
}

/// What stands at `path`, where `text` was emitted.
fn fate(path: &Path, text: &str) -> Result<Fate, ReadError> {
    let failed = |cause| ReadError { path: path.to_path_buf(), cause };
    match fs::symlink_metadata(path) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(Fate::Missing),
        Err(cause) if cause.kind() == io::ErrorKind::NotADirectory => Ok(Fate::InTheWay(Obstacle::ParentIsAFile)),
        Err(cause) => Err(failed(cause)),
        Ok(found) if !found.is_file() => Ok(Fate::InTheWay(Obstacle::NotAFile)),
        Ok(_) => {
            let old = fs::read(path).map_err(failed)?;
            Ok(match old {
                old if old == text.as_bytes() => Fate::Unchanged,
                old if is_generated(&old) => Fate::Changed(old),
                _ => Fate::InTheWay(Obstacle::HandWritten),
            })
        }
    }
}

/// Adds everything under `directory` that is not one of the emitted `files`.
fn collect_unknown(
    directory: &Path,
    prefix: &str,
    files: &BTreeMap<String, String>,
    fates: &mut BTreeMap<String, Fate>,
) -> Result<(), ReadError> {
    let failed = |cause| ReadError { path: directory.to_path_buf(), cause };
    if !directory.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(directory).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name();
        if prefix.is_empty() && CARGO_S_OWN.iter().any(|own| name == *own) {
            continue;
        }
        let separator = if prefix.is_empty() { "" } else { "/" };
        let path = format!("{prefix}{separator}{}", name.to_string_lossy());
        let kind = entry.file_type().map_err(failed)?;
        if name.to_str().is_none() {
            fates.insert(path, Fate::InTheWay(Obstacle::OddName));
        } else if kind.is_dir() {
            collect_unknown(&entry.path(), &path, files, fates)?;
        } else if !kind.is_file() {
            fates.insert(path, Fate::InTheWay(Obstacle::NotAFile));
        } else if !files.contains_key(&path) {
            let old = fs::read(entry.path()).map_err(failed)?;
            let fate = match is_generated(&old) {
                true => Fate::Stale(old),
                false => Fate::InTheWay(Obstacle::HandWritten),
            };
            fates.insert(path, fate);
        }
    }
    Ok(())
}

/// Whether a file with these bytes is the generator's to replace.
pub(crate) fn is_generated(bytes: &[u8]) -> bool {
    bytes.is_empty()
        || bytes
            .split(|byte| *byte == b'\n')
            .take(MARKER_LINES)
            .any(|line| String::from_utf8_lossy(line).contains(MARKER))
}

/// The text of a crate's version in its manifest, where the manifest is the
/// generator's and states it plainly.
///
/// The version is the one thing in a crate emitted elsewhere that a person
/// decides there, release by release; so it is carried over, not overwritten.
pub(crate) fn manifest_version(directory: &Path) -> Option<String> {
    let text = fs::read_to_string(directory.join("Cargo.toml")).ok()?;
    if is_generated(text.as_bytes()) { version_in(&text, "[package]") } else { None }
}

/// The version that a table of a manifest states on a line of its own.
pub(crate) fn version_in(manifest: &str, table: &str) -> Option<String> {
    let (_, after) = manifest.split_once(table)?;
    after
        .lines()
        .take_while(|line| !line.starts_with('['))
        .find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
        .map(str::to_owned)
}

/// A write that failed, and the state in which it left the crate.
#[derive(Debug)]
pub(crate) struct WriteError {
    directory: PathBuf,
    path: PathBuf,
    cause: io::Error,
    /// How many files had been replaced, of how many; `None` before the first.
    replaced: Option<(usize, usize)>,
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot write {}: {}; ", self.path.display(), self.cause)?;
        let directory = self.directory.display();
        match self.replaced {
            None => write!(f, "nothing was changed, {directory} is as it was"),
            Some((done, all)) => write!(
                f,
                "{done} of {all} files were already replaced or removed, so {directory} holds \
                 old and new code: mend the cause and run the same command again"
            ),
        }
    }
}

/// Makes `directory` hold the emitted `files`, as `comparison` found necessary.
///
/// Files that are unchanged are not touched, not even their times.
///
/// # Errors
///
/// When a file or directory cannot be written. Unless the error says otherwise
/// the crate is then as it was.
pub(crate) fn apply(
    directory: &Path,
    files: &BTreeMap<String, String>,
    comparison: &Comparison,
) -> Result<(), WriteError> {
    apply_with(directory, files, comparison, &[], &|| false)
}

/// A file outside of the crate that is replaced together with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Edit {
    /// Where it is.
    pub(crate) path: PathBuf,
    /// Its text, if it exists.
    pub(crate) old: Option<String>,
    /// The text that it gets.
    pub(crate) new: String,
}

/// [`apply`], together with `edits` of other files: all of it happens, or none.
///
/// `stop` is asked once, when every new text waits beside its place and nothing
/// is replaced yet; if it says so, everything stays as it was.
///
/// # Errors
///
/// As [`apply`], and when `stop` said so.
pub(crate) fn apply_with(
    directory: &Path,
    files: &BTreeMap<String, String>,
    comparison: &Comparison,
    edits: &[Edit],
    stop: &dyn Fn() -> bool,
) -> Result<(), WriteError> {
    let steps = steps(directory, files, comparison, edits);
    let failed = |path: &Path, replaced| {
        let (directory, path) = (directory.to_path_buf(), path.to_path_buf());
        move |cause| WriteError { directory, path, cause, replaced }
    };
    let mut staging = Staging::default();
    for step in &steps {
        if let Some(text) = step.new {
            staging.add(&step.place, text).map_err(failed(&step.place, None))?;
        }
    }
    if stop() {
        return Err(failed(directory, None)(io::Error::other("it was interrupted")));
    }
    for (done, step) in steps.iter().enumerate() {
        let replaced = if step.new.is_some() { staging.replace_next() } else { fs::remove_file(&step.place) };
        if let Err(cause) = replaced {
            let undone = steps[..done].iter().rev().all(|step| step.undo().is_ok());
            return Err(failed(&step.place, (!undone).then_some((done, steps.len())))(cause));
        }
    }
    // The crate is whole by now, and a directory that holds nothing does no harm
    // to it: failing to remove one is not worth an error.
    let _ = remove_empty_below(&directory.join(SOURCES));
    Ok(())
}

/// A file that gets another text, or goes.
struct Step<'a> {
    place: PathBuf,
    old: Option<&'a [u8]>,
    new: Option<&'a str>,
}

impl Step<'_> {
    /// Makes the file what it was.
    fn undo(&self) -> io::Result<()> {
        match self.old {
            Some(old) => fs::write(&self.place, old),
            None => fs::remove_file(&self.place),
        }
    }
}

/// All that has to happen: files that are written, then files that go.
fn steps<'a>(
    directory: &Path,
    files: &'a BTreeMap<String, String>,
    comparison: &'a Comparison,
    edits: &'a [Edit],
) -> Vec<Step<'a>> {
    let mut steps: Vec<Step<'_>> = Vec::new();
    let mut gone = Vec::new();
    for (path, fate) in &comparison.fates {
        let place = directory.join(path);
        let new = files.get(path).map_or("", String::as_str);
        match fate {
            Fate::Missing => steps.push(Step { place, old: None, new: Some(new) }),
            Fate::Changed(old) => steps.push(Step { place, old: Some(old), new: Some(new) }),
            Fate::Stale(old) => gone.push(Step { place, old: Some(old), new: None }),
            Fate::Unchanged | Fate::InTheWay(_) => {}
        }
    }
    steps.extend(edits.iter().map(|edit| Step {
        place: edit.path.clone(),
        old: edit.old.as_deref().map(str::as_bytes),
        new: Some(&edit.new),
    }));
    steps.extend(gone);
    steps
}

/// New files that wait beside their places; dropped, it leaves none behind.
#[derive(Debug, Default)]
struct Staging {
    /// Temporary file and the place it is meant for, in the order of [`Self::add`].
    waiting: VecDeque<(PathBuf, PathBuf)>,
    /// Directories that were created for them, outermost first.
    created: Vec<PathBuf>,
}

impl Staging {
    /// Writes `text` to a temporary sibling of `place`, creating its directory.
    fn add(&mut self, place: &Path, text: &str) -> io::Result<()> {
        let parent = place.parent().unwrap_or(Path::new("."));
        let missing = parent.ancestors().take_while(|path| !path.exists());
        let missing: Vec<PathBuf> = missing.map(Path::to_path_buf).collect();
        for directory in missing.into_iter().rev() {
            fs::create_dir(&directory)?;
            self.created.push(directory);
        }
        // A run that was killed leaves this file behind, which is harmless: its
        // text carries the marker, so the next run removes it from the sources.
        let name = place.file_name().unwrap_or_default().to_string_lossy();
        let temporary = parent.join(format!(".{name}.{}.tmp", std::process::id()));
        self.waiting.push_back((temporary.clone(), place.to_path_buf()));
        fs::write(&temporary, text)
    }

    /// Moves the file that was added first, of those that still wait, into place.
    fn replace_next(&mut self) -> io::Result<()> {
        if let Some((temporary, place)) = self.waiting.front() {
            fs::rename(temporary, place)?;
            self.waiting.pop_front();
        }
        Ok(())
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // Nobody is left to tell if cleaning up fails, and the error that led
        // here says more. A directory that holds a file is not removed.
        for (temporary, _) in &self.waiting {
            let _ = fs::remove_file(temporary);
        }
        for directory in self.created.iter().rev() {
            let _ = fs::remove_dir(directory);
        }
    }
}

/// Removes the directories below `directory` that hold nothing.
fn remove_empty_below(directory: &Path) -> io::Result<()> {
    if !directory.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            let path = entry.path();
            remove_empty_below(&path)?;
            if fs::read_dir(&path)?.next().is_none() {
                fs::remove_dir(&path)?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
