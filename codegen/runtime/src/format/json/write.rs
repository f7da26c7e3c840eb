//! Streaming JSON writer.

use aws_smithy_types::primitive::Encoder;

use crate::format::json::scan::plain_prefix;

/// Writes one JSON text into a growing `String`, without whitespace.
///
/// Commas and colons are placed by the writer; the caller makes sure that
/// every value of an object follows a [`key`](Self::key) and that every
/// `begin_` has its `end_`.
///
/// ```
/// # use smithy_client_runtime::format::json::write::JsonWriter;
/// let mut json = JsonWriter::new();
/// json.begin_object();
/// json.key("name");
/// json.string("lobby");
/// json.key("seats");
/// json.begin_array();
/// json.integer(1);
/// json.integer(2);
/// json.end_array();
/// json.end_object();
/// assert_eq!(json.finish(), r#"{"name":"lobby","seats":[1,2]}"#);
/// ```
#[derive(Default)]
pub struct JsonWriter {
    text: String,
    /// A value stands before the current place, so that the next key or element needs a comma.
    comma: bool,
}

impl JsonWriter {
    /// An empty writer.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty writer with room for `bytes` bytes of JSON.
    pub fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), comma: false }
    }

    /// Opens an object.
    pub fn begin_object(&mut self) {
        self.open('{');
    }

    /// Closes the innermost object.
    pub fn end_object(&mut self) {
        self.close('}');
    }

    /// Opens an array.
    pub fn begin_array(&mut self) {
        self.open('[');
    }

    /// Closes the innermost array.
    pub fn end_array(&mut self) {
        self.close(']');
    }

    /// Writes the key of the value that comes next.
    pub fn key(&mut self, key: &str) {
        self.separate();
        self.quoted(key);
        self.text.push(':');
        self.comma = false;
    }

    /// As [`Self::key`], for a key that JSON writes as it stands.
    pub(crate) fn plain_key(&mut self, key: &str) {
        self.separate();
        self.text.push('"');
        self.text.push_str(key);
        self.text.push_str("\":");
        self.comma = false;
    }

    /// Writes a string, escaping quotes, backslashes and control characters.
    pub fn string(&mut self, value: &str) {
        self.separate();
        self.quoted(value);
    }

    /// Writes `true` or `false`.
    pub fn boolean(&mut self, value: bool) {
        self.raw(if value { "true" } else { "false" });
    }

    /// Writes a signed integer.
    pub fn integer(&mut self, value: i64) {
        self.raw(Encoder::from(value).encode());
    }

    /// Writes an unsigned integer.
    pub fn unsigned(&mut self, value: u64) {
        self.raw(Encoder::from(value).encode());
    }

    /// Writes a single-precision number in the shortest form that reads back as the same
    /// single-precision number: `0.1_f32` is `0.1`. The official clients write the double of
    /// the same value, `0.10000000149011612`.
    ///
    /// What is not finite becomes a string, as [`double`](Self::double) has it.
    pub fn float(&mut self, value: f32) {
        self.decimal(Encoder::from(value).encode(), value.is_finite());
    }

    /// Writes a double-precision number in the shortest form that reads back the same.
    ///
    /// JSON has no text for what is not finite, so those values become the strings
    /// `"NaN"`, `"Infinity"` and `"-Infinity"`, which Smithy's JSON protocols define.
    pub fn double(&mut self, value: f64) {
        self.decimal(Encoder::from(value).encode(), value.is_finite());
    }

    /// Writes `null`.
    pub fn null(&mut self) {
        self.raw("null");
    }

    /// Writes `json` as the next value, unchecked: it must be one JSON value, for
    /// instance a number with more digits than the other functions can take.
    pub fn raw(&mut self, json: &str) {
        self.separate();
        self.text.push_str(json);
    }

    /// The JSON text written so far.
    pub fn finish(self) -> String {
        self.text
    }

    fn decimal(&mut self, text: &str, finite: bool) {
        if finite {
            self.raw(text);
        } else {
            self.string(text);
        }
    }

    /// Puts the comma that the next key or value may need before it.
    fn separate(&mut self) {
        if self.comma {
            self.text.push(',');
        }
        self.comma = true;
    }

    fn open(&mut self, bracket: char) {
        self.separate();
        self.text.push(bracket);
        self.comma = false;
    }

    fn close(&mut self, bracket: char) {
        self.text.push(bracket);
        self.comma = true;
    }

    fn quoted(&mut self, value: &str) {
        self.text.push('"');
        let mut rest = value;
        loop {
            let plain = plain_prefix(rest.as_bytes());
            self.text.push_str(&rest[..plain]);
            let Some(&special) = rest.as_bytes().get(plain) else {
                break;
            };
            self.escape(special);
            rest = &rest[plain + 1..];
        }
        self.text.push('"');
    }

    fn escape(&mut self, byte: u8) {
        const HEX: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
        let short = match byte {
            b'"' => '"',
            b'\\' => '\\',
            0x08 => 'b',
            0x0C => 'f',
            b'\n' => 'n',
            b'\r' => 'r',
            b'\t' => 't',
            _ => {
                self.text.push_str("\\u00");
                self.text.push(HEX[usize::from(byte >> 4)]);
                self.text.push(HEX[usize::from(byte & 0xF)]);
                return;
            }
        };
        self.text.push('\\');
        self.text.push(short);
    }
}
