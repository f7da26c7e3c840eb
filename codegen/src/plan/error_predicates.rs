//! Names of the predicates that `SdkError` itself gets, one for each exception of the service.

use std::collections::BTreeSet;

use super::names::{error_predicate, snake};

/// Predicates that every service has.
const TAKEN: [&str; 3] = ["is_timeout", "is_throttling", "is_retryable"];

/// The name of the predicate for each exception: `is_conflict` for `ConflictException`, or
/// the longer `is_conflict_exception` where the short name means something else too.
pub(crate) fn names(exceptions: &[&str]) -> Vec<String> {
    let shorts: Vec<String> = exceptions.iter().map(|name| format!("is_{}", snake(short(name)))).collect();
    let mut used: BTreeSet<String> = TAKEN.iter().map(|&name| name.to_owned()).collect();
    let named = exceptions.iter().zip(&shorts).map(|(name, short)| {
        let full = error_predicate(name);
        let shared = shorts.iter().filter(|other| *other == short).count() > 1;
        let names = [short.clone(), full.clone(), format!("{full}_exception"), format!("{full}_error")];
        let mut free = names.into_iter().skip(usize::from(shared)).filter(|name| !used.contains(name));
        let predicate = free.next().unwrap_or(full);
        used.insert(predicate.clone());
        predicate
    });
    named.collect()
}

/// The name of an exception without the word that says that it is one.
fn short(name: &str) -> &str {
    let mut endings = ["Exception", "Error", "Fault"].into_iter().filter_map(|ending| name.strip_suffix(ending));
    endings.next().filter(|short| !short.is_empty()).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn predicates_are_called_as_the_exception_without_its_last_word() {
        assert_eq!(
            names(&["ConflictException", "PendingVerification", "InternalServerError", "LimitFault"]),
            ["is_conflict", "is_pending_verification", "is_internal_server", "is_limit"]
        );
    }

    #[test]
    fn names_that_mean_something_else_too_are_given_in_full() {
        assert_eq!(
            names(&["ThrottlingException", "Timeout", "Conflict", "ConflictException", "Exception"]),
            ["is_throttling_exception", "is_timeout_exception", "is_conflict", "is_conflict_exception", "is_exception"]
        );
    }
}
