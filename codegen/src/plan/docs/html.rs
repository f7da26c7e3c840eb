//! Reads documentation in the HTML of AWS models.
//!
//! Upstream leaves tags open, closes them in the wrong order and puts lists into
//! paragraphs. The reader follows what the author meant: a block ends the markup
//! that was left open before it, and a tag that closes nothing is passed over.

use super::link::{self, Lookup};
use super::token::{Tag, Token, tokens};
use super::tree::{Block, Inline, LATEST_START, Row, plain};

/// Elements deeper than this are read as if their tags were not there.
const DEEPEST: usize = 40;

/// Whether a text is HTML: it holds a tag outside of what CommonMark takes for code.
pub(super) fn is_html(source: &str) -> bool {
    let is_tag = |token: &Token| !matches!(token, Token::Text(_));
    source.contains('<') && tokens(&without_code(source)).iter().any(is_tag)
}

/// Reads HTML; `link` resolves the names that it refers to.
pub(super) fn read(source: &str, link: &Lookup<'_>) -> Vec<Block> {
    let mut builder = Builder::new();
    for token in tokens(source) {
        match token {
            Token::Text(text) => builder.add(Node::Text(text)),
            Token::Open { tag, attributes, closed } => builder.open(tag, attributes, closed),
            Token::Close(tag) => builder.close(tag),
        }
    }
    Reader { link }.blocks(&builder.finish())
}

/// The text without its Markdown code spans and fences.
fn without_code(source: &str) -> String {
    let mut text = String::new();
    let mut rest = source;
    while let Some(at) = rest.find('`') {
        text.push_str(&rest[..at]);
        let after = rest[at..].trim_start_matches('`');
        let ticks = &rest[at..rest.len() - after.len()];
        rest = closing(after, ticks.len()).map_or(after, |end| &after[end..]);
    }
    text.push_str(rest);
    text
}

/// Where the first run of exactly `length` backticks ends.
fn closing(text: &str, length: usize) -> Option<usize> {
    let mut from = 0;
    while let Some(found) = text[from..].find('`') {
        let start = from + found;
        let run = text[start..].bytes().take_while(|byte| *byte == b'`').count();
        from = start + run;
        if run == length {
            return Some(from);
        }
    }
    None
}

/// A node of the HTML tree.
#[derive(Debug)]
enum Node {
    Text(String),
    Element(Element),
}

/// An element with what it contains.
#[derive(Debug)]
struct Element {
    tag: Tag,
    attributes: Vec<(String, String)>,
    children: Vec<Node>,
}

impl Element {
    /// The value of an attribute.
    fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// Makes a tree of tags.
struct Builder {
    /// The elements that are open, the root first.
    open: Vec<Element>,
}

impl Builder {
    /// A tree with nothing in it.
    fn new() -> Self {
        let root = Element { tag: Tag::Group, attributes: Vec::new(), children: Vec::new() };
        Self { open: vec![root] }
    }

    /// Adds a node to the innermost open element.
    fn add(&mut self, node: Node) {
        if let Some(top) = self.open.last_mut() {
            top.children.push(node);
        }
    }

    /// Ends the innermost open element.
    fn pop(&mut self) {
        if self.open.len() > 1
            && let Some(element) = self.open.pop()
        {
            self.add(Node::Element(element));
        }
    }

    /// Begins an element, after ending those that cannot contain it.
    fn open(&mut self, tag: Tag, attributes: Vec<(String, String)>, closed: bool) {
        if !tag.is_inline() {
            self.pop_while(Tag::is_inline);
        }
        match tag {
            Tag::Paragraph | Tag::Heading(_) => {
                self.pop_while(|top| matches!(top, Tag::Paragraph | Tag::Heading(_)));
            }
            Tag::Item => self.pop_to(|tag| matches!(tag, Tag::List { .. })),
            Tag::Term | Tag::Description => self.pop_to(|tag| tag == Tag::Definitions),
            Tag::Row => self.pop_to(|tag| tag == Tag::Table),
            Tag::Cell => self.pop_to(|tag| matches!(tag, Tag::Row | Tag::Table)),
            _ if !tag.is_inline() => self.pop_while(|top| matches!(top, Tag::Heading(_))),
            _ => {}
        }
        let element = Element { tag, attributes, children: Vec::new() };
        if closed || tag.is_void() {
            self.add(Node::Element(element));
        } else if self.open.len() < DEEPEST {
            self.open.push(element);
        }
    }

    /// Ends the innermost element of a kind together with all that is open in it.
    fn close(&mut self, tag: Tag) {
        let same = |open: Tag| std::mem::discriminant(&open) == std::mem::discriminant(&tag);
        let inside = self.open.iter().rev().take_while(|element| !bounds(element.tag, tag));
        let depth = inside.take(self.open.len() - 1).position(|element| same(element.tag));
        match depth {
            Some(depth) => (0..=depth).for_each(|_| self.pop()),
            // Browsers see a break in a tag that closes what was not open.
            None if matches!(tag, Tag::Paragraph | Tag::Break) => {
                let element = Element { tag, attributes: Vec::new(), children: Vec::new() };
                self.add(Node::Element(element));
            }
            None => {}
        }
    }

    /// Ends elements as long as the innermost one is of a kind.
    fn pop_while(&mut self, kind: impl Fn(Tag) -> bool) {
        while self.open.len() > 1 && self.open.last().is_some_and(|top| kind(top.tag)) {
            self.pop();
        }
    }

    /// Ends all that is open within the innermost element of a kind, if there is one.
    fn pop_to(&mut self, kind: impl Fn(Tag) -> bool) {
        if let Some(depth) = self.open.iter().rev().position(|element| kind(element.tag)) {
            (0..depth).for_each(|_| self.pop());
        }
    }

    /// The children of the root.
    fn finish(mut self) -> Vec<Node> {
        self.pop_while(|_| true);
        self.open.pop().map_or_else(Vec::new, |root| root.children)
    }
}

/// Whether a closing tag `closing` has no effect outside of the element `open`.
fn bounds(open: Tag, closing: Tag) -> bool {
    match closing {
        Tag::Item => matches!(open, Tag::List { .. }),
        Tag::Term | Tag::Description => open == Tag::Definitions,
        Tag::Row | Tag::Cell => open == Tag::Table,
        Tag::Paragraph | Tag::Heading(_) => !open.is_inline() && !matches!(open, Tag::Paragraph | Tag::Heading(_)),
        _ if closing.is_inline() => !open.is_inline(),
        _ => false,
    }
}

/// Makes documents of HTML trees.
struct Reader<'a> {
    link: &'a Lookup<'a>,
}

impl Reader<'_> {
    /// The blocks that nodes amount to; text between elements forms paragraphs.
    fn blocks(&self, nodes: &[Node]) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut line = Vec::new();
        for node in nodes {
            match node {
                Node::Element(element) if !element.tag.is_inline() => {
                    blocks.push(Block::Paragraph(std::mem::take(&mut line)));
                    self.block(element, &mut blocks);
                }
                _ => self.inline(node, &mut line),
            }
        }
        blocks.push(Block::Paragraph(line));
        blocks.retain(|block| *block != Block::Paragraph(Vec::new()));
        blocks
    }

    /// Adds what a block element amounts to.
    fn block(&self, element: &Element, blocks: &mut Vec<Block>) {
        let children = &element.children;
        match element.tag {
            Tag::Heading(level) => {
                blocks.push(Block::Heading { level, content: self.inlines(children) });
            }
            Tag::List { numbered } => {
                let start = element.attribute("start").and_then(|start| start.parse().ok());
                let start = numbered.then(|| start.filter(|start| *start <= LATEST_START).unwrap_or(1));
                blocks.push(Block::List { start, items: self.items(children) });
            }
            Tag::Item => {
                let item = self.blocks(children);
                blocks.push(Block::List { start: None, items: vec![item] });
            }
            Tag::Definitions => {
                blocks.push(Block::List { start: None, items: self.definitions(children) });
            }
            Tag::Aside(label) => {
                blocks.push(Block::Quote { label, blocks: self.blocks(children) });
            }
            Tag::Preformatted => {
                let text = plain_nodes(children);
                blocks.push(Block::Fence { language: "text".to_owned(), text });
            }
            Tag::Table => {
                let mut rows = Vec::new();
                self.rows(children, &mut rows);
                blocks.push(Block::Table(rows));
            }
            Tag::Rule => blocks.push(Block::Rule),
            _ => blocks.extend(self.blocks(children)),
        }
    }

    /// The items of a list. What stands between them belongs to the one before.
    fn items(&self, nodes: &[Node]) -> Vec<Vec<Block>> {
        let mut items: Vec<Vec<Block>> = Vec::new();
        for node in nodes {
            match node {
                Node::Element(Element { tag: Tag::Item, children, .. }) => {
                    items.push(self.blocks(children));
                }
                Node::Text(text) if text.trim().is_empty() => {}
                _ => {
                    let stray = self.blocks(std::slice::from_ref(node));
                    match items.last_mut() {
                        Some(item) => item.extend(stray),
                        None => items.push(stray),
                    }
                }
            }
        }
        items
    }

    /// The items of a list of terms: `**term**: description`.
    fn definitions(&self, nodes: &[Node]) -> Vec<Vec<Block>> {
        let mut items = Vec::new();
        let mut terms: Vec<Inline> = Vec::new();
        for node in nodes {
            match node {
                Node::Element(Element { tag: Tag::Term, children, .. }) => {
                    if !terms.is_empty() {
                        terms.push(Inline::text(", "));
                    }
                    terms.push(Inline::Strong(self.inlines(children)));
                }
                Node::Text(text) if text.trim().is_empty() => {}
                _ => {
                    let blocks = self.blocks(std::slice::from_ref(node));
                    items.push(described(std::mem::take(&mut terms), blocks));
                }
            }
        }
        items.push(described(terms, Vec::new()));
        items
    }

    /// Adds the rows of a table, those of its head and body alike.
    fn rows(&self, nodes: &[Node], rows: &mut Vec<Row>) {
        for node in nodes {
            match node {
                Node::Element(Element { tag: Tag::Row, children, .. }) => {
                    rows.push(self.cells(children));
                }
                Node::Element(Element { tag: Tag::Group, children, .. }) => {
                    self.rows(children, rows);
                }
                Node::Text(text) if text.trim().is_empty() => {}
                _ => rows.push(self.cells(std::slice::from_ref(node))),
            }
        }
    }

    /// The cells of a row.
    fn cells(&self, nodes: &[Node]) -> Row {
        let mut cells = Vec::new();
        for node in nodes {
            match node {
                Node::Element(cell) => cells.push(self.inlines(&cell.children)),
                Node::Text(text) if text.trim().is_empty() => {}
                Node::Text(text) => cells.push(vec![Inline::text(text)]),
            }
        }
        cells
    }

    /// The running text of nodes; blocks among them are set off by blanks.
    fn inlines(&self, nodes: &[Node]) -> Vec<Inline> {
        let mut inlines = Vec::new();
        nodes.iter().for_each(|node| self.inline(node, &mut inlines));
        inlines
    }

    /// Adds the running text of a node.
    fn inline(&self, node: &Node, line: &mut Vec<Inline>) {
        let element = match node {
            Node::Text(text) => return line.push(Inline::text(text)),
            Node::Element(element) => element,
        };
        let content = || self.inlines(&element.children);
        match element.tag {
            Tag::Strong => line.push(Inline::Strong(content())),
            Tag::Emphasis => line.push(Inline::Emphasis(content())),
            Tag::Code => line.extend(code(content())),
            Tag::Link => {
                let to = element.attribute("href").or_else(|| element.attribute("url"));
                line.extend(link::anchor(to, content(), self.link));
            }
            Tag::Reference => {
                let to = element.attribute("linkend").unwrap_or_default();
                line.extend(link::destination(to, content(), self.link));
            }
            Tag::Break => line.push(Inline::Break),
            Tag::Plain => line.extend(content()),
            _ => {
                line.push(Inline::text(" "));
                line.extend(content());
                line.push(Inline::text(" "));
            }
        }
    }
}

/// An item that describes terms, the description on the same line if it is text.
fn described(terms: Vec<Inline>, mut blocks: Vec<Block>) -> Vec<Block> {
    if terms.is_empty() {
        return blocks;
    }
    let mut first = terms;
    if let Some(Block::Paragraph(content)) = blocks.first_mut() {
        first.push(Inline::text(": "));
        first.append(content);
        *content = first;
    } else {
        blocks.insert(0, Block::Paragraph(first));
    }
    blocks
}

/// Code of some content: links in it stay links, all other markup is dropped.
fn code(content: Vec<Inline>) -> Vec<Inline> {
    let part = |inline| match inline {
        Inline::Link { target, content } => Inline::Link { target, content: vec![Inline::Code(plain(&content))] },
        other => Inline::Code(plain(&[other])),
    };
    content.into_iter().map(part).collect()
}

/// The text of nodes as it stands, line breaks included.
fn plain_nodes(nodes: &[Node]) -> String {
    let mut text = String::new();
    for node in nodes {
        match node {
            Node::Text(part) => text.push_str(part),
            Node::Element(Element { tag: Tag::Break, .. }) => text.push('\n'),
            Node::Element(element) => text.push_str(&plain_nodes(&element.children)),
        }
    }
    text
}
