//! Calls by name: the table of the operations.

use quote::quote;

use super::tokens::allow_deprecated;
use crate::format::{Table, Tables, source};
use crate::plan::Plan;

/// `by_name.rs`.
pub(super) fn by_name(plan: &Plan) -> String {
    let mut table = Table::new("calls_by_name! {\n    Client {\n");
    let (sending, others): (Vec<_>, Vec<_>) =
        plan.operations_by_name().into_iter().partition(|operation| operation.input.events().is_some());
    let operations = match others.is_empty() {
        true => quote!(),
        false => quote!(
            use crate::operation::*;
        ),
    };
    for operation in others {
        let names = &operation.names;
        table.code("        ").literal(&operation.shape_name).code(" => ");
        table.name(&names.module).code("::").name(&names.input).code(",\n");
    }
    table.code("    }\n");
    // No JSON holds events that are sent while they are made.
    if !sending.is_empty() {
        table.code("    with_events {\n");
        for operation in sending {
            table.code("        ").literal(&operation.shape_name).code(",\n");
        }
        table.code("    }\n");
    }
    table.code("}\n");
    let mut tables = Tables::default();
    let table = tables.mark(table);
    let allow = allow_deprecated(plan.deprecations.by_name);
    let text = quote! {
        //! Any operation by its name, JSON in and JSON out (feature `serde`).
        //!
        //! For scripts, replays and tests: [`Client::call_json`] takes the name of an operation and the
        //! JSON of its input, and returns that of its output. [`OPERATIONS`] lists the names. An input with
        //! a member that the operation does not have is refused, with the nearest name, before anything is
        //! sent.
        #allow

        pub use smithy_client_runtime::by_name::CallError;

        use crate::Client;
        #operations
        use smithy_client_runtime::calls_by_name;

        #table
    };
    source(text, &tables)
}
