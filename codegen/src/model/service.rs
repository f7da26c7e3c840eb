//! The service shape: which one, its protocol, its signing, and the operations that belong to it.

use super::endpoint::{self, EndpointTrait};
use super::merged::Ast;
use super::resolver::Resolver;
use super::traits::{self, Place, id};
use super::{Service, ShapeId, auth, xml};
use crate::ast::node::{At, Findings, Node, describe};
use crate::ast::{Kind, Shape};
use crate::protocol::{Protocol, is_protocol};
use std::collections::{BTreeMap, BTreeSet};

/// The only service of the sources; reports none and more than one.
pub(crate) fn choose<'a>(ast: &'a Ast, first: &At, findings: &mut Findings) -> Option<&'a Shape> {
    let shapes = ast.shapes.values();
    let services = shapes.filter(|shape| shape.kind == Kind::Service);
    let services: Vec<_> = services.filter(|shape| !shape.traits.has("smithy.api#mixin")).collect();
    match services.as_slice() {
        [only] => return Some(only),
        [] => findings.error(
            first,
            "there is no service here",
            "give the source that has the shape of type \"service\" as well",
        ),
        [.., last] => {
            let ids: Vec<_> = services.iter().map(|one| one.id.as_str()).collect();
            findings.error(
                &last.at,
                format!("there are {} services: {}", ids.len(), ids.join(", ")),
                "give the sources of one service only",
            );
        }
    }
    None
}

/// The protocol to speak: the one of this name if one is `wanted`, else the preferred one. Reports a service that has none
/// that can be emitted, and goes on with the one it would have.
pub(crate) fn protocol(service: &Shape, wanted: Option<&str>, findings: &mut Findings) -> &'static Protocol {
    let has = |id: &str| service.traits.has(id);
    let listed = || Protocol::supported().filter(|protocol| has(protocol.id));
    let found = |name: &str| listed().find(|protocol| protocol.name() == name || protocol.id == name);
    if let Some(chosen) = wanted.map_or_else(|| Protocol::choose(has), found) {
        return chosen;
    }
    if let (Some(wanted), Some(preferred)) = (wanted, listed().next()) {
        let names: Vec<_> = listed().map(Protocol::name).collect();
        findings.error(
            &service.at,
            format!("the service does not speak {wanted:?}"),
            format!("choose among {}, or leave the choice to the generator", names.join(", ")),
        );
        return preferred;
    }
    let ids = service.traits.iter().map(|one| one.id.as_str());
    let found: Vec<_> = ids.filter(|one| is_protocol(one)).collect();
    let message = match found.as_slice() {
        [] => "the service has no protocol".to_owned(),
        found => format!("the service speaks {}, which cannot be emitted", found.join(" and ")),
    };
    let supported: Vec<_> = Protocol::supported().map(|protocol| protocol.id).collect();
    findings.error(&service.at, message, format!("the service needs one of the traits {}", supported.join(", ")));
    Protocol::refused(has)
}

/// The service without its operations.
pub(crate) fn service(shape: &Shape, resolver: &mut Resolver<'_>) -> Service {
    resolver.check_traits(&shape.traits, Place::Service);
    let protocol = resolver.protocol;
    let findings = &mut *resolver.findings;
    let id = ShapeId::new(&shape.id);
    let aws = shape.traits.get(id::AWS_SERVICE).map(|found| found.node());
    if let Some(aws) = &aws {
        aws.object(findings, "write an object with `sdkId`, `endpointPrefix` and the like");
    }
    let mut name = |key| traits::text_field(aws.as_ref()?, key, findings);
    let (sdk_id, prefix, arn) = (name("sdkId"), name("endpointPrefix"), name("arnNamespace"));
    if let Some(aws) = &aws {
        let word = |c: char| c.is_ascii_alphanumeric();
        check_name(aws, "sdkId", |c| word(c) || " -_".contains(c), "letters, digits and blanks", findings);
        check_name(aws, "endpointPrefix", |c| word(c) || ".-".contains(c), "a part of a host name", findings);
    }
    auth::check_service(shape, findings);
    if protocol.forms().is_some() && shape.links.version.as_deref().is_none_or(str::is_empty) {
        let message = format!("the service has no version, which each request of {} has in it", protocol.id);
        findings.error(&shape.at, message, "write the `version` of the service, such as \"2011-06-15\"");
    }
    Service {
        version: shape.links.version.clone().unwrap_or_default(),
        title: traits::text(&shape.traits, id::TITLE, findings),
        sdk_id: sdk_id.unwrap_or_else(|| id.name().to_owned()),
        endpoint_prefix: aws.is_some().then(|| prefix.or(arn).unwrap_or_else(|| id.name().to_lowercase())),
        signing_name: auth::signing_name(shape, findings),
        auth: auth::of_service(shape),
        protocol,
        endpoint_rule_set: endpoint_rules(shape, id::ENDPOINT_RULE_SET, findings).map(EndpointTrait::rule_set),
        endpoint_bdd: endpoint_rules(shape, id::ENDPOINT_BDD, findings).map(EndpointTrait::bdd),
        client_context_params: client_context_params(shape, findings),
        endpoint_discovery: None,
        session_operation: None,
        query_compatible: query_compatible(shape, protocol, findings),
        xml_namespace: xml::namespace_of_shape(&shape.traits, protocol, findings),
        documentation: traits::documentation(&shape.traits, findings),
        id,
    }
}

/// Whether the service still gives the error codes of the query protocol. Smithy has the trait beside some protocols only.
fn query_compatible(shape: &Shape, protocol: &Protocol, findings: &mut Findings) -> bool {
    let present = traits::flag(&shape.traits, id::AWS_QUERY_COMPATIBLE, findings);
    let may_be = protocol.may_be_query_compatible();
    if let Some(found) = shape.traits.get(id::AWS_QUERY_COMPATIBLE).filter(|_| !may_be) {
        let of = Protocol::supported().filter(|protocol| protocol.may_be_query_compatible()).map(Protocol::name);
        let of: Vec<_> = of.collect();
        findings.warning(
            &found.at,
            format!(
                "error codes of the query protocol are of services that speak {}, which this one does not",
                of.join(" or ")
            ),
            "the client works without them; remove the trait, or correct the protocol",
        );
    }
    present && may_be
}

/// Reports a name of the service that holds other characters than it may, or none, or no letter to begin with.
pub(super) fn check_name(
    node: &Node<'_>,
    key: &str,
    allowed: impl Fn(char) -> bool,
    wanted: &str,
    findings: &mut Findings,
) {
    let Some(field) = node.field(key) else { return };
    let Some(text) = field.value.as_str() else { return };
    if !text.starts_with(|first: char| first.is_ascii_alphabetic()) || !text.chars().all(allowed) {
        let found = describe(field.value);
        let message = format!("the `{key}` of a service is {wanted} and begins with a letter, not {found}");
        findings.error(&field.at, message, "write it as AWS does, such as \"IVS RealTime\" or \"ivsrealtime\"");
    }
}

/// The value of a trait with endpoint rules, checked to have parameters, and what decides.
fn endpoint_rules(shape: &Shape, id: &str, findings: &mut Findings) -> Option<serde_json::Value> {
    let found = shape.traits.get(id)?;
    let node = found.node();
    let (what, decides) = match id {
        id::ENDPOINT_BDD => ("endpoint decision diagram", "results"),
        _ => ("endpoint rule set", "rules"),
    };
    for (key, is_right) in
        [("parameters", node.value["parameters"].is_object()), (decides, node.value[decides].is_array())]
    {
        if !is_right {
            let wanted = format!("an object with `parameters` (an object) and `{decides}` (an array)");
            findings.error(&node.at, format!("the {what} has no usable `{key}`"), format!("write {wanted}"));
        }
    }
    Some(found.value.clone())
}

/// `smithy.rules#clientContextParams`; reports what is no parameter.
fn client_context_params(shape: &Shape, findings: &mut Findings) -> Vec<endpoint::Parameter> {
    let Some(found) = shape.traits.get(id::CLIENT_CONTEXT_PARAMS) else { return Vec::new() };
    endpoint::client_params(&found.value).unwrap_or_else(|problem| {
        let node = found.node();
        let message = format!("trait {} cannot be read: {}", id::CLIENT_CONTEXT_PARAMS, problem.message);
        findings.error(
            &node.at,
            message,
            "write an object of names, each with a `type`: string, boolean or stringArray",
        );
        Vec::new()
    })
}

/// The operations bound to the service and to its resources, at any depth, ordered by name.
pub(crate) fn operations<'a>(service: &'a Shape, ast: &'a Ast, findings: &mut Findings) -> Vec<&'a Shape> {
    let mut operations = BTreeMap::new();
    let mut seen = BTreeSet::new();
    let mut open = vec![service];
    while let Some(owner) = open.pop() {
        if !seen.insert(owner.id.as_str()) {
            continue;
        }
        for (role, references) in [(Kind::Operation, &owner.links.operations), (Kind::Resource, &owner.links.resources)]
        {
            for reference in references {
                let Some(bound) = ast.find(reference, findings) else {
                    continue;
                };
                if bound.kind != role {
                    findings.error(
                        &reference.at,
                        format!("{} is {}, not {}", bound.id, bound.kind.described(), role.described()),
                        "list operations under `operations` and resources under `resources`",
                    );
                } else if role == Kind::Operation {
                    let name = ShapeId::new(&bound.id).name().to_owned();
                    operations.insert((name, bound.id.as_str()), bound);
                } else {
                    open.push(bound);
                }
            }
        }
    }
    operations.into_values().collect()
}
