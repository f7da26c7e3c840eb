//! Presigned requests: how the service takes them, and the methods of builders that make them.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::{module_doc, plain_source};
use crate::plan::{Plan, pages};

/// `presigning.rs`.
pub(super) fn presigning(plan: &Plan) -> String {
    let page = module_doc(&pages::presigning(plan));
    let unsigned_payload = plan.service.presigning.unsigned_payload;
    let in_query = plan.presigned_in_query();
    let plain = methods(&quote!(Operation), &quote!(Builder<T, Fluent>), &quote!(self.state));
    let (uses, streamed) = if plan.streams_inputs() {
        let uses = quote! {
            use smithy_client_runtime::shape::Streamed;
            use crate::builder::StreamFluentBuilder;
        };
        let built = quote!(self.inner.build().map_err(SdkError::construction_failure)?);
        (uses, methods(&quote!(Operation + Streamed), &quote!(StreamFluentBuilder<T>), &built))
    } else {
        (quote!(), quote!())
    };
    plain_source(quote! {
        #page
        pub use smithy_client_runtime::presigning::{
            PresignedRequest, PresigningConfig, PresigningConfigBuilder, PresigningConfigError,
        };
        use smithy_client_runtime::operation::Operation;
        use smithy_client_runtime::presigning::{Presigning, presigned};
        use crate::builder::{Builder, Fluent};
        use crate::client::customize::CustomizableOperation;
        use crate::error::SdkError;
        #uses

        static PRESIGNING: Presigning = Presigning { unsigned_payload: #unsigned_payload, in_query: &[#(#in_query),*] };

        #plain

        #streamed
    })
}

/// `presigned` of a fluent builder, whose inputs are within these bounds, and of a customized call of it; `input` is how
/// it makes the input.
fn methods(bounds: &TokenStream, fluent: &TokenStream, input: &TokenStream) -> TokenStream {
    quote! {
        impl<T: #bounds> #fluent {
            /// Signs the call for somebody else to send, instead of sending it.
            ///
            /// # Errors
            /// As `send`, up to where it would be sent; and where the request cannot stand in a URL, since its input is
            /// sent as a body, or is not signed.
            pub async fn presigned(
                self,
                presigning_config: PresigningConfig,
            ) -> Result<PresignedRequest, SdkError<T::Error>> {
                presigned(self.call, #input, &PRESIGNING, presigning_config).await
            }
        }

        impl<T: #bounds> CustomizableOperation<T::Output, T::Error, #fluent> {
            /// Signs the call for somebody else to send, instead of sending it.
            ///
            /// # Errors
            /// As `presigned` of the fluent builder.
            pub async fn presigned(
                self,
                presigning_config: PresigningConfig,
            ) -> Result<PresignedRequest, SdkError<T::Error>> {
                let (mut fluent, config_override) = self.into_parts();
                fluent.call.set_config_override(config_override.settings);
                fluent.presigned(presigning_config).await
            }
        }
    }
}
