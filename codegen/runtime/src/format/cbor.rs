//! CBOR (RFC 8949) without an intermediate tree: a pull reader, a writer, and the walk over emitted structures that
//! stands between them and the wire.

pub mod encode;
pub mod fill;
mod magnitude;
pub mod read;
pub mod write;

use super::{DecodeError, Format};
use crate::BoxError;
use crate::shape::{Member, View};
use crate::slot::Slot;

/// CBOR, as `smithy.protocols#rpcv2Cbor` has it.
#[derive(Debug)]
pub struct Cbor;

/// The format CBOR.
pub static CBOR: Cbor = Cbor;

impl Format for Cbor {
    fn media_type(&self) -> &'static str {
        "application/cbor"
    }

    fn encode(&self, view: &View<'_>, _: &Member) -> Result<Vec<u8>, BoxError> {
        encode::encode_value(view)
    }

    fn decode(&self, bytes: &[u8], slot: Slot<'_>, _: &Member) -> Result<(), DecodeError> {
        let mut reader = read::CborReader::new(bytes);
        fill::read_slot(&mut reader, slot)?;
        reader.finish()
    }

    fn empty_structure(&self) -> &'static [u8] {
        &[0xA0]
    }

    /// Lists, maps and the tag for CBOR in files begin with bytes with which no text begins.
    fn recognizes(&self, text: &[u8]) -> bool {
        matches!(text, [0x80..=0xBF, ..] | [0xD9, 0xD9, 0xF7, ..])
    }
}

#[cfg(test)]
mod tests;
