//! Operations that a client calls by itself before it calls another: one that tells where requests go
//! (`aws.api#clientEndpointDiscovery`), and one that opens a session, by the credentials of which requests are signed.

use super::ShapeId;
use super::merged::Ast;
use super::selection::{Choice, Selection};
use super::traits::{self, id};
use crate::ast::Shape;
use crate::ast::node::{Findings, Node};

/// The auth scheme of endpoint rules that signs by the credentials of a session.
const SESSION_SCHEME: &str = "sigv4-s3express";

/// The operation that opens a session, where endpoint rules have the scheme. No trait tells.
const SESSION_OPERATION: &str = "CreateSession";

/// How a service tells the endpoints of operations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointDiscovery {
    /// The operation that tells them.
    pub operation: ShapeId,
    /// The error by which the service says that an endpoint has moved.
    pub error: Option<ShapeId>,
}

/// What the service says of discovery; reports an operation that is none of the service's, and an error that is none.
pub(super) fn endpoint_discovery(
    service: &Shape,
    operations: &[&Shape],
    ast: &Ast,
    findings: &mut Findings,
) -> Option<EndpointDiscovery> {
    let found = service.traits.get(id::CLIENT_ENDPOINT_DISCOVERY)?.node();
    let error = traits::text_field(&found, "error", findings);
    if let Some(error) = &error {
        let is_error = |shape: &Shape| shape.traits.has(id::ERROR);
        let hint = "write the id of an error of the service, that which says that an endpoint has moved";
        check_named(&found, "error", error, ast.shapes.get(error.as_str()).map(is_error), hint, findings);
    }
    let operation = traits::needed_text(&found, id::CLIENT_ENDPOINT_DISCOVERY, "operation", findings)?;
    let is_of_service = |shape: &Shape| operations.iter().any(|operation| operation.id == shape.id);
    let tells = ast.shapes.get(operation.as_str()).map(is_of_service);
    let hint = "write the id of an operation of the service, that which tells endpoints";
    check_named(&found, "operation", &operation, tells, hint, findings);
    Some(EndpointDiscovery { operation: ShapeId::new(operation), error: error.map(ShapeId::new) })
}

/// Reports a shape that the trait names under a key, and that is not there or does not fit.
fn check_named(found: &Node<'_>, key: &str, named: &str, fits: Option<bool>, hint: &str, findings: &mut Findings) {
    let message = match fits {
        Some(true) => return,
        Some(false) => format!("{named} cannot be the `{key}` of endpoint discovery"),
        None => format!("target {named} does not exist"),
    };
    findings.error(&found.at.child(key), message, hint);
}

/// Whether an operation can only be called at an endpoint that the service has told; reports one of a service that has
/// no operation to tell it.
pub(super) fn needs_discovery(operation: &Shape, service: &Shape, findings: &mut Findings) -> bool {
    let is_needed = requires(operation);
    let required =
        operation.traits.get(id::CLIENT_DISCOVERED_ENDPOINT).and_then(|found| found.node().field("required"));
    if let Some(required) = required.filter(|required| !required.value.is_boolean()) {
        traits::wrong(&required, id::CLIENT_DISCOVERED_ENDPOINT, "`true` or `false`", findings);
    }
    if let Some(found) = operation.traits.get(id::CLIENT_DISCOVERED_ENDPOINT).filter(|_| is_needed)
        && !service.traits.has(id::CLIENT_ENDPOINT_DISCOVERY)
    {
        findings.unsupported(
            &found.at,
            format!("the operation needs endpoint discovery, and the service has no {}", id::CLIENT_ENDPOINT_DISCOVERY),
        );
    }
    is_needed
}

fn requires(operation: &Shape) -> bool {
    operation.traits.get(id::CLIENT_DISCOVERED_ENDPOINT).is_some_and(|found| found.value["required"] == true)
}

/// The operation that opens a session, of a service whose endpoint rules sign by sessions.
pub(super) fn session_operation(service: &Shape, operations: &[&Shape]) -> Option<ShapeId> {
    let rules = [id::ENDPOINT_RULE_SET, id::ENDPOINT_BDD];
    let mut rules = rules.iter().filter_map(|trait_id| service.traits.get(trait_id));
    let scheme = format!("{SESSION_SCHEME:?}");
    rules.any(|found| found.value.to_string().contains(&scheme)).then_some(())?;
    let mut ids = operations.iter().map(|operation| ShapeId::new(&operation.id));
    ids.find(|operation| operation.name() == SESSION_OPERATION)
}

/// The chosen ones of all operations, and those that a client of them calls by itself, in the order of all. One that was
/// left out by its name stays out.
pub(super) fn with_called<'a>(
    all: &[&'a Shape],
    chosen: &[&'a Shape],
    service: &Shape,
    selection: &Selection,
) -> Vec<&'a Shape> {
    let is_unwanted = |id: &str| {
        let name = id.split_once('#').map_or(id, |(_, name)| name);
        selection.choice == Choice::AllBut && selection.names.iter().any(|unwanted| unwanted == name)
    };
    let tells = service.traits.get(id::CLIENT_ENDPOINT_DISCOVERY).filter(|_| chosen.iter().copied().any(requires));
    let tells = tells.and_then(|found| found.value["operation"].as_str());
    let opens = session_operation(service, all).filter(|_| !chosen.is_empty());
    let is_called = |id: &str| tells == Some(id) || opens.as_ref().is_some_and(|opens| opens.as_str() == id);
    let is_chosen = |id: &str| chosen.iter().any(|one| one.id == id);
    let is_here = |id: &str| is_chosen(id) || is_called(id) && !is_unwanted(id);
    all.iter().copied().filter(|one| is_here(&one.id)).collect()
}
