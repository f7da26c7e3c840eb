//! `metadata` of a description, from which the service shape is made.

use serde_json::{Map, Value, json};

use super::input::Fields;
use super::shape::common_traits;
use super::{Converter, known, object, xml};
use smithy_client_codegen::Source;
use smithy_client_codegen::ast::is_identifier;
use smithy_client_codegen::ast::node::{At, Findings, Node};

/// Keys of `metadata` that are understood, or that a Smithy model has no use for.
const KEYS: [&str; 20] = [
    "apiVersion",
    "auth",
    "awsQueryCompatible",
    "checksumFormat",
    "endpointPrefix",
    "globalEndpoint",
    "jsonVersion",
    "protocol",
    "protocolSettings",
    "protocols",
    "ripServiceName",
    "serviceAbbreviation",
    "serviceFullName",
    "serviceId",
    "signatureVersion",
    "signingName",
    "targetPrefix",
    "timestampFormat",
    "uid",
    "xmlNamespace",
];

/// Protocols with XML.
const XML: [&str; 3] = ["aws.protocols#restXml", "aws.protocols#awsQuery", "aws.protocols#ec2Query"];

/// Trait with the endpoint rules.
const RULES: &str = "smithy.rules#endpointRuleSet";
/// Trait with AWS's names of the service.
const SERVICE: &str = "aws.api#service";
/// Signature version 4.
const SIGV4: &str = "aws.auth#sigv4";
/// Botocore's word for a request that is not signed.
pub(super) const NO_AUTH: &str = "smithy.api#noAuth";

/// What `metadata` says.
#[derive(Debug)]
pub(super) struct Metadata<'a> {
    /// Smithy's `sdkId`.
    pub(super) service_id: &'a str,
    /// Traits of the protocols, the preferred one first.
    pub(super) protocols: Vec<(&'static str, Value)>,
    /// Traits of the ways to sign, the preferred one first.
    pub(super) auth: Vec<String>,
    api_version: &'a str,
    endpoint_prefix: &'a str,
    full_name: Option<&'a str>,
    signing_name: &'a str,
    target_prefix: Option<&'a str>,
    query_compatible: bool,
}

impl<'a> Metadata<'a> {
    /// Reads it; `None` only after an error.
    pub(super) fn read(node: &Node<'a>, findings: &mut Findings) -> Option<Self> {
        node.check_keys(&KEYS, findings);
        let service_id = node.needed_text("serviceId", findings);
        let api_version = node.needed_text("apiVersion", findings);
        let endpoint_prefix = node.needed_text("endpointPrefix", findings);
        let protocols = protocols(node, findings);
        let auth = auth(node, findings);
        let endpoint_prefix = endpoint_prefix?;
        Some(Self {
            service_id: service_id?,
            protocols: protocols?,
            auth,
            api_version: api_version?,
            endpoint_prefix,
            full_name: node.optional_text("serviceFullName", findings),
            signing_name: node.optional_text("signingName", findings).unwrap_or(endpoint_prefix),
            target_prefix: node.optional_text("targetPrefix", findings),
            query_compatible: node.field("awsQueryCompatible").is_some(),
        })
    }

    /// The namespace that AWS gives a service by convention.
    pub(super) fn namespace(&self) -> String {
        let name: String = self.service_id.chars().filter(char::is_ascii_alphanumeric).collect();
        format!("com.amazonaws.{}", name.to_ascii_lowercase())
    }

    /// Whether operations have routes of their own.
    pub(super) fn is_rest(&self) -> bool {
        self.protocols.iter().any(|(id, _)| id.starts_with("aws.protocols#rest"))
    }

    /// Whether bodies are JSON.
    pub(super) fn is_json(&self) -> bool {
        self.protocols.iter().any(|(id, _)| *id == "aws.protocols#restJson1" || id.starts_with("aws.protocols#awsJson"))
    }

    /// Whether bodies are XML, or forms that are answered in it.
    pub(super) fn is_xml(&self) -> bool {
        !self.is_json() && self.protocols.iter().any(|(id, _)| XML.contains(id))
    }

    /// The name of the service shape. JSON RPC protocols send it, so there botocore's word counts.
    fn shape_name(&self, converter: &mut Converter<'_>) -> String {
        if let Some(target) = self.target_prefix.filter(|target| is_identifier(target)) {
            return target.to_owned();
        }
        if let Some(known) = converter.known.service_name() {
            return known.to_owned();
        }
        let words = self.full_name.unwrap_or(self.service_id);
        let name: String = words.chars().filter(char::is_ascii_alphanumeric).collect();
        let name = if is_identifier(&name) { name } else { format!("Service{name}") };
        converter.note("the service shape is named after the full name of the service", name.clone());
        name
    }
}

/// Traits of the protocols; `None` after an error.
fn protocols(node: &Node<'_>, findings: &mut Findings) -> Option<Vec<(&'static str, Value)>> {
    let mut names = node.texts("protocols", findings);
    let single = node.optional_text("protocol", findings);
    if names.is_empty() {
        names.extend(single);
    }
    let version = node.optional_text("jsonVersion", findings);
    let mut traits = Vec::new();
    for name in &names {
        let id = match (*name, version) {
            ("rest-json", _) => "aws.protocols#restJson1",
            ("json", Some("1.1")) => "aws.protocols#awsJson1_1",
            ("json", _) => "aws.protocols#awsJson1_0",
            ("rest-xml", _) => "aws.protocols#restXml",
            ("query", _) => "aws.protocols#awsQuery",
            ("ec2", _) => "aws.protocols#ec2Query",
            ("smithy-rpc-v2-cbor", _) => "smithy.protocols#rpcv2Cbor",
            (other, _) => {
                let hint = "botocore knows rest-json, json, rest-xml, query, ec2 and smithy-rpc-v2-cbor";
                findings.error(&node.at, format!("protocol {other:?} is not known"), hint);
                return None;
            }
        };
        traits.push((id, json!({})));
    }
    if traits.is_empty() {
        findings.error(&node.at, "`protocol` is missing", "botocore always states it; is the file whole?");
        return None;
    }
    Some(traits)
}

/// Ids of the ways to sign.
fn auth(node: &Node<'_>, findings: &mut Findings) -> Vec<String> {
    let stated = node.texts("auth", findings);
    if !stated.is_empty() {
        return stated.into_iter().filter(|id| *id != NO_AUTH).map(str::to_owned).collect();
    }
    match node.optional_text("signatureVersion", findings) {
        Some("v4") | None => vec![SIGV4.to_owned()],
        Some("bearer") => vec!["smithy.api#httpBearerAuth".to_owned()],
        Some(other) => {
            // Of SimpleDB and Import/Export.
            let hint = "AWS's SDK for Rust has no crate of such a service either; v4 and bearer can be emitted";
            let message = format!("signature version {other:?} has no counterpart in Smithy and cannot be emitted");
            findings.error(&node.at.child("signatureVersion"), message, hint);
            Vec::new()
        }
    }
}

/// Adds the service shape.
pub(super) fn define_service(
    metadata: &Metadata<'_>,
    description: &Node<'_>,
    operations: &[&str],
    rules: Option<(&Source, &Value)>,
    converter: &mut Converter<'_>,
) {
    let name = metadata.shape_name(converter);
    let mut traits = common_traits(description, converter.findings);
    traits.extend(metadata.protocols.iter().map(|(id, value)| ((*id).to_owned(), value.clone())));
    for id in &metadata.auth {
        let value = if id.starts_with(SIGV4) { json!({ "name": metadata.signing_name }) } else { json!({}) };
        traits.insert(id.clone(), value);
    }
    if metadata.auth.len() > 1 {
        traits.insert("smithy.api#auth".to_owned(), json!(metadata.auth));
    }
    if metadata.query_compatible {
        traits.insert("aws.protocols#awsQueryCompatible".to_owned(), json!({}));
    }
    if let Some(said) = description.field("metadata").filter(|_| metadata.is_xml()) {
        xml::add_namespace(&said, &mut traits);
    }
    if let Some(title) = metadata.full_name {
        traits.insert("smithy.api#title".to_owned(), json!(title));
    }
    traits.insert(SERVICE.to_owned(), names(metadata, converter));
    if let Some(rules) = endpoint_rules(rules, converter) {
        traits.insert(RULES.to_owned(), rules);
    }
    if let Some(parameters) = description.field("clientContextParams") {
        traits.insert("smithy.rules#clientContextParams".to_owned(), without_documentation(parameters.value));
    }
    if let Some(discovery) = endpoint_discovery(description, converter) {
        traits.insert("aws.api#clientEndpointDiscovery".to_owned(), discovery);
    }
    let old = converter.known.service();
    for id in known::keep(&mut traits, old) {
        converter.note(format!("{id} was kept, which botocore cannot state"), name.clone());
    }
    let mut operations = operations.to_vec();
    operations.sort_by_key(|name| (name.to_lowercase(), *name));
    let targets: Vec<Value> =
        operations.into_iter().map(|operation| json!({ "target": converter.id(operation) })).collect();
    let body = object([
        ("type", json!("service")),
        ("version", json!(metadata.api_version)),
        ("operations", Value::Array(targets)),
    ]);
    let id = converter.id(&name);
    if converter.shapes.contains_key(&id) {
        let message = format!("{name} would be both the service and another shape");
        converter.findings.error(&description.at, message, "give the known AST of the service, which names it");
        return;
    }
    converter.document(&id, description);
    converter.define(id, body, traits);
}

/// AWS's names of the service. Its name in ARNs and in CloudTrail are kept, or are those it signs with.
fn names(metadata: &Metadata<'_>, converter: &mut Converter<'_>) -> Value {
    let old = converter.known.service().and_then(|service| service.pointer("/traits/aws.api#service")?.as_object());
    let mut names = match old {
        Some(old) => {
            let said = ["sdkId", "endpointPrefix"];
            for (key, _) in old.iter().filter(|(key, _)| !said.contains(&key.as_str())) {
                converter.note("botocore does not carry them, so the known ones were kept", key.clone());
            }
            old.clone()
        }
        None => {
            let subjects = ["arnNamespace", "cloudTrailEventSource"];
            for subject in subjects {
                converter.note(
                    "botocore does not carry them, so they follow the name that requests are signed with",
                    subject,
                );
            }
            let source = format!("{}.amazonaws.com", metadata.signing_name);
            let names = [
                ("sdkId", Value::Null),
                ("arnNamespace", json!(metadata.signing_name)),
                ("cloudTrailEventSource", json!(source)),
            ];
            object(names)
        }
    };
    names.insert("sdkId".to_owned(), json!(metadata.service_id));
    names.insert("endpointPrefix".to_owned(), json!(metadata.endpoint_prefix));
    Value::Object(names)
}

/// How the service tells endpoints, where an operation does. Botocore knows the error of one that has moved by its name.
fn endpoint_discovery(description: &Node<'_>, converter: &Converter<'_>) -> Option<Value> {
    const MOVED: &str = "InvalidEndpointException";
    let operations = description.value["operations"].as_object()?;
    let (name, _) = operations.iter().find(|(_, operation)| operation["endpointoperation"] == true)?;
    let mut discovery = object([("operation", json!(converter.id(name)))]);
    if description.value["shapes"].get(MOVED).is_some() {
        discovery.insert("error".to_owned(), json!(converter.id(MOVED)));
    }
    Some(Value::Object(discovery))
}

/// The endpoint rules of the file, or else the known ones.
fn endpoint_rules(rules: Option<(&Source, &Value)>, converter: &mut Converter<'_>) -> Option<Value> {
    if let Some((source, rules)) = rules {
        if !["version", "parameters", "rules"].iter().all(|part| rules.get(part).is_some()) {
            let message = "this is no endpoint rule set: `version`, `parameters` or `rules` is missing";
            converter.findings.error(
                &At::root(&source.name),
                message,
                "give the endpoint-rule-set-1.json of the service",
            );
        }
        return Some(without_documentation(rules));
    }
    let known = converter.known.service().and_then(|service| service["traits"].get(RULES));
    if known.is_some() {
        converter.note("endpoint-rule-set-1.json is absent, so the known rules were kept", RULES);
    }
    known.cloned()
}

/// A rule set or its parameters without the sentences in it.
fn without_documentation(value: &Value) -> Value {
    match value {
        Value::Object(object) => {
            let kept = object.iter().filter(|(key, value)| key.as_str() != "documentation" || !value.is_string());
            Value::Object(kept.map(|(key, value)| (key.clone(), without_documentation(value))).collect::<Map<_, _>>())
        }
        Value::Array(items) => Value::Array(items.iter().map(without_documentation).collect()),
        other => other.clone(),
    }
}
