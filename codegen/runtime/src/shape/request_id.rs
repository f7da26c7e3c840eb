//! The id of a request, which an output keeps behind its members.

#[cfg(feature = "client")]
use super::Shape;
#[cfg(feature = "client")]
use crate::slot::Slot;

/// The private field of an output that holds the id of its request.
pub(crate) const REQUEST_ID: &str = "_request_id";

/// Keeps the id of a request in its output, which has a place for it.
#[cfg(feature = "client")]
pub(crate) fn keep_request_id(output: &mut dyn Shape, id: &str) {
    let schema = output.schema();
    if schema.request_id
        && let Slot::Text(place) = output.member_mut(schema.rows.len()).slot()
    {
        id.clone_into(place);
    }
}
