//! Requests out of structures, as HTTP bindings say: path, query, headers and body.

use aws_smithy_runtime_api::http::Headers;
use aws_smithy_types::error::operation::BuildError;
use std::borrow::Cow;

use crate::BoxError;
use crate::format::Format;
use crate::percent::push_encoded;
use crate::protocol::Body;
use crate::route::{Route, Segment};
use crate::shape::{Location, Member, REDACTED, Schema, Shape, View, flag};
use crate::text::text_of;

/// Path and query of a request.
///
/// # Errors
/// A [`BuildError`] when a label or a required query parameter is missing.
pub(crate) fn uri(route: &Route, input: &dyn Shape) -> Result<String, BoxError> {
    let mut uri = String::with_capacity(64);
    write_path(&mut uri, route, input)?;
    write_query(&mut uri, route, input)?;
    Ok(uri)
}

fn missing(member: &Member) -> BoxError {
    BuildError::missing_field(member.field(), "cannot be empty or unset").into()
}

fn write_path(uri: &mut String, route: &Route, input: &dyn Shape) -> Result<(), BoxError> {
    if route.path.is_empty() {
        uri.push('/');
    }
    for segment in route.path {
        uri.push('/');
        let (index, greedy) = match segment {
            Segment::Literal(text) => {
                uri.push_str(text);
                continue;
            }
            Segment::Label(index) => (*index, false),
            Segment::Greedy(index) => (*index, true),
        };
        let member = &input.schema().at(index);
        let text = text_of(&input.member(index).view(), member)
            .filter(|text| !text.is_empty())
            .ok_or_else(|| missing(member))?;
        push_encoded(uri, &text, greedy);
    }
    Ok(())
}

/// Appends `key=value` pairs, with `?` before the first and `&` before the others.
struct Query<'a> {
    uri: &'a mut String,
    separator: char,
}

impl Query<'_> {
    fn key(&mut self, key: &str) {
        self.uri.push(self.separator);
        self.separator = '&';
        push_encoded(self.uri, key, false);
    }

    fn pair(&mut self, key: &str, value: &str) {
        self.key(key);
        self.uri.push('=');
        push_encoded(self.uri, value, false);
    }

    fn values(&mut self, key: &str, view: &View<'_>, member: &Member) {
        if let View::List(items) = view {
            for index in 0..items.count() {
                self.values(key, &items.item(index).view(), member);
            }
        } else if let Some(text) = text_of(view, member) {
            self.pair(key, &text);
        }
    }
}

fn write_query(uri: &mut String, route: &Route, input: &dyn Shape) -> Result<(), BoxError> {
    let schema = input.schema();
    let mut query = Query { uri, separator: '?' };
    for (key, value) in route.query {
        match value {
            Some(value) => query.pair(key, value),
            None => query.key(key),
        }
    }
    for (index, member) in schema.members().enumerate() {
        let member = &member;
        let view = input.member(index).view();
        match member.location {
            Location::Query if matches!(view, View::Absent) && member.required => return Err(missing(member)),
            Location::Query => query.values(member.wire, &view, member),
            Location::QueryParams => write_query_params(&mut query, &view, member, route, schema)?,
            _ => {}
        }
    }
    Ok(())
}

/// `smithy.api#httpQueryParams`: keys that the route or another member claims are left out.
fn write_query_params(
    query: &mut Query<'_>,
    view: &View<'_>,
    member: &Member,
    route: &Route,
    schema: &Schema,
) -> Result<(), BoxError> {
    let View::Map(entries) = view else { return Ok(()) };
    entries.each(&mut |key, value| {
        let key = key.text();
        let claimed = route.query.iter().any(|(literal, _)| *literal == key)
            || schema.members().any(|other| other.location == Location::Query && other.wire == key);
        if !claimed {
            query.values(key, &value.view(), member);
        }
        Ok(())
    })
}

/// The headers that members of an input are bound to.
///
/// # Errors
/// A [`BuildError`] when a required one is missing, or a value cannot stand in a header.
pub(crate) fn headers(input: &dyn Shape) -> Result<Headers, BoxError> {
    let mut headers = Headers::new();
    for (index, member) in input.schema().members().enumerate() {
        let member = &member;
        let view = input.member(index).view();
        match (member.location, &view) {
            (Location::Header, View::Absent) if member.required => return Err(missing(member)),
            (Location::Header, View::List(items)) => {
                let texts: Vec<_> = (0..items.count())
                    .map(|index| items.item(index).view())
                    .filter_map(|item| Some(quoted(text_of(&item, member)?, &item)))
                    .collect();
                insert(&mut headers, member, member.wire, &texts.join(", "))?;
            }
            (Location::Header, view) => {
                if let Some(text) = text_of(view, member) {
                    let text = match member.media_type {
                        Some(_) => aws_smithy_types::base64::encode(text.as_bytes()).into(),
                        None => text,
                    };
                    insert(&mut headers, member, member.wire, &text)?;
                }
            }
            (Location::PrefixHeaders, View::Map(entries)) => entries.each(&mut |key, value| {
                let name = format!("{}{}", member.wire, key.text());
                match text_of(&value.view(), member).filter(|_| !is_claimed(input.schema(), &name)) {
                    Some(text) => insert(&mut headers, member, &name, &text),
                    None => Ok(()),
                }
            })?,
            _ => {}
        }
    }
    Ok(headers)
}

/// Whether a member of its own is bound to a header, which it has before `smithy.api#httpPrefixHeaders` does.
fn is_claimed(schema: &Schema, name: &str) -> bool {
    schema.members().any(|member| member.location == Location::Header && member.wire.eq_ignore_ascii_case(name))
}

/// One element of a list header: text with a comma or a quote is quoted.
fn quoted<'a>(text: Cow<'a, str>, view: &View<'_>) -> Cow<'a, str> {
    if !matches!(view, View::Text(_) | View::Enum(_)) || !text.contains(['"', ',']) {
        return text;
    }
    Cow::Owned(format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")))
}

/// Sets a header; an empty value is one, too.
fn insert(headers: &mut Headers, member: &Member, name: &str, value: &str) -> Result<(), BoxError> {
    headers.try_append(name.to_ascii_lowercase(), value.to_owned()).map_err(|error| {
        let shown = if member.sensitive { REDACTED } else { value };
        BuildError::invalid_field(member.field(), format!("`{shown}` cannot be used as a header value: {error}"))
    })?;
    Ok(())
}

/// The body of a request: what is bound to the whole of it, or a structure of the members that are bound nowhere else. Of a
/// stream it is what headers say of it.
///
/// # Errors
/// Those of the format. That nothing says how long a stream is, which has to be known.
pub(crate) fn body(input: &dyn Shape, format: &dyn Format, headers: &Headers) -> Result<Body, BoxError> {
    let schema = input.schema();
    if let Some(index) = schema.bound_to(Location::Payload) {
        if schema.rows[index].1 & flag::STREAM != 0 {
            return streamed(&schema.at(index), input.member(index).view(), headers);
        }
        return payload(&schema.at(index), input.member(index).view(), format);
    }
    match schema.bound_to(Location::Body) {
        Some(_) => Body::of(input, format, format.media_type()),
        None => Ok(Body::default()),
    }
}

fn payload(member: &Member, view: View<'_>, format: &dyn Format) -> Result<Body, BoxError> {
    let media_type = member.media_type;
    Ok(match view {
        View::Text(text) => Body::new(text.as_bytes().to_vec(), media_type.unwrap_or("text/plain")),
        View::Enum(word) => Body::new(word.text().as_bytes().to_vec(), media_type.unwrap_or("text/plain")),
        View::Blob(bytes) => Body::new(bytes.as_ref().to_vec(), media_type.unwrap_or("application/octet-stream")),
        View::Absent if member.required => Body::new(format.empty_structure().to_vec(), format.media_type()),
        View::Absent => Body::default(),
        view => Body::new(format.encode(&view, member)?, format.media_type()),
    })
}

/// What there is to say of a stream, which is not here.
fn streamed(member: &Member, view: View<'_>, headers: &Headers) -> Result<Body, BoxError> {
    let length = match view {
        View::Stream(stream) => match stream.size_hint() {
            (least, Some(most)) if least == most => Some(least),
            _ => None,
        },
        _ => Some(0),
    };
    if length.is_none() && member.flags & flag::REQUIRES_LENGTH != 0 && !headers.contains_key("content-length") {
        return Err(BuildError::invalid_field(member.field(), UNKNOWN_LENGTH).into());
    }
    Ok(Body { bytes: Vec::new(), media_type: Some(member.media_type.unwrap_or("application/octet-stream")), length })
}

/// Why a stream is not sent, and what to do.
pub(crate) const UNKNOWN_LENGTH: &str = "the service takes no stream of unknown length: make it from bytes or a file, of a \
    body that knows its size, or set the length in the member for the header `Content-Length`, where there is one";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shape::Shape;
    use std::collections::HashMap;

    struct Sent {
        tag: Option<String>,
        all: Option<HashMap<String, String>>,
    }

    crate::shape! {
        all_optional Sent {
            0 tag: HEADER "X-Tag",
            1 all: PREFIX_HEADERS "",
        }
    }

    #[test]
    fn a_header_of_a_member_comes_before_those_with_a_prefix() {
        let mut sent = <Sent as Shape>::empty();
        sent.tag = Some("own".to_owned());
        let more = [("x-tag", "prefixed"), ("x-other", "b")];
        sent.all = Some(more.map(|(name, value)| (name.to_owned(), value.to_owned())).into());
        let headers = headers(&sent).expect("they can be sent");
        let mut all: Vec<_> = headers.iter().collect();
        all.sort_unstable();
        assert_eq!(all, [("x-other", "b"), ("x-tag", "own")]);
    }

    #[test]
    fn list_elements_with_commas_are_quoted() {
        assert_eq!(quoted("a,\"b\"".into(), &View::Text("")), "\"a,\\\"b\\\"\"");
        assert_eq!(quoted("a b".into(), &View::Text("")), "a b");
    }
}
