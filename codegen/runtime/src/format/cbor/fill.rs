//! Fills emitted values from CBOR, as their tables say.

use aws_smithy_types::{Blob, DateTime};

use super::read::{CborReader, Kind};
use crate::format::DecodeError;
use crate::shape::{Schema, Shape, Union, complete_shape, flag};
use crate::slot::{Assignments, Elements, Slot};
use crate::timestamp::since_1970;

/// Reads the members of a structure.
///
/// Unknown keys are skipped, be they texts or something else. Null is absence; of a key that comes several times the last
/// value counts, null included unless the member has a default.
///
/// # Errors
/// When the CBOR is malformed or a member has another type than the model says.
pub fn read_shape(reader: &mut CborReader<'_>, shape: &mut dyn Shape) -> Result<(), DecodeError> {
    let schema = shape.schema();
    let mut expected = 0;
    let mut left = reader.begin_map()?;
    while reader.next(&mut left)? {
        let Some(index) = member(reader, schema, expected)? else {
            reader.skip()?;
            continue;
        };
        expected = index + 1;
        let member = shape.member_mut(index);
        if !reader.null()? {
            read_slot(reader, member.slot())?;
        } else if schema.rows[index].1 & flag::DEFAULT == 0 {
            member.reset();
        }
    }
    complete_shape(shape);
    Ok(())
}

/// Reads a key, and finds the member that it stands for. Services send members in the order of the model, so that the one
/// at `expected` is tried first.
fn member(reader: &mut CborReader<'_>, schema: &Schema, expected: usize) -> Result<Option<usize>, DecodeError> {
    if reader.peek()? != Kind::Text {
        reader.skip()?;
        return Ok(None);
    }
    Ok(schema.position(&reader.text()?, expected))
}

/// Fills a slot with the next value, which is not null.
///
/// # Errors
/// When the CBOR is malformed or of another type.
pub(crate) fn read_slot(reader: &mut CborReader<'_>, slot: Slot<'_>) -> Result<(), DecodeError> {
    match slot {
        Slot::Boolean(place) => *place = reader.boolean()?,
        Slot::Integer(place) => {
            if !place.set(reader.integer()?) {
                return Err(DecodeError::mismatch(place.range()));
            }
        }
        Slot::Float(place) => *place = reader.float()?,
        Slot::Double(place) => *place = reader.double()?,
        Slot::BigNumber(place) => {
            let start = reader.position();
            if !place.set(&reader.big_number()?) {
                return Err(DecodeError::mismatch(place.expected()).at(start));
            }
        }
        Slot::Text(place) => *place = reader.text()?.into_owned(),
        Slot::Enum(word) => word.set(&reader.text()?),
        Slot::Timestamp(place) => *place = read_timestamp(reader)?,
        Slot::Blob(place) => *place = Blob::new(reader.byte_string()?),
        Slot::Stream(place) => *place = reader.byte_string()?.to_vec().into(),
        // The generator refuses them.
        Slot::Document(_) => return Err(DecodeError::mismatch("no document, as CBOR has none")),
        Slot::List(list) => read_list(reader, list)?,
        Slot::Map(map) => read_map(reader, map)?,
        Slot::Structure(shape) => read_shape(reader, shape)?,
        Slot::Union(union) => read_union(reader, union)?,
        Slot::Metadata(_) => return Err(DecodeError::mismatch("nothing, as it is no member")),
    }
    Ok(())
}

/// Reads seconds since 1970, to milliseconds, which is the resolution of the protocol. Whether the tag of a time stands
/// before them is not asked: a number in this place is nothing else.
fn read_timestamp(reader: &mut CborReader<'_>) -> Result<DateTime, DecodeError> {
    /// No double beyond this has seconds that fit.
    const END: f64 = 9_000_000_000_000_000.0;
    let start = reader.position();
    let seconds = reader.double()?;
    if !(-END..END).contains(&seconds) {
        return Err(DecodeError::mismatch("a time in seconds since 1970").at(start));
    }
    let moment = since_1970(seconds);
    let millis = moment.subsec_nanos() / 1_000_000;
    Ok(DateTime::from_secs_and_nanos(moment.secs(), millis * 1_000_000))
}

/// Null elements are dropped, except from sparse lists, whose elements are options.
fn read_list(reader: &mut CborReader<'_>, list: &mut dyn Elements) -> Result<(), DecodeError> {
    let mut left = reader.begin_list()?;
    while reader.next(&mut left)? {
        let element = list.append();
        if !reader.null()? {
            read_slot(reader, element.slot())?;
        } else if !element.nullable() {
            list.withdraw();
        }
    }
    Ok(())
}

/// Null values are dropped, along with what their keys had before, except from sparse maps, whose values are options.
fn read_map(reader: &mut CborReader<'_>, map: &mut dyn Assignments) -> Result<(), DecodeError> {
    let mut left = reader.begin_map()?;
    while reader.next(&mut left)? {
        let key = reader.text()?;
        if !reader.null()? {
            read_slot(reader, map.assign(&key).slot())?;
        } else if map.nullable() {
            map.assign(&key);
        } else {
            map.withdraw(&key);
        }
    }
    Ok(())
}

/// Reads a union: a map with one key that is not null, besides `__type`.
fn read_union(reader: &mut CborReader<'_>, union: &mut dyn Union) -> Result<(), DecodeError> {
    const EXPECTED: &str = "a union with one member";
    let schema = union.schema();
    let mut found = false;
    let mut left = reader.begin_map()?;
    while reader.next(&mut left)? {
        let key = reader.text()?;
        if key == "__type" {
            reader.skip()?;
            continue;
        }
        if reader.null()? {
            continue;
        }
        if found {
            return Err(DecodeError::mismatch(EXPECTED).at(reader.position()));
        }
        found = true;
        match schema.position(&key, 0) {
            Some(index) => read_slot(reader, union.select(index).slot())?,
            None => reader.skip()?,
        }
    }
    if found { Ok(()) } else { Err(DecodeError::mismatch(EXPECTED).at(reader.position())) }
}
