//! Pull reader over CBOR.
//!
//! The reader takes all that RFC 8949 calls well-formed, in any of the ways in which it may be written: lengths that are
//! given or that end with a break, numbers in more bytes than they need, floats of half precision, tags of any kind,
//! which are stepped over. Lengths are claims: nothing is allocated for them before the bytes are there.

mod numbers;
mod skip;

use std::borrow::Cow;

use crate::format::{DecodeError, MAX_DEPTH};

/// The kinds of items (RFC 8949, section 3.1), which are the three highest bits of their first byte.
mod major {
    pub(super) const UNSIGNED: u8 = 0;
    pub(super) const NEGATIVE: u8 = 1;
    pub(super) const BYTES: u8 = 2;
    pub(super) const TEXT: u8 = 3;
    pub(super) const LIST: u8 = 4;
    pub(super) const MAP: u8 = 5;
    pub(super) const TAG: u8 = 6;
    pub(super) const SIMPLE: u8 = 7;
}

const FALSE: u8 = 0xF4;
const TRUE: u8 = 0xF5;
const NULL: u8 = 0xF6;
const UNDEFINED: u8 = 0xF7;

/// Ends what has no length.
const BREAK: u8 = 0xFF;

/// The low bits of the first byte of what has no length.
const WITHOUT_LENGTH: u8 = 31;

/// What the next value is, judged by its first byte and its last tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Null, or `undefined`, which means the same.
    Null,
    /// `true` or `false`.
    Boolean,
    /// An integer, which may stand as a string of bytes with a tag.
    Integer,
    /// A float.
    Float,
    /// A string of bytes.
    Bytes,
    /// A text.
    Text,
    /// A list.
    List,
    /// A map.
    Map,
    /// A simple value without a meaning, a break out of place, or something that is not well-formed.
    Other,
}

/// How many elements or entries of an open list or map are left; without a number they end with a break.
#[derive(Debug)]
pub struct Left(Option<u64>);

/// Reads one CBOR item, value by value, in the order in which they stand.
///
/// Lists and maps are walked with [`begin_list`](Self::begin_list) or [`begin_map`](Self::begin_map) and
/// [`next`](Self::next); after each step exactly one value of a list, or a key and a value of a map, is read or skipped.
/// A key may come twice: what that means is the caller's decision.
///
/// ```
/// # use smithy_client_runtime::format::DecodeError;
/// # use smithy_client_runtime::format::cbor::read::CborReader;
/// let mut cbor = CborReader::new(b"\xA2\x64name\x65lobby\x65seats\x9F\x01\x02\xFF");
/// let mut seats = 0;
/// let mut entries = cbor.begin_map()?;
/// while cbor.next(&mut entries)? {
///     if cbor.text()? == "seats" {
///         let mut elements = cbor.begin_list()?;
///         while cbor.next(&mut elements)? {
///             seats += cbor.integer()?;
///         }
///     } else {
///         assert_eq!(cbor.text()?, "lobby");
///     }
/// }
/// cbor.finish()?;
/// assert_eq!(seats, 3);
/// # Ok::<(), DecodeError>(())
/// ```
///
/// After an error the reader's place is unspecified; stop reading.
#[derive(Clone, Debug)]
pub struct CborReader<'a> {
    bytes: &'a [u8],
    position: usize,
    /// How many lists and maps are open.
    depth: usize,
    /// The last of the tags before the item that comes next.
    tag: Option<u64>,
}

impl<'a> CborReader<'a> {
    /// A reader at the start of `cbor`.
    pub fn new(cbor: &'a [u8]) -> Self {
        Self { bytes: cbor, position: 0, depth: 0, tag: None }
    }

    /// Index of the next byte to read.
    pub fn position(&self) -> usize {
        self.position
    }

    /// What comes next.
    ///
    /// # Errors
    /// When nothing comes next.
    pub fn peek(&mut self) -> Result<Kind, DecodeError> {
        let first = self.first_byte("a value")?;
        Ok(match (first >> 5, first) {
            (major::UNSIGNED | major::NEGATIVE, _) => Kind::Integer,
            (major::BYTES, _) if numbers::is_big(self.tag) => Kind::Integer,
            (major::BYTES, _) => Kind::Bytes,
            (major::TEXT, _) => Kind::Text,
            (major::LIST, _) => Kind::List,
            (major::MAP, _) => Kind::Map,
            (_, FALSE | TRUE) => Kind::Boolean,
            (_, NULL | UNDEFINED) => Kind::Null,
            (_, 0xF9..=0xFB) => Kind::Float,
            _ => Kind::Other,
        })
    }

    /// Consumes null, or `undefined`, which means the same, if it comes next, and tells whether it did.
    ///
    /// # Errors
    /// When nothing comes next.
    pub fn null(&mut self) -> Result<bool, DecodeError> {
        let is_null = matches!(self.first_byte("a value")?, NULL | UNDEFINED);
        if is_null {
            self.tag = None;
            self.position += 1;
        }
        Ok(is_null)
    }

    /// Reads `true` or `false`.
    ///
    /// # Errors
    /// When neither comes next.
    pub fn boolean(&mut self) -> Result<bool, DecodeError> {
        const EXPECTED: &str = "`true` or `false`";
        let value = match self.first_byte(EXPECTED)? {
            FALSE => false,
            TRUE => true,
            _ => return Err(self.expected(EXPECTED)),
        };
        self.tag = None;
        self.position += 1;
        Ok(value)
    }

    /// Reads a text, borrowed unless it stands in chunks.
    ///
    /// # Errors
    /// When no text comes next, or one of its chunks is not UTF-8.
    pub fn text(&mut self) -> Result<Cow<'a, str>, DecodeError> {
        const EXPECTED: &str = "a text";
        if let Some(length) = self.length(major::TEXT, EXPECTED)? {
            return self.utf8(length, EXPECTED).map(Cow::Borrowed);
        }
        let mut text = String::new();
        while let Some(length) = self.next_chunk(major::TEXT, EXPECTED)? {
            text.push_str(self.utf8(length, EXPECTED)?);
        }
        Ok(Cow::Owned(text))
    }

    /// Reads a string of bytes, borrowed unless it stands in chunks.
    ///
    /// # Errors
    /// When no string of bytes comes next.
    pub fn byte_string(&mut self) -> Result<Cow<'a, [u8]>, DecodeError> {
        const EXPECTED: &str = "a string of bytes";
        if let Some(length) = self.length(major::BYTES, EXPECTED)? {
            return self.take(length, EXPECTED).map(Cow::Borrowed);
        }
        let mut bytes = Vec::new();
        while let Some(length) = self.next_chunk(major::BYTES, EXPECTED)? {
            bytes.extend_from_slice(self.take(length, EXPECTED)?);
        }
        Ok(Cow::Owned(bytes))
    }

    /// Enters a list.
    ///
    /// # Errors
    /// When no list comes next, or [`MAX_DEPTH`] lists and maps are open already.
    pub fn begin_list(&mut self) -> Result<Left, DecodeError> {
        self.begin(major::LIST, "a list")
    }

    /// Enters a map.
    ///
    /// # Errors
    /// When no map comes next, or [`MAX_DEPTH`] lists and maps are open already.
    pub fn begin_map(&mut self) -> Result<Left, DecodeError> {
        self.begin(major::MAP, "a map")
    }

    /// Moves to the next element or entry of the innermost list or map and returns `true`, or leaves it and returns
    /// `false`.
    ///
    /// # Errors
    /// When neither an element nor the end comes next.
    pub fn next(&mut self, left: &mut Left) -> Result<bool, DecodeError> {
        let more = match &mut left.0 {
            Some(0) => false,
            Some(count) => {
                *count -= 1;
                true
            }
            None => !self.is_broken("a value or a break")?,
        };
        if !more {
            // A caller that leaves what it never entered finds out at `finish`.
            self.depth = self.depth.saturating_sub(1);
        }
        Ok(more)
    }

    /// Ends reading.
    ///
    /// # Errors
    /// When anything is left, or a list or map is still open.
    pub fn finish(self) -> Result<(), DecodeError> {
        match self.position == self.bytes.len() {
            true if self.depth == 0 => Ok(()),
            true => Err(self.expected("the end of a list or map")),
            false => Err(self.expected("the end of the CBOR item")),
        }
    }

    #[cold]
    fn expected(&self, what: &'static str) -> DecodeError {
        let error = match self.position < self.bytes.len() {
            true => DecodeError::mismatch(what),
            false => DecodeError::ended("CBOR", what),
        };
        error.at(self.position)
    }

    #[cold]
    fn refused(&self, what: &'static str) -> DecodeError {
        DecodeError::refused(what).at(self.position)
    }

    fn begin(&mut self, kind: u8, expected: &'static str) -> Result<Left, DecodeError> {
        if self.depth >= MAX_DEPTH {
            return Err(self.refused("more than 128 lists and maps inside each other"));
        }
        let left = self.length(kind, expected)?;
        self.depth += 1;
        Ok(Left(left))
    }

    /// The byte that comes next, without consuming it.
    fn byte(&self, expected: &'static str) -> Result<u8, DecodeError> {
        self.bytes.get(self.position).copied().ok_or_else(|| self.expected(expected))
    }

    /// Steps over the tags before the next item, and returns the item's first byte, without consuming it.
    fn first_byte(&mut self, expected: &'static str) -> Result<u8, DecodeError> {
        loop {
            let byte = self.byte(expected)?;
            if byte >> 5 != major::TAG {
                return Ok(byte);
            }
            self.tag = Some(self.argument(byte, expected)?);
        }
    }

    /// Steps over a break, if one comes next, and tells whether it did.
    fn is_broken(&mut self, expected: &'static str) -> Result<bool, DecodeError> {
        let is_broken = self.byte(expected)? == BREAK;
        self.position += usize::from(is_broken);
        Ok(is_broken)
    }

    /// Steps over `first`, which comes next, and the number that it has or announces, and returns the number.
    fn argument(&mut self, first: u8, expected: &'static str) -> Result<u64, DecodeError> {
        let low = first & 0x1F;
        let width = match low {
            0..=23 => 0,
            24..=27 => 1 << (low - 24),
            _ => return Err(self.refused("an item that is not well-formed")),
        };
        self.position += 1;
        if width == 0 {
            return Ok(u64::from(low));
        }
        let bytes = self.take(width, expected)?;
        Ok(bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    /// Steps over the first bytes of a string, a list or a map, and returns how long it is.
    fn length(&mut self, kind: u8, expected: &'static str) -> Result<Option<u64>, DecodeError> {
        let first = self.first_byte(expected)?;
        if first >> 5 != kind {
            return Err(self.expected(expected));
        }
        self.tag = None;
        if first & 0x1F == WITHOUT_LENGTH {
            self.position += 1;
            return Ok(None);
        }
        self.argument(first, expected).map(Some)
    }

    /// Steps over the first bytes of the next chunk of a string and returns its length, or over the break behind the last.
    fn next_chunk(&mut self, kind: u8, expected: &'static str) -> Result<Option<u64>, DecodeError> {
        if self.is_broken(expected)? {
            return Ok(None);
        }
        let first = self.byte(expected)?;
        if first >> 5 != kind || first & 0x1F == WITHOUT_LENGTH {
            return Err(self.expected("a chunk of the string"));
        }
        self.argument(first, expected).map(Some)
    }

    /// Steps over so many bytes.
    fn take(&mut self, length: u64, expected: &'static str) -> Result<&'a [u8], DecodeError> {
        let rest = &self.bytes[self.position..];
        let Some(taken) = usize::try_from(length).ok().and_then(|length| rest.get(..length)) else {
            return Err(DecodeError::ended("CBOR", expected).at(self.bytes.len()));
        };
        self.position += taken.len();
        Ok(taken)
    }

    fn utf8(&mut self, length: u64, expected: &'static str) -> Result<&'a str, DecodeError> {
        let start = self.position;
        std::str::from_utf8(self.take(length, expected)?).map_err(|_| DecodeError::refused("invalid UTF-8").at(start))
    }
}
