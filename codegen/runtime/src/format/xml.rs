//! XML: a pull reader, a streaming writer, and the walks over emitted structures that stand between them and the wire.
//!
//! Elements are called as rows are; what else is to be known stands in the [`Xml`](crate::shape::Xml) of a member. The rules
//! are those of Smithy's XML bindings.
//!
//! The reader takes well-formed documents in UTF-8 and nothing that makes one grow: no document type, and no entities but
//! the five of XML itself and references to characters. Namespaces are not resolved: an element is known by its name
//! without the prefix, unless the model has one as well.

mod encode;
pub mod fill;
pub mod read;
pub mod write;

use super::{DecodeError, Format};
use crate::BoxError;
use crate::shape::{Member, View};
use crate::slot::Slot;

/// XML, as the protocols of AWS write it.
#[derive(Debug)]
pub struct Xml;

/// The format XML.
pub static XML: Xml = Xml;

impl Format for Xml {
    fn media_type(&self) -> &'static str {
        "application/xml"
    }

    fn encode(&self, view: &View<'_>, member: &Member) -> Result<Vec<u8>, BoxError> {
        encode::document(view, member).map(String::into_bytes)
    }

    fn decode(&self, bytes: &[u8], slot: Slot<'_>, member: &Member) -> Result<(), DecodeError> {
        fill::document(bytes, slot, member)
    }

    /// A document has an element, which nobody has a name for.
    fn empty_structure(&self) -> &'static [u8] {
        b""
    }

    fn recognizes(&self, text: &[u8]) -> bool {
        let begins =
            |start: &str| text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start.as_bytes()));
        text.starts_with(b"<") && !begins("<html") && !begins("<!doctype")
    }
}

#[cfg(test)]
mod tests;
