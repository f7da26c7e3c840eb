//! Values of the model, of examples and protocol tests, as Rust makes them: by builders, constructors and literals.
//!
//! `from_json` decides what becomes of the JSON in a model, `simple` what stands where only a type is to be shown. How
//! either is spelled is decided in [`spelling`](crate::spelling).

pub(crate) mod from_json;
mod simple;

use std::collections::BTreeMap;

use super::types::Named;
use super::{Enum, Plan, Structure, Union};

/// A value with its Rust type.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum RustValue {
    /// A text, where it matters as a `String` of its own.
    Text {
        text: String,
        owned: bool,
    },
    Boolean(bool),
    Integer(i64),
    /// A float of single precision or of double.
    Float {
        value: f64,
        single: bool,
    },
    /// A number of any length.
    BigNumber(String),
    Timestamp {
        seconds: i64,
        nanoseconds: u32,
    },
    Blob(String),
    /// A stream of the bytes of a text.
    Stream(String),
    Document(serde_json::Value),
    /// A value of an enum, by its variant if it has one.
    Enum {
        ty: Named,
        variant: Option<String>,
        value: String,
    },
    Union {
        ty: Named,
        variant: String,
        value: Box<RustValue>,
        boxed: bool,
    },
    Structure(Built),
    List(Vec<RustValue>),
    Map(Vec<(RustValue, RustValue)>),
    /// A null of a sparse list or map.
    Null,
    /// A value of a sparse list or map, or of a setter that takes an option.
    Present(Box<RustValue>),
}

/// A structure that its builder makes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Built {
    /// Module of the crate in which users find it.
    pub(crate) module: String,
    pub(crate) name: String,
    pub(crate) setters: Vec<Setter>,
    /// Building can fail.
    pub(crate) fallible: bool,
}

/// A call of a builder's method.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Setter {
    pub(crate) method: String,
    pub(crate) arguments: Vec<RustValue>,
}

/// What values need to know of the data types of a crate.
pub(crate) struct Types<'p> {
    structures: BTreeMap<&'p str, &'p Structure>,
    unions: BTreeMap<&'p str, &'p Union>,
    enums: BTreeMap<&'p str, &'p Enum>,
}

impl<'p> Types<'p> {
    pub(crate) fn new(plan: &'p Plan) -> Self {
        let type_modules = || plan.type_modules.iter();
        let structures = type_modules().flat_map(|type_module| &type_module.structures).chain(&plan.exceptions);
        Self {
            structures: structures.map(|structure| (structure.name.as_str(), structure)).collect(),
            unions: type_modules()
                .flat_map(|type_module| &type_module.unions)
                .map(|union| (union.name.as_str(), union))
                .collect(),
            enums: type_modules().flat_map(|type_module| &type_module.enums).map(|it| (it.name.as_str(), it)).collect(),
        }
    }

    /// A structure by its Rust name.
    pub(crate) fn structure(&self, name: &str) -> Option<&'p Structure> {
        self.structures.get(name).copied()
    }
}

impl RustValue {
    /// Whether a test holds for it, or for a value in it.
    fn any(&self, test: fn(&RustValue) -> bool) -> bool {
        test(self)
            || match self {
                Self::Union { value, .. } | Self::Present(value) => value.any(test),
                Self::Structure(built) => built.setters.iter().any(|setter| setter.any(test)),
                Self::List(elements) => elements.iter().any(|element| element.any(test)),
                Self::Map(entries) => entries.iter().any(|(key, value)| key.any(test) || value.any(test)),
                _ => false,
            }
    }

    /// How many values it is made of.
    fn size(&self) -> usize {
        1 + match self {
            Self::Union { value, .. } | Self::Present(value) => value.size(),
            Self::Structure(built) => built.setters.iter().map(Setter::size).sum(),
            Self::List(elements) => elements.iter().map(Self::size).sum(),
            Self::Map(entries) => entries.iter().map(|(_, value)| 1 + value.size()).sum(),
            _ => 0,
        }
    }
}

impl Setter {
    /// Whether a test holds for an argument, or for a value in one.
    fn any(&self, test: fn(&RustValue) -> bool) -> bool {
        self.arguments.iter().any(|argument| argument.any(test))
    }

    /// Whether people can learn from its arguments: they have no enum with a value that the model does not know, and no
    /// document, whose type is of a crate that the emitted one does not re-export.
    pub(crate) fn can_be_shown(&self) -> bool {
        !self.any(|value| matches!(value, RustValue::Document(_) | RustValue::Enum { variant: None, .. }))
    }

    /// Whether making its arguments can fail.
    pub(crate) fn can_fail(&self) -> bool {
        self.any(|value| matches!(value, RustValue::Structure(built) if built.fallible))
    }

    fn size(&self) -> usize {
        self.arguments.iter().map(RustValue::size).sum()
    }
}
