//! The rule sets of real models, where they are present beside the repository. What is refused is tested by the
//! messages, in `codegen/tests/emitted/endpoint_rules.rs`.

use serde_json::Value;
use std::path::Path;

use super::check;
use crate::plan::endpoint::EndpointPlan;
use crate::plan::endpoint_code;

/// The rule sets of the models of a folder beside the repository, by file.
fn rule_sets(folder: &str) -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/models").join(folder);
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("skipped: not found: {}", folder.display());
        return Vec::new();
    };
    let texts = entries.flatten().filter_map(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        Some((name, std::fs::read_to_string(entry.path()).ok()?))
    });
    let rules = texts.filter_map(|(name, text)| {
        let model: Value = serde_json::from_str(&text).ok()?;
        let shapes = model["shapes"].as_object()?;
        let rules = shapes.values().find_map(|shape| shape["traits"].get("smithy.rules#endpointRuleSet"))?;
        Some((name, rules.clone()))
    });
    rules.collect()
}

#[test]
fn rule_sets_of_real_models_pass_and_become_rust() {
    for (name, rules) in ["ivs-realtime", "aws", "aws-2026"].into_iter().flat_map(rule_sets) {
        let plan = EndpointPlan::parse(&rules).unwrap_or_else(|problem| panic!("{name}: {problem:?}"));
        let problems = check(&plan);
        assert!(problems.is_empty(), "{name}: {problems:#?}");
        let code = endpoint_code::body(&plan).unwrap_or_else(|problem| panic!("{name}: {problem}"));
        assert!(syn::parse2::<syn::Block>(quote::quote!({ #code })).is_ok(), "{name}");
    }
}

#[test]
fn the_rules_of_services_without_a_rule_set_pass() {
    for prefix in [Some("x"), None] {
        let plan = EndpointPlan::parse(&EndpointPlan::fallback(prefix)).expect("well formed");
        assert_eq!(check(&plan), []);
    }
}
