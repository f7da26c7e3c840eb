//! `Serialize` and `Deserialize` of every emitted type, by its table.
//!
//! Nothing is derived: the [`shape!`](macro@crate::shape), [`string_enum!`](crate::string_enum)
//! and [`union!`](crate::union) macros give each type two one-line impls that
//! end here, where one walk over [`View`](crate::shape::View) writes and one [`Slot`](crate::slot::Slot) after the
//! other is filled. Both are generic in the format alone, so that they are
//! compiled in the crate that names the format, once for all types.
//!
//! # The form
//!
//! The form is the JSON of the service, whatever the format:
//!
//! - A member is called as in the body of a message (`smithy.api#jsonName`, else
//!   its name in the model); one that travels elsewhere, such as in a header, has
//!   its name in the model.
//! - Members that are not set are left out. A number or boolean with a default is
//!   always there: that it is zero or false is said, unlike in requests.
//! - A single-precision number has the fewest digits that read back as itself.
//! - Timestamps are as `smithy.api#timestampFormat` says, to the microsecond; blobs
//!   are base64 text; `NaN`, `Infinity` and `-Infinity` are strings.
//! - Streams are base64 text as blobs are, as far as they are in memory. One that is not has
//!   to be collected first: it is an error, since nothing waits for it here.
//! - Entries of maps are written in the order of their keys.
//! - The request id of an output and the metadata of an exception are not members
//!   and not written; what is read has none.
//! - A union variant that this version of the client does not know is written as
//!   an empty object.
//!
//! Reading follows the rules for responses: unknown members are ignored, null is
//! absence, except in sparse lists and maps, unknown values of enums are kept,
//! what is required and missing becomes empty. Of a member or key that comes several
//! times the last value counts, null included; a union has one member only. Objects
//! and arrays may be nested [`MAX_DEPTH`](crate::format::MAX_DEPTH) deep. An error names the member and
//! what was expected, and never quotes what was found.
//!
//! # Secrets
//!
//! A sensitive member (`smithy.api#sensitive`) is written as
//! [`REDACTED`](crate::shape::REDACTED), whatever its type. [`Exposed`] writes the
//! value itself. Where the redaction text is read for a sensitive member, the
//! member is absent afterwards: it never takes the place of a secret.

#[cfg(feature = "client")]
pub(crate) mod json;
mod path;
mod put;
mod read;
mod write;

pub use ::serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::shape::{Member, Value};

/// Serializes with secrets: sensitive members, at any depth, as they are.
///
/// Without it they are written as the redaction text. Wrap what is to be stored
/// or sent on purpose, at the place where that happens: a single shape, or a
/// list, map or option of shapes, as in `serde_json::to_string(&Exposed(&stage))`.
#[derive(Clone, Copy)]
pub struct Exposed<'a, T>(pub &'a T);

impl<T: Value> Serialize for Exposed<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write::Node { view: self.0.view(), member: &Member::NONE, secrets: true }.serialize(serializer)
    }
}

/// What `Serialize` of an emitted type does: writes it with its secrets redacted.
///
/// # Errors
/// Those of the format, and a timestamp that its format cannot express.
pub fn serialize<T: Value, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    write::Node { view: value.view(), member: &Member::NONE, secrets: false }.serialize(serializer)
}

/// What `Deserialize` of an emitted type does.
///
/// # Errors
/// Those of the format; a member of another type than the model says; nesting
/// beyond the limit; a union with several members.
pub fn deserialize<'de, T: Value, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut value = T::empty();
    read::fill(deserializer, &mut value)?;
    Ok(value)
}
