//! Brings a document tree into canonical form, whatever the source looked like.
//!
//! Afterwards blanks are single and outside of markup, neighbours of one kind
//! are merged, nothing is empty, emphasis and links do not nest in themselves,
//! and every URL in plain text is a link.

use super::tree::{Block, Inline, Row, plain};
use super::urls;

/// Plain text that stands on one line, its URLs linked.
pub(super) fn words(text: &str) -> Vec<Inline> {
    line(vec![Inline::text(text)])
}

/// Tidies every block and drops the empty ones.
pub(super) fn blocks(blocks: Vec<Block>) -> Vec<Block> {
    blocks.into_iter().filter_map(block).collect()
}

/// Tidies one block; `None` if nothing is left of it.
fn block(block: Block) -> Option<Block> {
    match block {
        Block::Paragraph(content) => filled(paragraph(content)).map(Block::Paragraph),
        Block::Heading { level, content } => {
            let content = filled(line(content))?;
            Some(Block::Heading { level, content })
        }
        Block::List { start, items } => {
            let items = filled(items.into_iter().map(blocks).filter(|item| !item.is_empty()))?;
            Some(Block::List { start, items })
        }
        Block::Quote { label, blocks: inner } => {
            let blocks = filled(blocks(inner))?;
            Some(Block::Quote { label, blocks })
        }
        Block::Fence { language, text } => {
            let text = text.trim_end().trim_start_matches('\n').to_owned();
            (!text.trim().is_empty()).then_some(Block::Fence { language, text })
        }
        Block::Table(rows) => {
            let rows = rows.into_iter().map(row).filter(|row| row.iter().any(|cell| !cell.is_empty()));
            filled(rows).map(Block::Table)
        }
        Block::Rule => Some(Block::Rule),
    }
}

/// The elements as a vector, unless there are none.
fn filled<T>(elements: impl IntoIterator<Item = T>) -> Option<Vec<T>> {
    let elements: Vec<T> = elements.into_iter().collect();
    (!elements.is_empty()).then_some(elements)
}

/// Tidies the cells of a row.
fn row(row: Row) -> Row {
    row.into_iter().map(line).collect()
}

/// Tidies text that stands on one line: breaks become blanks.
fn line(content: Vec<Inline>) -> Vec<Inline> {
    let on_one_line = content.into_iter().map(|inline| match inline {
        Inline::Break => Inline::text(" "),
        other => other,
    });
    paragraph(on_one_line.collect())
}

/// Tidies running text.
fn paragraph(content: Vec<Inline>) -> Vec<Inline> {
    let linked = bare_urls(inlines(content, Within::default()));
    let mut tidied: Vec<Inline> = Vec::new();
    for mut inline in linked {
        let at_line_start = matches!(tidied.last(), None | Some(Inline::Break));
        match &mut inline {
            Inline::Text(text) if at_line_start => *text = text.trim_start().to_owned(),
            Inline::Text(text) if space_before_mark(text) => {
                text.remove(0);
            }
            Inline::Break if at_line_start => continue,
            Inline::Break => trim_last(&mut tidied),
            _ => {}
        }
        if inline != Inline::text("") {
            tidied.push(inline);
        }
    }
    trim_last(&mut tidied);
    if tidied.last() == Some(&Inline::Break) {
        tidied.pop();
    }
    tidied
}

/// Takes the blank at the end of running text away.
fn trim_last(inlines: &mut Vec<Inline>) {
    if let Some(Inline::Text(text)) = inlines.last_mut() {
        *text = text.trim_end().to_owned();
        if text.is_empty() {
            inlines.pop();
        }
    }
}

/// Whether text that follows markup starts with a blank before a punctuation
/// mark: a leftover of indentation within the markup, as in `<code>a </code>,`.
fn space_before_mark(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next() == Some(' ')
        && chars.next().is_some_and(|mark| ",.;:)".contains(mark))
        && chars.next().is_none_or(char::is_whitespace)
}

/// The markup around a piece of text.
#[derive(Clone, Copy, Default)]
struct Within {
    strong: bool,
    emphasis: bool,
    link: bool,
}

/// Tidies inlines below `within`; blanks at the two ends stay, at most one each.
fn inlines(source: Vec<Inline>, within: Within) -> Vec<Inline> {
    let nested = within.strong || within.emphasis || within.link;
    let mut tidied = Vec::new();
    for inline in source {
        match inline {
            Inline::Text(text) => push_text(&mut tidied, &text),
            Inline::Code(code) => push_code(&mut tidied, &code),
            Inline::Break if nested => push_text(&mut tidied, " "),
            Inline::Break => tidied.push(Inline::Break),
            Inline::Strong(content) => {
                let content = inlines(content, Within { strong: true, ..within });
                let wrap = (!within.strong).then_some(Inline::Strong as fn(_) -> _);
                push_wrapped(&mut tidied, content, wrap);
            }
            Inline::Emphasis(content) => {
                let content = inlines(content, Within { emphasis: true, ..within });
                let wrap = (!within.emphasis).then_some(Inline::Emphasis as fn(_) -> _);
                push_wrapped(&mut tidied, content, wrap);
            }
            Inline::Link { target, content } => {
                let content = inlines(content, Within { link: true, ..within });
                let wrap = |content| Inline::Link { target, content };
                push_wrapped(&mut tidied, content, (!within.link).then_some(wrap));
            }
        }
    }
    tidied
}

/// Adds text, every run of blanks as one.
fn push_text(tidied: &mut Vec<Inline>, text: &str) {
    if !matches!(tidied.last(), Some(Inline::Text(_))) {
        tidied.push(Inline::text(""));
    }
    let Some(Inline::Text(last)) = tidied.last_mut() else { return };
    for c in text.chars() {
        if !c.is_whitespace() {
            last.push(c);
        } else if !last.ends_with(' ') {
            last.push(' ');
        }
    }
    if last.is_empty() {
        tidied.pop();
    }
}

/// Adds code, with the blanks at its ends outside of it.
fn push_code(tidied: &mut Vec<Inline>, code: &str) {
    let words: Vec<&str> = code.split_whitespace().collect();
    if code.starts_with(char::is_whitespace) {
        push_text(tidied, " ");
    }
    if !words.is_empty() {
        push(tidied, Inline::Code(words.join(" ")));
    }
    if code.ends_with(char::is_whitespace) {
        push_text(tidied, " ");
    }
}

/// Adds tidied content in its markup, with the blanks at its ends outside of it;
/// without `wrap` it is added as it is.
fn push_wrapped(tidied: &mut Vec<Inline>, mut content: Vec<Inline>, wrap: Option<impl FnOnce(Vec<Inline>) -> Inline>) {
    let Some(wrap) = wrap else {
        content.into_iter().for_each(|inline| push(tidied, inline));
        return;
    };
    let shown = plain(&content);
    if let Some(Inline::Text(first)) = content.first_mut() {
        *first = first.trim_start().to_owned();
        if first.is_empty() {
            content.remove(0);
        }
    }
    trim_last(&mut content);
    if shown.starts_with(' ') {
        push_text(tidied, " ");
    }
    if !content.is_empty() {
        push(tidied, wrap(content));
    }
    if shown.ends_with(' ') {
        push_text(tidied, " ");
    }
}

/// Adds a tidied inline, merged with the one before it where Markdown could not
/// tell the two apart.
fn push(tidied: &mut Vec<Inline>, inline: Inline) {
    match (tidied.last_mut(), inline) {
        (_, Inline::Text(text)) => push_text(tidied, &text),
        (Some(Inline::Code(last)), Inline::Code(code)) => last.push_str(&code),
        (Some(Inline::Strong(last)), Inline::Strong(content))
        | (Some(Inline::Emphasis(last)), Inline::Emphasis(content)) => {
            content.into_iter().for_each(|inline| push(last, inline));
        }
        (_, inline) => tidied.push(inline),
    }
}

/// Makes links of the URLs in plain text, except within links.
fn bare_urls(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut linked = Vec::new();
    for inline in inlines {
        let parts = match inline {
            Inline::Text(text) => urls::split(&text),
            Inline::Strong(content) => vec![Inline::Strong(bare_urls(content))],
            Inline::Emphasis(content) => vec![Inline::Emphasis(bare_urls(content))],
            other => vec![other],
        };
        parts.into_iter().for_each(|part| push(&mut linked, part));
    }
    linked
}
