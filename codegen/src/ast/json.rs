//! JSON text to a value, without losing anything: a key written twice is an error.
//!
//! `serde_json` alone keeps the last of two equal keys, so a shape defined twice in one file
//! would vanish without a word.

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::fmt;

/// Parses JSON text, keeping the order of keys.
///
/// # Errors
///
/// The text is not JSON, is nested too deeply, or an object of it has a key twice. The error knows line and column.
pub(crate) fn parse(text: &str) -> Result<Value, serde_json::Error> {
    serde_json::from_str::<Strict>(text).map(|strict| strict.0)
}

/// A value whose objects have no key twice.
struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StrictVisitor).map(Self)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, boolean: bool) -> Result<Value, E> {
        Ok(Value::Bool(boolean))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Number::from_f64(number).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::String(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut array = Vec::new();
        while let Some(Strict(item)) = items.next_element()? {
            array.push(item);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            if object.contains_key(&key) {
                return Err(A::Error::custom(format!("the key {key:?} stands twice in one object")));
            }
            let Strict(value) = entries.next_value()?;
            object.insert(key, value);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::parse;
    use serde_json::json;

    #[test]
    fn every_kind_of_value_survives_in_order() {
        let value = parse(r#"{"z": [null, true, -1, 18446744073709551615, 1.5, "é"], "a": {}}"#);
        let value = value.expect("the text is JSON");
        let keys: Vec<_> = value.as_object().into_iter().flat_map(|o| o.keys()).collect();
        assert_eq!(keys, ["z", "a"]);
        assert_eq!(value["z"], json!([null, true, -1, u64::MAX, 1.5, "é"]));
    }

    #[test]
    fn a_key_written_twice_is_an_error_with_its_place() {
        let error = parse("{\"a\": 1,\n \"a\": 2}").expect_err("the key stands twice");
        assert_eq!(error.to_string(), r#"the key "a" stands twice in one object at line 2 column 4"#);
    }

    #[test]
    fn deep_nesting_is_an_error_and_no_overflow() {
        let error = parse(&"[".repeat(100_000)).expect_err("nested too deeply");
        assert_eq!(error.to_string(), "recursion limit exceeded at line 1 column 128");
    }
}
