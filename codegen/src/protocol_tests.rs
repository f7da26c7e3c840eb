//! Smithy's protocol tests: what a model says of the messages that a client sends and reads.
//!
//! A case stands in a trait of an operation or of an error: the input of a call with the request that it has to become
//! (`smithy.test#httpRequestTests`), or a response with the output or the error that it has to become
//! (`smithy.test#httpResponseTests`), or the same with streams of events (`smithy.test#eventStreamTests`). [`suites`] reads them, for each service of a model; [`program()`] makes a client and a
//! program of them that depends on it, with a function for each case. The program says what was sent and what was read;
//! who starts it judges the requests, and needs no Rust for that.

mod case;
mod events;
mod program;
mod suite;

pub use case::{AppliesTo, Case, Kind, Message, Request, Response};
pub use events::{Event, Events, Failure};
pub use program::{Fate, Program, program};
pub use suite::{Suite, suites};
