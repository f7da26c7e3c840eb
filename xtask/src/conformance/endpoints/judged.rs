//! Whether answers are what the cases say, and what both forms of the rules come to.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use smithy_client_codegen::endpoint_tests::{EndpointCase, EndpointSuite, ExpectedEndpoint};
use smithy_client_codegen::model::endpoint::EndpointRules;
use smithy_client_tools::diff::endpoint::interpret::{self, Resolved, Scope, resolve};
use smithy_client_tools::diff::endpoint::partition::{PARTITIONS, Partition};

use super::super::judge::Difference;
use super::super::trial::Verdict;
use super::asked::Question;

/// A verdict on each question, by the answers.
pub(super) fn verdicts(
    suite: &EndpointSuite,
    questions: &[Question],
    answers: &[Option<Value>],
) -> Vec<Option<Verdict>> {
    let forms: Vec<(&str, &EndpointRules)> =
        suite.rules.iter().filter_map(|form| Some((form.id, form.rules.as_ref().ok()?))).collect();
    let verdict = |(question, answer): (&Question, &Option<Value>)| match (&question.skipped, answer) {
        (Some(skipped), _) => Some(skipped.clone()),
        (None, None) => None,
        (None, Some(answer)) => Some(verdict(&suite.cases[question.case], question, answer, &forms)),
    };
    questions.iter().zip(answers).map(verdict).collect()
}

fn verdict(case: &EndpointCase, question: &Question, answer: &Value, forms: &[(&str, &EndpointRules)]) -> Verdict {
    let mut found = differences(&case.expect, answer);
    if !found.is_empty()
        && let Some(partition) = other_age(case, forms)
    {
        return Verdict::Skipped(format!("partition data of another age: the case holds where {partition}"));
    }
    if question.has_params {
        found.extend(forms_apart(case, forms));
    }
    if found.is_empty() { Verdict::Passed } else { Verdict::Failed(found) }
}

/// What sets an answer apart from what a case expects.
fn differences(expected: &ExpectedEndpoint, answer: &Value) -> Vec<Difference> {
    match expected {
        ExpectedEndpoint::Error(message) => {
            // The error of a call has words about the call before it.
            let behind = format!(": {message}");
            let is_it = |said: &str| said == message || said.ends_with(&behind);
            let said = answer["errors"].as_array().into_iter().flatten();
            match said.filter_map(Value::as_str).any(is_it) {
                true => Vec::new(),
                false => vec![Difference::new("error", format!("{message:?}"), answer_text(answer))],
            }
        }
        ExpectedEndpoint::Endpoint { url, properties, headers } => {
            let found = &answer["endpoint"];
            if !found.is_object() {
                return vec![Difference::new("endpoint", url, answer_text(answer))];
            }
            let parts = [
                ("url", json!(url), &found["url"]),
                ("properties", Value::Object(properties.clone()), &found["properties"]),
                ("headers", json!(headers), &found["headers"]),
            ];
            let different = parts.into_iter().filter(|(_, expected, found)| expected != *found);
            different
                .map(|(part, expected, found)| Difference::new(part, expected.to_string(), found.to_string()))
                .collect()
        }
    }
}

fn answer_text(answer: &Value) -> String {
    match &answer["errors"] {
        Value::Null => answer["endpoint"]["url"].to_string(),
        errors => format!("the error {errors}"),
    }
}

/// What the rules come to when they are followed, in the form of an answer.
fn followed(rules: &EndpointRules, partitions: &[Partition], case: &EndpointCase) -> Value {
    match resolve(rules, partitions, &scope(&case.params)) {
        Resolved::Endpoint { url, properties, headers } => {
            json!({"endpoint": {"url": url, "properties": properties, "headers": headers}})
        }
        Resolved::Error(message) => json!({ "errors": [message] }),
    }
}

fn scope(params: &Map<String, Value>) -> Scope {
    let value = |value: &Value| match value {
        Value::Bool(flag) => interpret::Value::Bool(*flag),
        Value::Array(texts) => {
            interpret::Value::List(texts.iter().filter_map(Value::as_str).map(str::to_owned).collect())
        }
        other => interpret::Value::Text(other.as_str().unwrap_or_default().to_owned()),
    };
    params.iter().map(|(name, given)| (name.clone(), value(given))).collect()
}

/// Forms of the rules that come to something else than the first.
fn forms_apart(case: &EndpointCase, forms: &[(&str, &EndpointRules)]) -> Vec<Difference> {
    let Some(((_, first), others)) = forms.split_first() else { return Vec::new() };
    let expected = followed(first, &PARTITIONS, case);
    let found: BTreeMap<&str, Value> =
        others.iter().map(|(id, rules)| (*id, followed(rules, &PARTITIONS, case))).collect();
    let apart = found.into_iter().filter(|(_, found)| *found != expected);
    apart.map(|(id, found)| Difference::new(id, expected.to_string(), found.to_string())).collect()
}

/// How partition data would differ from ours for a case to hold: partitions gain FIPS and dual stack with the years.
fn other_age(case: &EndpointCase, forms: &[(&str, &EndpointRules)]) -> Option<String> {
    let (_, rules) = forms.first()?;
    let holds = |partitions: &[Partition]| differences(&case.expect, &followed(rules, partitions, case)).is_empty();
    if holds(&PARTITIONS) {
        return None;
    }
    for (position, ours) in PARTITIONS.iter().enumerate() {
        for (fips, dual_stack) in [(true, false), (false, true), (false, false), (true, true)] {
            let mut partitions = PARTITIONS;
            partitions[position] = Partition { supports_fips: fips, supports_dual_stack: dual_stack, ..*ours };
            if holds(&partitions) {
                return Some(described(ours, &partitions[position]));
            }
        }
    }
    None
}

/// What another partition has that ours has not, or the other way round.
fn described(ours: &Partition, other: &Partition) -> String {
    let facts = [
        ("FIPS", ours.supports_fips, other.supports_fips),
        ("dual stack", ours.supports_dual_stack, other.supports_dual_stack),
    ];
    let changed = facts.into_iter().filter(|(_, ours, other)| ours != other);
    let changed: Vec<String> =
        changed.map(|(what, _, has)| format!("{} {what}", if has { "has" } else { "has no" })).collect();
    format!("the partition {} {}", ours.name, changed.join(" and "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use smithy_client_codegen::model::endpoint::EndpointTrait;

    fn case(params: Value, expect: Value) -> EndpointCase {
        serde_json::from_value(json!({ "params": params, "expect": expect })).expect("a case")
    }

    #[test]
    fn an_endpoint_is_compared_by_url_properties_and_headers() {
        let expected = case(json!({}), json!({"endpoint": {"url": "https://a", "properties": {"x": 1}}})).expect;
        let answer = json!({"endpoint": {"url": "https://b", "properties": {}, "headers": {"y": ["z"]}}});
        let said: Vec<String> = differences(&expected, &answer).iter().map(ToString::to_string).collect();
        insta::assert_snapshot!(said.join("\n"), @r#"
        url: expected "https://a", got "https://b"
        properties: expected {"x":1}, got {}
        headers: expected {}, got {"y":["z"]}
        "#);
    }

    #[test]
    fn an_error_may_be_the_cause_of_another() {
        let expected = case(json!({}), json!({"error": "no region"})).expect;
        assert_eq!(differences(&expected, &json!({"errors": ["failed", "no region"]})), []);
        assert_eq!(differences(&expected, &json!({"errors": ["List: dispatch failure: no region"]})), []);
        assert_eq!(differences(&expected, &json!({"endpoint": {"url": "https://a"}})).len(), 1);
    }

    #[test]
    fn a_case_of_another_age_is_told_by_what_the_partition_had() {
        let supported = json!([
            {"fn": "aws.partition", "argv": [{"ref": "Region"}], "assign": "P"},
            {"fn": "booleanEquals", "argv": [{"fn": "getAttr", "argv": [{"ref": "P"}, "supportsDualStack"]}, true]},
        ]);
        let rules = EndpointTrait::rule_set(json!({
            "version": "1.0",
            "parameters": {"Region": {"type": "String", "required": true, "default": "us-iso-east-1"}},
            "rules": [
                {"conditions": supported, "type": "endpoint", "endpoint": {"url": "https://{P#dualStackDnsSuffix}"}},
                {"conditions": [], "type": "error", "error": "no dual stack"},
            ],
        }));
        let rules = rules.rules.expect("they are right");
        let forms = [("", &rules)];
        let age = |expect: Value| other_age(&case(json!({}), expect), &forms);
        assert_eq!(age(json!({"error": "no dual stack"})).as_deref(), Some("the partition aws-iso has no dual stack"));
        assert_eq!(age(json!({"error": "something else"})), None);
    }
}
