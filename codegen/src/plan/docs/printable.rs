//! Characters that may stand in a doc comment.

use crate::visible::is_hidden;

/// The text with line feeds as its only control characters.
///
/// rustc rejects carriage returns and direction overrides in doc comments, and
/// clippy rejects tabs.
pub(super) fn printable(source: &str) -> String {
    let mut text = String::with_capacity(source.len());
    for c in source.replace("\r\n", "\n").chars() {
        match c {
            '\n' => text.push('\n'),
            '\r' => text.push('\n'),
            '\t' => text.push_str("    "),
            _ if is_printable(c) => text.push(c),
            _ => {}
        }
    }
    text
}

/// Whether a character may stand in a doc comment as it is: it can be seen, and says nothing about its neighbours.
pub(crate) fn is_printable(c: char) -> bool {
    !is_hidden(c)
}
