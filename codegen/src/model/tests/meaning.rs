//! What a model says once it is loaded.

use super::{ast, good, good_shapes, member, member_with, model, operation, say, service};
use crate::model::endpoint::ParameterType;
use crate::model::{
    AuthScheme, Binding, Deprecated, Fault, Http, Member, Model, Namespace, Paginated, Retryable, Segment, Shape,
    ShapeId, ShapeKind, TimestampFormat, XmlTraits,
};
use serde_json::{Value, json};

fn shape<'a>(model: &'a Model, id: &str) -> &'a Shape {
    &model.shapes[&ShapeId::new(id)]
}

/// The members of a structure.
fn members<'a>(model: &'a Model, id: &str) -> &'a [Member] {
    match &shape(model, id).kind {
        ShapeKind::Structure(structure) => &structure.members,
        other => panic!("{id} should be a structure, not {other:?}"),
    }
}

/// The members of an input with these members.
fn input(given: Value) -> Vec<Member> {
    let model = good_shapes(json!({"a#In": {"type": "structure", "members": given}}));
    members(&model, "a#In").to_vec()
}

#[test]
fn a_service_has_its_names() {
    let traits = json!({
        "aws.protocols#awsJson1_0": {},
        "aws.protocols#awsQueryCompatible": {},
        "aws.auth#sigv4": {"name": "ivs"},
        "aws.api#service": {"sdkId": "IVS RealTime", "arnNamespace": "arns"},
        "smithy.api#title": "The title",
    });
    let service = good_shapes(json!({"a#S": service(traits)})).service;
    assert_eq!(service.version, "2020-01-01");
    assert_eq!(service.title.as_deref(), Some("The title"));
    assert_eq!(service.sdk_id, "IVS RealTime");
    assert_eq!(service.endpoint_prefix.as_deref(), Some("arns"));
    assert_eq!(service.signing_name.as_deref(), Some("ivs"));
    assert_eq!(service.protocol.name(), "awsJson1_0");
    assert!(service.query_compatible);
}

#[test]
fn a_service_without_names_goes_by_its_own() {
    let service = good_shapes(json!({"a#S": service(json!({"aws.protocols#awsJson1_1": {}}))})).service;
    assert_eq!(service.sdk_id, "S");
    assert_eq!(service.endpoint_prefix, None);
    assert_eq!(service.signing_name, None);
    assert_eq!(service.protocol.name(), "awsJson1_1");
}

#[test]
fn operations_of_resources_belong_to_the_service() {
    let mut service = service(json!({"aws.protocols#restJson1": {}}));
    service["resources"] = json!([{"target": "a#R"}]);
    let model = good_shapes(json!({
        "a#S": service,
        "a#R": {
            "type": "resource",
            "create": {"target": "a#Create"},
            "collectionOperations": [{"target": "a#Collect"}],
            "resources": [{"target": "a#Nested"}],
        },
        "a#Nested": {"type": "resource", "list": {"target": "a#List"}, "resources": [{"target": "a#R"}]},
        "a#Create": operation("/create", json!({})),
        "a#Collect": operation("/collect", json!({})),
        "a#List": operation("/list", json!({})),
    }));
    let names: Vec<_> = model.operations.iter().map(|operation| operation.id.name()).collect();
    assert_eq!(names, ["Collect", "Create", "List", "Op"]);
}

#[test]
fn only_what_is_reached_is_kept() {
    let model = good_shapes(json!({
        "a#In": {"type": "structure", "members": {"list": member("a#List")}},
        "a#List": {"type": "list", "member": member("smithy.api#Integer")},
        "a#Lost": {"type": "string"},
    }));
    let ids: Vec<_> = model.shapes.keys().map(ShapeId::as_str).collect();
    assert_eq!(ids, ["a#In", "a#List", "smithy.api#Integer"]);
}

#[test]
fn unit_is_nothing_for_operations_and_empty_for_unions() {
    let unit = json!({"input": {"target": "smithy.api#Unit"}, "output": {"target": "a#Out"}});
    let model = good_shapes(json!({
        "a#Op": operation("/", unit),
        "a#Out": {"type": "structure", "members": {"u": member("a#U")}},
        "a#U": {"type": "union", "members": {"nothing": member("smithy.api#Unit")}},
    }));
    assert_eq!(model.operations[0].input, None);
    assert_eq!(model.operations[0].output, Some(ShapeId::new("a#Out")));
    assert!(members(&model, "smithy.api#Unit").is_empty());
}

#[test]
fn errors_of_the_service_join_those_of_the_operation_once() {
    let error = |traits: Value| {
        let mut error = json!({"type": "structure", "traits": {"smithy.api#error": "server"}});
        super::merge(&mut error["traits"], traits);
        error
    };
    let mut service = service(json!({"aws.protocols#restJson1": {}}));
    service["errors"] = json!([{"target": "a#Busy"}]);
    let errors = json!({"errors": [{"target": "a#Busy"}, {"target": "a#Bad"}]});
    let model = good_shapes(json!({
        "a#S": service,
        "a#Op": operation("/", errors),
        "a#Bad": error(json!({"smithy.api#error": "client", "aws.protocols#awsQueryError": {"code": "Old.Bad", "httpResponseCode": 400}})),
        "a#Busy": error(json!({"smithy.api#httpError": 503, "smithy.api#retryable": {"throttling": true}})),
    }));
    let errors: Vec<_> = model.operations[0].errors.iter().map(ShapeId::name).collect();
    assert_eq!(errors, ["Bad", "Busy"]);
    let traits = |id| match &shape(&model, id).kind {
        ShapeKind::Structure(structure) => structure.error.clone(),
        _ => None,
    };
    let busy = traits("a#Busy").expect("it is an error");
    assert_eq!((busy.fault, busy.status), (Fault::Server, Some(503)));
    assert_eq!(busy.retryable, Some(Retryable { throttling: true }));
    let bad = traits("a#Bad").expect("it is an error");
    assert_eq!((bad.fault, bad.query_code.as_deref()), (Fault::Client, Some("Old.Bad")));
}

#[test]
fn a_route_has_segments_query_and_code() {
    let http = json!({"method": "post", "uri": "/tags/{arn+}?x&y=1", "code": 204});
    let model = good_shapes(json!({
        "a#Op": operation("/", json!({"traits": {"smithy.api#http": http}})),
        "a#In": {"type": "structure", "members": {
            "arn": member_with("smithy.api#String", json!({"smithy.api#httpLabel": {}, "smithy.api#required": {}})),
        }},
    }));
    let expected = Http {
        method: "POST".into(),
        path: vec![Segment::Literal("tags".into()), Segment::GreedyLabel("arn".into())],
        query: vec![("x".into(), None), ("y".into(), Some("1".into()))],
        code: 204,
    };
    assert_eq!(model.operations[0].http, expected);
    assert_eq!(members(&model, "a#In")[0].binding, Binding::Label);
}

#[test]
fn aws_json_posts_to_the_root_and_knows_no_bindings() {
    let header = json!({"smithy.api#httpHeader": "x-h", "smithy.api#jsonName": "other"});
    let model = good_shapes(json!({
        "a#S": service(json!({"aws.protocols#awsJson1_1": {}})),
        "a#Op": operation("/elsewhere/{x}", json!({})),
        "a#In": {"type": "structure", "members": {"h": member_with("smithy.api#String", header)}},
    }));
    let http = &model.operations[0].http;
    assert_eq!((http.method.as_str(), http.path.len(), http.code), ("POST", 0, 200));
    let member = &members(&model, "a#In")[0];
    assert_eq!((&member.binding, &member.body_name), (&Binding::Body, &None));
}

#[test]
fn pagination_is_completed_by_the_service() {
    let mut service = service(json!({"aws.protocols#restJson1": {}}));
    service["traits"]["smithy.api#paginated"] = json!({"inputToken": "next", "outputToken": "next", "pageSize": "max"});
    let more = json!({
        "output": {"target": "a#Out"},
        "traits": {
            "smithy.api#http": {"method": "POST", "uri": "/"},
            "smithy.api#paginated": {"outputToken": "after", "items": "items"},
        },
    });
    let model = good_shapes(json!({
        "a#S": service,
        "a#Op": operation("/", more),
        "a#In": {"type": "structure", "members": {"next": member("smithy.api#String"), "max": member("smithy.api#Integer")}},
        "a#Out": {"type": "structure", "members": {"after": member("smithy.api#String"), "items": member("a#Items")}},
        "a#Items": {"type": "list", "member": member("smithy.api#String")},
    }));
    let expected = Paginated {
        input_token: "next".into(),
        output_token: "after".into(),
        items: Some("items".into()),
        page_size: Some("max".into()),
    };
    assert_eq!(model.operations[0].paginated, Some(expected));
}

#[test]
fn traits_of_operations_are_fields() {
    let traits = json!({
        "smithy.api#http": {"method": "GET", "uri": "/"},
        "smithy.api#auth": [],
        "smithy.api#endpoint": {"hostPrefix": "data-"},
        "smithy.api#httpChecksumRequired": {},
        "smithy.api#readonly": {},
        "smithy.api#idempotent": {},
        "smithy.api#deprecated": {"message": "gone", "since": "2"},
        "aws.auth#unsignedPayload": {},
        "smithy.rules#staticContextParams": {"Flag": {"value": true}},
        "smithy.rules#operationContextParams": {"Arn": {"path": "a.b"}},
    });
    let model = good_shapes(json!({"a#Op": operation("/", json!({"traits": traits}))}));
    let operation = &model.operations[0];
    let flags = [
        operation.is_anonymous(),
        operation.checksum_required,
        operation.readonly,
        operation.idempotent,
        operation.unsigned_payload,
    ];
    assert_eq!(flags, [true; 5]);
    assert_eq!(operation.host_prefix.as_deref(), Some("data-"));
    let deprecated = Deprecated { message: Some("gone".into()), since: Some("2".into()) };
    assert_eq!(operation.deprecated, Some(deprecated));
    assert_eq!(operation.static_context_params["Flag"], true);
    assert_eq!(operation.operation_context_params["Arn"].source, "a.b");
}

#[test]
fn an_operation_signs_unless_it_says_otherwise() {
    assert_eq!(good_shapes(json!({})).operations[0].auth, None);
}

#[test]
fn ways_to_authenticate_are_those_of_the_service_in_its_order() {
    let service_with = |mut traits: Value| {
        traits["aws.protocols#restJson1"] = json!({});
        good_shapes(json!({"a#S": service(traits)})).service
    };
    let name = json!({"name": "s"});
    let all = json!({"smithy.api#httpBearerAuth": {}, "aws.auth#sigv4a": name, "aws.auth#sigv4": name});
    assert_eq!(service_with(all.clone()).auth, [AuthScheme::SigV4, AuthScheme::SigV4a, AuthScheme::HttpBearer]);
    let mut ordered = all;
    ordered["smithy.api#auth"] = json!(["aws.auth#sigv4a", "smithy.api#httpBasicAuth", "aws.auth#sigv4"]);
    assert_eq!(service_with(ordered).auth, [AuthScheme::SigV4a, AuthScheme::SigV4]);
    let tokens = service_with(json!({"smithy.api#httpBearerAuth": {}}));
    assert_eq!((tokens.auth, tokens.signing_name), (vec![AuthScheme::HttpBearer], None));
    let anonymous = service_with(json!({"aws.auth#sigv4": name, "smithy.api#auth": []}));
    assert_eq!((anonymous.auth, anonymous.signing_name.as_deref()), (vec![], Some("s")));
    assert_eq!(service_with(json!({"aws.auth#sigv4a": name})).signing_name.as_deref(), Some("s"));
}

#[test]
fn operations_choose_among_the_ways_of_their_service() {
    let of = |traits: Value| {
        let name = json!({"name": "s"});
        let service_traits =
            json!({"aws.protocols#awsJson1_0": {}, "aws.auth#sigv4": name, "smithy.api#httpBearerAuth": {}});
        let shapes = json!({"a#S": service(service_traits), "a#Op": operation("/", json!({"traits": traits}))});
        good_shapes(shapes).operations[0].auth.clone()
    };
    let bearer = "smithy.api#httpBearerAuth";
    assert_eq!(of(json!({})), None);
    assert_eq!(of(json!({"smithy.api#auth": []})), Some(vec![AuthScheme::NoAuth]));
    assert_eq!(of(json!({"smithy.api#auth": [], "smithy.api#optionalAuth": {}})), Some(vec![AuthScheme::NoAuth]));
    assert_eq!(
        of(json!({"smithy.api#auth": [bearer, "aws.auth#sigv4"]})),
        Some(vec![AuthScheme::HttpBearer, AuthScheme::SigV4])
    );
    assert_eq!(
        of(json!({"smithy.api#optionalAuth": {}})),
        Some(vec![AuthScheme::SigV4, AuthScheme::HttpBearer, AuthScheme::NoAuth])
    );
}

#[test]
fn traits_of_members_are_fields() {
    let member = input(json!({"x": member_with("smithy.api#String", json!({
        "smithy.api#required": {},
        "smithy.api#clientOptional": {},
        "smithy.api#default": "d",
        "smithy.api#jsonName": "X",
        "smithy.api#idempotencyToken": {},
        "smithy.rules#contextParam": {"name": "P"},
        "smithy.api#length": {"min": 1, "max": 2},
        "smithy.api#pattern": "^x$",
        "smithy.api#documentation": "<p>Doc</p>",
    }))}))
    .remove(0);
    assert_eq!([member.required, member.client_optional, member.idempotency_token], [true; 3]);
    assert_eq!(member.default, Some(json!("d")));
    assert_eq!(member.body_name.as_deref(), Some("X"));
    assert_eq!(member.context_param.as_deref(), Some("P"));
    assert_eq!(member.constraints.length, Some((Some(1), Some(2))));
    assert_eq!(member.constraints.pattern.as_deref(), Some("^x$"));
    assert_eq!(member.documentation.as_deref(), Some("<p>Doc</p>"));
}

#[test]
fn traits_of_shapes_are_fields() {
    let model = good_shapes(json!({
        "a#In": {"type": "structure", "members": {"s": member("a#Secret"), "t": member("a#When"), "l": member("a#List")}},
        "a#Secret": {"type": "string", "traits": {"smithy.api#sensitive": {}, "smithy.api#mediaType": "text/x"}},
        "a#When": {"type": "timestamp", "traits": {"smithy.api#timestampFormat": "http-date"}},
        "a#List": {
            "type": "list",
            "member": member("smithy.api#String"),
            "traits": {"smithy.api#sparse": {}, "smithy.api#uniqueItems": {}},
        },
    }));
    let secret = shape(&model, "a#Secret");
    assert!(secret.sensitive);
    assert_eq!(secret.media_type.as_deref(), Some("text/x"));
    assert_eq!(shape(&model, "a#When").timestamp_format, Some(TimestampFormat::HttpDate));
    let list = shape(&model, "a#List");
    assert!(list.constraints.unique_items);
    assert!(matches!(&list.kind, ShapeKind::List { sparse: true, .. }));
}

#[test]
fn renamed_shapes_have_their_new_name_everywhere() {
    let mut service = service(json!({"aws.protocols#restJson1": {}}));
    service["rename"] = json!({"b#Thing": "OtherThing"});
    let first = model(json!({
        "a#S": service,
        "a#In": {"type": "structure", "members": {"one": member("a#Thing"), "two": member("b#Thing")}},
        "a#Thing": {"type": "structure"},
    }));
    let model = good(&[first, ast(json!({"b#Thing": {"type": "structure"}}))]).model;
    assert_eq!(members(&model, "a#In")[1].target, ShapeId::new("b#OtherThing"));
    assert_eq!(shape(&model, "b#OtherThing").id.name(), "OtherThing");
}

#[test]
fn old_enums_are_enums_with_names() {
    let definitions = json!([
        {"value": "t2.nano", "name": "T2_NANO", "documentation": "Small."},
        {"value": "t2.micro", "deprecated": true},
    ]);
    let model = good_shapes(json!({
        "a#In": {"type": "structure", "members": {"e": member("a#E")}},
        "a#E": {"type": "string", "traits": {"smithy.api#enum": definitions}},
    }));
    let ShapeKind::Enum(members) = &shape(&model, "a#E").kind else {
        panic!("a string with the enum trait is an enum");
    };
    let named: Vec<_> = members.iter().map(|one| (one.name.as_str(), one.value.as_str())).collect();
    assert_eq!(named, [("T2_NANO", "t2.nano"), ("T2_MICRO", "t2.micro")]);
    assert_eq!(members[0].documentation.as_deref(), Some("Small."));
    assert_eq!(members[1].deprecated, Some(Deprecated::default()));
}

/// The same model as one of Smithy 1.0.
fn as_version_one(text: &str) -> String {
    text.replace("\"smithy\":\"2.0\"", "\"smithy\":\"1.0\"")
}

#[test]
fn unboxed_numbers_of_smithy_1_are_zero_and_boxed_ones_are_not() {
    let text = model(json!({
        "a#In": {"type": "structure", "members": {
            "unboxed": member("a#Number"),
            "boxed": member_with("a#Number", json!({"smithy.api#box": {}})),
            "boxedTarget": member("a#Boxed"),
            "primitive": member("smithy.api#PrimitiveBoolean"),
            "prelude": member("smithy.api#Integer"),
        }},
        "a#Number": {"type": "integer"},
        "a#Boxed": {"type": "integer", "traits": {"smithy.api#box": {}}},
    }));
    let model = good(&[as_version_one(&text)]).model;
    let defaults = members(&model, "a#In").iter().map(|one| one.default.clone());
    let expected = [Some(json!(0)), Some(json!(null)), None, Some(json!(false)), None];
    assert_eq!(defaults.collect::<Vec<_>>(), expected);
}

#[test]
fn sets_of_smithy_1_are_lists_of_unique_items() {
    let text = model(json!({
        "a#In": {"type": "structure", "members": {"s": member("a#Set")}},
        "a#Set": {"type": "set", "member": member("smithy.api#String")},
    }));
    let model = good(&[as_version_one(&text)]).model;
    let set = shape(&model, "a#Set");
    assert!(matches!(set.kind, ShapeKind::List { .. }));
    assert!(set.constraints.unique_items);
}

#[test]
fn members_take_the_default_of_their_target() {
    let model = good_shapes(json!({
        "a#In": {"type": "structure", "members": {"x": member("a#X"), "y": member("smithy.api#PrimitiveLong")}},
        "a#X": {"type": "boolean", "traits": {"smithy.api#default": true}},
    }));
    let defaults: Vec<_> = members(&model, "a#In").iter().map(|one| one.default.clone()).collect();
    assert_eq!(defaults, [Some(json!(true)), Some(json!(0))]);
}

#[test]
fn members_of_inputs_are_optional_and_have_no_default() {
    let model = good_shapes(json!({"a#In": {
        "type": "structure",
        "traits": {"smithy.api#input": {}},
        "members": {"x": member_with("smithy.api#Boolean", json!({"smithy.api#default": true}))},
    }}));
    let member = &members(&model, "a#In")[0];
    assert_eq!((member.client_optional, &member.default), (true, &None));
}

#[test]
fn types_of_endpoint_parameters_are_written_one_way() {
    let rules = json!({
        "version": "1.0",
        "parameters": {"Region": {"type": "string"}, "UseFIPS": {"type": "Boolean"}, "Arns": {"type": "stringArray"}},
        "rules": [],
    });
    let traits = json!({"aws.protocols#restJson1": {}, "smithy.rules#endpointRuleSet": rules});
    let rules = good_shapes(json!({"a#S": service(traits)})).service.endpoint_rule_set;
    let rules = rules.expect("the service has rules").rules.expect("they are right");
    let types: Vec<_> = rules.parameters.iter().map(|parameter| parameter.ty).collect();
    assert_eq!(types, [ParameterType::Text, ParameterType::Bool, ParameterType::TextList]);
}

/// The input of a restXml service, with a member `x` that has these traits and this target.
fn in_xml(target: &str, traits: Value) -> String {
    model(json!({
        "a#S": service(json!({"aws.protocols#restXml": {}, "smithy.api#xmlNamespace": {"uri": "https://s"}})),
        "a#In": {
            "type": "structure",
            "members": {"x": member_with(target, traits)},
            "traits": {"smithy.api#xmlName": "Root", "smithy.api#xmlNamespace": {"uri": "https://r", "prefix": "r"}},
        },
        "a#List": {"type": "list", "member": member_with("smithy.api#String", json!({"smithy.api#xmlName": "Item"}))},
    }))
}

#[test]
fn traits_about_xml_are_fields_where_the_protocol_has_xml() {
    let traits = json!({
        "smithy.api#xmlName": "X",
        "smithy.api#xmlFlattened": {},
        "smithy.api#xmlNamespace": {"uri": "https://x"},
        "smithy.api#jsonName": "json",
    });
    let model = good(&[in_xml("a#List", traits)]).model;
    let namespace =
        |prefix: Option<&str>, uri: &str| Some(Namespace { prefix: prefix.map(str::to_owned), uri: uri.to_owned() });
    assert_eq!(model.service.xml_namespace, namespace(None, "https://s"));
    let input = shape(&model, "a#In");
    assert_eq!((input.xml_name.as_deref(), &input.xml_namespace), (Some("Root"), &namespace(Some("r"), "https://r")));
    let member = &members(&model, "a#In")[0];
    assert_eq!(member.body_name.as_deref(), Some("X"));
    let expected = XmlTraits { flattened: true, namespace: namespace(None, "https://x"), ..XmlTraits::default() };
    assert_eq!(member.xml, expected);
    let json = good(&[in_xml("a#List", json!({"smithy.api#xmlName": "X"})).replace("#restXml", "#restJson1")]).model;
    let member = &members(&json, "a#In")[0];
    assert_eq!((&member.body_name, &member.xml), (&None, &XmlTraits::default()));
    assert_eq!((&shape(&json, "a#In").xml_name, &json.service.xml_namespace), (&None, &None));
}

#[test]
fn what_xml_cannot_hold_is_told() {
    let said = |target: &str, traits: Value| say(&[in_xml(target, traits)]);
    insta::assert_snapshot!(said("a#List", json!({"smithy.api#xmlAttribute": {}})), @r"
    error: smithy.api#xmlAttribute is for booleans, numbers, strings and timestamps in structures, not for a list in a structure
      --> one.json: a#In$x (/shapes/a#In/members/x/traits/smithy.api#xmlAttribute)
      hint: remove the trait
    ");
    insta::assert_snapshot!(said("smithy.api#String", json!({"smithy.api#xmlName": "a b"})), @r#"
    error: trait smithy.api#xmlName takes a name of XML, such as "Item" or "xsi:type", not the string "a b"
      --> one.json: a#In$x (/shapes/a#In/members/x/traits/smithy.api#xmlName)
      hint: write a name of XML, such as "Item" or "xsi:type"
    "#);
    insta::assert_snapshot!(said("smithy.api#String", json!({"smithy.api#xmlNamespace": {"prefix": "a:b"}})), @r#"
    error: trait smithy.api#xmlNamespace takes a name of XML without a colon as `prefix`, not the string "a:b"
      --> one.json: a#In$x (/shapes/a#In/members/x/traits/smithy.api#xmlNamespace/prefix)
      hint: write a name of XML without a colon as `prefix`

    error: trait smithy.api#xmlNamespace has no `uri`
      --> one.json: a#In$x (/shapes/a#In/members/x/traits/smithy.api#xmlNamespace)
      hint: write {"uri": "..."}
    "#);
    insta::assert_snapshot!(said("smithy.api#String", json!({"smithy.api#xmlFlattened": {}})), @r"
    warning: smithy.api#xmlFlattened is for lists and maps in structures and unions, and has no effect on a string in a structure
      --> one.json: a#In$x (/shapes/a#In/members/x/traits/smithy.api#xmlFlattened)
      hint: remove the trait
    ");
}
