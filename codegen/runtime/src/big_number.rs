//! `bigInteger` and `bigDecimal`: numbers as texts, of as many digits as somebody wrote.
//!
//! The types are those of the engine, which AWS's own clients have: they keep a text and know whether it is a number. Whoever
//! wants to calculate parses it into a type of a crate made for that. Nothing here expands an exponent that a message names,
//! but within [`MOST_DIGITS`].

use aws_smithy_types::{BigDecimal, BigInteger};
use std::fmt;

/// How many digits an integer may have that does not stand as these digits: as many as 1024 bytes hold. Work on binary
/// numbers grows with the square of their length.
pub(crate) const MOST_DIGITS: usize = 2466;

/// A number of any length.
pub trait BigNumber: fmt::Debug {
    /// Its text, as it was set.
    fn text(&self) -> &str;

    /// Takes a text; false where it is no number of this type.
    fn set(&mut self, text: &str) -> bool;

    /// Whether it is an integer.
    fn is_whole(&self) -> bool;

    /// Whether another one of its type is the same number.
    fn same(&self, other: &dyn BigNumber) -> bool;

    /// What it takes, for messages.
    fn expected(&self) -> &'static str {
        if self.is_whole() { "an integer" } else { "a number" }
    }
}

macro_rules! big_numbers {
    ($($type:ty, whole: $whole:literal, $text:ident => $read:expr;)*) => {$(
        impl BigNumber for $type {
            fn text(&self) -> &str {
                self.as_ref()
            }

            fn set(&mut self, $text: &str) -> bool {
                $read.map(|number| *self = number).is_ok()
            }

            fn is_whole(&self) -> bool {
                $whole
            }

            fn same(&self, other: &dyn BigNumber) -> bool {
                other.text().parse().is_ok_and(|other: Self| *self == other)
            }
        }
    )*};
}

big_numbers! {
    BigInteger, whole: true, text => text.parse().or_else(|error| whole(text).map_or(Err(error), |whole| whole.parse()));
    BigDecimal, whole: false, text => text.parse();
}

/// The sign of a number's text, its digits before and after the point, and its exponent.
struct Parts<'a> {
    sign: &'a str,
    whole: &'a str,
    fraction: &'a str,
    exponent: Option<&'a str>,
}

impl<'a> Parts<'a> {
    fn of(text: &'a str) -> Self {
        let (coefficient, exponent) = match text.split_once(['e', 'E']) {
            Some((coefficient, exponent)) => (coefficient, Some(exponent)),
            None => (text, None),
        };
        let (sign, digits) = match coefficient.strip_prefix('-') {
            Some(digits) => ("-", digits),
            None => ("", coefficient.strip_prefix('+').unwrap_or(coefficient)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        Self { sign, whole, fraction, exponent }
    }

    /// By which power of ten the number is larger than all of its digits as an integer.
    fn scale(&self) -> Option<i64> {
        let exponent = self.exponent.map_or(Some(0), |exponent| exponent.parse().ok())?;
        i64::try_from(self.fraction.len()).ok().and_then(|places| i64::checked_sub(exponent, places))
    }
}

/// The digits of an integer that is written with a point or an exponent: `30.0` and `3e1` are 30. `None` where it is no
/// integer, or one of more than [`MOST_DIGITS`].
fn whole(text: &str) -> Option<String> {
    let parts = Parts::of(text);
    let digits = format!("{}{}", parts.whole, parts.fraction);
    let are_digits = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    let scale = parts.scale().filter(|_| are_digits)?;
    let digits = match usize::try_from(scale) {
        Ok(zeros) if digits.len().checked_add(zeros)? <= MOST_DIGITS => digits + &"0".repeat(zeros),
        Ok(_) => return None,
        Err(_) => {
            let kept = digits.len().checked_sub(usize::try_from(scale.unsigned_abs()).ok()?)?;
            let (kept, dropped) = digits.split_at_checked(kept)?;
            dropped.bytes().all(|digit| digit == b'0').then(|| kept.to_owned())?
        }
    };
    let digits = match digits.trim_start_matches('0') {
        "" => "0",
        digits => digits,
    };
    Some(format!("{}{digits}", parts.sign))
}

/// The text of a number as JSON has it, digit by digit: without a plus or zeros in front, and with a digit on either side
/// of the point.
#[cfg(feature = "json")]
pub(crate) fn json_text(text: &str) -> std::borrow::Cow<'_, str> {
    use std::borrow::Cow;
    let Parts { sign, whole, fraction, exponent } = Parts::of(text);
    let digits = match whole.trim_start_matches('0') {
        "" => "0",
        digits => digits,
    };
    let ends_with_point = fraction.is_empty() && text.contains('.');
    if digits.len() == whole.len() && !text.starts_with('+') && !ends_with_point {
        return Cow::Borrowed(text);
    }
    let mut json = format!("{sign}{digits}");
    if !fraction.is_empty() {
        json.extend([".", fraction]);
    }
    if let Some(exponent) = exponent {
        json.extend(["e", exponent]);
    }
    Cow::Owned(json)
}

/// The digits of a decimal as an integer, with its sign, and the power of ten that it is multiplied with. `None` where that
/// power is out of range, which no decimal has.
#[cfg(feature = "cbor")]
pub(crate) fn coefficient(text: &str) -> Option<(String, i64)> {
    let parts = Parts::of(text);
    Some((format!("{}{}{}", parts.sign, parts.whole, parts.fraction), parts.scale()?))
}

/// The text of an integer times a power of ten: with a point where that takes few zeros, else with an exponent.
#[cfg(feature = "cbor")]
pub(crate) fn scaled(integer: &str, exponent: i64) -> String {
    /// So many zeros stand before the first digit at most.
    const ZEROS: usize = 6;
    let (sign, digits) = integer.strip_prefix('-').map_or(("", integer), |digits| ("-", digits));
    let places = exponent.checked_neg().and_then(|places| usize::try_from(places).ok());
    match places {
        Some(0) => integer.to_owned(),
        Some(places) if places < digits.len() => {
            let (whole, fraction) = digits.split_at(digits.len() - places);
            format!("{sign}{whole}.{fraction}")
        }
        Some(places) if places <= digits.len() + ZEROS => {
            format!("{sign}0.{}{digits}", "0".repeat(places - digits.len()))
        }
        _ => format!("{integer}e{exponent}"),
    }
}

/// A number of this type that a model names as a default, which is one.
pub fn big_number<T: BigNumber + Default>(text: &str) -> T {
    let mut number = T::default();
    number.set(text);
    number
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn integer(text: &str) -> Option<String> {
        let mut number = BigInteger::default();
        number.set(text).then(|| number.text().to_owned())
    }

    #[test]
    fn integers_keep_their_digits_and_may_have_a_point_or_an_exponent() {
        let many = "9".repeat(5000);
        for text in ["0", "-0", "007", "-12", many.as_str()] {
            assert_eq!(integer(text).as_deref(), Some(text));
        }
        for (text, expected) in [
            ("30.0", "30"),
            ("3e1", "30"),
            ("-1.5E+1", "-15"),
            ("1e+21", "1000000000000000000000"),
            ("0.0", "0"),
            ("-0e8", "-0"),
            ("0e8", "0"),
            ("007.0", "7"),
            ("10e-1", "1"),
        ] {
            assert_eq!(integer(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "-", "1.5", "1e-1", "NaN", "0x1", " 1", "1e", "1.2.3", "--1", "+", "e1", "."] {
            assert_eq!(integer(text), None, "{text}");
        }
    }

    #[test]
    fn an_exponent_is_no_way_to_make_memory() {
        for text in ["1e999999999", "1e9223372036854775807", "1e99999999999999999999", "0e999999999", "1e-999999999"] {
            assert_eq!(integer(text), None, "{text}");
        }
        let mut decimal = BigDecimal::default();
        assert!(decimal.set("1e999999999") && decimal.text() == "1e999999999");
        assert!(!decimal.set("1e99999999999999999999"));
    }

    #[test]
    fn decimals_are_the_same_by_their_value() {
        let decimal = |text: &str| text.parse::<BigDecimal>().expect(text);
        assert!(decimal("1.50").same(&decimal("15e-1")) && !decimal("1.5").same(&decimal("1.51")));
    }

    #[cfg(feature = "json")]
    #[test]
    fn json_has_every_number_in_its_own_way() {
        let of = |text| json_text(text).into_owned();
        for same in ["0", "-0", "12", "-1.50", "1e5", "1.5E-7", "0.10", "100000000000000000000001.0"] {
            assert_eq!(of(same), same);
        }
        let others = [
            ("+5", "5"),
            ("007", "7"),
            ("00", "0"),
            (".5", "0.5"),
            ("-.5", "-0.5"),
            ("5.", "5"),
            ("-00.5e+3", "-0.5e+3"),
            ("+5.e1", "5e1"),
        ];
        for (text, expected) in others {
            assert_eq!(of(text), expected);
        }
    }

    #[cfg(feature = "cbor")]
    #[test]
    fn powers_of_ten_become_a_point_where_that_is_short() {
        let made =
            [("15", -1), ("-15", -2), ("15", -8), ("15", -9), ("15", 3), ("-0", 0), ("1", i64::MAX), ("1", i64::MIN)];
        let made: Vec<String> = made.into_iter().map(|(integer, exponent)| scaled(integer, exponent)).collect();
        let expected =
            ["1.5", "-0.15", "0.00000015", "15e-9", "15e3", "-0", "1e9223372036854775807", "1e-9223372036854775808"];
        assert_eq!(made, expected);
    }

    proptest! {
        #[cfg(feature = "json")]
        #[test]
        fn what_is_written_as_json_is_json_of_the_same_number(text in r"[+-]?([0-9]{1,9}(\.[0-9]{0,30})?|\.[0-9]{1,30})([eE][+-]?[0-9]{1,3})?") {
            let number: BigDecimal = text.parse().expect("a number");
            let json = json_text(&text);
            prop_assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok() || json.parse::<f64>().is_ok_and(f64::is_infinite), "{}", json);
            prop_assert_eq!(number, json.parse().expect("a number"));
        }

        #[cfg(feature = "cbor")]
        #[test]
        fn a_decimal_is_its_digits_times_a_power_of_ten(text in r"[+-]?[0-9]{1,9}(\.[0-9]{0,30})?([eE][+-]?[0-9]{1,3})?") {
            let (integer, exponent) = coefficient(&text).expect("in range");
            let one: BigDecimal = text.parse().expect("a number");
            prop_assert_eq!(one, scaled(&integer, exponent).parse().expect("a number"));
        }

        #[test]
        fn no_text_makes_setting_panic(text in "[-+.eE0-9]{0,12}|\\PC{0,8}") {
            let (mut integer, mut decimal) = (BigInteger::default(), BigDecimal::default());
            let is_integer = integer.set(&text);
            // Whatever is an integer of few digits is a decimal as well, and the same number.
            prop_assert!(!is_integer || decimal.set(&text) && decimal.same(&integer));
        }
    }
}
