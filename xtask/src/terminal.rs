//! What a person sees: where there is colour, and how messages are written.
//!
//! Colour is for terminals, unless `NO_COLOR`, `CLICOLOR` or `TERM` say otherwise; `CLICOLOR_FORCE` asks for it
//! everywhere. All of these are read by `anstream`, as clap does for its own messages.

use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use smithy_client_codegen::visible::lines;

/// Bold, for what a text is about.
pub(crate) const HEADER: Style = Style::new().bold();

/// What is taken away, and what is added.
pub(crate) const REMOVED: Style = AnsiColor::Red.on_default();
pub(crate) const ADDED: Style = AnsiColor::Green.on_default();

/// Where something is.
pub(crate) const PLACE: Style = AnsiColor::Cyan.on_default();

/// How lines of messages begin, and how that is painted.
const LABELS: [(&str, Style); 5] = [
    ("error:", AnsiColor::Red.on_default().bold()),
    ("in the way:", AnsiColor::Red.on_default().bold()),
    ("warning:", AnsiColor::Yellow.on_default().bold()),
    ("  -->", AnsiColor::Blue.on_default().bold()),
    ("  hint:", AnsiColor::Green.on_default()),
];

/// How text is painted for the place where it is shown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paint {
    /// Whether the place shows ANSI colours.
    pub(crate) colours: bool,
}

impl Paint {
    /// A text in a style, without one where there are no colours.
    pub(crate) fn styled(self, style: Style, text: &str) -> String {
        match self.colours && !style.is_plain() {
            true => format!("{style}{text}{style:#}"),
            false => text.to_owned(),
        }
    }

    /// Messages with their labels painted.
    fn messages(self, text: &str) -> String {
        if !self.colours {
            return text.to_owned();
        }
        let line = |line: &str| {
            let label = LABELS.iter().find(|(label, _)| line.starts_with(label));
            label.map_or_else(
                || line.to_owned(),
                |(label, style)| format!("{}{}", self.styled(*style, label), &line[label.len()..]),
            )
        };
        text.split_inclusive('\n').map(line).collect()
    }
}

/// How to paint what goes to stdout.
pub(crate) fn stdout() -> Paint {
    Paint { colours: AutoStream::choice(&io::stdout()) != ColorChoice::Never }
}

/// Writes messages and a result to the streams of the process. In messages nothing acts on the terminal.
pub(crate) fn tell(out: &str, err: &str) {
    let paint = Paint { colours: AutoStream::choice(&io::stderr()) != ColorChoice::Never };
    // A reader that hangs up early, as `head` does, is nothing to complain about, and there is nobody else to complain to.
    let _ = io::stderr().write_all(paint.messages(&lines(err)).as_bytes());
    let _ = io::stdout().write_all(out.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::Paint;

    #[test]
    fn labels_of_messages_are_painted_where_there_are_colours() {
        let text = "error: a\n  --> b: error: c\n  hint: d\n\nplain\n";
        assert_eq!(Paint { colours: false }.messages(text), text);
        let painted = Paint { colours: true }.messages(text);
        insta::assert_snapshot!(painted.replace('\x1b', "^"), @r"
        ^[1m^[31merror:^[0m a
        ^[1m^[34m  -->^[0m b: error: c
        ^[32m  hint:^[0m d

        plain
        ");
    }
}
