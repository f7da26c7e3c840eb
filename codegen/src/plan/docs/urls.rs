//! URLs: which may be linked, how they are written, and where they stand in plain text.

use super::tree::Inline;

/// Where AWS models mean their links to start that begin with `/`.
const DOCUMENTATION_HOST: &str = "https://docs.aws.amazon.com";

/// What a URL may consist of, beside letters and digits.
const URL_MARKS: &str = "-._~:/?#@!$&'()+,;=%";

/// A link destination as it may stand in Markdown: `http`, `https` and `mailto`
/// URLs, with what Markdown would misread percent-encoded. `None` for others.
pub(super) fn absolute(href: &str) -> Option<String> {
    let href: String = href.chars().filter(|c| !c.is_whitespace()).collect();
    let lower = href.to_ascii_lowercase();
    let known = ["https://", "http://", "mailto:"];
    if known.iter().any(|scheme| lower.len() > scheme.len() && lower.starts_with(scheme)) {
        return Some(encode(&href));
    }
    let rooted = href.starts_with('/') && !href.starts_with("//");
    rooted.then(|| encode(&format!("{DOCUMENTATION_HOST}{href}")))
}

/// Splits plain text at the URLs in it. They become links, or code where they
/// hold placeholders, as in `https://{id}.example.com`.
pub(super) fn split(text: &str) -> Vec<Inline> {
    let mut parts = Vec::new();
    let mut rest = text;
    let mut from = 0;
    while let Some(at) = find(rest, from) {
        let length = url_length(&rest[at..]);
        let url = &rest[at..at + length];
        if url.ends_with("://") {
            from = at + length;
            continue;
        }
        if at > 0 {
            parts.push(Inline::text(&rest[..at]));
        }
        parts.push(shown(url));
        rest = &rest[at + length..];
        from = 0;
    }
    if !rest.is_empty() {
        parts.push(Inline::text(rest));
    }
    parts
}

/// Whether Markdown may show this URL as `<url>`.
pub(super) fn fits_autolink(url: &str) -> bool {
    url.chars().all(|c| c.is_ascii_alphanumeric() || URL_MARKS.contains(c))
}

/// A URL that stands for itself in a text.
fn shown(url: &str) -> Inline {
    if fits_autolink(url) {
        Inline::Link { target: url.to_owned(), content: vec![Inline::text(url)] }
    } else {
        Inline::Code(url.to_owned())
    }
}

/// Where the first URL at or after `from` begins.
fn find(text: &str, from: usize) -> Option<usize> {
    let begins = |at: &usize| ["https://", "http://"].iter().any(|start| text[*at..].starts_with(start));
    text[from..].match_indices("http").map(|(at, _)| from + at).find(begins)
}

/// The length of the URL that `text` begins with, punctuation after it left out.
fn url_length(text: &str) -> usize {
    let end = text.find(|c: char| c.is_whitespace() || "<>\"`|\\^“”‘’…".contains(c));
    let mut url = &text[..end.unwrap_or(text.len())];
    let mut brackets = [('(', ')'), ('[', ']'), ('{', '}')].map(|(open, close)| Brackets::of(url, open, close));
    while let Some(last) = url.chars().next_back() {
        let loose = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~' => true,
            _ => brackets.iter_mut().any(|brackets| brackets.is_loose(last)),
        };
        if !loose || url.ends_with("://") {
            break;
        }
        url = &url[..url.len() - last.len_utf8()];
    }
    url.len()
}

/// How many brackets of a kind a text opens and closes.
struct Brackets {
    close: char,
    opened: usize,
    closed: usize,
}

impl Brackets {
    fn of(text: &str, open: char, close: char) -> Self {
        Self { close, opened: text.matches(open).count(), closed: text.matches(close).count() }
    }

    /// Whether the last character closes what was not opened; then it counts no more.
    fn is_loose(&mut self, last: char) -> bool {
        let loose = last == self.close && self.closed > self.opened;
        self.closed -= usize::from(loose);
        loose
    }
}

/// Percent-encodes what cannot stand in the parentheses of a Markdown link.
fn encode(url: &str) -> String {
    let mut encoded = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            '(' | ')' | '<' | '>' | '\\' | '`' | '"' | '[' | ']' | '|' | '^' | '{' | '}' | '*' => {
                encoded.push_str(&format!("%{:02X}", u32::from(c)));
            }
            _ => encoded.push(c),
        }
    }
    // `&copy;` in a destination would be read as a character reference.
    if encoded.contains('&') && encoded.contains(';') {
        encoded = encoded.replace(';', "%3B");
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::{absolute, split};
    use crate::plan::docs::tree::Inline;

    #[test]
    fn destinations_are_absolute_and_encoded() {
        let cases = [
            ("https://a.example/x (y)", Some("https://a.example/x%28y%29")),
            ("mailto:me@a.example", Some("mailto:me@a.example")),
            ("/ivs/latest/x.html", Some("https://docs.aws.amazon.com/ivs/latest/x.html")),
            ("https://a.example/?b&copy;", Some("https://a.example/?b&copy%3B")),
            ("#section", None),
            ("javascript:alert(1)", None),
            ("https://", None),
            ("x.html", None),
        ];
        for (href, expected) in cases {
            assert_eq!(absolute(href).as_deref(), expected, "{href}");
        }
    }

    #[test]
    fn punctuation_after_a_url_is_not_part_of_it() {
        let url = "https://a.example/x_(y)";
        let parts = split("(see https://a.example/x_(y)). Or https://.");
        let link = Inline::Link { target: url.to_owned(), content: vec![Inline::text(url)] };
        assert_eq!(parts, [Inline::text("(see "), link, Inline::text("). Or https://.")]);
    }

    #[test]
    fn a_url_with_placeholders_is_code() {
        let code = Inline::Code("https://{id}.example.com/{stage}".to_owned());
        assert_eq!(split("https://{id}.example.com/{stage},"), [code, Inline::text(",")]);
    }
}
