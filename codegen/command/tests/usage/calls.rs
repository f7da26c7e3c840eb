//! Programs that are put together of calls use exactly what they call.

use std::collections::BTreeSet;

use proptest::prelude::*;

use crate::service::{usage, used};

/// Pieces of a program, each with the operation that it calls, if it calls one.
const PIECES: &[(&str, &str)] = &[
    ("client.get_item().send().await?;", "GetItem"),
    ("let GetItemOutput { item, .. } = output;", "GetItem"),
    ("client\n.query()\n.send()", "Query"),
    ("mock!(Client::query)", "Query"),
    ("call_json(\"ListTags\")", "ListTags"),
    ("ListTagsPaginator", "ListTags"),
    ("client.wait_until_table_exists()", "DescribeTable"),
    ("r#\"DescribeTable\"#", "DescribeTable"),
    ("/// client.r#match()\nfn a() {}", "Match"),
    ("// client.get_item()\n", ""),
    ("/* client.query() /* \" */ ' */", ""),
    ("\"a \\\" // b\"", ""),
    ("r##\"\"# /* \"##", ""),
    ("b\"\\\\\"", ""),
    ("'\"'", ""),
    ("'\\''", ""),
    ("b'\\\"'", ""),
    ("fn a<'a>(b: &'a str) {}", ""),
    ("'label: loop {}", ""),
    ("1.0e3_f64", ""),
    ("a / b * c", ""),
    ("#[a(b = \"c\")]", ""),
    ("r#fn", ""),
    ("é", ""),
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_program_of_calls_uses_its_calls(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..24)) {
        let text: String = pieces.iter().map(|(piece, _)| format!("{piece}\n")).collect();
        let called: BTreeSet<&str> = pieces.iter().map(|(_, called)| *called).filter(|called| !called.is_empty()).collect();
        prop_assert_eq!(used(&usage(&text)), called.into_iter().collect::<Vec<_>>().join(" "), "{}", text);
    }

    #[test]
    fn any_text_is_read_to_its_end(text in "[a'\"/*#r\\\\\n é!bc_0]{0,40}") {
        let usage = usage(&format!("{text}\n"));
        prop_assert!(usage.operations.is_empty());
    }
}
