//! What commands say on the way, and what they tell in the end.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

/// Replaces the line on stderr that says what is being done, where that is a terminal.
pub(crate) fn say(text: &str) {
    if io::stderr().is_terminal() {
        eprint!("\r\x1b[K{text}");
    }
}

/// Writes to stdout. A reader that hangs up early, as `head` does, is nothing to complain about.
pub(crate) fn tell(text: &str) {
    let _ = io::stdout().write_all(text.as_bytes());
}

/// How a command ends that could not do its work: it says why.
pub(crate) fn failed(reason: &str) -> ExitCode {
    eprintln!("error: {}", reason.trim_end());
    ExitCode::from(2)
}

/// How a command ends that finds out whether something fails.
pub(crate) fn ended(result: Result<bool, String>) -> ExitCode {
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(reason) => failed(&reason),
    }
}
