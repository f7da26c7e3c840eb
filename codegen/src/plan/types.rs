//! Rust types of members.

/// The type of a member, without the option around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RustType {
    String,
    Bool,
    I8,
    I16,
    I32,
    I64,
    F32,
    F64,
    /// An integer of any length, which keeps its text.
    BigInteger,
    /// A decimal of any length, which keeps its text.
    BigDecimal,
    DateTime,
    Blob,
    /// A blob that streams, which is the whole of a body.
    ByteStream,
    Document,
    /// A stream of events, which is the whole of a body.
    Events(Box<Events>),
    /// An emitted enum.
    Enum(Named),
    /// An emitted structure.
    Structure(Named),
    /// An emitted union.
    Union(Named),
    Vec(Box<RustType>),
    Map(MapKey, Box<RustType>),
    /// The elements of a sparse list, the values of a sparse map.
    Option(Box<RustType>),
}

/// A stream of events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Events {
    pub(crate) direction: Direction,
    /// The union of the events.
    pub(crate) event: Named,
    /// The error enum of the stream.
    pub(crate) error: Named,
}

/// Who sends the events of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// The service.
    Received,
    /// The caller.
    Sent,
}

impl Events {
    /// The type of `primitives::event_stream` that has the events.
    pub(crate) fn holder(&self) -> &'static str {
        match self.direction {
            Direction::Received => "EventReceiver",
            Direction::Sent => "EventStreamSender",
        }
    }
}

/// The type of a map's keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum MapKey {
    String,
    /// An emitted enum.
    Enum(Named),
}

impl From<MapKey> for RustType {
    fn from(key: MapKey) -> Self {
        match key {
            MapKey::String => Self::String,
            MapKey::Enum(named) => Self::Enum(named),
        }
    }
}

/// A type of the emitted crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) name: String,
    /// Module in which users find it.
    pub(crate) module: &'static str,
    /// Spelled with its path, as its name would hide one of the prelude or the runtime.
    pub(crate) qualified: bool,
}

impl Named {
    /// How code spells it.
    pub(crate) fn path(&self) -> String {
        if self.qualified { format!("crate::{}::{}", self.module, self.name) } else { self.name.clone() }
    }
}

impl RustType {
    /// The path by which code names it, without what it holds.
    pub(crate) fn path(&self) -> String {
        match self {
            Self::Enum(named) | Self::Structure(named) | Self::Union(named) => named.path(),
            Self::Bool | Self::I8 | Self::I16 | Self::I32 | Self::I64 | Self::F32 | Self::F64 => {
                format!("{self:?}").to_lowercase()
            }
            Self::Vec(_) => "Vec".to_owned(),
            Self::Map(..) => "HashMap".to_owned(),
            Self::Option(_) => "Option".to_owned(),
            Self::Events(events) => events.holder().to_owned(),
            Self::String
            | Self::BigInteger
            | Self::BigDecimal
            | Self::DateTime
            | Self::Blob
            | Self::ByteStream
            | Self::Document => format!("{self:?}"),
        }
    }

    /// Whether it is another type, or a list or a map of it.
    pub(crate) fn holds(&self, other: &Self) -> bool {
        match self {
            Self::Vec(inner) | Self::Option(inner) | Self::Map(_, inner) => inner.holds(other),
            ty => ty == other,
        }
    }

    /// Whether values are passed and returned by copy.
    pub(crate) fn is_copy(&self) -> bool {
        matches!(self, Self::Bool | Self::I8 | Self::I16 | Self::I32 | Self::I64 | Self::F32 | Self::F64)
    }

    /// Whether it is a stream, which is the whole of a body.
    pub(crate) fn is_stream(&self) -> bool {
        matches!(self, Self::ByteStream | Self::Events(_))
    }

    /// Whether it is a number or a boolean.
    pub(crate) fn is_scalar(&self) -> bool {
        self.is_copy()
    }
}
