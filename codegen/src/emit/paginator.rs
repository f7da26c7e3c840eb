//! Paginators.

use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;

use super::{doc_line, imports, module_doc, plain_source};
use crate::plan::names::ident;
use crate::plan::types::RustType;
use crate::plan::{Operation, Pagination, PathField};

/// `operation/<name>/paginator.rs`.
pub(super) fn paginator(operation: &Operation, pagination: &Pagination) -> String {
    let about = module_doc(&[format!("Pages of `{}`.", operation.shape_name)]);
    let uses = imports(&file_imports(operation, pagination));
    let name = ident(&format!("{}Paginator", operation.name));
    let [fluent, input, output, error] =
        ["FluentBuilder", "Input", "Output", "Error"].map(|suffix| ident(&format!("{}{suffix}", operation.name)));
    let docs = doc_line(&format!("Sends [`{}`](crate::Client::{}) page after page.", operation.name, operation.module));
    let page_size = page_size(pagination);
    let items_method = items_method(operation, pagination);
    let items_type = items_type(operation, pagination);
    let token = ident(&pagination.input_token);
    let next_token = reference(&pagination.output_token);
    plain_source(quote! {
        #about
        #uses

        #docs
        #[derive(Debug)]
        pub struct #name {
            fluent: #fluent,
            stop_on_duplicate_token: bool,
        }

        impl #name {
            pub(crate) fn new(fluent: #fluent) -> Self {
                Self { fluent, stop_on_duplicate_token: true }
            }

            #page_size
            #items_method

            /// Whether a page that repeats the token of its request ends the stream, as is the default.
            #[inline]
            pub fn stop_on_duplicate_token(mut self, stop_on_duplicate_token: bool) -> Self {
                self.stop_on_duplicate_token = stop_on_duplicate_token;
                self
            }

            /// The stream of pages. Each page is requested when it is polled for; the first error ends the stream.
            #[inline]
            pub fn send(self) -> PaginationStream<Result<#output, SdkError<#error>>> {
                let (input, handle) = self.fluent.into_parts();
                pages(&handle.engine, input, self.stop_on_duplicate_token)
            }
        }

        #items_type

        impl Paginated for #input {
            #[inline]
            fn next_token(output: &#output) -> Option<&String> {
                #next_token
            }

            #[inline]
            fn token_mut(&mut self) -> &mut Option<String> {
                &mut self.#token
            }
        }
    })
}

fn page_size(pagination: &Pagination) -> TokenStream {
    let Some((field, ty)) = &pagination.page_size else { return TokenStream::new() };
    let set = ident(&crate::plan::names::prefixed("set", field));
    quote! {
        /// Asks for at most so many items a page.
        #[inline]
        pub fn page_size(mut self, limit: #ty) -> Self {
            self.fluent = self.fluent.#set(Some(limit));
            self
        }
    }
}

fn items_method(operation: &Operation, pagination: &Pagination) -> TokenStream {
    if pagination.items.is_none() {
        return TokenStream::new();
    }
    let items = ident(&format!("{}PaginatorItems", operation.name));
    quote! {
        /// The items of the pages instead of the pages.
        #[inline]
        pub fn items(self) -> #items {
            #items(self)
        }
    }
}

fn items_type(operation: &Operation, pagination: &Pagination) -> TokenStream {
    let Some((path, item)) = &pagination.items else { return TokenStream::new() };
    let name = ident(&format!("{}PaginatorItems", operation.name));
    let paginator = ident(&format!("{}Paginator", operation.name));
    let error = ident(&format!("{}Error", operation.name));
    let docs =
        doc_line(&format!("The items of all pages of [`{}`](crate::Client::{}).", operation.name, operation.module));
    let value = owned(path);
    let item = match item {
        RustType::Map(value) => quote!((String, #value)),
        item => quote!(#item),
    };
    quote! {
        #docs
        #[derive(Debug)]
        pub struct #name(#paginator);

        impl #name {
            /// The stream of items. The first error ends it.
            #[inline]
            pub fn send(self) -> PaginationStream<Result<#item, SdkError<#error>>> {
                TryFlatMap::new(self.0.send()).flat_map(|page| #value.into_iter())
            }
        }
    }
}

/// A reference to the member at the end of a path.
fn reference(path: &[PathField]) -> TokenStream {
    let mut value = TokenStream::new();
    for (depth, step) in path.iter().enumerate() {
        let name = ident(&step.name);
        value = match (depth, step.optional) {
            (0, true) => quote!(output.#name.as_ref()),
            (0, false) => quote!(Some(&output.#name)),
            (_, true) => quote!(#value.and_then(|value| value.#name.as_ref())),
            (_, false) => quote!(#value.map(|value| &value.#name)),
        };
    }
    value
}

/// The list or map at the end of a path, taken out of the page.
fn owned(path: &[PathField]) -> TokenStream {
    if let [PathField { name, optional: false }] = path {
        let name = ident(name);
        return quote!(page.#name);
    }
    let mut value = TokenStream::new();
    for (depth, step) in path.iter().enumerate() {
        let name = ident(&step.name);
        value = match (depth, step.optional) {
            (0, true) => quote!(page.#name),
            (0, false) => quote!(Some(page.#name)),
            (_, true) => quote!(#value.and_then(|value| value.#name)),
            (_, false) => quote!(#value.map(|value| value.#name)),
        };
    }
    quote!(#value.unwrap_or_default())
}

fn file_imports(operation: &Operation, pagination: &Pagination) -> BTreeSet<String> {
    let engine = "smithy_client_runtime::engine::aws_smithy_async::future::pagination_stream";
    let own = format!("crate::operation::{}", operation.module);
    let mut paths = BTreeSet::from([
        "crate::error::SdkError".to_owned(),
        format!("{own}::builders::{}FluentBuilder", operation.name),
        format!("{engine}::PaginationStream"),
        "smithy_client_runtime::paginator::Paginated".to_owned(),
        "smithy_client_runtime::paginator::pages".to_owned(),
    ]);
    paths.extend(["Error", "Input", "Output"].map(|suffix| format!("{own}::{}{suffix}", operation.name)));
    if let Some((_, item)) = &pagination.items {
        // The items of a map are pairs: the map itself is not named.
        if let RustType::Map(value) = item {
            value.imports(&mut paths)
        } else {
            item.imports(&mut paths)
        }
        paths.insert(format!("{engine}::TryFlatMap"));
    }
    paths
}
