//! Tests of the XML engine: single behaviours, then properties against `roxmltree`.

mod fill;
mod properties;
mod read;
mod write;
