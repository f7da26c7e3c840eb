//! Shapes and members.

use serde_json::{Value, json};

use super::{Description, input_with};

/// The traits of the input's one member with these keys.
fn member(target: &str, keys: Value) -> Value {
    Description::new(input_with(target, keys), json!({})).traits_of("m")
}

#[test]
fn locations_become_bindings() {
    let at = |target, location: &str| member(target, json!({ "location": location, "locationName": "M" }));
    assert_eq!(at("Name", "header"), json!({ "smithy.api#httpHeader": "M" }));
    assert_eq!(at("Map", "headers"), json!({ "smithy.api#httpPrefixHeaders": "M" }));
    assert_eq!(at("Name", "querystring"), json!({ "smithy.api#httpQuery": "M" }));
    assert_eq!(at("Map", "querystring"), json!({ "smithy.api#httpQueryParams": {} }));
    assert_eq!(at("Name", "statusCode"), json!({ "smithy.api#httpResponseCode": {} }));
    assert_eq!(member("Name", json!({ "locationName": "M" })), json!({ "smithy.api#jsonName": "M" }));
    assert_eq!(member("Name", json!({ "locationName": "m" })), Value::Null);
}

#[test]
fn what_only_matters_to_xml_becomes_traits_where_bodies_are_xml() {
    let shapes = json!({
        "Rows": { "type": "list", "member": { "shape": "Name", "locationName": "item" } },
        "Flat": { "type": "list", "flattened": true, "member": { "shape": "Name", "locationName": "Word" } },
    });
    let of = |target, keys: Value| {
        let description = Description::new(input_with(target, keys), shapes.clone());
        description.with_metadata(json!({ "protocol": "ec2", "xmlNamespace": "https://zoo" }))
    };
    let member = |target, keys: Value| of(target, keys).traits_of("m");
    assert_eq!(member("Name", json!({ "locationName": "M" })), json!({ "smithy.api#xmlName": "M" }));
    assert_eq!(
        member("Name", json!({ "locationName": "m", "queryName": "Q" })),
        json!({ "aws.protocols#ec2QueryName": "Q" })
    );
    assert_eq!(
        member("Flat", json!({ "locationName": "flat" })),
        json!({ "smithy.api#xmlFlattened": {}, "smithy.api#xmlName": "Word" })
    );
    assert_eq!(
        member("Name", json!({ "xmlAttribute": true, "xmlNamespace": { "prefix": "x", "uri": "https://x" } })),
        json!({ "smithy.api#xmlAttribute": {}, "smithy.api#xmlNamespace": { "prefix": "x", "uri": "https://x" } })
    );
    let rows = of("Rows", json!({})).shape("Rows");
    assert_eq!(rows["member"]["traits"], json!({ "smithy.api#xmlName": "item" }));
    let service = of("Name", json!({})).shape("AmazonZoo");
    assert_eq!(service["traits"]["smithy.api#xmlNamespace"], json!({ "uri": "https://zoo" }));
}

#[test]
fn required_members_and_the_payload_are_marked() {
    let mut input = input_with("Name", json!({}));
    input["required"] = json!(["m"]);
    input["payload"] = json!("m");
    let traits = Description::new(input, json!({})).traits_of("m");
    assert_eq!(traits, json!({ "smithy.api#httpPayload": {}, "smithy.api#required": {} }));
}

#[test]
fn a_number_without_a_box_starts_at_zero() {
    let shapes = |keys: Value| {
        let mut count = json!({ "type": "integer" });
        super::extend(&mut count, keys);
        json!({ "Count": count })
    };
    let input = || input_with("Count", json!({}));
    let unboxed = Description::new(input(), shapes(json!({})));
    assert_eq!(unboxed.shape("Count")["traits"], json!({ "smithy.api#default": 0 }));
    assert_eq!(unboxed.traits_of("m"), json!({ "smithy.api#default": 0 }));
    let boxed = Description::new(input(), shapes(json!({ "box": true })));
    assert_eq!(boxed.shape("Count"), json!({ "type": "integer" }));
    assert_eq!(boxed.traits_of("m"), Value::Null);
    let boxed_member = Description::new(input_with("Count", json!({ "box": true })), shapes(json!({})));
    assert_eq!(boxed_member.traits_of("m"), json!({ "smithy.api#default": null }));
}

#[test]
fn a_number_with_bounds_has_no_default_where_the_file_does_not_box_such_numbers() {
    let few = || json!({ "Few": { "type": "integer", "min": 0 } });
    let of = |shapes: Value, protocol: &str| {
        let description = Description::new(input_with("Few", json!({})), shapes);
        description.with_metadata(json!({ "protocol": protocol }))
    };
    let defaults = |description: &Description| {
        let default = |traits: &Value| traits["smithy.api#default"].clone();
        [default(&description.shape("Few")["traits"]), default(&description.traits_of("m"))]
    };
    assert_eq!(defaults(&of(few(), "rest-json")), [json!(0), json!(0)]);
    assert_eq!(defaults(&of(few(), "json")), [Value::Null, Value::Null]);
    let mut beside = few();
    super::extend(&mut beside, json!({ "Many": { "type": "long", "box": true, "max": 9 } }));
    assert_eq!(defaults(&of(beside.clone(), "json")), [json!(0), json!(0)]);
    assert_eq!(defaults(&of(beside, "query")), [Value::Null, Value::Null]);
    let known = json!({ "Few": { "type": "integer", "traits": { "smithy.api#default": 0 } } });
    assert_eq!(defaults(&of(few(), "query").knowing(known))[0], json!(0));
}

#[test]
fn a_known_default_that_botocore_cannot_state_is_kept_and_a_lost_zero_is_not() {
    let known = |default: Value| {
        let traits = json!({ "smithy.api#default": default });
        json!({ "Count": { "type": "integer", "traits": traits } })
    };
    let description = || Description::of_shapes(json!({ "Count": { "type": "integer", "box": true } }));
    assert_eq!(description().knowing(known(json!(5))).shape("Count")["traits"], json!({ "smithy.api#default": 5 }));
    assert_eq!(description().knowing(known(json!(0))).shape("Count")["traits"], Value::Null);
}

#[test]
fn facts_that_botocore_has_no_key_for_are_kept_with_a_note() {
    let names =
        json!({ "type": "list", "traits": { "smithy.api#uniqueItems": {}, "smithy.api#length": { "max": 3 } } });
    let conversion = Description::of_shapes(json!({})).knowing(json!({ "Names": names })).converted();
    assert_eq!(conversion.shape("Names")["traits"], json!({ "smithy.api#uniqueItems": {} }));
    let note = conversion.notes.iter().find(|note| note.subjects == ["Names"]).expect("it is noted");
    assert_eq!(note.reason, "smithy.api#uniqueItems was kept, which botocore cannot state");
}

#[test]
fn integers_that_are_known_to_be_smaller_stay_so() {
    let description = Description::of_shapes(json!({ "Age": { "type": "integer", "box": true } }));
    assert_eq!(description.shape("Age")["type"], "integer");
    let knowing = description.knowing(json!({ "Age": { "type": "byte" } }));
    assert_eq!(knowing.shape("Age")["type"], "byte");
}

#[test]
fn enum_values_keep_known_names_or_get_one() {
    let colours = json!({ "Colour": { "type": "string", "enum": ["RED", "light-blue", "3d"] } });
    let names = |description: &Description| {
        let members = description.shape("Colour")["members"].clone();
        let names: Vec<String> = members.as_object().expect("it is an enum").keys().cloned().collect();
        names
    };
    let description = Description::of_shapes(colours);
    assert_eq!(names(&description), ["RED", "light_blue", "VALUE_3d"]);
    let sky = json!({ "target": "smithy.api#Unit", "traits": { "smithy.api#enumValue": "light-blue" } });
    let description = description.knowing(json!({ "Colour": { "type": "enum", "members": { "SKY": sky } } }));
    assert_eq!(names(&description), ["RED", "SKY", "VALUE_3d"]);
}

#[test]
fn bounds_are_of_length_or_of_value() {
    let shapes = json!({
        "Short": { "type": "string", "min": 1, "max": 3 },
        "Few": { "type": "list", "member": { "shape": "Name" }, "max": 2 },
        "Small": { "type": "long", "box": true, "min": -1 },
    });
    let description = Description::of_shapes(shapes);
    assert_eq!(description.shape("Short")["traits"], json!({ "smithy.api#length": { "min": 1, "max": 3 } }));
    assert_eq!(description.shape("Few")["traits"], json!({ "smithy.api#length": { "max": 2 } }));
    assert_eq!(description.shape("Small")["traits"], json!({ "smithy.api#range": { "min": -1 } }));
}

#[test]
fn an_error_is_the_server_s_from_status_500_on() {
    let error = |keys: Value| {
        let mut shape = json!({ "type": "structure", "members": {}, "exception": true });
        super::extend(&mut shape, keys);
        Description::of_shapes(json!({ "Oops": shape })).shape("Oops")["traits"].clone()
    };
    let with_status = |status: u16| error(json!({ "error": { "httpStatusCode": status } }));
    assert_eq!(with_status(404), json!({ "smithy.api#error": "client", "smithy.api#httpError": 404 }));
    assert_eq!(with_status(503), json!({ "smithy.api#error": "server", "smithy.api#httpError": 503 }));
    assert_eq!(error(json!({ "fault": true })), json!({ "smithy.api#error": "server" }));
}

#[test]
fn unions_documents_streams_and_deprecation_have_their_counterparts() {
    let shapes = json!({
        "Either": { "type": "structure", "union": true, "members": { "a": { "shape": "Name" } } },
        "Any": { "type": "structure", "document": true, "members": {} },
        "Body": { "type": "blob", "streaming": true },
        "Old": { "type": "string", "deprecated": true, "deprecatedMessage": "use Name" },
        "When": { "type": "timestamp", "timestampFormat": "unixTimestamp" },
    });
    let conversion = Description::of_shapes(shapes).converted();
    assert_eq!(conversion.shape("Either")["type"], "union");
    assert_eq!(conversion.shape("Any"), json!({ "type": "document" }));
    assert_eq!(conversion.shape("Body")["traits"], json!({ "smithy.api#streaming": {} }));
    assert_eq!(conversion.shape("Old")["traits"], json!({ "smithy.api#deprecated": { "message": "use Name" } }));
    assert_eq!(conversion.shape("When")["traits"], json!({ "smithy.api#timestampFormat": "epoch-seconds" }));
}

#[test]
fn only_a_structure_of_one_operation_is_its_input() {
    let input = json!({ "type": "structure", "members": {} });
    let own = Description::new(input.clone(), json!({}));
    assert_eq!(own.shape("GetCatRequest")["traits"], json!({ "smithy.api#input": {} }));
    let list = json!({ "Cats": { "type": "list", "member": { "shape": "GetCatRequest" } } });
    let shared = Description::new(input, list);
    assert_eq!(shared.shape("GetCatRequest")["traits"], Value::Null);
}

#[test]
fn documentation_goes_apart() {
    let mut input = input_with("Name", json!({ "documentation": "<p>A member.</p>" }));
    input["documentation"] = json!("<p>A structure.</p>");
    let conversion = Description::new(input, json!({})).converted();
    assert!(!conversion.ast.to_string().contains("<p>"), "{}", conversion.ast);
    let member = &conversion.documentation["shapes"]["com.amazonaws.zoo#GetCatRequest$m"];
    let expected = json!({ "type": "apply", "traits": { "smithy.api#documentation": "<p>A member.</p>" } });
    assert_eq!(*member, expected);
}

#[test]
fn a_union_that_botocore_does_not_mark_is_one_all_the_same() {
    let value = json!({ "AttributeValue": { "type": "structure", "members": { "S": { "shape": "Name" } } } });
    let kind = |service: &str| {
        let description = Description::of_shapes(value.clone()).with_metadata(json!({ "serviceId": service }));
        description.shape("AttributeValue")["type"].clone()
    };
    assert_eq!([kind("DynamoDB"), kind("Zoo")], [json!("union"), json!("structure")]);
}

#[test]
fn enum_values_that_differ_in_case_alone_are_told_apart() {
    let codes = json!({ "Code": { "type": "string", "enum": ["BAD", "bad", "Bad"] } });
    let members = Description::new(input_with("Code", json!({})), codes).shape("Code")["members"].clone();
    let names: Vec<String> = members.as_object().expect("it is an enum").keys().cloned().collect();
    assert_eq!(names, ["BAD", "bad_2", "Bad_3"]);
    assert_eq!(members["bad_2"]["traits"]["smithy.api#enumValue"], "bad");
}

#[test]
fn a_deprecated_member_does_not_stand_beside_another_of_its_element() {
    let shapes = json!({
        "Words": { "type": "list", "flattened": true, "member": { "shape": "Name" } },
        "Row": { "type": "structure", "members": {
            "Word": { "shape": "Name", "deprecated": true, "documentation": "Old." },
            "Words": { "shape": "Words", "locationName": "Word" },
            "Other": { "shape": "Name", "deprecated": true },
        } },
    });
    let description = Description::new(input_with("Row", json!({})), shapes);
    let row = description.with_metadata(json!({ "protocol": "rest-xml" })).shape("Row");
    let names: Vec<String> = row["members"].as_object().expect("it has members").keys().cloned().collect();
    assert_eq!(names, ["Words", "Other"]);
}

#[test]
fn bytes_in_events_are_no_streams_though_they_have_the_shape_of_one() {
    let shapes = json!({
        "Body": { "type": "blob" },
        "Records": { "type": "structure", "event": true, "members": { "Payload": { "shape": "Body", "eventpayload": true } } },
    });
    let records = Description::new(input_with("Body", json!({ "streaming": true })), shapes.clone()).shape("Records");
    assert_eq!(records["members"]["Payload"]["target"], "smithy.api#Blob");
    let alone = Description::new(input_with("Body", json!({})), shapes).shape("Records");
    assert_ne!(alone["members"]["Payload"]["target"], "smithy.api#Blob");
}

#[test]
fn json_in_a_member_makes_its_shape_one_of_json() {
    let keys = json!({ "jsonvalue": true, "location": "header", "locationName": "x-facts" });
    let shapes = json!({ "Facts": { "type": "string", "sensitive": true } });
    let conversion = Description::new(input_with("Facts", keys), shapes).converted();
    let member = conversion.shape("GetCatRequest")["members"]["m"].clone();
    assert_eq!(member["target"], "com.amazonaws.zoo#SyntheticJsonFacts");
    assert_eq!(
        conversion.shape("SyntheticJsonFacts"),
        json!({
            "type": "string",
            "traits": { "smithy.api#sensitive": {}, "smithy.api#mediaType": "application/json" },
        })
    );
    assert_eq!(conversion.shape("Facts")["traits"], json!({ "smithy.api#sensitive": {} }));
    assert!(conversion.warnings.is_empty(), "{:?}", conversion.warnings);
}

#[test]
fn values_that_a_member_alone_lists_leave_it_a_string() {
    let description = Description::new(input_with("Name", json!({ "enum": ["A", "B"] })), json!({}));
    let conversion = description.converted();
    assert_eq!(conversion.shape("GetCatRequest")["members"]["m"]["target"], "com.amazonaws.zoo#Name");
    assert!(conversion.warnings.is_empty(), "{:?}", conversion.warnings);
}

#[test]
fn what_is_known_of_a_service_beside_its_file_is_in_its_model() {
    let shapes = json!({
        "ItemCount": { "type": "long" },
        "Integer": { "type": "integer" },
        "Runtime": { "type": "string", "enum": ["go1.x"] },
    });
    let input = json!({ "type": "structure", "members": {
        "Items": { "shape": "ItemCount" }, "Scanned": { "shape": "Integer" }, "Runtime": { "shape": "Runtime" },
    } });
    let of = |service: &str| {
        let description = Description::new(input.clone(), shapes.clone());
        let description = description.with_metadata(json!({ "serviceId": service }));
        let members = description.shape("GetCatRequest")["members"].clone();
        let default = |member: &str| members[member]["traits"]["smithy.api#default"].clone();
        (default("Items"), default("Scanned"), description.shape("Runtime")["members"].clone())
    };
    let (items, scanned, _) = of("DynamoDB");
    assert_eq!((items, scanned), (Value::Null, json!(0)));
    let (items, _, runtime) = of("Lambda");
    assert_eq!((items, runtime["Go1x"].is_object()), (json!(0), true));
    assert!(of("Zoo").2["go1_x"].is_object());
}

#[test]
fn what_is_required_may_be_absent_in_services_whose_clients_let_it() {
    let shapes = json!({
        "Cat": { "type": "structure", "required": ["Name"], "members": { "Name": { "shape": "Name" } } },
    });
    let traits = |service: &str| {
        let description = Description::new(input_with("Cat", json!({})), shapes.clone());
        let description = description.with_metadata(json!({ "serviceId": service }));
        description.shape("Cat")["members"]["Name"]["traits"].clone()
    };
    assert_eq!(traits("Zoo"), json!({ "smithy.api#required": {} }));
    let lenient = json!({ "smithy.api#clientOptional": {}, "smithy.api#required": {} });
    assert_eq!(traits("CloudFormation"), lenient);
}
