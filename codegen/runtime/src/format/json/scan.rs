//! The byte loop that reader and writer share: how far a string goes without
//! anything special in it.

const ONES: u64 = u64::from_ne_bytes([1; 8]);
const HIGH_BITS: u64 = ONES << 7;

/// Number of bytes at the front of `bytes` that stand for themselves in a JSON
/// string: everything before the first quote, backslash or control character.
pub(crate) fn plain_prefix(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    while let Some((chunk, tail)) = rest.split_first_chunk() {
        if let Some(place) = first_special(*chunk) {
            return bytes.len() - rest.len() + place;
        }
        rest = tail;
    }
    // What is left is the end of eight bytes, all others of which are known to be plain.
    if let Some(chunk) = bytes.last_chunk() {
        return first_special(*chunk).map_or(bytes.len(), |place| bytes.len() - chunk.len() + place);
    }
    rest.iter().position(|&byte| is_special(byte)).unwrap_or(rest.len())
}

fn is_special(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

/// The first special byte among eight.
fn first_special(chunk: [u8; 8]) -> Option<usize> {
    let marks = special_bytes(u64::from_le_bytes(chunk));
    (marks != 0).then(|| marks.trailing_zeros() as usize / 8)
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
