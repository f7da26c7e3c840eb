//! Endpoint rules as a decision diagram: what is refused, and the Rust that it becomes.

use serde_json::{Value, json};

use crate::endpoint_rules::{assign, call, reference};
use crate::fixture::Fixture;

/// The fixtures of this file.
pub(crate) const FIXTURES: &[fn() -> Fixture] = &[every_function_by_diagram, one_result];

/// The first result of a diagram.
const FIRST: i32 = 100_000_001;

/// Nodes as the trait has them, behind the one that nobody refers to.
fn encoded(nodes: &[[i32; 3]]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let numbers = [-1, 1, -1].into_iter().chain(nodes.iter().flatten().copied());
    let bytes: Vec<u8> = numbers.flat_map(i32::to_be_bytes).collect();
    let groups = bytes.chunks(3).map(|group| group.iter().fold(0_u32, |value, byte| value << 8 | u32::from(*byte)));
    groups.flat_map(|value| [18, 12, 6, 0].map(|by| char::from(DIGITS[(value >> by & 63) as usize]))).collect()
}

/// A diagram over three parameters, with these nodes from the reference 2 on.
fn diagram(conditions: Value, results: Value, nodes: &[[i32; 3]], root: i32) -> Value {
    json!({
        "version": "1.1",
        "parameters": {
            "Region": {"builtIn": "AWS::Region", "type": "string"},
            "UseFIPS": {"builtIn": "AWS::UseFIPS", "type": "boolean", "required": true, "default": false},
            "Maybe": {"type": "boolean"},
            "Names": {"type": "stringArray"},
        },
        "conditions": conditions,
        "results": results,
        "root": root,
        "nodeCount": nodes.len() + 1,
        "nodes": encoded(nodes),
    })
}

/// A service with one operation and such a diagram.
fn service(name: &'static str, diagram: Value) -> Fixture {
    let service = Fixture::new(name).service_trait("smithy.rules#endpointBdd", diagram);
    service.operation("Look", "GET /look", &[], &[], &[])
}

fn error(text: &str) -> Value {
    json!({"conditions": [], "type": "error", "error": text})
}

/// A diagram whose conditions all have to hold, one after another.
fn chain(conditions: Value, results: Value) -> Value {
    let number = i32::try_from(conditions.as_array().map_or(0, Vec::len)).unwrap_or_default();
    let node = |condition: i32| [condition, if condition + 1 == number { FIRST } else { condition + 3 }, -1];
    diagram(conditions, results, &(0..number).map(node).collect::<Vec<_>>(), 2)
}

fn every_function_by_diagram() -> Fixture {
    service("functions-of-a-diagram", every_function())
}

/// A diagram that calls every function, with what it finds in use later.
pub(crate) fn every_function() -> Value {
    let region = || reference("Region");
    let conditions = json!([
        call("isSet", json!([region()])),
        call("not", json!([call("isSet", json!([reference("Names")]))])),
        call("booleanEquals", json!([reference("Maybe"), reference("UseFIPS")])),
        call("not", json!([reference("Maybe")])),
        assign("Partition", call("aws.partition", json!([region()]))),
        call("booleanEquals", json!([call("getAttr", json!([reference("Partition"), "supportsFIPS"])), true])),
        assign("Arn", call("aws.parseArn", json!([region()]))),
        assign("Resource", call("getAttr", json!([reference("Arn"), "resourceId"]))),
        assign("First", call("getAttr", json!([reference("Resource"), "[0]"]))),
        assign("Last", call("getAttr", json!([reference("Arn"), "resourceId[-1]"]))),
        assign("Url", call("parseURL", json!(["https://{First}"]))),
        assign("Encoded", call("uriEncode", json!([call("getAttr", json!([reference("Url"), "scheme"]))]))),
        assign("Parts", call("split", json!([reference("Encoded"), "-", 2]))),
        assign("Part", call("getAttr", json!([reference("Parts"), "[-1]"]))),
        assign("Start", call("coalesce", json!([call("substring", json!([reference("Part"), 0, 3, true])), "x"]))),
        assign("Mode", call("ite", json!([reference("UseFIPS"), "-fips-{Start}", ""]))),
        assign("Other", call("ite", json!([call("coalesce", json!([reference("Maybe"), false])), "a", region()]))),
        assign("Is", call("isValidHostLabel", json!([reference("Start"), false]))),
        call("booleanEquals", json!([reference("Is"), true])),
        assign("Unused", call("aws.parseArn", json!([region()]))),
        call("aws.isVirtualHostableS3Bucket", json!(["{Arn#region}", true])),
        call("stringEquals", json!([reference("Other"), "{Mode}"])),
    ]);
    let endpoint = json!({"conditions": [], "type": "endpoint", "endpoint": {
        "url": "https://{Start}{Mode}.{Url#authority}.{Arn#resourceId[0]}",
        "properties": {"authSchemes": [{"name": "sigv4", "signingRegion": "{Region}", "other": [null, true, 5]}]},
        "headers": {"X-Part": [reference("Part"), "{Parts#[0]}", "plain"]},
    }});
    chain(conditions, json!([endpoint]))
}

/// A diagram that decides nothing.
fn one_result() -> Fixture {
    let endpoint = json!({"conditions": [], "type": "endpoint", "endpoint": {"url": "https://example.com"}});
    service("diagram-without-nodes", diagram(json!([]), json!([endpoint]), &[], FIRST))
}

/// The resolver of a fixture, from its documentation on.
fn resolver(fixture: &Fixture) -> String {
    let endpoint = fixture.file("src/config/endpoint.rs");
    let start =
        endpoint.find("/// Follows the decision").or_else(|| endpoint.find("/// The rules,")).unwrap_or_default();
    let end = endpoint.find("/// The parameters of a call").unwrap_or(endpoint.len());
    endpoint.get(start..end).unwrap_or_default().trim_end().to_owned()
}

/// The items of the resolver of a diagram that asks for a region, for FIPS and for a partition.
fn items() -> Vec<String> {
    let partition = assign("Partition", call("aws.partition", json!([reference("Region")])));
    let conditions = json!([
        call("isSet", json!([reference("Region")])),
        call("booleanEquals", json!([reference("UseFIPS"), true])),
        partition,
    ]);
    let results = json!([
        {"conditions": [], "type": "endpoint", "endpoint": {"url": "https://{Region}.{Partition#dnsSuffix}"}},
        error("no FIPS"),
        error("no region"),
    ]);
    let nodes = [[0, 3, FIRST + 2], [1, FIRST + 1, 4], [2, FIRST, 1]];
    let resolver = resolver(&service("diagram", diagram(conditions, results, &nodes, 2)));
    resolver.split("\n\n").map(str::to_owned).collect()
}

#[test]
fn a_diagram_is_a_table_that_is_followed() {
    let items = items();
    insta::assert_snapshot!([&*items[0], &items[items.len() - 1]].join("\n\n"), @r#"
    /// Follows the decision diagram of the rules.
    fn resolve(params: &Params) -> Result<Endpoint, BoxError> {
        let mut found = Found {
            params,
            partition_value: None,
        };
        match decide(&FORKS, |condition| found.holds(condition).unwrap_or(false)) {
            Some(result) => found.result(result),
            None => no_rule(),
        }
    }

    /// The diagram: a condition, where to go when it holds, where to go when it does not. A negative number is a
    /// result, see [`decide`].
    const FORKS: [[i16; 3]; 3] = [[0, 1, -3], [1, -2, 2], [2, -1, -32768]];
    "#);
}

#[test]
fn what_a_diagram_asks_and_what_it_leads_to_are_two_matches() {
    let items = items();
    insta::assert_snapshot!(items[1..items.len() - 1].join("\n\n"), @r#"
    /// What conditions have found on the way through the diagram.
    struct Found<'a> {
        params: &'a Params,
        partition_value: Option<&'static Partition>,
    }

    impl<'a> Found<'a> {
        /// Whether a condition holds, and what it finds; `None` where something that it is about is not there.
        fn holds(&mut self, condition: i16) -> Option<bool> {
            let params = self.params;
            Some(
                match condition {
                    0 => params.region.as_deref().is_some(),
                    1 => params.use_fips,
                    2 => {
                        self.partition_value = partition(params.region.as_deref()?);
                        self.partition_value.is_some()
                    }
                    _ => return None,
                },
            )
        }

        /// A result, made of what was found.
        fn result(&self, result: i16) -> Result<Endpoint, BoxError> {
            let params = self.params;
            match result {
                0 => {
                    if let Some(partition_value) = self.partition_value
                        && let Some(region) = params.region.as_deref()
                    {
                        return at(
                            format_args!("https://{region}.{}", partition_value.dns_suffix),
                        );
                    }
                }
                1 => return refuse("no FIPS"),
                2 => return refuse("no region"),
                _ => {}
            }
            no_rule()
        }
    }
    "#);
}

#[test]
fn a_diagram_that_decides_nothing_is_its_result() {
    insta::assert_snapshot!(resolver(&one_result()), @r#"
    /// The rules, in their order: the first that fits decides.
    fn resolve(_: &Params) -> Result<Endpoint, BoxError> {
        at(format_args!("https://example.com"))
    }
    "#);
}

/// What is said of a diagram: places below the trait, and what is wrong there.
fn said(diagram: Value) -> String {
    let refusal = service("diagram", diagram).refusal();
    let place =
        "  --> diagram.json: fixture#FixtureService (/shapes/fixture#FixtureService/traits/smithy.rules#endpointBdd";
    let place = |line: &str| line.strip_prefix(place).map(|rest| format!("  {}", rest.trim_end_matches(')')));
    let lines = refusal.lines().map(|line| place(line).unwrap_or_else(|| line.to_owned()));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_malformed_diagram_is_refused_where_it_is_wrong() {
    let is_set = || json!([call("isSet", json!([reference("Region")]))]);
    let with = |nodes: &[[i32; 3]], root| diagram(is_set(), json!([error("a")]), nodes, root);
    let mut garbled = with(&[], FIRST);
    garbled["nodes"] = json!("****");
    let all = [
        garbled,
        with(&[[0, 3, 1], [0, 2, 1]], 2),
        with(&[[7, FIRST, 1]], 2),
        with(&[[0, FIRST + 1, 1]], 2),
        with(&[[0, FIRST, 9]], 2),
        diagram(json!([call("guess", json!([]))]), json!([error("{Zone}")]), &[], FIRST),
        diagram(json!([call("ite", json!([true, "a", 1]))]), json!([error("a")]), &[], FIRST),
        diagram(json!([call("coalesce", json!(["a"]))]), json!([error("a")]), &[], FIRST),
    ];
    insta::assert_snapshot!(all.map(said).join("\n"), @r"
    error: the nodes are not base64
      /nodes
      hint: the rule set is described in Smithy's rules engine specification
    error: node 1 leads to itself
      /nodes
      hint: the rule set is described in Smithy's rules engine specification
    error: node 1 has condition 7, and the number of conditions is 1
      /nodes
      hint: the rule set is described in Smithy's rules engine specification
    error: node 1 refers to 100000002, which is neither a node nor a result
      /nodes
      hint: the rule set is described in Smithy's rules engine specification
    error: node 1 refers to 9, which is neither a node nor a result
      /nodes
      hint: the rule set is described in Smithy's rules engine specification
    error: the function `guess` is not one that the generator knows
      /conditions/0/fn
      hint: the functions are in Smithy's rules engine specification
    error: `Zone` is neither a parameter nor assigned before
      /results/0/error
      hint: declare it under `parameters`
    error: the function `ite` chooses between values of different types
      /conditions/0/argv
      hint: the functions are in Smithy's rules engine specification
    error: the function `coalesce` takes 2 arguments or more, not 1
      /conditions/0/argv
      hint: the functions are in Smithy's rules engine specification
    ");
}

#[test]
fn of_two_forms_the_shorter_is_emitted_and_both_are_checked() {
    let rules = json!({"version": "1.0", "parameters": {"Region": {"type": "String", "builtIn": "AWS::Region"}}, "rules": [
        {"conditions": [], "type": "error", "error": "by rules"},
    ]});
    let both = |diagram| service("diagram", diagram).service_trait("smithy.rules#endpointRuleSet", rules.clone());
    let conditions = || json!([call("isSet", json!([reference("Region")]))]);
    let right = diagram(conditions(), json!([error("by diagram")]), &[[0, FIRST, 1]], 2);
    assert!(resolver(&both(right)).contains("by rules"));
    let wrong = diagram(conditions(), json!([error("by diagram")]), &[[0, FIRST, 1]], 7);
    assert!(both(wrong).refusal().contains("smithy.rules#endpointBdd/root"));
}
