//! Coverage of a small model, and of the repository's own.

use std::fs;
use std::path::PathBuf;

use serde_json::json;

use super::{Kind, coverage};
use smithy_client_codegen::Source;

/// A service with an operation, a structure and an enum; only the operation is documented, by this text.
fn source(text: &str) -> Source {
    let ast = json!({ "smithy": "2.0", "shapes": {
        "a#Zoo": { "type": "service", "version": "1", "operations": [{ "target": "a#GetCat" }],
            "traits": { "aws.protocols#restJson1": {}, "aws.api#service": { "sdkId": "Zoo" } } },
        "a#GetCat": { "type": "operation", "input": { "target": "a#GetCatRequest" }, "errors": [{ "target": "a#Gone" }],
            "traits": { "smithy.api#http": { "method": "GET", "uri": "/" }, "smithy.api#documentation": text } },
        "a#GetCatRequest": { "type": "structure", "members": { "name": { "target": "a#Name" }, "kind": { "target": "a#Kind" } } },
        "a#Name": { "type": "string", "traits": { "smithy.api#documentation": "A name." } },
        "a#Kind": { "type": "enum", "members": { "HOUSE": { "target": "smithy.api#Unit" } } },
        "a#Gone": { "type": "structure", "members": {}, "traits": { "smithy.api#error": "client" } },
    } });
    Source { name: "zoo.json".to_owned(), text: ast.to_string() }
}

#[test]
fn every_kind_is_counted_and_what_is_missing_is_named() {
    let found = coverage(&[source("Gets a cat.")]).expect("it is a model");
    let tallies: Vec<String> =
        found.kinds.iter().map(|(kind, tally)| format!("{kind} {}/{}", tally.documented, tally.all)).collect();
    let expected =
        "services 0/1, operations 1/1, examples 0/1, structures 0/1, members 1/2, enums 0/1, values 0/1, errors 0/1";
    assert_eq!(tallies.join(", "), expected);
    let expected = ["a#GetCatRequest", "a#GetCatRequest$kind", "a#Gone", "a#Kind", "a#Kind$HOUSE", "a#Zoo"];
    assert_eq!(found.missing, expected);
    assert_eq!(found.faults[0].message, "it has no example; add one by `smithy.api#examples`");
    assert!(!found.is_complete());
}

#[test]
fn a_wrong_form_is_named_with_its_place() {
    let found = coverage(&[source("<p>Gets a [`Dog`].</p>")]).expect("it is a model");
    let faults: Vec<String> = found.faults.iter().map(|fault| format!("{}: {}", fault.id, fault.message)).collect();
    assert_eq!(faults.len(), 4, "{faults:?}");
    assert!(faults.iter().any(|fault| fault.starts_with("a#GetCat: its link to Dog leads nowhere")), "{faults:?}");
}

#[test]
fn the_repository_s_own_documentation_is_complete() {
    let directory = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../model");
    let read = |name: &str| {
        let text = fs::read_to_string(directory.join(name)).expect("the repository has its model");
        Source { name: name.to_owned(), text }
    };
    let found = coverage(&[read("ivs-realtime.docs.json"), read("ivs-realtime.json")]).expect("it is a model");
    assert_eq!(found.missing, [""; 0]);
    assert_eq!(found.faults, []);
    assert_eq!(found.kinds[&Kind::Operations].all, 40);
    assert_eq!(found.kinds[&Kind::Examples].documented, 40);
}
