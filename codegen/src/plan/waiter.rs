//! Waiters as Rust will have them: a table each, and the types that are called after it.

use super::docs::Docs;
use super::jmespath::Path;
use super::names::WaiterNames;
use crate::model::{Expectation, State};

/// A waiter of an operation.
#[derive(Debug)]
pub(crate) struct Waiter {
    /// Name in the model.
    pub(crate) name: String,
    pub(crate) names: WaiterNames,
    /// Of its method, and of its module.
    pub(crate) docs: Docs,
    /// Seconds between calls.
    pub(crate) delays: (u16, u16),
    pub(crate) acceptors: Vec<Acceptor>,
}

/// What a call can come to.
#[derive(Debug)]
pub(crate) struct Acceptor {
    pub(crate) state: State,
    pub(crate) matcher: Matcher,
    /// Both in words.
    pub(crate) told: String,
}

/// What a call has come to.
#[derive(Debug)]
pub(crate) enum Matcher {
    Success(bool),
    ErrorType(String),
    Output(Path, Expectation),
    InputOutput(Path, Expectation),
}
