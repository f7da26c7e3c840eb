//! Reads documentation in CommonMark: the blocks. `inline` reads the text in them.
//!
//! All that documentation uses is understood: paragraphs, headings, lists,
//! quotations, code blocks, tables and link definitions. HTML blocks are not,
//! since a text with HTML is read as such.

use super::Lookup;
use super::entities::decode;
use super::inline::{Context, allowance, read_inline, unescape};
use super::tree::{Block, Row};
use std::collections::BTreeMap;

/// Blocks deeper than this are read as paragraphs.
const DEEPEST: usize = 12;

/// Reads CommonMark; `link` resolves the names that it refers to.
pub(super) fn read(source: &str, link: &Lookup<'_>) -> Vec<Block> {
    let lines: Vec<&str> = source.lines().collect();
    let allowance = allowance(source.len());
    let context = Context { definitions: definitions(&lines), link, allowance };
    Reader { context }.blocks(&lines, 0)
}

/// The link definitions of a document, `[label]: destination`, by label in lower case.
fn definitions(lines: &[&str]) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut fence: Option<Fence> = None;
    for line in lines {
        match &fence {
            Some(open) if open.is_closed_by(line) => fence = None,
            Some(_) => {}
            None => {
                fence = Fence::open(line);
                if let Some((label, destination)) = definition(line) {
                    found.entry(label).or_insert(destination);
                }
            }
        }
    }
    found
}

/// The link definition that a line holds.
fn definition(line: &str) -> Option<(String, String)> {
    let (label, destination) = line.trim_start().strip_prefix('[')?.split_once("]:")?;
    let destination = destination.split_whitespace().next()?;
    if label.trim().is_empty() || label.contains(['[', ']']) {
        return None;
    }
    let destination = destination.trim_start_matches('<').trim_end_matches('>');
    Some((label.to_lowercase(), decode(&unescape(destination))))
}

/// A code fence that is open.
struct Fence {
    mark: char,
    length: usize,
    indent: usize,
    info: String,
}

impl Fence {
    /// The fence that a line opens.
    fn open(line: &str) -> Option<Self> {
        let indent = indent(line);
        let text = line.trim_start();
        let mark = text.chars().next().filter(|c| matches!(c, '`' | '~'))?;
        let info = text.trim_start_matches(mark);
        let length = text.len() - info.len();
        let valid = indent < 4 && length >= 3 && !(mark == '`' && info.contains('`'));
        valid.then(|| Self { mark, length, indent, info: info.trim().to_owned() })
    }

    /// Whether a line ends the block.
    fn is_closed_by(&self, line: &str) -> bool {
        let text = line.trim();
        let only_marks = text.chars().all(|c| c == self.mark);
        indent(line) < 4 && text.len() >= self.length && only_marks
    }
}

/// The marker of a list item.
struct Marker {
    /// The bullet, or the character after the number.
    kind: char,
    /// The number.
    number: Option<u32>,
    /// The column at which the content of the item begins.
    content: usize,
}

impl Marker {
    /// The marker that a line begins with.
    fn of(line: &str) -> Option<Self> {
        let indent = indent(line);
        let text = line.trim_start();
        let digits = text.bytes().take(9).take_while(u8::is_ascii_digit).count();
        let kind = text[digits..].chars().next()?;
        let expected: &[char] = if digits == 0 { &['-', '*', '+'] } else { &['.', ')'] };
        let rest = &text[digits + kind.len_utf8()..];
        let follows = rest.is_empty() || rest.starts_with(' ');
        if indent > 3 || !expected.contains(&kind) || !follows || is_rule(line) {
            return None;
        }
        let blanks = rest.len() - rest.trim_start_matches(' ').len();
        let blanks = if rest.trim().is_empty() || blanks > 4 { 1 } else { blanks };
        let number = text[..digits].parse().ok();
        Some(Self { kind, number, content: indent + digits + 1 + blanks })
    }

    /// Whether a list with this marker may begin right after a line of a paragraph.
    fn interrupts(&self, line: &str) -> bool {
        self.number.is_none_or(|number| number == 1) && line.len() > self.content
    }
}

/// Reads blocks.
struct Reader<'a> {
    context: Context<'a>,
}

impl Reader<'_> {
    /// The blocks of some lines, `depth` blocks deep in the document.
    fn blocks(&self, lines: &[&str], depth: usize) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut at = 0;
        while at < lines.len() {
            let line = lines[at];
            if line.trim().is_empty() || definition(line).is_some() {
                at += 1;
            } else if let Some(level) = heading_level(line) {
                blocks.push(self.heading(line, level));
                at += 1;
            } else if let Some(fence) = Fence::open(line) {
                at = fenced(lines, at, &fence, &mut blocks);
            } else if indent(line) >= 4 {
                at = indented(lines, at, &mut blocks);
            } else if is_rule(line) {
                blocks.push(Block::Rule);
                at += 1;
            } else if depth < DEEPEST && line.trim_start().starts_with('>') {
                at = self.quote(lines, at, depth, &mut blocks);
            } else if let Some(marker) = Marker::of(line).filter(|_| depth < DEEPEST) {
                at = self.list(lines, at, depth, &marker, &mut blocks);
            } else if is_table(lines, at) {
                at = self.table(lines, at, &mut blocks);
            } else {
                at = self.paragraph(lines, at, &mut blocks);
            }
        }
        blocks
    }

    /// A heading with `#`.
    fn heading(&self, line: &str, level: usize) -> Block {
        let text = line.trim().trim_start_matches('#').trim();
        let open = text.trim_end_matches('#');
        let text = if open.is_empty() || open.ends_with(' ') { open.trim() } else { text };
        Block::Heading { level, content: read_inline(text, &self.context) }
    }

    /// A paragraph, or a heading underlined with `===` or `---`; the line after it.
    fn paragraph(&self, lines: &[&str], from: usize, blocks: &mut Vec<Block>) -> usize {
        let mut at = from + 1;
        let mut level = None;
        while at < lines.len() && !interrupts(lines[at]) && !is_table(lines, at) {
            level = underline(lines[at]);
            if level.is_some() {
                break;
            }
            at += 1;
        }
        let text: Vec<&str> = lines[from..at].iter().map(|line| line.trim_start()).collect();
        let content = read_inline(text.join("\n").trim_end(), &self.context);
        match level {
            Some(level) => blocks.push(Block::Heading { level, content }),
            None => blocks.push(Block::Paragraph(content)),
        }
        at + usize::from(level.is_some())
    }

    /// A quotation; the line after it.
    fn quote(&self, lines: &[&str], from: usize, depth: usize, blocks: &mut Vec<Block>) -> usize {
        let mut inner = Vec::new();
        let mut at = from;
        while let Some(line) = lines.get(at) {
            match line.trim_start().strip_prefix('>') {
                Some(text) => inner.push(text.strip_prefix(' ').unwrap_or(text)),
                None if interrupts(line) => break,
                None => inner.push(line),
            }
            at += 1;
        }
        blocks.push(Block::Quote { label: None, blocks: self.blocks(&inner, depth + 1) });
        at
    }

    /// A list whose first item has the given marker; the line after it.
    fn list(&self, lines: &[&str], from: usize, depth: usize, first: &Marker, blocks: &mut Vec<Block>) -> usize {
        let mut items = Vec::new();
        let mut at = from;
        while let Some(line) = lines.get(at) {
            let Some(marker) = Marker::of(line).filter(|marker| marker.kind == first.kind) else {
                break;
            };
            let (item, next) = item(lines, at, marker.content);
            items.push(self.blocks(&item, depth + 1));
            at = next;
        }
        blocks.push(Block::List { start: first.number, items });
        at
    }

    /// A table; the line after it.
    fn table(&self, lines: &[&str], from: usize, blocks: &mut Vec<Block>) -> usize {
        let is_row = |line: &&&str| line.contains('|') && !interrupts(line);
        let body = lines[from + 2..].iter().take_while(is_row);
        let rows: Vec<Row> = std::iter::once(&lines[from]).chain(body).map(|line| self.row(line)).collect();
        let after = from + 1 + rows.len();
        blocks.push(Block::Table(rows));
        after
    }

    /// The cells of a row.
    fn row(&self, line: &str) -> Row {
        cells(line).iter().map(|cell| read_inline(cell, &self.context)).collect()
    }
}

/// The lines of the list item that begins at `from`, without their indentation,
/// and the line after the item.
fn item<'a>(lines: &[&'a str], from: usize, content: usize) -> (Vec<&'a str>, usize) {
    let mut inner = vec![lines[from].get(content..).unwrap_or_default()];
    let mut at = from + 1;
    while let Some(line) = lines.get(at) {
        let follows_text = !lines[at - 1].trim().is_empty();
        if line.trim().is_empty() {
            inner.push("");
        } else if indent(line) >= content {
            inner.push(&line[content..]);
        } else if follows_text && !interrupts(line) && Marker::of(line).is_none() {
            inner.push(line.trim_start());
        } else {
            break;
        }
        at += 1;
    }
    (inner, at)
}

/// Adds a fenced code block; the line after it.
fn fenced(lines: &[&str], from: usize, fence: &Fence, blocks: &mut Vec<Block>) -> usize {
    let body = lines[from + 1..].iter().take_while(|line| !fence.is_closed_by(line));
    let text: Vec<&str> = body.map(|line| &line[fence.indent.min(indent(line))..]).collect();
    let after = from + 2 + text.len();
    blocks.push(Block::Fence { language: fence.info.clone(), text: text.join("\n") });
    after.min(lines.len())
}

/// Adds a code block by indentation; the line after it.
fn indented(lines: &[&str], from: usize, blocks: &mut Vec<Block>) -> usize {
    let is_code = |line: &&&str| line.trim().is_empty() || indent(line) >= 4;
    let body = lines[from..].iter().take_while(is_code);
    let text: Vec<&str> = body.map(|line| line.get(4..).unwrap_or_default()).collect();
    let after = from + text.len();
    blocks.push(Block::Fence { language: "text".to_owned(), text: text.join("\n") });
    after
}

/// The number of blanks that a line begins with.
fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Whether a line ends the paragraph before it.
fn interrupts(line: &str) -> bool {
    line.trim().is_empty()
        || heading_level(line).is_some()
        || Fence::open(line).is_some()
        || (is_rule(line) && underline(line).is_none())
        || (indent(line) < 4 && line.trim_start().starts_with('>'))
        || Marker::of(line).is_some_and(|marker| marker.interrupts(line))
}

/// The level of the heading that a line with `#` is.
fn heading_level(line: &str) -> Option<usize> {
    let text = line.trim_start();
    let rest = text.trim_start_matches('#');
    let level = text.len() - rest.len();
    let valid = indent(line) < 4 && (rest.is_empty() || rest.starts_with(' '));
    (valid && (1..=6).contains(&level)).then_some(level)
}

/// The level of heading that a line makes of the paragraph above it.
fn underline(line: &str) -> Option<usize> {
    let text = line.trim();
    let only = |mark: char| !text.is_empty() && text.chars().all(|c| c == mark);
    match indent(line) < 4 {
        true if only('=') => Some(1),
        true if only('-') => Some(2),
        _ => None,
    }
}

/// Whether a line is a thematic break.
fn is_rule(line: &str) -> bool {
    let marks: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    let only = |mark: char| marks.len() >= 3 && marks.chars().all(|c| c == mark);
    indent(line) < 4 && (only('-') || only('*') || only('_'))
}

/// Whether a table begins at a line: a row followed by a row of dashes as wide.
fn is_table(lines: &[&str], at: usize) -> bool {
    let Some(dashes) = lines.get(at + 1).filter(|line| line.contains('|')) else {
        return false;
    };
    let columns = cells(dashes);
    let is_dashes = |cell: &String| {
        let inner = cell.strip_prefix(':').unwrap_or(cell);
        let inner = inner.strip_suffix(':').unwrap_or(inner);
        !inner.is_empty() && inner.chars().all(|c| c == '-')
    };
    lines[at].contains('|') && columns.iter().all(is_dashes) && cells(lines[at]).len() == columns.len()
}

/// The texts of the cells of a row, split at every `|` that is not escaped.
fn cells(line: &str) -> Vec<String> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let mut cells = vec![String::new()];
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        let Some(cell) = cells.last_mut() else { break };
        match c {
            '\\' if chars.next_if_eq(&'|').is_some() => cell.push('|'),
            '\\' => {
                cell.push('\\');
                cell.extend(chars.next());
            }
            '|' if chars.peek().is_some() => cells.push(String::new()),
            '|' => {}
            _ => cell.push(c),
        }
    }
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}
