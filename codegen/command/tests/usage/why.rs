//! Who asked for an operation.

use insta::assert_snapshot;

use crate::service::{program, usage, vocabulary};
use cargo_smithy_client::usage::Usage;

const PROGRAM: &str = "\
use shop::types::{AttributeValue, HttpHeader};

async fn run(client: &shop::Client) {
    let item = client.get_item().key(\"\u{1b}[2J\").send(); let again = client.get_item();
    call::<GetItemInput>(item);
    client.count_stars();
}
";

#[test]
fn the_lines_are_told_that_ask_for_an_operation() {
    let usage = usage(PROGRAM);
    assert_snapshot!(usage.why("GetItem"), @r#"
    GetItem, as the program names it here:
    src/main.rs:4: let item = client.get_item().key("\u{1b}[2J").send(); let again = client.get_item();
    src/main.rs:5: call::<GetItemInput>(item);
    "#);
    assert_eq!(usage.why("get_item"), usage.why("GetItem"));
}

#[test]
fn types_are_asked_for_by_their_names_in_rust_or_in_the_model() {
    let usage = usage(PROGRAM);
    assert_snapshot!(usage.why("HttpHeader"), @r"
    shop#HTTPHeader, as the program names it here:
    src/main.rs:1: use shop::types::{AttributeValue, HttpHeader};
    ");
    for name in ["HTTPHeader", "shop#HTTPHeader"] {
        assert_eq!(usage.why(name), usage.why("HttpHeader"), "{name}");
    }
}

#[test]
fn what_cannot_be_emitted_is_told_with_its_reason() {
    assert_snapshot!(usage(PROGRAM).why("CountStars"), @r"
    CountStars cannot be emitted (smithy.api#Document is a document, which no message of rpcv2Cbor can hold), and the program names it here:
    src/main.rs:6: client.count_stars();
    ");
}

#[test]
fn nobody_asked() {
    assert_snapshot!(usage(PROGRAM).why("Query\u{1b}"), @r"No line of the program asks for Query\u{1b}.");
    assert_eq!(usage("").why("GetItem"), "No line of the program asks for GetItem.\n");
}

#[test]
fn of_many_lines_the_first_are_shown_and_long_ones_are_cut() {
    let text = format!("client.get_item({});\n", "a".repeat(200)).repeat(25);
    let why = Usage::of(&program(&text), vocabulary()).why("GetItem");
    assert_eq!(why.lines().count(), 22);
    assert!(why.ends_with("and on 5 more lines\n"), "{why}");
    assert!(why.lines().nth(1).is_some_and(|line| line.ends_with("aaa ...")), "{why}");
}
