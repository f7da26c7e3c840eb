//! What the emitted crate has, a client or types alone, and which operations: what the command line says, else what the
//! crate's manifest recorded when it was last emitted, else a client of all.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use smithy_client_codegen::{Choice as Names, Emit, Selection};

use cargo_smithy_client::emission::Held;
use cargo_smithy_client::files;

/// The options that choose what is emitted.
#[derive(Args, Clone, Debug, Default)]
pub(super) struct Choice {
    /// What to emit [default: what the crate records, or client]
    #[arg(long, value_enum, value_name = "WHAT")]
    emit: Option<What>,

    /// Speak this one of the protocols that the service lists, or `default` for the preferred one [default: the one that the
    /// crate records, or the preferred one]
    #[arg(long, value_name = "NAME", value_parser = protocol)]
    protocol: Option<Protocol>,

    /// Emit only these operations, such as CreateStage,ListStages, or `all` [default: those that the crate records, or all]
    #[arg(long, value_name = "NAMES", value_parser = operations, conflicts_with_all = ["operations_file", "except"])]
    operations: Option<Operations>,

    /// Take the operations from a file: a name on each line, `#` begins a comment
    #[arg(long, value_name = "FILE", conflicts_with = "except")]
    operations_file: Option<PathBuf>,

    /// Emit all operations but these, those that a later model brings included
    #[arg(long, value_name = "NAMES", value_parser = names)]
    except: Option<NameList>,

    /// Leave out operations that cannot be emitted yet, and say which
    #[arg(long)]
    skip_unsupported: bool,
}

/// The value of `--emit`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum What {
    /// A client of the service
    Client,
    /// What operations take and return, with serde, without a client; needs --out
    Types,
}

/// The value of `--protocol`.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Protocol {
    /// The one that the generator prefers.
    Default,
    /// The one of this name.
    Named(&'static str),
}

/// The value of `--operations`.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Operations {
    /// Every operation of the service.
    All,
    /// Those with these names.
    Named(Vec<String>),
}

/// Names of operations, at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
struct NameList(Vec<String>);

impl Choice {
    /// What the crate has, of which this is held already.
    pub(super) fn emit(&self, held: Option<&Held>) -> Emit {
        match self.emit {
            Some(What::Client) => Emit::Client,
            Some(What::Types) => Emit::Types,
            None => held.map_or(Emit::Client, |held| held.emit),
        }
    }

    /// Whether operations that cannot be emitted are left out. `--operations all` means all, so that it ends a record.
    pub(super) fn skip_unsupported(&self, held: Option<&Held>) -> bool {
        let is_kept = self.operations != Some(Operations::All) && held.is_some_and(|held| held.skip_unsupported);
        self.skip_unsupported || is_kept
    }

    /// The name of the protocol that the client speaks, of which this is held already; `None` for the preferred one.
    pub(super) fn protocol(&self, held: Option<&Held>) -> Option<String> {
        match &self.protocol {
            Some(Protocol::Default) => None,
            Some(Protocol::Named(name)) => Some((*name).to_owned()),
            None => held.and_then(|held| held.protocol.clone()),
        }
    }

    /// The operations that the crate has, of which this is held already in what the person calls `shown`; `None` for all
    /// of the service.
    ///
    /// # Errors
    /// A sentence on a file that cannot be read, or that names no operation.
    pub(super) fn selection(&self, held: Option<&Held>, shown: &str) -> Result<Option<Selection>, String> {
        let select = |source: String, choice, names: &[String]| {
            Some(Selection { source, choice, names: names.to_vec(), ..Selection::default() })
        };
        if let Some(NameList(names)) = &self.except {
            return Ok(select("--except".to_owned(), Names::AllBut, names));
        }
        if let Some(operations) = &self.operations {
            return Ok(match operations {
                Operations::All => None,
                Operations::Named(names) => select("--operations".to_owned(), Names::Only, names),
            });
        }
        if let Some(file) = &self.operations_file {
            let source = file.display().to_string();
            let names = listed(&files::text(file).map_err(|cause| format!("cannot read {source}: {cause}"))?);
            if names.is_empty() {
                return Err(format!("{source} names no operation; write one on each line, or --operations all"));
            }
            return Ok(select(source, Names::Only, &names));
        }
        let source = format!("{shown}/Cargo.toml");
        if held.is_some_and(|held| held.is_unreadable) {
            return Err(format!(
                "the list of operations that {source} records is not readable; choose them with --operations"
            ));
        }
        Ok(held.and_then(|held| held.selection(source)))
    }

    /// The options as words of a command line: the option and its value, if it has one.
    pub(super) fn words(&self) -> Vec<(&'static str, Option<String>)> {
        let protocol = self.protocol.as_ref().map(|protocol| match protocol {
            Protocol::Default => ("--protocol", Some(DEFAULT.to_owned())),
            Protocol::Named(name) => ("--protocol", Some((*name).to_owned())),
        });
        let named = self.operations.as_ref().map(|operations| match operations {
            Operations::All => ("--operations", Some("all".to_owned())),
            Operations::Named(names) => ("--operations", Some(names.join(","))),
        });
        let file = self.operations_file.as_ref();
        let file = file.map(|file| ("--operations-file", Some(file.to_string_lossy().into_owned())));
        let except = self.except.as_ref().map(|NameList(names)| ("--except", Some(names.join(","))));
        let skip = self.skip_unsupported.then_some(("--skip-unsupported", None));
        let emit = self.emit.and_then(|what| Some(("--emit", Some(what.to_possible_value()?.get_name().to_owned()))));
        emit.into_iter().chain(protocol).chain(named).chain(file).chain(except).chain(skip).collect()
    }
}

/// The word of `--protocol` that ends a choice.
const DEFAULT: &str = "default";

/// Reads `--protocol`.
fn protocol(text: &str) -> Result<Protocol, String> {
    if text == DEFAULT {
        return Ok(Protocol::Default);
    }
    let names = || smithy_client_codegen::protocol::Protocol::supported().map(|protocol| protocol.name());
    names().find(|name| *name == text).map(Protocol::Named).ok_or_else(|| {
        let names: Vec<_> = names().collect();
        format!("the protocols that can be emitted are {}", names.join(", "))
    })
}

/// Reads `--operations`.
fn operations(text: &str) -> Result<Operations, String> {
    match split(text).as_slice() {
        [] => Err("name at least one operation, or write `all`".to_owned()),
        [name] if name == "all" => Ok(Operations::All),
        names => Ok(Operations::Named(names.to_vec())),
    }
}

/// Reads `--except`.
fn names(text: &str) -> Result<NameList, String> {
    Some(split(text)).filter(|names| !names.is_empty()).map(NameList).ok_or("name at least one operation".to_owned())
}

/// Names between commas or blanks.
fn split(text: &str) -> Vec<String> {
    text.split([',', ' ', '\n']).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// The names in a file: one on each line, without comments.
fn listed(text: &str) -> Vec<String> {
    let names = text.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::{NameList, Operations, listed, names, operations};

    #[test]
    fn names_are_separated_by_commas_and_all_stands_for_every_one() {
        let named = |names: &[&str]| Ok(Operations::Named(names.iter().map(|name| (*name).to_owned()).collect()));
        assert_eq!(operations("A"), named(&["A"]));
        assert_eq!(operations("A, B,"), named(&["A", "B"]));
        assert_eq!(operations("all"), Ok(Operations::All));
        assert!(operations(" ,").is_err());
        assert_eq!(names("all"), Ok(NameList(vec!["all".to_owned()])));
        assert!(names(",").is_err());
    }

    #[test]
    fn a_file_has_a_name_on_each_line() {
        assert_eq!(listed("# those of the lobby\r\nA\r\n\n  B  # twice a day\n"), ["A", "B"]);
    }
}
