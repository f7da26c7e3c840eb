//! Writes emitted structures as `smithy.protocols#rpcv2Cbor` does.

use aws_smithy_types::DateTime;

use super::magnitude::Magnitude;
use super::write::CborWriter;
use crate::BoxError;
use crate::big_number::coefficient;
use crate::shape::{Entries, Location, Shape, Union, View, bytes_of};
use crate::slot::BigNumber;

/// The CBOR of a single value; of a structure that of its body members, absent ones left out.
///
/// # Errors
/// When the value has a union variant that this client does not know, or a document, for which there is no CBOR.
pub fn encode_value(view: &View<'_>) -> Result<Vec<u8>, BoxError> {
    let mut writer = CborWriter::with_capacity(128);
    write_view(&mut writer, view)?;
    Ok(writer.finish())
}

/// A structure stands without a length: how many members are there shows on the way.
fn write_shape(writer: &mut CborWriter, shape: &dyn Shape) -> Result<(), BoxError> {
    writer.begin_open_map();
    for (index, member) in shape.schema().members().enumerate() {
        let view = shape.member(index).view();
        if member.location == Location::Body && !matches!(view, View::Absent) {
            writer.text(member.wire);
            write_view(writer, &view)?;
        }
    }
    writer.end();
    Ok(())
}

fn write_view(writer: &mut CborWriter, view: &View<'_>) -> Result<(), BoxError> {
    match view {
        View::Absent | View::Metadata(_) => writer.null(),
        View::Boolean(value) => writer.boolean(*value),
        View::Integer(value) => writer.integer(*value),
        View::Float(value) => writer.float(*value),
        View::Double(value) => writer.double(*value),
        View::BigNumber(number) => write_big_number(writer, *number)?,
        View::Text(text) => writer.text(text),
        View::Enum(word) => writer.text(word.text()),
        View::Timestamp(instant) => write_timestamp(writer, instant),
        View::Blob(bytes) => writer.byte_string(bytes.as_ref()),
        View::Stream(stream) => writer.byte_string(bytes_of(stream)?),
        View::Document(_) => return Err("CBOR has no documents".into()),
        View::List(items) => {
            writer.begin_list(items.count());
            for index in 0..items.count() {
                write_view(writer, &items.item(index).view())?;
            }
        }
        View::Map(entries) => write_map(writer, *entries)?,
        View::Structure(shape) => write_shape(writer, *shape)?,
        View::Union(union) => write_union(writer, *union)?,
    }
    Ok(())
}

/// An integer is one, and a decimal a fraction of two integers, of which the first is a power of ten.
fn write_big_number(writer: &mut CborWriter, number: &dyn BigNumber) -> Result<(), BoxError> {
    let integer = |text: &str| Magnitude::of(text).ok_or("an integer of more than 2466 digits cannot be sent");
    if number.is_whole() {
        writer.big_integer(&integer(number.text())?);
        return Ok(());
    }
    let (coefficient, exponent) = coefficient(number.text()).ok_or("the exponent of a decimal is out of range")?;
    writer.begin_decimal();
    writer.integer(exponent);
    writer.big_integer(&integer(&coefficient)?);
    Ok(())
}

/// Seconds since 1970: an integer, or where there are milliseconds, which is the resolution of the protocol, a double.
fn write_timestamp(writer: &mut CborWriter, instant: &DateTime) {
    writer.tag_time();
    match instant.subsec_nanos() / 1_000_000 {
        0 => writer.integer(instant.secs()),
        millis => {
            let millis = i128::from(instant.secs()) * 1000 + i128::from(millis);
            writer.double(millis as f64 / 1000.0);
        }
    }
}

fn write_map(writer: &mut CborWriter, entries: &dyn Entries) -> Result<(), BoxError> {
    writer.begin_map(entries.count());
    entries.each(&mut |key, value| {
        writer.text(key.text());
        write_view(writer, &value.view())
    })
}

fn write_union(writer: &mut CborWriter, union: &dyn Union) -> Result<(), BoxError> {
    let Some((index, value)) = union.variant() else {
        return Err("a union variant that this client does not know cannot be sent".into());
    };
    writer.begin_map(1);
    writer.text(union.schema().rows[index].0);
    write_view(writer, &value.view())
}
