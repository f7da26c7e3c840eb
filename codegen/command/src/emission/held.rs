//! What a directory holds already: a crate of this generator's, and which one.
//!
//! A crate's manifest records it. A run keeps what is recorded, and turns the crate into another one, of another service,
//! without some operations, or into types alone, only if the command says so with `--replace`.

use std::path::Path;

use smithy_client_codegen::{Choice, Emit, Generated, Selection};

use super::Conflict;
use crate::files;
use crate::write::is_claimed;

/// What the manifest calls the record of the generator's own facts.
const RECORD: &str = "[package.metadata.smithy-client]";

/// The keys of the record.
const SERVICE: &str = "service";
const EMIT: &str = "emit";
const PROTOCOL: &str = "protocol";
const ONLY: &str = "operations";
const SHAPES: &str = "shapes";
const EXCEPT: &str = "except";
const SKIP: &str = "skip-unsupported";

/// A crate that this generator has written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Name of the package.
    pub name: Option<String>,
    /// Version of the package.
    pub version: Option<String>,
    /// Id of the service's shape; earlier crates do not record it.
    pub service: Option<String>,
    /// What it has.
    pub emit: Emit,
    /// The protocol that was chosen.
    pub protocol: Option<String>,
    /// The operations that were chosen.
    pub only: Option<Vec<String>>,
    /// The types that were chosen beside operations.
    pub shapes: Vec<String>,
    /// The operations that were not wanted.
    pub except: Option<Vec<String>>,
    /// What cannot be emitted is left out.
    pub skip_unsupported: bool,
    /// A list of operations was edited beyond reading.
    pub is_unreadable: bool,
}

impl Held {
    /// The crate in a directory; `None` where there is none, or none of this generator's.
    pub fn of(directory: &Path) -> Option<Self> {
        // Comparing with the disk says what is wrong with a manifest that cannot be read.
        let manifest = files::text(&directory.join("Cargo.toml")).ok()?;
        is_claimed(manifest.as_bytes()).then(|| Self::read(&manifest))
    }

    fn read(manifest: &str) -> Self {
        let [only, shapes, except] = [ONLY, SHAPES, EXCEPT].map(|key| list(manifest, key));
        Self {
            name: text(table(manifest, "[package]"), "name"),
            version: text(table(manifest, "[package]"), "version"),
            service: text(table(manifest, RECORD), SERVICE),
            emit: match text(table(manifest, RECORD), EMIT).as_deref() {
                Some("types") => Emit::Types,
                _ => Emit::Client,
            },
            protocol: text(table(manifest, RECORD), PROTOCOL),
            is_unreadable: only.is_none() || shapes.is_none() || except.is_none(),
            only: only.flatten(),
            shapes: shapes.flatten().unwrap_or_default(),
            except: except.flatten(),
            skip_unsupported: value(table(manifest, RECORD), SKIP) == Some("true"),
        }
    }

    /// Whether it has, or may have, less than all of its service.
    fn is_part(&self) -> bool {
        self.skip_unsupported || self.only.is_some() || self.except.is_some() || self.is_unreadable
    }

    /// What of its service it has, by a record in this file; `None` where it has all.
    pub fn selection(&self, source: String) -> Option<Selection> {
        let (choice, names) = match (&self.only, &self.except) {
            (Some(names), _) => (Choice::Only, names),
            (None, Some(names)) => (Choice::AllBut, names),
            (None, None) => return None,
        };
        // Of a program that called nothing the record has no operation.
        Some(Selection {
            source,
            choice,
            names: names.clone(),
            shapes: self.shapes.clone(),
            may_be_empty: choice == Choice::Only,
        })
    }

    /// What keeps it from becoming the crate that was emitted; `None` if it stays what it is, or only grows.
    pub fn conflict(&self, generated: &Generated) -> Option<Conflict> {
        let asked_part = generated.chosen.is_some();
        let is_other = match &self.service {
            Some(service) => *service != generated.service,
            None => self.name.as_ref().is_some_and(|name| *name != generated.crate_name),
        };
        let loses = self.emit != generated.emit && generated.emit == Emit::Types;
        if !is_other && !loses && (self.is_part() || !asked_part) {
            return None;
        }
        let name = self.service.as_ref().or(self.name.as_ref()).unwrap_or(&generated.service);
        let extent = if self.is_part() { "some operations of" } else { "all of" };
        let asked = match &generated.chosen {
            Some(chosen) => format!("{} of {} operations of", chosen.len(), generated.service_operations),
            None => "all of".to_owned(),
        };
        Some(Conflict {
            holds: format!("{} {extent} {name}", kind(self.emit)),
            asked: format!("{} {asked} {}", kind(generated.emit), generated.service),
        })
    }
}

/// What a crate is, before "of" its operations.
fn kind(emit: Emit) -> &'static str {
    match emit {
        Emit::Client => "a client of",
        Emit::Types => "types of",
    }
}

/// The lines of a table of a manifest.
fn table<'m>(manifest: &'m str, header: &str) -> impl Iterator<Item = &'m str> {
    let lines = manifest.lines().skip_while(move |line| *line != header).skip(1);
    lines.take_while(|line| !line.starts_with('['))
}

/// The value on the line of a key.
fn value<'m>(mut lines: impl Iterator<Item = &'m str>, key: &str) -> Option<&'m str> {
    lines.find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "))
}

/// The text on the line of a key, which has no escapes.
fn text<'m>(lines: impl Iterator<Item = &'m str>, key: &str) -> Option<String> {
    value(lines, key)?.strip_prefix('"')?.strip_suffix('"').map(str::to_owned)
}

/// The names that a record lists, `Some(None)` where it has no such list; `None` where the list is not one that the
/// generator writes.
fn list(manifest: &str, key: &str) -> Option<Option<Vec<String>>> {
    let beginning = format!("{key} = [");
    let mut lines = table(manifest, RECORD);
    if !lines.any(|line| line.starts_with(&beginning)) {
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
    use super::{Held, list};

    #[test]
    fn a_record_is_read_as_it_is_written() {
        let record = "[package.metadata.smithy-client]\nmodel-fingerprint = \"1\"\n";
        let names = "# Chosen.\noperations = [\n    \"A\",\n    \"B\",\n]\nshapes = [\n    \"n#T\",\n]\nexcept = [\n    \"C\",\n]\n\n[lib]\n";
        let manifest = format!(
            "[package]\nname = \"a\"\nversion = \"1.0.0\"\n\n{record}service = \"n#S\"\nprotocol = \"restXml\"\n{names}"
        );
        let held = Held::read(&manifest);
        let expected = Held {
            name: Some("a".to_owned()),
            version: Some("1.0.0".to_owned()),
            service: Some("n#S".to_owned()),
            protocol: Some("restXml".to_owned()),
            only: Some(vec!["A".to_owned(), "B".to_owned()]),
            shapes: vec!["n#T".to_owned()],
            except: Some(vec!["C".to_owned()]),
            ..Held::default()
        };
        assert_eq!(held, expected);
        let selection = held.selection("a".to_owned()).expect("some were chosen");
        assert_eq!((selection.names, selection.shapes), (vec!["A".to_owned(), "B".to_owned()], vec!["n#T".to_owned()]));
        assert_eq!(Held::read(record), Held::default());
        assert_eq!(list("[other]\noperations = [\n]\n", "operations"), Some(None));
    }

    #[test]
    fn a_crate_of_a_program_that_called_nothing_is_kept_as_it_is() {
        let held = Held::read("[package.metadata.smithy-client]\noperations = [\n]\nshapes = [\n    \"n#T\",\n]\n");
        let selection = held.selection("a".to_owned()).expect("nothing was chosen");
        assert!(selection.names.is_empty() && selection.may_be_empty);
        assert_eq!(selection.shapes, ["n#T"]);
        assert_eq!(Held::default().selection("a".to_owned()), None);
    }

    #[test]
    fn a_record_that_was_edited_beyond_reading_is_no_choice_of_all() {
        let record = "[package.metadata.smithy-client]\noperations = [";
        for rest in ["", "\"A\"]\n", "\n    A,\n]\n", "\n    \"A\",\n[lib]\n"] {
            assert!(Held::read(&format!("{record}{rest}")).is_unreadable, "{rest}");
        }
    }
}
