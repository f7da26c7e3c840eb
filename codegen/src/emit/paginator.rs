//! Paginators: the crate's generic one, and what it needs to know of each operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::{allow_deprecated, doc_line, imports, module_doc_line, plain_source};
use crate::plan::names::OperationNames;
use crate::plan::{Items, Operation, Pagination, PathField};
use crate::spelling::ident;

/// `paginator.rs`: the type behind the paginators of all operations.
pub(super) fn generic() -> String {
    let of_items = of_items();
    plain_source(quote! {
        //! The paginator behind the paginators of this crate.
        //!
        //! An input of a paginated operation says where its tokens, its page size
        //! and its items are; one generic type does the rest.
        use smithy_client_runtime::engine::aws_smithy_async::future::pagination_stream::{PaginationStream, TryFlatMap};
        use smithy_client_runtime::paginator::{Itemized, Paginated, Resizable, pages};
        use crate::builder::{Builder, Fluent};
        use crate::error::SdkError;

        /// Sends an operation page after page.
        #[derive(Debug)]
        pub struct Paginator<T: Paginated> {
            fluent: Builder<T, Fluent>,
            stop_on_duplicate_token: bool,
        }

        impl<T: Paginated> Paginator<T> {
            /// Whether a page that repeats the token of its request ends the stream, as is the default.
            #[inline]
            pub fn stop_on_duplicate_token(mut self, stop_on_duplicate_token: bool) -> Self {
                self.stop_on_duplicate_token = stop_on_duplicate_token;
                self
            }

            /// The stream of pages. Each page is requested when it is polled for; the first error ends the stream.
            pub fn send(self) -> PaginationStream<Result<T::Output, SdkError<T::Error>>> {
                let (input, handle) = self.fluent.into_parts();
                pages(&handle, input, self.stop_on_duplicate_token)
            }
        }

        impl<T: Paginated> Builder<T, Fluent> {
            /// Sends the call page after page instead of once.
            #[inline]
            pub fn into_paginator(self) -> Paginator<T> {
                Paginator { fluent: self, stop_on_duplicate_token: true }
            }
        }

        impl<T: Resizable> Paginator<T> {
            /// Asks for at most so many items a page.
            #[inline]
            pub fn page_size(mut self, limit: T::Size) -> Self {
                *self.fluent.state.size_mut() = Some(limit);
                self
            }
        }

        #of_items

    })
}

/// The items of pages.
fn of_items() -> TokenStream {
    quote! {
        impl<T: Itemized> Paginator<T> {
            /// The items of the pages instead of the pages.
            #[inline]
            pub fn items(self) -> PaginatorItems<T> {
                PaginatorItems(self)
            }
        }

        /// The items of all pages of an operation.
        #[derive(Debug)]
        pub struct PaginatorItems<T: Itemized>(Paginator<T>);

        impl<T: Itemized> PaginatorItems<T> {
            /// The stream of items. The first error ends it.
            pub fn send(self) -> PaginationStream<Result<T::Item, SdkError<T::Error>>> {
                TryFlatMap::new(self.0.send()).flat_map(T::items)
            }
        }
    }
}

/// `operation/<name>/paginator.rs`.
pub(super) fn paginator(operation: &Operation, pagination: &Pagination) -> String {
    let about = module_doc_line(&format!("Pages of `{}`.", operation.shape_name));
    let allow = allow_deprecated(operation.names_deprecated);
    let uses = imports(&operation.imports_of_paginator(pagination));
    let names = &operation.names;
    let [name, input, output] = [&names.paginator, &names.input, &names.output].map(|name| ident(name));
    let docs = doc_line(&format!("Sends [`{}`](crate::Client::{}) page after page.", names.operation, names.module));
    let page_size = page_size(names, pagination);
    let items = items(names, pagination);
    let token = ident(&pagination.input_token);
    let token_type = &pagination.token_type;
    let next_token = next_token(pagination);
    plain_source(quote! {
        #about
        #allow
        #uses

        #docs
        pub type #name = Paginator<#input>;

        impl Paginated for #input {
            type Token = #token_type;

            #[inline]
            fn next_token(output: &#output) -> Option<&#token_type> {
                #next_token
            }

            #[inline]
            fn token_mut(&mut self) -> &mut Option<#token_type> {
                &mut self.#token
            }
        }

        #page_size
        #items
    })
}

/// The token of an output, which is none where something else says that there are no more pages.
fn next_token(pagination: &Pagination) -> TokenStream {
    let token = reference(&pagination.output_token);
    let Some(more) = &pagination.more else { return token };
    let field = ident(&more.name);
    let more = if more.optional { quote!(output.#field == Some(true)) } else { quote!(output.#field) };
    quote!(if #more { #token } else { None })
}

fn page_size(names: &OperationNames, pagination: &Pagination) -> TokenStream {
    let Some((field, ty)) = &pagination.page_size else { return TokenStream::new() };
    let (input, field) = (ident(&names.input), ident(field));
    quote! {
        impl Resizable for #input {
            type Size = #ty;

            #[inline]
            fn size_mut(&mut self) -> &mut Option<#ty> {
                &mut self.#field
            }
        }
    }
}

fn items(names: &OperationNames, pagination: &Pagination) -> TokenStream {
    let Some((path, items)) = &pagination.items else { return TokenStream::new() };
    let [name, input, output] = [&names.paginator_items, &names.input, &names.output].map(|name| ident(name));
    let docs =
        doc_line(&format!("The items of all pages of [`{}`](crate::Client::{}).", names.operation, names.module));
    let value = owned(path);
    let (item, items) = match items {
        Items::Entries(key, value) => (quote!((#key, #value)), quote!(HashMap<#key, #value>)),
        Items::Elements(item) => (quote!(#item), quote!(Vec<#item>)),
    };
    quote! {
        #docs
        pub type #name = PaginatorItems<#input>;

        impl Itemized for #input {
            type Item = #item;
            type Items = #items;

            #[inline]
            fn items(page: #output) -> #items {
                #value
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
