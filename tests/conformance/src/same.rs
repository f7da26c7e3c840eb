//! Whether an output is the expected one, and where it first differs.
//!
//! Values are equal as Rust has it, but that NaN equals NaN, and numbers of documents are equal by their value, as JSON
//! does not tell integers from others. Of a number without bounds a case has the digits of a double. What stands behind the members, such as the id of the request or the metadata of an
//! error, is of the response and not of the case.

use aws_smithy_types::{Document, Number};
use smithy_client_runtime::shape::{Entries, Items, Shape, Union, Value, View};

/// The first difference of two values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// JSON pointer of the member, by names of the model.
    pub path: String,
    /// What should be there.
    pub expected: String,
    /// What is there.
    pub actual: String,
}

/// The first difference of two structures of one type.
pub fn difference(expected: &dyn Shape, actual: &dyn Shape) -> Option<Difference> {
    let schema = expected.schema();
    (0..schema.rows.len()).find_map(|index| {
        let difference = of_values(expected.member(index), actual.member(index))?;
        Some(difference.below(schema.member_name(index)))
    })
}

impl Difference {
    fn below(mut self, step: &str) -> Self {
        self.path.insert_str(0, &format!("/{}", step.replace('~', "~0").replace('/', "~1")));
        self
    }
}

/// The first difference of two values of one type.
pub(crate) fn of_values(expected: &dyn Value, actual: &dyn Value) -> Option<Difference> {
    let (expected, actual) = (expected.view(), actual.view());
    match (&expected, &actual) {
        (View::Structure(expected), View::Structure(actual)) => return difference(*expected, *actual),
        (View::List(expected), View::List(actual)) if expected.count() == actual.count() => {
            return of_lists(*expected, *actual);
        }
        (View::Map(expected), View::Map(actual)) if keys(*expected) == keys(*actual) => {
            return of_maps(*expected, *actual);
        }
        (View::Union(one), View::Union(other)) => {
            if let Some(inner) = of_unions(*one, *other) {
                return inner;
            }
        }
        _ if same(&expected, &actual) => return None,
        _ => {}
    }
    Some(Difference { path: String::new(), expected: shown(&expected), actual: shown(&actual) })
}

fn of_lists(expected: &dyn Items, actual: &dyn Items) -> Option<Difference> {
    (0..expected.count())
        .find_map(|index| Some(of_values(expected.item(index), actual.item(index))?.below(&index.to_string())))
}

fn of_maps(expected: &dyn Entries, actual: &dyn Entries) -> Option<Difference> {
    keys(expected).iter().find_map(|key| Some(of_values(expected.entry(key)?, actual.entry(key)?)?.below(key)))
}

/// The difference of two unions in the same member; `None` where they have different members.
fn of_unions(expected: &dyn Union, actual: &dyn Union) -> Option<Option<Difference>> {
    match (expected.variant(), actual.variant()) {
        (Some((one, value)), Some((other, other_value))) if one == other => {
            let member = expected.schema().member_name(one);
            Some(of_values(value, other_value).map(|difference| difference.below(member)))
        }
        (None, None) => Some(None),
        _ => None,
    }
}

fn keys(map: &dyn Entries) -> Vec<String> {
    let mut keys = Vec::new();
    // Nothing here returns an error.
    let _ = map.each(&mut |key, _| {
        keys.push(key.text().to_owned());
        Ok(())
    });
    keys.sort();
    keys
}

/// Whether two values without values in them are equal.
fn same(one: &View<'_>, other: &View<'_>) -> bool {
    match (one, other) {
        (View::Absent, View::Absent) => true,
        (View::Boolean(one), View::Boolean(other)) => one == other,
        (View::Integer(one), View::Integer(other)) => one == other,
        (View::Float(one), View::Float(other)) => one == other || one.is_nan() && other.is_nan(),
        (View::Double(one), View::Double(other)) => one == other || one.is_nan() && other.is_nan(),
        (View::BigNumber(one), View::BigNumber(other)) => {
            one.same(*other) || !is_exact(one.text()) && double(one.text()) == double(other.text())
        }
        (View::Text(one), View::Text(other)) => one == other,
        (View::Enum(one), View::Enum(other)) => one.text() == other.text(),
        (View::Timestamp(one), View::Timestamp(other)) => one == other,
        (View::Blob(one), View::Blob(other)) => one == other,
        (View::Stream(one), View::Stream(other)) => one.bytes() == other.bytes(),
        (View::Document(one), View::Document(other)) => same_document(one, other),
        _ => false,
    }
}

/// Whether the JSON of a model has all digits of a number: it is written and read by tools that make doubles of all others.
fn is_exact(text: &str) -> bool {
    text.parse::<i64>().is_ok() || text.parse::<u64>().is_ok()
}

fn double(text: &str) -> Option<f64> {
    text.parse().ok()
}

fn same_document(one: &Document, other: &Document) -> bool {
    match (one, other) {
        (Document::Number(one), Document::Number(other)) => same_number(*one, *other),
        (Document::Array(one), Document::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same_document(one, other))
        }
        (Document::Object(one), Document::Object(other)) => {
            let entry =
                |(key, one): (&String, &Document)| other.get(key).is_some_and(|other| same_document(one, other));
            one.len() == other.len() && one.iter().all(entry)
        }
        _ => one == other,
    }
}

fn same_number(one: Number, other: Number) -> bool {
    one == other || one.to_f64_lossy() == other.to_f64_lossy()
}

/// A value as people read it.
fn shown(view: &View<'_>) -> String {
    match view {
        View::Absent => "nothing".to_owned(),
        View::Metadata(meta) => format!("{meta:?}"),
        View::Boolean(value) => value.to_string(),
        View::Integer(value) => value.to_string(),
        View::Float(value) => format!("{value:?}"),
        View::Double(value) => format!("{value:?}"),
        View::BigNumber(number) => number.text().to_owned(),
        View::Text(text) => format!("{text:?}"),
        View::Enum(word) => format!("{:?}", word.text()),
        View::Timestamp(time) => format!("{time:?}"),
        View::Blob(bytes) => format!("b\"{}\"", bytes.as_ref().escape_ascii()),
        View::Stream(stream) => match stream.bytes() {
            Some(bytes) => format!("b\"{}\"", bytes.escape_ascii()),
            None => "a stream".to_owned(),
        },
        View::Document(document) => format!("{document:?}"),
        View::List(items) => {
            let items = (0..items.count()).map(|index| shown(&items.item(index).view()));
            format!("[{}]", items.collect::<Vec<_>>().join(", "))
        }
        View::Map(entries) => {
            let entry = |key: &String| Some(format!("{key:?}: {}", shown(&entries.entry(key)?.view())));
            format!("{{{}}}", keys(*entries).iter().filter_map(entry).collect::<Vec<_>>().join(", "))
        }
        View::Structure(shape) => format!("{shape:?}"),
        View::Union(union) => format!("{union:?}"),
    }
}
