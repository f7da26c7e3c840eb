//! The plan: every structure, enum, operation and file as Rust will have it.
//!
//! All decisions are made here, from the checked [`Model`](crate::model::Model): names, types, what is an option and what
//! is boxed, documentation, how members travel, imports, files. The emitters turn a plan into tokens and decide nothing.
//! A plan is data: it holds no tokens, and no code that somebody has to parse.
//!
//! - [`lower`] makes the plan. It is the only part that knows the model and the plan.
//! - What the plan is made of: [`structure`] and [`builder`], [`type_module`] (a file of structures, unions and enums),
//!   [`operation`], [`auth`], [`event_stream`], [`pagination`], [`waiter`], [`jmespath`], [`endpoint`], [`service`],
//!   [`manifest`], [`root_error`].
//! - Rules that lowering applies: [`names`], [`types`], [`nullability`], [`recursion`], [`docs`], [`grouping`],
//!   [`deprecation`], [`error_predicates`], [`customization`], [`package`].
//! - Answers that follow from a finished plan: [`imports`], [`files`], [`pages`].
//! - [`value`] and [`protocol_tests`]: values of the model as Rust makes them, and the calls of a protocol test.

pub(crate) mod auth;
pub(crate) mod beforehand;
mod big_number;
pub(crate) mod builder;
pub(crate) mod customization;
pub(crate) mod deprecation;
pub(crate) mod docs;
pub(crate) mod endpoint;
pub(crate) mod error_predicates;
pub(crate) mod event_stream;
pub(crate) mod files;
pub(crate) mod grouping;
pub(crate) mod imports;
pub(crate) mod jmespath;
pub(crate) mod lower;
pub(crate) mod manifest;
pub mod names;
pub(crate) mod nullability;
pub(crate) mod operation;
pub(crate) mod package;
pub(crate) mod pages;
pub(crate) mod pagination;
pub(crate) mod protocol_tests;
mod recursion;
pub(crate) mod root_error;
pub(crate) mod service;
pub(crate) mod structure;
pub(crate) mod type_module;
pub(crate) mod types;
pub(crate) mod value;
pub(crate) mod waiter;
pub(crate) mod xml;

use std::collections::BTreeMap;

pub(crate) use self::event_stream::EventStream;
pub(crate) use self::manifest::{Package, Record, Registry};
pub(crate) use self::operation::{Checksum, ErrorVariant, Operation, PathSegment};
pub(crate) use self::pagination::{Items, Pagination, PathField};
pub(crate) use self::service::ServicePlan;
pub(crate) use self::structure::{Builder, Expression, Field, Presence, Role, Row, Structure};
pub(crate) use self::type_module::{Enum, TypeModule, Union, UnionVariant, Variant};

use self::beforehand::EndpointDiscovery;
use self::docs::Lines;
use self::endpoint::EndpointPlan;
use self::root_error::RootErrorVariant;
use self::types::RustType;
use self::waiter::Waiter;
use crate::model::AuthScheme;
use crate::options::Emit;
use crate::report::Diagnostic;

/// A whole client crate.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) package: Package,
    pub(crate) service: ServicePlan,
    /// The documentation of the crate, which the [guide](crate::guide) writes.
    pub(crate) front_page: Lines,
    pub(crate) type_modules: Vec<TypeModule>,
    pub(crate) exceptions: Vec<Structure>,
    pub(crate) event_streams: Vec<EventStream>,
    pub(crate) operations: Vec<Operation>,
    /// The variants of the root error.
    pub(crate) errors: Vec<RootErrorVariant>,
    pub(crate) endpoint: EndpointPlan,
    /// How endpoints are found that the service has to tell, if some operation needs it.
    pub(crate) endpoint_discovery: Option<EndpointDiscovery>,
    /// The path of the input of the operation that opens sessions, where the endpoint rules ask for some.
    pub(crate) session_input: Option<String>,
    /// Where deprecated items are named.
    pub(crate) deprecations: Deprecations,
    /// Ids of what the model does not document.
    pub(crate) undocumented: Vec<String>,
    /// The model's text on everything that a user meets, by id; empty where there is none.
    pub(crate) texts: BTreeMap<String, String>,
    /// Where links of these texts lead, by the name that a text has for it: the name in Rust and the path.
    pub(crate) links: BTreeMap<String, (String, String)>,
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

    /// The waiters of all operations.
    pub(crate) fn waiters(&self) -> impl Iterator<Item = &Waiter> {
        self.operations.iter().flat_map(|operation| &operation.waiters)
    }

    /// Operations that are presigned as a GET with all members in the query.
    pub(crate) fn presigned_in_query(&self) -> Vec<&'static str> {
        let names = self.service.presigning.in_query.iter().copied();
        names.filter(|name| self.operations.iter().any(|operation| operation.shape_name == *name)).collect()
    }

    /// Features of the runtime that the crate needs beside those that its users choose: types alone need none.
    pub(crate) fn runtime_features(&self) -> Vec<&'static str> {
        if self.package.emit == Emit::Types {
            return Vec::new();
        }
        let sends_checksums = self.operations.iter().any(|one| one.checksum_required);
        let features = [
            self.service.protocol_feature,
            sends_checksums.then_some("content-md5"),
            self.has_checksums().then_some("http-checksum"),
            self.operations.iter().any(|one| one.tree_hash).then_some("tree-hash"),
            self.compresses().then_some("request-compression"),
            self.chooses_auth().then_some("auth-schemes"),
            self.service.extended_request_id.then_some("extended-request-id"),
            self.operations.iter().any(|one| one.path_in_endpoint).then_some("endpoint-paths"),
            self.operations.iter().any(|one| one.resource_id.is_some()).then_some("resource-ids"),
            self.endpoint_discovery.as_ref().map(|_| "endpoint-discovery"),
            self.service.auth_token.map(|_| "auth-tokens"),
            self.session_input.as_ref().map(|_| "session-auth"),
            self.endpoint.reads_input().then_some("jmespath"),
            self.waiters().next().map(|_| "waiters"),
            self.has_events().then_some("event-stream"),
            self.operations.iter().any(|one| one.input.events().is_some()).then_some("event-stream-input"),
        ];
        features.into_iter().flatten().collect()
    }

    /// Settings of the configuration that not every client has, by the macros of the runtime that add them.
    pub(crate) fn more_settings(&self) -> Vec<&'static str> {
        let account_id = self.endpoint.has_account_id_mode().then_some("account_id_endpoint_mode");
        let compression = self.compresses().then_some("request_compression");
        let checksums = self.has_checksums().then_some("http_checksum");
        let discovery = self.endpoint_discovery.as_ref().map(|_| "endpoint_discovery");
        let session = self.session_input.as_ref().map(|_| "session_auth");
        let tokens = self.service.auth.takes(AuthScheme::HttpBearer).then_some("bearer_auth");
        let regions = self.service.auth.takes(AuthScheme::SigV4a).then_some("sigv4a");
        [account_id, checksums, discovery, session, compression, tokens, regions].into_iter().flatten().collect()
    }

    /// Whether calls authenticate otherwise than by SigV4 or not at all.
    fn chooses_auth(&self) -> bool {
        let mut own = self.operations.iter().filter_map(|operation| operation.auth.as_ref());
        !self.service.auth.is_usual || own.any(|schemes| schemes.as_slice() != [AuthScheme::NoAuth])
    }

    /// Whether some operation has a stream of bytes at one of its ends.
    pub(crate) fn streams(&self) -> bool {
        self.operations.iter().any(|one| one.input.stream().is_some() || one.output.stream().is_some())
    }

    /// Whether some input has a stream, of bytes or of events.
    pub(crate) fn streams_inputs(&self) -> bool {
        self.operations.iter().any(|one| one.input.is_streamed_input())
    }

    /// Whether there are streams of events, in a client: types alone have nothing that streams, and nothing that fails.
    pub(crate) fn has_events(&self) -> bool {
        self.package.emit == Emit::Client && !self.event_streams.is_empty()
    }

    /// Whether a value of this type stands somewhere in a message.
    pub(crate) fn uses(&self, ty: &RustType) -> bool {
        let type_modules = || self.type_modules.iter();
        let ends = self.operations.iter().flat_map(|operation| [&operation.input, &operation.output]);
        let structures =
            type_modules().flat_map(|type_module| &type_module.structures).chain(&self.exceptions).chain(ends);
        let variants = type_modules().flat_map(|type_module| &type_module.unions).flat_map(|union| &union.variants);
        structures.flat_map(|structure| &structure.fields).any(|field| field.ty.holds(ty))
            || variants.into_iter().any(|variant| variant.ty.holds(ty))
    }

    /// Whether some number has no bounds.
    pub(crate) fn has_big_numbers(&self) -> bool {
        self.uses(&RustType::BigInteger) || self.uses(&RustType::BigDecimal)
    }

    /// Whether some type is an enum.
    pub(crate) fn has_enums(&self) -> bool {
        self.type_modules.iter().any(|type_module| !type_module.enums.is_empty())
    }

    /// Whether each exception is defined under its own name. Otherwise their file stands behind an index.
    pub(crate) fn exceptions_have_own_names(&self) -> bool {
        self.exceptions.iter().all(Structure::has_own_names)
    }

    /// The operations in the order of their names, which the table of calls by name has to have.
    pub(crate) fn operations_by_name(&self) -> Vec<&Operation> {
        let mut operations: Vec<_> = self.operations.iter().collect();
        operations.sort_by(|one, other| one.shape_name.cmp(&other.shape_name));
        operations
    }

    /// Whether messages of some operation have checksums.
    pub(crate) fn has_checksums(&self) -> bool {
        self.operations.iter().any(|operation| operation.checksum.is_some())
    }

    /// Whether requests of some operation are compressed.
    fn compresses(&self) -> bool {
        self.operations.iter().any(|operation| operation.compressed)
    }
}

/// Where deprecated items are named, beside the files of types and operations, which know it themselves.
#[derive(Debug, Default)]
pub(crate) struct Deprecations {
    /// The index of the types.
    pub(crate) types: bool,
    /// The exceptions.
    pub(crate) exceptions: bool,
    /// The root error.
    pub(crate) root_error: bool,
    /// The errors of streams of events.
    pub(crate) event_streams: bool,
    /// The list of operations for calls by name.
    pub(crate) by_name: bool,
}
