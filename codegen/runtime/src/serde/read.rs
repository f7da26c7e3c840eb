//! Fills a value from any format, as its table says.

use ::serde::Deserializer;
use ::serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use aws_smithy_types::{Document, Number};
use std::collections::HashMap;
use std::fmt;

use super::path::{Path, unknown_member};
use super::put::{Filled, Refusal};
use crate::format::{DecodeError, MAX_DEPTH, number};
use crate::shape::{Location, Member, REDACTED, Schema, Shape, Union, Value, View, complete_slot, flag};
use crate::slot::{Assignments, Elements, Slot};

/// Fills a value as a whole.
pub(super) fn fill<'de, D: Deserializer<'de>>(deserializer: D, value: &mut dyn Value) -> Result<(), D::Error> {
    let place = Place { target: Target::Value(value), member: &Member::NONE, path: Path::ROOT };
    place.open().read(deserializer).map(|_| ())
}

/// Fills a structure as a whole; members that it does not have, or that something in it does not, are errors.
#[cfg(feature = "client")]
pub(super) fn fill_known<'de, D: Deserializer<'de>>(deserializer: D, shape: &mut dyn Shape) -> Result<(), D::Error> {
    let target = Target::Slot(Slot::Structure(shape));
    Place { target, member: &Member::NONE, path: Path::STRICT_ROOT }.read(deserializer).map(|_| ())
}

/// What is to be filled, opened as late as possible: an optional value that is
/// null, and a variant of a union that is, must stay untouched.
enum Target<'a> {
    Value(&'a mut dyn Value),
    Variant(&'a mut dyn Union, usize),
    Slot(Slot<'a>),
}

/// A place in a value.
struct Place<'a> {
    target: Target<'a>,
    member: &'a Member,
    path: Path<'a>,
}

impl<'a> Place<'a> {
    fn slot(self) -> (Slot<'a>, &'a Member, Path<'a>) {
        let slot = match self.target {
            Target::Value(value) => value.slot(),
            Target::Variant(union, index) => union.select(index).slot(),
            Target::Slot(slot) => slot,
        };
        (slot, self.member, self.path)
    }

    fn open(self) -> Self {
        let (slot, member, path) = self.slot();
        Self { target: Target::Slot(slot), member, path }
    }

    /// Reads a value that is not null.
    fn read<'de, D: Deserializer<'de>>(self, deserializer: D) -> Result<Filled, D::Error> {
        // With the hint, formats such as YAML read `user: 123` as text. Elsewhere a hint would let the
        // format judge what it finds, and quote it in its message.
        match &self.target {
            Target::Slot(Slot::Text(_) | Slot::Enum(_)) if !self.member.sensitive => {
                deserializer.deserialize_str(Content(self))
            }
            _ => deserializer.deserialize_any(Content(self)),
        }
    }
}

/// A value that may be null.
impl<'de> DeserializeSeed<'de> for Place<'_> {
    type Value = Filled;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Filled, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for Place<'_> {
    type Value = Filled;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a value for `{}`", self.path)
    }

    fn visit_unit<E: Error>(self) -> Result<Filled, E> {
        Ok(Filled::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Filled, E> {
        Ok(Filled::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Filled, D::Error> {
        // What is sensitive is opened only when it is not the redaction text that stands there.
        if self.member.sensitive { self.read(deserializer) } else { self.open().read(deserializer) }
    }
}

/// A value that is not null.
struct Content<'a>(Place<'a>);

impl Content<'_> {
    fn put<E: Error>(
        self,
        found: &str,
        put: impl FnOnce(Slot<'_>, &Member) -> Result<(), Refusal>,
    ) -> Result<Filled, E> {
        let (slot, member, path) = self.0.slot();
        put(slot, member).map_err(|expected| mismatch(path, expected, found))?;
        Ok(Filled::Value)
    }
}

impl<'de> Visitor<'de> for Content<'_> {
    type Value = Filled;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.target {
            Target::Slot(slot) => write!(f, "{} for `{}`", slot.expected(self.0.member), self.0.path),
            _ => write!(f, "a value for `{}`", self.0.path),
        }
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Filled, E> {
        self.put("a boolean", |slot, member| slot.put_boolean(value, member))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Filled, E> {
        self.put("an integer", |slot, member| slot.put_integer(value, member))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Filled, E> {
        self.put("an integer", |slot, member| slot.put_unsigned(value, member))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Filled, E> {
        self.put("a number", |slot, member| slot.put_double(value, member))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Filled, E> {
        if self.0.member.sensitive && text == REDACTED {
            return Ok(Filled::Null);
        }
        self.put("a string", |slot, member| slot.put_text(text, member))
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Filled, E> {
        self.put("bytes", |slot, member| slot.put_bytes(bytes, member))
    }

    fn visit_unit<E: Error>(self) -> Result<Filled, E> {
        let (slot, member, path) = self.0.slot();
        Err(mismatch(path, slot.expected(member), "null"))
    }

    fn visit_none<E: Error>(self) -> Result<Filled, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Filled, D::Error> {
        self.0.read(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Filled, D::Error> {
        self.0.read(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, elements: A) -> Result<Filled, A::Error> {
        let (slot, member, path) = self.0.slot();
        check_depth(path)?;
        match slot {
            Slot::List(list) => read_list(list, member, path, elements)?,
            Slot::Document(place) => *place = AnyContent(path).visit_seq(elements)?,
            other => return Err(mismatch(path, other.expected(member), "an array")),
        }
        Ok(Filled::Value)
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Filled, A::Error> {
        let (slot, member, path) = self.0.slot();
        check_depth(path)?;
        match slot {
            Slot::Structure(shape) => read_structure(shape, path, entries)?,
            Slot::Union(union) => read_union(union, path, entries)?,
            Slot::Map(map) => read_map(map, member, path, entries)?,
            Slot::Document(place) => *place = AnyContent(path).visit_map(entries)?,
            other => read_number(other, member, path, entries)?,
        }
        Ok(Filled::Value)
    }
}

/// With its feature `arbitrary_precision`, which any crate of a program may turn on for all, `serde_json`
/// has the text of a number under this key where other formats have the number. So has our own reader, where a double
/// would not have all digits.
pub(super) const NUMBER: &str = "$serde_json::private::Number";

fn read_number<'de, A: MapAccess<'de>>(
    slot: Slot<'_>,
    member: &Member,
    path: Path<'_>,
    mut entries: A,
) -> Result<(), A::Error> {
    let expected = slot.expected(member);
    if entries.next_key::<String>()?.as_deref() != Some(NUMBER) {
        return Err(mismatch(path, expected, "an object"));
    }
    let text = entries.next_value::<String>()?;
    let put = match slot {
        Slot::BigNumber(_) => slot.put_text(&text, member),
        slot => match finite(&text)? {
            Number::PosInt(value) => slot.put_unsigned(value, member),
            Number::NegInt(value) => slot.put_integer(value, member),
            Number::Float(value) => slot.put_double(value, member),
        },
    };
    put.map_err(|expected| mismatch(path, expected, "a number"))
}

/// The number that a text is, if some type holds it; one that none holds is as little a value as NaN.
fn finite<E: Error>(text: &str) -> Result<Number, E> {
    match number(text).map_err(E::custom)? {
        Number::Float(value) if !value.is_finite() => {
            Err(E::custom(DecodeError::mismatch("a number in the range of a double")))
        }
        number => Ok(number),
    }
}

fn read_structure<'de, A: MapAccess<'de>>(
    shape: &mut dyn Shape,
    path: Path<'_>,
    mut entries: A,
) -> Result<(), A::Error> {
    let schema = shape.schema();
    let mut expected = 0;
    while let Some(index) = entries.next_key_seed(Key { schema, expected, path })? {
        let Some(index) = index else {
            entries.next_value::<IgnoredAny>()?;
            continue;
        };
        expected = index + 1;
        let target = Target::Value(shape.member_mut(index));
        let path = path.member(schema.member_name(index));
        let filled = entries.next_value_seed(Place { target, member: &schema.at(index), path })?;
        if filled == Filled::Null && schema.rows[index].1 & flag::DEFAULT == 0 {
            shape.member_mut(index).reset();
        }
    }
    complete(shape);
    Ok(())
}

/// As in a response, what is required and missing becomes empty. That holds for the body
/// alone: a request must not be sent with an empty header or query parameter in its place.
fn complete(shape: &mut dyn Shape) {
    for (index, member) in shape.schema().members().enumerate() {
        let required = member.required && member.location == Location::Body;
        if required && matches!(shape.member(index).view(), View::Absent) {
            complete_slot(shape.member_mut(index).slot());
        }
    }
}

fn read_union<'de, A: MapAccess<'de>>(union: &mut dyn Union, path: Path<'_>, mut entries: A) -> Result<(), A::Error> {
    let schema = union.schema();
    let mut found = false;
    while let Some(index) = entries.next_key_seed(Key { schema, expected: 0, path })? {
        let Some(index) = index else {
            entries.next_value::<IgnoredAny>()?;
            continue;
        };
        let target = Target::Variant(&mut *union, index);
        let place = Place { target, member: &schema.at(index), path: path.member(schema.member_name(index)) };
        let filled = entries.next_value_seed(place)?;
        if filled == Filled::Value && std::mem::replace(&mut found, true) {
            return Err(mismatch(path, "a union with one member", "several"));
        }
    }
    Ok(())
}

fn read_list<'de, A: SeqAccess<'de>>(
    list: &mut dyn Elements,
    member: &Member,
    path: Path<'_>,
    mut elements: A,
) -> Result<(), A::Error> {
    for index in 0.. {
        let element = list.append();
        let nullable = element.nullable();
        let seed = Place { target: Target::Value(element), member, path: path.element(index) };
        let read = elements.next_element_seed(seed)?;
        if !kept(read, nullable) {
            list.withdraw();
        }
        if read.is_none() {
            break;
        }
    }
    Ok(())
}

fn read_map<'de, A: MapAccess<'de>>(
    map: &mut dyn Assignments,
    member: &Member,
    path: Path<'_>,
    mut entries: A,
) -> Result<(), A::Error> {
    while let Some(key) = entries.next_key::<String>()? {
        let target = Target::Value(map.assign(&key));
        let read = entries.next_value_seed(Place { target, member, path: path.entry(&key, member.sensitive) })?;
        if !kept(Some(read), map.nullable()) {
            map.withdraw(&key);
        }
    }
    Ok(())
}

/// Whether what was read for an element or an entry makes it one.
fn kept(read: Option<Filled>, nullable: bool) -> bool {
    match read {
        Some(Filled::Value) => true,
        Some(Filled::Null) => nullable,
        None => false,
    }
}

/// Finds a member by its name, borrowed or not.
struct Key<'a> {
    schema: &'static Schema,
    expected: usize,
    path: Path<'a>,
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<'de> Visitor<'de> for Key<'_> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the name of a member of `{}`", self.path)
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        match self.schema.position_of_member(name, self.expected) {
            None if self.path.strict => Err(E::custom(unknown_member(self.path, name, self.schema))),
            found => Ok(found),
        }
    }
}

/// A document.
#[derive(Clone, Copy)]
struct AnyContent<'a>(Path<'a>);

impl<'de> DeserializeSeed<'de> for AnyContent<'_> {
    type Value = Document;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Document, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for AnyContent<'_> {
    type Value = Document;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "any value for `{}`", self.0)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Document, E> {
        Ok(Document::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Document, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Document, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Document, E> {
        Ok(value.into())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Document, E> {
        Ok(Document::String(value.to_owned()))
    }

    fn visit_unit<E: Error>(self) -> Result<Document, E> {
        Ok(Document::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Document, E> {
        Ok(Document::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Document, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Document, A::Error> {
        check_depth(self.0)?;
        let mut array = Vec::new();
        while let Some(element) = elements.next_element_seed(AnyContent(self.0.element(array.len())))? {
            array.push(element);
        }
        Ok(Document::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Document, A::Error> {
        check_depth(self.0)?;
        let mut object = HashMap::new();
        while let Some(key) = entries.next_key::<String>()? {
            if key == NUMBER {
                return finite(&entries.next_value::<String>()?).map(Document::Number);
            }
            let value = entries.next_value_seed(AnyContent(self.0.entry(&key, false)))?;
            object.insert(key, value);
        }
        Ok(Document::Object(object))
    }
}

fn mismatch<E: Error>(path: Path<'_>, expected: &str, found: &str) -> E {
    E::custom(format_args!("`{path}`: expected {expected}, found {found}"))
}

fn check_depth<E: Error>(path: Path<'_>) -> Result<(), E> {
    if path.depth < MAX_DEPTH {
        return Ok(());
    }
    Err(E::custom(format_args!("`{path}`: more than {MAX_DEPTH} objects and arrays inside each other")))
}
