//! HTTP bindings: which part of a message a member goes to, and whether it fits there.

use super::Member;
use super::binding::{Binding, is_token};
use super::resolver::Resolver;
use super::traits::{self, id};
use crate::ast;
use crate::ast::Kind;
use crate::ast::node::Findings;
use std::collections::BTreeMap;

/// The traits that bind a member; it may have one of them.
const BINDINGS: [&str; 7] = [
    id::HTTP_HEADER,
    id::HTTP_PREFIX_HEADERS,
    id::HTTP_QUERY,
    id::HTTP_QUERY_PARAMS,
    id::HTTP_LABEL,
    id::HTTP_PAYLOAD,
    id::HTTP_RESPONSE_CODE,
];

/// Where a member of a structure goes; reports contradictions and targets that do not fit.
pub(crate) fn binding<'a>(member: &'a ast::Member, target: &'a ast::Shape, resolver: &mut Resolver<'a>) -> Binding {
    let present = BINDINGS.iter().filter(|one| member.traits.has(one));
    let present: Vec<&str> = present.copied().collect();
    let Some((first, others)) = present.split_first() else {
        return Binding::Body;
    };
    for other in others {
        resolver.findings.error(
            &member.at,
            format!("a member cannot have both {first} and {other}"),
            "keep one of the two",
        );
    }
    if let Some(wanted) = misfit(first, member, target, resolver) {
        let kind = target.kind.described();
        resolver.findings.error(
            &member.target.at,
            format!("{first} is for {wanted}, and {} is {kind}", target.id),
            "bind the member elsewhere, or give it another target",
        );
    }
    read(first, member, resolver.findings)
}

/// The binding that a trait says.
fn read(trait_id: &str, member: &ast::Member, findings: &mut Findings) -> Binding {
    let mut name = || traits::text(&member.traits, trait_id, findings).unwrap_or_default();
    let binding = match trait_id {
        id::HTTP_HEADER => Binding::Header(name()),
        id::HTTP_PREFIX_HEADERS => Binding::PrefixHeaders(name()),
        id::HTTP_QUERY => Binding::Query(name()),
        id::HTTP_QUERY_PARAMS => Binding::QueryParams,
        id::HTTP_LABEL => Binding::Label,
        id::HTTP_PAYLOAD => Binding::Payload,
        _ => Binding::ResponseCode,
    };
    let found = member.traits.get(trait_id).map(ast::Trait::node);
    let wanted = match &binding {
        Binding::Header(name) if !is_token(name) => Some("the name of a header"),
        Binding::PrefixHeaders(prefix) if !prefix.is_empty() && !is_token(prefix) => {
            Some("the begin of a header's name")
        }
        Binding::Query(name) if name.is_empty() => Some("the name of a query parameter"),
        _ => None,
    };
    if let (Some(found), Some(wanted)) = (found.filter(|found| found.value.is_string()), wanted) {
        traits::wrong(&found, trait_id, wanted, findings);
    }
    binding
}

/// What a binding is for, if the target is something else.
fn misfit(
    trait_id: &str,
    member: &ast::Member,
    target: &ast::Shape,
    resolver: &mut Resolver<'_>,
) -> Option<&'static str> {
    let (fits, wanted) = match trait_id {
        id::HTTP_HEADER | id::HTTP_QUERY => {
            let element = element(target, "member", resolver);
            let textual = target.kind.is_textual() || element.is_some_and(Kind::is_textual);
            (textual, "strings, numbers, booleans, timestamps and lists of these")
        }
        id::HTTP_LABEL => (target.kind.is_textual(), "strings, numbers, booleans and timestamps"),
        id::HTTP_PREFIX_HEADERS => {
            let value = element(target, "value", resolver);
            (value.is_some_and(Kind::is_string), "maps of strings")
        }
        id::HTTP_QUERY_PARAMS => {
            let strings = takes_query_params(target, resolver);
            (strings, "maps of strings or of lists of strings")
        }
        id::HTTP_PAYLOAD => {
            let scalar = target.kind.is_textual() && !target.kind.is_string();
            (!scalar, "strings, blobs, documents, structures, unions, lists and maps")
        }
        _ => {
            let whole = matches!(target.kind, Kind::Integer | Kind::IntEnum);
            (whole, "integers")
        }
    };
    // A required member is the only one that can always fill its place in the path.
    if trait_id == id::HTTP_LABEL && !member.traits.has(id::REQUIRED) {
        resolver.findings.error(
            &member.at,
            "a member in the path is required, and this one is not",
            format!("add the trait {}", id::REQUIRED),
        );
    }
    (!fits).then_some(wanted)
}

/// The kind of the elements of a list or map; `None` for all else.
fn element(target: &ast::Shape, name: &str, resolver: &Resolver<'_>) -> Option<Kind> {
    let member = target.members.iter().find(|one| one.name == name)?;
    let is_collection = matches!(target.kind, Kind::List | Kind::Map);
    let element = resolver.ast.shapes.get(&member.target.id);
    element.filter(|_| is_collection).map(|found| found.kind)
}

/// Whether this is a map of strings or of lists of strings.
fn takes_query_params(target: &ast::Shape, resolver: &Resolver<'_>) -> bool {
    let value = target.members.iter().find(|one| one.name == "value");
    let value = value.and_then(|value| resolver.ast.shapes.get(&value.target.id));
    let is_string =
        |shape: &ast::Shape| shape.kind.is_string() || element(shape, "member", resolver).is_some_and(Kind::is_string);
    target.kind == Kind::Map && value.is_some_and(is_string)
}

/// Reports members of a structure whose bindings contradict each other.
pub(crate) fn check_together(members: &[Member], shape: &ast::Shape, findings: &mut Findings) {
    let mut taken: BTreeMap<String, &str> = BTreeMap::new();
    let payload = members.iter().find(|one| one.binding == Binding::Payload);
    for member in members {
        let what = match &member.binding {
            Binding::Body => {
                if let Some(payload) = payload {
                    report_beside_payload(member, &payload.name, shape, findings);
                }
                continue;
            }
            Binding::Label => continue,
            // A name that could not be read is reported where it is read.
            Binding::Header(name) | Binding::Query(name) if name.is_empty() => continue,
            Binding::Header(name) => format!("the header {}", name.to_ascii_lowercase()),
            Binding::Query(name) => format!("the query parameter {name:?}"),
            Binding::PrefixHeaders(_) => "all headers with a prefix".to_owned(),
            Binding::QueryParams => "all other query parameters".to_owned(),
            Binding::Payload => "the whole body".to_owned(),
            Binding::ResponseCode => "the status code".to_owned(),
        };
        if let Some(other) = taken.get(&what) {
            findings.error(
                shape.place_of(&member.name),
                format!("{} and {other} are both {what}", member.name),
                "bind one of them elsewhere",
            );
        }
        taken.insert(what, &member.name);
    }
}

fn report_beside_payload(member: &Member, payload: &str, shape: &ast::Shape, findings: &mut Findings) {
    findings.error(
        shape.place_of(&member.name),
        format!("{} has no place in the message: {payload} is the whole body", member.name),
        "bind it to a header, the query or the path, or put it into the payload",
    );
}
