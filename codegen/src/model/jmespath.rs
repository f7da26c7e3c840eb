//! JMESPath, as models use it: paths of `smithy.waiters#waitable` and of `smithy.rules#operationContextParams`.
//!
//! The grammar is that of the JMESPath specification, but for slices, hashes of several expressions, references to
//! expressions, and functions that no model calls. What names stand for is decided where shapes are known, in the plan.
//!
//! An expression is a list of [`Step`]s. Each is applied to what those before it have come to; the first to the value that
//! the expression is asked of. A projection holds the steps that it applies to each element, so that what follows it in
//! the list is applied to the list that it makes, as behind a pipe.

mod parse;
mod step;
#[cfg(test)]
mod tests;

pub use step::{Comparator, Function, Literal, Step};

/// An expression, with the text that it was read from.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// The text as the model has it.
    pub source: String,
    /// Its steps in order; none for `@`.
    pub steps: Vec<Step>,
}

impl Expression {
    /// Reads an expression.
    ///
    /// # Errors
    /// A sentence that names the first part that is not understood.
    pub fn parse(source: &str) -> Result<Self, String> {
        Ok(Self { source: source.to_owned(), steps: parse::steps(source)? })
    }
}
