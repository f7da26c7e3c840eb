//! What a response lacks.

use super::{Shape, View, flag};
use crate::slot::Slot;

/// Puts empty structures where the service has left out required ones, so that
/// a response never fails for what it lacks.
pub fn complete_shape(shape: &mut dyn Shape) {
    for (index, (_, flags)) in shape.schema().rows.iter().enumerate() {
        if flags & flag::REQUIRED != 0 && matches!(shape.member(index).view(), View::Absent) {
            complete_slot(shape.member_mut(index).slot());
        }
    }
}

/// Completes what was opened in place of something absent: a structure at any depth.
pub(crate) fn complete_slot(slot: Slot<'_>) {
    if let Slot::Structure(shape) = slot {
        complete_shape(shape);
    }
}
