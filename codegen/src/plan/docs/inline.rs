//! Reads the running text of CommonMark: code, emphasis, links and escapes.

use super::entities::{self, decode};
use super::link;
use super::tree::Inline;
use super::{Lookup, urls};
use std::cell::Cell;
use std::collections::BTreeMap;

/// Markup deeper than this is read as text.
const DEEPEST: usize = 8;

/// What a text may refer to.
pub(super) struct Context<'a> {
    /// Link definitions of the document by label in lower case.
    pub(super) definitions: BTreeMap<String, String>,
    /// Finds the items of the client.
    pub(super) link: &'a Lookup<'a>,
    /// How many characters may still be looked through for the ends of markup. Marks that nothing closes make each
    /// search go to the end of the text; when no more may be spent the rest is read as plain text.
    pub(super) allowance: Cell<usize>,
}

/// The allowance for a text: what a page full of unclosed marks needs, and for long texts in proportion to them.
pub(super) fn allowance(length: usize) -> Cell<usize> {
    Cell::new(1_000_000 + 100 * length)
}

/// Reads running text.
pub(super) fn read_inline(text: &str, context: &Context<'_>) -> Vec<Inline> {
    parse(text, context, DEEPEST)
}

/// Takes the backslashes off escaped punctuation.
pub(super) fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let escaped = if c == '\\' { chars.next_if(char::is_ascii_punctuation) } else { None };
        plain.push(escaped.unwrap_or(c));
    }
    plain
}

/// Reads text in which markup may nest `depth` times more.
fn parse(text: &str, context: &Context<'_>, depth: usize) -> Vec<Inline> {
    let mut parser = Parser { text, at: 0, plain: String::new(), read: Vec::new(), context, depth };
    while let Some(c) = parser.text[parser.at..].chars().next() {
        parser.step(c);
    }
    parser.flush();
    parser.read
}

/// A text that has been read up to some place.
struct Parser<'a> {
    text: &'a str,
    at: usize,
    /// Plain text read last, not yet in `read`.
    plain: String,
    read: Vec<Inline>,
    context: &'a Context<'a>,
    depth: usize,
}

impl Parser<'_> {
    /// Reads what begins with the next character, `c`.
    fn step(&mut self, c: char) {
        let rest = &self.text[self.at..];
        let left = self.context.allowance.get();
        let found = match c {
            _ if left == 0 => None,
            '`' => code_span(rest),
            '<' => autolink(rest),
            '[' => self.link(rest),
            '!' if rest.starts_with("![") => self.link(&rest[1..]).map(image),
            '*' | '_' => self.emphasis(rest, c),
            '\n' => self.line_end(),
            '\\' if rest[1..].starts_with('\n') => Some((vec![Inline::Break], 2)),
            _ => None,
        };
        if "`<[!*_".contains(c) {
            let searched = found.as_ref().map_or(rest.len(), |(_, length)| *length);
            self.context.allowance.set(self.context.allowance.get().saturating_sub(searched));
        }
        if let Some((inlines, length)) = found {
            self.flush();
            self.read.extend(inlines);
            self.at += length;
        } else {
            self.plain_step(rest.len(), c);
        }
    }

    /// Reads plain text: an escaped character, a character reference, a run of
    /// backticks that closes nothing, or the character itself. `left` is the
    /// length of the text from here on.
    fn plain_step(&mut self, left: usize, c: char) {
        let rest = &self.text[self.text.len() - left..];
        let escaped = rest[c.len_utf8()..].chars().next().filter(char::is_ascii_punctuation);
        let (text, length) = match (c, escaped) {
            ('\\', Some(escaped)) => (escaped.to_string(), 2),
            ('`' | '*' | '_', _) => {
                let length = rest.len() - rest.trim_start_matches(c).len();
                (rest[..length].to_owned(), length)
            }
            ('&', _) => entities::reference(rest).unwrap_or(("&".to_owned(), 1)),
            _ => (c.to_string(), c.len_utf8()),
        };
        self.plain.push_str(&text);
        self.at += length;
    }

    /// Puts the plain text read last into `read`.
    fn flush(&mut self) {
        if !self.plain.is_empty() {
            self.read.push(Inline::Text(std::mem::take(&mut self.plain)));
        }
    }

    /// The end of a line: a break after two blanks, else a blank.
    fn line_end(&self) -> Option<(Vec<Inline>, usize)> {
        self.plain.ends_with("  ").then(|| (vec![Inline::Break], 1))
    }

    /// Emphasis that begins with `mark`, one to three times.
    fn emphasis(&self, rest: &str, mark: char) -> Option<(Vec<Inline>, usize)> {
        let inner = rest.trim_start_matches(mark);
        let run = rest.len() - inner.len();
        let before = self.text[..self.at].chars().next_back();
        let opens = run <= 3 && self.depth > 0 && flanks(before, inner.chars().next(), mark);
        let length = if opens { emphasis_end(inner, mark, run)? } else { return None };
        let content = parse(&inner[..length], self.context, self.depth - 1);
        let emphasised = match run {
            1 => Inline::Emphasis(content),
            2 => Inline::Strong(content),
            _ => Inline::Strong(vec![Inline::Emphasis(content)]),
        };
        Some((vec![emphasised], length + 2 * run))
    }

    /// A link or a reference in brackets.
    fn link(&self, rest: &str) -> Option<(Vec<Inline>, usize)> {
        let label_length = bracketed(rest, '[', ']')?;
        let label = &rest[1..label_length - 1];
        let after = &rest[label_length..];
        let content = || parse(label, self.context, self.depth.saturating_sub(1));
        if self.depth > 0
            && after.starts_with('(')
            && let Some(length) = bracketed(after, '(', ')')
        {
            let to = destination(&after[1..length - 1]);
            return Some((link::destination(&to, content(), self.context.link), label_length + length));
        }
        if self.depth > 0
            && after.starts_with('[')
            && let Some(length) = bracketed(after, '[', ']')
        {
            let target = &after[1..length - 1];
            let target = if target.is_empty() { label } else { target };
            let linked = self.reference(target, content());
            return linked.map(|inlines| (inlines, label_length + length));
        }
        let linked = match self.definition(label) {
            Some(to) => link::destination(to, content(), self.context.link),
            None => vec![self.named(label)?],
        };
        Some((linked, label_length))
    }

    /// Text that links to what `target` names; only the text if that is unknown.
    fn reference(&self, target: &str, content: Vec<Inline>) -> Option<Vec<Inline>> {
        let to = self.definition(target).map_or(target, String::as_str);
        let is_known = self.definition(target).is_some() || self.named(target).is_some();
        is_known.then(|| match link::named(to, self.context.link) {
            Some(Inline::Link { target, .. }) => vec![Inline::Link { target, content }],
            _ => link::destination(to, content, self.context.link),
        })
    }

    /// The destination that the document defines for a label.
    fn definition(&self, label: &str) -> Option<&String> {
        self.context.definitions.get(&label.to_lowercase())
    }

    /// A name in brackets: a link if it is known, and code if it is written as code.
    fn named(&self, label: &str) -> Option<Inline> {
        let known = link::named(label, self.context.link);
        known.or_else(|| match code_span(label)? {
            (code, length) if length == label.len() => code.into_iter().next(),
            _ => None,
        })
    }
}

/// An image is shown by its description.
fn image((inlines, length): (Vec<Inline>, usize)) -> (Vec<Inline>, usize) {
    let described = inlines.into_iter().flat_map(|inline| match inline {
        Inline::Link { content, .. } => content,
        other => vec![other],
    });
    (described.collect(), length + 1)
}

/// The code span that `text` begins with.
fn code_span(text: &str) -> Option<(Vec<Inline>, usize)> {
    let inner = text.trim_start_matches('`');
    let run = text.len() - inner.len();
    if run == 0 {
        return None;
    }
    let mut at = 0;
    while let Some(found) = inner[at..].find('`') {
        let start = at + found;
        let length = inner[start..].len() - inner[start..].trim_start_matches('`').len();
        at = start + length;
        if length == run {
            let code = inner[..start].replace('\n', " ");
            let framed = code.strip_prefix(' ').and_then(|code| code.strip_suffix(' '));
            let code = framed.filter(|code| !code.trim().is_empty()).unwrap_or(&code);
            return Some((vec![Inline::Code(code.to_owned())], run + at));
        }
    }
    None
}

/// The link in angle brackets that `text` begins with.
fn autolink(text: &str) -> Option<(Vec<Inline>, usize)> {
    let shown = &text[1..text.find('>')?];
    let scheme = if shown.contains("://") || shown.starts_with("mailto:") { "" } else { "mailto:" };
    let is_address = scheme.is_empty() || shown.contains('@');
    if !is_address || shown.contains(|c: char| c.is_whitespace() || c == '<') {
        return None;
    }
    let target = urls::absolute(&format!("{scheme}{shown}"))?;
    let content = vec![Inline::text(shown)];
    Some((vec![Inline::Link { target, content }], shown.len() + 2))
}

/// The length of the brackets that `text` begins with, what they contain
/// included; brackets within nest, escapes and code spans are passed over.
fn bracketed(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if c == open {
            depth += 1;
        } else if c == close {
            depth -= 1;
        }
        at += skipped(&text[at..], c);
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// The length of what begins with `c` and holds no markup: an escape, a code
/// span, or the character itself.
fn skipped(text: &str, c: char) -> usize {
    match c {
        '\\' => 1 + text[1..].chars().next().map_or(0, char::len_utf8),
        '`' => code_span(text).map_or_else(|| text.len() - text.trim_start_matches('`').len(), |(_, length)| length),
        _ => c.len_utf8(),
    }
}

/// The destination in the parentheses of a link, without its title.
fn destination(inside: &str) -> String {
    let inside = inside.trim();
    let url = match inside.strip_prefix('<').and_then(|inside| inside.split_once('>')) {
        Some((url, _)) => url,
        None => inside.split_whitespace().next().unwrap_or_default(),
    };
    decode(&unescape(url))
}

/// Where in `inner` the emphasis ends that was opened by `run` times `mark`.
fn emphasis_end(inner: &str, mark: char, run: usize) -> Option<usize> {
    let mut nested = Vec::new();
    let mut at = 0;
    while let Some(c) = inner[at..].chars().next() {
        if c != mark {
            at += skipped(&inner[at..], c);
            continue;
        }
        let after = inner[at..].trim_start_matches(mark);
        let length = inner[at..].len() - after.len();
        let (before, next) = (inner[..at].chars().next_back(), after.chars().next());
        if before.is_some() && flanks(next, before, mark) {
            let left = close_nested(&mut nested, length);
            if left == run && nested.is_empty() {
                return Some(at + length - run);
            }
            if left > 0 && length == run {
                return Some(at);
            }
        } else if flanks(before, next, mark) {
            nested.push(length);
        }
        at += length;
    }
    None
}

/// Ends as many of the nested emphases as `length` marks can, the innermost
/// first; how many marks are left then.
fn close_nested(nested: &mut Vec<usize>, length: usize) -> usize {
    let mut left = length;
    while let Some(innermost) = nested.pop_if(|innermost| *innermost <= left) {
        left -= innermost;
    }
    left
}

/// Whether a run of marks belongs to `inner`, the character on its inner side.
fn flanks(outer: Option<char>, inner: Option<char>, mark: char) -> bool {
    let is_word = |c: char| c.is_alphanumeric();
    let touches = inner.is_some_and(|c| !c.is_whitespace());
    let outer_is_word = outer.is_some_and(is_word);
    let inner_is_word = inner.is_some_and(is_word);
    touches && (inner_is_word || !outer_is_word) && !(mark == '_' && outer_is_word)
}
