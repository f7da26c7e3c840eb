//! Formats: how a value becomes the bytes of a body, and how bytes become a value.
//!
//! A format knows nothing of HTTP and of operations: it takes a [`View`] and fills a [`Slot`]. It is asked once per body,
//! and walks over the members itself, by the table of each structure, in functions that know the format; nothing is
//! dispatched per member but [what the member is](crate::shape::Value).
//!
//! # How to add a format
//!
//! 1. A file `format/NAME.rs` with a unit struct, a `static` of it, and the impl of [`Format`]; writer, reader and the two
//!    walks in files below it. [`format::json`](crate::format::json) shows the parts, and what a walk has to honour:
//!    members that travel elsewhere are not in the body, absence, sparse lists and maps, [`MAX_DEPTH`], values of the
//!    wrong type, [`complete_shape`](crate::shape::complete_shape) in the end.
//! 2. What it must know of members that no row has yet becomes a [`flag`](crate::shape::flag), or where few members have
//!    it, a list beside the rows of [`Schema`](crate::shape::Schema), as media types are.
//! 3. A feature of its name in `Cargo.toml`, which the features of the protocols that use it turn on.
//!
//! A protocol that uses it: see [`protocol`](crate::protocol).

#[cfg(any(feature = "json", feature = "serde"))]
use aws_smithy_types::Number;
use std::fmt;

use crate::BoxError;
#[cfg(any(feature = "json", feature = "serde", feature = "form"))]
use crate::shape::{Entries, Value};
use crate::shape::{Member, View};
use crate::slot::Slot;

#[cfg(feature = "cbor")]
pub mod cbor;
mod error;
#[cfg(feature = "form")]
pub mod form;
#[cfg(feature = "json")]
pub mod json;
#[cfg(feature = "xml")]
mod scalar;
#[cfg(feature = "xml")]
pub mod xml;

pub use error::DecodeError;

/// How many lists, maps and structures may stand inside each other. Deeper bodies are refused, so that recursive readers
/// cannot be made to exhaust their stack.
pub const MAX_DEPTH: usize = 128;

/// How many lists and maps of a skipped value may be open at once, as in the official clients: work and memory for what
/// nobody reads are bounded, too.
pub const MAX_SKIPPED_DEPTH: usize = 512;

/// A format of bodies.
pub trait Format: fmt::Debug + Sync {
    /// The media type of its texts, as the header `Content-Type` has it.
    fn media_type(&self) -> &'static str;

    /// Writes a value: a body, which is a structure of whose members those count that travel in the body, or what is bound
    /// to the whole of it.
    ///
    /// `member` is the one that the value belongs to, or [`Member::NONE`].
    ///
    /// # Errors
    /// When the format cannot express the value, such as a timestamp outside the years that it has.
    fn encode(&self, view: &View<'_>, member: &Member) -> Result<Vec<u8>, BoxError>;

    /// Fills a value from bytes, all of which belong to it. Empty bytes are for the caller to judge.
    ///
    /// `member` is the one that the value belongs to, or [`Member::NONE`].
    ///
    /// # Errors
    /// When the bytes are malformed, or something in them is of another type than the value.
    fn decode(&self, bytes: &[u8], slot: Slot<'_>, member: &Member) -> Result<(), DecodeError>;

    /// What stands for a structure with nothing in it where there has to be a body.
    fn empty_structure(&self) -> &'static [u8];

    /// Whether a text may be of this format, judged by how it begins: nothing of it is quoted in errors then, as it may
    /// hold secrets.
    fn recognizes(&self, text: &[u8]) -> bool;
}

/// The entries of a map in the order of their keys, so that equal maps have equal texts.
#[cfg(any(feature = "json", feature = "serde", feature = "form"))]
pub(crate) fn sorted(entries: &dyn Entries) -> Result<Vec<(&str, &dyn Value)>, BoxError> {
    let mut sorted = Vec::with_capacity(entries.count());
    entries.each(&mut |key, value| {
        sorted.push((key.text(), value));
        Ok(())
    })?;
    sorted.sort_by_key(|(key, _)| *key);
    Ok(sorted)
}

/// A number as the engine keeps it: unsigned, signed or floating.
#[cfg(any(feature = "json", feature = "serde"))]
pub(crate) fn number(text: &str) -> Result<Number, DecodeError> {
    if let Ok(number) = text.parse() {
        return Ok(Number::PosInt(number));
    }
    if let Ok(number) = text.parse() {
        return Ok(Number::NegInt(number));
    }
    text.parse().map(Number::Float).map_err(|_| DecodeError::mismatch("a number"))
}
