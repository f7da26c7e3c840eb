//! Tests of the comparison of endpoint rules, and of the interpreter behind it against published cases.

use serde_json::{Value as Json, json};

use super::interpret::{Resolved, Scope, Value, resolve};
use super::outcomes;
use smithy_client_codegen::endpoint::EndpointPlan;

fn plan(rules: Json) -> EndpointPlan {
    EndpointPlan::parse(&rules).expect("the rules are well formed")
}

fn fallback(prefix: &str) -> EndpointPlan {
    plan(EndpointPlan::fallback(Some(prefix)))
}

fn say(old: &EndpointPlan, new: &EndpointPlan) -> String {
    let lines = super::parameters(old, new).into_iter().chain(outcomes(old, new));
    lines
        .map(|one| format!("{}: {} (wire {}, behaviour {})\n", one.rule, one.sentence, one.wire, one.behaviour))
        .collect()
}

#[test]
fn the_same_rules_written_differently_are_no_change() {
    let mut rules = EndpointPlan::fallback(Some("x"));
    let all = rules["rules"].take();
    rules["rules"] = json!([{"conditions": [], "type": "tree", "rules": all}]);
    assert_eq!(say(&fallback("x"), &plan(rules)), "");
}

#[test]
fn another_host_is_told_by_an_example_and_leaves_custom_endpoints_alone() {
    insta::assert_snapshot!(say(&fallback("old"), &fallback("new")), @"endpoint-changed: 256 of 520 combinations of region, FIPS, dual stack and so on lead to another endpoint: af-south-1 leads to `https://new.af-south-1.amazonaws.com`, it was `https://old.af-south-1.amazonaws.com` (wire changed, behaviour changed)");
}

#[test]
fn a_region_that_is_refused_has_lost_its_endpoint() {
    let mut rules = EndpointPlan::fallback(Some("x"));
    let is_china = json!([{"fn": "stringEquals", "argv": [{"ref": "Region"}, "cn-north-1"]}]);
    let refusal = json!({"conditions": is_china, "type": "error", "error": "not in {Region}"});
    rules["rules"][1]["rules"].as_array_mut().expect("a tree has rules").insert(0, refusal);
    insta::assert_snapshot!(say(&fallback("x"), &plan(rules.clone())), @r#"endpoint-lost: 4 of 520 combinations of region, FIPS, dual stack and so on have lost their endpoint: cn-north-1 leads to the error "not in cn-north-1", it was `https://x.cn-north-1.amazonaws.com.cn` (wire breaking, behaviour breaking)"#);
    insta::assert_snapshot!(say(&plan(rules), &fallback("x")), @r#"endpoint-gained: 4 of 520 combinations of region, FIPS, dual stack and so on have an endpoint now: cn-north-1 leads to `https://x.cn-north-1.amazonaws.com.cn`, it was the error "not in cn-north-1" (wire additive, behaviour additive)"#);
}

#[test]
fn what_happens_where_a_partition_lacks_fips_is_compared_though_all_have_it() {
    let with = |message: &str| {
        let supports = json!([{"fn": "booleanEquals", "argv": [
            {"fn": "getAttr", "argv": [{"ref": "Partition"}, "supportsFIPS"]}, false]}]);
        let partition = json!([{"fn": "aws.partition", "argv": [{"ref": "Region"}], "assign": "Partition"}]);
        let error = json!({"conditions": supports, "type": "error", "error": message});
        let mut rules = EndpointPlan::fallback(Some("x"));
        let tree = json!({"conditions": partition, "type": "tree", "rules": [error, rules["rules"][1].clone()]});
        rules["rules"][1]["rules"].as_array_mut().expect("a tree has rules").insert(0, tree);
        plan(rules)
    };
    let said = say(&with("no FIPS"), &with("FIPS is missing"));
    assert!(said.starts_with("endpoint-error-changed: "), "{said}");
    assert!(said.contains("partition-without-fips leads to the error \"FIPS is missing\""), "{said}");
}

#[test]
fn a_parameter_that_comes_or_goes_is_told_with_its_setter() {
    let mut rules = EndpointPlan::fallback(Some("x"));
    rules["parameters"]["StageArn"] = json!({"type": "string"});
    let (old, new) = (fallback("x"), plan(rules));
    let added = super::parameters(&old, &new);
    assert_eq!(added[0].after.as_deref(), Some("config::endpoint::ParamsBuilder::stage_arn(impl Into<String>)"));
    assert_eq!(super::parameters(&new, &old)[0].before, added[0].after);
}

#[test]
fn the_interpreter_agrees_with_the_published_cases() {
    let shared = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/");
    let read = |path: &str| std::fs::read_to_string(format!("{shared}{path}"));
    let (Ok(cases), Ok(model)) = (
        read("conformance/endpoint-tests-ivs-realtime.json"),
        read("models/ivs-realtime/ivs-realtime-2026-11-17.json"),
    ) else {
        println!("skipped: not found");
        return;
    };
    let model: Json = serde_json::from_str(&model).expect("the model is JSON");
    let cases: Json = serde_json::from_str(&cases).expect("the cases are JSON");
    let shapes = model["shapes"].as_object().expect("a model has shapes").values();
    let rules = shapes.filter_map(|shape| shape["traits"].get("smithy.rules#endpointRuleSet")).next();
    let plan = plan(rules.expect("the service has endpoint rules").clone());
    let cases = cases["testCases"].as_array().expect("there are cases");
    assert!(cases.len() > 10, "only {} cases", cases.len());
    for case in cases {
        let given = case["params"].as_object().into_iter().flatten().map(|(name, value)| {
            let value = match value {
                Json::Bool(flag) => Value::Bool(*flag),
                other => Value::Text(other.as_str().unwrap_or_default().to_owned()),
            };
            (name.clone(), value)
        });
        match resolve(&plan, &given.collect::<Scope>()) {
            Resolved::Endpoint { url, .. } => assert_eq!(case["expect"]["endpoint"]["url"], url, "{case}"),
            Resolved::Error(message) => assert_eq!(case["expect"]["error"], message, "{case}"),
        }
    }
}
