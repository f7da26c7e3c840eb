//! Paginators, waiters and endpoint rules.

use serde_json::{Value, json};

use super::{BotocoreFiles, Description, Source, to_ast};

/// `GetCat` with a token in both directions.
fn paged() -> Description {
    let members = json!({
        "nextToken": { "shape": "Name" },
        "maxResults": { "shape": "Name" },
        "cats": { "shape": "Names" },
        "dogs": { "shape": "Map" },
    });
    let structure = json!({ "type": "structure", "members": members });
    let description = Description::new(structure.clone(), json!({ "GetCatResponse": structure }));
    description.with_operation(json!({ "output": { "shape": "GetCatResponse" } }))
}

fn paginated(description: &Description) -> Value {
    description.shape("GetCat")["traits"]["smithy.api#paginated"].clone()
}

/// The file with one entry, that of `GetCat`.
fn paginators(result_key: Value) -> Option<Value> {
    let entry = json!({
        "input_token": "nextToken",
        "output_token": "nextToken",
        "limit_key": "maxResults",
        "result_key": result_key,
    });
    Some(json!({ "pagination": { "GetCat": entry } }))
}

#[test]
fn an_entry_becomes_the_trait() {
    let mut description = paged();
    description.paginators = paginators(json!("cats"));
    let expected =
        json!({ "inputToken": "nextToken", "outputToken": "nextToken", "pageSize": "maxResults", "items": "cats" });
    assert_eq!(paginated(&description), expected);
}

#[test]
fn several_result_lists_are_more_than_smithy_can_say() {
    let mut description = paged();
    description.paginators = paginators(json!(["cats", "dogs"]));
    let conversion = description.converted();
    assert_eq!(conversion.shape("GetCat")["traits"]["smithy.api#paginated"]["items"], Value::Null);
    assert_eq!(conversion.warnings[0].pointer, "/pagination/GetCat/result_key");
}

#[test]
fn a_text_that_botocore_adds_up_is_no_item() {
    let mut description = paged();
    description.paginators = paginators(json!("maxResults"));
    let conversion = description.converted();
    assert_eq!(conversion.shape("GetCat")["traits"]["smithy.api#paginated"]["items"], Value::Null);
    assert_eq!(conversion.warnings[0].pointer, "/pagination/GetCat/result_key");
}

#[test]
fn counts_beside_a_result_list_are_no_items() {
    let mut description = paged();
    description.paginators = paginators(json!(["maxResults", "cats", "nobody"]));
    assert_eq!(paginated(&description)["items"], "cats");
    assert!(description.converted().warnings.is_empty());
}

#[test]
fn a_new_operation_with_tokens_is_taken_for_paginated_with_a_note() {
    let description = paged();
    let expected = json!({ "inputToken": "nextToken", "outputToken": "nextToken", "pageSize": "maxResults" });
    assert_eq!(paginated(&description), expected);
    let notes = description.converted().notes;
    assert!(notes.iter().any(|note| note.subjects == ["GetCat"] && note.reason.contains("nextToken")), "{notes:?}");
}

#[test]
fn a_known_operation_keeps_its_pagination_while_its_members_exist() {
    let knowing = |traits: Value| paged().knowing(json!({ "GetCat": { "type": "operation", "traits": traits } }));
    assert_eq!(paginated(&knowing(json!({}))), Value::Null);
    let known = json!({ "inputToken": "nextToken", "outputToken": "nextToken", "items": "cats" });
    assert_eq!(paginated(&knowing(json!({ "smithy.api#paginated": known }))), known);
    let gone = json!({ "inputToken": "marker", "outputToken": "marker" });
    assert_eq!(paginated(&knowing(json!({ "smithy.api#paginated": gone }))), Value::Null);
}

#[test]
fn a_file_without_the_operation_denies_its_list_of_items() {
    let known = json!({ "inputToken": "nextToken", "outputToken": "nextToken", "items": "cats" });
    let traits = json!({ "smithy.api#paginated": known });
    let mut description = paged().knowing(json!({ "GetCat": { "type": "operation", "traits": traits } }));
    description.paginators = Some(json!({ "pagination": {} }));
    assert_eq!(paginated(&description), json!({ "inputToken": "nextToken", "outputToken": "nextToken" }));
}

#[test]
fn waiters_go_to_their_operation() {
    let acceptors = json!([
        { "matcher": "path", "argument": "state", "expected": "READY", "state": "success" },
        { "matcher": "error", "expected": "NotFound", "state": "retry" },
        { "matcher": "status", "expected": 200, "state": "success" },
    ]);
    let waiter = json!({ "operation": "GetCat", "delay": 5, "maxAttempts": 40, "acceptors": acceptors });
    let mut description = Description::of_shapes(json!({}));
    description.waiters = Some(json!({ "version": 2, "waiters": { "CatReady": waiter } }));
    let converted = description.shape("GetCat")["traits"]["smithy.waiters#waitable"]["CatReady"].clone();
    let output = json!({ "path": "state", "expected": "READY", "comparator": "stringEquals" });
    let expected = json!({
        "acceptors": [
            { "state": "success", "matcher": { "output": output } },
            { "state": "retry", "matcher": { "errorType": "NotFound" } },
            { "state": "success", "matcher": { "success": true } },
        ],
        "minDelay": 5,
    });
    assert_eq!(converted, expected);
}

/// Botocore looks at the status of an answer where Smithy's own models name the errors that have it.
#[test]
fn a_status_is_the_errors_that_have_it() {
    let acceptors = json!([
        { "matcher": "status", "expected": 404, "state": "success" },
        { "matcher": "status", "expected": 500, "state": "retry" },
        { "matcher": "status", "expected": 301, "state": "success" },
        { "matcher": "pathAll", "argument": "length(cats) > `0`", "expected": true, "state": "success" },
    ]);
    let waiter = json!({ "operation": "GetCat", "delay": 5, "maxAttempts": 40, "acceptors": acceptors });
    let error = |status: u64| json!({ "type": "structure", "members": {}, "exception": true, "error": { "httpStatusCode": status } });
    let shapes = json!({ "Gone": error(404), "Lost": error(404), "Down": error(500), "Late": error(500) });
    let mut description = Description::of_shapes(shapes);
    let errors = ["Lost", "Gone", "Down"].map(|name| json!({ "shape": name }));
    description.service["operations"]["GetCat"]["errors"] = json!(errors);
    description.waiters = Some(json!({ "version": 2, "waiters": { "CatGone": waiter } }));
    let conversion = description.converted();
    let converted = &conversion.shape("GetCat")["traits"]["smithy.waiters#waitable"]["CatGone"]["acceptors"];
    let named = |state: &str, name: &str| json!({ "state": state, "matcher": { "errorType": name } });
    let output = json!({ "path": "length(cats) > `0`", "expected": "true", "comparator": "booleanEquals" });
    let expected = json!([
        named("success", "Gone"),
        named("success", "Lost"),
        named("retry", "Down"),
        { "state": "success", "matcher": { "output": output } },
    ]);
    assert_eq!(*converted, expected);
    insta::assert_snapshot!(conversion.warnings[0], @"
    no error of the operation has the status 301, so this acceptor was left out
      --> waiters-2.json: GetCat (/waiters/CatGone/acceptors/2)
      hint: Smithy knows errors by their names alone
    ");
    // An answer to HEAD has no body that could name an error.
    description.service["operations"]["GetCat"]["http"]["method"] = json!("HEAD");
    let conversion = description.converted();
    let converted = &conversion.shape("GetCat")["traits"]["smithy.waiters#waitable"]["CatGone"]["acceptors"];
    assert_eq!(converted[2], named("success", "NotFound"));
}

/// What became of waiters of these acceptors beside one that is whole: their names, and the warnings of them.
fn waiters_of(acceptors: &[(&str, Value)]) -> (Vec<String>, String) {
    let ready = ("CatReady", json!([{ "matcher": "status", "expected": 200, "state": "success" }]));
    let waiters = acceptors.iter().chain([&ready]);
    let waiters: serde_json::Map<_, _> = waiters
        .map(|(name, acceptors)| {
            let waiter = json!({ "operation": "GetCat", "delay": 5, "maxAttempts": 40, "acceptors": acceptors });
            ((*name).to_owned(), waiter)
        })
        .collect();
    let mut description = Description::of_shapes(json!({}));
    description.waiters = Some(json!({ "version": 2, "waiters": waiters }));
    let conversion = description.converted();
    let operation = conversion.shape("GetCat");
    let names = operation["traits"]["smithy.waiters#waitable"].as_object().expect("some are left");
    let warnings: Vec<_> = conversion.warnings.iter().map(ToString::to_string).collect();
    (names.keys().cloned().collect(), warnings.join("\n"))
}

/// A client without the waiter is of more use than none.
#[test]
fn a_waiter_of_which_no_success_is_left_is_left_out() {
    let no_error = json!([
        { "matcher": "status", "expected": 404, "state": "success" },
        { "matcher": "error", "expected": "Down", "state": "retry" },
    ]);
    let (names, warnings) = waiters_of(&[("CatGone", no_error), ("CatNever", json!([]))]);
    assert_eq!(names, ["CatReady"]);
    insta::assert_snapshot!(warnings, @"
    no error of the operation has the status 404, so this acceptor was left out
      --> waiters-2.json: GetCat (/waiters/CatGone/acceptors/0)
      hint: Smithy knows errors by their names alone
    nothing that Smithy knows is a success of the waiter CatGone, so it was left out
      --> waiters-2.json: GetCat (/waiters/CatGone)
      hint: call the operation until it is done, or take a Smithy model of the service that has the waiter
    nothing that Smithy knows is a success of the waiter CatNever, so it was left out
      --> waiters-2.json: GetCat (/waiters/CatNever)
      hint: call the operation until it is done, or take a Smithy model of the service that has the waiter
    ");
}

#[test]
fn a_waiter_with_an_acceptor_that_cannot_be_said_is_left_out() {
    let sliced =
        json!([{ "matcher": "pathAll", "argument": "cats[0:2].state", "expected": "GONE", "state": "success" }]);
    let number = json!([
        { "matcher": "path", "argument": "count", "expected": 3, "state": "retry" },
        { "matcher": "status", "expected": 200, "state": "success" },
    ]);
    let (names, warnings) = waiters_of(&[("CatSliced", sliced), ("CatCounted", number)]);
    assert_eq!(names, ["CatReady"]);
    insta::assert_snapshot!(warnings, @"
    Smithy has no words for this acceptor, so the waiter CatSliced was left out
      --> waiters-2.json: GetCat (/waiters/CatSliced/acceptors/0)
      hint: call the operation until it is done, or take a Smithy model of the service that has the waiter
    Smithy has no words for this acceptor, so the waiter CatCounted was left out
      --> waiters-2.json: GetCat (/waiters/CatCounted/acceptors/0)
      hint: call the operation until it is done, or take a Smithy model of the service that has the waiter
    ");
}

#[test]
fn entries_of_operations_that_do_not_exist_are_warned_of() {
    let mut description = Description::of_shapes(json!({}));
    description.paginators = Some(json!({ "pagination": { "GetCats": {} } }));
    let warnings = description.converted().warnings;
    insta::assert_snapshot!(warnings[0], @"
    operation GetCats does not exist, so its paginator was left out
      --> paginators-1.json: GetCats (/pagination/GetCats)
      hint: did you mean GetCat?
    ");
}

#[test]
fn endpoint_rules_come_without_their_sentences_or_are_the_known_ones() {
    let region = json!({ "type": "string", "documentation": "The region." });
    let rules = json!({ "version": "1.0", "parameters": { "Region": region }, "rules": [] });
    let mut description = Description::of_shapes(json!({})).knowing(json!({}));
    let source = |name: &str, value: &Value| Source { name: name.to_owned(), text: value.to_string() };
    let convert = |description: &Description, endpoint_rules| {
        let service = source("service-2.json", &description.service);
        let files = BotocoreFiles { service, paginators: None, waiters: None, endpoint_rules };
        let conversion = to_ast(&files, description.known.as_ref()).expect("it converts");
        conversion.shape("Keeper")["traits"]["smithy.rules#endpointRuleSet"].clone()
    };
    let converted = convert(&description, Some(source("endpoint-rule-set-1.json", &rules)));
    assert_eq!(converted["parameters"], json!({ "Region": { "type": "string" } }));
    let known = description.known.as_mut().expect("it was given");
    known["shapes"]["com.zoo#Keeper"]["traits"]["smithy.rules#endpointRuleSet"] = json!("known");
    assert_eq!(convert(&description, None), "known");
}
