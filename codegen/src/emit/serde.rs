//! The module `serde` of the crate: what its feature gives, told to users.

use quote::quote;

use super::{module_doc_line, plain_source};
use crate::Emit;
use crate::plan::Plan;

/// `serde.rs`.
pub(super) fn serde(plan: &Plan) -> String {
    let library = plan.package.library();
    let exposed = format!("Wrap a value in [`Exposed`] to write its secrets too: `{library}::serde::Exposed(&value)`.");
    let exposed = module_doc_line(&exposed);
    let inputs = match plan.package.emit {
        Emit::Client => quote! {
            //!
            //! # From JSON to a call
            //!
            //! Inputs are read like anything else, and `with_input` hands one to a fluent builder as a whole.
        },
        Emit::Types => quote!(),
    };
    plain_source(quote! {
        //! Every type of this crate in any format of serde (feature `serde`).
        //!
        //! Structures, unions, enums, inputs, outputs and exceptions implement `Serialize` and
        //! `Deserialize`. What they read and write is the JSON of the service: what it sends is read,
        //! what is written is what it would send.
        //!
        //! - Members have their names in JSON messages; those that travel in a header, in the path or
        //!   in the query have their names in the model. Timestamps are as the model says, to the
        //!   microsecond; blobs are base64 text; floats that are not finite are strings.
        //! - Members that are not set are left out. Numbers and booleans with a default are always there,
        //!   zero and false included. Single-precision numbers have the fewest digits that read back as
        //!   the same number.
        //! - In reading, unknown members are ignored, null is absence, unknown values of enums are kept,
        //!   and what is required and missing becomes empty, as in a response. Of a member that comes
        //!   several times the last value counts, null included. Errors name the member and what was
        //!   expected, and never quote what was found.
        //! - The request id of an output and the metadata of an exception (`meta()`) are not part of the
        //!   value: they are not written, and what was read has none.
        //!
        //! # Secrets
        //!
        //! Sensitive members are written as `*** Sensitive Data Redacted ***`, so that a log or a file
        //! never holds them by accident. Where that text is read for a sensitive member, the member is
        //! not set afterwards, or empty where it is not optional; it is never taken for the secret.
        #exposed
        #inputs

        pub use smithy_client_runtime::serde::Exposed;
    })
}
