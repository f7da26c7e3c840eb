//! From an input to an HTTP request: path, query, headers and body.

use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::error::operation::BuildError;

use crate::BoxError;
use crate::http::{push_encoded, quoted, text_of};
use crate::json::encode::{encode_body, encode_value};
use crate::operation::{Segment, Spec};
use crate::service::Protocol;
use crate::shape::{Location, Member, REDACTED, Schema, Shape, View};

/// Serializes an input as the protocol and the bindings of its operation say.
///
/// # Errors
/// A [`BuildError`] when a label, a required query parameter or a required
/// header is missing, or a value cannot stand in a header; an error about the
/// URI when host and path do not make one.
pub(crate) fn write_request(spec: &Spec, input: &dyn Shape) -> Result<HttpRequest, BoxError> {
    let schema = input.schema();
    let mut uri = String::with_capacity(64);
    write_path(&mut uri, spec, input)?;
    write_query(&mut uri, spec, input)?;
    let (body, content_type) = write_body(spec, input)?;
    let content_length = body.content_length();

    let mut request = HttpRequest::new(body);
    request.set_method(spec.route.method)?;
    request.set_uri(uri)?;
    if schema.members().any(|member| matches!(member.location, Location::Header | Location::PrefixHeaders)) {
        write_headers(&mut request, input)?;
    }
    if spec.service.protocol != Protocol::RestJson1 {
        let target = format!("{}.{}", spec.service.shape_name, spec.route.name);
        request.headers_mut().insert("x-amz-target", target);
    }
    if spec.service.protocol == Protocol::AwsJson10QueryCompatible {
        request.headers_mut().insert("x-amzn-query-mode", "true");
    }
    if let Some(content_type) = content_type {
        if !request.headers().contains_key("content-type") {
            request.headers_mut().insert("content-type", content_type);
        }
        if let Some(length) = content_length {
            request.headers_mut().insert("content-length", length.to_string());
        }
    }
    Ok(request)
}

fn missing(member: &Member) -> BoxError {
    BuildError::missing_field(member.field(), "cannot be empty or unset").into()
}

fn write_path(uri: &mut String, spec: &Spec, input: &dyn Shape) -> Result<(), BoxError> {
    if spec.route.path.is_empty() {
        uri.push('/');
    }
    for segment in spec.route.path {
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
            for index in 0..items.len() {
                self.values(key, &items.item(index).view(), member);
            }
        } else if let Some(text) = text_of(view, member) {
            self.pair(key, &text);
        }
    }
}

fn write_query(uri: &mut String, spec: &Spec, input: &dyn Shape) -> Result<(), BoxError> {
    let schema = input.schema();
    let mut query = Query { uri, separator: '?' };
    for (key, value) in spec.route.query {
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
            Location::QueryParams => write_query_params(&mut query, &view, member, spec, schema)?,
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
    spec: &Spec,
    schema: &Schema,
) -> Result<(), BoxError> {
    let View::Map(entries) = view else { return Ok(()) };
    entries.each(&mut |key, value| {
        let key = key.text();
        let claimed = spec.route.query.iter().any(|(literal, _)| *literal == key)
            || schema.members().any(|other| other.location == Location::Query && other.wire == key);
        if !claimed {
            query.values(key, &value.view(), member);
        }
        Ok(())
    })
}

fn write_headers(request: &mut HttpRequest, input: &dyn Shape) -> Result<(), BoxError> {
    for (index, member) in input.schema().members().enumerate() {
        let member = &member;
        let view = input.member(index).view();
        match (member.location, &view) {
            (Location::Header, View::Absent) if member.required => return Err(missing(member)),
            (Location::Header, View::List(items)) => {
                let texts: Vec<_> = (0..items.len())
                    .map(|index| items.item(index).view())
                    .filter_map(|item| Some(quoted(text_of(&item, member)?, &item)))
                    .collect();
                insert(request, member, member.wire, &texts.join(", "))?;
            }
            (Location::Header, view) => {
                if let Some(text) = text_of(view, member) {
                    let text = match member.media_type {
                        Some(_) => aws_smithy_types::base64::encode(text.as_bytes()).into(),
                        None => text,
                    };
                    insert(request, member, member.wire, &text)?;
                }
            }
            (Location::PrefixHeaders, View::Map(entries)) => {
                entries.each(&mut |key, value| match text_of(&value.view(), member) {
                    Some(text) => insert(request, member, &format!("{}{}", member.wire, key.text()), &text),
                    None => Ok(()),
                })?
            }
            _ => {}
        }
    }
    Ok(())
}

/// Sets a header; empty values are not sent.
fn insert(request: &mut HttpRequest, member: &Member, name: &str, value: &str) -> Result<(), BoxError> {
    if value.is_empty() {
        return Ok(());
    }
    request.headers_mut().try_append(name.to_ascii_lowercase(), value.to_owned()).map_err(|error| {
        let shown = if member.sensitive { REDACTED } else { value };
        BuildError::invalid_field(member.field(), format!("`{shown}` cannot be used as a header value: {error}"))
    })?;
    Ok(())
}

/// The body and its content type; without one, neither content type nor length is sent.
fn write_body(spec: &Spec, input: &dyn Shape) -> Result<(SdkBody, Option<&'static str>), BoxError> {
    let schema = input.schema();
    if let Some(index) = schema.bound_to(Location::Payload) {
        return write_payload(&schema.at(index), input.member(index).view());
    }
    let protocol = spec.service.protocol;
    if protocol != Protocol::RestJson1 || schema.bound_to(Location::Body).is_some() {
        return Ok((SdkBody::from(encode_body(input)?), Some(protocol.content_type())));
    }
    Ok((SdkBody::from(""), None))
}

fn write_payload(member: &Member, view: View<'_>) -> Result<(SdkBody, Option<&'static str>), BoxError> {
    let media_type = member.media_type;
    Ok(match view {
        View::Text(text) => (SdkBody::from(text), Some(media_type.unwrap_or("text/plain"))),
        View::Enum(word) => (SdkBody::from(word.text()), Some(media_type.unwrap_or("text/plain"))),
        View::Blob(bytes) => (SdkBody::from(bytes.as_ref()), Some(media_type.unwrap_or("application/octet-stream"))),
        View::Absent if member.required => (SdkBody::from("{}"), Some("application/json")),
        View::Absent => (SdkBody::from(""), None),
        view => (SdkBody::from(encode_value(&view, member)?), Some("application/json")),
    })
}
