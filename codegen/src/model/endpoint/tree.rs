//! The tree of rules of `smithy.rules#endpointRuleSet`.

use serde_json::Value;

use super::expression::{Conclusion, Condition};
use super::form::{Parsed, array, fail, object};
use super::read;

/// A rule of a tree: conditions, and what follows when all hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// What has to hold, in order.
    pub conditions: Vec<Condition>,
    /// What follows.
    pub outcome: Outcome,
}

/// What a rule of a tree leads to.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// More rules.
    Tree(Vec<Rule>),
    /// The end.
    End(Conclusion),
}

/// Reads the trait.
///
/// # Errors
/// When it is not of the form that the rules engine specification gives.
pub(super) fn read(rule_set: &Value) -> Parsed<Vec<Rule>> {
    rules(rule_set.get("rules"), "/rules")
}

fn rules(value: Option<&Value>, pointer: &str) -> Parsed<Vec<Rule>> {
    let rules = array(value, pointer)?.iter().enumerate();
    rules.map(|(index, rule)| self::rule(rule, &format!("{pointer}/{index}"))).collect()
}

fn rule(value: &Value, pointer: &str) -> Parsed<Rule> {
    let map = object(Some(value), pointer)?;
    let conditions = match map.get("conditions") {
        None => Vec::new(),
        conditions => read::conditions(conditions, &format!("{pointer}/conditions"))?,
    };
    let outcome = match map.get("type").and_then(Value::as_str) {
        Some("tree") => Outcome::Tree(rules(map.get("rules"), &format!("{pointer}/rules"))?),
        Some("error" | "endpoint") => Outcome::End(read::conclusion(map, pointer)?),
        _ => return fail(pointer, "the type of a rule is tree, error or endpoint"),
    };
    Ok(Rule { conditions, outcome })
}
