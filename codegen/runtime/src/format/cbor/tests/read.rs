//! What the reader takes, what it refuses, and what it says then.

use super::hex;
use crate::format::cbor::read::{CborReader, Kind};
use crate::format::{DecodeError, MAX_DEPTH, MAX_SKIPPED_DEPTH};

/// Reads one value that is all there is.
fn whole<T>(digits: &str, read: impl FnOnce(&mut CborReader<'_>) -> Result<T, DecodeError>) -> Result<T, String> {
    let bytes = hex(digits);
    let mut cbor = CborReader::new(&bytes);
    let value = read(&mut cbor).map_err(|error| error.to_string())?;
    cbor.finish().map_err(|error| error.to_string())?;
    Ok(value)
}

fn text(digits: &str) -> Result<String, String> {
    whole(digits, |cbor| cbor.text().map(|text| text.into_owned()))
}

fn bytes(digits: &str) -> Result<Vec<u8>, String> {
    whole(digits, |cbor| cbor.byte_string().map(|bytes| bytes.into_owned()))
}

fn integer(digits: &str) -> Result<i64, String> {
    whole(digits, |cbor| cbor.integer())
}

fn double(digits: &str) -> Result<f64, String> {
    whole(digits, |cbor| cbor.double())
}

fn float(digits: &str) -> Result<f32, String> {
    whole(digits, |cbor| cbor.float())
}

fn skip(digits: &str) -> Result<(), String> {
    whole(digits, |cbor| cbor.skip())
}

#[test]
fn integers_of_every_width_are_read() {
    for (digits, value) in [
        ("00", 0),
        ("17", 23),
        ("18 18", 24),
        ("19 0100", 256),
        ("1a 00000001", 1),
        ("1b 7fffffffffffffff", i64::MAX),
        ("20", -1),
        ("38 ff", -256),
        ("3b 7fffffffffffffff", i64::MIN),
        ("c2 42 0100", 256),
        ("c2 4a 00000000000000000001", 1),
        ("c3 41 00", -1),
        ("c3 40", -1),
        ("c3 48 7fffffffffffffff", i64::MIN),
        ("c2 5f 41 01 41 00 ff", 256),
        ("f9 3c00", 1),
        ("fb c3e0000000000000", i64::MIN),
    ] {
        assert_eq!(integer(digits), Ok(value), "{digits}");
    }
}

#[test]
fn integers_out_of_range_and_fractions_are_refused() {
    let refused = Err("expected an integer in the range of i64 at byte 0".to_owned());
    for digits in [
        "1b 8000000000000000",
        "3b 8000000000000000",
        "c2 48 8000000000000000",
        "c3 50 ffffffffffffffffffffffffffffffff",
    ] {
        assert_eq!(integer(digits), refused, "{digits}");
    }
    for digits in ["f9 3e00", "fb 43e0000000000000", "f9 7c00", "f9 7e00"] {
        assert_eq!(integer(digits), refused, "{digits}");
    }
    assert_eq!(integer("61 31"), Err("expected an integer at byte 0".to_owned()));
    assert_eq!(integer("41 01"), Err("expected an integer at byte 0".to_owned()));
    assert_eq!(integer("1c"), Err("an item that is not well-formed at byte 0".to_owned()));
    assert_eq!(integer("19 01"), Err("the CBOR ends too early: expected an integer at byte 2".to_owned()));
}

#[test]
fn floats_of_every_width_are_read() {
    for (digits, value) in [
        ("f9 0001", 2_f64.powi(-24)),
        ("f9 03ff", 1023.0 * 2_f64.powi(-24)),
        ("f9 0400", 2_f64.powi(-14)),
        ("f9 3c01", 1.0 + 1.0 / 1024.0),
        ("f9 7bff", 65504.0),
        ("f9 c400", -4.0),
        ("f9 7c00", f64::INFINITY),
        ("f9 fc00", f64::NEG_INFINITY),
        ("fa 47c35000", 100_000.0),
        ("fb 3ff199999999999a", 1.1),
        ("00", 0.0),
        ("1b ffffffffffffffff", 18_446_744_073_709_551_615.0),
        ("3b ffffffffffffffff", -18_446_744_073_709_551_616.0),
        ("c2 49 010000000000000000", 18_446_744_073_709_551_616.0),
    ] {
        assert_eq!(double(digits), Ok(value), "{digits}");
        assert_eq!(float(digits), Ok(value as f32), "{digits}");
    }
    assert!(double("f9 7e00").is_ok_and(f64::is_nan) && double("f9 7c01").is_ok_and(f64::is_nan));
    assert!(double("f9 8000").is_ok_and(|zero| zero == 0.0 && zero.is_sign_negative()));
    assert_eq!(double("f4"), Err("expected a number at byte 0".to_owned()));
}

#[test]
fn integers_of_any_length_are_rounded_once() {
    let big = |digits: &str| double(&format!("c2 58 14 {digits}"));
    let top = 2_f64.powi(159);
    let ulp = 2_f64.powi(107);
    assert_eq!(big(&format!("80{}", "00".repeat(19))), Ok(top));
    // Half of the last digit: to the even neighbour, but up as soon as anything follows.
    assert_eq!(big(&format!("80000000000004{}", "00".repeat(13))), Ok(top));
    assert_eq!(big(&format!("80000000000004{}01", "00".repeat(12))), Ok(top + ulp));
    assert_eq!(double(&format!("c2 59 0400 01{}", "00".repeat(1023))), Ok(f64::INFINITY));
    assert_eq!(double(&format!("c3 59 0400 01{}", "00".repeat(1023))), Ok(f64::NEG_INFINITY));
}

#[test]
fn strings_come_whole_or_in_chunks() {
    assert_eq!(text("60"), Ok(String::new()));
    assert_eq!(text("62 c3a9"), Ok("é".to_owned()));
    assert_eq!(text("78 03 616263"), Ok("abc".to_owned()));
    assert_eq!(text("7f ff"), Ok(String::new()));
    assert_eq!(text("7f 61 61 60 79 0001 62 ff"), Ok("ab".to_owned()));
    assert_eq!(bytes("42 00ff"), Ok(vec![0, 255]));
    assert_eq!(bytes("5f 41 00 41 ff ff"), Ok(vec![0, 255]));
}

#[test]
fn strings_of_another_kind_are_refused() {
    assert_eq!(text("41 61"), Err("expected a text at byte 0".to_owned()));
    assert_eq!(bytes("61 61"), Err("expected a string of bytes at byte 0".to_owned()));
    assert_eq!(text("61 c3"), Err("invalid UTF-8 at byte 1".to_owned()));
    assert_eq!(text("7f 61 c3 61 a9 ff"), Err("invalid UTF-8 at byte 2".to_owned()));
    assert_eq!(text("7f 41 61 ff"), Err("expected a chunk of the string at byte 1".to_owned()));
    assert_eq!(text("7f 7f 61 61 ff ff"), Err("expected a chunk of the string at byte 1".to_owned()));
    assert_eq!(text("7f c1 61 61 ff"), Err("expected a chunk of the string at byte 1".to_owned()));
}

#[test]
fn lengths_that_lie_are_found_out_before_anything_is_allocated() {
    for digits in ["7b ffffffffffffffff 61", "7a 7fffffff 61", "62 61", "7f 7b ffffffffffffffff 61"] {
        assert!(
            text(digits).is_err_and(|error| error.starts_with("the CBOR ends too early: expected a text")),
            "{digits}"
        );
        assert!(skip(digits).is_err(), "{digits}");
    }
    for digits in ["9b ffffffffffffffff 00", "bb ffffffffffffffff 00 00", "bb 7fffffffffffffff", "82 00", "a1 00"] {
        assert!(skip(digits).is_err_and(|error| error.starts_with("the CBOR ends too early")), "{digits}");
    }
}

#[test]
fn tags_are_stepped_over_wherever_they_stand() {
    assert_eq!(text("d9 d9f7 c0 61 61"), Ok("a".to_owned()));
    assert_eq!(integer("c1 01"), Ok(1));
    assert_eq!(bytes("d8 18 41 00"), Ok(vec![0]));
    assert_eq!(whole("c1 f6", |cbor| cbor.null()), Ok(true));
    assert_eq!(skip("c6 82 c1 00 c1 f5"), Ok(()));
    // The tag of a big number is that of the number, not of what comes behind.
    let kinds = whole("82 c2 41 01 41 01", |cbor| {
        let mut left = cbor.begin_list()?;
        let mut kinds = Vec::new();
        while cbor.next(&mut left)? {
            kinds.push(cbor.peek()?);
            cbor.skip()?;
        }
        Ok(kinds)
    });
    assert_eq!(kinds, Ok(vec![Kind::Integer, Kind::Bytes]));
    assert_eq!(integer("c1"), Err("the CBOR ends too early: expected an integer at byte 1".to_owned()));
}

#[test]
fn undefined_is_null() {
    assert_eq!(whole("f6", |cbor| cbor.null()), Ok(true));
    assert_eq!(whole("f7", |cbor| cbor.null()), Ok(true));
    assert_eq!(whole("f5", |cbor| Ok((cbor.null()?, cbor.boolean()?))), Ok((false, true)));
}

#[test]
fn whatever_is_well_formed_is_skipped() {
    for digits in [
        "00",
        "3b ffffffffffffffff",
        "5f 41 00 40 ff",
        "7f 61 61 ff",
        "80",
        "9f ff",
        "bf ff",
        "a1 80 80",
        "e0",
        "f0",
        "f8 20",
        "f8 ff",
        "f9 0000",
        "fa 00000000",
        "fb 0000000000000000",
        "9f 82 01 bf 61 61 9f ff ff ff",
        "61 ff",
    ] {
        assert_eq!(skip(digits), Ok(()), "{digits}");
    }
}

#[test]
fn whatever_is_not_well_formed_is_refused() {
    for digits in [
        "",
        "1c",
        "1f",
        "3e",
        "3f",
        "5c",
        "5f 61 61 ff",
        "5f 5f 41 00 ff ff",
        "7e",
        "9e",
        "9f",
        "bf 00 ff",
        "bf 00",
        "dc 00",
        "df",
        "f8 00",
        "f8 1f",
        "f8",
        "fc",
        "fe",
        "ff",
        "81 ff",
        "9f c1 ff",
        "00 00",
        "a1 00",
    ] {
        assert!(skip(digits).is_err(), "{digits}");
    }
}

#[test]
fn depth_is_bounded() {
    let nested = |depth: usize| "81".repeat(depth) + "00";
    let entered = |depth: usize| {
        whole(&nested(depth), |cbor| {
            (0..depth).try_for_each(|_| cbor.begin_list().and_then(|mut left| cbor.next(&mut left)).map(drop))?;
            cbor.skip()
        })
    };
    let place = MAX_DEPTH;
    assert_eq!(entered(MAX_DEPTH + 1), Err(format!("more than 128 lists and maps inside each other at byte {place}")));
    assert_eq!(skip(&nested(MAX_SKIPPED_DEPTH)), Ok(()));
    assert!(skip(&nested(MAX_SKIPPED_DEPTH + 1)).is_err_and(|error| error.starts_with("more than 512 lists and maps")));
    assert!(skip(&"bf00".repeat(100_000)).is_err_and(|error| error.starts_with("more than 512 lists and maps")));
}

#[test]
fn what_is_left_or_open_is_refused_at_the_end() {
    assert_eq!(whole("00 00", |cbor| cbor.integer()), Err("expected the end of the CBOR item at byte 1".to_owned()));
    let open = whole("81 00", |cbor| {
        cbor.begin_list()?;
        cbor.integer()
    });
    assert_eq!(open, Err("the CBOR ends too early: expected the end of a list or map at byte 2".to_owned()));
}
