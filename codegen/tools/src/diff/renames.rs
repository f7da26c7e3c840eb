//! Hints at renames: something that is gone, and the one thing of the same form that is new.

use super::compare::Comparison;
use super::outcome::{Change, Fate, Subject};
use super::rules;
use super::side::{Side, members};
use smithy_client_codegen::model::{Operation, Shape};

/// Adds hints to changes that look like two halves of a rename.
pub(super) fn hint(comparison: &mut Comparison<'_>) {
    let mut pairs = Vec::new();
    for (index, gone) in comparison.changes.iter().enumerate().filter(|(_, change)| change.fate == Fate::Removed) {
        let fits = |(_, fresh): &(usize, &Change)| fresh.fate == Fate::Added && is_rename(comparison, gone, fresh);
        let mut found = comparison.changes.iter().enumerate().filter(fits);
        if let (Some((other, _)), None) = (found.next(), found.next()) {
            pairs.push((index, other));
        }
    }
    for (gone, fresh) in &pairs {
        // Two things that are gone may both look like the new one; then neither is a rename.
        if pairs.iter().filter(|(_, other)| other == fresh).count() == 1 {
            let name = |index: usize| {
                let change: &Change = &comparison.changes[index];
                change.member.clone().unwrap_or_else(|| change.name.clone())
            };
            let (old_name, new_name) = (name(*gone), name(*fresh));
            comparison.changes[*gone].hint = Some(format!("looks renamed to `{new_name}`"));
            comparison.changes[*fresh].hint = Some(format!("looks renamed from `{old_name}`"));
        }
    }
}

fn is_rename(comparison: &Comparison<'_>, gone: &Change, fresh: &Change) -> bool {
    let (old, new) = (&comparison.old, &comparison.new);
    match (gone.rule, fresh.rule) {
        (rules::OPERATION_REMOVED, rules::OPERATION_ADDED) => {
            let found = old.operation(&gone.name).zip(new.operation(&fresh.name));
            found.is_some_and(|(before, after)| same_ends(comparison, before, after))
        }
        (rules::TYPE_REMOVED, rules::TYPE_ADDED) => {
            let found = shape(old, gone).zip(shape(new, fresh));
            found.is_some_and(|(before, after)| has_own_form(before) && comparison.same_form(&before.id, &after.id))
        }
        (rules::MEMBER_REMOVED, rules::MEMBER_ADDED | rules::MEMBER_ADDED_REQUIRED) => {
            let same_place =
                (gone.subject, &gone.name, gone.direction) == (fresh.subject, &fresh.name, fresh.direction);
            same_place && gone.target.is_some() && gone.target == fresh.target && gone.subject != Subject::Service
        }
        _ => false,
    }
}

/// Whether a shape has more to recognise it by than its kind.
fn has_own_form(shape: &Shape) -> bool {
    members(shape).len() > 1 || matches!(shape.kind, smithy_client_codegen::model::ShapeKind::Enum(_))
}

fn shape<'m>(side: &Side<'m>, change: &Change) -> Option<&'m Shape> {
    let id = change.shape.as_deref()?;
    side.model.shapes.values().find(|shape| shape.id.as_str() == id)
}

/// Whether two operations take and return the same, and take or return anything at all.
fn same_ends(comparison: &Comparison<'_>, old: &Operation, new: &Operation) -> bool {
    let ends = [(&old.input, &new.input), (&old.output, &new.output)];
    let mut members_seen = 0;
    let same = ends.into_iter().all(|pair| match pair {
        (Some(before), Some(after)) => {
            members_seen += members(comparison.old.shape(before)).len();
            comparison.same_form(before, after)
        }
        (None, None) => true,
        _ => false,
    });
    same && members_seen > 0
}
