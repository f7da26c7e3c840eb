//! What archives and compressed files hold, within limits.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::ops::Range;

use flate2::read::MultiGzDecoder;

use crate::files::{Limits, at_most, shown};

/// The most bytes of an archive on disk or from a URL.
pub(super) const PACKED: u64 = 256 << 20;

/// The most bytes of a tar that was compressed.
const UNPACKED: u64 = 384 << 20;

/// The most files of an archive or directory.
pub(super) const ENTRIES: usize = 65_000;

/// How files begin that gzip wrote.
const GZIP: &[u8] = b"\x1f\x8b";

/// Where a tar says that it is one.
const TAR_MARK: Range<usize> = 257..262;

/// Compressions that are not read, by how files begin.
const FOREIGN: [(&[u8], &str); 5] = [
    (b"\xfd7zXZ\0", "xz"),
    (b"BZh", "bzip2"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!", "rar"),
];

/// The content of a file that may be compressed by gzip, as those of botocore's wheels are.
///
/// # Errors
///
/// Why it cannot be unpacked, or that it is more than a model may have, as a phrase.
pub(super) fn plain(bytes: Vec<u8>, limits: Limits) -> Result<Vec<u8>, String> {
    if bytes.starts_with(GZIP) { limits.all_of(MultiGzDecoder::new(bytes.as_slice())) } else { Ok(bytes) }
}

/// The content of a file that may be compressed, and may be a tar then, which holds more than one model.
///
/// # Errors
///
/// As [`plain`].
pub(super) fn unpacked(bytes: Vec<u8>, limits: Limits) -> Result<Vec<u8>, String> {
    if !bytes.starts_with(GZIP) {
        return Ok(bytes);
    }
    let decoder = || MultiGzDecoder::new(bytes.as_slice());
    let mut beginning = Vec::new();
    // What is wrong with it is told when all of it is read.
    let _ = decoder().take(TAR_MARK.end as u64).read_to_end(&mut beginning);
    if !is_tar(&beginning) {
        return limits.all_of(decoder());
    }
    let too_large =
        || format!("it has more than {} when it is unpacked; unpack it, and name the directory", shown(UNPACKED));
    at_most(decoder(), UNPACKED)?.ok_or_else(too_large)
}

/// The name of a compression that is not read, if that is how the bytes begin.
pub(super) fn foreign(bytes: &[u8]) -> Option<&'static str> {
    FOREIGN.iter().find(|(beginning, _)| bytes.starts_with(beginning)).map(|(_, name)| *name)
}

/// Whether bytes are a tar.
pub(super) fn is_tar(bytes: &[u8]) -> bool {
    bytes.get(TAR_MARK).is_some_and(|mark| mark == b"ustar")
}

/// A tar in memory.
#[derive(Debug)]
pub(super) struct Tar {
    bytes: Vec<u8>,
    places: BTreeMap<String, Range<usize>>,
}

impl Tar {
    /// Reads the headers.
    ///
    /// # Errors
    ///
    /// What is wrong with them, as a phrase.
    pub(super) fn open(bytes: Vec<u8>) -> Result<Self, String> {
        let mut places = BTreeMap::new();
        let damaged = |cause: std::io::Error| format!("the tar archive is damaged: {cause}");
        let mut archive = tar::Archive::new(Cursor::new(&bytes));
        for (position, entry) in archive.entries_with_seek().map_err(damaged)?.enumerate() {
            if position >= ENTRIES {
                return Err(format!("the tar archive has more than {ENTRIES} files"));
            }
            let entry = entry.map_err(damaged)?;
            let number = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
            let (start, size) = (number(entry.raw_file_position()), number(entry.size()));
            if entry.header().entry_type().is_file() {
                let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
                places.insert(name, start..start.saturating_add(size));
            }
        }
        Ok(Self { bytes, places })
    }

    /// The names of the files.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.places.keys().map(String::as_str)
    }

    /// The content of a file.
    ///
    /// # Errors
    ///
    /// That the archive ends before the file does, or that the file is too large, as a phrase.
    pub(super) fn read(&self, name: &str, limits: Limits) -> Result<Vec<u8>, String> {
        let place = self.places.get(name).ok_or("there is no such file in the tar archive")?;
        let content = self.bytes.get(place.clone()).ok_or("the tar archive ends within this file; was it cut off?")?;
        limits.all_of(content)
    }
}
