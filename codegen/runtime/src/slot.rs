//! Values opened to be filled: what [`View`](crate::shape::View) is to who writes a value, for who reads one.

use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::error::metadata::ErrorMetadata;
use aws_smithy_types::{Blob, DateTime, Document};
use std::any::Any;
use std::collections::HashMap;
use std::fmt;

pub use crate::big_number::BigNumber;
use crate::shape::{Key, Shape, Union, Value};

/// A value with nothing in it, opened for whoever fills it.
pub enum Slot<'a> {
    /// `boolean`.
    Boolean(&'a mut bool),
    /// `byte`, `short`, `integer`, `long` and `intEnum`.
    Integer(&'a mut dyn Integer),
    /// `float`.
    Float(&'a mut f32),
    /// `double`.
    Double(&'a mut f64),
    /// `bigInteger` and `bigDecimal`.
    BigNumber(&'a mut dyn BigNumber),
    /// `string`.
    Text(&'a mut String),
    /// `enum`.
    Enum(&'a mut dyn EnumValue),
    /// `timestamp`.
    Timestamp(&'a mut DateTime),
    /// `blob`.
    Blob(&'a mut Blob),
    /// `blob` with `smithy.api#streaming`: the whole of a body.
    Stream(&'a mut ByteStream),
    /// `document`.
    Document(&'a mut Document),
    /// `list`.
    List(&'a mut dyn Elements),
    /// `map`.
    Map(&'a mut dyn Assignments),
    /// `structure`.
    Structure(&'a mut dyn Shape),
    /// `union`.
    Union(&'a mut dyn Union),
    /// What is known of an error: the private field of an exception, which is no member and never on the wire.
    Metadata(&'a mut ErrorMetadata),
}

/// An integer of any width.
pub trait Integer {
    /// Takes a number; false when it is out of range.
    fn set(&mut self, number: i64) -> bool;

    /// What it takes, for messages.
    fn range(&self) -> &'static str;
}

macro_rules! integers {
    ($($type:ty),*) => {$(
        impl Integer for $type {
            fn set(&mut self, number: i64) -> bool {
                Self::try_from(number).map(|number| *self = number).is_ok()
            }

            fn range(&self) -> &'static str {
                concat!("an integer in the range of ", stringify!($type))
            }
        }
    )*};
}

integers!(i8, i16, i32, i64);

/// A string enum, or the key of a map.
pub trait EnumValue: fmt::Debug {
    /// Its value on the wire.
    fn text(&self) -> &str;

    /// Takes a value, known or not.
    fn set(&mut self, text: &str);
}

impl<T: fmt::Debug + AsRef<str> + for<'a> From<&'a str>> EnumValue for T {
    fn text(&self) -> &str {
        self.as_ref()
    }

    fn set(&mut self, text: &str) {
        *self = Self::from(text);
    }
}

/// A list that grows.
pub trait Elements {
    /// Appends an empty element, to be filled in its place.
    fn append(&mut self) -> &mut dyn Value;

    /// Takes the last element back.
    fn withdraw(&mut self);
}

impl<T: Value> Elements for Vec<T> {
    fn append(&mut self) -> &mut dyn Value {
        let place = self.len();
        self.push(T::empty());
        &mut self[place]
    }

    fn withdraw(&mut self) {
        self.pop();
    }
}

/// A map that grows.
pub trait Assignments {
    /// Puts a [copy](crate::shape::Entries::copy) of a map of the same type in its place.
    fn replace(&mut self, copy: Box<dyn Any>);

    /// Puts an empty value under a key, to be filled in its place.
    fn assign(&mut self, key: &str) -> &mut dyn Value;

    /// Takes the value under a key back.
    fn withdraw(&mut self, key: &str);

    /// Whether null is one of its values.
    fn nullable(&self) -> bool;
}

impl<K: Key, T: Value + 'static> Assignments for HashMap<K, T> {
    fn replace(&mut self, copy: Box<dyn Any>) {
        if let Ok(copy) = copy.downcast() {
            *self = *copy;
        }
    }

    fn assign(&mut self, key: &str) -> &mut dyn Value {
        self.entry(K::from(key)).insert_entry(T::empty()).into_mut()
    }

    fn withdraw(&mut self, key: &str) {
        self.remove(&K::from(key));
    }

    fn nullable(&self) -> bool {
        T::empty().nullable()
    }
}
