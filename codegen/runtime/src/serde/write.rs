//! One walk over a value, for any format.

use ::serde::ser::{Error, SerializeMap, SerializeSeq, SerializeStruct};
use ::serde::{Serialize, Serializer};
use aws_smithy_types::{Document, Number, base64};

use crate::format::sorted;
use crate::number::float_text;
use crate::shape::{Entries, Items, Member, REDACTED, Shape, TimestampFormat, Union, View, bytes_of};

/// A value on its way into a format.
pub(super) struct Node<'a> {
    pub(super) view: View<'a>,
    /// The member that it is, or whose list or map holds it.
    pub(super) member: &'a Member,
    /// Whether sensitive members are written as they are.
    pub(super) secrets: bool,
}

impl Serialize for Node<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.view {
            View::Absent | View::Metadata(_) => serializer.serialize_none(),
            View::Boolean(value) => serializer.serialize_bool(*value),
            View::Integer(value) => serializer.serialize_i64(*value),
            View::Float(value) => float(*value, serializer),
            View::Double(value) => double(*value, serializer),
            // As text no format loses a digit of it.
            View::BigNumber(number) => serializer.serialize_str(number.text()),
            View::Text(text) => serializer.serialize_str(text),
            View::Enum(word) => serializer.serialize_str(word.text()),
            View::Timestamp(_) => self.timestamp(serializer),
            View::Blob(bytes) => serializer.serialize_str(&base64::encode(bytes)),
            View::Stream(stream) => {
                serializer.serialize_str(&base64::encode(bytes_of(stream).map_err(S::Error::custom)?))
            }
            View::Document(document) => Any(document).serialize(serializer),
            View::List(items) => self.list(*items, serializer),
            View::Map(entries) => self.map(*entries, serializer),
            View::Structure(shape) => self.structure(*shape, serializer),
            View::Union(union) => self.union(*union, serializer),
        }
    }
}

impl Node<'_> {
    fn timestamp<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let View::Timestamp(instant) = self.view else { return serializer.serialize_none() };
        let text = instant
            .fmt(self.member.format.engine())
            .map_err(|error| S::Error::custom(format_args!("`{}`: {error}", self.member.wire)))?;
        match self.member.format {
            TimestampFormat::EpochSeconds if instant.subsec_nanos() == 0 => serializer.serialize_i64(instant.secs()),
            TimestampFormat::EpochSeconds => {
                serializer.serialize_f64(text.parse().unwrap_or_else(|_| instant.as_secs_f64()))
            }
            _ => serializer.serialize_str(&text),
        }
    }

    fn list<S: Serializer>(&self, items: &dyn Items, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(items.count()))?;
        for index in 0..items.count() {
            list.serialize_element(&Node { view: items.item(index).view(), ..*self })?;
        }
        list.end()
    }

    fn map<S: Serializer>(&self, entries: &dyn Entries, serializer: S) -> Result<S::Ok, S::Error> {
        let sorted = sorted(entries).map_err(S::Error::custom)?;
        let mut map = serializer.serialize_map(Some(sorted.len()))?;
        for (key, value) in sorted {
            map.serialize_entry(key, &Node { view: value.view(), ..*self })?;
        }
        map.end()
    }

    fn structure<S: Serializer>(&self, shape: &dyn Shape, serializer: S) -> Result<S::Ok, S::Error> {
        let schema = shape.schema();
        let absent = |index: usize| matches!(shape.member(index).view(), View::Absent);
        let count = (0..schema.rows.len()).filter(|index| !absent(*index)).count();
        let mut structure = serializer.serialize_struct(schema.name, count)?;
        for (index, member) in schema.members().enumerate() {
            let view = shape.member(index).view();
            let name = schema.member_name(index);
            if absent(index) {
                structure.skip_field(name)?;
            } else if member.sensitive && !self.secrets {
                structure.serialize_field(name, REDACTED)?;
            } else {
                structure.serialize_field(name, &Node { view, member: &member, secrets: self.secrets })?;
            }
        }
        structure.end()
    }

    fn union<S: Serializer>(&self, union: &dyn Union, serializer: S) -> Result<S::Ok, S::Error> {
        let schema = union.schema();
        let Some((index, value)) = union.variant() else {
            return serializer.serialize_struct(schema.name, 0)?.end();
        };
        let (member, name) = (schema.at(index), schema.member_name(index));
        let mut structure = serializer.serialize_struct(schema.name, 1)?;
        if member.sensitive && !self.secrets {
            structure.serialize_field(name, REDACTED)?;
        } else {
            let node = Node { view: value.view(), member: &member, secrets: self.secrets };
            structure.serialize_field(name, &node)?;
        }
        structure.end()
    }
}

/// Text has the fewest digits that read back as the same single-precision number, also where a format keeps its numbers
/// as doubles on the way there, as the values of `serde_json` do.
fn float<S: Serializer>(value: f32, serializer: S) -> Result<S::Ok, S::Error> {
    if value.is_finite() && !serializer.is_human_readable() {
        return serializer.serialize_f32(value);
    }
    double(float_text(value).parse().unwrap_or_else(|_| f64::from(value)), serializer)
}

/// Numbers that JSON does not have are strings.
fn double<S: Serializer>(value: f64, serializer: S) -> Result<S::Ok, S::Error> {
    if value.is_finite() {
        return serializer.serialize_f64(value);
    }
    serializer.serialize_str(match value {
        value if value.is_nan() => "NaN",
        value if value > 0.0 => "Infinity",
        _ => "-Infinity",
    })
}

/// A document, as the value that it stands for.
struct Any<'a>(&'a Document);

impl Serialize for Any<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Document::Null => serializer.serialize_unit(),
            Document::Bool(value) => serializer.serialize_bool(*value),
            Document::Number(Number::PosInt(value)) => serializer.serialize_u64(*value),
            Document::Number(Number::NegInt(value)) => serializer.serialize_i64(*value),
            Document::Number(Number::Float(value)) => double(*value, serializer),
            Document::String(text) => serializer.serialize_str(text),
            Document::Array(elements) => serializer.collect_seq(elements.iter().map(Any)),
            Document::Object(entries) => {
                let mut sorted: Vec<_> = entries.iter().collect();
                sorted.sort_by_key(|(key, _)| *key);
                serializer.collect_map(sorted.into_iter().map(|(key, value)| (key, Any(value))))
            }
        }
    }
}
