//! The crates of the engine, under the paths by which emitted code re-exports their items.

pub use aws_credential_types;
pub use aws_runtime;
pub use aws_smithy_async;
pub use aws_smithy_runtime;
pub use aws_smithy_runtime_api;
pub use aws_smithy_types;
pub use aws_types;
