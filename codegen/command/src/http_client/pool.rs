//! The pools of connections of AWS's crate of HTTP clients. They came with 1.5, nothing of the engine is built on them, and
//! they are half of what it takes to compile the crate. Of a program that has nothing of them the copy has not, either.

use std::collections::{BTreeMap, BTreeSet};

use super::PACKAGE;
use crate::cargo_lock::{CargoLock, Package};
use crate::runtime;
use crate::usage::Program;

/// Packages of AWS's that build on the crate and have nothing of its pools, with the newest version of which that is known:
/// its major and its minor number.
const INNOCENT: [(&str, u64, u64); 3] =
    [("aws-config", 1, 13), ("aws-smithy-mocks", 0, 3), ("aws-smithy-runtime", 1, 16)];

/// The module, and types of it without which nothing can be done with a pool.
const NAME: &str = "pool";
const TYPES: [&str; 2] = ["ConnectionPool", "ConnectPath"];

/// Where the module is, and where it is declared and shown.
const FILE: &str = "src/client/pool.rs";
const FOLDER: &str = "src/client/pool/";
const CLIENT: &str = "src/client.rs";
const DECLARED: &str = "\npub mod pool;\n";
const LIB: &str = "src/lib.rs";
const SHOWN: &str = "pub use client::{";
const NAMED: &str = " pool,";

/// What changed files begin with.
const NOTICE: &str = "// Changed by `cargo smithy-client`: `pool` is left out, as nothing of the program uses it.\n";

/// Whether somebody in a program may use the pools: a package that is not known here, or a member of the workspace whose
/// sources have words for it; `None` for sources that cannot be read.
pub(super) fn is_needed(lock: &CargoLock, members: &BTreeSet<&str>, program: Option<&Program>) -> bool {
    lock.depending_on(PACKAGE).into_iter().any(|package| match package.is_local() {
        true if package.name == runtime::PACKAGE => false,
        true if members.contains(package.name.as_str()) => program.is_none_or(speaks),
        true => true,
        false => !is_innocent(package),
    })
}

/// Whether a package of the registry is known to have nothing of the pools.
fn is_innocent(package: &Package) -> bool {
    let numbers: Vec<u64> = package.version.split('.').map_while(|number| number.parse().ok()).collect();
    let [major, minor, _] = numbers[..] else { return false };
    let is_it =
        |(name, known, newest): &(&str, u64, u64)| (*name, *known) == (&package.name, major) && minor <= *newest;
    package.is_of_registry() && INNOCENT.iter().any(is_it)
}

/// Whether sources have words for the pools.
fn speaks(program: &Program) -> bool {
    let files = |word: &str| program.places(word).into_iter().map(|place| place.path).collect::<BTreeSet<_>>();
    TYPES.iter().any(|word| !program.places(word).is_empty())
        || !files(NAME).is_disjoint(&files(&PACKAGE.replace('-', "_")))
}

/// Leaves the module out of the files of the crate; where it stands otherwise than known here, or something else of the crate
/// is built on it, all of them stay, and are compiled.
pub(super) fn leave_out(files: &mut BTreeMap<String, String>) {
    let is_of_it = |path: &str| path == FILE || path.starts_with(FOLDER);
    let changed = [(CLIENT, undeclared as fn(&str) -> Option<String>), (LIB, hidden)];
    let changed = changed.map(|(path, change)| Some((path, change(files.get(path)?)?)));
    let [Some(client), Some(lib)] = changed else { return };
    let mut left: BTreeMap<&str, &str> =
        files.iter().filter(|(path, _)| !is_of_it(path)).map(|(path, text)| (path.as_str(), text.as_str())).collect();
    left.extend([(client.0, client.1.as_str()), (lib.0, lib.1.as_str())]);
    if left.values().any(|text| leads_there(text)) {
        return;
    }
    files.retain(|path, _| !is_of_it(path));
    files.extend([client, lib].map(|(path, text)| (path.to_owned(), format!("{NOTICE}{text}"))));
}

/// A source without the declaration of the module; `None` where it has none.
fn undeclared(text: &str) -> Option<String> {
    let (before, after) = text.split_once(DECLARED)?;
    Some(format!("{before}\n{after}"))
}

/// A source that does not show the module; `None` where it is not known how it does.
fn hidden(text: &str) -> Option<String> {
    let line = text.lines().find(|line| line.starts_with(SHOWN) && line.contains(NAMED))?;
    Some(text.replacen(line, &line.replacen(NAMED, "", 1), 1))
}

/// Whether a source has a path with the module.
fn leads_there(text: &str) -> bool {
    let is_word = |sign: char| sign.is_alphanumeric() || sign == '_';
    text.match_indices(NAME).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + NAME.len()..]);
        let is_whole = !before.ends_with(is_word) && !after.starts_with(is_word);
        is_whole && (before.ends_with("::") || before.ends_with('{') || after.starts_with("::"))
    })
}
