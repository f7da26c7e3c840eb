//! Calls by name: the table of the operations.

use quote::quote;

use crate::format::{Tables, source};
use crate::plan::Plan;

/// `by_name.rs`.
pub(super) fn by_name(plan: &Plan) -> String {
    let mut operations: Vec<_> = plan.operations.iter().collect();
    operations.sort_by(|one, other| one.shape_name.cmp(&other.shape_name));
    let mut table = "calls_by_name! {\n    Client {\n".to_owned();
    for operation in operations {
        let (name, module, rust) = (&operation.shape_name, &operation.module, &operation.name);
        table.push_str(&format!("        {name:?} => {module}::{rust}Input,\n"));
    }
    table.push_str("    }\n}\n");
    let mut tables = Tables::default();
    let table = tables.mark(table);
    let text = quote! {
        //! Any operation by its name, JSON in and JSON out (feature `serde`).
        //!
        //! For scripts, replays and tests: [`Client::call_json`] takes the name of an operation and the
        //! JSON of its input, and returns that of its output. [`OPERATIONS`] lists the names. An input with
        //! a member that the operation does not have is refused, with the nearest name, before anything is
        //! sent.

        pub use smithy_client_runtime::by_name::CallError;

        use crate::Client;
        use crate::operation::*;
        use smithy_client_runtime::calls_by_name;

        #table
    };
    source(text, &tables)
}
