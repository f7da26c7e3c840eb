//! What is written.

use crate::*;

#[test]
fn every_type_has_the_form_that_it_has_in_messages() {
    let value = Everything {
        text: Some("ü\"".to_owned()),
        flag: Some(false),
        byte: Some(-128),
        long: Some(i64::MIN),
        float: Some(0.1),
        double: Some(f64::NEG_INFINITY),
        day: Some(DateTime::from_secs_and_nanos(0, 500_000_000)),
        date: Some(DateTime::from_secs(0)),
        epoch: Some(DateTime::from_secs_and_nanos(1, 250_000_000)),
        blob: Some(Blob::new("blob")),
        mood: Some(Mood::Wild),
        moods: Some(vec![Mood::Calm, Mood::from("NEW")]),
        sparse: Some(vec![None, Some("a".to_owned())]),
        choice: Some(Choice::Deep(Box::new(Choice::Text("t".to_owned())))),
        zero: 7,
        ..nothing()
    };
    let json = r#"{"text":"ü\"","flag":false,"byte":-128,"long":-9223372036854775808,"float":0.1,"double":"-Infinity","day":"1970-01-01T00:00:00.5Z","date":"Thu, 01 Jan 1970 00:00:00 GMT","epoch":1.25,"blob":"YmxvYg==","mood":"WILD","moods":["CALM","NEW"],"sparse":[null,"a"],"choice":{"deep":{"text":"t"}},"zero":7}"#;
    assert_eq!(to_json(&value), json);
    assert_eq!(smithy_client_runtime::format::json::encode::encode_body(&value).expect("it can be sent"), json);
}

#[test]
fn what_is_not_set_is_left_out_and_a_zero_default_is_not() {
    assert_eq!(to_json(&nothing()), r#"{"zero":0}"#);
    assert_eq!(
        smithy_client_runtime::format::json::encode::encode_whole(&nothing(), true).expect("valid"),
        r#"{"zero":0}"#
    );
    assert_eq!(smithy_client_runtime::format::json::encode::encode_body(&nothing()).expect("it can be sent"), "{}");
}

#[test]
fn single_precision_numbers_have_the_digits_that_they_were_written_with() {
    for number in ["29.97", "0.1", "7.038531e-26", "16777216.0"] {
        let value: Everything = from_json(&format!(r#"{{"float":{number}}}"#));
        assert_eq!(to_json(&value), format!(r#"{{"float":{number},"zero":0}}"#));
        let tree = serde_json::to_value(&value).expect("valid");
        assert_eq!(tree["float"], number.parse::<f64>().expect("a number"));
        assert_eq!(serde_json::from_value::<Everything>(tree).expect("valid"), value);
    }
}

#[test]
fn maps_and_documents_are_written_in_the_order_of_their_keys() {
    let days = (0..9).rev().map(|day| (format!("d{day}"), DateTime::from_secs(day))).collect();
    let object = (0..9).rev().map(|key| (format!("k{key}"), Document::Bool(true))).collect();
    let value = Everything { days: Some(days), document: Some(Document::Object(object)), ..nothing() };
    let json = to_json(&value);
    assert!(json.starts_with(r#"{"document":{"k0":true,"k1":true,"#), "{json}");
    assert!(json.contains(r#""days":{"d0":"1970-01-01T00:00:00Z","d1":"1970-01-01T00:00:01Z","#), "{json}");
    assert_eq!(
        smithy_client_runtime::format::json::encode::encode_whole(&value, true).expect("it can be written"),
        json
    );
}

#[test]
fn keys_of_maps_may_be_an_enum_and_keep_what_they_do_not_know() {
    let value: Everything = from_json(r#"{"levels":{"WILD":1,"NEW":2}}"#);
    assert_eq!(value.levels, Some(HashMap::from([(Mood::Wild, 1), (Mood::from("NEW"), 2)])));
    assert_eq!(to_json(&value), r#"{"levels":{"NEW":2,"WILD":1},"zero":0}"#);

    let one = Everything { levels: Some(HashMap::from([(Mood::Calm, 3)])), ..nothing() };
    assert!(format!("{one:?}").contains("levels: Some({Calm: 3})"), "{one:?}");
    let two = one.clone();
    assert_eq!(one, two);
    assert_ne!(one, value);
}

#[test]
fn members_that_do_not_travel_in_the_body_have_their_names_in_the_model() {
    let value = Bound {
        id: Some("a/b".to_owned()),
        since: Some(DateTime::from_secs(0)),
        until: Some(DateTime::from_secs(0)),
        tags: Some(HashMap::from([("a".to_owned(), "b".to_owned())])),
        body: Some("text".to_owned()),
    };
    let json = r#"{"id":"a/b","sinceWhen":"Thu, 01 Jan 1970 00:00:00 GMT","untilWhen":"1970-01-01T00:00:00Z","tags":{"a":"b"},"body":"text"}"#;
    assert_eq!(to_json(&value), json);
    assert_eq!(
        smithy_client_runtime::format::json::encode::encode_whole(&value, true).expect("it can be written"),
        json
    );
    assert_eq!(from_json::<Bound>(json), value);
}

#[test]
fn a_timestamp_that_its_format_cannot_express_is_an_error() {
    let value = Everything { day: Some(DateTime::from_secs(i64::MAX)), ..nothing() };
    let error = serde_json::to_string(&value).expect_err("the year has more than four digits").to_string();
    assert!(error.starts_with("`day`: "), "{error}");
}
