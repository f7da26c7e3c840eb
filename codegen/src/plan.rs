//! The plan: every structure, enum, operation and file as Rust will have it.
//!
//! All decisions are made here, from the checked [`Model`](crate::model::Model):
//! identifiers, types, nullability, boxes, documentation, bindings, files. The
//! emitters turn a plan into tokens and decide nothing.

pub(crate) mod docs;
pub(crate) mod endpoint;
pub(crate) mod endpoint_code;
pub(crate) mod error_tests;
pub(crate) mod example;
pub(crate) mod families;
pub(crate) mod lower;
pub(crate) mod names;
pub(crate) mod nullability;
mod recursion;
pub(crate) mod types;

use std::collections::{BTreeMap, BTreeSet};

use self::docs::{Docs, Line};
use self::endpoint::EndpointPlan;
use self::types::RustType;
use crate::Emit;
use crate::model::Protocol;
use crate::report::Diagnostic;

/// A whole client crate.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) package: Package,
    pub(crate) service: ServicePlan,
    pub(crate) families: Vec<Family>,
    pub(crate) exceptions: Vec<Structure>,
    pub(crate) operations: Vec<Operation>,
    pub(crate) endpoint: EndpointPlan,
    /// The model deprecates items that other emitted code must name.
    pub(crate) has_deprecations: bool,
    /// Ids of what the model does not document.
    pub(crate) undocumented: Vec<String>,
    /// The model's text on everything that a user meets, by id; empty where there is none.
    pub(crate) texts: BTreeMap<String, String>,
    /// Names that links of these texts may have.
    pub(crate) link_names: BTreeSet<String>,
    /// What in the model is of no use to the client.
    pub(crate) warnings: Vec<Diagnostic>,
}

impl Plan {
    /// Whether some operation is paginated.
    pub(crate) fn is_paginated(&self) -> bool {
        self.operations.iter().any(|operation| operation.paginated.is_some())
    }
}

/// The manifest's facts.
#[derive(Debug)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) title: String,
    pub(crate) runtime: crate::RuntimeDependency,
    pub(crate) standalone: bool,
    pub(crate) emit: Emit,
    /// The operations that were chosen, by their names in the model; `None` for all.
    pub(crate) chosen: Option<Vec<String>>,
    /// Tells one state of the model's sources from another.
    pub(crate) fingerprint: String,
}

impl Package {
    /// Name by which programs import the crate.
    pub(crate) fn library(&self) -> String {
        self.name.replace('-', "_")
    }
}

/// What the service's declaration says.
#[derive(Debug)]
pub(crate) struct ServicePlan {
    /// Rust type that stands for the service.
    pub(crate) type_name: String,
    pub(crate) shape_name: String,
    pub(crate) sdk_id: String,
    pub(crate) api_name: String,
    pub(crate) signing_name: Option<String>,
    pub(crate) protocol: Protocol,
    pub(crate) docs: Docs,
}

/// Shapes that are told together, in one file.
#[derive(Debug)]
pub(crate) struct Family {
    /// Module below `types`.
    pub(crate) module: String,
    /// What the file is about, for its first line.
    pub(crate) title: String,
    pub(crate) structures: Vec<Structure>,
    pub(crate) unions: Vec<Union>,
    pub(crate) enums: Vec<Enum>,
}

/// What a structure is to the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Data,
    Input,
    Output,
    Exception,
}

/// A struct with its table and its builder.
#[derive(Debug)]
pub(crate) struct Structure {
    pub(crate) name: String,
    /// Name in the model; the code of an exception.
    pub(crate) shape_name: String,
    pub(crate) role: Role,
    pub(crate) docs: Docs,
    pub(crate) deprecated: Option<String>,
    pub(crate) fields: Vec<Field>,
    /// `ErrorKind` variant of a retryable exception.
    pub(crate) retryable: Option<&'static str>,
}

impl Structure {
    /// Whether the structure can be its own builder: nothing in it is always present.
    pub(crate) fn is_draft(&self) -> bool {
        self.fields.iter().all(|field| field.presence == Presence::Optional)
    }

    /// Whether building can fail.
    pub(crate) fn is_fallible(&self) -> bool {
        self.fields.iter().any(|field| field.presence == Presence::Required)
    }
}

/// Whether a field is always there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// `Option<T>`.
    Optional,
    /// `T`; the builder fails without it.
    Required,
    /// `T`; the builder fills in the type's default.
    ZeroDefault,
    /// `T`; the builder fills in this expression.
    Default(Expression),
}

/// An expression of Rust, made of names, numbers and literals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Expression(String);

impl Expression {
    /// Its source.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// A member of a structure.
#[derive(Debug)]
pub(crate) struct Field {
    /// Rust identifier, raw where needed.
    pub(crate) name: String,
    /// Name in the model.
    pub(crate) member_name: String,
    /// Type without the option.
    pub(crate) ty: RustType,
    pub(crate) presence: Presence,
    /// The service refuses a message without it.
    pub(crate) required: bool,
    /// Recursive members are boxed.
    pub(crate) boxed: bool,
    pub(crate) docs: Docs,
    pub(crate) deprecated: Option<String>,
    pub(crate) row: Row,
}

/// How a member stands in the table of its shape.
#[derive(Debug)]
pub(crate) struct Row {
    /// Flag of the runtime for its binding; `None` for the body.
    pub(crate) location: Option<&'static str>,
    pub(crate) wire: String,
    /// Name in the model, where a binding gives it another one on the wire.
    pub(crate) named: Option<String>,
    /// Other flags of the runtime: `SENSITIVE`.
    pub(crate) flags: Vec<&'static str>,
    /// `smithy.api#mediaType` of a header or payload.
    pub(crate) media_type: Option<String>,
}

/// A union.
#[derive(Debug)]
pub(crate) struct Union {
    pub(crate) name: String,
    pub(crate) docs: Docs,
    pub(crate) deprecated: Option<String>,
    /// Variants, with `name` in Pascal case.
    pub(crate) variants: Vec<Field>,
}

/// A string enum or an integer enum.
#[derive(Debug)]
pub(crate) struct Enum {
    pub(crate) name: String,
    pub(crate) docs: Docs,
    pub(crate) deprecated: Option<String>,
    pub(crate) variants: Vec<Variant>,
}

/// A value of an enum.
#[derive(Debug)]
pub(crate) struct Variant {
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) docs: Docs,
    pub(crate) deprecated: Option<String>,
}

/// An operation with its own input and output.
#[derive(Debug)]
pub(crate) struct Operation {
    /// Name in the model.
    pub(crate) shape_name: String,
    /// Rust type prefix: `CreateStage`.
    pub(crate) name: String,
    /// Module and client method.
    pub(crate) module: String,
    pub(crate) docs: Docs,
    pub(crate) deprecated: Option<String>,
    pub(crate) input: Structure,
    pub(crate) output: Structure,
    /// Errors, by Rust name.
    pub(crate) errors: Vec<ErrorVariant>,
    pub(crate) method: String,
    pub(crate) path: Vec<PathSegment>,
    pub(crate) query: Vec<(String, Option<String>)>,
    pub(crate) host_prefix: Option<String>,
    pub(crate) unsigned: bool,
    pub(crate) sensitive_output: bool,
    pub(crate) paginated: Option<Pagination>,
}

/// A variant of an error enum.
#[derive(Clone, Debug)]
pub(crate) struct ErrorVariant {
    /// The exception.
    pub(crate) name: String,
    pub(crate) variant: String,
    pub(crate) is: String,
    pub(crate) code: String,
    pub(crate) first_sentence: Line,
}

/// A segment of a route.
#[derive(Debug)]
pub(crate) enum PathSegment {
    Literal(String),
    /// Position of the member in the input.
    Label(usize),
    Greedy(usize),
}

/// How an operation is paginated.
#[derive(Debug)]
pub(crate) struct Pagination {
    /// Input field of the token.
    pub(crate) input_token: String,
    /// Output fields to the token, outermost first.
    pub(crate) output_token: Vec<PathField>,
    /// Input field of the page size, and its type.
    pub(crate) page_size: Option<(String, RustType)>,
    /// Output fields to the items, outermost first, and the type of an item.
    pub(crate) items: Option<(Vec<PathField>, RustType)>,
}

/// A step on the way to a member.
#[derive(Debug)]
pub(crate) struct PathField {
    pub(crate) name: String,
    pub(crate) optional: bool,
}
