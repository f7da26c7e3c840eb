//! Diagnostics about routes and HTTP bindings.

use super::{member, member_with, operation, say_input, say_shapes, service};
use serde_json::{Value, json};

/// What loading says of a route with an input of these members.
fn say_route(uri: &str, members: Value) -> String {
    say_shapes(json!({
        "a#Op": operation(uri, json!({})),
        "a#In": {"type": "structure", "members": members},
    }))
}

fn label(target: &str) -> Value {
    member_with(target, json!({"smithy.api#httpLabel": {}, "smithy.api#required": {}}))
}

fn bound(target: &str, binding: &str, value: Value) -> Value {
    member_with(target, super::entry(&format!("smithy.api#{binding}"), value))
}

#[test]
fn operations_have_a_route() {
    let operation = json!({"type": "operation", "input": {"target": "a#In"}});
    insta::assert_snapshot!(say_shapes(json!({"a#Op": operation})), @r#"
    error: the operation has no route: the trait smithy.api#http is missing
      --> one.json: a#Op (/shapes/a#Op)
      hint: write {"method": "GET", "uri": "/path", "code": 200}
    "#);
}

#[test]
fn routes_have_a_method_and_a_pattern() {
    let said = say_shapes(json!({"a#Op": {"type": "operation", "traits": {"smithy.api#http": {"code": 900}}}}));
    insta::assert_snapshot!(said, @r#"
    error: the route has no `method`
      --> one.json: a#Op (/shapes/a#Op/traits/smithy.api#http)
      hint: write {"method": "GET", "uri": "/path", "code": 200}

    error: the route has no `uri`
      --> one.json: a#Op (/shapes/a#Op/traits/smithy.api#http)
      hint: write {"method": "GET", "uri": "/path", "code": 200}
    "#);
    let route = json!({"method": "GET IT", "uri": "/", "code": 900});
    let said = say_shapes(json!({"a#Op": {"type": "operation", "traits": {"smithy.api#http": route}}}));
    insta::assert_snapshot!(said, @r#"
    error: trait smithy.api#http takes a method such as "POST", not the string "GET IT"
      --> one.json: a#Op (/shapes/a#Op/traits/smithy.api#http/method)
      hint: write a method such as "POST"

    error: trait smithy.api#http takes a whole number from 100 to 599, not the number 900
      --> one.json: a#Op (/shapes/a#Op/traits/smithy.api#http/code)
      hint: write a whole number from 100 to 599
    "#);
}

#[test]
fn a_malformed_route_says_what_is_wrong() {
    insta::assert_snapshot!(say_route("/a{b}", json!({})), @r#"
    error: the segment "a{b}" is neither a literal nor a label alone
      --> one.json: a#Op (/shapes/a#Op/traits/smithy.api#http/uri)
      hint: write a route such as "/things/{thingId}?list"
    "#);
}

#[test]
fn labels_are_members() {
    insta::assert_snapshot!(say_route("/{thingid}", json!({"thingId": label("smithy.api#String")})), @r"
    error: no member of the input is the label {thingid} of the route
      --> one.json: a#Op (/shapes/a#Op/traits/smithy.api#http/uri)
      hint: did you mean thingId?

    error: thingId is a label, and no route that uses it says where it goes
      --> one.json: a#In$thingId (/shapes/a#In/members/thingId)
      hint: add {thingId} to the route, or bind the member elsewhere
    ");
}

#[test]
fn labels_are_required() {
    let optional = bound("smithy.api#String", "httpLabel", json!({}));
    insta::assert_snapshot!(say_route("/{id}", json!({"id": optional})), @r"
    error: a member in the path is required, and this one is not
      --> one.json: a#In$id (/shapes/a#In/members/id)
      hint: add the trait smithy.api#required
    ");
}

#[test]
fn labels_are_text() {
    insta::assert_snapshot!(say_route("/{id}", json!({"id": label("smithy.api#Blob")})), @r"
    error: smithy.api#httpLabel is for strings, numbers, booleans and timestamps, and smithy.api#Blob is a blob
      --> one.json: a#In$id (/shapes/a#In/members/id/target)
      hint: bind the member elsewhere, or give it another target
    ");
}

#[test]
fn a_query_parameter_is_set_in_one_place() {
    let members = json!({"list": bound("smithy.api#String", "httpQuery", json!("list-type"))});
    insta::assert_snapshot!(say_route("/?list-type=2", members), @r#"
    error: the route sets the query parameter "list-type" already
      --> one.json: a#In$list (/shapes/a#In/members/list/traits/smithy.api#httpQuery)
      hint: remove it from the route, or bind the member to another parameter
    "#);
}

#[test]
fn a_member_goes_to_one_place() {
    let traits = json!({"smithy.api#httpHeader": "x", "smithy.api#httpQuery": "x"});
    insta::assert_snapshot!(say_input(json!({"x": member_with("smithy.api#String", traits)})), @r"
    error: a member cannot have both smithy.api#httpHeader and smithy.api#httpQuery
      --> one.json: a#In$x (/shapes/a#In/members/x)
      hint: keep one of the two
    ");
}

#[test]
fn bindings_fit_their_targets() {
    let said = say_shapes(json!({
        "a#In": {"type": "structure", "members": {
            "header": bound("a#Structure", "httpHeader", json!("x")),
            "query": bound("a#Blobs", "httpQuery", json!("x")),
            "prefix": bound("smithy.api#String", "httpPrefixHeaders", json!("x-")),
            "params": bound("a#Blobs", "httpQueryParams", json!({})),
            "payload": bound("smithy.api#Integer", "httpPayload", json!({})),
            "code": bound("smithy.api#String", "httpResponseCode", json!({})),
        }},
        "a#Structure": {"type": "structure"},
        "a#Blobs": {"type": "list", "member": member("smithy.api#Blob")},
    }));
    insta::assert_snapshot!(said, @r"
    error: smithy.api#httpHeader is for strings, numbers, booleans, timestamps and lists of these, and a#Structure is a structure
      --> one.json: a#In$header (/shapes/a#In/members/header/target)
      hint: bind the member elsewhere, or give it another target

    error: smithy.api#httpQuery is for strings, numbers, booleans, timestamps and lists of these, and a#Blobs is a list
      --> one.json: a#In$query (/shapes/a#In/members/query/target)
      hint: bind the member elsewhere, or give it another target

    error: smithy.api#httpPrefixHeaders is for maps of strings, and smithy.api#String is a string
      --> one.json: a#In$prefix (/shapes/a#In/members/prefix/target)
      hint: bind the member elsewhere, or give it another target

    error: smithy.api#httpQueryParams is for maps of strings or of lists of strings, and a#Blobs is a list
      --> one.json: a#In$params (/shapes/a#In/members/params/target)
      hint: bind the member elsewhere, or give it another target

    error: smithy.api#httpPayload is for strings, blobs, documents, structures, unions, lists and maps, and smithy.api#Integer is an integer
      --> one.json: a#In$payload (/shapes/a#In/members/payload/target)
      hint: bind the member elsewhere, or give it another target

    error: smithy.api#httpResponseCode is for integers, and smithy.api#String is a string
      --> one.json: a#In$code (/shapes/a#In/members/code/target)
      hint: bind the member elsewhere, or give it another target
    ");
}

#[test]
fn names_of_headers_and_parameters_are_names() {
    let said = say_input(json!({
        "header": bound("smithy.api#String", "httpHeader", json!("not a token")),
        "query": bound("smithy.api#String", "httpQuery", json!("")),
        "number": bound("smithy.api#String", "httpQuery", json!(1)),
    }));
    insta::assert_snapshot!(said, @r#"
    error: trait smithy.api#httpHeader takes the name of a header, not the string "not a token"
      --> one.json: a#In$header (/shapes/a#In/members/header/traits/smithy.api#httpHeader)
      hint: write the name of a header

    error: trait smithy.api#httpQuery takes the name of a query parameter, not the string ""
      --> one.json: a#In$query (/shapes/a#In/members/query/traits/smithy.api#httpQuery)
      hint: write the name of a query parameter

    error: trait smithy.api#httpQuery takes a string, not the number 1
      --> one.json: a#In$number (/shapes/a#In/members/number/traits/smithy.api#httpQuery)
      hint: write a string
    "#);
}

#[test]
fn a_payload_is_the_whole_body() {
    let payload = || bound("smithy.api#Blob", "httpPayload", json!({}));
    let said = say_input(json!({"one": payload(), "two": payload(), "left": member("smithy.api#String")}));
    insta::assert_snapshot!(said, @r"
    error: two and one are both the whole body
      --> one.json: a#In$two (/shapes/a#In/members/two)
      hint: bind one of them elsewhere

    error: left has no place in the message: one is the whole body
      --> one.json: a#In$left (/shapes/a#In/members/left)
      hint: bind it to a header, the query or the path, or put it into the payload
    ");
}

#[test]
fn headers_and_parameters_are_different() {
    let said = say_input(json!({
        "a": bound("smithy.api#String", "httpHeader", json!("X-Same")),
        "b": bound("smithy.api#String", "httpHeader", json!("x-same")),
        "c": bound("smithy.api#String", "httpQuery", json!("q")),
        "d": bound("smithy.api#String", "httpQuery", json!("q")),
    }));
    insta::assert_snapshot!(said, @r#"
    error: b and a are both the header x-same
      --> one.json: a#In$b (/shapes/a#In/members/b)
      hint: bind one of them elsewhere

    error: d and c are both the query parameter "q"
      --> one.json: a#In$d (/shapes/a#In/members/d)
      hint: bind one of them elsewhere
    "#);
}

#[test]
fn labels_of_the_host_are_required_members() {
    let prefix = |prefix: &str| {
        json!({"traits": {
            "smithy.api#http": {"method": "GET", "uri": "/"},
            "smithy.api#endpoint": {"hostPrefix": prefix},
        }})
    };
    let members = json!({"id": member_with("smithy.api#String", json!({"smithy.api#hostLabel": {}}))});
    let input = json!({"type": "structure", "members": members});
    let shapes = |host: &str| json!({"a#Op": operation("/", prefix(host)), "a#In": input});
    insta::assert_snapshot!(say_shapes(shapes("{id}.")), @r"
    error: the label {id} of the host prefix needs a required member
      --> one.json: a#Op (/shapes/a#Op/traits/smithy.api#endpoint/hostPrefix)
      hint: give the input a member id with smithy.api#hostLabel and smithy.api#required
    ");
    insta::assert_snapshot!(say_shapes(shapes("{id")), @r"
    error: a label of the host prefix has no end
      --> one.json: a#Op (/shapes/a#Op/traits/smithy.api#endpoint/hostPrefix)
      hint: close it with }
    ");
}

/// What is said of two operations of one route; the second has these members, and these traits beside its route.
fn say_twice(members: Value, traits: Value) -> String {
    let mut service = service(json!({"aws.protocols#restJson1": {}, "aws.auth#sigv4": {"name": "sig"}}));
    service["operations"] = json!([{"target": "a#Op"}, {"target": "a#Other"}]);
    let mut other = operation("/op", json!({"input": {"target": "a#OtherIn"}}));
    other["traits"].as_object_mut().expect("it has a route").extend(traits.as_object().cloned().unwrap_or_default());
    let both = json!({"tag": member_with("smithy.api#String", json!({"smithy.api#httpQuery": "tag"}))});
    say_shapes(json!({
        "a#S": service,
        "a#Other": other,
        "a#In": {"type": "structure", "members": both},
        "a#OtherIn": {"type": "structure", "members": members},
    }))
}

/// A member of an input that all requests have.
fn needed(traits: Value) -> Value {
    let mut member = member_with("smithy.api#String", traits);
    member["traits"]["smithy.api#required"] = json!({});
    member
}

#[test]
fn operations_that_nothing_tells_apart_are_told_of() {
    let said = say_twice(json!({}), json!({}));
    insta::assert_snapshot!(said, @"
    warning: Op and Other are sent to the same place: POST /op
      --> one.json: a#Other (/shapes/a#Other/traits/smithy.api#http)
      hint: a service cannot tell their requests apart; give one of them another `method` or `uri`, or a required parameter
    ");
    // Only some requests have the first, the second may come from either, and the third is no part of where it is sent to.
    let unsure = [
        member_with("smithy.api#String", json!({"smithy.api#httpQuery": "id"})),
        needed(json!({"smithy.api#httpQuery": "tag"})),
        needed(json!({})),
    ];
    for member in unsure {
        assert_eq!(say_twice(json!({"m": member}), json!({})), said, "{member}");
    }
}

/// As S3 has them: an upload by its id, a copy by its source, buckets of another endpoint, and what was renamed.
#[test]
fn operations_of_one_route_may_be_told_apart_otherwise() {
    for traits in [json!({"smithy.api#httpQuery": "id"}), json!({"smithy.api#httpHeader": "x-source"})] {
        assert_eq!(say_twice(json!({"m": needed(traits)}), json!({})), "fine");
    }
    let control = json!({"smithy.rules#staticContextParams": {"Control": {"value": true}}});
    assert_eq!(say_twice(json!({}), control), "fine");
    assert_eq!(say_twice(json!({}), json!({"smithy.api#deprecated": {}})), "fine");
}
