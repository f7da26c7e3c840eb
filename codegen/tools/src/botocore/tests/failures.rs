//! Descriptions that cannot be converted.

use serde_json::json;

use super::super::{is_description, service_id};
use super::{Description, input_with};

#[test]
fn every_problem_is_told_with_its_place() {
    let shapes = json!({
        "Bag": { "type": "set" },
        "Row": { "type": "list" },
        "When": { "type": "timestamp", "timestampFormat": "stardate" },
    });
    let mut input = input_with("Nmae", json!({}));
    input["required"] = json!(["n"]);
    insta::assert_snapshot!(Description::new(input, shapes).complaints(), @r#"
    error: n is no member of this structure
      --> service-2.json: GetCatRequest (/shapes/GetCatRequest/required)
      hint: name a member, or remove it here

    error: shape Nmae does not exist
      --> service-2.json: GetCatRequest$m (/shapes/GetCatRequest/members/m/shape)
      hint: did you mean Name?

    error: type "set" is not known
      --> service-2.json: Bag (/shapes/Bag/type)
      hint: botocore knows structure, list, map, string, character, integer, long, float, double, boolean, blob and timestamp

    error: `member` is missing
      --> service-2.json: Row (/shapes/Row)
      hint: botocore always states it; is the file whole?

    error: timestamp format "stardate" is not known
      --> service-2.json: When (/shapes/When/timestampFormat)
      hint: botocore knows iso8601, unixTimestamp and rfc822
    "#);
}

#[test]
fn a_location_that_nobody_knows_is_refused() {
    let input = input_with("Name", json!({ "location": "cookie" }));
    insta::assert_snapshot!(Description::new(input, json!({})).complaints(), @r#"
    error: location "cookie" is not known
      --> service-2.json: GetCatRequest$m (/shapes/GetCatRequest/members/m/location)
      hint: botocore knows header, headers, uri, querystring and statusCode
    "#);
}

#[test]
fn one_name_cannot_be_an_operation_and_two_shapes() {
    let shapes = json!({ "GetCat": { "type": "string" }, "GetCatShape": { "type": "string" } });
    insta::assert_snapshot!(Description::of_shapes(shapes).complaints(), @r#"
    error: GetCat is the name of an operation and of a shape, and GetCatShape of another
      --> service-2.json: GetCat (/shapes/GetCat)
      hint: rename the shape; Smithy has one space of names for both
    "#);
}

#[test]
fn an_unknown_protocol_is_refused() {
    let description = Description::of_shapes(json!({})).with_metadata(json!({ "protocol": "carrier-pigeon" }));
    insta::assert_snapshot!(description.complaints(), @r#"
    error: protocol "carrier-pigeon" is not known
      --> service-2.json (/metadata)
      hint: botocore knows rest-json, json, rest-xml, query, ec2 and smithy-rpc-v2-cbor
    "#);
}

#[test]
fn another_json_file_is_not_taken_for_a_description() {
    let mut description = Description::of_shapes(json!({}));
    description.service = json!({ "pagination": {} });
    insta::assert_snapshot!(description.complaints(), @r#"
    error: this is not botocore's description of a service: `metadata`, `operations` or `shapes` is missing
      --> service-2.json
      hint: give the service-2.json of a service
    "#);
    assert!(!is_description(&description.service));
}

#[test]
fn a_service_is_found_by_its_id() {
    let description = Description::of_shapes(json!({}));
    assert_eq!(service_id(&description.service.to_string()).as_deref(), Some("Zoo"));
    assert_eq!(service_id("{\"metadata\": {\"serviceId\": \"Zoo\"}}"), None);
    assert_eq!(service_id("not JSON"), None);
}
