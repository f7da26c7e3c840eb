//! Compares an emitted crate with the disk, and makes the disk hold it.
//!
//! - here: what each file on disk is, seen from the crate that was emitted
//! - `owned` tells files of the generator's from those of a person
//! - `room` is the place within the crate's directory where one run at a time prepares what it replaces
//! - `journal` replaces all of it or nothing, whatever happens in between
//!
//! A file is the generator's if its first line says so in the words of this generator, and the crate's list of emitted
//! files has it. Only such files are replaced or removed. What else stands where a file has to be is reported and stays,
//! and so does all that is in nobody's way. A person's own readme or licence is left where one was emitted.

mod journal;
mod owned;
mod room;

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

pub use journal::Edit;
use owned::Owned;
pub use owned::is_claimed;
pub use room::{ROOM, Room, unfinished};

/// The directory of a crate in which files are removed that are no longer emitted.
const SOURCES: &str = "src";

/// What cargo itself puts beside a manifest, and where a run prepares what it replaces.
const PASSED_OVER: [&str; 3] = ["Cargo.lock", "target", ROOM];

/// What whoever ordered a crate may have written instead of what is emitted.
const YIELDING: [&str; 2] = ["LICENSE", "README.md"];

/// How much of a crate's directory belongs to the generator alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Realm {
    /// All of it, as of this repository's own crate.
    Everything,
    /// What it emits: whoever ordered the crate may add a README, tests, or notes.
    Sources,
}

/// What a file on disk is, seen from the crate that was emitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// On disk with the emitted bytes, or a person's own in place of an emitted readme or licence.
    Unchanged,
    /// Emitted, but not on disk.
    Missing,
    /// Emitted, but on disk with these bytes, which the generator may replace.
    Changed(Vec<u8>),
    /// On disk with these bytes, the generator's own, but no longer emitted.
    Stale(Vec<u8>),
    /// On disk, not the generator's, and where it has to write, or where all is the generator's.
    InTheWay(Obstacle),
}

/// Why something on disk is not the generator's to replace or delete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// A file that does not say that this generator wrote it.
    HandWritten,
    /// A file that says so, but is none of those that the crate lists.
    Unlisted,
    /// A directory, a symbolic link or a device.
    NotAFile,
    /// A file, or a symbolic link, where a directory is needed.
    NoDirectory,
    /// A name that is not UTF-8, as no emitted file has.
    OddName,
    /// A file that would be the same module as an emitted one.
    SameModule,
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::HandWritten => "its first line does not say that it was generated, so it is not the generator's",
            Self::Unlisted => "it is none of the files that the crate lists, so it is not the generator's",
            Self::NotAFile => "it is not a regular file, so it is not the generator's",
            Self::NoDirectory => "a file or a symbolic link stands where its directory has to be",
            Self::OddName => "its name is not UTF-8, so it is not the generator's",
            Self::SameModule => "it is the same module as a file that is emitted",
        })
    }
}

/// Every file of an emitted crate and of its place on disk, by path.
///
/// Paths are relative to the crate and `/`-separated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// What each file is, in the order of the paths.
    pub fates: BTreeMap<String, Fate>,
}

impl Comparison {
    /// The paths that have a fate for which `wanted` holds, in order.
    pub fn paths(&self, wanted: impl Fn(&Fate) -> bool) -> Vec<&str> {
        let chosen = self.fates.iter().filter(|(_, fate)| wanted(fate));
        chosen.map(|(path, _)| path.as_str()).collect()
    }

    /// The files that have to be written: missing and changed ones.
    pub fn to_write(&self) -> Vec<&str> {
        self.paths(|fate| matches!(fate, Fate::Missing | Fate::Changed(_)))
    }

    /// The files that have to be removed.
    pub fn to_remove(&self) -> Vec<&str> {
        self.paths(|fate| matches!(fate, Fate::Stale(_)))
    }

    /// What stands in the way, with the reason.
    pub fn obstacles(&self) -> Vec<(&str, Obstacle)> {
        let of = |(path, fate)| match fate {
            &Fate::InTheWay(obstacle) => Some((String::as_str(path), obstacle)),
            _ => None,
        };
        self.fates.iter().filter_map(of).collect()
    }

    /// Whether the disk holds the emitted crate and nothing else under its sources.
    pub fn is_current(&self) -> bool {
        self.fates.values().all(|fate| *fate == Fate::Unchanged)
    }
}

/// A file or directory that could not be read.
#[derive(Debug)]
pub struct ReadError {
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
pub fn compare(directory: &Path, files: &BTreeMap<String, String>, realm: Realm) -> Result<Comparison, ReadError> {
    if directory.exists() && !directory.is_dir() {
        return Err(ReadError { path: directory.to_path_buf(), cause: io::ErrorKind::NotADirectory.into() });
    }
    let mut walk = Walk { files, owned: Owned::of(directory), realm, fates: BTreeMap::new() };
    match realm {
        Realm::Everything => walk.below(directory, "")?,
        Realm::Sources if is_directory(&directory.join(SOURCES)) => walk.below(&directory.join(SOURCES), SOURCES)?,
        Realm::Sources => {}
    }
    for (path, text) in files {
        let fate = walk.fate(directory, path, text)?;
        walk.fates.insert(path.clone(), fate);
    }
    Ok(Comparison { fates: walk.fates })
}

/// Whether there is a directory here, and not a link to one.
fn is_directory(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_dir())
}

/// A walk over the directory of a crate.
struct Walk<'a> {
    files: &'a BTreeMap<String, String>,
    owned: Owned,
    realm: Realm,
    fates: BTreeMap<String, Fate>,
}

impl Walk<'_> {
    /// What stands at the path where a text was emitted.
    fn fate(&self, directory: &Path, path: &str, text: &str) -> Result<Fate, ReadError> {
        let place = directory.join(path);
        let failed = |cause| ReadError { path: place.clone(), cause };
        let above = place.ancestors().skip(1).take_while(|above| *above != directory);
        for above in above {
            if fs::symlink_metadata(above).is_ok_and(|found| !found.is_dir()) {
                return Ok(Fate::InTheWay(Obstacle::NoDirectory));
            }
        }
        match fs::symlink_metadata(&place) {
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(Fate::Missing),
            Err(cause) => Err(failed(cause)),
            Ok(found) if !found.is_file() => Ok(Fate::InTheWay(Obstacle::NotAFile)),
            Ok(_) => {
                let old = fs::read(&place).map_err(failed)?;
                Ok(match self.owned.claim(path, &old) {
                    _ if old == text.as_bytes() => Fate::Unchanged,
                    Ok(()) => Fate::Changed(old),
                    Err(_) if self.realm == Realm::Sources && YIELDING.contains(&path) => Fate::Unchanged,
                    Err(obstacle) => Fate::InTheWay(obstacle),
                })
            }
        }
    }

    /// Looks at everything under `directory` that is not emitted.
    fn below(&mut self, directory: &Path, prefix: &str) -> Result<(), ReadError> {
        let failed = |cause| ReadError { path: directory.to_path_buf(), cause };
        if !directory.is_dir() {
            return Ok(());
        }
        for entry in fs::read_dir(directory).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let name = entry.file_name();
            if prefix.is_empty() && PASSED_OVER.iter().any(|own| name == *own) {
                continue;
            }
            let separator = if prefix.is_empty() { "" } else { "/" };
            let path = format!("{prefix}{separator}{}", name.to_string_lossy());
            let kind = entry.file_type().map_err(failed)?;
            if name.to_str().is_none() {
                self.stranger(path, Obstacle::OddName);
            } else if kind.is_dir() {
                self.below(&entry.path(), &path)?;
            } else if !kind.is_file() {
                self.stranger(path, Obstacle::NotAFile);
            } else if !self.files.contains_key(&path) {
                self.left_over(&entry.path(), path)?;
            }
        }
        Ok(())
    }

    /// A file that is not emitted: it goes if it was emitted once.
    fn left_over(&mut self, place: &Path, path: String) -> Result<(), ReadError> {
        let claim = match self.owned.may_have(&path) {
            // To be large, or secret, is no reason to stop for a file that is not asked for its first line.
            false => Err(Obstacle::HandWritten),
            true => {
                let old = fs::read(place).map_err(|cause| ReadError { path: place.to_path_buf(), cause })?;
                self.owned.claim(&path, &old).map(|()| old)
            }
        };
        match claim {
            Ok(old) => drop(self.fates.insert(path, Fate::Stale(old))),
            Err(_) if self.is_same_module(&path) => drop(self.fates.insert(path, Fate::InTheWay(Obstacle::SameModule))),
            Err(obstacle) => self.stranger(path, obstacle),
        }
        Ok(())
    }

    /// Something that is not the generator's: in the way where all is, and nobody's business elsewhere.
    fn stranger(&mut self, path: String, obstacle: Obstacle) {
        if self.realm == Realm::Everything {
            self.fates.insert(path, Fate::InTheWay(obstacle));
        }
    }

    /// Whether a module is emitted as `a.rs`, and this is its `a/mod.rs`.
    fn is_same_module(&self, path: &str) -> bool {
        path.strip_suffix("/mod.rs").is_some_and(|module| self.files.contains_key(&format!("{module}.rs")))
    }
}

/// The version that a table of a manifest states on a line of its own.
pub fn version_in(manifest: &str, table: &str) -> Option<String> {
    let (_, after) = manifest.split_once(table)?;
    after
        .lines()
        .take_while(|line| !line.starts_with('['))
        .find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
        .map(str::to_owned)
}

#[cfg(test)]
mod tests;
