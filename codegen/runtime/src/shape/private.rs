//! The private field that an emitted structure keeps behind its members.

use aws_smithy_types::retry::ErrorKind;

#[cfg(feature = "client")]
use super::Shape;
#[cfg(feature = "client")]
use crate::slot::Slot;

/// What stands behind the members of a structure, at the position after the last of them. It is no member: codecs do not
/// see it, `Debug`, `Clone` and `PartialEq` do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Private {
    /// Nothing.
    None,
    /// The id of the request that an output answers, an optional text.
    RequestId,
    /// Code, message and request id of an exception. With it stands whether and how the model says that the call may be
    /// repeated (`smithy.api#retryable`).
    Metadata(Option<ErrorKind>),
}

impl Private {
    /// Name of the Rust field.
    pub(crate) fn field(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::RequestId => Some("_request_id"),
            Self::Metadata(_) => Some("meta"),
        }
    }
}

/// Keeps the id of a request in its output, which has a place for it.
#[cfg(feature = "client")]
pub(crate) fn keep_request_id(output: &mut dyn Shape, id: &str) {
    let schema = output.schema();
    if schema.private == Private::RequestId
        && let Slot::Text(place) = output.member_mut(schema.rows.len()).slot()
    {
        id.clone_into(place);
    }
}
