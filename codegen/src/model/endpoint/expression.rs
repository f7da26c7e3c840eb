//! What both forms of rules are made of: conditions, ends, and the expressions in them.

use super::form::Problem;
use super::template::{AttributePath, Part};
use super::types::Function;

/// Where rules end.
#[derive(Clone, Debug, PartialEq)]
pub enum Conclusion {
    /// There is no endpoint, for this reason.
    Error(Expr),
    /// An endpoint.
    Endpoint(EndpointExpr),
}

/// An endpoint to be made.
#[derive(Clone, Debug, PartialEq)]
pub struct EndpointExpr {
    /// Its URL, a text.
    pub url: Expr,
    /// Its properties by name, such as `authSchemes`.
    pub properties: Vec<(String, Property)>,
    /// Headers that requests to it have.
    pub headers: Vec<(String, Vec<Expr>)>,
}

/// A property of an endpoint: JSON whose strings are templates.
#[derive(Clone, Debug, PartialEq)]
pub enum Property {
    /// `null`.
    Null,
    /// A boolean.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A text.
    Text(Expr),
    /// An array.
    List(Vec<Property>),
    /// An object.
    Object(Vec<(String, Property)>),
    /// What is none of these; none is left in rules that were checked.
    Wrong(Problem),
}

/// A function call that must hold, perhaps with a name for its result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The call.
    pub call: Expr,
    /// The name under which its result is known from here on.
    pub assign: Option<String>,
}

/// An expression of the rules language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr {
    /// A boolean.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Text with `{Name}` and `{Name#attribute}` in it.
    Template(Vec<Part>),
    /// A parameter, or the result of a condition, by its name.
    Ref(String),
    /// `getAttr`: what a path leads to.
    Attribute(Box<Expr>, AttributePath),
    /// A function with its arguments.
    Call(Function, Vec<Expr>),
    /// A function that nobody knows, by its name; none is left in rules that were checked.
    Unknown(String),
}

impl Expr {
    /// The text of a literal without values in it.
    pub fn literal(&self) -> Option<&str> {
        match self {
            Self::Template(parts) => match parts.as_slice() {
                [Part::Literal(text)] => Some(text),
                _ => None,
            },
            _ => None,
        }
    }
}
