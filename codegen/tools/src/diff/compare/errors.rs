//! Errors: status, fault and whether a call that fails so is tried again.

use super::super::outcome::{Fate, Verdict};
use super::super::rules;
use super::{Comparison, Site};
use smithy_client_codegen::model::{ErrorTrait, Fault, Retryable, ShapeKind};

use Verdict::{Breaking, Changed, Same};

/// Status codes after which clients try again, whatever the error.
const RETRIED: [u16; 4] = [500, 502, 503, 504];

impl Comparison<'_> {
    /// Compares what makes a structure an error; of other shapes nothing.
    pub(super) fn error(&mut self, site: &Site, old: &ShapeKind, new: &ShapeKind) {
        let (Some(old), Some(new)) = (error_trait(old), error_trait(new)) else { return };
        let name = &site.name;
        let (before, after) = (status(old), status(new));
        if before != after {
            let retried = RETRIED.contains(&after);
            let (behaviour, more) = match RETRIED.contains(&before) != retried {
                true if retried => (Changed, ", after which clients try again"),
                true => (Changed, ", after which clients do not try again"),
                false => (Same, ""),
            };
            let sentence = format!("`{name}` comes with status {after}, it was {before}{more}");
            self.push(site.change(rules::ERROR_STATUS, Fate::Changed, sentence).judged(Changed, Same, behaviour));
        }
        if old.fault != new.fault {
            let side = |fault| if fault == Fault::Client { "the caller" } else { "the service" };
            let sentence = format!("`{name}` is the fault of {}, it was that of {}", side(new.fault), side(old.fault));
            let behaviour = if new.retryable.is_some() { Changed } else { Same };
            self.push(site.change(rules::ERROR_FAULT, Fate::Changed, sentence).judged(Same, Same, behaviour));
        }
        if old.retryable != new.retryable {
            let sentence =
                format!("a call that fails with `{name}` {}, it {}", retry(new.retryable), retried(old.retryable));
            self.push(site.change(rules::ERROR_RETRYABLE, Fate::Changed, sentence).judged(Same, Same, Changed));
        }
        if old.query_code != new.query_code {
            let code = |error: &ErrorTrait| error.query_code.clone().unwrap_or_else(|| name.clone());
            let sentence = format!("`{name}` has the code {:?}, it was {:?}", code(new), code(old));
            let change = site.change(rules::ERROR_CODE, Fate::Changed, sentence);
            self.push(change.judged(Breaking, Same, Breaking).unseen_by_readers());
        }
    }
}

fn error_trait(kind: &ShapeKind) -> Option<&ErrorTrait> {
    match kind {
        ShapeKind::Structure(structure) => structure.error.as_ref(),
        _ => None,
    }
}

/// The status code; where the model says nothing that of the fault.
fn status(error: &ErrorTrait) -> u16 {
    error.status.unwrap_or(if error.fault == Fault::Client { 400 } else { 500 })
}

fn retry(retryable: Option<Retryable>) -> &'static str {
    match retryable {
        None => "is not tried again for that",
        Some(Retryable { throttling: false }) => "is tried again",
        Some(Retryable { throttling: true }) => "is tried again as throttled",
    }
}

fn retried(retryable: Option<Retryable>) -> &'static str {
    match retryable {
        None => "was not",
        Some(Retryable { throttling: false }) => "was tried again",
        Some(Retryable { throttling: true }) => "was tried again as throttled",
    }
}
