//! Tests of the JSON engine: single behaviours, then properties against `serde_json`.

mod fill;
mod properties;
mod read;
mod write;
