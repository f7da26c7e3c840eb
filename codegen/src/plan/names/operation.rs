//! The names that an operation brings with it.

use super::{operation, operation_symbol, type_name};

/// What belongs to an operation, by name.
#[derive(Clone, Debug)]
pub(crate) struct OperationNames {
    /// The operation itself: `CreateStage`.
    pub(crate) operation: String,
    /// Its module, and the method of the client: `create_stage`.
    pub(crate) module: String,
    pub(crate) input: String,
    pub(crate) output: String,
    /// The error enum, which has acronyms as in the model, as the fluent builder has.
    pub(crate) error: String,
    pub(crate) fluent_builder: String,
    pub(crate) paginator: String,
    pub(crate) paginator_items: String,
}

impl OperationNames {
    /// The names of the operation that the model has under this one.
    pub(crate) fn of(shape_name: &str) -> Self {
        let (name, symbol) = (type_name(shape_name), operation_symbol(shape_name));
        Self {
            module: operation(shape_name),
            input: format!("{name}Input"),
            output: format!("{name}Output"),
            error: format!("{symbol}Error"),
            fluent_builder: format!("{symbol}FluentBuilder"),
            paginator: format!("{name}Paginator"),
            paginator_items: format!("{name}PaginatorItems"),
            operation: name,
        }
    }

    /// The name of the builder of a structure.
    pub(crate) fn builder_of(structure: &str) -> String {
        format!("{structure}Builder")
    }

    /// Names that files of the operation use, beside those of shapes.
    pub(crate) fn in_files(self) -> impl Iterator<Item = String> {
        let builders = [Self::builder_of(&self.input), Self::builder_of(&self.output)];
        let ends = [self.operation, self.input, self.output, self.error, self.fluent_builder];
        ends.into_iter().chain([self.paginator, self.paginator_items]).chain(builders)
    }
}
