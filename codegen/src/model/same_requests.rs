//! Operations whose requests a service cannot tell apart.
//!
//! That is no matter for a client, which sends what it is told to, but a mistake of who writes the model of a service. So it
//! is told where it is certain, and not of what published models mean: S3 has operations with one route that a parameter
//! tells apart which one of them always has, others that have endpoints of their own, and deprecated ones beside those that
//! are called in their place.

use std::collections::BTreeMap;

use super::merged::Ast;
use super::traits::id;
use super::{Http, Operation, Segment};
use crate::ast::node::Findings;
use crate::ast::{self, Member};

/// Warns of operations of the same method, host and route, whatever its labels are called, where nothing else tells them
/// apart either.
pub(crate) fn check(operations: &[Operation], ast: &Ast, findings: &mut Findings) {
    let mut taken: BTreeMap<_, Vec<&Operation>> = BTreeMap::new();
    for operation in operations.iter().filter(|operation| operation.deprecated.is_none()) {
        let Http { method, path, query, .. } = &operation.http;
        let path: Vec<_> = path.iter().map(Segment::anonymous).collect();
        let mut query: Vec<_> = query.iter().collect();
        query.sort();
        let others = taken.entry((method, &operation.host_prefix, path, query)).or_default();
        if let Some(other) = others.iter().find(|other| !are_apart(other, operation, ast)) {
            warn(other, operation, ast, findings);
        }
        others.push(operation);
    }
}

/// Whether requests of one route differ: in where they are sent to by the endpoint rules, or in a parameter that all requests
/// of one operation have and those of the other cannot have.
fn are_apart(one: &Operation, other: &Operation, ast: &Ast) -> bool {
    one.static_context_params != other.static_context_params || is_marked(one, other, ast) || is_marked(other, one, ast)
}

/// Whether all requests of an operation have a query parameter or a header that those of the other cannot have.
fn is_marked(operation: &Operation, other: &Operation, ast: &Ast) -> bool {
    let others: Vec<_> = parameters(other, ast).map(|(_, parameter)| parameter).collect();
    parameters(operation, ast)
        .any(|(member, parameter)| member.traits.has(id::REQUIRED) && !others.contains(&parameter))
}

/// The members of an input that are query parameters or headers of their own, each with the trait that says so and the name.
fn parameters<'a>(operation: &Operation, ast: &'a Ast) -> impl Iterator<Item = (&'a Member, (&'static str, String))> {
    let input = operation.input.as_ref().and_then(|input| ast.shapes.get(input.as_str()));
    let members = input.map_or(&[][..], |input| &input.members);
    members.iter().filter_map(|member| {
        let named = |id: &'static str| Some((id, member.traits.get(id)?.value.as_str()?.to_owned()));
        let header = || named(id::HTTP_HEADER).map(|(id, name)| (id, name.to_ascii_lowercase()));
        Some((member, named(id::HTTP_QUERY).or_else(header)?))
    })
}

fn warn(other: &Operation, operation: &Operation, ast: &Ast, findings: &mut Findings) {
    let shape = ast.shapes.get(operation.id.as_str());
    let Some(found) = shape.and_then(|shape| shape.traits.get(id::HTTP)) else { return };
    let (one, other, method) = (operation.id.name(), other.id.name(), &operation.http.method);
    findings.warning(
        &found.at,
        format!("{other} and {one} are sent to the same place: {method} {}", uri(found)),
        "a service cannot tell their requests apart; give one of them another `method` or `uri`, or a required parameter",
    );
}

/// The route of an operation as its trait has it.
fn uri(http: &ast::Trait) -> &str {
    http.value["uri"].as_str().unwrap_or_default()
}
