//! The endpoint rules of a service: which form of them is emitted, and what is wrong with them.

use std::collections::BTreeMap;

use super::planner::Planner;
use crate::model::endpoint::diagram::Diagram;
use crate::model::endpoint::form::token;
use crate::model::endpoint::{
    Conclusion, Decision, EndpointRules, EndpointTrait, Outcome, Problem, Property, Rule, types,
};
use crate::plan::endpoint::{ClientSetting, EndpointPlan};
use crate::plan::names::{field, prefixed};
use crate::report::Diagnostic;

impl Planner<'_> {
    /// The plan of the endpoint rules; reports what is wrong with them.
    pub(super) fn endpoint(&mut self) -> EndpointPlan {
        let service = &self.model.service;
        let fallback = || self.customization.fallback_rules(service.endpoint_prefix.as_deref());
        let forms: Vec<&EndpointTrait> = service.endpoint_rule_set.iter().chain(&service.endpoint_bdd).collect();
        let mut are_wrong = false;
        for form in &forms {
            let problems = problems(form);
            are_wrong |= !problems.is_empty();
            self.endpoint_problems(form.id, problems);
        }
        if are_wrong {
            return EndpointPlan::default();
        }
        // Both forms decide alike, so that the shorter is taken.
        let fallback = if forms.is_empty() { Some(fallback()) } else { None };
        let has_own_rules = fallback.is_none();
        let form = forms.into_iter().chain(&fallback).min_by_key(|form| cost(form));
        let Some((id, Ok(rules))) = form.map(|form| (form.id, &form.rules)) else { return EndpointPlan::default() };
        let operations = self.operation_arms(rules);
        let client_settings = self.client_settings(rules, has_own_rules);
        self.warn_of_built_ins(id, rules, &client_settings);
        match EndpointPlan::of(rules, operations) {
            Ok(plan) => EndpointPlan { client_settings, ..plan },
            Err(message) => {
                self.endpoint_problems(id, vec![Problem::of_form("", message)]);
                EndpointPlan::default()
            }
        }
    }

    /// Reports what is wrong with endpoint rules, where they stand.
    fn endpoint_problems(&mut self, id: &str, problems: Vec<Problem>) {
        for problem in problems {
            self.problem(&self.model.service.id, None, problem.message, &problem.hint);
            if let Some(told) = self.problems.last_mut() {
                told.pointer.push_str(&format!("/traits/{id}{}", problem.pointer));
            }
        }
    }

    /// Warns of parameters whose value a client has no setting for.
    fn warn_of_built_ins(&mut self, id: &str, rules: &EndpointRules, settings: &[ClientSetting]) {
        for parameter in &rules.parameters {
            let Some(built_in) = &parameter.built_in else { continue };
            let has_setting = settings.iter().any(|setting| setting.name == parameter.name);
            if !has_setting && !types::built_in(built_in).is_some_and(|(_, is_filled)| is_filled) {
                let message = format!("the client has no setting for the built-in {built_in} of the endpoint rules");
                let hint = format!("the parameter {} has its default, unless an operation fills it", parameter.name);
                let mut warning = Diagnostic::of_shape(self.model.service.id.as_str(), message, &hint);
                warning.pointer.push_str(&format!("/traits/{id}/parameters/{}/builtIn", parameter.name));
                self.warnings.push(warning);
            }
        }
    }
}

/// What keeps a form of the rules from being emitted: names that meet in Rust, and what is wrong by itself.
fn problems(form: &EndpointTrait) -> Vec<Problem> {
    match &form.rules {
        Ok(rules) => same_methods(rules.parameters.iter().map(|parameter| parameter.name.as_str())),
        Err(problems) => {
            let names = form.source["parameters"].as_object().into_iter().flatten().map(|(name, _)| name.as_str());
            same_methods(names).into_iter().chain(problems.iter().cloned()).collect()
        }
    }
}

/// Parameters whose setters would have the same name.
fn same_methods<'a>(parameters: impl Iterator<Item = &'a str>) -> Vec<Problem> {
    let mut methods: BTreeMap<String, &str> = BTreeMap::new();
    let mut problems = Vec::new();
    for name in parameters {
        let rust = field(name);
        for method in [prefixed("set", &rust), rust] {
            if let Some(other) = methods.insert(method.clone(), name) {
                problems.push(Problem {
                    pointer: format!("/parameters/{}", token(name)),
                    message: format!("the parameters {other} and {name} would both have the method `{method}`"),
                    hint: "rename one of them".to_owned(),
                });
            }
        }
    }
    problems
}

/// About how many lines of Rust a form of the rules becomes, as users compile all of them. A tree is the shorter for most
/// (Lambda: 307 lines, as a diagram 384; DynamoDB 704 and 794), a diagram where ends repeat (S3: 6,421 and 3,530; STS 660
/// and 491). To resolve an endpoint takes a diagram 4 to 10 % longer: 958 ns and 901 ns for S3, 345 and 319 for DynamoDB.
fn cost(form: &EndpointTrait) -> usize {
    match &form.rules {
        Ok(rules) => match &rules.decision {
            Decision::Tree(rules) => tree_cost(rules),
            Decision::Diagram(diagram) => diagram_cost(diagram),
        },
        Err(_) => usize::MAX,
    }
}

/// An `if` has a line for its conditions, more where they are many, and one for its brace.
fn tree_cost(rules: &[Rule]) -> usize {
    let cost = |rule: &Rule| {
        let outcome = match &rule.outcome {
            Outcome::Tree(inner) => tree_cost(inner),
            Outcome::End(conclusion) => conclusion_cost(conclusion),
        };
        1 + rule.conditions.len() + outcome
    };
    rules.iter().map(cost).sum()
}

/// A structure and two functions; a line for a condition and for a node; and a result looks for what it needs.
fn diagram_cost(diagram: &Diagram) -> usize {
    let found = diagram.conditions.iter().filter(|condition| condition.assign.is_some()).count();
    let results: usize = diagram.results.iter().map(|result| 4 + conclusion_cost(result)).sum();
    40 + diagram.conditions.len() + 5 * found + diagram.nodes.len() + results
}

fn conclusion_cost(conclusion: &Conclusion) -> usize {
    match conclusion {
        Conclusion::Error(_) => 3,
        Conclusion::Endpoint(endpoint) => {
            let properties: usize = endpoint.properties.iter().map(|(_, property)| 4 + property_cost(property)).sum();
            4 + properties + 3 * endpoint.headers.len()
        }
    }
}

fn property_cost(property: &Property) -> usize {
    match property {
        Property::List(elements) => 2 + elements.iter().map(property_cost).sum::<usize>(),
        Property::Object(entries) => 2 + entries.iter().map(|(_, value)| 1 + property_cost(value)).sum::<usize>(),
        _ => 1,
    }
}
