//! Operations: one file each, with input, output, error, route and client method.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use std::collections::BTreeSet;

use super::error::{operation_error, operation_error_imports};
use super::structure::{builder_alias, builder_imports, builder_table, row_imports, structure, structure_imports};
use super::{allow_deprecated, deprecated, doc, doc_line, imports, pages, plain_source};
use crate::format::{Tables, source};
use crate::plan::names::ident;
use crate::plan::{Operation, PathSegment, Plan, Role, Structure};

/// `operation.rs`.
pub(super) fn index(plan: &Plan) -> String {
    let modules = plan.operations.iter().map(|operation| {
        // Its file says what it does: documentation here as well would be one text with that, read in this scope.
        let module = ident(&operation.module);
        quote!(pub mod #module;)
    });
    let page = pages::operation(plan);
    plain_source(quote! {
        #page
        pub use smithy_client_runtime::engine::aws_types::request_id::RequestId;
        #(#modules)*
    })
}

/// One file of an operation.
pub(super) fn operation(operation: &Operation, plan: &Plan) -> String {
    let mut tables = Tables::default();
    let about = pages::of_operation(operation);
    let allow = allow_deprecated(operation.names_deprecated);
    let uses = imports(&file_imports(operation, plan));
    let method = client_method(operation);
    let input = structure(&operation.input, &mut tables);
    let output = structure(&operation.output, &mut tables);
    let error = operation_error(operation, &mut tables);
    let link = link(operation, plan);
    let builders = builders(operation, &mut tables);
    let paginator = match operation.paginated {
        Some(_) => quote!(
            pub mod paginator;
        ),
        None => TokenStream::new(),
    };
    let tokens = quote! {
        #about
        #allow
        #uses
        #paginator
        #method
        #input
        #output
        #error
        #link
        #builders
    };
    source(tokens, &tables)
}

fn client_method(operation: &Operation) -> TokenStream {
    let method = ident(&operation.module);
    let builder = ident(&format!("{}FluentBuilder", operation.symbol));
    let docs = doc(&operation.docs.lines);
    let deprecated = deprecated(operation.deprecated.as_ref());
    quote! {
        impl Client {
            #docs
            #deprecated
            #[inline]
            pub fn #method(&self) -> builders::#builder {
                self.fluent()
            }
        }
    }
}

/// How the input, the output and the error belong together, and the route.
fn link(operation: &Operation, plan: &Plan) -> TokenStream {
    let input = ident(&operation.input.name);
    let output = ident(&operation.output.name);
    let error = ident(&format!("{}Error", operation.symbol));
    let service = ident(&plan.service.type_name);
    let (shape_name, method) = (&operation.shape_name, &operation.method);
    let path = operation.path.iter().map(|segment| match segment {
        PathSegment::Literal(text) => quote!(Segment::Literal(#text)),
        PathSegment::Label(index) => {
            let index = proc_macro2::Literal::usize_unsuffixed(*index);
            quote!(Segment::Label(#index))
        }
        PathSegment::Greedy(index) => {
            let index = proc_macro2::Literal::usize_unsuffixed(*index);
            quote!(Segment::Greedy(#index))
        }
    });
    let traits = route_traits(operation);
    quote! {
        impl Operation for #input {
            type Service = #service;
            type Output = #output;
            type Error = #error;

            const ROUTE: Route = Route::new(#shape_name, #method, &[#(#path),*]) #traits;
        }
    }
}

fn route_traits(operation: &Operation) -> TokenStream {
    let mut traits = TokenStream::new();
    if !operation.query.is_empty() {
        let pairs = operation.query.iter().map(|(key, value)| match value {
            Some(value) => quote!((#key, Some(#value))),
            None => quote!((#key, None)),
        });
        traits.extend(quote!(.query(&[#(#pairs),*])));
    }
    if let Some(prefix) = &operation.host_prefix {
        traits.extend(quote!(.host_prefix(#prefix)));
    }
    if operation.unsigned {
        traits.extend(quote!(.unsigned()));
    }
    if operation.sensitive_output {
        traits.extend(quote!(.sensitive_output()));
    }
    if operation.unsigned_payload {
        traits.extend(quote!(.unsigned_payload()));
    }
    if operation.checksum_required {
        traits.extend(quote!(.checksum_required()));
    }
    if operation.compressed {
        traits.extend(quote!(.compressed()));
    }
    if let Some(index) = operation.endpoint_member {
        let index = Literal::usize_unsuffixed(index);
        traits.extend(quote!(.endpoint_member(#index)));
    }
    traits
}

/// The module `builders`.
fn builders(operation: &Operation, tables: &mut Tables) -> TokenStream {
    let ends = [&operation.input, &operation.output];
    let mut paths = setter_imports(ends);
    paths.extend(["crate::builder::Builder", "crate::builder::Fluent"].map(str::to_owned));
    let uses = imports(&paths);
    let input = ident(&operation.input.name);
    let fluent = ident(&format!("{}FluentBuilder", operation.symbol));
    let fluent_docs = doc_line(&format!(
        "Fluent builder of [`{}`](crate::Client::{}): fill it, then `send` it.",
        operation.name, operation.module
    ));
    let aliases = ends.map(builder_alias);
    let setters = setter_tables(ends, tables);
    quote! {
        /// Builders of the operation.
        pub mod builders {
            #uses
            #fluent_docs
            pub type #fluent = Builder<#input, Fluent<#input>>;
            #(#aliases)*
            #(#setters)*
        }
    }
}

/// Whether a shape has a table of setters: an input without members needs none, since `build` of inputs is generic.
fn has_setters(shape: &Structure) -> bool {
    !shape.fields.is_empty() || shape.role != Role::Input
}

/// The tables of the setters of an input and an output.
pub(super) fn setter_tables(ends: [&Structure; 2], tables: &mut Tables) -> Vec<TokenStream> {
    ends.into_iter().filter(|shape| has_setters(shape)).map(|shape| tables.mark(builder_table(shape))).collect()
}

/// What these tables and the builders' definitions import.
pub(super) fn setter_imports(ends: [&Structure; 2]) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    for shape in ends {
        builder_imports(shape, &mut paths);
        row_imports(shape, &mut paths);
        paths.insert(format!("super::{}", shape.name));
    }
    if !ends.iter().any(|shape| has_setters(shape) && shape.is_draft()) {
        paths.remove("smithy_client_runtime::setters");
    }
    paths
}

fn file_imports(operation: &Operation, plan: &Plan) -> BTreeSet<String> {
    let mut paths = BTreeSet::from([format!("crate::config::{}", plan.service.type_name)]);
    structure_imports(&operation.input, &mut paths);
    structure_imports(&operation.output, &mut paths);
    operation_error_imports(operation, &mut paths);
    paths.insert("crate::Client".to_owned());
    paths.insert("smithy_client_runtime::operation::Operation".to_owned());
    paths.insert("smithy_client_runtime::operation::Route".to_owned());
    if !operation.path.is_empty() {
        paths.insert("smithy_client_runtime::operation::Segment".to_owned());
    }
    paths
}
