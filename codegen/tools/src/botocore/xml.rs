//! What botocore says about XML, and about the forms that are answered in it, as traits of members and of the service.

use serde_json::{Value, json};

use super::Traits;
use super::input::Fields;
use super::member::Role;
use super::shape::Context;
use smithy_client_codegen::ast::node::{Findings, Node};

/// Adds the traits of a member that stands in a body, where bodies are XML.
pub(super) fn add(
    name: &str,
    target: &str,
    node: &Node<'_>,
    role: Role,
    context: &Context<'_, '_>,
    traits: &mut Traits,
    findings: &mut Findings,
) {
    if !context.is_xml || node.field("location").is_some() {
        return;
    }
    let target = context.shape(target).filter(|_| matches!(role, Role::Named { .. }));
    let flattened = target.filter(|target| node.flag("flattened", findings) || target.flag("flattened", findings));
    // Flattened elements are called as those of their list, which Smithy says of the member.
    let elements = flattened.and_then(|list| list.field("member"));
    let of_elements = elements.as_ref().and_then(|elements| elements.optional_text("locationName", findings));
    let called = of_elements.or_else(|| node.optional_text("locationName", findings)).unwrap_or(name);
    if called != name {
        traits.insert("smithy.api#xmlName".to_owned(), json!(called));
    }
    for (id, is_set) in [("xmlFlattened", flattened.is_some()), ("xmlAttribute", node.flag("xmlAttribute", findings))] {
        if is_set {
            traits.insert(format!("smithy.api#{id}"), json!({}));
        }
    }
    if let Some(called) = node.optional_text("queryName", findings) {
        traits.insert("aws.protocols#ec2QueryName".to_owned(), json!(called));
    }
    add_namespace(node, traits);
}

/// Adds the namespace that a member or a service declares. Botocore writes it as Smithy does, or as its URI alone.
pub(super) fn add_namespace(node: &Node<'_>, traits: &mut Traits) {
    let value = node.field("xmlNamespace").map(|found| match found.value {
        Value::String(uri) => json!({ "uri": uri }),
        other => other.clone(),
    });
    traits.extend(value.map(|value| ("smithy.api#xmlNamespace".to_owned(), value)));
}
