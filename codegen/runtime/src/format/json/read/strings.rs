//! Strings: quotes, escapes, surrogate pairs.

use std::borrow::Cow;

use super::JsonReader;
use crate::format::DecodeError;
use crate::format::json::scan::plain_prefix;

impl<'a> JsonReader<'a> {
    /// Reads the string whose opening quote comes next.
    pub(super) fn quoted(&mut self) -> Result<Cow<'a, str>, DecodeError> {
        let text = self.text;
        let start = self.position + 1;
        let end = start + plain_prefix(&text.as_bytes()[start..]);
        let plain = &text[start..end];
        if text.as_bytes().get(end) == Some(&b'"') {
            self.position = end + 1;
            return Ok(Cow::Borrowed(plain));
        }
        self.position = end;
        self.unescaped(plain).map(Cow::Owned)
    }

    /// Reads the rest of a string that begins with `start` and has something special after it.
    fn unescaped(&mut self, start: &str) -> Result<String, DecodeError> {
        let text = self.text;
        let mut value = String::with_capacity(start.len() + 16);
        value.push_str(start);
        while self.inside_string()? {
            value.push(self.escape()?);
            let plain = plain_prefix(&text.as_bytes()[self.position..]);
            value.push_str(&text[self.position..self.position + plain]);
            self.position += plain;
        }
        Ok(value)
    }

    /// Steps over the string whose opening quote comes next, whatever its escapes stand for.
    pub(super) fn skip_quoted(&mut self) -> Result<(), DecodeError> {
        let bytes = self.text.as_bytes();
        self.position += 1;
        self.position += plain_prefix(&bytes[self.position..]);
        while self.inside_string()? {
            self.position = bytes.len().min(self.position + 2);
            self.position += plain_prefix(&bytes[self.position..]);
        }
        Ok(())
    }

    /// Decides at a special byte of a string: `true` at an escape, `false` past the closing quote.
    fn inside_string(&mut self) -> Result<bool, DecodeError> {
        match self.text.as_bytes().get(self.position) {
            Some(b'\\') => Ok(true),
            Some(b'"') => {
                self.position += 1;
                Ok(false)
            }
            Some(_) => Err(self.refused("a control character inside a string")),
            None => Err(self.expected("the closing quote of a string")),
        }
    }

    /// Reads the escape whose backslash comes next.
    fn escape(&mut self) -> Result<char, DecodeError> {
        let character = match self.text.as_bytes().get(self.position + 1) {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{C}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(),
            Some(_) => return Err(self.refused("an escape that JSON does not have")),
            None => return Err(self.unfinished_escape()),
        };
        self.position += 2;
        Ok(character)
    }

    /// Reads `\uXXXX`, or two of them that form a surrogate pair.
    fn unicode_escape(&mut self) -> Result<char, DecodeError> {
        const LONE: &str = "half of a surrogate pair";
        let start = self.position;
        let mut code = self.code_unit()?;
        if (0xD800..0xDC00).contains(&code) && self.text[self.position..].starts_with("\\u") {
            let low = self.code_unit()?;
            code = match low {
                0xDC00..0xE000 => 0x1_0000 + ((code - 0xD800) << 10) + (low - 0xDC00),
                _ => code,
            };
        }
        // Surrogates are no characters, so those still alone fail here.
        char::from_u32(code).ok_or_else(|| DecodeError::refused(LONE).at(start))
    }

    /// Reads the one `\uXXXX` that comes next.
    fn code_unit(&mut self) -> Result<u32, DecodeError> {
        let Some(digits) = self.text.as_bytes().get(self.position + 2..self.position + 6) else {
            return Err(self.unfinished_escape());
        };
        let code = digits.iter().try_fold(0, |code, &digit| Some(code << 4 | char::from(digit).to_digit(16)?));
        let code = code.ok_or_else(|| self.refused("an escape `\\u` without four hexadecimal digits"))?;
        self.position += 6;
        Ok(code)
    }

    #[cold]
    fn unfinished_escape(&mut self) -> DecodeError {
        self.position = self.text.len();
        self.expected("the rest of a string")
    }
}
