//! The merged sources to the checked model: everything that the service reaches, and nothing else.

use super::merged::Ast;
use super::resolver::Resolver;
use super::selection::{Selection, select, select_types};
use super::traits::{self, Place, Unknown, id};
use super::{
    EnumMember, ErrorTrait, Fault, IntEnumMember, Member, Model, Operation, Retryable, Shape, ShapeId, ShapeKind,
    Structure, beforehand, circles, defaults, event_streams, http, member, nesting, operation, same_requests, service,
    xml,
};
use crate::ast;
use crate::ast::Kind;
use crate::ast::node::Findings;
use crate::protocol::Protocol;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

impl<'a> Resolver<'a> {
    /// Lowers what was reached, and what is reached from there.
    fn shapes(&mut self) -> BTreeMap<ShapeId, Shape> {
        let mut shapes = BTreeMap::new();
        while let Some(shape) = self.queue.pop_front() {
            let lowered = self.shape(shape);
            shapes.extend(lowered.map(|lowered| (lowered.id.clone(), lowered)));
        }
        shapes
    }

    /// Lowers one shape; `None` when it lacks what its type needs, which is reported.
    fn shape(&mut self, shape: &'a ast::Shape) -> Option<Shape> {
        self.check_traits(&shape.traits, Place::Shape);
        check_member_names(shape, self.findings);
        if let Some(default) = shape.traits.get(id::DEFAULT) {
            defaults::check(default, shape, self.findings);
        }
        let kind = self.kind(shape)?;
        let id = self.model_id(&shape.id);
        let (of_shape, protocol, findings) = (&shape.traits, self.protocol, &mut *self.findings);
        Some(Shape {
            id,
            kind,
            sensitive: traits::flag(of_shape, id::SENSITIVE, findings),
            streaming: traits::flag(of_shape, id::STREAMING, findings),
            requires_length: traits::flag(of_shape, id::REQUIRES_LENGTH, findings),
            timestamp_format: traits::timestamp_format(of_shape, findings),
            media_type: media_type(of_shape, findings),
            xml_name: xml::name_of_shape(of_shape, protocol, findings),
            xml_namespace: xml::namespace_of_shape(of_shape, protocol, findings),
            deprecated: traits::deprecated(of_shape, findings),
            constraints: traits::constraints(of_shape, findings),
            documentation: traits::documentation(of_shape, findings),
        })
    }

    fn kind(&mut self, shape: &'a ast::Shape) -> Option<ShapeKind> {
        let kind = match shape.kind {
            Kind::String => ShapeKind::String,
            Kind::Blob => ShapeKind::Blob,
            Kind::Boolean => ShapeKind::Boolean,
            Kind::Byte => ShapeKind::Byte,
            Kind::Short => ShapeKind::Short,
            Kind::Integer => ShapeKind::Integer,
            Kind::Long => ShapeKind::Long,
            Kind::Float => ShapeKind::Float,
            Kind::Double => ShapeKind::Double,
            Kind::BigInteger => ShapeKind::BigInteger,
            Kind::BigDecimal => ShapeKind::BigDecimal,
            Kind::Timestamp => ShapeKind::Timestamp,
            Kind::Document => ShapeKind::Document,
            Kind::Enum => ShapeKind::Enum(self.enum_members(shape)),
            Kind::IntEnum => ShapeKind::IntEnum(self.int_enum_members(shape)),
            Kind::List | Kind::Set => self.list(shape)?,
            Kind::Map => self.map(shape)?,
            Kind::Structure => ShapeKind::Structure(self.structure(shape)),
            Kind::Union => self.union(shape),
            // Never reached as data, since targets are checked before.
            Kind::Service | Kind::Resource | Kind::Operation => return None,
        };
        Some(kind)
    }

    fn enum_members(&mut self, shape: &'a ast::Shape) -> Vec<EnumMember> {
        let mut lowered: Vec<EnumMember> = Vec::new();
        let mut values: BTreeMap<String, &str> = BTreeMap::new();
        for member in &shape.members {
            self.check_traits(&member.traits, Place::Member);
            let findings = &mut *self.findings;
            let value = traits::text(&member.traits, id::ENUM_VALUE, findings);
            let value = value.unwrap_or_else(|| member.name.clone());
            if let Some(same) = values.insert(value.clone(), &member.name) {
                report_same_value(member, same, findings);
            }
            lowered.push(EnumMember {
                name: member.name.clone(),
                value,
                deprecated: traits::deprecated(&member.traits, findings),
                documentation: traits::documentation(&member.traits, findings),
            });
        }
        self.report_empty(shape, lowered.is_empty());
        lowered
    }

    fn int_enum_members(&mut self, shape: &'a ast::Shape) -> Vec<IntEnumMember> {
        let mut lowered: Vec<IntEnumMember> = Vec::new();
        let mut values: BTreeMap<i32, &str> = BTreeMap::new();
        for member in &shape.members {
            self.check_traits(&member.traits, Place::Member);
            let findings = &mut *self.findings;
            let Some(value) = int_enum_value(member, findings) else {
                continue;
            };
            if let Some(same) = values.insert(value, &member.name) {
                report_same_value(member, same, findings);
            }
            lowered.push(IntEnumMember {
                name: member.name.clone(),
                value,
                documentation: traits::documentation(&member.traits, findings),
            });
        }
        self.report_empty(shape, shape.members.is_empty());
        lowered
    }

    fn report_empty(&mut self, shape: &ast::Shape, is_empty: bool) {
        if is_empty {
            let kind = shape.kind.name();
            self.findings.error(&shape.at, format!("this {kind} has no members"), "add at least one under `members`");
        }
    }

    fn list(&mut self, shape: &'a ast::Shape) -> Option<ShapeKind> {
        let sparse = traits::flag(&shape.traits, id::SPARSE, self.findings);
        let member = Box::new(self.member_called("member", shape)?);
        Some(ShapeKind::List { member, sparse })
    }

    fn map(&mut self, shape: &'a ast::Shape) -> Option<ShapeKind> {
        let sparse = traits::flag(&shape.traits, id::SPARSE, self.findings);
        let key = self.member_called("key", shape);
        let value = self.member_called("value", shape);
        Some(ShapeKind::Map { key: Box::new(key?), value: Box::new(value?), sparse })
    }

    /// The member of a list or map with this name; reports one that is neither there nor in a mixin.
    fn member_called(&mut self, name: &str, shape: &'a ast::Shape) -> Option<Member> {
        let member = shape.members.iter().find(|one| one.name == name);
        if member.is_none() && !shape.mixins.is_empty() {
            let kind = shape.kind.name();
            let hint = format!("add `{name}` to it or to one of its mixins");
            self.findings.error(&shape.at, format!("this {kind} has no `{name}`"), hint);
        }
        member::lower(shape, member?, self)
    }

    fn structure(&mut self, shape: &'a ast::Shape) -> Structure {
        let members = shape.members.iter();
        let members: Vec<_> = members.filter_map(|one| member::lower(shape, one, self)).collect();
        if self.protocol.has_bindings {
            http::check_together(&members, shape, self.findings);
        }
        member::check_body_names(&members, shape, self);
        Structure { error: error_trait(&shape.traits, self.findings), members }
    }

    fn union(&mut self, shape: &'a ast::Shape) -> ShapeKind {
        let members = shape.members.iter();
        let members: Vec<_> = members.filter_map(|one| member::lower(shape, one, self)).collect();
        member::check_body_names(&members, shape, self);
        self.report_empty(shape, shape.members.is_empty());
        ShapeKind::Union(members)
    }
}

/// Lowers a service that is spoken with by a protocol, and what it reaches through the operations of the selection, or through all. What cannot be
/// lowered is reported and left out.
pub(crate) fn lower(
    ast: &Ast,
    service: &ast::Shape,
    protocol: &'static Protocol,
    selection: Option<&Selection>,
    findings: &mut Findings,
) -> Model {
    let mut resolver = Resolver {
        ast,
        protocol,
        findings,
        renames: renames(service),
        unknown: Unknown::default(),
        reached: BTreeSet::new(),
        queue: VecDeque::new(),
    };
    let mut lowered = service::service(service, &mut resolver);
    let operations = service::operations(service, resolver.ast, resolver.findings);
    let service_operations = operations.len();
    lowered.endpoint_discovery = beforehand::endpoint_discovery(service, &operations, resolver.ast, resolver.findings);
    lowered.session_operation = beforehand::session_operation(service, &operations);
    let types = selection.map(|selection| select_types(service, &operations, selection, &mut resolver));
    let service_errors = service_errors(service, &operations, &resolver);
    let operations = match selection {
        Some(selection) => {
            let chosen = select(operations.clone(), selection, resolver.findings);
            beforehand::with_called(&operations, &chosen, service, selection)
        }
        None => operations,
    };
    let operations: Vec<_> = operations.into_iter().map(|one| operation::lower(one, service, &mut resolver)).collect();
    let shapes = resolver.shapes();
    // A selection need not reach what the service renames.
    if selection.is_none() {
        check_renames(service, &mut resolver);
    }
    let Resolver { unknown, findings, reached, .. } = resolver;
    unknown.warn(findings);
    let reached: Vec<_> = reached.iter().filter_map(|id| ast.shapes.get(*id)).collect();
    circles::check(reached.iter().copied(), findings);
    nesting::check(reached.iter().copied(), ast, findings);
    event_streams::check(&reached, &operations, protocol, ast, findings);
    // A route that could not be read stands for another one here, and is told of.
    if protocol.has_bindings && findings.errors() == 0 {
        same_requests::check(&operations, ast, findings);
    }
    check_names(&operations, &shapes, service, findings);
    Model { service: lowered, service_operations, operations, types: types.unwrap_or_default(), service_errors, shapes }
}

/// The errors of a whole service, by their ids in the model, whether they exist or not.
fn service_errors(service: &ast::Shape, operations: &[&ast::Shape], resolver: &Resolver<'_>) -> Vec<ShapeId> {
    let listed = operations.iter().flat_map(|operation| &operation.links.errors).chain(&service.links.errors);
    let of_streams = event_streams::errors(operations, resolver.ast);
    let listed = listed.map(|reference| reference.id.as_str()).chain(of_streams);
    let ids: BTreeSet<ShapeId> = listed.map(|id| resolver.model_id(id)).collect();
    ids.into_iter().collect()
}

/// The new ids of the shapes that the service renames.
fn renames(service: &ast::Shape) -> BTreeMap<&str, ShapeId> {
    let renames = service.links.rename.iter();
    let renamed = renames.map(|(from, name)| {
        let old = ShapeId::new(&from.id);
        let new = ShapeId::new(format!("{}#{name}", old.namespace()));
        (from.id.as_str(), new)
    });
    renamed.collect()
}

/// Warns of renamed shapes that the service does not reach.
fn check_renames(service: &ast::Shape, resolver: &mut Resolver<'_>) {
    for (from, name) in &service.links.rename {
        if !resolver.reached.contains(from.id.as_str()) {
            resolver.findings.warning(
                &from.at,
                format!("the service renames {} to {name} but does not use it", from.id),
                "remove the new name, or mend the id",
            );
        }
    }
}

/// Reports operations, and shapes that become types, whose names differ in namespace or case only.
fn check_names(
    operations: &[Operation],
    shapes: &BTreeMap<ShapeId, Shape>,
    service: &ast::Shape,
    findings: &mut Findings,
) {
    let named = shapes.values().filter(|shape| {
        matches!(shape.kind, ShapeKind::Structure(_) | ShapeKind::Union(_) | ShapeKind::Enum(_) | ShapeKind::IntEnum(_))
    });
    let types: Vec<_> = named.map(|shape| &shape.id).collect();
    let operations: Vec<_> = operations.iter().map(|operation| &operation.id).collect();
    let by_rename = "give one of them another name under `rename` of the service";
    let by_hand = "give one of the operations another name; `rename` of the service is for other shapes";
    for (ids, hint) in [(types, by_rename), (operations, by_hand)] {
        let mut taken: BTreeMap<String, &ShapeId> = BTreeMap::new();
        for id in ids {
            if let Some(other) = taken.insert(id.name().to_ascii_lowercase(), id) {
                let (one, two) = (other.as_str(), id.as_str());
                findings.error(&service.at, format!("{one} and {two} would have the same name"), hint);
            }
        }
    }
}

/// Reports members whose names differ in case only.
fn check_member_names(shape: &ast::Shape, findings: &mut Findings) {
    let mut taken: BTreeMap<String, &str> = BTreeMap::new();
    for member in &shape.members {
        let lower = member.name.to_ascii_lowercase();
        if let Some(other) = taken.insert(lower, &member.name) {
            let name = &member.name;
            findings.error(
                &member.at,
                format!("{name} and {other} differ in case only"),
                "rename one of them; `jsonName` keeps what is sent",
            );
        }
    }
}

fn report_same_value(member: &ast::Member, other: &str, findings: &mut Findings) {
    findings.error(
        &member.at,
        format!("{} has the same value as {other}", member.name),
        "give each member of an enum a value of its own",
    );
}

/// `smithy.api#enumValue` of an integer; reports one that is missing or out of range.
fn int_enum_value(member: &ast::Member, findings: &mut Findings) -> Option<i32> {
    let Some(found) = member.traits.get(id::ENUM_VALUE) else {
        findings.error(
            &member.at,
            "this member of an intEnum has no value",
            format!("add the trait {} with a whole number", id::ENUM_VALUE),
        );
        return None;
    };
    let number = found.value.as_i64().and_then(|number| i32::try_from(number).ok());
    if number.is_none() {
        let wanted = "a whole number of 32 bits";
        traits::wrong(&found.node(), id::ENUM_VALUE, wanted, findings);
    }
    number
}

/// `smithy.api#mediaType`; reports one that no header could carry.
fn media_type(of_shape: &ast::Traits, findings: &mut Findings) -> Option<String> {
    let media_type = traits::text(of_shape, id::MEDIA_TYPE, findings)?;
    let is_visible = media_type.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
    if !is_visible || !media_type.contains('/') {
        let node = of_shape.get(id::MEDIA_TYPE)?.node();
        traits::wrong(&node, id::MEDIA_TYPE, "a type such as \"application/json\"", findings);
    }
    Some(media_type)
}

/// `smithy.api#error` with its companions; `None` for structures that are no errors.
fn error_trait(of_shape: &ast::Traits, findings: &mut Findings) -> Option<ErrorTrait> {
    let faults = [("client", Fault::Client), ("server", Fault::Server)];
    let fault = traits::one_of(of_shape, id::ERROR, &faults, findings)?;
    let retryable = traits::flag(of_shape, id::RETRYABLE, findings);
    let query = of_shape.get(id::AWS_QUERY_ERROR).map(ast::Trait::node);
    Some(ErrorTrait {
        fault,
        status: traits::number(of_shape, id::HTTP_ERROR, 100..=599, findings),
        retryable: retryable.then(|| throttling(of_shape, findings)),
        query_code: query.and_then(|query| traits::text_field(&query, "code", findings)),
    })
}

/// What `smithy.api#retryable` says about throttling.
fn throttling(of_shape: &ast::Traits, findings: &mut Findings) -> Retryable {
    let node = of_shape.get(id::RETRYABLE).map(ast::Trait::node);
    let field = node.and_then(|node| node.field("throttling"));
    if let Some(field) = field.as_ref().filter(|field| !field.value.is_boolean()) {
        traits::wrong(field, id::RETRYABLE, "true or false as `throttling`", findings);
    }
    Retryable { throttling: field.is_some_and(|field| *field.value == true) }
}
