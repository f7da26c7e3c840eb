//! Numbers: integers, doubles and texts of any length.

use super::JsonReader;
use crate::format::DecodeError;

/// What is expected where a number of any precision stands.
const NUMBER: &str = "a number, \"NaN\", \"Infinity\" or \"-Infinity\"";

/// The double nearest to a text, where there is one.
fn finite(text: &str) -> Option<f64> {
    text.parse().ok().filter(|value: &f64| value.is_finite())
}

fn out_of_range(start: usize) -> DecodeError {
    DecodeError::mismatch("a number in the range of a double").at(start)
}

impl<'a> JsonReader<'a> {
    /// Reads an integer. A fraction of zero and an exponent are fine: `30.0` and `3e1` are 30.
    ///
    /// # Errors
    /// When no number comes next, or it is no integer between `i64::MIN` and `i64::MAX`.
    pub fn integer(&mut self) -> Result<i64, DecodeError> {
        /// So many digits fit in an `i64` whatever they are.
        const SAFE_DIGITS: usize = 18;
        self.next_byte();
        let rest = &self.text.as_bytes()[self.position..];
        let (negative, digits) = rest.strip_prefix(b"-").map_or((false, rest), |digits| (true, digits));
        let mut value = 0;
        let mut count = 0;
        while let Some(digit @ b'0'..=b'9') = digits.get(count)
            && count < SAFE_DIGITS
        {
            value = value * 10 + i64::from(digit - b'0');
            count += 1;
        }
        if count == 0 || matches!(digits.get(count), Some(b'0'..=b'9' | b'.' | b'e' | b'E')) {
            return self.unusual_integer();
        }
        self.position += count + usize::from(negative);
        Ok(if negative { -value } else { value })
    }

    /// Reads a number, or one of the strings `"NaN"`, `"Infinity"` and `"-Infinity"`.
    ///
    /// # Errors
    /// When something else comes next, or a number that is too large for an `f64`.
    pub fn double(&mut self) -> Result<f64, DecodeError> {
        if let Some(named) = self.named_number()? {
            return Ok(named);
        }
        let start = self.position;
        finite(self.number(NUMBER)?).ok_or_else(|| out_of_range(start))
    }

    /// As [`double`](Self::double), for the single-precision number nearest to the text. It is rounded once: by way of
    /// a double, `7.038531e-26` would become its neighbour.
    ///
    /// # Errors
    /// As [`double`](Self::double); what is too large for an `f32` alone is infinite.
    pub fn float(&mut self) -> Result<f32, DecodeError> {
        if let Some(named) = self.named_number()? {
            return Ok(named as f32);
        }
        let start = self.position;
        let text = self.number(NUMBER)?;
        match text.parse::<f32>() {
            Ok(value) if value.is_finite() || finite(text).is_some() => Ok(value),
            _ => Err(out_of_range(start)),
        }
    }

    /// Reads one of the strings that stand for numbers which JSON has no text for, if a string comes next.
    fn named_number(&mut self) -> Result<Option<f64>, DecodeError> {
        if self.next_byte() != Some(b'"') {
            return Ok(None);
        }
        let start = self.position;
        match self.quoted()?.as_ref() {
            "NaN" => Ok(Some(f64::NAN)),
            "Infinity" => Ok(Some(f64::INFINITY)),
            "-Infinity" => Ok(Some(f64::NEG_INFINITY)),
            _ => Err(DecodeError::mismatch(NUMBER).at(start)),
        }
    }

    /// Reads a number and returns its text, for numbers that no primitive type can take.
    ///
    /// # Errors
    /// When no number comes next.
    pub fn number_text(&mut self) -> Result<&'a str, DecodeError> {
        self.next_byte();
        self.number("a number")
    }

    /// Steps over the digits that come next and returns how many they are.
    fn digits(&mut self) -> usize {
        let rest = &self.text.as_bytes()[self.position..];
        let count = rest.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len());
        self.position += count;
        count
    }

    /// Steps over the next byte if it is one of `bytes`.
    fn accept(&mut self, bytes: &[u8]) -> bool {
        let accepted = self.text.as_bytes().get(self.position).is_some_and(|byte| bytes.contains(byte));
        self.position += usize::from(accepted);
        accepted
    }

    /// Reads the number at the current place; `expected` names what belongs there.
    pub(super) fn number(&mut self, expected: &'static str) -> Result<&'a str, DecodeError> {
        let text = self.text;
        let start = self.position;
        let negative = self.accept(b"-");
        let mut digits = self.digits();
        if digits == 0 && !negative {
            return Err(self.expected(expected));
        }
        if self.accept(b".") {
            digits += self.digits();
        }
        if digits == 0 {
            return Err(self.expected("a digit"));
        }
        if self.accept(b"eE") {
            self.accept(b"+-");
            if self.digits() == 0 {
                return Err(self.expected("a digit"));
            }
        }
        Ok(&text[start..self.position])
    }

    /// Reads an integer that has many digits, a fraction or an exponent.
    fn unusual_integer(&mut self) -> Result<i64, DecodeError> {
        /// The first integer past the range of `i64`, as a double: 2 to the power of 63.
        const LIMIT: f64 = -(i64::MIN as f64);
        let start = self.position;
        let text = self.number("an integer")?;
        if let Ok(value) = text.parse() {
            return Ok(value);
        }
        let fractional = text.contains(['.', 'e', 'E']);
        match text.parse::<f64>() {
            Ok(value) if fractional && value.fract() == 0.0 && (-LIMIT..LIMIT).contains(&value) => Ok(value as i64),
            _ => Err(DecodeError::mismatch("an integer of 64 bits").at(start)),
        }
    }
}
