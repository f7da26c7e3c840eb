//! Structures that require themselves: no value of them can ever be built.

use super::traits::id;
use crate::ast::node::Findings;
use crate::ast::{Kind, Member, Shape};
use std::collections::{BTreeMap, BTreeSet};

/// Reports circles of required members among shapes, each once.
///
/// A structure needs a value of each required member first, and a union one of any of its members. Lists and maps can be
/// empty, and so end a circle.
pub(crate) fn check<'a>(shapes: impl Iterator<Item = &'a Shape>, findings: &mut Findings) {
    let open = never_complete(shapes);
    let mut told = BTreeSet::new();
    for shape in open.values() {
        let mut path: Vec<(&Shape, &Member)> = Vec::new();
        let mut current = *shape;
        while let Some((member, next)) = blocking(current, &open).filter(|_| !told.contains(current.id.as_str())) {
            told.insert(current.id.as_str());
            path.push((current, member));
            if let Some(start) = path.iter().position(|(passed, _)| passed.id == next.id) {
                report(&path[start..], findings);
                break;
            }
            current = next;
        }
    }
}

/// The structures and unions that no value can be built of, by their ids.
fn never_complete<'a>(shapes: impl Iterator<Item = &'a Shape>) -> BTreeMap<&'a str, &'a Shape> {
    let has_parts = |shape: &&Shape| matches!(shape.kind, Kind::Structure | Kind::Union);
    let mut open: BTreeMap<&str, &Shape> = shapes.filter(has_parts).map(|shape| (shape.id.as_str(), shape)).collect();
    let mut users: BTreeMap<&str, Vec<&Shape>> = BTreeMap::new();
    for &shape in open.values() {
        for member in &shape.members {
            users.entry(&member.target.id).or_default().push(shape);
        }
    }
    let mut queue: Vec<&Shape> = open.values().copied().collect();
    while let Some(shape) = queue.pop() {
        if open.contains_key(shape.id.as_str()) && blocking(shape, &open).is_none() {
            open.remove(shape.id.as_str());
            queue.extend(users.get(shape.id.as_str()).into_iter().flatten());
        }
    }
    open
}

/// A member that keeps a value from being built, with its target; `None` when nothing does.
fn blocking<'a>(shape: &'a Shape, open: &BTreeMap<&str, &'a Shape>) -> Option<(&'a Member, &'a Shape)> {
    let target = |member: &'a Member| Some((member, *open.get(member.target.id.as_str())?));
    match shape.kind {
        Kind::Union => {
            let all: Option<Vec<_>> = shape.members.iter().map(target).collect();
            all?.first().copied()
        }
        _ => shape.members.iter().filter(|member| member.traits.has(id::REQUIRED)).find_map(target),
    }
}

/// Tells of one circle, at the member that closes it.
fn report(circle: &[(&Shape, &Member)], findings: &mut Findings) {
    let Some((first, _)) = circle.first() else {
        return;
    };
    let Some((_, last)) = circle.last() else {
        return;
    };
    let steps: Vec<String> = circle
        .iter()
        .map(|(shape, member)| {
            let verb = if shape.kind == Kind::Union { "can only hold" } else { "requires" };
            format!("{} {verb} {} (member {})", shape.id, member.target.id, member.name)
        })
        .collect();
    findings.error(
        &last.at,
        format!("no value of {} can ever be built: {}", first.id, steps.join(", ")),
        format!("make one of these members optional: remove {} from it", id::REQUIRED),
    );
}
