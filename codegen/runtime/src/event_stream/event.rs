//! Messages out of events.

use aws_smithy_types::event_stream::{Header, HeaderValue, Message};
use aws_smithy_types::str_bytes::StrBytes;
use bytes::Bytes;
use std::mem::size_of_val;

use crate::BoxError;
use crate::format::Format;
use crate::shape::{Location, Member, Shape, Value, View};

/// The message of an event, which is a variant of the union that its stream is of.
///
/// # Errors
/// When it is a variant that this version does not know, or has a member that its format or a header has no room for.
pub(crate) fn event(value: &dyn Value, format: &dyn Format) -> Result<Message, BoxError> {
    let known = match value.view() {
        View::Union(union) => union.variant().map(|(index, value)| (union.schema().rows[index].0, value.view())),
        _ => None,
    };
    let Some((name, view)) = known else {
        return Err("an event that this version of the client does not know cannot be sent".into());
    };
    let headers = vec![header(":message-type", "event"), header(":event-type", name)];
    match view {
        View::Structure(shape) => message(headers, shape, format),
        _ => Err("an event is a structure".into()),
    }
}

/// The message of an error that the model knows, by the name of its member in the union that its stream is of.
///
/// # Errors
/// As those of [`event`].
pub(crate) fn exception(name: &'static str, shape: &dyn Shape, format: &dyn Format) -> Result<Message, BoxError> {
    message(vec![header(":message-type", "exception"), header(":exception-type", name)], shape, format)
}

/// The message with those members of an input that a protocol without bindings has no other place for.
pub(crate) fn initial_request(payload: Bytes, format: &dyn Format) -> Message {
    let headers = vec![
        header(":message-type", "event"),
        header(":event-type", "initial-request"),
        header(":content-type", format.media_type()),
    ];
    Message::new_from_parts(headers, payload)
}

fn header(name: &'static str, value: impl Into<StrBytes>) -> Header {
    Header::new(name, HeaderValue::String(value.into()))
}

/// Puts the members of an event into headers and payload.
fn message(mut headers: Vec<Header>, shape: &dyn Shape, format: &dyn Format) -> Result<Message, BoxError> {
    let schema = shape.schema();
    let payload = match schema.bound_to(Location::Payload) {
        Some(index) => payload(shape.member(index).view(), &schema.at(index), format)?,
        // An event all of whose members are headers has no payload; one without a member has an empty structure.
        None if schema.bound_to(Location::Body).is_some() || schema.rows.is_empty() => {
            Some((format.media_type(), format.encode(&View::Structure(shape), &Member::NONE)?.into()))
        }
        None => None,
    };
    let (media_type, payload) = payload.map_or((None, Bytes::new()), |(media_type, bytes)| (Some(media_type), bytes));
    headers.extend(media_type.map(|media_type| header(":content-type", media_type)));
    for (index, member) in schema.members().enumerate().filter(|(_, member)| member.location == Location::Header) {
        if let Some(value) = header_value(shape.member(index))? {
            headers.push(Header::new(member.wire, value));
        }
    }
    Ok(Message::new_from_parts(headers, payload))
}

/// The member that is the whole payload (`smithy.api#eventPayload`) and its type, where it is set.
fn payload(view: View<'_>, member: &Member, format: &dyn Format) -> Result<Option<(&'static str, Bytes)>, BoxError> {
    Ok(Some(match view {
        View::Absent => return Ok(None),
        View::Blob(blob) => ("application/octet-stream", Bytes::copy_from_slice(blob.as_ref())),
        View::Text(text) => ("text/plain", Bytes::copy_from_slice(text.as_bytes())),
        View::Enum(word) => ("text/plain", Bytes::copy_from_slice(word.text().as_bytes())),
        view => (format.media_type(), format.encode(&view, member)?.into()),
    }))
}

/// The value of a header (`smithy.api#eventHeader`), where one is set.
fn header_value(value: &dyn Value) -> Result<Option<HeaderValue>, BoxError> {
    Ok(Some(match value.view() {
        View::Absent => return Ok(None),
        View::Boolean(value) => HeaderValue::Bool(value),
        View::Integer(number) => integer(number, width(value))?,
        View::Text(text) => HeaderValue::String(text.to_owned().into()),
        View::Enum(word) => HeaderValue::String(word.text().to_owned().into()),
        View::Blob(blob) => HeaderValue::ByteArray(Bytes::copy_from_slice(blob.as_ref())),
        View::Timestamp(time) => HeaderValue::Timestamp(*time),
        _ => return Err("a header of an event holds a number, a text, bytes or a time".into()),
    }))
}

/// How many bytes an integer has. A table has one row for all of them, but headers have a type for each; the type behind the
/// row is the one that says it, with as many bytes again where it is an option.
fn width(value: &dyn Value) -> usize {
    size_of_val(value) / if value.nullable() { 2 } else { 1 }
}

fn integer(number: i64, width: usize) -> Result<HeaderValue, BoxError> {
    Ok(match width {
        1 => HeaderValue::Byte(number.try_into()?),
        2 => HeaderValue::Int16(number.try_into()?),
        4 => HeaderValue::Int32(number.try_into()?),
        _ => HeaderValue::Int64(number),
    })
}
