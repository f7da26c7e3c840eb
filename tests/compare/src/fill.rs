//! From generated JSON to typed values, through the public builders of either crate.

use std::collections::HashMap;

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use aws_smithy_types::error::operation::BuildError;
use serde_json::Value;

/// A type that is made from the JSON that stands for it on the wire.
///
/// `fill` fails where a builder refuses to build. It panics on JSON of another shape: all of it is generated from the model.
pub(crate) trait Fill: Sized {
    /// Makes the value.
    fn fill(value: &Value) -> Result<Self, BuildError>;
}

impl Fill for String {
    fn fill(value: &Value) -> Result<Self, BuildError> {
        Ok(text(value).to_owned())
    }
}

impl Fill for bool {
    fn fill(value: &Value) -> Result<Self, BuildError> {
        Ok(value.as_bool().unwrap_or_else(|| panic!("{value} is no boolean")))
    }
}

impl Fill for i32 {
    fn fill(value: &Value) -> Result<Self, BuildError> {
        let number = value.as_i64().and_then(|number| number.try_into().ok());
        Ok(number.unwrap_or_else(|| panic!("{value} is no 32-bit integer")))
    }
}

impl Fill for f32 {
    fn fill(value: &Value) -> Result<Self, BuildError> {
        // Numbers that JSON cannot write stand there by name.
        let number = value.as_f64().unwrap_or_else(|| match text(value) {
            "NaN" => f64::NAN,
            "Infinity" => f64::INFINITY,
            "-Infinity" => f64::NEG_INFINITY,
            other => panic!("{other:?} names no number"),
        });
        Ok(number as Self)
    }
}

impl Fill for DateTime {
    fn fill(value: &Value) -> Result<Self, BuildError> {
        Ok(Self::from_str(text(value), Format::DateTime).unwrap_or_else(|error| panic!("{value}: {error}")))
    }
}

impl<T: Fill> Fill for Vec<T> {
    fn fill(value: &Value) -> Result<Self, BuildError> {
        value.as_array().unwrap_or_else(|| panic!("{value} is no list")).iter().map(T::fill).collect()
    }
}

impl<T: Fill> Fill for HashMap<String, T> {
    fn fill(value: &Value) -> Result<Self, BuildError> {
        let entries = value.as_object().unwrap_or_else(|| panic!("{value} is no map"));
        entries.iter().map(|(key, value)| Ok((key.clone(), T::fill(value)?))).collect()
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}

/// The member that Rust calls `name` of the structure `value`; `None` where it is absent.
pub(crate) fn optional<T: Fill>(value: &Value, name: &str) -> Result<Option<T>, BuildError> {
    value.get(model_name(name)).map(T::fill).transpose()
}

/// The model's name of the member that Rust calls `name`: `stage_arn` is `stageArn`.
pub(crate) fn model_name(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |mut joined, word| {
        let mut letters = word.chars();
        joined.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        joined.push_str(letters.as_str());
        joined
    })
}

/// What `build()` returns, be it fallible or not.
pub(crate) trait Built<T> {
    /// The value, or why it was refused.
    fn built(self) -> Result<T, BuildError>;
}

impl<T> Built<T> for T {
    fn built(self) -> Result<T, BuildError> {
        Ok(self)
    }
}

impl<T> Built<T> for Result<T, BuildError> {
    fn built(self) -> Result<T, BuildError> {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_joined_as_the_model_has_them() {
        assert_eq!(
            ["arn", "stage_arn", "s3", "x_amzn_error_type"].map(model_name),
            ["arn", "stageArn", "s3", "xAmznErrorType"]
        );
    }
}
