//! Pull reader over JSON text.
//!
//! The reader is as strict and as lenient as the one in the official clients:
//! it refuses control characters in strings, lone surrogates and trailing
//! commas, and it takes three number forms that JSON does not have (leading
//! zeros as in `007`, no digits after the point as in `1.`, none before it in
//! a negative number as in `-.5`). The escapes of what is skipped are not looked
//! at. One deliberate difference: a number one past the range of `i64` is refused
//! in every notation.

mod numbers;
mod strings;

use std::borrow::Cow;
use std::mem;

use crate::format::{DecodeError, MAX_DEPTH, MAX_SKIPPED_DEPTH};

/// What the next value is, judged by its first character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A number.
    Number,
    /// A string.
    String,
    /// An object.
    Object,
    /// An array.
    Array,
}

/// Reads one JSON text, value by value, in the order in which they stand.
///
/// Objects and arrays are walked with [`begin_object`](Self::begin_object) and
/// [`next_key`](Self::next_key), [`begin_array`](Self::begin_array) and
/// [`next_element`](Self::next_element); after each key or element exactly one
/// value is read or skipped. A key may come twice: what that means is the
/// caller's decision.
///
/// ```
/// # use smithy_client_runtime::format::DecodeError;
/// # use smithy_client_runtime::format::json::read::JsonReader;
/// let mut json = JsonReader::new(br#"{"name": "lobby", "seats": [1, 2], "new": {}}"#);
/// let mut seats = 0;
/// json.begin_object()?;
/// while let Some(key) = json.next_key()? {
///     match key.as_ref() {
///         "name" => assert_eq!(json.string()?, "lobby"),
///         "seats" => {
///             json.begin_array()?;
///             while json.next_element()? {
///                 seats += json.integer()?;
///             }
///         }
///         _ => json.skip()?,
///     }
/// }
/// json.finish()?;
/// assert_eq!(seats, 3);
/// # Ok::<(), DecodeError>(())
/// ```
///
/// After an error the reader's place is unspecified; stop reading.
pub struct JsonReader<'a> {
    /// The text up to the first byte that is not UTF-8.
    text: &'a str,
    /// There is such a byte.
    truncated: bool,
    position: usize,
    /// How many objects and arrays are open.
    depth: usize,
    /// The innermost of them was opened just now, so that no comma may come.
    fresh: bool,
}

impl<'a> JsonReader<'a> {
    /// A reader at the start of `json`.
    ///
    /// Bytes that are not UTF-8 are an error when the reader gets there.
    pub fn new(json: &'a [u8]) -> Self {
        // Checking the text once is cheaper than checking each string.
        let text =
            std::str::from_utf8(json).unwrap_or_else(|_| json.utf8_chunks().next().map_or("", |chunk| chunk.valid()));
        Self { text, truncated: text.len() < json.len(), position: 0, depth: 0, fresh: false }
    }

    /// Index of the next byte to read.
    pub fn position(&self) -> usize {
        self.position
    }

    /// What comes next, or `None` where no value can start.
    pub fn peek(&mut self) -> Option<Kind> {
        match self.next_byte()? {
            b'n' => Some(Kind::Null),
            b't' | b'f' => Some(Kind::Boolean),
            b'-' | b'0'..=b'9' => Some(Kind::Number),
            b'"' => Some(Kind::String),
            b'{' => Some(Kind::Object),
            b'[' => Some(Kind::Array),
            _ => None,
        }
    }

    /// Consumes `null` if it comes next, and tells whether it did.
    ///
    /// # Errors
    /// When the next value begins like `null` and is not.
    pub fn null(&mut self) -> Result<bool, DecodeError> {
        if self.next_byte() != Some(b'n') {
            return Ok(false);
        }
        self.literal("null", "`null`")?;
        Ok(true)
    }

    /// Enters an object.
    ///
    /// # Errors
    /// When no object comes next, or [`MAX_DEPTH`] objects and arrays are open already.
    pub fn begin_object(&mut self) -> Result<(), DecodeError> {
        self.begin(b'{', "an object")
    }

    /// Enters an array.
    ///
    /// # Errors
    /// When no array comes next, or [`MAX_DEPTH`] objects and arrays are open already.
    pub fn begin_array(&mut self) -> Result<(), DecodeError> {
        self.begin(b'[', "an array")
    }

    /// Reads the next key of the innermost object, or leaves the object and
    /// returns `None` when there is none.
    ///
    /// # Errors
    /// When neither a key and a colon nor the end of the object come next, or the key is malformed.
    pub fn next_key(&mut self) -> Result<Option<Cow<'a, str>>, DecodeError> {
        if !self.reach_key()? {
            return Ok(None);
        }
        let key = self.quoted()?;
        self.colon()?;
        Ok(Some(key))
    }

    /// Reads the next key if it is this one, with nothing but a colon behind it, as services write it; otherwise the
    /// reader stays where it is. The key must be one that JSON writes as it stands.
    pub(crate) fn accept_key(&mut self, key: &str) -> bool {
        let rest = &self.text.as_bytes()[self.position..];
        let (rest, comma) = match rest.split_first() {
            Some((b',', rest)) if !self.fresh => (rest, 1),
            _ if self.fresh => (rest, 0),
            _ => return false,
        };
        let length = key.len();
        let accepted = rest.len() > length + 2
            && rest[0] == b'"'
            && rest[1..=length] == *key.as_bytes()
            && rest[length + 1] == b'"'
            && rest[length + 2] == b':';
        if accepted {
            self.fresh = false;
            self.position += comma + length + 3;
        }
        accepted
    }

    /// As [`Self::next_key`], with the key as it is written: its escapes are neither resolved nor checked.
    pub(crate) fn next_written_key(&mut self) -> Result<Option<&'a str>, DecodeError> {
        if !self.reach_key()? {
            return Ok(None);
        }
        let start = self.position + 1;
        self.skip_quoted()?;
        let key = &self.text[start..self.position - 1];
        self.colon()?;
        Ok(Some(key))
    }

    /// Moves to the next element of the innermost array and returns `true`, or
    /// leaves the array and returns `false`.
    ///
    /// # Errors
    /// When neither a comma nor the end of the array come next.
    pub fn next_element(&mut self) -> Result<bool, DecodeError> {
        let first = mem::take(&mut self.fresh);
        match self.next_byte() {
            Some(b']') => Ok(self.leave()),
            Some(b',') if !first => {
                self.position += 1;
                Ok(true)
            }
            Some(_) if first => Ok(true),
            _ => Err(self.expected("`,` or `]`")),
        }
    }

    /// Reads a string, borrowed from the text unless it holds escapes.
    ///
    /// # Errors
    /// When no string comes next, or it holds a control character, an unknown
    /// escape or half of a surrogate pair.
    pub fn string(&mut self) -> Result<Cow<'a, str>, DecodeError> {
        match self.next_byte() {
            Some(b'"') => self.quoted(),
            _ => Err(self.expected("a string")),
        }
    }

    /// Reads `true` or `false`.
    ///
    /// # Errors
    /// When neither comes next.
    pub fn boolean(&mut self) -> Result<bool, DecodeError> {
        match self.next_byte() {
            Some(b't') => self.literal("true", "`true`").map(|()| true),
            Some(b'f') => self.literal("false", "`false`").map(|()| false),
            _ => Err(self.expected("`true` or `false`")),
        }
    }

    /// Moves past the next value, whatever it is.
    ///
    /// # Errors
    /// When no well-formed value comes next, or more than [`MAX_SKIPPED_DEPTH`] of its objects and arrays stand
    /// inside each other. Escapes in strings are not checked.
    pub fn skip(&mut self) -> Result<(), DecodeError> {
        // Whether each container opened here is an object, the innermost last.
        let mut objects = Vec::new();
        loop {
            match self.next_byte() {
                Some(bracket @ (b'{' | b'[')) => {
                    if objects.len() == MAX_SKIPPED_DEPTH {
                        return Err(self.refused("more than 512 objects and arrays inside each other"));
                    }
                    self.enter();
                    objects.push(bracket == b'{');
                }
                Some(b'"') => self.skip_quoted()?,
                Some(b't' | b'f') => {
                    self.boolean()?;
                }
                Some(b'n') => {
                    self.null()?;
                }
                _ => {
                    self.number("a value")?;
                }
            }
            loop {
                let more = match objects.last() {
                    Some(true) => self.next_written_key()?.is_some(),
                    Some(false) => self.next_element()?,
                    None => return Ok(()),
                };
                if more {
                    break;
                }
                objects.pop();
            }
        }
    }

    /// Ends reading.
    ///
    /// # Errors
    /// When anything but whitespace is left, or an object or array is still open.
    pub fn finish(mut self) -> Result<(), DecodeError> {
        match self.next_byte() {
            None if self.depth == 0 && !self.truncated => Ok(()),
            None => Err(self.expected("the end of an object or array")),
            Some(_) => Err(self.expected("the end of the JSON text")),
        }
    }

    /// Skips whitespace and returns the byte that comes then, without consuming it.
    #[inline]
    fn next_byte(&mut self) -> Option<u8> {
        loop {
            let byte = *self.text.as_bytes().get(self.position)?;
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Some(byte);
            }
            self.position += 1;
        }
    }

    #[cold]
    fn expected(&self, what: &'static str) -> DecodeError {
        let error = match (self.position < self.text.len(), self.truncated) {
            (true, _) => DecodeError::mismatch(what),
            (false, false) => DecodeError::ended("JSON text", what),
            (false, true) => DecodeError::refused("invalid UTF-8"),
        };
        error.at(self.position)
    }

    #[cold]
    fn refused(&self, what: &'static str) -> DecodeError {
        DecodeError::refused(what).at(self.position)
    }

    fn literal(&mut self, word: &str, expected: &'static str) -> Result<(), DecodeError> {
        if !self.text.as_bytes()[self.position..].starts_with(word.as_bytes()) {
            return Err(self.expected(expected));
        }
        self.position += word.len();
        Ok(())
    }

    fn begin(&mut self, bracket: u8, expected: &'static str) -> Result<(), DecodeError> {
        if self.next_byte() != Some(bracket) {
            return Err(self.expected(expected));
        }
        if self.depth >= MAX_DEPTH {
            return Err(self.refused("more than 128 objects and arrays inside each other"));
        }
        self.enter();
        Ok(())
    }

    /// Steps over an opening bracket.
    fn enter(&mut self) {
        self.depth += 1;
        self.position += 1;
        self.fresh = true;
    }

    /// Steps over a closing bracket; the result says that no key or element came.
    fn leave(&mut self) -> bool {
        self.position += 1;
        // A caller that leaves what it never entered finds out at `finish`.
        self.depth = self.depth.saturating_sub(1);
        false
    }

    /// Moves to the quote of the next key and returns `true`, or leaves the object.
    fn reach_key(&mut self) -> Result<bool, DecodeError> {
        let first = mem::take(&mut self.fresh);
        match self.next_byte() {
            Some(b'}') => return Ok(self.leave()),
            Some(b',') if !first => {
                self.position += 1;
                if self.next_byte() == Some(b'"') {
                    return Ok(true);
                }
            }
            Some(b'"') if first => return Ok(true),
            _ if !first => return Err(self.expected("`,` or `}`")),
            _ => {}
        }
        Err(self.expected("a key in quotes"))
    }

    fn colon(&mut self) -> Result<(), DecodeError> {
        if self.next_byte() != Some(b':') {
            return Err(self.expected("`:`"));
        }
        self.position += 1;
        Ok(())
    }
}
