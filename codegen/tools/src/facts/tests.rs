//! Facts of small models, one behaviour each, and of the real one where it is at hand.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::{Facts, of, pruned};
use smithy_client_codegen::Source;

fn source(name: &str, shapes: Value) -> Source {
    Source { name: name.to_owned(), text: json!({ "smithy": "2.0", "shapes": shapes }).to_string() }
}

fn facts(shapes: Value) -> Facts {
    of(&[source("a.json", shapes)]).unwrap_or_else(|report| panic!("{report}"))
}

#[test]
fn sentences_stay_out_and_are_counted() {
    let rules = json!({ "parameters": { "Region": { "type": "string", "documentation": "Where." } } });
    let found = facts(json!({
        "a#S": { "type": "structure", "members": { "documentation": { "target": "a#T", "traits": {
            "smithy.api#required": {}, "smithy.api#documentation": "M." } } },
            "traits": { "smithy.api#documentation": "S.", "smithy.rules#endpointRuleSet": rules } },
        "a#L": { "type": "list", "member": { "target": "a#T", "traits": { "smithy.api#documentation": "L." } } },
    }));
    assert_eq!(found.left_out.into_iter().collect::<Vec<_>>(), [("smithy.api#documentation".to_owned(), 3)]);
    let expected = json!({
        "a#L": { "type": "list", "member": { "target": "a#T" } },
        "a#S": { "type": "structure",
            "members": { "documentation": { "target": "a#T", "traits": { "smithy.api#required": {} } } },
            "traits": { "smithy.rules#endpointRuleSet": { "parameters": { "Region": { "type": "string" } } } } },
    });
    assert_eq!(found.ast["shapes"].to_string(), expected.to_string());
}

#[test]
fn a_deprecation_keeps_its_date_and_not_its_text() {
    let deprecated = |value: Value| {
        let found = facts(json!({ "a#S": { "type": "string", "traits": { "smithy.api#deprecated": value } } }));
        found.ast["shapes"]["a#S"]["traits"]["smithy.api#deprecated"].clone()
    };
    assert_eq!(deprecated(json!({ "message": "Use T.", "since": "2024-01-01" })), json!({ "since": "2024-01-01" }));
    assert_eq!(deprecated(json!({ "message": "Use T." })), json!({}));
}

#[test]
fn a_default_that_looks_like_documentation_is_data() {
    let default = json!({ "documentation": "x" });
    let found = facts(json!({ "a#D": { "type": "document", "traits": { "smithy.api#default": default } } }));
    assert_eq!(found.ast["shapes"]["a#D"]["traits"]["smithy.api#default"], default);
}

#[test]
fn resources_become_operations() {
    let found = facts(json!({
        "a#Service": { "type": "service", "operations": [{ "target": "a#Ping" }], "resources": [{ "target": "a#R" }] },
        "a#R": { "type": "resource", "create": { "target": "a#CreateR" }, "resources": [{ "target": "a#Inner" }] },
        "a#Inner": { "type": "resource", "collectionOperations": [{ "target": "a#Clear" }], "resources": [{ "target": "a#R" }] },
    }));
    let operations = json!([{ "target": "a#Clear" }, { "target": "a#CreateR" }, { "target": "a#Ping" }]);
    assert_eq!(found.ast["shapes"], json!({ "a#Service": { "type": "service", "operations": operations } }));
}

#[test]
fn statements_of_another_source_are_facts_of_the_shape() {
    let shape = source("a.json", json!({ "a#S": { "type": "structure", "members": { "m": { "target": "a#T" } } } }));
    let more = source(
        "b.json",
        json!({
            "a#S": { "type": "apply", "traits": { "smithy.api#sensitive": {} } },
            "a#S$m": { "type": "apply", "traits": { "smithy.api#required": {} } },
            "a#Gone": { "type": "apply", "traits": { "smithy.api#required": {} } },
        }),
    );
    let found = of(&[shape, more]).expect("both are models").ast;
    assert_eq!(found["shapes"]["a#S"]["traits"], json!({ "smithy.api#sensitive": {} }));
    assert_eq!(found["shapes"]["a#S"]["members"]["m"]["traits"], json!({ "smithy.api#required": {} }));
    assert_eq!(found["shapes"]["a#Gone"]["type"], "apply", "the generator says that it does not exist");
}

#[test]
fn old_enums_are_enums_and_statements_on_their_values_are_facts() {
    let old = json!([
        { "name": "T2_NANO", "value": "t2.nano", "documentation": "Upstream's." },
        { "value": "t2.micro", "deprecated": true, "tags": ["internal"] },
        { "name": "not a name", "value": "t2.large" },
    ]);
    let first = source(
        "a.json",
        json!({ "a#E": { "type": "string", "traits": {
        "smithy.api#sensitive": {}, "smithy.api#enum": old } } }),
    );
    let more = json!({ "a#E$T2_MICRO": { "type": "apply", "traits": { "smithy.api#since": "2" } } });
    let found = of(&[first, source("b.json", more)]).expect("both are models").ast;
    let unit = |traits: Value| json!({ "target": "smithy.api#Unit", "traits": traits });
    let expected = json!({ "a#E": { "type": "enum",
        "members": {
            "T2_NANO": unit(json!({ "smithy.api#enumValue": "t2.nano" })),
            "T2_MICRO": unit(json!({ "smithy.api#deprecated": {}, "smithy.api#enumValue": "t2.micro", "smithy.api#since": "2" })),
            "T2_LARGE": unit(json!({ "smithy.api#enumValue": "t2.large" })),
        },
        "traits": { "smithy.api#sensitive": {} },
    } });
    assert_eq!(found["shapes"].to_string(), expected.to_string());
}

#[test]
fn old_enums_that_are_malformed_or_mixins_stay_as_they_are() {
    for (definitions, mixin) in [
        (json!([{ "name": "A" }]), None),
        (json!([{ "value": "a", "name": "A" }, { "value": "b", "name": "A" }]), None),
        (json!([]), None),
        (json!([{ "value": "a" }]), Some("smithy.api#mixin")),
    ] {
        let mut traits = json!({ "smithy.api#enum": definitions });
        if let Some(mixin) = mixin {
            traits[mixin] = json!({});
        }
        let shape = json!({ "type": "string", "traits": traits });
        assert_eq!(facts(json!({ "a#E": shape })).ast["shapes"]["a#E"], shape);
    }
}

#[test]
fn what_is_no_model_is_refused_with_all_problems() {
    let bad = |name: &str, text: &str| Source { name: name.to_owned(), text: text.to_owned() };
    let twice = [("a.json", json!({ "a#S": { "type": "string" } })), ("b.json", json!({ "a#S": { "type": "blob" } }))];
    let mut sources = twice.map(|(name, shapes)| source(name, shapes)).to_vec();
    sources.extend([bad("c.json", "{"), bad("d.json", "[]")]);
    let report = of(&sources).expect_err("they are wrong");
    let places: Vec<&str> = report.diagnostics.iter().map(|problem| problem.source.as_str()).collect();
    assert_eq!(places, ["b.json", "c.json", "d.json"], "{report}");
}

#[test]
fn documentation_of_what_is_gone_goes() {
    let facts = json!({ "shapes": {
        "a#S": { "type": "structure", "members": { "m": {} } },
        "a#L": { "type": "list", "member": {} },
        "a#M": { "type": "structure", "mixins": [{ "target": "a#S" }], "members": {} },
    } });
    let ids = ["a#S", "a#S$m", "a#S$n", "a#L$member", "a#M$m", "a#T", "a#T$m"];
    let statements: serde_json::Map<String, Value> =
        ids.iter().map(|id| ((*id).to_owned(), json!({ "type": "apply", "traits": {} }))).collect();
    let (kept, gone) = pruned(&json!({ "smithy": "2.0", "shapes": statements }), &facts);
    assert_eq!(gone, ["a#S$n", "a#T", "a#T$m"]);
    assert_eq!(kept["shapes"].as_object().map(serde_json::Map::len), Some(4));
}

#[test]
fn the_facts_of_the_repository_s_model_are_itself() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../model/ivs-realtime.json");
    let text = fs::read_to_string(&path).expect("the repository has its model");
    let found = of(&[Source { name: "model".to_owned(), text: text.clone() }]).expect("it is a model");
    let pretty = serde_json::to_string_pretty(&found.ast).expect("it is JSON");
    assert_eq!(pretty.lines().zip(text.lines()).find(|(new, old)| new != old), None);
    assert_eq!(pretty.len(), text.len());
    assert!(found.left_out.is_empty(), "{:?}", found.left_out);
}
