//! What is told while the show goes on: a line for each step, and a line that changes while it waits.

use std::io::{IsTerminal, Write};
use std::time::Instant;

/// A line on standard error for a step.
pub(crate) fn step(what: &str) {
    eprintln!("{what}");
}

/// Something that takes a while. On a terminal its line changes in place; elsewhere each new state is a line.
#[derive(Debug)]
pub(crate) struct Waiting {
    what: &'static str,
    since: Instant,
    shown: String,
}

impl Waiting {
    /// Begins to wait.
    pub(crate) fn new(what: &'static str) -> Self {
        Self { what, since: Instant::now(), shown: String::new() }
    }

    /// Seconds waited.
    pub(crate) fn seconds(&self) -> f64 {
        self.since.elapsed().as_secs_f64()
    }

    /// Shows how far it has come.
    pub(crate) fn show(&mut self, state: &str) {
        let mut out = std::io::stderr();
        if out.is_terminal() {
            // A terminal that is gone is no reason to end the show.
            _ = write!(out, "\r{}: {state}, {:.1} s\x1b[K", self.what, self.seconds()).and_then(|()| out.flush());
        } else if self.shown != state {
            eprintln!("{}: {state}", self.what);
        }
        state.clone_into(&mut self.shown);
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if std::io::stderr().is_terminal() && !self.shown.is_empty() {
            eprintln!();
        }
    }
}
