//! Operations: input, output, errors, route, and the traits that steer a call.

use super::jmespath::Expression;
use super::resolver::Resolver;
use super::traits::{self, Place, id};
use super::{
    Http, Operation, ShapeId, auth, beforehand, checksum, event_streams, examples, pagination, route, waiters,
};
use crate::ast;
use crate::ast::node::{Findings, Node};
use crate::ast::suggest::did_you_mean;
use crate::ast::{Kind, Reference, Shape, UNIT};
use serde_json::Value;
use std::collections::BTreeMap;

/// Lowers an operation of the service.
pub(crate) fn lower<'a>(shape: &'a Shape, of_service: &'a Shape, resolver: &mut Resolver<'a>) -> Operation {
    resolver.check_traits(&shape.traits, Place::Operation);
    let input = structure(shape.links.input.as_ref(), "input", resolver);
    let output = structure(shape.links.output.as_ref(), "output", resolver);
    let errors = errors(shape, of_service, resolver);
    let paginated = pagination::paginated(shape, of_service, (input, output), resolver);
    let http = match resolver.protocol.has_bindings {
        true => http(shape, input, resolver.findings),
        false => None,
    };
    let findings = &mut *resolver.findings;
    let of_operation = &shape.traits;
    Operation {
        id: ShapeId::new(&shape.id),
        errors,
        http: http.unwrap_or_else(post_to_root),
        paginated,
        host_prefix: host_prefix(shape, input, findings),
        auth: auth::of_operation(of_operation, of_service, findings),
        checksum_required: traits::flag(of_operation, id::HTTP_CHECKSUM_REQUIRED, findings),
        checksum: checksum::lower(shape, input, resolver.ast, findings),
        compressed: is_compressed(of_operation, findings),
        static_context_params: static_params(shape, findings),
        operation_context_params: operation_params(shape, findings),
        needs_discovery: beforehand::needs_discovery(shape, of_service, findings),
        unsigned_payload: traits::flag(of_operation, id::UNSIGNED_PAYLOAD, findings),
        unwrapped_output: traits::flag(of_operation, id::S3_UNWRAPPED_XML_OUTPUT, findings),
        readonly: traits::flag(of_operation, id::READONLY, findings),
        idempotent: traits::flag(of_operation, id::IDEMPOTENT, findings),
        deprecated: traits::deprecated(of_operation, findings),
        documentation: traits::documentation(of_operation, findings),
        examples: examples::examples(of_operation, findings),
        waiters: waiters::waiters(of_operation, findings),
        input: input.map(|shape| resolver.reach(shape)),
        output: output.map(|shape| resolver.reach(shape)),
    }
}

/// Whether requests may be compressed by gzip, the one encoding that Smithy knows.
fn is_compressed(of_operation: &ast::Traits, findings: &mut Findings) -> bool {
    let Some(compression) = of_operation.get(id::REQUEST_COMPRESSION).map(ast::Trait::node) else { return false };
    let hint = "write the encodings in order of preference, such as {\"encodings\": [\"gzip\"]}";
    let encodings = compression.field("encodings").map(|encodings| encodings.items(findings, hint));
    if encodings.as_ref().is_none_or(Vec::is_empty) {
        findings.error(&compression.at, "requests are compressed, and the trait does not say how", hint);
    }
    encodings.unwrap_or_default().iter().any(|encoding| *encoding.value == "gzip")
}

/// The route of every operation where the protocol has no HTTP bindings.
fn post_to_root() -> Http {
    Http { method: "POST".to_owned(), path: Vec::new(), query: Vec::new(), code: 200 }
}

/// The structure that an operation takes or gives; `None` for `Unit` and for what is reported.
fn structure<'a>(reference: Option<&Reference>, role: &str, resolver: &mut Resolver<'a>) -> Option<&'a Shape> {
    let reference = reference.filter(|reference| reference.id != UNIT)?;
    let shape = resolver.find(reference)?;
    if shape.kind == Kind::Structure {
        return Some(shape);
    }
    resolver.findings.error(
        &reference.at,
        format!("the {role} of an operation is a structure, and {} is {}", shape.id, shape.kind.described()),
        format!("put it into a structure, or write {UNIT} for nothing"),
    );
    None
}

/// The errors of an operation, of its service, and of the streams of events that it sends and receives, ordered by name. As
/// in AWS's crates the last are errors of the call, too: a service that finds one before the first event answers with it.
fn errors<'a>(shape: &'a Shape, of_service: &'a Shape, resolver: &mut Resolver<'a>) -> Vec<ShapeId> {
    let mut errors = BTreeMap::new();
    for reference in of_service.links.errors.iter().chain(&shape.links.errors) {
        let Some(error) = resolver.find(reference) else {
            continue;
        };
        if error.kind != Kind::Structure || !error.traits.has(id::ERROR) {
            let what = match error.kind {
                Kind::Structure => format!("a structure without the trait {}", id::ERROR),
                other => other.described(),
            };
            resolver.findings.error(
                &reference.at,
                format!("an error is expected here, and {} is {what}", error.id),
                format!("list structures that have {} with \"client\" or \"server\"", id::ERROR),
            );
            continue;
        }
        let id = resolver.reach(error);
        errors.insert((id.name().to_owned(), id.clone()), id);
    }
    let ast = resolver.ast;
    for error in event_streams::errors(&[shape], ast).filter_map(|id| ast.shapes.get(id)) {
        let id = resolver.reach(error);
        errors.insert((id.name().to_owned(), id.clone()), id);
    }
    errors.into_values().collect()
}

/// `smithy.api#http`, with the labels of its route looked up in the input.
fn http(shape: &Shape, input: Option<&Shape>, findings: &mut Findings) -> Option<Http> {
    let hint = "write {\"method\": \"GET\", \"uri\": \"/path\", \"code\": 200}";
    let Some(found) = shape.traits.get(id::HTTP) else {
        findings.error(&shape.at, format!("the operation has no route: the trait {} is missing", id::HTTP), hint);
        return None;
    };
    let node = found.node();
    node.object(findings, hint)?;
    let mut text = |key: &str| {
        let text = traits::text_field(&node, key, findings);
        if node.field(key).is_none() {
            findings.error(&node.at, format!("the route has no `{key}`"), hint);
        }
        text
    };
    let (method, uri) = (text("method"), text("uri"));
    let (method, uri) = (method?, uri?);
    let is_method = !method.is_empty() && method.bytes().all(|byte| byte.is_ascii_alphabetic());
    if !is_method {
        traits::wrong(&node.field("method")?, id::HTTP, "a method such as \"POST\"", findings);
    }
    let at = node.field("uri")?.at;
    let route = match route::parse(&uri) {
        Ok(route) => route,
        Err(message) => {
            findings.error(&at, message, "write a route such as \"/things/{thingId}?list\"");
            return None;
        }
    };
    check_labels(&route, &Node::new(&found.value, at), input, findings);
    let code = node.field("code");
    let code = code.and_then(|code| traits::bounded(&code, id::HTTP, 100..=599, findings));
    Some(Http { method: method.to_ascii_uppercase(), path: route.path, query: route.query, code: code.unwrap_or(200) })
}

/// Reports labels without a member, members without a label, and query parameters that stand in both places.
fn check_labels(route: &route::Route, uri: &Node<'_>, input: Option<&Shape>, findings: &mut Findings) {
    let members = input.map_or(&[][..], |input| &input.members);
    let bound = members.iter().filter(|member| member.traits.has(id::HTTP_LABEL));
    let bound: Vec<&ast::Member> = bound.collect();
    for label in route.labels() {
        if !bound.iter().any(|member| member.name == label) {
            let names = bound.iter().map(|member| member.name.as_str());
            let fallback = format!("add a required member {label} with the trait {}", id::HTTP_LABEL);
            let hint = did_you_mean(label, names, &fallback);
            let message = format!("no member of the input is the label {{{label}}} of the route");
            findings.error(&uri.at, message, hint);
        }
    }
    for member in bound {
        if !route.labels().any(|label| label == member.name) {
            findings.error(
                &member.at,
                format!("{} is a label, and no route that uses it says where it goes", member.name),
                format!("add {{{}}} to the route, or bind the member elsewhere", member.name),
            );
        }
    }
    for member in members {
        let query = member.traits.get(id::HTTP_QUERY);
        let Some(query) = query.filter(|query| route.query.iter().any(|(key, _)| query.value == **key)) else {
            continue;
        };
        findings.error(
            &query.at,
            format!("the route sets the query parameter {} already", query.value),
            "remove it from the route, or bind the member to another parameter",
        );
    }
}

/// `smithy.api#endpoint` hostPrefix, with its labels looked up in the input.
fn host_prefix(shape: &Shape, input: Option<&Shape>, findings: &mut Findings) -> Option<String> {
    let node = shape.traits.get(id::ENDPOINT)?.node();
    let prefix = traits::needed_text(&node, id::ENDPOINT, "hostPrefix", findings)?;
    let at = node.at.child("hostPrefix");
    let literals = prefix.split('{').enumerate().map(|(index, part)| match index {
        0 => part,
        _ => part.split_once('}').map_or("", |(_, literal)| literal),
    });
    if let Some(wrong) = literals.flat_map(str::chars).find(|c| !(c.is_ascii_alphanumeric() || ".-".contains(*c))) {
        findings.error(&at, format!("{wrong:?} cannot stand in the name of a host"), "use letters, digits, - and .");
    }
    let members = input.map_or(&[][..], |input| &input.members);
    for part in prefix.split('{').skip(1) {
        let Some((label, _)) = part.split_once('}') else {
            findings.error(&at, "a label of the host prefix has no end", "close it with }");
            continue;
        };
        let member = members.iter().find(|member| member.name == label);
        let fits = |member: &&ast::Member| member.traits.has(id::HOST_LABEL) && member.traits.has(id::REQUIRED);
        if member.filter(fits).is_none() {
            findings.error(
                &at,
                format!("the label {{{label}}} of the host prefix needs a required member"),
                format!("give the input a member {label} with {} and {}", id::HOST_LABEL, id::REQUIRED),
            );
        }
    }
    Some(prefix)
}

/// `smithy.rules#staticContextParams`.
fn static_params(shape: &Shape, findings: &mut Findings) -> BTreeMap<String, Value> {
    let trait_id = id::STATIC_CONTEXT_PARAMS;
    let fields = params(shape, trait_id, "value", findings);
    let values = fields.into_iter();
    values.map(|(name, field)| (name, field.value.clone())).collect()
}

/// `smithy.rules#operationContextParams`.
fn operation_params(shape: &Shape, findings: &mut Findings) -> BTreeMap<String, Expression> {
    let fields = params(shape, id::OPERATION_CONTEXT_PARAMS, "path", findings);
    fields.into_iter().filter_map(|(name, field)| Some((name, traits::expression(&field, findings)?))).collect()
}

/// What stands under one key of each parameter of a trait; reports parameters without it.
fn params<'a>(shape: &'a Shape, trait_id: &str, key: &str, findings: &mut Findings) -> Vec<(String, Node<'a>)> {
    let Some(found) = shape.traits.get(trait_id) else {
        return Vec::new();
    };
    let hint = format!("write {{\"ParameterName\": {{\"{key}\": \"x\"}}}}");
    let mut read = Vec::new();
    for (name, param) in found.node().fields(findings, &hint) {
        match param.field(key) {
            Some(field) => read.push((name.clone(), field)),
            None => findings.error(&param.at, format!("there is no `{key}` here"), hint.as_str()),
        }
    }
    read
}
