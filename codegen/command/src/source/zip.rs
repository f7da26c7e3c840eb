//! Zip archives, as wheels and releases are: read by the crate `zip`, in memory, within limits.
//!
//! The central directory at the end says what there is. Only the files that are asked for are unpacked. What is left to
//! this room is what the crate does not decide: how many files there may be, how large one may become, and what is said.

use std::borrow::Cow;
use std::io::Cursor;
use std::sync::Arc;

use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use super::archive::ENTRIES;
use crate::files::Limits;

/// How an archive of this kind begins: with a file, or with its end if it is empty.
const BEGINNINGS: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];

/// How an entry of the directory begins.
const ENTRY: &[u8] = b"PK\x01\x02";

/// An archive in memory.
#[derive(Debug)]
pub(super) struct Zip(ZipArchive<Cursor<Arc<[u8]>>>);

/// Whether bytes begin as an archive does.
pub(super) fn is_zip(bytes: &[u8]) -> bool {
    BEGINNINGS.iter().any(|beginning| bytes.starts_with(beginning))
}

impl Zip {
    /// Reads the directory.
    ///
    /// # Errors
    ///
    /// What is wrong with it, as a phrase.
    pub(super) fn open(bytes: Vec<u8>) -> Result<Self, String> {
        // The crate takes as many entries as there are, and each costs many times its own bytes.
        if bytes.windows(ENTRY.len()).filter(|window| *window == ENTRY).take(ENTRIES + 1).count() > ENTRIES {
            return Err(format!("the zip archive has more than {ENTRIES} files"));
        }
        ZipArchive::new(Cursor::new(Arc::from(bytes))).map(Self).map_err(|error| match error {
            ZipError::InvalidArchive(reason) => {
                format!("the zip archive is broken: {}; was it cut off?", phrase(&reason))
            }
            other => format!("the zip archive cannot be read: {other}"),
        })
    }

    /// The names of the files, in order.
    pub(super) fn names(&self) -> Vec<String> {
        let names = self.0.file_names().filter_map(Result::ok).map(Cow::into_owned);
        let mut names: Vec<String> = names.filter(|name| !name.ends_with('/')).collect();
        names.sort();
        names
    }

    /// The content of a file.
    ///
    /// # Errors
    ///
    /// Why it cannot be unpacked, as a phrase.
    pub(super) fn read(&self, name: &str, limits: Limits) -> Result<Vec<u8>, String> {
        // Reading moves a cursor; a copy of it shares the bytes, so that several threads can read at once.
        let mut archive = self.0.clone();
        let file = archive.by_name(name).map_err(|error| match error {
            ZipError::FileNotFound => "there is no such file in the zip archive".to_owned(),
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => "it is encrypted".to_owned(),
            _ => "the zip archive is broken at this file".to_owned(),
        })?;
        if !matches!(file.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
            return Err(
                "it is neither stored nor deflated, and nothing else is read; unpack the archive first".to_owned()
            );
        }
        // How large it says that it is decides nothing: what is read is counted. The checksum is the crate's to compare.
        limits.all_of(file)
    }
}

/// A reason of the crate's as the middle of a sentence.
fn phrase(reason: &str) -> String {
    let mut letters = reason.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
