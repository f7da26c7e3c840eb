//! Reader and writer against `serde_json`, on generated documents.
//!
//! The two readers agree on every text but these: numbers with leading zeros or
//! without digits beside the point (only ours takes them), numbers too large
//! for a double (`serde_json` refuses them, ours leaves that to the caller),
//! and the exact depth at which they give up.

use proptest::prelude::*;
use serde_json::{Map, Number, Value};

use crate::format::DecodeError;
use crate::format::json::read::{JsonReader, Kind};
use crate::format::json::write::JsonWriter;

/// Reads the next value as a tree; `odd` becomes true at a number that `serde_json` does not take.
fn tree(json: &mut JsonReader<'_>, odd: &mut bool) -> Result<Value, DecodeError> {
    Ok(match json.peek() {
        Some(Kind::Null) => {
            json.null()?;
            Value::Null
        }
        Some(Kind::Boolean) => Value::Bool(json.boolean()?),
        Some(Kind::Number) => match serde_json::from_str::<Number>(json.number_text()?) {
            Ok(number) => Value::Number(number),
            Err(_) => {
                *odd = true;
                Value::Null
            }
        },
        Some(Kind::Array) => {
            let mut elements = Vec::new();
            json.begin_array()?;
            while json.next_element()? {
                elements.push(tree(json, odd)?);
            }
            Value::Array(elements)
        }
        Some(Kind::Object) => {
            let mut members = Map::new();
            json.begin_object()?;
            while let Some(key) = json.next_key()? {
                members.insert(key.into_owned(), tree(json, odd)?);
            }
            Value::Object(members)
        }
        _ => Value::String(json.string()?.into_owned()),
    })
}

fn read_whole(text: &[u8], odd: &mut bool) -> Result<Value, DecodeError> {
    let mut json = JsonReader::new(text);
    let value = tree(&mut json, odd)?;
    json.finish()?;
    Ok(value)
}

fn write_tree(json: &mut JsonWriter, value: &Value) {
    match value {
        Value::Null => json.null(),
        Value::Bool(value) => json.boolean(*value),
        Value::Number(number) => match (number.as_u64(), number.as_i64()) {
            (Some(value), _) => json.unsigned(value),
            (_, Some(value)) => json.integer(value),
            _ => json.double(number.as_f64().expect("a number is an integer or a double")),
        },
        Value::String(value) => json.string(value),
        Value::Array(elements) => {
            json.begin_array();
            elements.iter().for_each(|element| write_tree(json, element));
            json.end_array();
        }
        Value::Object(members) => {
            json.begin_object();
            for (key, value) in members {
                json.key(key);
                write_tree(json, value);
            }
            json.end_object();
        }
    }
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[a-z]{0,20}", "[\\x00-\\x7f]{0,20}", "[\"\\\\\\n/a]{0,12}"]
}

/// Any document; its doubles are such that every reader gets them exactly.
fn document() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<i32>().prop_map(|value| Value::from(f64::from(value) / 16.0)),
        text().prop_map(Value::from),
    ];
    scalar.prop_recursive(5, 60, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((text(), inner), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Text that is nearly JSON: tokens in any order, or a document with one token put into it.
fn nearly_json() -> impl Strategy<Value = String> {
    const TOKENS: [&str; 33] = [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\"a\"",
        "\"\\u00e9\"",
        "\"\\uD83D\"",
        "\"\\uD83D\\uDE00\"",
        "\\",
        "\\u",
        "null",
        "true",
        "false",
        "0",
        "-",
        "1",
        "12.5",
        ".",
        "e",
        "E+",
        "00",
        "1e999",
        " ",
        "\n",
        "\u{1}",
        "\u{e9}",
        "nul",
        "{}",
        "[]",
        "{\"a\":",
    ];
    let token = prop::sample::select(&TOKENS[..]);
    let soup = prop::collection::vec(token.clone(), 0..8).prop_map(|tokens| tokens.concat());
    let edited =
        (document(), any::<prop::sample::Index>(), token, any::<bool>()).prop_map(|(value, place, token, cut)| {
            let mut characters: Vec<char> = value.to_string().chars().collect();
            let place = place.index(characters.len());
            characters.splice(place..place + usize::from(cut), token.chars());
            characters.into_iter().collect()
        });
    prop_oneof![soup, edited]
}

proptest! {
    #[test]
    fn documents_of_serde_json_are_read_back(value in document(), pretty: bool) {
        let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
        let text = text.expect("a tree can be written");
        let mut odd = false;
        prop_assert_eq!(read_whole(text.as_bytes(), &mut odd), Ok(value));
        prop_assert!(!odd);
    }

    #[test]
    fn written_documents_are_those_of_serde_json(value in document()) {
        let mut json = JsonWriter::new();
        write_tree(&mut json, &value);
        let text = json.finish();
        prop_assert_eq!(serde_json::from_str::<Value>(&text).ok(), Some(value));
    }

    #[test]
    fn both_readers_accept_the_same_texts(text in nearly_json()) {
        let mut odd = false;
        let ours = read_whole(text.as_bytes(), &mut odd);
        let theirs = serde_json::from_str::<Value>(&text);
        prop_assert_eq!(ours.as_ref().ok().filter(|_| !odd), theirs.as_ref().ok(), "{:?} {:?}", ours, theirs);
    }

    #[test]
    fn skipping_goes_as_far_as_reading(text in nearly_json()) {
        let mut reading = JsonReader::new(text.as_bytes());
        let mut skipping = JsonReader::new(text.as_bytes());
        if tree(&mut reading, &mut false).is_ok() {
            prop_assert_eq!(skipping.skip(), Ok(()));
            prop_assert_eq!(skipping.position(), reading.position());
        } else if !text.contains('\\') {
            prop_assert!(skipping.skip().is_err());
        }
    }

    #[test]
    fn any_bytes_give_a_value_or_an_error(bytes: Vec<u8>, text in nearly_json(), place: prop::sample::Index) {
        let mut damaged = text.into_bytes();
        let place = place.index(damaged.len() + 1);
        damaged.splice(place..place, bytes.iter().copied());
        for input in [bytes, damaged] {
            let ours = read_whole(&input, &mut false);
            if std::str::from_utf8(&input).is_err() {
                prop_assert!(ours.is_err());
            }
            let mut json = JsonReader::new(&input);
            if let Err(error) = json.skip() {
                prop_assert!(error.position().is_some_and(|position| position <= input.len()));
            }
        }
    }

    #[test]
    fn integers_are_read_back(value: i64) {
        prop_assert_eq!(JsonReader::new(value.to_string().as_bytes()).integer(), Ok(value));
    }

    #[test]
    fn doubles_are_read_back_bit_for_bit(value in any::<f64>().prop_filter("not a number", |value| !value.is_nan())) {
        let mut json = JsonWriter::new();
        json.double(value);
        let read = JsonReader::new(json.finish().as_bytes()).double();
        prop_assert_eq!(read.map(f64::to_bits), Ok(value.to_bits()));
    }

    #[test]
    fn floats_are_read_back_bit_for_bit(value in any::<f32>().prop_filter("not a number", |value| !value.is_nan())) {
        let mut json = JsonWriter::new();
        json.float(value);
        let read = JsonReader::new(json.finish().as_bytes()).float();
        prop_assert_eq!(read.map(f32::to_bits), Ok(value.to_bits()));
    }

    #[test]
    fn strings_are_read_back(value in text()) {
        let mut json = JsonWriter::new();
        json.string(&value);
        let text = json.finish();
        prop_assert_eq!(&text, &serde_json::to_string(&value).expect("a string can be written"));
        let read = JsonReader::new(text.as_bytes()).string();
        prop_assert_eq!(read.as_deref(), Ok(value.as_str()));
    }
}
