//! Messages as bytes.

use aws_smithy_types::event_stream::{Header, HeaderValue, Message};

use super::{MAX_HEADERS, MAX_PAYLOAD, PRELUDE, TRAILER, kind};
use crate::BoxError;

/// Appends a message to bytes.
///
/// # Errors
/// When a name or a value of a header, all headers or the payload are longer than the format has room for; a timestamp that
/// is out of its range.
pub fn encode(message: &Message, bytes: &mut Vec<u8>) -> Result<(), BoxError> {
    let mut headers = Vec::new();
    message.headers().iter().try_for_each(|header| encode_header(header, &mut headers))?;
    let payload = message.payload();
    if headers.len() > MAX_HEADERS || payload.len() > MAX_PAYLOAD {
        return Err("the message is longer than an event stream has room for".into());
    }
    let total = PRELUDE + headers.len() + payload.len() + TRAILER;
    let begin = bytes.len();
    bytes.reserve(total);
    bytes.extend(u32::try_from(total)?.to_be_bytes());
    bytes.extend(u32::try_from(headers.len())?.to_be_bytes());
    bytes.extend(crc32fast::hash(&bytes[begin..]).to_be_bytes());
    bytes.extend(&headers);
    bytes.extend_from_slice(payload);
    bytes.extend(crc32fast::hash(&bytes[begin..]).to_be_bytes());
    Ok(())
}

pub(super) fn encode_header(header: &Header, bytes: &mut Vec<u8>) -> Result<(), BoxError> {
    let name = header.name().as_str();
    let length = u8::try_from(name.len()).ok().filter(|length| *length > 0);
    bytes.push(length.ok_or_else(|| format!("the name of a header has 1 to 255 bytes: {name:?}"))?);
    bytes.extend(name.as_bytes());
    let mut put = |kind: u8, value: &[u8]| {
        bytes.push(kind);
        bytes.extend(value);
    };
    match header.value() {
        HeaderValue::Bool(true) => put(kind::TRUE, &[]),
        HeaderValue::Bool(false) => put(kind::FALSE, &[]),
        HeaderValue::Byte(value) => put(kind::BYTE, &value.to_be_bytes()),
        HeaderValue::Int16(value) => put(kind::SHORT, &value.to_be_bytes()),
        HeaderValue::Int32(value) => put(kind::INTEGER, &value.to_be_bytes()),
        HeaderValue::Int64(value) => put(kind::LONG, &value.to_be_bytes()),
        HeaderValue::Timestamp(value) => put(kind::TIMESTAMP, &value.to_millis()?.to_be_bytes()),
        HeaderValue::Uuid(value) => put(kind::UUID, &value.to_be_bytes()),
        HeaderValue::ByteArray(value) => put_long(kind::BYTES, value, bytes)?,
        HeaderValue::String(value) => put_long(kind::TEXT, value.as_bytes(), bytes)?,
        other => return Err(format!("a header of a type that is not known here: {other:?}").into()),
    }
    Ok(())
}

/// A value with its length before it.
fn put_long(kind: u8, value: &[u8], bytes: &mut Vec<u8>) -> Result<(), BoxError> {
    let length = i16::try_from(value.len()).map_err(|_| "the value of a header is longer than 32767 bytes")?;
    bytes.push(kind);
    bytes.extend(length.to_be_bytes());
    bytes.extend(value);
    Ok(())
}
