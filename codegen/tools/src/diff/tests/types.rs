//! Types: enums, limits, unions, errors, documentation.

use serde_json::{Value, json};

use super::{difference, enumeration, error, failing, say, structure, text};

/// `Name` as an enum, met only by one end.
fn values(end: &str, values: &[&str]) -> Value {
    let other = if end == "Request" { "Response" } else { "Request" };
    json!({other: structure(json!({})), "Name": enumeration(values)})
}

/// `Name` with these traits, met only by one end.
fn name(end: &str, traits: Value) -> Value {
    let other = if end == "Request" { "Response" } else { "Request" };
    json!({other: structure(json!({})), "Name": text(traits)})
}

#[test]
fn a_new_value_that_is_only_sent_is_one_more_choice() {
    insta::assert_snapshot!(say(values("Request", &["A"]), values("Request", &["A", "B"])), @r"
    + Name [enum-value-added]: `B` is new
      wire additive, Rust additive, behaviour same, documentation additive
      after: Name::B
    ");
}

#[test]
fn a_new_value_that_is_received_was_unknown_before() {
    insta::assert_snapshot!(say(values("Response", &["A"]), values("Response", &["A", "B"])), @r"
    + Name [enum-value-added]: `B` is new; code that took it as unknown now gets its variant
      wire additive, Rust additive, behaviour changed, documentation additive
      after: Name::B
    ");
}

#[test]
fn a_value_that_goes_breaks_code_and_where_it_is_sent_calls() {
    insta::assert_snapshot!(say(values("Request", &["A", "B"]), values("Request", &["A"])), @r"
    - Name [enum-value-removed]: `B` is gone; requests with it are refused
      wire breaking, Rust breaking, behaviour breaking, documentation changed
      before: Name::B
    ");
    insta::assert_snapshot!(say(values("Response", &["A", "B"]), values("Response", &["A"])), @r"
    - Name [enum-value-removed]: `B` is gone; if it still arrives, it is unknown
      wire same, Rust breaking, behaviour changed, documentation changed
      before: Name::B
    ");
}

#[test]
fn the_same_name_with_another_text_breaks_the_wire() {
    let name = |value: &str| {
        let mut shape = enumeration(&["A"]);
        shape["members"]["A"]["traits"] = json!({"smithy.api#enumValue": value});
        json!({"Name": shape})
    };
    insta::assert_snapshot!(say(name("a"), name("b")), @r#"
    ~ Name [enum-value-rewritten]: `A` is "b" on the wire, it was "a"
      wire breaking, Rust same, behaviour breaking, documentation changed
      before: Name::A
      after: Name::A
    "#);
}

#[test]
fn a_tightened_pattern_breaks_calls_and_is_harmless_on_what_arrives() {
    let pattern = |end: &str, pattern: &str| name(end, json!({"smithy.api#pattern": pattern}));
    insta::assert_snapshot!(say(pattern("Request", "^[a-z0-9]*$"), pattern("Request", "^[a-z]*$")), @r"
    ~ Name [pattern-tightened]: `Name` has a stricter pattern: ^[a-z]*$, it was ^[a-z0-9]*$
      wire same, Rust same, behaviour breaking, documentation changed
    ");
    insta::assert_snapshot!(say(pattern("Response", "^[a-z0-9]*$"), pattern("Response", "^[a-z]*$")), @r"
    ~ Name [pattern-tightened]: `Name` has a stricter pattern: ^[a-z]*$, it was ^[a-z0-9]*$
      wire same, Rust same, behaviour same, documentation changed
    ");
}

#[test]
fn a_loosened_length_is_additive_when_sent_and_a_surprise_when_received() {
    let length = |end: &str, most: u32| name(end, json!({"smithy.api#length": {"min": 1, "max": most}}));
    insta::assert_snapshot!(say(length("Request", 8), length("Request", 16)), @r"
    ~ Name [length-loosened]: `Name` has another length: 1 to 16, it was 1 to 8
      wire same, Rust same, behaviour additive, documentation changed
    ");
    insta::assert_snapshot!(say(length("Response", 8), length("Response", 16)), @r"
    ~ Name [length-loosened]: `Name` has another length: 1 to 16, it was 1 to 8
      wire same, Rust same, behaviour changed, documentation changed
    ");
}

#[test]
fn limits_that_come_or_go_are_told_with_their_bounds() {
    let traits = json!({"smithy.api#length": {"min": 0, "max": 64}, "smithy.api#pattern": "^[a-z]*$"});
    let found = difference(name("Request", json!({})), name("Request", traits.clone()));
    assert_eq!(found.quiet, ["`Name` gained a length: at most 64", "`Name` gained a pattern: ^[a-z]*$"]);
    let found = difference(name("Request", traits), name("Request", json!({})));
    assert_eq!(found.quiet, ["`Name` lost its length: it was at most 64", "`Name` lost its pattern: it was ^[a-z]*$"]);
}

#[test]
fn a_range_that_moves_both_ways_is_neither_stricter_nor_looser() {
    let range = |least: i32, most: i32| {
        let count = json!({"type": "integer", "traits": {"smithy.api#range": {"min": least, "max": most}}});
        let request = structure(json!({"count": {"target": "Count"}}));
        json!({"Count": count, "Request": request, "Response": structure(json!({}))})
    };
    insta::assert_snapshot!(say(range(0, 10), range(5, 20)), @r"
    ~ Count [range-changed]: `Count` has another range: 5 to 20, it was 0 to 10
      wire same, Rust same, behaviour breaking, documentation changed
    ");
    insta::assert_snapshot!(say(range(0, 10), range(5, 10)), @r"
    ~ Count [range-tightened]: `Count` has another range: 5 to 10, it was 0 to 10
      wire same, Rust same, behaviour breaking, documentation changed
    ");
}

#[test]
fn a_least_length_of_zero_is_no_limit() {
    let zero = json!({"smithy.api#length": {"min": 0}});
    insta::assert_snapshot!(say(name("Request", json!({})), name("Request", zero)), @r"
    + Service [trait-added]: the trait smithy.api#length is new on `Name`
      wire same, Rust same, behaviour same, documentation same
    ");
}

#[test]
fn a_union_learns_a_variant() {
    let union = |members: Value| json!({"Thing": {"type": "union", "members": members}});
    let (one, two) =
        (json!({"name": {"target": "Name"}}), json!({"name": {"target": "Name"}, "count": {"target": "Count"}}));
    insta::assert_snapshot!(say(union(one), union(two)), @r"
    + Count [type-added]: `Count` is new
      wire same, Rust same, behaviour same, documentation same
    + Thing [member-added]: `count` is new in `Thing`, which callers received as unknown before
      wire additive, Rust additive, behaviour changed, documentation additive
      after: Thing::Count(i32)
    ");
}

#[test]
fn an_error_that_is_retried_now_changes_behaviour() {
    let broken = |status: u16, traits: Value| {
        let mut shape = error(status);
        shape["traits"]
            .as_object_mut()
            .expect("traits are an object")
            .extend(traits.as_object().cloned().unwrap_or_default());
        json!({"GetThing": failing(&["Broken"]), "Broken": shape})
    };
    let retryable = json!({"smithy.api#retryable": {"throttling": true}});
    insta::assert_snapshot!(say(broken(409, json!({})), broken(409, retryable)), @r"
    ~ Broken [error-retryable-changed]: a call that fails with `Broken` is tried again as throttled, it was not
      wire same, Rust same, behaviour changed, documentation changed
    ");
    insta::assert_snapshot!(say(broken(501, json!({})), broken(503, json!({}))), @r"
    ~ Broken [error-status-changed]: `Broken` comes with status 503, it was 501, after which clients try again
      wire changed, Rust same, behaviour changed, documentation changed
    ");
    insta::assert_snapshot!(say(broken(409, json!({})), broken(429, json!({}))), @r"
    ~ Broken [error-status-changed]: `Broken` comes with status 429, it was 409
      wire changed, Rust same, behaviour same, documentation changed
    ");
}

#[test]
fn a_type_that_is_called_otherwise_is_told_as_a_likely_rename() {
    let thing = |name: &str| {
        let holder = structure(json!({"thing": {"target": name}}));
        let members = json!({"name": {"target": "Name"}, "count": {"target": "Count"}});
        json!({"Request": holder, "Response": structure(json!({})), "Thing": null, name: structure(members)})
    };
    insta::assert_snapshot!(say(thing("Thing"), thing("Item")), @r"
    ~ GetThing [member-type-renamed]: `thing` is `Item`, it was `Thing` of the same form
      wire same, Rust breaking, behaviour same, documentation changed
      before: pub thing: Option<Thing>
      after: pub thing: Option<Item>
    + Item [type-added]: `Item` is new
      wire same, Rust additive, behaviour same, documentation additive
      after: pub struct Item
      hint: looks renamed from `Thing`
    - Thing [type-removed]: `Thing` is gone
      wire same, Rust breaking, behaviour same, documentation changed
      before: pub struct Thing
      hint: looks renamed to `Item`
    ");
}

#[test]
fn other_words_are_a_matter_of_documentation_alone() {
    let documented = |words: &str| json!({"Name": text(json!({"smithy.api#documentation": words}))});
    insta::assert_snapshot!(say(documented("A name."), documented("The name.")), @r"
    ~ Name [documentation-changed]: `Name` has other documentation
      wire same, Rust same, behaviour same, documentation changed
    ");
}

#[test]
fn a_model_without_documentation_is_not_compared_by_it() {
    let documented = json!({"Name": text(json!({"smithy.api#documentation": "A name."}))});
    let found = difference(json!({}), documented);
    assert!(found.is_empty(), "{found:?}");
    assert_eq!(found.notes, ["documentation is not compared, as at least one of the models has none"]);
}

#[test]
fn the_keys_of_a_map_are_told_by_their_type() {
    let map = |key: &str| {
        json!({
            "Request": structure(json!({"notes": {"target": "Notes"}})),
            "Notes": {"type": "map", "key": {"target": key}, "value": {"target": "Name"}},
            "Kind": enumeration(&["A"]),
        })
    };
    insta::assert_snapshot!(say(map("Name"), map("Kind")), @r"
    ~ GetThing [member-rust-type-changed]: `notes` has another Rust type, which follows from its type
      wire same, Rust breaking, behaviour same, documentation same
      before: pub notes: Option<HashMap<String, String>>
      after: pub notes: Option<HashMap<Kind, String>>
    + Kind [type-added]: `Kind` is new
      wire same, Rust additive, behaviour same, documentation additive
      after: pub enum Kind
    ~ Notes [member-type-changed]: `key` is `Kind` (Kind), it was `String` (Name)
      wire changed, Rust same, behaviour changed, documentation changed
      before: String
      after: Kind
    ");
}
