//! Members that are streams of bytes.

use aws_smithy_types::byte_stream::ByteStream;
use std::sync::OnceLock;

#[cfg(any(feature = "json", feature = "cbor", feature = "xml"))]
use crate::BoxError;

/// What the accessor of a stream returns: one without a byte where none is set, as what is sent then has no body.
pub fn stream(member: Option<&ByteStream>) -> &ByteStream {
    static EMPTY: OnceLock<ByteStream> = OnceLock::new();
    member.unwrap_or_else(|| EMPTY.get_or_init(ByteStream::default))
}

/// The bytes of a stream, for formats in which it can only stand as they do.
///
/// # Errors
/// When they are not in memory.
#[cfg(any(feature = "json", feature = "cbor", feature = "xml"))]
pub(crate) fn bytes_of(stream: &ByteStream) -> Result<&[u8], BoxError> {
    stream.bytes().ok_or_else(|| "a stream that is not in memory cannot be written: `collect` it first".into())
}
