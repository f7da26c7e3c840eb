//! Shapes as emitted crates have them, in JSON and in another format.

mod errors;
mod formats;
mod numbers;
mod properties;
mod read;
mod secrets;
mod write;
mod xml;

use aws_smithy_types::{Blob, DateTime, Document};
use std::borrow::Cow;
use std::collections::HashMap;

use smithy_client_runtime::serde::{Deserialize, Serialize};
use smithy_client_runtime::shape::{Value, Xml};
use smithy_client_runtime::{shape, string_enum, union};

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
    pub enum Mood {
        /// Calm.
        Calm = "CALM",
        /// Wild.
        Wild = "WILD",
    }
}

/// A member of every type.
pub struct Everything {
    text: Option<String>,
    flag: Option<bool>,
    byte: Option<i8>,
    long: Option<i64>,
    float: Option<f32>,
    double: Option<f64>,
    day: Option<DateTime>,
    date: Option<DateTime>,
    epoch: Option<DateTime>,
    blob: Option<Blob>,
    document: Option<Document>,
    mood: Option<Mood>,
    moods: Option<Vec<Mood>>,
    sparse: Option<Vec<Option<String>>>,
    days: Option<HashMap<String, DateTime>>,
    gaps: Option<HashMap<String, Option<i32>>>,
    levels: Option<HashMap<Mood, i32>>,
    choice: Option<Choice>,
    next: Option<Box<Everything>>,
    zero: i32,
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
        11 mood: "mood",
        12 moods: "moods",
        13 sparse: "sparse",
        14 days: "days" DATE_TIME,
        15 gaps: "gaps",
        16 levels: "levels",
        17 choice: "choice",
        18 next: "nextOne",
        19 zero: "zero",
    }
}

/// A union that can hold itself.
#[derive(Clone, PartialEq)]
pub enum Choice {
    /// Text.
    Text(String),
    /// Sensitive text.
    Secret(String),
    /// Another one.
    Deep(Box<Choice>),
    /// A structure.
    Part(Part),
    /// What this version does not know.
    Unknown,
}

union! {
    Choice {
        0 Text(String), is_text, as_text: "text",
        1 Secret(String), is_secret, as_secret: "secret" SENSITIVE,
        2 Deep(Box<Choice>), is_deep, as_deep: "deep",
        3 Part(Part), is_part, as_part: "part",
    }
}

/// A structure with something required.
pub struct Part {
    id: String,
    inner: Option<Inner>,
}

shape! {
    Part {
        0 id: "id",
        1 inner: "inner" REQUIRED,
    }
}

/// A structure with secrets of several types.
pub struct Inner {
    key: Option<String>,
    keys: Option<HashMap<String, String>>,
    pin: Option<i32>,
    owner: String,
}

shape! {
    Inner {
        0 key: "key" SENSITIVE,
        1 keys: "keys" SENSITIVE,
        2 pin: "pin" SENSITIVE,
        3 owner: "owner" SENSITIVE,
    }
}

/// An input whose members travel everywhere.
pub struct Bound {
    id: Option<String>,
    since: Option<DateTime>,
    until: Option<DateTime>,
    tags: Option<HashMap<String, String>>,
    body: Option<String>,
}

shape! {
    Bound {
        0 id: LABEL "id",
        1 since: HEADER "X-Since" = "sinceWhen" HTTP_DATE,
        2 until: QUERY "to" = "untilWhen" DATE_TIME REQUIRED,
        3 tags: PREFIX_HEADERS "x-tag-" = "tags",
        4 body: PAYLOAD "body",
    }
}

/// A structure whose members have other names in XML.
pub struct Zone {
    kind: Option<String>,
    words: Option<Vec<String>>,
    owner: Option<Owner>,
}

shape! {
    all_optional Zone {
        0 kind: "xsi:Kind" = "kind" ATTRIBUTE,
        1 words: "Word" = "words" FLATTENED,
        2 owner: "Owner" = "owner",
    } xml {
        root "ZoneRequest" Xml::PLAIN.namespace("https://zones/"),
        2 Xml::PLAIN.prefixed("xsi", "https://instance"),
    }
}

/// A union whose member has another name in XML.
#[derive(Clone, PartialEq)]
pub enum Owner {
    /// A name.
    Name(String),
    /// What this version does not know.
    Unknown,
}

union! {
    Owner {
        0 Name(String), is_name, as_name: "Name" = "name",
    }
}

/// The value that JSON stands for.
fn from_json<T: for<'de> Deserialize<'de>>(json: &str) -> T {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{json}: {error}"))
}

/// Why JSON does not stand for a value.
fn refusal<T: for<'de> Deserialize<'de> + std::fmt::Debug>(json: &str) -> String {
    serde_json::from_str::<T>(json).expect_err(json).to_string()
}

fn to_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("everything here can be written")
}

/// A part with a secret in every sensitive member.
fn secretive() -> Part {
    let keys = HashMap::from([("hidden-key".to_owned(), "hidden-value".to_owned())]);
    let inner =
        Inner { key: Some("hidden".to_owned()), keys: Some(keys), pin: Some(4711), owner: "hidden-owner".to_owned() };
    Part { id: "p".to_owned(), inner: Some(inner) }
}

fn nothing() -> Everything {
    Value::empty()
}
