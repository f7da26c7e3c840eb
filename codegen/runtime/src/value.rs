//! [`Value`] of the types that members are made of.

use aws_smithy_types::date_time::Format;
use aws_smithy_types::{Blob, DateTime, Document, base64};
use std::collections::HashMap;

use crate::header::split_header_list;
use crate::json::document::read_document;
use crate::json::read::{JsonReader, ReadError};
use crate::shape::{Entries, Items, Member, Shape, TimestampFormat, Union, Value, View, flag};
use crate::timestamp;

impl TimestampFormat {
    pub(crate) fn engine(self) -> Format {
        match self {
            Self::DateTime => Format::DateTimeWithOffset,
            Self::HttpDate => Format::HttpDate,
            Self::EpochSeconds => Format::EpochSeconds,
        }
    }
}

impl Value for String {
    fn empty() -> Self {
        Self::new()
    }

    fn view(&self) -> View<'_> {
        View::Text(self)
    }

    fn read(&mut self, reader: &mut JsonReader<'_>, _: &Member) -> Result<(), ReadError> {
        *self = reader.string()?.into_owned();
        Ok(())
    }

    fn read_text(&mut self, text: &str, member: &Member) -> Result<(), ReadError> {
        *self = if member.media_type.is_some() {
            let bytes = base64::decode(text).map_err(|_| ReadError::mismatch("base64 text"))?;
            Self::from_utf8(bytes).map_err(|_| ReadError::mismatch("UTF-8 text"))?
        } else {
            text.to_owned()
        };
        Ok(())
    }

    fn read_bytes(&mut self, bytes: &[u8]) -> Result<bool, ReadError> {
        *self = str::from_utf8(bytes).map_err(|_| ReadError::mismatch("UTF-8 text"))?.to_owned();
        Ok(true)
    }

    crate::serde_slot!(Text);
}

impl Value for bool {
    fn empty() -> Self {
        false
    }

    fn view(&self) -> View<'_> {
        View::Boolean(*self)
    }

    fn read(&mut self, reader: &mut JsonReader<'_>, _: &Member) -> Result<(), ReadError> {
        *self = reader.boolean()?;
        Ok(())
    }

    fn read_text(&mut self, text: &str, _: &Member) -> Result<(), ReadError> {
        *self = text.trim().parse().map_err(|_| ReadError::mismatch("`true` or `false`"))?;
        Ok(())
    }

    crate::serde_slot!(Boolean);
}

macro_rules! integers {
    ($($type:ty),*) => {$(
        impl Value for $type {
            fn empty() -> Self {
                0
            }

            fn view(&self) -> View<'_> {
                View::Integer(i64::from(*self))
            }

            fn read(&mut self, reader: &mut JsonReader<'_>, _: &Member) -> Result<(), ReadError> {
                *self = Self::try_from(reader.integer()?)
                    .map_err(|_| ReadError::mismatch(concat!("a number in the range of ", stringify!($type))))?;
                Ok(())
            }

            fn read_text(&mut self, text: &str, _: &Member) -> Result<(), ReadError> {
                *self = text.trim().parse()
                    .map_err(|_| ReadError::mismatch(concat!("a number in the range of ", stringify!($type))))?;
                Ok(())
            }

            crate::serde_slot!(Integer);
        }
    )*};
}

integers!(i8, i16, i32, i64);

macro_rules! floats {
    ($($type:ty => $view:ident),*) => {$(
        impl Value for $type {
            fn empty() -> Self {
                0.0
            }

            fn view(&self) -> View<'_> {
                View::$view(*self)
            }

            fn read(&mut self, reader: &mut JsonReader<'_>, _: &Member) -> Result<(), ReadError> {
                *self = reader.double()? as $type;
                Ok(())
            }

            fn read_text(&mut self, text: &str, _: &Member) -> Result<(), ReadError> {
                *self = text.trim().parse().map_err(|_| ReadError::mismatch("a number"))?;
                Ok(())
            }

            crate::serde_slot!($view);
        }
    )*};
}

floats!(f32 => Float, f64 => Double);

impl Value for DateTime {
    fn empty() -> Self {
        Self::from_secs(0)
    }

    fn view(&self) -> View<'_> {
        View::Timestamp(self)
    }

    fn read(&mut self, reader: &mut JsonReader<'_>, member: &Member) -> Result<(), ReadError> {
        *self = match member.format {
            TimestampFormat::EpochSeconds => match reader.double()? {
                seconds if seconds.is_finite() => Self::from_secs_f64(seconds),
                _ => return Err(ReadError::mismatch("a finite number of seconds")),
            },
            format => {
                timestamp::parse(&reader.string()?, format.engine()).map_err(|_| ReadError::mismatch("a timestamp"))?
            }
        };
        Ok(())
    }

    fn read_text(&mut self, text: &str, member: &Member) -> Result<(), ReadError> {
        *self =
            timestamp::parse(text.trim(), member.format.engine()).map_err(|_| ReadError::mismatch("a timestamp"))?;
        Ok(())
    }

    crate::serde_slot!(Timestamp);
}

impl Value for Blob {
    fn empty() -> Self {
        Self::new(Vec::new())
    }

    fn view(&self) -> View<'_> {
        View::Blob(self)
    }

    fn read(&mut self, reader: &mut JsonReader<'_>, _: &Member) -> Result<(), ReadError> {
        *self = Self::new(base64::decode(&*reader.string()?).map_err(|_| ReadError::mismatch("base64 text"))?);
        Ok(())
    }

    fn read_text(&mut self, text: &str, _: &Member) -> Result<(), ReadError> {
        *self = Self::new(base64::decode(text.trim()).map_err(|_| ReadError::mismatch("base64 text"))?);
        Ok(())
    }

    fn read_bytes(&mut self, bytes: &[u8]) -> Result<bool, ReadError> {
        *self = Self::new(bytes);
        Ok(true)
    }

    crate::serde_slot!(Blob);
}

impl Value for Document {
    fn empty() -> Self {
        Self::Null
    }

    fn view(&self) -> View<'_> {
        View::Document(self)
    }

    fn read(&mut self, reader: &mut JsonReader<'_>, _: &Member) -> Result<(), ReadError> {
        *self = read_document(reader)?;
        Ok(())
    }

    crate::serde_slot!(Document);
}

impl<T: Value> Value for Option<T> {
    fn empty() -> Self {
        None
    }

    fn view(&self) -> View<'_> {
        self.as_ref().map_or(View::Absent, T::view)
    }

    fn read(&mut self, reader: &mut JsonReader<'_>, member: &Member) -> Result<(), ReadError> {
        if reader.null()? {
            *self = None;
            return Ok(());
        }
        self.insert(T::empty()).read(reader, member)
    }

    fn read_text(&mut self, text: &str, member: &Member) -> Result<(), ReadError> {
        self.insert(T::empty()).read_text(text, member)
    }

    fn read_entry(&mut self, key: &str, text: &str, member: &Member) -> Result<(), ReadError> {
        self.get_or_insert_with(T::empty).read_entry(key, text, member)
    }

    fn read_bytes(&mut self, bytes: &[u8]) -> Result<bool, ReadError> {
        self.insert(T::empty()).read_bytes(bytes)
    }

    fn complete(&mut self) {
        self.get_or_insert_with(T::empty).complete();
    }

    fn nullable() -> bool {
        true
    }

    crate::serde_slot!(optional);
}

/// A structure within another one.
impl<T: Shape> Value for T {
    fn empty() -> Self {
        Shape::empty()
    }

    fn view(&self) -> View<'_> {
        View::Structure(self)
    }

    fn read(&mut self, reader: &mut JsonReader<'_>, _: &Member) -> Result<(), ReadError> {
        read_shape(reader, self)
    }

    fn complete(&mut self) {
        complete_shape(self);
    }

    crate::serde_slot!(Structure);
}

impl<T: Value> Items for Vec<T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn item(&self, index: usize) -> View<'_> {
        self[index].view()
    }
}

impl<T: Value> Value for Vec<T> {
    fn empty() -> Self {
        Self::new()
    }

    fn view(&self) -> View<'_> {
        View::List(self)
    }

    /// Null elements are dropped, except from sparse lists, whose elements are options.
    fn read(&mut self, reader: &mut JsonReader<'_>, member: &Member) -> Result<(), ReadError> {
        self.clear();
        reader.begin_array()?;
        while reader.next_element()? {
            let mut element = T::empty();
            if !T::nullable() && reader.null()? {
                continue;
            }
            element.read(reader, member)?;
            self.push(element);
        }
        Ok(())
    }

    fn read_text(&mut self, text: &str, member: &Member) -> Result<(), ReadError> {
        let dates = member.format == TimestampFormat::HttpDate && matches!(T::empty().view(), View::Timestamp(_));
        for part in split_header_list(text, dates)? {
            let mut element = T::empty();
            element.read_text(&part, member)?;
            self.push(element);
        }
        Ok(())
    }

    crate::serde_slot!(cleared List);
}

impl<T: Value> Entries for HashMap<String, T> {
    fn each<'a>(
        &'a self,
        show: &mut dyn FnMut(&'a str, View<'a>) -> Result<(), crate::BoxError>,
    ) -> Result<(), crate::BoxError> {
        self.iter().try_for_each(|(key, value)| show(key, value.view()))
    }

    fn len(&self) -> usize {
        self.len()
    }

    fn entry(&self, key: &str) -> Option<View<'_>> {
        self.get(key).map(T::view)
    }
}

impl<T: Value> Value for HashMap<String, T> {
    fn empty() -> Self {
        Self::new()
    }

    fn view(&self) -> View<'_> {
        View::Map(self)
    }

    /// Null values are dropped, except from sparse maps, whose values are options.
    fn read(&mut self, reader: &mut JsonReader<'_>, member: &Member) -> Result<(), ReadError> {
        self.clear();
        reader.begin_object()?;
        while let Some(key) = reader.next_key()? {
            let mut value = T::empty();
            if !T::nullable() && reader.null()? {
                continue;
            }
            let key = key.into_owned();
            value.read(reader, member)?;
            self.insert(key, value);
        }
        Ok(())
    }

    fn read_entry(&mut self, key: &str, text: &str, member: &Member) -> Result<(), ReadError> {
        let mut value = T::empty();
        value.read_text(text, member)?;
        self.insert(key.to_owned(), value);
        Ok(())
    }

    crate::serde_slot!(cleared Map);
}

/// Reads the members of a structure that stand in a JSON body.
///
/// Unknown keys are skipped and nulls leave a member as it is.
///
/// # Errors
/// When the JSON is malformed or a member has another type than the model says.
pub fn read_shape(reader: &mut JsonReader<'_>, shape: &mut dyn Shape) -> Result<(), ReadError> {
    let schema = shape.schema();
    let mut expected = 0;
    reader.begin_object()?;
    while let Some(key) = reader.next_key()? {
        match schema.position(&key, expected) {
            Some(index) => {
                expected = index + 1;
                if !reader.null()? {
                    shape.member_mut(index).read(reader, &schema.at(index))?;
                }
            }
            None => reader.skip()?,
        }
    }
    complete_shape(shape);
    Ok(())
}

/// Puts empty structures where the service has left out required ones, so that
/// a response never fails for what it lacks.
pub fn complete_shape(shape: &mut dyn Shape) {
    for (index, (_, _, flags)) in shape.schema().rows.iter().enumerate() {
        if flags & flag::REQUIRED != 0 && matches!(shape.member(index).view(), View::Absent) {
            shape.member_mut(index).complete();
        }
    }
}

/// Reads a union: an object with one key that is not null, besides `__type`.
///
/// # Errors
/// When the JSON is malformed, more than one variant is set, or none is.
pub fn read_union(reader: &mut JsonReader<'_>, union: &mut dyn Union) -> Result<(), ReadError> {
    let schema = union.schema();
    let mut found = false;
    reader.begin_object()?;
    while let Some(key) = reader.next_key()? {
        if key == "__type" {
            reader.skip()?;
            continue;
        }
        if reader.null()? {
            continue;
        }
        if found {
            return Err(ReadError::mismatch("a union with one member"));
        }
        found = true;
        match schema.position(&key, 0) {
            Some(index) => union.select(index).read(reader, &schema.at(index))?,
            None => reader.skip()?,
        }
    }
    if found { Ok(()) } else { Err(ReadError::mismatch("a union with one member")) }
}

/// The order of two values of an enum: as the enum lists them, unknown ones last and among themselves by text.
pub fn compare_values(listed: &[&str], one: &str, other: &str) -> std::cmp::Ordering {
    let rank = |value: &str| listed.iter().position(|listed| *listed == value).unwrap_or(listed.len());
    rank(one).cmp(&rank(other)).then_with(|| one.cmp(other))
}
