//! Writes emitted structures as the JSON protocols of AWS do.

use aws_smithy_types::{Document, Number};

use crate::BoxError;
use crate::json::write::JsonWriter;
use crate::shape::{Location, Member, Shape, TimestampFormat, View};

/// The JSON object of a structure's body members; absent members are left out.
///
/// # Errors
/// When a timestamp lies outside the years that its format can express.
pub fn encode_body(shape: &dyn Shape) -> Result<String, BoxError> {
    let mut writer = JsonWriter::with_capacity(128);
    write_shape(&mut writer, shape)?;
    Ok(writer.finish())
}

/// The JSON of a single value, for payloads.
///
/// # Errors
/// When a timestamp lies outside the years that its format can express.
pub fn encode_value(view: &View<'_>, member: &Member) -> Result<String, BoxError> {
    let mut writer = JsonWriter::with_capacity(128);
    write_view(&mut writer, view, member)?;
    Ok(writer.finish())
}

fn write_shape(writer: &mut JsonWriter, shape: &dyn Shape) -> Result<(), BoxError> {
    writer.begin_object();
    for (index, member) in shape.schema().members().enumerate() {
        if member.location != Location::Body {
            continue;
        }
        let view = shape.member(index).view();
        if matches!(view, View::Absent) || member.zero_default && is_zero(&view) {
            continue;
        }
        writer.key(member.wire);
        write_view(writer, &view, &member)?;
    }
    writer.end_object();
    Ok(())
}

/// Whether a scalar is the default that services fill in themselves.
pub(crate) fn is_zero(view: &View<'_>) -> bool {
    match view {
        View::Boolean(value) => !value,
        View::Integer(value) => *value == 0,
        View::Float(value) => *value == 0.0,
        View::Double(value) => *value == 0.0,
        _ => false,
    }
}

fn write_view(writer: &mut JsonWriter, view: &View<'_>, member: &Member) -> Result<(), BoxError> {
    match view {
        View::Absent => writer.null(),
        View::Boolean(value) => writer.boolean(*value),
        View::Integer(value) => writer.integer(*value),
        View::Float(value) => writer.float(*value),
        View::Double(value) => writer.double(*value),
        View::Text(text) | View::Enum(text) => writer.string(text),
        View::Timestamp(instant) => {
            let text = instant.fmt(member.format.engine())?;
            match member.format {
                TimestampFormat::EpochSeconds => writer.raw(&text),
                _ => writer.string(&text),
            }
        }
        View::Blob(bytes) => writer.string(&aws_smithy_types::base64::encode(bytes)),
        View::Document(document) => write_document(writer, document),
        View::List(items) => {
            writer.begin_array();
            for index in 0..items.len() {
                write_view(writer, &items.item(index), member)?;
            }
            writer.end_array();
        }
        View::Map(entries) => {
            writer.begin_object();
            entries.each(&mut |key, value| {
                writer.key(key);
                write_view(writer, &value, member)
            })?;
            writer.end_object();
        }
        View::Structure(shape) => write_shape(writer, *shape)?,
        View::Union(union) => {
            let (index, value) =
                union.variant().ok_or("a union variant that this client does not know cannot be sent")?;
            let member = &union.schema().at(index);
            writer.begin_object();
            writer.key(member.wire);
            write_view(writer, &value.view(), member)?;
            writer.end_object();
        }
    }
    Ok(())
}

/// Writes a document as the JSON it stands for.
pub fn write_document(writer: &mut JsonWriter, document: &Document) {
    match document {
        Document::Null => writer.null(),
        Document::Bool(value) => writer.boolean(*value),
        Document::Number(Number::PosInt(value)) => writer.unsigned(*value),
        Document::Number(Number::NegInt(value)) => writer.integer(*value),
        Document::Number(Number::Float(value)) => writer.double(*value),
        Document::String(text) => writer.string(text),
        Document::Array(elements) => {
            writer.begin_array();
            for element in elements {
                write_document(writer, element);
            }
            writer.end_array();
        }
        Document::Object(entries) => {
            writer.begin_object();
            for (key, value) in entries {
                writer.key(key);
                write_document(writer, value);
            }
            writer.end_object();
        }
    }
}
