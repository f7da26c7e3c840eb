//! Whether two shapes have the same form on the wire, whatever they are called.

use std::collections::BTreeSet;

use super::side::{Side, members};
use smithy_client_codegen::model::{Member, Shape, ShapeId, ShapeKind};

/// A shape of one of the models.
type Place<'s, 'm, 'i> = (&'s Side<'m>, &'i ShapeId);

/// Compares kinds, and members by name, wire name, what XML says of them and, in turn, the form of their targets. Limits, defaults and
/// documentation do not count.
pub(super) fn same_form(old: Place<'_, '_, '_>, new: Place<'_, '_, '_>) -> bool {
    let mut seen = BTreeSet::new();
    let mut queue = vec![(old.1.clone(), new.1.clone())];
    while let Some(pair) = queue.pop() {
        if !seen.insert(pair.clone()) {
            continue;
        }
        let (left, right) = (old.0.shape(&pair.0), new.0.shape(&pair.1));
        let (left_members, right_members) = (members(left), members(right));
        if kind_name(left) != kind_name(right) || left_members.len() != right_members.len() {
            return false;
        }
        if values(left) != values(right) {
            return false;
        }
        for member in left_members {
            let Some(other) = right_members.iter().find(|other| other.name == member.name) else { return false };
            if wire_name(member) != wire_name(other) || member.xml != other.xml {
                return false;
            }
            queue.push((member.target.clone(), other.target.clone()));
        }
    }
    true
}

/// The name of a member in bodies.
pub(super) fn wire_name(member: &Member) -> &str {
    member.body_name.as_deref().unwrap_or(&member.name)
}

/// The values of an enum, as they are sent, in order of their text.
fn values(shape: &Shape) -> BTreeSet<String> {
    match &shape.kind {
        ShapeKind::Enum(values) => values.iter().map(|value| value.value.clone()).collect(),
        ShapeKind::IntEnum(values) => values.iter().map(|value| value.value.to_string()).collect(),
        _ => BTreeSet::new(),
    }
}

/// What a shape is, as a word of Smithy.
pub(super) fn kind_name(shape: &Shape) -> &'static str {
    match &shape.kind {
        ShapeKind::Blob => "blob",
        ShapeKind::Boolean => "boolean",
        ShapeKind::String => "string",
        ShapeKind::Byte => "byte",
        ShapeKind::Short => "short",
        ShapeKind::Integer => "integer",
        ShapeKind::Long => "long",
        ShapeKind::Float => "float",
        ShapeKind::Double => "double",
        ShapeKind::BigInteger => "bigInteger",
        ShapeKind::BigDecimal => "bigDecimal",
        ShapeKind::Timestamp => "timestamp",
        ShapeKind::Document => "document",
        ShapeKind::Enum(_) => "enum",
        ShapeKind::IntEnum(_) => "intEnum",
        ShapeKind::List { .. } => "list",
        ShapeKind::Map { .. } => "map",
        ShapeKind::Structure(_) => "structure",
        ShapeKind::Union(_) => "union",
    }
}

/// Whether values of one kind are on the wire what values of the other are: text, or numbers of a wider type.
pub(super) fn reads_as(old: &Shape, new: &Shape) -> bool {
    let (old, new) = (kind_name(old), kind_name(new));
    let text = ["string", "enum"];
    let numbers = ["byte", "short", "integer", "long", "bigInteger"];
    let rank = |kind: &str| {
        let kind = if kind == "intEnum" { "integer" } else { kind };
        numbers.iter().position(|number| *number == kind)
    };
    let widened = rank(old).zip(rank(new)).is_some_and(|(old, new)| old <= new);
    old == new || text.contains(&old) && text.contains(&new) || widened || (old, new) == ("float", "double")
}
