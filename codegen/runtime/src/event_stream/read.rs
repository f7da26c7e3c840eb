//! What a message of a stream says, by the tables of its event or its error.

use aws_smithy_runtime_api::http::Headers;
use aws_smithy_types::Blob;
use aws_smithy_types::error::metadata::ErrorMetadata;
use aws_smithy_types::event_stream::{HeaderValue, Message};

use crate::answer::Answer;
use crate::error::{ErrorResponse, OperationError, RootError, Unhandled};
use crate::format::{DecodeError, Format};
use crate::protocol::{Protocol, read_body};
use crate::response::Response;
use crate::shape::{Location, Shape, Union, complete_shape};
use crate::slot::Slot;

/// What a message was.
pub(super) enum Told<E> {
    /// An event.
    Event,
    /// An error, which ends the stream.
    Error(E),
}

/// Reads a message: an event fills `event`, which is empty; one that the table does not know leaves it so.
///
/// # Errors
/// When the message does not say what it is, or is not what the table promises.
pub(super) fn read<E: OperationError>(
    message: &Message,
    protocol: &'static dyn Protocol,
    is_secret: bool,
    event: &mut dyn Union,
) -> Result<Told<E>, DecodeError> {
    match text(message, ":message-type").ok_or_else(|| DecodeError::mismatch("the header `:message-type`"))? {
        "event" => {
            let name = text(message, ":event-type").ok_or_else(|| DecodeError::mismatch("the header `:event-type`"))?;
            read_event(name, message, protocol.format(), event)?;
            Ok(Told::Event)
        }
        "exception" => {
            let name = text(message, ":exception-type");
            let name = name.ok_or_else(|| DecodeError::mismatch("the header `:exception-type`"))?;
            Ok(Told::Error(exception(name, message, protocol, is_secret)))
        }
        "error" => Ok(Told::Error(error(message))),
        _ => Err(DecodeError::refused("the header `:message-type` has a value that nobody knows")),
    }
}

/// The value of a header that is a text.
pub(super) fn text<'m>(message: &'m Message, name: &str) -> Option<&'m str> {
    header(message, name)?.as_string().ok().map(|text| text.as_str())
}

fn header<'m>(message: &'m Message, name: &str) -> Option<&'m HeaderValue> {
    message.headers().iter().find(|header| header.name().as_str() == name).map(|header| header.value())
}

fn read_event(name: &str, message: &Message, format: &dyn Format, event: &mut dyn Union) -> Result<(), DecodeError> {
    let Some(index) = event.schema().position(name, 0) else { return Ok(()) };
    match event.select(index).slot() {
        Slot::Structure(shape) => read_members(message, format, shape),
        _ => Err(DecodeError::mismatch("a structure as the type of an event")),
    }
}

/// An exception of the model, or one that it does not know.
fn exception<E: OperationError>(name: &str, message: &Message, protocol: &'static dyn Protocol, is_secret: bool) -> E {
    let headers = Headers::new();
    let response = Response::of_message(message.payload(), &headers);
    let answer = Answer { protocol, confidential: is_secret, request_id: None, response };
    E::from_response(Ok(&ErrorResponse::of_message(&answer, name, message)))
}

/// An error outside the model: it has its code and what it says in headers.
fn error<E: OperationError>(message: &Message) -> E {
    let (code, words) = (text(message, ":error-code"), text(message, ":error-message"));
    let mut meta = ErrorMetadata::builder();
    if let Some(code) = code {
        meta = meta.code(code);
    }
    if let Some(words) = words {
        meta = meta.message(words);
    }
    E::narrow(E::Root::from_unhandled(Unhandled::generic(meta.build())))
}

/// Fills a structure from headers and payload of a message. Of the members that are bound to neither the payload is made up.
///
/// # Errors
/// When a header is of another type than its member, or the payload is not what the table promises.
pub(crate) fn read_members(message: &Message, format: &dyn Format, shape: &mut dyn Shape) -> Result<(), DecodeError> {
    let schema = shape.schema();
    let payload = message.payload();
    if let Some(index) = schema.bound_to(Location::Payload) {
        let member = schema.at(index);
        match shape.member_mut(index).slot() {
            Slot::Blob(place) => *place = Blob::new(&payload[..]),
            Slot::Text(place) => str::from_utf8(payload).map_err(|_| not_utf8())?.clone_into(place),
            Slot::Enum(place) => place.set(str::from_utf8(payload).map_err(|_| not_utf8())?),
            // As a whole body that is empty.
            Slot::Structure(place) if payload.is_empty() => complete_shape(place),
            slot => format.decode(payload, slot, &member)?,
        }
    } else if schema.bound_to(Location::Body).is_some() {
        read_body(payload, format, shape)?;
    }
    for (index, member) in schema.members().enumerate().filter(|(_, member)| member.location == Location::Header) {
        if let Some(value) = header(message, member.wire) {
            read_header(value, shape.member_mut(index).slot())?;
        }
    }
    Ok(())
}

fn not_utf8() -> DecodeError {
    DecodeError::mismatch("UTF-8 text")
}

fn read_header(value: &HeaderValue, slot: Slot<'_>) -> Result<(), DecodeError> {
    match (slot, value) {
        (Slot::Boolean(place), HeaderValue::Bool(value)) => *place = *value,
        (Slot::Text(place), HeaderValue::String(value)) => value.as_str().clone_into(place),
        (Slot::Enum(place), HeaderValue::String(value)) => place.set(value.as_str()),
        (Slot::Timestamp(place), HeaderValue::Timestamp(value)) => *place = *value,
        (Slot::Blob(place), HeaderValue::ByteArray(value)) => *place = Blob::new(&value[..]),
        (Slot::Integer(place), value) => {
            let number = integer(value).ok_or_else(|| DecodeError::mismatch("a header that is an integer"))?;
            if !place.set(number) {
                return Err(DecodeError::mismatch(place.range()));
            }
        }
        _ => return Err(DecodeError::mismatch("a header of the type of its member")),
    }
    Ok(())
}

/// The number of a header, in whatever width.
fn integer(value: &HeaderValue) -> Option<i64> {
    Some(match value {
        HeaderValue::Byte(number) => i64::from(*number),
        HeaderValue::Int16(number) => i64::from(*number),
        HeaderValue::Int32(number) => i64::from(*number),
        HeaderValue::Int64(number) => *number,
        _ => return None,
    })
}
