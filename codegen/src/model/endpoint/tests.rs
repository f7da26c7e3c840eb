//! The endpoint rules of real models, where they are present beside the repository. What is refused is tested by the
//! messages, in `codegen/tests/emitted/endpoint_rules.rs`.

use serde_json::{Value, json};
use std::path::Path;

use super::{Decision, EndpointTrait, ParameterType};
use crate::model::traits::id;

/// The endpoint rules of the models of a folder beside the repository, by file.
fn real(folder: &str) -> Vec<(String, EndpointTrait)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/models").join(folder);
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("skipped: not found: {}", folder.display());
        return Vec::new();
    };
    let texts = entries.flatten().filter_map(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        Some((name, std::fs::read_to_string(entry.path()).ok()?))
    });
    let traits = texts.flat_map(|(name, text)| {
        let model: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let found = |id: &str| {
            let shapes = model["shapes"].as_object().into_iter().flatten();
            shapes.filter_map(|(_, shape)| shape["traits"].get(id).cloned()).next()
        };
        let rules = found(id::ENDPOINT_RULE_SET).map(EndpointTrait::rule_set);
        rules
            .into_iter()
            .chain(found(id::ENDPOINT_BDD).map(EndpointTrait::bdd))
            .map(move |found| (name.clone(), found))
            .collect::<Vec<_>>()
    });
    traits.collect()
}

#[test]
fn endpoint_rules_of_real_models_pass() {
    for (name, found) in ["ivs-realtime", "aws", "aws-2026"].into_iter().flat_map(real) {
        assert!(found.rules.is_ok(), "{name}: {:#?}", found.rules);
    }
}

#[test]
fn the_rules_of_services_without_rules_pass() {
    for (prefix, number) in [(Some("x"), 3), (None, 2)] {
        let rules = EndpointTrait::fallback(prefix).rules.expect("well formed");
        assert!(matches!(rules.decision, Decision::Tree(rules) if rules.len() == number));
    }
}

#[test]
fn a_rule_without_a_type_is_an_error_with_its_pointer() {
    let found = EndpointTrait::rule_set(json!({"parameters": {}, "rules": [{"conditions": []}]}));
    assert_eq!(found.rules.expect_err("no type")[0].pointer, "/rules/0");
}

#[test]
fn parameter_types_are_read_in_either_case() {
    for ty in ["string", "String"] {
        let found = EndpointTrait::rule_set(json!({"parameters": {"Region": {"type": ty}}, "rules": []}));
        assert_eq!(found.rules.expect("well formed").parameters[0].ty, ParameterType::Text);
    }
}
