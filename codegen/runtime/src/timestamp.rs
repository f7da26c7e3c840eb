//! RFC 3339 in the form in which services write it, read without the engine's general parser, as pages of a list are full
//! of it. The calendar is that of the crate `time`, which the engine counts with itself.

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::{DateTimeParseError, Format};
use time::{Date, Month, OffsetDateTime};

use crate::shape::TimestampFormat;

impl TimestampFormat {
    /// The format as the engine calls it.
    pub fn engine(self) -> Format {
        match self {
            Self::DateTime => Format::DateTimeWithOffset,
            Self::HttpDate => Format::HttpDate,
            Self::EpochSeconds => Format::EpochSeconds,
        }
    }

    /// Reads a timestamp in this format.
    ///
    /// # Errors
    /// When the text is not of it.
    pub fn parse(self, text: &str) -> Result<DateTime, DateTimeParseError> {
        let plain = if self == Self::DateTime { utc(text.as_bytes()) } else { None };
        plain.map_or_else(|| DateTime::from_str(text, self.engine()), Ok)
    }
}

/// The first of January 1970, as `time` counts days.
const EPOCH: i32 = OffsetDateTime::UNIX_EPOCH.to_julian_day();

/// The moment that seconds since 1970 stand for. A double that is the nearest to a whole millisecond stands for that:
/// 946845296.123 has no more nanoseconds than 123,000,000, though the double has.
#[cfg(any(feature = "json", feature = "cbor", test))]
pub(crate) fn since_1970(seconds: f64) -> DateTime {
    /// Milliseconds beyond this are no `i64`.
    const END: f64 = 9_000_000_000_000_000_000.0;
    let millis = (seconds * 1000.0).round();
    match millis.abs() < END && millis / 1000.0 == seconds {
        true => DateTime::from_millis(millis as i64),
        false => DateTime::from_secs_f64(seconds),
    }
}

/// Reads `2026-11-17T08:30:00Z`, with up to nine digits behind the seconds. Any other text, and what is not a moment of
/// the calendar, is left to the engine, which knows offsets and says what is wrong.
fn utc(text: &[u8]) -> Option<DateTime> {
    let [y1, y2, y3, y4, _, m1, m2, _] = digits(text.first_chunk()?, b"0000-00-")?;
    let [d1, d2, _, h1, h2, _, n1, n2] = digits(text.get(8..)?.first_chunk()?, b"00T00:00")?;
    // Of the seconds, too, eight bytes are read, five of them again.
    let [.., s1, s2] = digits(text.get(11..)?.first_chunk()?, b"00:00:00")?;
    let nanos = match text.get(19..)? {
        b"Z" => 0,
        [b'.', fraction @ .., b'Z'] => nanos(fraction)?,
        _ => return None,
    };
    let two = |tens: u8, ones: u8| 10 * tens + ones;
    let year = i32::from(two(y1, y2)) * 100 + i32::from(two(y3, y4));
    let (hour, minute, second) = (two(h1, h2), two(n1, n2), two(s1, s2));
    if year == 0 || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let date = Date::from_calendar_date(year, Month::try_from(two(m1, m2)).ok()?, two(d1, d2)).ok()?;
    let second = i32::from(hour) * 3_600 + i32::from(minute) * 60 + i32::from(second);
    let seconds = i64::from(date.to_julian_day() - EPOCH) * 86_400 + i64::from(second);
    Some(DateTime::from_secs_and_nanos(seconds, nanos))
}

/// Eight bytes that have a digit wherever the form has `0`, and all else as in the form: the values of the digits, and
/// zero in place of all else.
///
/// The eight are checked at once, as one number: what a byte may be at most is filled up to 127, so that a greater one has
/// its high bit set, or had it before. A carry out of such a byte does not matter any more.
fn digits(text: &[u8; 8], form: &[u8; 8]) -> Option<[u8; 8]> {
    let filled = form.map(|byte| if byte == b'0' { 127 - 9 } else { 127 });
    let values = u64::from_ne_bytes(*text) ^ u64::from_ne_bytes(*form);
    let over = values | values.wrapping_add(u64::from_ne_bytes(filled));
    (over & u64::from_ne_bytes([0x80; 8]) == 0).then_some(values.to_ne_bytes())
}

/// One to nine digits behind the point.
fn nanos(digits: &[u8]) -> Option<u32> {
    if digits.is_empty() || digits.len() > 9 {
        return None;
    }
    let missing = 9 - digits.len();
    let number = digits.iter().try_fold(0, |number, digit| {
        let value = u32::from(digit.wrapping_sub(b'0'));
        (value < 10).then_some(number * 10 + value)
    });
    Some(number? * 10_u32.pow(u32::try_from(missing).ok()?))
}

#[cfg(test)]
mod tests {
    use aws_smithy_types::DateTime;
    use aws_smithy_types::date_time::Format;
    use proptest::prelude::*;

    use super::{since_1970, utc};
    use crate::shape::TimestampFormat;

    fn engine(text: &str) -> Option<DateTime> {
        DateTime::from_str(text, Format::DateTimeWithOffset).ok()
    }

    #[test]
    fn timestamps_of_services_are_read_as_the_engine_reads_them() {
        for text in [
            "2026-11-17T08:30:00Z",
            "2024-02-29T23:59:59.250Z",
            "1969-12-31T23:59:59.999999999Z",
            "0001-01-01T00:00:00Z",
        ] {
            assert!(utc(text.as_bytes()).is_some(), "{text}");
            assert_eq!(utc(text.as_bytes()), engine(text), "{text}");
        }
    }

    #[test]
    fn other_forms_and_impossible_days_are_left_to_the_engine() {
        for text in [
            "2026-11-17T08:30:00+01:00",
            "2026-02-29T00:00:00Z",
            "2026-11-17T24:00:00Z",
            "2016-12-31T23:59:60Z",
            "2026-11-17T08:30:00.Z",
            "2026-11-17T08:30:00.1234567890Z",
            "2026-11-17t08:30:00z",
            "+026-11-17T08:30:00Z",
            "",
        ] {
            assert_eq!(utc(text.as_bytes()), None, "{text}");
            assert_eq!(TimestampFormat::DateTime.parse(text).ok(), engine(text), "{text}");
        }
    }

    #[test]
    fn seconds_with_milliseconds_have_no_more_than_that() {
        for (seconds, moment) in [
            (0.0, DateTime::from_secs(0)),
            (946_845_296.123, DateTime::from_secs_and_nanos(946_845_296, 123_000_000)),
            (-0.001, DateTime::from_secs_and_nanos(-1, 999_000_000)),
            (253_402_300_799.999, DateTime::from_secs_and_nanos(253_402_300_799, 999_000_000)),
            (0.000_5, DateTime::from_secs_and_nanos(0, 500_000)),
            (1e300, DateTime::from_secs_f64(1e300)),
        ] {
            assert_eq!(since_1970(seconds), moment, "{seconds}");
        }
    }

    proptest! {
        #[test]
        fn any_millisecond_is_read_back(millis in -62_135_596_800_000_i64..253_402_300_800_000) {
            prop_assert_eq!(since_1970(millis as f64 / 1000.0), DateTime::from_millis(millis));
        }

        #[test]
        fn any_moment_is_the_engines(seconds in -62_135_596_800_i64..253_402_300_800, nanos in 0_u32..1_000_000_000) {
            let text = DateTime::from_secs_and_nanos(seconds, nanos).fmt(Format::DateTime).expect("it has a year");
            prop_assert_eq!(utc(text.as_bytes()), engine(&text));
        }

        #[test]
        fn any_digits_are_read_alike(text in "[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9](\\.[0-9]{1,9})?Z") {
            prop_assert_eq!(TimestampFormat::DateTime.parse(&text).ok(), engine(&text));
        }

        #[test]
        fn no_other_byte_passes_for_the_right_one(place in 0_usize..20, byte in 0_u8..) {
            let mut text = *b"2026-11-17T08:30:00Z";
            text[place] = byte;
            let expected = std::str::from_utf8(&text).ok().and_then(engine);
            prop_assert!(utc(&text).is_none_or(|moment| Some(moment) == expected));
        }
    }
}
