//! Operations and the service.

use serde_json::{Value, json};

use super::{Description, input_with};

/// The traits of the operation with these keys.
fn traits(operation: Value) -> Value {
    Description::of_shapes(json!({})).with_operation(operation).shape("GetCat")["traits"].clone()
}

#[test]
fn a_status_other_than_200_is_written() {
    let with = |status: u16| {
        let http = json!({ "method": "PUT", "requestUri": "/x", "responseCode": status });
        traits(json!({ "http": http }))["smithy.api#http"].clone()
    };
    assert_eq!(with(200), json!({ "method": "PUT", "uri": "/x" }));
    assert_eq!(with(202), json!({ "method": "PUT", "uri": "/x", "code": 202 }));
}

#[test]
fn labels_in_the_path_take_the_names_of_members() {
    let input = input_with("Name", json!({ "location": "uri", "locationName": "cat-id" }));
    let http = json!({ "method": "POST", "requestUri": "/cats/{cat-id}/{cat-id+}" });
    let description = Description::new(input, json!({})).with_operation(json!({ "http": http }));
    assert_eq!(description.shape("GetCat")["traits"]["smithy.api#http"]["uri"], "/cats/{m}/{m+}");
}

#[test]
fn get_means_readonly_only_where_the_file_never_says_it() {
    let get = json!({ "method": "GET", "requestUri": "/cat" });
    assert_eq!(traits(json!({ "http": get }))["smithy.api#readonly"], json!({}));
    assert_eq!(traits(json!({ "http": get, "readonly": false }))["smithy.api#readonly"], Value::Null);
}

#[test]
fn an_operation_without_output_gives_unit_and_errors_stand_in_order() {
    let shape = || json!({ "type": "structure", "members": {}, "exception": true });
    let description = Description::of_shapes(json!({ "Bee": shape(), "Ant": shape() }));
    let operation = json!({ "errors": [{ "shape": "Bee" }, { "shape": "Ant" }] });
    let converted = description.with_operation(operation).shape("GetCat");
    assert_eq!(converted["output"], json!({ "target": "smithy.api#Unit" }));
    let errors = json!([{ "target": "com.amazonaws.zoo#Ant" }, { "target": "com.amazonaws.zoo#Bee" }]);
    assert_eq!(converted["errors"], errors);
}

#[test]
fn an_operation_that_does_not_sign_says_so() {
    let unsigned = json!({ "smithy.api#auth": [], "smithy.api#optionalAuth": {} });
    for keys in [json!({ "authtype": "none" }), json!({ "auth": ["smithy.api#noAuth"] })] {
        let mut traits = traits(keys);
        traits.as_object_mut().expect("there are traits").remove("smithy.api#http");
        assert_eq!(traits, unsigned);
    }
    let same = traits(json!({ "auth": ["aws.auth#sigv4"] }));
    assert_eq!(same["smithy.api#auth"], Value::Null);
}

#[test]
fn what_nobody_knows_of_the_service_follows_conventions() {
    let conversion = Description::of_shapes(json!({})).with_metadata(json!({ "signingName": "menagerie" })).converted();
    let service = conversion.shape("AmazonZoo");
    let expected = json!({
        "sdkId": "Zoo",
        "arnNamespace": "menagerie",
        "cloudTrailEventSource": "menagerie.amazonaws.com",
        "endpointPrefix": "zoo",
    });
    assert_eq!(service["traits"]["aws.api#service"], expected);
    assert_eq!(service["traits"]["aws.auth#sigv4"], json!({ "name": "menagerie" }));
    assert_eq!(service["operations"], json!([{ "target": "com.amazonaws.zoo#GetCat" }]));
}

#[test]
fn the_known_ast_names_namespace_and_service() {
    let conversion = Description::of_shapes(json!({})).knowing(json!({})).converted();
    let service = &conversion.ast["shapes"]["com.zoo#Keeper"];
    assert_eq!(service["traits"]["aws.api#service"]["arnNamespace"], "animals");
    assert_eq!(service["version"], "2024-01-01");
}

#[test]
fn json_rpc_takes_its_name_from_the_header_it_sends() {
    let metadata = json!({ "protocol": "json", "jsonVersion": "1.1", "targetPrefix": "Zoo_2024" });
    let description = Description::of_shapes(json!({})).with_metadata(metadata);
    let conversion = description.converted();
    assert_eq!(conversion.shape("Zoo_2024")["traits"]["aws.protocols#awsJson1_1"], json!({}));
    assert_eq!(conversion.shape("GetCat")["traits"], Value::Null);
}

#[test]
fn a_key_that_is_not_understood_is_a_warning_with_its_place() {
    let conversion = Description::of_shapes(json!({})).with_operation(json!({ "idempotnt": true })).converted();
    let [warning] = conversion.warnings.as_slice() else { panic!("{:?}", conversion.warnings) };
    insta::assert_snapshot!(warning, @"
    `idempotnt` is not understood here and was left out
      --> service-2.json: GetCat (/operations/GetCat/idempotnt)
      hint: did you mean idempotent?
    ");
}

#[test]
fn a_shape_with_the_name_of_an_operation_is_called_shape() {
    let description = Description::new(
        json!({ "type": "structure", "members": { "Way": { "shape": "GetCat" } } }),
        json!({ "GetCat": { "type": "string", "enum": ["walk"] } }),
    );
    let conversion = description.converted();
    assert_eq!(conversion.shape("GetCat")["type"], "operation");
    assert_eq!(conversion.shape("GetCatShape")["type"], "enum");
    let input = conversion.shape("GetCatRequest");
    let target = input["members"]["Way"]["target"].as_str().unwrap_or_default();
    assert!(target.ends_with("#GetCatShape"), "{target}");
}

#[test]
fn an_operation_that_tells_endpoints_is_told_by_the_service() {
    let discovery = |shapes: Value, keys: Value| {
        let description = Description::of_shapes(shapes).with_operation(keys);
        description.shape("AmazonZoo")["traits"]["aws.api#clientEndpointDiscovery"].clone()
    };
    let moved = json!({ "InvalidEndpointException": { "type": "structure", "members": {}, "exception": true } });
    let told =
        json!({ "operation": "com.amazonaws.zoo#GetCat", "error": "com.amazonaws.zoo#InvalidEndpointException" });
    assert_eq!(discovery(moved.clone(), json!({ "endpointoperation": true })), told);
    let without_error = json!({ "operation": "com.amazonaws.zoo#GetCat" });
    assert_eq!(discovery(json!({}), json!({ "endpointoperation": true })), without_error);
    assert_eq!(discovery(moved, json!({})), Value::Null);
}
