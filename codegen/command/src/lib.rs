//! What stands between the generator and a disk: models are found and read, emitted crates are compared and written.
//!
//! `smithy-client-codegen` is text in, text out. These rooms bring it the text from where a person has it, and take what
//! it emits to where a person wants it; the commands of this repository are built of them.
//!
//! - [`source`] reads models from paths, archives and URLs, in Smithy's form or in botocore's
//! - [`write`](mod@write) compares an emitted crate with the disk and replaces it, as a whole or not at all
//! - [`usage`] reads from a program which operations and types of a service it uses
//! - [`diff`] shows what that changes, [`terminal`] says it, in colour where there is some
//! - [`files`] reads single files within limits, [`paths`] leads from one place to another, [`parallel`] works on all cores

pub mod diff;
pub mod files;
pub mod parallel;
pub mod paths;
pub mod source;
pub mod terminal;
pub mod usage;
pub mod write;
