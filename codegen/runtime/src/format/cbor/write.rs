//! Streaming CBOR writer.

use super::magnitude::Magnitude;

/// Writes one CBOR item into a growing vector, each number in as few bytes as it takes.
///
/// The caller makes sure that every key of a map is followed by a value, that lists and maps with a length get as many
/// elements or entries, and that those without one get their [`end`](Self::end).
///
/// ```
/// # use smithy_client_runtime::format::cbor::write::CborWriter;
/// let mut cbor = CborWriter::default();
/// cbor.begin_open_map();
/// cbor.text("seats");
/// cbor.begin_list(2);
/// cbor.integer(1);
/// cbor.integer(-1);
/// cbor.end();
/// assert_eq!(cbor.finish(), b"\xBF\x65seats\x82\x01\x20\xFF");
/// ```
#[derive(Debug, Default)]
pub struct CborWriter {
    bytes: Vec<u8>,
}

impl CborWriter {
    /// An empty writer with room for so many bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        Self { bytes: Vec::with_capacity(bytes) }
    }

    /// Opens a list of so many elements.
    pub fn begin_list(&mut self, length: usize) {
        self.head(0x80, length as u64);
    }

    /// Opens a map of so many entries.
    pub fn begin_map(&mut self, length: usize) {
        self.head(0xA0, length as u64);
    }

    /// Opens a map that ends with its [`end`](Self::end).
    pub fn begin_open_map(&mut self) {
        self.bytes.push(0xBF);
    }

    /// Ends the innermost map that was opened without a length.
    pub fn end(&mut self) {
        self.bytes.push(0xFF);
    }

    /// Writes a text.
    pub fn text(&mut self, value: &str) {
        self.head(0x60, value.len() as u64);
        self.bytes.extend_from_slice(value.as_bytes());
    }

    /// Writes a string of bytes.
    pub fn byte_string(&mut self, value: &[u8]) {
        self.head(0x40, value.len() as u64);
        self.bytes.extend_from_slice(value);
    }

    /// Writes `true` or `false`.
    pub fn boolean(&mut self, value: bool) {
        self.bytes.push(if value { 0xF5 } else { 0xF4 });
    }

    /// Writes null.
    pub fn null(&mut self) {
        self.bytes.push(0xF6);
    }

    /// Writes an integer.
    pub fn integer(&mut self, value: i64) {
        let kind = if value < 0 { 0x20 } else { 0x00 };
        // A negative one stands as how far it is from -1.
        self.head(kind, (if value < 0 { !value } else { value }).unsigned_abs());
    }

    /// Writes an integer of any length: as such where it has eight bytes at most, else as a string of bytes with a tag.
    pub(crate) fn big_integer(&mut self, value: &Magnitude) {
        let (kind, tag) = if value.is_negative() { (0x20, 0xC3) } else { (0x00, 0xC2) };
        match value.number() {
            Some(number) => self.head(kind, number),
            None => {
                self.bytes.push(tag);
                self.byte_string(value.bytes());
            }
        }
    }

    /// Writes the tag of a decimal, and opens the list of its exponent and its coefficient, which come next.
    pub(crate) fn begin_decimal(&mut self) {
        self.bytes.push(0xC4);
        self.begin_list(2);
    }

    /// Writes a number of single precision. Half precision is not for sending, as not every service reads it.
    pub fn float(&mut self, value: f32) {
        self.bytes.push(0xFA);
        self.bytes.extend_from_slice(&value.to_be_bytes());
    }

    /// Writes a number of double precision, in single precision if that loses nothing.
    pub fn double(&mut self, value: f64) {
        let single = value as f32;
        if f64::from(single) == value || value.is_nan() {
            return self.float(single);
        }
        self.bytes.push(0xFB);
        self.bytes.extend_from_slice(&value.to_be_bytes());
    }

    /// Writes the tag of the number that comes next: seconds since 1970.
    pub fn tag_time(&mut self) {
        self.bytes.push(0xC1);
    }

    /// The CBOR written so far.
    pub fn finish(self) -> Vec<u8> {
        self.bytes
    }

    /// Writes the first bytes of an item: its kind with the number that belongs to it.
    fn head(&mut self, kind: u8, number: u64) {
        let bytes = number.to_be_bytes();
        let (low, width) = match number {
            0..=23 => return self.bytes.push(kind | bytes[7]),
            24..=0xFF => (24, 1),
            0x100..=0xFFFF => (25, 2),
            0x1_0000..=0xFFFF_FFFF => (26, 4),
            _ => (27, 8),
        };
        self.bytes.push(kind | low);
        self.bytes.extend_from_slice(&bytes[8 - width..]);
    }
}
