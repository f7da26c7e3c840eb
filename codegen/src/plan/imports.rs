//! What each emitted file imports.

use std::collections::BTreeSet;

use super::Plan;
use super::endpoint::EndpointPlan;
use super::jmespath;
use super::operation::Operation;
use super::pagination::Pagination;
use super::service::ServicePlan;
use super::structure::{Expression, Field, Presence, Structure};
use super::type_module::TypeModule;
use super::types::RustType;
use super::waiter::{Matcher, Waiter};
use crate::model::AuthScheme;

/// Paths of items that a file names by their last part.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Imports(BTreeSet<String>);

impl Imports {
    /// The items, each by its module and its name.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().filter_map(|path| path.rsplit_once("::"))
    }

    fn add(&mut self, path: impl Into<String>) {
        self.0.insert(path.into());
    }

    /// Adds items of a module.
    fn add_all<S: AsRef<str>, const N: usize>(&mut self, module: &str, names: [S; N]) {
        self.0.extend(names.map(|name| format!("{module}::{}", name.as_ref())));
    }

    /// Adds the types that another one is made of, but for those that are spelled with their path.
    fn add_type(&mut self, ty: &RustType) {
        match ty {
            RustType::Enum(named) | RustType::Structure(named) | RustType::Union(named) if !named.qualified => {
                self.add(format!("crate::{}::{}", named.module, named.name));
            }
            RustType::Vec(inner) | RustType::Option(inner) => self.add_type(inner),
            RustType::Map(key, inner) => {
                self.add("std::collections::HashMap");
                self.add_type(&key.clone().into());
                self.add_type(inner);
            }
            RustType::BigInteger
            | RustType::BigDecimal
            | RustType::DateTime
            | RustType::Blob
            | RustType::ByteStream => self.add(format!("crate::primitives::{}", ty.path())),
            RustType::Events(events) => {
                self.add(format!("crate::primitives::event_stream::{}", events.holder()));
                self.add_type(&RustType::Union(events.event.clone()));
                self.add_type(&RustType::Enum(events.error.clone()));
            }
            RustType::Document => self.add("smithy_client_runtime::engine::aws_smithy_types::Document"),
            _ => {}
        }
    }

    /// Adds what a structure, its accessors and its table need.
    fn add_structure(&mut self, structure: &Structure) {
        self.add("smithy_client_runtime::shape");
        self.add_defaults(structure);
        structure.fields.iter().for_each(|field| self.add_type(&field.ty));
        let root_declares = structure.xml_root.as_ref().is_some_and(|root| root.namespace.is_some());
        self.add_xml(root_declares || !structure.xml_members().is_empty());
    }

    /// Adds the functions that defaults call.
    fn add_defaults(&mut self, structure: &Structure) {
        let is_big = |field: &Field| matches!(field.presence, Presence::Default(Expression::BigNumber(_)));
        if structure.fields.iter().any(is_big) {
            self.add("smithy_client_runtime::value::big_number");
        }
    }

    /// Adds what tables need that tell of XML.
    fn add_xml(&mut self, is_told: bool) {
        if is_told {
            self.add("smithy_client_runtime::shape::Xml");
        }
    }

    /// Adds what the definition of a builder and the table of methods need, beside the types of members.
    fn add_builder(&mut self, structure: &Structure) {
        if structure.is_streamed_input() {
            self.add("crate::builder::StreamBuilder");
            self.add("smithy_client_runtime::streamed_methods");
        } else if structure.is_all_optional() {
            self.add("crate::builder::Builder");
            self.add("smithy_client_runtime::methods");
        } else {
            self.add("crate::builder::DraftBuilder");
            self.add("smithy_client_runtime::draft_methods");
            self.add("smithy_client_runtime::shape::Drafted");
            self.add_defaults(structure);
        }
    }

    /// Adds the types that the definition of a builder and the rows of methods name.
    fn add_setters(&mut self, structure: &Structure) {
        for field in &structure.fields {
            if structure.is_all_optional() || structure.is_streamed_input() {
                field.method_types().iter().for_each(|ty| self.add_type(ty));
            } else {
                self.add_type(&field.ty);
            }
        }
    }

    /// Adds what both ends of an operation need.
    fn add_ends(&mut self, operation: &Operation) {
        self.add_structure(&operation.input);
        self.add_structure(&operation.output);
    }

    /// Adds what the builders of both ends need, in a module below that of the operation.
    fn add_builders_of_ends(&mut self, operation: &Operation) {
        for end in [&operation.input, &operation.output] {
            self.add_builder(end);
            self.add_setters(end);
            self.add_all("super", [&end.name]);
        }
    }
}

impl TypeModule {
    /// What its file imports: the types of other modules among others.
    pub(crate) fn imports(&self) -> Imports {
        let mut imports = Imports::default();
        for structure in &self.structures {
            imports.add_structure(structure);
            imports.add_builder(structure);
        }
        for union in &self.unions {
            imports.add("smithy_client_runtime::union");
            union.variants.iter().for_each(|variant| imports.add_type(&variant.ty));
            imports.add_xml(!union.xml_members().is_empty());
        }
        if !self.enums.is_empty() {
            imports.add("crate::primitives::sealed_enum_unknown::UnknownVariantValue");
            imports.add("smithy_client_runtime::string_enum");
        }
        for (name, _) in self.type_names() {
            imports.0.remove(&format!("crate::types::{name}"));
        }
        imports
    }
}

impl Plan {
    /// What the file of the exceptions imports.
    pub(crate) fn imports_of_exceptions(&self) -> Imports {
        let mut imports = Imports::default();
        for exception in &self.exceptions {
            imports.add_structure(exception);
            imports.add_builder(exception);
            imports.add("smithy_client_runtime::exception");
        }
        imports
    }

    /// What the file of the errors of streams of events imports.
    pub(crate) fn imports_of_event_streams(&self) -> Imports {
        let mut imports = Imports::default();
        imports.add_all("crate", ["Error"]);
        imports.add_all("crate::config", [&self.service.type_name]);
        imports.add_all("crate::error::sealed_unhandled", ["Unhandled"]);
        imports.add("smithy_client_runtime::event_stream::Events");
        imports.add("smithy_client_runtime::operation_error");
        for stream in &self.event_streams {
            imports.add_type(&RustType::Union(stream.event.clone()));
            let named = stream.errors.iter().filter(|error| !error.qualified);
            named.for_each(|error| imports.add_all("crate::types::error", [&error.name]));
        }
        imports
    }

    /// What the root error imports beside what it always does.
    pub(crate) fn imports_of_root_error(&self) -> Imports {
        let mut imports = Imports::default();
        let named = self.errors.iter().map(|variant| &variant.error).filter(|error| !error.qualified);
        named.for_each(|error| imports.add_all("crate::types::error", [&error.name]));
        imports
    }

    /// What the module `config` imports of the macros that make settings.
    pub(crate) fn imports_of_config(&self) -> Imports {
        let mut imports = Imports::default();
        imports.add_all("smithy_client_runtime", ["client_config"]);
        if self.service.signing.is_some() {
            imports.add("smithy_client_runtime::service::Signing");
        }
        if self.session_input.is_some() {
            imports.add("smithy_client_runtime::service::Session");
        }
        if !self.service.auth.is_usual {
            imports.add_all("smithy_client_runtime::service", ["Auth"]);
            if !self.service.auth.schemes.is_empty() {
                imports.add("smithy_client_runtime::service::Scheme");
            }
        }
        self.more_settings().into_iter().for_each(|setting| imports.add_all("smithy_client_runtime", [setting]));
        if !self.endpoint.client_settings.is_empty() {
            imports.add_all("smithy_client_runtime", ["client_context_params"]);
        }
        if self.endpoint.client_settings.iter().any(|setting| setting.outside.is_some()) {
            imports.add_all("smithy_client_runtime::config", ["outside"]);
            imports.add_all("smithy_client_runtime::service", ["TakeFromOutside"]);
        }
        imports
    }
}

impl Operation {
    /// What its file imports in a client.
    pub(crate) fn imports(&self, service: &ServicePlan) -> Imports {
        let mut imports = Imports::default();
        imports.add_ends(self);
        imports.add_all("crate::config", [&service.type_name]);
        imports.add_all("crate", ["Client", "Error"]);
        imports.add_all("crate::error::sealed_unhandled", ["Unhandled"]);
        imports.add("smithy_client_runtime::operation_error");
        imports.add_all("smithy_client_runtime::operation", ["Operation", "Route"]);
        if self.checksum.is_some() {
            imports.add("smithy_client_runtime::operation::HttpChecksum");
        }
        if self.auth.as_ref().is_some_and(|own| own.as_slice() != [AuthScheme::NoAuth]) {
            imports.add("smithy_client_runtime::service::Scheme");
        }
        if self.input.stream().is_some() {
            imports.add_all("smithy_client_runtime::operation", ["TakeStream", "take_stream"]);
        }
        if self.input.events().is_some() {
            imports.add("smithy_client_runtime::event_stream::take_events");
            imports.add("smithy_client_runtime::operation::TakeEvents");
        }
        if self.input.is_streamed_input() {
            imports.add("crate::builder");
        }
        if !self.path.is_empty() {
            imports.add("smithy_client_runtime::operation::Segment");
        }
        let named = self.errors.iter().filter(|error| !error.qualified);
        named.for_each(|error| imports.add_all("crate::types::error", [&error.name]));
        imports
    }

    /// What its module `builders` imports in a client.
    pub(crate) fn imports_of_builders(&self) -> Imports {
        let mut imports = Imports::default();
        imports.add_builders_of_ends(self);
        match self.input.is_streamed_input() {
            true => imports.add("crate::builder::StreamFluentBuilder"),
            false => imports.add_all("crate::builder", ["Builder", "Fluent"]),
        }
        imports
    }

    /// What its file imports in a crate of types alone.
    pub(crate) fn imports_of_types(&self) -> Imports {
        let mut imports = Imports::default();
        imports.add_ends(self);
        imports.add("crate::operation::Input");
        imports
    }

    /// What its module `builders` imports in a crate of types alone.
    pub(crate) fn imports_of_builders_of_types(&self) -> Imports {
        let mut imports = Imports::default();
        imports.add_builders_of_ends(self);
        imports
    }

    /// What the file of its paginator imports.
    pub(crate) fn imports_of_paginator(&self, pagination: &Pagination) -> Imports {
        let mut imports = Imports::default();
        imports.add_all("crate::paginator", ["Paginator"]);
        imports.add_all("smithy_client_runtime::paginator", ["Paginated"]);
        let names = &self.names;
        imports.add_all(&format!("crate::operation::{}", names.module), [&names.input, &names.output]);
        imports.add_type(&pagination.token_type);
        if pagination.page_size.is_some() {
            imports.add("smithy_client_runtime::paginator::Resizable");
        }
        if let Some((_, items)) = &pagination.items {
            imports.add_type(&items.member_type());
            imports.add("crate::paginator::PaginatorItems");
            imports.add("smithy_client_runtime::paginator::Itemized");
        }
        imports
    }
}

impl Waiter {
    /// What its file imports.
    pub(crate) fn imports(&self, operation: &Operation) -> Imports {
        let mut imports = Imports::default();
        imports.add_all("crate::builder", ["Builder"]);
        imports.add_all("crate::builder::waiting", ["Waiting"]);
        imports.add_all("crate::error", ["SdkError"]);
        imports.add_all("crate::operation", [&operation.names.module]);
        let module = "smithy_client_runtime::waiter";
        imports.add_all(module, ["Acceptor", "FinalPoll", "Matcher", "State", "Waiter", "WaiterError"]);
        let paths = self.acceptors.iter().filter_map(|acceptor| match &acceptor.matcher {
            Matcher::Output(path, _) | Matcher::InputOutput(path, _) => Some(path),
            Matcher::Success(_) | Matcher::ErrorType(_) => None,
        });
        for path in paths {
            imports.add("smithy_client_runtime::waiter::Expected");
            for name in jmespath::types(path) {
                imports.add_all("smithy_client_runtime::jmespath", [name]);
            }
        }
        imports
    }
}

impl EndpointPlan {
    /// What the module `config::endpoint` imports, beside the engine's module of the same subject.
    pub(crate) fn imports(&self) -> Imports {
        let mut imports = Imports::default();
        imports.add("smithy_client_runtime::BoxError");
        imports.add("smithy_client_runtime::engine::aws_smithy_runtime_api::client::endpoint::EndpointResolverParams");
        imports.add("smithy_client_runtime::engine::aws_smithy_types::config_bag::ConfigBag");
        imports.add("smithy_client_runtime::shape::Shape");
        imports.add("std::fmt");
        imports.add_all("smithy_client_runtime::endpoint", ["by_rules", "of_another_service"]);
        self.needs.uses.iter().for_each(|path| imports.add(*path));
        if !self.client_settings.is_empty() {
            imports.add("crate::config::context_params");
        }
        imports
    }
}
