//! Structures as Rust will have them: fields, accessors, builders and rows of tables.

use serde_json::Value;

use super::docs::Docs;
use super::types::{Named, RustType};
use super::xml::{Root, Xml};

/// What a structure is to the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Data,
    Input,
    Output,
    Exception,
}

/// The builder of a structure.
#[derive(Debug)]
pub(crate) struct Builder {
    /// Name by which users find it.
    pub(crate) name: String,
    /// Name in the file that defines it, where the other one may be that of a type.
    pub(crate) definition: String,
}

/// A struct with its table and its builder.
#[derive(Debug)]
pub(crate) struct Structure {
    pub(crate) name: String,
    /// Name in the file that defines it, see [`definition`](super::names::definition).
    pub(crate) definition: String,
    pub(crate) builder: Builder,
    /// Id in the model; empty where an operation has no such end there.
    pub(crate) shape_id: String,
    /// Name in the model; the code of an exception.
    pub(crate) shape_name: String,
    pub(crate) role: Role,
    pub(crate) docs: Docs,
    pub(crate) deprecated: Option<String>,
    pub(crate) fields: Vec<Field>,
    /// `ErrorKind` variant of a retryable exception.
    pub(crate) retryable: Option<&'static str>,
    /// Its element in XML, where it is a document of its own.
    pub(crate) xml_root: Option<Root>,
}

impl Structure {
    /// Whether every member is an option. Then the builder can hold the structure itself.
    pub(crate) fn is_all_optional(&self) -> bool {
        self.fields.iter().all(|field| field.presence == Presence::Optional)
    }

    /// Whether its builder holds a draft, an option for each member.
    pub(crate) fn has_draft(&self) -> bool {
        !self.is_all_optional() && !self.is_streamed_input()
    }

    /// Whether a member is a stream, so that there is no copy of it, and no second that is the same.
    pub(crate) fn is_streaming(&self) -> bool {
        self.fields.iter().any(|field| field.ty.is_stream())
    }

    /// Whether it is an input that has a stream, which its builder holds beside it.
    pub(crate) fn is_streamed_input(&self) -> bool {
        self.role == Role::Input && self.is_streaming()
    }

    /// The member that is a stream of events.
    pub(crate) fn events(&self) -> Option<&Field> {
        self.fields.iter().find(|field| matches!(field.ty, RustType::Events(_)))
    }

    /// The member that is a stream of bytes.
    pub(crate) fn stream(&self) -> Option<&Field> {
        self.fields.iter().find(|field| field.ty == RustType::ByteStream)
    }

    /// Whether a member is a stream of bytes whose length has to be said before it is sent.
    pub(crate) fn stream_requires_length(&self) -> bool {
        self.stream().is_some_and(|field| field.row.flags.contains(&"REQUIRES_LENGTH"))
    }

    /// Whether it has a member that users see.
    pub(crate) fn has_members(&self) -> bool {
        self.fields.iter().any(|field| !field.is_private)
    }

    /// Whether it, and its builder, are defined under the names by which users find them.
    pub(crate) fn has_own_names(&self) -> bool {
        self.definition == self.name && self.builder.definition == self.builder.name
    }

    /// A link to it, in the documentation of the file that defines it.
    pub(crate) fn link(&self) -> String {
        let Self { name, definition, .. } = self;
        if definition == name { format!("[`{name}`]") } else { format!("[`{name}`]({definition})") }
    }

    /// Media types of members, by their position.
    pub(crate) fn media_types(&self) -> Vec<(usize, &str)> {
        let fields = self.fields.iter().enumerate();
        fields.filter_map(|(index, field)| Some((index, field.row.media_type.as_deref()?))).collect()
    }

    /// What XML and forms have to know of members, by their position.
    pub(crate) fn xml_members(&self) -> Vec<(usize, &Xml)> {
        let fields = self.fields.iter().enumerate();
        fields.filter_map(|(index, field)| Some((index, field.row.xml.as_ref()?))).collect()
    }

    /// Expressions of fields that a response may lack, where that means anything but the zero of their type.
    pub(crate) fn defaults(&self) -> Vec<(&str, &Expression)> {
        let fields = self.fields.iter().filter_map(|field| match &field.presence {
            Presence::Default(expression) => Some((field.name.as_str(), expression)),
            Presence::Optional | Presence::Required | Presence::ZeroDefault => None,
        });
        fields.collect()
    }

    /// Whether building can fail.
    pub(crate) fn is_fallible(&self) -> bool {
        self.fields.iter().any(|field| field.presence == Presence::Required)
    }
}

/// Whether a field is always there.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Presence {
    /// `Option<T>`.
    Optional,
    /// `T`; the builder fails without it.
    Required,
    /// `T`; the builder fills in the type's default.
    ZeroDefault,
    /// `T`; the builder fills in this expression.
    Default(Expression),
}

/// A default other than the zero of its type.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Expression {
    Boolean(bool),
    Integer(i64),
    Float(f64),
    /// A constant of a type of floats: `f32` and `NAN`.
    FloatConstant(&'static str, &'static str),
    Text(String),
    /// A value of an enum.
    Enum(Named, String),
    /// A number of any length.
    BigNumber(String),
    Blob(Vec<u8>),
    /// Seconds since 1970.
    Timestamp(f64),
    /// A document: a scalar, or an empty array or object.
    Document(Value),
}

/// A member of a structure.
#[derive(Debug)]
pub(crate) struct Field {
    /// Rust identifier, raw where needed.
    pub(crate) name: String,
    /// The builder's setter that takes an option.
    pub(crate) set: String,
    /// The builder's method that tells what is set.
    pub(crate) get: String,
    /// Name in the model.
    pub(crate) member_name: String,
    /// Type without the option.
    pub(crate) ty: RustType,
    pub(crate) presence: Presence,
    /// The service refuses a message without it.
    pub(crate) required: bool,
    /// Recursive members are boxed.
    pub(crate) boxed: bool,
    /// It is none of the model's: only the crate itself reads it, so that it has no accessor.
    pub(crate) is_private: bool,
    pub(crate) docs: Docs,
    pub(crate) deprecated: Option<String>,
    pub(crate) row: Row,
}

/// How a member stands in the table of its shape.
#[derive(Debug)]
pub(crate) struct Row {
    /// Flag of the runtime for its binding; `None` for the body.
    pub(crate) location: Option<&'static str>,
    pub(crate) wire: String,
    /// Name in the model, where a binding gives it another one on the wire.
    pub(crate) named: Option<String>,
    /// Other flags of the runtime: `SENSITIVE`.
    pub(crate) flags: Vec<&'static str>,
    /// `smithy.api#mediaType` of a header or payload.
    pub(crate) media_type: Option<String>,
    /// What XML and forms have to know of it, if they have to know anything.
    pub(crate) xml: Option<Xml>,
}
