//! Bodies of CBOR, which cases have in base64.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ciborium::Value as Cbor;
use serde_json::{Map, Value, json};

use super::super::Difference;
use super::first_difference;

/// CBOR is compared by value: order of keys, whether lengths are given, and how many bytes a number has do not matter, nor
/// whether a whole number is an integer or a float.
pub(super) fn difference(expected: &str, actual: &[u8]) -> Option<Difference> {
    let expected_value = STANDARD.decode(expected).ok().as_deref().and_then(read);
    let (Some(expected_value), Some(actual_value)) = (expected_value, read(actual)) else {
        return Some(Difference::new("body", expected, STANDARD.encode(actual)));
    };
    first_difference(&expected_value, &actual_value, &Value::Null, &mut String::from("body "))
}

/// The item that the bytes are, as JSON; `None` where they are none, or more than one.
fn read(mut bytes: &[u8]) -> Option<Value> {
    let item = ciborium::from_reader(&mut bytes).ok()?;
    bytes.is_empty().then(|| as_json(item)).flatten()
}

/// An item as JSON. What JSON has no value for becomes an object that says what it is.
fn as_json(item: Cbor) -> Option<Value> {
    Some(match item {
        Cbor::Null => Value::Null,
        Cbor::Bool(value) => json!(value),
        Cbor::Integer(value) => match i64::try_from(value) {
            Ok(value) => json!(value),
            Err(_) => json!(u64::try_from(value).ok()?),
        },
        Cbor::Float(value) if value.is_finite() => json!(value),
        Cbor::Float(value) => json!({ "float": value.to_string() }),
        Cbor::Text(text) => json!(text),
        Cbor::Bytes(bytes) => json!({ "bytes": STANDARD.encode(bytes) }),
        Cbor::Tag(tag, item) => json!({ "tag": tag, "value": as_json(*item)? }),
        Cbor::Array(items) => items.into_iter().map(as_json).collect::<Option<Vec<_>>>()?.into(),
        Cbor::Map(entries) => {
            let entry = |(key, value): (Cbor, Cbor)| Some((key.into_text().ok()?, as_json(value)?));
            entries.into_iter().map(entry).collect::<Option<Map<_, _>>>()?.into()
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(expected: &[u8], actual: &[u8]) -> String {
        difference(&STANDARD.encode(expected), actual).map_or_else(String::new, |found| found.to_string())
    }

    #[test]
    fn cbor_is_compared_by_value() {
        assert_eq!(told(b"\xA2\x61a\x01\x61b\x81\xF6", b"\xBF\x61b\x9F\xF6\xFF\x61a\xFB\x3F\xF0\0\0\0\0\0\0\xFF"), "");
        assert_eq!(told(b"\xA1\x61a\x82\x01\x02", b"\xA1\x61a\x82\x01\x03"), "body /a/1: expected 2, got 3");
        assert_eq!(told(b"\xC1\x01", b"\xC1\xFA\x3F\x80\0\0"), "");
        assert_eq!(told(b"\xC1\x01", b"\x01"), r#"body: expected {"tag":1,"value":1}, got 1"#);
        assert_eq!(told(b"\x61a", b"\x41a"), r#"body: expected "a", got {"bytes":"YQ=="}"#);
        assert_eq!(told(b"\xF9\x7E\0", b"\x63NaN"), r#"body: expected {"float":"NaN"}, got "NaN""#);
    }

    #[test]
    fn what_is_no_cbor_is_shown_in_base64() {
        assert_eq!(told(b"\xA0", b"\xA0\xA0"), "body: expected oA==, got oKA=");
        assert_eq!(told(b"\xA0", b"\xBF"), "body: expected oA==, got vw==");
    }
}
