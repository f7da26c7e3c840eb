//! JMESPath over the values of emitted types: what waiters and endpoint parameters ask of inputs and outputs.
//!
//! The generator has parsed an expression, found the positions of the members that it names, and checked that it fits the
//! shapes. What is left is a [`Path`]: a table of steps, each of which is applied to what those before it came to. The
//! meaning is that of the JMESPath specification. A value is as in JSON: enums are text, timestamps are numbers of seconds,
//! blobs are base64, an absent member is null, a variant that is not set too.

use aws_smithy_types::{Document, base64};
use std::borrow::Cow;
use std::collections::HashMap;

use crate::shape::{Entries, Shape, Union, View};

#[cfg(test)]
mod tests;

/// The steps of an expression, in order; none for `@`.
pub type Path = &'static [Step];

/// A step of an expression.
///
/// A projection holds the steps that it applies to each element; elements that they make null are left out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// `name`: the member at this position of a structure or a union.
    Member(usize),
    /// `name`: the value under this key of a map or a document.
    Key(&'static str),
    /// `[0]`: the element of a list at this position; a negative one counts from the end.
    At(i32),
    /// `[*]`: every element of a list.
    Each(Path),
    /// `.*`: every value of a map or a structure.
    Values(Path),
    /// `[]`: every element of a list, and every element of the lists in it.
    Flatten(Path),
    /// `[?a]`: the elements for which the first path is true.
    Filter(Path, Path),
    /// `[a, b]`: a list of what these paths come to.
    Select(&'static [Path]),
    /// The constant null.
    Null,
    /// A constant.
    Boolean(bool),
    /// A constant.
    Number(f64),
    /// A constant.
    Text(&'static str),
    /// `a == b` and its like.
    Compare(Comparator, Path, Path),
    /// `a && b`.
    And(Path, Path),
    /// `a || b`.
    Or(Path, Path),
    /// `!a`.
    Not(Path),
    /// `length(a)` and its like.
    Call(Function, &'static [Path]),
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparator {
    /// `==`.
    Equal,
    /// `!=`.
    NotEqual,
    /// `<`, of numbers; null for others, as the next three.
    Less,
    /// `<=`.
    LessOrEqual,
    /// `>`.
    Greater,
    /// `>=`.
    GreaterOrEqual,
}

/// A function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// Whether a text or a list contains something.
    Contains,
    /// Whether a text ends with another.
    EndsWith,
    /// The keys of a map, or the names of the members of a structure that are set.
    Keys,
    /// How many characters, elements, entries or set members there are.
    Length,
    /// The first of the arguments that is not null.
    NotNull,
    /// Whether a text begins with another.
    StartsWith,
    /// The values of a map, or of the members of a structure that are set.
    Values,
}

/// What a path has come to.
#[derive(Clone, Debug)]
pub enum Found<'a> {
    /// Nothing.
    Null,
    /// True or false.
    Boolean(bool),
    /// Any number.
    Number(f64),
    /// Text.
    Text(Cow<'a, str>),
    /// A list.
    List(Vec<Self>),
    /// A structure.
    Structure(&'a dyn Shape),
    /// A union.
    Union(&'a dyn Union),
    /// A map.
    Map(Map<'a>),
    /// An object within a document.
    Object(&'a HashMap<String, Document>),
    /// An object of two members: input and output of a call.
    Both(&'a dyn Shape, &'a dyn Shape),
}

/// A map, which prints as one.
#[derive(Clone, Copy)]
pub struct Map<'a>(&'a dyn Entries);

impl std::fmt::Debug for Map<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "a map of {}", self.0.count())
    }
}

/// Follows a path from a value; `None` where a function is called with what it does not take.
pub fn follow<'a>(path: Path, start: &Found<'a>) -> Option<Found<'a>> {
    let Some((first, rest)) = path.split_first() else { return Some(start.clone()) };
    let mut found = step(first, start)?;
    for next in rest {
        found = step(next, &found)?;
    }
    Some(found)
}

fn step<'a>(step: &Step, value: &Found<'a>) -> Option<Found<'a>> {
    Some(match *step {
        Step::Member(index) => value.member(index),
        Step::Key(key) => value.entry(key),
        Step::At(position) => at(value, position),
        Step::Each(rest) => projected(elements(value), |element| follow(rest, &element))?,
        Step::Values(rest) => projected(value.values(), |element| follow(rest, &element))?,
        Step::Flatten(rest) => projected(elements(value).map(flat), |element| follow(rest, &element))?,
        Step::Filter(condition, rest) => {
            projected(elements(value), |element| match follow(condition, &element)?.is_true() {
                true => follow(rest, &element),
                false => Some(Found::Null),
            })?
        }
        Step::Select(_) if matches!(value, Found::Null) => Found::Null,
        Step::Select(paths) => Found::List(paths.iter().map(|path| follow(path, value)).collect::<Option<_>>()?),
        Step::Null => Found::Null,
        Step::Boolean(constant) => Found::Boolean(constant),
        Step::Number(constant) => Found::Number(constant),
        Step::Text(constant) => Found::Text(constant.into()),
        Step::Compare(comparator, one, other) => compare(comparator, &follow(one, value)?, &follow(other, value)?),
        Step::And(one, other) => match follow(one, value)? {
            found if found.is_true() => follow(other, value)?,
            found => found,
        },
        Step::Or(one, other) => match follow(one, value)? {
            found if found.is_true() => found,
            _ => follow(other, value)?,
        },
        Step::Not(path) => Found::Boolean(!follow(path, value)?.is_true()),
        Step::Call(function, arguments) => {
            let arguments = arguments.iter().map(|path| follow(path, value)).collect::<Option<Vec<_>>>()?;
            call(function, &arguments)?
        }
    })
}

/// The elements of a list; `None` for other values, of which a projection makes null.
fn elements<'a>(value: &Found<'a>) -> Option<Vec<Found<'a>>> {
    match value {
        Found::List(elements) => Some(elements.clone()),
        _ => None,
    }
}

fn projected<'a>(elements: Option<Vec<Found<'a>>>, each: impl Fn(Found<'a>) -> Option<Found<'a>>) -> Option<Found<'a>> {
    let Some(elements) = elements else { return Some(Found::Null) };
    let mut list = Vec::with_capacity(elements.len());
    for element in elements {
        match each(element)? {
            Found::Null => {}
            found => list.push(found),
        }
    }
    Some(Found::List(list))
}

/// The elements, with those of the lists among them in their places.
fn flat(elements: Vec<Found<'_>>) -> Vec<Found<'_>> {
    let mut flat = Vec::with_capacity(elements.len());
    for element in elements {
        match element {
            Found::List(inner) => flat.extend(inner),
            other => flat.push(other),
        }
    }
    flat
}

fn at<'a>(value: &Found<'a>, position: i32) -> Found<'a> {
    let Found::List(elements) = value else { return Found::Null };
    let distance = usize::try_from(position.unsigned_abs()).unwrap_or(usize::MAX);
    let index = if position < 0 { elements.len().checked_sub(distance) } else { Some(distance) };
    index.and_then(|index| elements.get(index)).cloned().unwrap_or(Found::Null)
}

fn compare<'a>(comparator: Comparator, one: &Found<'_>, other: &Found<'_>) -> Found<'a> {
    let numbers = match (one, other) {
        (Found::Number(one), Found::Number(other)) => Some((one, other)),
        _ => None,
    };
    let ordered = match comparator {
        Comparator::Equal => return Found::Boolean(one.same(other)),
        Comparator::NotEqual => return Found::Boolean(!one.same(other)),
        Comparator::Less => numbers.map(|(one, other)| one < other),
        Comparator::LessOrEqual => numbers.map(|(one, other)| one <= other),
        Comparator::Greater => numbers.map(|(one, other)| one > other),
        Comparator::GreaterOrEqual => numbers.map(|(one, other)| one >= other),
    };
    ordered.map_or(Found::Null, Found::Boolean)
}

fn call<'a>(function: Function, arguments: &[Found<'a>]) -> Option<Found<'a>> {
    Some(match (function, arguments) {
        (Function::Contains, [Found::List(elements), wanted]) => {
            Found::Boolean(elements.iter().any(|element| element.same(wanted)))
        }
        (Function::Contains, [Found::Text(text), Found::Text(wanted)]) => Found::Boolean(text.contains(&**wanted)),
        (Function::EndsWith, [Found::Text(text), Found::Text(end)]) => Found::Boolean(text.ends_with(&**end)),
        (Function::StartsWith, [Found::Text(text), Found::Text(start)]) => Found::Boolean(text.starts_with(&**start)),
        (Function::Length, [Found::Text(text)]) => count(text.chars().count()),
        (Function::Length, [Found::List(elements)]) => count(elements.len()),
        (Function::Length, [value]) => count(value.values()?.len()),
        (Function::Keys, [value]) => Found::List(value.keys()?),
        (Function::Values, [value]) => Found::List(value.values()?),
        (Function::NotNull, values) => {
            values.iter().find(|value| !matches!(value, Found::Null)).cloned().unwrap_or(Found::Null)
        }
        _ => return None,
    })
}

fn count<'a>(number: usize) -> Found<'a> {
    // Beyond 2^53 a double is no longer exact: nothing in memory has so many elements.
    Found::Number(number as f64)
}

impl<'a> Found<'a> {
    /// A value of an emitted type; a stream is nothing that can be looked into.
    pub fn of(view: View<'a>) -> Self {
        match view {
            View::Absent | View::Stream(_) | View::Metadata(_) => Self::Null,
            View::Boolean(value) => Self::Boolean(value),
            View::Integer(number) => Self::Number(number as f64),
            View::Float(number) => Self::Number(number.into()),
            View::Double(number) => Self::Number(number),
            // As far as a double goes, which every number of expressions is.
            View::BigNumber(number) => Self::Number(number.text().parse().unwrap_or(f64::NAN)),
            View::Text(text) => Self::Text(text.into()),
            View::Enum(value) => Self::Text(value.text().into()),
            View::Timestamp(time) => Self::Number(time.as_secs_f64()),
            View::Blob(blob) => Self::Text(base64::encode(blob).into()),
            View::Document(document) => Self::of_document(document),
            View::List(items) => {
                Self::List((0..items.count()).map(|index| Self::of(items.item(index).view())).collect())
            }
            View::Map(entries) => Self::Map(Map(entries)),
            View::Structure(structure) => Self::Structure(structure),
            View::Union(union) => Self::Union(union),
        }
    }

    fn of_document(document: &'a Document) -> Self {
        match document {
            Document::Null => Self::Null,
            Document::Bool(value) => Self::Boolean(*value),
            Document::Number(number) => Self::Number(number.to_f64_lossy()),
            Document::String(text) => Self::Text(text.as_str().into()),
            Document::Array(elements) => Self::List(elements.iter().map(Self::of_document).collect()),
            Document::Object(entries) => Self::Object(entries),
        }
    }

    fn member(&self, index: usize) -> Self {
        match *self {
            Self::Structure(structure) => Self::of(structure.member(index).view()),
            Self::Union(union) => match union.variant() {
                Some((position, value)) if position == index => Self::of(value.view()),
                _ => Self::Null,
            },
            Self::Both(input, output) => Self::Structure(if index == 0 { input } else { output }),
            _ => Self::Null,
        }
    }

    fn entry(&self, key: &str) -> Self {
        match *self {
            Self::Map(Map(entries)) => entries.entry(key).map_or(Self::Null, |value| Self::of(value.view())),
            Self::Object(entries) => entries.get(key).map_or(Self::Null, Self::of_document),
            _ => Self::Null,
        }
    }

    /// The entries of what JSON has as an object, those that are null excepted of structures; `None` for other values.
    fn entries(&self) -> Option<Vec<(&'a str, Self)>> {
        let mut found = Vec::new();
        match *self {
            Self::Structure(structure) => {
                let schema = structure.schema();
                let members = (0..schema.rows.len()).map(|index| (schema.member_name(index), self.member(index)));
                found.extend(members.filter(|(_, value)| !matches!(value, Self::Null)));
            }
            Self::Union(union) => {
                let variant = union.variant();
                found.extend(variant.map(|(index, value)| (union.schema().member_name(index), Self::of(value.view()))));
            }
            Self::Map(Map(entries)) => entries
                .each(&mut |key, value| {
                    found.push((key.text(), Self::of(value.view())));
                    Ok(())
                })
                .ok()?,
            Self::Object(entries) => {
                found.extend(entries.iter().map(|(key, value)| (key.as_str(), Self::of_document(value))));
            }
            _ => return None,
        }
        Some(found)
    }

    fn keys(&self) -> Option<Vec<Self>> {
        Some(self.entries()?.into_iter().map(|(key, _)| Self::Text(key.into())).collect())
    }

    fn values(&self) -> Option<Vec<Self>> {
        Some(self.entries()?.into_iter().map(|(_, value)| value).collect())
    }

    /// Whether conditions hold for it: null, false, empty texts, lists and objects are not.
    fn is_true(&self) -> bool {
        match self {
            Self::Null | Self::Boolean(false) => false,
            Self::Boolean(true) | Self::Number(_) | Self::Both(..) => true,
            Self::Text(text) => !text.is_empty(),
            Self::List(elements) => !elements.is_empty(),
            object => object.entries().is_some_and(|entries| !entries.is_empty()),
        }
    }

    /// Whether it equals another value.
    fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Boolean(one), Self::Boolean(other)) => one == other,
            (Self::Number(one), Self::Number(other)) => one == other,
            (Self::Text(one), Self::Text(other)) => one == other,
            (Self::List(one), Self::List(other)) => {
                one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.same(other))
            }
            (one, other) => match (one.entries(), other.entries()) {
                (Some(one), Some(other)) => {
                    let is_in_other = |(key, value): &(&str, Self)| {
                        other.iter().any(|(other_key, other)| key == other_key && value.same(other))
                    };
                    one.len() == other.len() && one.iter().all(is_in_other)
                }
                _ => false,
            },
        }
    }
}
