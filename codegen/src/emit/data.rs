//! A crate of types alone: what operations take and return, without a client and its engine.
//!
//! Structures, unions, enums and exceptions are emitted as for a client. Here is what differs: the
//! root, the builder, which has nothing to send with, and the files of operations.

use proc_macro2::TokenStream;
use quote::quote;

use super::structure::{builder_alias, structure};
use super::tokens::{allow_deprecated, imports, module_doc, plain_source};
use super::{builder, operation, stream_builder};
use crate::format::{Tables, source};
use crate::plan::{Operation, Plan, pages};
use crate::spelling::ident;

/// `lib.rs`, before it is put into the macro that compares it with the runtime.
pub(super) fn library(plan: &Plan) -> String {
    let docs = module_doc(&pages::root(plan));
    plain_source(quote! {
        #docs
        #![forbid(unsafe_code)]

        pub mod builder;
        pub mod error;
        pub mod operation;
        pub mod primitives;
        #[cfg(feature = "serde")]
        pub mod serde;
        pub mod types;

        /// Facts about this crate.
        pub mod meta {
            /// Its version.
            pub static PKG_VERSION: &str = env!("CARGO_PKG_VERSION");
        }
    })
}

/// `builder.rs`.
pub(super) fn builder(plan: &Plan) -> String {
    let generic = builder::generic();
    let (uses, streamed) = match plan.streams_inputs() {
        true => (stream_builder::imports(), stream_builder::of_inputs(&quote!(Input + Streamed))),
        false => (quote!(), quote!()),
    };
    plain_source(quote! {
        //! The builders behind the builders of this crate.
        //!
        //! One generic type, [`Builder`], serves as the builder of every shape whose members are all optional: it holds
        //! the shape itself. For other shapes
        //! [`DraftBuilder`] holds a draft, an option for each member. Setters stand beside each shape.
        use smithy_client_runtime::engine::aws_smithy_types::error::metadata::ErrorMetadata;
        use smithy_client_runtime::engine::aws_smithy_types::error::operation::BuildError;
        use smithy_client_runtime::error::{Exception, set_metadata};
        use smithy_client_runtime::shape::{Drafted, Members, Shape, debug_builder, debug_state, same_members};
        use std::fmt;
        use crate::operation::Input;
        #uses

        #generic

        impl<T: Input> Builder<T> {
            /// Makes the input.
            ///
            /// # Errors
            /// None today: what an input lacks is found when it is sent.
            pub fn build(self) -> Result<T, BuildError> {
                Ok(self.state)
            }

            /// Takes a whole input, in place of everything set so far.
            #[inline]
            pub fn with_input(mut self, input: T) -> Self {
                self.state = input;
                self
            }
        }

        #streamed
    })
}

/// `error.rs`.
pub(super) fn errors() -> String {
    plain_source(quote! {
        //! What exceptions and builders need beside themselves.
        pub use smithy_client_runtime::BoxError;
        pub use smithy_client_runtime::engine::aws_smithy_types::error::display::DisplayErrorContext;
        pub use smithy_client_runtime::engine::aws_smithy_types::error::metadata::{ErrorMetadata, ProvideErrorMetadata};
        pub use smithy_client_runtime::engine::aws_smithy_types::error::operation::BuildError;
        pub use smithy_client_runtime::error::UnknownVariantError;
    })
}

/// `operation.rs`.
pub(super) fn operations(plan: &Plan) -> String {
    let modules = plan.operations.iter().map(|operation| ident(&operation.names.module));
    plain_source(quote! {
        //! The inputs and outputs of the operations of the service, a module each.
        use smithy_client_runtime::shape::Shape;
        #(pub mod #modules;)*

        /// The input of an operation, and what belongs to it.
        pub trait Input: Shape {
            /// What the operation returns.
            type Output: Shape;

            /// Name of the operation in the model.
            const OPERATION: &'static str;
        }
    })
}

/// One file of an operation, which carries the documentation of the operation.
pub(super) fn operation(operation: &Operation) -> String {
    let mut tables = Tables::default();
    let docs = module_doc(&operation.docs.lines);
    let allow = allow_deprecated(operation.names_deprecated);
    let (input, output) = (&operation.input, &operation.output);
    let uses = imports(&operation.imports_of_types());
    let ends = [input, output].map(|shape| structure(shape, &mut tables));
    let builders = builders(operation, &mut tables);
    let (input, output, name) = (ident(&input.name), ident(&output.name), &operation.shape_name);
    let tokens = quote! {
        #docs
        #allow
        #uses
        #(#ends)*

        impl Input for #input {
            type Output = #output;

            const OPERATION: &'static str = #name;
        }

        #builders
    };
    source(tokens, &tables)
}

/// The module `builders`.
fn builders(operation: &Operation, tables: &mut Tables) -> TokenStream {
    let ends = [&operation.input, &operation.output];
    let uses = imports(&operation.imports_of_builders_of_types());
    let aliases = ends.map(builder_alias);
    let setters = operation::method_tables(ends, None, tables);
    quote! {
        /// Builders of the input and of the output.
        pub mod builders {
            #uses
            #(#aliases)*
            #(#setters)*
        }
    }
}
