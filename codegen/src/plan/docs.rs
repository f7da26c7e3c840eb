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
mod printable;
mod sentence;
#[cfg(test)]
mod tests;
mod tidy;
mod token;
mod tree;
mod urls;
mod write;

pub(crate) use code::code;
pub(crate) use constraints::{ConstraintKind, constraints};
pub(crate) use lines::{Docs, Line, Lines};
pub(crate) use link::Lookup;
pub(crate) use printable::is_printable;
use printable::printable;

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

/// A text within a sentence of our own: shown as it is, on one line, whatever markup it may look like.
pub(crate) fn plain(text: &str) -> String {
    write::inlines(&[tree::Inline::text(printable(text).replace('\n', " "))])
}
