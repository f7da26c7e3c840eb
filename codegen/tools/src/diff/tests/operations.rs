//! Operations, endpoints and the service.

use serde_json::{Value, json};

use super::{failing, operation, say, structure};

/// A second operation, with an input of its own.
fn with_more() -> Value {
    let mut service = super::model(json!({}))["shapes"]["com.example#Service"].clone();
    service["operations"] = json!([{"target": "GetThing"}, {"target": "PutThing"}]);
    json!({
        "Service": service,
        "PutThing": operation("PutRequest", "PutResponse"),
        "PutRequest": structure(json!({"name": {"target": "Name"}})),
        "PutResponse": structure(json!({})),
    })
}

/// `GetThing` with other traits of HTTP.
fn sent(method: &str, uri: &str, code: u16) -> Value {
    let mut operation = operation("Request", "Response");
    operation["traits"] = json!({"smithy.api#http": {"method": method, "uri": uri, "code": code}});
    json!({"GetThing": operation})
}

#[test]
fn a_new_operation_is_additive() {
    insta::assert_snapshot!(say(json!({}), with_more()), @r"
    + PutThing [operation-added]: `PutThing` is new
      wire additive, Rust additive, behaviour same, documentation additive
      after: pub fn put_thing(&self) -> PutThingFluentBuilder
    ");
}

#[test]
fn an_operation_that_goes_breaks_everything_about_it() {
    insta::assert_snapshot!(say(with_more(), json!({})), @r"
    - PutThing [operation-removed]: `PutThing` is gone
      wire breaking, Rust breaking, behaviour breaking, documentation changed
      before: pub fn put_thing(&self) -> PutThingFluentBuilder
    ");
}

#[test]
fn routes_are_the_wire_s_business() {
    insta::assert_snapshot!(say(sent("POST", "/a", 200), sent("PUT", "/b?c=d", 201)), @r"
    ~ GetThing [operation-method-changed]: `GetThing` is sent with PUT, it was POST
      wire breaking, Rust same, behaviour same, documentation same
    ~ GetThing [operation-uri-changed]: `GetThing` is sent to /b?c=d, it was /a
      wire breaking, Rust same, behaviour same, documentation same
    ~ GetThing [operation-success-code-changed]: `GetThing` succeeds with 201, it was 200
      wire changed, Rust same, behaviour same, documentation same
    ");
}

#[test]
fn an_error_that_comes_or_goes() {
    let (without, with) = (json!({"GetThing": failing(&[])}), json!({"GetThing": failing(&["Broken"])}));
    insta::assert_snapshot!(say(without.clone(), with.clone()), @r"
    + GetThing [operation-error-added]: `GetThing` can fail with `Broken`, which was an unhandled error before
      wire additive, Rust additive, behaviour changed, documentation additive
      after: GetThingError::Broken(Broken)
    + Broken [type-added]: `Broken` is new
      wire same, Rust additive, behaviour same, documentation additive
      after: pub struct Broken
    ");
    insta::assert_snapshot!(say(with, without), @r"
    - GetThing [operation-error-removed]: `GetThing` no longer names `Broken`; if it comes, it is unhandled
      wire same, Rust breaking, behaviour changed, documentation changed
      before: GetThingError::Broken(Broken)
    - Broken [type-removed]: `Broken` is gone
      wire same, Rust breaking, behaviour same, documentation changed
      before: pub struct Broken
    ");
}

#[test]
fn pagination_brings_a_paginator() {
    let list = |traits: Value| {
        let mut operation = operation("Request", "Response");
        operation["traits"]
            .as_object_mut()
            .expect("traits are an object")
            .extend(traits.as_object().cloned().unwrap_or_default());
        json!({
            "GetThing": operation,
            "Request": structure(json!({"token": {"target": "Name"}, "size": {"target": "Count"}})),
            "Response": structure(json!({"token": {"target": "Name"}, "names": {"target": "Names"}})),
            "Names": {"type": "list", "member": {"target": "Name"}},
        })
    };
    let traits = json!({"inputToken": "token", "outputToken": "token", "pageSize": "size"});
    let (without, with) = (list(json!({})), list(json!({"smithy.api#paginated": traits})));
    insta::assert_snapshot!(say(without.clone(), with.clone()), @r"
    + GetThing [operation-pagination-added]: `GetThing` has a paginator now
      wire same, Rust additive, behaviour same, documentation additive
      after: pub fn into_paginator(self) -> GetThingPaginator; page_size(i32); items() of String
    ");
    insta::assert_snapshot!(say(with, without), @r"
    - GetThing [operation-pagination-removed]: `GetThing` has lost its paginator
      wire same, Rust breaking, behaviour changed, documentation changed
      before: pub fn into_paginator(self) -> GetThingPaginator; page_size(i32); items() of String
    ");
}

#[test]
fn waiters_come_go_and_change() {
    let waiting = |acceptors: Value| {
        let mut operation = operation("Request", "Response");
        operation["traits"]["smithy.waiters#waitable"] = json!({"ThingMade": {"acceptors": acceptors}});
        json!({"GetThing": operation})
    };
    let success = json!({"state": "success", "matcher": {"success": true}});
    let with = waiting(json!([success]));
    insta::assert_snapshot!(say(json!({}), with.clone()), @r"
    + GetThing [operation-waiter-added]: `GetThing` has the waiter `ThingMade` now
      wire same, Rust additive, behaviour same, documentation additive
      after: fn wait_until_thing_made(&self) -> ThingMadeFluentBuilder
    ");
    insta::assert_snapshot!(say(with.clone(), json!({})), @r"
    - GetThing [operation-waiter-removed]: `GetThing` has lost its waiter `ThingMade`
      wire same, Rust breaking, behaviour changed, documentation changed
      before: fn wait_until_thing_made(&self) -> ThingMadeFluentBuilder
    ");
    let other = waiting(json!([success, {"state": "retry", "matcher": {"errorType": "Gone"}}]));
    insta::assert_snapshot!(say(with, other), @r"
    ~ GetThing [operation-waiter-changed]: the waiter `ThingMade` of `GetThing` ends for other reasons, or calls at another pace
      wire same, Rust same, behaviour changed, documentation changed
    ");
}

#[test]
fn an_unsigned_operation_that_is_signed_needs_credentials() {
    let mut unsigned = operation("Request", "Response");
    unsigned["traits"]["smithy.api#auth"] = json!([]);
    insta::assert_snapshot!(say(json!({"GetThing": unsigned}), json!({})), @r"
    ~ GetThing [operation-auth-changed]: `GetThing` is signed now: it needs credentials
      wire changed, Rust same, behaviour breaking, documentation same
    ");
}

#[test]
fn an_operation_that_may_be_called_without_credentials_changes() {
    let mut optional = operation("Request", "Response");
    optional["traits"]["smithy.api#optionalAuth"] = json!({});
    insta::assert_snapshot!(say(json!({}), json!({"GetThing": optional})), @r"
    ~ GetThing [operation-auth-changed]: `GetThing` authenticates by sigv4, then noAuth, it did by the ways of the service
      wire changed, Rust same, behaviour changed, documentation same
    ");
}

#[test]
fn a_service_that_takes_tokens_too_has_more_settings() {
    let mut service = super::model(json!({}))["shapes"]["com.example#Service"].clone();
    service["traits"]["smithy.api#httpBearerAuth"] = json!({});
    let with = json!({"Service": service});
    insta::assert_snapshot!(say(json!({}), with.clone()), @r"
    ~ Service [service-auth-changed]: the way to authenticate is sigv4, then httpBearerAuth, it was sigv4
      wire changed, Rust additive, behaviour changed, documentation changed
    ");
    insta::assert_snapshot!(say(with, json!({})), @r"
    ~ Service [service-auth-changed]: the way to authenticate is sigv4, it was sigv4, then httpBearerAuth
      wire changed, Rust breaking, behaviour breaking, documentation changed
    ");
}

#[test]
fn an_input_that_is_only_called_otherwise_is_no_change_for_callers() {
    let renamed = json!({
        "GetThing": {
            "type": "operation",
            "input": {"target": "GetThingInput"},
            "output": {"target": "Response"},
            "traits": {"smithy.api#http": {"method": "POST", "uri": "/Request"}},
        },
        "GetThingInput": structure(json!({"thing": {"target": "Thing"}})),
        "Request": null,
    });
    assert_eq!(say(json!({}), renamed), "");
}

#[test]
fn another_endpoint_is_told_by_what_it_does() {
    let service = |prefix: &str| {
        let mut service = super::model(json!({}))["shapes"]["com.example#Service"].clone();
        service["traits"]["aws.api#service"]["endpointPrefix"] = json!(prefix);
        json!({"Service": service})
    };
    insta::assert_snapshot!(say(service("one"), service("two")), @r"
    ~ Service [endpoint-changed]: 252 of 512 combinations of region, FIPS, dual stack and so on lead to another endpoint: af-south-1 leads to `https://two.af-south-1.amazonaws.com`, it was `https://one.af-south-1.amazonaws.com`
      wire changed, Rust same, behaviour changed, documentation same
    ");
}

#[test]
fn a_service_that_signs_otherwise_breaks_every_call() {
    let mut service = super::model(json!({}))["shapes"]["com.example#Service"].clone();
    service["traits"]["aws.auth#sigv4"]["name"] = json!("other");
    insta::assert_snapshot!(say(json!({}), json!({"Service": service})), @r"
    ~ Service [service-signing-changed]: the signing name is other, it was example
      wire breaking, Rust same, behaviour breaking, documentation changed
    ");
}
