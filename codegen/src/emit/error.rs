//! Exceptions, error enums, and the root error.

use proc_macro2::TokenStream;
use quote::quote;

use super::event_stream;
use super::structure::{builder_alias, method_table, reexport, structure};
use super::tokens::{allow_deprecated, doc, doc_line, imports, module_doc, plain_source};
use crate::format::{Table, Tables, source};
use crate::plan::docs::{Line, Lines};
use crate::plan::root_error::RootErrorVariant;
use crate::plan::{ErrorVariant, Operation, Plan, Structure, pages};
use crate::spelling::ident;

/// Why the variant for everything else is deprecated: a match on it breaks when the model learns the error.
const UNHANDLED_NOTE: &str =
    "match it with a wildcard and look at `.code()`: a later version of this crate may know the error";

/// What the variant for everything else is.
const UNHANDLED: &str = "An error that the model does not know, or that is not of the service.";

/// The variants of an error enum, `Unhandled` last.
fn variants<'p>(errors: impl Iterator<Item = &'p ErrorVariant>) -> TokenStream {
    let variants = errors.map(|error| {
        let (variant, name) = (ident(&error.variant), ident(&error.name));
        let docs = doc(&error.first_sentence.clone().into());
        let path = if error.qualified { quote!(crate::types::error::) } else { quote!() };
        quote!(#docs #variant(#path #name),)
    });
    let docs = doc_line(UNHANDLED);
    quote! {
        #(#variants)*
        #docs
        #[deprecated(note = #UNHANDLED_NOTE)]
        Unhandled(Unhandled),
    }
}

/// The error enum of an operation.
pub(super) fn operation_error(operation: &Operation, tables: &mut Tables) -> TokenStream {
    let docs =
        doc_line(&format!("How [`{}`](crate::Client::{}) fails.", operation.names.operation, operation.names.module));
    error_enum(&operation.names.error, docs, &operation.errors, tables)
}

/// The error enum of an operation, or of a stream of events.
pub(super) fn error_enum(name: &str, docs: TokenStream, errors: &[ErrorVariant], tables: &mut Tables) -> TokenStream {
    let variants = variants(errors.iter());
    let mut table = Table::new("operation_error! {\n    ");
    table.name(name).code(" {\n");
    for error in errors {
        table.code("        ").name(&error.variant).code(", ").name(&error.is);
        if let Some(code) = &error.own_code {
            table.code(", ").literal(code).code(" means ").literal(&error.shape_name);
        }
        table.code(";\n");
    }
    table.code("    }\n}\n");
    let (table, name) = (tables.mark(table), ident(name));
    quote! {
        #docs
        #[non_exhaustive]
        pub enum #name { #variants }

        #table
    }
}

/// `types/error.rs`.
pub(super) fn exceptions(plan: &Plan) -> String {
    let mut tables = Tables::default();
    let mut items = Vec::new();
    let mut builders = Vec::new();
    for exception in &plan.exceptions {
        items.push(structure(exception, &mut tables));
        items.push(tables.mark(exception_table(exception)));
        builders.push(builder_alias(exception));
        if exception.is_all_optional() {
            items.push(tables.mark(method_table(exception, None)));
        } else {
            builders.push(tables.mark(method_table(exception, None)));
        }
    }
    let uses = imports(&plan.imports_of_exceptions());
    let builder_module = if plan.exceptions.is_empty() {
        TokenStream::new()
    } else {
        quote! {
            /// Builders of the exceptions.
            pub mod builders {
                use super::*;
                #(#builders)*
            }
        }
    };
    let allow = allow_deprecated(plan.deprecations.exceptions);
    let of_streams = if plan.exceptions_have_own_names() { event_stream::reexported(plan) } else { quote!() };
    let text = quote! {
        //! The exceptions of the service.
        #allow
        #uses
        #of_streams
        #(#items)*
        #builder_module
    };
    source(text, &tables)
}

/// The traits of an exception.
fn exception_table(exception: &Structure) -> Table {
    let mut table = Table::new("exception!(");
    table.name(&exception.definition).code(", ").literal(&exception.shape_name);
    table.code(");\n");
    table
}

/// `types/error.rs` where the name of an exception would hide one that their file relies on.
pub(super) fn exceptions_index(plan: &Plan) -> String {
    let names = plan.exceptions.iter().map(|exception| reexport(&exception.definition, &exception.name));
    let builders = plan.exceptions.iter().map(|exception| &exception.builder);
    let builders = builders.map(|builder| reexport(&builder.definition, &builder.name));
    let allow = allow_deprecated(plan.deprecations.root_error);
    let of_streams = event_stream::reexported(plan);
    plain_source(quote! {
        //! The exceptions of the service.
        #allow
        #of_streams
        mod exceptions;
        pub use exceptions::{#(#names),*};

        /// Builders of the exceptions.
        pub mod builders {
            pub use super::exceptions::builders::{#(#builders),*};
        }
    })
}

/// The trait whose predicates ask an `SdkError` itself.
fn predicates(errors: &[RootErrorVariant]) -> Table {
    let about = Lines::page(
        "What went wrong with a call, asked of its [`SdkError`] without taking it apart.

        `describe` is for people, the tests are for programs. A test for an error that the
        operation does not have is false, unless the service answers with its code all the same.",
        &[],
    );
    let mut table = Table::new("error_predicates! {\n");
    table.docs("    ", &about).code("    pub trait SdkErrorExt {\n");
    for RootErrorVariant { error, predicate } in errors {
        table.code("        ").name(predicate).code(": ").name(&error.name).code(",\n");
    }
    table.code("    }\n}\n");
    table
}

/// The rows of the root error: each a variant, the name of its exception on the wire, and the code of the query protocol
/// that it goes by as well; behind them the codes of errors that go away when a call is repeated.
fn root_table(errors: &[RootErrorVariant], transient_codes: &[String]) -> Table {
    let mut table = Table::new("root_error! {\n    Error {\n");
    for RootErrorVariant { error, .. } in errors {
        table.code("        ").name(&error.variant).code(", ").literal(&error.shape_name);
        if let Some(code) = &error.query_code {
            table.code(", ").literal(code);
        }
        table.code(";\n");
    }
    table.code("    }");
    for (index, code) in transient_codes.iter().enumerate() {
        table.code(if index == 0 { "\n    transient { " } else { ", " }).literal(code);
    }
    table.code(if transient_codes.is_empty() { "\n}\n" } else { " }\n}\n" });
    table
}

/// The type behind the variant for everything else.
fn unhandled_table() -> Table {
    let mut table = Table::new("unhandled! {\n");
    table.docs("    ", &Line::prose(UNHANDLED).into()).code("    pub struct Unhandled;\n}\n");
    table
}

/// `error.rs`: the root error, and what errors are made of.
pub(super) fn root(plan: &Plan) -> String {
    let page = module_doc(&pages::error(plan));
    let variants = variants(plan.errors.iter().map(|variant| &variant.error));
    let exceptions = imports(&plan.imports_of_root_error());
    let mut tables = Tables::default();
    let table = tables.mark(root_table(&plan.errors, &plan.service.transient_codes));
    let predicates = tables.mark(predicates(&plan.errors));
    let allow = allow_deprecated(plan.deprecations.root_error);
    let unhandled = tables.mark(unhandled_table());
    let checksums = plan.has_checksums().then(|| {
        quote!(
            pub use smithy_client_runtime::http_checksum::ChecksumMismatch;
        )
    });
    let text = quote! {
        #page
        pub use smithy_client_runtime::engine::aws_smithy_runtime_api::box_error::BoxError;
        pub use smithy_client_runtime::engine::aws_smithy_runtime_api::client::result::ConnectorError;
        pub use smithy_client_runtime::engine::aws_smithy_types::error::display::DisplayErrorContext;
        pub use smithy_client_runtime::engine::aws_smithy_types::error::metadata::{ErrorMetadata, ProvideErrorMetadata};
        pub use smithy_client_runtime::engine::aws_smithy_types::error::operation::BuildError;
        pub use smithy_client_runtime::error::UnknownVariantError;
        #checksums

        use smithy_client_runtime::engine::aws_smithy_runtime_api::client::orchestrator::HttpResponse;
        use smithy_client_runtime::engine::aws_smithy_runtime_api::client::result;
        use smithy_client_runtime::error_predicates;

        /// How a call failed; `E` is the error enum of the operation.
        pub type SdkError<E, R = HttpResponse> = result::SdkError<E, R>;

        #predicates

        pub(crate) mod root {
            //! The root error.
            #allow
            use smithy_client_runtime::root_error;
            use crate::error::sealed_unhandled::Unhandled;
            #exceptions

            /// Any error of any operation; each operation's own error converts into it.
            #[non_exhaustive]
            pub enum Error { #variants }

            #table
        }

        pub(crate) mod sealed_unhandled {
            //! What errors outside the model hold.
            use smithy_client_runtime::unhandled;

            #unhandled
        }
    };
    source(text, &tables)
}
