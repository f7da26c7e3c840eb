//! Streams of events: their errors, and the module with what they are received and sent by.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::error;
use super::tokens::{allow_deprecated, doc_line, imports};
use crate::format::{Tables, source};
use crate::plan::{EventStream, Plan};
use crate::spelling::ident;

/// `types/error/event_streams.rs`.
pub(super) fn errors(plan: &Plan) -> String {
    let mut tables = Tables::default();
    let uses = imports(&plan.imports_of_event_streams());
    let allow = allow_deprecated(plan.deprecations.event_streams);
    let service = ident(&plan.service.type_name);
    let streams: Vec<TokenStream> =
        plan.event_streams.iter().map(|stream| of_stream(stream, &service, &mut tables)).collect();
    let text = quote! {
        //! How streams of events fail.
        #allow
        #uses
        #(#streams)*
    };
    source(text, &tables)
}

/// The error enum of a stream, and what is known of its events beside their table.
fn of_stream(stream: &EventStream, service: &Ident, tables: &mut Tables) -> TokenStream {
    let (event, is_secret) = (&stream.event, stream.is_secret);
    let docs = doc_line(&format!("How the stream of [`{0}`](crate::types::{0}) fails.", event.name));
    let error = error::error_enum(&stream.error, docs, &stream.errors, tables);
    quote! {
        #error

        impl Events for #event {
            type Service = #service;

            const IS_SECRET: bool = #is_secret;
        }
    }
}

/// The items by which the module of exceptions has these errors among its own.
pub(super) fn reexported(plan: &Plan) -> TokenStream {
    if !plan.has_events() {
        return TokenStream::new();
    }
    let names = plan.event_streams.iter().map(|stream| ident(&stream.error));
    quote! {
        mod event_streams;
        pub use event_streams::{#(#names),*};
    }
}

/// The module of `primitives` about streams of events.
pub(super) fn primitives(plan: &Plan) -> TokenStream {
    if !plan.has_events() {
        return TokenStream::new();
    }
    quote! {
        /// What streams of events are received and sent by, and what their messages are made of.
        pub mod event_stream {
            pub use smithy_client_runtime::engine::aws_smithy_types::event_stream::{
                Header, HeaderValue, Message, RawMessage,
            };
            pub use smithy_client_runtime::engine::aws_smithy_types::str_bytes::StrBytes;
            pub use smithy_client_runtime::event_stream::{EventReceiver, EventStreamSender};
        }
    }
}
