//! Writes emitted structures as the JSON protocols of AWS do.

use aws_smithy_types::{Document, Number};

use crate::BoxError;
use crate::big_number::json_text;
use crate::format::json::write::JsonWriter;
use crate::format::sorted;
use crate::shape::{Entries, Location, Member, REDACTED, Shape, TimestampFormat, Union, View, bytes_of, flag};

/// Whom the JSON is for.
#[derive(Clone, Copy)]
struct Form {
    /// All members under their names, defaults included, and maps in order, not only what goes into a body.
    whole: bool,
    /// Sensitive members as they are.
    secrets: bool,
    /// Numbers of any length as texts.
    quotes_big_numbers: bool,
}

/// What services read.
const WIRE: Form = Form { whole: false, secrets: true, quotes_big_numbers: false };

/// The JSON object of a structure's body members; absent members are left out.
///
/// # Errors
/// When a timestamp lies outside the years that its format can express.
pub fn encode_body(shape: &dyn Shape) -> Result<String, BoxError> {
    let mut writer = JsonWriter::with_capacity(256);
    write_shape(&mut writer, shape, WIRE)?;
    Ok(writer.finish())
}

/// The JSON object of all members of a structure, as its `Serialize` writes it: those that
/// are sensitive redacted unless `secrets` are wanted.
///
/// # Errors
/// When a timestamp lies outside the years that its format can express.
#[cfg(feature = "serde")]
pub fn encode_whole(shape: &dyn Shape, secrets: bool) -> Result<String, BoxError> {
    let mut writer = JsonWriter::with_capacity(256);
    write_shape(&mut writer, shape, Form { whole: true, secrets, quotes_big_numbers: true })?;
    Ok(writer.finish())
}

/// The JSON of a single value, for payloads; numbers of any length are texts in it if `quotes_big_numbers`.
///
/// # Errors
/// When a timestamp lies outside the years that its format can express.
pub fn encode_value(view: &View<'_>, member: &Member, quotes_big_numbers: bool) -> Result<String, BoxError> {
    let mut writer = JsonWriter::with_capacity(256);
    write_view(&mut writer, view, member, Form { quotes_big_numbers, ..WIRE })?;
    Ok(writer.finish())
}

fn write_shape(writer: &mut JsonWriter, shape: &dyn Shape, form: Form) -> Result<(), BoxError> {
    let schema = shape.schema();
    writer.begin_object();
    for (index, member) in schema.members().enumerate() {
        if member.location != Location::Body && !form.whole {
            continue;
        }
        let view = shape.member(index).view();
        if matches!(view, View::Absent) {
            continue;
        }
        if form.whole {
            writer.key(schema.member_name(index));
        } else {
            write_wire_key(writer, &member);
        }
        write_member(writer, &view, &member, form)?;
    }
    writer.end_object();
    Ok(())
}

/// The key of a member in a body. Few have one that JSON escapes, and of these the table says so.
fn write_wire_key(writer: &mut JsonWriter, member: &Member) {
    if member.flags & flag::ESCAPED == 0 {
        writer.plain_key(member.wire);
    } else {
        writer.key(member.wire);
    }
}

fn write_member(writer: &mut JsonWriter, view: &View<'_>, member: &Member, form: Form) -> Result<(), BoxError> {
    if member.sensitive && !form.secrets {
        writer.string(REDACTED);
        return Ok(());
    }
    write_view(writer, view, member, form)
}

fn write_view(writer: &mut JsonWriter, view: &View<'_>, member: &Member, form: Form) -> Result<(), BoxError> {
    match view {
        View::Absent | View::Metadata(_) => writer.null(),
        View::Boolean(value) => writer.boolean(*value),
        View::Integer(value) => writer.integer(*value),
        View::Float(value) => writer.float(*value),
        View::Double(value) => writer.double(*value),
        View::BigNumber(number) if form.quotes_big_numbers => writer.string(number.text()),
        View::BigNumber(number) => writer.raw(&json_text(number.text())),
        View::Text(text) => writer.string(text),
        View::Enum(word) => writer.string(word.text()),
        View::Timestamp(instant) => {
            let text = instant.fmt(member.format.engine())?;
            match member.format {
                TimestampFormat::EpochSeconds => writer.raw(&text),
                _ => writer.string(&text),
            }
        }
        View::Blob(bytes) => writer.string(&aws_smithy_types::base64::encode(bytes)),
        View::Stream(stream) => writer.string(&aws_smithy_types::base64::encode(bytes_of(stream)?)),
        View::Document(document) => write_any(writer, document, form.whole),
        View::List(items) => {
            writer.begin_array();
            for index in 0..items.count() {
                write_view(writer, &items.item(index).view(), member, form)?;
            }
            writer.end_array();
        }
        View::Map(entries) => write_map(writer, *entries, member, form)?,
        View::Structure(shape) => write_shape(writer, *shape, form)?,
        View::Union(union) => write_union(writer, *union, form)?,
    }
    Ok(())
}

fn write_map(writer: &mut JsonWriter, entries: &dyn Entries, member: &Member, form: Form) -> Result<(), BoxError> {
    writer.begin_object();
    if form.whole {
        for (key, value) in sorted(entries)? {
            writer.key(key);
            write_view(writer, &value.view(), member, form)?;
        }
    } else {
        entries.each(&mut |key, value| {
            writer.key(key.text());
            write_view(writer, &value.view(), member, form)
        })?;
    }
    writer.end_object();
    Ok(())
}

fn write_union(writer: &mut JsonWriter, union: &dyn Union, form: Form) -> Result<(), BoxError> {
    let variant = union.variant();
    if variant.is_none() && !form.whole {
        return Err("a union variant that this client does not know cannot be sent".into());
    }
    writer.begin_object();
    if let Some((index, value)) = variant {
        let schema = union.schema();
        let member = &schema.at(index);
        if form.whole {
            writer.key(schema.member_name(index));
        } else {
            write_wire_key(writer, member);
        }
        write_member(writer, &value.view(), member, form)?;
    }
    writer.end_object();
    Ok(())
}

/// Writes a document as the JSON it stands for, the members of objects in any order.
pub fn write_document(writer: &mut JsonWriter, document: &Document) {
    write_any(writer, document, false);
}

/// Writes a document, the members of its objects in the order of their keys if they are to be `ordered`.
fn write_any(writer: &mut JsonWriter, document: &Document, ordered: bool) {
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
                write_any(writer, element, ordered);
            }
            writer.end_array();
        }
        Document::Object(entries) => {
            let mut entries: Vec<_> = entries.iter().collect();
            if ordered {
                entries.sort_by_key(|(key, _)| *key);
            }
            writer.begin_object();
            for (key, value) in entries {
                writer.key(key);
                write_any(writer, value, ordered);
            }
            writer.end_object();
        }
    }
}
