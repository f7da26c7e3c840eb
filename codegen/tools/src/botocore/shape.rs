//! Shapes that carry data: botocore's types and keys as Smithy's types and traits.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::boxes::Boxes;
use super::input::Fields;
use super::member::{self, Role};
use super::pattern::Convention;
use super::usage::Usage;
use super::{Converter, Traits, enum_names, known, object};
use smithy_client_codegen::ast::is_identifier;
use smithy_client_codegen::ast::node::{At, Findings, Node};
use smithy_client_codegen::ast::suggest::did_you_mean;

/// Keys that any shape may have.
const COMMON: [&str; 6] = ["type", "documentation", "deprecated", "deprecatedMessage", "deprecatedSince", "sensitive"];
/// Keys that only matter to XML.
const XML: [&str; 6] = ["flattened", "locationName", "wrapper", "xmlAttribute", "xmlNamespace", "xmlOrder"];
/// Keys of structures.
const STRUCTURE: [&str; 11] = [
    "members",
    "required",
    "payload",
    "exception",
    "error",
    "fault",
    "retryable",
    "synthetic",
    "union",
    "document",
    "eventstream",
];
/// Keys of simple shapes, lists and maps.
const OTHER: [&str; 14] = [
    "box",
    "enum",
    "event",
    "jsonvalue",
    "key",
    "max",
    "member",
    "min",
    "pattern",
    "requiresLength",
    "sparse",
    "streaming",
    "timestampFormat",
    "value",
];
/// From this status on, an error is the server's.
const SERVER_ERRORS: u64 = 500;

/// What the conversion of a shape or operation needs to know of the rest.
pub(super) struct Context<'c, 'a> {
    /// The service, by its `serviceId`.
    pub(super) service_id: &'c str,
    /// Who refers to which shape.
    pub(super) usage: &'c Usage<'a>,
    /// Every shape by name.
    pub(super) shapes: BTreeMap<&'a str, &'c Node<'a>>,
    /// What patterns mean.
    pub(super) convention: Convention,
    /// What the absence of a `box` means.
    pub(super) boxes: Boxes,
    /// Whether bodies are JSON, so that names of members matter there.
    pub(super) is_json: bool,
    /// Whether bodies are XML, or forms that are answered in it.
    pub(super) is_xml: bool,
    /// Whether operations have routes of their own.
    pub(super) is_rest: bool,
    /// Ways to sign that hold for the whole service.
    pub(super) auth: &'c [String],
}

impl<'a> Context<'_, 'a> {
    /// The shape with this name.
    pub(super) fn shape(&self, name: &str) -> Option<&Node<'a>> {
        self.shapes.get(name).copied()
    }

    /// The name of the shape that is referred to here; reports one that does not exist.
    pub(super) fn existing<'n>(&self, reference: &Node<'n>, findings: &mut Findings) -> Option<&'n str> {
        let name = reference.needed_text("shape", findings)?;
        if !self.shapes.contains_key(name) {
            let fallback = "define it under `shapes`; is the file whole?";
            let hint = did_you_mean(name, self.shapes.keys().copied(), fallback);
            findings.error(&reference.at.child("shape"), format!("shape {name} does not exist"), hint);
            return None;
        }
        Some(name)
    }

    /// Whether the shape with this name has no default although the file has no `box` for it.
    pub(super) fn lacks_default(&self, name: &str) -> bool {
        self.shape(name).is_some_and(|shape| self.boxes.lacks_default(self.service_id, name, shape.value))
    }

    /// Botocore's type of the shape with this name.
    pub(super) fn kind(&self, name: &str) -> Option<&'a str> {
        self.shape(name)?.value.get("type")?.as_str()
    }

    /// Whether a path, members of structures with dots between them, leads to a list or a map.
    pub(super) fn is_collection(&self, structure: &str, path: &str) -> bool {
        let target = path.split('.').try_fold(structure, |structure, member| {
            self.shape(structure).and_then(|shape| shape.value["members"][member]["shape"].as_str())
        });
        target
            .and_then(|name| self.shape(name))
            .is_some_and(|shape| shape.value["type"] == "list" || shape.value["type"] == "map")
    }

    /// Whether a member with this name exists in the structure.
    pub(super) fn has_member(&self, structure: &str, member: &str) -> bool {
        self.shape(structure)
            .is_some_and(|shape| shape.value.pointer("/members").is_some_and(|m| m.get(member).is_some()))
    }
}

/// Adds one shape.
pub(super) fn convert(name: &str, node: &Node<'_>, context: &Context<'_, '_>, converter: &mut Converter<'_>) {
    let id = converter.shape_id(name);
    let node = Node::new(node.value, node.at.clone().within_shape(name));
    if converter.operations.contains(name) {
        converter.note("these shapes have the names of operations and are called …Shape", name);
        if context.shape(&format!("{name}Shape")).is_some() {
            let message = format!("{name} is the name of an operation and of a shape, and {name}Shape of another");
            converter.findings.error(&node.at, message, "rename the shape; Smithy has one space of names for both");
        }
    }
    if !is_identifier(name) {
        converter.findings.error(
            &node.at,
            format!("{name:?} cannot be the name of a shape"),
            "names have letters, digits and `_`",
        );
        return;
    }
    let understood: Vec<&str> = COMMON.into_iter().chain(XML).chain(STRUCTURE).chain(OTHER).collect();
    node.check_keys(&understood, converter.findings);
    let Some(kind) = node.needed_text("type", converter.findings) else {
        return;
    };
    let mut traits = common_traits(&node, converter.findings);
    let body = match kind {
        "structure" => structure(name, &node, context, &mut traits, converter),
        "list" => {
            constrain("smithy.api#length", &node, &mut traits);
            let member = part(name, "member", &node, context, converter);
            member.map(|member| object([("type", json!("list")), ("member", member)]))
        }
        "map" => {
            constrain("smithy.api#length", &node, &mut traits);
            let key = part(name, "key", &node, context, converter);
            let value = part(name, "value", &node, context, converter);
            key.zip(value).map(|(key, value)| object([("type", json!("map")), ("key", key), ("value", value)]))
        }
        _ => simple(name, kind, &node, context, &mut traits, converter),
    };
    if node.flag("sparse", converter.findings) {
        traits.insert("smithy.api#sparse".to_owned(), json!({}));
    }
    for kept in known::keep(&mut traits, converter.known.shape(name)) {
        converter.note(format!("{kept} was kept, which botocore cannot state"), name);
    }
    converter.document(&id, &node);
    if let Some(body) = body {
        converter.define(id, body, traits);
    }
}

/// Traits that any shape, member or operation may have.
pub(super) fn common_traits(node: &Node<'_>, findings: &mut Findings) -> Traits {
    let mut traits = Traits::new();
    if node.flag("deprecated", findings) {
        let mut value = Map::new();
        for (key, name) in [("deprecatedMessage", "message"), ("deprecatedSince", "since")] {
            if let Some(text) = node.optional_text(key, findings) {
                value.insert(name.to_owned(), json!(text));
            }
        }
        traits.insert("smithy.api#deprecated".to_owned(), Value::Object(value));
    }
    if node.flag("sensitive", findings) {
        traits.insert("smithy.api#sensitive".to_owned(), json!({}));
    }
    if let Some(format) = node.optional_text("timestampFormat", findings) {
        match timestamp_format(format) {
            Some(format) => {
                traits.insert("smithy.api#timestampFormat".to_owned(), json!(format));
            }
            None => {
                let hint = "botocore knows iso8601, unixTimestamp and rfc822";
                let message = format!("timestamp format {format:?} is not known");
                findings.error(&node.at.child("timestampFormat"), message, hint);
            }
        }
    }
    traits
}

fn timestamp_format(format: &str) -> Option<&'static str> {
    match format {
        "iso8601" => Some("date-time"),
        "unixTimestamp" => Some("epoch-seconds"),
        "rfc822" => Some("http-date"),
        _ => None,
    }
}

/// Adds the trait for `min` and `max`, where they are.
fn constrain(id: &str, node: &Node<'_>, traits: &mut Traits) {
    let bounds = ["min", "max"].into_iter().filter_map(|key| Some((key.to_owned(), node.value.get(key)?.clone())));
    let bounds: Map<String, Value> = bounds.collect();
    if !bounds.is_empty() {
        traits.insert(id.to_owned(), Value::Object(bounds));
    }
}

/// The member of a list, or the key or value of a map.
fn part(
    shape: &str,
    name: &str,
    node: &Node<'_>,
    context: &Context<'_, '_>,
    converter: &mut Converter<'_>,
) -> Option<Value> {
    let Some(field) = node.field(name) else {
        let message = format!("`{name}` is missing");
        converter.findings.error(&node.at, message, "botocore always states it; is the file whole?");
        return None;
    };
    member::convert(shape, name, &field, Role::Part, context, converter)
}

/// The body of a shape without members.
fn simple(
    name: &str,
    kind: &str,
    node: &Node<'_>,
    context: &Context<'_, '_>,
    traits: &mut Traits,
    converter: &mut Converter<'_>,
) -> Option<Map<String, Value>> {
    let old = converter.known.shape(name).and_then(|old| old.get("type")?.as_str());
    let smithy = match (kind, old) {
        ("integer", Some(kept @ ("byte" | "short" | "intEnum"))) => {
            converter.note("botocore calls all of these integers; the known types were kept", name);
            kept
        }
        ("string" | "character", _) => "string",
        ("integer" | "long" | "float" | "double" | "boolean" | "blob" | "timestamp", _) => kind,
        (other, _) => {
            let hint = "botocore knows structure, list, map, string, character, integer, long, float, double, \
                boolean, blob and timestamp";
            converter.findings.error(&node.at.child("type"), format!("type {other:?} is not known"), hint);
            return None;
        }
    };
    let bounds = if matches!(smithy, "string" | "blob") { "smithy.api#length" } else { "smithy.api#range" };
    constrain(bounds, node, traits);
    if let Some(pattern) = node.optional_text("pattern", converter.findings) {
        let old = converter.known.of_shape(name, "smithy.api#pattern").and_then(Value::as_str);
        let smithy = context.convention.to_smithy(pattern, old);
        if smithy != pattern {
            converter
                .note("patterns match the whole text in this file; Smithy's match a part, so anchors were added", name);
        }
        traits.insert("smithy.api#pattern".to_owned(), json!(smithy));
    }
    if smithy == "blob" && (node.flag("streaming", converter.findings) || context.usage.is_streamed(name)) {
        traits.insert("smithy.api#streaming".to_owned(), json!({}));
    }
    if node.flag("requiresLength", converter.findings) {
        traits.insert("smithy.api#requiresLength".to_owned(), json!({}));
    }
    if smithy == "intEnum" {
        let members = converter.known.shape(name).and_then(|old| old.get("members")).cloned();
        return Some(object([("type", json!(smithy)), ("members", members.unwrap_or_default())]));
    }
    let boxed = node.flag("box", converter.findings);
    let old = converter.known.of_shape(name, member::DEFAULT);
    let default = match context.lacks_default(name) {
        true => {
            converter
                .note("this file does not say whether these numbers and booleans have a default: they have none", name);
            old.cloned()
        }
        false => member::default(smithy, boxed, old),
    };
    traits.extend(default.map(|default| (member::DEFAULT.to_owned(), default)));
    if node.field("enum").is_some() {
        return Some(enumeration(name, node, context.service_id, converter));
    }
    Some(object([("type", json!(smithy))]))
}

/// The body of an enum. Botocore has no names of values: known ones stay, of others some are known, and most follow the value.
fn enumeration(name: &str, node: &Node<'_>, service: &str, converter: &mut Converter<'_>) -> Map<String, Value> {
    const VALUE: &str = "smithy.api#enumValue";
    let old = converter.known.shape(name).and_then(|old| old.get("members")?.as_object());
    let mut members = Map::new();
    for value in node.texts("enum", converter.findings) {
        let old = old.into_iter().flatten().find(|(_, member)| member["traits"][VALUE] == value);
        let member = match old {
            Some((member, _)) => member.clone(),
            None => {
                let named = enum_names::of(service, name, value).map(str::to_owned);
                apart(named.unwrap_or_else(|| enum_name(value)), &members)
            }
        };
        if member != value {
            converter.note("botocore has no names of enum values: known ones were kept, others follow the value", name);
        }
        let mut traits = Traits::from([(VALUE.to_owned(), json!(value))]);
        known::keep(&mut traits, old.map(|(_, member)| member));
        let body = object([("target", json!(smithy_client_codegen::ast::UNIT))]);
        if members.insert(member.clone(), super::with_traits(body, traits)).is_some() {
            let message = format!("two values of this enum would both be named {member}");
            converter.findings.error(&node.at.child("enum"), message, "name them in the known AST of the service");
        }
    }
    object([("type", json!("enum")), ("members", Value::Object(members))])
}

/// The name of an enum value: the value itself if it can be one, else with underscores. Capital letters stay: Smithy names
/// values so for which its models give no names, such as `a1_2xlarge` for `a1.2xlarge`.
fn enum_name(value: &str) -> String {
    if is_identifier(value) {
        return value.to_owned();
    }
    let plain = |character: char| if character.is_ascii_alphanumeric() { character } else { '_' };
    let name: String = value.chars().map(plain).collect();
    if is_identifier(&name) { name } else { format!("VALUE_{}", name.trim_start_matches('_')) }
}

/// The name with a number behind it, where it differs in case only from one that is there: Smithy holds both for the same.
fn apart(name: String, taken: &Map<String, Value>) -> String {
    let is_taken = |name: &str| taken.keys().any(|other| other != name && other.eq_ignore_ascii_case(name));
    let numbered = (2..).map(|number| format!("{name}_{number}"));
    std::iter::once(name.clone()).chain(numbered).find(|name| !is_taken(name)).unwrap_or(name)
}

/// Unions that botocore does not mark, by service and name: it had them before it had the mark, and keeps them as they were
/// for its users. In Smithy's models they are unions.
const UNMARKED_UNIONS: [(&str, &str); 4] = [
    ("DynamoDB", "AttributeValue"),
    ("DynamoDB Streams", "AttributeValue"),
    ("S3", "AnalyticsFilter"),
    ("S3", "MetricsFilter"),
];

/// The body of a structure, union or document.
fn structure(
    name: &str,
    node: &Node<'_>,
    context: &Context<'_, '_>,
    traits: &mut Traits,
    converter: &mut Converter<'_>,
) -> Option<Map<String, Value>> {
    if node.flag("document", converter.findings) {
        return Some(object([("type", json!("document"))]));
    }
    let events = node.flag("eventstream", converter.findings);
    let is_union =
        node.flag("union", converter.findings) || events || UNMARKED_UNIONS.contains(&(context.service_id, name));
    if events {
        traits.insert("smithy.api#streaming".to_owned(), json!({}));
    }
    error(node, traits, converter.findings);
    for (id, marked) in [("input", context.usage.is_input(name)), ("output", context.usage.is_output(name))] {
        if marked {
            traits.insert(format!("smithy.api#{id}"), json!({}));
        }
    }
    let Some(fields) = node.field("members") else {
        converter.findings.error(&node.at, "`members` is missing", "botocore always states it; is the file whole?");
        return None;
    };
    let fields = fields.fields(converter.findings, "`members` maps names to members");
    let names: BTreeSet<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
    let required = node.texts("required", converter.findings);
    let payload = node.optional_text("payload", converter.findings);
    check_names(&names, &required, &node.at.child("required"), converter.findings);
    check_names(&names, payload.as_slice(), &node.at.child("payload"), converter.findings);
    let mut members = Map::new();
    for (member, field) in fields {
        let role = Role::Named { required: required.contains(&member.as_str()), payload: payload == Some(member) };
        if let Some(converted) = member::convert(name, member, &field, role, context, converter) {
            members.insert(member.clone(), converted);
        }
    }
    leave_out_rivals(name, &mut members, converter);
    let kind = if is_union { "union" } else { "structure" };
    Some(object([("type", json!(kind)), ("members", Value::Object(members))]))
}

/// Leaves out deprecated members that are sent under the name of another: botocore reads both out of one element, and
/// Smithy's models have the other alone.
fn leave_out_rivals(structure: &str, members: &mut Map<String, Value>, converter: &mut Converter<'_>) {
    let sent_as = |name: &str, member: &Value| {
        let traits = member["traits"].as_object();
        let has = |id: &str| traits.and_then(|traits| traits.get(id));
        let is_elsewhere = ["required", "httpPayload", "httpHeader", "httpQuery", "httpLabel", "xmlAttribute"]
            .iter()
            .any(|id| has(&format!("smithy.api#{id}")).is_some());
        let called = has("smithy.api#xmlName").or(has("smithy.api#jsonName")).and_then(Value::as_str);
        (!is_elsewhere).then(|| called.unwrap_or(name).to_owned())
    };
    let is_deprecated = |member: &Value| !member["traits"]["smithy.api#deprecated"].is_null();
    let kept = members.iter().filter(|(_, member)| !is_deprecated(member));
    let kept: BTreeSet<String> = kept.filter_map(|(name, member)| sent_as(name, member)).collect();
    let is_rival = |name: &str, member: &Value| {
        is_deprecated(member) && sent_as(name, member).is_some_and(|it| kept.contains(&it))
    };
    members.retain(|member, converted| {
        let is_rival = is_rival(member, converted);
        if is_rival {
            converter.documentation.remove(&format!("{}${member}", converter.shape_id(structure)));
            let reason = "these deprecated members are sent under the name of another and were left out";
            converter.note(reason, format!("{structure}${member}"));
        }
        !is_rival
    });
}

/// Reports names that are no members.
fn check_names(members: &BTreeSet<&str>, names: &[&str], at: &At, findings: &mut Findings) {
    for name in names.iter().filter(|name| !members.contains(*name)) {
        findings.error(at, format!("{name} is no member of this structure"), "name a member, or remove it here");
    }
}

/// Traits of a structure that is an error.
fn error(node: &Node<'_>, traits: &mut Traits, findings: &mut Findings) {
    let details = node.field("error");
    let is_fault = node.flag("fault", findings);
    if !node.flag("exception", findings) && details.is_none() && !is_fault {
        return;
    }
    let status = details.as_ref().and_then(|details| details.value.get("httpStatusCode")?.as_u64());
    let details_fault = details.as_ref().is_some_and(|details| details.flag("fault", findings));
    let server = is_fault || details_fault || status.is_some_and(|status| status >= SERVER_ERRORS);
    traits.insert("smithy.api#error".to_owned(), json!(if server { "server" } else { "client" }));
    if let Some(status) = status {
        traits.insert("smithy.api#httpError".to_owned(), json!(status));
    }
    let Some(details) = details else {
        return;
    };
    details.check_keys(&["code", "httpStatusCode", "senderFault", "fault"], findings);
    if let Some((code, status)) = details.optional_text("code", findings).zip(status) {
        let value = json!({ "code": code, "httpResponseCode": status });
        traits.insert("aws.protocols#awsQueryError".to_owned(), value);
    }
    if let Some(retryable) = node.field("retryable") {
        let throttling = retryable.flag("throttling", findings);
        let value = if throttling { json!({ "throttling": true }) } else { json!({}) };
        traits.insert("smithy.api#retryable".to_owned(), value);
    }
}
