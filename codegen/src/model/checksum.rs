//! Checksums of messages (`aws.protocols#httpChecksum`).

use super::HttpChecksum;
use super::merged::Ast;
use super::traits::{self, id};
use crate::ast;
use crate::ast::Shape;
use crate::ast::node::{Findings, Node};
use crate::ast::suggest::did_you_mean;

/// What an operation says of checksums, with members looked up in its input; `None` where it says nothing.
pub(super) fn lower(shape: &Shape, input: Option<&Shape>, ast: &Ast, findings: &mut Findings) -> Option<HttpChecksum> {
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
        algorithm_member: member(&node, "requestAlgorithmMember", input, ast, findings),
        required: required.is_some_and(|required| *required.value == true),
        validation_member: member(&node, "requestValidationModeMember", input, ast, findings),
        response,
    })
}

/// A member of the input that the trait names under a key, a string; reports one that is not there or none.
fn member(node: &Node<'_>, key: &str, input: Option<&Shape>, ast: &Ast, findings: &mut Findings) -> Option<String> {
    let name = traits::text_field(node, key, findings)?;
    let members = input.map_or(&[][..], |input| &input.members);
    let Some(member) = members.iter().find(|member| member.name == name) else {
        let names = members.iter().map(|member| member.name.as_str());
        let hint = did_you_mean(&name, names, "name a member of the input");
        findings.error(&node.at.child(key), format!("the input has no member {name}"), hint);
        return None;
    };
    let target = ast.shapes.get(member.target.id.as_str()).filter(|target| !target.kind.is_string());
    if let Some(target) = target {
        let message =
            format!("the member {name} is {}, and has to name an algorithm or a mode", target.kind.described());
        findings.error(&node.at.child(key), message, "name a member that targets an enum or a string");
        return None;
    }
    Some(name)
}
