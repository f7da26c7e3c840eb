//! Fills emitted values from JSON, as their tables say.

use aws_smithy_types::{Blob, DateTime, base64};

use super::document::read_document;
use super::read::{JsonReader, Kind};
use crate::format::DecodeError;
use crate::shape::{Schema, Shape, TimestampFormat, Union, complete_shape, flag};
use crate::slot::{Assignments, BigNumber, Elements, Slot};
use crate::timestamp::since_1970;

/// Reads the members of a structure that stand in a JSON body.
///
/// Unknown keys are skipped, whatever [`JsonReader::skip`] takes. Null is absence; of a key that comes several times the last value counts, null included
/// unless the member has a default.
///
/// # Errors
/// When the JSON is malformed or a member has another type than the model says.
pub fn read_shape(reader: &mut JsonReader<'_>, shape: &mut dyn Shape) -> Result<(), DecodeError> {
    let schema = shape.schema();
    let mut expected = 0;
    reader.begin_object()?;
    while let Some(found) = next_member(reader, schema, expected)? {
        let Some(index) = found else {
            reader.skip()?;
            continue;
        };
        expected = index + 1;
        let member = shape.member_mut(index);
        let flags = schema.rows[index].1;
        if !reader.null()? {
            read_slot(reader, member.slot(), flags)?;
        } else if flags & flag::DEFAULT == 0 {
            member.reset();
        }
    }
    complete_shape(shape);
    Ok(())
}

/// The position of the member whose key comes next, `Some(None)` for a key that no member has, and `None` at the end of
/// the object. Services send members in the order of the model, so that the one at `expected` is tried first.
fn next_member(
    reader: &mut JsonReader<'_>,
    schema: &Schema,
    expected: usize,
) -> Result<Option<Option<usize>>, DecodeError> {
    if let Some((wire, flags)) = schema.rows.get(expected)
        && flags & (flag::LOCATION | flag::ESCAPED) == 0
        && reader.accept_key(wire)
    {
        return Ok(Some(Some(expected)));
    }
    Ok(reader.next_key()?.map(|key| schema.position(&key, expected)))
}

/// Fills a slot with the next JSON value, which is not null; `flags` are those of the member.
///
/// # Errors
/// When the JSON is malformed or of another type.
pub(crate) fn read_slot(reader: &mut JsonReader<'_>, slot: Slot<'_>, flags: u16) -> Result<(), DecodeError> {
    match slot {
        Slot::Boolean(place) => *place = reader.boolean()?,
        Slot::Integer(place) => {
            if !place.set(reader.integer()?) {
                return Err(DecodeError::mismatch(place.range()));
            }
        }
        Slot::Float(place) => *place = reader.float()?,
        Slot::Double(place) => *place = reader.double()?,
        Slot::BigNumber(place) => read_big_number(reader, place)?,
        Slot::Text(place) => *place = reader.string()?.into_owned(),
        Slot::Enum(word) => word.set(&reader.string()?),
        Slot::Timestamp(place) => *place = read_timestamp(reader, TimestampFormat::of(flags))?,
        Slot::Blob(place) => *place = read_blob(reader)?,
        Slot::Stream(place) => *place = read_blob(reader)?.into_inner().into(),
        Slot::Document(place) => *place = read_document(reader)?,
        Slot::List(list) => read_list(reader, list, flags)?,
        Slot::Map(map) => read_map(reader, map, flags)?,
        Slot::Structure(shape) => read_shape(reader, shape)?,
        Slot::Union(union) => read_union(reader, union)?,
        Slot::Metadata(_) => return Err(DecodeError::mismatch("nothing, as it is no member")),
    }
    Ok(())
}

/// Reads a number of any length with all of its digits, be it a number or a text.
fn read_big_number(reader: &mut JsonReader<'_>, place: &mut dyn BigNumber) -> Result<(), DecodeError> {
    let is_text = reader.peek() == Some(Kind::String);
    let start = reader.position();
    let text = if is_text { reader.string()? } else { reader.number_text()?.into() };
    match place.set(&text) {
        true => Ok(()),
        false => Err(DecodeError::mismatch(place.expected()).at(start)),
    }
}

fn read_timestamp(reader: &mut JsonReader<'_>, format: TimestampFormat) -> Result<DateTime, DecodeError> {
    if format != TimestampFormat::EpochSeconds {
        return format.parse(&reader.string()?).map_err(|_| DecodeError::mismatch("a timestamp"));
    }
    match reader.double()? {
        seconds if seconds.is_finite() => Ok(since_1970(seconds)),
        _ => Err(DecodeError::mismatch("a finite number of seconds")),
    }
}

fn read_blob(reader: &mut JsonReader<'_>) -> Result<Blob, DecodeError> {
    base64::decode(&*reader.string()?).map(Blob::new).map_err(|_| DecodeError::mismatch("base64 text"))
}

/// Null elements are dropped, except from sparse lists, whose elements are options.
fn read_list(reader: &mut JsonReader<'_>, list: &mut dyn Elements, flags: u16) -> Result<(), DecodeError> {
    reader.begin_array()?;
    while reader.next_element()? {
        let element = list.append();
        if !reader.null()? {
            read_slot(reader, element.slot(), flags)?;
        } else if !element.nullable() {
            list.withdraw();
        }
    }
    Ok(())
}

/// Null values are dropped, along with what their keys had before, except from sparse maps, whose values are options.
fn read_map(reader: &mut JsonReader<'_>, map: &mut dyn Assignments, flags: u16) -> Result<(), DecodeError> {
    reader.begin_object()?;
    while let Some(key) = reader.next_key()? {
        if !reader.null()? {
            read_slot(reader, map.assign(&key).slot(), flags)?;
        } else if map.nullable() {
            map.assign(&key);
        } else {
            map.withdraw(&key);
        }
    }
    Ok(())
}

/// Reads a union: an object with one key that is not null, besides `__type`. A second one is refused even where it has
/// the same key, as the official clients do.
fn read_union(reader: &mut JsonReader<'_>, union: &mut dyn Union) -> Result<(), DecodeError> {
    let schema = union.schema();
    let mut found = false;
    reader.begin_object()?;
    while let Some(key) = reader.next_key()? {
        if key == "__type" {
            reader.skip()?;
            continue;
        }
        if reader.null()? {
            continue;
        }
        if found {
            return Err(DecodeError::mismatch("a union with one member"));
        }
        found = true;
        match schema.position(&key, 0) {
            Some(index) => read_slot(reader, union.select(index).slot(), schema.rows[index].1)?,
            None => reader.skip()?,
        }
    }
    if found { Ok(()) } else { Err(DecodeError::mismatch("a union with one member")) }
}
