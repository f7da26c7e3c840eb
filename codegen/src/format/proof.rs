//! The proof that a file is what was asked for: its text has the words of the emitter's tokens and tables, one after
//! another, and as many lines of documentation, and nothing else.
//!
//! So no documentation has become code, no code documentation, and no table stands where none was asked for. The
//! text is read by line, since everything in it ends on its line but items.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree, token_stream};

use super::table::Tables;

/// Words by their fingerprint (FNV-1a), and lines of documentation by their number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Content {
    words: u64,
    count: usize,
    docs: usize,
}

impl Default for Content {
    fn default() -> Self {
        Self { words: 0xcbf2_9ce4_8422_2325, count: 0, docs: 0 }
    }
}

/// What the emitter asked for.
pub(super) fn asked(tokens: TokenStream, tables: &Tables) -> Content {
    let mut content = Content::default();
    let mut open: Vec<token_stream::IntoIter> = vec![tokens.into_iter()];
    while let Some(tokens) = open.last_mut() {
        let Some(token) = tokens.next() else {
            open.pop();
            continue;
        };
        match token {
            TokenTree::Ident(ident) if ident == "table_mark" => {
                // The exclamation mark, the number of the table in parentheses, and a semicolon.
                let index = tokens.nth(1).map(|group| group.to_string());
                let index = index.and_then(|index| index.trim_matches(['(', ')']).parse::<usize>().ok());
                if let Some(table) = index.and_then(|index| tables.0.get(index)) {
                    table.code.lines().for_each(|line| content.code(line));
                    content.docs += table.docs;
                }
            }
            TokenTree::Ident(ident) => content.code(&ident.to_string()),
            TokenTree::Literal(literal) => content.code(&literal.to_string()),
            TokenTree::Punct(_) => {}
            TokenTree::Group(group) if is_documentation(&group) => content.docs += 1,
            TokenTree::Group(group) => open.push(group.stream().into_iter()),
        }
    }
    content
}

/// Whether this is `[doc = "..."]`.
fn is_documentation(group: &proc_macro2::Group) -> bool {
    if group.delimiter() != Delimiter::Bracket {
        return false;
    }
    let mut tokens = group.stream().into_iter();
    matches!(tokens.next(), Some(TokenTree::Ident(word)) if word == "doc")
        && matches!(tokens.next(), Some(TokenTree::Punct(mark)) if mark.as_char() == '=' && mark.spacing() == Spacing::Alone)
}

/// Compares the text of a file with what was asked for.
///
/// # Errors
/// What sets the two apart.
pub(super) fn check(text: &str, asked: &Content) -> Result<(), String> {
    let mut found = Content::default();
    for line in text.lines() {
        let line = line.trim_start();
        if line.starts_with("///") || line.starts_with("//!") {
            found.docs += 1;
        } else if !line.starts_with("//") {
            found.code(line);
        }
    }
    if found == *asked { Ok(()) } else { Err(format!("{asked:?} became {found:?}")) }
}

impl Content {
    /// Adds the words of a line of code.
    fn code(&mut self, line: &str) {
        let bytes = line.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            let end = match byte {
                b'"' => literal_end(bytes, at, b'"'),
                b'\'' if is_character(bytes, at) => literal_end(bytes, at, b'\''),
                _ if is_word(byte) => {
                    bytes[at..].iter().position(|byte| !is_word(*byte)).map_or(bytes.len(), |to| at + to)
                }
                // Slashes begin a comment, which no line of code has; as a word they cannot be passed over.
                b'/' => at + 1,
                _ => {
                    at += 1;
                    continue;
                }
            };
            self.word(&bytes[at..end]);
            at = end;
        }
    }

    fn word(&mut self, word: &[u8]) {
        self.count += 1;
        for byte in word.iter().chain([&0]) {
            self.words = (self.words ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}

/// Whether an apostrophe begins a character; else it begins a lifetime.
fn is_character(bytes: &[u8], at: usize) -> bool {
    bytes.get(at + 1) == Some(&b'\\') || bytes.get(at + 2) == Some(&b'\'')
}

/// The place after the literal that begins at `at`.
fn literal_end(bytes: &[u8], at: usize, mark: u8) -> usize {
    let mut end = at + 1;
    while let Some(&byte) = bytes.get(end) {
        match byte {
            b'\\' => end += 2,
            _ if byte == mark => return end + 1,
            _ => end += 1,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::super::table::{Table, Tables};
    use super::{asked, check};
    use quote::quote;

    #[test]
    fn layout_makes_no_difference_and_words_do() {
        let content = asked(
            quote!(
                #[doc = " About."]
                pub fn a<'a>(b: &'a str) {
                    b.find('"');
                    "fn c() {}"
                }
            ),
            &Tables::default(),
        );
        let text = "/// About.\npub fn a<'a>(\n    b: &'a str,\n) {\n    b.find('\"');\n    \"fn c() {}\"\n}\n";
        assert_eq!(check(text, &content), Ok(()));
        for other in [
            text.replace("\"fn c() {}\"", "fn c() {}"),
            text.replace("/// About.", "/// About.\nfn evil() {}"),
            text.replace("/// About.\n", ""),
            text.replace("/// About.", "/* About.\n/// */ fn evil() {}"),
            text.replace("b.find", "/* b.find */ b.find"),
        ] {
            assert!(check(&other, &content).is_err(), "{other}");
        }
    }

    #[test]
    fn a_table_counts_with_its_code_where_its_mark_is() {
        let mut tables = Tables::default();
        let mut table = Table::new("rows! {\n");
        table.docs("    ", &crate::plan::docs::Line::prose("About.").into()).code("    ").name("a").code(";\n}\n");
        let mark = tables.mark(table);
        let content = asked(quote!(mod inner { #mark }), &tables);
        assert_eq!(check("mod inner {\n    rows! {\n        /// About.\n        a;\n    }\n}\n", &content), Ok(()));
        assert!(check("mod inner {\n    table_mark!(0);\n}\n", &content).is_err());
    }
}
