//! What the writer writes.

use super::hex;
use crate::format::cbor::write::CborWriter;

fn written(write: impl FnOnce(&mut CborWriter)) -> Vec<u8> {
    let mut cbor = CborWriter::default();
    write(&mut cbor);
    cbor.finish()
}

#[test]
fn integers_take_as_few_bytes_as_they_can() {
    for (value, digits) in [
        (0, "00"),
        (23, "17"),
        (24, "18 18"),
        (255, "18 ff"),
        (256, "19 0100"),
        (65_536, "1a 00010000"),
        (4_294_967_296, "1b 0000000100000000"),
        (i64::MAX, "1b 7fffffffffffffff"),
        (-1, "20"),
        (-24, "37"),
        (-25, "38 18"),
        (i64::MIN, "3b 7fffffffffffffff"),
    ] {
        assert_eq!(written(|cbor| cbor.integer(value)), hex(digits), "{value}");
    }
}

#[test]
fn doubles_are_single_where_that_loses_nothing_and_never_half() {
    for (value, digits) in [
        (0.0, "fa 00000000"),
        (-0.0, "fa 80000000"),
        (1.0, "fa 3f800000"),
        (f64::INFINITY, "fa 7f800000"),
        (f64::NAN, "fa 7fc00000"),
        (1.1, "fb 3ff199999999999a"),
        (1e300, "fb 7e37e43c8800759c"),
    ] {
        assert_eq!(written(|cbor| cbor.double(value)), hex(digits), "{value}");
    }
    assert_eq!(written(|cbor| cbor.float(0.1)), hex("fa 3dcccccd"));
}
