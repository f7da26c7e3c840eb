//! [`Value`] of the types that members are made of.

use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::error::metadata::ErrorMetadata;
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document};
use std::any::Any;
use std::collections::HashMap;
use std::fmt;

pub use crate::big_number::big_number;
use crate::shape::{Entries, Items, Key, Shape, Value, View};
use crate::slot::{EnumValue, Slot};

/// Values that are one thing: how each is empty, viewed and opened.
macro_rules! scalars {
    ($($type:ty: $empty:expr, $kind:ident($value:ident => $view:expr);)*) => {$(
        impl Value for $type {
            fn empty() -> Self {
                $empty
            }

            fn view(&self) -> View<'_> {
                let $value = self;
                View::$kind($view)
            }

            fn slot(&mut self) -> Slot<'_> {
                Slot::$kind(self)
            }
        }
    )*};
}

scalars! {
    String: Self::new(), Text(value => value);
    bool: false, Boolean(value => *value);
    i8: 0, Integer(value => i64::from(*value));
    i16: 0, Integer(value => i64::from(*value));
    i32: 0, Integer(value => i64::from(*value));
    i64: 0, Integer(value => *value);
    f32: 0.0, Float(value => *value);
    f64: 0.0, Double(value => *value);
    BigInteger: Self::default(), BigNumber(value => value);
    BigDecimal: Self::default(), BigNumber(value => value);
    DateTime: Self::from_secs(0), Timestamp(value => value);
    Blob: Self::new(Vec::new()), Blob(value => value);
    ByteStream: Self::default(), Stream(value => value);
    Document: Self::Null, Document(value => value);
    ErrorMetadata: Self::default(), Metadata(value => value);
}

/// Members of the types that most services have, none of them set.
///
/// Nothing calls it. What is generic is compiled by the first crate that needs it of a type, and found there by those that
/// depend on that crate. So this is done here once for these types, and not in each client; and where a program comes to
/// need one of them, the compiler does not take its other members for changed.
///
/// What is known of an error, which every exception keeps, is of [`of_metadata`].
pub fn of_common_types() -> [&'static dyn Value; 12] {
    [
        &None::<String>,
        &None::<bool>,
        &None::<i32>,
        &None::<i64>,
        &None::<f32>,
        &None::<f64>,
        &None::<DateTime>,
        &None::<Blob>,
        &None::<Document>,
        &None::<Vec<String>>,
        &None::<HashMap<String, String>>,
        &None::<HashMap<String, Document>>,
    ]
}

/// What is known of an error as a value; done here for the reason of [`of_common_types`].
pub fn of_metadata(metadata: &ErrorMetadata) -> &dyn Value {
    metadata
}

impl<T: Value> Value for Option<T> {
    fn empty() -> Self {
        None
    }

    fn view(&self) -> View<'_> {
        match self {
            Some(value) => value.view(),
            None => View::Absent,
        }
    }

    fn slot(&mut self) -> Slot<'_> {
        self.insert(T::empty()).slot()
    }

    fn nullable(&self) -> bool {
        true
    }
}

/// A structure within another one.
impl<T: Shape> Value for T {
    fn empty() -> Self {
        Shape::empty()
    }

    fn view(&self) -> View<'_> {
        View::Structure(self)
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Structure(self)
    }
}

impl<T: Value> Items for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn item(&self, index: usize) -> &dyn Value {
        &self[index]
    }
}

impl<T: Value> Value for Vec<T> {
    fn empty() -> Self {
        Self::new()
    }

    fn view(&self) -> View<'_> {
        View::List(self)
    }

    fn slot(&mut self) -> Slot<'_> {
        self.clear();
        Slot::List(self)
    }
}

impl<K: Key, T: Value + Clone + 'static> Entries for HashMap<K, T> {
    fn each<'a>(
        &'a self,
        show: &mut dyn FnMut(&'a dyn EnumValue, &'a dyn Value) -> Result<(), crate::BoxError>,
    ) -> Result<(), crate::BoxError> {
        for (key, value) in self {
            show(key, value)?;
        }
        Ok(())
    }

    fn count(&self) -> usize {
        self.len()
    }

    fn entry(&self, key: &str) -> Option<&dyn Value> {
        self.get(&K::from(key)).map(|value| value as &dyn Value)
    }

    fn copy(&self) -> Box<dyn Any> {
        Box::new(self.clone())
    }
}

impl<K: Key, T: Value + Clone + 'static> Value for HashMap<K, T> {
    fn empty() -> Self {
        Self::new()
    }

    fn view(&self) -> View<'_> {
        View::Map(self)
    }

    fn slot(&mut self) -> Slot<'_> {
        self.clear();
        Slot::Map(self)
    }
}

/// `Debug` of an enum, as it would be derived: the name of the variant, which stands among `variants`, apart by spaces, where
/// its value stands among `listed`; of a value that the enum does not know, that of the variant that holds it.
///
/// # Errors
/// Those of the formatter.
pub fn debug_value(variants: &str, listed: &[&str], value: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let known = listed.iter().zip(variants.split_whitespace()).find(|(listed, _)| **listed == value);
    if let Some((_, variant)) = known {
        return f.write_str(variant);
    }
    let held = fmt::from_fn(|f| f.debug_tuple("UnknownVariantValue").field(&value).finish());
    f.debug_tuple("Unknown").field(&held).finish()
}

/// The order of two values of an enum: as the enum lists them, unknown ones last and among themselves by text.
pub fn compare_values(listed: &[&str], one: &str, other: &str) -> std::cmp::Ordering {
    let rank = |value: &str| listed.iter().position(|listed| *listed == value).unwrap_or(listed.len());
    rank(one).cmp(&rank(other)).then_with(|| one.cmp(other))
}
