//! Text of a model where a person reads it: on a terminal, in a changelog.
//!
//! Control characters can move the cursor and rewrite what was said, and those that change the direction of writing can
//! make one thing look like another. They are shown as escapes, so that a text is what it looks like.

use std::borrow::Cow;

/// A text within one line: line feeds and tabs are shown as escapes, too.
pub fn line(text: &str) -> Cow<'_, str> {
    escaped(text, |_| false)
}

/// A text of several lines, which keeps line feeds and tabs.
pub fn lines(text: &str) -> Cow<'_, str> {
    escaped(text, |c| matches!(c, '\n' | '\t'))
}

fn escaped(text: &str, is_kept: impl Fn(char) -> bool) -> Cow<'_, str> {
    let is_shown = |c: char| is_kept(c) || !is_hidden(c);
    if text.chars().all(is_shown) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_shown(c) {
            shown.push(c);
        } else {
            shown.extend(c.escape_default());
        }
    }
    Cow::Owned(shown)
}

/// Whether a character acts instead of being seen: controls, marks of direction, joiners and fillers, separators of
/// lines, byte order marks and tags.
pub(crate) fn is_hidden(c: char) -> bool {
    let invisible = matches!(
        c,
        '\u{AD}'
            | '\u{61C}'
            | '\u{180E}'
            | '\u{200B}'..='\u{200F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E007F}'
    );
    c.is_control() || invisible
}

#[cfg(test)]
mod tests {
    use super::{line, lines};

    #[test]
    fn what_cannot_be_seen_is_escaped() {
        let text = "a\x1b[2J\r\n\tb\u{202e}c\u{200b}d\u{85}";
        assert_eq!(line(text), r"a\u{1b}[2J\r\n\tb\u{202e}c\u{200b}d\u{85}");
        assert_eq!(lines(text), "a\\u{1b}[2J\\r\n\tb\\u{202e}c\\u{200b}d\\u{85}");
        assert_eq!(line("é ü 日本 \u{a0}"), "é ü 日本 \u{a0}");
    }
}
