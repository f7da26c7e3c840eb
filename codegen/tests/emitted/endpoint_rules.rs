//! Endpoint rules: what of them is refused and in which words, and that odd names make Rust that compiles.

use serde_json::{Value, json};
use std::fs;
use std::path::Path;

use crate::fixture::Fixture;

/// The fixtures of this file.
pub(crate) const FIXTURES: &[fn() -> Fixture] = &[odd_names, every_function, input_paths];

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
fn assign(name: &str, call: Value) -> Value {
    let mut call = call;
    call["assign"] = json!(name);
    call
}

fn reference(name: &str) -> Value {
    json!({"ref": name})
}

fn service(rules: Value) -> Fixture {
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

    error: the step `other` does not fit the shape smithy.api#Boolean
      --> rules.json: fixture#Look (/shapes/fixture#Look/traits/smithy.rules#operationContextParams/UseFIPS/path)
      hint: the endpoint parameter UseFIPS is a boolean
    "#);
}

#[test]
fn a_path_that_is_not_understood_is_told() {
    let paths = json!({"Region": {"path": "things[0]"}});
    let operation = format!("Look @smithy.rules#operationContextParams({paths})");
    let fixture = Fixture::new("rules")
        .service_trait("smithy.rules#endpointRuleSet", rules(json!([]), json!({})))
        .operation(&operation, "POST /look", &["name: String"], &[], &[]);
    insta::assert_snapshot!(fixture.refusal(), @r"
    error: the path `things[0]`: the expression is not understood from `[0]` on
      --> rules.json: fixture#Look (/shapes/fixture#Look/traits/smithy.rules#operationContextParams/Region/path)
      hint: a path has members, [*], .*, [], [a, b] and keys(..), as Smithy's rules engine specification says
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

/// Parameters and results named with words of Rust, and with names that the emitted rules use themselves.
pub(crate) fn odd_names() -> Fixture {
    let names = ["Params", "type", "self", "crate", "At", "partition", "functions", "format", "Some", "resolve", "fn"];
    let parameters = names.iter().map(|name| ((*name).to_owned(), json!({"type": "String"})));
    let mut parameters: serde_json::Map<String, Value> = parameters.collect();
    parameters.insert("Region".to_owned(), json!({"builtIn": "AWS::Region", "type": "String"}));
    let set = |name: &str| call("isSet", json!([reference(name)]));
    let mut conditions: Vec<Value> = names.iter().chain(&["Region"]).map(|name| set(name)).collect();
    for name in ["match", "ref", "text", "bag", "Endpoint", "params_of_call", "NO_RULE"] {
        conditions.push(assign(name, call("aws.partition", json!([reference("Region")]))));
    }
    conditions.push(assign("arn", call("aws.parseArn", json!([reference("partition")]))));
    conditions.push(call("aws.partition", json!([reference("At")])));
    // S3 Control has such pairs.
    conditions.push(assign("region", call("getAttr", json!([reference("match"), "implicitGlobalRegion"]))));
    conditions.push(assign("ParamsValue", call("getAttr", json!([reference("ref"), "name"]))));
    let url = "https://{type}.{self}.{crate}.{Params}.{match#name}.{ref#dnsSuffix}.{arn#resourceId[0]}.{fn}.{At}.{region}.{Region}.{ParamsValue}";
    let rule = json!({"conditions": conditions, "endpoint": {"url": url}, "type": "endpoint"});
    let rules = json!({"version": "1.0", "parameters": parameters, "rules": [rule]});
    service(rules).named("odd-names-of-rules")
}

#[test]
fn names_of_rules_may_be_words_of_rust() {
    let endpoint = odd_names().file("src/config/endpoint.rs");
    let resolve = endpoint.split("\n\n").find(|item| item.contains("\nfn resolve("));
    insta::assert_snapshot!(resolve.unwrap_or_default(), @r#"
    /// The rules, in their order: the first that fits decides.
    fn resolve(params: &Params) -> Result<Endpoint, BoxError> {
        if let Some(params_value) = params.params.as_deref()
            && let Some(r#type) = params.r#type.as_deref()
            && let Some(self_) = params.self_.as_deref()
            && let Some(crate_) = params.crate_.as_deref()
            && let Some(at_value) = params.at.as_deref()
            && let Some(partition_value) = params.partition.as_deref()
            && params.functions.as_deref().is_some() && params.format.as_deref().is_some()
            && params.some.as_deref().is_some() && params.resolve.as_deref().is_some()
            && let Some(r#fn) = params.r#fn.as_deref()
            && let Some(region) = params.region.as_deref()
            && let Some(r#match) = partition(region) && let Some(r#ref) = partition(region)
            && partition(region).is_some() && partition(region).is_some()
            && partition(region).is_some() && partition(region).is_some()
            && partition(region).is_some()
            && let Some(arn) = functions::parse_arn(partition_value)
            && partition(at_value).is_some()
            && let Some(region_value) = Some(r#match.implicit_global_region)
            && let Some(params_value_value) = Some(r#ref.name)
        {
            return Ok(
                at(
                    format!(
                        "https://{}.{self_}.{crate_}.{params_value}.{}.{}.{}.{}.{at_value}.{region_value}.{region}.{params_value_value}",
                        r#type, r#match.name, r#ref.dns_suffix, arn.resource_id.get(0).map(|
                        text | & * * text).unwrap_or_default(), r#fn
                    ),
                ),
            );
        }
        Err(NO_RULE.into())
    }
    "#);
}

/// Every function, with arguments of every type that it takes.
pub(crate) fn every_function() -> Fixture {
    let region = || reference("Region");
    let conditions = json!([
        call("not", json!([call("isSet", json!([reference("Names")]))])),
        call("booleanEquals", json!([reference("Maybe"), reference("UseFIPS")])),
        call("booleanEquals", json!([reference("UseFIPS"), reference("Maybe")])),
        call("booleanEquals", json!([reference("Maybe"), reference("Maybe")])),
        call("booleanEquals", json!([true, true])),
        call("not", json!([reference("Maybe")])),
        call("not", json!([reference("UseFIPS")])),
        call("stringEquals", json!([region(), "{Region}"])),
        call("isSet", json!([call("aws.partition", json!([region()]))])),
        call("aws.parseArn", json!([region()])),
        assign("Arn", call("aws.parseArn", json!([region()]))),
        assign("Resource", call("getAttr", json!([reference("Arn"), "resourceId"]))),
        assign("First", call("getAttr", json!([reference("Resource"), "[0]"]))),
        assign("Second", call("getAttr", json!([reference("Arn"), "resourceId[1]"]))),
        assign("Url", call("parseURL", json!(["https://{First}"]))),
        assign("Scheme", call("getAttr", json!([reference("Url"), "scheme"]))),
        call("getAttr", json!([reference("Url"), "isIp"])),
        assign("Encoded", call("uriEncode", json!([reference("Scheme")]))),
        assign("Parts", call("split", json!([reference("Encoded"), "-", 2]))),
        assign("Part", call("getAttr", json!([reference("Parts"), "[1]"]))),
        assign("Start", call("substring", json!([reference("Part"), 0, 3, true]))),
        assign("Is", call("isValidHostLabel", json!([reference("Start"), reference("UseFIPS")]))),
        call("booleanEquals", json!([reference("Is"), false])),
        call("aws.isVirtualHostableS3Bucket", json!(["{Arn#region}", true])),
    ]);
    let endpoint = json!({
        "url": reference("Scheme"),
        "properties": {"a": [null, true, 5, "{Second}"], "b": {"c": "plain"}},
        "headers": {"X-Part": [reference("Part"), "{Parts#[0]}", "plain"]},
    });
    let mut rules = rules(conditions, endpoint);
    rules["parameters"]["Maybe"] = json!({"type": "Boolean"});
    service(rules).named("functions-of-rules")
}

/// Parameters from everywhere in the input.
pub(crate) fn input_paths() -> Fixture {
    let paths = json!({
        "Names": {"path": "things[*].[name, kind.first][]"},
        "Keys": {"path": "keys(byName)"},
        "Deep": {"path": "byName.*.parts[].name"},
        "Flag": {"path": "thing.flag"},
        "Region": {"path": "thing.kind.second"},
    });
    let list = || json!({"type": "stringArray"});
    let mut rules = rules(json!([]), json!({}));
    rules["parameters"]["Keys"] = list();
    rules["parameters"]["Deep"] = list();
    rules["parameters"]["Flag"] = json!({"type": "boolean"});
    Fixture::new("input-paths")
        .service_trait("smithy.rules#endpointRuleSet", rules)
        .union("Kind", &["first: String", "second: Word"])
        .string_enum("Word", &["ONE", "TWO"])
        .structure("Thing", &["name: String", "kind: Kind", "flag: Boolean", "parts: Parts"])
        .structure("Part", &["name: String"])
        .list("Things", "Thing")
        .list("Parts", "Part")
        .map("ByName", "Thing")
        .operation(
            &format!("Look @smithy.rules#operationContextParams({paths})"),
            "POST /look",
            &["thing: Thing", "things: Things", "byName: ByName"],
            &[],
            &[],
        )
        .operation(
            "Fix @smithy.rules#staticContextParams({\"Names\": {\"value\": [\"a\", \"b\"]}})",
            "POST /fix",
            &["flag: Boolean @smithy.rules#contextParam({\"name\": \"Flag\"})"],
            &[],
            &[],
        )
}

#[test]
fn paths_into_the_input_are_tables() {
    let endpoint = input_paths().file("src/config/endpoint.rs");
    let params = endpoint.split("\n\n").find(|item| item.contains("fn params_of_call("));
    insta::assert_snapshot!(params.unwrap_or_default(), @r#"
    /// The parameters of a call: its client's settings, and what the operation says.
    pub(crate) fn params_of_call(
        bag: &ConfigBag,
        operation: &'static str,
        input: &dyn Shape,
    ) -> Result<EndpointResolverParams, BoxError> {
        let params = Params::builder().set_region(region(bag)).set_use_fips(use_fips(bag));
        let params = match operation {
            "Fix" => {
                params
                    .set_names(Some(vec!["a".to_owned(), "b".to_owned()]))
                    .set_flag(flag(input, &[Step::Member(0)]))
            }
            "Look" => {
                params
                    .set_deep(
                        texts(
                            input,
                            &[
                                Step::Member(2),
                                Step::Each,
                                Step::Member(3),
                                Step::Each,
                                Step::Member(0),
                            ],
                        ),
                    )
                    .set_flag(flag(input, &[Step::Member(0), Step::Member(2)]))
                    .set_keys(texts(input, &[Step::Member(2), Step::Keys]))
                    .set_names(
                        texts(
                            input,
                            &[
                                Step::Member(1),
                                Step::Each,
                                Step::Select(
                                    &[&[Step::Member(0)], &[Step::Member(1), Step::Member(0)]],
                                ),
                            ],
                        ),
                    )
                    .set_region(
                        text(input, &[Step::Member(0), Step::Member(1), Step::Member(1)]),
                    )
            }
            _ => params,
        };
        Ok(EndpointResolverParams::new(params.build()?))
    }
    "#);
}

/// A tiny service for the rule set of each model that stands beside the repository; none where they are missing.
pub(crate) fn real_rule_sets() -> Vec<Fixture> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/models/aws-2026");
    let Ok(entries) = fs::read_dir(&folder) else {
        println!("skipped: not found: {}", folder.display());
        return Vec::new();
    };
    let services = entries.flatten().filter_map(|entry| {
        let path = entry.path();
        let model: Value = serde_json::from_str(&fs::read_to_string(&path).ok()?).ok()?;
        let shapes = model["shapes"].as_object()?;
        let rules = shapes.values().find_map(|shape| shape["traits"].get("smithy.rules#endpointRuleSet"))?;
        let name = format!("rules-of-{}", path.file_stem()?.to_str()?);
        Some(service(rules.clone()).named(name.leak()))
    });
    services.collect()
}
