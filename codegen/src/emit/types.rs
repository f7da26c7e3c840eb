//! The module `types`: its index and a file for each module of types below it.

use proc_macro2::TokenStream;
use quote::quote;

use super::structure::{builder_alias, method_table, reexport, structure};
use super::tokens::{allow_deprecated, imports, module_doc, module_doc_line, plain_source};
use super::{enumeration, event_stream};
use crate::format::{Tables, source};
use crate::options::Emit;
use crate::plan::types::RustType;
use crate::plan::{Plan, TypeModule, pages};
use crate::spelling::ident;

/// `types.rs`: the items of all its modules under one roof.
pub(super) fn index(plan: &Plan) -> String {
    let modules = plan.type_modules.iter().map(|type_module| ident(&type_module.module));
    let uses = plan.type_modules.iter().map(|type_module| {
        let module = ident(&type_module.module);
        let names = type_module.type_names().into_iter().map(|(name, definition)| reexport(definition, name));
        quote!(pub use #module::{#(#names),*};)
    });
    let builders =
        plan.type_modules.iter().filter(|type_module| !type_module.structures.is_empty()).map(|type_module| {
            let module = ident(&type_module.module);
            let builders = type_module.structures.iter().map(|structure| &structure.builder);
            let names = builders.map(|builder| reexport(&builder.definition, &builder.name));
            quote!(pub use super::#module::{#(#names),*};)
        });
    let page = module_doc(&pages::types(plan));
    let allow = allow_deprecated(plan.deprecations.types);
    plain_source(quote! {
        #page
        #allow
        #(mod #modules;)*
        pub mod error;
        #(#uses)*

        /// Builders of the structures.
        pub mod builders {
            #(#builders)*
        }
    })
}

/// One file of types.
pub(super) fn type_module(module: &TypeModule) -> String {
    let mut tables = Tables::default();
    let mut items = Vec::new();
    for shape in &module.structures {
        items.push(structure(shape, &mut tables));
        items.push(builder_alias(shape));
        items.push(tables.mark(method_table(shape, None)));
    }
    for shape in &module.unions {
        items.push(enumeration::union(shape, &mut tables));
    }
    for shape in &module.enums {
        items.push(enumeration::enumeration(shape, &mut tables));
    }
    let about = module_doc_line(&format!("Types about: {}.", module.title));
    let uses = imports(&module.imports());
    let allow = allow_deprecated(module.names_deprecated);
    source(quote!(#about #allow #uses #(#items)*), &tables)
}

/// `primitives.rs`: timestamps, blobs and what stands behind unknown enum values.
pub(super) fn primitives(plan: &Plan) -> String {
    let unknown = if plan.has_enums() { unknown_values() } else { quote!() };
    let streams = if plan.streams() { streams(plan.package.emit) } else { quote!() };
    let events = event_stream::primitives(plan);
    let page = module_doc(&pages::primitives(plan));
    let mut names = vec![quote!(Blob), quote!(DateTime)];
    // In the order of the alphabet, and only for those who have them.
    for ty in [RustType::BigInteger, RustType::BigDecimal] {
        if plan.uses(&ty) {
            names.insert(0, quote!(#ty));
        }
    }
    plain_source(quote! {
        #page
        pub use smithy_client_runtime::engine::aws_smithy_types::date_time::Format as DateTimeFormat;
        pub use smithy_client_runtime::engine::aws_smithy_types::{#(#names),*};
        #streams
        #events

        #unknown
    })
}

/// What streams are made of and read with. Types alone have no feature for files.
fn streams(emit: Emit) -> TokenStream {
    let files = match emit {
        Emit::Client => quote! {
            #[cfg(feature = "rt-tokio")]
            pub use smithy_client_runtime::engine::aws_smithy_types::byte_stream::{FsBuilder, Length};
        },
        Emit::Types => quote!(),
    };
    quote! {
        pub use smithy_client_runtime::engine::aws_smithy_types::body::SdkBody;
        pub use smithy_client_runtime::engine::aws_smithy_types::byte_stream::error::Error as ByteStreamError;
        pub use smithy_client_runtime::engine::aws_smithy_types::byte_stream::{AggregatedBytes, ByteStream};
        #files
    }
}

fn unknown_values() -> TokenStream {
    quote! {
        pub(crate) mod sealed_enum_unknown {
            //! Unknown enum values, kept so that they survive a round trip.
            use std::borrow::Cow;

            /// A value that this version of the model does not have.
            #[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
            #[non_exhaustive]
            pub struct UnknownVariantValue(Cow<'static, str>);

            impl UnknownVariantValue {
                /// What stands for a required value that a response lacks.
                pub(crate) const UNSET: Self = Self(Cow::Borrowed("no value was set"));

                pub(crate) fn new(value: &str) -> Self {
                    Self(Cow::Owned(value.to_owned()))
                }

                pub(crate) fn as_str(&self) -> &str {
                    &self.0
                }
            }

            impl std::fmt::Display for UnknownVariantValue {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str(&self.0)
                }
            }
        }
    }
}
