//! Several sources become one set of shapes: definitions merge, then `apply` and mixins take effect.

use super::merged::Ast;
use super::{mixins, quirks};
use crate::ast::node::Findings;
use crate::ast::suggest::did_you_mean;
use crate::ast::{Apply, File, Shape, Trait, Traits};
use serde_json::Value;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// The one trait that a later source may replace.
const DOCUMENTATION: &str = "smithy.api#documentation";

/// Merges the sources; whatever contradicts is reported.
pub(crate) fn merge(files: Vec<File>, findings: &mut Findings) -> Ast {
    let mut ast = Ast::default();
    let mut applies: BTreeMap<String, Vec<Apply>> = BTreeMap::new();
    for file in files {
        ast.broken.extend(file.broken);
        for shape in file.shapes {
            define(&mut ast, shape, findings);
        }
        for apply in file.applies {
            applies.entry(apply.shape.clone()).or_default().push(apply);
        }
    }
    for (id, statements) in &applies {
        if !ast.shapes.contains_key(id) && !ast.broken.contains(id) {
            for statement in statements {
                let hint = ast.similar(id, findings);
                let message = format!("this applies traits to {id}, which does not exist");
                findings.error(&statement.at, message, hint);
            }
        }
    }
    for id in mixins::order(&mut ast, findings) {
        complete(&mut ast, &id, applies.remove(&id), findings);
    }
    ast
}

/// Adds a shape; the same shape may be defined twice only word for word.
fn define(ast: &mut Ast, shape: Shape, findings: &mut Findings) {
    match ast.shapes.entry(shape.id.clone()) {
        Entry::Vacant(place) => {
            place.insert(shape);
        }
        Entry::Occupied(present) => {
            let present = present.get();
            if present.raw == shape.raw && member_names(present).eq(member_names(&shape)) {
                return;
            }
            let source = present.at.source();
            findings.error(
                &shape.at,
                format!("{} is defined differently in {source}", shape.id),
                "keep one definition and add to it with `apply`, or make both the same",
            );
        }
    }
}

fn member_names(shape: &Shape) -> impl Iterator<Item = &str> {
    shape.members.iter().map(|member| member.name.as_str())
}

/// Gives a shape its applied traits and what its mixins hand down.
fn complete(ast: &mut Ast, id: &str, applies: Option<Vec<Apply>>, findings: &mut Findings) {
    let Some(mut shape) = ast.shapes.remove(id) else {
        return;
    };
    let (to_members, to_shape): (Vec<_>, Vec<_>) =
        applies.into_iter().flatten().partition(|apply| apply.member.is_some());
    for apply in to_shape {
        add_traits(&mut shape.traits, apply.traits, findings);
    }
    mixins::inherit(&mut shape, ast, findings);
    quirks::old_enum(&mut shape, findings);
    for apply in to_members {
        apply_to_member(&mut shape, apply, findings);
    }
    ast.shapes.insert(id.to_owned(), shape);
}

fn apply_to_member(shape: &mut Shape, apply: Apply, findings: &mut Findings) {
    let wanted = apply.member.unwrap_or_default();
    let found = shape.members.iter_mut().find(|one| one.name == wanted);
    if let Some(member) = found {
        add_traits(&mut member.traits, apply.traits, findings);
        return;
    }
    let id = &shape.id;
    let fallback = "name a member that the shape has";
    let hint = did_you_mean(&wanted, member_names(shape), fallback);
    let message = format!("this applies traits to {wanted}, which {id} does not have");
    findings.error(&apply.at, message, hint);
}

/// Adds applied traits to those that are there.
///
/// Equal values agree, arrays are joined, documentation is that of the last source; all else is a contradiction.
fn add_traits(present: &mut Traits, applied: Traits, findings: &mut Findings) {
    for new in applied.iter() {
        match present.get_mut(&new.id) {
            None => present.set(new.clone()),
            Some(old) => join(old, new, findings),
        }
    }
}

fn join(old: &mut Trait, new: &Trait, findings: &mut Findings) {
    if old.value == new.value {
        return;
    }
    if old.id == DOCUMENTATION && old.source != new.source {
        if new.source > old.source {
            *old = new.clone();
        }
        return;
    }
    if let (Value::Array(items), Value::Array(more)) = (&mut old.value, &new.value) {
        items.extend(more.iter().cloned());
        return;
    }
    findings.error(
        &new.at,
        format!("trait {} is already there with another value", new.id),
        format!("remove one of the two; the other stands in {}", old.at.source()),
    );
}
