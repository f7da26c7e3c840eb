//! Lists and maps within each other: never in a circle, and not deeper than Rust types can be written down.

use super::merged::Ast;
use crate::ast::node::Findings;
use crate::ast::{Kind, Member, Shape};
use std::collections::BTreeMap;

/// How many lists and maps may stand within each other without a structure in between. Each is a `Vec` or a `HashMap`
/// around the next, which compilers and people read up to some depth; models of services have five at most.
const DEEPEST: usize = 50;

/// Reports lists and maps that contain themselves, each circle once, and those that stand too deep within each other.
pub(crate) fn check<'a>(shapes: impl Iterator<Item = &'a Shape>, ast: &'a Ast, findings: &mut Findings) {
    let mut depths: BTreeMap<&str, usize> = BTreeMap::new();
    for shape in shapes {
        let mut path: Vec<(&Shape, &Member)> = Vec::new();
        let mut next = Some(shape);
        while let Some((shape, element)) = next.and_then(element).filter(|(shape, _)| !depths.contains_key(&*shape.id))
        {
            // Until its depth is known, a shape counts as one that is on the way.
            depths.insert(&shape.id, 0);
            path.push((shape, element));
            next = ast.shapes.get(&element.target.id);
        }
        if let Some(start) = path.iter().position(|(passed, _)| next.is_some_and(|next| passed.id == next.id)) {
            report_circle(&path[start..], findings);
        }
        let mut depth = next.and_then(|shape| depths.get(&*shape.id)).copied().unwrap_or(0);
        for (shape, element) in path.iter().rev() {
            depth += 1;
            depths.insert(&shape.id, depth);
            if depth == DEEPEST + 1 {
                report_depth(shape, element, findings);
            }
        }
    }
}

/// A list or map with the member that holds its elements.
fn element(shape: &Shape) -> Option<(&Shape, &Member)> {
    let is_collection = matches!(shape.kind, Kind::List | Kind::Map);
    let element = shape.members.iter().find(|member| member.name != "key")?;
    is_collection.then_some((shape, element))
}

fn report_circle(circle: &[(&Shape, &Member)], findings: &mut Findings) {
    let ids: Vec<&str> = circle.iter().map(|(shape, _)| shape.id.as_str()).collect();
    let Some(((first, _), (_, last))) = circle.first().zip(circle.last()) else {
        return;
    };
    let through = match ids.as_slice() {
        [_] => String::new(),
        [_, between @ ..] => format!(" through {}", between.join(", ")),
        [] => return,
    };
    findings.error(
        &last.target.at,
        format!("{} contains itself{through} without a structure in between", first.id),
        "put a structure between the list or map and itself",
    );
}

fn report_depth(shape: &Shape, element: &Member, findings: &mut Findings) {
    findings.error(
        &element.target.at,
        format!("more than {DEEPEST} lists and maps stand within each other, from {} inwards", shape.id),
        "put a structure in between, or leave some of them out",
    );
}
