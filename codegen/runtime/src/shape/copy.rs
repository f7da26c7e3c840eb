//! `Clone` of structures, by their tables.

use super::{Shape, Union, Value, View};
use crate::slot::Slot;

/// `Clone` of emitted structures: the members, and what stands behind them. Those that have a stream have no `Clone`.
pub fn clone_shape<T: Shape>(shape: &T) -> T {
    let mut clone = <T as Shape>::empty();
    copy_shape(shape, &mut clone);
    clone
}

fn copy_shape(from: &dyn Shape, to: &mut dyn Shape) {
    for index in 0..from.schema().places() {
        copy_value(from.member(index), to.member_mut(index));
    }
}

/// Copies a value into an empty one of its type.
fn copy_value(from: &dyn Value, to: &mut dyn Value) {
    let view = from.view();
    if !matches!(view, View::Absent) {
        fill(to.slot(), view);
    }
}

fn fill(slot: Slot<'_>, view: View<'_>) {
    match (slot, view) {
        (Slot::Boolean(place), View::Boolean(value)) => *place = value,
        (Slot::Integer(place), View::Integer(value)) => _ = place.set(value),
        (Slot::Float(place), View::Float(value)) => *place = value,
        (Slot::Double(place), View::Double(value)) => *place = value,
        (Slot::BigNumber(place), View::BigNumber(value)) => _ = place.set(value.text()),
        (Slot::Text(place), View::Text(value)) => value.clone_into(place),
        (Slot::Enum(place), View::Enum(value)) => place.set(value.text()),
        (Slot::Timestamp(place), View::Timestamp(value)) => *place = *value,
        (Slot::Blob(place), View::Blob(value)) => value.clone_into(place),
        (Slot::Document(place), View::Document(value)) => value.clone_into(place),
        (Slot::List(list), View::List(items)) => {
            for index in 0..items.count() {
                copy_value(items.item(index), list.append());
            }
        }
        (Slot::Map(map), View::Map(entries)) => map.replace(entries.copy()),
        (Slot::Structure(to), View::Structure(from)) => copy_shape(from, to),
        (Slot::Union(to), View::Union(from)) => copy_union(from, to),
        (Slot::Metadata(place), View::Metadata(value)) => value.clone_into(place),
        _ => unreachable!("a value opens as what it shows itself as"),
    }
}

/// A variant that this version does not know is what an empty union is.
fn copy_union(from: &dyn Union, to: &mut dyn Union) {
    if let Some((index, value)) = from.variant() {
        copy_value(value, to.select(index));
    }
}
