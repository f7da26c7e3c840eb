//! Operations: one file each, with input, output, error, route and client method.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::error::operation_error;
use super::structure::{builder_alias, method_table, structure};
use super::tokens::{allow_deprecated, auth_schemes, deprecated, doc, doc_line, imports, module_doc};
use crate::format::{Table, Tables, source};
use crate::model::AuthScheme;
use crate::plan::{Checksum, Operation, PathSegment, Plan, Structure, pages};
use crate::spelling::ident;

/// `operation.rs`.
pub(super) fn index(plan: &Plan) -> String {
    let modules = plan.operations.iter().map(|operation| {
        // Its file says what it does: documentation here as well would be one text with that, read in this scope.
        let module = ident(&operation.names.module);
        quote!(pub mod #module;)
    });
    let page = module_doc(&pages::operation(plan));
    let mut tables = Tables::default();
    let extended = plan.service.extended_request_id.then(|| {
        let table = tables.mark(extended_request_ids(plan));
        quote! {
            pub use smithy_client_runtime::request_id::RequestIdExt;
            use smithy_client_runtime::extended_request_ids;

            #table
        }
    });
    let text = quote! {
        #page
        pub use smithy_client_runtime::engine::aws_types::request_id::RequestId;
        #(#modules)*
        #extended
    };
    source(text, &tables)
}

/// Outputs and errors that know the extended id of their request.
fn extended_request_ids(plan: &Plan) -> Table {
    let mut table = Table::new("extended_request_ids! {\n    outputs {\n");
    for operation in &plan.operations {
        table.code("        ").name(&operation.names.module).code("::").name(&operation.output.name).code(",\n");
    }
    table.code("    } errors {\n        crate::Error,\n");
    for exception in &plan.exceptions {
        table.code("        crate::types::error::").name(&exception.name).code(",\n");
    }
    for stream in &plan.event_streams {
        table.code("        crate::types::error::").name(&stream.error).code(",\n");
    }
    for operation in &plan.operations {
        table.code("        ").name(&operation.names.module).code("::").name(&operation.names.error).code(",\n");
    }
    table.code("    }\n}\n");
    table
}

/// One file of an operation.
pub(super) fn operation(operation: &Operation, plan: &Plan) -> String {
    let mut tables = Tables::default();
    let about = module_doc(&pages::of_operation(operation));
    let allow = allow_deprecated(operation.names_deprecated);
    let uses = imports(&operation.imports(&plan.service));
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
    let method = ident(&operation.names.module);
    let builder = ident(&operation.names.fluent_builder);
    let docs = doc(&operation.docs.lines);
    let deprecated = deprecated(operation.deprecated.as_ref());
    let begun = match operation.input.is_streamed_input() {
        true => quote!(builder::stream_fluent(&self.handle)),
        false => quote!(self.fluent()),
    };
    quote! {
        impl Client {
            #docs
            #deprecated
            #[inline]
            pub fn #method(&self) -> builders::#builder {
                #begun
            }
        }
    }
}

/// How the input, the output and the error belong together, and the route.
fn link(operation: &Operation, plan: &Plan) -> TokenStream {
    let input = ident(&operation.input.name);
    let output = ident(&operation.output.name);
    let error = ident(&operation.names.error);
    let service = ident(&plan.service.type_name);
    let (shape_name, method) = (&operation.shape_name, &operation.method);
    let path = operation.path.iter().map(|segment| match segment {
        PathSegment::Literal(text) => quote!(Segment::Literal(#text)),
        PathSegment::Label(index) => {
            let index = Literal::usize_unsuffixed(*index);
            quote!(Segment::Label(#index))
        }
        PathSegment::Greedy(index) => {
            let index = Literal::usize_unsuffixed(*index);
            quote!(Segment::Greedy(#index))
        }
    });
    let traits = route_traits(operation);
    let stream = operation.input.stream().map(|field| {
        let field = ident(&field.name);
        quote!(const STREAM: Option<TakeStream<Self>> = Some(|input| take_stream(&mut input.#field));)
    });
    let events = operation.input.events().map(|field| {
        let field = ident(&field.name);
        quote!(const EVENTS: Option<TakeEvents<Self>> = Some(|input| take_events(&mut input.#field));)
    });
    quote! {
        impl Operation for #input {
            type Service = #service;
            type Output = #output;
            type Error = #error;

            const ROUTE: Route = Route::new(#shape_name, #method, &[#(#path),*]) #traits;
            #stream
            #events
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
    match operation.auth.as_deref() {
        Some([AuthScheme::NoAuth]) => traits.extend(quote!(.unsigned())),
        Some(schemes) => {
            let schemes = auth_schemes(schemes);
            traits.extend(quote!(.auth(#schemes)));
        }
        None => {}
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
    if let Some(checksum) = &operation.checksum {
        let checksum = http_checksum(checksum);
        traits.extend(quote!(.checksum(&#checksum)));
    }
    if operation.tree_hash {
        traits.extend(quote!(.tree_hash()));
    }
    if operation.compressed {
        traits.extend(quote!(.compressed()));
    }
    if operation.without_input {
        traits.extend(quote!(.without_input()));
    }
    if let Some(index) = operation.endpoint_member {
        let index = Literal::usize_unsuffixed(index);
        traits.extend(quote!(.endpoint_member(#index)));
    }
    if operation.may_stall {
        traits.extend(quote!(.may_stall()));
    }
    if let Some((index, prefixes)) = operation.resource_id {
        let index = Literal::usize_unsuffixed(index);
        traits.extend(quote!(.resource_id(#index, &[#(#prefixes),*])));
    }
    if operation.path_in_endpoint {
        traits.extend(quote!(.path_in_endpoint()));
    }
    traits
}

/// What checksums the messages of an operation have.
fn http_checksum(checksum: &Checksum) -> TokenStream {
    let position = |member: Option<usize>| match member.map(Literal::usize_unsuffixed) {
        Some(index) => quote!(Some(#index)),
        None => quote!(None),
    };
    let (algorithm, validation) = (position(checksum.algorithm_member), position(checksum.validation_member));
    let Checksum { required, response, .. } = checksum;
    quote! {
        HttpChecksum {
            algorithm_member: #algorithm,
            required: #required,
            validation_member: #validation,
            response: &[#(#response),*],
        }
    }
}

/// The module `builders`.
fn builders(operation: &Operation, tables: &mut Tables) -> TokenStream {
    let ends = [&operation.input, &operation.output];
    let uses = imports(&operation.imports_of_builders());
    let input = ident(&operation.input.name);
    let fluent = ident(&operation.names.fluent_builder);
    let fluent_docs = doc_line(&format!(
        "Fluent builder of [`{}`](crate::Client::{}): fill it, then `send` it.",
        operation.names.operation, operation.names.module
    ));
    let aliases = ends.map(builder_alias);
    let setters = method_tables(ends, Some(&operation.names.fluent_builder), tables);
    let fluent_type = match operation.input.is_streamed_input() {
        true => quote!(StreamFluentBuilder<#input>),
        false => quote!(Builder<#input, Fluent>),
    };
    quote! {
        /// Builders of the operation.
        pub mod builders {
            #uses
            #fluent_docs
            pub type #fluent = #fluent_type;
            #(#aliases)*
            #(#setters)*
        }
    }
}

/// The tables of the methods of an input and an output, and of their builders; in a client also of the fluent one.
pub(super) fn method_tables(ends: [&Structure; 2], fluent: Option<&str>, tables: &mut Tables) -> Vec<TokenStream> {
    ends.into_iter().map(|shape| tables.mark(method_table(shape, fluent))).collect()
}
