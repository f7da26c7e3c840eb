//! Structures as tables: what the codecs know of an emitted type.
//!
//! Emitted code reads and writes no format. A structure lists its members in a
//! static [`Schema`] and hands each of them out by position; one reader, one
//! writer, the HTTP bindings and `Debug` in this crate do the rest. The tables
//! come from the [`shape!`](macro@crate::shape) macro.

use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::error::metadata::ErrorMetadata;
use aws_smithy_types::error::operation::BuildError;
use aws_smithy_types::{Blob, DateTime, Document};
use std::any::Any;
use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;

use crate::slot::{BigNumber, EnumValue, Slot};

mod complete;
mod copy;
pub(crate) mod debug;
pub mod flag;
mod members;
mod private;
mod same;
mod stream;
mod xml;

pub use complete::complete_shape;
#[cfg(feature = "serde")]
pub(crate) use complete::complete_slot;
pub use copy::clone_shape;
pub use debug::{debug_builder, debug_shape, debug_state, debug_streamed, debug_union};
pub use members::{Drafted, Members, same_members};
pub use private::Private;
#[cfg(feature = "client")]
pub(crate) use private::keep_request_id;
pub use same::{same_shape, same_value};
pub use stream::Streamed;
#[cfg(any(feature = "json", feature = "cbor", feature = "xml"))]
pub(crate) use stream::bytes_of;
pub use xml::{Namespace, Xml, XmlSchema};

/// What `Debug` prints in place of a sensitive member (`smithy.api#sensitive`).
pub const REDACTED: &str = "*** Sensitive Data Redacted ***";

/// Where a member travels in an HTTP message (the `smithy.api#http*` traits).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// A member of the body.
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

impl TimestampFormat {
    /// The format that the [`flag`]s of a member say.
    pub(crate) fn of(flags: u16) -> Self {
        match flags & (flag::DATE_TIME | flag::HTTP_DATE) {
            flag::DATE_TIME => Self::DateTime,
            flag::HTTP_DATE => Self::HttpDate,
            _ => Self::EpochSeconds,
        }
    }
}

/// One member of a [`Schema`], as the codecs see it.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// Names of all fields of its structure.
    pub(crate) fields: &'static str,
    /// Its position among them.
    pub(crate) index: usize,
    /// The bits of its row, see [`flag`].
    pub flags: u16,
    /// Name on the wire: that in the body, header name, header prefix or query key.
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
    /// The account of the credentials is sent for it when the caller gives none.
    pub own_account: bool,
    /// What its text or bytes are (`smithy.api#mediaType`).
    pub media_type: Option<&'static str>,
    /// What XML has to know of it beside its name.
    #[cfg(feature = "xml")]
    pub xml: Option<&'static Xml>,
}

impl Member {
    /// What is known of a value that is no member of anything, such as a whole body.
    pub const NONE: Self = Self {
        fields: "",
        index: 0,
        flags: 0,
        wire: "",
        location: Location::Body,
        format: TimestampFormat::DateTime,
        sensitive: false,
        idempotency_token: false,
        required: false,
        own_account: false,
        media_type: None,
        #[cfg(feature = "xml")]
        xml: None,
    };

    /// Name of the Rust field.
    pub fn field(&self) -> &'static str {
        field_names(self.fields).nth(self.index).unwrap_or_default()
    }
}

/// The names of fields in a text that has them apart, without the `r#` of raw identifiers.
fn field_names(fields: &'static str) -> impl Iterator<Item = &'static str> {
    fields.split_whitespace().map(|field| field.strip_prefix("r#").unwrap_or(field))
}

/// One row of a table: the name on the wire, and the [`flag`]s of the member.
pub type Row = (&'static str, u16);

/// What the codecs know of a structure.
#[derive(Debug)]
pub struct Schema {
    /// Name of the Rust type.
    pub name: &'static str,
    /// Names of its fields, apart by spaces: only people read them, so that they are not worth a row each.
    pub fields: &'static str,
    /// Its members in the order of its fields.
    pub rows: &'static [Row],
    /// Names in the model of members that are called otherwise on the wire, as headers are, by position.
    pub names: &'static [(usize, &'static str)],
    /// The private field that follows the members, at the next position.
    pub private: Private,
    /// Media types of members that have one, by position.
    pub media_types: &'static [(usize, &'static str)],
    /// What XML and forms have to know beside the rows; nothing where bodies are neither.
    pub xml: Option<&'static XmlSchema>,
}

impl Schema {
    /// The member at a position.
    ///
    /// # Panics
    /// When the position is not one of the table.
    pub fn at(&self, index: usize) -> Member {
        let (wire, flags) = self.rows[index];
        let location = match flags & flag::LOCATION {
            flag::HEADER => Location::Header,
            flag::PREFIX_HEADERS => Location::PrefixHeaders,
            flag::QUERY => Location::Query,
            flag::QUERY_PARAMS => Location::QueryParams,
            flag::LABEL => Location::Label,
            flag::PAYLOAD => Location::Payload,
            flag::STATUS => Location::Status,
            _ => Location::Body,
        };
        let has = |bit: u16| flags & bit != 0;
        Member {
            fields: self.fields,
            index,
            flags,
            wire,
            location,
            format: TimestampFormat::of(flags),
            sensitive: has(flag::SENSITIVE),
            idempotency_token: has(flag::IDEMPOTENCY_TOKEN),
            required: has(flag::REQUIRED),
            own_account: has(flag::OWN_ACCOUNT),
            media_type: self
                .media_types
                .iter()
                .find(|(position, _)| *position == index)
                .map(|(_, media_type)| *media_type),
            #[cfg(feature = "xml")]
            xml: self.xml.and_then(|xml| xml.member(index)),
        }
    }

    /// How many positions there are: those of the members, and that of the private field behind them.
    pub(crate) fn places(&self) -> usize {
        self.rows.len() + usize::from(self.private.field().is_some())
    }

    /// Names of the fields in order.
    pub fn field_names(&self) -> impl Iterator<Item = &'static str> {
        field_names(self.fields)
    }

    /// All members in order.
    pub fn members(&self) -> impl Iterator<Item = Member> + '_ {
        (0..self.rows.len()).map(|index| self.at(index))
    }

    /// Position of the body member called `wire`. Services send members in model
    /// order, so the search begins at `expected`, the position after the last hit.
    pub fn position(&self, wire: &str, expected: usize) -> Option<usize> {
        let found = |index: &usize| {
            let (name, flags) = self.rows[*index];
            name == wire && flags & flag::LOCATION == 0
        };
        (expected..self.rows.len()).chain(0..expected.min(self.rows.len())).find(found)
    }

    /// Name of the member at a position wherever it does not matter how it travels: the
    /// key of the body, or for a member that stands elsewhere its name in the model.
    ///
    /// # Panics
    /// When the position is not one of the table.
    pub fn member_name(&self, index: usize) -> &'static str {
        let named = self.names.iter().find(|(position, _)| *position == index);
        named.map_or(self.rows[index].0, |(_, name)| name)
    }

    /// Position of the member with this [`member_name`](Self::member_name); the search
    /// begins at `expected`, the position after the last hit.
    pub fn position_of_member(&self, name: &str, expected: usize) -> Option<usize> {
        let found = |index: &usize| self.member_name(*index) == name;
        (expected..self.rows.len()).chain(0..expected.min(self.rows.len())).find(found)
    }

    /// Position of the first member that travels at `location`.
    pub fn bound_to(&self, location: Location) -> Option<usize> {
        self.members().position(|member| member.location == location)
    }
}

/// A structure whose table is known where its type is: what constants are made of.
pub trait Table: Shape + Sized {
    /// The members.
    const SCHEMA: &'static Schema;
}

/// A recursive member is boxed; the box is transparent to the wire.
impl<T: Shape> Shape for Box<T> {
    fn schema(&self) -> &'static Schema {
        T::schema(self)
    }

    fn member(&self, index: usize) -> &dyn Value {
        T::member(self, index)
    }

    fn member_mut(&mut self, index: usize) -> &mut dyn Value {
        T::member_mut(self, index)
    }

    fn empty() -> Self {
        Self::new(Shape::empty())
    }
}

/// A structure or an exception of the service.
pub trait Shape: fmt::Debug + Send + Sync + 'static {
    /// Its table.
    fn schema(&self) -> &'static Schema;

    /// The member at a position of its schema.
    ///
    /// # Panics
    /// When the position is not one of the table.
    fn member(&self, index: usize) -> &dyn Value;

    /// The member at a position of its schema, to be filled.
    ///
    /// # Panics
    /// When the position is not one of the table.
    fn member_mut(&mut self, index: usize) -> &mut dyn Value;

    /// It with nothing in it: what a response without any member becomes.
    fn empty() -> Self
    where
        Self: Sized;
}

#[cfg(any(feature = "endpoint-discovery", feature = "session-auth"))]
impl dyn Shape + '_ {
    /// What it holds for the member of this name in the model; nothing where there is none.
    pub(crate) fn view_of(&self, name: &str) -> View<'_> {
        self.schema().position_of_member(name, 0).map_or(View::Absent, |index| self.member(index).view())
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
///
/// It shows itself as a [`View`] and lets itself be filled as a [`Slot`]; who reads, writes, compares or prints it
/// does so without its type.
pub trait Value: Reset + Send + Sync {
    /// The value as an absent required member of a response appears: empty
    /// text, zero, no elements, an enum's "no value was set".
    fn empty() -> Self
    where
        Self: Sized;

    /// What it holds, for whoever writes it.
    fn view(&self) -> View<'_>;

    /// Opens it to be filled: there even if it is optional, and with nothing in it.
    fn slot(&mut self) -> Slot<'_>;

    /// Whether null is one of its values, as of the elements of a sparse list.
    fn nullable(&self) -> bool {
        false
    }
}

/// What [`Value::empty`] makes of a value that is there already: each has it, whatever its type.
pub trait Reset {
    /// Makes it empty again.
    fn reset(&mut self);
}

impl<T: Value> Reset for T {
    fn reset(&mut self) {
        *self = T::empty();
    }
}

/// A value, opened for reading.
#[derive(Clone, Copy)]
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
    /// `bigInteger` and `bigDecimal`.
    BigNumber(&'a dyn BigNumber),
    /// `string`.
    Text(&'a str),
    /// `enum`.
    Enum(&'a dyn EnumValue),
    /// `timestamp`.
    Timestamp(&'a DateTime),
    /// `blob`.
    Blob(&'a Blob),
    /// `blob` with `smithy.api#streaming`: the whole of a body.
    Stream(&'a ByteStream),
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
    /// What is known of an error: the private field of an exception, which is no member and never on the wire.
    Metadata(&'a ErrorMetadata),
}

/// The elements of a list.
pub trait Items {
    /// How many there are.
    fn count(&self) -> usize;

    /// One of them.
    ///
    /// # Panics
    /// When the list is shorter.
    fn item(&self, index: usize) -> &dyn Value;
}

/// The key of a map: a text, or a string enum, which keeps a value that it does not know.
pub trait Key: fmt::Debug + AsRef<str> + for<'a> From<&'a str> + Clone + Eq + Hash + Send + Sync + 'static {}

impl<K: fmt::Debug + AsRef<str> + for<'a> From<&'a str> + Clone + Eq + Hash + Send + Sync + 'static> Key for K {}

/// The entries of a map.
pub trait Entries {
    /// Shows each entry once, in the map's own order.
    ///
    /// # Errors
    /// The first error that `show` returns.
    fn each<'a>(
        &'a self,
        show: &mut dyn FnMut(&'a dyn EnumValue, &'a dyn Value) -> Result<(), crate::BoxError>,
    ) -> Result<(), crate::BoxError>;

    /// How many there are.
    fn count(&self) -> usize;

    /// The value under a key.
    fn entry(&self, key: &str) -> Option<&dyn Value>;

    /// A copy, for [`Assignments::replace`](crate::slot::Assignments::replace): it has the map's own order, which
    /// entries that are added one by one need not have.
    fn copy(&self) -> Box<dyn Any>;
}

/// What a builder holds for a text.
#[inline]
pub fn text(value: impl Into<String>) -> Option<String> {
    Some(value.into())
}

/// Appends an element to what a builder holds for a list.
#[inline]
pub fn push<T>(list: &mut Option<Vec<T>>, element: T) {
    list.get_or_insert_default().push(element);
}

/// Appends a text to what a builder holds for a list of texts.
#[inline]
pub fn push_text(list: &mut Option<Vec<String>>, element: impl Into<String>) {
    push(list, element.into());
}

/// Adds an entry to what a builder holds for a map.
#[inline]
pub fn insert<K: Eq + Hash, T>(map: &mut Option<HashMap<K, T>>, key: impl Into<K>, value: T) {
    map.get_or_insert_default().insert(key.into(), value);
}

/// Adds an entry to what a builder holds for a map of texts.
#[inline]
pub fn insert_text<K: Eq + Hash>(map: &mut Option<HashMap<K, String>>, key: impl Into<K>, value: impl Into<String>) {
    insert(map, key, value.into());
}

/// A required member of a builder.
///
/// # Errors
/// One that names the field, with these details, when it is not set.
pub fn required<T>(member: Option<T>, field: &'static str, details: &'static str) -> Result<T, BuildError> {
    member.ok_or_else(|| BuildError::missing_field(field, details))
}

/// Where a position is not one of a schema.
///
/// # Panics
/// Always: the position comes from the schema itself.
#[cold]
pub fn no_such_member(index: usize) -> ! {
    panic!("a schema has no member at position {index}")
}
