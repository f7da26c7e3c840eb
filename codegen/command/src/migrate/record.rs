//! What a migration changed, so that it can be put back byte for byte.
//!
//! Before anything is changed, a folder beside the root `Cargo.toml` gets the old bytes of every file that changes, and a
//! list that says what each becomes. It gets its name when it is complete. So a migration that fails, or is killed at any
//! moment, leaves either nothing, or a record of everything that it may have done.
//!
//! ```text
//! .smithy-client-undo/1/record.json   what happened to which file
//! 0.old         the bytes that a file had
//! ```
//!
//! A second migration has a record of its own, and the last is put back first.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::digest::sha256;
use crate::paths::is_straight;
use crate::sync::Change;
use crate::write::ROOM;

/// The folder of the records, beside the root `Cargo.toml`.
pub(super) const FOLDER: &str = ".smithy-client-undo";

/// The list in a record.
const LIST: &str = "record.json";

/// Nobody commits the folder.
const IGNORE: &str = "*\n";

/// The form of the list.
const FORMAT: u32 = 1;

/// What a migration did, or was about to do.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Record {
    format: u32,
    /// Every file that changed.
    files: Vec<Changed>,
    /// Directories that were made, or held nothing, relative to the root of the workspace, the outermost first.
    directories: Vec<String>,
    /// The folder of the record.
    #[serde(skip)]
    folder: PathBuf,
}

/// A file that changed.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Changed {
    /// Its path from the root of the workspace, with `/`.
    path: String,
    /// The name of the file with its old bytes; nothing if it was not there.
    old: Option<String>,
    new: New,
}

/// What a file became.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum New {
    /// Bytes with this digest.
    Sha256(String),
    /// It went.
    Gone,
    /// Whatever it is: Cargo writes it when it builds, or this migration once more.
    Cargo,
}

/// What putting back came to.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Restored {
    /// Files that have their old bytes again.
    pub(super) restored: Vec<String>,
    /// Files that are gone again.
    pub(super) removed: Vec<String>,
    /// Where files are that were edited since, and were put back nevertheless.
    pub(super) kept: Vec<PathBuf>,
    /// Directories that were made, the outermost first.
    directories: Vec<PathBuf>,
}

impl Restored {
    /// Removes directories that were made and are empty now. Of those that a run is in, it takes the run to have left.
    pub fn sweep(&self) {
        for directory in self.directories.iter().rev() {
            // One that holds something by now stays.
            let _ = fs::remove_dir(directory);
        }
    }
}

/// What a file is now, seen from a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// As it was before.
    Old,
    /// As the migration left it, or missing.
    New,
    /// Something else.
    Edited,
}

impl Record {
    /// Writes down what is about to change, with the old bytes of it all. `Cargo.lock` is one of the files, as a build
    /// changes it.
    ///
    /// # Errors
    ///
    /// A sentence on what cannot be written; then there is no record.
    pub(super) fn begin(root: &Path, changes: &[Change<'_>], lock: &Path) -> Result<Self, String> {
        let folder = root.join(FOLDER);
        let failed = |cause: io::Error| format!("cannot write to {}: {cause}", folder.display());
        if is_link(&folder) {
            return Err(failed(io::Error::other("it is a symbolic link")));
        }
        fs::create_dir_all(&folder).map_err(failed)?;
        let ignore = folder.join(".gitignore");
        if !is_link(&ignore) {
            fs::write(ignore, IGNORE).map_err(failed)?;
        }
        let draft = folder.join("draft");
        let _ = fs::remove_dir_all(&draft);
        fs::create_dir(&draft).map_err(failed)?;
        let mut record = Self { format: FORMAT, files: Vec::new(), directories: Vec::new(), folder: draft.clone() };
        for change in changes.iter().filter(|change| change.path != lock) {
            let new = change.new.map_or(New::Gone, |text| New::Sha256(sha256(text.as_bytes())));
            record.add(root, &change.path, new)?;
        }
        record.add(root, lock, New::Cargo)?;
        record.write()?;
        let number = numbers(&folder).last().map_or(1, |last| last + 1);
        record.folder = folder.join(number.to_string());
        fs::rename(draft, &record.folder).map_err(failed)?;
        Ok(record)
    }

    fn add(&mut self, root: &Path, path: &Path, new: New) -> Result<(), String> {
        let shown = path.strip_prefix(root).ok().and_then(Path::to_str);
        let shown = shown.ok_or_else(|| format!("{} is not below {}", path.display(), root.display()))?;
        let shown = shown.replace('\\', "/");
        let failed = |cause: io::Error| format!("cannot keep {}: {cause}", path.display());
        let old = match path.try_exists().map_err(failed)? {
            false => None,
            true => {
                let name = format!("{}.old", self.files.len());
                // Its permissions come along.
                fs::copy(path, self.folder.join(&name)).map_err(failed)?;
                Some(name)
            }
        };
        let missing: Vec<&Path> =
            path.ancestors().skip(1).take_while(|above| *above != root && is_bare(above)).collect();
        for above in missing.into_iter().rev().filter_map(|above| above.strip_prefix(root).ok()?.to_str()) {
            let above = above.replace('\\', "/");
            if !self.directories.contains(&above) {
                self.directories.push(above);
            }
        }
        self.files.push(Changed { path: shown, old, new });
        Ok(())
    }

    /// The last record of a workspace; `None` where there is none.
    ///
    /// # Errors
    ///
    /// A sentence on one that cannot be read.
    pub(super) fn last(root: &Path) -> Result<Option<Self>, String> {
        let folder = root.join(FOLDER);
        let Some(number) = numbers(&folder).pop() else { return Ok(None) };
        let folder = folder.join(number.to_string());
        let path = folder.join(LIST);
        let failed = |reason: String| format!("cannot read {}: {reason}", path.display());
        let text = fs::read_to_string(&path).map_err(|cause| failed(cause.to_string()))?;
        let mut record: Self = serde_json::from_str(&text).map_err(|cause| failed(cause.to_string()))?;
        if record.format != FORMAT {
            return Err(failed("another version of this command wrote it".to_owned()));
        }
        let mut paths = record.files.iter().map(|file| &file.path).chain(&record.directories);
        let mut kept = record.files.iter().filter_map(|file| file.old.as_ref());
        let is_here = |path: &String| is_below(path) && is_straight(&root.join(path));
        if is_link(&root.join(FOLDER)) || !paths.all(is_here) || !kept.all(|name| is_name(name)) {
            return Err(failed("it is about files elsewhere".to_owned()));
        }
        record.folder = folder;
        Ok(Some(record))
    }

    /// Lets the files that are there change once more, as a part of the migration, until [`Self::note_builds`] notes what they
    /// became.
    ///
    /// # Errors
    ///
    /// A sentence on what cannot be written.
    pub(super) fn reopen(&mut self) -> Result<(), String> {
        for file in self.files.iter_mut().filter(|file| matches!(file.new, New::Sha256(_))) {
            file.new = New::Cargo;
        }
        self.write()
    }

    /// Notes what Cargo made of the files that it writes.
    ///
    /// # Errors
    ///
    /// A sentence on what cannot be read or written.
    pub(super) fn note_builds(&mut self, root: &Path) -> Result<(), String> {
        for file in self.files.iter_mut().filter(|file| file.new == New::Cargo) {
            if let Some(bytes) = read(&root.join(&file.path))? {
                file.new = New::Sha256(sha256(&bytes));
            }
        }
        self.write()
    }

    fn write(&self) -> Result<(), String> {
        let failed = |cause: io::Error| format!("cannot write {}: {cause}", self.folder.join(LIST).display());
        let text = serde_json::to_string_pretty(self).map_err(io::Error::other).map_err(failed)?;
        let draft = self.folder.join("draft.json");
        fs::write(&draft, text + "\n").map_err(failed)?;
        fs::rename(draft, self.folder.join(LIST)).map_err(failed)
    }

    /// The files that were edited since, by their paths.
    ///
    /// # Errors
    ///
    /// A sentence on one that cannot be read.
    pub(super) fn edited(&self, root: &Path) -> Result<Vec<&str>, String> {
        let mut edited = Vec::new();
        for file in &self.files {
            if self.state(file, root)? == State::Edited {
                edited.push(file.path.as_str());
            }
        }
        Ok(edited)
    }

    /// Puts everything back, and forgets the record. What was edited since is put back as well, and kept beside.
    ///
    /// # Errors
    ///
    /// A sentence on what cannot be read or written. The record stays, and putting back can be repeated.
    pub(super) fn restore(self, root: &Path) -> Result<Restored, String> {
        let mut restored = Restored::default();
        for file in &self.files {
            let place = root.join(&file.path);
            let failed = |cause: io::Error| format!("cannot put back {}: {cause}", place.display());
            let state = self.state(file, root)?;
            if state == State::Old {
                continue;
            }
            if state == State::Edited {
                let aside = free(&place);
                fs::copy(&place, &aside).map_err(failed)?;
                restored.kept.push(aside);
            }
            match &file.old {
                Some(old) => {
                    let beside = self.folder.join("restored");
                    let _ = fs::remove_file(&beside);
                    fs::copy(self.folder.join(old), &beside).map_err(failed)?;
                    fs::create_dir_all(place.parent().unwrap_or(root)).map_err(failed)?;
                    fs::rename(&beside, &place).map_err(failed)?;
                    restored.restored.push(file.path.clone());
                }
                None if place.exists() => {
                    fs::remove_file(&place).map_err(failed)?;
                    restored.removed.push(file.path.clone());
                }
                None => {}
            }
        }
        restored.directories = self.directories.iter().map(|directory| root.join(directory)).collect();
        restored.sweep();
        self.forget(root)?;
        Ok(restored)
    }

    /// Removes the record.
    ///
    /// # Errors
    ///
    /// A sentence on what cannot be removed.
    fn forget(self, root: &Path) -> Result<(), String> {
        let failed = |cause: io::Error| format!("cannot remove {}: {cause}", self.folder.display());
        // Without its list it is no record, whatever happens in between.
        fs::remove_file(self.folder.join(LIST)).map_err(failed)?;
        fs::remove_dir_all(&self.folder).map_err(failed)?;
        tidy(root);
        Ok(())
    }

    fn state(&self, file: &Changed, root: &Path) -> Result<State, String> {
        let now = read(&root.join(&file.path))?;
        let old = file.old.as_ref().map(|old| read(&self.folder.join(old))).transpose()?.flatten();
        Ok(match (&now, &file.new) {
            (now, _) if *now == old => State::Old,
            (None, _) | (_, New::Cargo) => State::New,
            (Some(bytes), New::Sha256(digest)) if sha256(bytes) == *digest => State::New,
            _ => State::Edited,
        })
    }
}

/// Removes the folder of the records, if it holds none.
pub(super) fn tidy(root: &Path) {
    let folder = root.join(FOLDER);
    if numbers(&folder).is_empty() {
        // What else is there is somebody's.
        let _ = fs::remove_dir_all(folder.join("draft"));
        let _ = fs::remove_file(folder.join(".gitignore"));
        let _ = fs::remove_dir(&folder);
    }
}

/// The numbers of the records, in order.
fn numbers(folder: &Path) -> Vec<u32> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let records = entries.filter(|entry| entry.path().join(LIST).is_file());
    let mut numbers: Vec<u32> = records.filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect();
    numbers.sort_unstable();
    numbers
}

/// The bytes of a file; `None` where there is none.
fn read(path: &Path) -> Result<Option<Vec<u8>>, String> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(cause) if matches!(cause.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(cause) => Err(format!("cannot read {}: {cause}", path.display())),
    }
}

/// A path beside another one that nothing has.
fn free(path: &Path) -> PathBuf {
    let named = |number: u32| path.with_added_extension(format!("edited-{number}"));
    (1..).map(named).find(|path| fs::symlink_metadata(path).is_err()).unwrap_or_else(|| named(0))
}

/// Whether a directory is not there, or holds no file but those of a run that is in it.
fn is_bare(directory: &Path) -> bool {
    let mut entries = fs::read_dir(directory).into_iter().flatten().flatten();
    entries.all(|entry| {
        let is_directory = entry.file_type().is_ok_and(|kind| kind.is_dir());
        is_directory && (entry.file_name() == ROOM || is_bare(&entry.path()))
    })
}

/// Whether a path of a list leads to nothing but what is below the workspace.
fn is_below(path: &str) -> bool {
    Path::new(path).components().all(|part| matches!(part, Component::Normal(_))) && !path.is_empty()
}

/// Whether the name of kept bytes leads to nothing but what is in their record.
fn is_name(name: &str) -> bool {
    is_below(name) && Path::new(name).components().count() == 1
}

/// Whether something is a symbolic link.
fn is_link(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink())
}

#[cfg(test)]
mod tests;
