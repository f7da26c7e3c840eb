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
fn bytes_of_a_binary_format_are_a_blob() {
    let map = ciborium::Value::Map(vec![("blob".into(), ciborium::Value::Bytes(vec![1, 2]))]);
    assert_eq!(map.deserialized::<Everything>().expect("read").blob, Some(Blob::new([1, 2])));
}
