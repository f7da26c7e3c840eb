//! The room of a run in the directory that it writes to: one run at a time is in it.
//!
//! It is a hidden directory that is there only while a run is. A lock of the operating system on a file in it, which dies
//! with the process, says that it is taken. Who enters does the rest of what a run left that died there; who leaves takes
//! everything out, also on Ctrl-C, which waits for every change that has begun. A process that writes many crates has a
//! room in each at the same time.

use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use signal_hook::consts::TERM_SIGNALS;
use signal_hook::low_level::emulate_default_handler;

use super::Comparison;
use super::journal::{self, Desk, Edit, WriteError};
use crate::files;

/// The name of the room.
pub const ROOM: &str = ".codegen";

/// The file in it that is locked.
const LOCK: &str = "lock";

/// How often a run looks whether it was interrupted.
const ATTENTION: Duration = Duration::from_millis(10);

/// How often a run that waits looks whether the room is free.
const PATIENCE: Duration = Duration::from_millis(20);

/// Having the directory of a crate to oneself.
#[derive(Debug)]
pub struct Room(Arc<Mutex<Inside>>);

/// The rooms that this process is in, or about to enter.
#[derive(Debug)]
struct Rooms {
    /// Whether a thread looks out for signals that ask the process to end.
    are_watched: bool,
    all: Vec<Weak<Mutex<Inside>>>,
}

static ROOMS: Mutex<Rooms> = Mutex::new(Rooms { are_watched: false, all: Vec::new() });

/// What is left behind when the room is left.
#[derive(Debug)]
struct Inside {
    /// The directory of the crate.
    directory: PathBuf,
    /// Locked as long as this is open; `None` after the room was left.
    lock: Option<File>,
    /// Directories that were made to enter, the outermost first.
    made: Vec<PathBuf>,
}

/// What came of an attempt to have the room.
enum Attempt {
    Entered,
    /// Another run has it; who that is.
    Occupied(String),
    /// It was taken away in between.
    Gone,
}

impl Room {
    /// Enters the room in a directory, which need not exist; waits while another run is there, after telling `waiting`.
    ///
    /// What a run has left that died is completed, as far as it is below the directory or one of `roots`. All paths are
    /// without symbolic links.
    ///
    /// # Errors
    ///
    /// A sentence: the directory cannot be written to, or what is left there cannot be completed.
    pub fn enter(directory: &Path, roots: &[&Path], waiting: &dyn Fn(&str)) -> Result<Self, String> {
        let failed = |cause: io::Error| format!("cannot write to {}: {cause}", directory.display());
        let inside = Inside { directory: directory.to_path_buf(), lock: None, made: Vec::new() };
        let room = Self(Arc::new(Mutex::new(inside)));
        Rooms::add(&room.0).map_err(failed)?;
        let mut is_told = false;
        loop {
            // A guard in the condition would live as long as the turn, and nobody could interrupt the wait.
            let attempt = room.inside().attempt();
            match attempt {
                Ok(Attempt::Entered) => break,
                Ok(Attempt::Occupied(holder)) => {
                    if !is_told {
                        waiting(&holder);
                    }
                    is_told = true;
                    thread::sleep(PATIENCE);
                }
                // Whoever was there has taken the room away.
                Ok(Attempt::Gone) => {}
                Err(cause) if cause.kind() == io::ErrorKind::NotFound => {}
                Err(cause) => return Err(failed(cause)),
            }
        }
        let inside = room.inside();
        inside.desk(&inside.place()).recover(roots).map_err(|cause| {
            format!("cannot complete what an interrupted run has left in {}: {cause}", directory.display())
        })?;
        // What else is there is of a run that died before its change held, or of somebody who would have this one follow a link.
        inside.clear();
        drop(inside);
        Ok(room)
    }

    /// Makes the crate what `comparison` found necessary, and the other files what `edits` say: all of it, or nothing.
    ///
    /// Files that are unchanged are not touched, not even their times.
    ///
    /// # Errors
    ///
    /// A sentence: what cannot be written, and in what state that leaves the files.
    pub fn replace(
        &self,
        emitted: &BTreeMap<String, String>,
        comparison: &Comparison,
        edits: &[Edit],
    ) -> Result<(), String> {
        let inside = self.inside();
        let steps = journal::steps(&inside.directory, emitted, comparison, edits)?;
        let done = inside.desk(&inside.place()).replace(&steps);
        done.map_err(|error: WriteError| error.to_string())
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        locked(&self.0)
    }
}

impl Rooms {
    /// Adds one, which is left when the process is asked to end.
    fn add(room: &Arc<Mutex<Inside>>) -> io::Result<()> {
        let mut rooms = locked(&ROOMS);
        if !rooms.are_watched {
            watch()?;
            rooms.are_watched = true;
        }
        rooms.all.retain(|room| room.strong_count() > 0);
        rooms.all.push(Arc::downgrade(room));
        Ok(())
    }
}

/// Nothing is done between two states of which one is wrong, so that a panic elsewhere spoils nothing.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Leaves every room when the process is asked to end, and then ends it.
fn watch() -> io::Result<()> {
    let asked = Arc::new(AtomicUsize::new(0));
    for signal in TERM_SIGNALS {
        let number = usize::try_from(*signal).unwrap_or_default();
        signal_hook::flag::register_usize(*signal, Arc::clone(&asked), number)?;
    }
    thread::Builder::new().name("signals".to_owned()).spawn(move || {
        loop {
            thread::sleep(ATTENTION);
            if let Ok(signal @ 1..) = i32::try_from(asked.load(Ordering::Relaxed)) {
                // Held until the end, so that no room is entered and no change begins any more.
                let registered = locked(&ROOMS);
                let rooms: Vec<Arc<Mutex<Inside>>> = registered.all.iter().filter_map(Weak::upgrade).collect();
                let mut entered: Vec<MutexGuard<'_, Inside>> = rooms.iter().map(|room| locked(room)).collect();
                entered.iter_mut().for_each(|room| room.leave());
                // It does not return but for signals that do not end a process, and these are.
                let _ = emulate_default_handler(signal);
            }
        }
    })?;
    Ok(())
}

impl Drop for Room {
    fn drop(&mut self) {
        self.inside().leave();
    }
}

impl Inside {
    fn place(&self) -> PathBuf {
        self.directory.join(ROOM)
    }

    fn desk<'a>(&'a self, room: &'a Path) -> Desk<'a> {
        Desk { directory: &self.directory, room }
    }

    /// One attempt to have the room.
    fn attempt(&mut self) -> io::Result<Attempt> {
        let place = self.place();
        let missing: Vec<PathBuf> =
            place.ancestors().take_while(|above| !above.exists()).map(Path::to_path_buf).collect();
        for directory in missing.into_iter().rev() {
            match fs::create_dir(&directory) {
                Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => {}
                made => {
                    made?;
                    self.made.push(directory);
                }
            }
        }
        if !super::is_directory(&place) {
            return Err(io::Error::other(format!("{} is not a directory", place.display())));
        }
        let path = place.join(LOCK);
        if fs::symlink_metadata(&path).is_ok_and(|found| !found.is_file()) {
            return Err(io::Error::other(format!("{} is not a regular file", path.display())));
        }
        let mut lock = File::options().read(true).write(true).create(true).truncate(false).open(&path)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(Attempt::Occupied(holder(&path))),
            Err(TryLockError::Error(cause)) => return Err(cause),
        }
        let sign = format!("process {} since {}\n", std::process::id(), now());
        lock.rewind()?;
        lock.set_len(0)?;
        lock.write_all(sign.as_bytes())?;
        // The file may be one that was taken away while this run waited for it; then nobody else sees the sign.
        if fs::read_to_string(&path)? != sign {
            return Ok(Attempt::Gone);
        }
        self.lock = Some(lock);
        Ok(Attempt::Entered)
    }

    /// Takes everything out but the lock.
    fn clear(&self) {
        let entries = fs::read_dir(self.place()).into_iter().flatten().flatten();
        for entry in entries.filter(|entry| entry.file_name() != LOCK) {
            let _ = fs::remove_file(entry.path());
        }
    }

    /// Takes everything out, and what was made to enter if it is empty. A journal stays for the next run.
    fn leave(&mut self) {
        let Some(lock) = self.lock.take() else { return };
        let place = self.place();
        // Nobody is left to tell if cleaning up fails, and the next run does it.
        if !is_open(&place) {
            self.clear();
            let _ = fs::remove_file(place.join(LOCK));
        }
        let made = self.made.iter().rev();
        for directory in std::iter::once(&place).chain(made) {
            let _ = fs::remove_dir(directory);
        }
        drop(lock);
    }
}

/// Whether a change has begun in a room and has not ended.
fn is_open(room: &Path) -> bool {
    journal::NAMES.iter().any(|name| room.join(name).exists())
}

/// Who has the room, as that run has signed.
fn holder(lock: &Path) -> String {
    let sign = files::text(lock).unwrap_or_default();
    let process = sign.split_once(" since ").map(|(process, _)| process.to_owned());
    process.unwrap_or_else(|| "another process".to_owned())
}

/// Tells two signs of one process apart.
fn now() -> u128 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos()
}

/// Waits while a run is in the room of a directory, and says whether one has died there in the midst of a change.
///
/// # Errors
///
/// When the room cannot be looked into.
pub fn unfinished(directory: &Path, waiting: &dyn Fn(&str)) -> io::Result<bool> {
    let room = directory.join(ROOM);
    let path = room.join(LOCK);
    match File::options().read(true).write(true).open(&path) {
        Err(cause) if matches!(cause.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {}
        file => {
            let file = file?;
            if let Err(TryLockError::WouldBlock) = file.try_lock() {
                waiting(&holder(&path));
                file.lock()?;
            }
        }
    }
    Ok(is_open(&room))
}
