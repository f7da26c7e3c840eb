//! Failures: exceptions of the model, the error enum of each operation, the root error.
//!
//! Emitted enums list their exceptions; the [`operation_error!`](crate::operation_error),
//! [`exception!`](crate::exception) and [`root_error!`](crate::root_error) macros
//! give them the traits that code written for AWS's own crates uses.

use aws_smithy_types::error::metadata::{ErrorMetadata, ProvideErrorMetadata};
use aws_smithy_types::retry::ErrorKind;
use std::fmt;

use crate::shape::Shape;

#[cfg(feature = "client")]
mod describe;
#[cfg(feature = "client")]
mod response;
#[cfg(feature = "client")]
pub mod verdict;

#[cfg(feature = "client")]
pub use describe::{Answer, Summary};
#[cfg(feature = "client")]
pub use response::{ErrorResponse, OperationError};

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

/// What an error enum knows of the exception that it holds.
pub trait Failure: std::error::Error + ProvideErrorMetadata + Send + Sync + 'static {
    /// Whether and how the model says that the call may be repeated (`smithy.api#retryable`).
    fn retryable(&self) -> Option<ErrorKind> {
        None
    }

    /// Name of its Rust type, which its variant has too.
    fn name(&self) -> &'static str;

    /// Its members.
    fn shape(&self) -> &dyn Shape;

    /// Itself, as a cause.
    fn as_cause(&self) -> &(dyn std::error::Error + 'static);
}

/// A structure with `smithy.api#error`.
pub trait Exception: Shape + Failure + Sized {
    /// Keeps code, message and request id, and fills `message` where the body has none.
    fn set_meta(&mut self, meta: ErrorMetadata);
}

/// Writes an error that no exception of the model tells of.
///
/// # Errors
/// Those of the formatter.
pub fn display_unhandled(meta: &ErrorMetadata, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match meta.code() {
        Some(code) => write!(f, "unhandled error ({code})"),
        None => f.write_str("unhandled error"),
    }
}

/// Writes an exception: its name, and its message if it has one.
///
/// # Errors
/// Those of the formatter.
pub fn display_exception(name: &str, message: Option<&str>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match message {
        Some(message) => write!(f, "{name}: {message}"),
        None => f.write_str(name),
    }
}
