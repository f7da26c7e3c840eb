//! The choice of some operations of a service, and of types that no chosen operation need reach.
//!
//! It is made before anything else is lowered, so that the model holds what the
//! chosen operations and types reach and nothing more, and so that a problem of a shape
//! that none of them reaches is nobody's.

use std::collections::{BTreeMap, BTreeSet};

use super::resolver::Resolver;
use crate::ast::node::{At, Findings};
use crate::ast::suggest::did_you_mean;
use crate::ast::{Kind, Reference, Shape};
use crate::model::ShapeId;

/// The operations and types that a crate is to have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Where the choice was made, for diagnostics: an option or a file.
    pub source: String,
    /// What the names are.
    pub choice: Choice,
    /// Names of operations, without namespace, in any order; repetition does no harm.
    pub names: Vec<String>,
    /// Ids of structures (exceptions among them), unions and enums that the crate has with all that they reach, even where
    /// none of its operations does: `ns#Stage`, or `ns#NewName` where the service renames it. In any order; repetition
    /// does no harm. Inputs and outputs of operations are no such types.
    pub shapes: Vec<String>,
    /// Whether there may be neither an operation nor a type: a program that calls nothing yet still gets its client. A
    /// choice that a person wrote names something, and is refused otherwise.
    pub may_be_empty: bool,
}

/// How names choose operations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// The crate has these alone.
    #[default]
    Only,
    /// The crate has all but these, those that a later model brings included.
    AllBut,
}

/// The operations that were chosen, in the order of the model; reports names that no operation has.
pub(crate) fn select<'a>(operations: Vec<&'a Shape>, selection: &Selection, findings: &mut Findings) -> Vec<&'a Shape> {
    let at = At::root(&selection.source);
    let is_wanted = selection.choice == Choice::AllBut || selection.shapes.is_empty();
    if selection.names.is_empty() && is_wanted && !selection.may_be_empty {
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
    if chosen.is_empty() && selection.choice == Choice::AllBut && !selection.may_be_empty {
        findings.error(&at, "no operation is left", "leave out fewer");
    }
    chosen
}

/// The types that were chosen, by their ids in the model, in order; reports ids that no type of the service has.
pub(crate) fn select_types(
    of_service: &Shape,
    operations: &[&Shape],
    selection: &Selection,
    resolver: &mut Resolver<'_>,
) -> Vec<ShapeId> {
    if selection.shapes.is_empty() {
        return Vec::new();
    }
    let known = types(of_service, operations, resolver);
    let wanted: BTreeSet<&str> = selection.shapes.iter().map(String::as_str).collect();
    let mut chosen = Vec::new();
    for id in wanted {
        if let Some(shape) = known.get(id) {
            chosen.push(resolver.reach(shape));
            continue;
        }
        let otherwise = "write the id of a structure, a union or an enum of the model, such as ns#Name";
        let hint = did_you_mean(id, known.keys().map(String::as_str), otherwise);
        resolver.findings.error(&At::root(&selection.source), format!("the service has no type {id:?}"), hint);
    }
    chosen
}

/// The named types of a whole service, by their ids in the model: structures, unions and enums that members of inputs and
/// outputs reach, and errors, as lowering to Rust finds them.
fn types<'a>(of_service: &Shape, operations: &[&Shape], resolver: &Resolver<'a>) -> BTreeMap<String, &'a Shape> {
    let ast = resolver.ast;
    let shape = |reference: &Reference| ast.shapes.get(&reference.id);
    let members = |shape: &'a Shape| shape.members.iter().map(|member| &member.target);
    let ends = operations.iter().flat_map(|operation| [&operation.links.input, &operation.links.output]);
    let ends = ends.flatten().filter_map(shape);
    let errors = operations.iter().flat_map(|operation| &operation.links.errors).chain(&of_service.links.errors);
    let mut open: Vec<&Shape> = ends.flat_map(members).filter_map(shape).chain(errors.filter_map(shape)).collect();
    let (mut seen, mut types) = (BTreeSet::new(), BTreeMap::new());
    while let Some(found) = open.pop() {
        if seen.insert(found.id.as_str()) {
            if matches!(found.kind, Kind::Structure | Kind::Union | Kind::Enum) {
                types.insert(resolver.model_id(&found.id).as_str().to_owned(), found);
            }
            open.extend(members(found).filter_map(shape));
        }
    }
    types
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
