//! What a slot takes of what a format holds.

use aws_smithy_types::{Blob, DateTime, Document, Number, base64};

use crate::number::double_text;
use crate::shape::{Member, TimestampFormat};
use crate::slot::{BigNumber, Slot};

/// What became of a value that was offered to be filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Filled {
    /// It holds something.
    Value,
    /// Null was read for it.
    Null,
}

/// Why a slot does not take a scalar: what it expects.
pub(super) type Refusal = &'static str;

impl Slot<'_> {
    /// What it expects, for messages.
    pub(super) fn expected(&self, member: &Member) -> Refusal {
        match self {
            Self::Boolean(_) => "`true` or `false`",
            Self::Integer(integer) => integer.range(),
            Self::Float(_) | Self::Double(_) => "a number, \"NaN\", \"Infinity\" or \"-Infinity\"",
            Self::BigNumber(number) => match number.is_whole() {
                true => "an integer, as a string where it is long",
                false => "a number, as a string where it is long",
            },
            Self::Text(_) | Self::Enum(_) => "a string",
            Self::Timestamp(_) => match member.format {
                TimestampFormat::DateTime => "a timestamp such as \"2026-11-17T08:30:00Z\"",
                TimestampFormat::HttpDate => "a timestamp such as \"Tue, 17 Nov 2026 08:30:00 GMT\"",
                TimestampFormat::EpochSeconds => "a timestamp in seconds since 1970",
            },
            Self::Blob(_) | Self::Stream(_) => "base64 text",
            Self::Document(_) => "any value",
            Self::List(_) => "an array",
            Self::Map(_) | Self::Structure(_) => "an object",
            Self::Union(_) => "an object with one member",
            Self::Metadata(_) => "nothing, as it is no member",
        }
    }

    /// Takes a boolean.
    pub(super) fn put_boolean(self, value: bool, member: &Member) -> Result<(), Refusal> {
        let expected = self.expected(member);
        match self {
            Self::Boolean(place) => *place = value,
            Self::Document(place) => *place = Document::Bool(value),
            _ => return Err(expected),
        }
        Ok(())
    }

    /// Takes a signed integer.
    pub(super) fn put_integer(self, value: i64, member: &Member) -> Result<(), Refusal> {
        let expected = self.expected(member);
        match self {
            Self::Integer(place) => return if place.set(value) { Ok(()) } else { Err(expected) },
            Self::Document(place) => *place = Document::Number(whole(value)),
            Self::BigNumber(place) => return set(place, &value.to_string(), expected),
            // Not by way of a double, which is not exact that far away from 1970.
            Self::Timestamp(place) if member.format == TimestampFormat::EpochSeconds => {
                *place = DateTime::from_secs(value);
            }
            other => return other.put_double(value as f64, member),
        }
        Ok(())
    }

    /// Takes an unsigned integer.
    pub(super) fn put_unsigned(self, value: u64, member: &Member) -> Result<(), Refusal> {
        match (self, i64::try_from(value)) {
            (Self::Document(place), _) => *place = Document::Number(Number::PosInt(value)),
            (place @ Self::BigNumber(_), _) => return place.put_text(&value.to_string(), member),
            (other, Ok(value)) => return other.put_integer(value, member),
            (other, Err(_)) => return other.put_double(value as f64, member),
        }
        Ok(())
    }

    /// Takes a number with a fraction, which may be zero: as in responses, `30.0` is an integer.
    pub(super) fn put_double(self, value: f64, member: &Member) -> Result<(), Refusal> {
        /// The first integer past the range of `i64`, as a double: 2 to the power of 63.
        const LIMIT: f64 = -(i64::MIN as f64);
        /// Up to here doubles are all the integers that there are: 2 to the power of 53.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        let expected = self.expected(member);
        match self {
            Self::Float(place) => *place = single(value),
            Self::Double(place) => *place = value,
            Self::Document(place) => *place = Document::Number(Number::Float(value)),
            Self::Timestamp(place) if member.format == TimestampFormat::EpochSeconds && value.is_finite() => {
                *place = seconds(value);
            }
            Self::Integer(place) if value.fract() == 0.0 && (-LIMIT..LIMIT).contains(&value) => {
                return if place.set(value as i64) { Ok(()) } else { Err(expected) };
            }
            // Farther from zero a double may be another integer than the one that was written.
            Self::BigNumber(place) if value.is_finite() && (!place.is_whole() || value.abs() <= EXACT) => {
                return set(place, &value.to_string(), expected);
            }
            _ => return Err(expected),
        }
        Ok(())
    }

    /// Takes text: also what stands for a timestamp, a blob or a float that is not finite.
    pub(super) fn put_text(self, text: &str, member: &Member) -> Result<(), Refusal> {
        let expected = self.expected(member);
        match self {
            Self::Text(place) => text.clone_into(place),
            Self::Enum(place) => place.set(text),
            Self::BigNumber(place) => return set(place, text, expected),
            Self::Document(place) => *place = Document::String(text.to_owned()),
            Self::Float(place) => *place = named_float(text).ok_or(expected)? as f32,
            Self::Double(place) => *place = named_float(text).ok_or(expected)?,
            Self::Blob(place) => *place = Blob::new(base64::decode(text).map_err(|_| expected)?),
            Self::Stream(place) => *place = base64::decode(text).map_err(|_| expected)?.into(),
            Self::Timestamp(place) if member.format != TimestampFormat::EpochSeconds => {
                *place = DateTime::from_str(text, member.format.engine()).map_err(|_| expected)?;
            }
            _ => return Err(expected),
        }
        Ok(())
    }

    /// Takes bytes, which formats that are not text have.
    pub(super) fn put_bytes(self, bytes: &[u8], member: &Member) -> Result<(), Refusal> {
        let expected = self.expected(member);
        match self {
            Self::Blob(place) => *place = Blob::new(bytes),
            Self::Stream(place) => *place = bytes.to_vec().into(),
            _ => return Err(expected),
        }
        Ok(())
    }
}

/// Puts the text of a number into its place, if it is one.
fn set(place: &mut dyn BigNumber, text: &str, expected: Refusal) -> Result<(), Refusal> {
    if place.set(text) { Ok(()) } else { Err(expected) }
}

/// The single-precision number nearest to the text that a double was read from, which its shortest text stands for:
/// rounding the double itself would make a neighbour of `7.038531e-26`.
fn single(value: f64) -> f32 {
    double_text(value).parse().unwrap_or(value as f32)
}

/// A moment to the microsecond: more digits than those of a double would not be those that were written.
fn seconds(value: f64) -> DateTime {
    let whole = value.floor();
    let nanos = ((value - whole) * 1e6).round() * 1e3;
    // A fraction that was rounded up to a whole second is one.
    let carry = nanos >= 1e9;
    DateTime::from_secs_and_nanos((whole as i64).saturating_add(i64::from(carry)), if carry { 0 } else { nanos as u32 })
}

/// A whole number as documents keep it.
fn whole(value: i64) -> Number {
    u64::try_from(value).map_or(Number::NegInt(value), Number::PosInt)
}

/// The floats that JSON has no number for.
fn named_float(text: &str) -> Option<f64> {
    match text {
        "NaN" => Some(f64::NAN),
        "Infinity" => Some(f64::INFINITY),
        "-Infinity" => Some(f64::NEG_INFINITY),
        _ => None,
    }
}
