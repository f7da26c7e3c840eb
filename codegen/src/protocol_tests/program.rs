//! A client with the program that tests it.

use super::case::Case;
use super::suite::Suite;
use crate::report::Report;
use crate::{Generated, Options, Planned, emit, plan, planned};

/// The client of a service and the program of its cases.
#[derive(Clone, Debug)]
pub struct Program {
    /// The crate of the client.
    pub client: Generated,
    /// `main.rs` of a program that depends on the client and on the crate `conformance`.
    pub source: String,
    /// What becomes of each case of the suite, in its order.
    pub fates: Vec<Fate>,
}

/// What becomes of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The program has a function for it, and says what came of that.
    Runs,
    /// It is not for this client, which is no fault, and why, as a clause.
    Skipped(String),
    /// It cannot be written as a call, and why, as a clause.
    Broken(String),
}

/// Generates the client of a suite's service, and the program of the cases that can be said in Rust.
///
/// # Errors
/// As [`generate`](crate::generate).
pub fn program(suite: &Suite, options: &Options) -> Result<Program, Report> {
    let planned = planned(&suite.sources, options)?;
    let Planned { plan, chosen, model, .. } = &planned;
    let tests = plan::protocol_tests::tests(plan, &suite.cases, model.service.protocol.id, &chosen.left_out);
    let rows: Vec<(usize, &Case, _)> = suite
        .cases
        .iter()
        .zip(&tests)
        .enumerate()
        .filter_map(|(position, (case, test))| Some((position, case, test.as_ref().ok()?)))
        .collect();
    let source = emit::protocol_tests::program(plan, &rows);
    let fates = tests.into_iter().map(|test| test.map_or_else(|fate| fate, |_| Fate::Runs)).collect();
    Ok(Program { source, fates, client: planned.generated() })
}
