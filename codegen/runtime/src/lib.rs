//! What clients emitted by `smithy-client-codegen` link against.
//!
//! An emitted crate is tables and types: structures with their
//! [`Schema`](shape::Schema), operations with their [`Route`](operation::Route),
//! error enums, builders. What it takes to send a request is here, written by
//! hand and compiled once for all services of an application:
//!
//! - [`operation`]: one request path on AWS's own engine (`aws-smithy-runtime`),
//!   configured by [`service`] and [`config`]
//! - [`mod@shape`] and [`json`]: a structure is read and written through its table
//! - [`error`], [`paginator`], [`endpoint`], [`token`]: the rest of a call
//!
//! Users of a client do not name this crate; its items are re-exported where
//! AWS's own crates have them.
#![forbid(unsafe_code)]

pub mod config;
pub mod endpoint;
#[doc(hidden)]
pub mod engine;
pub mod error;
mod http;
pub mod json;
mod macros;
pub mod operation;
pub mod paginator;
mod plugin;
mod request;
pub mod response;
mod retry;
pub mod service;
pub mod shape;
pub mod token;
mod transport;
pub mod value;

pub use aws_smithy_runtime_api::box_error::BoxError;
