//! Numbers of any length in formats of serde.

use aws_smithy_types::{BigDecimal, BigInteger};
use serde_json::json;
use smithy_client_runtime::shape;

/// What somebody owes.
pub(crate) struct Debt {
    count: Option<BigInteger>,
    sum: Option<BigDecimal>,
}

shape! {
    all_optional Debt {
        0 count: "count",
        1 sum: "sum",
    }
}

fn debt(count: &str, sum: &str) -> Debt {
    Debt { count: count.parse().ok(), sum: sum.parse().ok() }
}

#[test]
fn they_are_written_as_text_in_every_format() {
    let debt = debt("123456789012345678901234567890", "0.100000000000000000000001");
    let value = serde_json::to_value(&debt).expect("it can be written");
    assert_eq!(value, json!({"count": "123456789012345678901234567890", "sum": "0.100000000000000000000001"}));
    assert_eq!(serde_json::from_value::<Debt>(value).expect("it was written by us"), debt);
    let mut cbor = Vec::new();
    ciborium::into_writer(&debt, &mut cbor).expect("it can be written");
    assert_eq!(ciborium::from_reader::<Debt, _>(cbor.as_slice()).expect("it was written by us"), debt);
}

#[test]
fn they_are_read_from_numbers_that_have_all_of_their_digits() {
    let read = |text: &str| serde_json::from_str::<Debt>(text).map_err(|error| error.to_string());
    assert_eq!(read(r#"{"count":-12,"sum":1.5}"#), Ok(debt("-12", "1.5")));
    assert_eq!(read(r#"{"count":18446744073709551615,"sum":1}"#), Ok(debt("18446744073709551615", "1")));
    assert_eq!(read(r#"{"count":3.0,"sum":"1e999999999"}"#), Ok(debt("3", "1e999999999")));
    // A double has lost digits of it already, and of its end nobody knows.
    let error = read(r#"{"count":18446744073709551617}"#).expect_err("it is too long");
    assert!(error.starts_with("`count`: expected an integer, as a string where it is long, found a number"), "{error}");
    assert!(read(r#"{"sum":"ten"}"#).is_err() && read(r#"{"sum":true}"#).is_err() && read(r#"{"count":1.5}"#).is_err());
}

#[test]
fn the_text_of_a_number_is_taken_where_serde_json_has_it() {
    let sum = r#"{"sum":{"$serde_json::private::Number":"0.100000000000000000000001"}}"#;
    assert_eq!(
        serde_json::from_str::<Debt>(sum).expect("it is a number"),
        Debt { count: None, ..debt("", "0.100000000000000000000001") }
    );
}
