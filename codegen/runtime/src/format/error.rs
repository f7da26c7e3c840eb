//! Why a text could not be read.

use std::fmt;

/// Why a body, a header or another text could not be read.
///
/// The message says what was expected and at which byte, counted from zero. It
/// never quotes the text, which may hold secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError {
    problem: Problem,
    position: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Problem {
    /// Something else stands where this belongs.
    Expected(&'static str),
    /// The text of this format ends where something belongs.
    Ended { text: &'static str, expected: &'static str },
    /// This stands in the text and must not.
    Refused(&'static str),
}

impl DecodeError {
    /// An error that says `expected {what}`, for a value that was read but makes
    /// no sense, such as a string that is no timestamp.
    pub fn mismatch(what: &'static str) -> Self {
        Self { problem: Problem::Expected(what), position: None }
    }

    /// An error that says `the {text} ends too early: expected {what}`, for instance of a `JSON text`.
    pub fn ended(text: &'static str, what: &'static str) -> Self {
        Self { problem: Problem::Ended { text, expected: what }, position: None }
    }

    /// An error that names what stands in the text and must not.
    pub fn refused(what: &'static str) -> Self {
        Self { problem: Problem::Refused(what), position: None }
    }

    /// The same error, located at byte `position` unless it has a place already.
    pub fn at(mut self, position: usize) -> Self {
        self.position.get_or_insert(position);
        self
    }

    /// The byte at which reading stopped, if the error came from reading a text in its format.
    pub fn position(&self) -> Option<usize> {
        self.position
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.problem {
            Problem::Expected(what) => write!(f, "expected {what}")?,
            Problem::Ended { text, expected } => write!(f, "the {text} ends too early: expected {expected}")?,
            Problem::Refused(what) => f.write_str(what)?,
        }
        self.position.map_or(Ok(()), |position| write!(f, " at byte {position}"))
    }
}

impl std::error::Error for DecodeError {}
