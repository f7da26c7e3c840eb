//! The root error of a crate: every error of every operation.

use std::collections::BTreeMap;

use super::error_predicates;
use super::operation::{ErrorVariant, Operation};

/// A variant of the root error.
#[derive(Debug)]
pub(crate) struct RootErrorVariant {
    pub(crate) error: ErrorVariant,
    /// The predicate that `SdkError` gets for it.
    pub(crate) predicate: String,
}

/// The variants of the root error, by name: the errors of all operations, each once.
pub(crate) fn variants(operations: &[Operation]) -> Vec<RootErrorVariant> {
    let errors = operations.iter().flat_map(|operation| &operation.errors);
    let errors: BTreeMap<&str, &ErrorVariant> = errors.map(|error| (error.name.as_str(), error)).collect();
    let names: Vec<&str> = errors.keys().copied().collect();
    let predicates = error_predicates::names(&names);
    errors
        .values()
        .zip(predicates)
        .map(|(&error, predicate)| RootErrorVariant { error: error.clone(), predicate })
        .collect()
}
