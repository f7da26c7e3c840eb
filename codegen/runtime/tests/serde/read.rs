//! What is read.

use crate::*;

#[test]
fn unknown_members_are_ignored_and_null_is_absence() {
    let value: Everything = from_json(r#"{"new":[{"a":null}],"text":null,"zero":null,"moods":["CALM",null]}"#);
    assert_eq!(value, Everything { moods: Some(vec![Mood::Calm]), ..nothing() });
}

#[test]
fn null_is_a_value_in_sparse_lists_and_maps_only() {
    let value: Everything = from_json(r#"{"sparse":[null,"a",null],"gaps":{"a":null,"b":1},"days":{"a":null}}"#);
    assert_eq!(value.sparse, Some(vec![None, Some("a".to_owned()), None]));
    assert_eq!(value.gaps, Some(HashMap::from([("a".to_owned(), None), ("b".to_owned(), Some(1))])));
    assert_eq!(value.days, Some(HashMap::new()));
}

#[test]
fn what_is_required_and_missing_becomes_empty() {
    let part: Part = from_json("{}");
    assert_eq!((part.id.as_str(), part.inner.map(|inner| inner.owner)), ("", Some(String::new())));
}

#[test]
fn a_missing_query_parameter_stays_missing() {
    assert_eq!(from_json::<Bound>("{}").until, None);
}

#[test]
fn unknown_values_of_enums_survive() {
    let value: Everything = from_json(r#"{"mood":" NEW "}"#);
    assert_eq!(to_json(&value), r#"{"mood":" NEW ","zero":0}"#);
    assert_eq!(from_json::<Mood>("\"WILD\""), Mood::Wild);
}

#[test]
fn numbers_are_read_in_every_form_that_means_them() {
    let value: Everything = from_json(r#"{"byte":3.0,"long":1e3,"float":1,"double":"NaN","epoch":1500000000}"#);
    assert_eq!((value.byte, value.long, value.float), (Some(3), Some(1000), Some(1.0)));
    assert!(value.double.is_some_and(f64::is_nan));
    assert_eq!(value.epoch, Some(DateTime::from_secs(1_500_000_000)));
    let far = DateTime::from_secs((1 << 60) + 1);
    let json = to_json(&Everything { epoch: Some(far), ..nothing() });
    assert_eq!(from_json::<Everything>(&json).epoch, Some(far), "{json}");
}

#[test]
fn a_member_that_comes_twice_has_its_last_value() {
    let value: Everything = from_json(r#"{"moods":["CALM"],"text":"a","moods":["WILD"],"text":"b"}"#);
    assert_eq!(value, Everything { moods: Some(vec![Mood::Wild]), text: Some("b".to_owned()), ..nothing() });
}

#[test]
fn a_member_that_comes_twice_and_last_as_null_is_absent() {
    let json = r#"{"text":"a","zero":7,"gaps":{"k":1,"k":null},"days":{"k":"1970-01-01T00:00:00Z","k":null},"nextOne":{},
        "text":null,"zero":null,"nextOne":null}"#;
    let gaps = HashMap::from([("k".to_owned(), None)]);
    let expected = Everything { gaps: Some(gaps), days: Some(HashMap::new()), ..nothing() };
    assert_eq!(from_json::<Everything>(json), expected);
}

#[test]
fn a_union_has_one_member_that_is_not_null() {
    assert_eq!(
        from_json::<Choice>(r#"{"__type":"x","text":null,"deep":{"text":"t"}}"#),
        Choice::Deep(Box::new(Choice::Text("t".to_owned())))
    );
    assert_eq!(from_json::<Choice>(r#"{"new":1}"#), Choice::Unknown);
    assert_eq!(to_json(&Choice::Unknown), "{}");
    assert_eq!(from_json::<Choice>("{}"), Choice::Unknown);
}

#[test]
fn documents_hold_any_value() {
    let json = r#"{"document":{"a":[null,true,-1,18446744073709551615,0.5,"x"]},"zero":0}"#;
    assert_eq!(to_json(&from_json::<Everything>(json)), json);
}

#[test]
fn members_are_found_by_borrowed_and_owned_keys() {
    let value = serde_json::json!({"nextOne": {"text": "t"}});
    let expected = Everything { text: Some("t".to_owned()), ..nothing() };
    let expected = Everything { next: Some(Box::new(expected)), ..nothing() };
    assert_eq!(from_json::<Everything>(r#"{"nextOn\u0065":{"text":"t"}}"#), expected);
    assert_eq!(serde_json::from_value::<Everything>(value).expect("valid"), expected);
}
