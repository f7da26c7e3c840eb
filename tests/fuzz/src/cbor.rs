//! The CBOR reader and writer against `ciborium`: the same bytes are CBOR, and they mean the same.

use aws_smithy_types::BigDecimal;
use ciborium::Value;
use smithy_client_runtime::format::cbor::CBOR;
use smithy_client_runtime::format::cbor::read::{CborReader, Kind};
use smithy_client_runtime::format::json::encode::encode_whole;
use smithy_client_runtime::format::{DecodeError, Format, MAX_DEPTH};
use smithy_client_runtime::shape::{Member, Shape, View};
use smithy_client_runtime::slot::Slot;

use crate::shapes::Everything;

/// How deep `ciborium` reads, tags included.
const THEIR_DEPTH: usize = 250;

/// Reads bytes as a tree and as a structure, and writes the structure again.
pub fn check(data: &[u8]) {
    items(data);
    structures(data);
}

fn items(data: &[u8]) {
    let mut reader = CborReader::new(data);
    let ours = tree(&mut reader).and_then(|tree| reader.clone().finish().map(|()| tree));
    let mut rest = data;
    let theirs = ciborium::from_reader::<Value, _>(&mut rest).ok().filter(|_| rest.is_empty());
    match (&ours, &theirs) {
        (Ok(ours), Some(theirs)) => {
            assert!(same(ours, theirs), "{ours:?} {theirs:?}");
            let mut skipping = CborReader::new(data);
            assert_eq!((skipping.skip(), skipping.position()), (Ok(()), data.len()));
        }
        // What only they take: simple values in more bytes than they have, strings of chunks within such strings, and one
        // level more.
        (Err(error), Some(_)) => {
            let has_long_value = data.windows(2).any(|pair| pair[0] == 0xF8 && pair[1] < 32);
            let has_nested_chunks = data.iter().filter(|byte| matches!(byte, 0x5F | 0x7F)).count() > 1;
            assert!(has_long_value || has_nested_chunks || data.len() > MAX_DEPTH, "{error}");
        }
        // What only we take: big integers of any length, and more levels, as tags are levels of theirs, too.
        (Ok(_), None) => {
            let has_big_integer = data.windows(2).any(|pair| matches!(pair[0], 0xC2 | 0xC3));
            let has_many_levels = data.iter().filter(|byte| (0x80..=0xDB).contains(*byte)).count() > THEIR_DEPTH;
            assert!(has_big_integer || has_many_levels || has_long_tag(data));
        }
        (Err(_), None) => {}
    }
}

/// Whether a tag may stand there in more bytes than it needs.
fn has_long_tag(data: &[u8]) -> bool {
    data.iter().any(|byte| (0xD8..=0xDB).contains(byte))
}

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

/// Whether the trees are equal: tags do not matter, and NaN equals NaN.
fn same(ours: &Value, theirs: &Value) -> bool {
    match (ours, theirs) {
        // They keep the bytes of some big integers.
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

fn structures(data: &[u8]) {
    let Ok(value) = received(data) else { return };
    // A union of no known variant is not sent.
    let Ok(sent) = CBOR.encode(&View::Structure(&value), &Member::NONE) else { return };
    let again = received(&sent).expect("what was written is read");
    assert_eq!(shown(again), shown(value));
}

fn received(data: &[u8]) -> Result<Everything, DecodeError> {
    let mut value = Everything::empty();
    CBOR.decode(data, Slot::Structure(&mut value), &Member::NONE)?;
    Ok(value)
}

/// As JSON, in which NaN is itself and maps have an order, or why there is none; and the decimals, which have many texts.
fn shown(mut value: Everything) -> (String, Vec<Option<BigDecimal>>) {
    let (mut sums, mut place) = (Vec::new(), Some(&mut value));
    while let Some(inner) = place {
        sums.push(inner.sum.take());
        place = inner.next.as_deref_mut();
    }
    (encode_whole(&value, true).unwrap_or_else(|error| error.to_string()), sums)
}
