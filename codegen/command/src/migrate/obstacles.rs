//! What a program names of an official crate that ours has not, by the words in its sources.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use smithy_client_codegen::visible;

use crate::usage::{Place, Program, Usage};

/// Words of signed requests that somebody else sends.
const PRESIGNING: [&str; 4] = ["presigning", "presigned", "PresigningConfig", "PresignedRequest"];

/// Why a program cannot do with our client of a service, as phrases; none where nothing is seen.
///
/// `names` are those by which the sources may call the crate.
pub(super) fn obstacles(program: &Program, usage: &Usage, names: &BTreeSet<String>, root: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for (operation, left) in &usage.left_out {
        let (operation, reason) = (visible::line(operation), visible::line(&left.reason));
        found.push(format!("{operation}{}: it cannot be emitted: {reason}", at(&left.places, root)));
    }
    let files: BTreeSet<PathBuf> = names.iter().flat_map(|name| program.places(name)).map(|place| place.path).collect();
    let presigning = PRESIGNING.iter().flat_map(|word| program.places(word));
    let presigning: Vec<Place> = presigning.filter(|place| files.contains(&place.path)).collect();
    if !presigning.is_empty() {
        found.push(format!("presigned requests{}: they are not emitted", at(&presigning, root)));
    }
    found
}

/// The first place, in parentheses.
fn at(places: &[Place], root: &Path) -> String {
    let Some(place) = places.first() else { return String::new() };
    let path = place.path.strip_prefix(root).unwrap_or(&place.path).to_string_lossy();
    format!(" ({}:{})", visible::line(&path), place.line)
}
