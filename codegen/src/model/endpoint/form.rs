//! The form of rules in JSON: what their readers take out of it, and how they say what is wrong.

use serde_json::{Map, Value};

/// What is wrong with endpoint rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// JSON pointer below the trait's value.
    pub pointer: String,
    /// What is wrong, a sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

impl Problem {
    /// A problem of the form of rules.
    pub(crate) fn of_form(pointer: &str, message: impl Into<String>) -> Self {
        Self {
            pointer: pointer.to_owned(),
            message: message.into(),
            hint: "the rule set is described in Smithy's rules engine specification".to_owned(),
        }
    }
}

/// What was read, or the first problem of form.
pub(super) type Parsed<T> = Result<T, Problem>;

/// A problem of form.
pub(super) fn fail<T>(pointer: &str, message: impl Into<String>) -> Parsed<T> {
    Err(Problem::of_form(pointer, message))
}

/// An object under a key.
pub(super) fn object<'a>(value: Option<&'a Value>, pointer: &str) -> Parsed<&'a Map<String, Value>> {
    match value {
        Some(Value::Object(map)) => Ok(map),
        _ => fail(pointer, "an object is wanted here"),
    }
}

/// An array under a key.
pub(super) fn array<'a>(value: Option<&'a Value>, pointer: &str) -> Parsed<&'a [Value]> {
    match value {
        Some(Value::Array(elements)) => Ok(elements),
        _ => fail(pointer, "an array is wanted here"),
    }
}

/// The text under a key, if it is there.
pub(super) fn text_at<'a>(map: &'a Map<String, Value>, key: &str, pointer: &str) -> Parsed<Option<&'a str>> {
    match map.get(key) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => fail(&format!("{pointer}/{key}"), "a string is wanted here"),
    }
}

/// A key as a token of a JSON pointer.
pub(crate) fn token(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
