//! Mixins: what a shape inherits becomes its own.

use super::merged::Ast;
use crate::ast::node::Findings;
use crate::ast::{Kind, Member, Reference, Shape, Trait, Traits};
use std::collections::BTreeSet;

/// Marks a shape as a mixin and says which of its traits are not inherited.
const MIXIN: &str = "smithy.api#mixin";

/// Ids of all shapes, every mixin before the shapes that use it.
///
/// A mixin that is missing, is none, or leads back to its user is reported and dropped.
pub(crate) fn order(ast: &mut Ast, findings: &mut Findings) -> Vec<String> {
    let ids: Vec<String> = ast.shapes.keys().cloned().collect();
    drop_unusable(ast, &ids, findings);
    let mut ordered = Vec::with_capacity(ids.len());
    let mut done = BTreeSet::new();
    for id in ids {
        visit(ast, id, &mut done, &mut ordered, findings);
    }
    ordered
}

/// Removes references to mixins that cannot be used.
fn drop_unusable(ast: &mut Ast, ids: &[String], findings: &mut Findings) {
    for id in ids {
        let Some(shape) = ast.shapes.get(id) else {
            continue;
        };
        if shape.mixins.is_empty() {
            continue;
        }
        let (kind, mixins) = (shape.kind, shape.mixins.clone());
        let usable = mixins.into_iter();
        let usable: Vec<_> = usable.filter(|one| is_usable(ast, kind, one, findings)).collect();
        if let Some(shape) = ast.shapes.get_mut(id) {
            shape.mixins = usable;
        }
    }
}

fn is_usable(ast: &Ast, kind: Kind, reference: &Reference, findings: &mut Findings) -> bool {
    let Some(mixin) = ast.find(reference, findings) else {
        return false;
    };
    if mixin.kind != kind {
        findings.error(
            &reference.at,
            format!("{} is {}, and this shape is {}", mixin.id, mixin.kind.described(), kind.described()),
            "a shape and its mixins are of the same type",
        );
        return false;
    }
    let marked = mixin.traits.has(MIXIN);
    if !marked {
        findings.error(
            &reference.at,
            format!("{} is no mixin", mixin.id),
            format!("add the trait {MIXIN} to it, or remove it here"),
        );
    }
    marked
}

/// One step of the walk over mixins.
enum Step {
    Enter(String),
    Leave(String),
}

/// Appends the mixins of a shape and then the shape, without recursion: chains may be long.
fn visit(
    ast: &mut Ast,
    start: String,
    done: &mut BTreeSet<String>,
    ordered: &mut Vec<String>,
    findings: &mut Findings,
) {
    let mut open = BTreeSet::new();
    let mut steps = vec![Step::Enter(start)];
    while let Some(step) = steps.pop() {
        match step {
            Step::Enter(id) => {
                if done.contains(&id) || !open.insert(id.clone()) {
                    continue;
                }
                cut_cycles(ast, &id, &open, findings);
                steps.push(Step::Leave(id.clone()));
                let mixins = ast.shapes.get(&id).into_iter().flat_map(|one| &one.mixins);
                steps.extend(mixins.map(|mixin| Step::Enter(mixin.id.clone())));
            }
            Step::Leave(id) => {
                open.remove(&id);
                done.insert(id.clone());
                ordered.push(id);
            }
        }
    }
}

/// Drops mixins of a shape that are being visited already.
fn cut_cycles(ast: &mut Ast, id: &str, open: &BTreeSet<String>, findings: &mut Findings) {
    if let Some(shape) = ast.shapes.get_mut(id) {
        shape.mixins.retain(|mixin| {
            let cycle = open.contains(&mixin.id);
            if cycle {
                findings.error(
                    &mixin.at,
                    format!("{} is a mixin of itself through {id}", mixin.id),
                    "break the circle by removing one of its mixins",
                );
            }
            !cycle
        });
    }
}

/// Gives a shape the members, traits and links of its mixins, which are complete already.
pub(crate) fn inherit(shape: &mut Shape, ast: &Ast, findings: &mut Findings) {
    let mixins: Vec<&Shape> = shape.mixins.iter().filter_map(|mixin| ast.shapes.get(&mixin.id)).collect();
    if mixins.is_empty() {
        return;
    }
    // The `enum` trait of a mixin has made it an enum by now, and so what inherits that trait.
    if shape.kind == Kind::String && mixins.iter().any(|mixin| mixin.kind == Kind::Enum) {
        shape.kind = Kind::Enum;
    }
    let own_members = std::mem::take(&mut shape.members);
    let mut traits = Traits::default();
    for mixin in &mixins {
        for inherited in heritable(mixin) {
            traits.set(inherited.clone());
        }
        for member in &mixin.members {
            add_member(shape, member.clone(), findings);
        }
    }
    for member in own_members {
        add_member(shape, member, findings);
    }
    for own in shape.traits.iter() {
        traits.set(own.clone());
    }
    shape.traits = traits;
    for mixin in mixins.iter().rev() {
        inherit_links(shape, mixin);
    }
}

/// The traits of a mixin that its users get.
fn heritable(mixin: &Shape) -> impl Iterator<Item = &Trait> {
    let marker = mixin.traits.get(MIXIN);
    let local = marker.and_then(|marker| marker.value["localTraits"].as_array());
    mixin.traits.iter().filter(move |one| {
        let is_local = local.is_some_and(|ids| ids.iter().any(|id| *id == *one.id));
        one.id != MIXIN && !is_local
    })
}

/// Adds a member, or the traits of a member that an earlier mixin brought.
fn add_member(shape: &mut Shape, new: Member, findings: &mut Findings) {
    let present = shape.members.iter_mut().find(|one| one.name == new.name);
    let Some(present) = present else {
        shape.members.push(new);
        return;
    };
    if present.target.id != new.target.id {
        findings.error(
            &new.target.at,
            format!("a mixin says that {} targets {}", new.name, present.target.id),
            "a member keeps its target; give it the same one or another name",
        );
    }
    for own in new.traits.iter() {
        present.traits.set(own.clone());
    }
    present.at = new.at;
    present.target.at = new.target.at;
}

fn inherit_links(shape: &mut Shape, mixin: &Shape) {
    let (own, from) = (&mut shape.links, &mixin.links);
    own.version = own.version.take().or_else(|| from.version.clone());
    own.input = own.input.take().or_else(|| from.input.clone());
    own.output = own.output.take().or_else(|| from.output.clone());
    own.errors.splice(0..0, from.errors.iter().cloned());
    own.operations.splice(0..0, from.operations.iter().cloned());
    own.resources.splice(0..0, from.resources.iter().cloned());
    own.rename.splice(0..0, from.rename.iter().cloned());
}
