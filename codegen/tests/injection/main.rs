//! No text of a model becomes code: every text that a model can hold, with every payload that could break out of
//! where it is put, is refused by a diagnostic or emitted with the items that a harmless text has.
//!
//! `rich.json` is a model with every trait that the generator reads. `places.txt` lists the places of its texts and
//! names; one that it does not list fails the suite, and so do a field of the model that holds text and a trait that
//! are new and not told about here. What is emitted is read as Rust, Markdown and TOML by the parsers that tools use.
//!
//! One crate with every payload that is accepted is compiled in each run; its doctests, and the crossing of every
//! payload with every occurrence of a place, have a run of their own:
//! `cargo test -p smithy-client-codegen --test injection -- --ignored`.

mod compile;
mod coverage;
mod hostile;
mod judge;
mod limits;
mod matrix;
mod payloads;
mod places;

use serde_json::Value;
use smithy_client_codegen::report::Report;
use smithy_client_codegen::{Emit, Generated, Options, RuntimeDependency, Source, Writer, generate};

/// The model with a text in every place.
fn rich() -> Value {
    serde_json::from_str(include_str!("rich.json")).expect("the fixture is JSON")
}

/// What is emitted for a model.
fn emitted(model: &Value, emit: Emit) -> Result<Generated, Report> {
    let source = Source { name: "rich.json".to_owned(), text: model.to_string() };
    // For a registry too, so that there is a readme.
    let path = format!("{}/runtime", env!("CARGO_MANIFEST_DIR"));
    let options = Options {
        crate_name: Some("injected".to_owned()),
        crate_version: None,
        runtime: RuntimeDependency::PathAndVersion { path, version: "0.1.0".to_owned() },
        standalone: false,
        emit,
        operations: None,
        skip_unsupported: false,
        protocol: None,
        writer: Writer::default(),
    };
    generate(&[source], &options)
}
