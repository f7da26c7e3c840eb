//! What a program names of an official crate that ours has not, by the words in its sources.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use smithy_client_codegen::visible;

use crate::usage::{Place, Program, Usage};

/// Words of signed requests that somebody else sends.
const PRESIGNING: [&str; 4] = ["presigning", "presigned", "PresigningConfig", "PresignedRequest"];

/// Why a program cannot do with our client of a service, as phrases; none where nothing is seen.
pub(super) fn obstacles(usage: &Usage, root: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for (operation, left) in &usage.left_out {
        let (operation, reason) = (visible::line(operation), visible::line(&left.reason));
        found.push(format!("{operation}{}: it cannot be emitted: {reason}", at(&left.places, root)));
    }
    found
}

/// Whether a program presigns requests of a crate that its sources call by these names: ours does so by a feature.
pub(super) fn presigns(program: &Program, names: &BTreeSet<String>) -> bool {
    let files: BTreeSet<PathBuf> = names.iter().flat_map(|name| program.places(name)).map(|place| place.path).collect();
    PRESIGNING.iter().flat_map(|word| program.places(word)).any(|place| files.contains(&place.path))
}

/// The first place, in parentheses.
fn at(places: &[Place], root: &Path) -> String {
    let Some(place) = places.first() else { return String::new() };
    let path = place.path.strip_prefix(root).unwrap_or(&place.path).to_string_lossy();
    format!(" ({}:{})", visible::line(&path), place.line)
}
