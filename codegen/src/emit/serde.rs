//! The module `serde` of the crate: what its feature gives, told to users.

use quote::quote;

use super::tokens::{module_doc, plain_source};
use crate::plan::{Plan, pages};

/// `serde.rs`.
pub(super) fn serde(plan: &Plan) -> String {
    let page = module_doc(&pages::serde(plan));
    plain_source(quote! {
        #page
        pub use smithy_client_runtime::serde::Exposed;
    })
}
