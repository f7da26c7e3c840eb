//! Reads documentation in CommonMark: what `pulldown-cmark` finds in a text, as a document tree.
//!
//! The crate decides what is markup. Here it is decided what becomes of it: names in brackets are looked up, HTML is text,
//! as a text with HTML that means something is read by `html`, and nothing is deeper than those who walk the tree can go.

use std::iter::once;

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag};

use super::link::{self, Lookup};
use super::printable::is_printable;
use super::tree::{Block, Inline, LATEST_START, Row};
use super::urls;

/// Lists and quotations deeper than this are read as if their marks were not there.
const DEEPEST: usize = 12;

/// The same of markup within a line.
const DEEPEST_IN_LINE: usize = 8;

/// Reads CommonMark; `link` resolves the names that it refers to.
pub(super) fn read(source: &str, link: &Lookup<'_>) -> Vec<Block> {
    // A reference that the text does not define may be to an item; the label is looked up where the link ends.
    let undefined = |broken: BrokenLink<'_>| {
        let is_item = is_code(&broken.reference) || link::named(&broken.reference, link).is_some();
        is_item.then(|| (CowStr::from(broken.reference.to_string()), CowStr::from("")))
    };
    let mut builder =
        Builder { link, open: vec![Open::Blocks(Container::Root, Content::default())], taken: Vec::new() };
    for event in Parser::new_with_broken_link_callback(source, Options::ENABLE_TABLES, Some(undefined)) {
        builder.take(event);
    }
    builder.finish()
}

/// Whether a label is code as a whole.
fn is_code(label: &str) -> bool {
    let inner = label.strip_prefix('`').and_then(|label| label.strip_suffix('`'));
    inner.is_some_and(|inner| !inner.is_empty() && !inner.contains('`'))
}

/// What holds blocks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Container {
    Root,
    Quote,
    Item,
}

/// Blocks, and the running text that is not yet one of them.
#[derive(Default)]
struct Content {
    blocks: Vec<Block>,
    line: Vec<Inline>,
}

impl Content {
    fn add(&mut self, block: Block) {
        self.end_line();
        self.blocks.push(block);
    }

    /// Items of short lists hold text without a paragraph around it.
    fn end_line(&mut self) {
        if !self.line.is_empty() {
            self.blocks.push(Block::Paragraph(std::mem::take(&mut self.line)));
        }
    }

    fn finished(mut self) -> Vec<Block> {
        self.end_line();
        self.blocks
    }
}

/// What holds running text.
enum Span {
    Paragraph,
    Heading(usize),
    Cell,
    Emphasis,
    Strong,
    Link(LinkType, String),
    /// An image, which is shown by its description.
    Image,
}

/// What has begun and not ended.
enum Open {
    Blocks(Container, Content),
    List(Option<u32>, Vec<Vec<Block>>),
    Table(Vec<Row>),
    Row(Row),
    Line(Span, Vec<Inline>),
    Code { language: String, text: String },
}

/// Makes the tree of events.
struct Builder<'a> {
    link: &'a Lookup<'a>,
    /// The root first.
    open: Vec<Open>,
    /// For each tag that is open, whether it is in `open`.
    taken: Vec<bool>,
}

impl Builder<'_> {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => {
                let opened = self.opened(tag);
                self.taken.push(opened.is_some());
                self.open.extend(opened);
            }
            Event::End(_) => {
                if self.taken.pop() == Some(true)
                    && let Some(ended) = self.open.pop()
                {
                    self.close(ended);
                }
            }
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&seen(&text)),
            Event::Code(code) => self.add(Inline::Code(seen(&code))),
            Event::SoftBreak => self.text("\n"),
            Event::HardBreak => self.add(Inline::Break),
            Event::Rule => self.add_block(Block::Rule),
            // Extensions that are not asked for.
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.text(&seen(&text))
            }
            Event::TaskListMarker(_) => {}
        }
    }

    /// What begins with a tag; `None` for one that is passed over.
    fn opened(&self, tag: Tag<'_>) -> Option<Open> {
        let line = |span| Some(Open::Line(span, Vec::new()));
        let in_line = |span| if self.depth_in_line() < DEEPEST_IN_LINE { line(span) } else { None };
        match tag {
            Tag::Paragraph | Tag::HtmlBlock => line(Span::Paragraph),
            Tag::Heading { level, .. } => line(Span::Heading(level as usize)),
            Tag::BlockQuote(_) if self.depth() < DEEPEST => Some(Open::Blocks(Container::Quote, Content::default())),
            Tag::List(start) if self.depth() < DEEPEST => {
                let start = start.map(|start| u32::try_from(start).unwrap_or(LATEST_START).min(LATEST_START));
                Some(Open::List(start, Vec::new()))
            }
            Tag::Item if matches!(self.open.last(), Some(Open::List(..))) => {
                Some(Open::Blocks(Container::Item, Content::default()))
            }
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => seen(info.trim()),
                    CodeBlockKind::Indented => "text".to_owned(),
                };
                Some(Open::Code { language, text: String::new() })
            }
            Tag::Table(_) => Some(Open::Table(Vec::new())),
            Tag::TableHead | Tag::TableRow => Some(Open::Row(Vec::new())),
            Tag::TableCell => line(Span::Cell),
            Tag::Emphasis => in_line(Span::Emphasis),
            Tag::Strong => in_line(Span::Strong),
            Tag::Link { link_type, dest_url, .. } => in_line(Span::Link(link_type, seen(&dest_url))),
            Tag::Image { .. } => in_line(Span::Image),
            _ => None,
        }
    }

    /// How many lists and quotations are open.
    fn depth(&self) -> usize {
        let is_deeper = |open: &&Open| matches!(open, Open::List(..) | Open::Blocks(Container::Quote, _));
        self.open.iter().filter(is_deeper).count()
    }

    /// How many kinds of markup are open in the line.
    fn depth_in_line(&self) -> usize {
        self.open.iter().rev().take_while(|open| matches!(open, Open::Line(..))).count()
    }

    fn close(&mut self, ended: Open) {
        match ended {
            Open::Blocks(Container::Quote, content) => {
                self.add_block(Block::Quote { label: None, blocks: content.finished() });
            }
            Open::Blocks(_, content) => {
                if let Some(Open::List(_, items)) = self.open.last_mut() {
                    items.push(content.finished());
                }
            }
            Open::List(start, items) => self.add_block(Block::List { start, items }),
            Open::Table(rows) => self.add_block(Block::Table(rows)),
            Open::Row(row) => {
                if let Some(Open::Table(rows)) = self.open.last_mut() {
                    rows.push(row);
                }
            }
            Open::Code { language, mut text } => {
                if text.ends_with('\n') {
                    text.pop();
                }
                self.add_block(Block::Fence { language, text });
            }
            Open::Line(span, content) => self.close_line(span, content),
        }
    }

    fn close_line(&mut self, span: Span, content: Vec<Inline>) {
        match span {
            Span::Paragraph => self.add_block(Block::Paragraph(content)),
            Span::Heading(level) => self.add_block(Block::Heading { level, content }),
            Span::Cell => {
                if let Some(Open::Row(cells)) = self.open.last_mut() {
                    cells.push(content);
                }
            }
            Span::Emphasis => self.add(Inline::Emphasis(content)),
            Span::Strong => self.add(Inline::Strong(content)),
            Span::Link(kind, to) => self.linked(kind, &to, content).into_iter().for_each(|inline| self.add(inline)),
            Span::Image => content.into_iter().for_each(|inline| self.add_described(inline)),
        }
    }

    /// What a link shows and where it leads.
    fn linked(&self, kind: LinkType, to: &str, content: Vec<Inline>) -> Vec<Inline> {
        match kind {
            LinkType::Autolink | LinkType::Email => {
                let scheme = if kind == LinkType::Email { "mailto:" } else { "" };
                match urls::absolute(&format!("{scheme}{to}")) {
                    Some(target) => vec![Inline::Link { target, content }],
                    None => once(Inline::text("<")).chain(content).chain([Inline::text(">")]).collect(),
                }
            }
            LinkType::ReferenceUnknown => match link::named(to, self.link) {
                Some(Inline::Link { target, .. }) => vec![Inline::Link { target, content }],
                _ => content,
            },
            LinkType::CollapsedUnknown | LinkType::ShortcutUnknown => {
                link::named(to, self.link).map_or(content, |named| vec![named])
            }
            _ => link::destination(to, content, self.link),
        }
    }

    /// Adds a part of the description of an image, which leads nowhere.
    fn add_described(&mut self, inline: Inline) {
        match inline {
            Inline::Link { content, .. } => content.into_iter().for_each(|inline| self.add(inline)),
            other => self.add(other),
        }
    }

    fn text(&mut self, text: &str) {
        match self.open.last_mut() {
            Some(Open::Code { text: code, .. }) => code.push_str(text),
            _ => self.add(Inline::text(text)),
        }
    }

    /// Adds running text. Pieces of plain text become one, so that a URL in it is seen as a whole.
    fn add(&mut self, inline: Inline) {
        let Some(Open::Line(_, line) | Open::Blocks(_, Content { line, .. })) = self.open.last_mut() else { return };
        match (line.last_mut(), inline) {
            (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
            (_, inline) => line.push(inline),
        }
    }

    fn add_block(&mut self, block: Block) {
        if let Some(Open::Blocks(_, content)) = self.open.last_mut() {
            content.add(block);
        }
    }

    fn finish(mut self) -> Vec<Block> {
        match self.open.pop() {
            Some(Open::Blocks(_, content)) => content.finished(),
            _ => Vec::new(),
        }
    }
}

/// A text without what a character reference may bring in that cannot stand in a doc comment.
fn seen(text: &str) -> String {
    text.chars().map(|c| if is_printable(c) || c == '\n' { c } else { ' ' }).collect()
}
