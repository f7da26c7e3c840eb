//! A few items of IVS RealTime: an operation, a structure, an enum and an error
//! enum. They are made of the facts of the model alone, so that a better sentence
//! in its documentation changes nothing here.

use smithy_client_codegen::{Emit, Generated, Options, RuntimeDependency, Source, Writer, generate};

use crate::fixture::{assert_snapshot, body, items};

/// The client crate of IVS RealTime without documentation.
fn generated() -> Generated {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../model/ivs-realtime.json");
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("cannot read {path}: {error}"));
    let source = Source { name: "ivs-realtime.json".to_owned(), text };
    let options = Options {
        crate_name: Some("ivs-realtime".to_owned()),
        crate_version: None,
        runtime: RuntimeDependency::Version("0.1".to_owned()),
        standalone: true,
        emit: Emit::Client,
        operations: None,
        skip_unsupported: false,
        protocol: None,
        writer: Writer::default(),
    };
    generate(&[source], &options).unwrap_or_else(|report| panic!("the model is refused:\n{report}"))
}

#[test]
fn start_composition_is_told_in_one_file() {
    assert_snapshot("ivs_realtime_start_composition", body(&generated().files["src/operation/start_composition.rs"]));
}

#[test]
fn composition_is_a_structure_with_its_table_and_builder() {
    let family = items(&generated().files["src/types/composition.rs"], &["Composition"]);
    assert_snapshot("ivs_realtime_composition", &family);
}

#[test]
fn composition_state_is_an_enum() {
    let family = items(&generated().files["src/types/composition.rs"], &["CompositionState"]);
    assert_snapshot("ivs_realtime_composition_state", &family);
}

#[test]
fn tag_resource_fails_in_three_ways() {
    let operation = items(&generated().files["src/operation/tag_resource.rs"], &["TagResourceError"]);
    assert_snapshot("ivs_realtime_tag_resource_error", &operation);
}
