//! Replaces files, all of them or none, whatever happens in between.
//!
//! First every new text is written into the room, and every old file is linked there. Then the journal, which says what
//! is to happen, gets its name: from that moment on the change holds. What follows is renaming. A run that dies before
//! leaves everything as it was; after a run that dies later the next one does the rest. Where a step fails, the journal is
//! turned round, and what was done is undone, by this run or by the next.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use serde_json::{Value, json};

use super::{Comparison, Fate};
use crate::{files, paths};

/// The journal of a change that holds, and of one that is taken back.
const FORWARD: &str = "journal";
const BACKWARD: &str = "undo";

/// Names of journals in a room.
pub(super) const NAMES: [&str; 2] = [FORWARD, BACKWARD];

/// A file outside of the crate that is replaced together with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Where it is.
    pub path: PathBuf,
    /// Its text, if it exists.
    pub old: Option<String>,
    /// The text that it gets.
    pub new: String,
}

/// A file that gets another text, or goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step<'a> {
    /// Where it is, relative to the crate's directory.
    path: String,
    has_old: bool,
    new: Option<&'a str>,
}

/// All that has to happen: files that are written, then files that go.
///
/// # Errors
///
/// A sentence on a path that is not UTF-8, so that no journal can hold it, or on a person's file that may not be written.
pub(super) fn steps<'a>(
    directory: &Path,
    emitted: &'a BTreeMap<String, String>,
    comparison: &Comparison,
    edits: &'a [Edit],
) -> Result<Vec<Step<'a>>, String> {
    let (mut steps, mut gone) = (Vec::new(), Vec::new());
    for (path, fate) in &comparison.fates {
        let new = Some(emitted.get(path).map_or("", String::as_str));
        let path = path.clone();
        match fate {
            Fate::Missing => steps.push(Step { path, has_old: false, new }),
            Fate::Changed(_) => steps.push(Step { path, has_old: true, new }),
            Fate::Stale(_) => gone.push(Step { path, has_old: true, new: None }),
            Fate::Unchanged | Fate::InTheWay(_) => {}
        }
    }
    for edit in edits {
        // To be renamed to needs no leave of the file itself.
        if fs::metadata(&edit.path).is_ok_and(|found| found.permissions().readonly()) {
            return Err(format!("cannot write {}: it is read-only; nothing was changed", edit.path.display()));
        }
        let place = paths::resolve(&edit.path).ok();
        let path = place.and_then(|place| paths::relative(directory, &place));
        let path = path.ok_or_else(|| format!("cannot write {}: its path is not UTF-8", edit.path.display()))?;
        steps.push(Step { path, has_old: edit.old.is_some(), new: Some(&edit.new) });
    }
    steps.extend(gone);
    Ok(steps)
}

/// What the journal says of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    path: String,
    has_old: bool,
    has_new: bool,
}

/// Where a change is prepared, and what it is about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Desk<'a> {
    /// The directory of the crate.
    pub(super) directory: &'a Path,
    /// The room in it.
    pub(super) room: &'a Path,
}

/// A change that failed.
#[derive(Debug)]
pub(super) struct WriteError {
    directory: PathBuf,
    path: PathBuf,
    cause: io::Error,
    /// What was done could not be undone.
    is_open: bool,
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot write {}: {}; ", self.path.display(), self.cause)?;
        let directory = self.directory.display();
        match self.is_open {
            false => write!(f, "nothing was changed, {directory} is as it was"),
            true => write!(
                f,
                "{directory} holds old and new files: mend the cause, and the next run puts the old ones back first"
            ),
        }
    }
}

impl Desk<'_> {
    /// Makes the files what the steps say.
    ///
    /// # Errors
    ///
    /// When a file or directory cannot be written. Unless the error says otherwise all is then as it was.
    pub(super) fn replace(self, steps: &[Step<'_>]) -> Result<(), WriteError> {
        self.check(steps)?;
        let mut made = Vec::new();
        for (number, step) in steps.iter().enumerate() {
            if let Err(cause) = self.prepare(number, step, &mut made) {
                remove_directories(&made);
                return Err(self.failed(&step.path, cause, false));
            }
        }
        let entry =
            |step: &Step<'_>| Entry { path: step.path.clone(), has_old: step.has_old, has_new: step.new.is_some() };
        let entries: Vec<Entry> = steps.iter().map(entry).collect();
        if let Err(cause) = self.begin(&entries) {
            remove_directories(&made);
            return Err(self.failed("", cause, false));
        }
        for (number, entry) in entries.iter().enumerate() {
            if let Err(cause) = self.forward(number, entry) {
                let undone = self.turn_round().and_then(|()| self.undo(&entries));
                if undone.is_ok() {
                    remove_directories(&made);
                }
                return Err(self.failed(&entry.path, cause, undone.is_err()));
            }
        }
        self.finish(&entries).map_err(|cause| self.failed("", cause, true))
    }

    /// That no symbolic link leads elsewhere what is to be written or removed.
    fn check(self, steps: &[Step<'_>]) -> Result<(), WriteError> {
        let mut straight = BTreeSet::new();
        for step in steps {
            let place = self.place(&step.path);
            let above = place.parent().map(Path::to_path_buf);
            if !straight.contains(&above) && !paths::is_straight(&place) {
                let cause = io::Error::other("a symbolic link stands where its directory has to be");
                return Err(self.failed(&step.path, cause, false));
            }
            straight.insert(above);
        }
        Ok(())
    }

    /// Does the rest of a change that a run left, or takes it back; without a journal there is none.
    ///
    /// # Errors
    ///
    /// When a file cannot be written, or the journal is about files that are neither the crate's nor below `roots`.
    pub(super) fn recover(self, roots: &[&Path]) -> io::Result<()> {
        if let Some(entries) = self.read(BACKWARD, roots)? {
            return self.undo(&entries);
        }
        let Some(entries) = self.read(FORWARD, roots)? else { return Ok(()) };
        for (number, entry) in entries.iter().enumerate() {
            self.forward(number, entry)?;
        }
        self.finish(&entries)
    }

    fn failed(self, path: &str, cause: io::Error, is_open: bool) -> WriteError {
        let directory = self.directory.to_path_buf();
        WriteError { path: directory.join(path), directory, cause, is_open }
    }

    /// Writes the new text of a step and keeps the old one; notes directories that it makes.
    fn prepare(self, number: usize, step: &Step<'_>, made: &mut Vec<PathBuf>) -> io::Result<()> {
        let place = self.place(&step.path);
        if let Some(text) = step.new {
            make_directory(place.parent().unwrap_or(self.directory), made)?;
            fs::write(self.new_file(number), text)?;
            if step.has_old {
                fs::set_permissions(self.new_file(number), fs::metadata(&place)?.permissions())?;
            }
        }
        if step.has_old {
            // Where the file system has no links, a copy does.
            fs::hard_link(&place, self.old_file(number))
                .or_else(|_| fs::copy(&place, self.old_file(number)).map(drop))?;
        }
        Ok(())
    }

    /// Writes the journal.
    fn begin(self, entries: &[Entry]) -> io::Result<()> {
        let entry = |entry: &Entry| json!({ "path": entry.path, "old": entry.has_old, "new": entry.has_new });
        let journal = Value::Array(entries.iter().map(entry).collect()).to_string();
        let draft = self.room.join("draft");
        fs::write(&draft, journal)?;
        fs::rename(draft, self.room.join(FORWARD))
    }

    /// Reads a journal; `None` where there is none.
    fn read(self, name: &str, roots: &[&Path]) -> io::Result<Option<Vec<Entry>>> {
        let text = match files::text(&self.room.join(name)) {
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(None),
            text => text?,
        };
        let odd = || {
            let room = self.room.display();
            io::Error::other(format!("{room} holds the work of another command; run that again, or delete {room}"))
        };
        let entry = |value: &Value| {
            let path = value["path"].as_str()?.to_owned();
            let place = normal(&self.directory.join(&path));
            let is_known = place.starts_with(self.directory) || roots.iter().any(|root| place.starts_with(root));
            let is_known = is_known && paths::is_straight(&place);
            let (has_old, has_new) = (value["old"].as_bool()?, value["new"].as_bool()?);
            (is_known && Path::new(&path).is_relative()).then_some(Entry { path, has_old, has_new })
        };
        let value: Value = serde_json::from_str(&text).map_err(|_| odd())?;
        let entries: Option<Vec<Entry>> = value.as_array().ok_or_else(odd)?.iter().map(entry).collect();
        entries.ok_or_else(odd).map(Some)
    }

    fn turn_round(self) -> io::Result<()> {
        fs::rename(self.room.join(FORWARD), self.room.join(BACKWARD))
    }

    /// Does a step, if it is not done.
    fn forward(self, number: usize, entry: &Entry) -> io::Result<()> {
        let (place, new) = (self.place(&entry.path), self.new_file(number));
        match entry.has_new {
            true if new.exists() => {
                fs::create_dir_all(place.parent().unwrap_or(self.directory))?;
                rename(&new, &place)
            }
            true => Ok(()),
            false => remove(&place),
        }
    }

    /// Takes back every step, as far as it was done.
    fn undo(self, entries: &[Entry]) -> io::Result<()> {
        for (number, entry) in entries.iter().enumerate().rev() {
            let (place, old) = (self.place(&entry.path), self.old_file(number));
            if entry.has_old && old.exists() {
                rename(&old, &place)?;
            } else if !entry.has_old && !self.new_file(number).exists() {
                remove(&place)?;
            }
        }
        fs::remove_file(self.room.join(BACKWARD))
    }

    /// Forgets the journal, and removes directories that the files which went have left empty.
    fn finish(self, entries: &[Entry]) -> io::Result<()> {
        fs::remove_file(self.room.join(FORWARD))?;
        for entry in entries.iter().filter(|entry| !entry.has_new) {
            let place = self.place(&entry.path);
            let is_within = |above: &Path| above != self.directory && above.starts_with(self.directory);
            let above = place.ancestors().skip(1).take_while(|above| is_within(above));
            // One that holds something stays, and so do those above it.
            let _ = above.map(fs::remove_dir).find(Result::is_err);
        }
        Ok(())
    }

    fn place(self, path: &str) -> PathBuf {
        normal(&self.directory.join(path))
    }

    fn new_file(self, number: usize) -> PathBuf {
        self.room.join(format!("{number}.new"))
    }

    fn old_file(self, number: usize) -> PathBuf {
        self.room.join(format!("{number}.old"))
    }
}

/// Makes a directory with those above it, and notes which it made, the outermost first.
fn make_directory(directory: &Path, made: &mut Vec<PathBuf>) -> io::Result<()> {
    let missing: Vec<&Path> = directory.ancestors().take_while(|above| !above.exists()).collect();
    for above in missing.into_iter().rev() {
        fs::create_dir(above)?;
        made.push(above.to_path_buf());
    }
    Ok(())
}

/// Removes directories that were made for nothing.
fn remove_directories(made: &[PathBuf]) {
    for directory in made.iter().rev() {
        // One that holds something by now stays.
        let _ = fs::remove_dir(directory);
    }
}

/// Moves a file; between file systems by way of a copy beside its place.
fn rename(from: &Path, to: &Path) -> io::Result<()> {
    match fs::rename(from, to) {
        Err(cause) if cause.kind() == io::ErrorKind::CrossesDevices => {
            let beside = to.with_added_extension("codegen");
            fs::copy(from, &beside)?;
            fs::rename(beside, to)?;
            fs::remove_file(from)
        }
        result => result,
    }
}

/// Removes a file, if it is there.
fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result,
    }
}

/// A path without `..`, by its text alone.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => drop(normal.pop()),
            Component::CurDir => {}
            part => normal.push(part),
        }
    }
    normal
}
