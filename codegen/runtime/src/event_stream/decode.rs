//! Messages out of bytes as they arrive.

use aws_smithy_types::DateTime;
use aws_smithy_types::event_stream::{Header, HeaderValue, Message};
use aws_smithy_types::str_bytes::StrBytes;
use bytes::{Buf, Bytes, BytesMut};
use std::fmt;

use super::{MAX_HEADERS, MAX_PAYLOAD, PRELUDE, TRAILER, kind};

/// Why bytes are no stream of events. Nothing that follows them can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FrameError {
    /// The checksum of the lengths is another one.
    PreludeChecksum,
    /// The checksum of the message is another one.
    MessageChecksum,
    /// The lengths do not fit each other, or are beyond what a message may have.
    Length,
    /// A header is cut off, of a type that is not known, or no text where one has to be.
    Header,
    /// The bytes end within a message.
    Incomplete,
}

impl fmt::Display for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::PreludeChecksum => "the lengths of a message have another checksum",
            Self::MessageChecksum => "a message has another checksum",
            Self::Length => "a message has a length that none can have",
            Self::Header => "a message has a header that cannot be read",
            Self::Incomplete => "the stream ends within a message",
        })
    }
}

impl std::error::Error for FrameError {}

/// Finds messages in bytes as they arrive. It keeps no more than one message that is not yet whole.
#[derive(Debug, Default)]
pub struct Decoder {
    bytes: BytesMut,
}

impl Decoder {
    /// Takes the next bytes of the stream.
    pub fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// The next message that is whole; `None` while it is not.
    ///
    /// # Errors
    /// When the bytes are no message. The stream is at its end then.
    pub fn next_message(&mut self) -> Result<Option<Message>, FrameError> {
        let Some((prelude, _)) = self.bytes.split_at_checked(PRELUDE) else { return Ok(None) };
        let [total, headers, crc] = [0, 4, 8].map(|place| number(&prelude[place..]));
        if crc32fast::hash(&prelude[..8]) != crc {
            return Err(FrameError::PreludeChecksum);
        }
        let [total, headers] = [total, headers].map(|length| length as usize);
        let payload = total.checked_sub(PRELUDE + TRAILER).and_then(|rest| rest.checked_sub(headers));
        if headers > MAX_HEADERS || payload.is_none_or(|payload| payload > MAX_PAYLOAD) {
            return Err(FrameError::Length);
        }
        // Room is made for bytes that have come, not for those that somebody says will come.
        if self.bytes.len() < total {
            return Ok(None);
        }
        let mut message = self.bytes.split_to(total).freeze();
        if crc32fast::hash(&message[..total - TRAILER]) != number(&message[total - TRAILER..]) {
            return Err(FrameError::MessageChecksum);
        }
        message.truncate(total - TRAILER);
        message.advance(PRELUDE);
        let headers = read_headers(message.split_to(headers)).ok_or(FrameError::Header)?;
        Ok(Some(Message::new_from_parts(headers, message)))
    }

    /// Takes the bytes that are no whole message.
    pub(super) fn take_rest(&mut self) -> Bytes {
        self.bytes.split().freeze()
    }

    /// Says that no more bytes follow.
    ///
    /// # Errors
    /// When the last message is not whole.
    pub fn finish(&self) -> Result<(), FrameError> {
        if self.bytes.is_empty() { Ok(()) } else { Err(FrameError::Incomplete) }
    }
}

/// The number that bytes begin with, four of which are there.
fn number(mut bytes: &[u8]) -> u32 {
    bytes.get_u32()
}

/// The headers of a message; `None` where one cannot be read.
fn read_headers(mut bytes: Bytes) -> Option<Vec<Header>> {
    let mut headers = Vec::new();
    while bytes.has_remaining() {
        let length = usize::from(bytes.try_get_u8().ok()?);
        let name = text(take(&mut bytes, length)?)?;
        let value = read_value(&mut bytes)?;
        headers.push(Header::new(name, value));
    }
    Some(headers)
}

fn read_value(bytes: &mut Bytes) -> Option<HeaderValue> {
    Some(match bytes.try_get_u8().ok()? {
        kind::TRUE => HeaderValue::Bool(true),
        kind::FALSE => HeaderValue::Bool(false),
        kind::BYTE => HeaderValue::Byte(bytes.try_get_i8().ok()?),
        kind::SHORT => HeaderValue::Int16(bytes.try_get_i16().ok()?),
        kind::INTEGER => HeaderValue::Int32(bytes.try_get_i32().ok()?),
        kind::LONG => HeaderValue::Int64(bytes.try_get_i64().ok()?),
        kind::BYTES => HeaderValue::ByteArray(take_long(bytes)?),
        kind::TEXT => HeaderValue::String(text(take_long(bytes)?)?),
        kind::TIMESTAMP => HeaderValue::Timestamp(DateTime::from_millis(bytes.try_get_i64().ok()?)),
        kind::UUID => HeaderValue::Uuid(bytes.try_get_u128().ok()?),
        _ => return None,
    })
}

fn take(bytes: &mut Bytes, length: usize) -> Option<Bytes> {
    (bytes.len() >= length).then(|| bytes.split_to(length))
}

/// A value with its length before it.
fn take_long(bytes: &mut Bytes) -> Option<Bytes> {
    let length = usize::from(bytes.try_get_u16().ok()?);
    take(bytes, length)
}

fn text(bytes: Bytes) -> Option<StrBytes> {
    StrBytes::try_from(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_alone_takes_no_memory() {
        let prelude = |total: u32, headers: u32| {
            let lengths = [total.to_be_bytes(), headers.to_be_bytes()].concat();
            let crc = crc32fast::hash(&lengths).to_be_bytes();
            [lengths, crc.to_vec()].concat()
        };
        let longest = u32::try_from(PRELUDE + TRAILER + MAX_HEADERS + MAX_PAYLOAD).expect("it has a length");
        let mut decoder = Decoder::default();
        decoder.push(&prelude(longest, MAX_HEADERS as u32));
        assert_eq!(decoder.next_message(), Ok(None));
        assert!(decoder.bytes.capacity() < 1024, "{}", decoder.bytes.capacity());
        for (total, headers) in [(u32::MAX, 0), (longest, 0), (longest, MAX_HEADERS as u32 + 1), (15, 0), (16, 1)] {
            let mut decoder = Decoder::default();
            decoder.push(&prelude(total, headers));
            assert_eq!(decoder.next_message(), Err(FrameError::Length), "{total} {headers}");
        }
    }
}
