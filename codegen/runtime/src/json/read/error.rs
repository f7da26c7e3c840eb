//! Why a JSON text could not be read.

use std::fmt;

/// Why a JSON text could not be read.
///
/// The message says what was expected and at which byte, counted from zero. It
/// never quotes the text, which may hold secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    pub(super) problem: Problem,
    pub(super) position: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    /// Something else stands where this belongs.
    Expected(&'static str),
    /// The text ends where this belongs.
    Ended(&'static str),
    /// This stands in the text and must not.
    Refused(&'static str),
}

impl ReadError {
    /// An error that says `expected {what}`, for a value that was read but makes
    /// no sense, such as a string that is no timestamp.
    pub fn mismatch(what: &'static str) -> Self {
        Self { problem: Problem::Expected(what), position: None }
    }

    /// The same error, located at byte `position` unless it has a place already.
    pub fn at(mut self, position: usize) -> Self {
        self.position.get_or_insert(position);
        self
    }

    /// The byte at which reading stopped, if the error came from a JSON text.
    pub fn position(&self) -> Option<usize> {
        self.position
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.problem {
            Problem::Expected(what) => write!(f, "expected {what}")?,
            Problem::Ended(what) => write!(f, "the JSON text ends too early: expected {what}")?,
            Problem::Refused(what) => f.write_str(what)?,
        }
        self.position.map_or(Ok(()), |position| write!(f, " at byte {position}"))
    }
}

impl std::error::Error for ReadError {}
