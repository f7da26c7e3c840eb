//! Zip archives, as far as wheels and releases use the format: stored and deflated files, no encryption, no zip64.
//!
//! The central directory at the end says what there is. Only the files that are asked for are unpacked.

use std::collections::BTreeMap;
use std::io::Read;
use std::ops::Range;

use flate2::Crc;
use flate2::read::DeflateDecoder;

use super::archive::ENTRIES;
use crate::files::Limits;

/// How an archive of this kind begins: with a file, or with its end if it is empty.
const BEGINNINGS: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];

/// How its end begins, and the bytes that this has at least and at most.
const END: &[u8] = b"PK\x05\x06";
const END_LEAST: usize = 22;
const END_MOST: usize = END_LEAST + 0xffff;

/// How an entry of the directory begins, and its bytes without names.
const ENTRY: &[u8] = b"PK\x01\x02";
const ENTRY_SIZE: usize = 46;

/// How the header of a file begins, and its bytes without names.
const FILE: &[u8] = b"PK\x03\x04";
const FILE_SIZE: usize = 30;

/// A file of the archive.
#[derive(Debug)]
struct Entry {
    method: usize,
    encrypted: bool,
    checksum: usize,
    packed: usize,
    /// Where its header is.
    header: usize,
}

/// An archive in memory.
#[derive(Debug)]
pub(super) struct Zip {
    bytes: Vec<u8>,
    entries: BTreeMap<String, Entry>,
}

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
        let cut_off = || "the zip archive has no end; was it cut off?".to_owned();
        let tail = bytes.len().saturating_sub(END_MOST);
        let end = bytes[tail..].windows(END.len()).rposition(|window| window == END).ok_or_else(cut_off)? + tail;
        let number = |at: usize, size: usize| number(&bytes, at, size).ok_or_else(cut_off);
        let (count, start) = (number(end + 10, 2)?, number(end + 16, 4)?);
        if count == 0xffff || start == 0xffff_ffff {
            return Err("the zip archive is of the zip64 kind, which is not read; unpack it first".to_owned());
        }
        if count > ENTRIES {
            return Err(format!("the zip archive has more than {ENTRIES} files"));
        }
        let mut entries = BTreeMap::new();
        let mut at = start;
        for _ in 0..count {
            let [name, extra, comment] = [number(at + 28, 2)?, number(at + 30, 2)?, number(at + 32, 2)?];
            let text = slice(&bytes, at + ENTRY_SIZE..at + ENTRY_SIZE + name).ok_or_else(cut_off)?;
            if !bytes[at..].starts_with(ENTRY) {
                return Err("the directory of the zip archive is broken".to_owned());
            }
            let entry = Entry {
                method: number(at + 10, 2)?,
                encrypted: number(at + 8, 2)? & 1 == 1,
                checksum: number(at + 16, 4)?,
                packed: number(at + 20, 4)?,
                header: number(at + 42, 4)?,
            };
            entries.insert(String::from_utf8_lossy(text).into_owned(), entry);
            at += ENTRY_SIZE + name + extra + comment;
        }
        Ok(Self { bytes, entries })
    }

    /// The names of the files.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    /// The content of a file.
    ///
    /// # Errors
    ///
    /// Why it cannot be unpacked, as a phrase.
    pub(super) fn read(&self, name: &str, limits: Limits) -> Result<Vec<u8>, String> {
        let broken = || "the zip archive is broken at this file".to_owned();
        let entry = self.entries.get(name).ok_or("there is no such file in the zip archive")?;
        if entry.encrypted {
            return Err("it is encrypted".to_owned());
        }
        let header = slice(&self.bytes, entry.header..entry.header + FILE_SIZE).ok_or_else(broken)?;
        let skipped = number(header, 26, 2).zip(number(header, 28, 2)).filter(|_| header.starts_with(FILE));
        let (name_size, extra) = skipped.ok_or_else(broken)?;
        let start = entry.header + FILE_SIZE + name_size + extra;
        let packed = slice(&self.bytes, start..start + entry.packed).ok_or_else(broken)?;
        let content = match entry.method {
            0 => limits.all_of(packed)?,
            8 => limits.all_of(DeflateDecoder::new(packed))?,
            other => return Err(format!("it is packed by method {other}; only stored and deflated files are read")),
        };
        let mut checksum = Crc::new();
        checksum.update(&content);
        match checksum.sum() as usize == entry.checksum {
            true => Ok(content),
            false => Err("its checksum is wrong; the archive is damaged".to_owned()),
        }
    }
}

fn slice(bytes: &[u8], range: Range<usize>) -> Option<&[u8]> {
    bytes.get(range)
}

/// A number of two or four bytes, the least first.
fn number(bytes: &[u8], at: usize, size: usize) -> Option<usize> {
    let mut found = [0; 4];
    slice(bytes, at..at + size)?.read_exact(&mut found[..size]).ok()?;
    usize::try_from(u32::from_le_bytes(found)).ok()
}
