//! From the plan to files: one emitter per kind of item, no decision in any of them.

mod builder;
mod by_name;
mod client;
mod config;
mod data;
mod endpoint;
mod enumeration;
mod error;
mod manifest;
mod operation;
mod pages;
mod paginator;
mod serde;
mod structure;
mod types;

use proc_macro2::TokenStream;
use quote::quote;
use std::collections::{BTreeMap, BTreeSet};

use crate::Emit;
use crate::format::{Tables, source};
use crate::plan::{Plan, names};

/// Emits every file of the crate, by its path below the crate's folder.
pub(crate) fn files(plan: &Plan) -> BTreeMap<String, String> {
    let mut files = BTreeMap::from([
        ("Cargo.toml".to_owned(), manifest::manifest(plan)),
        ("rustfmt.toml".to_owned(), manifest::rustfmt()),
        ("src/primitives.rs".to_owned(), types::primitives(plan)),
        ("src/serde.rs".to_owned(), serde::serde(plan)),
        ("src/types.rs".to_owned(), types::index(plan)),
    ]);
    let exceptions = if plan.exceptions.iter().any(|exception| names::definition(&exception.name) != exception.name) {
        files.insert("src/types/error.rs".to_owned(), error::exceptions_index(plan));
        "src/types/error/exceptions.rs"
    } else {
        "src/types/error.rs"
    };
    files.insert(exceptions.to_owned(), error::exceptions(plan));
    for family in &plan.families {
        files.insert(format!("src/types/{}.rs", file_name(&family.module)), types::family(family));
    }
    match plan.package.emit {
        Emit::Client => client_files(plan, &mut files),
        Emit::Types => data_files(plan, &mut files),
    }
    files
}

/// Adds what a client has beside types.
fn client_files(plan: &Plan, files: &mut BTreeMap<String, String>) {
    let about_all = [
        ("lib.rs", client::library(plan)),
        ("by_name.rs", by_name::by_name(plan)),
        ("client.rs", client::client(plan)),
        ("client/customize.rs", client::customize(plan)),
        ("builder.rs", client::builder(plan)),
        ("config.rs", config::config(plan)),
        ("config/endpoint.rs", endpoint::endpoint(&plan.endpoint)),
        ("error.rs", error::root(plan)),
        ("operation.rs", operation::index(plan)),
    ];
    files.extend(about_all.map(|(path, text)| (format!("src/{path}"), text)));
    if plan.is_paginated() {
        files.insert("src/paginator.rs".to_owned(), paginator::generic());
    }
    for operation in &plan.operations {
        let name = file_name(&operation.module);
        files.insert(format!("src/operation/{name}.rs"), operation::operation(operation, plan));
        if let Some(pagination) = &operation.paginated {
            files.insert(format!("src/operation/{name}/paginator.rs"), paginator::paginator(operation, pagination));
        }
    }
}

/// Adds what a crate of types alone has beside them.
fn data_files(plan: &Plan, files: &mut BTreeMap<String, String>) {
    let about_all = [
        ("lib.rs", data::library(plan)),
        ("builder.rs", data::builder()),
        ("error.rs", data::errors()),
        ("operation.rs", data::operations(plan)),
    ];
    files.extend(about_all.map(|(path, text)| (format!("src/{path}"), text)));
    for operation in &plan.operations {
        files.insert(format!("src/operation/{}.rs", file_name(&operation.module)), data::operation(operation));
    }
}

/// The file of a module whose name is a raw identifier has no `r#`.
fn file_name(module: &str) -> &str {
    module.trim_start_matches("r#")
}

/// `///` lines.
fn doc(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote!(#(#[doc = #lines])*)
}

/// One `///` line.
fn doc_line(line: &str) -> TokenStream {
    doc(&[line.to_owned()])
}

/// `//!` lines.
fn module_doc(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote!(#(#![doc = #lines])*)
}

/// `#[deprecated]`, with its note.
fn deprecated(note: Option<&String>) -> TokenStream {
    match note {
        Some(note) => quote!(#[deprecated(note = #note)]),
        None => TokenStream::new(),
    }
}

/// `///` lines of a table's row.
fn doc_rows(table: &mut String, indentation: &str, lines: &[String]) {
    for line in lines {
        table.push_str(indentation);
        table.push_str(if line.is_empty() { "///" } else { "/// " });
        table.push_str(line);
        table.push('\n');
    }
}

/// `use` lines, sorted, one per module.
fn imports(paths: &BTreeSet<String>) -> TokenStream {
    let mut modules: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for path in paths {
        let (module, name) = path.rsplit_once("::").unwrap_or(("", path));
        modules.entry(module).or_default().push(name);
    }
    let uses = modules.iter().map(|(module, names)| {
        let names = names.join(", ");
        let names = if names.contains(',') { format!("{{{names}}}") } else { names };
        let path: TokenStream = format!("{module}::{names}").parse().expect("paths of imports are made of identifiers");
        quote!(use #path;)
    });
    quote!(#(#uses)*)
}

/// A file without tables.
fn plain_source(tokens: TokenStream) -> String {
    source(tokens, &Tables::default())
}
