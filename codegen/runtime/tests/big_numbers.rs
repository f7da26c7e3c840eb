//! Numbers of any length in every format, as emitted crates have them.

use aws_smithy_types::{BigDecimal, BigInteger};
use ciborium::Value as Cbor;
use proptest::prelude::*;
use std::collections::HashMap;

use smithy_client_runtime::format::Format;
use smithy_client_runtime::format::cbor::CBOR;
use smithy_client_runtime::format::form::{Dialect, write::FormWriter, write_structure};
use smithy_client_runtime::format::json::{JSON, JSON_QUOTING_BIG_NUMBERS};
use smithy_client_runtime::format::xml::XML;
use smithy_client_runtime::shape;
use smithy_client_runtime::shape::{Member, Shape, View};
use smithy_client_runtime::slot::Slot;
use smithy_client_runtime::value::big_number;

/// What somebody owes.
pub struct Debt {
    count: Option<BigInteger>,
    sum: Option<BigDecimal>,
    parts: Option<Vec<BigDecimal>>,
    by_name: Option<HashMap<String, BigInteger>>,
    rate: BigDecimal,
}

shape! {
    Debt {
        0 count: "count",
        1 sum: "sum",
        2 parts: "parts",
        3 by_name: "byName",
        4 rate: "rate" DEFAULT,
    } defaults {
        rate: big_number("1.50"),
    }
}

const LONG: &str = "123456789012345678901234567890";

fn integer(text: &str) -> BigInteger {
    text.parse().expect("an integer")
}

fn decimal(text: &str) -> BigDecimal {
    text.parse().expect("a number")
}

fn debt() -> Debt {
    Debt {
        count: Some(integer(LONG)),
        sum: Some(decimal("-0.100000000000000000000001")),
        parts: Some(vec![decimal("1e400"), decimal("+.5")]),
        by_name: Some(HashMap::from([("ada".to_owned(), integer("-1"))])),
        rate: decimal("2"),
    }
}

fn encoded(format: &dyn Format, debt: &Debt) -> Vec<u8> {
    format.encode(&View::Structure(debt), &Member::NONE).expect("it can be sent")
}

fn text(format: &dyn Format, debt: &Debt) -> String {
    String::from_utf8(encoded(format, debt)).expect("it is text")
}

fn decoded(format: &dyn Format, bytes: &[u8]) -> Result<Debt, String> {
    let mut debt = <Debt as Shape>::empty();
    format.decode(bytes, Slot::Structure(&mut debt), &Member::NONE).map_err(|error| error.to_string())?;
    Ok(debt)
}

#[test]
fn every_format_gives_back_every_digit() {
    let sent = debt();
    for format in [&JSON as &dyn Format, &JSON_QUOTING_BIG_NUMBERS, &CBOR, &XML] {
        let received = decoded(format, &encoded(format, &sent)).expect("it was written by us");
        assert_eq!(received, sent, "{format:?}");
        assert_eq!(received.count.expect("it is there").as_ref(), LONG);
        assert_eq!(received.sum.expect("it is there").as_ref(), "-0.100000000000000000000001");
    }
    let copy = sent.clone();
    assert!(copy == sent);
    assert_eq!(format!("{:?}", copy.sum), r#"Some(BigDecimal("-0.100000000000000000000001"))"#);
}

#[test]
fn json_has_numbers_unless_the_protocol_has_texts() {
    let sent = debt();
    let digits = "-0.100000000000000000000001";
    let numbers = format!(r#"{{"count":{LONG},"sum":{digits},"parts":[1e400,0.5],"byName":{{"ada":-1}},"rate":2}}"#);
    assert_eq!(text(&JSON, &sent), numbers);
    let texts =
        format!(r#"{{"count":"{LONG}","sum":"{digits}","parts":["1e400","+.5"],"byName":{{"ada":"-1"}},"rate":"2"}}"#);
    assert_eq!(text(&JSON_QUOTING_BIG_NUMBERS, &sent), texts);
}

#[test]
fn xml_and_forms_have_the_texts() {
    let sent = Debt { by_name: None, ..debt() };
    let xml = text(&XML, &sent);
    assert!(xml.contains(&format!("<count>{LONG}</count>")) && xml.contains("<member>1e400</member>"), "{xml}");
    let mut form = FormWriter::new();
    let dialect = Dialect { member_name: |member| member.wire.into(), flattens_lists: false, sends_empty_lists: false };
    write_structure(&mut form, &sent, &dialect).expect("it can be sent");
    let form = form.finish();
    assert!(form.starts_with(&format!("count={LONG}&sum=-0.1000")), "{form}");
    assert!(form.ends_with("&parts.member.1=1e400&parts.member.2=%2B.5&rate=2"), "{form}");
}

#[test]
fn what_is_absent_is_the_default_and_what_is_no_number_is_refused() {
    assert_eq!(decoded(&JSON, b"{}").expect("it is JSON").rate.as_ref(), "1.50");
    assert_eq!(decoded(&JSON, br#"{"rate":null,"count":null}"#).expect("it is JSON").rate.as_ref(), "1.50");
    let refused = |json: &str| decoded(&JSON, json.as_bytes()).expect_err(json);
    assert_eq!(refused(r#"{"count":1.5}"#), "expected an integer at byte 9");
    assert_eq!(refused(r#"{"count":1e999999999}"#), "expected an integer at byte 9");
    assert_eq!(refused(r#"{"sum":"NaN"}"#), "expected a number at byte 7");
    assert_eq!(refused(r#"{"sum":true}"#), "expected a number at byte 7");
    assert_eq!(refused(r#"{"sum":1e99999999999999999999}"#), "expected a number at byte 7");
    let xml = |value: &str| decoded(&XML, format!("<Debt><count>{value}</count></Debt>").as_bytes());
    assert_eq!(xml(" 12 ").expect("an integer").count, Some(integer("12")));
    assert_eq!(xml("").expect("nothing is said").count, None);
    assert!(xml("1,5").is_err());
}

#[test]
fn a_long_exponent_stays_one() {
    let json = br#"{"sum":1e999999999,"parts":[-1.5E-999999999]}"#;
    let debt = decoded(&JSON, json).expect("they are numbers");
    assert_eq!(debt.sum.as_ref().map(AsRef::as_ref), Some("1e999999999"));
    let cbor = encoded(&CBOR, &debt);
    assert!(cbor.len() < 80);
    assert_eq!(decoded(&CBOR, &cbor), Ok(debt));
}

/// The CBOR of a structure with one member.
fn member(name: &str, value: Cbor) -> Vec<u8> {
    let mut bytes = Vec::new();
    ciborium::into_writer(&Cbor::Map(vec![(name.into(), value)]), &mut bytes).expect("it can be written");
    bytes
}

fn tagged(tag: u64, value: Cbor) -> Cbor {
    Cbor::Tag(tag, Box::new(value))
}

fn fraction(exponent: Cbor, coefficient: Cbor) -> Cbor {
    tagged(4, Cbor::Array(vec![exponent, coefficient]))
}

#[test]
fn cbor_is_that_of_the_standard() {
    let sent =
        Debt { count: Some(integer("18446744073709551616")), sum: Some(decimal("273.15")), ..<Debt as Shape>::empty() };
    let cbor = encoded(&CBOR, &sent);
    // RFC 8949, section 3.4.3 and 3.4.4.
    let expected =
        b"\xBF\x65count\xC2\x49\x01\0\0\0\0\0\0\0\0\x63sum\xC4\x82\x21\x19\x6A\xB3\x64rate\xC4\x82\x21\x18\x96\xFF";
    assert_eq!(cbor, expected);
}

#[test]
fn cbor_may_have_numbers_in_any_of_its_ways() {
    let sum =
        |value| Ok::<_, String>(decoded(&CBOR, &member("sum", value))?.sum.expect("it was there").as_ref().to_owned());
    assert_eq!(sum(1.into()).as_deref(), Ok("1"));
    assert_eq!(sum((-1.5).into()).as_deref(), Ok("-1.5"));
    assert_eq!(sum(tagged(3, Cbor::Bytes(vec![1; 9]))).as_deref(), Ok("-18519084246547628290"));
    assert_eq!(sum(fraction((-2).into(), tagged(2, Cbor::Bytes(vec![1, 0])))).as_deref(), Ok("2.56"));
    assert_eq!(sum(fraction(i64::MIN.into(), 1.into())), Err("expected a number at byte 6".to_owned()));
    let count =
        |value| decoded(&CBOR, &member("count", value)).map(|debt| debt.count.map(|count| count.as_ref().to_owned()));
    assert_eq!(count(3.0.into()), Ok(Some("3".to_owned())));
    assert_eq!(count(fraction(1.into(), 3.into())), Ok(Some("30".to_owned())));
    for none in [
        fraction(999_999_999.into(), 1.into()),
        fraction((-1).into(), 3.into()),
        1.5.into(),
        f64::NAN.into(),
        "1".into(),
        Cbor::Bytes(vec![1]),
    ] {
        assert!(count(none.clone()).is_err(), "{none:?}");
    }
    for no_fraction in
        [vec![], vec![1.into()], vec![1.into(), 2.into(), 3.into()], vec![1.into(), 1.5.into(), 1.into()]]
    {
        assert!(sum(tagged(4, Cbor::Array(no_fraction.clone()))).is_err(), "{no_fraction:?}");
    }
    // A list is a number by its tag alone.
    assert!(sum(Cbor::Array(vec![1.into(), 2.into()])).is_err());
    let open = b"\xA1\x63sum\xC4\x9F\x20\x18\x2A\xFF";
    assert_eq!(decoded(&CBOR, open).map(|debt| debt.sum), Ok(Some(decimal("4.2"))));
}

#[test]
fn the_work_on_binary_integers_is_bounded() {
    let bytes = |length| member("count", tagged(2, Cbor::Bytes(vec![0xFF; length])));
    assert!(decoded(&CBOR, &bytes(1024)).is_ok());
    assert_eq!(
        decoded(&CBOR, &bytes(1025)).map(|_| ()),
        Err("an integer of more than 1024 bytes at byte 8".to_owned())
    );
    let long = Debt { count: Some(integer(&"9".repeat(2467))), ..<Debt as Shape>::empty() };
    let refused = CBOR.encode(&View::Structure(&long), &Member::NONE).expect_err("it is too long");
    assert_eq!(refused.to_string(), "an integer of more than 2466 digits cannot be sent");
}

proptest! {
    #[test]
    fn any_number_survives_any_format(
        count in "-?[0-9]{1,60}",
        sum in r"[+-]?([0-9]{1,40}(\.[0-9]{0,40})?|\.[0-9]{1,40})([eE][+-]?[0-9]{1,5})?",
    ) {
        let sent = Debt { count: Some(integer(&count)), sum: Some(decimal(&sum)), ..<Debt as Shape>::empty() };
        for format in [&JSON as &dyn Format, &JSON_QUOTING_BIG_NUMBERS, &CBOR, &XML] {
            let received = decoded(format, &encoded(format, &sent)).expect("it was written by us");
            prop_assert_eq!(&received.sum, &sent.sum);
            let digits = |count: &Option<BigInteger>| {
                let text = count.as_ref().map(|count| count.as_ref().to_owned()).unwrap_or_default();
                let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
                let digits = digits.trim_start_matches('0');
                // A binary number has no negative zero.
                if digits.is_empty() { String::new() } else { format!("{sign}{digits}") }
            };
            prop_assert_eq!(digits(&received.count), digits(&sent.count));
        }
    }

    #[test]
    fn ciborium_reads_what_is_written_and_writes_what_is_read(value: i128, exponent in -50_i64..50) {
        let sent = Debt { count: Some(integer(&value.to_string())), sum: Some(decimal(&format!("{value}e{exponent}"))), ..<Debt as Shape>::empty() };
        let item: Cbor = ciborium::from_reader(encoded(&CBOR, &sent).as_slice()).expect("it is CBOR");
        let entries = item.into_map().expect("it is a map");
        let parts = |item: &Cbor| item.as_integer().map(i128::from);
        prop_assert_eq!(whole(&entries[0].1), Some(value));
        let (tag, fraction) = entries[1].1.as_tag().expect("it has a tag");
        let fraction = fraction.as_array().expect("it is a list");
        prop_assert_eq!((tag, parts(&fraction[0]), whole(&fraction[1])), (4, Some(exponent.into()), Some(value)));
        let big = if value < 0 { tagged(3, Cbor::Bytes((!value).to_be_bytes().to_vec())) } else { tagged(2, Cbor::Bytes(value.to_be_bytes().to_vec())) };
        let received = decoded(&CBOR, &member("count", big)).expect("it is an integer");
        prop_assert_eq!(received.count, sent.count);
    }

    #[test]
    fn no_bytes_make_reading_panic(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        for name in ["\x65count", "\x63sum"] {
            let cbor = [b"\xA1", name.as_bytes(), bytes.as_slice()].concat();
            let _ = decoded(&CBOR, &cbor);
        }
    }
}

/// An integer of CBOR, be it long or short.
fn whole(item: &Cbor) -> Option<i128> {
    if let Some((tag, bytes)) = item.as_tag() {
        let distance = bytes.as_bytes()?.iter().fold(0_i128, |number, byte| number << 8 | i128::from(*byte));
        return Some(if tag == 3 { !distance } else { distance });
    }
    item.as_integer().map(i128::from)
}
