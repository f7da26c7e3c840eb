//! Rust source to words: identifiers, and what looks like them in doc comments and string literals.
//!
//! A program is read as it stands on the disk, before anybody knows whether it compiles, so that nothing here fails: text
//! that is no Rust gives words as well. No macro is expanded; what stands in its braces is read like all else.
//! What has to be right is where comments, strings and characters end, since a mistake there hides all that follows.

/// A word and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word<'t> {
    /// An identifier without `r#`.
    pub(super) text: &'t str,
    /// Its line, from 1 on.
    pub(super) line: u32,
    /// Where its line begins, in bytes.
    pub(super) line_start: u32,
}

/// Hands over the words of a source, in order. Comments have none, unless they are documentation: examples in it are
/// compiled too. Neither have lifetimes, nor numbers with their suffixes.
///
/// A source has less than 4 GiB.
pub(super) fn words<'t>(text: &'t str, found: impl FnMut(Word<'t>)) {
    Scanner { text, bytes: text.as_bytes(), at: 0, line: 1, line_start: 0, found }.source();
}

struct Scanner<'t, F> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    line: u32,
    line_start: usize,
    found: F,
}

impl<'t, F: FnMut(Word<'t>)> Scanner<'t, F> {
    fn source(&mut self) {
        while let Some(byte) = self.peek(0) {
            match byte {
                b'/' if self.peek(1) == Some(b'/') => self.line_comment(),
                b'/' if self.peek(1) == Some(b'*') => self.block_comment(),
                b'"' => self.string(),
                b'\'' => self.quote(),
                _ if byte.is_ascii_digit() => drop(self.identifier()),
                _ if is_of_word(byte) => self.word(),
                _ => self.step(),
            }
        }
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    fn starts_with(&self, beginning: &str) -> bool {
        self.bytes[self.at.min(self.bytes.len())..].starts_with(beginning.as_bytes())
    }

    /// Goes on by a byte.
    fn step(&mut self) {
        if self.peek(0) == Some(b'\n') {
            self.line += 1;
            self.line_start = self.at + 1;
        }
        self.at += 1;
    }

    /// Goes on by a backslash and the letter behind it.
    fn escape(&mut self) {
        self.step();
        self.step();
        while !self.text.is_char_boundary(self.at.min(self.bytes.len())) {
            self.at += 1;
        }
    }

    /// Takes an identifier, or the digits and letters of a number.
    fn identifier(&mut self) -> &'t str {
        let start = self.at;
        while self.peek(0).is_some_and(is_of_word) {
            self.at += 1;
        }
        &self.text[start..self.at]
    }

    fn tell(&mut self, text: &'t str) {
        (self.found)(Word { text, line: self.line, line_start: self.line_start as u32 });
    }

    /// An identifier, raw or not, or a raw string.
    fn word(&mut self) {
        let word = self.identifier();
        if matches!(word, "r" | "br" | "cr") {
            let hashes = self.bytes[self.at..].iter().take_while(|byte| **byte == b'#').count();
            if self.peek(hashes) == Some(b'"') {
                self.at += hashes + 1;
                return self.raw_string(hashes);
            }
            if word == "r" && hashes == 1 && self.peek(1).is_some_and(is_of_word) {
                self.at += 1;
                return;
            }
        }
        self.tell(word);
    }

    /// The rest of a raw string, which as many `#` end.
    fn raw_string(&mut self, hashes: usize) {
        let ends = |bytes: &[u8]| {
            bytes.first() == Some(&b'"') && bytes.len() > hashes && bytes[1..=hashes].iter().all(|byte| *byte == b'#')
        };
        let rest = &self.bytes[self.at..];
        let length = (0..rest.len()).find(|at| ends(&rest[*at..])).unwrap_or(rest.len());
        self.words_until(self.at + length, false);
        self.at = (self.at + hashes + 1).min(self.bytes.len());
    }

    /// A string with escapes.
    fn string(&mut self) {
        self.at += 1;
        let mut end = self.at;
        while end < self.bytes.len() && self.bytes[end] != b'"' {
            end += if self.bytes[end] == b'\\' { 2 } else { 1 };
        }
        self.words_until(end.min(self.bytes.len()), true);
        self.at = (self.at + 1).min(self.bytes.len());
    }

    /// A character or a lifetime. `'a'` is one and `'a` the other.
    fn quote(&mut self) {
        self.at += 1;
        match self.text[self.at..].chars().next() {
            Some('\\') => {
                self.escape();
                // More than one letter have escapes such as `\u{10_FF_FF}`. A character stands on one line.
                while self.peek(0).is_some_and(|byte| !matches!(byte, b'\'' | b'\n')) {
                    self.at += 1;
                }
                self.at += usize::from(self.peek(0) == Some(b'\''));
            }
            Some(first) if self.peek(first.len_utf8()) == Some(b'\'') => {
                for _ in 0..=first.len_utf8() {
                    self.step();
                }
            }
            _ => drop(self.identifier()),
        }
    }

    fn line_comment(&mut self) {
        let is_doc = self.starts_with("//!") || self.starts_with("///") && !self.starts_with("////");
        let rest = &self.bytes[self.at..];
        let end = self.at + rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
        if is_doc {
            self.words_until(end, false);
        }
        self.at = end;
    }

    /// A comment that may hold others.
    fn block_comment(&mut self) {
        let is_doc = self.starts_with("/*!")
            || self.starts_with("/**") && !self.starts_with("/***") && !self.starts_with("/**/");
        let (mut end, mut depth) = (self.at + 2, 1);
        while depth > 0 && end < self.bytes.len() {
            match (self.bytes[end], self.bytes.get(end + 1)) {
                (b'/', Some(b'*')) => (end, depth) = (end + 2, depth + 1),
                (b'*', Some(b'/')) => (end, depth) = (end + 2, depth - 1),
                _ => end += 1,
            }
        }
        if is_doc {
            return self.words_until(end, false);
        }
        while self.at < end {
            self.step();
        }
    }

    /// The words of a text up to `end`, where a backslash may take the letter behind it.
    fn words_until(&mut self, end: usize, has_escapes: bool) {
        while self.at < end {
            match self.bytes[self.at] {
                b'\\' if has_escapes => self.escape(),
                byte if is_of_word(byte) => {
                    let word = self.identifier();
                    self.tell(word);
                }
                _ => self.step(),
            }
        }
    }
}

/// Whether a byte is part of an identifier. Letters beyond ASCII are, so that no part of a word is taken for another one.
fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}
