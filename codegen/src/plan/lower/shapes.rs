//! Structures, unions and enums.

use std::collections::BTreeMap;

use super::planner::{Planner, deprecation};
use super::{loose_header, message};
use crate::model::{
    Binding, EnumMember, ErrorTrait, Fault, Member, Retryable, Shape, ShapeId, ShapeKind, TimestampFormat,
};
use crate::options::Emit;
use crate::plan::docs::{self, ConstraintKind, Docs};
use crate::plan::names::MemberNames;
use crate::plan::types::{MapKey, Named, RustType};
use crate::plan::{
    Builder, Enum, Field, Presence, Role, Row, Structure, Union, UnionVariant, Variant, names, nullability,
};

impl Planner<'_> {
    /// A structure under its own name.
    pub(super) fn structure(&mut self, shape: &Shape, role: Role) -> Structure {
        let name = names::type_name(shape.id.name());
        let docs = self.docs(shape.id.as_str(), shape.documentation.as_deref(), || {
            format!("The structure `{}` of the model.", shape.id.name())
        });
        self.structure_as(name, docs, Some(shape), role)
    }

    /// A structure under another name, as inputs and outputs have; without a shape it is empty.
    pub(super) fn structure_as(&mut self, name: String, docs: Docs, shape: Option<&Shape>, role: Role) -> Structure {
        let members = shape.map_or(&[][..], |shape| self.members(&shape.id));
        // Types alone are what is sent and received by somebody else, who has the stream.
        let is_there = |member: &&Member| self.emit == Emit::Client || !self.is_event_stream(&member.target);
        let members: Vec<&Member> = members.iter().filter(is_there).collect();
        let named = member_names(role, &members);
        let mut fields: Vec<Field> =
            members.into_iter().zip(named).map(|(member, names)| self.field(shape, member, names, role)).collect();
        let error = shape.and_then(|shape| match &shape.kind {
            ShapeKind::Structure(structure) => structure.error.as_ref(),
            _ => None,
        });
        if let Some(shape) = shape {
            let names = fields.iter().map(|field| (field.member_name.clone(), field.name.clone())).collect();
            self.refuse_same_names(&shape.id, names);
        }
        if role == Role::Exception {
            message::complete(&mut fields);
        }
        if let Some(header) = self.customization.loose_header.filter(|_| role == Role::Output) {
            loose_header::complete(&mut fields, header);
        }
        if role == Role::Output && self.emit == Emit::Client && self.customization.extended_request_id {
            fields.push(extended_request_id());
        }
        let has_body = fields.iter().any(|field| field.row.location.is_none());
        Structure {
            xml_root: self.xml_root(shape, role, has_body),
            builder: self.builder(&name, role),
            definition: names::definition(&name),
            name,
            shape_id: shape.map(|shape| shape.id.as_str().to_owned()).unwrap_or_default(),
            shape_name: shape.map(|shape| shape.id.name().to_owned()).unwrap_or_default(),
            role,
            docs,
            deprecated: shape.and_then(|shape| deprecation(shape.deprecated.as_ref())),
            fields,
            retryable: shape.zip(error).and_then(|(shape, error)| self.retryable(shape, error)),
        }
    }

    /// The `ErrorKind` variant of an exception after which a call is tried again.
    fn retryable(&self, shape: &Shape, error: &ErrorTrait) -> Option<&'static str> {
        let code = error.query_code.as_deref().unwrap_or(shape.id.name());
        let is_transient = self.transient_codes().iter().any(|transient| transient == code);
        let retryable = error.retryable.or(is_transient.then_some(Retryable { throttling: false }))?;
        Some(match (retryable.throttling, error.fault) {
            (true, _) => "ThrottlingError",
            (false, Fault::Server) => "ServerError",
            (false, Fault::Client) => "ClientError",
        })
    }

    fn field(&mut self, shape: Option<&Shape>, member: &Member, names: MemberNames, role: Role) -> Field {
        let ty = self.events_type(member, role).unwrap_or_else(|| self.rust_type(member));
        let is_message = message::is_message(role, &names.field, &ty);
        let presence = match role {
            Role::Input => nullability::of_input(&ty),
            _ => nullability::of_member(member, &ty),
        };
        let boxed = shape.is_some_and(|shape| self.boxed.contains(&(&shape.id, member.name.as_str())));
        Field {
            name: names.field,
            set: names.set,
            get: names.get,
            member_name: member.name.clone(),
            docs: self.member_docs(shape, member, role, is_message.then_some(message::DOCS)),
            deprecated: deprecation(member.deprecated.as_ref()),
            boxed,
            is_private: false,
            row: self.row(shape, member, role, &presence, &ty),
            ty,
            presence,
            required: member.required,
        }
    }

    /// What a member is; `known` is what we know where the model does not say.
    fn member_docs(&self, container: Option<&Shape>, member: &Member, role: Role, known: Option<&str>) -> Docs {
        let id =
            container.map_or_else(|| member.name.clone(), |shape| format!("{}${}", shape.id.as_str(), member.name));
        let target = self.shape(&member.target);
        let source =
            member.documentation.as_deref().or(target.documentation.as_deref().filter(|_| is_simple(&target.kind)));
        let mut docs = self.docs(&id, source, || {
            known.map_or_else(|| format!("The member `{}` of the model.", member.name), str::to_owned)
        });
        let kind = match target.kind {
            ShapeKind::List { .. } => ConstraintKind::Elements,
            ShapeKind::Map { .. } => ConstraintKind::Entries,
            ShapeKind::Blob => ConstraintKind::Bytes,
            _ => ConstraintKind::Characters,
        };
        let mut limits = Vec::new();
        if role == Role::Input && member.required {
            limits.push("Required.".to_owned());
        }
        limits.extend(docs::constraints(&member.constraints, &target.constraints, kind));
        if !limits.is_empty() {
            docs.lines.push_paragraph(&limits.join(" "));
        }
        docs
    }

    /// The Rust type of a member, without option or box.
    pub(super) fn rust_type(&self, member: &Member) -> RustType {
        let target = self.shape(&member.target);
        match &target.kind {
            ShapeKind::Blob if target.streaming => RustType::ByteStream,
            ShapeKind::Blob => RustType::Blob,
            ShapeKind::Boolean => RustType::Bool,
            ShapeKind::String => RustType::String,
            ShapeKind::Byte => RustType::I8,
            ShapeKind::Short => RustType::I16,
            ShapeKind::Integer | ShapeKind::IntEnum(_) => RustType::I32,
            ShapeKind::Long => RustType::I64,
            ShapeKind::Float => RustType::F32,
            ShapeKind::Double => RustType::F64,
            ShapeKind::BigInteger => RustType::BigInteger,
            ShapeKind::BigDecimal => RustType::BigDecimal,
            ShapeKind::Timestamp => RustType::DateTime,
            ShapeKind::Document => RustType::Document,
            ShapeKind::Enum(_) => RustType::Enum(self.named(target)),
            ShapeKind::Structure(_) => RustType::Structure(self.named(target)),
            ShapeKind::Union(_) => RustType::Union(self.named(target)),
            ShapeKind::List { member: element, sparse } => {
                RustType::Vec(Box::new(sparse_type(self.rust_type(element), *sparse)))
            }
            ShapeKind::Map { key, value, sparse } => {
                let value = sparse_type(self.rust_type(value), *sparse);
                RustType::Map(self.map_key(key), Box::new(value))
            }
        }
    }

    /// The builder of a structure, and the name under which its file defines it.
    fn builder(&self, structure: &str, role: Role) -> Builder {
        let name = names::OperationNames::builder_of(structure);
        let is_among_types = matches!(role, Role::Data | Role::Exception);
        let is_taken = is_among_types && (self.type_names.contains(&name) || names::hides_short_name(&name));
        Builder {
            // One underscore ends the definition of a type.
            definition: if is_taken { format!("{name}__") } else { name.clone() },
            name,
        }
    }

    /// Whether files use a type's name for something else, so that they spell the type with its path.
    pub(super) fn is_spelled_with_its_path(&self, name: &str) -> bool {
        names::hides_short_name(name) || self.operation_names.contains(name)
    }

    /// The type of a map's keys, which are strings or one of a list of them.
    fn map_key(&self, key: &Member) -> MapKey {
        let target = self.shape(&key.target);
        match target.kind {
            ShapeKind::Enum(_) => MapKey::Enum(self.named(target)),
            _ => MapKey::String,
        }
    }

    pub(super) fn named(&self, shape: &Shape) -> Named {
        let name = names::type_name(shape.id.name());
        let is_exception = self.exception_ids.contains(&shape.id);
        let qualified = is_exception || self.is_spelled_with_its_path(&name);
        Named { name, module: if is_exception { "types::error" } else { "types" }, qualified }
    }

    fn row(&self, container: Option<&Shape>, member: &Member, role: Role, presence: &Presence, ty: &RustType) -> Row {
        let target = self.shape(&member.target);
        let protocol = self.model.service.protocol;
        let is_event_stream = matches!(ty, RustType::Events(_));
        // In protocols without bindings, too, a stream of events is all of the body but its first message.
        let special = match is_event_stream {
            true => Some(Binding::Payload),
            false => self.binding_in_event(container, member, role),
        };
        let binding = special.as_ref().unwrap_or_else(|| effective(&member.binding, role));
        let (location, wire) = self.place(binding, member);
        let mut flags = Vec::new();
        let usual = protocol.timestamps(if special.is_some() { &Binding::Body } else { binding });
        match self.timestamp_format(member, usual) {
            Some(TimestampFormat::DateTime) => flags.push("DATE_TIME"),
            Some(TimestampFormat::HttpDate) => flags.push("HTTP_DATE"),
            Some(TimestampFormat::EpochSeconds) | None => {}
        }
        if is_event_stream && self.secret.contains(&member.target)
            || self.is_sensitive(member)
            || container.is_some_and(|container| container.sensitive)
        {
            flags.push("SENSITIVE");
        }
        if member.idempotency_token && role == Role::Input {
            flags.push("IDEMPOTENCY_TOKEN");
        }
        if role == Role::Input && self.customization.is_own_account(&member.name) {
            flags.push("OWN_ACCOUNT");
        }
        let is_aggregate = matches!(ty, RustType::Structure(_) | RustType::Union(_));
        let begins_events = location == Some("HEADER") && self.begins_events(container, role);
        let must_be_there =
            begins_events || role == Role::Input && matches!(location, Some("QUERY" | "HEADER" | "PAYLOAD"));
        // A request whose payload is a structure has a body, be the structure there or not.
        let is_body = role == Role::Input && location == Some("PAYLOAD") && matches!(ty, RustType::Structure(_));
        let is_stream = ty.is_stream();
        if is_body || member.required && !is_stream && (must_be_there || role != Role::Input && is_aggregate) {
            flags.push("REQUIRED");
        }
        if matches!(presence, Presence::Default(_)) {
            flags.push("DEFAULT");
        }
        if wire.contains(|letter: char| matches!(letter, '"' | '\\' | '\0'..='\x1f')) {
            flags.push("ESCAPED");
        }
        if location.is_none() {
            flags.extend(self.xml_flags(member));
        }
        if is_stream {
            flags.push("STREAM");
        }
        if is_stream && target.requires_length && role == Role::Input {
            flags.push("REQUIRES_LENGTH");
        }
        let media_type = target.media_type.clone().filter(|_| matches!(location, Some("HEADER" | "PAYLOAD")));
        let is_named = location.is_some() || self.is_named_as_in_model();
        let named = is_named.then(|| member.name.clone()).filter(|name| *name != wire);
        Row { location, wire, named, flags, media_type, xml: self.xml_of(member, binding) }
    }

    /// Where a member travels, and what it is called there.
    fn place(&self, binding: &Binding, member: &Member) -> (Option<&'static str>, String) {
        match binding {
            Binding::Body => (None, member.body_name.as_ref().unwrap_or(&member.name).clone()),
            Binding::Header(name) => (Some("HEADER"), name.clone()),
            Binding::PrefixHeaders(prefix) => (Some("PREFIX_HEADERS"), prefix.clone()),
            Binding::Query(key) => (Some("QUERY"), key.clone()),
            Binding::QueryParams => (Some("QUERY_PARAMS"), member.name.clone()),
            Binding::Label => (Some("LABEL"), member.name.clone()),
            Binding::Payload => (Some("PAYLOAD"), self.xml_payload_name(member).unwrap_or_else(|| member.name.clone())),
            Binding::ResponseCode => (Some("STATUS"), member.name.clone()),
        }
    }

    /// An event among others: messages call it as the model does, whatever it is called in bodies.
    fn event_row(&self, member: &Member) -> Row {
        let flags = if self.is_sensitive(member) { vec!["SENSITIVE"] } else { Vec::new() };
        Row { location: None, wire: member.name.clone(), named: None, flags, media_type: None, xml: None }
    }

    /// The format of the timestamps that a member holds; `usual` where the model gives none, or the protocol does not care.
    fn timestamp_format(&self, member: &Member, usual: TimestampFormat) -> Option<TimestampFormat> {
        let target = self.shape(&member.target);
        let cares = self.model.service.protocol.has_timestamp_formats;
        let own = member.timestamp_format.or(target.timestamp_format).filter(|_| cares);
        match &target.kind {
            ShapeKind::Timestamp => Some(own.unwrap_or(usual)),
            ShapeKind::List { member, .. } => self.timestamp_format(member, usual),
            ShapeKind::Map { value, .. } => self.timestamp_format(value, usual),
            _ => None,
        }
    }

    /// A union. The errors of a stream of events are no events, but variants of an enum of their own.
    pub(super) fn union(&mut self, shape: &Shape, members: &[Member]) -> Union {
        let is_stream = self.is_event_stream(&shape.id);
        let members: Vec<_> = members.iter().filter(|member| !is_stream || !self.is_error(&member.target)).collect();
        let variants = members.into_iter().map(|member| {
            let ty = self.rust_type(member);
            let name = names::variant(&member.name);
            let (is, cast) = names::variant_methods(&name, &member.name);
            UnionVariant {
                name,
                member_name: member.name.clone(),
                is,
                cast,
                docs: self.member_docs(Some(shape), member, Role::Data, None),
                deprecated: deprecation(member.deprecated.as_ref()),
                boxed: self.boxed.contains(&(&shape.id, member.name.as_str())),
                row: match is_stream {
                    true => self.event_row(member),
                    false => self.row(Some(shape), member, Role::Data, &Presence::Required, &ty),
                },
                ty,
            }
        });
        let variants: Vec<UnionVariant> = variants.collect();
        let names = variants.iter().map(|variant| (variant.member_name.clone(), variant.name.clone())).collect();
        self.refuse_same_names(&shape.id, names);
        let methods = variants.iter().map(|variant| (variant.member_name.clone(), variant.is.clone())).collect();
        self.refuse_same_names(&shape.id, methods);
        let name = names::type_name(shape.id.name());
        Union {
            definition: names::definition(&name),
            name,
            shape_id: shape.id.as_str().to_owned(),
            docs: self.docs(shape.id.as_str(), shape.documentation.as_deref(), || {
                format!("The union `{}` of the model.", shape.id.name())
            }),
            deprecated: deprecation(shape.deprecated.as_ref()),
            variants,
        }
    }

    /// Reports members whose Rust names are the same: `fooBar` and `foo_bar`.
    fn refuse_same_names(&mut self, id: &ShapeId, names: Vec<(String, String)>) {
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        for (member, name) in names {
            if let Some(other) = seen.get(&name) {
                let message = format!("{other} and {member} would both be `{name}` in Rust");
                self.problem(
                    id,
                    Some(&member),
                    message,
                    "rename one of them; `jsonName` and `enumValue` keep what is sent",
                );
            }
            seen.entry(name).or_insert(member);
        }
    }

    pub(super) fn enumeration(&mut self, shape: &Shape, values: &[EnumMember]) -> Enum {
        let names = values.iter().map(|value| (value.name.clone(), names::variant(&value.name))).collect();
        self.refuse_same_names(&shape.id, names);
        let mut variants: Vec<Variant> = values
            .iter()
            .map(|value| Variant {
                name: names::variant(&value.name),
                value: value.value.clone(),
                docs: self.docs(
                    &format!("{}${}", shape.id.as_str(), value.name),
                    value.documentation.as_deref(),
                    || format!("{}.", docs::code(&value.value)),
                ),
                deprecated: deprecation(value.deprecated.as_ref()),
            })
            .collect();
        // The order of variants is that of their values, and so is `Ord`.
        variants.sort_by(|left, right| left.value.cmp(&right.value));
        let name = names::type_name(shape.id.name());
        Enum {
            definition: names::definition(&name),
            name,
            shape_id: shape.id.as_str().to_owned(),
            docs: self.docs(shape.id.as_str(), shape.documentation.as_deref(), || {
                format!("The enum `{}` of the model.", shape.id.name())
            }),
            deprecated: deprecation(shape.deprecated.as_ref()),
            variants,
        }
    }
}

/// The extended id of a request, which an output keeps beside its members.
fn extended_request_id() -> Field {
    const NAME: &str = "_extended_request_id";
    Field {
        name: NAME.to_owned(),
        set: format!("_set{NAME}"),
        get: format!("_get{NAME}"),
        member_name: NAME.to_owned(),
        ty: RustType::String,
        presence: Presence::Optional,
        required: false,
        boxed: false,
        is_private: true,
        docs: Docs::plain("The extended id of the request."),
        deprecated: None,
        row: Row {
            location: Some("HEADER"),
            wire: "x-amz-id-2".to_owned(),
            named: Some(NAME.to_owned()),
            flags: Vec::new(),
            media_type: None,
            xml: None,
        },
    }
}

/// Where a member travels. Bindings count at the ends of an operation, since elsewhere a structure is a part of some body;
/// those to the parts of a request count in inputs alone, and that to the status in responses.
fn effective(binding: &Binding, role: Role) -> &Binding {
    match (binding, role) {
        (_, Role::Data)
        | (Binding::Query(_) | Binding::QueryParams | Binding::Label, Role::Output | Role::Exception)
        | (Binding::ResponseCode, Role::Input) => &Binding::Body,
        (binding, _) => binding,
    }
}

/// What the members of a structure are called.
pub(super) fn member_names(role: Role, members: &[&Member]) -> Vec<MemberNames> {
    let members: Vec<&str> = members.iter().map(|member| member.name.as_str()).collect();
    names::members(role, &members)
}

fn is_simple(kind: &ShapeKind) -> bool {
    !matches!(kind, ShapeKind::Structure(_) | ShapeKind::Union(_) | ShapeKind::Enum(_) | ShapeKind::IntEnum(_))
}

fn sparse_type(inner: RustType, sparse: bool) -> RustType {
    if sparse { RustType::Option(Box::new(inner)) } else { inner }
}
