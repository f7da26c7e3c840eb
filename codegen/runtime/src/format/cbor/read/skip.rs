//! Skipping: what nobody reads has to be well-formed all the same.

use super::{CborReader, WITHOUT_LENGTH, major};
use crate::format::{DecodeError, MAX_SKIPPED_DEPTH};

/// A list or map on the way.
struct Open {
    /// How many items are left; `None` until a break.
    left: Option<u64>,
    is_map: bool,
    /// A key was skipped, so that a value must come.
    is_value_due: bool,
}

impl CborReader<'_> {
    /// Moves past the next item, whatever it is.
    ///
    /// # Errors
    /// When no well-formed item comes next, or more than [`MAX_SKIPPED_DEPTH`] of its lists and maps stand inside each
    /// other. Texts may be no UTF-8.
    pub fn skip(&mut self) -> Result<(), DecodeError> {
        let mut open = Vec::new();
        loop {
            if let Some(inner) = self.skip_one()? {
                if open.len() == MAX_SKIPPED_DEPTH {
                    return Err(self.refused("more than 512 lists and maps inside each other"));
                }
                open.push(inner);
            }
            loop {
                let Some(innermost) = open.last_mut() else { return Ok(()) };
                if self.has_more(innermost)? {
                    break;
                }
                open.pop();
            }
        }
    }

    /// Steps over the next item, or into it if it is a list or map.
    fn skip_one(&mut self) -> Result<Option<Open>, DecodeError> {
        const EXPECTED: &str = "a value";
        let first = self.first_byte(EXPECTED)?;
        self.tag = None;
        match first >> 5 {
            kind @ (major::BYTES | major::TEXT) => match self.length(kind, EXPECTED)? {
                Some(length) => drop(self.take(length, EXPECTED)?),
                None => {
                    while let Some(length) = self.next_chunk(kind, EXPECTED)? {
                        self.take(length, EXPECTED)?;
                    }
                }
            },
            kind @ (major::LIST | major::MAP) => {
                let is_map = kind == major::MAP;
                let length = self.length(kind, EXPECTED)?;
                // So many items as there are bytes do not follow anyway.
                let left = length.map(|length| length.saturating_mul(if is_map { 2 } else { 1 }));
                return Ok(Some(Open { left, is_map, is_value_due: false }));
            }
            major::SIMPLE if first & 0x1F == WITHOUT_LENGTH => return Err(self.expected(EXPECTED)),
            major::SIMPLE if first & 0x1F == 24 => {
                // Values below 32 have one byte (RFC 8949, section 3.3).
                if self.argument(first, EXPECTED)? < 32 {
                    return Err(self.refused("a simple value in two bytes"));
                }
            }
            _ => drop(self.argument(first, EXPECTED)?),
        }
        Ok(None)
    }

    fn has_more(&mut self, open: &mut Open) -> Result<bool, DecodeError> {
        Ok(match &mut open.left {
            Some(0) => false,
            Some(left) => {
                *left -= 1;
                true
            }
            None if open.is_value_due => {
                open.is_value_due = false;
                true
            }
            None => {
                let more = !self.is_broken("a value or a break")?;
                open.is_value_due = more && open.is_map;
                more
            }
        })
    }
}
