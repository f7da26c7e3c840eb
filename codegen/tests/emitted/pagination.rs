//! Paginators.

use crate::fixture::{Fixture, assert_snapshot};

/// The fixtures of this file.
pub(crate) const FIXTURES: &[fn() -> Fixture] =
    &[with_items, without_items, only_list, nested_paths, map_of_items, map_tokens, more_pages];

fn with_items() -> Fixture {
    let paginated =
        r#"{"inputToken": "nextToken", "outputToken": "nextToken", "items": "things", "pageSize": "maxResults"}"#;
    Fixture::new("paginated").structure("Thing", &["id: String"]).list("Things", "Thing").operation(
        &format!("ListThings @paginated({paginated})"),
        "POST /list",
        &["nextToken: String", "maxResults: Integer"],
        &["things: Things @required", "nextToken: String"],
        &[],
    )
}

#[test]
fn a_paginator_walks_pages_and_items() {
    assert_snapshot("paginator", &with_items().file("src/operation/list_things/paginator.rs"));
}

#[test]
fn a_fluent_builder_becomes_a_paginator() {
    let operation = with_items().file("src/operation/list_things.rs");
    let builders = operation.find("/// Builders of the operation.").map_or("", |start| &operation[start..]);
    assert_snapshot("paginator_of_builder", builders);
}

fn without_items() -> Fixture {
    let paginated = r#"{"inputToken": "marker", "outputToken": "nextMarker"}"#;
    Fixture::new("paginated-without-items").list("Names", "String").operation(
        &format!("ListBoth @paginated({paginated})"),
        "POST /list",
        &["marker: String"],
        &["left: Names", "right: Names", "nextMarker: String"],
        &[],
    )
}

#[test]
fn a_paginator_without_items_walks_pages_only() {
    assert_snapshot("paginator_without_items", &without_items().file("src/operation/list_both/paginator.rs"));
}

fn only_list() -> Fixture {
    let paginated = r#"{"inputToken": "nextToken", "outputToken": "nextToken"}"#;
    Fixture::new("paginated-only-list").list("Names", "String").operation(
        &format!("ListNames @paginated({paginated})"),
        "POST /list",
        &["nextToken: String"],
        &["names: Names", "nextToken: String"],
        &[],
    )
}

#[test]
fn the_only_list_of_a_page_is_its_items() {
    let paginator = only_list().items("src/operation/list_names/paginator.rs", &["ListNamesPaginatorItems"]);
    assert_snapshot("paginator_of_only_list", &paginator);
}

fn nested_paths() -> Fixture {
    let paginated = r#"{"inputToken": "token", "outputToken": "page.next.token", "items": "page.names"}"#;
    Fixture::new("paginated-nested")
        .list("Names", "String")
        .structure("Page", &["names: Names", "next: Next"])
        .structure("Next", &["token: String @required"])
        .operation(
            &format!("ListNested @paginated({paginated})"),
            "POST /list",
            &["token: String"],
            &["page: Page"],
            &[],
        )
}

#[test]
fn token_and_items_may_lie_deeper_in_the_output() {
    let paginator = nested_paths()
        .items("src/operation/list_nested/paginator.rs", &["ListNestedPaginatorItems", "ListNestedInput"]);
    assert_snapshot("paginator_nested", &paginator);
}

fn map_of_items() -> Fixture {
    let paginated = r#"{"inputToken": "token", "outputToken": "token", "items": "sizes"}"#;
    Fixture::new("paginated-map").map("Sizes", "Integer").operation(
        &format!("ListSizes @paginated({paginated})"),
        "POST /list",
        &["token: String"],
        &["sizes: Sizes", "token: String"],
        &[],
    )
}

#[test]
fn the_items_of_a_map_are_pairs() {
    let paginator = map_of_items().items("src/operation/list_sizes/paginator.rs", &["ListSizesPaginatorItems"]);
    assert_snapshot("paginator_of_map", &paginator);
}

fn map_tokens() -> Fixture {
    let paginated = r#"{"inputToken": "start", "outputToken": "last", "items": "found", "pageSize": "limit"}"#;
    Fixture::new("paginated-map-tokens")
        .union("Attribute", &["text: String", "number: Long"])
        .map("Key", "Attribute")
        .list("Keys", "Key")
        .operation(
            &format!("Search @paginated({paginated})"),
            "POST /search",
            &["start: Key", "limit: Integer"],
            &["found: Keys", "last: Key"],
            &[],
        )
}

#[test]
fn tokens_may_be_maps_and_items_too() {
    assert_snapshot("paginator_of_map_tokens", &map_tokens().file("src/operation/search/paginator.rs"));
}

/// What is said of an operation with these traits, whose input and output have members of several types.
fn warnings(paginated: &str) -> String {
    let fixture = Fixture::new("unserved").structure("Page", &["next: Integer"]).map("Key", "String").operation(
        &format!("List @paginated({paginated})"),
        "POST /list",
        &["token: String", "number: Integer", "key: Key"],
        &["token: String", "number: Integer", "page: Page"],
        &[],
    );
    let warnings = fixture.generated().warnings;
    warnings.iter().map(|warning| format!("{warning}\n")).collect()
}

#[test]
fn an_operation_whose_tokens_cannot_be_passed_on_has_no_paginator_and_a_warning() {
    insta::assert_snapshot!(warnings(r#"{"inputToken": "number", "outputToken": "number"}"#), @r"
    the operation gets no paginator: `number`, its `outputToken`, is neither a string nor a map
      --> unserved.json: fixture#List (/shapes/fixture#List/traits/smithy.api#paginated)
      hint: a paginator passes on two strings, or two maps of one type; pages with other tokens are asked for call by call
    ");
    insta::assert_snapshot!(warnings(r#"{"inputToken": "key", "outputToken": "token"}"#), @r"
    the operation gets no paginator: `key` and `token`, its tokens, differ in their types
      --> unserved.json: fixture#List (/shapes/fixture#List/traits/smithy.api#paginated)
      hint: a paginator passes on two strings, or two maps of one type; pages with other tokens are asked for call by call
    ");
    insta::assert_snapshot!(warnings(r#"{"inputToken": "token", "outputToken": "page.next"}"#), @r"
    the operation gets no paginator: `page.next`, its `outputToken`, is neither a string nor a map
      --> unserved.json: fixture#List (/shapes/fixture#List/traits/smithy.api#paginated)
      hint: a paginator passes on two strings, or two maps of one type; pages with other tokens are asked for call by call
    ");
    assert_eq!(warnings(r#"{"inputToken": "token", "outputToken": "token"}"#), "");
}

#[test]
fn an_operation_that_sends_a_stream_has_no_paginator_and_a_warning() {
    let paginated = r#"{"inputToken": "token", "outputToken": "token"}"#;
    let fixture = Fixture::new("sent").simple("Water @streaming", "blob").operation(
        &format!("Fill @paginated({paginated})"),
        "POST /fill",
        &["token: String @httpQuery(\"token\")", "water: Water @httpPayload @required"],
        &["token: String"],
        &[],
    );
    let generated = fixture.generated();
    insta::assert_snapshot!(generated.warnings[0], @"
    the operation gets no paginator: its input streams, and a stream cannot be sent again for the next page
      --> sent.json: fixture#Fill (/shapes/fixture#Fill/traits/smithy.api#paginated)
      hint: a paginator passes on two strings, or two maps of one type; pages with other tokens are asked for call by call
    ");
    assert!(!generated.files.contains_key("src/operation/fill/paginator.rs"));
}

fn more_pages() -> Fixture {
    let paginated = r#"{"inputToken": "marker", "outputToken": "marker", "items": "parts"}"#;
    Fixture::new("more-pages")
        .without_service_trait("aws.protocols#restJson1")
        .service_trait("aws.protocols#restXml", serde_json::json!({}))
        .service_trait("aws.api#service", serde_json::json!({"sdkId": "S3", "endpointPrefix": "s3"}))
        .list("Parts", "String")
        .operation(
            &format!("ListParts @paginated({paginated})"),
            "POST /list",
            &["marker: String"],
            &["parts: Parts", "IsTruncated: Boolean", "marker: String"],
            &[],
        )
}

#[test]
fn a_token_counts_for_nothing_where_another_member_says_that_there_are_no_more_pages() {
    let file = more_pages().file("src/operation/list_parts/paginator.rs");
    let body = file.split_once("fn next_token").map_or("", |(_, after)| after);
    let body = body.lines().nth(1).map(str::trim);
    assert_eq!(body, Some("if output.is_truncated == Some(true) { output.marker.as_ref() } else { None }"));
}
