//! What is refused, and how the message says where.

use crate::*;
use smithy_client_runtime::format::MAX_DEPTH;

#[test]
fn errors_name_the_member_and_what_was_expected() {
    let cases = [
        (r#"{"moods":["CALM",{}]}"#, "invalid type: map, expected a string for `moods[1]` at line 1 column 17"),
        (r#"{"byte":300}"#, "`byte`: expected an integer in the range of i8, found an integer at line 1 column 11"),
        (r#"{"nextOne":{"long":1.5}}"#, "`nextOne.long`: expected an integer in the range of i64, found a number"),
        (r#"{"days":{"a":"soon"}}"#, "`days.a`: expected a timestamp such as \"2026-11-17T08:30:00Z\", found a string"),
        (r#"{"date":0}"#, "`date`: expected a timestamp such as \"Tue, 17 Nov 2026 08:30:00 GMT\", found an integer"),
        (r#"{"epoch":"1"}"#, "`epoch`: expected a timestamp in seconds since 1970, found a string"),
        (r#"{"blob":"?"}"#, "`blob`: expected base64 text, found a string"),
        (r#"{"flag":"true"}"#, "`flag`: expected `true` or `false`, found a string"),
        (r#"{"float":"nan"}"#, "`float`: expected a number, \"NaN\", \"Infinity\" or \"-Infinity\", found a string"),
        (r#"{"sparse":"a"}"#, "`sparse`: expected an array, found a string"),
        (r#"{"nextOne":[]}"#, "`nextOne`: expected an object, found an array"),
        (r#"{"choice":{"text":"a","part":{}}}"#, "`choice`: expected a union with one member, found several"),
        (r#"[]"#, "`the value`: expected an object, found an array"),
    ];
    for (json, expected) in cases {
        let found = refusal::<Everything>(json);
        assert!(found.starts_with(expected), "{json}: {found}");
    }
}

#[test]
fn errors_never_quote_text_and_hide_keys_of_secrets() {
    let cases = [
        (r#"{"pin":"hidden"}"#, "`pin`: expected an integer"),
        (r#"{"key":4711}"#, "`key`: expected a string, found an integer"),
        (r#"{"keys":{"hidden":1}}"#, "`keys[..]`: expected a string"),
        (r#"{"keys":"hidden"}"#, "`keys`: expected an object"),
        (r#""hidden""#, "`the value`: expected an object"),
    ];
    for (json, expected) in cases {
        let found = refusal::<Inner>(json);
        assert!(found.starts_with(expected) && !found.contains("hidden") && !found.contains("4711"), "{json}: {found}");
    }
}

#[test]
fn nesting_is_bounded() {
    // `serde_json` has a bound of its own, so the value comes from where there is none.
    let nested =
        |depth: usize| (0..depth).fold(serde_json::json!({}), |inner, _| serde_json::json!({"nextOne": inner}));
    let read = |depth| serde_json::from_value::<Everything>(nested(depth));
    assert!(read(MAX_DEPTH - 1).is_ok());
    let error = read(MAX_DEPTH).expect_err("too deep").to_string();
    assert!(error.ends_with("nextOne`: more than 128 objects and arrays inside each other"), "{error}");
    let document = (0..MAX_DEPTH).fold(serde_json::json!([]), |inner, _| serde_json::json!([inner]));
    assert!(serde_json::from_value::<Everything>(serde_json::json!({"document": document})).is_err());
}
