//! Operations: route, input, output, errors and what the other files add.

use serde_json::{Map, Value, json};

use super::input::Fields;
use super::metadata::NO_AUTH;
use super::pagination::Paginators;
use super::shape::{Context, common_traits};
use super::waiters::{Answers, Waiters};
use super::{Converter, Traits, known, object};
use smithy_client_codegen::ast::node::Node;
use smithy_client_codegen::ast::{UNIT, is_identifier};

/// Keys that are understood, or that a client has no use for.
const KEYS: [&str; 23] = [
    "name",
    "http",
    "input",
    "output",
    "errors",
    "documentation",
    "documentationUrl",
    "idempotent",
    "readonly",
    "deprecated",
    "deprecatedMessage",
    "deprecatedSince",
    "auth",
    "authtype",
    "unsignedPayload",
    "endpoint",
    "endpointdiscovery",
    "endpointoperation",
    "httpChecksum",
    "httpChecksumRequired",
    "staticContextParams",
    "operationContextParams",
    "requestcompression",
];
/// The success status that Smithy does not write.
const OK: u64 = 200;

/// Adds one operation.
pub(super) fn convert(
    name: &str,
    node: &Node<'_>,
    context: &Context<'_, '_>,
    paginators: &Paginators<'_>,
    waiters: &Waiters<'_>,
    converter: &mut Converter<'_>,
) {
    let node = Node::new(node.value, node.at.clone().within_shape(name));
    if !is_identifier(name) {
        let message = format!("{name:?} cannot be the name of an operation");
        converter.findings.error(&node.at, message, "names have letters, digits and `_`");
        return;
    }
    node.check_keys(&KEYS, converter.findings);
    let input = reference("input", &node, context, converter);
    let output = reference("output", &node, context, converter);
    let mut traits = common_traits(&node, converter.findings);
    if context.is_rest {
        route(&node, input, context, &mut traits, converter);
    }
    semantics(name, &node, context, &mut traits, converter);
    signing(&node, context, &mut traits, converter);
    verbatim(&node, &mut traits, converter);
    if let Some(paginated) = paginators.of_operation(name, input, output, context, converter) {
        traits.insert("smithy.api#paginated".to_owned(), paginated);
    }
    if let Some(waitable) = waiters.of_operation(name, &answers(&node, context, converter), converter) {
        traits.insert("smithy.waiters#waitable".to_owned(), waitable);
    }
    for kept in known::keep(&mut traits, converter.known.shape(name)) {
        converter.note(format!("{kept} was kept, which botocore cannot state"), name);
    }
    let target = |name: Option<&str>| name.map_or_else(|| json!({ "target": UNIT }), |name| converter.target(name));
    let mut body = object([("type", json!("operation")), ("input", target(input)), ("output", target(output))]);
    let errors = errors(&node, context, converter);
    if !errors.is_empty() {
        body.insert("errors".to_owned(), Value::Array(errors));
    }
    let id = converter.id(name);
    converter.document(&id, &node);
    converter.define(id, body, traits);
}

/// The name of the input or output shape.
fn reference<'a>(
    role: &str,
    node: &Node<'a>,
    context: &Context<'_, '_>,
    converter: &mut Converter<'_>,
) -> Option<&'a str> {
    context.existing(&node.field(role)?, converter.findings)
}

/// The errors in the order of their names, since their order means nothing and differs between sources.
fn errors(node: &Node<'_>, context: &Context<'_, '_>, converter: &mut Converter<'_>) -> Vec<Value> {
    let hint = "`errors` lists references to shapes";
    let items = node.field("errors").map(|errors| errors.items(converter.findings, hint)).unwrap_or_default();
    let mut names: Vec<&str> = items.iter().filter_map(|item| context.existing(item, converter.findings)).collect();
    names.sort_unstable();
    names.dedup();
    names.into_iter().map(|name| converter.target(name)).collect()
}

/// What answers to the operation tell of its errors, for waiters.
fn answers<'a>(node: &Node<'a>, context: &Context<'_, '_>, converter: &mut Converter<'_>) -> Answers<'a> {
    let items = node.field("errors").map(|errors| errors.items(converter.findings, "")).unwrap_or_default();
    let errors = items.iter().filter_map(|item| {
        let name = item.value.get("shape")?.as_str()?;
        let status = context.shape(name)?.value.pointer("/error/httpStatusCode")?.as_u64()?;
        Some((name, status))
    });
    Answers {
        errors: errors.collect(),
        is_head: node.value.pointer("/http/method").is_some_and(|method| method == "HEAD"),
    }
}

/// Method, path and status. Labels in botocore's path have names of the wire, in Smithy's those of members.
fn route(
    node: &Node<'_>,
    input: Option<&str>,
    context: &Context<'_, '_>,
    traits: &mut Traits,
    converter: &mut Converter<'_>,
) {
    let Some(http) = node.field("http") else {
        converter.findings.error(&node.at, "`http` is missing", "botocore always states it; is the file whole?");
        return;
    };
    http.check_keys(&["method", "requestUri", "responseCode"], converter.findings);
    let method = http.needed_text("method", converter.findings);
    let uri = http.needed_text("requestUri", converter.findings);
    let Some((method, uri)) = method.zip(uri) else {
        return;
    };
    let mut uri = uri.to_owned();
    let members = input.and_then(|input| context.shape(input)?.value.get("members")?.as_object());
    for (name, member) in members.into_iter().flatten().filter(|(_, member)| member["location"] == "uri") {
        let label = member["locationName"].as_str().unwrap_or(name);
        for end in ["}", "+}"] {
            uri = uri.replace(&format!("{{{label}{end}"), &format!("{{{name}{end}"));
        }
    }
    let mut value = object([("method", json!(method)), ("uri", json!(uri))]);
    let status = http.value.get("responseCode").and_then(Value::as_u64);
    if let Some(status) = status.filter(|status| *status != OK) {
        value.insert("code".to_owned(), json!(status));
    }
    traits.insert("smithy.api#http".to_owned(), Value::Object(value));
}

/// Whether the operation can be repeated, and whether it changes anything.
///
/// Files up to 2024 never say `readonly`; in those it is a GET that changes nothing.
fn semantics(
    name: &str,
    node: &Node<'_>,
    context: &Context<'_, '_>,
    traits: &mut Traits,
    converter: &mut Converter<'_>,
) {
    if node.flag("idempotent", converter.findings) {
        traits.insert("smithy.api#idempotent".to_owned(), json!({}));
    }
    let is_get = node.value.pointer("/http/method").is_some_and(|method| method == "GET");
    let by_method = context.is_rest && is_get && !context.usage.states_readonly();
    if by_method {
        converter.note("this file says of no operation that it is readonly; GET is taken for it", name);
    }
    if by_method || node.flag("readonly", converter.findings) {
        traits.insert("smithy.api#readonly".to_owned(), json!({}));
    }
}

/// How the operation signs, where it differs from the service.
fn signing(node: &Node<'_>, context: &Context<'_, '_>, traits: &mut Traits, converter: &mut Converter<'_>) {
    let mut stated = node.texts("auth", converter.findings);
    match node.optional_text("authtype", converter.findings) {
        Some("none") if stated.is_empty() => stated.push(NO_AUTH),
        Some("v4-unsigned-body") => {
            traits.insert("aws.auth#unsignedPayload".to_owned(), json!({}));
        }
        Some("none" | "v4" | "bearer") | None => {}
        Some(other) => {
            let message = format!("authtype {other:?} is not understood here and was left out");
            converter.findings.warning(
                &node.at.child("authtype"),
                message,
                "none, v4, v4-unsigned-body and bearer are",
            );
        }
    }
    if node.flag("unsignedPayload", converter.findings) {
        traits.insert("aws.auth#unsignedPayload".to_owned(), json!({}));
    }
    let signed: Vec<&str> = stated.iter().copied().filter(|id| *id != NO_AUTH).collect();
    if signed.len() < stated.len() {
        traits.insert("smithy.api#optionalAuth".to_owned(), json!({}));
    }
    if !stated.is_empty() && !signed.iter().eq(context.auth.iter()) {
        traits.insert("smithy.api#auth".to_owned(), json!(signed));
    }
}

/// Traits whose values botocore took over as they are.
fn verbatim(node: &Node<'_>, traits: &mut Traits, converter: &mut Converter<'_>) {
    let same = [
        ("endpoint", "smithy.api#endpoint"),
        ("httpChecksum", "aws.protocols#httpChecksum"),
        ("staticContextParams", "smithy.rules#staticContextParams"),
        ("operationContextParams", "smithy.rules#operationContextParams"),
        ("requestcompression", "smithy.api#requestCompression"),
    ];
    for (key, id) in same {
        if let Some(field) = node.field(key) {
            let value: Map<String, Value> =
                field.object(converter.findings, "botocore writes an object here").cloned().unwrap_or_default();
            traits.insert(id.to_owned(), Value::Object(value));
        }
    }
    if node.flag("httpChecksumRequired", converter.findings) {
        traits.insert("smithy.api#httpChecksumRequired".to_owned(), json!({}));
    }
    if let Some(discovery) = node.field("endpointdiscovery") {
        let required = discovery.flag("required", converter.findings);
        traits.insert("aws.api#clientDiscoveredEndpoint".to_owned(), json!({ "required": required }));
    }
}
