//! From the plan to files: one emitter per kind of item, and no decision in any of them.
//!
//! An emitter takes values of the plan and writes tokens, or rows of a table where the item is made by a macro of the
//! runtime. It puts together no names, works out no imports and compares nothing with a name; who misses something here
//! adds it to the plan. What all emitters share is in [`tokens`].

mod beforehand;
mod builder;
mod by_name;
mod client;
mod config;
mod data;
mod endpoint;
pub(crate) mod endpoint_tests;
mod enumeration;
mod error;
mod event_stream;
mod interface;
mod jmespath;
mod manifest;
mod operation;
mod paginator;
mod presigning;
pub(crate) mod protocol_tests;
mod serde;
mod stream_builder;
mod structure;
mod tokens;
mod types;
mod waiter;
mod xml;

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::format;
use crate::options::Emit;
use crate::plan::{Operation, Plan, TypeModule};

pub use interface::RUNTIME_INTERFACE;

/// The file of an emitted crate that lists the others, so that whoever writes a crate over another knows which files of it
/// were emitted: a line that says who wrote it, then a path on each.
pub const FILE_LIST: &str = ".emitted-files";

/// The licence of emitted crates, which is that of the generator and of the models.
const LICENSE: &str = include_str!("../LICENSE");

/// Emits every file of the crate, by its path below the crate's folder, on as many threads as there are processors.
pub(crate) fn files(plan: &Plan) -> BTreeMap<String, String> {
    let parts = parts(plan);
    let next = AtomicUsize::new(0);
    // Each thread takes the next part until none is left.
    let emit = || {
        let mut files = Vec::new();
        while let Some(part) = parts.get(next.fetch_add(1, Ordering::Relaxed)) {
            let emitted = part.files(plan);
            part.compare(plan, &emitted);
            files.extend(emitted.into_iter().map(|(path, text)| match path.ends_with(".rs") {
                true => (path, format::headed(plan.package.writer, &text)),
                false => (path, text),
            }));
        }
        files
    };
    thread::scope(|scope| {
        let threads = thread::available_parallelism().map_or(1, NonZero::get);
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(emit)).collect();
        let mut files = BTreeMap::from_iter(emit());
        for other in others {
            files.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        let list = manifest::file_list(plan.package.writer, files.keys());
        files.insert(FILE_LIST.to_owned(), list);
        files
    })
}

/// A part of a crate that is emitted by itself.
enum Part<'p> {
    /// What every crate has.
    Common,
    /// What a client, or a crate of types alone, has beside types and operations.
    Kind,
    Exceptions,
    TypeModule(&'p TypeModule),
    Operation(&'p Operation),
}

/// The parts of a crate, the long ones first.
fn parts(plan: &Plan) -> Vec<Part<'_>> {
    let mut parts = vec![Part::Exceptions, Part::Kind, Part::Common];
    parts.extend(plan.type_modules.iter().map(Part::TypeModule));
    parts.extend(plan.operations.iter().map(Part::Operation));
    parts
}

impl Part<'_> {
    fn files(&self, plan: &Plan) -> Vec<(String, String)> {
        match self {
            Self::Common => common_files(plan),
            Self::Kind if plan.package.emit == Emit::Client => client_files(plan),
            Self::Kind => data_files(plan),
            Self::Exceptions => exception_files(plan),
            Self::TypeModule(type_module) => {
                vec![(type_module.file(), types::type_module(type_module))]
            }
            Self::Operation(operation) => operation_files(operation, plan),
        }
    }
}

impl Part<'_> {
    /// Compares the types and modules of emitted files with those that the plan asks for.
    ///
    /// # Panics
    /// When there is another one, or one is missing, which is a fault of an emitter.
    fn compare(&self, plan: &Plan, files: &[(String, String)]) {
        let Some(asked) = self.asked(plan) else { return };
        let rust = files.iter().filter(|(path, _)| path.ends_with(".rs"));
        let defined: BTreeSet<String> = rust.flat_map(|(_, text)| format::defined(text)).collect();
        let difference: Vec<&String> = asked.symmetric_difference(&defined).collect();
        assert!(difference.is_empty(), "the plan and what was emitted differ in {difference:?}");
    }

    /// The types and modules of a part; `None` for those that are the same in every crate.
    fn asked(&self, plan: &Plan) -> Option<BTreeSet<String>> {
        match self {
            Self::Common | Self::Kind => None,
            Self::Exceptions => Some(plan.definitions_of_exceptions()),
            Self::TypeModule(type_module) => Some(type_module.definitions()),
            Self::Operation(operation) => Some(operation.definitions(plan.package.emit)),
        }
    }
}

/// What every crate has.
fn common_files(plan: &Plan) -> Vec<(String, String)> {
    let mut files = vec![
        ("Cargo.toml".to_owned(), manifest::manifest(plan)),
        ("rustfmt.toml".to_owned(), manifest::rustfmt(plan.package.writer)),
        ("src/primitives.rs".to_owned(), types::primitives(plan)),
        ("src/serde.rs".to_owned(), serde::serde(plan)),
        ("src/types.rs".to_owned(), types::index(plan)),
    ];
    if plan.package.registry.is_some() {
        files.push(("LICENSE".to_owned(), LICENSE.to_owned()));
        files.push(("README.md".to_owned(), manifest::readme(plan)));
    }
    files
}

/// The exceptions, behind an index where one is defined under another name than its own, and the errors of streams.
fn exception_files(plan: &Plan) -> Vec<(String, String)> {
    let exceptions = error::exceptions(plan);
    let mut files = match plan.exceptions_have_own_names() {
        true => below_src([("types/error.rs", exceptions)]),
        false => {
            below_src([("types/error.rs", error::exceptions_index(plan)), ("types/error/exceptions.rs", exceptions)])
        }
    };
    if plan.has_events() {
        files.extend(below_src([("types/error/event_streams.rs", event_stream::errors(plan))]));
    }
    files
}

/// What a client has beside types and operations.
fn client_files(plan: &Plan) -> Vec<(String, String)> {
    let mut files = below_src([
        ("lib.rs", interface::within(&client::library(plan))),
        ("by_name.rs", by_name::by_name(plan)),
        ("client.rs", client::client(plan)),
        ("client/customize.rs", client::customize(plan)),
        ("builder.rs", client::builder(plan)),
        ("config.rs", config::config(plan)),
        ("config/endpoint.rs", endpoint::endpoint(&plan.endpoint)),
        ("error.rs", error::root(plan)),
        ("operation.rs", operation::index(plan)),
        ("presigning.rs", presigning::presigning(plan)),
    ]);
    if let Some(module) = plan.service.auth_token {
        files.push(("src/auth_token.rs".to_owned(), client::auth_token(module)));
    }
    if let Some(discovery) = &plan.endpoint_discovery {
        files.push(("src/endpoint_discovery.rs".to_owned(), beforehand::endpoint_discovery(discovery, plan)));
    }
    if plan.is_paginated() {
        files.push(("src/paginator.rs".to_owned(), paginator::generic()));
    }
    if plan.waiters().next().is_some() {
        files.extend(below_src([
            ("builder/waiting.rs", waiter::builder()),
            ("client/waiters.rs", waiter::methods(plan)),
            ("waiters.rs", waiter::index(plan)),
        ]));
    }
    files
}

/// What a crate of types alone has beside types and operations.
fn data_files(plan: &Plan) -> Vec<(String, String)> {
    below_src([
        ("lib.rs", interface::within(&data::library(plan))),
        ("builder.rs", data::builder(plan)),
        ("error.rs", data::errors()),
        ("operation.rs", data::operations(plan)),
    ])
}

fn below_src<const N: usize>(files: [(&str, String); N]) -> Vec<(String, String)> {
    files.into_iter().map(|(path, text)| (format!("src/{path}"), text)).collect()
}

/// The files of an operation.
fn operation_files(operation: &Operation, plan: &Plan) -> Vec<(String, String)> {
    if plan.package.emit == Emit::Types {
        return vec![(operation.file(), data::operation(operation))];
    }
    let mut files = vec![(operation.file(), operation::operation(operation, plan))];
    if let Some(pagination) = &operation.paginated {
        files.push((operation.paginator_file(), paginator::paginator(operation, pagination)));
    }
    files.extend(operation.waiters.iter().map(|one| (one.file(), waiter::waiter(operation, one))));
    files
}
