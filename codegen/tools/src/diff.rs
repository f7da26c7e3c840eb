//! What sets two models of a service apart, and what that means for people who call it from Rust.
//!
//! [`report`] walks two checked models side by side and judges every change four times: does an older client still
//! understand the service (wire), does code still compile (Rust), does a running program notice (behaviour), does the
//! text for readers differ (documentation). Direction counts: a limit that gets stricter is harmful on what callers
//! send and harmless on what they receive. Rust items before and after come from the generator's own plan, so they are
//! those that it would emit.
//!
//! ```text
//! model ─┐ side: uses, plan, surface (Rust items)
//!        ├─> compare: changes with verdicts ─> renames: hints ─> summary: counts, methods, version step, growth
//! model ─┘ endpoint: both rule sets followed over a grid of parameters
//! ```
//!
//! The result, a [`Difference`], is data; how it reads is up to the caller.
//! Models say nothing about timeouts, so no rule here does.

mod compare;
mod endpoint;
mod equality;
mod outcome;
mod outline;
mod renames;
mod rules;
mod shape_text;
mod side;
mod summary;
#[cfg(test)]
mod tests;
mod visible;

use std::collections::BTreeSet;
use std::fmt;

pub use outcome::{
    Bump, Change, Counts, Difference, Direction, Fate, Growth, Mark, Method, Size, SketchLine, Step, Subject, Tally,
    Verdict, Verdicts,
};
pub use rules::{ALL as RULES, Rule};

use compare::Comparison;
use side::{Declared, Side};
use smithy_client_codegen::Source;
use smithy_client_codegen::model::Model;
use smithy_client_codegen::model::load::load;
use smithy_client_codegen::report::Report;

/// How a version follows from the verdicts, for reports to quote.
pub const VERSION_RULES: &str = "\
A change that can break source code or calls that compile asks for a major version, and below 1.0.0 for a minor one. \
Anything else that is new or works differently asks for a minor version, and below 1.0.0 for a patch. \
Text alone asks for a patch.";

/// Why there is no comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The older sources are no model.
    Old(Report),
    /// The newer sources are no model.
    New(Report),
    /// Names that were asked for are operations of neither model.
    NoSuchOperation {
        /// The names.
        unknown: Vec<String>,
        /// All operations of both models, by name.
        known: Vec<String>,
    },
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Old(report) => write!(f, "the older model cannot be read\n{report}"),
            Self::New(report) => write!(f, "the newer model cannot be read\n{report}"),
            Self::NoSuchOperation { unknown, known } => write!(
                f,
                "no operation of either model is called {}; there are: {}",
                unknown.join(" or "),
                known.join(", ")
            ),
        }
    }
}

impl std::error::Error for Failure {}

/// Compares the models of a service in two sets of sources, the older one first.
///
/// With `operations`, names as in the model, the result holds only what these operations meet, and what concerns the
/// service as a whole; the growth is always that of the whole crate. Without, it holds everything.
///
/// # Errors
/// When one of them is no model, or when an operation is asked for that neither has.
pub fn report(old: &[Source], new: &[Source], operations: &[String]) -> Result<Difference, Failure> {
    let old = Reading::of(old).map_err(Failure::Old)?;
    let new = Reading::of(new).map_err(Failure::New)?;
    let comparison = compare(&old, &new);
    let chosen = chosen(&comparison, operations)?;
    let growth = summary::growth(&comparison);
    Ok(Difference { growth, ..summary::report(comparison, chosen.as_ref()) }.visible())
}

/// A model with what only its sources tell.
struct Reading {
    model: Model,
    declared: Declared,
}

impl Reading {
    fn of(sources: &[Source]) -> Result<Self, Report> {
        let texts: Vec<(String, String)> =
            sources.iter().map(|source| (source.name.clone(), source.text.clone())).collect();
        Ok(Self { model: load(&texts, None)?.model, declared: Declared::of(sources) })
    }
}

/// Every change, with hints.
fn compare<'m>(old: &'m Reading, new: &'m Reading) -> Comparison<'m> {
    let side = |reading: &'m Reading| Side::new(&reading.model, &reading.declared);
    let mut comparison = Comparison::run(side(old), side(new));
    renames::hint(&mut comparison);
    comparison
}

/// The operations that a report is about; `None` for all.
fn chosen(comparison: &Comparison<'_>, operations: &[String]) -> Result<Option<BTreeSet<String>>, Failure> {
    let both = comparison.old.model.operations.iter().chain(&comparison.new.model.operations);
    let known: BTreeSet<String> = both.map(|operation| operation.id.name().to_owned()).collect();
    let chosen: BTreeSet<String> = operations.iter().cloned().collect();
    let unknown: Vec<String> = chosen.difference(&known).cloned().collect();
    match unknown.is_empty() {
        true => Ok((!chosen.is_empty()).then_some(chosen)),
        false => Err(Failure::NoSuchOperation { unknown, known: known.into_iter().collect() }),
    }
}
