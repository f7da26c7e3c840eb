//! What commands say on the way, and what they tell in the end.

use std::io::{self, IsTerminal, Write};

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
