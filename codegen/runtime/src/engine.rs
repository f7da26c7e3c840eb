//! The crates of the engine, under the paths by which emitted code re-exports their items.

#[cfg(feature = "client")]
pub use aws_credential_types;
#[cfg(feature = "client")]
pub use aws_runtime;
#[cfg(feature = "client")]
pub use aws_smithy_async;
#[cfg(feature = "client")]
pub use aws_smithy_runtime;
#[cfg(feature = "client")]
pub use aws_smithy_runtime_api;
pub use aws_smithy_types;
#[cfg(feature = "client")]
pub use aws_types;

// What the macros name, in fewer words.
#[cfg(feature = "client")]
pub use aws_smithy_runtime_api::client::result::{CreateUnhandledError, SdkError};
pub use aws_smithy_types::error::metadata::{ErrorMetadata, ProvideErrorMetadata};
pub use aws_smithy_types::error::operation::BuildError;
pub use aws_smithy_types::retry::{ErrorKind, ProvideErrorKind};
#[cfg(feature = "client")]
pub use aws_types::request_id::RequestId;
