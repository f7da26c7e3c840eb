//! From an HTTP response to an output.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::http::{Headers, NonUtf8HeaderHandling};
use aws_smithy_types::Blob;
use aws_smithy_types::config_bag::ConfigBag;
use aws_types::request_id::RequestId;

use crate::header::read_text;
use crate::json::fill::{complete_shape, read_shape, read_slot};
use crate::json::read::{JsonReader, ReadError};
use crate::shape::{Location, Member, Shape};
use crate::slot::Slot;

/// A response whose body was loaded.
#[derive(Debug)]
pub struct Response<'a> {
    pub(crate) status: u16,
    pub(crate) headers: &'a Headers,
    pub(crate) body: &'a [u8],
    pub(crate) request_id: Option<&'a str>,
    /// What becomes of a member whose header is not UTF-8.
    unreadable_headers: NonUtf8HeaderHandling,
}

impl<'a> Response<'a> {
    /// `bag` may say, by [`NonUtf8HeaderHandling`], that headers are skipped that are not UTF-8.
    pub(crate) fn new(response: &'a HttpResponse, bag: &ConfigBag) -> Self {
        Self {
            status: response.status().as_u16(),
            headers: response.headers(),
            body: response.body().bytes().unwrap_or_default(),
            request_id: response.request_id(),
            unreadable_headers: bag.load::<NonUtf8HeaderHandling>().cloned().unwrap_or_default(),
        }
    }

    /// Success as every operation of the supported protocols means it.
    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// Fills an output from body, headers and status, and keeps the id that the service gave to the request.
///
/// # Errors
/// When the body is not the JSON that the model promises, or a header does not parse.
pub(crate) fn read_output(response: &Response<'_>, output: &mut dyn Shape) -> Result<(), ReadError> {
    let schema = output.schema();
    if let Some(index) = schema.bound_to(Location::Payload) {
        read_payload(response.body, output, index)?;
    } else if schema.bound_to(Location::Body).is_some() {
        read_body(response.body, output)?;
    }
    read_bindings(response, output)?;
    if let Some(id) = response.request_id.filter(|_| schema.request_id)
        && let Slot::Text(place) = output.member_mut(schema.rows.len()).slot()
    {
        id.clone_into(place);
    }
    Ok(())
}

/// Fills the body members from a JSON object; an empty body is an empty object.
///
/// # Errors
/// When the body is malformed, has trailing text, or a member is of another type.
pub(crate) fn read_body(body: &[u8], shape: &mut dyn Shape) -> Result<(), ReadError> {
    if body.is_empty() {
        complete_shape(shape);
        return Ok(());
    }
    let mut reader = JsonReader::new(body);
    read_shape(&mut reader, shape)?;
    reader.finish()
}

/// Fills the member that is the whole body. Text and bytes are taken as they stand; of JSON, null is a document, and
/// refused where the model promises anything else, as AWS's own clients do.
fn read_payload(body: &[u8], shape: &mut dyn Shape, index: usize) -> Result<(), ReadError> {
    if body.is_empty() {
        return Ok(());
    }
    let (_, flags) = shape.schema().rows[index];
    let text = || str::from_utf8(body).map_err(|_| ReadError::mismatch("UTF-8 text"));
    match shape.member_mut(index).slot() {
        Slot::Text(place) => text()?.clone_into(place),
        Slot::Enum(word) => word.set(text()?),
        Slot::Blob(place) => *place = Blob::new(body),
        slot => {
            let mut reader = JsonReader::new(body);
            read_slot(&mut reader, slot, flags)?;
            reader.finish()?;
        }
    }
    Ok(())
}

/// Fills the members that are bound to headers or the status code.
///
/// # Errors
/// When a header does not parse, or has several values where one is expected.
pub(crate) fn read_bindings(response: &Response<'_>, shape: &mut dyn Shape) -> Result<(), ReadError> {
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

fn read_header(response: &Response<'_>, member: &Member, shape: &mut dyn Shape, index: usize) -> Result<(), ReadError> {
    let values: Result<Vec<_>, _> = response.headers.get_all_bytes(member.wire).map(str::from_utf8).collect();
    let Ok(values) = values else {
        return match response.unreadable_headers {
            NonUtf8HeaderHandling::Skip => Ok(()),
            _ => Err(ReadError::mismatch("a header value in UTF-8")),
        };
    };
    match values.as_slice() {
        [] => Ok(()),
        [value] => read_text(shape.member_mut(index).slot(), value, member),
        lines => match shape.member_mut(index).slot() {
            // Several lines of one header are one value with commas (RFC 9110, section 5.3).
            list @ Slot::List(_) => read_text(list, &lines.join(", "), member),
            _ => Err(ReadError::mismatch("a header with one value")),
        },
    }
}

/// `smithy.api#httpPrefixHeaders`: an entry for each header with the prefix; without any, the member is absent.
fn read_prefixed(
    response: &Response<'_>,
    member: &Member,
    shape: &mut dyn Shape,
    index: usize,
) -> Result<(), ReadError> {
    let prefixed =
        |name: &str| name.get(..member.wire.len()).is_some_and(|prefix| prefix.eq_ignore_ascii_case(member.wire));
    if !response.headers.iter().any(|(name, _)| prefixed(name)) {
        return Ok(());
    }
    let Slot::Map(map) = shape.member_mut(index).slot() else { return Err(ReadError::mismatch("a map")) };
    for (name, value) in response.headers.iter().filter(|(name, _)| prefixed(name)) {
        read_text(map.assign(&name[member.wire.len()..]).slot(), value, member)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
