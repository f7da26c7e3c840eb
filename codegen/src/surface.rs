//! What Rust code sees of a model: items as they would stand in the source, taken from the plan.
//!
//! This is the plan for those who ask what the generator would emit, without emitting it: the comparison of two models,
//! and the count of what is documented. Items are found by the Rust path of their owner and their name in the model.

use std::collections::{BTreeMap, BTreeSet};

use crate::guide;
use crate::model::Model;
use crate::options::Options;
use crate::plan::names::OperationNames;
use crate::plan::types::RustType;
use crate::plan::{Enum, Field, Items, Operation, Pagination, Plan, Presence, Role, Structure, Union, lower, names};
use crate::report::{Diagnostic, Report};
use crate::unsupported::Chosen;

/// The Rust items of the whole client of a service.
#[derive(Debug)]
pub struct Surface {
    signatures: Signatures,
    link_names: BTreeSet<String>,
    plan: Plan,
}

/// Signatures, by the Rust path of their owner and the name in the model.
#[derive(Debug, Default)]
struct Signatures {
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
    /// What would be emitted for a model.
    ///
    /// # Errors
    /// When the generator cannot emit a client of the whole service.
    pub fn of(model: &Model) -> Result<Self, Report> {
        let options = Options::of_whole_client();
        let mut plan = lower::plan(model, &options, &Chosen::of(&options), String::new())?;
        guide::add(&mut plan, model);
        Ok(Self { signatures: Signatures::of(&plan), link_names: plan.links.keys().cloned().collect(), plan })
    }

    /// The signature of a field of a structure, a variant of a union or an enum, or a variant of an operation's error,
    /// by the path of its type and its name in the model.
    pub fn member(&self, path: &str, name: &str) -> Option<&str> {
        self.signatures.members.get(&(path.to_owned(), name.to_owned())).map(String::as_str)
    }

    /// The declaration of the type at a path: `pub struct Stage`.
    pub fn item(&self, path: &str) -> Option<&str> {
        self.signatures.types.get(path).map(String::as_str)
    }

    /// Whether the builder of the structure at a path can fail.
    pub fn is_fallible(&self, path: &str) -> Option<bool> {
        self.signatures.fallible.get(path).copied()
    }

    /// The signature of the client method of the operation with this name in the model.
    pub fn method(&self, operation: &str) -> Option<&str> {
        self.signatures.operations.get(operation).map(|(method, _)| method.as_str())
    }

    /// The signature of the paginator of the operation with this name in the model, where it has one.
    pub fn paginator(&self, operation: &str) -> Option<&str> {
        self.signatures.operations.get(operation).and_then(|(_, paginator)| paginator.as_deref())
    }

    /// The first sentence of the documentation of the client method of the operation with this name in the model.
    pub fn first_sentence(&self, operation: &str) -> Option<&str> {
        let planned = self.plan.operations.iter().find(|planned| planned.shape_name == operation)?;
        Some(planned.docs.first_sentence.as_str())
    }

    /// The model's text on everything that a user meets, by the id of its shape or member (`ns#Shape$member`); empty
    /// where there is none.
    pub fn texts(&self) -> &BTreeMap<String, String> {
        &self.plan.texts
    }

    /// Ids of what a user meets and the model does not document, in order.
    pub fn undocumented(&self) -> &[String] {
        &self.plan.undocumented
    }

    /// Names that links of these texts may have.
    pub fn link_names(&self) -> &BTreeSet<String> {
        &self.link_names
    }

    /// What in the model is of no use to the client.
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.plan.warnings
    }

    /// The files of the crate, by their path below its folder.
    pub fn files(&self) -> BTreeMap<String, String> {
        crate::emit::files(&self.plan)
    }
}

impl Signatures {
    fn of(plan: &Plan) -> Self {
        let mut found = Self::default();
        for type_module in &plan.type_modules {
            type_module.structures.iter().for_each(|one| found.structure(&type_path(&one.name), one));
            type_module.unions.iter().for_each(|one| found.union(one));
            type_module.enums.iter().for_each(|one| found.enumeration(one));
        }
        plan.exceptions.iter().for_each(|one| found.structure(&error_path(&one.name), one));
        plan.operations.iter().for_each(|one| found.operation(one));
        found
    }

    fn structure(&mut self, path: &str, structure: &Structure) {
        self.types.insert(path.to_owned(), format!("pub struct {}", structure.name));
        // That of an input returns a result in any case.
        self.fallible.insert(path.to_owned(), structure.role != Role::Input && structure.is_fallible());
        for field in structure.fields.iter().filter(|field| !field.is_private) {
            let signature = format!("pub {}: {}", field.name, field_type(field));
            self.members.insert((path.to_owned(), field.member_name.clone()), signature);
        }
    }

    fn union(&mut self, union: &Union) {
        let path = type_path(&union.name);
        for variant in &union.variants {
            let signature = format!("{}::{}({})", union.name, variant.name, boxed_type(&variant.ty, variant.boxed));
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
        let Operation { shape_name, names, .. } = operation;
        self.structure(&end_path(shape_name, true), &operation.input);
        self.structure(&end_path(shape_name, false), &operation.output);
        for error in &operation.errors {
            let signature = format!("{}::{1}({1})", names.error, error.name);
            self.members.insert((operation_error_path(shape_name), error.name.clone()), signature);
        }
        let method = format!("pub fn {}(&self) -> {}", names.module, names.fluent_builder);
        let paginator = operation.paginated.as_ref().map(|pagination| paginator(&names.paginator, pagination));
        self.operations.insert(shape_name.clone(), (method, paginator));
    }
}

/// The path of a structure, union or enum.
pub fn type_path(name: &str) -> String {
    format!("types::{name}")
}

/// The path of an exception.
pub fn error_path(name: &str) -> String {
    format!("types::error::{name}")
}

/// The path of an input or output of the operation with this name in the model.
pub fn end_path(operation: &str, is_input: bool) -> String {
    let names = OperationNames::of(operation);
    format!("operation::{}::{}", names.module, if is_input { names.input } else { names.output })
}

/// The path of the client method that calls the operation with this name in the model.
pub fn method_path(operation: &str) -> String {
    format!("Client::{}", names::operation(operation))
}

/// The path of the error enum of the operation with this name in the model.
pub fn operation_error_path(operation: &str) -> String {
    let names = OperationNames::of(operation);
    format!("operation::{}::{}", names.module, names.error)
}

fn paginator(name: &str, pagination: &Pagination) -> String {
    let mut text = format!("pub fn into_paginator(self) -> {name}");
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
    let ty = boxed_type(&field.ty, field.boxed);
    if field.presence == Presence::Optional { format!("Option<{ty}>") } else { ty }
}

fn boxed_type(ty: &RustType, boxed: bool) -> String {
    let ty = type_text(ty);
    if boxed { format!("Box<{ty}>") } else { ty }
}

fn type_text(ty: &RustType) -> String {
    match ty {
        RustType::Vec(inner) => format!("Vec<{}>", type_text(inner)),
        RustType::Option(inner) => format!("Option<{}>", type_text(inner)),
        RustType::Map(key, inner) => format!("HashMap<{}, {}>", type_text(&key.clone().into()), type_text(inner)),
        RustType::Enum(named) | RustType::Structure(named) | RustType::Union(named) => named.name.clone(),
        RustType::Events(events) => format!("{}<{}, {}>", events.holder(), events.event.name, events.error.name),
        simple => simple.path(),
    }
}
