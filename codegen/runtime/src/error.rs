//! Failures: exceptions of the model, the error enum of each operation, the root error.
//!
//! Emitted enums list their exceptions; the [`operation_error!`](crate::operation_error),
//! [`exception!`](crate::exception) and [`root_error!`](crate::root_error) macros
//! give them the traits that code written for AWS's own crates uses.

use aws_smithy_types::error::metadata::{ErrorMetadata, ProvideErrorMetadata};
use aws_smithy_types::retry::ErrorKind;
use std::fmt;

use crate::BoxError;
use crate::shape::{Private, Shape, View, no_such_member};
use crate::slot::Slot;

#[cfg(feature = "client")]
mod describe;
#[cfg(feature = "client")]
mod first_words;
#[cfg(feature = "client")]
mod response;
#[cfg(feature = "client")]
mod unreadable;
#[cfg(feature = "client")]
pub mod verdict;

#[cfg(feature = "client")]
pub use describe::{Answer, Summary};
#[cfg(feature = "client")]
pub use response::{ErrorResponse, OperationError, QueryCodes, RootError, root_error};
#[cfg(feature = "client")]
pub(crate) use unreadable::Unreadable;

/// A string is not one of the values that an enum knows.
#[derive(Debug)]
pub struct UnknownVariantError {
    value: String,
}

impl UnknownVariantError {
    /// Names the value.
    pub fn new(value: impl Into<String>) -> Self {
        Self { value: value.into() }
    }
}

impl fmt::Display for UnknownVariantError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown enum variant: '{}'", self.value)
    }
}

impl std::error::Error for UnknownVariantError {}

/// What an error enum holds, without its type: an exception of the model, or [`Unhandled`].
///
/// A view and no trait, so that an exception needs no function for any of it: its table tells all.
#[derive(Clone, Copy, Debug)]
pub struct Failure<'a> {
    /// Name of its Rust type, which its variant has too.
    pub name: &'static str,
    /// Code, message and request id, as far as they are known.
    pub meta: &'a ErrorMetadata,
    /// Whether and how the model says that the call may be repeated (`smithy.api#retryable`).
    pub retryable: Option<ErrorKind>,
    /// The members of an exception.
    pub shape: Option<&'a dyn Shape>,
    /// Itself as an error.
    pub error: &'a (dyn std::error::Error + 'static),
}

impl<'a> Failure<'a> {
    /// What an error enum holds without its type.
    ///
    /// # Panics
    /// When the table of an exception has no place for what is known of the error, as that of every exception has.
    pub fn of(held: Result<&'a dyn Exception, &'a Unhandled>) -> Self {
        match held {
            Ok(exception) => Self::of_exception(exception),
            Err(error) => Self { name: "Unhandled", meta: &error.meta, retryable: None, shape: None, error },
        }
    }

    fn of_exception(exception: &'a dyn Exception) -> Self {
        let schema = exception.schema();
        let behind = schema.rows.len();
        let (Private::Metadata(retryable), View::Metadata(meta)) = (schema.private, exception.member(behind).view())
        else {
            no_such_member(behind)
        };
        Self { name: schema.name, meta, retryable, shape: Some(exception), error: exception }
    }

    /// What the error enum of an operation gives as its source: the exception itself, or what is behind [`Unhandled`].
    pub fn cause(&self) -> Option<&'a (dyn std::error::Error + 'static)> {
        match self.shape {
            Some(_) => Some(self.error),
            None => self.error.source(),
        }
    }

    /// The source of the root error, where an exception is the error itself and not its cause.
    pub fn root_cause(&self) -> Option<&'a (dyn std::error::Error + 'static)> {
        if self.shape.is_some() { None } else { self.cause() }
    }
}

/// A structure with `smithy.api#error`: an error whose members can be read without its type.
pub trait Exception: Shape + std::error::Error {}

impl<T: Shape + std::error::Error> Exception for T {}

/// Name of the field of an exception that has what the service says, for people.
const MESSAGE: &str = "message";

/// Where an exception has its message.
fn position_of_message(exception: &dyn Shape) -> Option<usize> {
    exception.schema().field_names().position(|field| field == MESSAGE)
}

/// Keeps code, message and request id in an exception, and fills its message where the body has none: where it is absent, or
/// where the model says that it is always there, and it is empty.
#[cfg(feature = "client")]
fn keep_metadata(exception: &mut dyn Shape, meta: &ErrorMetadata) {
    if let Some(index) = position_of_message(exception)
        && let Some(message) = meta.message()
    {
        let value = exception.member_mut(index);
        let is_missing = match value.view() {
            View::Absent => true,
            View::Text(text) => text.is_empty() && !value.nullable(),
            _ => false,
        };
        if is_missing && let Slot::Text(place) = value.slot() {
            message.clone_into(place);
        }
    }
    set_metadata(exception, meta.clone());
}

/// What an exception keeps before anything is known of the error.
pub fn no_metadata() -> ErrorMetadata {
    ErrorMetadata::default()
}

/// Sets what is known of an error, which stands behind the members of its exception.
pub fn set_metadata(exception: &mut dyn Shape, meta: ErrorMetadata) {
    let behind = exception.schema().rows.len();
    if let Slot::Metadata(place) = exception.member_mut(behind).slot() {
        *place = meta;
    }
}

/// An error that the model does not know, or that is not of the service.
pub struct Unhandled {
    source: BoxError,
    meta: ErrorMetadata,
}

impl Unhandled {
    /// An error with what is known of it.
    pub fn new(source: BoxError, meta: Option<ErrorMetadata>) -> Self {
        Self { source, meta: meta.unwrap_or_default() }
    }

    /// An error that is not of the service.
    pub fn other(source: impl Into<BoxError>) -> Self {
        Self::new(source.into(), None)
    }

    /// An error of the service that the model knows, but not as one of an operation.
    pub fn known(failure: &Failure<'_>) -> Self {
        Self::generic(failure.meta.clone())
    }

    /// An error of the service that the model does not know.
    pub fn generic(meta: ErrorMetadata) -> Self {
        Self { source: meta.clone().into(), meta }
    }
}

/// As derived, but compiled here and not in each crate with a root error.
impl fmt::Debug for Unhandled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unhandled").field("source", &self.source).field("meta", &self.meta).finish()
    }
}

impl fmt::Display for Unhandled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.meta.code() {
            Some(code) => write!(f, "unhandled error ({code})"),
            None => f.write_str("unhandled error"),
        }
    }
}

impl ProvideErrorMetadata for Unhandled {
    fn meta(&self) -> &ErrorMetadata {
        &self.meta
    }
}

impl std::error::Error for Unhandled {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.source)
    }
}

/// `Debug` of an error enum: the name of the variant, and what it holds.
///
/// # Errors
/// Those of the formatter.
pub fn debug_failure(failure: Failure<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.debug_tuple(crate::shape::debug::shown(failure.name)).field(&failure.error).finish()
}

/// Writes an exception: its name, and its message if it has one.
///
/// # Errors
/// Those of the formatter.
pub fn display_exception(name: &str, exception: &dyn Shape, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match position_of_message(exception).map(|index| exception.member(index).view()) {
        Some(View::Text(message)) => write!(f, "{name}: {message}"),
        _ => f.write_str(name),
    }
}

#[cfg(all(test, feature = "client"))]
mod tests {
    use super::*;

    struct Open {
        message: Option<String>,
        meta: ErrorMetadata,
    }

    crate::shape! {
        all_optional exception Open {
            0 message: "Message",
        }
    }

    crate::exception!(Open, "Open");

    struct Always {
        message: String,
        meta: ErrorMetadata,
    }

    crate::shape! {
        exception Always {
            0 message: "Message",
        }
    }

    crate::exception!(Always, "Always");

    fn kept<E: Shape>(fill: impl FnOnce(&mut E), said: Option<&str>) -> E {
        let mut exception = E::empty();
        fill(&mut exception);
        let mut meta = ErrorMetadata::builder().code("Code");
        if let Some(said) = said {
            meta = meta.message(said);
        }
        keep_metadata(&mut exception, &meta.build());
        exception
    }

    #[test]
    fn an_exception_takes_the_message_of_the_error_where_its_body_has_none() {
        assert_eq!(kept::<Open>(|_| (), Some("full")).message.as_deref(), Some("full"));
        assert_eq!(kept::<Open>(|_| (), None).message, None);
        assert_eq!(kept::<Open>(|open| open.message = Some(String::new()), Some("full")).message.as_deref(), Some(""));
        assert_eq!(kept::<Always>(|_| (), Some("full")).message, "full");
        assert_eq!(kept::<Always>(|always| "shut".clone_into(&mut always.message), Some("full")).message, "shut");
    }

    #[test]
    fn a_table_tells_what_an_exception_is_without_its_type() {
        let open = kept::<Open>(|_| (), Some("full"));
        let failure = Failure::of(Ok(&open));
        assert_eq!((failure.name, failure.meta.code(), failure.retryable), ("Open", Some("Code"), None));
        assert_eq!((open.to_string(), kept::<Open>(|_| (), None).to_string()), ("Open: full".into(), "Open".into()));
    }
}
