//! Structures out of responses, as HTTP bindings say.

use aws_smithy_runtime_api::http::NonUtf8HeaderHandling;
use aws_smithy_types::Blob;

use super::header::read_text;
use crate::format::{DecodeError, Format};
use crate::protocol::read_body;
use crate::response::Response;
use crate::shape::{Location, Member, Shape, flag};
use crate::slot::Slot;

/// Fills a structure from headers, status, and the body or that part of it in which members stand.
///
/// # Errors
/// When the body is not what the table promises, or a header does not parse.
pub(crate) fn message(
    response: &Response<'_>,
    body: &[u8],
    format: &dyn Format,
    shape: &mut dyn Shape,
) -> Result<(), DecodeError> {
    let schema = shape.schema();
    if let Some(index) = schema.bound_to(Location::Payload) {
        read_payload(body, format, shape, index)?;
    } else if schema.bound_to(Location::Body).is_some() {
        read_body(body, format, shape)?;
    }
    read_bindings(response, shape)
}

/// Fills the member that is the whole body. A stream is not read here. Text and bytes are taken as they stand; all else is in the format, in which
/// null is a document, and refused where the table promises anything else, as AWS's own clients do.
fn read_payload(body: &[u8], format: &dyn Format, shape: &mut dyn Shape, index: usize) -> Result<(), DecodeError> {
    let member = shape.schema().at(index);
    if member.flags & flag::STREAM != 0 {
        return Ok(());
    }
    if body.is_empty() {
        return Ok(());
    }
    let text = || str::from_utf8(body).map_err(|_| DecodeError::mismatch("UTF-8 text"));
    match shape.member_mut(index).slot() {
        Slot::Text(place) => text()?.clone_into(place),
        Slot::Enum(word) => word.set(text()?),
        Slot::Blob(place) => *place = Blob::new(body),
        slot => format.decode(body, slot, &member)?,
    }
    Ok(())
}

/// Fills the members that are bound to headers or the status code.
///
/// # Errors
/// When a header does not parse, or has several values where one is expected.
fn read_bindings(response: &Response<'_>, shape: &mut dyn Shape) -> Result<(), DecodeError> {
    let schema = shape.schema();
    for (index, member) in schema.members().enumerate() {
        match member.location {
            Location::Header => read_header(response, &member, shape, index)?,
            Location::PrefixHeaders => read_prefixed(response, &member, shape, index)?,
            Location::Status => read_text(shape.member_mut(index).slot(), &response.status.to_string(), &member)?,
            _ => {}
        }
    }
    Ok(())
}

fn read_header(
    response: &Response<'_>,
    member: &Member,
    shape: &mut dyn Shape,
    index: usize,
) -> Result<(), DecodeError> {
    let values: Result<Vec<_>, _> = response.headers.get_all_bytes(member.wire).map(str::from_utf8).collect();
    let Ok(values) = values else {
        return match response.unreadable_headers {
            NonUtf8HeaderHandling::Skip => Ok(()),
            _ => Err(DecodeError::mismatch("a header value in UTF-8")),
        };
    };
    match values.as_slice() {
        [] if member.required => Err(DecodeError::mismatch("a header that has to be there")),
        [] => Ok(()),
        [value] if member.flags & flag::LOOSE != 0 && member.format.parse(value.trim()).is_err() => Ok(()),
        [value] => read_text(shape.member_mut(index).slot(), value, member),
        lines => match shape.member_mut(index).slot() {
            // Several lines of one header are one value with commas (RFC 9110, section 5.3).
            list @ Slot::List(_) => read_text(list, &lines.join(", "), member),
            _ => Err(DecodeError::mismatch("a header with one value")),
        },
    }
}

/// `smithy.api#httpPrefixHeaders`: an entry for each header with the prefix; without any, the map is empty.
fn read_prefixed(
    response: &Response<'_>,
    member: &Member,
    shape: &mut dyn Shape,
    index: usize,
) -> Result<(), DecodeError> {
    let prefixed =
        |name: &str| name.get(..member.wire.len()).is_some_and(|prefix| prefix.eq_ignore_ascii_case(member.wire));
    let Slot::Map(map) = shape.member_mut(index).slot() else { return Err(DecodeError::mismatch("a map")) };
    for (name, value) in response.headers.iter().filter(|(name, _)| prefixed(name)) {
        read_text(map.assign(&name[member.wire.len()..]).slot(), value, member)?;
    }
    Ok(())
}

#[cfg(all(test, feature = "rest-json"))]
mod tests;
