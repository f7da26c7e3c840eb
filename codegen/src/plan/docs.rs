//! Documentation text: from what a model carries to what rustdoc shows.
//!
//! The `smithy.api#documentation` of a model is either CommonMark or, in the
//! models that AWS publishes, loosely written HTML. A reader for each makes one
//! small document tree of it: `markdown`, which listens to `pulldown-cmark`, the
//! parser of rustdoc itself, and `html`, which no standard can help, see `token`.
//! `tidy` brings the tree into a canonical form, and `write` puts it down as
//! Markdown that holds no HTML, no bare URL, no broken link and no code block
//! that rustdoc would compile.

mod code;
mod constraints;
mod entities;
mod errors;
mod html;
mod lines;
mod link;
mod markdown;
mod sentence;
#[cfg(test)]
mod tests;
mod tidy;
mod token;
mod tree;
mod urls;
mod write;

pub(crate) use constraints::{ConstraintKind, constraints};
pub(crate) use lines::{Line, Lines};

use crate::visible::is_hidden;

/// Looks up a name of the model, such as `CreateStage`: the name and the path
/// that the item has in Rust, or `None` if it is not part of the client.
///
/// A path equal to the name says that the name is in scope where the text will
/// stand; the link is then written in rustdoc's short form.
pub(crate) type Lookup<'a> = dyn Fn(&str) -> Option<(String, String)> + 'a;

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

/// Turns a documentation string of a model into Markdown for rustdoc.
///
/// HTML is recognised by its tags. `link` resolves the names that the text
/// refers to: `` [`Name`] `` in CommonMark, `<a>Name</a>` and links to the API
/// reference in HTML. Names that it does not know become plain code.
///
/// Never fails: what makes no sense as markup is shown as text.
pub(crate) fn render(source: &str, link: &Lookup<'_>) -> Docs {
    let source = printable(source);
    let blocks = if html::is_html(&source) { html::read(&source, link) } else { markdown::read(&source, link) };
    let blocks = tidy::blocks(blocks);
    let first_sentence = Line::laid_out(&sentence::first(&blocks));
    Docs { lines: Lines::laid_out(&write::blocks(&blocks)), first_sentence }
}

/// A name or value of a model as code within a sentence; what cannot be seen is shown by its escape.
pub(crate) fn code(value: &str) -> String {
    if value.is_empty() {
        return "the empty text".to_owned();
    }
    let mut shown = String::with_capacity(value.len());
    for c in value.chars() {
        if is_printable(c) && (c == ' ' || !c.is_whitespace()) {
            shown.push(c);
        } else {
            shown.extend(c.escape_default());
        }
    }
    code::span(&shown)
}

/// Plain words of a model, such as its title, within a sentence: nothing in them is markup.
pub(crate) fn words(text: &str) -> String {
    write::words(&tidy::words(&printable(text)))
}

/// Plain words of a model on one line that is no Markdown: what cannot be seen is left out.
pub(crate) fn plain_words(text: &str) -> String {
    let text = printable(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

impl Docs {
    /// Documentation that is one sentence of the generator's own.
    pub(crate) fn plain(sentence: &str) -> Self {
        let line = Line::prose(sentence);
        Self { lines: line.clone().into(), first_sentence: line }
    }
}

/// A text within a sentence of our own: shown as it is, on one line, whatever markup it may look like.
pub(crate) fn plain(text: &str) -> String {
    write::inlines(&[tree::Inline::text(printable(text).replace('\n', " "))])
}

/// The text with line feeds as its only control characters.
///
/// rustc rejects carriage returns and direction overrides in doc comments, and
/// clippy rejects tabs.
fn printable(source: &str) -> String {
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
