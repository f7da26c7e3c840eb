//! The macros of emitted code. Each takes a plain list of names.

mod client_config;
mod client_config_builder;
mod enumeration;
mod error;
mod serde;
mod structure;
