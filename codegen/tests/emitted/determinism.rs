//! The same model gives the same bytes, however it is written down.

use std::collections::BTreeMap;

use smithy_client_codegen::Generated;

use crate::fixture::{Fixture, source};
use crate::fixtures;

/// The names of files that are not the same in both crates.
///
/// The fingerprint in the manifest stands for the text of the model, not for its meaning.
fn different(one: &Generated, other: &Generated) -> Vec<String> {
    let [one, other] = [one, other].map(|generated| {
        let files = generated.files.iter().map(|(path, text)| {
            let lines = text.lines().filter(|line| !line.starts_with("model-fingerprint"));
            (path.clone(), lines.collect::<Vec<_>>().join("\n"))
        });
        files.collect::<BTreeMap<_, _>>()
    });
    one.keys().chain(other.keys()).filter(|path| one.get(*path) != other.get(*path)).cloned().collect()
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for fixture in fixtures() {
        let (once, again) = (fixture.generated(), fixture.generated());
        assert!(once.files == again.files, "{}: {:?}", fixture.name(), different(&once, &again));
    }
}

#[test]
fn the_order_of_shapes_does_not_matter() {
    for fixture in fixtures() {
        let reversed = fixture.shapes().into_iter().rev().collect();
        let source = source("reversed.json", &reversed);
        let found = different(&fixture.generated_from(&[source]), &fixture.generated());
        assert!(found.is_empty(), "{}: {found:?}", fixture.name());
    }
}

#[test]
fn the_order_in_which_a_service_lists_its_operations_does_not_matter() {
    let forth = Fixture::new("order").operation("A", "GET /a", &[], &[], &[]).operation("B", "GET /b", &[], &[], &[]);
    let back = Fixture::new("order").operation("B", "GET /b", &[], &[], &[]).operation("A", "GET /a", &[], &[], &[]);
    assert_eq!(different(&forth.generated(), &back.generated()), Vec::<String>::new());
}

#[test]
fn a_model_in_two_sources_is_the_model_in_one() {
    for fixture in fixtures() {
        let shapes = fixture.shapes();
        let (first, second): (Vec<_>, Vec<_>) =
            shapes.into_iter().enumerate().partition(|(index, _)| index.is_multiple_of(2));
        let sources = [("first.json", first), ("second.json", second)]
            .map(|(name, shapes)| source(name, &shapes.into_iter().map(|(_, shape)| shape).collect()));
        let found = different(&fixture.generated_from(&sources), &fixture.generated());
        assert!(found.is_empty(), "{}: {found:?}", fixture.name());
    }
}

#[test]
fn a_crate_knows_when_the_text_of_its_model_changes() {
    let fixture = fixtures().swap_remove(0);
    let mut spaced = fixture.source();
    spaced.text.push('\n');
    assert_ne!(fixture.generated_from(&[spaced]).files["Cargo.toml"], fixture.generated().files["Cargo.toml"]);
}

#[test]
fn members_keep_the_order_of_the_model() {
    let fixture = Fixture::new("member-order")
        .structure("Thing", &["zebra: String", "apple: String", "mango: String"])
        .carries(&["Thing"]);
    let file = fixture.file("src/types/thing.rs");
    let fields: Vec<&str> = file.lines().filter_map(|line| line.strip_prefix("    pub ")?.split(':').next()).collect();
    assert_eq!(fields[..3], ["zebra", "apple", "mango"]);
}
