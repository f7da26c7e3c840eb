//! The Rust that rules become, as far as they need Rust: expressions, and where they end.

use std::collections::BTreeMap;

use crate::plan::names::local;

/// An expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RustExpr {
    Bool(bool),
    Integer(i64),
    /// A string literal.
    Text(String),
    /// A parameter: `params.region`.
    Param(String),
    /// What a condition of a diagram has found: `self.partition_result`.
    Slot(String),
    /// A variable.
    Local(String),
    /// A function of the runtime.
    Function(RuntimeFunction, Vec<RustExpr>),
    /// `value.member`.
    Member(Box<RustExpr>, String),
    /// `value.method()`.
    Method(Box<RustExpr>, Method),
    /// An element of a list, or none; a negative position counts from the end.
    Element(Box<RustExpr>, i32),
    /// `value?`.
    Try(Box<RustExpr>),
    /// `Some(value)`.
    Some(Box<RustExpr>),
    /// `!value`.
    Not(Box<RustExpr>),
    /// `left == right`.
    Equal(Box<RustExpr>, Box<RustExpr>),
    /// `left != right`.
    NotEqual(Box<RustExpr>, Box<RustExpr>),
    /// `value.or(other)`.
    Or(Box<RustExpr>, Box<RustExpr>),
    /// `value.unwrap_or(other)`.
    UnwrapOr(Box<RustExpr>, Box<RustExpr>),
    /// `if condition { value } else { other }`.
    If(Box<[RustExpr; 3]>),
    /// `format!(template, values)`; variables stand in the template.
    Format(Vec<Piece>),
    /// A text that outlives the condition that makes it, in a cell by its number.
    Keep(usize, Box<RustExpr>),
}

/// A piece of a formatted text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    Literal(String),
    /// A variable that may stand within the template.
    Inline(String),
    Value(RustExpr),
}

/// The functions of the runtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RuntimeFunction {
    Partition,
    ParseArn,
    ParseUrl,
    IsValidHostLabel,
    IsVirtualHostableS3Bucket,
    Substring,
    UriEncode,
    Split,
}

/// Methods without arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    AsDeref,
    AsRef,
    AsSlice,
    AsStr,
    IsNone,
    IsSome,
    NormalizedPath,
    ToOwned,
    ToVec,
    UnwrapOrDefault,
}

impl RustExpr {
    /// A method without arguments on this.
    pub(crate) fn method(self, method: Method) -> Self {
        Self::Method(Box::new(self), method)
    }

    /// Whether it makes a text that lasts no longer than the expression, anywhere within.
    pub(crate) fn makes_text(&self) -> bool {
        let mut makes = false;
        self.walk(&mut |expr| makes |= expr.is_made());
        makes
    }

    /// Whether it is a `String` that is made here.
    pub(crate) fn is_made(&self) -> bool {
        match self {
            Self::Format(_) | Self::Function(RuntimeFunction::UriEncode, _) => true,
            Self::Method(_, Method::ToOwned) => true,
            Self::If(parts) => parts[1].is_made(),
            _ => false,
        }
    }

    /// Whether it uses a variable.
    pub(crate) fn mentions(&self, name: &str) -> bool {
        let mut found = false;
        self.walk(&mut |expr| match expr {
            Self::Local(local) => found |= local == name,
            Self::Format(pieces) => {
                found |= pieces.iter().any(|piece| matches!(piece, Piece::Inline(local) if local == name));
            }
            _ => {}
        });
        found
    }

    /// Visits this and everything within.
    pub(crate) fn walk(&self, visit: &mut dyn FnMut(&Self)) {
        visit(self);
        match self {
            Self::Bool(_) | Self::Integer(_) | Self::Text(_) | Self::Param(_) | Self::Slot(_) | Self::Local(_) => {}
            Self::Function(_, arguments) => arguments.iter().for_each(|argument| argument.walk(visit)),
            Self::Member(value, _)
            | Self::Method(value, _)
            | Self::Element(value, _)
            | Self::Try(value)
            | Self::Some(value)
            | Self::Not(value)
            | Self::Keep(_, value) => value.walk(visit),
            Self::Equal(left, right)
            | Self::NotEqual(left, right)
            | Self::Or(left, right)
            | Self::UnwrapOr(left, right) => {
                left.walk(visit);
                right.walk(visit);
            }
            Self::If(parts) => parts.iter().for_each(|part| part.walk(visit)),
            Self::Format(pieces) => {
                for piece in pieces {
                    if let Piece::Value(value) = piece {
                        value.walk(visit);
                    }
                }
            }
        }
    }

    /// Puts texts that are made within into cells, from a number on; gives the number of the next cell.
    pub(crate) fn keep_texts(self, cells: &mut usize) -> Self {
        let mut keep = |value: Box<Self>| Box::new(value.keep_texts(cells));
        match self {
            Self::Method(value, Method::AsStr) if value.is_made() => {
                let value = keep(value);
                let cell = *cells;
                *cells += 1;
                Self::Keep(cell, value)
            }
            Self::Method(value, method) => Self::Method(keep(value), method),
            Self::Function(function, arguments) => {
                Self::Function(function, arguments.into_iter().map(|argument| argument.keep_texts(cells)).collect())
            }
            Self::Member(value, name) => Self::Member(keep(value), name),
            Self::Element(value, index) => Self::Element(keep(value), index),
            Self::Try(value) => Self::Try(keep(value)),
            Self::Some(value) => Self::Some(keep(value)),
            Self::Or(left, right) => Self::Or(keep(left), keep(right)),
            Self::UnwrapOr(left, right) => Self::UnwrapOr(keep(left), keep(right)),
            Self::If(parts) => {
                let [condition, value, other] = *parts;
                Self::If(Box::new([condition, value.keep_texts(cells), other.keep_texts(cells)]))
            }
            other => other,
        }
    }
}

/// Names of variables, no two of them the same.
#[derive(Clone, Debug, Default)]
pub(crate) struct Locals(BTreeMap<String, String>);

impl Locals {
    /// A variable for a name of the rules: names that differ in case alone would have the same one.
    pub(crate) fn declare(&mut self, name: &str) -> String {
        let mut variable = local(name);
        while self.0.values().any(|taken| *taken == variable) {
            variable.push_str("_value");
        }
        self.0.insert(name.to_owned(), variable.clone());
        variable
    }

    /// The variable of a name that was declared.
    pub(crate) fn of(&self, name: &str) -> String {
        self.0.get(name).cloned().unwrap_or_else(|| local(name))
    }
}

/// Where rules end.
#[derive(Debug, Default)]
pub(crate) enum Ending {
    /// No rule fits.
    #[default]
    NoRule,
    /// An error with a text.
    Error(RustExpr),
    /// An endpoint that is a URL alone, a [`RustExpr::Format`].
    Url(RustExpr),
    /// An endpoint with more.
    Endpoint { url: RustExpr, properties: Vec<(String, DocumentExpr)>, headers: Vec<(String, RustExpr)> },
}

/// A property of an endpoint.
#[derive(Debug)]
pub(crate) enum DocumentExpr {
    Null,
    Bool(bool),
    Integer(i64),
    Text(RustExpr),
    List(Vec<DocumentExpr>),
    Object(Vec<(String, DocumentExpr)>),
}

impl Ending {
    /// Visits every expression.
    pub(crate) fn walk(&self, visit: &mut dyn FnMut(&RustExpr)) {
        match self {
            Self::NoRule => {}
            Self::Error(text) | Self::Url(text) => text.walk(visit),
            Self::Endpoint { url, properties, headers } => {
                url.walk(visit);
                properties.iter().for_each(|(_, property)| property.walk(visit));
                headers.iter().for_each(|(_, header)| header.walk(visit));
            }
        }
    }
}

impl DocumentExpr {
    fn walk(&self, visit: &mut dyn FnMut(&RustExpr)) {
        match self {
            Self::Null | Self::Bool(_) | Self::Integer(_) => {}
            Self::Text(text) => text.walk(visit),
            Self::List(elements) => elements.iter().for_each(|element| element.walk(visit)),
            Self::Object(entries) => entries.iter().for_each(|(_, value)| value.walk(visit)),
        }
    }
}
