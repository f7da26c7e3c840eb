//! Traits: which are understood where, which are ignored and why, and how their values are read.

pub mod id;
mod pattern;
#[cfg(test)]
mod proofs;
mod table;

use super::jmespath::Expression;
use super::{Constraints, Deprecated, TimestampFormat};
use crate::ast::Traits;
use crate::ast::node::{At, Findings, Node, describe};
use crate::ast::suggest::did_you_mean;
use serde_json::{Number, Value};
use std::collections::BTreeMap;
pub(crate) use table::Place;
pub use table::{compared, is_understood, would_be_missed};

/// Traits met on the way that nobody knows: where first, and how often.
#[derive(Debug, Default)]
pub(crate) struct Unknown(BTreeMap<String, (At, usize)>);

impl Unknown {
    /// Looks every trait up; warns of those without effect and keeps the unknown ones in mind.
    pub(crate) fn check(&mut self, traits: &Traits, place: Place, findings: &mut Findings) {
        for found in traits.iter() {
            match table::look_up(&found.id, place) {
                table::Standing::Understood | table::Standing::Ignored => {}
                table::Standing::Misplaced => findings.warning(
                    &found.at,
                    format!("trait {} has no effect on {}", found.id, place.described()),
                    "remove it, or put it where Smithy expects it",
                ),
                table::Standing::Unknown => {
                    let first = || (found.at.clone(), 0);
                    self.0.entry(found.id.clone()).or_insert_with(first).1 += 1;
                }
            }
        }
    }

    /// Warns once of each unknown trait.
    pub(crate) fn warn(self, findings: &mut Findings) {
        for (id, (first, times)) in self.0 {
            let message = match times {
                1 => format!("trait {id} is unknown and ignored"),
                _ => format!("trait {id} is unknown and ignored, here and {} times more", times - 1),
            };
            let hint = did_you_mean(&id, table::understood(), "a trait of your own has no effect on the client");
            findings.warning(&first, message, hint);
        }
    }
}

/// Whether a trait without content is present; reports content that is none.
pub(crate) fn flag(traits: &Traits, id: &str, findings: &mut Findings) -> bool {
    let Some(found) = traits.get(id) else {
        return false;
    };
    let is_marker = matches!(found.value, Value::Object(_) | Value::Null | Value::Bool(true));
    if !is_marker {
        wrong(&found.node(), id, "an empty object", findings);
    }
    is_marker
}

/// The text of a trait; reports a value of another kind.
pub(crate) fn text(traits: &Traits, id: &str, findings: &mut Findings) -> Option<String> {
    let found = traits.get(id)?;
    let text = found.value.as_str();
    if text.is_none() {
        wrong(&found.node(), id, "a string", findings);
    }
    text.map(str::to_owned)
}

/// A trait that names one of several things; reports any other value with those it may have.
pub(crate) fn one_of<T: Copy>(traits: &Traits, id: &str, choices: &[(&str, T)], findings: &mut Findings) -> Option<T> {
    let found = traits.get(id)?;
    let chosen = choices.iter().find(|(name, _)| found.value == **name);
    if chosen.is_none() {
        let names: Vec<_> = choices.iter().map(|(name, _)| format!("{name:?}")).collect();
        wrong(&found.node(), id, &names.join(" or "), findings);
    }
    chosen.map(|(_, choice)| *choice)
}

/// A whole number that a trait holds, within bounds; reports anything else.
pub(crate) fn number(
    traits: &Traits,
    id: &str,
    bounds: std::ops::RangeInclusive<u16>,
    findings: &mut Findings,
) -> Option<u16> {
    let node = traits.get(id)?.node();
    bounded(&node, id, bounds, findings)
}

/// A whole number within bounds that stands in a trait; reports anything else.
pub(crate) fn bounded(
    node: &Node<'_>,
    id: &str,
    bounds: std::ops::RangeInclusive<u16>,
    findings: &mut Findings,
) -> Option<u16> {
    let number = node.value.as_u64().and_then(|number| u16::try_from(number).ok());
    let number = number.filter(|number| bounds.contains(number));
    if number.is_none() {
        let wanted = format!("a whole number from {} to {}", bounds.start(), bounds.end());
        wrong(node, id, &wanted, findings);
    }
    number
}

/// A text under a key of a trait, if it is there; reports one that is no text.
pub(crate) fn text_field(node: &Node<'_>, key: &str, findings: &mut Findings) -> Option<String> {
    let field = node.field(key)?;
    let hint = format!("`{key}` is text");
    field.text(findings, &hint).map(str::to_owned)
}

/// The text under a key that a trait has to have; reports one that is missing or no text.
pub(crate) fn needed_text(node: &Node<'_>, id: &str, key: &str, findings: &mut Findings) -> Option<String> {
    if node.field(key).is_none() {
        let hint = format!("write {{\"{key}\": \"...\"}}");
        findings.error(&node.at, format!("trait {id} has no `{key}`"), hint);
    }
    text_field(node, key, findings)
}

/// A JMESPath expression that stands in a trait; reports one that is not understood.
pub(crate) fn expression(node: &Node<'_>, findings: &mut Findings) -> Option<Expression> {
    let source = node.text(findings, "a path is a JMESPath expression")?;
    let hint =
        "write an expression of JMESPath, without slices, hashes, references, and functions that are not named here";
    let report = |problem: String| findings.error(&node.at, format!("the path `{source}`: {problem}"), hint);
    Expression::parse(source).map_err(report).ok()
}

/// Reports a trait, or a part of it, whose value is not what it has to be.
pub(crate) fn wrong(node: &Node<'_>, id: &str, wanted: &str, findings: &mut Findings) {
    let found = describe(node.value);
    findings.error(&node.at, format!("trait {id} takes {wanted}, not {found}"), format!("write {wanted}"));
}

/// `smithy.api#documentation`.
pub(crate) fn documentation(traits: &Traits, findings: &mut Findings) -> Option<String> {
    text(traits, id::DOCUMENTATION, findings)
}

/// `smithy.api#deprecated`.
pub(crate) fn deprecated(traits: &Traits, findings: &mut Findings) -> Option<Deprecated> {
    if !flag(traits, id::DEPRECATED, findings) {
        return None;
    }
    let node = traits.get(id::DEPRECATED)?.node();
    Some(Deprecated { message: text_field(&node, "message", findings), since: text_field(&node, "since", findings) })
}

/// `smithy.api#timestampFormat`.
pub(crate) fn timestamp_format(traits: &Traits, findings: &mut Findings) -> Option<TimestampFormat> {
    let choices = [
        ("date-time", TimestampFormat::DateTime),
        ("http-date", TimestampFormat::HttpDate),
        ("epoch-seconds", TimestampFormat::EpochSeconds),
    ];
    one_of(traits, id::TIMESTAMP_FORMAT, &choices, findings)
}

/// The constraint traits.
pub(crate) fn constraints(traits: &Traits, findings: &mut Findings) -> Constraints {
    Constraints {
        length: bounds(traits, id::LENGTH, "whole numbers", Value::as_u64, findings),
        range: bounds(traits, id::RANGE, "numbers", as_number, findings),
        pattern: pattern(traits, findings),
        unique_items: flag(traits, id::UNIQUE_ITEMS, findings),
    }
}

/// `smithy.api#pattern`; warns of one that is no regular expression, which a client can do without.
fn pattern(traits: &Traits, findings: &mut Findings) -> Option<String> {
    let text = text(traits, id::PATTERN, findings)?;
    if let (Err(reason), Some(found)) = (pattern::check(&text), traits.get(id::PATTERN)) {
        findings.warning(
            &found.at,
            format!("the pattern {text:?} is no regular expression: {reason}"),
            "mend it; the client only shows it in its documentation",
        );
    }
    Some(text)
}

fn as_number(value: &Value) -> Option<Number> {
    value.as_number().cloned()
}

/// `min` and `max` of a trait; reports what cannot be read.
fn bounds<T>(
    traits: &Traits,
    id: &str,
    unit: &str,
    read: fn(&Value) -> Option<T>,
    findings: &mut Findings,
) -> Option<(Option<T>, Option<T>)> {
    let node = traits.get(id)?.node();
    let wanted = format!("an object with {unit} as `min` and `max`");
    let mut bound = |key: &str| {
        let field = node.field(key)?;
        let value = read(field.value);
        if value.is_none() {
            wrong(&field, id, &wanted, findings);
        }
        value
    };
    let (min, max) = (bound("min"), bound("max"));
    if !node.value.is_object() {
        wrong(&node, id, &wanted, findings);
    }
    Some((min, max))
}
