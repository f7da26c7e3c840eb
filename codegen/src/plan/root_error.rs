//! The root error of a crate: every error of every operation.

use std::collections::{BTreeMap, BTreeSet};

use super::error_predicates;
use super::names;
use super::operation::{ErrorVariant, Operation};
use crate::model::ShapeId;

/// A variant of the root error.
#[derive(Debug)]
pub(crate) struct RootErrorVariant {
    pub(crate) error: ErrorVariant,
    /// The predicate that `SdkError` gets for it.
    pub(crate) predicate: String,
}

/// The variants of the root error, by name: the errors of all operations, and those beside them, that were chosen or are of
/// a stream, each once.
///
/// Their predicates are told apart from those of all errors of the service, be they here or not: a program finds them under
/// the same names whatever else it calls.
pub(crate) fn variants(
    operations: &[Operation],
    beside: &[ErrorVariant],
    of_service: &[ShapeId],
) -> Vec<RootErrorVariant> {
    let errors = operations.iter().flat_map(|operation| &operation.errors).chain(beside);
    let errors: BTreeMap<&str, &ErrorVariant> = errors.map(|error| (error.name.as_str(), error)).collect();
    let of_service: Vec<String> = of_service.iter().map(|id| names::type_name(id.name())).collect();
    let all: BTreeSet<&str> = of_service.iter().map(String::as_str).chain(errors.keys().copied()).collect();
    let all: Vec<&str> = all.into_iter().collect();
    let predicates = all.iter().zip(error_predicates::names(&all));
    let variants = predicates
        .filter_map(|(name, predicate)| Some(RootErrorVariant { error: (*errors.get(name)?).clone(), predicate }));
    variants.collect()
}
