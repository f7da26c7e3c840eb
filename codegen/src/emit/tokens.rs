//! What all emitters share: documentation, attributes and imports as tokens.

use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeMap;

use crate::format::{Tables, source};
use crate::model::AuthScheme;
use crate::plan::docs::{Line, Lines};
use crate::plan::imports::Imports;
use crate::spelling::{ident, path};

/// `///` lines.
pub(super) fn doc(lines: &Lines) -> TokenStream {
    let lines = lines.iter().map(comment);
    quote!(#(#[doc = #lines])*)
}

/// One `///` line of prose.
pub(super) fn doc_line(text: &str) -> TokenStream {
    doc(&Line::prose(text).into())
}

/// `//!` lines.
pub(super) fn module_doc(lines: &Lines) -> TokenStream {
    let lines = lines.iter().map(comment);
    quote!(#(#![doc = #lines])*)
}

/// One `//!` line of prose.
pub(super) fn module_doc_line(text: &str) -> TokenStream {
    module_doc(&Line::prose(text).into())
}

/// A line as it stands behind the slashes.
fn comment(line: &Line) -> String {
    if line.as_str().is_empty() { String::new() } else { format!(" {line}") }
}

/// `#[deprecated]`, with its note.
pub(super) fn deprecated(note: Option<&String>) -> TokenStream {
    match note {
        Some(note) => quote!(#[deprecated(note = #note)]),
        None => TokenStream::new(),
    }
}

/// Where a file names what the API deprecates, it is not warned.
pub(super) fn allow_deprecated(names_deprecated: bool) -> TokenStream {
    if names_deprecated { quote!(#![allow(deprecated)]) } else { quote!() }
}

/// Ways to authenticate, as the runtime knows them.
pub(super) fn auth_schemes(schemes: &[AuthScheme]) -> TokenStream {
    let schemes = schemes.iter().map(|scheme| match scheme {
        AuthScheme::SigV4 => quote!(Scheme::SigV4),
        AuthScheme::SigV4a => quote!(Scheme::SigV4a),
        AuthScheme::HttpBearer => quote!(Scheme::HttpBearer),
        AuthScheme::NoAuth => quote!(Scheme::NoAuth),
    });
    quote!(&[#(#schemes),*])
}

/// `use` lines, sorted, one per module.
pub(super) fn imports(imports: &Imports) -> TokenStream {
    let mut modules: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (module, name) in imports.iter() {
        modules.entry(module).or_default().push(name);
    }
    let uses = modules.iter().map(|(module, items)| {
        let (module, names) = (path(module), items.iter().map(|name| ident(name)));
        match items.as_slice() {
            [_] => quote!(use #module::#(#names)*;),
            _ => quote!(use #module::{#(#names),*};),
        }
    });
    quote!(#(#uses)*)
}

/// A file without tables.
pub(super) fn plain_source(tokens: TokenStream) -> String {
    source(tokens, &Tables::default())
}
