//! Reader and writer against `ciborium`, on generated items.
//!
//! The two readers agree on every sequence of bytes but these: `ciborium` takes simple values in two bytes that have to
//! have one (RFC 8949, section 3.3), and refuses big integers of more than 16 bytes; and the depth at which they give up.

use ciborium::Value;
use proptest::prelude::*;

use crate::format::DecodeError;
use crate::format::cbor::read::{CborReader, Kind};
use crate::format::cbor::write::CborWriter;

/// Reads the next item as a tree, without its tags. An integer beyond `i64` becomes the float nearest to it.
fn tree(cbor: &mut CborReader<'_>) -> Result<Value, DecodeError> {
    Ok(match cbor.peek()? {
        Kind::Null => {
            cbor.null()?;
            Value::Null
        }
        Kind::Boolean => Value::Bool(cbor.boolean()?),
        Kind::Integer => match cbor.clone().integer() {
            Ok(value) => {
                cbor.integer()?;
                Value::from(value)
            }
            Err(_) => Value::Float(cbor.double()?),
        },
        Kind::Float => Value::Float(cbor.double()?),
        Kind::Bytes => Value::Bytes(cbor.byte_string()?.into_owned()),
        Kind::Text => Value::Text(cbor.text()?.into_owned()),
        Kind::List => {
            let mut elements = Vec::new();
            let mut left = cbor.begin_list()?;
            while cbor.next(&mut left)? {
                elements.push(tree(cbor)?);
            }
            Value::Array(elements)
        }
        Kind::Map => {
            let mut entries = Vec::new();
            let mut left = cbor.begin_map()?;
            while cbor.next(&mut left)? {
                entries.push((tree(cbor)?, tree(cbor)?));
            }
            Value::Map(entries)
        }
        Kind::Other => return Err(DecodeError::mismatch("a value")),
    })
}

fn ours(bytes: &[u8]) -> Result<Value, DecodeError> {
    let mut cbor = CborReader::new(bytes);
    let value = tree(&mut cbor)?;
    cbor.finish()?;
    Ok(value)
}

fn theirs(mut bytes: &[u8]) -> Option<Value> {
    let value = ciborium::from_reader(&mut bytes).ok()?;
    bytes.is_empty().then_some(value)
}

/// Whether the trees are equal: tags do not matter, and NaN equals NaN.
fn same(ours: &Value, theirs: &Value) -> bool {
    match (ours, theirs) {
        // They keep the bytes of some big integers, whose value single tests know.
        (Value::Integer(_) | Value::Float(_), Value::Tag(2 | 3, inner)) if inner.is_bytes() => true,
        (_, Value::Tag(_, inner)) => same(ours, inner),
        (Value::Float(ours), Value::Float(theirs)) => ours == theirs || ours.is_nan() && theirs.is_nan(),
        (Value::Float(ours), Value::Integer(theirs)) => *ours == i128::from(*theirs) as f64,
        (Value::Array(ours), Value::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| same(ours, theirs))
        }
        (Value::Map(ours), Value::Map(theirs)) => {
            let entry = |((key, value), (other_key, other)): (&(Value, Value), &(Value, Value))| {
                same(key, other_key) && same(value, other)
            };
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(entry)
        }
        _ => ours == theirs,
    }
}

fn write_tree(cbor: &mut CborWriter, value: &Value) {
    match value {
        Value::Bool(value) => cbor.boolean(*value),
        Value::Integer(value) => cbor.integer(i64::try_from(*value).expect("it was made of one")),
        Value::Float(value) => cbor.double(*value),
        Value::Bytes(bytes) => cbor.byte_string(bytes),
        Value::Text(text) => cbor.text(text),
        Value::Array(elements) => {
            cbor.begin_list(elements.len());
            elements.iter().for_each(|element| write_tree(cbor, element));
        }
        Value::Map(entries) => {
            cbor.begin_map(entries.len());
            for (key, value) in entries {
                write_tree(cbor, key);
                write_tree(cbor, value);
            }
        }
        _ => cbor.null(),
    }
}

/// Any item without tags.
fn item() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-300_i64..300).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<f32>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        any::<Vec<u8>>().prop_map(Value::Bytes),
    ];
    scalar.prop_recursive(5, 60, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((inner.clone(), inner), 0..6).prop_map(Value::Map),
        ]
    })
}

/// The bytes of something that is nearly CBOR: parts of items in any order, or an item with a part put into it.
fn nearly_cbor() -> impl Strategy<Value = Vec<u8>> {
    const PARTS: [&[u8]; 36] = [
        b"\x00",
        b"\x17",
        b"\x18\x18",
        b"\x18\x01",
        b"\x19\x01\x00",
        b"\x1B\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF",
        b"\x20",
        b"\x3B\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF",
        b"\x40",
        b"\x41\x00",
        b"\x5F",
        b"\x60",
        b"\x61a",
        b"\x62\xC3\xA9",
        b"\x61\xC3",
        b"\x7F",
        b"\x80",
        b"\x81",
        b"\x82",
        b"\x9F",
        b"\xA0",
        b"\xA1",
        b"\xBF",
        b"\xC1",
        b"\xD9\xD9\xF7",
        b"\xF4",
        b"\xF6",
        b"\xF8",
        b"\xF9\x3C\x00",
        b"\xFA\x3F\x80\x00\x00",
        b"\xFB",
        b"\x1C",
        b"\xE0",
        b"\xFE",
        b"\xFF",
        b"\xFF\xFF",
    ];
    let part = prop::sample::select(&PARTS[..]);
    let soup = prop::collection::vec(part.clone(), 0..8).prop_map(|parts| parts.concat());
    let edited = (item(), any::<prop::sample::Index>(), part, any::<bool>()).prop_map(|(value, place, part, cut)| {
        let mut bytes = written(&value);
        let place = place.index(bytes.len());
        bytes.splice(place..place + usize::from(cut), part.iter().copied());
        bytes
    });
    prop_oneof![soup, edited]
}

fn written(value: &Value) -> Vec<u8> {
    let mut cbor = CborWriter::default();
    write_tree(&mut cbor, value);
    cbor.finish()
}

/// An item in one of its many forms: with lengths or without, numbers in more bytes than they need, tags before it.
fn spread(value: &Value, choices: &mut dyn Iterator<Item = u8>, bytes: &mut Vec<u8>) {
    let mut choose = |below: u8| choices.next().unwrap_or_default() % below;
    match choose(6) {
        0 => bytes.extend(b"\xC1"),
        1 => bytes.extend(b"\xD8\x20"),
        _ => {}
    }
    let open = choose(2) == 0;
    match value {
        Value::Text(text) if open => {
            bytes.push(0x7F);
            text.chars().for_each(|letter| bytes.extend(written(&Value::from(letter.to_string()))));
            bytes.push(0xFF);
        }
        Value::Bytes(content) if open => {
            bytes.push(0x5F);
            content.chunks(3).for_each(|chunk| bytes.extend(written(&Value::Bytes(chunk.to_vec()))));
            bytes.push(0xFF);
        }
        Value::Array(elements) => {
            head(0x80, elements.len(), open, bytes);
            elements.iter().for_each(|element| spread(element, choices, bytes));
            bytes.extend(open.then_some(0xFF));
        }
        Value::Map(entries) => {
            head(0xA0, entries.len(), open, bytes);
            for (key, value) in entries {
                spread(key, choices, bytes);
                spread(value, choices, bytes);
            }
            bytes.extend(open.then_some(0xFF));
        }
        other => bytes.extend(written(other)),
    }
}

/// The first bytes of a list or map: with its length in eight bytes, or without.
fn head(kind: u8, length: usize, open: bool, bytes: &mut Vec<u8>) {
    bytes.push(kind | if open { 31 } else { 27 });
    if !open {
        bytes.extend((length as u64).to_be_bytes());
    }
}

proptest! {
    #[test]
    fn items_of_ciborium_are_read_back(value in item()) {
        let mut bytes = Vec::new();
        ciborium::into_writer(&value, &mut bytes).expect("a tree can be written");
        let read = ours(&bytes);
        prop_assert!(read.as_ref().is_ok_and(|read| same(read, &value)), "{:?}", read);
    }

    #[test]
    fn written_items_are_those_of_ciborium(value in item()) {
        let read = theirs(&written(&value));
        prop_assert!(read.as_ref().is_some_and(|read| same(&value, read)), "{:?}", read);
    }

    #[test]
    fn the_form_of_an_item_does_not_matter(value in item(), choices: Vec<u8>) {
        let mut bytes = Vec::new();
        spread(&value, &mut choices.into_iter(), &mut bytes);
        let read = ours(&bytes);
        prop_assert!(read.as_ref().is_ok_and(|read| same(read, &value)), "{:?}", read);
        let read = theirs(&bytes);
        prop_assert!(read.as_ref().is_some_and(|read| same(&value, read)), "{:?}", read);
    }

    #[test]
    fn both_readers_accept_the_same_bytes(bytes in nearly_cbor()) {
        let (ours, theirs) = (ours(&bytes), theirs(&bytes));
        match (&ours, &theirs) {
            (Ok(one), Some(other)) => prop_assert!(same(one, other), "{:?} {:?}", ours, theirs),
            (Err(_), Some(_)) if bytes.windows(2).any(|pair| pair[0] == 0xF8 && pair[1] < 32) => {}
            _ => prop_assert_eq!(ours.is_ok(), theirs.is_some(), "{:?} {:?}", ours, theirs),
        }
    }

    #[test]
    fn skipping_goes_as_far_as_reading(bytes in nearly_cbor()) {
        let mut reading = CborReader::new(&bytes);
        let mut skipping = CborReader::new(&bytes);
        if tree(&mut reading).is_ok() {
            prop_assert_eq!(skipping.skip(), Ok(()));
            prop_assert_eq!(skipping.position(), reading.position());
        }
    }

    #[test]
    fn any_bytes_give_a_value_or_an_error(bytes: Vec<u8>, item in nearly_cbor(), place: prop::sample::Index) {
        let mut damaged = item;
        let place = place.index(damaged.len() + 1);
        damaged.splice(place..place, bytes.iter().copied());
        for input in [bytes, damaged] {
            let _ = ours(&input);
            let mut cbor = CborReader::new(&input);
            if let Err(error) = cbor.skip() {
                prop_assert!(error.position().is_some_and(|position| position <= input.len()));
            }
        }
    }
}
