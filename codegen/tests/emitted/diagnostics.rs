//! What the generator says when it cannot make Rust of a model that is sound by itself.

use serde_json::{Value, json};

use crate::fixture::Fixture;

#[test]
fn streaming_blobs_are_refused() {
    let fixture = Fixture::new("streaming").simple("Bytes @streaming", "blob").operation(
        "GetBytes",
        "GET /bytes",
        &[],
        &["body: Bytes @httpPayload @required"],
        &[],
    );
    insta::assert_snapshot!(fixture.refusal(), @r"
    error: a streaming blob (fixture#Bytes) cannot be generated yet
      --> streaming.json: fixture#GetBytesOutput$body (/shapes/fixture#GetBytesOutput/members/body)
      hint: choose operations that do not reach this member, with --operations
    ");
}

#[test]
fn numbers_without_bounds_are_refused_wherever_they_stand() {
    let fixture = Fixture::new("big-numbers")
        .list("Prices", "BigDecimal")
        .structure("Bill", &["total: BigInteger", "prices: Prices"])
        .carries(&["Bill"]);
    insta::assert_snapshot!(fixture.refusal(), @r"
    error: a bigInteger (smithy.api#BigInteger) cannot be generated yet
      --> big-numbers.json: fixture#Bill$total (/shapes/fixture#Bill/members/total)
      hint: choose operations that do not reach this member, with --operations

    error: a bigDecimal (smithy.api#BigDecimal) cannot be generated yet
      --> big-numbers.json: fixture#Prices$member (/shapes/fixture#Prices/members/member)
      hint: choose operations that do not reach this member, with --operations
    ");
}

#[test]
fn all_problems_are_told_at_once() {
    let fixture = Fixture::new("several")
        .structure("Bill", &["total: BigInteger", "price: BigDecimal"])
        .service_trait("smithy.rules#endpointRuleSet", rules(json!([call("guess", json!([]))]), json!({})))
        .carries(&["Bill"]);
    assert_eq!(fixture.refusal().matches("error: ").count(), 3);
}

/// A rule set with one rule.
fn rules(conditions: Value, endpoint: Value) -> Value {
    let mut whole = json!({"url": "https://example.com"});
    if let (Value::Object(whole), Value::Object(endpoint)) = (&mut whole, endpoint) {
        whole.extend(endpoint);
    }
    json!({
        "version": "1.0",
        "parameters": {
            "Region": {"builtIn": "AWS::Region", "type": "String"},
            "UseFIPS": {"builtIn": "AWS::UseFIPS", "type": "Boolean", "required": true, "default": false},
        },
        "rules": [{"conditions": conditions, "endpoint": whole, "type": "endpoint"}],
    })
}

fn call(name: &str, arguments: Value) -> Value {
    json!({"fn": name, "argv": arguments})
}

/// What is said of a service with such a rule set.
fn say_rules(rules: Value) -> String {
    Fixture::new("rules")
        .service_trait("smithy.rules#endpointRuleSet", rules)
        .operation("Look", "GET /look", &[], &[], &[])
        .refusal()
}

#[test]
fn an_endpoint_function_that_nobody_knows_is_named() {
    insta::assert_snapshot!(say_rules(rules(json!([call("aws.guess", json!(["x"]))]), json!({}))), @r"
    error: the function `aws.guess` is not one that the generator knows
      --> rules.json: fixture#FixtureService (/shapes/fixture#FixtureService/traits/smithy.rules#endpointRuleSet/rules)
      hint: the rule set is described in Smithy's rules engine specification
    ");
}

#[test]
fn an_endpoint_function_without_its_argument_is_named() {
    insta::assert_snapshot!(say_rules(rules(json!([call("aws.partition", json!([]))]), json!({}))), @r"
    error: the function `aws.partition` lacks argument 1
      --> rules.json: fixture#FixtureService (/shapes/fixture#FixtureService/traits/smithy.rules#endpointRuleSet/rules)
      hint: the rule set is described in Smithy's rules engine specification
    ");
}

#[test]
fn a_reference_to_nothing_in_the_rules_is_named() {
    let conditions = json!([call("isSet", json!([{"ref": "Bucket"}]))]);
    insta::assert_snapshot!(say_rules(rules(conditions, json!({}))), @r"
    error: `Bucket` is neither a parameter nor assigned before
      --> rules.json: fixture#FixtureService (/shapes/fixture#FixtureService/traits/smithy.rules#endpointRuleSet/rules)
      hint: the rule set is described in Smithy's rules engine specification
    ");
}

#[test]
fn an_attribute_that_a_partition_does_not_have_is_named() {
    let conditions = json!([
        call("isSet", json!([{"ref": "Region"}])),
        {"fn": "aws.partition", "argv": [{"ref": "Region"}], "assign": "P"},
    ]);
    insta::assert_snapshot!(say_rules(rules(conditions, json!({"url": "https://{P#color}"}))), @r"
    error: there is no attribute `color` on a value of type Partition
      --> rules.json: fixture#FixtureService (/shapes/fixture#FixtureService/traits/smithy.rules#endpointRuleSet/rules)
      hint: the rule set is described in Smithy's rules engine specification
    ");
}

#[test]
fn a_text_is_no_condition() {
    let conditions = json!([call("substring", json!(["abc", 0, 1, false])), {"fn": "uriEncode", "argv": ["a b"]}]);
    insta::assert_snapshot!(say_rules(rules(conditions, json!({}))), @r"
    error: a condition is neither true nor false, and its result has no name
      --> rules.json: fixture#FixtureService (/shapes/fixture#FixtureService/traits/smithy.rules#endpointRuleSet/rules)
      hint: the rule set is described in Smithy's rules engine specification
    ");
}

#[test]
fn a_rule_of_no_kind_is_found_by_its_pointer() {
    let mut rules = rules(json!([]), json!({}));
    rules["rules"][0]["type"] = json!("guess");
    insta::assert_snapshot!(say_rules(rules), @r"
    error: the type of a rule is tree, error or endpoint
      --> rules.json: fixture#FixtureService (/shapes/fixture#FixtureService/traits/smithy.rules#endpointRuleSet/rules/0)
      hint: the rule set is described in Smithy's rules engine specification
    ");
}

#[test]
fn braces_of_a_template_must_match() {
    insta::assert_snapshot!(say_rules(rules(json!([]), json!({"url": "https://{Region.example.com"}))), @r"
    error: the braces of `https://{Region.example.com` do not match
      --> rules.json: fixture#FixtureService (/shapes/fixture#FixtureService/traits/smithy.rules#endpointRuleSet/rules/0/endpoint/url)
      hint: the rule set is described in Smithy's rules engine specification
    ");
}

#[test]
fn a_parameter_type_that_nobody_knows_is_named() {
    let mut rules = rules(json!([]), json!({}));
    rules["parameters"]["Region"]["type"] = json!("Place");
    insta::assert_snapshot!(say_rules(rules), @r"
    error: parameter type `place` is none of String, Boolean and StringArray
      --> rules.json: fixture#FixtureService (/shapes/fixture#FixtureService/traits/smithy.rules#endpointRuleSet/parameters/Region)
      hint: the rule set is described in Smithy's rules engine specification
    ");
}

#[test]
fn members_that_rust_cannot_tell_apart_are_refused() {
    let fixture =
        Fixture::new("same-members").structure("Thing", &["fooBar: String", "foo_bar: String"]).carries(&["Thing"]);
    insta::assert_snapshot!(fixture.refusal(), @r"
    error: fooBar and foo_bar would both be `foo_bar` in Rust
      --> same-members.json: fixture#Thing$foo_bar (/shapes/fixture#Thing/members/foo_bar)
      hint: rename one of them; `jsonName` and `enumValue` keep what is sent
    ");
}

#[test]
fn values_of_an_enum_that_rust_cannot_tell_apart_are_refused() {
    let fixture = Fixture::new("same-values")
        .string_enum("Kind", &["TLS_1_2 @enumValue(\"1.2\")", "TLS_12 @enumValue(\"12\")"])
        .carries(&["Kind"]);
    insta::assert_snapshot!(fixture.refusal(), @r"
    error: TLS_1_2 and TLS_12 would both be `Tls12` in Rust
      --> same-values.json: fixture#Kind$TLS_12 (/shapes/fixture#Kind/members/TLS_12)
      hint: rename one of them; `jsonName` and `enumValue` keep what is sent
    ");
}

#[test]
fn shapes_that_rust_cannot_tell_apart_are_refused() {
    let fixture = Fixture::new("same-shapes")
        .structure("other#Thing", &["name: String"])
        .structure("Thing", &["size: Integer"])
        .carries(&["Thing", "other#Thing"]);
    insta::assert_snapshot!(fixture.refusal(), @r"
    error: fixture#Thing and other#Thing would have the same name
      --> same-shapes.json: fixture#FixtureService (/shapes/fixture#FixtureService)
      hint: give one of them another name under `rename` of the service
    ");
}

#[test]
fn shapes_and_operations_that_would_have_one_name_are_refused() {
    let fixture = Fixture::new("same-names")
        .structure("Thing_One", &["name: String"])
        .structure("ThingOne", &["size: Integer"])
        .operation("Do_it", "POST /do", &["one: Thing_One", "other: ThingOne"], &[], &[])
        .operation("DoIt", "POST /did", &[], &[], &[]);
    insta::assert_snapshot!(fixture.refusal(), @r"
    error: fixture#ThingOne and fixture#Thing_One would both be `ThingOne` in Rust
      --> same-names.json: fixture#Thing_One (/shapes/fixture#Thing_One)
      hint: give one of them another name, for shapes under `rename` of the service

    error: fixture#DoIt and fixture#Do_it would both be `do_it` in Rust
      --> same-names.json: fixture#Do_it (/shapes/fixture#Do_it)
      hint: give one of them another name, for shapes under `rename` of the service
    ");
}

#[test]
fn shapes_whose_methods_would_have_one_name_are_refused() {
    let fixture = Fixture::new("same-methods")
        .union("Either", &["IPV4_Net: String", "IPv4Net: String"])
        .structure("IPV4_Gone @error(\"client\")", &[])
        .structure("IPv4Gone @error(\"client\")", &[])
        .operation("DoIt", "POST /do", &["either: Either"], &[], &["IPV4_Gone", "IPv4Gone"]);
    insta::assert_snapshot!(fixture.refusal(), @r"
    error: fixture#IPV4_Gone and fixture#IPv4Gone would both be `is_ipv4_gone` in Rust
      --> same-methods.json: fixture#IPv4Gone (/shapes/fixture#IPv4Gone)
      hint: give one of them another name, for shapes under `rename` of the service

    error: IPV4_Net and IPv4Net would both be `is_ipv4_net` in Rust
      --> same-methods.json: fixture#Either$IPv4Net (/shapes/fixture#Either/members/IPv4Net)
      hint: rename one of them; `jsonName` and `enumValue` keep what is sent
    ");
}
