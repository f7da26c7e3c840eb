//! Checksums of messages (`aws.protocols#httpChecksum`).

use super::HttpChecksum;
use super::traits::{self, id};
use crate::ast;
use crate::ast::Shape;
use crate::ast::node::{Findings, Node};
use crate::ast::suggest::did_you_mean;

/// What an operation says of checksums, with members looked up in its input; `None` where it says nothing.
pub(super) fn lower(shape: &Shape, input: Option<&Shape>, findings: &mut Findings) -> Option<HttpChecksum> {
    let node = shape.traits.get(id::HTTP_CHECKSUM).map(ast::Trait::node)?;
    node.object(findings, "write {\"requestAlgorithmMember\": \"checksumAlgorithm\"}")?;
    let required = node.field("requestChecksumRequired");
    if let Some(required) = required.as_ref().filter(|required| !required.value.is_boolean()) {
        traits::wrong(required, id::HTTP_CHECKSUM, "`true` or `false`", findings);
    }
    let hint = "write the algorithms, such as [\"CRC32\", \"SHA256\"]";
    let response = node.field("responseAlgorithms").map(|algorithms| algorithms.items(findings, hint));
    let response = response.unwrap_or_default();
    let response = response.iter().filter_map(|algorithm| algorithm.text(findings, hint)).map(str::to_owned).collect();
    Some(HttpChecksum {
        algorithm_member: member(&node, "requestAlgorithmMember", input, findings),
        required: required.is_some_and(|required| *required.value == true),
        validation_member: member(&node, "requestValidationModeMember", input, findings),
        response,
    })
}

/// A member of the input that the trait names under a key.
fn member(node: &Node<'_>, key: &str, input: Option<&Shape>, findings: &mut Findings) -> Option<String> {
    let name = traits::text_field(node, key, findings)?;
    let members = input.map_or(&[][..], |input| &input.members);
    if !members.iter().any(|member| member.name == name) {
        let names = members.iter().map(|member| member.name.as_str());
        let hint = did_you_mean(&name, names, "name a member of the input");
        findings.error(&node.at.child(key), format!("the input has no member {name}"), hint);
        return None;
    }
    Some(name)
}
