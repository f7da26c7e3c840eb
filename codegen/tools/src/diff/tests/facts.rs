//! What concerns no caller, told all the same; and what readers of a deprecation learn.

use serde_json::{Value, json};

use super::{difference, error, failing, say, structure, text};
use smithy_client_codegen::model::traits::{compared, id};

/// `Thing`, whose member `name` has these traits.
fn named(traits: Value) -> Value {
    json!({"Thing": structure(json!({"name": {"target": "Name", "traits": traits}}))})
}

/// `GetThing` with these traits besides its route.
fn operation(traits: Value) -> Value {
    let mut operation = super::operation("Request", "Response");
    for (id, value) in traits.as_object().into_iter().flatten() {
        operation["traits"][id] = value.clone();
    }
    json!({"GetThing": operation})
}

#[test]
fn a_trait_that_no_client_acts_on_is_told_once_for_all_places() {
    let both = json!({
        "Name": text(json!({"smithy.api#xmlName": "N"})),
        "Thing": structure(json!({"name": {"target": "Name", "traits": {"smithy.api#xmlName": "M"}}})),
    });
    insta::assert_snapshot!(say(json!({}), both), @r"
    + Service [trait-added]: the trait smithy.api#xmlName is new on `Name`, `Thing.name`
      wire same, Rust same, behaviour same, documentation same
    ");
    let found = difference(named(json!({"smithy.api#xmlName": "a"})), named(json!({"smithy.api#xmlName": "b"})));
    assert_eq!(found.summary(), "1 fact beside what clients use");
}

#[test]
fn a_trait_that_nobody_knows_may_matter_to_somebody() {
    insta::assert_snapshot!(say(named(json!({"com.example#own": {}})), json!({})), @r"
    - Service [trait-removed]: the trait com.example#own is gone from `Thing.name`
      wire changed, Rust same, behaviour same, documentation same
    ");
}

/// Traits that the client has no use for, which the generator's table of traits leaves to this comparison.
#[test]
fn every_trait_that_is_only_compared_makes_a_difference() {
    for id in compared() {
        let (without, with) = match id {
            id::HTTP_ERROR => {
                let broken = |status: u16| json!({"GetThing": failing(&["Broken"]), "Broken": error(status)});
                (broken(409), broken(404))
            }
            id::IDEMPOTENT | id::READONLY => (operation(json!({})), operation(json!({id: {}}))),
            other => panic!("{other} has no model here"),
        };
        assert!(!difference(without, with).is_empty(), "{id}");
    }
}

#[test]
fn another_list_of_auth_schemes_may_change_how_requests_are_signed() {
    let auth = |schemes: Value| operation(json!({"smithy.api#auth": schemes}));
    insta::assert_snapshot!(say(auth(json!(["aws.auth#sigv4"])), auth(json!(["aws.auth#sigv4", "smithy.api#httpBearerAuth"]))), @r"
    ~ Service [trait-changed]: the trait smithy.api#auth is another on `GetThing`
      wire changed, Rust same, behaviour changed, documentation same
    ");
}

#[test]
fn a_reworded_deprecation_is_told_to_readers() {
    let deprecated = |message: &str| operation(json!({"smithy.api#deprecated": {"message": message, "since": "2024"}}));
    insta::assert_snapshot!(say(deprecated("Use A."), deprecated("Use B.")), @r#"
    ~ GetThing [deprecation-reworded]: `GetThing` is deprecated for "Use B., since 2024", it was "Use A., since 2024"
      wire same, Rust same, behaviour same, documentation changed
    "#);
}

#[test]
fn shapes_that_no_operation_reaches_come_and_go() {
    let idle = json!({"Idle": structure(json!({"name": {"target": "Name"}}))});
    insta::assert_snapshot!(say(json!({}), idle.clone()), @r"
    + Service [unreached-shape-added]: 1 shape or member that no operation reaches is new: `Idle`
      wire same, Rust same, behaviour same, documentation same
    ");
    insta::assert_snapshot!(say(idle, json!({"Idle": structure(json!({}))})), @r"
    - Service [unreached-shape-removed]: 1 shape or member that no operation reaches is gone: `Idle.name`
      wire same, Rust same, behaviour same, documentation same
    ");
}

#[test]
fn a_loosened_pattern_is_one_more_choice_when_sent_and_a_surprise_when_received() {
    let pattern = |end: &str, pattern: &str| {
        let other = if end == "Request" { "Response" } else { "Request" };
        json!({other: structure(json!({})), "Name": text(json!({"smithy.api#pattern": pattern}))})
    };
    insta::assert_snapshot!(say(pattern("Request", "^[a-z]*$"), pattern("Request", "^[a-z0-9]*$")), @r"
    ~ Name [pattern-loosened]: `Name` has a looser pattern: ^[a-z0-9]*$, it was ^[a-z]*$
      wire same, Rust same, behaviour additive, documentation changed
    ");
    insta::assert_snapshot!(say(pattern("Response", "^[a-z]*$"), pattern("Response", "^[a-z0-9]*$")), @r"
    ~ Name [pattern-loosened]: `Name` has a looser pattern: ^[a-z0-9]*$, it was ^[a-z]*$
      wire same, Rust same, behaviour changed, documentation changed
    ");
}
