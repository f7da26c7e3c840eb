//! The gate through which text gets into comments.
//!
//! A [`Line`] is one line of a comment whatever it was made of: it holds no line end and nothing that a reader
//! cannot see, so that code cannot follow it. [`Lines`] are many; nothing but an example of the generator's own opens
//! a block of code in them that rustdoc would compile. The emitters take documentation in these types alone.

use std::fmt;

use super::printable::is_printable;

/// Documentation of one item, ready for `///` lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Docs {
    /// The whole text, without a leading or trailing blank in prose; blocks are
    /// separated by empty lines. Empty for an empty source.
    pub(crate) lines: Lines,
    /// The first sentence of the first paragraph on one line, closed by a full
    /// stop. Empty where the source has no prose.
    pub(crate) first_sentence: Line,
}

impl Docs {
    /// Documentation that is one sentence of the generator's own.
    pub(crate) fn plain(sentence: &str) -> Self {
        let line = Line::prose(sentence);
        Self { lines: line.clone().into(), first_sentence: line }
    }
}

/// One line of documentation, without the `///` before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Line(String);

impl Line {
    /// A line of prose: it opens no block of code, neither by a fence nor by indentation. Line ends become blanks.
    pub(crate) fn prose(text: &str) -> Self {
        let mut text = one_line(text);
        let blanks = text.len() - text.trim_start().len();
        text.drain(..blanks);
        if opens_fence(&text) {
            text.insert(0, '\\');
        }
        Self(text)
    }

    /// A line that the writer of this module has laid out.
    pub(super) fn laid_out(text: &str) -> Self {
        Self(one_line(text))
    }

    /// Whether nothing stands on it.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl PartialEq<str> for Line {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

/// The documentation of one item, line by line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lines(Vec<Line>);

impl Lines {
    /// The lines that the writer of this module has laid out.
    pub(super) fn laid_out(texts: &[String]) -> Self {
        Self(texts.iter().map(|text| Line::laid_out(text)).collect())
    }

    /// A page of the generator's own, in which each of `values` stands in place of its placeholder.
    ///
    /// The indentation of `text` within its emitter is taken off. In prose a value is prose; in a block of code it
    /// is source, which the caller has made of a name or as a literal.
    pub(crate) fn page(text: &'static str, values: &[(&str, &str)]) -> Self {
        const INDENTATION: &str = "        ";
        let mut in_block = false;
        let lines = text.lines().map(|line| line.strip_prefix(INDENTATION).unwrap_or(line)).map(|line| {
            let is_fence = line.starts_with("```");
            in_block ^= is_fence;
            if is_fence || in_block {
                return Line(one_line(&filled(line, values)));
            }
            // The lines of an item of a list are indented as the page has them.
            let (blanks, text) = line.split_at(line.len() - line.trim_start().len());
            Line(format!("{blanks}{}", Line::prose(&filled(text, values))))
        });
        Self(lines.collect())
    }

    /// Adds a line.
    pub(crate) fn push(&mut self, line: Line) {
        self.0.push(line);
    }

    /// Adds an empty line and a line of prose after it.
    pub(crate) fn push_paragraph(&mut self, text: &str) {
        self.0.extend([Line::default(), Line::prose(text)]);
    }

    /// Adds an empty line and, after it, code of the generator's own that rustdoc compiles and does not run.
    ///
    /// The lines are Rust, so that none consists of backticks alone.
    pub(crate) fn push_example(&mut self, lines: &[String]) {
        self.push_code("no_run", lines);
    }

    /// The same for code to which rustdoc does as the words behind the backticks say.
    pub(crate) fn push_code(&mut self, words: &'static str, lines: &[String]) {
        self.0.extend([Line::default(), Line(format!("```{words}"))]);
        self.0.extend(lines.iter().map(|line| Line(one_line(line))));
        self.0.push(Line("```".to_owned()));
    }

    /// The lines behind the first `count`.
    pub(crate) fn after(&self, count: usize) -> Self {
        Self(self.0.get(count..).unwrap_or_default().to_vec())
    }

    /// Adds all of these lines.
    pub(crate) fn extend(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The last one.
    pub(crate) fn last(&self) -> Option<&Line> {
        self.0.last()
    }

    /// Ends the last line with a mark.
    pub(crate) fn close(&mut self, mark: char) {
        if let Some(last) = self.0.last_mut() {
            last.0.push(mark);
        }
    }

    /// Each line.
    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Line> {
        self.0.iter()
    }

    /// The lines, to put others in their place.
    pub(super) fn as_mut(&mut self) -> &mut Vec<Line> {
        &mut self.0
    }

    /// All lines as one text.
    #[cfg(test)]
    pub(crate) fn text(&self) -> String {
        let lines: Vec<&str> = self.0.iter().map(Line::as_str).collect();
        lines.join("\n")
    }
}

impl From<Line> for Lines {
    fn from(line: Line) -> Self {
        Self(vec![line])
    }
}

/// The text with a blank for each line end and each character that cannot stand in a comment.
fn one_line(text: &str) -> String {
    let shown = |c: char| if is_printable(c) { c } else { ' ' };
    text.chars().map(shown).collect()
}

/// Whether Markdown takes a line for the beginning of a block of code.
fn opens_fence(line: &str) -> bool {
    let marks = |mark: char| line.len() - line.trim_start_matches(mark).len();
    let ticks = marks('`');
    marks('~') >= 3 || (ticks >= 3 && !line[ticks..].contains('`'))
}

/// A line with the values in place of their placeholders; what stands in a value stays as it is.
fn filled(line: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(line.len());
    let mut rest = line;
    loop {
        let next = values.iter().filter_map(|(place, value)| Some((rest.find(place)?, *place, *value)));
        let Some((at, place, value)) = next.min_by_key(|(at, ..)| *at) else { break };
        filled.push_str(&rest[..at]);
        filled.push_str(value);
        rest = &rest[at + place.len()..];
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::{Line, Lines};

    #[test]
    fn prose_is_one_line_that_opens_no_block() {
        for (text, expected) in [
            ("a\nfn evil() {}", "a fn evil() {}"),
            ("a\r\u{202E}b\u{0}c\u{200B}", "a  b c "),
            ("    indented", "indented"),
            ("```\ncode", "\\``` code"),
            ("~~~ rust", "\\~~~ rust"),
            ("```a``b```.", "```a``b```."),
        ] {
            assert_eq!(Line::prose(text).as_str(), expected);
        }
    }

    #[test]
    fn values_of_pages_are_not_looked_into() {
        let page = Lines::page("ONE is TWO.\nONE", &[("ONE", "TWO"), ("TWO", "```")]);
        assert_eq!(page.text(), "TWO is ```.\nTWO");
        assert_eq!(Lines::page("TWO", &[("TWO", "```")]).text(), "\\```");
        assert_eq!(Lines::page("- an item\n  ONE", &[("ONE", "  of two lines")]).text(), "- an item\n  of two lines");
    }
}
