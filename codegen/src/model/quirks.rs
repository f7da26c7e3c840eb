//! Older and odder ways to say the same thing, each turned into the usual way by a named pass.
//!
//! The passes run in the order of [`QUIRKS`] on the merged sources, before anything is lowered, so no later stage knows them.
//! One comes even earlier, shape by shape as sources are merged: the old `enum` trait, since statements of other sources speak of
//! the values of an enum as of its members.

use super::corrections;
use super::merged::{Ast, implied};
use super::traits::id;
use crate::ast::node::{Findings, Node};
use crate::ast::{Kind, Member, Reference, Shape, Trait, UNIT, Version, is_identifier};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// A way in which real models differ, and the pass that evens it out.
#[derive(Clone, Copy, Debug)]
pub struct Quirk {
    /// Short name.
    pub name: &'static str,
    /// Why models have it, or why it is handled as it is.
    pub why: &'static str,
    pass: fn(&mut Ast, &mut Findings),
}

/// Every quirk in the order in which its pass runs.
pub const QUIRKS: [Quirk; 5] = [
    Quirk {
        name: "sets are lists",
        why: "Smithy 1.0 has a type `set`; since 2.0 it is a list with `uniqueItems`",
        pass: sets_are_lists,
    },
    Quirk {
        name: "unboxed numbers are zero",
        why: "in Smithy 1.0 numbers and booleans without `box` have a default of zero or false; 2.0 says `default`",
        pass: unboxed_numbers_are_zero,
    },
    Quirk {
        name: "defaults of targets",
        why: "a member that targets a shape with a default has that default, though some models leave it out",
        pass: defaults_of_targets,
    },
    Quirk {
        name: "inputs have no defaults",
        why: "members of an `input` structure are optional for clients, and the service fills in what is absent",
        pass: inputs_have_no_defaults,
    },
    Quirk {
        name: "corrections",
        why: "some models say of a few shapes what is wrong, or not what AWS's own clients hold them for",
        pass: corrections::apply,
    },
];

/// Runs every pass.
pub(crate) fn run(ast: &mut Ast, findings: &mut Findings) {
    for quirk in QUIRKS {
        (quirk.pass)(ast, findings);
    }
}

fn sets_are_lists(ast: &mut Ast, _: &mut Findings) {
    let sets = ast.shapes.values_mut();
    for shape in sets.filter(|shape| shape.kind == Kind::Set) {
        shape.kind = Kind::List;
        let unique = implied(id::UNIQUE_ITEMS, json!({}), shape);
        shape.traits.set(unique);
    }
}

/// What an unboxed value of Smithy 1.0 is when nobody sets it; `None` for kinds that have no such value.
fn zero(kind: Kind) -> Option<Value> {
    match kind {
        Kind::Boolean => Some(Value::Bool(false)),
        Kind::Byte | Kind::Short | Kind::Integer | Kind::Long | Kind::Float | Kind::Double => Some(0.into()),
        _ => None,
    }
}

fn unboxed_numbers_are_zero(ast: &mut Ast, _: &mut Findings) {
    let old = ast.shapes.values_mut();
    for shape in old.filter(|shape| shape.version == Version::One) {
        let boxed = shape.traits.remove(id::BOX).is_some();
        let has_zero = !boxed && !shape.traits.has(id::DEFAULT);
        if let Some(zero) = zero(shape.kind).filter(|_| has_zero) {
            let default = implied(id::DEFAULT, zero, shape);
            shape.traits.set(default);
        }
        for member in &mut shape.members {
            let Some(mut boxed) = member.traits.remove(id::BOX) else {
                continue;
            };
            if !member.traits.has(id::DEFAULT) {
                id::DEFAULT.clone_into(&mut boxed.id);
                boxed.value = Value::Null;
                member.traits.set(boxed);
            }
        }
    }
}

/// Makes a string with the `enum` trait of Smithy 1.0 the enum that it is, also where a value has no name.
pub(crate) fn old_enum(shape: &mut Shape, findings: &mut Findings) {
    if shape.kind == Kind::String
        && let Some(old) = shape.traits.remove(id::ENUM)
    {
        shape.kind = Kind::Enum;
        shape.members = enum_members(&old.node(), shape, findings);
    }
}

/// The definitions of an old `enum` trait as members of an enum.
fn enum_members(old: &Node<'_>, shape: &Shape, findings: &mut Findings) -> Vec<Member> {
    let hint = "the `enum` trait is a list of {\"value\": \"x\", \"name\": \"X\"}";
    let mut taken = BTreeSet::new();
    let mut members = Vec::new();
    for definition in old.items(findings, hint) {
        let Some(value) = definition.field("value") else {
            findings.error(&definition.at, "there is no `value` here", hint);
            continue;
        };
        let Some(text) = value.text(findings, hint) else {
            continue;
        };
        let given = definition.field("name");
        let name = match given.and_then(|name| name.text(findings, hint)) {
            Some(name) if is_identifier(name) => name.to_owned(),
            _ => name_from_value(text, &taken),
        };
        taken.insert(name.to_ascii_lowercase());
        members.push(enum_member(name, &definition, shape, &value));
    }
    members
}

fn enum_member(name: String, definition: &Node<'_>, shape: &Shape, value: &Node<'_>) -> Member {
    let at = definition.at.clone().within_member(&name);
    let target = Reference { id: UNIT.to_owned(), at: at.clone() };
    let mut member = Member { name, target, at, traits: Default::default() };
    let mut enum_value = implied(id::ENUM_VALUE, value.value.clone(), shape);
    enum_value.at = value.at.clone();
    member.traits.set(enum_value);
    if let Some(text) = definition.field("documentation") {
        member.traits.set(implied(id::DOCUMENTATION, text.value.clone(), shape));
    }
    if definition.value["deprecated"] == true {
        member.traits.set(implied(id::DEPRECATED, json!({}), shape));
    }
    member
}

/// A name in upper snake case for an enum value that has none; a number tells it from names already taken.
pub fn name_from_value(value: &str, taken: &BTreeSet<String>) -> String {
    let mut name = String::new();
    let mut after_lower = false;
    for character in value.chars() {
        if character.is_ascii_alphanumeric() {
            if after_lower && character.is_ascii_uppercase() {
                name.push('_');
            }
            name.push(character.to_ascii_uppercase());
        } else if !name.is_empty() && !name.ends_with('_') {
            name.push('_');
        }
        after_lower = character.is_ascii_lowercase();
    }
    let mut base = name.trim_end_matches('_').to_owned();
    if base.is_empty() {
        "VALUE".clone_into(&mut base);
    } else if base.starts_with(|first: char| first.is_ascii_digit()) {
        base.insert(0, 'V');
    }
    let is_free = |name: &String| !taken.contains(&name.to_ascii_lowercase());
    let numbered = (2..).map(|number| format!("{base}_{number}"));
    let mut candidates = std::iter::once(base.clone()).chain(numbered);
    candidates.find(is_free).unwrap_or(base)
}

fn defaults_of_targets(ast: &mut Ast, _: &mut Findings) {
    let mut defaults: BTreeMap<String, Trait> = BTreeMap::new();
    for shape in ast.shapes.values() {
        if let Some(default) = shape.traits.get(id::DEFAULT) {
            defaults.insert(shape.id.clone(), default.clone());
        }
    }
    let structures = ast.shapes.values_mut();
    for shape in structures.filter(|shape| shape.kind == Kind::Structure) {
        for member in &mut shape.members {
            let default = defaults.get(&member.target.id);
            if let Some(default) = default.filter(|_| !member.traits.has(id::DEFAULT)) {
                member.traits.set(default.clone());
            }
        }
    }
}

fn inputs_have_no_defaults(ast: &mut Ast, _: &mut Findings) {
    let inputs = ast.shapes.values_mut();
    for shape in inputs.filter(|shape| shape.traits.has(id::INPUT)) {
        let optional = implied(id::CLIENT_OPTIONAL, json!({}), shape);
        for member in &mut shape.members {
            member.traits.remove(id::DEFAULT);
            member.traits.set(optional.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{QUIRKS, name_from_value};
    use std::collections::BTreeSet;

    fn name(value: &str) -> String {
        name_from_value(value, &BTreeSet::new())
    }

    #[test]
    fn values_become_names_in_upper_snake_case() {
        let named: Vec<_> = ["ACTIVE", "s3:GetObject", "t2.nano", "2xl", "--", "inUse"].map(name).into();
        assert_eq!(named, ["ACTIVE", "S3_GET_OBJECT", "T2_NANO", "V2XL", "VALUE", "IN_USE"]);
    }

    #[test]
    fn names_made_from_values_do_not_collide() {
        let taken = BTreeSet::from(["a_b".to_owned(), "a_b_2".to_owned()]);
        assert_eq!(name_from_value("a-b", &taken), "A_B_3");
    }

    #[test]
    fn every_quirk_has_its_own_name() {
        let names: BTreeSet<_> = QUIRKS.iter().map(|quirk| quirk.name).collect();
        assert_eq!(names.len(), QUIRKS.len());
    }
}
