//! Paginators.

use crate::fixture::{Fixture, assert_snapshot};

/// The fixtures of this file.
pub(crate) const FIXTURES: &[fn() -> Fixture] = &[with_items, without_items, only_list, nested_paths, map_of_items];

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
