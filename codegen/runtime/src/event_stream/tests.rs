#[cfg(feature = "json")]
mod first;
#[cfg(all(feature = "event-stream-input", feature = "json"))]
mod sent;
mod vectors;

use aws_smithy_types::DateTime;
use aws_smithy_types::event_stream::{Header, HeaderValue, Message};
use bytes::Bytes;
use proptest::prelude::*;

use super::{Decoder, FrameError, encode};

/// The message without anything, as the format's specification gives it.
const EMPTY: [u8; 16] = [0, 0, 0, 16, 0, 0, 0, 0, 0x05, 0xc2, 0x48, 0xeb, 0x7d, 0x98, 0xc8, 0xff];

fn encoded(message: &Message) -> Vec<u8> {
    let mut bytes = Vec::new();
    encode(message, &mut bytes).expect("it has room");
    bytes
}

fn decoded(bytes: &[u8]) -> Result<Option<Message>, FrameError> {
    let mut decoder = Decoder::default();
    decoder.push(bytes);
    decoder.next_message()
}

#[test]
fn a_message_without_anything_is_that_of_the_specification() {
    assert_eq!(encoded(&Message::new(Bytes::new())), EMPTY);
    assert_eq!(decoded(&EMPTY), Ok(Some(Message::new(Bytes::new()))));
}

fn every_kind() -> Message {
    let values = [
        HeaderValue::Bool(true),
        HeaderValue::Bool(false),
        HeaderValue::Byte(-1),
        HeaderValue::Int16(-2),
        HeaderValue::Int32(-3),
        HeaderValue::Int64(i64::MIN),
        HeaderValue::ByteArray(Bytes::from_static(&[0, 255])),
        HeaderValue::String("text".to_owned().into()),
        HeaderValue::Timestamp(DateTime::from_millis(1_500)),
        HeaderValue::Uuid(0x0123_4567_89ab_cdef),
    ];
    let headers = values.into_iter().enumerate().map(|(index, value)| Header::new(format!("h{index}"), value));
    Message::new_from_parts(headers.collect(), "payload")
}

#[test]
fn headers_of_every_type_come_back() {
    assert_eq!(decoded(&encoded(&every_kind())), Ok(Some(every_kind())));
}

#[test]
fn a_message_is_found_wherever_its_bytes_are_parted() {
    let bytes = [encoded(&every_kind()), EMPTY.to_vec()].concat();
    for size in 1..bytes.len() {
        let mut decoder = Decoder::default();
        let mut found = Vec::new();
        for part in bytes.chunks(size) {
            decoder.push(part);
            while let Some(message) = decoder.next_message().expect("it is a stream") {
                found.push(message);
            }
        }
        assert_eq!(found, [every_kind(), Message::new(Bytes::new())]);
        assert_eq!(decoder.finish(), Ok(()));
    }
}

#[test]
fn a_stream_that_ends_within_a_message_is_told() {
    let mut decoder = Decoder::default();
    decoder.push(&EMPTY[..15]);
    assert_eq!(decoder.next_message(), Ok(None));
    assert_eq!(decoder.finish(), Err(FrameError::Incomplete));
}

#[test]
fn what_is_longer_than_the_format_has_room_for_is_refused() {
    let mut bytes = Vec::new();
    let of = |header| Message::new_from_parts(vec![header], "");
    assert!(encode(&of(Header::new("n".repeat(256), HeaderValue::Bool(true))), &mut bytes).is_err());
    assert!(encode(&of(Header::new("", HeaderValue::Bool(true))), &mut bytes).is_err());
    let long = HeaderValue::ByteArray(vec![0; 32_768].into());
    assert!(encode(&of(Header::new("n", long)), &mut bytes).is_err());
    assert!(bytes.is_empty());
}

/// A header as the specification has it: its name, the number of its type, and its bytes.
type Plain = (String, u8, Vec<u8>);

/// The next message as the format's specification tells to read it, headers and payload, with what follows it; `None`
/// where there is none.
fn by_the_specification(bytes: &[u8]) -> Option<(Vec<Plain>, &[u8], &[u8])> {
    let number = |place: usize| Some(u32::from_be_bytes(bytes.get(place..place + 4)?.try_into().ok()?));
    let crc = |bytes: &[u8]| {
        let step = |crc: u32| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
        !bytes.iter().fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc)))
    };
    let (total, length) = (number(0)? as usize, number(4)? as usize);
    if total < 16 + length || crc(&bytes[..8]) != number(8)? || crc(bytes.get(..total - 4)?) != number(total - 4)? {
        return None;
    }
    let (mut head, payload) = bytes[12..total - 4].split_at(length);
    let mut headers = Vec::new();
    while let [length, rest @ ..] = head {
        let (name, rest) = rest.split_at_checked(usize::from(*length))?;
        let (kind, rest) = rest.split_first()?;
        let (prefix, size) = match kind {
            0 | 1 => (0, 0),
            2 => (0, 1),
            3 => (0, 2),
            4 => (0, 4),
            5 | 8 => (0, 8),
            6 | 7 => (2, usize::from(u16::from_be_bytes(rest.get(..2)?.try_into().ok()?))),
            9 => (0, 16),
            _ => return None,
        };
        let (value, rest) = rest.get(prefix..)?.split_at_checked(size)?;
        if *kind == 7 {
            std::str::from_utf8(value).ok()?;
        }
        headers.push((String::from_utf8(name.to_vec()).ok()?, *kind, value.to_vec()));
        head = rest;
    }
    Some((headers, payload, &bytes[total..]))
}

/// A header that was read.
fn of_header(header: &Header) -> Plain {
    let (kind, value) = match header.value() {
        HeaderValue::Bool(true) => (0, Vec::new()),
        HeaderValue::Bool(false) => (1, Vec::new()),
        HeaderValue::Byte(value) => (2, value.to_be_bytes().to_vec()),
        HeaderValue::Int16(value) => (3, value.to_be_bytes().to_vec()),
        HeaderValue::Int32(value) => (4, value.to_be_bytes().to_vec()),
        HeaderValue::Int64(value) => (5, value.to_be_bytes().to_vec()),
        HeaderValue::ByteArray(value) => (6, value.to_vec()),
        HeaderValue::String(value) => (7, value.as_bytes().to_vec()),
        HeaderValue::Timestamp(value) => (8, value.to_millis().expect("it was read").to_be_bytes().to_vec()),
        HeaderValue::Uuid(value) => (9, value.to_be_bytes().to_vec()),
        other => panic!("{other:?}"),
    };
    (header.name().as_str().to_owned(), kind, value)
}

/// Bytes that may be headers, with right checksums around them.
fn framed(headers: &[u8], payload: &[u8]) -> Vec<u8> {
    let mut bytes = (16 + headers.len() as u32 + payload.len() as u32).to_be_bytes().to_vec();
    bytes.extend((headers.len() as u32).to_be_bytes());
    bytes.extend(crc32fast::hash(&bytes).to_be_bytes());
    bytes.extend(headers);
    bytes.extend(payload);
    bytes.extend(crc32fast::hash(&bytes).to_be_bytes());
    bytes
}

/// What may be a header, or a part of one.
fn header_like() -> impl Strategy<Value = Vec<u8>> {
    let name = prop::collection::vec(b'a'..b'e', 0..4);
    (name, 0u8..11, prop::collection::vec(any::<u8>(), 0..20), any::<bool>()).prop_map(|(name, kind, value, fits)| {
        let size = match kind {
            2 => 1,
            3 => 2,
            4 => 4,
            5 | 8 => 8,
            9 => 16,
            _ => 0,
        };
        let mut header = vec![name.len() as u8];
        header.extend(name);
        header.push(kind);
        match kind {
            6 | 7 => {
                header.extend((value.len() as u16).to_be_bytes());
                header.extend(value);
            }
            _ if fits => header.extend(value.iter().copied().chain([0; 16]).take(size)),
            _ => header.extend(value),
        }
        header
    })
}

proptest! {
    /// The same messages are read as by the specification, wherever their bytes are parted, up to the first that is none.
    #[test]
    fn messages_are_those_of_the_specification(
        frames in prop::collection::vec((prop::collection::vec(header_like(), 0..4), any::<[u8; 3]>()), 0..4),
        cut in 0usize..20,
        size in 1usize..50,
    ) {
        let frames = frames.iter().map(|(headers, payload)| framed(&headers.concat(), payload));
        let mut bytes = frames.collect::<Vec<_>>().concat();
        bytes.truncate(bytes.len().saturating_sub(cut));
        let mut decoder = Decoder::default();
        let mut read = Vec::new();
        let mut broken = false;
        for part in bytes.chunks(size) {
            decoder.push(part);
            while !broken {
                match decoder.next_message() {
                    Ok(Some(message)) => read.push(message),
                    Ok(None) => break,
                    Err(_) => broken = true,
                }
            }
        }
        let mut rest = &bytes[..];
        for message in &read {
            let (headers, payload, behind) = by_the_specification(rest).expect("a message");
            prop_assert_eq!(message.headers().iter().map(of_header).collect::<Vec<_>>(), headers);
            prop_assert_eq!(&message.payload()[..], payload);
            rest = behind;
        }
        prop_assert!(by_the_specification(rest).is_none());
        prop_assert_eq!(broken || decoder.finish().is_err(), !rest.is_empty());
    }

    /// Each bit counts: one that is changed is found by a checksum.
    #[test]
    fn a_changed_bit_is_found(place in 0usize..8 * 100) {
        let mut bytes = encoded(&every_kind());
        let place = place % (bytes.len() * 8);
        bytes[place / 8] ^= 1 << (place % 8);
        prop_assert!(matches!(decoded(&bytes), Err(FrameError::PreludeChecksum | FrameError::MessageChecksum)));
    }

    /// Whatever arrives, nothing panics.
    #[test]
    fn any_bytes_are_a_message_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = decoded(&bytes);
    }

    /// Headers are read behind right checksums, too, where nothing else speaks against them.
    #[test]
    fn any_headers_are_read_or_refused(headers in prop::collection::vec(any::<u8>(), 0..60)) {
        let bytes = framed(&headers, &[]);
        prop_assert!(matches!(decoded(&bytes), Ok(Some(_)) | Err(FrameError::Header)));
    }
}
