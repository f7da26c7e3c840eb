//! Diagnostics and warnings about data shapes, their members and their traits.

use super::{member, member_with, model, say, say_input, say_shapes};
use serde_json::{Value, json};

/// What loading says of a shape that the input targets.
fn say_shape(shape: Value) -> String {
    say_shapes(json!({
        "a#In": {"type": "structure", "members": {"x": member("a#X")}},
        "a#X": shape,
    }))
}

#[test]
fn a_missing_target_is_told_with_the_nearest_name() {
    let said = say_shapes(json!({
        "a#In": {"type": "structure", "members": {"foo": member("a#Foo")}},
        "a#Fob": {"type": "string"},
    }));
    insta::assert_snapshot!(said, @r"
    error: target a#Foo does not exist
      --> one.json: a#In$foo (/shapes/a#In/members/foo/target)
      hint: did you mean a#Fob?
    ");
}

#[test]
fn members_cannot_target_operations() {
    insta::assert_snapshot!(say_input(json!({"op": member("a#Op")})), @r"
    error: a#Op is an operation, which no member can target
      --> one.json: a#In$op (/shapes/a#In/members/op/target)
      hint: target a shape that carries data, such as a structure
    ");
}

#[test]
fn only_members_of_unions_target_unit() {
    insta::assert_snapshot!(say_input(json!({"u": member("smithy.api#Unit")})), @r"
    error: smithy.api#Unit is the target of members of unions only
      --> one.json: a#In$u (/shapes/a#In/members/u/target)
      hint: target a structure without members, or another shape
    ");
}

#[test]
fn keys_of_maps_are_strings() {
    let said = say_shape(json!({
        "type": "map",
        "key": member("smithy.api#Integer"),
        "value": member("smithy.api#String"),
    }));
    insta::assert_snapshot!(said, @r"
    error: the key of a map is a string, not an integer
      --> one.json: a#X$key (/shapes/a#X/key/target)
      hint: target smithy.api#String or a string of your own
    ");
}

#[test]
fn lists_and_maps_do_not_contain_themselves() {
    let said = say_shapes(json!({
        "a#In": {"type": "structure", "members": {"x": member("a#X")}},
        "a#X": {"type": "list", "member": member("a#Y")},
        "a#Y": {"type": "map", "key": member("smithy.api#String"), "value": member("a#X")},
    }));
    insta::assert_snapshot!(said, @r"
    error: a#X contains itself through a#Y without a structure in between
      --> one.json: a#Y$value (/shapes/a#Y/value/target)
      hint: put a structure between the list or map and itself
    ");
}

#[test]
fn structures_may_contain_themselves() {
    let said = say_shape(json!({"type": "structure", "members": {"x": member("a#X")}}));
    assert_eq!(said, "fine");
}

/// What loading says of a structure that requires `a#Y`, which is this shape.
fn say_required(shape: Value) -> String {
    let required = |target: &str| member_with(target, json!({"smithy.api#required": {}}));
    say_shapes(json!({
        "a#In": {"type": "structure", "members": {"x": member("a#X")}},
        "a#X": {"type": "structure", "members": {"y": required("a#Y")}},
        "a#Y": shape,
        "a#List": {"type": "list", "member": member("a#X")},
    }))
}

#[test]
fn a_circle_of_required_members_ends_in_what_can_be_absent_or_empty() {
    let required = |target: &str| member_with(target, json!({"smithy.api#required": {}}));
    let fine = [
        json!({"type": "structure", "members": {"x": member("a#X")}}),
        json!({"type": "structure", "members": {"x": required("a#List")}}),
        json!({"type": "union", "members": {"x": member("a#X"), "text": member("smithy.api#String")}}),
    ];
    for shape in fine {
        assert_eq!(say_required(shape), "fine");
    }
}

#[test]
fn what_requires_itself_can_never_be_built() {
    let itself = json!({"type": "structure", "members": {"y": member_with("a#Y", json!({"smithy.api#required": {}}))}});
    insta::assert_snapshot!(say_required(itself), @r"
    error: no value of a#Y can ever be built: a#Y requires a#Y (member y)
      --> one.json: a#Y$y (/shapes/a#Y/members/y)
      hint: make one of these members optional: remove smithy.api#required from it
    ");
    let union = json!({"type": "union", "members": {"one": member("a#X"), "two": member("a#Y")}});
    insta::assert_snapshot!(say_required(union), @r"
    error: no value of a#X can ever be built: a#X requires a#Y (member y), a#Y can only hold a#X (member one)
      --> one.json: a#Y$one (/shapes/a#Y/members/one)
      hint: make one of these members optional: remove smithy.api#required from it
    ");
}

#[test]
fn a_stream_of_bytes_is_the_body_or_nothing() {
    let stream = json!({"type": "blob", "traits": {"smithy.api#streaming": {}}});
    insta::assert_snapshot!(say_shape(stream), @r"
    error: a#X is a stream, which can only be the body of a message
      --> one.json: a#In$x (/shapes/a#In/members/x/target)
      hint: add smithy.api#httpPayload to the member, or target a shape that does not stream
    ");
}

#[test]
fn a_stream_is_judged_by_the_protocol_that_the_service_has() {
    let body = member_with("a#X", json!({"smithy.api#httpPayload": {}}));
    let shapes = json!({
        "a#In": {"type": "structure", "members": {"x": body}},
        "a#X": {"type": "blob", "traits": {"smithy.api#streaming": {}}},
    });
    let said = |protocol: &str| {
        let text = model(shapes.clone()).replace("aws.protocols#restJson1", protocol);
        say(&[text]).lines().filter(|line| line.starts_with("error")).collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!(said("aws.protocols#awsJson1_1"), @"error: a#X is a stream, which no message of this service's protocol can hold");
}

#[test]
fn defaults_fit_their_types() {
    let bad = |target: &str, default: Value| member_with(target, json!({"smithy.api#default": default}));
    let said = say_shapes(json!({
        "a#In": {"type": "structure", "members": {
            "boolean": bad("smithy.api#Boolean", json!("true")),
            "byte": bad("smithy.api#Byte", json!(128)),
            "double": bad("smithy.api#Double", json!("one")),
            "float": bad("smithy.api#Float", json!(1e300)),
            "string": bad("smithy.api#String", json!(1)),
            "list": bad("a#List", json!(["x"])),
            "enumeration": bad("a#Enum", json!("B")),
            "structure": bad("a#Structure", json!({})),
        }},
        "a#List": {"type": "list", "member": member("smithy.api#String")},
        "a#Enum": {"type": "enum", "members": {"A": member("smithy.api#Unit")}},
        "a#Structure": {"type": "structure"},
    }));
    insta::assert_snapshot!(said, @r#"
    error: the string "true" cannot be the default of a boolean
      --> one.json: a#In$boolean (/shapes/a#In/members/boolean/traits/smithy.api#default)
      hint: the default of smithy.api#Boolean is true or false

    error: the number 128 cannot be the default of a byte
      --> one.json: a#In$byte (/shapes/a#In/members/byte/traits/smithy.api#default)
      hint: the default of smithy.api#Byte is a whole number within its range

    error: the string "one" cannot be the default of a double
      --> one.json: a#In$double (/shapes/a#In/members/double/traits/smithy.api#default)
      hint: the default of smithy.api#Double is a number

    error: the number 1e+300 cannot be the default of a float
      --> one.json: a#In$float (/shapes/a#In/members/float/traits/smithy.api#default)
      hint: the default of smithy.api#Float is a number of single precision

    error: the number 1 cannot be the default of a string
      --> one.json: a#In$string (/shapes/a#In/members/string/traits/smithy.api#default)
      hint: the default of smithy.api#String is a string

    error: an array cannot be the default of a list
      --> one.json: a#In$list (/shapes/a#In/members/list/traits/smithy.api#default)
      hint: the default of a#List is an empty array

    error: the string "B" cannot be the default of an enum
      --> one.json: a#In$enumeration (/shapes/a#In/members/enumeration/traits/smithy.api#default)
      hint: the default of a#Enum is one of its values

    error: an object cannot be the default of a structure
      --> one.json: a#In$structure (/shapes/a#In/members/structure/traits/smithy.api#default)
      hint: the default of a#Structure is null
    "#);
}

#[test]
fn defaults_that_fit_are_fine() {
    let default = |target: &str, default: Value| member_with(target, json!({"smithy.api#default": default}));
    let said = say_shapes(json!({
        "a#In": {"type": "structure", "members": {
            "long": default("smithy.api#Long", json!(-9_000_000_000_i64)),
            "double": default("smithy.api#Double", json!("NaN")),
            "timestamp": default("smithy.api#Timestamp", json!(0)),
            "document": default("smithy.api#Document", json!([])),
            "list": default("a#List", json!([])),
            "enumeration": default("a#Enum", json!("a")),
            "nothing": default("smithy.api#Boolean", json!(null)),
        }},
        "a#List": {"type": "list", "member": member("smithy.api#String")},
        "a#Enum": {"type": "enum", "members": {
            "A": member_with("smithy.api#Unit", json!({"smithy.api#enumValue": "a"})),
        }},
    }));
    assert_eq!(said, "fine");
}

#[test]
fn a_default_of_a_shape_is_told_of_once() {
    let shape = json!({"type": "integer", "traits": {"smithy.api#default": "one"}});
    insta::assert_snapshot!(say_shape(shape), @r#"
    error: the string "one" cannot be the default of an integer
      --> one.json: a#X (/shapes/a#X/traits/smithy.api#default)
      hint: the default of a#X is a whole number within its range
    "#);
}

#[test]
fn names_of_members_differ_in_more_than_case() {
    let said = say_input(json!({"name": member("smithy.api#String"), "Name": member("smithy.api#String")}));
    insta::assert_snapshot!(said, @r"
    error: Name and name differ in case only
      --> one.json: a#In$Name (/shapes/a#In/members/Name)
      hint: rename one of them; `jsonName` keeps what is sent
    ");
}

#[test]
fn names_on_the_wire_are_different() {
    let renamed = member_with("smithy.api#String", json!({"smithy.api#jsonName": "b"}));
    insta::assert_snapshot!(say_input(json!({"a": renamed, "b": member("smithy.api#String")})), @r#"
    error: b and a are both sent as "b"
      --> one.json: a#In$b (/shapes/a#In/members/b)
      hint: give one of them another smithy.api#jsonName
    "#);
}

#[test]
fn enums_and_unions_have_members() {
    let said = say_shapes(json!({
        "a#In": {"type": "structure", "members": {"e": member("a#E"), "u": member("a#U"), "i": member("a#I")}},
        "a#E": {"type": "enum", "members": {}},
        "a#U": {"type": "union"},
        "a#I": {"type": "intEnum"},
    }));
    insta::assert_snapshot!(said, @r"
    error: this enum has no members
      --> one.json: a#E (/shapes/a#E)
      hint: add at least one under `members`

    error: this union has no members
      --> one.json: a#U (/shapes/a#U)
      hint: add at least one under `members`

    error: this intEnum has no members
      --> one.json: a#I (/shapes/a#I)
      hint: add at least one under `members`
    ");
}

#[test]
fn values_of_enums_are_of_their_type_and_different() {
    let value = |value: Value| member_with("smithy.api#Unit", json!({"smithy.api#enumValue": value}));
    let said = say_shapes(json!({
        "a#In": {"type": "structure", "members": {"e": member("a#E"), "i": member("a#I")}},
        "a#E": {"type": "enum", "members": {"A": value(json!("x")), "B": value(json!("x")), "C": value(json!(1))}},
        "a#I": {"type": "intEnum", "members": {
            "A": value(json!(1)),
            "B": value(json!(1)),
            "C": value(json!("1")),
            "D": member("smithy.api#Unit"),
        }},
    }));
    insta::assert_snapshot!(said, @r#"
    error: B has the same value as A
      --> one.json: a#E$B (/shapes/a#E/members/B)
      hint: give each member of an enum a value of its own

    error: trait smithy.api#enumValue takes a string, not the number 1
      --> one.json: a#E$C (/shapes/a#E/members/C/traits/smithy.api#enumValue)
      hint: write a string

    error: B has the same value as A
      --> one.json: a#I$B (/shapes/a#I/members/B)
      hint: give each member of an enum a value of its own

    error: trait smithy.api#enumValue takes a whole number of 32 bits, not the string "1"
      --> one.json: a#I$C (/shapes/a#I/members/C/traits/smithy.api#enumValue)
      hint: write a whole number of 32 bits

    error: this member of an intEnum has no value
      --> one.json: a#I$D (/shapes/a#I/members/D)
      hint: add the trait smithy.api#enumValue with a whole number
    "#);
}

#[test]
fn old_enum_traits_have_values() {
    let said = say_shape(json!({"type": "string", "traits": {"smithy.api#enum": [{"name": "A"}, {"value": 1}, 7]}}));
    insta::assert_snapshot!(said, @r#"
    error: there is no `value` here
      --> one.json: a#X (/shapes/a#X/traits/smithy.api#enum/0)
      hint: the `enum` trait is a list of {"value": "x", "name": "X"}

    error: expected a string, found the number 1
      --> one.json: a#X (/shapes/a#X/traits/smithy.api#enum/1/value)
      hint: the `enum` trait is a list of {"value": "x", "name": "X"}

    error: there is no `value` here
      --> one.json: a#X (/shapes/a#X/traits/smithy.api#enum/2)
      hint: the `enum` trait is a list of {"value": "x", "name": "X"}

    error: this enum has no members
      --> one.json: a#X (/shapes/a#X)
      hint: add at least one under `members`
    "#);
}

#[test]
fn traits_with_wrong_values_are_told_of() {
    let traits = json!({
        "smithy.api#documentation": 1,
        "smithy.api#deprecated": {"since": 2},
        "smithy.api#length": {"min": -1},
        "smithy.api#pattern": {},
        "smithy.api#range": 5,
        "smithy.api#required": "yes",
        "smithy.api#timestampFormat": "iso",
        "smithy.rules#contextParam": "Region",
    });
    insta::assert_snapshot!(say_input(json!({"x": member_with("smithy.api#Timestamp", traits)})), @r#"
    error: trait smithy.api#required takes an empty object, not the string "yes"
      --> one.json: a#In$x (/shapes/a#In/members/x/traits/smithy.api#required)
      hint: write an empty object

    error: trait smithy.api#timestampFormat takes "date-time" or "http-date" or "epoch-seconds", not the string "iso"
      --> one.json: a#In$x (/shapes/a#In/members/x/traits/smithy.api#timestampFormat)
      hint: write "date-time" or "http-date" or "epoch-seconds"

    error: trait smithy.rules#contextParam has no `name`
      --> one.json: a#In$x (/shapes/a#In/members/x/traits/smithy.rules#contextParam)
      hint: write {"name": "..."}

    error: trait smithy.api#length takes an object with whole numbers as `min` and `max`, not the number -1
      --> one.json: a#In$x (/shapes/a#In/members/x/traits/smithy.api#length/min)
      hint: write an object with whole numbers as `min` and `max`

    error: trait smithy.api#range takes an object with numbers as `min` and `max`, not the number 5
      --> one.json: a#In$x (/shapes/a#In/members/x/traits/smithy.api#range)
      hint: write an object with numbers as `min` and `max`

    error: trait smithy.api#pattern takes a string, not an object
      --> one.json: a#In$x (/shapes/a#In/members/x/traits/smithy.api#pattern)
      hint: write a string

    error: expected a string, found the number 2
      --> one.json: a#In$x (/shapes/a#In/members/x/traits/smithy.api#deprecated/since)
      hint: `since` is text

    error: trait smithy.api#documentation takes a string, not the number 1
      --> one.json: a#In$x (/shapes/a#In/members/x/traits/smithy.api#documentation)
      hint: write a string
    "#);
}

#[test]
fn values_of_error_traits_are_known() {
    let said = say_shapes(json!({
        "a#Op": super::operation("/op", json!({"errors": [{"target": "a#E"}, {"target": "a#F"}]})),
        "a#E": {"type": "structure", "traits": {"smithy.api#error": "clients"}},
        "a#F": {"type": "structure", "traits": {
            "smithy.api#error": "server",
            "smithy.api#httpError": 99,
            "smithy.api#retryable": {"throttling": "yes"},
        }},
    }));
    insta::assert_snapshot!(said, @r#"
    error: trait smithy.api#error takes "client" or "server", not the string "clients"
      --> one.json: a#E (/shapes/a#E/traits/smithy.api#error)
      hint: write "client" or "server"

    error: trait smithy.api#httpError takes a whole number from 100 to 599, not the number 99
      --> one.json: a#F (/shapes/a#F/traits/smithy.api#httpError)
      hint: write a whole number from 100 to 599

    error: trait smithy.api#retryable takes true or false as `throttling`, not the string "yes"
      --> one.json: a#F (/shapes/a#F/traits/smithy.api#retryable/throttling)
      hint: write true or false as `throttling`
    "#);
}

#[test]
fn tokens_are_strings() {
    let token = member_with("smithy.api#Integer", json!({"smithy.api#idempotencyToken": {}}));
    insta::assert_snapshot!(say_input(json!({"token": token})), @r"
    error: smithy.api#idempotencyToken is for strings, and smithy.api#Integer is an integer
      --> one.json: a#In$token (/shapes/a#In/members/token/traits/smithy.api#idempotencyToken)
      hint: remove the trait, or target a string
    ");
}

#[test]
fn members_alone_cannot_be_sensitive() {
    let secret = member_with("smithy.api#String", json!({"smithy.api#sensitive": {}}));
    insta::assert_snapshot!(say_input(json!({"secret": secret})), @r"
    error: a member alone cannot be sensitive: its target would show in logs elsewhere
      --> one.json: a#In$secret (/shapes/a#In/members/secret/traits/smithy.api#sensitive)
      hint: put smithy.api#sensitive on the target; give the member a target of its own for that
    ");
}

#[test]
fn unknown_traits_are_warned_of_once() {
    let own = || member_with("smithy.api#String", json!({"b#own": {}}));
    insta::assert_snapshot!(say_input(json!({"x": own(), "y": own(), "z": own()})), @r"
    warning: trait b#own is unknown and ignored, here and 2 times more
      --> one.json: a#In$x (/shapes/a#In/members/x/traits/b#own)
      hint: a trait of your own has no effect on the client
    ");
}

#[test]
fn a_misspelt_trait_is_told_with_the_nearest_one() {
    let misspelt = member_with("smithy.api#String", json!({"smithy.api#requierd": {}}));
    insta::assert_snapshot!(say_input(json!({"x": misspelt})), @r"
    warning: trait smithy.api#requierd is unknown and ignored
      --> one.json: a#In$x (/shapes/a#In/members/x/traits/smithy.api#requierd)
      hint: did you mean smithy.api#required?
    ");
}

#[test]
fn traits_without_effect_are_warned_of() {
    let traits = json!({"smithy.api#required": {}, "smithy.api#httpHeader": "x"});
    insta::assert_snapshot!(say_shape(json!({"type": "string", "traits": traits})), @r"
    warning: trait smithy.api#required has no effect on a shape
      --> one.json: a#X (/shapes/a#X/traits/smithy.api#required)
      hint: remove it, or put it where Smithy expects it

    warning: trait smithy.api#httpHeader has no effect on a shape
      --> one.json: a#X (/shapes/a#X/traits/smithy.api#httpHeader)
      hint: remove it, or put it where Smithy expects it
    ");
}

#[test]
fn traits_that_a_client_does_not_need_are_passed_over() {
    let traits = json!({
        "smithy.api#tags": ["x"],
        "smithy.api#xmlName": "x",
        "aws.cloudformation#cfnMutability": "read",
        "smithy.api#references": [],
    });
    assert_eq!(say_input(json!({"x": member_with("smithy.api#String", traits)})), "fine");
}

#[test]
fn shapes_that_nothing_reaches_are_not_looked_at() {
    let said = say_shapes(json!({"a#Lost": {"type": "list", "member": member("a#Nowhere")}}));
    assert_eq!(said, "fine");
}

#[test]
fn documents_are_refused_where_the_protocol_has_none() {
    let with = |protocol: &str| {
        say_shapes(json!({
            "a#S": super::service(super::entry(protocol, json!({}))),
            "a#In": {"type": "structure", "members": {"x": member("smithy.api#Document"), "y": member("a#List")}},
            "a#List": {"type": "list", "member": member("smithy.api#Document")},
        }))
    };
    insta::assert_snapshot!(with("smithy.protocols#rpcv2Cbor"), @r"
    error: smithy.api#Document is a document, which no message of rpcv2Cbor can hold
      --> one.json: a#In$x (/shapes/a#In/members/x/target)
      hint: leave out the operations that reach it

    error: smithy.api#Document is a document, which no message of rpcv2Cbor can hold
      --> one.json: a#List$member (/shapes/a#List/member/target)
      hint: leave out the operations that reach it
    ");
    for protocol in ["restXml", "awsQuery", "ec2Query"] {
        let said = with(&format!("aws.protocols#{protocol}"));
        assert_eq!(said.matches(&format!("which no message of {protocol} can hold")).count(), 2, "{said}");
    }
    assert_eq!(with("smithy.protocols#rpcv2Json"), "fine");
}
