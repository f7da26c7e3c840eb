//! Members of structures, lists and maps: what they target, where they travel and what they default to.

use serde_json::{Value, json};

use super::defaults::lets_required_be_absent;
use super::input::Fields;
use super::shape::{Context, common_traits};
use super::{Converter, Traits, known, object, with_traits, xml};
use smithy_client_codegen::ast::node::Node;

/// Keys that are understood, or that only matter to XML. An `enum` of a member alone is none in Smithy, where AWS has a plain
/// string in its place.
const KEYS: [&str; 24] = [
    "shape",
    "documentation",
    "location",
    "locationName",
    "idempotencyToken",
    "box",
    "deprecated",
    "deprecatedMessage",
    "deprecatedSince",
    "sensitive",
    "timestampFormat",
    "hostLabel",
    "contextParam",
    "streaming",
    "eventheader",
    "eventpayload",
    "endpointdiscoveryid",
    "enum",
    "jsonvalue",
    "flattened",
    "queryName",
    "xmlAttribute",
    "xmlNamespace",
    "requiresLength",
];
/// Trait with what is taken where a member is absent.
pub(super) const DEFAULT: &str = "smithy.api#default";

/// The role of a member in its shape.
#[derive(Clone, Copy, Debug)]
pub(super) enum Role {
    /// A member of a structure or union.
    Named {
        /// Whether it has to be there.
        required: bool,
        /// Whether it is the whole body.
        payload: bool,
    },
    /// The member of a list, or the key or value of a map.
    Part,
}

/// The member, or `None` after an error.
pub(super) fn convert(
    shape: &str,
    name: &str,
    node: &Node<'_>,
    role: Role,
    context: &Context<'_, '_>,
    converter: &mut Converter<'_>,
) -> Option<Value> {
    let node = Node::new(node.value, node.at.clone().within_member(name));
    node.check_keys(&KEYS, converter.findings);
    let target = context.existing(&node, converter.findings)?;
    let target_node = context.shape(target)?;
    let mut traits = common_traits(&node, converter.findings);
    if let Role::Named { required, payload } = role {
        bind(name, target, &node, context, &mut traits, converter);
        for (id, marked) in [("required", required), ("httpPayload", payload)] {
            if marked {
                traits.insert(format!("smithy.api#{id}"), json!({}));
            }
        }
        if required && lets_required_be_absent(context.service_id) {
            traits.insert("smithy.api#clientOptional".to_owned(), json!({}));
        }
        let boxed_target = target_node.flag("box", converter.findings);
        let boxed = boxed_target || node.flag("box", converter.findings);
        let kind = context.kind(target).unwrap_or_default();
        let old = converter.known.member(shape, name).and_then(|old| old.get("traits")?.get(DEFAULT));
        let is_silent = !boxed && context.lacks_default(target);
        let value = if is_silent { old.cloned() } else { default(kind, boxed, old) };
        if let Some(value) = value {
            traits.insert(DEFAULT.to_owned(), value);
        } else if boxed && !boxed_target && zero(kind).is_some() {
            // The target has a default that this member does not take.
            traits.insert(DEFAULT.to_owned(), Value::Null);
        }
    }
    xml::add(name, target, &node, role, context, &mut traits, converter.findings);
    let old = converter.known.member(shape, name);
    let added = old.and_then(|old| old.get("traits")?.get("smithy.api#addedDefault"));
    if let Some(added) = added.filter(|_| traits.contains_key(DEFAULT)) {
        traits.insert("smithy.api#addedDefault".to_owned(), added.clone());
    }
    for kept in known::keep(&mut traits, old) {
        converter.note(format!("{kept} was kept, which botocore cannot state"), format!("{shape}${name}"));
    }
    let id = converter.shape_id(shape);
    converter.document(&format!("{id}${name}"), &node);
    let target = if is_part_of_event(&node, target, context, converter) {
        BLOB.to_owned()
    } else if node.flag("jsonvalue", converter.findings) && matches!(context.kind(target), Some("string" | "blob")) {
        converter.json_shape_id(target)
    } else {
        converter.shape_id(target)
    };
    Some(with_traits(object([("target", json!(target))]), traits))
}

/// What an event has for a payload where its target streams elsewhere.
const BLOB: &str = "smithy.api#Blob";

/// Whether the member is the payload of an event, of bytes, and elsewhere a stream has the same shape: in Smithy a stream is
/// a shape of its own.
fn is_part_of_event(node: &Node<'_>, target: &str, context: &Context<'_, '_>, converter: &mut Converter<'_>) -> bool {
    node.flag("eventpayload", converter.findings)
        && context.kind(target) == Some("blob")
        && context.usage.is_streamed(target)
}

/// Traits on where a member travels, and flags that only members of structures have.
fn bind(
    name: &str,
    target: &str,
    node: &Node<'_>,
    context: &Context<'_, '_>,
    traits: &mut Traits,
    converter: &mut Converter<'_>,
) {
    let findings = &mut *converter.findings;
    let wire_name = node.optional_text("locationName", findings).unwrap_or(name);
    let is_map = context.kind(target) == Some("map");
    let binding = match node.optional_text("location", findings) {
        None if wire_name != name && context.is_json => Some(("jsonName", json!(wire_name))),
        None => None,
        Some("header") => Some(("httpHeader", json!(wire_name))),
        Some("headers") => Some(("httpPrefixHeaders", json!(wire_name))),
        Some("uri") => Some(("httpLabel", json!({}))),
        Some("querystring") if is_map => Some(("httpQueryParams", json!({}))),
        Some("querystring") => Some(("httpQuery", json!(wire_name))),
        Some("statusCode") => Some(("httpResponseCode", json!({}))),
        Some(other) => {
            let hint = "botocore knows header, headers, uri, querystring and statusCode";
            findings.error(&node.at.child("location"), format!("location {other:?} is not known"), hint);
            None
        }
    };
    let flags = [
        ("idempotencyToken", "idempotencyToken"),
        ("hostLabel", "hostLabel"),
        ("eventheader", "eventHeader"),
        ("eventpayload", "eventPayload"),
    ];
    let flags = flags.into_iter().filter(|(key, _)| node.flag(key, findings));
    let all: Vec<(&str, Value)> = flags.map(|(_, id)| (id, json!({}))).collect();
    for (id, value) in all.into_iter().chain(binding) {
        traits.insert(format!("smithy.api#{id}"), value);
    }
    if let Some(parameter) = node.field("contextParam") {
        traits.insert("smithy.rules#contextParam".to_owned(), parameter.value.clone());
    }
}

/// What Smithy's default of a shape or member is.
///
/// Botocore states one thing only: a number or boolean that is not `box`ed starts at zero or false. A `box` means
/// another default or none, and other types have no word for it; there the known default stays, unless it
/// is the zero that a `box` rules out.
pub(super) fn default(kind: &str, boxed: bool, old: Option<&Value>) -> Option<Value> {
    match zero(kind) {
        Some(zero) if !boxed => Some(zero),
        Some(zero) => old.filter(|old| **old != zero && !old.is_null()).cloned(),
        None => old.cloned(),
    }
}

/// Zero of a number or boolean, by botocore's or Smithy's name of the type.
fn zero(kind: &str) -> Option<Value> {
    match kind {
        "boolean" => Some(json!(false)),
        "byte" | "short" | "integer" | "long" | "float" | "double" => Some(json!(0)),
        _ => None,
    }
}
