//! Formats beside JSON.

use crate::*;
use smithy_client_runtime::serde::Exposed;

#[test]
fn values_survive_a_binary_format() {
    let value = Everything {
        text: Some("t".to_owned()),
        byte: Some(-1),
        double: Some(f64::INFINITY),
        day: Some(DateTime::from_secs(1_500_000_000)),
        epoch: Some(DateTime::from_secs_and_nanos(1, 500_000_000)),
        blob: Some(Blob::new([0, 255])),
        sparse: Some(vec![None, Some("a".to_owned())]),
        mood: Some(Mood::from("NEW")),
        choice: Some(Choice::Part(secretive())),
        ..nothing()
    };
    let mut bytes = Vec::new();
    ciborium::into_writer(&Exposed(&value), &mut bytes).expect("written");
    assert_eq!(ciborium::from_reader::<Everything, _>(bytes.as_slice()).expect("read"), value);
}

#[test]
fn single_precision_numbers_are_such_in_a_binary_format() {
    let mut bytes = Vec::new();
    let value = Everything { float: Some(29.97), ..nothing() };
    ciborium::into_writer(&value, &mut bytes).expect("written");
    let four_bytes = [&[0xfa][..], &29.97_f32.to_be_bytes()].concat();
    assert!(bytes.windows(5).any(|window| window == four_bytes), "{bytes:x?}");
    assert_eq!(ciborium::from_reader::<Everything, _>(bytes.as_slice()).expect("read"), value);
}

#[test]
fn bytes_of_a_binary_format_are_a_blob() {
    let map = ciborium::Value::Map(vec![("blob".into(), ciborium::Value::Bytes(vec![1, 2]))]);
    assert_eq!(map.deserialized::<Everything>().expect("read").blob, Some(Blob::new([1, 2])));
}

#[test]
fn numbers_are_read_where_serde_json_keeps_their_text() {
    let number = |text: &str| serde_json::json!({"$serde_json::private::Number": text});
    let value = serde_json::json!({
        "byte": number("-3"), "long": number("1e3"), "float": number("0.5"), "epoch": number("7"), "document": [number("12")],
    });
    let value: Everything = serde_json::from_value(value).expect("valid");
    assert_eq!((value.byte, value.long, value.float), (Some(-3), Some(1000), Some(0.5)));
    assert_eq!(value.epoch, Some(DateTime::from_secs(7)));
    assert_eq!(
        to_json(&value.document.map(|document| Everything { document: Some(document), ..nothing() })),
        r#"{"document":[12],"zero":0}"#
    );
    let refused = serde_json::from_value::<Everything>(serde_json::json!({"byte": number("300")}));
    let error = refused.expect_err("out of range").to_string();
    assert_eq!(error, "`byte`: expected an integer in the range of i8, found a number");
}
