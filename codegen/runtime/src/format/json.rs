//! JSON without an intermediate tree: a pull reader, a streaming writer, and the
//! walk over emitted structures that stands between them and the wire.

pub mod document;
pub mod encode;
pub mod fill;
pub mod read;
mod scan;
pub mod write;

use super::{DecodeError, Format};
use crate::BoxError;
use crate::shape::{Member, View};
use crate::slot::Slot;

/// JSON, as the protocols of AWS write it.
#[derive(Debug)]
pub struct Json {
    /// Numbers of any length are texts.
    quotes_big_numbers: bool,
}

/// The format JSON.
pub static JSON: Json = Json { quotes_big_numbers: false };

/// JSON in which numbers of any length are texts, for the sake of readers that make doubles of all numbers.
pub static JSON_QUOTING_BIG_NUMBERS: Json = Json { quotes_big_numbers: true };

impl Format for Json {
    fn media_type(&self) -> &'static str {
        "application/json"
    }

    fn encode(&self, view: &View<'_>, member: &Member) -> Result<Vec<u8>, BoxError> {
        encode::encode_value(view, member, self.quotes_big_numbers).map(String::into_bytes)
    }

    fn decode(&self, bytes: &[u8], slot: Slot<'_>, member: &Member) -> Result<(), DecodeError> {
        let mut reader = read::JsonReader::new(bytes);
        fill::read_slot(&mut reader, slot, member.flags)?;
        reader.finish()
    }

    fn empty_structure(&self) -> &'static [u8] {
        b"{}"
    }

    fn recognizes(&self, text: &[u8]) -> bool {
        matches!(text, [b'{' | b'[', ..])
    }
}

#[cfg(test)]
mod tests;
