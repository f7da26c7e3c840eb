//! Members: presence, types, defaults, places; which way the data goes decides.

use serde_json::{Value, json};

use super::{difference, enumeration, failing, named, say, structure, text};

fn required() -> Value {
    json!({"smithy.api#required": {}})
}

/// Takes `Thing` out of what callers send, or out of what they receive.
fn only(end: &str, thing: Value) -> Value {
    let other = if end == "Request" { "Response" } else { "Request" };
    json!({other: structure(json!({})), "Thing": thing})
}

#[test]
fn a_member_of_an_input_made_required_breaks_calls_and_not_code() {
    let request = |traits: Value| json!({"Request": named(traits), "Thing": null, "Response": structure(json!({}))});
    insta::assert_snapshot!(say(request(json!({})), request(required())), @r"
    ~ GetThing [member-required]: `name` must be there now: requests without it are refused
      wire breaking, Rust same, behaviour breaking, documentation changed
    ");
}

#[test]
fn a_member_of_an_output_made_required_breaks_code_and_not_calls() {
    let response = |traits: Value| json!({"Response": named(traits), "Thing": null, "Request": structure(json!({}))});
    insta::assert_snapshot!(say(response(json!({})), response(required())), @r"
    ~ GetThing [member-required]: `name` is always there now
      wire additive, Rust breaking, behaviour changed, documentation changed
      before: pub name: Option<String>
      after: pub name: String
    ~ GetThing [builder-fallible]: building `GetThingOutput` can fail: something in it must be set
      wire same, Rust breaking, behaviour same, documentation changed
      before: pub fn build(self) -> GetThingOutput
      after: pub fn build(self) -> Result<GetThingOutput, BuildError>
    ");
}

#[test]
fn a_member_of_a_type_that_is_sent_made_required_breaks_both() {
    insta::assert_snapshot!(say(only("Request", named(json!({}))), only("Request", named(required()))), @r"
    ~ Thing [member-required]: `name` must be there now: requests without it are refused
      wire breaking, Rust breaking, behaviour breaking, documentation changed
      before: pub name: Option<String>
      after: pub name: String
    ~ Thing [builder-fallible]: building `Thing` can fail: something in it must be set
      wire same, Rust breaking, behaviour same, documentation changed
      before: pub fn build(self) -> Thing
      after: pub fn build(self) -> Result<Thing, BuildError>
    ");
}

#[test]
fn a_member_that_may_be_absent_now_is_an_option() {
    insta::assert_snapshot!(say(only("Response", named(required())), only("Response", named(json!({})))), @r"
    ~ Thing [member-no-longer-required]: `name` may be left out now
      wire changed, Rust breaking, behaviour changed, documentation changed
      before: pub name: String
      after: pub name: Option<String>
    ~ Thing [builder-infallible]: building `Thing` cannot fail any more
      wire same, Rust breaking, behaviour same, documentation changed
      before: pub fn build(self) -> Result<Thing, BuildError>
      after: pub fn build(self) -> Thing
    ");
}

#[test]
fn another_type_breaks_wire_and_code() {
    let thing = |target: &str| json!({"Thing": structure(json!({"name": {"target": target}}))});
    insta::assert_snapshot!(say(thing("Name"), thing("Count")), @r"
    + Count [type-added]: `Count` is new
      wire same, Rust same, behaviour same, documentation same
    - Name [type-removed]: `Name` is gone
      wire same, Rust same, behaviour same, documentation same
    ~ Thing [member-type-changed]: `name` is `i32` (Count), it was `String` (Name)
      wire breaking, Rust breaking, behaviour breaking, documentation changed
      before: pub name: Option<String>
      after: pub name: Option<i32>
    ");
}

#[test]
fn another_name_of_the_same_simple_type_makes_no_difference() {
    let thing = |target: &str| json!({"Thing": structure(json!({"name": {"target": target}}))});
    let found = say(thing("Name"), thing("smithy.api#String"));
    let rule = "member-target-renamed]: `name` targets String, it was Name of the same form";
    assert!(found.contains(rule) && !found.contains("breaking") && !found.contains("changed,"), "{found}");
}

#[test]
fn an_element_type_is_told_for_the_list_and_for_the_members_that_hold_it() {
    let names = |target: &str| {
        json!({
            "Thing": structure(json!({"names": {"target": "Names"}})),
            "Names": {"type": "list", "member": {"target": target}},
        })
    };
    insta::assert_snapshot!(say(names("Name"), names("Count")), @r"
    + Count [type-added]: `Count` is new
      wire same, Rust same, behaviour same, documentation same
    - Name [type-removed]: `Name` is gone
      wire same, Rust same, behaviour same, documentation same
    ~ Names [member-type-changed]: `member` is `i32` (Count), it was `String` (Name)
      wire breaking, Rust same, behaviour breaking, documentation changed
      before: String
      after: i32
    ~ Thing [member-rust-type-changed]: `names` has another Rust type, which follows from its type
      wire same, Rust breaking, behaviour same, documentation same
      before: pub names: Option<Vec<String>>
      after: pub names: Option<Vec<i32>>
    ");
}

#[test]
fn a_default_that_goes_makes_an_option() {
    let thing = |traits: Value| {
        json!({
            "Thing": structure(json!({"count": {"target": "Count", "traits": traits}})),
            "Name": null,
        })
    };
    let (without, with) = (thing(json!({})), thing(json!({"smithy.api#default": 0})));
    insta::assert_snapshot!(say(with.clone(), without.clone()), @r"
    ~ Thing [member-default-removed]: `count` lost its default 0
      wire changed, Rust breaking, behaviour changed, documentation changed
      before: pub count: i32
      after: pub count: Option<i32>
    ");
    insta::assert_snapshot!(say(without.clone(), with.clone()), @r"
    ~ Thing [member-default-added]: `count` gained the default 0
      wire changed, Rust breaking, behaviour changed, documentation changed
      before: pub count: Option<i32>
      after: pub count: i32
    ");
    assert_eq!(difference(with, without).quiet, ["1 number lost its default, in 1 member: Count"]);
}

#[test]
fn a_new_member_is_harmless_unless_requests_must_have_it() {
    let request =
        |members: Value| json!({"Request": structure(members), "Thing": null, "Response": structure(json!({}))});
    let old = request(json!({}));
    let optional = request(json!({"name": {"target": "Name"}}));
    let needed = request(json!({"name": {"target": "Name", "traits": required()}}));
    insta::assert_snapshot!(say(old.clone(), optional), @r"
    + GetThing [member-added]: `name` is new in the request of `GetThing`
      wire additive, Rust additive, behaviour same, documentation additive
      after: pub name: Option<String>
    + Name [type-added]: `Name` is new
      wire same, Rust same, behaviour same, documentation same
    ");
    insta::assert_snapshot!(say(old, needed), @r"
    + GetThing [member-added-required]: `name` is new in the request of `GetThing`, and requests must have it
      wire breaking, Rust additive, behaviour breaking, documentation additive
      after: pub name: Option<String>
    + Name [type-added]: `Name` is new
      wire same, Rust same, behaviour same, documentation same
    ");
}

#[test]
fn a_member_that_goes_breaks_code_and_a_likely_rename_is_told() {
    let thing = |name: &str| json!({"Thing": structure(json!({name: {"target": "Name"}}))});
    insta::assert_snapshot!(say(thing("name"), thing("title")), @r"
    - Thing [member-removed]: `name` is gone from `Thing`
      wire breaking, Rust breaking, behaviour breaking, documentation changed
      before: pub name: Option<String>
      hint: looks renamed to `title`
    + Thing [member-added]: `title` is new in `Thing`
      wire additive, Rust additive, behaviour same, documentation additive
      after: pub title: Option<String>
      hint: looks renamed from `name`
    ");
}

#[test]
fn places_and_names_in_messages_are_the_wire_s_business() {
    let request = |traits: Value| json!({"Request": named(traits)});
    let (body, header) = (request(json!({})), request(json!({"smithy.api#httpHeader": "X-Name"})));
    insta::assert_snapshot!(say(body.clone(), header), @r"
    ~ GetThing [member-binding-changed]: `name` goes into the header X-Name, it went into the body
      wire breaking, Rust same, behaviour same, documentation same
    ");
    insta::assert_snapshot!(say(body, request(json!({"smithy.api#jsonName": "n"}))), @r#"
    ~ GetThing [member-wire-name-changed]: `name` is called "n" in bodies, it was "name"
      wire breaking, Rust same, behaviour same, documentation same
    "#);
}

#[test]
fn a_timestamp_in_another_form_breaks_the_wire() {
    let thing = |traits: Value| {
        let at = json!({"target": "smithy.api#Timestamp", "traits": traits});
        json!({"Thing": structure(json!({"at": at}))})
    };
    let format = |format: &str| thing(json!({"smithy.api#timestampFormat": format}));
    insta::assert_snapshot!(say(format("epoch-seconds"), format("date-time")), @r"
    ~ Thing [member-timestamp-format-changed]: `at` is sent as an RFC 3339 text, it was seconds since 1970
      wire breaking, Rust same, behaviour same, documentation same
    ");
}

#[test]
fn an_idempotency_token_that_goes_makes_retries_act_twice() {
    let request = |traits: Value| json!({"Request": named(traits)});
    let (with, without) = (request(json!({"smithy.api#idempotencyToken": {}})), request(json!({})));
    insta::assert_snapshot!(say(with.clone(), without.clone()), @r"
    ~ GetThing [member-idempotency-token-removed]: `name` is no longer filled in: a retried call may act twice
      wire changed, Rust same, behaviour breaking, documentation changed
    ");
    insta::assert_snapshot!(say(without, with), @r"
    ~ GetThing [member-idempotency-token-added]: `name` is filled in when unset, so that a retried call acts once
      wire additive, Rust same, behaviour changed, documentation changed
    ");
}

#[test]
fn a_secret_is_told_for_debug_output_and_logs() {
    let (open, secret) = (json!({}), json!({"Name": text(json!({"smithy.api#sensitive": {}}))}));
    insta::assert_snapshot!(say(open.clone(), secret.clone()), @r"
    ~ Name [type-sensitive]: `Name` holds secrets now, which debug output and logs hide
      wire same, Rust same, behaviour changed, documentation changed
    ");
    insta::assert_snapshot!(say(secret, open), @r"
    ~ Name [type-no-longer-sensitive]: `Name` holds no secrets any more: debug output and logs show its values
      wire same, Rust same, behaviour changed, documentation changed
    ");
}

#[test]
fn a_deprecated_member_is_a_warning_for_the_compiler() {
    let thing = named(json!({"smithy.api#deprecated": {"message": "use title"}}));
    insta::assert_snapshot!(say(json!({}), json!({"Thing": thing})), @r"
    ~ Thing [member-deprecated]: `name` is deprecated: use title
      wire same, Rust changed, behaviour same, documentation changed
    ");
}

#[test]
fn a_string_that_becomes_an_enum_changes_its_members() {
    insta::assert_snapshot!(say(json!({}), json!({"Name": enumeration(&["A", "B"])})), @r"
    ~ Name [type-kind-changed]: `Name` is an enum, it was a string
      wire changed, Rust breaking, behaviour changed, documentation changed
      before: String
      after: Name
    ~ Thing [member-rust-type-changed]: `name` has another Rust type, which follows from its type
      wire same, Rust breaking, behaviour same, documentation same
      before: pub name: Option<String>
      after: pub name: Option<Name>
    ");
}

#[test]
fn a_member_of_an_error_is_received() {
    let broken = |members: Value| {
        let mut error = super::error(409);
        error["members"] = members;
        json!({"GetThing": failing(&["Broken"]), "Broken": error})
    };
    let name = json!({"name": {"target": "Name", "traits": required()}});
    insta::assert_snapshot!(say(broken(json!({})), broken(name)), @r"
    + Broken [member-added]: `name` is new in `Broken`
      wire additive, Rust additive, behaviour same, documentation additive
      after: pub name: String
    ~ Broken [builder-fallible]: building `Broken` can fail: something in it must be set
      wire same, Rust breaking, behaviour same, documentation changed
      before: pub fn build(self) -> Broken
      after: pub fn build(self) -> Result<Broken, BuildError>
    ");
}
