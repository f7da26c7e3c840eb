//! What a person sees: where there is colour, and how messages are written.
//!
//! Colour is for terminals, unless `NO_COLOR`, `CLICOLOR` or `TERM` say otherwise; `CLICOLOR_FORCE` asks for it
//! everywhere. All of these are read by `anstream`, as clap does for its own messages.

use std::io::{self, IsTerminal, Write};
use std::sync::{Mutex, PoisonError};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use smithy_client_codegen::visible::lines;

/// Bold, for what a text is about.
pub const HEADER: Style = Style::new().bold();

/// What is taken away.
pub const REMOVED: Style = AnsiColor::Red.on_default();
/// What is added.
pub const ADDED: Style = AnsiColor::Green.on_default();

/// Where something is.
pub const PLACE: Style = AnsiColor::Cyan.on_default();

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
pub struct Paint {
    /// Whether the place shows ANSI colours.
    pub colours: bool,
}

impl Paint {
    /// A text in a style, without one where there are no colours.
    pub fn styled(self, style: Style, text: &str) -> String {
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
pub fn stdout() -> Paint {
    Paint { colours: AutoStream::choice(&io::stdout()) != ColorChoice::Never }
}

/// Writes messages and a result to the streams of the process. In messages nothing acts on the terminal.
pub fn tell(out: &str, err: &str) {
    let paint = Paint { colours: AutoStream::choice(&io::stderr()) != ColorChoice::Never };
    // A reader that hangs up early, as `head` does, is nothing to complain about, and there is nobody else to complain to.
    let _ = io::stderr().write_all(paint.messages(&lines(err)).as_bytes());
    let _ = io::stdout().write_all(out.as_bytes());
}

/// A word of a command line as a POSIX shell reads it.
pub fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@%+,".contains(c);
    match !word.is_empty() && word.chars().all(plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

/// A line on the terminal that says how far a long run is; where messages go to a file or a pipe there is none.
///
/// It is one line that is written over: a crate for progress bars would be compiled by everybody who runs a command here.
#[derive(Debug)]
pub struct Progress {
    all: usize,
    is_shown: bool,
    /// How many are done, and how wide the line is that is shown.
    state: Mutex<(usize, usize)>,
}

impl Progress {
    /// Of so many things; `is_wanted` where the result is for a person.
    pub fn new(all: usize, is_wanted: bool) -> Self {
        Self { all, is_shown: is_wanted && io::stderr().is_terminal(), state: Mutex::new((0, 0)) }
    }

    /// Another thing is done.
    pub fn step(&self, name: &str) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.0 += 1;
        if self.is_shown {
            let line = progress(state.0, self.all, name);
            let width = line.chars().count();
            self.write_over(state.1, &line);
            state.1 = width;
        }
    }

    /// Writes a line over one of this width. What cannot be shown is no loss.
    fn write_over(&self, width: usize, line: &str) {
        let _ = write!(io::stderr(), "\r{line:width$}");
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        let width = self.state.lock().unwrap_or_else(PoisonError::into_inner).1;
        if width > 0 {
            self.write_over(width, "");
            self.write_over(0, "");
        }
    }
}

/// A bar of twenty signs, how many are done, and what was done last.
fn progress(done: usize, all: usize, name: &str) -> String {
    let full = 20 * done / all.max(1);
    let name: String = name.chars().take(40).collect();
    format!("[{}{}] {done}/{all} {name}", "#".repeat(full), ".".repeat(20 - full))
}

#[cfg(test)]
mod tests {
    use super::{Paint, progress};

    #[test]
    fn a_bar_grows_with_what_is_done() {
        assert_eq!(progress(0, 3, "a"), "[....................] 0/3 a");
        assert_eq!(progress(1, 3, "b"), "[######..............] 1/3 b");
        assert_eq!(progress(3, 3, &"c".repeat(50)), format!("[####################] 3/3 {}", "c".repeat(40)));
    }

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
