//! Sensitive members: redacted unless exposed.

use crate::*;
use smithy_client_runtime::format::json::encode::encode_whole;
use smithy_client_runtime::serde::Exposed;

const REDACTED: &str = r#"{"id":"p","inner":{"key":"*** Sensitive Data Redacted ***","keys":"*** Sensitive Data Redacted ***","pin":"*** Sensitive Data Redacted ***","owner":"*** Sensitive Data Redacted ***"}}"#;

#[test]
fn sensitive_members_are_redacted_at_any_depth_and_of_any_type() {
    assert_eq!(to_json(&secretive()), REDACTED);
    assert_eq!(encode_whole(&secretive(), false).expect("it can be written"), REDACTED);
    assert_eq!(to_json(&Choice::Secret("hidden".to_owned())), r#"{"secret":"*** Sensitive Data Redacted ***"}"#);
    assert_eq!(to_json(&vec![Some(Choice::Part(secretive()))]), format!(r#"[{{"part":{REDACTED}}}]"#));
}

#[test]
fn exposed_values_are_written_and_read_back_as_they_are() {
    let part = secretive();
    let json = to_json(&Exposed(&part));
    assert_eq!(
        json,
        r#"{"id":"p","inner":{"key":"hidden","keys":{"hidden-key":"hidden-value"},"pin":4711,"owner":"hidden-owner"}}"#
    );
    assert_eq!(from_json::<Part>(&json), part);
    assert_eq!(to_json(&Exposed(&vec![part])), format!("[{json}]"));
}

#[test]
fn the_redaction_text_is_never_taken_for_a_secret() {
    let part: Part = from_json(REDACTED);
    let inner = part.inner.expect("it is there");
    assert_eq!((inner.key, inner.keys, inner.pin, inner.owner), (None, None, None, String::new()));
    assert_eq!(from_json::<Choice>(r#"{"secret":"*** Sensitive Data Redacted ***"}"#), Choice::Unknown);
}

#[test]
fn the_redaction_text_is_text_like_any_other_elsewhere() {
    let json = r#"{"text":"*** Sensitive Data Redacted ***","zero":0}"#;
    assert_eq!(to_json(&from_json::<Everything>(json)), json);
}
