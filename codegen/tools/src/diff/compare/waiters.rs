//! Waiters of operations.

use super::super::outcome::{Change, Fate, Verdict};
use super::super::rules;
use super::{Comparison, Site};
use smithy_client_codegen::model::{Operation, Waiter};
use smithy_client_codegen::names::waiter_method;

use Verdict::{Additive, Breaking, Changed, Same};

impl Comparison<'_> {
    /// Compares the waiters of an operation, by name.
    pub(super) fn waiters(&mut self, site: &Site, old: &Operation, new: &Operation) {
        let find =
            |operation: &'_ Operation, name: &str| operation.waiters.iter().find(|waiter| waiter.name == name).cloned();
        for waiter in &old.waiters {
            let after = find(new, &waiter.name);
            if after.as_ref().is_none_or(|after| !same(waiter, after)) {
                self.waiter(site, Some(waiter), after.as_ref());
            }
        }
        let added = new.waiters.iter().filter(|waiter| find(old, &waiter.name).is_none());
        added.for_each(|waiter| self.waiter(site, None, Some(waiter)));
    }

    /// Notes that a waiter is new, gone or another.
    fn waiter(&mut self, site: &Site, old: Option<&Waiter>, new: Option<&Waiter>) {
        let [before, after] = [old, new].map(|waiter| waiter.map(|waiter| waiter_method(&waiter.name)));
        let name = new.or(old).map_or("", |waiter| &waiter.name);
        let of = &site.name;
        let (rule, fate, sentence, rust, behaviour) = match (old, new) {
            (None, _) => {
                let sentence = format!("`{of}` has the waiter `{name}` now");
                (rules::OPERATION_WAITER_ADDED, Fate::Added, sentence, Additive, Same)
            }
            (_, None) => {
                let sentence = format!("`{of}` has lost its waiter `{name}`");
                (rules::OPERATION_WAITER_REMOVED, Fate::Removed, sentence, Breaking, Changed)
            }
            _ => {
                let sentence =
                    format!("the waiter `{name}` of `{of}` ends for other reasons, or calls at another pace");
                (rules::OPERATION_WAITER_CHANGED, Fate::Changed, sentence, Same, Changed)
            }
        };
        let (before, after) = if rule == rules::OPERATION_WAITER_CHANGED { (None, None) } else { (before, after) };
        let change = site.change(rule, fate, sentence).with_items(before.as_deref(), after.as_deref());
        self.push(Change { direction: None, ..change.judged(Same, rust, behaviour) });
    }
}

/// Whether two waiters do the same, whatever is said of them.
fn same(one: &Waiter, other: &Waiter) -> bool {
    let delays = |waiter: &Waiter| (waiter.min_delay, waiter.max_delay);
    delays(one) == delays(other) && one.acceptors == other.acceptors
}
