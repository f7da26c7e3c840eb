//! The parameters under which two rule sets are compared.
//!
//! Regions: none, every published one, one of the future for each partition, and
//! one of each partition that there is not, without FIPS or without dual stack. FIPS and dual stack: off and on. Endpoint: none and one of the
//! caller's own. Any other parameter takes no value, its sample values, and each
//! text that one of the rule sets compares it with; where there are such, they
//! are combined with one region of each partition.

use std::collections::{BTreeMap, BTreeSet};

use super::interpret::{Scope, Value};
use super::partitions::{IMAGINED, PARTITIONS, future_region};
use smithy_client_codegen::endpoint::{EndpointPlan, Expr, Outcome, Parameter, ParameterType, Part, Rule};

/// The most combinations of other parameters; beyond, they vary one at a time.
const MOST: usize = 200;

/// The endpoint of the caller's own.
pub(super) const CUSTOM: &str = "https://custom.example:8443/base";

/// A parameter with the values that it takes in turn; `None` is no value.
type Axis<'p> = (&'p str, Vec<Option<Value>>);

/// One combination of parameters.
pub(super) struct Case {
    pub(super) scope: Scope,
    /// The combination in words.
    pub(super) label: String,
    pub(super) is_custom: bool,
}

/// Every combination, for rule sets with the parameters of both.
pub(super) fn cases(old: &EndpointPlan, new: &EndpointPlan) -> Vec<Case> {
    let mut parameters: BTreeMap<&str, &Parameter> = BTreeMap::new();
    for parameter in old.parameters.iter().chain(&new.parameters) {
        parameters.insert(&parameter.name, parameter);
    }
    let mut literals = BTreeMap::new();
    collect(&old.rules, &mut literals);
    collect(&new.rules, &mut literals);
    let mut roles: BTreeMap<&str, Vec<Axis<'_>>> = BTreeMap::new();
    for (name, parameter) in &parameters {
        let none = BTreeSet::new();
        let compared = literals.get(*name).unwrap_or(&none);
        let (role, values) = match parameter.built_in.as_deref() {
            Some("AWS::Region") => ("region", regions(compared)),
            Some("AWS::UseFIPS" | "AWS::UseDualStack") => ("flag", flags(false)),
            Some("SDK::Endpoint") => ("endpoint", vec![None, Some(Value::Text(CUSTOM.to_owned()))]),
            _ => ("other", samples(parameter, compared)),
        };
        roles.entry(role).or_default().push((name, values));
    }
    let take = |role: &str| roles.get(role).cloned().unwrap_or_default();
    let mut core = product(&[take("region"), take("flag"), take("endpoint")].concat());
    let others = take("other");
    if !others.is_empty() {
        let few = take("region").into_iter().map(|(name, _)| (name, few_regions())).collect::<Vec<_>>();
        let base = product(&[few, take("flag"), take("endpoint")].concat());
        for extra in varied(&others) {
            core.extend(base.iter().map(|scope| scope.iter().chain(&extra).map(owned).collect::<Scope>()));
        }
    }
    let case = |scope: Scope| Case { label: label(&scope, &parameters), is_custom: is_custom(&scope), scope };
    core.into_iter().map(case).collect()
}

fn owned((name, value): (&String, &Value)) -> (String, Value) {
    (name.clone(), value.clone())
}

fn is_custom(scope: &Scope) -> bool {
    scope.values().any(|value| matches!(value, Value::Text(text) if text == CUSTOM))
}

/// Combinations of the other parameters, all of them or one at a time.
fn varied(others: &[Axis<'_>]) -> Vec<Scope> {
    let number: usize = others.iter().map(|(_, values)| values.len()).fold(1, usize::saturating_mul);
    if number <= MOST {
        return product(others);
    }
    others.iter().flat_map(|one| product(std::slice::from_ref(one))).collect()
}

fn product(parameters: &[Axis<'_>]) -> Vec<Scope> {
    let mut found = vec![Scope::new()];
    for (name, values) in parameters {
        let with = |scope: &Scope, value: &Option<Value>| {
            let mut scope = scope.clone();
            if let Some(value) = value {
                scope.insert((*name).to_owned(), value.clone());
            }
            scope
        };
        found = found.iter().flat_map(|scope| values.iter().map(move |value| with(scope, value))).collect();
    }
    found
}

fn flags(may_be_unset: bool) -> Vec<Option<Value>> {
    let unset = may_be_unset.then_some(None);
    unset.into_iter().chain([Some(Value::Bool(false)), Some(Value::Bool(true))]).collect()
}

fn regions(compared: &BTreeSet<String>) -> Vec<Option<Value>> {
    let published = PARTITIONS.iter().flat_map(|partition| partition.regions.iter().map(|region| (*region).to_owned()));
    let mut names: Vec<String> = published.collect();
    names.extend(PARTITIONS.iter().filter_map(future_region));
    names.extend(IMAGINED.iter().map(|partition| partition.global_region.to_owned()));
    let unseen: Vec<String> = compared.iter().filter(|region| !names.contains(region)).cloned().collect();
    let names = names.into_iter().chain(unseen);
    std::iter::once(None).chain(names.map(|name| Some(Value::Text(name)))).collect()
}

/// A region of each partition.
fn few_regions() -> Vec<Option<Value>> {
    let all = PARTITIONS.iter().chain(&IMAGINED);
    all.map(|partition| Some(Value::Text(partition.global_region.to_owned()))).collect()
}

fn samples(parameter: &Parameter, compared: &BTreeSet<String>) -> Vec<Option<Value>> {
    match parameter.ty {
        ParameterType::Bool => flags(parameter.default.is_none()),
        ParameterType::TextList => {
            let arn = "arn:aws:service:us-west-2:123456789012:kind/name".to_owned();
            vec![None, Some(Value::List(vec![arn]))]
        }
        ParameterType::Text => {
            let samples = ["123456789012", "arn:aws:service:us-west-2:123456789012:kind/name"];
            let texts = samples.into_iter().map(str::to_owned).chain(compared.iter().cloned());
            std::iter::once(None).chain(texts.map(|text| Some(Value::Text(text)))).collect()
        }
    }
}

/// Texts that rules compare parameters with, by parameter.
fn collect(rules: &[Rule], found: &mut BTreeMap<String, BTreeSet<String>>) {
    for rule in rules {
        for condition in &rule.conditions {
            compared_texts(&condition.call, found);
        }
        if let Outcome::Tree(inner) = &rule.outcome {
            collect(inner, found);
        }
    }
}

fn compared_texts(expression: &Expr, found: &mut BTreeMap<String, BTreeSet<String>>) {
    let Expr::Call(name, arguments) = expression else { return };
    if let ("stringEquals", [left, right]) = (name.as_str(), arguments.as_slice()) {
        for (parameter, literal) in [(left, right), (right, left)] {
            if let (Expr::Ref(parameter), Expr::Template(parts)) = (parameter, literal)
                && let [Part::Literal(text)] = parts.as_slice()
            {
                found.entry(parameter.clone()).or_default().insert(text.clone());
            }
        }
    }
    arguments.iter().for_each(|argument| compared_texts(argument, found));
}

/// A combination in words: the region, and what is set beside it.
fn label(scope: &Scope, parameters: &BTreeMap<&str, &Parameter>) -> String {
    let (mut region, mut more) = ("no region".to_owned(), Vec::new());
    for (name, value) in scope {
        let built_in = parameters.get(name.as_str()).and_then(|parameter| parameter.built_in.as_deref());
        match (built_in, value) {
            (Some("AWS::Region"), Value::Text(text)) => region.clone_from(text),
            (Some("AWS::UseFIPS"), Value::Bool(true)) => more.push("FIPS".to_owned()),
            (Some("AWS::UseDualStack"), Value::Bool(true)) => more.push("dual stack".to_owned()),
            (Some("SDK::Endpoint"), _) => more.push("an endpoint of the caller's own".to_owned()),
            (Some("AWS::UseFIPS" | "AWS::UseDualStack"), _) => {}
            (_, Value::Text(text)) => more.push(format!("{name} {text}")),
            (_, Value::Bool(flag)) => more.push(format!("{name} {flag}")),
            (_, _) => more.push(name.clone()),
        }
    }
    match more.is_empty() {
        true => region,
        false => format!("{region} with {}", more.join(" and ")),
    }
}
