//! Streams of events as Rust will have them: the errors of each. Its events are a union among the types.

use super::operation::ErrorVariant;
use super::types::Named;

/// A stream of events.
#[derive(Debug)]
pub(crate) struct EventStream {
    /// The union of the events.
    pub(crate) event: Named,
    /// Its id in the model.
    pub(crate) shape_id: String,
    /// The name of its error enum.
    pub(crate) error: String,
    /// The errors that a message of it may be, by the names of the union's members.
    pub(crate) errors: Vec<ErrorVariant>,
    /// Something in its events is sensitive.
    pub(crate) is_secret: bool,
}
