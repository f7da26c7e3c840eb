//! Members that are streams.

#[cfg(any(feature = "json", feature = "cbor", feature = "xml"))]
use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::error::operation::BuildError;

use super::{Table, Value};
#[cfg(any(feature = "json", feature = "cbor", feature = "xml"))]
use crate::BoxError;

/// An input a member of which is a stream.
///
/// It has a stream in any case. Its builder need not have one yet, and so it holds the stream beside what it builds, as an
/// option.
pub trait Streamed: Table {
    /// The stream: of bytes, or of events.
    type Stream: Value;

    /// Where the input has it.
    fn stream_mut(&mut self) -> &mut Self::Stream;

    /// That of an input for which none was set.
    ///
    /// # Errors
    /// When there has to be one, as of events.
    fn unset() -> Result<Self::Stream, BuildError>;
}

/// The bytes of a stream, for formats in which it can only stand as they do.
///
/// # Errors
/// When they are not in memory.
#[cfg(any(feature = "json", feature = "cbor", feature = "xml"))]
pub(crate) fn bytes_of(stream: &ByteStream) -> Result<&[u8], BoxError> {
    stream.bytes().ok_or_else(|| "a stream that is not in memory cannot be written: `collect` it first".into())
}
