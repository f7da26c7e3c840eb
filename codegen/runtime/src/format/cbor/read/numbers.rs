//! Numbers: integers of any length, and floats of half, single and double precision.

use super::{CborReader, major};
use crate::big_number::scaled;
use crate::format::DecodeError;
use crate::format::cbor::magnitude::digits;

/// The tags of integers that stand as strings of bytes (RFC 8949, section 3.4.3).
const BIG: u64 = 2;
const BIG_NEGATIVE: u64 = 3;

/// The tag of decimals: a list of a power of ten and of an integer that it is multiplied with.
const DECIMAL: u64 = 4;

/// Whether a string of bytes with this tag is an integer.
pub(super) fn is_big(tag: Option<u64>) -> bool {
    matches!(tag, Some(BIG | BIG_NEGATIVE))
}

/// So many bytes fit into an `i128` whatever they are.
const SAFE_BYTES: usize = 15;

/// A number, whatever it is for.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Number {
    Integer(i128),
    /// A float, or what is nearest to an integer of more than [`SAFE_BYTES`].
    Float(f64),
}

impl CborReader<'_> {
    /// Reads an integer. A float without a fraction is one as well.
    ///
    /// # Errors
    /// When no number comes next, or it is no integer between `i64::MIN` and `i64::MAX`.
    pub fn integer(&mut self) -> Result<i64, DecodeError> {
        /// 2 to the power of 63, the first that is too large.
        const END: f64 = 9_223_372_036_854_775_808.0;
        let start = self.position;
        let value = match self.number("an integer")? {
            Number::Integer(value) => i64::try_from(value).ok(),
            Number::Float(value) if value.fract() == 0.0 && (-END..END).contains(&value) => Some(value as i64),
            Number::Float(_) => None,
        };
        value.ok_or_else(|| DecodeError::mismatch("an integer in the range of i64").at(start))
    }

    /// Reads a number of double precision; an integer becomes the one nearest to it.
    ///
    /// # Errors
    /// When no number comes next.
    pub fn double(&mut self) -> Result<f64, DecodeError> {
        Ok(match self.number("a number")? {
            Number::Integer(value) => value as f64,
            Number::Float(value) => value,
        })
    }

    /// Reads a number of single precision, the one nearest to what is there; what is too large for it is infinite.
    ///
    /// # Errors
    /// When no number comes next.
    pub fn float(&mut self) -> Result<f32, DecodeError> {
        Ok(match self.number("a number")? {
            Number::Integer(value) => value as f32,
            Number::Float(value) => value as f32,
        })
    }

    /// Reads a number of any length as its text, which has an exponent where it would be long without.
    ///
    /// # Errors
    /// When no number comes next, or a float that is not finite, or an integer of more than 1024 bytes.
    pub fn big_number(&mut self) -> Result<String, DecodeError> {
        const EXPECTED: &str = "a number";
        let first = self.first_byte(EXPECTED)?;
        if first >> 5 != major::LIST || self.tag != Some(DECIMAL) {
            return self.digits(EXPECTED);
        }
        let mut left = self.begin_list()?;
        let part = |reader: &mut Self, left: &mut _| match reader.next(left)? {
            true => Ok(()),
            false => Err(reader.expected("a power of ten and an integer")),
        };
        part(self, &mut left)?;
        let exponent = self.integer()?;
        part(self, &mut left)?;
        let integer = self.digits("an integer")?;
        if self.next(&mut left)? {
            return Err(self.expected("the end of a decimal"));
        }
        Ok(scaled(&integer, exponent))
    }

    /// The text of an integer, or of a float.
    fn digits(&mut self, expected: &'static str) -> Result<String, DecodeError> {
        let start = self.position;
        let first = self.first_byte(expected)?;
        if first >> 5 == major::BYTES && is_big(self.tag) {
            let is_negative = self.tag == Some(BIG_NEGATIVE);
            let bytes = self.byte_string()?;
            return digits(&bytes, is_negative)
                .ok_or_else(|| DecodeError::refused("an integer of more than 1024 bytes").at(start));
        }
        match self.number(expected)? {
            Number::Integer(value) => Ok(value.to_string()),
            Number::Float(value) if value.is_finite() => Ok(value.to_string()),
            Number::Float(_) => Err(DecodeError::mismatch(expected).at(start)),
        }
    }

    fn number(&mut self, expected: &'static str) -> Result<Number, DecodeError> {
        let first = self.first_byte(expected)?;
        let tag = self.tag.take();
        Ok(match (first >> 5, tag) {
            (major::UNSIGNED, _) => Number::Integer(i128::from(self.argument(first, expected)?)),
            (major::NEGATIVE, _) => Number::Integer(-1 - i128::from(self.argument(first, expected)?)),
            (major::BYTES, Some(tag @ (BIG | BIG_NEGATIVE))) => big(&self.byte_string()?, tag == BIG_NEGATIVE),
            (major::SIMPLE, _) if (25..=27).contains(&(first & 0x1F)) => {
                let bits = self.argument(first, expected)?;
                Number::Float(match first & 0x1F {
                    25 => half(bits as u16),
                    26 => f64::from(f32::from_bits(bits as u32)),
                    _ => f64::from_bits(bits),
                })
            }
            _ => return Err(self.expected(expected)),
        })
    }
}

/// The number whose bits, the highest first, are those of `bytes`; or the negative one that is farther from zero by one.
fn big(bytes: &[u8], negative: bool) -> Number {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    let (lead, rest) = bytes[zeros..].split_at(SAFE_BYTES.min(bytes.len() - zeros));
    let lead = lead.iter().fold(0, |number, byte| number << 8 | i128::from(*byte));
    if rest.is_empty() {
        return Number::Integer(if negative { -1 - lead } else { lead });
    }
    // What follows the first bytes decides on nothing but ties, and for that it matters only that there is something.
    let lead = lead | i128::from(negative || rest.iter().any(|byte| *byte != 0));
    let scale = i32::try_from(rest.len()).unwrap_or(i32::MAX).saturating_mul(8);
    let value = lead as f64 * 2_f64.powi(scale);
    Number::Float(if negative { -value } else { value })
}

/// The value of a float of half precision: a sign, five bits of an exponent and ten of a fraction.
fn half(bits: u16) -> f64 {
    let fraction = f64::from(bits & 0x3FF);
    let value = match bits >> 10 & 0x1F {
        0 => fraction * 2_f64.powi(-24),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        exponent => (fraction + 1024.0) * 2_f64.powi(i32::from(exponent) - 25),
    };
    if bits & 0x8000 == 0 { value } else { -value }
}
