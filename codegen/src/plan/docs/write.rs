//! Puts a tidied document tree down as Markdown.

use super::code;
use super::tree::{Block, Inline, Row, first_character};
use super::urls;

/// The lines of a whole document.
pub(super) fn blocks(blocks: &[Block]) -> Vec<String> {
    let levels = blocks.iter().filter_map(|block| match block {
        Block::Heading { level, .. } => Some(*level),
        _ => None,
    });
    Writer { top_level: levels.min().unwrap_or(1) }.blocks(blocks)
}

/// What the blocks of one document share.
struct Writer {
    /// The level of heading that is written with one `#`.
    top_level: usize,
}

impl Writer {
    /// Lines of blocks with empty lines between them.
    fn blocks(&self, blocks: &[Block]) -> Vec<String> {
        let mut lines = Vec::new();
        let mut lists_in_a_row = 0;
        for block in blocks {
            if !lines.is_empty() {
                lines.push(String::new());
            }
            match block {
                Block::List { start, items } => {
                    lines.extend(self.list(*start, items, lists_in_a_row % 2 == 1));
                    lists_in_a_row += 1;
                    continue;
                }
                Block::Paragraph(content) => lines.extend(paragraph(content)),
                Block::Heading { level, content } => lines.push(self.heading(*level, content)),
                Block::Quote { label, blocks } => lines.extend(self.quote(*label, blocks)),
                Block::Fence { language, text } => lines.extend(code::fence(language, text)),
                Block::Table(rows) => lines.extend(table(rows)),
                Block::Rule => lines.push("___".to_owned()),
            }
            lists_in_a_row = 0;
        }
        lines
    }

    /// A heading; the highest of the document gets one `#`.
    fn heading(&self, level: usize, content: &[Inline]) -> String {
        let depth = level.saturating_sub(self.top_level).min(5) + 1;
        let mut text = inlines(content);
        // A run of `#` at the end would be taken for decoration, braces for attributes.
        let decorated =
            text.ends_with('#') && matches!(text.trim_end_matches('#').chars().next_back(), None | Some(' '));
        if decorated || text.ends_with('}') {
            text.insert(text.len() - 1, '\\');
        }
        format!("{} {text}", "#".repeat(depth))
    }

    /// A quotation, with its label in front of the first words.
    fn quote(&self, label: Option<&str>, quoted: &[Block]) -> Vec<String> {
        let mut quoted = quoted.to_vec();
        if let Some(label) = label {
            let mut first = vec![Inline::Strong(vec![Inline::Text(format!("{label}:"))])];
            if let Some(Block::Paragraph(content)) = quoted.first_mut() {
                first.push(Inline::text(" "));
                first.append(content);
                *content = first;
            } else {
                quoted.insert(0, Block::Paragraph(first));
            }
        }
        let lines = self.blocks(&quoted).into_iter();
        lines.map(|line| format!("> {line}").trim_end().to_owned()).collect()
    }

    /// A list. Two lists in a row need different markers (`other`), or Markdown
    /// would join them.
    fn list(&self, start: Option<u32>, items: &[Vec<Block>], other: bool) -> Vec<String> {
        let contents: Vec<Vec<String>> = items.iter().map(|item| self.item(item)).collect();
        let loose = contents.iter().any(|lines| lines.iter().any(String::is_empty));
        let mut lines = Vec::new();
        for (index, content) in contents.into_iter().enumerate() {
            if loose && index > 0 {
                lines.push(String::new());
            }
            let number = start.map(|start| start as usize + index);
            let marker = match (number, other) {
                (Some(number), false) => format!("{number}. "),
                (Some(number), true) => format!("{number}) "),
                (None, false) => "- ".to_owned(),
                (None, true) => "* ".to_owned(),
            };
            let indent = " ".repeat(marker.len());
            for (index, line) in content.iter().enumerate() {
                let lead = if index == 0 { &marker } else { &indent };
                lines.push(format!("{lead}{line}").trim_end().to_owned());
            }
        }
        lines
    }

    /// The content of a list item: a list follows its introduction without an
    /// empty line, unless Markdown would not see a list that starts late.
    fn item(&self, item: &[Block]) -> Vec<String> {
        match item {
            [intro @ Block::Paragraph(_), list @ Block::List { start: None | Some(1), .. }] => {
                let mut lines = self.blocks(std::slice::from_ref(intro));
                lines.extend(self.blocks(std::slice::from_ref(list)));
                lines
            }
            _ => self.blocks(item),
        }
    }
}

/// The lines of a paragraph, one unless it holds breaks.
fn paragraph(content: &[Inline]) -> Vec<String> {
    let parts: Vec<&[Inline]> = content.split(|inline| *inline == Inline::Break).collect();
    let last = parts.len() - 1;
    let with_end = |(index, part): (usize, &&[Inline])| {
        let end = if index < last { "\\" } else { "" };
        line(part) + end
    };
    parts.iter().enumerate().map(with_end).collect()
}

/// A table in the pipe syntax; rows are filled up to the width of the widest.
fn table(rows: &[Row]) -> Vec<String> {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let line = |row: &Row| {
        let cells = (0..width).map(|index| row.get(index).map_or(&[][..], Vec::as_slice));
        let cells: Vec<String> = cells.map(|cell| inlines(cell).replace('|', "\\|")).collect();
        format!("| {} |", cells.join(" | "))
    };
    let mut lines: Vec<String> = rows.iter().map(line).collect();
    lines.insert(1, format!("|{}", " --- |".repeat(width)));
    lines
}

/// Escapes what would make a line of running text something else: a heading, a
/// list item, a quotation, a rule or a row of a table.
fn line_start(mut line: String) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let after = line[digits..].chars().next();
    if digits > 0 && matches!(after, Some('.' | ')')) {
        line.insert(digits, '\\');
    } else if line.starts_with(['#', '>', '+', '-', '=', '|', ':']) {
        let marks = line.trim_start_matches(['#', '>', '+', '-', '=', '|', ':']);
        if line.starts_with('>') || marks.is_empty() || marks.starts_with([' ', '|']) {
            line.insert(0, '\\');
        }
    }
    line
}

/// Running text as a line of its own, safe to begin a paragraph.
pub(super) fn line(content: &[Inline]) -> String {
    line_start(inlines(content))
}

/// Running text that stands within a sentence.
pub(super) fn words(content: &[Inline]) -> String {
    inlines(content)
}

/// Running text as Markdown on one line.
pub(super) fn inlines(inlines: &[Inline]) -> String {
    let mut line = Line::default();
    for (index, inline) in inlines.iter().enumerate() {
        let next = inlines.get(index + 1..).and_then(first_character);
        line.push(inline, next);
    }
    line.text
}

/// A line of running text in the making.
#[derive(Default)]
struct Line {
    text: String,
    /// The text ends with emphasis whose last character is a punctuation mark:
    /// only before a blank or another mark does Markdown see its end.
    fragile: bool,
}

impl Line {
    /// Appends an inline that is followed by the character `next`.
    fn push(&mut self, inline: &Inline, next: Option<char>) {
        match inline {
            Inline::Text(text) => {
                let escaped = escape(text, self.text.chars().next_back());
                self.append(&escaped);
            }
            Inline::Code(text) => self.append(&code::span(text)),
            Inline::Strong(content) => self.emphasised("**", content),
            Inline::Emphasis(content) => {
                let inside_word = [self.text.chars().next_back(), next];
                let inside_word = inside_word.into_iter().flatten().any(char::is_alphanumeric);
                self.emphasised(if inside_word { "*" } else { "_" }, content);
            }
            Inline::Link { target, content } => {
                if self.text.ends_with('!') {
                    self.text.insert(self.text.len() - 1, '\\');
                }
                self.append(&linked(target, content, next));
            }
            Inline::Break => self.append(" "),
        }
    }

    /// Appends Markdown, after a blank where the end of emphasis would be lost otherwise.
    fn append(&mut self, markdown: &str) {
        if self.fragile && markdown.starts_with(is_word) {
            self.text.push(' ');
        }
        self.fragile = false;
        self.text.push_str(markdown);
    }

    /// Appends emphasis, with blanks around it where Markdown would not see its ends.
    fn emphasised(&mut self, mark: &str, content: &[Inline]) {
        let inner = inlines(content);
        let glued = self.text.ends_with(is_word) && !inner.starts_with(is_word);
        if glued || self.text.ends_with(['*', '_']) {
            self.text.push(' ');
        }
        self.append(&format!("{mark}{inner}{mark}"));
        self.fragile = !inner.ends_with(is_word);
    }
}

/// Whether Markdown takes a character for a part of a word.
fn is_word(c: char) -> bool {
    c.is_alphanumeric()
}

/// A link followed by the character `next`: as `<url>` if it shows its own
/// target, by name alone if that is its target, else with text and target.
fn linked(target: &str, content: &[Inline], next: Option<char>) -> String {
    match content {
        [Inline::Text(text)] if shows_target(text, target) => return format!("<{text}>"),
        [Inline::Code(name)] if name == target => {
            // Directly before one of these, a name alone means something else.
            let closed = if matches!(next, Some('(' | '[' | ':')) { "[]" } else { "" };
            return format!("[`{name}`]{closed}");
        }
        _ => {}
    }
    format!("[{}]({target})", inlines(content))
}

/// Whether a text is its own link, as a URL or an e-mail address.
fn shows_target(text: &str, target: &str) -> bool {
    let same = text == target || target.strip_prefix("mailto:") == Some(text);
    same && urls::fits_autolink(text)
}

/// Plain text with all that Markdown could take for markup escaped. `before` is
/// the character before it on the same line; after it comes markup or nothing.
fn escape(text: &str, mut before: Option<char>) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let needed = match c {
            '\\' | '`' | '[' | ']' | '<' | '~' => true,
            '*' => !(is_blank(before) && is_blank(next)),
            '_' => !(before.is_some_and(is_word) && next.is_some_and(is_word)),
            '&' => is_reference(&text[at..]),
            _ => false,
        };
        if needed {
            escaped.push('\\');
        }
        escaped.push(c);
        before = Some(c);
    }
    escaped
}

/// Whether a neighbour is a blank; the end of a line is none, since a mark there
/// could begin a list item.
fn is_blank(neighbour: Option<char>) -> bool {
    neighbour.is_some_and(char::is_whitespace)
}

/// Whether text that starts with `&` may be read as a character reference.
fn is_reference(text: &str) -> bool {
    let name = text[1..].trim_start_matches(|c: char| c == '#' || c.is_ascii_alphanumeric());
    name.starts_with(';')
}
