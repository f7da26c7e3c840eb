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

proptest! {
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
        let mut bytes = (16 + headers.len() as u32).to_be_bytes().to_vec();
        bytes.extend((headers.len() as u32).to_be_bytes());
        bytes.extend(crc32fast::hash(&bytes).to_be_bytes());
        bytes.extend(&headers);
        bytes.extend(crc32fast::hash(&bytes).to_be_bytes());
        prop_assert!(matches!(decoded(&bytes), Ok(Some(_)) | Err(FrameError::Header)));
    }
}
