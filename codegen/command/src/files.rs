//! Reading files that others may have put where they are, and writing those that are built below `target/`.
//!
//! Only regular files are read: to open a pipe or a terminal would wait for somebody to write. What may be large is read
//! up to a limit, so that a file costs no more memory than it may.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use clap::Args;

/// The most bytes of a text that is ours, such as a manifest or a changelog.
const OURS: u64 = 16 << 20;

/// How much memory a model may cost: what is read of it becomes about forty times as much while it is looked at.
#[derive(Args, Clone, Copy, Debug)]
pub struct Limits {
    /// The most bytes that a model may have when it is unpacked, such as 64M or 1G
    #[arg(id = "max-model-size", long = "max-model-size", value_name = "SIZE", value_parser = size, default_value = "12M")]
    pub model: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { model: 12 << 20 }
    }
}

impl Limits {
    /// What is wrong with a model of more bytes than it may have, as a phrase.
    pub fn exceeded(self) -> String {
        format!(
            "it has more than {}, the most that a model may have; raise that with --max-model-size",
            shown(self.model)
        )
    }

    /// All that `reader` gives, if it is no more than a model may have.
    ///
    /// # Errors
    ///
    /// Why it cannot be read, or that it is too large, as a phrase.
    pub fn all_of(self, reader: impl Read) -> Result<Vec<u8>, String> {
        at_most(reader, self.model)?.ok_or_else(|| self.exceeded())
    }

    /// The bytes of a file of a model.
    ///
    /// # Errors
    ///
    /// As [`Self::all_of`].
    pub fn read(self, path: &Path) -> Result<Vec<u8>, String> {
        self.all_of(regular(path)?)
    }
}

/// The text of a small file of the repository's or the crate's own, such as a manifest.
///
/// # Errors
///
/// When it is no regular file of text, or cannot be read.
pub fn text(path: &Path) -> io::Result<String> {
    let bytes = at_most(open(path)?, OURS).map_err(io::Error::other)?;
    let bytes = bytes.ok_or_else(|| io::Error::other(format!("it has more than {}", shown(OURS))))?;
    String::from_utf8(bytes).map_err(|error| {
        let position = error.utf8_error().valid_up_to();
        io::Error::new(io::ErrorKind::InvalidData, format!("it is not UTF-8 from byte {position} on"))
    })
}

/// Writes a file with its folders, unless it has this text already: Cargo builds what is newer than its last build.
///
/// For files that may be deleted at any time; what people keep is written by the module `write`.
///
/// # Errors
///
/// Where it cannot be written, and why, as a sentence.
pub fn write_if_changed(path: &Path, text: &str) -> Result<(), String> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(path);
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(path, text));
    written.map_err(|cause| format!("cannot write {}: {cause}", path.display()))
}

/// A regular file that is open to be read.
///
/// # Errors
///
/// That it is none, or why it cannot be opened, as a phrase.
pub fn regular(path: &Path) -> Result<fs::File, String> {
    open(path).map_err(|cause| cause.to_string())
}

fn open(path: &Path) -> io::Result<fs::File> {
    if fs::metadata(path)?.is_file() { fs::File::open(path) } else { Err(io::Error::other("it is not a regular file")) }
}

/// All that `reader` gives; `None` if that is more than `most` bytes, of which no more are read.
///
/// # Errors
///
/// That it cannot be read, as a phrase.
pub fn at_most(reader: impl Read, most: u64) -> Result<Option<Vec<u8>>, String> {
    let mut bytes = Vec::new();
    let read = reader.take(most.saturating_add(1)).read_to_end(&mut bytes);
    read.map_err(|cause| format!("it is damaged: {cause}"))?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}

/// A number of bytes in the largest unit that fits without a rest.
pub fn shown(bytes: u64) -> String {
    let units = [(30, "GiB"), (20, "MiB"), (10, "KiB")];
    let unit = units.iter().find(|(bits, _)| bytes > 0 && bytes.trailing_zeros() >= *bits);
    unit.map_or_else(|| format!("{bytes} bytes"), |(bits, name)| format!("{} {name}", bytes >> bits))
}

/// Reads `--max-model-size`.
fn size(text: &str) -> Result<u64, String> {
    let wrong = || "a size is a number of bytes, or one with K, M or G, such as 64M".to_owned();
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let bits = match text[digits.len()..].to_ascii_uppercase().trim_end_matches('B').trim_end_matches('I') {
        "" => 0,
        "K" => 10,
        "M" => 20,
        "G" => 30,
        _ => return Err(wrong()),
    };
    let number: u64 = digits.parse().map_err(|_| wrong())?;
    number.checked_mul(1 << bits).filter(|bytes| *bytes > 0).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{at_most, regular, shown, size, write_if_changed};

    #[test]
    fn a_file_that_has_its_text_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a/b.rs");
        let written = || fs::metadata(&path).and_then(|file| file.modified()).expect("it is there");
        write_if_changed(&path, "one").expect("it can be written");
        let old = fs::File::options().write(true).open(&path).expect("it is there");
        old.set_modified(std::time::UNIX_EPOCH).expect("it is ours");
        write_if_changed(&path, "one").expect("it is there");
        assert_eq!(written(), std::time::UNIX_EPOCH);
        write_if_changed(&path, "two").expect("it can be written");
        assert_ne!(written(), std::time::UNIX_EPOCH);
        assert_eq!(fs::read_to_string(&path).expect("it is there"), "two");
    }

    #[test]
    fn sizes_are_read_in_bytes_and_binary_units() {
        for (text, bytes) in [("1", 1), ("2K", 2048), ("64M", 64 << 20), ("1GiB", 1 << 30), ("3mb", 3 << 20)] {
            assert_eq!(size(text), Ok(bytes), "{text}");
        }
        for text in ["", "M", "0", "1T", "-1", "1.5M", "99999999999G"] {
            assert!(size(text).is_err(), "{text}");
        }
        assert_eq!([shown(64 << 20), shown(1 << 30), shown(1000)], ["64 MiB", "1 GiB", "1000 bytes"]);
    }

    #[test]
    fn no_more_is_read_than_may_be() {
        assert_eq!(at_most([0; 3].as_slice(), 3), Ok(Some(vec![0; 3])));
        assert_eq!(at_most(std::io::repeat(0), 3), Ok(None));
    }

    #[test]
    fn what_is_no_regular_file_is_not_opened() {
        for path in ["/dev/zero", "."] {
            if Path::new(path).exists() {
                assert_eq!(regular(Path::new(path)).map(|_| ()), Err("it is not a regular file".to_owned()), "{path}");
            }
        }
    }
}
