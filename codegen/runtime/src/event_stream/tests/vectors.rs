//! Messages that other implementations of the format agree on, as facts: their bytes, and what they say.

use super::{Plain, decoded, encoded, of_header};
use crate::event_stream::FrameError;

/// The bytes of digits, which may have blanks between them.
fn bytes(digits: &str) -> Vec<u8> {
    let digits: Vec<_> = digits.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).expect("text"), 16).expect("digits");
    digits.chunks(2).map(pair).collect()
}

/// Lengths and their checksum, headers, payload, checksum; and each header by its name, its type and its bytes.
struct Vector<'a> {
    prelude: &'a str,
    headers: &'a [(&'a str, u8, &'a [u8])],
    payload: &'a str,
    crc: &'a str,
}

impl Vector<'_> {
    fn bytes(&self) -> Vec<u8> {
        let mut all = bytes(self.prelude);
        for (name, kind, value) in self.headers {
            all.push(name.len() as u8);
            all.extend(name.as_bytes());
            all.push(*kind);
            if matches!(kind, 6 | 7) {
                all.extend((value.len() as u16).to_be_bytes());
            }
            all.extend(*value);
        }
        all.extend(self.payload.as_bytes());
        all.extend(bytes(self.crc));
        all
    }
}

/// A text header and a payload of JSON, and what is changed of it below.
const ONE_TEXT: Vector<'_> = Vector {
    prelude: "0000003d 00000020 07fd8396",
    headers: &[("content-type", 7, b"application/json")],
    payload: "{'foo':'bar'}",
    crc: "8d9c08b1",
};

const PAYLOAD_ALONE: Vector<'_> =
    Vector { prelude: "0000001d 00000000 fd528c5a", headers: &[], payload: "{'foo':'bar'}", crc: "c3653936" };

const VECTORS: [Vector<'_>; 9] = [
    Vector { prelude: "00000010 00000000 05c248eb", headers: &[], payload: "", crc: "7d98c8ff" },
    PAYLOAD_ALONE,
    ONE_TEXT,
    Vector { prelude: "00000017 00000007 29860158", headers: &[("byte", 2, &[0xff])], payload: "", crc: "c2f869dc" },
    Vector {
        prelude: "00000019 00000009 710e923e",
        headers: &[("short", 3, &[0xff; 2])],
        payload: "",
        crc: "b27cb6cc",
    },
    Vector {
        prelude: "0000001d 0000000d 83e3f0e7",
        headers: &[("integer", 4, &[0xff; 4])],
        payload: "",
        crc: "8b8e12eb",
    },
    Vector { prelude: "0000001e 0000000e 5d4adb8d", headers: &[("long", 5, &[0xff; 8])], payload: "", crc: "4bc232da" },
    Vector {
        prelude: "00000062 00000052 03b5cb9c",
        headers: &[
            ("0", 0, &[]),
            ("1", 1, &[]),
            ("2", 2, &[2]),
            ("3", 3, &[0, 3]),
            ("4", 4, &[0, 0, 0, 4]),
            ("5", 5, &[0, 0, 0, 0, 0, 0, 0, 5]),
            ("6", 6, b"bytes"),
            ("7", 7, b"utf8"),
            ("8", 8, &[0, 0, 0, 0, 0, 0, 0, 8]),
            ("9", 9, b"0123456789abcdef"),
        ],
        payload: "",
        crc: "63353671",
    },
    Vector {
        prelude: "00000052 00000042 bf23637e",
        headers: &[(":message-type", 7, b"error"), (":error-code", 7, b"code"), (":error-message", 7, b"message")],
        payload: "",
        crc: "6b6cea3d",
    },
];

#[test]
fn messages_say_what_others_find_in_them_and_are_written_so() {
    for vector in &VECTORS {
        let bytes = vector.bytes();
        let message = decoded(&bytes).expect("it is one").expect("it is whole");
        let headers: Vec<Plain> =
            vector.headers.iter().map(|(name, kind, value)| ((*name).to_owned(), *kind, value.to_vec())).collect();
        assert_eq!(message.headers().iter().map(of_header).collect::<Vec<_>>(), headers);
        assert_eq!(&message.payload()[..], vector.payload.as_bytes());
        assert_eq!(encoded(&message), bytes);
    }
}

#[test]
fn what_others_refuse_is_refused() {
    let with = |vector: Vector<'_>, place: usize, byte: u8| {
        let mut bytes = vector.bytes();
        bytes[place] = byte;
        bytes
    };
    // The total length, the length of the headers, a name, and the payload are others than the checksums say.
    assert_eq!(decoded(&with(PAYLOAD_ALONE, 0, 1)), Err(FrameError::PreludeChecksum));
    assert_eq!(decoded(&with(ONE_TEXT, 4, 0xff)), Err(FrameError::PreludeChecksum));
    assert_eq!(decoded(&with(ONE_TEXT, 20, b'+')), Err(FrameError::MessageChecksum));
    assert_eq!(decoded(&with(PAYLOAD_ALONE, 24, 0x8d)), Err(FrameError::MessageChecksum));
    // Headers that are longer than all, and a payload that is longer than any, with the right checksums.
    let long_headers = Vector { prelude: "0000003d ff000102 1583f5c2", crc: "2f377f5d", ..ONE_TEXT };
    assert_eq!(decoded(&long_headers.bytes()), Err(FrameError::Length));
    assert_eq!(decoded(&bytes("01800021 00000000 dd3f33b1")), Err(FrameError::Length));
}

/// Clients of AWS differ on this one; as in that for Rust it is a message, and the first of the two counts.
#[test]
fn a_name_may_come_twice() {
    let twice = ("test", 4, &b"asdf"[..]);
    let vector =
        Vector { prelude: "00000024 00000014 4bb982d0", headers: &[twice, twice], payload: "", crc: "f3f47563" };
    let message = decoded(&vector.bytes()).expect("it is one").expect("it is whole");
    assert_eq!(message.headers().len(), 2);
}
