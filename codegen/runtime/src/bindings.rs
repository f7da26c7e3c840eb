//! HTTP bindings (the `smithy.api#http*` traits): which part of a message a member is. No format is known here.

mod header;
pub(crate) mod read;
pub(crate) mod write;
