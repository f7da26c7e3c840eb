//! Endpoint rules: what of them is refused, and in which words.

use serde_json::{Value, json};

use crate::fixture::Fixture;

/// A rule set with one rule.
pub(crate) fn rules(conditions: Value, endpoint: Value) -> Value {
    let mut whole = json!({"url": "https://example.com"});
    if let (Value::Object(whole), Value::Object(endpoint)) = (&mut whole, endpoint) {
        whole.extend(endpoint);
    }
    json!({
        "version": "1.0",
        "parameters": {
            "Region": {"builtIn": "AWS::Region", "type": "String"},
            "UseFIPS": {"builtIn": "AWS::UseFIPS", "type": "Boolean", "required": true, "default": false},
            "Names": {"type": "StringArray"},
        },
        "rules": [{"conditions": conditions, "endpoint": whole, "type": "endpoint"}],
    })
}

/// A function call.
pub(crate) fn call(name: &str, arguments: Value) -> Value {
    json!({"fn": name, "argv": arguments})
}

/// A function call whose result has a name.
pub(crate) fn assign(name: &str, call: Value) -> Value {
    let mut call = call;
    call["assign"] = json!(name);
    call
}

/// A reference to a parameter or a result.
pub(crate) fn reference(name: &str) -> Value {
    json!({"ref": name})
}

/// A service with one operation and such a rule set.
pub(crate) fn service(rules: Value) -> Fixture {
    Fixture::new("rules").service_trait("smithy.rules#endpointRuleSet", rules).operation(
        "Look",
        "GET /look",
        &[],
        &[],
        &[],
    )
}

/// What is said of a service with such a rule set: places below the rule set, and what is wrong there.
fn said(rules: Value) -> String {
    said_of(&service(rules))
}

fn said_of(fixture: &Fixture) -> String {
    let refusal = fixture.refusal();
    let place =
        "  --> rules.json: fixture#FixtureService (/shapes/fixture#FixtureService/traits/smithy.rules#endpointRuleSet";
    let place = |line: &str| line.strip_prefix(place).map(|rest| format!("  {}", rest.trim_end_matches(')')));
    let lines = refusal.lines().map(|line| place(line).unwrap_or_else(|| line.to_owned()));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// What is said of a rule with one condition.
fn said_of_condition(condition: Value) -> String {
    said(rules(json!([call("isSet", json!([{"ref": "Region"}])), condition]), json!({})))
}

#[test]
fn a_problem_is_told_with_its_place_and_what_to_do() {
    let unknown = rules(json!([call("aws.partitoin", json!(["x"]))]), json!({}));
    insta::assert_snapshot!(service(unknown).refusal(), @r"
    error: the function `aws.partitoin` is not one that the generator knows
      --> rules.json: fixture#FixtureService (/shapes/fixture#FixtureService/traits/smithy.rules#endpointRuleSet/rules/0/conditions/0/fn)
      hint: did you mean aws.partition?
    ");
}

#[test]
fn functions_get_as_many_arguments_as_they_take() {
    let one = call("aws.partition", json!([]));
    let two = call("stringEquals", json!(["a", "b", "c"]));
    let three = call("not", json!([]));
    insta::assert_snapshot!([one, two, three].map(said_of_condition).join("\n"), @r"
    error: the function `aws.partition` takes 1 argument, not 0
      /rules/0/conditions/1/argv
      hint: the functions are in Smithy's rules engine specification
    error: the function `stringEquals` takes 2 arguments, not 3
      /rules/0/conditions/1/argv
      hint: the functions are in Smithy's rules engine specification
    error: the function `not` takes 1 argument, not 0
      /rules/0/conditions/1/argv
      hint: the functions are in Smithy's rules engine specification
    ");
}

#[test]
fn functions_get_what_they_take() {
    let conditions = [
        call("booleanEquals", json!([reference("Region"), true])),
        call("not", json!([reference("Region")])),
        call("not", json!([call("aws.partition", json!([reference("Region")]))])),
        call("stringEquals", json!([reference("UseFIPS"), "x"])),
        call("stringEquals", json!([reference("Names"), "x"])),
        call("substring", json!([reference("Region"), -1, 2, false])),
        call("substring", json!([reference("Region"), 0, "2", false])),
        call("substring", json!([reference("Region"), 0, 4_294_967_296_u64, false])),
        call("isValidHostLabel", json!([reference("Region"), "x"])),
        call("getAttr", json!([reference("Region"), reference("Region")])),
        call("aws.partition", json!([true])),
    ];
    insta::assert_snapshot!(conditions.map(said_of_condition).join("\n"), @r"
    error: the function `booleanEquals` takes a boolean here, not a string
      /rules/0/conditions/1/argv/0
      hint: the functions are in Smithy's rules engine specification
    error: the function `not` takes a boolean here, not a string
      /rules/0/conditions/1/argv/0
      hint: the functions are in Smithy's rules engine specification
    error: the function `not` takes a boolean here, not a partition that may be absent
      /rules/0/conditions/1/argv/0
      hint: the functions are in Smithy's rules engine specification
    error: the function `stringEquals` takes a string here, not a boolean
      /rules/0/conditions/1/argv/0
      hint: the functions are in Smithy's rules engine specification
    error: the function `stringEquals` takes a string here, not a list of strings that may be absent
      /rules/0/conditions/1/argv/0
      hint: the functions are in Smithy's rules engine specification
    error: the function `substring` takes a whole number that is not negative here, not -1
      /rules/0/conditions/1/argv/1
      hint: the functions are in Smithy's rules engine specification
    error: the function `substring` takes a whole number that is not negative here, not a string
      /rules/0/conditions/1/argv/2
      hint: the functions are in Smithy's rules engine specification
    error: the function `substring` takes a whole number that is not negative here, not 4294967296
      /rules/0/conditions/1/argv/2
      hint: the functions are in Smithy's rules engine specification
    error: the function `isValidHostLabel` takes a boolean here, not a string
      /rules/0/conditions/1/argv/1
      hint: the functions are in Smithy's rules engine specification
    error: the function `getAttr` takes a literal that names an attribute here, not a string
      /rules/0/conditions/1/argv/1
      hint: the functions are in Smithy's rules engine specification
    error: the function `aws.partition` takes a string here, not a boolean
      /rules/0/conditions/1/argv/0
      hint: the functions are in Smithy's rules engine specification
    ");
}

#[test]
fn references_are_to_what_is_in_scope() {
    let later = json!({"conditions": [], "error": "{P#name}", "type": "error"});
    let mut outside = rules(
        json!([
            call("isSet", json!([reference("Region")])),
            assign("P", call("aws.partition", json!([reference("Region")]))),
        ]),
        json!({}),
    );
    outside["rules"].as_array_mut().expect("an array was written above").push(later);
    let unknown = said_of_condition(call("isSet", json!([reference("Regoin")])));
    insta::assert_snapshot!([unknown, said(outside)].join("\n"), @r"
    error: `Regoin` is neither a parameter nor assigned before
      /rules/0/conditions/1/argv/0
      hint: did you mean Region?
    error: `P` is neither a parameter nor assigned before
      /rules/1/error
      hint: declare it under `parameters`
    ");
}

#[test]
fn a_name_has_one_meaning() {
    let partition = || call("aws.partition", json!([reference("Region")]));
    let shadow = said_of_condition(assign("Region", partition()));
    let twice = said(rules(json!([assign("P", partition()), assign("P", partition())]), json!({})));
    insta::assert_snapshot!([shadow, twice].join("\n"), @r"
    error: `Region` is assigned where something has that name already
      /rules/0/conditions/1/assign
      hint: a name of the rules language has one meaning: choose another
    error: `P` is assigned where something has that name already
      /rules/0/conditions/1/assign
      hint: a name of the rules language has one meaning: choose another
    ");
}

#[test]
fn names_are_identifiers() {
    let partition = || call("aws.partition", json!([reference("Region")]));
    let assigned = ["a²", "", "_", "1a", "a-b", "x\ny"].map(|name| said_of_condition(assign(name, partition())));
    let mut named = rules(json!([]), json!({}));
    named["parameters"]["Größe"] = json!({"type": "String"});
    insta::assert_snapshot!([assigned.join("\n"), said(named)].join("\n"), @r"
    error: `a²` is not a name of the rules language
      /rules/0/conditions/1/assign
      hint: a name has letters of ASCII, digits and underscores, and begins with a letter
    error: `` is not a name of the rules language
      /rules/0/conditions/1/assign
      hint: a name has letters of ASCII, digits and underscores, and begins with a letter
    error: `_` is not a name of the rules language
      /rules/0/conditions/1/assign
      hint: a name has letters of ASCII, digits and underscores, and begins with a letter
    error: `1a` is not a name of the rules language
      /rules/0/conditions/1/assign
      hint: a name has letters of ASCII, digits and underscores, and begins with a letter
    error: `a-b` is not a name of the rules language
      /rules/0/conditions/1/assign
      hint: a name has letters of ASCII, digits and underscores, and begins with a letter
    error: `x\ny` is not a name of the rules language
      /rules/0/conditions/1/assign
      hint: a name has letters of ASCII, digits and underscores, and begins with a letter
    error: `Größe` is not a name of the rules language
      /parameters/Größe
      hint: a name has letters of ASCII, digits and underscores, and begins with a letter
    ");
}

#[test]
fn parameters_do_not_meet_in_rust() {
    let mut named = rules(json!([]), json!({}));
    for name in ["region", "SetRegion", "use_fips"] {
        named["parameters"][name] = json!({"type": "String"});
    }
    named["parameters"]["Fips"] = json!({"type": "Boolean", "builtIn": "AWS::UseFIPS"});
    insta::assert_snapshot!(said(named), @r"
    error: the parameters Region and region would both have the method `set_region`
      /parameters/region
      hint: rename one of them
    error: the parameters Region and region would both have the method `region`
      /parameters/region
      hint: rename one of them
    error: the parameters region and SetRegion would both have the method `set_region`
      /parameters/SetRegion
      hint: rename one of them
    error: the parameters UseFIPS and use_fips would both have the method `set_use_fips`
      /parameters/use_fips
      hint: rename one of them
    error: the parameters UseFIPS and use_fips would both have the method `use_fips`
      /parameters/use_fips
      hint: rename one of them
    error: the parameters UseFIPS and Fips both take the built-in AWS::UseFIPS
      /parameters/Fips/builtIn
      hint: one parameter for each built-in is enough
    ");
}

#[test]
fn defaults_and_built_ins_have_the_type_of_their_parameter() {
    let mut typed = rules(json!([]), json!({}));
    typed["parameters"]["Region"]["type"] = json!("Boolean");
    typed["parameters"]["UseFIPS"]["default"] = json!("no");
    typed["parameters"]["Names"]["default"] = json!(["a", 1]);
    typed["parameters"]["Account"] = json!({"type": "String", "default": 5});
    insta::assert_snapshot!(said(typed), @r"
    error: Region is a boolean, and its built-in AWS::Region is a string
      /parameters/Region/type
      hint: give the parameter the type of its built-in
    error: the default of UseFIPS is not a boolean
      /parameters/UseFIPS/default
      hint: write a default of the parameter's type
    error: the default of Names is not a list of strings
      /parameters/Names/default
      hint: write a default of the parameter's type
    error: the default of Account is not a string
      /parameters/Account/default
      hint: write a default of the parameter's type
    ");
}

#[test]
fn texts_are_made_of_texts() {
    let conditions = || {
        json!([
            call("isSet", json!([reference("Region")])),
            call("isSet", json!([reference("Names")])),
            assign("P", call("aws.partition", json!([reference("Region")]))),
        ])
    };
    let url = |url: Value| said(rules(conditions(), json!({"url": url})));
    let urls =
        [json!("https://{P}"), json!("{Names}"), json!("{UseFIPS}"), json!("{P#color}"), reference("P"), json!(3)];
    let more = json!({
        "properties": {"a": ["{P}", 1.5], "b": {"c": "{"}},
        "headers": {"X-A": ["{Names}", "{Region}"], "not a header": ["a"]},
    });
    let (more, broken) = (said(rules(conditions(), more)), url(json!("https://{Region")));
    insta::assert_snapshot!([urls.map(url).join("\n"), more, broken].join("\n"), @r"
    error: a text is made of `P`, and that is a partition
      /rules/0/endpoint/url
      hint: take one of its attributes
    error: a text is made of `Names`, and that is a list of strings
      /rules/0/endpoint/url
      hint: take one of its attributes
    error: a text is made of `UseFIPS`, and that is a boolean
      /rules/0/endpoint/url
      hint: take one of its attributes
    error: there is no attribute `color` on a partition
      /rules/0/endpoint/url
      hint: the attributes of partitions, ARNs and URLs are in Smithy's rules engine specification
    error: a string is wanted here, and this is a partition
      /rules/0/endpoint/url
      hint: write a string or a template
    error: a string is wanted here, and this is a number
      /rules/0/endpoint/url
      hint: write a string or a template
    error: a text is made of `P`, and that is a partition
      /rules/0/endpoint/properties/a/0
      hint: take one of its attributes
    error: a number of an endpoint property is an integer
      /rules/0/endpoint/properties/a/1
      hint: write an integer
    error: the braces of `{` do not match
      /rules/0/endpoint/properties/b/c
      hint: the rule set is described in Smithy's rules engine specification
    error: a text is made of `Names`, and that is a list of strings
      /rules/0/endpoint/headers/X-A/0
      hint: take one of its attributes
    error: this is not the name of a header
      /rules/0/endpoint/headers/not a header
      hint: a header has letters of ASCII, digits and hyphens
    error: the braces of `https://{Region` do not match
      /rules/0/endpoint/url
      hint: the rule set is described in Smithy's rules engine specification
    ");
}

#[test]
fn conditions_are_calls_that_hold_or_do_not() {
    let conditions = [
        call("uriEncode", json!(["a b"])),
        call("split", json!(["a b", " ", 0])),
        json!({"ref": "Region"}),
        json!({"fn": "isSet", "argv": [{"ref": "Region"}], "assign": 5}),
        json!("true"),
        json!(true),
    ];
    insta::assert_snapshot!(conditions.map(said_of_condition).join("\n"), @r"
    error: a condition is neither true nor false: it gives a string, and its result has no name
      /rules/0/conditions/1
      hint: name the result by `assign`, or compare it
    error: a condition is neither true nor false: it gives a list of strings, and its result has no name
      /rules/0/conditions/1
      hint: name the result by `assign`, or compare it
    error: a condition calls a function
      /rules/0/conditions/1
      hint: the rule set is described in Smithy's rules engine specification
    error: a string is wanted here
      /rules/0/conditions/1/assign
      hint: the rule set is described in Smithy's rules engine specification
    error: an object is wanted here
      /rules/0/conditions/1
      hint: the rule set is described in Smithy's rules engine specification
    error: an object is wanted here
      /rules/0/conditions/1
      hint: the rule set is described in Smithy's rules engine specification
    ");
}

#[test]
fn a_rule_set_has_its_form() {
    let changed = |pointer: &str, value: Value| {
        let mut rules = rules(json!([]), json!({}));
        *rules.pointer_mut(pointer).unwrap_or_else(|| panic!("nothing at {pointer}")) = value;
        said(rules)
    };
    let all = [
        changed("/rules/0/type", json!("guess")),
        changed("/rules/0/conditions", json!({})),
        changed("/rules/0/endpoint", json!([])),
        changed("/rules/0/endpoint/url", json!(null)),
        changed("/parameters/Region/type", json!("Place")),
        changed("/parameters/Region/builtIn", json!(5)),
    ];
    insta::assert_snapshot!(all.join("\n"), @r"
    error: the type of a rule is tree, error or endpoint
      /rules/0
      hint: the rule set is described in Smithy's rules engine specification
    error: an array is wanted here
      /rules/0/conditions
      hint: the rule set is described in Smithy's rules engine specification
    error: an object is wanted here
      /rules/0/endpoint
      hint: the rule set is described in Smithy's rules engine specification
    error: an expression is a literal, a `ref` or a `fn` with `argv`
      /rules/0/endpoint/url
      hint: the rule set is described in Smithy's rules engine specification
    error: parameter type `place` is none of String, Boolean and StringArray
      /parameters/Region
      hint: the rule set is described in Smithy's rules engine specification
    error: a string is wanted here
      /parameters/Region/builtIn
      hint: the rule set is described in Smithy's rules engine specification
    ");
}

#[test]
fn all_problems_of_a_rule_set_are_told_at_once() {
    let conditions = json!([call("guess", json!([])), call("not", json!([reference("Region")])), reference("x")]);
    let mut conditions = conditions;
    conditions.as_array_mut().expect("an array was written above").pop();
    let several = rules(conditions, json!({"url": "{Zone}", "headers": {"a": ["{Names}"]}}));
    assert_eq!(service(several).refusal().matches("error: ").count(), 4);
}

/// Parameters that operations fill with what does not fit.
#[test]
fn operations_fill_parameters_with_values_of_their_type() {
    let static_params = json!({"UseFIPS": {"value": "yes"}, "Region": {"value": true}, "Names": {"value": ["a", 1]}});
    let paths = json!({
        "Region": {"path": "things"},
        "Names": {"path": "things[*].parts[*].name"},
        "UseFIPS": {"path": "flag.other"},
    });
    let fixture = Fixture::new("rules")
        .service_trait("smithy.rules#endpointRuleSet", rules(json!([]), json!({})))
        .structure("Thing", &["parts: Parts"])
        .structure("Part", &["name: String", "size: Integer"])
        .list("Things", "Thing")
        .list("Parts", "Part")
        .operation(&format!("Fix @smithy.rules#staticContextParams({static_params})"), "POST /fix", &[], &[], &[])
        .operation(
            &format!("Look @smithy.rules#operationContextParams({paths})"),
            "POST /look",
            &[
                "things: Things",
                "flag: Boolean @smithy.rules#contextParam({\"name\": \"Region\"})",
                "size: Integer @smithy.rules#contextParam({\"name\": \"Region\"})",
            ],
            &[],
            &[],
        );
    insta::assert_snapshot!(fixture.refusal(), @r#"
    error: ["a",1] is no value of an endpoint parameter that is a list of strings
      --> rules.json: fixture#Fix (/shapes/fixture#Fix/traits/smithy.rules#staticContextParams/Names/value)
      hint: the endpoint parameter Names is a list of strings

    error: true is no value of an endpoint parameter that is a string
      --> rules.json: fixture#Fix (/shapes/fixture#Fix/traits/smithy.rules#staticContextParams/Region/value)
      hint: the endpoint parameter Region is a string

    error: "yes" is no value of an endpoint parameter that is a boolean
      --> rules.json: fixture#Fix (/shapes/fixture#Fix/traits/smithy.rules#staticContextParams/UseFIPS/value)
      hint: the endpoint parameter UseFIPS is a boolean

    error: this gives a boolean, where a string is wanted
      --> rules.json: fixture#LookInput$flag (/shapes/fixture#LookInput/members/flag/traits/smithy.rules#contextParam)
      hint: the endpoint parameter Region is a string

    error: this gives a value that no endpoint parameter can have, where a string is wanted
      --> rules.json: fixture#LookInput$size (/shapes/fixture#LookInput/members/size/traits/smithy.rules#contextParam)
      hint: the endpoint parameter Region is a string

    error: this gives a value that no endpoint parameter can have, where a list of strings is wanted
      --> rules.json: fixture#Look (/shapes/fixture#Look/traits/smithy.rules#operationContextParams/Names/path)
      hint: the endpoint parameter Names is a list of strings

    error: this gives a value that no endpoint parameter can have, where a string is wanted
      --> rules.json: fixture#Look (/shapes/fixture#Look/traits/smithy.rules#operationContextParams/Region/path)
      hint: the endpoint parameter Region is a string

    error: `other` is looked for in a boolean
      --> rules.json: fixture#Look (/shapes/fixture#Look/traits/smithy.rules#operationContextParams/UseFIPS/path)
      hint: the endpoint parameter UseFIPS is a boolean
    "#);
}

#[test]
fn a_constant_stands_above_a_member_and_a_member_above_a_path() {
    let paths = json!({"Region": {"path": "other"}, "Zone": {"path": "other"}});
    let fixed = json!({"Region": {"value": "fixed"}});
    let mut rules = rules(json!([]), json!({}));
    rules["parameters"]["Zone"] = json!({"type": "String"});
    let operation =
        format!("Look @smithy.rules#staticContextParams({fixed}) @smithy.rules#operationContextParams({paths})");
    let fixture = Fixture::new("precedence").service_trait("smithy.rules#endpointRuleSet", rules).operation(
        &operation,
        "POST /look",
        &[
            "region: String @smithy.rules#contextParam({\"name\": \"Region\"})",
            "zone: String @smithy.rules#contextParam({\"name\": \"Zone\"})",
            "other: String",
        ],
        &[],
        &[],
    );
    let endpoint = fixture.file("src/config/endpoint.rs");
    let arm = endpoint.split("match operation {").nth(1).and_then(|arms| arms.split("_ =>").next());
    insta::assert_snapshot!(arm.unwrap_or_default().trim(), @r#"
    "Look" => {
                params.region = Some("fixed".to_owned());
                params.zone = text(input, &[Step::Member(1)]);
            }
    "#);
}

#[test]
fn a_path_that_is_not_understood_is_told() {
    let paths = json!({"Region": {"path": "things[0:1]"}});
    let operation = format!("Look @smithy.rules#operationContextParams({paths})");
    let fixture = Fixture::new("rules")
        .service_trait("smithy.rules#endpointRuleSet", rules(json!([]), json!({})))
        .operation(&operation, "POST /look", &["name: String"], &[], &[]);
    insta::assert_snapshot!(fixture.refusal(), @r"
    error: the path `things[0:1]`: the expression is not understood from `0:1]` on
      --> rules.json: fixture#Look (/shapes/fixture#Look/traits/smithy.rules#operationContextParams/Region/path)
      hint: write an expression of JMESPath, without slices, hashes, references, and functions that are not named here
    ");
}

#[test]
fn what_the_client_cannot_fill_is_a_warning() {
    let mut with_more = rules(json!([]), json!({}));
    with_more["parameters"]["Accelerate"] = json!({"type": "Boolean", "builtIn": "AWS::S3::Accelerate"});
    let operation = "Look @smithy.rules#staticContextParams({\"Zone\": {\"value\": \"a\"}})";
    let fixture = Fixture::new("rules").service_trait("smithy.rules#endpointRuleSet", with_more).operation(
        operation,
        "POST /look",
        &[],
        &[],
        &[],
    );
    let warnings: Vec<String> = fixture.generated().warnings.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(warnings.join("\n"), @r"
    the endpoint rules have no parameter Zone
      --> rules.json: fixture#Look (/shapes/fixture#Look/traits/smithy.rules#staticContextParams/Zone/value)
      hint: it has no effect on the client; correct its name
    the client has no setting for the built-in AWS::S3::Accelerate of the endpoint rules
      --> rules.json: fixture#FixtureService (/shapes/fixture#FixtureService/traits/smithy.rules#endpointRuleSet/parameters/Accelerate/builtIn)
      hint: the parameter Accelerate has its default, unless an operation fills it
    ");
}
