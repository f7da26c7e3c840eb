//! What Rust code sees of a model: items as they would stand in the source, taken from the plan.

use std::collections::BTreeMap;

use crate::model::{Model, Shape, ShapeId, ShapeKind};
use crate::plan::types::RustType;
use crate::plan::{Enum, Field, Items, Operation, Pagination, Plan, Presence, Structure, Union, names};

/// Signatures, by the Rust path of their owner and the name in the model.
#[derive(Debug, Default)]
pub(super) struct Surface {
    /// Fields and variants, by path of their type and by member or value.
    members: BTreeMap<(String, String), String>,
    /// Types, by path.
    types: BTreeMap<String, String>,
    /// Whether a builder's `build` returns a `Result`, by path of the type.
    fallible: BTreeMap<String, bool>,
    /// Client methods and paginators, by name of the operation.
    operations: BTreeMap<String, (String, Option<String>)>,
}

impl Surface {
    pub(super) fn of(plan: &Plan) -> Self {
        let mut surface = Self::default();
        for family in &plan.families {
            family.structures.iter().for_each(|one| surface.structure(&type_path(&one.name), one));
            family.unions.iter().for_each(|one| surface.union(one));
            family.enums.iter().for_each(|one| surface.enumeration(one));
        }
        plan.exceptions.iter().for_each(|one| surface.structure(&error_path(&one.name), one));
        plan.operations.iter().for_each(|one| surface.operation(one));
        surface
    }

    fn structure(&mut self, path: &str, structure: &Structure) {
        self.types.insert(path.to_owned(), format!("pub struct {}", structure.name));
        self.fallible.insert(path.to_owned(), structure.is_fallible());
        for field in &structure.fields {
            let signature = format!("pub {}: {}", field.name, field_type(field));
            self.members.insert((path.to_owned(), field.member_name.clone()), signature);
        }
    }

    fn union(&mut self, union: &Union) {
        let path = type_path(&union.name);
        for variant in &union.variants {
            let signature = format!("{}::{}({})", union.name, variant.name, boxed_type(variant));
            self.members.insert((path.clone(), variant.member_name.clone()), signature);
        }
        self.types.insert(path, format!("pub enum {}", union.name));
    }

    fn enumeration(&mut self, enumeration: &Enum) {
        let path = type_path(&enumeration.name);
        for variant in &enumeration.variants {
            let signature = format!("{}::{}", enumeration.name, variant.name);
            self.members.insert((path.clone(), variant.value.clone()), signature);
        }
        self.types.insert(path, format!("pub enum {}", enumeration.name));
    }

    fn operation(&mut self, operation: &Operation) {
        let Operation { shape_name, name, symbol, module, .. } = operation;
        self.structure(&end_path(shape_name, true), &operation.input);
        self.structure(&end_path(shape_name, false), &operation.output);
        for error in &operation.errors {
            let signature = format!("{symbol}Error::{0}({0})", error.name);
            self.members.insert((operation_error_path(shape_name), error.name.clone()), signature);
        }
        let method = format!("pub fn {module}(&self) -> {symbol}FluentBuilder");
        let paginator = operation.paginated.as_ref().map(|pagination| paginator(name, pagination));
        self.operations.insert(shape_name.clone(), (method, paginator));
    }

    /// A field of a structure, a variant of a union or an enum, or a variant of an operation's error.
    pub(super) fn member(&self, path: &str, name: &str) -> Option<&str> {
        self.members.get(&(path.to_owned(), name.to_owned())).map(String::as_str)
    }

    pub(super) fn item(&self, path: &str) -> Option<&str> {
        self.types.get(path).map(String::as_str)
    }

    pub(super) fn is_fallible(&self, path: &str) -> Option<bool> {
        self.fallible.get(path).copied()
    }

    pub(super) fn method(&self, operation: &str) -> Option<&str> {
        self.operations.get(operation).map(|(method, _)| method.as_str())
    }

    pub(super) fn paginator(&self, operation: &str) -> Option<&str> {
        self.operations.get(operation).and_then(|(_, paginator)| paginator.as_deref())
    }
}

/// The path of a structure, union or enum.
pub(super) fn type_path(name: &str) -> String {
    format!("types::{name}")
}

/// The path of an exception.
pub(super) fn error_path(name: &str) -> String {
    format!("types::error::{name}")
}

/// The path of an input or output of the operation with this name in the model.
pub(super) fn end_path(operation: &str, is_input: bool) -> String {
    let (module, name) = (names::operation(operation), names::type_name(operation));
    let suffix = if is_input { "Input" } else { "Output" };
    format!("operation::{module}::{name}{suffix}")
}

/// The path of the client method that calls the operation with this name in the model.
pub(super) fn method_path(operation: &str) -> String {
    format!("Client::{}", names::operation(operation))
}

/// The path of the error enum of the operation with this name in the model.
pub(super) fn operation_error_path(operation: &str) -> String {
    format!("operation::{}::{}Error", names::operation(operation), names::operation_symbol(operation))
}

fn paginator(operation: &str, pagination: &Pagination) -> String {
    let mut text = format!("pub fn into_paginator(self) -> {operation}Paginator");
    if let Some((_, ty)) = &pagination.page_size {
        text.push_str(&format!("; page_size({})", type_text(ty)));
    }
    if let Some((_, items)) = &pagination.items {
        let item = match items {
            Items::Elements(item) => type_text(item),
            Items::Entries(key, value) => format!("({}, {})", type_text(&key.clone().into()), type_text(value)),
        };
        text.push_str(&format!("; items() of {item}"));
    }
    text
}

fn field_type(field: &Field) -> String {
    let ty = boxed_type(field);
    if field.presence == Presence::Optional { format!("Option<{ty}>") } else { ty }
}

fn boxed_type(field: &Field) -> String {
    let ty = type_text(&field.ty);
    if field.boxed { format!("Box<{ty}>") } else { ty }
}

fn type_text(ty: &RustType) -> String {
    match ty {
        RustType::Vec(inner) => format!("Vec<{}>", type_text(inner)),
        RustType::Option(inner) => format!("Option<{}>", type_text(inner)),
        RustType::Map(key, inner) => format!("HashMap<{}, {}>", type_text(&key.clone().into()), type_text(inner)),
        RustType::Enum(named) | RustType::Structure(named) | RustType::Union(named) => named.name.clone(),
        simple => quote::ToTokens::to_token_stream(simple).to_string(),
    }
}

/// The Rust type of a shape as a reader would write it, without option or box; for outlines and for shapes without a
/// type of their own, such as lists. Works on models that cannot be emitted, too.
pub(super) fn shape_text(model: &Model, id: &ShapeId) -> String {
    let shape: &Shape = &model.shapes[id];
    let simple = match &shape.kind {
        ShapeKind::Blob if shape.streaming => "ByteStream",
        ShapeKind::Blob => "Blob",
        ShapeKind::Boolean => "bool",
        ShapeKind::String => "String",
        ShapeKind::Byte => "i8",
        ShapeKind::Short => "i16",
        ShapeKind::Integer | ShapeKind::IntEnum(_) => "i32",
        ShapeKind::Long => "i64",
        ShapeKind::Float => "f32",
        ShapeKind::Double => "f64",
        ShapeKind::BigInteger => "BigInteger",
        ShapeKind::BigDecimal => "BigDecimal",
        ShapeKind::Timestamp => "DateTime",
        ShapeKind::Document => "Document",
        ShapeKind::Enum(_) | ShapeKind::Structure(_) | ShapeKind::Union(_) => return names::type_name(id.name()),
        ShapeKind::List { member, sparse } => return format!("Vec<{}>", held(model, &member.target, *sparse)),
        ShapeKind::Map { key, value, sparse } => {
            let (key, value) = (shape_text(model, &key.target), held(model, &value.target, *sparse));
            return format!("HashMap<{key}, {value}>");
        }
    };
    simple.to_owned()
}

fn held(model: &Model, id: &ShapeId, sparse: bool) -> String {
    let text = shape_text(model, id);
    if sparse { format!("Option<{text}>") } else { text }
}
