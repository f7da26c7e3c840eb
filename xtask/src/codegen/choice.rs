//! What the emitted crate has, a client or types alone, and which operations:
//! what the command line says, else what the crate's manifest recorded when it
//! was last emitted, else a client of all.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use smithy_client_codegen::{Emit, Selection};

use super::read;
use crate::write;

/// What the manifest calls the record of the generator's own facts.
const RECORD: &str = "[package.metadata.smithy-client]";

/// The line of the record that lists operations.
const LIST: &str = "operations = [";

/// The line of the record that says that the crate has types alone.
const TYPES: &str = "emit = \"types\"";

/// The options that choose what is emitted.
#[derive(Args, Debug, Default)]
pub(super) struct Choice {
    /// What to emit [default: what the crate records, or client]
    #[arg(long, value_enum, value_name = "WHAT")]
    emit: Option<What>,

    /// Emit only these operations, such as CreateStage,ListStages, or `all` [default: those that the crate records, or all]
    #[arg(long, value_name = "NAMES", value_parser = operations, conflicts_with = "operations_file")]
    operations: Option<Operations>,

    /// Take the operations from a file: a name on each line, `#` begins a comment
    #[arg(long, value_name = "FILE")]
    operations_file: Option<PathBuf>,
}

/// The value of `--emit`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum What {
    /// A client of the service
    Client,
    /// What operations take and return, with serde, without a client; needs --out
    Types,
}

/// The value of `--operations`.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Operations {
    /// Every operation of the service.
    All,
    /// Those with these names.
    Named(Vec<String>),
}

impl Choice {
    /// What the crate in `directory` has.
    pub(super) fn emit(&self, directory: &Path) -> Emit {
        match self.emit {
            Some(What::Client) => Emit::Client,
            Some(What::Types) => Emit::Types,
            None if record(&manifest(directory)).any(|line| line == TYPES) => Emit::Types,
            None => Emit::Client,
        }
    }

    /// The operations of the crate in `directory`, which the person calls `shown`; `None` for all of the service.
    ///
    /// # Errors
    /// A sentence on a file or a record that cannot be read, or that names no operation.
    pub(super) fn selection(&self, directory: &Path, shown: &str) -> Result<Option<Selection>, String> {
        if let Some(operations) = &self.operations {
            return Ok(match operations {
                Operations::All => None,
                Operations::Named(names) => Some(Selection { source: "--operations".to_owned(), names: names.clone() }),
            });
        }
        if let Some(file) = &self.operations_file {
            let (source, names) = (file.display().to_string(), listed(&read(file)?));
            if names.is_empty() {
                return Err(format!("{source} names no operation; write one on each line, or --operations all"));
            }
            return Ok(Some(Selection { source, names }));
        }
        let source = format!("{shown}/Cargo.toml");
        let names = recorded(&manifest(directory)).ok_or_else(|| {
            format!("the list of operations that {source} records is not readable; choose them with --operations")
        })?;
        Ok(names.map(|names| Selection { source, names }))
    }

    /// The options as words of a command line: the option and its value.
    pub(super) fn words(&self) -> Vec<(&'static str, String)> {
        let named = self.operations.as_ref().map(|operations| match operations {
            Operations::All => ("--operations", "all".to_owned()),
            Operations::Named(names) => ("--operations", names.join(",")),
        });
        let file = self.operations_file.as_ref();
        let file = file.map(|file| ("--operations-file", file.to_string_lossy().into_owned()));
        let emit = self.emit.and_then(|what| Some(("--emit", what.to_possible_value()?.get_name().to_owned())));
        emit.into_iter().chain(named).chain(file).collect()
    }
}

/// The text of a crate's manifest; empty where there is none, or none that the generator has written.
fn manifest(directory: &Path) -> String {
    // Comparing with the disk says what is wrong with a manifest that cannot be read.
    let text = fs::read_to_string(directory.join("Cargo.toml")).unwrap_or_default();
    if write::is_generated(text.as_bytes()) { text } else { String::new() }
}

/// The lines of a manifest's record.
fn record(manifest: &str) -> impl Iterator<Item = &str> {
    let record = manifest.split_once(RECORD).map_or("", |(_, after)| after);
    record.lines().skip(1).take_while(|line| !line.starts_with('['))
}

/// Reads `--operations`.
fn operations(text: &str) -> Result<Operations, String> {
    let names: Vec<String> = text.split([',', ' ', '\n']).filter(|name| !name.is_empty()).map(str::to_owned).collect();
    match names.as_slice() {
        [] => Err("name at least one operation, or write `all`".to_owned()),
        [name] if name == "all" => Ok(Operations::All),
        _ => Ok(Operations::Named(names)),
    }
}

/// The names in a file: one on each line, without comments.
fn listed(text: &str) -> Vec<String> {
    let names = text.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// The operations that a manifest records, `Some(None)` where it records none;
/// `None` where the list is not one that the generator writes.
fn recorded(manifest: &str) -> Option<Option<Vec<String>>> {
    let mut lines = record(manifest);
    if !lines.any(|line| line.starts_with(LIST)) {
        return Some(None);
    }
    let mut names = Vec::new();
    for line in lines {
        if line == "]" {
            return Some(Some(names));
        }
        names.push(line.trim_start().strip_prefix('"')?.strip_suffix("\",")?.to_owned());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Operations, listed, operations, recorded};

    #[test]
    fn names_are_separated_by_commas_and_all_stands_for_every_one() {
        let named = |names: &[&str]| Ok(Operations::Named(names.iter().map(|name| (*name).to_owned()).collect()));
        assert_eq!(operations("A"), named(&["A"]));
        assert_eq!(operations("A, B,"), named(&["A", "B"]));
        assert_eq!(operations("all"), Ok(Operations::All));
        assert!(operations(" ,").is_err());
    }

    #[test]
    fn a_file_has_a_name_on_each_line() {
        assert_eq!(listed("# those of the lobby\r\nA\r\n\n  B  # twice a day\n"), ["A", "B"]);
    }

    #[test]
    fn a_record_is_read_as_it_is_written() {
        let record = "[package.metadata.smithy-client]\nmodel-fingerprint = \"1\"\n";
        let list = "# Chosen.\noperations = [\n    \"A\",\n    \"B\",\n]\n\n[lib]\n";
        assert_eq!(recorded(&format!("{record}{list}")), Some(Some(vec!["A".to_owned(), "B".to_owned()])));
        assert_eq!(recorded(record), Some(None));
        assert_eq!(recorded("[other]\noperations = [\n]\n"), Some(None));
    }

    #[test]
    fn a_record_that_was_edited_beyond_reading_is_no_choice_of_all() {
        let record = "[package.metadata.smithy-client]\noperations = [";
        for rest in ["", "\"A\"]\n", "\n    A,\n]\n", "\n    \"A\",\n[lib]\n"] {
            assert_eq!(recorded(&format!("{record}{rest}")), None, "{rest}");
        }
    }
}
