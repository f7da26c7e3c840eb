//! The choice of some operations of a service.
//!
//! It is made before anything else is lowered, so that the model holds what the
//! chosen operations reach and nothing more, and so that a problem of a shape
//! that none of them reaches is nobody's.

use crate::ast::Shape;
use crate::ast::node::{At, Findings};
use crate::ast::suggest::did_you_mean;
use crate::model::ShapeId;

/// The operations that a crate is to have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// Where the choice was made, for diagnostics: an option or a file.
    pub source: String,
    /// What the names are.
    pub choice: Choice,
    /// Names of operations, without namespace, in any order; repetition does no harm.
    pub names: Vec<String>,
}

/// How names choose operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The crate has these alone.
    Only,
    /// The crate has all but these, those that a later model brings included.
    AllBut,
}

/// The operations that were chosen, in the order of the model; reports names that no operation has.
pub(crate) fn select<'a>(operations: Vec<&'a Shape>, selection: &Selection, findings: &mut Findings) -> Vec<&'a Shape> {
    let at = At::root(&selection.source);
    if selection.names.is_empty() {
        findings.error(&at, "no operation is chosen", "name at least one operation");
    }
    let known: Vec<&str> = operations.iter().map(name_of).collect();
    for (position, name) in selection.names.iter().enumerate() {
        if !known.contains(&name.as_str()) && !selection.names[..position].contains(name) {
            findings.error(&at, format!("the service has no operation {name:?}"), hint(name, &known));
        }
    }
    let wanted = selection.choice == Choice::Only;
    let chosen = |operation: &&Shape| selection.names.iter().any(|name| name == name_of(operation)) == wanted;
    let chosen: Vec<&Shape> = operations.into_iter().filter(chosen).collect();
    if chosen.is_empty() && selection.choice == Choice::AllBut {
        findings.error(&at, "no operation is left", "leave out fewer");
    }
    chosen
}

fn name_of<'a>(operation: &&'a Shape) -> &'a str {
    operation.id.split_once('#').map_or(operation.id.as_str(), |(_, name)| name)
}

/// What was probably meant: the name in other letters, else the nearest names, else all of them.
fn hint(wanted: &str, known: &[&str]) -> String {
    let bare = |name: &str| name.replace(['_', '-'], "").to_ascii_lowercase();
    let same = known.iter().find(|name| bare(name) == bare(wanted));
    if let Some(same) = same {
        return format!("names are case-sensitive; write {same}, as the model does");
    }
    let all = known.join(", ");
    did_you_mean(ShapeId::new(wanted).name(), known.iter().copied(), &format!("its operations are {all}"))
}
