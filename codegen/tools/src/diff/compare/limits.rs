//! Limits of lengths, numbers, patterns and repetition. Clients do not enforce them, services do.

use serde_json::Number;
use std::cmp::Ordering;

use super::super::outcome::{Change, Fate, Verdict};
use super::super::rules::{self, Rule};
use super::pattern::{Relation, relation};
use super::{Comparison, Site, narrowed, widened};
use smithy_client_codegen::model::Constraints;

/// What a change of limits does to the set of valid values.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Effect {
    Tightened,
    Loosened,
    Other,
}

impl Comparison<'_> {
    /// Compares the limits of a shape, or of a member.
    pub(super) fn limits(&mut self, site: &Site, member: Option<(&str, &str)>, old: &Constraints, new: &Constraints) {
        let found = [
            length(old.length, new.length),
            range(old.range.as_ref(), new.range.as_ref()),
            pattern(old.pattern.as_deref(), new.pattern.as_deref()),
            uniqueness(old.unique_items, new.unique_items),
        ];
        let what = member.map_or(site.name.as_str(), |(member, _)| member);
        for (rule, effect, sentence) in found.into_iter().flatten() {
            let direction = site.direction();
            let behaviour = match effect {
                Effect::Tightened => narrowed(direction),
                Effect::Loosened => widened(direction),
                Effect::Other => narrowed(direction).max(widened(direction)),
            };
            let change = site.change(rule, Fate::Changed, format!("`{what}` {sentence}"));
            let change = change.judged(Verdict::Same, Verdict::Same, behaviour);
            self.push(match member {
                Some((member, target)) => change.of_member(member, Some(target)),
                None => Change { target: Some(site.name.clone()), ..change },
            });
        }
    }
}

/// A rule, what the change does, and a sentence without its subject.
type Found = Option<(Rule, Effect, String)>;

fn length(old: Option<(Option<u64>, Option<u64>)>, new: Option<(Option<u64>, Option<u64>)>) -> Found {
    let bounds = |length: Option<(Option<u64>, Option<u64>)>| {
        let (least, most) = length.unwrap_or_default();
        (least.unwrap_or(0), most.unwrap_or(u64::MAX))
    };
    let (before, after) = (bounds(old), bounds(new));
    let effect = effect(after.0.cmp(&before.0), after.1.cmp(&before.1))?;
    let text = |(least, most): (u64, u64)| {
        between((least > 0).then(|| least.to_string()), (most < u64::MAX).then(|| most.to_string()))
    };
    let rules = [rules::LENGTH_TIGHTENED, rules::LENGTH_LOOSENED, rules::LENGTH_CHANGED];
    Some((pick(rules, effect), effect, moved("length", text(before), text(after))))
}

type Bounds = (Option<Number>, Option<Number>);

fn range(old: Option<&Bounds>, new: Option<&Bounds>) -> Found {
    let none = (None, None);
    let (old, new) = (old.unwrap_or(&none), new.unwrap_or(&none));
    let least = compare(old.0.as_ref(), new.0.as_ref(), Ordering::Greater);
    let most = compare(old.1.as_ref(), new.1.as_ref(), Ordering::Less);
    let effect = effect(least, most)?;
    let text = |bounds: &Bounds| {
        between(bounds.0.as_ref().map(ToString::to_string), bounds.1.as_ref().map(ToString::to_string))
    };
    let rules = [rules::RANGE_TIGHTENED, rules::RANGE_LOOSENED, rules::RANGE_CHANGED];
    Some((pick(rules, effect), effect, moved("range", text(old), text(new))))
}

/// How the new bound lies to the old one; a bound that appears lies at `inward`.
fn compare(old: Option<&Number>, new: Option<&Number>, inward: Ordering) -> Ordering {
    match (old, new) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => inward,
        (Some(_), None) => inward.reverse(),
        (Some(old), Some(new)) => match (old.as_i64(), new.as_i64()) {
            (Some(old), Some(new)) => new.cmp(&old),
            _ => new.as_f64().partial_cmp(&old.as_f64()).unwrap_or(Ordering::Equal),
        },
    }
}

/// What moving the lower and the upper bound does; `None` when neither moves.
fn effect(least: Ordering, most: Ordering) -> Option<Effect> {
    match (least, most) {
        (Ordering::Equal, Ordering::Equal) => None,
        (Ordering::Equal | Ordering::Greater, Ordering::Equal | Ordering::Less) => Some(Effect::Tightened),
        (Ordering::Equal | Ordering::Less, Ordering::Equal | Ordering::Greater) => Some(Effect::Loosened),
        _ => Some(Effect::Other),
    }
}

fn pick([tightened, loosened, other]: [Rule; 3], effect: Effect) -> Rule {
    match effect {
        Effect::Tightened => tightened,
        Effect::Loosened => loosened,
        Effect::Other => other,
    }
}

/// Bounds in words; `None` when there is none.
pub(in crate::diff) fn between(least: Option<String>, most: Option<String>) -> Option<String> {
    match (least, most) {
        (None, None) => None,
        (Some(least), None) => Some(format!("at least {least}")),
        (None, Some(most)) => Some(format!("at most {most}")),
        (Some(least), Some(most)) if least == most => Some(format!("exactly {least}")),
        (Some(least), Some(most)) => Some(format!("{least} to {most}")),
    }
}

fn moved(noun: &str, old: Option<String>, new: Option<String>) -> String {
    match (old, new) {
        (None, Some(new)) => format!("gained a {noun}: {new}"),
        (Some(old), None) => format!("lost its {noun}: it was {old}"),
        (old, new) => {
            let any = || "any".to_owned();
            format!("has another {noun}: {}, it was {}", new.unwrap_or_else(any), old.unwrap_or_else(any))
        }
    }
}

fn pattern(old: Option<&str>, new: Option<&str>) -> Found {
    match (old, new) {
        (old, new) if old == new => None,
        (None, Some(new)) => Some((rules::PATTERN_ADDED, Effect::Tightened, format!("gained a pattern: {new}"))),
        (Some(old), None) => {
            Some((rules::PATTERN_REMOVED, Effect::Loosened, format!("lost its pattern: it was {old}")))
        }
        (Some(old), Some(new)) => {
            let (rule, effect, word) = match relation(old, new) {
                Relation::Narrower => (rules::PATTERN_TIGHTENED, Effect::Tightened, "a stricter pattern"),
                Relation::Wider => (rules::PATTERN_LOOSENED, Effect::Loosened, "a looser pattern"),
                Relation::Unknown => (rules::PATTERN_CHANGED, Effect::Other, "another pattern"),
            };
            Some((rule, effect, format!("has {word}: {new}, it was {old}")))
        }
        (None, None) => None,
    }
}

fn uniqueness(old: bool, new: bool) -> Found {
    match (old, new) {
        (false, true) => Some((rules::UNIQUE_ADDED, Effect::Tightened, "may not repeat elements now".to_owned())),
        (true, false) => Some((rules::UNIQUE_REMOVED, Effect::Loosened, "may repeat elements now".to_owned())),
        _ => None,
    }
}
