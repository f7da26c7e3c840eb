//! One crate whose shapes have all the names that emitted code uses for something else. It is checked in
//! every run of the tests, so that none of these names is lost by a change of an emitter or a macro.

use serde_json::json;

use crate::fixture::Fixture;

/// The fixtures of this file.
pub(crate) const FIXTURES: &[fn() -> Fixture] = &[taken_names];

/// Structures. Those that Smithy has too begin with a small letter, as ids of the model may.
const STRUCTURES: &[&str] = &[
    "AsRef",
    "blob",
    "Builder",
    "Call",
    "Client",
    "Clone",
    "Config",
    "DateTime",
    "Debug",
    "Default",
    "document",
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
const EXCEPTIONS: &[&str] = &["AnError", "Exception", "Failure", "Generic", "Meta", "Sync", "Unhandled"];

/// A service of these shapes, each of which has members of every kind, some with names that are taken too.
pub(crate) fn taken_names() -> Fixture {
    // An endpoint that is a literal text, as some services have it for FIPS.
    let rules = json!({
        "version": "1.0",
        "parameters": {"UseFIPS": {"builtIn": "AWS::UseFIPS", "required": true, "default": false, "type": "Boolean"}},
        "rules": [{
            "conditions": [{"fn": "booleanEquals", "argv": [{"ref": "UseFIPS"}, true]}],
            "endpoint": {"url": "https://fips.example.com", "properties": {}, "headers": {}},
            "type": "endpoint",
        }],
    });
    let mut fixture = Fixture::new("taken-names")
        .service_trait("smithy.rules#endpointRuleSet", rules)
        .string_enum("Some", &["NONE @enumValue(\"none\")", "UNKNOWN @enumValue(\"unknown\")", "self"])
        .union("Box", &["unknown: String", "self: String", "type: Some", "box: Box", "option: Option"])
        .list("Texts", "String")
        .list("Options", "Option")
        .map("Headers", "String")
        .map("Boxes", "Box");
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
    fixture = fixture.structure("AsMut", &required);
    for name in EXCEPTIONS {
        fixture = fixture.structure(&format!("{name} @error(\"client\")"), &["meta: String", "code: String"]);
    }
    let hiding = ["message: String @required", "at: Timestamp", "option: Option"];
    fixture = fixture.structure("Drop @error(\"server\") @retryable", &hiding);
    fixture = fixture.structure("HashMap @error(\"server\")", &hiding);
    let carried: Vec<&str> = STRUCTURES.iter().copied().chain(["AsMut"]).collect();
    let errors: Vec<&str> = EXCEPTIONS.iter().copied().chain(["Drop", "HashMap", "toString"]).collect();
    let fixture = fixture.structure("toString @error(\"client\")", &["message: String"]);
    fixture.carries(&carried).operation("Move", "POST /move", &["fluent: Fluent", "hold: Hold"], &[], &errors)
}
