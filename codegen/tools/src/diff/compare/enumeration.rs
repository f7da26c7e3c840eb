//! Values of enums.

use super::super::outcome::{Change, Fate, Verdict};
use super::super::rules::{self, Rule};
use super::{Comparison, Site, narrowed};
use smithy_client_codegen::model::{Deprecated, ShapeKind};

use Verdict::{Additive, Breaking, Changed, Same};

/// A value of a string enum or an integer enum.
struct Item<'a> {
    name: &'a str,
    value: String,
    deprecated: Option<&'a Deprecated>,
    documentation: Option<&'a str>,
}

impl Comparison<'_> {
    /// Compares the values of an enum; of other shapes nothing.
    pub(super) fn values(&mut self, site: &Site, old: &ShapeKind, new: &ShapeKind) {
        let (old, new) = (items(old), items(new));
        for value in &new {
            let same_value = old.iter().find(|other| other.value == value.value);
            let same_name = || old.iter().find(|other| other.name == value.name && !has_value(&new, &other.value));
            match (same_value, same_name()) {
                (Some(other), _) => self.value(site, other, value),
                (None, Some(other)) => self.value_rewritten(site, other, value),
                (None, None) => self.value_added(site, value),
            }
        }
        for value in &old {
            let rewritten = new.iter().any(|other| other.name == value.name && !has_value(&old, &other.value));
            if !has_value(&new, &value.value) && !rewritten {
                self.value_removed(site, value);
            }
        }
    }

    fn value(&mut self, site: &Site, old: &Item<'_>, new: &Item<'_>) {
        let (before, after) = self.member_items(site, &old.value, &new.value);
        if before != after {
            let sentence = format!("`{}` has another name in code", new.value);
            let change = self.value_change(site, rules::VALUE_RENAMED, Fate::Changed, new, sentence);
            self.push(change.with_items(before.as_deref(), after.as_deref()).judged(Same, Breaking, Same));
        }
        let rules = (rules::VALUE_DEPRECATED, rules::VALUE_REVIVED);
        self.deprecation(site, rules, Some(&new.value), (old.deprecated, new.deprecated));
        self.documentation(site, Some(&new.value), old.documentation, new.documentation);
    }

    fn value_rewritten(&mut self, site: &Site, old: &Item<'_>, new: &Item<'_>) {
        let (before, after) = self.member_items(site, &old.value, &new.value);
        let sentence = format!("`{}` is {:?} on the wire, it was {:?}", new.name, new.value, old.value);
        let change = self.value_change(site, rules::VALUE_REWRITTEN, Fate::Changed, new, sentence);
        let rust = self.rust_verdict(before.as_deref(), after.as_deref(), Same);
        self.push(change.with_items(before.as_deref(), after.as_deref()).judged(Breaking, rust, Breaking));
    }

    fn value_added(&mut self, site: &Site, value: &Item<'_>) {
        let (_, after) = self.member_items(site, &value.value, &value.value);
        let (sentence, behaviour) = match site.direction().is_received() {
            true => (format!("`{}` is new; code that took it as unknown now gets its variant", value.value), Changed),
            false => (format!("`{}` is new", value.value), Same),
        };
        let rust = if self.new.surface.is_some() && after.is_none() { Same } else { Additive };
        let change = self.value_change(site, rules::VALUE_ADDED, Fate::Added, value, sentence);
        self.push(change.with_items(None, after.as_deref()).judged(Additive, rust, behaviour));
    }

    fn value_removed(&mut self, site: &Site, value: &Item<'_>) {
        let (before, _) = self.member_items(site, &value.value, &value.value);
        let direction = site.direction();
        let sentence = match (direction.is_sent(), direction.is_received()) {
            (true, false) => format!("`{}` is gone; requests with it are refused", value.value),
            (false, _) => format!("`{}` is gone; if it still arrives, it is unknown", value.value),
            (true, true) => {
                format!("`{}` is gone; requests with it are refused, and it is unknown if it arrives", value.value)
            }
        };
        let rust = if self.old.surface.is_some() && before.is_none() { Same } else { Breaking };
        let received = if direction.is_received() { Changed } else { Same };
        let change = self.value_change(site, rules::VALUE_REMOVED, Fate::Removed, value, sentence);
        let change = change.with_items(before.as_deref(), None);
        self.push(change.judged(narrowed(direction), rust, narrowed(direction).max(received)));
    }

    fn value_change(&self, site: &Site, rule: Rule, fate: Fate, value: &Item<'_>, sentence: String) -> Change {
        site.change(rule, fate, sentence).of_member(&value.value, None)
    }
}

fn has_value(items: &[Item<'_>], value: &str) -> bool {
    items.iter().any(|item| item.value == value)
}

fn items(kind: &ShapeKind) -> Vec<Item<'_>> {
    match kind {
        ShapeKind::Enum(values) => values
            .iter()
            .map(|value| Item {
                name: &value.name,
                value: value.value.clone(),
                deprecated: value.deprecated.as_ref(),
                documentation: value.documentation.as_deref(),
            })
            .collect(),
        ShapeKind::IntEnum(values) => values
            .iter()
            .map(|value| Item {
                name: &value.name,
                value: value.value.to_string(),
                deprecated: None,
                documentation: value.documentation.as_deref(),
            })
            .collect(),
        _ => Vec::new(),
    }
}
