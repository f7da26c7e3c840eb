//! A structure with a member of every type, as emitted crates have them.

use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document};
use smithy_client_runtime::format::DecodeError;
use smithy_client_runtime::format::json::encode::encode_body;
use smithy_client_runtime::format::json::fill::read_shape;
use smithy_client_runtime::format::json::read::JsonReader;
use smithy_client_runtime::shape::Shape;
use smithy_client_runtime::{shape, string_enum, union};
use std::borrow::Cow;
use std::collections::HashMap;

/// What emitted crates keep of unknown values.
#[derive(Clone, Debug)]
pub struct UnknownVariantValue(Cow<'static, str>);

impl UnknownVariantValue {
    const UNSET: Self = Self(Cow::Borrowed("no value was set"));

    fn new(value: &str) -> Self {
        Self(Cow::Owned(value.to_owned()))
    }

    fn as_str(&self) -> &str {
        &self.0
    }
}

string_enum! {
    /// An enum.
    pub enum Kind {
        /// The first.
        A = "a",
        /// The second.
        B = "b",
    }
}

/// A member of every type.
pub struct Everything {
    /// Text.
    pub(crate) text: Option<String>,
    pub(crate) flag: bool,
    pub(crate) byte: Option<i8>,
    pub(crate) long: Option<i64>,
    pub(crate) float: Option<f32>,
    pub(crate) double: Option<f64>,
    pub(crate) day: Option<DateTime>,
    pub(crate) date: Option<DateTime>,
    pub(crate) epoch: Option<DateTime>,
    pub(crate) blob: Option<Blob>,
    pub(crate) document: Option<Document>,
    pub(crate) kind: Option<Kind>,
    pub(crate) list: Option<Vec<Option<String>>>,
    pub(crate) map: Option<HashMap<String, i32>>,
    pub(crate) choice: Option<Choice>,
    pub(crate) next: Option<Box<Everything>>,
    pub(crate) count: Option<BigInteger>,
    pub(crate) sum: Option<BigDecimal>,
}

shape! {
    Everything {
        0 text: "text",
        1 flag: "flag",
        2 byte: "byte",
        3 long: "long",
        4 float: "float",
        5 double: "double",
        6 day: "day" DATE_TIME,
        7 date: "date" HTTP_DATE,
        8 epoch: "epoch",
        9 blob: "blob",
        10 document: "document",
        11 kind: "kind",
        12 list: "list",
        13 map: "map",
        14 choice: "choice",
        15 next: "next",
        16 count: "count",
        17 sum: "sum",
    }
}

/// A union.
#[derive(Clone, PartialEq)]
pub enum Choice {
    /// Text.
    Text(String),
    /// Another one.
    Deep(Box<Choice>),
    /// What this version does not know.
    Unknown,
}

union! {
    Choice {
        0 Text(String), is_text, as_text: "text",
        1 Deep(Box<Choice>), is_deep, as_deep: "deep",
    }
}

/// What the reader of responses makes of a body.
pub(crate) fn received(json: &[u8]) -> Result<Everything, DecodeError> {
    let mut value = Everything::empty();
    let mut reader = JsonReader::new(json);
    read_shape(&mut reader, &mut value)?;
    reader.finish()?;
    Ok(value)
}

/// The body of a request; `None` where a timestamp cannot be written, or a union is of no known variant.
pub(crate) fn sent(value: &Everything) -> Option<String> {
    encode_body(value).ok()
}
