//! What reads foreign text, given any text: each module is one fuzz target, a function that panics where something is
//! wrong. `tests/fuzz/run MINUTES` runs all of them; the tests of this crate run their seeds.
//!
//! Of the client's runtime:
//! - [`cbor`] against `ciborium`, [`json`] against `serde_json`, [`xml`] against `roxmltree`, [`timestamps`] against the engine, both ways
//! - [`eventstream`]: streams of events against the engine's own reader, however their bytes are parted, and both ways
//! - [`answers`]: any response to any operation, outputs and errors
//! - [`inputs`]: any JSON as the input of a call by name
//! - [`encoding`]: what a label, a query parameter and `uriEncode` make of any text
//! - [`endpoints`]: URLs, ARNs and the rest of what endpoint rules call, and the rules of the client
//!
//! Of the generator:
//! - [`model`]: any text as a model
//! - [`edits`]: models with something changed, generated and compared; [`rules`]: the same for endpoint rules alone
//! - [`botocore`]: descriptions of botocore with something changed, converted and generated

pub mod answers;
pub mod botocore;
pub mod cbor;
pub mod edits;
pub mod encoding;
pub mod endpoints;
pub mod event_shapes;
pub mod eventstream;
pub mod inputs;
pub mod json;
pub mod model;
pub mod rules;
pub mod shapes;
mod stub;
pub mod timestamps;
pub mod xml;
