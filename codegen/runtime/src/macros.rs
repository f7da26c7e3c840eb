//! The macros of emitted code. Each takes a plain list of names.

mod accessors;
mod account_id;
#[cfg(feature = "auth-schemes")]
mod bearer_auth;
mod by_name;
mod client_config;
mod client_config_builder;
mod client_context_params;
mod config_rows;
mod emitted;
#[cfg(feature = "endpoint-discovery")]
mod endpoint_discovery;
mod enumeration;
mod environment;
mod error;
mod error_predicates;
#[cfg(feature = "http-checksum")]
mod http_checksum;
#[cfg(feature = "request-compression")]
mod request_compression;
mod serde;
#[cfg(feature = "session-auth")]
mod session_auth;
#[cfg(feature = "auth-schemes")]
mod sigv4a;
mod streamed;
mod structure;
