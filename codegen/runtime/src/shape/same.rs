//! Equality of structures, by their tables.

use super::{Shape, Value, View};
use crate::slot::EnumValue;

/// Equality of two structures of one type: every member, and what stands behind them.
pub fn same_shape(one: &dyn Shape, other: &dyn Shape) -> bool {
    (0..one.schema().places()).all(|index| same_value(one.member(index), other.member(index)))
}

/// Equality of two values of one type; as for floats in general, NaN equals nothing.
pub fn same_value(one: &dyn Value, other: &dyn Value) -> bool {
    same_view(&one.view(), &other.view())
}

fn same_view(one: &View<'_>, other: &View<'_>) -> bool {
    match (one, other) {
        (View::Absent, View::Absent) => true,
        (View::Boolean(one), View::Boolean(other)) => one == other,
        (View::Integer(one), View::Integer(other)) => one == other,
        (View::Float(one), View::Float(other)) => one == other,
        (View::Double(one), View::Double(other)) => one == other,
        (View::BigNumber(one), View::BigNumber(other)) => one.same(*other),
        (View::Text(one), View::Text(other)) => one == other,
        (View::Enum(one), View::Enum(other)) => one.text() == other.text(),
        (View::Timestamp(one), View::Timestamp(other)) => one == other,
        (View::Blob(one), View::Blob(other)) => one == other,
        // What a stream holds is known of those in memory alone.
        (View::Stream(one), View::Stream(other)) => one.bytes().is_some_and(|bytes| other.bytes() == Some(bytes)),
        (View::Document(one), View::Document(other)) => one == other,
        (View::Structure(one), View::Structure(other)) => same_shape(*one, *other),
        (View::List(one), View::List(other)) => {
            one.count() == other.count() && (0..one.count()).all(|index| same_value(one.item(index), other.item(index)))
        }
        (View::Map(one), View::Map(other)) => {
            let same =
                |key: &dyn EnumValue, value| other.entry(key.text()).is_some_and(|other| same_value(value, other));
            let mut all = one.count() == other.count();
            let walked = one.each(&mut |key, value| {
                all &= same(key, value);
                Ok(())
            });
            all && walked.is_ok()
        }
        (View::Union(one), View::Union(other)) => match (one.variant(), other.variant()) {
            (Some((one, value)), Some((other, other_value))) => one == other && same_value(value, other_value),
            (None, None) => true,
            _ => false,
        },
        (View::Metadata(one), View::Metadata(other)) => one == other,
        _ => false,
    }
}
