//! Operations: routes, bindings, payloads, host prefixes, tokens, signing.

use crate::fixture::{Fixture, assert_snapshot};

/// The fixtures of this file.
pub(crate) const FIXTURES: &[fn() -> Fixture] = &[
    bindings,
    response_bindings,
    literal_query,
    payload_blob,
    payload_structure,
    host_prefix,
    idempotency_token,
    unsigned_operation,
    unsigned_service,
    resource_ids,
    long_running,
    late_errors,
    ruled_host,
    bindings_of_the_other_end,
    optional_payload_structure,
    compressed,
    customized,
];

fn bindings() -> Fixture {
    Fixture::new("bindings").list("Names", "String").map("Texts", "String").map("TextLists", "Names").operation(
        "GetObject",
        "GET /buckets/{bucket}/objects/{key+}",
        &[
            "bucket: String @required @httpLabel",
            "key: String @required @httpLabel",
            "version: Integer @httpQuery(\"version\")",
            "tags: Names @httpQuery(\"tag\") @required",
            "others: TextLists @httpQueryParams",
            "match: String @httpHeader(\"If-Match\")",
            "traits: Names @httpHeader(\"X-Traits\")",
            "meta: Texts @httpPrefixHeaders(\"X-Meta-\")",
        ],
        &[],
        &[],
    )
}

#[test]
fn members_bound_to_path_query_and_headers_say_so_in_the_table() {
    assert_snapshot("bindings", &bindings().file("src/operation/get_object.rs"));
}

fn response_bindings() -> Fixture {
    Fixture::new("response-bindings").map("Texts", "String").operation(
        "HeadObject",
        "HEAD /object",
        &[],
        &[
            "status: Integer @httpResponseCode",
            "tag: String @httpHeader(\"ETag\")",
            "modified: Timestamp @httpHeader(\"Last-Modified\")",
            "meta: Texts @httpPrefixHeaders(\"X-Meta-\")",
            "size: Long @httpHeader(\"Content-Length\") @required",
        ],
        &[],
    )
}

#[test]
fn members_of_an_output_come_from_headers_and_the_status() {
    assert_snapshot(
        "response_bindings",
        &response_bindings().items("src/operation/head_object.rs", &["HeadObjectOutput"]),
    );
}

fn literal_query() -> Fixture {
    Fixture::new("literal-query").operation(
        "ListTags",
        "GET /tags/{id}/all?list-type=2&flag",
        &["id: String @required @httpLabel"],
        &[],
        &[],
    )
}

#[test]
fn a_route_keeps_the_query_that_stands_in_its_uri() {
    let items = literal_query().items("src/operation/list_tags.rs", &["ListTagsInput"]);
    assert_snapshot("literal_query", last_item(&items));
}

fn payload_blob() -> Fixture {
    Fixture::new("payload-blob").simple("Png @mediaType(\"image/png\")", "blob").operation(
        "PutImage",
        "PUT /image",
        &["name: String @httpHeader(\"X-Name\")", "image: Png @httpPayload"],
        &["image: Png @httpPayload"],
        &[],
    )
}

#[test]
fn a_blob_is_the_body_with_its_media_type() {
    assert_snapshot(
        "payload_blob",
        &payload_blob().items("src/operation/put_image.rs", &["PutImageInput", "PutImageOutput"]),
    );
}

fn payload_structure() -> Fixture {
    Fixture::new("payload-structure").structure("Settings", &["size: Integer"]).operation(
        "PutSettings",
        "PUT /settings",
        &["settings: Settings @httpPayload @required", "dryRun: Boolean @httpQuery(\"dryRun\")"],
        &["settings: Settings @httpPayload"],
        &[],
    )
}

#[test]
fn a_structure_is_the_body() {
    assert_snapshot(
        "payload_structure",
        &payload_structure().items("src/operation/put_settings.rs", &["PutSettingsInput", "PutSettingsOutput"]),
    );
}

fn host_prefix() -> Fixture {
    Fixture::new("host-prefix").operation(
        "GetData @endpoint({\"hostPrefix\": \"{accountId}.data-\"})",
        "GET /data",
        &["accountId: String @required @hostLabel @httpHeader(\"X-Account\")"],
        &[],
        &[],
    )
}

#[test]
fn a_host_prefix_names_the_field_of_its_label() {
    let items = host_prefix().items("src/operation/get_data.rs", &["GetDataInput"]);
    assert_snapshot("host_prefix", last_item(&items));
}

fn idempotency_token() -> Fixture {
    Fixture::new("idempotency-token").structure("Nested", &["token: String @idempotencyToken"]).operation(
        "Begin",
        "POST /begin",
        &["clientToken: String @idempotencyToken", "nested: Nested"],
        &["token: String"],
        &[],
    )
}

#[test]
fn only_a_token_of_the_input_itself_is_filled() {
    let fixture = idempotency_token();
    let items = [fixture.items("src/operation/begin.rs", &["BeginInput"]), fixture.types(&["Nested"])];
    let tables: Vec<String> = items.iter().map(|items| table(items)).collect();
    assert_snapshot("idempotency_token", &tables.join("\n"));
}

/// The table of a shape alone.
fn table(items: &str) -> String {
    let table = items.split("\n\n").find(|item| item.trim_start().starts_with("shape! {"));
    table.unwrap_or_else(|| panic!("no table in:\n{items}")).trim_end().to_owned() + "\n"
}

/// The item that stands last.
fn last_item(items: &str) -> &str {
    items.rfind("\n\nimpl ").map_or(items, |start| &items[start + 2..])
}

fn unsigned_operation() -> Fixture {
    Fixture::new("unsigned-operation")
        .operation("OpenDoor @optionalAuth", "POST /open", &[], &[], &[])
        .operation("ShutDoor @auth([])", "POST /shut", &[], &[], &[])
        .operation("LockDoor", "POST /lock", &[], &[], &[])
}

#[test]
fn operations_whose_callers_may_be_strangers_say_so() {
    let fixture = unsigned_operation();
    let routes = ["open_door", "shut_door", "lock_door"]
        .map(|operation| route(&fixture.file(&format!("src/operation/{operation}.rs"))));
    insta::assert_snapshot!(routes.join("\n"), @r#"
    Route::new("OpenDoor","POST",&[Segment::Literal("open")]).auth(&[Scheme::SigV4,Scheme::NoAuth])
    Route::new("ShutDoor","POST",&[Segment::Literal("shut")]).unsigned()
    Route::new("LockDoor","POST",&[Segment::Literal("lock")])
    "#);
}

fn bindings_of_the_other_end() -> Fixture {
    Fixture::new("bindings-of-the-other-end").operation(
        "Turn",
        "POST /turn",
        &["status: Integer @httpResponseCode"],
        &["name: String @httpQuery(\"name\")", "tag: String @httpHeader(\"X-Tag\")"],
        &[],
    )
}

#[test]
fn bindings_that_mean_nothing_in_a_message_leave_the_member_in_its_body() {
    let fixture = bindings_of_the_other_end();
    let tables = ["TurnInput", "TurnOutput"].map(|end| table(&fixture.items("src/operation/turn.rs", &[end])));
    insta::assert_snapshot!(tables.join("\n"), @r#"
    shape! {
        all_optional TurnInput {
            0 status: "status",
        }
    }

    shape! {
        all_optional output TurnOutput {
            0 name: "name",
            1 tag: HEADER "X-Tag" = "tag",
        }
    }
    "#);
}

fn optional_payload_structure() -> Fixture {
    Fixture::new("optional-payload-structure")
        .structure("Settings", &["size: Integer"])
        .union("Choice", &["one: String"])
        .operation("PutSettings", "PUT /settings", &["settings: Settings @httpPayload"], &[], &[])
        .operation("PutChoice", "PUT /choice", &["choice: Choice @httpPayload"], &[], &[])
}

#[test]
fn a_request_has_a_body_where_its_payload_is_a_structure_that_is_not_there() {
    let fixture = optional_payload_structure();
    let tables = [("put_settings", "PutSettingsInput"), ("put_choice", "PutChoiceInput")]
        .map(|(file, input)| table(&fixture.items(&format!("src/operation/{file}.rs"), &[input])));
    insta::assert_snapshot!(tables.join("\n"), @r#"
    shape! {
        all_optional PutSettingsInput {
            0 settings: PAYLOAD "settings" REQUIRED,
        }
    }

    shape! {
        all_optional PutChoiceInput {
            0 choice: PAYLOAD "choice",
        }
    }
    "#);
}

fn compressed() -> Fixture {
    Fixture::new("compressed").operation(
        "PutData @requestCompression({\"encodings\": [\"gzip\"]})",
        "PUT /data",
        &["data: String"],
        &[],
        &[],
    )
}

#[test]
fn compressed_requests_take_a_feature_of_the_runtime_and_settings() {
    let fixture = compressed();
    insta::assert_snapshot!(route(&fixture.file("src/operation/put_data.rs")), @r#"Route::new("PutData","PUT",&[Segment::Literal("data")]).compressed()"#);
    assert!(fixture.file("Cargo.toml").contains("\"request-compression\""));
    assert!(fixture.file("src/config.rs").contains("request_compression!();"));
}

fn customized() -> Fixture {
    Fixture::new("customized").service_trait("aws.api#service", serde_json::json!({"sdkId": "Glacier"})).operation(
        "GetVault",
        "GET /{accountId}/vaults/{name}",
        &["accountId: String @required @httpLabel", "name: String @required @httpLabel"],
        &["accountId: String"],
        &[],
    )
}

#[test]
fn what_clients_do_beyond_the_model_stands_in_tables() {
    let fixture = customized();
    insta::assert_snapshot!(table(&fixture.items("src/operation/get_vault.rs", &["GetVaultInput"])), @r#"
    shape! {
        all_optional GetVaultInput {
            0 account_id: LABEL "accountId" OWN_ACCOUNT,
            1 name: LABEL "name",
        }
    }
    "#);
    let config = fixture.file("src/config.rs");
    let headers = config.lines().find(|line| line.trim_start().starts_with("headers:"));
    assert_eq!(headers.map(str::trim), Some("headers: &[(\"x-amz-glacier-version\", \"2012-06-01\")],"));
}

fn resource_ids() -> Fixture {
    Fixture::new("resource-ids")
        .service_trait("aws.api#service", serde_json::json!({"sdkId": "Route 53"}))
        .simple("ResourceId", "string")
        .operation(
            "GetZone",
            "GET /zone/{name}/{id}",
            &["name: String @required @httpLabel", "id: ResourceId @required @httpLabel"],
            &[],
            &[],
        )
        .operation("ListZones", "GET /zones", &["from: ResourceId @httpQuery(\"from\")"], &[], &[])
}

#[test]
fn an_id_in_a_path_is_sent_without_its_prefix() {
    let fixture = resource_ids();
    insta::assert_snapshot!(route(&fixture.file("src/operation/get_zone.rs")), @r#"Route::new("GetZone","GET",&[Segment::Literal("zone"),Segment::Label(0),Segment::Label(1)],).resource_id(1,&["hostedzone/","change/","delegationset/"])"#);
    assert!(!fixture.file("src/operation/list_zones.rs").contains(".resource_id("));
    assert!(fixture.file("Cargo.toml").contains("\"resource-ids\""));
}

fn long_running() -> Fixture {
    Fixture::new("long-running")
        .service_trait("aws.api#service", serde_json::json!({"sdkId": "Lambda"}))
        .operation("Invoke", "POST /invoke", &[], &[], &[])
        .operation("ListFunctions", "POST /list", &[], &[], &[])
}

#[test]
fn an_operation_that_takes_long_is_not_ended_for_a_stream_that_stalls() {
    let fixture = long_running();
    insta::assert_snapshot!(route(&fixture.file("src/operation/invoke.rs")), @r#"Route::new("Invoke","POST",&[Segment::Literal("invoke")]).may_stall()"#);
    assert!(!fixture.file("src/operation/list_functions.rs").contains("may_stall"));
}

fn late_errors() -> Fixture {
    Fixture::new("late-errors")
        .without_service_trait("aws.protocols#restJson1")
        .service_trait("aws.protocols#restXml", serde_json::json!({}))
        .service_trait("aws.api#service", serde_json::json!({"sdkId": "S3", "endpointPrefix": "s3"}))
        .structure("Busy @error(\"server\")", &["message: String"])
        .operation("DoIt", "POST /do", &[], &[], &["Busy"])
}

#[test]
fn how_a_service_fails_and_what_it_wants_of_signatures_stands_beside_its_facts() {
    let fixture = late_errors();
    let config = fixture.file("src/config.rs");
    let lines = config.lines().map(str::trim).filter(|line| line.contains("REST_XML") || line.contains("igning:"));
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @r"
    use smithy_client_runtime::protocol::REST_XML_LATE_ERRORS;
    protocol: &REST_XML_LATE_ERRORS,
    const SIGNING: Signing = Signing::OF_OBJECTS;
    ");
    assert!(fixture.file("src/error.rs").contains("    transient { \"InternalError\" }\n"));
    assert!(!customized().file("src/config.rs").contains("SIGNING"));
}

fn ruled_host() -> Fixture {
    Fixture::new("ruled-host").service_trait("aws.api#service", serde_json::json!({"sdkId": "S3 Control"})).operation(
        "GetJob @endpoint({\"hostPrefix\": \"{AccountId}.\"})",
        "GET /job",
        &["AccountId: String @required @hostLabel @httpHeader(\"x-account\")"],
        &[],
        &[],
    )
}

#[test]
fn a_prefix_of_hosts_that_the_rules_have_is_not_there_twice() {
    insta::assert_snapshot!(route(&ruled_host().file("src/operation/get_job.rs")), @r#"Route::new("GetJob","GET",&[Segment::Literal("job")])"#);
}

/// The route of an operation, without the blanks of its layout.
fn route(text: &str) -> String {
    let route = text.split_once("const ROUTE: Route = ").map_or("", |(_, route)| route);
    route.split_once(';').map_or("", |(route, _)| route).split_whitespace().collect::<Vec<_>>().join("")
}

fn unsigned_service() -> Fixture {
    Fixture::new("unsigned-service").without_service_trait("aws.auth#sigv4").operation(
        "Look",
        "GET /look",
        &[],
        &[],
        &[],
    )
}

#[test]
fn a_service_without_sigv4_signs_nothing() {
    assert_snapshot("unsigned_service", &unsigned_service().file("src/config.rs"));
}

#[test]
fn the_page_of_an_operation_names_its_error_as_it_is_emitted() {
    let page = Fixture::new("page").operation("CreateTokenWithIAM", "POST /token", &[], &[], &[]);
    let text = page.file("src/operation/create_token_with_iam.rs");
    assert!(text.contains("pub enum CreateTokenWithIAMError {"), "{text}");
    assert!(text.contains("//! [`Client::create_token_with_iam`]"), "{text}");
    assert!(text.contains("[`CreateTokenWithIAMError`] how it fails."), "{text}");
}
