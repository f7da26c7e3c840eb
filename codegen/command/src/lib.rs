//! What stands between the generator and a disk: models are found and read, emitted crates are compared and written.
//!
//! `smithy-client-codegen` is text in, text out. These rooms bring it the text from where a person has it, and take what
//! it emits to where a person wants it; the commands of this repository are built of them.
//!
//! - [`source`] reads models from paths, archives and URLs, in Smithy's form or in botocore's
//! - [`emission`] is the way of one crate from its model to the disk, [`outcome`] what came of that, and [`summary`] what came
//!   of many
//! - [`write`](mod@write) compares an emitted crate with the disk and replaces it, as a whole or not at all
//! - [`workspace`] is the user's, as cargo sees it, and [`manifest`] their list of clients
//! - [`site`] is that workspace with its clients, [`lock`] says what they were made of, [`models`] what of, and [`sync`] makes them
//! - [`runtime`] is the crate that emitted clients link against, as sources to stand beside them
//! - [`usage`] reads from a program which operations and types of a service it uses
//! - [`cargo_toml`] changes the dependencies of a person's `Cargo.toml`, and nothing else in it
//! - [`cargo_lock`] knows the versions that a program has, and [`http_client`] copies one of its crates, without aws-lc
//! - [`manifests`] are all `Cargo.toml`s of a workspace with what is to become of them
//! - [`migrate`] puts our clients in the place of the official crates that a workspace uses, and those back again
//! - [`cost`] estimates what clients will cost to build, beside the official crates
//! - [`difference`] tells what sets two models apart
//! - [`diff`] shows what a run changes, [`terminal`] says it, in colour where there is some
//! - [`files`] reads single files within limits, [`paths`] leads from one place to another, [`parallel`] works on all cores

pub mod cargo_lock;
pub mod cargo_toml;
pub mod cost;
pub mod diff;
pub mod difference;
pub mod digest;
pub mod emission;
pub mod files;
pub mod http_client;
pub mod lock;
pub mod manifest;
pub mod manifests;
pub mod migrate;
pub mod models;
pub mod outcome;
pub mod parallel;
pub mod paths;
pub mod runtime;
pub mod site;
pub mod source;
pub mod summary;
pub mod sync;
pub mod terminal;
pub mod usage;
pub mod workspace;
pub mod write;
