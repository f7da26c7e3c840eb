//! The JSON reader and writer against `serde_json`: the same texts are JSON, and they mean the same.

use aws_smithy_types::{Document, Number};
use serde_json::Value;
use smithy_client_runtime::format::DecodeError;
use smithy_client_runtime::format::json::document::read_document;
use smithy_client_runtime::format::json::encode::{encode_whole, write_document};
use smithy_client_runtime::format::json::read::JsonReader;
use smithy_client_runtime::format::json::write::JsonWriter;
use smithy_client_runtime::serde::Exposed;

use crate::shapes::{Everything, received, sent};

/// Reads bytes as a document and as a structure, in both ways, and writes them again.
pub fn check(data: &[u8]) {
    documents(data);
    structures(data);
}

fn document(data: &[u8]) -> Result<(Document, usize), DecodeError> {
    let mut reader = JsonReader::new(data);
    let document = read_document(&mut reader)?;
    let end = reader.position();
    reader.finish()?;
    Ok((document, end))
}

fn documents(data: &[u8]) {
    let (ours, theirs) = (document(data), serde_json::from_slice::<Value>(data));
    let mut reader = JsonReader::new(data);
    let skipped = reader.skip();
    match (&ours, &theirs) {
        (Ok((ours, end)), Ok(theirs)) => {
            assert!(same(ours, theirs), "{ours:?} {theirs:?}");
            assert_eq!((skipped, reader.position()), (Ok(()), *end));
            let mut writer = JsonWriter::new();
            write_document(&mut writer, ours);
            let written = writer.finish();
            let again = serde_json::from_str(&written).expect("what is written is JSON");
            assert!(same(ours, &again), "{written}");
        }
        // What only one of them takes: leading zeros, no digits beside the point, numbers beyond a double, one level more.
        (Ok(_), Err(error)) => {
            let said = error.to_string();
            let known = ["invalid number", "number out of range", "recursion limit exceeded"];
            // The digit behind a zero that leads is what `serde_json` trips over.
            let zeros = data.windows(2).any(|pair| pair[0] == b'0' && pair[1].is_ascii_digit());
            // Where the text ends behind a point, it says that it ends.
            let point = said.starts_with("EOF while parsing a value") && data.trim_ascii_end().ends_with(b".");
            assert!(zeros || point || known.iter().any(|known| said.starts_with(known)), "{said}");
        }
        (Err(error), Ok(_)) => panic!("{error}"),
        (Err(_), Err(_)) => {}
    }
}

fn same(ours: &Document, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Document::Null, Value::Null) => true,
        (Document::Bool(ours), Value::Bool(theirs)) => ours == theirs,
        (Document::String(ours), Value::String(theirs)) => ours == theirs,
        (Document::Number(ours), Value::Number(theirs)) => match *ours {
            Number::PosInt(ours) => theirs.as_u64() == Some(ours),
            // Minus zero is an integer of ours.
            Number::NegInt(ours) => theirs.as_i64() == Some(ours) || ours == 0 && theirs.as_f64() == Some(0.0),
            Number::Float(ours) => theirs.as_f64() == Some(ours),
        },
        (Document::Array(ours), Value::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| same(ours, theirs))
        }
        (Document::Object(ours), Value::Object(theirs)) => {
            let member = |(key, theirs): (&String, &Value)| ours.get(key).is_some_and(|ours| same(ours, theirs));
            ours.len() == theirs.len() && theirs.iter().all(member)
        }
        _ => false,
    }
}

fn structures(data: &[u8]) {
    let theirs = serde_json::from_slice::<Everything>(data);
    if let (Ok(ours), Ok(theirs)) = (received(data), &theirs) {
        assert_eq!(without_epochs(ours), without_epochs(theirs.clone()));
    }
    let Ok(value) = theirs else { return };
    let Ok(json) = serde_json::to_string(&Exposed(&value)) else { return };
    let again: Everything = serde_json::from_str(&json).expect("what was written is read");
    assert_eq!(serde_json::to_string(&Exposed(&again)).expect("it was written before"), json);
    let whole = encode_whole(&value, true).expect("it was written before");
    let whole: Value = serde_json::from_str(&whole).expect("what is written is JSON");
    assert_eq!(whole, serde_json::from_str::<Value>(&json).expect("what is written is JSON"));
    if let Some(body) = sent(&value) {
        let read = serde_json::from_str::<Value>(&body);
        // Numbers of any length may be beyond a double.
        assert!(
            read.is_ok() || read.is_err_and(|error| error.to_string().starts_with("number out of range")),
            "{body}"
        );
    }
}

/// Minus zero as our reader and AWS's own understand it: the integer zero, where `serde_json` reads a float.
fn with_integer_zeros(document: &mut Document) {
    match document {
        Document::Number(Number::Float(value)) if *value == 0.0 => *document = Document::Number(Number::NegInt(0)),
        Document::Array(items) => items.iter_mut().for_each(with_integer_zeros),
        Document::Object(members) => members.values_mut().for_each(with_integer_zeros),
        _ => {}
    }
}

/// The double nearest to a number of any length, which is all that `serde_json` reads of one.
fn nearest<T: AsRef<str> + std::str::FromStr>(number: &T) -> Option<T> {
    let double: f64 = number.as_ref().parse().ok()?;
    // A zero has no sign.
    (double + 0.0).to_string().parse().ok()
}

/// As text, in which NaN is itself. Seconds since 1970 are left out: of stored ones only microseconds count.
fn without_epochs(mut value: Everything) -> Option<String> {
    let mut place = Some(&mut value);
    while let Some(inner) = place {
        inner.epoch = None;
        inner.count = inner.count.as_ref().and_then(nearest);
        inner.sum = inner.sum.as_ref().and_then(nearest);
        if let Some(document) = &mut inner.document {
            with_integer_zeros(document);
        }
        place = inner.next.as_deref_mut();
    }
    encode_whole(&value, true).ok()
}
