//! How much source a crate has.

use std::fs;
use std::path::Path;

/// Sums over the Rust files below a directory.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Size {
    /// Files.
    pub(super) files: f64,
    /// Lines, documentation and empty ones included.
    pub(super) lines: f64,
    /// Bytes.
    pub(super) bytes: f64,
}

/// Sums up the `*.rs` files below `directory`.
///
/// # Errors
///
/// A sentence when a file or directory cannot be read.
pub(super) fn measure(directory: &Path) -> Result<Size, String> {
    let failed = |cause| format!("cannot read {}: {cause}", directory.display());
    let mut size = Size::default();
    for entry in fs::read_dir(directory).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            let below = measure(&path)?;
            size.files += below.files;
            size.lines += below.lines;
            size.bytes += below.bytes;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read(&path).map_err(|cause| format!("cannot read {}: {cause}", path.display()))?;
            let unended = text.last().is_some_and(|byte| *byte != b'\n');
            let lines = text.iter().filter(|byte| **byte == b'\n').count() + usize::from(unended);
            size.files += 1.0;
            size.lines += number(lines);
            size.bytes += number(text.len());
        }
    }
    Ok(size)
}

/// A count as a number of the table, exact up to 2^53.
pub(super) fn number(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Size, measure};

    #[test]
    fn only_rust_files_count_on_every_level_and_a_last_line_without_end_is_one() {
        let directory = tempfile::tempdir().expect("a temporary directory");
        fs::create_dir_all(directory.path().join("a/b")).expect("it is writable");
        for (name, text) in [("lib.rs", "//! x\n\nmod a;\n"), ("a/b/c.rs", "fn f() {}"), ("a/notes.md", "# Notes\n")] {
            fs::write(directory.path().join(name), text).expect("it is writable");
        }
        assert_eq!(measure(directory.path()), Ok(Size { files: 2.0, lines: 4.0, bytes: 23.0 }));
    }

    #[test]
    fn a_directory_that_is_missing_is_named() {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let error = measure(&directory.path().join("gone")).expect_err("it does not exist");
        assert!(error.contains("gone"), "{error}");
    }
}
