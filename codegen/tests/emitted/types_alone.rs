//! Crates of types without a client.

use serde_json::json;

use crate::fixture::{Fixture, assert_snapshot};

/// The fixtures of this file.
pub(crate) const FIXTURES: &[fn() -> Fixture] = &[letters];

fn letters() -> Fixture {
    let paginated = r#"{"inputToken": "nextToken", "outputToken": "nextToken", "items": "letters"}"#;
    Fixture::new("types-alone")
        .simple("Secret @sensitive", "string")
        .structure("Letter", &["text: Secret @required", "answers: Letters", "stamp: Stamp"])
        .list("Letters", "Letter")
        .union("Stamp", &["paid: Integer", "kind: Kind"])
        .string_enum("Kind", &["AIR @enumValue(\"air\")"])
        .structure("Returned @error(\"client\") @retryable", &["to: String @httpHeader(\"X-To\")", "message: String"])
        .operation(
            "SendLetter @documentation(\"Sends a letter; [`ListLetters`] shows it.\")",
            "POST /send/{to}",
            &["to: String @required @httpLabel", "letter: Letter @required"],
            &["id: String @required", "status: Integer @httpResponseCode"],
            &["Returned"],
        )
        .operation(
            &format!("ListLetters @paginated({paginated})"),
            "POST /list",
            &["nextToken: String"],
            &["letters: Letters @required", "nextToken: String"],
            &[],
        )
        .operation("Burn", "POST /burn", &[], &[], &[])
        .types_alone()
}

#[test]
fn there_is_no_client_and_no_configuration_no_paginator_and_no_error_enum() {
    let generated = letters().generated();
    let paths: Vec<&str> = generated.files.keys().map(String::as_str).collect();
    insta::assert_snapshot!(paths.join("\n"), @r"
    .emitted-files
    Cargo.toml
    rustfmt.toml
    src/builder.rs
    src/error.rs
    src/lib.rs
    src/operation.rs
    src/operation/burn.rs
    src/operation/list_letters.rs
    src/operation/send_letter.rs
    src/primitives.rs
    src/serde.rs
    src/types.rs
    src/types/error.rs
    src/types/kind.rs
    src/types/letter.rs
    ");
    let engine = [
        "crate::Client",
        "crate::client",
        "operation_error",
        "root_error",
        "aws_types",
        "aws_smithy_runtime",
        "aws_runtime",
    ];
    for (path, text) in generated.files.iter().filter(|(path, _)| path.ends_with(".rs")) {
        for word in engine {
            assert!(!text.contains(word), "{path} speaks of {word}:\n{text}");
        }
    }
}

#[test]
fn an_input_knows_its_operation_and_its_output_and_neither_has_a_request_id() {
    assert_snapshot("types_alone_operation", &letters().file("src/operation/send_letter.rs"));
}

#[test]
fn builders_have_nothing_to_send_with() {
    assert_snapshot("types_alone_builder", &letters().file("src/builder.rs"));
}

#[test]
fn the_manifest_takes_the_runtime_without_its_engine_and_with_serde() {
    assert_snapshot("types_alone_manifest", &letters().manifest());
}

#[test]
fn types_are_those_of_the_client_byte_for_byte() {
    let [types, client] = [letters(), letters().with_client()].map(|fixture| fixture.generated().files);
    let shared =
        ["src/types.rs", "src/types/letter.rs", "src/types/kind.rs", "src/types/error.rs", "src/primitives.rs"];
    for path in shared.iter().filter(|path| client.contains_key(**path)) {
        assert_eq!(types[*path], client[*path], "{path}");
    }
    assert!(client.contains_key("src/types/letter.rs"));
}

#[test]
fn rules_for_endpoints_need_not_be_emittable() {
    let fixture = letters()
        .service_trait("smithy.rules#endpointRuleSet", json!({"parameters": {}, "rules": [{"type": "guess"}]}));
    assert!(fixture.generated().files.contains_key("src/lib.rs"));
    assert!(fixture.with_client().refusal().contains("endpointRuleSet"));
}

#[test]
fn types_and_operations_can_both_be_chosen() {
    let generated = letters().choose(&["Burn"]).generated();
    let manifest = &generated.files["Cargo.toml"];
    assert!(manifest.contains("\nemit = \"types\"\n") && manifest.contains("\noperations = [\n    \"Burn\",\n]\n"));
    assert!(!generated.files.contains_key("src/types/letter.rs"));
}
