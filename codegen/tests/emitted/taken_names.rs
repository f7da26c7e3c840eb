//! One crate whose shapes have all the names that emitted code uses for something else. It is checked in
//! every run of the tests, so that none of these names is lost by a change of an emitter or a macro.

use serde_json::{Value, json};

use crate::fixture::Fixture;

/// The fixtures of this file.
pub(crate) const FIXTURES: &[fn() -> Fixture] = &[taken_names, taken_operations];

/// Names of services that emitted code uses for something else.
const SDK_IDS: [&str; 13] = [
    "Client",
    "Config",
    "Config Service",
    "Error",
    "From",
    "HashMap",
    "Operation",
    "Option",
    "Region",
    "Result",
    "Send",
    "String",
    "Vec",
];

/// Structures. Those that Smithy has too begin with a small letter, as ids of the model may.
const STRUCTURES: &[&str] = &[
    "AsRef",
    "blob",
    "Builder",
    "Call",
    "CallBuilder",
    "CallFluentBuilder",
    "CallInputBuilder",
    "Client",
    "Clone",
    "Config",
    "DateTime",
    "Debug",
    "Default",
    "document",
    "Draft",
    "DraftBuilder",
    "Drafted",
    "Eq",
    "Err",
    "Error",
    "Fixture",
    "Fluent",
    "From",
    "Hold",
    "Input",
    "Into",
    "Iterator",
    "None",
    "Ok",
    "Operation",
    "Option",
    "Ord",
    "Paginator",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Route",
    "Schema",
    "SdkError",
    "Segment",
    "Self",
    "Send",
    "Shape",
    "string",
    "UnknownVariantValue",
    "Value",
    "Vec",
];

/// Exceptions.
const EXCEPTIONS: &[&str] = &["AnError", "Exception", "MoveError", "Failure", "Generic", "Meta", "Sync", "Unhandled"];

/// Operations.
const OPERATIONS: [&str; 10] =
    ["BuildInput", "CallJson", "Clone", "Config", "Default", "Fluent", "FromConf", "Mod", "New", "Sdk"];

/// A service of these shapes, each of which has members of every kind, some with names that are taken too.
pub(crate) fn taken_names() -> Fixture {
    let fixture = Fixture::new("taken-names").service_trait("smithy.rules#endpointRuleSet", literal_endpoint());
    let fixture = with_exceptions(with_structures(with_other_types(fixture)));
    let carried: Vec<&str> = STRUCTURES.iter().copied().chain(["AsMut", "Holder"]).collect();
    let errors: Vec<&str> =
        EXCEPTIONS.iter().copied().chain(["Drop", "HashMap", "toString", "FixtureServiceError"]).collect();
    let members = ["fluent: Fluent", "hold: Hold", "callBuilder: CallBuilder", "call: CallInputBuilder"];
    fixture.carries(&carried).operation("Move", "POST /move", &members, &[], &errors)
}

/// Rules whose endpoint is a literal text, as some services have it for FIPS.
fn literal_endpoint() -> Value {
    json!({
        "version": "1.0",
        "parameters": {"UseFIPS": {"builtIn": "AWS::UseFIPS", "required": true, "default": false, "type": "Boolean"}},
        "rules": [{
            "conditions": [{"fn": "booleanEquals", "argv": [{"ref": "UseFIPS"}, true]}],
            "endpoint": {"url": "https://fips.example.com", "properties": {}, "headers": {}},
            "type": "endpoint",
        }],
    })
}

/// Adds what members target, apart from structures.
fn with_other_types(fixture: Fixture) -> Fixture {
    let values = [
        "ERR @enumValue(\"err\")",
        "OK @enumValue(\"ok\")",
        "NONE @enumValue(\"none\")",
        "UNKNOWN @enumValue(\"unknown\")",
        "self",
    ];
    fixture
        .string_enum("Some", &values)
        .union("Box", &["unknown: String", "self: String", "type: Some", "box: Box", "option: Option"])
        .list("Texts", "String")
        .list("Options", "Option")
        .map("Headers", "String")
        .map("Boxes", "Box")
}

/// Adds the structures.
fn with_structures(mut fixture: Fixture) -> Fixture {
    for name in STRUCTURES {
        let itself = format!("itself: {name}");
        let drafted = [
            "fluent: String",
            "type: String",
            "self: Integer",
            "send: Boolean",
            "builder: Texts",
            "at: Timestamp",
            "bytes: Blob",
            "any: Document",
            "box: Box",
            "some: Some",
            "options: Options",
            "headers: Headers",
            "boxes: Boxes",
            itself.as_str(),
        ];
        fixture = fixture.structure(name, &drafted);
    }
    let required = ["at: Timestamp @required", "option: Option @required", "some: Some @required @default(\"none\")"];
    fixture.structure("AsMut", &required)
}

/// Adds the exceptions, and what holds one that no operation has.
fn with_exceptions(mut fixture: Fixture) -> Fixture {
    for name in EXCEPTIONS {
        fixture = fixture.structure(&format!("{name} @error(\"client\")"), &["meta: String", "code: String"]);
    }
    let hiding = ["message: String @required", "at: Timestamp", "option: Option"];
    fixture
        .structure("FixtureServiceError @error(\"client\")", &["message: Integer @required"])
        .structure("Unlisted @error(\"server\")", &["message: Some", "again: Unlisted", "drop: Drop"])
        .structure("Holder", &["gone: Unlisted", "all: Unlisteds", "setType: String", "type: String"])
        .list("Unlisteds", "Unlisted")
        .structure("Drop @error(\"server\") @retryable", &hiding)
        .structure("HashMap @error(\"server\")", &hiding)
        .structure("toString @error(\"client\")", &["message: String"])
}

/// A service of operations whose names, and whose members' names, emitted code uses for something else.
pub(crate) fn taken_operations() -> Fixture {
    let methods =
        ["asInput", "withInput", "intoParts", "sendWith", "intoPaginator", "send", "meta", "setToken", "getToken"];
    let members: Vec<String> = methods.iter().chain(&["token"]).map(|name| format!("{name}: String")).collect();
    let members: Vec<&str> = members.iter().map(String::as_str).collect();
    let paginated = r#"{"inputToken": "asInput", "outputToken": "token"}"#;
    let carried = ["builder: CallInputBuilder", "fluent: CallFluentBuilder", "pages: CallPaginatorItems"];
    let fixture = Fixture::new("taken-operations")
        .structure("CallError @error(\"client\")", &["code: String"])
        .structure("CallInputBuilder", &["name: String"])
        .structure("CallFluentBuilder", &["name: String @required"])
        .structure("CallPaginatorItems", &["name: String"])
        .operation("Take", "POST /take", &carried, &carried, &["CallError"])
        .operation(&format!("Call @paginated({paginated})"), "POST /call", &members, &members, &["CallError"]);
    OPERATIONS.iter().fold(fixture, |fixture, name| {
        fixture.operation(name, &format!("POST /{name}"), &["carried: CallInputBuilder"], &[], &["CallError"])
    })
}

/// A service of each of these names.
pub(crate) fn services() -> Vec<Fixture> {
    let service = |sdk_id: &&'static str| {
        Fixture::new(sdk_id)
            .service_trait("aws.api#service", json!({"sdkId": sdk_id, "endpointPrefix": "fixture"}))
            .structure("Thing", &["names: Names", "at: Timestamp @required", "state: State @required"])
            .string_enum("State", &["ON @enumValue(\"on\")"])
            .map("Names", "String")
            .structure("Gone @error(\"client\")", &["thing: Thing"])
            .structure("ConfigService @error(\"client\")", &["message: String"])
            .operation(
                "Get",
                "POST /get/{id}",
                &["id: String @required @httpLabel"],
                &["thing: Thing"],
                &["Gone", "ConfigService"],
            )
    };
    SDK_IDS.iter().map(service).collect()
}
