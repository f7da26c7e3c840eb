//! The byte loop that reader and writer share: how far a string goes without
//! anything special in it.

const ONES: u64 = u64::from_ne_bytes([1; 8]);
const HIGH_BITS: u64 = ONES << 7;

/// Number of bytes at the front of `bytes` that stand for themselves in a JSON
/// string: everything before the first quote, backslash or control character.
pub(crate) fn plain_prefix(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    while let Some((chunk, tail)) = rest.split_first_chunk::<8>() {
        let marks = special_bytes(u64::from_le_bytes(*chunk));
        if marks != 0 {
            return bytes.len() - rest.len() + marks.trailing_zeros() as usize / 8;
        }
        rest = tail;
    }
    let tail = rest.iter().position(|&byte| is_special(byte)).unwrap_or(rest.len());
    bytes.len() - rest.len() + tail
}

fn is_special(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

/// Marks the special bytes among eight by their high bit.
///
/// With their second bit flipped, control characters and the quote are the bytes
/// below 0x21. A subtraction borrows only out of a byte that is special itself, so
/// a mark can be wrong above a right one, but the lowest mark never is.
fn special_bytes(word: u64) -> u64 {
    let control_or_quote = (word ^ (ONES * 0x02)).wrapping_sub(ONES * 0x21);
    let backslash = (word ^ (ONES * u64::from(b'\\'))).wrapping_sub(ONES);
    (control_or_quote | backslash) & !word & HIGH_BITS
}
