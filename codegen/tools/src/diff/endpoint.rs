//! Endpoint rules, compared by what they do: both rule sets are followed for every combination of a grid of
//! parameters, so that a rule set that is only written differently is no change.
//!
//! Both sides are followed with the same partitions, so what differs is the rules. Where a rule set cannot be followed,
//! its text is compared instead.
//!
//! What the rules call, and the partitions, are known once: they are those of the clients' runtime, which has them without
//! AWS's engine for this.

mod grid;
pub mod interpret;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeMap;

pub use smithy_client_runtime::endpoint::{functions, partition};

use self::interpret::{Resolved, resolve};
use super::outcome::{Fate, Verdict};
use super::rules::{self, Rule};
use smithy_client_codegen::model::Service;
use smithy_client_codegen::model::endpoint::{EndpointRules, EndpointTrait, Parameter, ParameterType};
use smithy_client_codegen::names;

use Verdict::{Additive, Breaking, Changed, Same};

/// A difference between two rule sets.
pub(super) struct EndpointDifference {
    pub(super) rule: Rule,
    pub(super) fate: Fate,
    pub(super) sentence: String,
    pub(super) parameter: Option<String>,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
    pub(super) wire: Verdict,
    pub(super) rust: Verdict,
    pub(super) behaviour: Verdict,
}

impl EndpointDifference {
    fn new(rule: Rule, fate: Fate, sentence: String, [wire, rust, behaviour]: [Verdict; 3]) -> Self {
        Self { rule, fate, sentence, parameter: None, before: None, after: None, wire, rust, behaviour }
    }
}

/// Compares the endpoints of two services.
pub(super) fn compare(old: &Service, new: &Service) -> Vec<EndpointDifference> {
    let (old, new) = (rules_of(old), rules_of(new));
    if old.id == new.id && old.source == new.source {
        return Vec::new();
    }
    match (&old.rules, &new.rules) {
        (Ok(old), Ok(new)) => {
            let mut found = parameters(old, new);
            found.extend(outcomes(old, new));
            found
        }
        _ => {
            let sentence = "the endpoint rules are written differently, and cannot be followed".to_owned();
            vec![EndpointDifference::new(rules::ENDPOINT_CHANGED, Fate::Changed, sentence, [Changed, Same, Changed])]
        }
    }
}

/// The rules of a service: the rule set, which a model has longest, else the decision diagram.
fn rules_of(service: &Service) -> Cow<'_, EndpointTrait> {
    match service.endpoint_rule_set.as_ref().or(service.endpoint_bdd.as_ref()) {
        Some(rules) => Cow::Borrowed(rules),
        None => Cow::Owned(EndpointTrait::fallback(service.endpoint_prefix.as_deref())),
    }
}

fn parameters(old: &EndpointRules, new: &EndpointRules) -> Vec<EndpointDifference> {
    let by_name = |plan: &'_ EndpointRules| -> BTreeMap<String, usize> {
        plan.parameters.iter().enumerate().map(|(index, parameter)| (parameter.name.clone(), index)).collect()
    };
    let (before, after) = (by_name(old), by_name(new));
    let mut found = Vec::new();
    for (name, index) in &before {
        let parameter = &old.parameters[*index];
        match after.get(name) {
            Some(other) => found.extend(parameter_changed(parameter, &new.parameters[*other])),
            None => {
                let sentence = format!("the endpoint rules no longer take `{name}`");
                let verdicts = [Same, Breaking, Changed];
                let difference =
                    EndpointDifference::new(rules::ENDPOINT_PARAMETER_REMOVED, Fate::Removed, sentence, verdicts);
                found.push(EndpointDifference {
                    before: Some(setter(parameter)),
                    parameter: Some(name.clone()),
                    ..difference
                });
            }
        }
    }
    for (name, index) in after.iter().filter(|(name, _)| !before.contains_key(*name)) {
        let sentence = format!("the endpoint rules take `{name}`");
        let verdicts = [Same, Additive, Same];
        let difference = EndpointDifference::new(rules::ENDPOINT_PARAMETER_ADDED, Fate::Added, sentence, verdicts);
        let after = Some(setter(&new.parameters[*index]));
        found.push(EndpointDifference { after, parameter: Some(name.clone()), ..difference });
    }
    found
}

fn parameter_changed(old: &Parameter, new: &Parameter) -> Option<EndpointDifference> {
    let facts = |parameter: &Parameter| (parameter.default.clone(), parameter.built_in.clone());
    if old.ty == new.ty && facts(old) == facts(new) {
        return None;
    }
    let describe = |parameter: &Parameter| {
        let default =
            parameter.default.as_ref().map_or_else(|| "no default".to_owned(), |value| format!("default {value}"));
        let source = parameter.built_in.as_deref().unwrap_or("operations");
        format!("{} with {default} from {source}", type_name(parameter.ty))
    };
    let name = &new.name;
    let sentence = format!("the endpoint parameter `{name}` is {}, it was {}", describe(new), describe(old));
    let rust = if old.ty == new.ty { Same } else { Breaking };
    let verdicts = [Same, rust, Changed];
    let difference = EndpointDifference::new(rules::ENDPOINT_PARAMETER_CHANGED, Fate::Changed, sentence, verdicts);
    let (before, after) = (Some(setter(old)), Some(setter(new)));
    Some(EndpointDifference { before, after, parameter: Some(name.clone()), ..difference })
}

fn type_name(ty: ParameterType) -> &'static str {
    match ty {
        ParameterType::Text => "a string",
        ParameterType::Bool => "a boolean",
        ParameterType::TextList => "a list of strings",
    }
}

fn setter(parameter: &Parameter) -> String {
    let argument = match parameter.ty {
        ParameterType::Text => "impl Into<String>",
        ParameterType::Bool => "bool",
        ParameterType::TextList => "Vec<String>",
    };
    format!("config::endpoint::ParamsBuilder::{}({argument})", names::field(&parameter.name))
}

/// Combinations that lead elsewhere, by what they lead to.
fn outcomes(old: &EndpointRules, new: &EndpointRules) -> Vec<EndpointDifference> {
    let partitions = grid::partitions();
    let cases = grid::cases(old, new);
    let mut groups: BTreeMap<Rule, (Vec<String>, bool)> = BTreeMap::new();
    for case in &cases {
        let (before, after) = (resolve(old, &partitions, &case.scope), resolve(new, &partitions, &case.scope));
        let rule = match (&before, &after) {
            (before, after) if before == after => continue,
            (Resolved::Endpoint { .. }, Resolved::Endpoint { .. }) => rules::ENDPOINT_CHANGED,
            (Resolved::Endpoint { .. }, Resolved::Error(_)) => rules::ENDPOINT_LOST,
            (Resolved::Error(_), Resolved::Endpoint { .. }) => rules::ENDPOINT_GAINED,
            (Resolved::Error(_), Resolved::Error(_)) => rules::ENDPOINT_ERROR,
        };
        let (examples, is_custom) = groups.entry(rule).or_default();
        examples.push(format!("{} leads to {}, it was {}", case.label, shown(&after), shown(&before)));
        *is_custom |= case.is_custom;
    }
    let difference = |(rule, (examples, is_custom)): (Rule, (Vec<String>, bool))| {
        let verdicts = match rule {
            rules::ENDPOINT_LOST => [Breaking, Same, Breaking],
            rules::ENDPOINT_CHANGED if is_custom => [Breaking, Same, Breaking],
            rules::ENDPOINT_CHANGED => [Changed, Same, Changed],
            rules::ENDPOINT_GAINED => [Additive, Same, Additive],
            _ => [Same, Same, Changed],
        };
        EndpointDifference::new(rule, Fate::Changed, sentence(rule, &examples, cases.len()), verdicts)
    };
    groups.into_iter().map(difference).collect()
}

fn shown(resolved: &Resolved) -> String {
    match resolved {
        Resolved::Endpoint { url, properties, headers } => {
            let properties = properties.iter().map(|(name, value)| format!(" {name}={value}"));
            let headers = headers.iter().map(|(name, values)| format!(" {name}: {}", values.join(",")));
            format!("`{url}`{}", properties.chain(headers).collect::<String>())
        }
        Resolved::Error(message) => format!("the error {message:?}"),
    }
}

fn sentence(rule: Rule, examples: &[String], all: usize) -> String {
    let what = match rule {
        rules::ENDPOINT_CHANGED => "lead to another endpoint",
        rules::ENDPOINT_LOST => "have lost their endpoint",
        rules::ENDPOINT_GAINED => "have an endpoint now",
        _ => "give another error",
    };
    let first = examples.first().map_or("", String::as_str);
    format!("{} of {all} combinations of region, FIPS, dual stack and so on {what}: {first}", examples.len())
}
