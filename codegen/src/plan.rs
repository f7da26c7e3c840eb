//! The plan: every structure, enum, operation and file as Rust will have it.
//!
//! All decisions are made here, from the checked [`Model`](crate::model::Model):
//! identifiers, types, nullability, boxes, documentation, bindings, files. The
//! emitters turn a plan into tokens and decide nothing.

pub(crate) mod deprecation;
pub(crate) mod docs;
pub mod endpoint;
pub(crate) mod endpoint_check;
pub(crate) mod endpoint_code;
pub(crate) mod endpoint_types;
pub(crate) mod error_tests;
pub(crate) mod example;
pub(crate) mod families;
pub(crate) mod front_page;
pub(crate) mod lower;
pub mod names;
pub(crate) mod nullability;
pub(crate) mod package;
mod recursion;
pub(crate) mod types;

use std::collections::{BTreeMap, BTreeSet};

use self::deprecation::Deprecations;
use self::docs::{Docs, Line, Lines};
use self::endpoint::EndpointPlan;
use self::types::{MapKey, RustType};
use crate::Emit;
use crate::report::Diagnostic;

/// A whole client crate.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) package: Package,
    pub(crate) service: ServicePlan,
    /// The documentation of the crate.
    pub(crate) front_page: Lines,
    pub(crate) families: Vec<Family>,
    pub(crate) exceptions: Vec<Structure>,
    pub(crate) operations: Vec<Operation>,
    pub(crate) endpoint: EndpointPlan,
    /// Where deprecated items are named.
    pub(crate) deprecations: Deprecations,
    /// Ids of what the model does not document.
    pub(crate) undocumented: Vec<String>,
    /// The model's text on everything that a user meets, by id; empty where there is none.
    pub(crate) texts: BTreeMap<String, String>,
    /// Names that links of these texts may have.
    pub(crate) link_names: BTreeSet<String>,
    /// What the root says of operations that are not there; empty for a crate of all, or of a few that were chosen.
    pub(crate) left_out: Lines,
    /// What in the model is of no use to the client.
    pub(crate) warnings: Vec<Diagnostic>,
}

impl Plan {
    /// Whether some operation is paginated.
    pub(crate) fn is_paginated(&self) -> bool {
        self.operations.iter().any(|operation| operation.paginated.is_some())
    }

    /// Features of the runtime that the crate needs beside those that its users choose: types alone need none.
    pub(crate) fn runtime_features(&self) -> Vec<&'static str> {
        if self.package.emit == Emit::Types {
            return Vec::new();
        }
        let sends_checksums = self.operations.iter().any(|one| one.checksum_required);
        self.service.protocol_feature.into_iter().chain(sends_checksums.then_some("content-md5")).collect()
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
    /// What the manifest says of the choice, so that the next run keeps it.
    pub(crate) record: Record,
    /// Tells one state of the model's sources from another.
    pub(crate) fingerprint: String,
}

/// What a crate remembers of how it was made.
#[derive(Debug)]
pub(crate) struct Record {
    /// Id of the service's shape.
    pub(crate) service: String,
    /// The operations that were asked for, if not all.
    pub(crate) only: Option<Vec<String>>,
    /// The operations that were not wanted.
    pub(crate) except: Vec<String>,
    /// What cannot be emitted is left out.
    pub(crate) skip_unsupported: bool,
    /// What was left out for that.
    pub(crate) left_out: Vec<String>,
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
    /// The protocol, by its name in the runtime's module of them.
    pub(crate) protocol: &'static str,
    /// The feature of the runtime that has it.
    pub(crate) protocol_feature: Option<&'static str>,
    pub(crate) docs: Docs,
}

/// Shapes that are told together, in one file.
#[derive(Debug)]
pub(crate) struct Family {
    /// Module below `types`.
    pub(crate) module: String,
    /// What the file is about, for its first line.
    pub(crate) title: String,
    /// Something deprecated is in it, or in a member.
    pub(crate) names_deprecated: bool,
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

/// The builder of a structure.
#[derive(Debug)]
pub(crate) struct Builder {
    /// Name by which users find it.
    pub(crate) name: String,
    /// Name in the file that defines it, where the other one may be that of a type.
    pub(crate) definition: String,
    /// How the structure refers to it.
    pub(crate) path: String,
}

/// A struct with its table and its builder.
#[derive(Debug)]
pub(crate) struct Structure {
    pub(crate) name: String,
    pub(crate) builder: Builder,
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
    /// The builder's setter that takes an option; variants have none.
    pub(crate) set: String,
    /// The builder's method that tells what is set; variants have none.
    pub(crate) get: String,
    /// Name in the model.
    pub(crate) member_name: String,
    /// Type without the option.
    pub(crate) ty: RustType,
    pub(crate) presence: Presence,
    /// The service refuses a message without it.
    pub(crate) required: bool,
    /// Recursive members are boxed.
    pub(crate) boxed: bool,
    /// The structure gets an accessor for it, emitted beside it.
    pub(crate) has_accessor: bool,
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
    /// What its input, its output and its paginator begin with: `CreateStage`.
    pub(crate) name: String,
    /// What its error enum and its fluent builder begin with, which has acronyms as in the model.
    pub(crate) symbol: String,
    /// Module and client method.
    pub(crate) module: String,
    pub(crate) docs: Docs,
    pub(crate) deprecated: Option<String>,
    /// Its input, its output, a member of them, or an error is deprecated.
    pub(crate) names_deprecated: bool,
    pub(crate) input: Structure,
    pub(crate) output: Structure,
    /// Errors, by Rust name.
    pub(crate) errors: Vec<ErrorVariant>,
    pub(crate) method: String,
    pub(crate) path: Vec<PathSegment>,
    pub(crate) query: Vec<(String, Option<String>)>,
    pub(crate) host_prefix: Option<String>,
    pub(crate) unsigned: bool,
    pub(crate) unsigned_payload: bool,
    pub(crate) checksum_required: bool,
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
    /// What `.code()` gives for it.
    pub(crate) code: String,
    /// Name of the shape, by which responses call it.
    pub(crate) shape_name: String,
    /// The code of the query protocol by which it is known, too.
    pub(crate) query_code: Option<String>,
    /// Spelled with its path, as files of operations use its name for something else.
    pub(crate) qualified: bool,
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
    /// A text or a map.
    pub(crate) token_type: RustType,
    /// Input field of the page size, and its type.
    pub(crate) page_size: Option<(String, RustType)>,
    /// Output fields to the items, outermost first, and what they are.
    pub(crate) items: Option<(Vec<PathField>, Items)>,
}

/// The items of a page.
#[derive(Debug)]
pub(crate) enum Items {
    /// The elements of a list.
    Elements(RustType),
    /// The entries of a map, pairs of a key and a value.
    Entries(MapKey, RustType),
}

impl Items {
    /// Those of a member of a page; `None` where it is neither a list nor a map.
    pub(crate) fn of(member: RustType) -> Option<Self> {
        match member {
            RustType::Vec(item) => Some(Self::Elements(*item)),
            RustType::Map(key, value) => Some(Self::Entries(key, *value)),
            _ => None,
        }
    }

    /// The type of the member that has them.
    pub(crate) fn member_type(&self) -> RustType {
        match self {
            Self::Elements(item) => RustType::Vec(Box::new(item.clone())),
            Self::Entries(key, value) => RustType::Map(key.clone(), Box::new(value.clone())),
        }
    }
}

/// A step on the way to a member.
#[derive(Debug)]
pub(crate) struct PathField {
    pub(crate) name: String,
    pub(crate) optional: bool,
}
