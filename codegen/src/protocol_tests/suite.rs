//! The cases of each service of a model.

use super::case::{Case, Kind};
use super::events;
use crate::Source;
use crate::ast;
use crate::ast::node::{Findings, Node};
use crate::ast::{Shape, Trait};
use crate::model::load::read_all;
use crate::model::merged::Ast;
use crate::model::service::{operations, protocol};
use crate::report::Report;
use serde_json::Value;
use std::collections::BTreeMap;

/// Requests of an operation.
const REQUEST_TESTS: &str = "smithy.test#httpRequestTests";

/// Responses of an operation, or those that are an error.
const RESPONSE_TESTS: &str = "smithy.test#httpResponseTests";

/// Streams of events of an operation.
const EVENT_TESTS: &str = "smithy.test#eventStreamTests";

/// A service with the cases of its operations and their errors.
#[derive(Clone, Debug)]
pub struct Suite {
    /// Id of the service's shape.
    pub service: String,
    /// The model without its other services.
    pub sources: Vec<Source>,
    /// Why the generator cannot emit any client of the service, as a clause: it speaks another protocol.
    pub unsupported: Option<String>,
    /// The cases in the order of the operations; those of errors, by name, come last.
    pub cases: Vec<Case>,
}

/// Reads the cases of every service that the sources, which make up one model, have.
///
/// # Errors
/// A [`Report`] of sources that are no Smithy AST, and of cases that are not as Smithy defines them.
pub fn suites(sources: &[Source]) -> Result<Vec<Suite>, Report> {
    let texts = Source::texts(sources);
    let mut findings = Findings::default();
    let suites = read_all(&texts, &mut findings).map(|ast| of_services(&ast, sources, &mut findings));
    findings.into_result()?;
    Ok(suites.unwrap_or_default())
}

fn of_services(ast: &Ast, sources: &[Source], findings: &mut Findings) -> Vec<Suite> {
    let services = || ast.shapes.values().filter(|shape| shape.kind == ast::Kind::Service);
    let others = |service: &Shape| -> Vec<&str> {
        services().map(|other| other.id.as_str()).filter(|other| *other != service.id).collect()
    };
    services()
        .map(|service| Suite {
            service: service.id.clone(),
            sources: sources.iter().map(|source| without(source, &others(service))).collect(),
            unsupported: unsupported(service),
            cases: cases(ast, service, findings),
        })
        .collect()
}

/// What the generator would say of the service's protocol.
fn unsupported(service: &Shape) -> Option<String> {
    let mut findings = Findings::default();
    protocol(service, None, &mut findings);
    let refusal = findings.into_result().err()?;
    refusal.diagnostics.into_iter().next().map(|problem| problem.message)
}

/// A source without these shapes.
fn without(source: &Source, shapes: &[&str]) -> Source {
    if shapes.is_empty() {
        return source.clone();
    }
    let text = match serde_json::from_str::<Value>(source.text.trim_start_matches('\u{feff}')) {
        Ok(mut model) => {
            if let Some(defined) = model.get_mut("shapes").and_then(Value::as_object_mut) {
                defined.retain(|id, _| !shapes.contains(&id.as_str()));
            }
            model.to_string()
        }
        // It was read before; whoever generates from it reports what is wrong.
        Err(_) => source.text.clone(),
    };
    Source { name: source.name.clone(), text }
}

/// The cases of a service's operations, then those of its errors.
fn cases(ast: &Ast, service: &Shape, findings: &mut Findings) -> Vec<Case> {
    let operations = operations(service, ast, findings);
    let mut cases = Vec::new();
    let mut errors: BTreeMap<&str, &Shape> = BTreeMap::new();
    for owner in operations.iter().copied().chain([service]) {
        for reference in &owner.links.errors {
            errors.extend(ast.shapes.get(&reference.id).map(|error| (error.id.as_str(), error)));
        }
    }
    for operation in operations {
        read(operation, REQUEST_TESTS, findings, &mut cases, Case::of_request);
        let response = |shape: &str, stated: &Value| Case::of_response(shape, Kind::Response, stated);
        read(operation, RESPONSE_TESTS, findings, &mut cases, response);
        read(operation, EVENT_TESTS, findings, &mut cases, events::case);
    }
    for error in errors.into_values() {
        let response = |shape: &str, stated: &Value| Case::of_response(shape, Kind::Error, stated);
        read(error, RESPONSE_TESTS, findings, &mut cases, response);
    }
    cases
}

/// Reads the cases of one trait of a shape; reports those that are not as they have to be.
fn read(
    shape: &Shape,
    id: &str,
    findings: &mut Findings,
    cases: &mut Vec<Case>,
    case: impl Fn(&str, &Value) -> Result<Case, serde_json::Error>,
) {
    let Some(node) = shape.traits.get(id).map(Trait::node) else { return };
    for Node { value, at } in node.items(findings, "write a list of cases") {
        match case(&shape.id, value) {
            Ok(case) => cases.push(case),
            Err(problem) => {
                findings.error(&at, format!("this is no case of {id}: {problem}"), "write it as Smithy defines it");
            }
        }
    }
}
