//! What clients emitted by `smithy-client-codegen` link against.
//!
//! An emitted crate is tables and types: structures with their
//! [`Schema`](shape::Schema), operations with their [`Route`](operation::Route),
//! error enums, builders. What it takes to send a request is here, written by
//! hand and compiled once for all services of an application:
//!
//! - [`operation`]: one request path on AWS's own engine (`aws-smithy-runtime`),
//!   configured by [`service`] and [`config`]
//! - [`mod@shape`], [`slot`] and [`json`]: a structure is read and written through its table;
//!   every value shows itself as a [`View`](shape::View) and opens as a [`Slot`](slot::Slot)
//! - [`error`], [`paginator`], [`endpoint`], [`token`]: the rest of a call
//!
//! - `serde` and `by_name`, by the feature `serde`: emitted types in any
//!   format, and calls with JSON in and JSON out
//! - `environment`, by the feature `aws-config`: configuration from outside the
//!   program
//!
//! Users of a client do not name this crate; its items are re-exported where
//! AWS's own crates have them.
//!
//! The feature `client`, on by default, is everything that sends: without it
//! [`mod@shape`], [`slot`], [`json`], [`value`], the exceptions of [`error`] and the macros
//! for them remain, on `aws-smithy-types` alone. That is what a crate of types
//! needs, and it builds for targets without sockets or threads.
#![forbid(unsafe_code)]

#[cfg(all(feature = "client", feature = "serde"))]
pub mod by_name;
#[cfg(feature = "content-md5")]
mod checksum;
#[cfg(feature = "client")]
pub mod config;
#[cfg(feature = "client")]
pub mod endpoint;
#[doc(hidden)]
pub mod engine;
#[cfg(feature = "aws-config")]
pub mod environment;
pub mod error;
#[cfg(feature = "client")]
mod header;
#[cfg(feature = "client")]
mod http;
pub mod json;
mod macros;
#[cfg(feature = "serde")]
mod nearest;
#[cfg(feature = "client")]
pub mod operation;
#[cfg(feature = "client")]
pub mod paginator;
#[cfg(feature = "client")]
mod plugin;
#[cfg(feature = "client")]
mod request;
#[cfg(feature = "client")]
pub mod response;
#[cfg(feature = "client")]
mod retry;
#[cfg(feature = "serde")]
pub mod serde;
#[cfg(feature = "client")]
pub mod service;
pub mod shape;
pub mod slot;
#[cfg(feature = "client")]
mod span;
mod timestamp;
#[cfg(feature = "client")]
pub mod token;
#[cfg(feature = "client")]
mod transport;
pub mod value;

#[cfg(feature = "client")]
pub use aws_smithy_runtime_api::box_error::BoxError;

/// Any error, as the engine passes them on.
#[cfg(not(feature = "client"))]
pub type BoxError = Box<dyn std::error::Error + Send + Sync + 'static>;
