//! Diagnostics about services, operations, authentication and pagination.

use super::{ast, member, model, operation, say, say_shapes, service};
use serde_json::{Value, json};

#[test]
fn a_service_without_a_protocol_says_which_it_may_have() {
    insta::assert_snapshot!(say_shapes(json!({"a#S": service(json!({}))})), @r"
    error: the service has no protocol
      --> one.json: a#S (/shapes/a#S)
      hint: the service needs one of the traits smithy.protocols#rpcv2Cbor, aws.protocols#awsJson1_0, aws.protocols#awsJson1_1, aws.protocols#restJson1, aws.protocols#restXml, aws.protocols#awsQuery, aws.protocols#ec2Query, smithy.protocols#rpcv2Json
    ");
}

#[test]
fn other_protocols_are_named() {
    let traits = json!({
        "aws.protocols#restSmoke": {},
        "smithy.protocols#other": {},
        "aws.protocols#awsQueryCompatible": {},
    });
    insta::assert_snapshot!(say_shapes(json!({"a#S": service(traits)})), @r"
    error: the service speaks aws.protocols#restSmoke and smithy.protocols#other, which cannot be emitted
      --> one.json: a#S (/shapes/a#S)
      hint: the service needs one of the traits smithy.protocols#rpcv2Cbor, aws.protocols#awsJson1_0, aws.protocols#awsJson1_1, aws.protocols#restJson1, aws.protocols#restXml, aws.protocols#awsQuery, aws.protocols#ec2Query, smithy.protocols#rpcv2Json
    ");
}

#[test]
fn a_service_that_is_called_by_forms_has_a_version() {
    let mut service = service(json!({"aws.protocols#awsQuery": {}}));
    service["version"] = json!("");
    insta::assert_snapshot!(say_shapes(json!({"a#S": service})), @r#"
    error: the service has no version, which each request of aws.protocols#awsQuery has in it
      --> one.json: a#S (/shapes/a#S)
      hint: write the `version` of the service, such as "2011-06-15"
    "#);
}

#[test]
fn codes_of_the_query_protocol_are_of_some_protocols_alone() {
    let traits = json!({"aws.protocols#awsJson1_1": {}, "aws.protocols#awsQueryCompatible": {}});
    insta::assert_snapshot!(say_shapes(json!({"a#S": service(traits)})), @"
    warning: error codes of the query protocol are of services that speak rpcv2Cbor or awsJson1_0, which this one does not
      --> one.json: a#S (/shapes/a#S/traits/aws.protocols#awsQueryCompatible)
      hint: the client works without them; remove the trait, or correct the protocol
    ");
}

#[test]
fn other_authentication_is_named() {
    let traits = json!({"aws.protocols#restJson1": {}, "smithy.api#httpBasicAuth": {}});
    insta::assert_snapshot!(say_shapes(json!({"a#S": service(traits)})), @r"
    error: the service authenticates by smithy.api#httpBasicAuth alone, which cannot be emitted
      --> one.json: a#S (/shapes/a#S/traits/smithy.api#httpBasicAuth)
      hint: no service of AWS does; aws.auth#sigv4, aws.auth#sigv4a, smithy.api#httpBearerAuth can be emitted, and services without authentication
    ");
}

#[test]
fn a_service_lists_what_can_be_emitted() {
    let traits =
        json!({"aws.protocols#restJson1": {}, "aws.auth#sigv4": {"name": "s"}, "smithy.api#auth": ["a#own", 5]});
    insta::assert_snapshot!(say_shapes(json!({"a#S": service(traits)})), @r"
    error: expected a string, found the number 5
      --> one.json: a#S (/shapes/a#S/traits/smithy.api#auth/1)
      hint: `auth` is a list of trait ids, such as aws.auth#sigv4

    error: none of these ways to authenticate can be emitted
      --> one.json: a#S (/shapes/a#S/traits/smithy.api#auth)
      hint: aws.auth#sigv4, aws.auth#sigv4a, smithy.api#httpBearerAuth can be emitted, and an empty list for services without authentication
    ");
}

#[test]
fn an_operation_cannot_ask_for_other_authentication() {
    let traits = json!({
        "smithy.api#http": {"method": "GET", "uri": "/"},
        "smithy.api#auth": ["smithy.api#httpBearerAuth"],
    });
    insta::assert_snapshot!(say_shapes(json!({"a#Op": operation("/", json!({"traits": traits}))})), @r"
    error: none of these ways to authenticate can be emitted: the service has aws.auth#sigv4
      --> one.json: a#Op (/shapes/a#Op/traits/smithy.api#auth)
      hint: leave out the operations that reach it
    ");
}

#[test]
fn traits_of_the_service_have_their_form() {
    let traits = json!({
        "aws.protocols#restJson1": {},
        "aws.api#service": "IVS",
        "aws.auth#sigv4": {},
        "smithy.rules#endpointRuleSet": {"parameters": {}},
    });
    insta::assert_snapshot!(say_shapes(json!({"a#S": service(traits)})), @r#"
    error: expected an object, found the string "IVS"
      --> one.json: a#S (/shapes/a#S/traits/aws.api#service)
      hint: write an object with `sdkId`, `endpointPrefix` and the like

    error: trait aws.auth#sigv4 has no `name`
      --> one.json: a#S (/shapes/a#S/traits/aws.auth#sigv4)
      hint: write {"name": "..."}

    error: the endpoint rule set has no usable `rules`
      --> one.json: a#S (/shapes/a#S/traits/smithy.rules#endpointRuleSet)
      hint: write an object with `parameters` (an object) and `rules` (an array)
    "#);
}

#[test]
fn inputs_and_outputs_are_structures() {
    let text = json!({"input": {"target": "smithy.api#String"}, "output": {"target": "a#Missing"}});
    insta::assert_snapshot!(say_shapes(json!({"a#Op": operation("/", text)})), @r"
    error: the input of an operation is a structure, and smithy.api#String is a string
      --> one.json: a#Op (/shapes/a#Op/input/target)
      hint: put it into a structure, or write smithy.api#Unit for nothing

    error: target a#Missing does not exist
      --> one.json: a#Op (/shapes/a#Op/output/target)
      hint: define it, or give the source that does
    ");
}

#[test]
fn errors_have_the_error_trait() {
    let errors = json!({"errors": [{"target": "a#In"}, {"target": "smithy.api#String"}]});
    insta::assert_snapshot!(say_shapes(json!({"a#Op": operation("/", errors)})), @r#"
    error: an error is expected here, and a#In is a structure without the trait smithy.api#error
      --> one.json: a#Op (/shapes/a#Op/errors/0/target)
      hint: list structures that have smithy.api#error with "client" or "server"

    error: an error is expected here, and smithy.api#String is a string
      --> one.json: a#Op (/shapes/a#Op/errors/1/target)
      hint: list structures that have smithy.api#error with "client" or "server"
    "#);
}

#[test]
fn services_bind_operations_and_resources() {
    let service = json!({
        "type": "service",
        "version": "1",
        "operations": [{"target": "a#In"}, {"target": "a#Opp"}],
        "resources": [{"target": "a#Op"}],
        "traits": {"aws.protocols#restJson1": {}},
    });
    insta::assert_snapshot!(say_shapes(json!({"a#S": service})), @r"
    error: a#In is a structure, not an operation
      --> one.json: a#S (/shapes/a#S/operations/0/target)
      hint: list operations under `operations` and resources under `resources`

    error: target a#Opp does not exist
      --> one.json: a#S (/shapes/a#S/operations/1/target)
      hint: did you mean a#Op?

    error: a#Op is an operation, not a resource
      --> one.json: a#S (/shapes/a#S/resources/0/target)
      hint: list operations under `operations` and resources under `resources`
    ");
}

#[test]
fn endpoints_are_discovered_by_an_operation_of_the_service() {
    let traits = json!({
        "smithy.api#http": {"method": "GET", "uri": "/"},
        "aws.api#clientDiscoveredEndpoint": {"required": true},
    });
    insta::assert_snapshot!(say_shapes(json!({"a#Op": operation("/", json!({"traits": traits}))})), @r"
    error: the operation needs endpoint discovery, and the service has no aws.api#clientEndpointDiscovery
      --> one.json: a#Op (/shapes/a#Op/traits/aws.api#clientDiscoveredEndpoint)
      hint: leave out the operations that reach it
    ");
    let traits = json!({"aws.protocols#restJson1": {}, "aws.api#clientEndpointDiscovery": {"operation": "a#Tell"}});
    insta::assert_snapshot!(say_shapes(json!({"a#S": service(traits)})), @r"
    error: target a#Tell does not exist
      --> one.json: a#S (/shapes/a#S/traits/aws.api#clientEndpointDiscovery/operation)
      hint: write the id of an operation of the service, that which tells endpoints
    ");
    let traits = json!({"aws.protocols#restJson1": {}, "aws.api#clientEndpointDiscovery": {"error": "a#Bad"}});
    insta::assert_snapshot!(say_shapes(json!({"a#S": service(traits)})), @r#"
    error: target a#Bad does not exist
      --> one.json: a#S (/shapes/a#S/traits/aws.api#clientEndpointDiscovery/error)
      hint: write the id of an error of the service, that which says that an endpoint has moved

    error: trait aws.api#clientEndpointDiscovery has no `operation`
      --> one.json: a#S (/shapes/a#S/traits/aws.api#clientEndpointDiscovery)
      hint: write {"operation": "..."}
    "#);
    let asks = json!({
        "smithy.api#http": {"method": "GET", "uri": "/"},
        "aws.api#clientDiscoveredEndpoint": {"required": "yes"},
    });
    let discovery = json!({"operation": "a#In", "error": "a#In"});
    let traits = json!({"aws.protocols#restJson1": {}, "aws.api#clientEndpointDiscovery": discovery});
    let shapes = json!({"a#S": service(traits), "a#Op": operation("/", json!({"traits": asks}))});
    insta::assert_snapshot!(say_shapes(shapes), @r#"
    error: a#In cannot be the `error` of endpoint discovery
      --> one.json: a#S (/shapes/a#S/traits/aws.api#clientEndpointDiscovery/error)
      hint: write the id of an error of the service, that which says that an endpoint has moved

    error: a#In cannot be the `operation` of endpoint discovery
      --> one.json: a#S (/shapes/a#S/traits/aws.api#clientEndpointDiscovery/operation)
      hint: write the id of an operation of the service, that which tells endpoints

    error: trait aws.api#clientDiscoveredEndpoint takes `true` or `false`, not the string "yes"
      --> one.json: a#Op (/shapes/a#Op/traits/aws.api#clientDiscoveredEndpoint/required)
      hint: write `true` or `false`
    "#);
}

#[test]
fn endpoint_parameters_have_values() {
    let traits = json!({
        "smithy.api#http": {"method": "GET", "uri": "/"},
        "smithy.rules#staticContextParams": {"A": {}},
        "smithy.rules#operationContextParams": {"B": {"path": 1}},
    });
    insta::assert_snapshot!(say_shapes(json!({"a#Op": operation("/", json!({"traits": traits}))})), @r#"
    error: there is no `value` here
      --> one.json: a#Op (/shapes/a#Op/traits/smithy.rules#staticContextParams/A)
      hint: write {"ParameterName": {"value": "x"}}

    error: expected a string, found the number 1
      --> one.json: a#Op (/shapes/a#Op/traits/smithy.rules#operationContextParams/B/path)
      hint: a path is a JMESPath expression
    "#);
}

#[test]
fn checksums_name_members_of_the_input() {
    let traits = json!({
        "smithy.api#http": {"method": "GET", "uri": "/"},
        "aws.protocols#httpChecksum": {"requestChecksumRequired": true, "requestAlgorithmMember": "algorithm"},
    });
    insta::assert_snapshot!(say_shapes(json!({"a#Op": operation("/", json!({"traits": traits}))})), @r"
    error: the input has no member algorithm
      --> one.json: a#Op (/shapes/a#Op/traits/aws.protocols#httpChecksum/requestAlgorithmMember)
      hint: name a member of the input
    ");
    let checksum = json!({"requestAlgorithmMember": "body", "requestValidationModeMember": "Body"});
    let traits = json!({"smithy.api#http": {"method": "GET", "uri": "/"}, "aws.protocols#httpChecksum": checksum});
    let input = json!({"type": "structure", "members": {"body": {"target": "smithy.api#Blob"}}});
    let shapes = json!({"a#Op": operation("/", json!({"traits": traits})), "a#In": input});
    insta::assert_snapshot!(say_shapes(shapes), @r"
    error: the member body is a blob, and has to name an algorithm or a mode
      --> one.json: a#Op (/shapes/a#Op/traits/aws.protocols#httpChecksum/requestAlgorithmMember)
      hint: name a member that targets an enum or a string

    error: the input has no member Body
      --> one.json: a#Op (/shapes/a#Op/traits/aws.protocols#httpChecksum/requestValidationModeMember)
      hint: did you mean body?
    ");
}

#[test]
fn a_decision_diagram_has_parameters_and_results() {
    let traits = json!({"aws.protocols#restJson1": {}, "smithy.rules#endpointBdd": {}});
    insta::assert_snapshot!(say_shapes(json!({"a#S": service(traits)})), @r"
    error: the endpoint decision diagram has no usable `parameters`
      --> one.json: a#S (/shapes/a#S/traits/smithy.rules#endpointBdd)
      hint: write an object with `parameters` (an object) and `results` (an array)

    error: the endpoint decision diagram has no usable `results`
      --> one.json: a#S (/shapes/a#S/traits/smithy.rules#endpointBdd)
      hint: write an object with `parameters` (an object) and `results` (an array)
    ");
}

/// What loading says of an operation with this pagination.
fn say_paginated(paginated: Value) -> String {
    let more = json!({
        "output": {"target": "a#Out"},
        "traits": {
            "smithy.api#http": {"method": "POST", "uri": "/"},
            "smithy.api#paginated": paginated,
        },
    });
    say_shapes(json!({
        "a#Op": operation("/", more),
        "a#In": {"type": "structure", "members": {
            "nextToken": member("smithy.api#String"),
            "maxResults": member("smithy.api#Integer"),
            "since": member("smithy.api#Timestamp"),
        }},
        "a#Out": {"type": "structure", "members": {
            "nextToken": member("smithy.api#String"),
            "page": member("a#Page"),
        }},
        "a#Page": {"type": "structure", "members": {"items": member("a#Items")}},
        "a#Items": {"type": "list", "member": member("smithy.api#String")},
    }))
}

#[test]
fn pagination_names_members_and_paths_that_exist() {
    let good = json!({
        "inputToken": "nextToken",
        "outputToken": "nextToken",
        "items": "page.items",
        "pageSize": "maxResults",
    });
    assert_eq!(say_paginated(good), "fine");
    let bad = json!({
        "inputToken": "nextoken",
        "outputToken": "page.token",
        "items": "nextToken",
        "pageSize": "maxResult",
    });
    insta::assert_snapshot!(say_paginated(bad), @r#"
    error: a#In has no member "nextoken"
      --> one.json: a#Op (/shapes/a#Op/traits/smithy.api#paginated/inputToken)
      hint: did you mean nextToken?

    error: a#In has no member "maxResult"
      --> one.json: a#Op (/shapes/a#Op/traits/smithy.api#paginated/pageSize)
      hint: did you mean maxResults?

    error: a#Page has no member "token"
      --> one.json: a#Op (/shapes/a#Op/traits/smithy.api#paginated/outputToken)
      hint: name a member that it has

    error: the items at "nextToken" are a string
      --> one.json: a#Op (/shapes/a#Op/traits/smithy.api#paginated/items)
      hint: name a list or a map
    "#);
}

#[test]
fn the_size_of_a_page_is_a_number() {
    let sized = json!({"inputToken": "nextToken", "outputToken": "nextToken", "pageSize": "since"});
    insta::assert_snapshot!(say_paginated(sized), @r#"
    error: the page size "since" is a timestamp
      --> one.json: a#Op (/shapes/a#Op/traits/smithy.api#paginated/pageSize)
      hint: name a member that is a whole number
    "#);
}

#[test]
fn pagination_has_both_tokens() {
    insta::assert_snapshot!(say_paginated(json!({"inputToken": 1})), @r"
    error: expected a string, found the number 1
      --> one.json: a#Op (/shapes/a#Op/traits/smithy.api#paginated/inputToken)
      hint: `inputToken` is text

    error: neither the operation nor the service says what `inputToken` is
      --> one.json: a#Op (/shapes/a#Op/traits/smithy.api#paginated)
      hint: write an object with `inputToken` and `outputToken`

    error: neither the operation nor the service says what `outputToken` is
      --> one.json: a#Op (/shapes/a#Op/traits/smithy.api#paginated)
      hint: write an object with `inputToken` and `outputToken`
    ");
}

#[test]
fn types_and_operations_have_different_names() {
    let input = json!({"a#In": {"type": "structure", "members": {"one": member("a#Thing"), "two": member("b#THING")}}});
    let things = ast(json!({
        "a#Thing": {"type": "structure"},
        "b#THING": {"type": "union", "members": {"x": member("smithy.api#Unit")}},
    }));
    insta::assert_snapshot!(say(&[model(input), things]), @r"
    error: a#Thing and b#THING would have the same name
      --> one.json: a#S (/shapes/a#S)
      hint: give one of them another name under `rename` of the service
    ");
}

#[test]
fn new_names_are_names_of_shapes_that_are_used() {
    let mut renaming = service(json!({"aws.protocols#restJson1": {}}));
    renaming["rename"] = json!({"a#Thing": "Other", "a#In": "a#Renamed"});
    insta::assert_snapshot!(say_shapes(json!({"a#S": renaming})), @r#"
    error: "a#Renamed" cannot be the name of a shape
      --> one.json: a#S (/shapes/a#S/rename/a#In)
      hint: use letters, digits and underscores, without a namespace
    "#);
    renaming["rename"] = json!({"a#Thing": "Other"});
    insta::assert_snapshot!(say_shapes(json!({"a#S": renaming})), @r"
    warning: the service renames a#Thing to Other but does not use it
      --> one.json: a#S (/shapes/a#S/rename/a#Thing)
      hint: remove the new name, or mend the id
    ");
}
