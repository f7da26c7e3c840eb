//! Streams of events: where they can stand, and what they are made of.

use std::collections::{BTreeMap, BTreeSet};

use super::Operation;
use super::merged::Ast;
use super::traits::id;
use crate::ast::node::Findings;
use crate::ast::{Kind, Member, Shape};
use crate::protocol::Protocol;

/// Reports streams of events, which are unions with `smithy.api#streaming`, where none can be, and events that are no
/// structures. The shapes are those that were reached, the operations those of the model.
pub(crate) fn check<'a>(
    shapes: &[&'a Shape],
    operations: &[Operation],
    protocol: &Protocol,
    ast: &'a Ast,
    findings: &mut Findings,
) {
    let links = operations.iter().filter_map(|operation| Some(&ast.shapes.get(operation.id.as_str())?.links));
    let ends = links.flat_map(|links| [&links.input, &links.output]).flatten();
    let ends: BTreeSet<&str> = ends.map(|end| end.id.as_str()).collect();
    for shape in shapes {
        let streams: Vec<&Member> = shape.members.iter().filter(|member| is_stream_of_events(member, ast)).collect();
        for member in streams.iter().skip(1) {
            findings.error(
                &member.target.at,
                format!("{} has a stream of events already", shape.id),
                "a message is one stream: keep one of the members",
            );
        }
        let Some(member) = streams.first() else { continue };
        let (at, stream) = (&member.target.at, &member.target.id);
        if !ends.contains(shape.id.as_str()) {
            findings.error(
                at,
                format!("{stream} is a stream of events, which only the input or the output of an operation can hold"),
                "make it a member of one of these, or target a shape that does not stream",
            );
        } else if protocol.has_bindings && !member.traits.has(id::HTTP_PAYLOAD) {
            findings.error(
                at,
                format!("{stream} is a stream of events, which is the whole body of a message"),
                format!("add {} to the member", id::HTTP_PAYLOAD),
            );
        } else if protocol.forms().is_some() {
            let message = format!("{stream} is a stream of events, which no message of {} can hold", protocol.name());
            findings.unsupported(at, message);
        }
    }
    check_events(shapes, ast, findings);
}

/// The ids of the errors that streams of these operations may have.
pub(crate) fn errors<'a>(operations: &[&'a Shape], ast: &'a Ast) -> impl Iterator<Item = &'a str> {
    let ends = operations.iter().flat_map(|operation| [&operation.links.input, &operation.links.output]).flatten();
    let members = ends.filter_map(|end| ast.shapes.get(&end.id)).flat_map(|end| &end.members);
    let streams = members.filter(|member| is_stream_of_events(member, ast));
    let events = streams.filter_map(|member| ast.shapes.get(&member.target.id)).flat_map(|stream| &stream.members);
    let targets = events.filter_map(|event| ast.shapes.get(&event.target.id));
    targets.filter(|target| target.traits.has(id::ERROR)).map(|error| error.id.as_str())
}

/// Whether a member is a stream of events.
fn is_stream_of_events(member: &Member, ast: &Ast) -> bool {
    let target = ast.shapes.get(&member.target.id);
    target.is_some_and(|target| target.kind == Kind::Union && target.traits.has(id::STREAMING))
}

/// Reports events that are no structures, and payloads of events that are none.
fn check_events(shapes: &[&Shape], ast: &Ast, findings: &mut Findings) {
    let is_stream = |shape: &&&Shape| shape.kind == Kind::Union && shape.traits.has(id::STREAMING);
    let streams: Vec<&Shape> = shapes.iter().filter(is_stream).copied().collect();
    streams.iter().for_each(|stream| check_errors(stream, ast, findings));
    for event in streams.iter().flat_map(|stream| &stream.members) {
        let Some(target) = ast.shapes.get(&event.target.id) else { continue };
        if target.kind == Kind::Structure {
            check_payload(target, ast, findings);
            continue;
        }
        findings.error(
            &event.target.at,
            format!("an event is a structure, not {}", target.kind.described()),
            "target a structure with it as a member, which may have the trait smithy.api#eventPayload",
        );
    }
}

/// Reports an error that a stream has twice: callers know it by its type alone.
fn check_errors(stream: &Shape, ast: &Ast, findings: &mut Findings) {
    let is_error =
        |member: &&Member| ast.shapes.get(&member.target.id).is_some_and(|target| target.traits.has(id::ERROR));
    let mut known: BTreeMap<&str, &str> = BTreeMap::new();
    for member in stream.members.iter().filter(is_error) {
        if let Some(other) = known.insert(&member.target.id, &member.name) {
            let message = format!("{other} and {} are the same error {}", member.name, member.target.id);
            findings.unsupported(&member.target.at, message);
        }
    }
}

/// Reports what stands beside the payload of an event and is no header, and a payload that cannot be one.
fn check_payload(event: &Shape, ast: &Ast, findings: &mut Findings) {
    let Some(payload) = event.members.iter().find(|member| member.traits.has(id::EVENT_PAYLOAD)) else { return };
    let is_lost = |member: &&Member| member.name != payload.name && !member.traits.has(id::EVENT_HEADER);
    for member in event.members.iter().filter(is_lost) {
        findings.error(
            event.place_of(&member.name),
            format!("{} has no place in the event: {} is the whole payload", member.name, payload.name),
            format!("add {} to it, or put it into the payload", id::EVENT_HEADER),
        );
    }
    let is_payload = |kind: Kind| kind.is_string() || matches!(kind, Kind::Blob | Kind::Structure | Kind::Union);
    if let Some(target) = ast.shapes.get(&payload.target.id).filter(|target| !is_payload(target.kind)) {
        findings.error(
            &payload.target.at,
            format!(
                "the payload of an event is a blob, a string, a structure or a union, not {}",
                target.kind.described()
            ),
            format!("remove {}, so that it is a member of the payload", id::EVENT_PAYLOAD),
        );
    }
}
