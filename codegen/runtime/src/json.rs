//! JSON without an intermediate tree: a pull reader, a streaming writer, and the
//! walk over emitted structures that stands between them and the wire.

pub mod document;
pub mod encode;
pub mod fill;
pub mod read;
mod scan;
pub mod write;

#[cfg(test)]
mod tests;
