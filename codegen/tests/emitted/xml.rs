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

/// The tables of a file.
fn tables(text: &str) -> String {
    let blocks = text.split("\n\n").map(str::trim_start);
    blocks
        .filter(|block| block.starts_with("shape!") || block.starts_with("union!"))
        .map(|block| format!("{block}\n"))
        .collect()
}

#[test]
fn tables_of_types_say_what_xml_has_to_know() {
    let fixture = rest_xml();
    let types = fixture.types(&["Zone", "Choice"]);
    insta::assert_snapshot!(tables(&types), @r#"
    shape! {
        Zone {
            0 id: "xsi:id" = "id" ATTRIBUTE,
            1 name: "Name" = "name",
            2 rows: "Rows" = "rows",
            3 words: "Word" = "words" FLATTENED,
            4 tags: "tags",
            5 owner: "owner",
            6 key: "key",
        } xml {
            2 Xml::list("Row").of(&Xml::list("Item")),
            4 Xml::map("K", "V").by(&Xml::PLAIN.namespace("https://k")),
            5 Xml::PLAIN.prefixed("xsi", "https://instance"),
        }
    }
    union! {
        Choice {
            0 Words(Vec<String>), is_words, as_words: "Words" = "words",
            1 Zone(Zone), is_zone, as_zone: "zone",
        } xml {
            0 Xml::list("Item"),
        }
    }
    "#);
    assert!(!fixture.file("src/types/error.rs").contains("xml"));
}

#[test]
fn tables_of_inputs_and_outputs_have_their_elements() {
    let fixture = rest_xml();
    insta::assert_snapshot!(tables(&fixture.file("src/operation/put_zone.rs")), @r#"
    shape! {
        all_optional PutZoneInput {
            0 id: LABEL "id",
            1 zone: PAYLOAD "HostedZone" = "zone" REQUIRED,
        } xml {
            1 Xml::PLAIN.namespace("https://zones/"),
        }
    }
    shape! {
        all_optional output PutZoneOutput {
            0 zone: "zone",
            1 etag: HEADER "ETag" = "etag",
        } xml {
            root "PutZoneOutput",
        }
    }
    "#);
    insta::assert_snapshot!(tables(&fixture.file("src/operation/list_zones.rs")), @r#"
    shape! {
        all_optional ListZonesInput {
            0 max: "MaxItems" = "max",
            1 choice: "choice",
        } xml {
            root "ListZonesInput" Xml::PLAIN.namespace("https://zones/"),
        }
    }
    shape! {
        all_optional output ListZonesOutput {
            0 zones: "zones" FLATTENED,
        } xml {
            root "ListZonesOutput",
        }
    }
    "#);
    assert!(fixture.file("src/operation/list_zones.rs").contains("use smithy_client_runtime::shape::Xml;\n"));
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
    insta::assert_snapshot!(rest_xml().speaking("restJson1").refusal(), @r#"
    error: the service does not speak "restJson1"
      --> rest-xml.json: fixture#FixtureService (/shapes/fixture#FixtureService)
      hint: choose among restXml, or leave the choice to the generator
    "#);
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
    let start = config.find("client_context_params! {").expect("the settings");
    insta::assert_snapshot!(&config[start..], @r"
    client_context_params! {
        /// Puts buckets into the path.
        force_path_style, set_force_path_style: bool => ForcePathStyleParam;
        /// The parameter `Label` of the endpoint rules.
        label, set_label: String => LabelParam;
        /// The **hosts**.
        hosts, set_hosts: Vec<String> => HostsParam;
    }
    ");
    let endpoint = fixture.file("src/config/endpoint.rs");
    insta::assert_snapshot!(items(&endpoint, &["params_of_call"]), @r#"
    /// The parameters of a call: its client's settings.
    pub(crate) fn params_of_call(
        bag: &ConfigBag,
        _: &'static str,
        _: &dyn Shape,
    ) -> Result<EndpointResolverParams, BoxError> {
        let params = Params {
            region: region(bag),
            force_path_style: context_params::force_path_style(bag),
            label: context_params::label(bag),
            hosts: context_params::hosts(bag),
        };
        if let Some(region) = &params.region && !functions::is_valid_host_label(region, true)
        {
            return invalid_params("region", NO_HOST_LABEL);
        }
        Ok(EndpointResolverParams::new(params))
    }
    "#);
    assert_eq!(fixture.generated().warnings, []);
}

#[test]
fn parameters_of_the_client_that_cannot_be_settings_are_told() {
    let with = |name: &str, ty: &str| {
        let fixture = with_client_context_params();
        fixture.service_trait("smithy.rules#clientContextParams", json!({name: {"type": ty}}))
    };
    let warnings = with("Other", "string").generated().warnings;
    insta::assert_snapshot!(warnings[0].to_string(), @r"
    the endpoint rules have no parameter Other
      --> client-context-params.json: fixture#FixtureService (/shapes/fixture#FixtureService/traits/smithy.rules#clientContextParams/Other)
      hint: it has no effect on the client; correct its name
    ");
    insta::assert_snapshot!(with("Label", "boolean").refusal(), @r"
    error: the parameter Label has another type in the endpoint rules
      --> client-context-params.json: fixture#FixtureService (/shapes/fixture#FixtureService/traits/smithy.rules#clientContextParams/Label)
      hint: give both the same type
    ");
    insta::assert_snapshot!(with("Label", "number").refusal(), @r"
    error: trait smithy.rules#clientContextParams cannot be read: parameter type `number` is none of String, Boolean and StringArray
      --> client-context-params.json: fixture#FixtureService (/shapes/fixture#FixtureService/traits/smithy.rules#clientContextParams)
      hint: write an object of names, each with a `type`: string, boolean or stringArray
    ");
}
