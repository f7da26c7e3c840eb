//! Tests of the CBOR engine: single behaviours, then properties against `ciborium`.

mod fill;
mod properties;
mod read;
mod write;

/// The bytes that hexadecimal digits stand for; blanks are for reading.
fn hex(digits: &str) -> Vec<u8> {
    let digits: Vec<u8> = digits.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let byte = |pair: &[u8]| std::str::from_utf8(pair).ok().and_then(|pair| u8::from_str_radix(pair, 16).ok());
    digits.chunks(2).map(|pair| byte(pair).expect("two digits")).collect()
}
