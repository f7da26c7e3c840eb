//! Checks of default values against the type that they stand for.

use super::traits::id;
use crate::ast::node::{Findings, describe};
use crate::ast::{Kind, Shape, Trait};
use serde_json::Value;

/// Reports a default that the target cannot have.
pub(crate) fn check(default: &Trait, target: &Shape, findings: &mut Findings) {
    let value = &default.value;
    if value.is_null() {
        return;
    }
    let wanted = match target.kind {
        Kind::Boolean if value.is_boolean() => return,
        Kind::Boolean => "true or false",
        Kind::String | Kind::Blob if value.is_string() => return,
        Kind::String | Kind::Blob => "a string",
        Kind::Enum | Kind::IntEnum if values(target).any(|one| one == *value) => return,
        Kind::Enum | Kind::IntEnum => "one of its values",
        kind if whole_numbers(kind).is_some_and(|(min, max)| is_between(value, min, max)) => return,
        kind if whole_numbers(kind).is_some() => "a whole number within its range",
        Kind::Float if is_single(value) || is_special(value) => return,
        Kind::Float => "a number of single precision",
        Kind::Double if value.is_number() || is_special(value) => return,
        Kind::Double => "a number",
        Kind::BigInteger | Kind::BigDecimal | Kind::Timestamp if value.is_number() || value.is_string() => {
            return;
        }
        Kind::BigInteger | Kind::BigDecimal | Kind::Timestamp => "a number or a string",
        Kind::List | Kind::Set if is_empty(value, Value::is_array) => return,
        Kind::List | Kind::Set => "an empty array",
        Kind::Map if is_empty(value, Value::is_object) => return,
        Kind::Map => "an empty object",
        Kind::Document if !is_filled(value) => return,
        Kind::Document => "a scalar, an empty array or an empty object",
        _ => "null",
    };
    findings.error(
        &default.at,
        format!("{} cannot be the default of {}", describe(value), target.kind.described()),
        format!("the default of {} is {wanted}", target.id),
    );
}

/// Least and greatest value of whole numbers that have bounds.
fn whole_numbers(kind: Kind) -> Option<(i64, i64)> {
    match kind {
        Kind::Byte => Some((i8::MIN.into(), i8::MAX.into())),
        Kind::Short => Some((i16::MIN.into(), i16::MAX.into())),
        Kind::Integer => Some((i32::MIN.into(), i32::MAX.into())),
        Kind::Long => Some((i64::MIN, i64::MAX)),
        _ => None,
    }
}

fn is_between(value: &Value, min: i64, max: i64) -> bool {
    value.as_i64().is_some_and(|number| (min..=max).contains(&number))
}

/// Whether a number stays one in single precision.
fn is_single(value: &Value) -> bool {
    // Beyond the range of the type the cast gives an infinity.
    value.as_f64().is_some_and(|number| (number as f32).is_finite())
}

fn is_special(value: &Value) -> bool {
    ["NaN", "Infinity", "-Infinity"].iter().any(|word| value == word)
}

fn is_filled(value: &Value) -> bool {
    value.as_array().is_some_and(|array| !array.is_empty())
        || value.as_object().is_some_and(|object| !object.is_empty())
}

fn is_empty(value: &Value, is_kind: fn(&Value) -> bool) -> bool {
    is_kind(value) && !is_filled(value)
}

/// The values of an enum; a member without one has its name.
fn values(shape: &Shape) -> impl Iterator<Item = Value> {
    shape.members.iter().map(|member| {
        let value = member.traits.get(id::ENUM_VALUE);
        value.map_or_else(|| member.name.clone().into(), |found| found.value.clone())
    })
}
