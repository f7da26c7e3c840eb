//! The JSON reader of this crate as a format, so that calls by name need no other.

use ::serde::de::{
    DeserializeSeed, Error, MapAccess, SeqAccess, Visitor,
    value::{CowStrDeserializer, MapDeserializer},
};
use ::serde::{Deserializer, forward_to_deserialize_any};
use aws_smithy_types::Number;
use std::borrow::Cow;
use std::fmt;

use super::read::{NUMBER, fill_known};
use crate::format::json::read::{JsonReader, Kind};
use crate::format::{DecodeError, number};
use crate::shape::Shape;

/// Fills a structure from JSON, all members under the names that they have in serialized forms.
///
/// # Errors
/// When the text is not JSON, or does not fit: the message names the byte or the member. That a member does not exist,
/// at any depth, is an error, too: what somebody writes down for a call is not there to be lost.
pub(crate) fn read_structure(json: &str, shape: &mut dyn Shape) -> Result<(), JsonError> {
    let mut reader = JsonReader::new(json.as_bytes());
    fill_known(Source(&mut reader), shape)?;
    Ok(reader.finish()?)
}

/// Why JSON was not read.
#[derive(Clone, Debug)]
pub(crate) struct JsonError(String);

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for JsonError {}

impl From<DecodeError> for JsonError {
    fn from(error: DecodeError) -> Self {
        Self(error.to_string())
    }
}

impl Error for JsonError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

/// The next value of a text.
struct Source<'a, 'de>(&'a mut JsonReader<'de>);

impl<'de> Deserializer<'de> for Source<'_, 'de> {
    type Error = JsonError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        match self.0.peek() {
            Some(Kind::Null) => {
                self.0.null()?;
                visitor.visit_unit()
            }
            Some(Kind::Boolean) => visitor.visit_bool(self.0.boolean()?),
            Some(Kind::Number) => visit_number(self.0.number_text()?, visitor),
            Some(Kind::Array) => {
                self.0.begin_array()?;
                visitor.visit_seq(Inside(self.0))
            }
            Some(Kind::Object) => {
                self.0.begin_object()?;
                visitor.visit_map(Inside(self.0))
            }
            // Text, or something malformed that `string` names.
            Some(Kind::String) | None => match self.0.string()? {
                Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
                Cow::Owned(text) => visitor.visit_string(text),
            },
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        if self.0.null()? { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        self.0.skip()?;
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier
    }
}

/// An integer as the first type that holds it, any other number as its text: how many digits of it count only its place
/// knows.
fn visit_number<'de, V: Visitor<'de>>(text: &'de str, visitor: V) -> Result<V::Value, JsonError> {
    match number(text)? {
        Number::PosInt(value) => visitor.visit_u64(value),
        Number::NegInt(value) => visitor.visit_i64(value),
        Number::Float(_) => {
            let entry = std::iter::once((NUMBER, text));
            visitor.visit_map(MapDeserializer::new(entry))
        }
    }
}

/// The inside of an object or array.
struct Inside<'a, 'de>(&'a mut JsonReader<'de>);

impl<'de> SeqAccess<'de> for Inside<'_, 'de> {
    type Error = JsonError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, JsonError> {
        if self.0.next_element()? { seed.deserialize(Source(self.0)).map(Some) } else { Ok(None) }
    }
}

impl<'de> MapAccess<'de> for Inside<'_, 'de> {
    type Error = JsonError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, JsonError> {
        let Some(key) = self.0.next_key()? else { return Ok(None) };
        seed.deserialize(CowStrDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, JsonError> {
        seed.deserialize(Source(self.0))
    }
}

#[cfg(test)]
mod tests {
    use aws_smithy_types::{BigDecimal, BigInteger, Document};
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;
    use crate::format::json::encode::encode_whole;

    struct Part {
        texts: Option<Vec<String>>,
        number: Option<i64>,
        any: Option<Document>,
        next: Option<Box<Part>>,
    }

    crate::shape! {
        Part {
            0 texts: "texts",
            1 number: "number",
            2 any: "any",
            3 next: "next",
        }
    }

    fn read(json: &str) -> Result<Part, JsonError> {
        let mut part = Part::empty();
        read_structure(json, &mut part)?;
        Ok(part)
    }

    struct Exact {
        number: Option<BigDecimal>,
        integers: Option<Vec<BigInteger>>,
        seconds: Option<f64>,
    }

    crate::shape! {
        Exact {
            0 number: "number",
            1 integers: "integers",
            2 seconds: "seconds",
        }
    }

    #[test]
    fn no_digit_of_a_number_is_lost() {
        let read = |json: &str| {
            let mut exact = Exact::empty();
            read_structure(json, &mut exact).map(|()| encode_whole(&exact, true).expect("valid"))
        };
        let json =
            r#"{"number":0.100000000000000000000001,"integers":[123456789012345678901234567890,-1,3e2],"seconds":1.5}"#;
        let written = r#"{"number":"0.100000000000000000000001","integers":["123456789012345678901234567890","-1","300"],"seconds":1.5}"#;
        assert_eq!(read(json).expect("valid"), written);
        assert_eq!(read(written).expect("valid"), written);
        let refusal = |json: &str| read(json).expect_err(json).to_string();
        assert_eq!(
            refusal(r#"{"integers":[1.5]}"#),
            "`integers[0]`: expected an integer, as a string where it is long, found a number"
        );
        assert_eq!(refusal(r#"{"seconds":1e999}"#), "expected a number in the range of a double");
        assert_eq!(read(r#"{"number":1e999999999}"#).expect("valid"), r#"{"number":"1e999999999"}"#);
    }

    fn tree() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<i32>().prop_map(|number| Value::from(f64::from(number) / 8.0)),
            ".{0,6}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 4, |inner| {
            let name = prop_oneof![Just("texts"), Just("number"), Just("any"), Just("next"), Just("other")];
            let object = prop::collection::vec((name.prop_map(str::to_owned), inner.clone()), 0..4);
            prop_oneof![
                prop::collection::vec(inner, 0..4).prop_map(Value::Array),
                object.prop_map(|entries| Value::Object(entries.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn text_is_read_as_serde_json_reads_it(tree in tree()) {
            let json = tree.to_string();
            match (read(&json), serde_json::from_str::<Part>(&json)) {
                (Ok(ours), Ok(theirs)) => prop_assert_eq!(&ours, &theirs),
                (Err(_), Err(_)) => {}
                (Err(error), Ok(_)) if json.contains("other") => {
                    prop_assert!(error.to_string().contains("other` is no member of Part; "), "{json}: {error}");
                }
                (ours, theirs) => prop_assert!(false, "{json}: {ours:?}, {theirs:?}"),
            }
        }

        #[test]
        fn no_text_makes_reading_panic(json in r#"[\[\]{}",:0-9a-z.eE\\ -]{0,40}"#) {
            let _ = read(&json);
        }
    }

    #[test]
    fn what_was_read_is_written_again() {
        let json = r#"{"texts":["a","\u00fc"],"number":-1,"any":{"a":[null,true,0.5,18446744073709551615]},"next":{}}"#;
        let part = read(json).expect("valid");
        assert_eq!(encode_whole(&part, true).expect("valid"), json.replace("\\u00fc", "ü"));
    }

    fn refusal(json: &str) -> String {
        read(json).expect_err(json).to_string()
    }

    #[test]
    fn an_unknown_member_is_told_with_its_place_and_the_nearest_name() {
        assert_eq!(refusal(r#"{"numbr":1}"#), "`numbr` is no member of Part; did you mean `number`?");
        assert_eq!(
            refusal(r#"{"next":{"next":{"Next":null}}}"#),
            "`next.next.Next` is no member of Part; did you mean `next`?"
        );
        assert_eq!(
            refusal(r#"{"any":{"a":1},"colour":{"number":1}}"#),
            "`colour` is no member of Part; it has `texts`, `number`, `any`, `next`"
        );
        assert_eq!(refusal("{\"ne\\nxt\":1}"), "`ne\\nxt` is no member of Part; did you mean `next`?");
    }

    #[test]
    fn nesting_is_bounded() {
        let nested = |depth: usize| format!("{}{{}}{}", r#"{"next":"#.repeat(depth), "}".repeat(depth));
        assert!(read(&nested(127)).is_ok());
        let error = read(&nested(128)).expect_err("too deep").to_string();
        assert!(error.starts_with("more than 128 objects and arrays inside each other"), "{error}");
    }
}
