//! Services whose bodies are XML: what their tables say, and which protocol is spoken where there are several.

use serde_json::json;

use crate::fixture::{Fixture, items};

/// The fixtures of this file.
pub(crate) const FIXTURES: &[fn() -> Fixture] = &[rest_xml, with_client_context_params];

/// A service of zones that has everything that XML needs to know of shapes.
fn rest_xml() -> Fixture {
    Fixture::new("rest-xml")
        .without_service_trait("aws.protocols#restJson1")
        .service_trait("aws.protocols#restXml", json!({"noErrorWrapping": true}))
        .service_trait("smithy.api#xmlNamespace", json!({"uri": "https://zones/"}))
        .structure(
            "Zone @xmlName(\"HostedZone\")",
            &[
                "id: String @xmlAttribute @xmlName(\"xsi:id\")",
                "name: String @required @xmlName(\"Name\")",
                "rows: Rows @xmlName(\"Rows\")",
                "words: Words @xmlFlattened @xmlName(\"Word\")",
                "tags: Tags",
                "owner: Zone @xmlNamespace({\"prefix\": \"xsi\", \"uri\": \"https://instance\"})",
                "key: String @jsonName(\"json\")",
            ],
        )
        .union("Choice", &["words: Words @xmlName(\"Words\")", "zone: Zone"])
        .list("Words", "String @xmlName(\"Item\")")
        .list("Rows", "Words @xmlName(\"Row\")")
        .keyed_map("Tags", "String @xmlName(\"K\") @xmlNamespace({\"uri\": \"https://k\"})", "String @xmlName(\"V\")")
        .structure("Gone @error(\"client\")", &["Zone: String"])
        .operation(
            "PutZone @idempotent",
            "PUT /zones/{id}",
            &["id: String @required @httpLabel", "zone: Zone @httpPayload"],
            &["zone: Zone", "etag: String @httpHeader(\"ETag\")"],
            &["Gone"],
        )
        .operation(
            "ListZones",
            "POST /zones",
            &["max: Integer @xmlName(\"MaxItems\")", "choice: Choice"],
            &["zones: Words @xmlFlattened"],
            &[],
        )
}

#[test]
fn tables_say_what_xml_has_to_know() {
    let fixture = rest_xml();
    let tables = |text: &str| -> String {
        let blocks = text.split("\n\n").map(str::trim_start);
        blocks
            .filter(|block| block.starts_with("shape!") || block.starts_with("union!"))
            .map(|block| format!("{block}\n"))
            .collect()
    };
    let types = fixture.types(&["Zone", "Choice"]);
    insta::assert_snapshot!(tables(&types), @"");
    insta::assert_snapshot!(tables(&fixture.file("src/operation/put_zone.rs")), @"");
    insta::assert_snapshot!(tables(&fixture.file("src/operation/list_zones.rs")), @"");
    assert!(fixture.file("src/operation/list_zones.rs").contains("use smithy_client_runtime::shape::Xml;\n"));
    assert!(!fixture.file("src/types/error.rs").contains("xml"));
}

#[test]
fn types_alone_know_nothing_of_xml() {
    let fixture = rest_xml().types_alone();
    assert!(fixture.generated().files.values().all(|text| !text.contains("Xml") && !text.contains("xml {")));
    // The notation of types has the names of the model.
    let zone = fixture.types(&["Zone"]);
    assert!(zone.contains("0 id: \"xsi:id\" = \"id\",\n"), "{zone}");
}

#[test]
fn json_services_know_nothing_of_xml() {
    let fixture =
        rest_xml().without_service_trait("aws.protocols#restXml").service_trait("aws.protocols#restJson1", json!({}));
    assert!(fixture.generated().files.values().all(|text| !text.contains("Xml") && !text.contains("xml {")));
}

#[test]
fn the_protocol_is_the_preferred_one_or_the_one_that_is_chosen() {
    let both = rest_xml().service_trait("aws.protocols#restJson1", json!({}));
    let said = |fixture: &Fixture| {
        let config = fixture.file("src/config.rs");
        let manifest = fixture.file("Cargo.toml");
        let line =
            |text: &str, start: &str| text.lines().find(|line| line.trim_start().starts_with(start)).map(str::to_owned);
        [line(&config, "protocol: "), line(&manifest, "protocol = ")]
            .map(|line| line.unwrap_or_default().trim().to_owned())
    };
    assert_eq!(said(&both), ["protocol: &REST_JSON_1,", ""]);
    assert_eq!(said(&both.speaking("restXml")), ["protocol: &REST_XML,", "protocol = \"restXml\""]);
    insta::assert_snapshot!(rest_xml().speaking("restJson1").refusal(), @"");
}

/// A service with settings of its own for endpoint rules.
fn with_client_context_params() -> Fixture {
    let rules = json!({
        "version": "1.0",
        "parameters": {
            "Region": {"type": "string", "builtIn": "AWS::Region"},
            "ForcePathStyle": {"type": "boolean", "builtIn": "AWS::S3::ForcePathStyle"},
            "Label": {"type": "string"},
            "Hosts": {"type": "stringArray"},
        },
        "rules": [{"conditions": [], "type": "endpoint", "endpoint": {"url": "https://here"}}],
    });
    let settings = json!({
        "ForcePathStyle": {"type": "boolean", "documentation": "Puts buckets into the path."},
        "Label": {"type": "string"},
        "Hosts": {"type": "stringArray", "documentation": "The <b>hosts</b>."},
        "Region": {"type": "string"},
    });
    Fixture::new("client-context-params")
        .service_trait("smithy.rules#endpointRuleSet", rules)
        .service_trait("smithy.rules#clientContextParams", settings)
        .operation("GetThing", "GET /thing", &[], &[], &[])
}

#[test]
fn parameters_of_the_client_are_settings_that_calls_fill_them_with() {
    let fixture = with_client_context_params();
    let config = fixture.file("src/config.rs");
    let (_, table) = config.split_once("client_context_params! {").expect("the settings");
    insta::assert_snapshot!(table, @"");
    let endpoint = fixture.file("src/config/endpoint.rs");
    insta::assert_snapshot!(items(&endpoint, &["params_of_call"]), @"");
    assert_eq!(fixture.generated().warnings, []);
}

#[test]
fn parameters_of_the_client_that_cannot_be_settings_are_told() {
    let with = |name: &str, ty: &str| {
        let fixture = with_client_context_params();
        fixture.service_trait("smithy.rules#clientContextParams", json!({name: {"type": ty}}))
    };
    let warnings = with("Other", "string").generated().warnings;
    insta::assert_snapshot!(warnings.iter().map(ToString::to_string).collect::<String>(), @"");
    insta::assert_snapshot!(with("Label", "boolean").refusal(), @"");
    insta::assert_snapshot!(with("Label", "number").refusal(), @"");
}
