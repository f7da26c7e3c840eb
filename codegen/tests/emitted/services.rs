//! Services: protocols, manifests, endpoint rules.

use serde_json::{Value, json};

use crate::fixture::{Fixture, assert_snapshot};

/// The fixtures of this file.
pub(crate) const FIXTURES: &[fn() -> Fixture] =
    &[aws_json_1_0, aws_json_1_1, rpc_v2_cbor, without_rule_set, outside_aws, endpoint_params];

fn aws_json_1_0() -> Fixture {
    Fixture::new("aws-json-1-0")
        .without_service_trait("aws.protocols#restJson1")
        .service_trait("aws.protocols#awsJson1_0", json!({}))
        .operation(
            "GetThing",
            "GET /things/{thingId}",
            &["thingId: String @required @httpLabel", "named: String @jsonName(\"other\")"],
            &["size: Integer @httpHeader(\"X-Size\")"],
            &[],
        )
}

#[test]
fn aws_json_has_no_bindings_and_no_json_names() {
    assert_snapshot("aws_json_1_0", &aws_json_1_0().file("src/operation/get_thing.rs"));
}

fn aws_json_1_1() -> Fixture {
    Fixture::new("aws-json-1-1")
        .without_service_trait("aws.protocols#restJson1")
        .service_trait("aws.protocols#awsJson1_1", json!({}))
        .operation("GetThing", "POST /", &[], &[], &[])
}

fn rpc_v2_cbor() -> Fixture {
    Fixture::new("rpc-v2-cbor")
        .service_trait("aws.protocols#awsJson1_0", json!({}))
        .service_trait("smithy.protocols#rpcv2Cbor", json!({}))
        .operation("GetThing", "POST /", &["since: Timestamp @timestampFormat(\"date-time\")"], &[], &[])
        .operation("Ping", "POST /", &[], &[], &[])
}

fn rpc_v2_json() -> Fixture {
    Fixture::new("rpc-v2-json")
        .without_service_trait("aws.protocols#restJson1")
        .service_trait("smithy.protocols#rpcv2Json", json!({}))
        .operation("GetThing", "POST /", &[], &[], &[])
}

#[test]
fn rpc_v2_has_no_formats_of_timestamps() {
    let file = rpc_v2_cbor().file("src/operation/get_thing.rs");
    assert!(file.contains("0 since: \"since\",") && !file.contains("DATE_TIME"), "{file}");
}

#[test]
fn the_protocol_is_a_fact_of_the_service_and_the_only_one_that_the_crate_compiles() {
    let query_compatible = aws_json_1_0().service_trait("aws.protocols#awsQueryCompatible", json!({}));
    let services = [rpc_v2_cbor(), rpc_v2_json(), aws_json_1_0(), query_compatible, aws_json_1_1(), without_rule_set()]
        .map(|fixture| {
            let line = |path: &str, start: &str| {
                let file = fixture.file(path);
                let line = file.lines().find(|line| line.trim_start().starts_with(start)).map(str::to_owned);
                line.unwrap_or_else(|| panic!("no {start:?} in:\n{file}")).trim().to_owned()
            };
            let runtime = line("Cargo.toml", "smithy-client-runtime = ");
            let features = runtime.split_once("default-features").map(|(_, features)| features.to_owned());
            format!("{} default-features{}", line("src/config.rs", "protocol: "), features.unwrap_or_default())
        });
    insta::assert_snapshot!(services.join("\n"), @r#"
    protocol: &RPC_V2_CBOR, default-features = false, features = ["rpc-v2-cbor"] }
    protocol: &RPC_V2_JSON, default-features = false, features = ["rpc-v2-json"] }
    protocol: &AWS_JSON_1_0, default-features = false, features = ["aws-json"] }
    protocol: &AWS_JSON_1_0_QUERY_COMPATIBLE, default-features = false, features = ["aws-json"] }
    protocol: &AWS_JSON_1_1, default-features = false, features = ["aws-json"] }
    protocol: &REST_JSON_1, default-features = false, features = ["rest-json"] }
    "#);
}

fn without_rule_set() -> Fixture {
    Fixture::new("without-rule-set").operation("GetThing", "GET /thing", &[], &[], &[])
}

#[test]
fn without_a_rule_set_the_endpoint_is_made_of_prefix_and_region() {
    let endpoint = without_rule_set().file("src/config/endpoint.rs");
    let rules = endpoint.split("\n\n").find(|item| item.contains("\nfn resolve("));
    assert_snapshot("without_rule_set", rules.unwrap_or_else(|| panic!("no rules in:\n{endpoint}")));
}

/// A service as models outside AWS have it: neither its traits nor endpoint rules.
fn outside_aws() -> Fixture {
    Fixture::new("outside-aws")
        .without_service_trait("aws.api#service")
        .without_service_trait("aws.auth#sigv4")
        .operation("GetThing", "GET /thing", &[], &[], &[])
}

#[test]
fn a_service_outside_aws_has_the_endpoint_that_is_configured_and_no_other() {
    let endpoint = outside_aws().file("src/config/endpoint.rs");
    let rules = endpoint.split("\n\n").find(|item| item.contains("\nfn resolve("));
    insta::assert_snapshot!(rules.unwrap_or_else(|| panic!("no rules in:\n{endpoint}")), @r#"
    /// The rules, in their order: the first that fits decides.
    fn resolve(params: &Params) -> Result<Endpoint, BoxError> {
        if let Some(endpoint) = params.endpoint.as_deref() {
            return at(format_args!("{endpoint}"));
        }
        refuse(
            "the model knows no endpoint of this service: set `endpoint_url` in the configuration",
        )
    }
    "#);
}

#[test]
fn the_configuration_states_the_facts_of_the_service() {
    assert_snapshot("config", &without_rule_set().file("src/config.rs"));
}

#[test]
fn the_manifest_is_of_a_member_of_a_workspace_unless_it_stands_alone() {
    assert_snapshot("manifest", &without_rule_set().manifest());
}

#[test]
fn what_a_registry_shows_is_emitted_for_a_crate_that_can_go_to_one() {
    let fixture = without_rule_set().for_registry();
    let (generated, manifest) = (fixture.generated(), fixture.manifest());
    let package = manifest.split("[package.metadata.smithy-client]").next().expect("a split has a first part");
    let runtime = manifest.lines().find(|line| line.starts_with("smithy-client-runtime")).expect("it has a runtime");
    insta::assert_snapshot!(format!("{package}{runtime}"), @r#"
    # @generated by `cargo xtask codegen`. Change the generator, not this file.

    [package]
    name = "fixture-without-rule-set"
    version = "0.1.0"
    description = "Client for Fixture Service"
    edition = "2024"
    rust-version = "1.94.1"
    license = "Apache-2.0"
    keywords = ["aws", "smithy"]
    categories = ["api-bindings"]

    [package.metadata.docs.rs]
    features = ["aws-config", "presigning", "serde", "test-util"]

    smithy-client-runtime = { path = "codegen/runtime", version = "0.1.0", default-features = false, features = ["rest-json"] }
    "#);
    insta::assert_snapshot!(generated.files["README.md"], @r#"
    <!-- @generated by `cargo xtask codegen`. Change the generator, not this file. -->

    # fixture-without-rule-set

    Client for Fixture Service, with the API of AWS's own crates, on the engine of the AWS SDK for Rust: its configuration, credentials providers and interceptors work here. The crate is types and tables above `smithy-client-runtime`, and compiles in a fraction of the time.

    ```toml
    [dependencies]
    fixture-without-rule-set = { version = "0.1.0", features = ["aws-config"] }
    ```

    The first page of the documentation leads from there to a first program. The crate was generated by
    `smithy-client-codegen` from the Smithy model of the service.

    Licensed under Apache-2.0.
    "#);
    assert!(generated.files["LICENSE"].contains("Apache License"));
    assert!(generated.files["src/lib.rs"].contains("{ version = \"0.1.0\", features = [\"aws-config\"] }"));
    let alone = without_rule_set().generated();
    assert!(!alone.files.contains_key("README.md") && !alone.files.contains_key("LICENSE"));
}

/// Rules with a parameter of every source.
pub(crate) fn rule_set() -> Value {
    let set = |name: &str| json!({"fn": "isSet", "argv": [{"ref": name}]});
    let endpoint = |url: &str| {
        let scheme = json!({"name": "sigv4", "signingName": "other", "signingRegion": "{Region}"});
        json!({"url": url, "properties": {"authSchemes": [scheme]}, "headers": {"X-Place": ["{Region}"]}})
    };
    json!({
        "version": "1.0",
        "parameters": {
            "Region": {"builtIn": "AWS::Region", "required": false, "type": "String"},
            "UseFIPS": {"builtIn": "AWS::UseFIPS", "required": true, "default": false, "type": "Boolean"},
            "Bucket": {"required": false, "type": "String", "documentation": "The bucket. It is a name."},
            "Mode": {"required": true, "default": "usual", "type": "String"},
            "Direct": {"required": false, "type": "Boolean"},
        },
        "rules": [
            {
                "conditions": [
                    set("Region"),
                    set("Bucket"),
                    {"fn": "isValidHostLabel", "argv": [{"ref": "Bucket"}, false]},
                    {"fn": "booleanEquals", "argv": [{"ref": "Direct"}, true]},
                    {"fn": "stringEquals", "argv": [{"ref": "Mode"}, "fast"]},
                ],
                "endpoint": endpoint("https://{Bucket}.fast.{Region}.example.com"),
                "type": "endpoint",
            },
            {
                "conditions": [
                    set("Bucket"),
                    {"fn": "aws.parseArn", "argv": [{"ref": "Bucket"}], "assign": "Arn"},
                    {"fn": "getAttr", "argv": [{"ref": "Arn"}, "resourceId[0]"], "assign": "Kind"},
                    {"fn": "not", "argv": [{"fn": "stringEquals", "argv": [{"ref": "Kind"}, ""]}]},
                ],
                "endpoint": {"url": "https://{Kind}.{Arn#region}.example.com", "properties": {}, "headers": {}},
                "type": "endpoint",
            },
            {
                "conditions": [{"fn": "substring", "argv": [{"ref": "Mode"}, 0, 2, true], "assign": "End"}],
                "error": "The mode {Mode} ends in {End}",
                "type": "error",
            },
        ],
    })
}

fn endpoint_params() -> Fixture {
    Fixture::new("endpoint-params")
        .service_trait("smithy.rules#endpointRuleSet", rule_set())
        .operation(
            "GetBucket @smithy.rules#staticContextParams({\"Mode\": {\"value\": \"fast\"}, \"Direct\": {\"value\": true}})",
            "POST /bucket",
            &["note: String", "bucket: String @smithy.rules#contextParam({\"name\": \"Bucket\"})"],
            &[],
            &[],
        )
        .operation("GetNothing", "POST /nothing", &[], &[], &[])
}

#[test]
fn operations_fill_endpoint_parameters_by_constants_and_members() {
    assert_snapshot("endpoint_params", &endpoint_params().file("src/config/endpoint.rs"));
}

#[test]
fn an_sdk_id_that_smithy_does_not_have_is_refused_and_one_that_rust_does_not_have_asks_for_a_name() {
    let refusal = |sdk_id: &str| {
        let service = json!({"sdkId": sdk_id, "endpointPrefix": "fixture"});
        Fixture::new("odd-name").service_trait("aws.api#service", service).unnamed().refusal()
    };
    for sdk_id in ["2FA", "²", "", "Foo.Bar", "Foo & Bar", "x/y"] {
        assert!(refusal(sdk_id).contains("the `sdkId` of a service is letters, digits and blanks"), "{sdk_id:?}");
    }
    insta::assert_snapshot!(refusal("Fn"), @r#"
    error: "fn" cannot be the name of a package: it is a word of the Rust language
      --> odd-name.json: fixture#FixtureService (/shapes/fixture#FixtureService)
      hint: give the crate another name, with --crate-name
    "#);
}
