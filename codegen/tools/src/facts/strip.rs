//! A shape without the traits that are no facts of a client's, in the order that a repository keeps.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::PARTS;

/// Traits that are left out, by reason.
const LEFT_OUT: [(&str, &[&str]); 3] = [
    (
        "they are sentences, or hold them",
        &[
            "smithy.api#documentation",
            "smithy.api#examples",
            "smithy.api#externalDocumentation",
            "smithy.api#suppress",
            "smithy.rules#endpointTests",
        ],
    ),
    (
        "they belong to resources, which become operations",
        &[
            "smithy.api#nestedProperties",
            "smithy.api#noReplace",
            "smithy.api#notProperty",
            "smithy.api#property",
            "smithy.api#references",
            "smithy.api#resourceIdentifier",
        ],
    ),
    (
        "they speak to servers, consoles or other tools",
        &[
            "aws.api#arn",
            "aws.api#arnReference",
            "aws.api#controlPlane",
            "aws.api#data",
            "aws.api#dataPlane",
            "aws.api#tagEnabled",
            "aws.api#taggable",
            "smithy.api#cors",
            "smithy.api#idRef",
            "smithy.api#tags",
        ],
    ),
];

/// Families of traits that are left out: permissions, templates, gateways, logs and tests.
const FAMILIES: [&str; 7] = [
    "aws.apigateway#",
    "aws.cloudformation#",
    "aws.cloudtrail#",
    "aws.iam#",
    "aws.test#",
    "smithy.openapi#",
    "smithy.test#",
];

/// The trait whose message is upstream's own sentence; only that and since when something is deprecated is kept.
const DEPRECATED: &str = "smithy.api#deprecated";

/// Traits whose values are data of the service, in which no key is documentation.
const DATA: [&str; 3] = ["smithy.api#addedDefault", "smithy.api#default", "smithy.api#enumValue"];

/// A shape with its facts alone; counts what it loses.
pub(super) fn shape(mut shape: Value, left_out: &mut BTreeMap<String, usize>) -> Value {
    if let Some(body) = shape.as_object_mut() {
        if let Some(members) = body.get_mut("members").and_then(Value::as_object_mut) {
            members.values_mut().for_each(|member| traits(member, left_out));
        }
        for part in PARTS {
            if let Some(part) = body.get_mut(part) {
                traits(part, left_out);
            }
        }
    }
    traits(&mut shape, left_out);
    shape
}

/// Strips the traits of a shape or member and puts them last, in the order of their ids; without any there is no key.
fn traits(owner: &mut Value, left_out: &mut BTreeMap<String, usize>) {
    let Some(body) = owner.as_object_mut() else { return };
    let Some(Value::Object(found)) = body.shift_remove("traits") else { return };
    let mut kept: BTreeMap<String, Value> = BTreeMap::new();
    for (id, value) in found {
        if is_left_out(&id) {
            *left_out.entry(id).or_default() += 1;
        } else {
            let value = facts_of(&id, value);
            kept.insert(id, value);
        }
    }
    if !kept.is_empty() {
        body.insert("traits".to_owned(), Value::Object(kept.into_iter().collect()));
    }
}

fn is_left_out(id: &str) -> bool {
    LEFT_OUT.iter().any(|(_, ids)| ids.contains(&id)) || FAMILIES.iter().any(|start| id.starts_with(start))
}

/// The value of a trait without sentences.
fn facts_of(id: &str, mut value: Value) -> Value {
    if id == DEPRECATED {
        let since = value.get("since").filter(|since| since.is_string()).cloned();
        return since.map_or_else(|| json!({}), |since| json!({ "since": since }));
    }
    if !DATA.contains(&id) {
        without_documentation(&mut value);
    }
    value
}

/// Removes texts under the key `documentation` at any depth, as parameters of endpoint rules, waiters and the old `enum`
/// trait have them.
fn without_documentation(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            let is_text = |fields: &Map<String, Value>| fields.get("documentation").is_some_and(Value::is_string);
            if is_text(fields) {
                fields.shift_remove("documentation");
            }
            fields.values_mut().for_each(without_documentation);
        }
        Value::Array(items) => items.iter_mut().for_each(without_documentation),
        _ => {}
    }
}
