//! Endpoint rules that are odd and right: the Rust that they become compiles, and is what one would write.

use serde_json::{Value, json};
use std::fs;
use std::path::Path;

use crate::endpoint_rules::{assign, call, reference, rules, service};
use crate::fixture::Fixture;

/// The fixtures of this file.
pub(crate) const FIXTURES: &[fn() -> Fixture] = &[odd_names, every_function, input_paths];

/// Parameters and results named with words of Rust, and with names that the emitted rules use themselves.
pub(crate) fn odd_names() -> Fixture {
    let names = ["Params", "type", "self", "crate", "At", "partition", "functions", "format", "Some", "resolve", "fn"];
    let parameters = names.iter().map(|name| ((*name).to_owned(), json!({"type": "String"})));
    let mut parameters: serde_json::Map<String, Value> = parameters.collect();
    parameters.insert("Region".to_owned(), json!({"builtIn": "AWS::Region", "type": "String"}));
    let set = |name: &str| call("isSet", json!([reference(name)]));
    let mut conditions: Vec<Value> = names.iter().chain(&["Region"]).map(|name| set(name)).collect();
    for name in ["match", "ref", "text", "bag", "Endpoint", "params_of_call", "NO_RULE", "refuse", "at_with"] {
        conditions.push(assign(name, call("aws.partition", json!([reference("Region")]))));
    }
    conditions.push(assign("arn", call("aws.parseArn", json!([reference("partition")]))));
    conditions.push(call("aws.partition", json!([reference("At")])));
    // S3 Control has such pairs.
    conditions.push(assign("region", call("getAttr", json!([reference("match"), "implicitGlobalRegion"]))));
    conditions.push(assign("ParamsValue", call("getAttr", json!([reference("ref"), "name"]))));
    let url = "https://{type}.{self}.{crate}.{Params}.{match#name}.{ref#dnsSuffix}.{arn#resourceId[0]}.{fn}.{At}.{region}.{Region}.{ParamsValue}.{refuse#name}.{at_with#name}";
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
            && partition(region).is_some() && let Some(refuse_value) = partition(region)
            && let Some(at_with_value) = partition(region)
            && let Some(arn) = functions::parse_arn(partition_value)
            && partition(at_value).is_some()
            && let Some(region_value) = Some(r#match.implicit_global_region)
            && let Some(params_value_value) = Some(r#ref.name)
        {
            return at(
                format_args!(
                    "https://{}.{self_}.{crate_}.{params_value}.{}.{}.{}.{}.{at_value}.{region_value}.{region}.{params_value_value}.{}.{}",
                    r#type, r#match.name, r#ref.dns_suffix, arn.resource_id.get(0).map(| text
                    | & * * text).unwrap_or_default(), r#fn, refuse_value.name, at_with_value
                    .name
                ),
            );
        }
        no_rule()
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
        assign("Last", call("getAttr", json!([reference("Arn"), "resourceId[-1]"]))),
        assign("Either", call("coalesce", json!([reference("Maybe"), reference("UseFIPS")]))),
        assign("Some", call("coalesce", json!([call("substring", json!([reference("Last"), 0, 3, false])), "x"]))),
        assign("Mode", call("ite", json!([reference("UseFIPS"), "-{Some}", ""]))),
        assign("Choice", call("ite", json!([true, call("substring", json!([reference("Mode"), 0, 1, false])), "z"]))),
    ]);
    let endpoint = json!({
        "url": "{Scheme}://{Choice}{Mode}.{Last}",
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
        "Both": {"path": "things[*].[words, kind.third][][]"},
        "First": {"path": "things[0].name"},
        "Flag": {"path": "thing.flag"},
        "Region": {"path": "thing.kind.second"},
    });
    let list = || json!({"type": "stringArray"});
    let mut rules = rules(json!([]), json!({}));
    rules["parameters"]["Keys"] = list();
    rules["parameters"]["Deep"] = list();
    rules["parameters"]["Both"] = list();
    rules["parameters"]["First"] = json!({"type": "string"});
    rules["parameters"]["Flag"] = json!({"type": "boolean"});
    Fixture::new("input-paths")
        .service_trait("smithy.rules#endpointRuleSet", rules)
        .union("Kind", &["first: String", "second: Word", "third: Words"])
        .string_enum("Word", &["ONE", "TWO"])
        .structure("Thing", &["name: String", "kind: Kind", "flag: Boolean", "parts: Parts", "words: Words"])
        .structure("Part", &["name: String"])
        .list("Things", "Thing")
        .list("Words", "Word")
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

/// The function that makes the parameters of a call: without the arm of the operation `Look`, and that arm.
fn parameters_of_calls() -> (String, String) {
    const ARMS: &str = "        ";
    let endpoint = input_paths().file("src/config/endpoint.rs");
    let function = endpoint.split("\n\n").find(|item| item.contains("fn params_of_call(")).unwrap_or_default();
    let lines: Vec<&str> = function.lines().collect();
    let start = lines.iter().position(|line| *line == format!("{ARMS}\"Look\" => {{")).unwrap_or_default();
    let length = lines[start..].iter().position(|line| *line == format!("{ARMS}}}")).map_or(0, |end| end + 1);
    let (arm, rest) = lines[start..].split_at(length);
    let arm: Vec<&str> = arm.iter().map(|line| &line[ARMS.len()..]).collect();
    ([&lines[..start], rest].concat().join("\n"), arm.join("\n"))
}

#[test]
fn parameters_of_a_call_are_of_the_client_and_of_its_operation() {
    insta::assert_snapshot!(parameters_of_calls().0, @r#"
    /// The parameters of a call: its client's settings, and what the operation says.
    pub(crate) fn params_of_call(
        bag: &ConfigBag,
        operation: &'static str,
        input: &dyn Shape,
    ) -> Result<EndpointResolverParams, BoxError> {
        let mut params = Params {
            region: region(bag),
            use_fips: use_fips(bag).unwrap_or_default(),
            names: None,
            keys: None,
            deep: None,
            both: None,
            first: None,
            flag: None,
        };
        match operation {
            "Fix" => {
                params.names = Some(vec!["a".to_owned(), "b".to_owned()]);
                params.flag = flag(input, &[Step::Member(0)]);
            }
            _ => {}
        }
        if let Some(region) = &params.region && !functions::is_valid_host_label(region, true)
        {
            return invalid_params("region", NO_HOST_LABEL);
        }
        Ok(EndpointResolverParams::new(params))
    }
    "#);
}

#[test]
fn paths_into_the_input_are_tables() {
    insta::assert_snapshot!(parameters_of_calls().1, @r#"
    "Look" => {
        params.both = texts(
            input,
            &[
                Step::Member(1),
                Step::Each(
                    &[
                        Step::Select(
                            &[&[Step::Member(4)], &[Step::Member(1), Step::Member(2)]],
                        ),
                    ],
                ),
                Step::Flatten(&[]),
                Step::Flatten(&[]),
            ],
        );
        params.deep = texts(
            input,
            &[
                Step::Member(2),
                Step::Values(&[Step::Member(3)]),
                Step::Flatten(&[Step::Member(0)]),
            ],
        );
        params.first = text(input, &[Step::Member(1), Step::At(0), Step::Member(0)]);
        params.flag = flag(input, &[Step::Member(0), Step::Member(2)]);
        params.keys = texts(
            input,
            &[Step::Call(Function::Keys, &[&[Step::Member(2)]])],
        );
        params.names = texts(
            input,
            &[
                Step::Member(1),
                Step::Each(
                    &[
                        Step::Select(
                            &[&[Step::Member(0)], &[Step::Member(1), Step::Member(0)]],
                        ),
                    ],
                ),
                Step::Flatten(&[]),
            ],
        );
        params.region = text(
            input,
            &[Step::Member(0), Step::Member(1), Step::Member(1)],
        );
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
