//! What no other rule tells: traits that clients do not act on, and shapes that no operation reaches. Told by trait and
//! not by place, so that nothing in a model changes without a word, and few words do for what concerns no caller.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::super::outcome::{Change, Fate, Subject, Verdict, plural};
use super::super::rules::{self, Rule};
use super::super::side::{Declared, Place, Side};
use super::Comparison;
use super::service::site;
use smithy_client_codegen::model::traits::{id, is_understood, would_be_missed};

use Verdict::{Changed, Same};

/// How many places a sentence names.
const SHOWN: usize = 3;

/// Traits that rules tell whole: by what they do, or as text for readers.
const TOLD: [&str; 2] = [id::DOCUMENTATION, id::ENDPOINT_RULE_SET];

/// Traits that are text for readers, compared only where both models have such.
const TEXTS: [&str; 3] = [id::EXAMPLES, "smithy.api#externalDocumentation", "smithy.api#suppress"];

/// Traits that decide how requests are authenticated.
const AUTH: [&str; 8] = [
    id::AUTH,
    id::OPTIONAL_AUTH,
    id::SIGV4,
    id::SIGV4A,
    id::HTTP_BEARER_AUTH,
    "smithy.api#httpApiKeyAuth",
    "smithy.api#httpBasicAuth",
    "smithy.api#httpDigestAuth",
];

/// Rules on the defaults of members.
const DEFAULTS: [Rule; 3] = [rules::MEMBER_DEFAULT_ADDED, rules::MEMBER_DEFAULT_CHANGED, rules::MEMBER_DEFAULT_REMOVED];

/// A trait that differs, and how.
type Found<'m> = BTreeMap<(Rule, &'m str), Vec<&'m Place>>;

impl<'m> Comparison<'m> {
    /// Compares what the rules before this one left.
    pub(super) fn other_facts(&mut self) {
        let found = self.other_traits();
        for ((rule, id), places) in found {
            let (fate, verb) = match rule {
                rules::TRAIT_ADDED => (Fate::Added, "is new on"),
                rules::TRAIT_REMOVED => (Fate::Removed, "is gone from"),
                _ => (Fate::Changed, "is another on"),
            };
            let names: Vec<String> = places.iter().map(|place| place.name()).collect();
            let change = self.fact(rule, fate, format!("the trait {id} {verb} {}", listed(&names)));
            let missed = would_be_missed(id);
            let change = match (AUTH.contains(&id), missed) {
                (true, _) => change.judged(Changed, Same, Changed),
                (false, true) => change.judged(Changed, Same, Same),
                (false, false) => change.judged(Same, Same, Same),
            };
            let operations = self.operations_of(&places);
            self.push(Change { operations, ..change.unseen_by_readers() });
        }
        let (old, new) = (unreached(&self.old, &self.new), unreached(&self.new, &self.old));
        let sides =
            [(rules::UNREACHED_REMOVED, Fate::Removed, "gone", old), (rules::UNREACHED_ADDED, Fate::Added, "new", new)];
        for (rule, fate, word, names) in sides.into_iter().filter(|(.., names)| !names.is_empty()) {
            let verb = if names.len() == 1 { "is" } else { "are" };
            let shapes = plural(names.len(), "shape or member").replace("shape or members", "shapes or members");
            let sentence = format!("{shapes} that no operation reaches {verb} {word}: {}", listed(&names));
            let change = self.fact(rule, fate, sentence).judged(Same, Same, Same).unseen_by_readers();
            self.push(change);
        }
    }

    fn fact(&self, rule: Rule, fate: Fate, sentence: String) -> Change {
        site(&self.new.model.service, Subject::Service).change(rule, fate, sentence)
    }

    /// Every trait that differs where both models have the place, and that is not told already.
    fn other_traits(&self) -> Found<'m> {
        let (old, new): (&'m Declared, &'m Declared) = (self.old.declared, self.new.declared);
        let by_key: BTreeMap<(&str, Option<&str>), &'m Place> =
            new.places.keys().map(|place| (place.key(self.new.namespace()), place)).collect();
        let mut found = Found::new();
        for (place, before) in &old.places {
            let Some(&other) = by_key.get(&place.key(self.old.namespace())) else { continue };
            let after = &new.places[other];
            for id in before.keys().chain(after.keys().filter(|id| !before.contains_key(*id))) {
                let rule = match (before.get(id), after.get(id)) {
                    (Some(before), Some(after)) if before == after => continue,
                    (Some(_), Some(_)) => rules::TRAIT_CHANGED,
                    (None, _) => rules::TRAIT_ADDED,
                    (Some(_), None) => rules::TRAIT_REMOVED,
                };
                let values = [before, after].map(|traits| traits.get(id::ENUM_VALUE).map(value_text));
                if !self.is_told(id, [place, other], &values) {
                    found.entry((rule, id)).or_default().push(other);
                }
            }
        }
        found
    }

    /// Whether a rule told of a trait at a place, or at an enum's member with these values: of one that the generator
    /// understands, by any change there.
    fn is_told(&self, id: &str, places: [&Place; 2], values: &[Option<String>; 2]) -> bool {
        if TOLD.contains(&id) || TEXTS.contains(&id) && !self.documented {
            return true;
        }
        let is_there = |change: &Change, place: &Place| {
            let is_value = change.member.is_some() && values.contains(&change.member);
            let is_member = change.member == place.member || is_value;
            // Endpoints are the service's; what decides them stands in several of its traits.
            let is_endpoint = change.subject == Subject::Endpoints && place.shape == self.new.model.service.id.as_str();
            // The default of a shape is told where members have it.
            let name = place.shape.rsplit('#').next();
            let is_default = id == id::DEFAULT && DEFAULTS.contains(&change.rule) && change.target.as_deref() == name;
            is_endpoint || is_default || change.shape.as_ref() == Some(&place.shape) && is_member
        };
        is_understood(id) && self.changes.iter().any(|change| places.iter().any(|place| is_there(change, place)))
    }

    /// The operations that meet any of these places; none where the service as a whole is among them, or nobody does.
    fn operations_of(&self, places: &[&Place]) -> Vec<String> {
        let mut met = BTreeSet::new();
        for place in places {
            let is_it = |id: &smithy_client_codegen::model::ShapeId| id.as_str() == place.shape;
            if is_it(&self.new.model.service.id) {
                return Vec::new();
            }
            let operation = self.new.model.operations.iter().find(|operation| is_it(&operation.id));
            met.extend(operation.map(|operation| operation.id.name().to_owned()));
            let shape = self.new.model.shapes.keys().find(|id| is_it(id));
            met.extend(shape.into_iter().flat_map(|id| self.new.uses(id).operations()));
        }
        met.into_iter().collect()
    }
}

/// Names of the shapes, and of their members, that one side declares, that no operation of it reaches, and that the
/// other has not.
fn unreached(side: &Side<'_>, other: &Side<'_>) -> Vec<String> {
    let known: BTreeSet<(&str, Option<&str>)> =
        other.declared.places.keys().map(|place| place.key(other.namespace())).collect();
    let mut reached: BTreeSet<&str> = side.model.shapes.keys().map(|id| id.as_str()).collect();
    reached.extend(side.model.operations.iter().map(|operation| operation.id.as_str()));
    reached.insert(side.model.service.id.as_str());
    let fresh = side.declared.places.keys().filter(|place| {
        let (shape, member) = place.key(side.namespace());
        // Members of a shape that is new are new with it.
        let is_part = member.is_some() && !known.contains(&(shape, None));
        !known.contains(&(shape, member)) && !is_part && !reached.contains(place.shape.as_str())
    });
    fresh.map(Place::name).collect()
}

/// The text of an enum's value.
fn value_text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The first few names.
fn listed(names: &[String]) -> String {
    let shown: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    match names.len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
