//! What a model's keeper needs beside the generator.
//!
//! `smithy-client-codegen` makes a crate of a model. This crate is about the model itself, for those who keep one in a
//! repository and follow what AWS publishes. It reads with the generator's own [`ast`](smithy_client_codegen::ast) and
//! [`model`](smithy_client_codegen::model), and asks it what Rust would see
//! ([`surface`](smithy_client_codegen::surface)); the generator knows nothing of this crate.
//!
//! - [`botocore`] converts the other form that AWS publishes into a Smithy model
//! - [`facts`] strips a model to what a repository keeps: no texts, no endpoint tests
//! - [`diff`] says what sets two models apart, and what that means for code that calls the service
//! - [`coverage`] says what lacks documentation
//!
//! All of it is pure, as the generator is: text in, text or data out. What is wrong with a model is a
//! [`Report`](smithy_client_codegen::report::Report).

pub mod botocore;
pub mod coverage;
pub mod diff;
pub mod facts;
