//! What holds for every model: random valid ones are emitted as they should be, and damaged ones are refused in words.
//!
//! - [`service`] makes a valid model of a row of [`choices`], with all traits that the generator understands
//! - [`emitted`] holds what is emitted for such models against what Rust asks for; [`compile`] lets Cargo do so
//! - [`changes`] changes one thing of such a model, and asks the comparison what it was
//! - [`mutants`] damages models: whatever comes out, the answer is a crate or a report, soon and in little memory
//!
//! How much is tried is said by variables, which these runs set for a night; what they found is named by its seed:
//!
//! ```text
//! PROPTEST_CASES=2000 cargo test --release -p smithy-client-tools --test properties
//! MUTANTS=20000 cargo test --release -p smithy-client-tools --test properties -- --ignored --nocapture
//! ```

mod changes;
mod choices;
mod compile;
mod emitted;
mod mutants;
mod mutation;
mod service;
mod shapes;
mod traits;

use proptest::prelude::ProptestConfig;
use serde_json::Value;
use smithy_client_codegen::{Emit, Generated, Options, RuntimeDependency, Source, Writer, generate};

/// As many cases as the variable of proptest says, or as many as a run of all tests has time for.
fn cases(usual: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").is_ok();
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if asked { config } else { ProptestConfig { cases: usual, ..config } }
}

/// A model as a source.
fn source(model: &Value) -> Source {
    Source { name: "model.json".to_owned(), text: model.to_string() }
}

/// The options for a crate of a name.
fn options(name: &str, emit: Emit) -> Options {
    Options {
        crate_name: Some(name.to_owned()),
        crate_version: None,
        runtime: RuntimeDependency::Path(format!("{}/../runtime", env!("CARGO_MANIFEST_DIR"))),
        standalone: false,
        emit,
        operations: None,
        skip_unsupported: false,
        protocol: None,
        writer: Writer::default(),
    }
}

/// The crate that is emitted for a model.
///
/// # Panics
/// When the generator refuses it.
fn emitted(model: &Value, emit: Emit) -> Generated {
    generate(&[source(model)], &options("random", emit))
        .unwrap_or_else(|report| panic!("a valid model is refused:\n{report}"))
}
