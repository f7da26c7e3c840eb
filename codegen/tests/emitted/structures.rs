//! Structures: presence, secrets, collections, recursion, timestamps, documentation.

use crate::fixture::{Fixture, assert_snapshot};

/// The fixtures of this file.
pub(crate) const FIXTURES: &[fn() -> Fixture] = &[
    presence,
    presence_without_required,
    sensitive,
    collections,
    enum_keys,
    recursion,
    timestamps,
    documentation,
    big_numbers,
];

fn presence() -> Fixture {
    Fixture::new("presence")
        .simple("Percentage @default(50)", "integer")
        .structure("Detail", &[])
        .structure(
            "Thing",
            &[
                "id: String @required",
                "names: Names @required",
                "created: Timestamp @required",
                "detail: Detail @required",
                "note: String",
                "count: Integer",
                "zero: Integer @default(0)",
                "thirty: Integer @default(30)",
                "off: Boolean @default(false)",
                "on: Boolean @default(true)",
                "ratio: Float @default(1)",
                "greeting: String @default(\"hello\")",
                "none: Names @default([])",
                "cleared: Integer @default(null)",
                "later: Integer @default(7) @addedDefault",
                "asked: Integer @default(7) @clientOptional",
                "share: Percentage @default(50)",
                "mood: Mood @default(\"calm\")",
            ],
        )
        .string_enum("Mood", &["CALM @enumValue(\"calm\")"])
        .list("Names", "String")
        .carries(&["Thing"])
}

#[test]
fn presence_of_members_follows_required_and_default() {
    assert_snapshot("presence", &presence().types(&["Thing"]));
}

fn big_numbers() -> Fixture {
    Fixture::new("big-numbers")
        .structure(
            "Debt",
            &[
                "count: BigInteger",
                "sum: BigDecimal @required",
                "parts: Parts",
                "rate: BigDecimal @default(1.5)",
                "zero: BigInteger @default(0)",
                "long: BigDecimal @default(\"0.100000000000000000000001\")",
            ],
        )
        .list("Parts @sparse", "BigInteger")
        .carries(&["Debt"])
}

#[test]
fn numbers_of_any_length_are_those_of_the_engine() {
    assert_snapshot("big_numbers", &big_numbers().types(&["Debt"]));
    let primitives = big_numbers().file("src/primitives.rs");
    assert!(primitives.contains("BigDecimal, BigInteger, Blob, DateTime,"), "{primitives}");
    assert!(!presence().file("src/primitives.rs").contains("Big"));
}

fn presence_without_required() -> Fixture {
    Fixture::new("presence-without-required")
        .structure("Optional", &["note: String", "detail: Detail @required"])
        .structure("Detail", &["size: Integer @default(0)"])
        .carries(&["Optional"])
}

#[test]
fn a_structure_builds_itself_unless_something_is_always_present() {
    let fixture = presence_without_required();
    let files = [fixture.file("src/types/optional.rs"), fixture.file("src/types/detail.rs")];
    assert_snapshot("presence_without_required", &files.join("\n"));
}

fn sensitive() -> Fixture {
    Fixture::new("sensitive")
        .simple("Secret @sensitive", "string")
        .list("Secrets", "Secret")
        .map("SecretsByName", "Secret")
        .structure("Vault @sensitive", &["label: String"])
        .structure("Account", &["id: String", "key: Secret", "spares: Secrets", "named: SecretsByName", "vault: Vault"])
        .carries(&["Account"])
}

#[test]
fn sensitive_members_are_marked_through_lists_and_maps() {
    assert_snapshot("sensitive", &sensitive().types(&["Account"]));
}

#[test]
fn members_of_a_sensitive_structure_or_union_are_sensitive() {
    let fixture = sensitive().union("Key @sensitive", &["text: String"]).carries(&["Vault", "Key"]);
    let types = fixture.types(&["Vault", "Key"]);
    for row in ["0 label: \"label\" SENSITIVE,", "0 Text(String), is_text, as_text: \"text\" SENSITIVE,"] {
        assert!(types.contains(row), "{row} in:\n{types}");
    }
}

#[test]
fn an_operation_that_returns_secrets_says_so() {
    assert_snapshot("sensitive_output", &sensitive().items("src/operation/carry.rs", &["CarryInput"]));
}

fn enum_keys() -> Fixture {
    Fixture::new("enum-keys")
        .string_enum("Metric", &["CPU @enumValue(\"cpu\")", "MEMORY @enumValue(\"memory\")"])
        .string_enum("Option", &["A @enumValue(\"a\")"])
        .structure("Limit", &["most: Integer @required"])
        .keyed_map("Notes", "Metric", "String")
        .keyed_map("Limits", "Metric", "Limit")
        .keyed_map("Hidden", "Option", "Boolean")
        .keyed_map("Nested", "Metric", "Notes")
        .keyed_map("Sparse @sparse", "Metric", "Limit")
        .list("All", "Notes")
        .structure(
            "Host",
            &["notes: Notes", "limits: Limits", "hidden: Hidden", "nested: Nested", "sparse: Sparse", "all: All"],
        )
        .structure("Strict", &["notes: Notes @required", "limits: Limits @required"])
        .operation(
            "Watch",
            "POST /watch",
            &["notes: Notes @required", "marks: Notes @httpPrefixHeaders(\"x-\")", "host: Host", "strict: Strict"],
            &["marks: Notes @httpPrefixHeaders(\"x-\")", "host: Host"],
            &[],
        )
}

#[test]
fn keys_of_maps_may_be_an_enum_at_any_depth() {
    let fixture = enum_keys();
    let types = [fixture.types(&["Host", "Strict"]), fixture.file("src/operation/watch.rs")];
    assert_snapshot("enum_keys", &types.join("\n"));
}

fn collections() -> Fixture {
    Fixture::new("collections")
        .structure("Part", &["id: String"])
        .list("Parts", "Part")
        .list("SparseNames @sparse", "String")
        .list("Numbers", "Integer")
        .list("Grid", "Numbers")
        .map("Labels", "String")
        .map("PartsByName", "Part")
        .map("SparseSizes @sparse", "Long")
        .map("GridsByName", "Grid")
        .structure(
            "Box",
            &[
                "parts: Parts",
                "sparseNames: SparseNames",
                "grid: Grid",
                "labels: Labels",
                "partsByName: PartsByName",
                "sparseSizes: SparseSizes",
                "gridsByName: GridsByName",
            ],
        )
        .carries(&["Box"])
}

#[test]
fn lists_and_maps_may_be_sparse_and_nested() {
    assert_snapshot("collections", &collections().file("src/types/box.rs"));
}

fn recursion() -> Fixture {
    Fixture::new("recursion")
        .structure("Tree", &["left: Tree", "branches: Trees", "byName: TreesByName", "hen: Hen"])
        .list("Trees", "Tree")
        .map("TreesByName", "Tree")
        .structure("Hen", &["egg: Egg"])
        .structure("Egg", &["hen: Hen @required"])
        .carries(&["Tree"])
}

#[test]
fn members_that_lead_back_are_boxed_once_in_a_cycle_and_never_in_lists() {
    assert_snapshot("recursion", &recursion().types(&["Tree", "Hen", "Egg"]));
}

fn timestamps() -> Fixture {
    Fixture::new("timestamps")
        .simple("HttpDay @timestampFormat(\"http-date\")", "timestamp")
        .list("Days", "HttpDay")
        .structure(
            "Moments",
            &[
                "plain: Timestamp",
                "epoch: Timestamp @timestampFormat(\"epoch-seconds\")",
                "text: Timestamp @timestampFormat(\"date-time\")",
                "day: HttpDay",
                "memberBeatsShape: HttpDay @timestampFormat(\"date-time\")",
                "days: Days",
            ],
        )
        .operation(
            "PutMoments",
            "PUT /moments/{at}",
            &[
                "at: Timestamp @required @httpLabel",
                "since: Timestamp @httpQuery(\"since\")",
                "sinceEpoch: Timestamp @httpQuery(\"epoch\") @timestampFormat(\"epoch-seconds\")",
                "modified: Timestamp @httpHeader(\"If-Modified\")",
                "modifiedText: Timestamp @httpHeader(\"X-At\") @timestampFormat(\"date-time\")",
                "moments: Moments",
            ],
            &[],
            &[],
        )
}

#[test]
fn timestamps_name_the_format_that_is_not_usual_for_their_place() {
    let fixture = timestamps();
    let in_body = fixture.types(&["Moments"]);
    let bound = fixture.items("src/operation/put_moments.rs", &["PutMomentsInput"]);
    assert_snapshot("timestamps", &tables(&[in_body, bound]));
}

/// The tables of shapes alone.
fn tables(items: &[String]) -> String {
    let text = items.join("\n");
    let tables: Vec<&str> = text.split("\n\n").filter(|item| item.trim_start().starts_with("shape! {")).collect();
    tables.join("\n\n")
}

fn documentation() -> Fixture {
    let html = "<p>Makes a <code>Thing</code>. See <a href=\\\"https://example.com/x\\\">the guide</a>.</p>\
        <ul><li><p>First &amp; last</p></li><li>Second</li></ul>\
        <note><p>Takes <i>long</i>.</p></note>";
    let markdown = "Names the thing.\\n\\nUse `Thing` or [`MakeThing`]; see https://example.com/y and <b>not this.\\n\\n* one\\n* two";
    Fixture::new("documentation")
        .structure(
            &format!("Thing @documentation(\"{markdown}\")"),
            &[
                "name: String @documentation(\"A name. It has two sentences.\") @required \
                 @length({\"min\": 1, \"max\": 20}) @pattern(\"^[a-z]+$\")",
                "size: Integer @documentation(\"\") @range({\"min\": 1})",
                "plain: String",
            ],
        )
        .operation(
            &format!("MakeThing @documentation(\"{html}\")"),
            "POST /things",
            &["name: String @required @documentation(\"<p>The name.</p>\")"],
            &["thing: Thing"],
            &[],
        )
        .service_trait("smithy.api#documentation", "<p>Things, and <b>nothing</b> else.</p>".into())
}

#[test]
fn documentation_in_html_and_in_markdown_becomes_rustdoc() {
    let fixture = documentation();
    let library = fixture.file("src/lib.rs");
    let about: Vec<&str> = library.lines().take_while(|line| line.starts_with("//!")).collect();
    let items = [
        format!("{}\n", about.join("\n")),
        fixture.items("src/operation/make_thing.rs", &["Client", "MakeThingInput"]),
        fixture.types(&["Thing"]),
    ];
    assert_snapshot("documentation", &items.join("\n"));
}
