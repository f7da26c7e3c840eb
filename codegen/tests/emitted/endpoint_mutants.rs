//! Rule sets that are damaged at random are refused, or are emitted as Rust: never a panic, never text that is none.

use proptest::prelude::*;
use serde_json::{Value, json};
use smithy_client_codegen::{Emit, Options, RuntimeDependency, Source, Writer, generate};

use crate::endpoint_diagrams;
use crate::fixture::Fixture;
use crate::services::rule_set;

/// What a mutation puts in the place of something else.
const WORDS: [&str; 20] = [
    "Region",
    "region",
    "SetRegion",
    "UseFIPS",
    "params",
    "partition",
    "at",
    "type",
    "fn",
    "²",
    "",
    "_",
    "{Region}",
    "{Arn#resourceId[9]}",
    "{",
    "}}",
    "isSet",
    "aws.partition",
    "not",
    "Params",
];

const RULE_SET: &str = "smithy.rules#endpointRuleSet";

/// The rule set of IVS RealTime, as the repository has it.
fn real_rule_set() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../model/ivs-realtime.json");
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let model: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
    let shapes = model["shapes"].as_object().unwrap_or_else(|| panic!("{path} has no shapes"));
    let rules = shapes.values().find_map(|shape| shape["traits"].get("smithy.rules#endpointRuleSet"));
    rules.unwrap_or_else(|| panic!("{path} has no rule set")).clone()
}

/// Pointers to everything within a value.
fn pointers(value: &Value, at: String, found: &mut Vec<String>) {
    match value {
        Value::Array(elements) => {
            elements.iter().enumerate().for_each(|(index, one)| pointers(one, format!("{at}/{index}"), found));
        }
        Value::Object(entries) => {
            let token = |key: &str| key.replace('~', "~0").replace('/', "~1");
            entries.iter().for_each(|(key, one)| pointers(one, format!("{at}/{}", token(key)), found));
        }
        _ => {}
    }
    found.push(at);
}

/// Changes one thing of a rule set.
fn mutate(rules: &mut Value, [place, kind, choice]: [usize; 3]) {
    let mut all = Vec::new();
    pointers(rules, String::new(), &mut all);
    let other = rules.pointer(&all[choice % all.len()]).cloned().unwrap_or_default();
    let Some(value) = rules.pointer_mut(&all[place % all.len()]) else { return };
    match (kind % 6, value) {
        (0, value) => *value = other,
        (1, value) => *value = json!(WORDS[choice % WORDS.len()]),
        (2, value) => {
            *value = [json!(true), json!(-1), json!(7), json!([]), json!(null), json!({})][choice % 6].clone()
        }
        (3, Value::Object(entries)) if !entries.is_empty() => {
            let key = entries.keys().nth(choice % entries.len()).cloned().unwrap_or_default();
            let taken = entries.remove(&key).unwrap_or_default();
            entries.insert(WORDS[choice % WORDS.len()].to_owned(), taken);
        }
        (3 | 4, Value::Object(entries)) => {
            let key = entries.keys().nth(choice % entries.len().max(1)).cloned();
            key.map(|key| entries.remove(&key));
        }
        (3..=4, Value::Array(elements)) if !elements.is_empty() => drop(elements.remove(choice % elements.len())),
        (5, Value::Array(elements)) if !elements.is_empty() => {
            let copy = elements[choice % elements.len()].clone();
            elements.push(copy);
        }
        (_, value) => *value = other,
    }
}

/// As many crates of mutants that are not refused.
pub(crate) fn accepted(number: usize) -> Vec<Fixture> {
    // Any numbers do, as long as they are the same in each run.
    let mut state = 0x9e37_79b9_usize;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    let mut fixtures = Vec::new();
    while fixtures.len() < number {
        let original = if next() % 2 == 0 { real_rule_set() } else { rule_set() };
        let mut rules = original.clone();
        mutate(&mut rules, [next(), next(), next()]);
        if rules != original && emitted(RULE_SET, &rules).is_some() {
            let name = format!("mutant-{}", fixtures.len()).leak();
            let service = Fixture::new(name).service_trait(RULE_SET, rules);
            fixtures.push(service.operation("Look", "GET /look", &[], &[], &[]));
        }
    }
    fixtures
}

/// The files of a tiny service with rules in a trait; `None` where they are refused.
fn emitted(id: &str, rules: &Value) -> Option<std::collections::BTreeMap<String, String>> {
    let model = json!({"smithy": "2.0", "shapes": {"fixture#FixtureService": {
        "type": "service",
        "version": "1",
        "traits": {
            "aws.protocols#restJson1": {},
            "aws.auth#sigv4": {"name": "fixture"},
            "aws.api#service": {"sdkId": "Fixture"},
            id: rules,
        },
    }}});
    let source = Source { name: "mutant.json".to_owned(), text: model.to_string() };
    let options = Options {
        crate_name: None,
        crate_version: None,
        runtime: RuntimeDependency::Version("0".to_owned()),
        standalone: false,
        emit: Emit::Client,
        operations: None,
        skip_unsupported: false,
        protocol: None,
        writer: Writer::default(),
    };
    match generate(&[source], &options) {
        Ok(generated) => Some(generated.files),
        Err(report) => {
            let is_told = |one: &smithy_client_codegen::report::Diagnostic| {
                !one.message.is_empty() && !one.hint.is_empty() && one.pointer.contains("/traits/smithy.rules#")
            };
            assert!(!report.diagnostics.is_empty() && report.diagnostics.iter().all(is_told), "{report}");
            None
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_rules_are_refused_or_emitted(
        is_real in any::<bool>(),
        mutations in prop::collection::vec(any::<[usize; 3]>(), 1..4),
    ) {
        let mut rules = if is_real { real_rule_set() } else { rule_set() };
        mutations.into_iter().for_each(|mutation| mutate(&mut rules, mutation));
        if let Some(files) = emitted(RULE_SET, &rules) {
            let endpoint = &files["src/config/endpoint.rs"];
            prop_assert!(syn::parse_file(endpoint).is_ok(), "not Rust:\n{endpoint}");
        }
    }

    #[test]
    fn damaged_diagrams_are_refused_or_emitted(mutations in prop::collection::vec(any::<[usize; 3]>(), 1..4)) {
        let mut diagram = endpoint_diagrams::every_function();
        mutations.into_iter().for_each(|mutation| mutate(&mut diagram, mutation));
        if let Some(files) = emitted("smithy.rules#endpointBdd", &diagram) {
            let endpoint = &files["src/config/endpoint.rs"];
            prop_assert!(syn::parse_file(endpoint).is_ok(), "not Rust:\n{endpoint}");
        }
    }
}
