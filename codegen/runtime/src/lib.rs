//! What clients emitted by `smithy-client-codegen` link against.
//!
//! An emitted crate is tables and types: structures with their [`Schema`](shape::Schema), operations with their
//! [`Route`](operation::Route), error enums, builders. What it takes to send a request is here, written by hand, and
//! compiled once for all services of an application:
//!
//! - [`operation`]: one request path for all operations, on AWS's own engine (`aws-smithy-runtime`), configured by
//!   [`service`] and [`config`]
//! - [`mod@shape`] and [`slot`]: how a structure is read and written through its table. Every value shows itself as a
//!   [`View`](shape::View) and opens as a [`Slot`](slot::Slot).
//! - [`protocol`], `bindings` and [`mod@format`]: how calls become messages, where in an HTTP message members travel, and
//!   how bodies are written
//! - [`error`], [`paginator`], [`endpoint`], [`token`]: the rest of a call
//! - `event_stream`, by the features `event-stream` and `event-stream-input`: frames, the receiver of events and their
//!   sender, whose body signs each event behind the one before it
//! - `endpoint_discovery`, `session` and `auth_token`, each by its feature: endpoints that the service tells, credentials that
//!   it opens sessions by, and tokens for databases
//! - `serde` and `by_name`, by the feature `serde`: emitted types in any format, and calls with JSON in and JSON out
//! - `endpoint`, by the feature `endpoint-rules` alone: what rule sets call, for tools
//! - `sources`, by the feature of that name: the text of this crate, for programs that emit clients
//!
//! Users of a client do not name this crate. Its items are re-exported where AWS's own crates have them.
//!
//! # Where is ...?
//!
//! | question | place |
//! | --- | --- |
//! | How does a response become a structure? | `plugin` hands it to the operation's [`Spec`](operation::Spec), whose function `output` calls `answer::read_output`. That asks the [`Protocol`](protocol::Protocol), and its [`Format`](mod@format) fills the slots of the members (`format/json/fill.rs`) |
//! | How does an input become a request? | `plugin` (`Codec`) asks [`Protocol::write_request`](protocol::Protocol::write_request) |
//! | Where is what XML knows of a member beside its row? | [`shape::Xml`], in the tables of services that have it |
//! | What does a row of `shape!` mean? | `macros/structure.rs` reads it, [`shape::flag`] has its flags |
//! | Where are accessors and setters defined? | `macros/accessors.rs` and `macros/structure.rs`; the emitted rows name them |
//! | Where is an error's code found? | [`Protocol::read_error`](protocol::Protocol::read_error), for those that send JSON, XML or CBOR `protocol/json.rs`, `protocol/xml.rs` and `protocol/cbor.rs` |
//! | Where does an event become a frame, and a frame an event? | `event_stream/event.rs` and `event_stream/read.rs`, by the tables of the union and its members |
//! | Who chooses how a caller authenticates? | `config/auth.rs` has the schemes and their order, `config/auth/by_endpoint.rs` what endpoints ask for |
//! | What is retried? | `retry.rs` |
//! | Where is the idempotency token filled in? | `plugin.rs` (`OperationInterceptor`), from [`token`] |
//! | Where do settings come from? | [`config`] |
//!
//! # The way of a member's name to the wire and back
//!
//! The generator has decided what a member is called where: its row in the table has its name on the wire, and flags that
//! say where it travels and in which form its timestamps are ([`shape::flag`]). Nothing here knows a protocol's rules
//! about names.
//!
//! 1. `send()` hands the input to [`operation::start`], and `plugin` to the service's
//!    [`Protocol::write_request`](protocol::Protocol::write_request).
//! 2. One with HTTP bindings puts members that are bound to path, query and headers there, under the names of their rows
//!    (`bindings::write`); any other begins with the body.
//! 3. The [`Format`](format::Format) walks over the rows that travel in the body, and writes each name with the
//!    [`View`](shape::View) of its member (`format::json::encode`).
//! 4. In a response [`Protocol::read_output`](protocol::Protocol::read_output) goes the same way: names of headers are
//!    looked up by the rows (`bindings::read`), names in the body in the rows
//!    ([`Schema::position`](shape::Schema::position)), and the [`Slot`](slot::Slot) of the member is filled
//!    (`format::json::fill`).
//! 5. Of an error [`Protocol::read_error`](protocol::Protocol::read_error) finds the name; the emitted root error knows the
//!    exception of that name ([`RootError::named`](error::RootError::named)), and
//!    [`Protocol::read_exception`](protocol::Protocol::read_exception) fills it.
//!
//! `serde` and telemetry have the name in the model instead ([`Schema::member_name`](shape::Schema::member_name)), `Debug`
//! that of the Rust field.
//!
//! How to add a protocol is told in [`protocol`], how to add a format in [`mod@format`].
//!
//! # Emitted for another runtime
//!
//! What emitted code and this crate know of each other is an interface: the macros and their rows, and the items that emitted
//! code names. It has a number. An emitted crate stands as a whole within [`emitted!`], with the number of the interface that
//! it was emitted for, and this crate has a row for each number that it serves. Code of any other is refused with one sentence
//! that says what to update, since there is nothing left in the crate that could fail:
//!
//! | | |
//! | --- | --- |
//! | older code, newer runtime | the crate has to be emitted again |
//! | newer code, older runtime | the runtime has to be updated |
//!
//! Whether the runtime comes from a registry or stands beside the crate makes no difference. The versions of packages say the
//! same to Cargo, but only for what is released, and nothing at all where a path has none.
//!
//! The number is raised by one with each change after which emitted code needs of this crate what it did not need before: a
//! macro, a row, an item, another meaning of any of these. A function body is none of this. To raise it, say from 7 to 8:
//!
//! 1. `smithy_client_codegen::RUNTIME_INTERFACE` becomes 8, and `cargo xtask codegen` writes it into the emitted client.
//! 2. `macros/emitted.rs` gets a row for 8, beside that of 7 if code that was emitted for 7 still compiles and does the same.
//!    The change is an addition then: the next release of this crate is a compatible one.
//! 3. If it does not, the row of 7, and those before it, become rows of what is not served any more, and the next release is
//!    an incompatible one.
//! 4. `cargo test -p cargo-smithy-client --test interface` sees that both have the same number.
//!
//! Features are not part of the interface: code that asks for one that the runtime does not have is refused by Cargo, which
//! names it. So what comes with a new feature, a protocol say, raises no number.
//!
//! # Features
//!
//! Each protocol is a feature that turns on what it needs, so that a client compiles no other: `rest-json`, `rest-xml`,
//! `aws-json`, `aws-query`, `ec2-query`, `rpc-v2-cbor`, `rpc-v2-json`. The emitted crate asks for its own.
//!
//! `client` is everything that sends, and each protocol turns it on: without it [`mod@shape`], [`slot`], [`mod@format`], the
//! exceptions of [`error`] and the macros for them remain, on `aws-smithy-types` alone. That is what a crate of types
//! needs, and it builds for targets without sockets or threads.
#![forbid(unsafe_code)]

#[cfg(feature = "client")]
mod answer;
#[cfg(feature = "auth-tokens")]
pub mod auth_token;
mod big_number;
#[cfg(feature = "http-bindings")]
mod bindings;
#[cfg(all(feature = "client", feature = "serde"))]
pub mod by_name;
#[cfg(feature = "content-md5")]
mod checksum;
#[cfg(feature = "request-compression")]
mod compression;
#[cfg(feature = "client")]
pub mod config;
#[cfg(feature = "endpoint-rules")]
pub mod endpoint;
#[cfg(feature = "endpoint-discovery")]
pub mod endpoint_discovery;
#[cfg(feature = "endpoint-paths")]
mod endpoint_path;
#[doc(hidden)]
pub mod engine;
pub mod error;
#[cfg(feature = "event-stream")]
pub mod event_stream;
#[cfg(feature = "client")]
pub mod fluent;
pub mod format;
#[cfg(feature = "http-checksum")]
pub mod http_checksum;
#[cfg(feature = "jmespath")]
pub mod jmespath;
mod macros;
#[cfg(feature = "serde")]
mod nearest;
#[cfg(any(feature = "client", feature = "serde", feature = "xml"))]
mod number;
#[cfg(feature = "client")]
pub mod operation;
#[cfg(feature = "client")]
pub mod paginator;
#[cfg(any(feature = "auth-tokens", feature = "http-bindings", feature = "form", feature = "presigning"))]
mod percent;
#[cfg(feature = "client")]
mod plugin;
#[cfg(feature = "presigning")]
pub mod presigning;
#[cfg(feature = "client")]
pub mod protocol;
#[cfg(feature = "extended-request-id")]
pub mod request_id;
#[cfg(feature = "resource-ids")]
mod resource_id;
#[cfg(feature = "client")]
pub mod response;
#[cfg(feature = "client")]
mod retry;
#[cfg(feature = "client")]
mod route;
#[cfg(feature = "serde")]
pub mod serde;
#[cfg(feature = "client")]
pub mod service;
#[cfg(feature = "session-auth")]
mod session;
pub mod shape;
pub mod slot;
#[cfg(feature = "sources")]
pub mod sources;
#[cfg(feature = "client")]
mod span;
#[cfg(feature = "client")]
mod spec;
#[cfg(feature = "client")]
mod text;
mod timestamp;
#[cfg(feature = "client")]
pub mod token;
#[cfg(feature = "client")]
mod transport;
#[cfg(feature = "tree-hash")]
mod tree_hash;
pub mod value;
#[cfg(feature = "waiters")]
pub mod waiter;

#[cfg(feature = "client")]
pub use aws_smithy_runtime_api::box_error::BoxError;

/// Any error, as the engine passes them on.
#[cfg(not(feature = "client"))]
pub type BoxError = Box<dyn std::error::Error + Send + Sync + 'static>;
