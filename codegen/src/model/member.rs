//! Members: what they may target, and their traits as fields.

use super::resolver::Resolver;
use super::traits::{self, Place, id};
use super::{Binding, EventBinding, Member, defaults, http, xml};
use crate::ast;
use crate::ast::node::Findings;
use crate::ast::{Kind, UNIT};
use std::collections::BTreeMap;

/// Lowers one member of a shape; `None` when its target cannot be used, which is reported.
pub(crate) fn lower<'a>(owner: &'a ast::Shape, member: &'a ast::Member, resolver: &mut Resolver<'a>) -> Option<Member> {
    resolver.check_traits(&member.traits, Place::Member);
    let target = resolver.find(&member.target)?;
    if !check_target(owner, member, target, resolver) {
        return None;
    }
    check_traits(member, target, resolver.findings);
    let (of_member, protocol) = (&member.traits, resolver.protocol);
    let target_id = resolver.reach(target);
    let binding = match protocol.has_bindings && owner.kind == Kind::Structure {
        true => http::binding(member, target, resolver),
        false => Binding::Body,
    };
    let is_optional = protocol.forms().is_some_and(|forms| forms.all_optional);
    let findings = &mut *resolver.findings;
    Some(Member {
        name: member.name.clone(),
        target: target_id,
        required: traits::flag(of_member, id::REQUIRED, findings),
        client_optional: traits::flag(of_member, id::CLIENT_OPTIONAL, findings) || is_optional,
        default: of_member.get(id::DEFAULT).map(|found| found.value.clone()),
        binding,
        event_binding: event_binding(member, target, findings),
        body_name: match protocol.renamed_by {
            Some(id::XML_NAME) => xml::name(of_member, findings),
            Some(trait_id) => traits::text(of_member, trait_id, findings),
            None => None,
        },
        xml: xml::of_member(owner, member, target, protocol, findings),
        timestamp_format: traits::timestamp_format(of_member, findings),
        idempotency_token: traits::flag(of_member, id::IDEMPOTENCY_TOKEN, findings),
        host_label: traits::flag(of_member, id::HOST_LABEL, findings),
        context_param: context_param(member, findings),
        constraints: traits::constraints(of_member, findings),
        deprecated: traits::deprecated(of_member, findings),
        documentation: traits::documentation(of_member, findings),
    })
}

/// Whether a member may target this shape; reports it if not.
fn check_target<'a>(
    owner: &'a ast::Shape,
    member: &'a ast::Member,
    target: &'a ast::Shape,
    resolver: &mut Resolver<'a>,
) -> bool {
    let (message, hint) = if !target.kind.is_data() {
        let kind = target.kind.described();
        (
            format!("{} is {kind}, which no member can target", target.id),
            "target a shape that carries data, such as a structure",
        )
    } else if target.id == UNIT && owner.kind != Kind::Union {
        (
            format!("{UNIT} is the target of members of unions only"),
            "target a structure without members, or another shape",
        )
    } else if owner.kind == Kind::Map && member.name == "key" && !target.kind.is_string() {
        (
            format!("the key of a map is a string, not {}", target.kind.described()),
            "target smithy.api#String or a string of your own",
        )
    } else {
        report_streams(owner, member, target, resolver);
        report_documents(member, target, resolver);
        return true;
    };
    resolver.findings.error(&member.target.at, message, hint);
    false
}

/// Reports streams of bytes where none can be. Where streams of events can be is known of operations.
fn report_streams(owner: &ast::Shape, member: &ast::Member, target: &ast::Shape, resolver: &mut Resolver<'_>) {
    if !target.traits.has(id::STREAMING) || target.kind == Kind::Union {
        return;
    }
    if !resolver.protocol.has_bindings {
        resolver.findings.error(
            &member.target.at,
            format!("{} is a stream, which no message of this service's protocol can hold", target.id),
            "target a shape that does not stream",
        );
    } else if owner.kind != Kind::Structure || !member.traits.has(id::HTTP_PAYLOAD) {
        resolver.findings.error(
            &member.target.at,
            format!("{} is a stream, which can only be the body of a message", target.id),
            format!("add {} to the member, or target a shape that does not stream", id::HTTP_PAYLOAD),
        );
    }
}

/// Reports documents, where the protocol has none.
fn report_documents(member: &ast::Member, target: &ast::Shape, resolver: &mut Resolver<'_>) {
    if target.kind == Kind::Document && !resolver.protocol.has_documents {
        let message = format!("{} is a document, which no message of {} can hold", target.id, resolver.protocol.name());
        resolver.findings.unsupported(&member.target.at, message);
    }
}

/// Checks traits of a member that depend on its target.
fn check_traits(member: &ast::Member, target: &ast::Shape, findings: &mut Findings) {
    if let Some(default) = member.traits.get(id::DEFAULT) {
        defaults::check(default, target, findings);
    }
    for string_only in [id::IDEMPOTENCY_TOKEN, id::HOST_LABEL] {
        if let Some(found) = member.traits.get(string_only).filter(|_| !target.kind.is_string()) {
            findings.error(
                &found.at,
                format!("{string_only} is for strings, and {} is {}", target.id, target.kind.described()),
                "remove the trait, or target a string",
            );
        }
    }
    if let Some(found) = member.traits.get(id::SENSITIVE) {
        findings.error(
            &found.at,
            "a member alone cannot be sensitive: its target would show in logs elsewhere",
            format!("put {} on the target; give the member a target of its own for that", id::SENSITIVE),
        );
    }
}

/// Where a member of an event goes; reports headers of types that no header can have.
fn event_binding(member: &ast::Member, target: &ast::Shape, findings: &mut Findings) -> Option<EventBinding> {
    if traits::flag(&member.traits, id::EVENT_PAYLOAD, findings) {
        return Some(EventBinding::Payload);
    }
    if !traits::flag(&member.traits, id::EVENT_HEADER, findings) {
        return None;
    }
    let is_number = matches!(target.kind, Kind::Byte | Kind::Short | Kind::Integer | Kind::Long | Kind::IntEnum);
    let is_other = matches!(target.kind, Kind::Boolean | Kind::Blob | Kind::Timestamp);
    if !is_number && !is_other && !target.kind.is_string() {
        findings.error(
            &member.target.at,
            format!("the header of an event is a scalar, not {}", target.kind.described()),
            "target a boolean, an integer, a string, a blob or a timestamp, or leave the member in the payload",
        );
    }
    Some(EventBinding::Header)
}

/// `smithy.rules#contextParam` name.
fn context_param(member: &ast::Member, findings: &mut Findings) -> Option<String> {
    let node = member.traits.get(id::CONTEXT_PARAM)?.node();
    traits::needed_text(&node, id::CONTEXT_PARAM, "name", findings)
}

/// Reports members of a body that would be sent under one name.
pub(crate) fn check_body_names(members: &[Member], shape: &ast::Shape, resolver: &mut Resolver<'_>) {
    // An attribute has its name among attributes.
    let mut taken: BTreeMap<(bool, &str), &str> = BTreeMap::new();
    let in_body = members.iter().filter(|one| one.binding == Binding::Body);
    for member in in_body {
        let name = member.body_name.as_ref().unwrap_or(&member.name);
        if let Some(other) = taken.insert((member.xml.attribute, name), &member.name) {
            let renamed_by = resolver.protocol.renamed_by.unwrap_or("name");
            resolver.findings.error(
                shape.place_of(&member.name),
                format!("{} and {other} are both sent as {name:?}", member.name),
                format!("give one of them another {renamed_by}"),
            );
        }
    }
}
