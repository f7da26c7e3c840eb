//! Calls by name: the table of the operations.

use quote::quote;

use super::allow_deprecated;
use crate::format::{Table, Tables, source};
use crate::plan::Plan;

/// `by_name.rs`.
pub(super) fn by_name(plan: &Plan) -> String {
    let mut operations: Vec<_> = plan.operations.iter().collect();
    operations.sort_by(|one, other| one.shape_name.cmp(&other.shape_name));
    let mut table = Table::new("calls_by_name! {\n    Client {\n");
    for operation in operations {
        let input = format!("{}::{}Input", operation.module, operation.name);
        table.code("        ").literal(&operation.shape_name).code(" => ").name(&input).code(",\n");
    }
    table.code("    }\n}\n");
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
        use crate::operation::*;
        use smithy_client_runtime::calls_by_name;

        #table
    };
    source(text, &tables)
}
