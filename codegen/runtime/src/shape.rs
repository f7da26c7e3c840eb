//! Structures as tables: what the codecs know of an emitted type.
//!
//! Emitted code does not read or write JSON. A structure lists its members in a
//! static [`Schema`] and hands each of them out by position; one reader, one
//! writer, the HTTP bindings and `Debug` in this crate do the rest. The tables
//! come from the [`shape!`](macro@crate::shape) macro.

use aws_smithy_types::{Blob, DateTime, Document};
use std::any::Any;
use std::fmt;

use crate::json::read::{JsonReader, ReadError};

/// What `Debug` prints in place of a sensitive member (`smithy.api#sensitive`).
pub const REDACTED: &str = "*** Sensitive Data Redacted ***";

/// Where a member travels in an HTTP message (the `smithy.api#http*` traits).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// A key of the JSON body.
    Body,
    /// A header.
    Header,
    /// Every header with a prefix, as a map.
    PrefixHeaders,
    /// A query parameter.
    Query,
    /// Every query parameter that no other member claims, as a map.
    QueryParams,
    /// A part of the path.
    Label,
    /// The whole body.
    Payload,
    /// The status code of the response.
    Status,
}

/// How a timestamp is written (`smithy.api#timestampFormat`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimestampFormat {
    /// RFC 3339, for instance `2026-11-17T08:30:00Z`.
    DateTime,
    /// IMF-fixdate of RFC 7231, for instance `Tue, 17 Nov 2026 08:30:00 GMT`.
    HttpDate,
    /// Seconds since 1970, with decimals where needed.
    EpochSeconds,
}

/// One row of a [`Schema`].
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// Name of the Rust field.
    pub field: &'static str,
    /// Name on the wire: JSON key, header name, header prefix or query key.
    pub wire: &'static str,
    /// Where it travels.
    pub location: Location,
    /// How its timestamps are written; irrelevant for other types.
    pub format: TimestampFormat,
    /// `Debug` must not show it.
    pub sensitive: bool,
    /// A token is made for it when the caller gives none (`smithy.api#idempotencyToken`).
    pub idempotency_token: bool,
    /// A request cannot be sent without it (query parameters, headers, payloads); a
    /// response without it gets an empty structure.
    pub required: bool,
    /// What its text or bytes are (`smithy.api#mediaType`).
    pub media_type: Option<&'static str>,
    /// Its default is zero or false, which is not sent.
    pub zero_default: bool,
}

impl Member {
    /// A body member; the other functions turn it into something else.
    pub const fn new(field: &'static str, wire: &'static str) -> Self {
        Self {
            field: unescaped(field),
            wire,
            location: Location::Body,
            format: TimestampFormat::EpochSeconds,
            sensitive: false,
            idempotency_token: false,
            required: false,
            media_type: None,
            zero_default: false,
        }
    }

    const fn at(mut self, location: Location) -> Self {
        self.location = location;
        self
    }

    /// Bound to the header called `wire`; its timestamps default to HTTP dates.
    pub const fn header(mut self) -> Self {
        self.format = TimestampFormat::HttpDate;
        self.at(Location::Header)
    }

    /// Bound to all headers that begin with `wire`.
    pub const fn prefix_headers(self) -> Self {
        self.at(Location::PrefixHeaders)
    }

    /// Bound to the query parameter `wire`; its timestamps default to RFC 3339.
    pub const fn query(mut self) -> Self {
        self.format = TimestampFormat::DateTime;
        self.at(Location::Query)
    }

    /// Bound to all query parameters.
    pub const fn query_params(self) -> Self {
        self.at(Location::QueryParams)
    }

    /// Bound to a label of the path; its timestamps default to RFC 3339.
    pub const fn label(mut self) -> Self {
        self.format = TimestampFormat::DateTime;
        self.at(Location::Label)
    }

    /// Bound to the whole body.
    pub const fn payload(self) -> Self {
        self.at(Location::Payload)
    }

    /// Bound to the status code.
    pub const fn status(self) -> Self {
        self.at(Location::Status)
    }

    /// Timestamps are RFC 3339 text.
    pub const fn date_time(mut self) -> Self {
        self.format = TimestampFormat::DateTime;
        self
    }

    /// Timestamps are HTTP dates.
    pub const fn http_date(mut self) -> Self {
        self.format = TimestampFormat::HttpDate;
        self
    }

    /// Timestamps are seconds since 1970.
    pub const fn epoch_seconds(mut self) -> Self {
        self.format = TimestampFormat::EpochSeconds;
        self
    }

    /// `Debug` prints [`REDACTED`] instead of the value.
    pub const fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }

    /// Filled from the token provider when absent.
    pub const fn idempotency_token(mut self) -> Self {
        self.idempotency_token = true;
        self
    }

    /// Must be there: a call without it fails before anything is sent, a response without it is completed.
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Text or bytes of this media type: base64 in a header, the content type of a payload.
    pub const fn media_type(mut self, media_type: &'static str) -> Self {
        self.media_type = Some(media_type);
        self
    }

    /// Not sent when it is zero or false, its default.
    pub const fn zero_default(mut self) -> Self {
        self.zero_default = true;
        self
    }
}

/// The name of a field without the `r#` of a raw identifier.
const fn unescaped(field: &'static str) -> &'static str {
    match field.as_bytes() {
        [b'r', b'#', ..] => field.split_at(2).1,
        _ => field,
    }
}

/// What the codecs know of a structure.
#[derive(Debug)]
pub struct Schema {
    /// Name of the Rust type.
    pub name: &'static str,
    /// Its members in the order of its fields.
    pub members: &'static [Member],
}

impl Schema {
    /// Position of the body member called `wire`. Services send members in model
    /// order, so the search begins at `expected`, the position after the last hit.
    pub fn position(&self, wire: &str, expected: usize) -> Option<usize> {
        let found = |index: &usize| {
            let member = &self.members[*index];
            member.wire == wire && member.location == Location::Body
        };
        (expected..self.members.len()).chain(0..expected.min(self.members.len())).find(found)
    }

    /// Whether any member travels at `location`.
    pub fn has(&self, location: Location) -> bool {
        self.members.iter().any(|member| member.location == location)
    }
}

/// A structure or an exception of the service.
pub trait Shape: fmt::Debug + Send + Sync + 'static {
    /// Its table.
    fn schema(&self) -> &'static Schema;

    /// The member at a position of [`Schema::members`].
    ///
    /// # Panics
    /// When the position is not one of the table.
    fn member(&self, index: usize) -> &dyn Value;

    /// The member at a position of [`Schema::members`], to be filled.
    ///
    /// # Panics
    /// When the position is not one of the table.
    fn member_mut(&mut self, index: usize) -> &mut dyn Value;

    /// It with nothing in it: what a response without any member becomes.
    fn empty() -> Self
    where
        Self: Sized;

    /// A private field that `Debug` shows after the members: the request id of
    /// an output, the metadata of an exception.
    fn trailer(&self) -> Option<(&'static str, &dyn Trailer)> {
        None
    }
}

/// A private field behind the members.
pub trait Trailer: fmt::Debug {
    /// Whether it equals that of another structure of the same type.
    fn same(&self, other: &dyn Trailer) -> bool;

    /// Itself, for [`same`](Self::same).
    fn as_any(&self) -> &dyn Any;
}

impl<T: fmt::Debug + PartialEq + 'static> Trailer for T {
    fn same(&self, other: &dyn Trailer) -> bool {
        other.as_any().downcast_ref::<T>() == Some(self)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A union: at most one member is set.
pub trait Union: fmt::Debug + Send + Sync + 'static {
    /// The tags; `field` is the Rust variant.
    fn schema(&self) -> &'static Schema;

    /// Position of the variant that is set and its value; `None` for a variant
    /// that this version of the client does not know.
    fn variant(&self) -> Option<(usize, &dyn Value)>;

    /// Makes this the variant at a position, with an empty value, to be filled.
    ///
    /// # Panics
    /// When the position is not one of the table.
    fn select(&mut self, index: usize) -> &mut dyn Value;
}

/// The type of a member: everything that can stand in a message.
pub trait Value: fmt::Debug + Send + Sync {
    /// The value as an absent required member of a response appears: empty
    /// text, zero, no elements, an enum's "no value was set".
    fn empty() -> Self
    where
        Self: Sized;

    /// What it holds, for whoever writes it.
    fn view(&self) -> View<'_>;

    /// Replaces it by the next JSON value, which is not null.
    ///
    /// # Errors
    /// When the JSON is malformed or of another type.
    fn read(&mut self, reader: &mut JsonReader<'_>, member: &Member) -> Result<(), ReadError>;

    /// Replaces it by the text of a header.
    ///
    /// # Errors
    /// When the text does not parse, or the type cannot stand in a header.
    fn read_text(&mut self, _text: &str, _member: &Member) -> Result<(), ReadError> {
        Err(ReadError::mismatch("a type that a header can carry"))
    }

    /// Adds an entry whose value is the text of a header (`smithy.api#httpPrefixHeaders`).
    ///
    /// # Errors
    /// When the text does not parse, or the type is not a map.
    fn read_entry(&mut self, _key: &str, _text: &str, _member: &Member) -> Result<(), ReadError> {
        Err(ReadError::mismatch("a map"))
    }

    /// Replaces it by the bytes of a payload; false where the payload is JSON.
    ///
    /// # Errors
    /// When text is not UTF-8.
    fn read_bytes(&mut self, _bytes: &[u8]) -> Result<bool, ReadError> {
        Ok(false)
    }

    /// Puts an empty structure where a required one is absent, at any depth.
    fn complete(&mut self) {}

    /// Whether null is one of its values, as in the elements of a sparse list.
    fn nullable() -> bool
    where
        Self: Sized,
    {
        false
    }
}

/// A value, opened for reading.
pub enum View<'a> {
    /// Nothing: an optional member that is not set.
    Absent,
    /// `boolean`.
    Boolean(bool),
    /// `byte`, `short`, `integer`, `long` and `intEnum`.
    Integer(i64),
    /// `float`.
    Float(f32),
    /// `double`.
    Double(f64),
    /// `string`.
    Text(&'a str),
    /// `enum`.
    Enum(&'a str),
    /// `timestamp`.
    Timestamp(&'a DateTime),
    /// `blob`.
    Blob(&'a Blob),
    /// `document`.
    Document(&'a Document),
    /// `list`.
    List(&'a dyn Items),
    /// `map`.
    Map(&'a dyn Entries),
    /// `structure`.
    Structure(&'a dyn Shape),
    /// `union`.
    Union(&'a dyn Union),
}

/// The elements of a list.
pub trait Items {
    /// How many there are.
    fn len(&self) -> usize;

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One of them.
    ///
    /// # Panics
    /// When the list is shorter.
    fn item(&self, index: usize) -> View<'_>;
}

/// The entries of a map.
pub trait Entries {
    /// Shows each entry once, in the map's own order.
    ///
    /// # Errors
    /// The first error that `show` returns.
    fn each<'a>(
        &'a self,
        show: &mut dyn FnMut(&'a str, View<'a>) -> Result<(), crate::BoxError>,
    ) -> Result<(), crate::BoxError>;

    /// How many there are.
    fn len(&self) -> usize;

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value under a key.
    fn entry(&self, key: &str) -> Option<View<'_>>;
}

/// `Debug` of every emitted structure: fields by name, sensitive ones redacted.
///
/// # Errors
/// Those of the formatter.
pub fn debug_shape(name: &str, shape: &dyn Shape, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut formatter = f.debug_struct(name);
    for (index, member) in shape.schema().members.iter().enumerate() {
        if member.sensitive {
            formatter.field(member.field, &REDACTED);
        } else {
            formatter.field(member.field, &shape.member(index));
        }
    }
    if let Some((field, value)) = shape.trailer() {
        formatter.field(field, &value);
    }
    formatter.finish()
}

/// Equality of two structures of one type: every member, and what stands behind them.
pub fn same_shape(one: &dyn Shape, other: &dyn Shape) -> bool {
    let members = 0..one.schema().members.len();
    members.into_iter().all(|index| same_view(&one.member(index).view(), &other.member(index).view()))
        && match (one.trailer(), other.trailer()) {
            (Some((_, one)), Some((_, other))) => one.same(other),
            _ => true,
        }
}

/// Equality of two values of one type; as for floats in general, NaN equals nothing.
pub fn same_view(one: &View<'_>, other: &View<'_>) -> bool {
    match (one, other) {
        (View::Absent, View::Absent) => true,
        (View::Boolean(one), View::Boolean(other)) => one == other,
        (View::Integer(one), View::Integer(other)) => one == other,
        (View::Float(one), View::Float(other)) => one == other,
        (View::Double(one), View::Double(other)) => one == other,
        (View::Text(one), View::Text(other)) | (View::Enum(one), View::Enum(other)) => one == other,
        (View::Timestamp(one), View::Timestamp(other)) => one == other,
        (View::Blob(one), View::Blob(other)) => one == other,
        (View::Document(one), View::Document(other)) => one == other,
        (View::Structure(one), View::Structure(other)) => same_shape(*one, *other),
        (View::List(one), View::List(other)) => {
            one.len() == other.len() && (0..one.len()).all(|index| same_view(&one.item(index), &other.item(index)))
        }
        (View::Map(one), View::Map(other)) => {
            let same = |key: &str, value: View<'_>| other.entry(key).is_some_and(|other| same_view(&value, &other));
            let mut all = one.len() == other.len();
            let walked = one.each(&mut |key, value| {
                all &= same(key, value);
                Ok(())
            });
            all && walked.is_ok()
        }
        (View::Union(one), View::Union(other)) => match (one.variant(), other.variant()) {
            (Some((one, value)), Some((other, other_value))) => {
                one == other && same_view(&value.view(), &other_value.view())
            }
            (None, None) => true,
            _ => false,
        },
        _ => false,
    }
}

/// `Debug` of a builder: the optional values that it holds, under the names of
/// the members of what it builds.
///
/// # Errors
/// Those of the formatter.
pub fn debug_builder(
    name: &str,
    shape: &dyn Shape,
    values: &[&dyn fmt::Debug],
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let mut formatter = f.debug_struct(name);
    let trailer = shape.trailer().map(|(field, _)| (field, false));
    let fields = shape.schema().members.iter().map(|member| (member.field, member.sensitive)).chain(trailer);
    for ((field, sensitive), value) in fields.zip(values) {
        formatter.field(field, if sensitive { &REDACTED } else { value });
    }
    formatter.finish()
}

/// `Debug` of a union: the variant and its value, redacted where sensitive.
///
/// # Errors
/// Those of the formatter.
pub fn debug_union(union: &dyn Union, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Some((index, value)) = union.variant() else { return f.write_str("Unknown") };
    let member = &union.schema().members[index];
    let mut formatter = f.debug_tuple(member.field);
    if member.sensitive {
        formatter.field(&REDACTED)
    } else {
        formatter.field(&value)
    };
    formatter.finish()
}

/// Where a position is not one of a schema.
///
/// # Panics
/// Always: the position comes from the schema itself.
#[cold]
pub fn no_such_member(index: usize) -> ! {
    panic!("a schema has no member at position {index}")
}
