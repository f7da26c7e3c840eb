//! Splits HTML as upstream writes it into tags and text.
//!
//! Only the elements that documentation is written with are tags, those of HTML and
//! some of DocBook, from which a few services' texts come. Anything else
//! in angle brackets, such as `<your-bucket>`, is text: upstream does not
//! always escape its placeholders.
//!
//! A tokenizer of HTML5, such as html5gum, was weighed and serves less: by the standard every `<your-bucket>` is a tag and
//! its end is lost where the author meant text, and an attribute whose quote is left open swallows the rest of the
//! document. What of that is text could only be told by spans into the source, which is most of what is here.

use super::entities::decode;

/// What an element means for the text in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// A paragraph.
    Paragraph,
    /// A heading with its level.
    Heading(usize),
    /// A list, numbered or not.
    List {
        /// Whether its items are numbered.
        numbered: bool,
    },
    /// An item of a list.
    Item,
    /// A list of terms with descriptions.
    Definitions,
    /// A term that is described.
    Term,
    /// The description of a term.
    Description,
    /// A note, warning or quotation, with its label.
    Aside(Option<&'static str>),
    /// Preformatted text.
    Preformatted,
    /// A table.
    Table,
    /// A row of a table.
    Row,
    /// A cell of a row.
    Cell,
    /// Blocks that belong together, without a form of their own.
    Group,
    /// A line break.
    Break,
    /// A thematic break.
    Rule,
    /// Strong emphasis.
    Strong,
    /// Emphasis.
    Emphasis,
    /// Code.
    Code,
    /// A link.
    Link,
    /// A link within the text that upstream makes its pages of, written as DocBook.
    Reference,
    /// Text without a form of its own.
    Plain,
}

impl Tag {
    /// Whether the element may stand within a line.
    pub(super) fn is_inline(self) -> bool {
        use Tag::{Break, Code, Emphasis, Link, Plain, Reference, Strong};
        matches!(self, Break | Strong | Emphasis | Code | Link | Reference | Plain)
    }

    /// Whether the element never has content.
    pub(super) fn is_void(self) -> bool {
        matches!(self, Tag::Break | Tag::Rule)
    }

    /// The element with this name, in any case; `None` if it is not one.
    fn named(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        Some(match name.as_str() {
            "p" | "para" => Tag::Paragraph,
            "fullname" | "h1" => Tag::Heading(1),
            "h2" => Tag::Heading(2),
            "h3" => Tag::Heading(3),
            "h4" => Tag::Heading(4),
            "h5" => Tag::Heading(5),
            "h6" => Tag::Heading(6),
            "ul" => Tag::List { numbered: false },
            "ol" => Tag::List { numbered: true },
            "li" => Tag::Item,
            "dl" => Tag::Definitions,
            "dt" => Tag::Term,
            "dd" => Tag::Description,
            "note" => Tag::Aside(Some("Note")),
            "important" => Tag::Aside(Some("Important")),
            "warning" => Tag::Aside(Some("Warning")),
            "caution" => Tag::Aside(Some("Caution")),
            "tip" => Tag::Aside(Some("Tip")),
            "blockquote" => Tag::Aside(None),
            "pre" | "programlisting" => Tag::Preformatted,
            "table" => Tag::Table,
            "tr" => Tag::Row,
            "td" | "th" => Tag::Cell,
            "div" | "thead" | "tbody" | "tfoot" | "caption" | "center" => Tag::Group,
            "br" => Tag::Break,
            "hr" => Tag::Rule,
            "b" | "strong" => Tag::Strong,
            "i" | "em" | "cite" | "dfn" | "emphasis" | "replaceable" => Tag::Emphasis,
            "code" | "tt" | "kbd" | "samp" | "literal" | "command" | "filename" | "function" => Tag::Code,
            "a" | "ulink" => Tag::Link,
            "link" | "xref" => Tag::Reference,
            "span" | "u" | "small" | "big" | "sub" | "sup" | "font" | "abbr" | "img" => Tag::Plain,
            _ => return None,
        })
    }
}

/// A piece of HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Text with its character references decoded.
    Text(String),
    /// The beginning of an element.
    Open {
        /// Which element.
        tag: Tag,
        /// The attributes in order, names in lower case.
        attributes: Vec<(String, String)>,
        /// The tag closes itself, as `<p/>`.
        closed: bool,
    },
    /// The end of an element.
    Close(Tag),
}

/// Splits HTML into tokens. Comments are left out.
pub(super) fn tokens(html: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = html;
    let mut text = 0;
    while let Some(found) = rest[text..].find('<') {
        let at = text + found;
        let comment = comment_length(&rest[at..]);
        let read = match comment {
            Some(length) => Some((None, length)),
            None => tag(&rest[at..]).map(|(token, length)| (Some(token), length)),
        };
        let Some((token, length)) = read else {
            text = at + 1;
            continue;
        };
        if at > 0 {
            tokens.push(Token::Text(decode(&rest[..at])));
        }
        tokens.extend(token);
        rest = &rest[at + length..];
        text = 0;
    }
    if !rest.is_empty() {
        tokens.push(Token::Text(decode(rest)));
    }
    tokens
}

/// The length of the comment that `html` begins with; an unclosed one lasts to the end.
fn comment_length(html: &str) -> Option<usize> {
    let body = html.strip_prefix("<!--")?;
    Some(body.find("-->").map_or(html.len(), |end| end + "<!---->".len()))
}

/// The tag that `html` begins with and its length; `None` if it begins with text.
fn tag(html: &str) -> Option<(Token, usize)> {
    let body = &html[1..];
    let (closing, body) = body.strip_prefix('/').map_or((false, body), |body| (true, body));
    let name_end = body.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(body.len());
    let tag = Tag::named(&body[..name_end])?;
    let mut rest = &body[name_end..];
    let mut attributes = Vec::new();
    let mut closed = false;
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix('>') {
            let length = html.len() - after.len();
            let token = if closing { Token::Close(tag) } else { Token::Open { tag, attributes, closed } };
            return Some((token, length));
        }
        if let Some(after) = rest.strip_prefix('/') {
            closed = true;
            rest = after;
            continue;
        }
        let (attribute, after) = attribute(rest)?;
        attributes.push(attribute);
        rest = after;
    }
}

/// The attribute that `text` begins with, and what follows it. `None` where the
/// tag does not go on as a tag.
fn attribute(text: &str) -> Option<((String, String), &str)> {
    let part_of_name = |c: char| c.is_ascii_alphanumeric() || "-_:.".contains(c);
    let end = text.find(|c| !part_of_name(c))?;
    if end == 0 {
        return None;
    }
    let name = text[..end].to_ascii_lowercase();
    let rest = text[end..].trim_start();
    let Some(value) = rest.strip_prefix('=') else {
        return Some(((name, String::new()), rest));
    };
    let value = value.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    let (value, rest) = match quote {
        Some(quote) => value[1..].split_once(quote)?,
        None => value.split_at(value.find(|c: char| c.is_whitespace() || c == '>')?),
    };
    Some(((name, decode(value)), rest))
}

#[cfg(test)]
mod tests {
    use super::{Tag, Token, tokens};

    #[test]
    fn attributes_are_read_in_every_quoting() {
        let expected = Token::Open {
            tag: Tag::Link,
            attributes: vec![
                ("href".into(), "a&b>c".into()),
                ("id".into(), "x".into()),
                ("rel".into(), "y".into()),
                ("download".into(), String::new()),
            ],
            closed: false,
        };
        assert_eq!(tokens("<A href = \"a&amp;b>c\"\n id='x' rel=y download>"), [expected]);
    }

    #[test]
    fn what_is_no_known_tag_is_text() {
        for text in ["a <b", "<your-bucket>", "a < b > c", "</", "<", "<p =>", "<1>", "<a href=\"x>"] {
            assert_eq!(tokens(text), [Token::Text(text.to_owned())]);
        }
    }

    #[test]
    fn comments_are_left_out() {
        let text = |text: &str| Token::Text(text.to_owned());
        assert_eq!(tokens("a<!-- <p> -->b<!-- c"), [text("a"), text("b")]);
    }
}
