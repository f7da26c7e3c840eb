//! Integers of any length between their digits and the bytes that CBOR has of them (RFC 8949, section 3.4.3).
//!
//! The work grows with the square of the length, which is bounded for that reason.

use crate::big_number::MOST_DIGITS;

/// How many bytes an integer may have.
const MOST_BYTES: usize = 1024;

/// A limb of decimal digits holds so many.
const DIGITS: usize = 9;

/// The first number that is too large for a limb of decimal digits.
const LIMB: u64 = 1_000_000_000;

/// An integer as CBOR has it: how far it is from 0, or a negative one from -1.
#[derive(Debug)]
pub(crate) struct Magnitude {
    is_negative: bool,
    /// The highest first, without zeros in front.
    bytes: Vec<u8>,
}

impl Magnitude {
    /// That of the integer with these digits, which may have a minus in front; `None` where they are more than
    /// [`MOST_DIGITS`] beside zeros in front.
    pub(super) fn of(text: &str) -> Option<Self> {
        let (minus, digits) = text.strip_prefix('-').map_or((false, text), |digits| (true, digits));
        let digits = digits.trim_start_matches('0');
        if digits.len() > MOST_DIGITS {
            return None;
        }
        // The lowest limb first.
        let mut limbs: Vec<u32> = Vec::with_capacity(digits.len() / DIGITS + 1);
        let (first, rest) = digits.split_at(digits.len() % DIGITS);
        let rest = (0..rest.len() / DIGITS).map(|index| &rest[index * DIGITS..][..DIGITS]);
        for chunk in std::iter::once(first).filter(|first| !first.is_empty()).chain(rest) {
            let mut carry: u64 = chunk.parse().ok()?;
            for limb in &mut limbs {
                carry += u64::from(*limb) * LIMB;
                *limb = carry as u32;
                carry >>= 32;
            }
            limbs.extend((carry > 0).then_some(carry as u32));
        }
        let is_negative = minus && !limbs.is_empty();
        if is_negative {
            for limb in &mut limbs {
                let (less, borrows) = limb.overflowing_sub(1);
                *limb = less;
                if !borrows {
                    break;
                }
            }
        }
        let bytes = limbs.iter().rev().flat_map(|limb| limb.to_be_bytes()).skip_while(|byte| *byte == 0).collect();
        Some(Self { is_negative, bytes })
    }

    pub(super) fn is_negative(&self) -> bool {
        self.is_negative
    }

    /// Its bytes, the highest first.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The same as a number, where it is one of 64 bits.
    pub(super) fn number(&self) -> Option<u64> {
        (self.bytes.len() <= 8).then(|| self.bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }
}

/// The digits of the integer with these bytes, the highest first; a negative one is farther from zero by one. `None` where
/// it has more than [`MOST_BYTES`] beside zeros in front.
pub(super) fn digits(bytes: &[u8], is_negative: bool) -> Option<String> {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    let bytes = &bytes[zeros..];
    if bytes.len() > MOST_BYTES {
        return None;
    }
    // The lowest limb first.
    let mut limbs: Vec<u64> = Vec::with_capacity(bytes.len() / 3 + 1);
    let (first, rest) = bytes.split_at(bytes.len() % 4);
    for chunk in std::iter::once(first).filter(|first| !first.is_empty()).chain(rest.chunks(4)) {
        let mut carry = chunk.iter().fold(0, |number, byte| number << 8 | u64::from(*byte));
        // A first chunk of fewer bytes meets no limbs.
        for limb in &mut limbs {
            carry += *limb << 32;
            *limb = carry % LIMB;
            carry /= LIMB;
        }
        while carry > 0 {
            limbs.push(carry % LIMB);
            carry /= LIMB;
        }
    }
    if is_negative {
        let mut carry = 1;
        for limb in &mut limbs {
            carry += *limb;
            *limb = carry % LIMB;
            carry /= LIMB;
        }
        limbs.extend((carry > 0).then_some(carry));
    }
    let mut text = if is_negative { "-".to_owned() } else { String::new() };
    let mut limbs = limbs.into_iter().rev();
    text += &limbs.next().unwrap_or_default().to_string();
    text.extend(limbs.map(|limb| format!("{limb:09}")));
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn round(text: &str) -> Option<String> {
        let magnitude = Magnitude::of(text)?;
        digits(magnitude.bytes(), magnitude.is_negative())
    }

    #[test]
    fn bytes_are_those_of_the_standard() {
        // RFC 8949, appendix A.
        let of = |text: &str| Magnitude::of(text).map(|magnitude| (magnitude.is_negative, magnitude.bytes));
        assert_eq!(of("18446744073709551616"), Some((false, vec![1, 0, 0, 0, 0, 0, 0, 0, 0])));
        assert_eq!(of("-18446744073709551617"), Some((true, vec![1, 0, 0, 0, 0, 0, 0, 0, 0])));
        assert_eq!(of("-18446744073709551616"), Some((true, vec![0xFF; 8])));
        assert_eq!(of("-0"), Some((false, Vec::new())));
        assert_eq!(of("-1"), Some((true, Vec::new())));
        assert_eq!(digits(&[], true).as_deref(), Some("-1"));
        assert_eq!(digits(&[0, 0], false).as_deref(), Some("0"));
    }

    #[test]
    fn lengths_are_bounded_on_both_ways() {
        let most = "9".repeat(MOST_DIGITS);
        assert_eq!(round(&most), Some(most.clone()));
        assert!(Magnitude::of(&most).is_some_and(|magnitude| magnitude.bytes.len() <= MOST_BYTES));
        assert!(Magnitude::of(&format!("{most}0")).is_none() && Magnitude::of(&format!("000{most}")).is_some());
        assert!(digits(&[1; MOST_BYTES + 1], false).is_none());
        let zeros_in_front: Vec<u8> = [[0; 2000].as_slice(), &[7]].concat();
        assert_eq!(digits(&zeros_in_front, true).as_deref(), Some("-8"));
        assert_eq!(digits(&[0xFF; MOST_BYTES], false).map(|text| text.len()), Some(MOST_DIGITS + 1));
    }

    proptest! {
        #[test]
        fn what_fits_into_128_bits_is_as_the_language_has_it(value: i128) {
            let magnitude = Magnitude::of(&value.to_string()).expect("short enough");
            let distance = if value < 0 { !value } else { value }.to_be_bytes();
            let zeros = distance.iter().take_while(|byte| **byte == 0).count();
            prop_assert_eq!((magnitude.is_negative(), magnitude.bytes()), (value < 0, &distance[zeros..]));
            prop_assert_eq!(digits(&distance, value < 0), Some(value.to_string()));
        }

        #[test]
        fn digits_survive_the_way_there_and_back(text in "-?[1-9][0-9]{0,300}") {
            prop_assert_eq!(round(&text), Some(text));
        }

        #[test]
        fn bytes_survive_the_way_there_and_back(bytes in prop::collection::vec(any::<u8>(), 0..200), is_negative: bool) {
            let text = digits(&bytes, is_negative).expect("short enough");
            let magnitude = Magnitude::of(&text).expect("short enough");
            let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
            prop_assert_eq!((magnitude.is_negative(), magnitude.bytes()), (is_negative, &bytes[zeros..]));
        }
    }
}
