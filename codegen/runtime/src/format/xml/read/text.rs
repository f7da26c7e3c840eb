//! Text between tags, and in attributes.

use std::borrow::Cow;

use super::XmlReader;
use crate::format::DecodeError;

/// Whether a byte is white space of XML.
pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

/// The length of the character that begins with a byte at the reader's position, in bytes that can be passed over at once.
///
/// # Errors
/// When no document of XML can hold it.
pub(super) fn check(byte: u8, reader: &XmlReader<'_>) -> Result<usize, DecodeError> {
    let is_foreign = match byte {
        b'\t' | b'\r' | b'\n' | b' '..=0xee | 0xf0.. => false,
        // U+FFFE and U+FFFF are no characters.
        0xef => matches!(reader.rest(), [_, 0xbf, 0xbe | 0xbf, ..]),
        _ => true,
    };
    if is_foreign { Err(reader.refused("a control character")) } else { Ok(1) }
}

/// The character that a reference at the beginning of a text stands for, and the length of the reference; `None` for what is
/// not one of the five entities of XML itself, or the number of a character other than zero.
pub(super) fn reference(text: &str) -> Option<(char, usize)> {
    let end = text.as_bytes().iter().take(MAX_REFERENCE).position(|byte| *byte == b';')?;
    let character = match &text[1..end] {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        number => {
            let number = number.strip_prefix('#')?;
            let (digits, radix) = number.strip_prefix('x').map_or((number, 10), |digits| (digits, 16));
            // A sign is no digit.
            let is_number = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
            let code = u32::from_str_radix(digits, radix).ok().filter(|code| is_number && *code != 0)?;
            char::from_u32(code)?
        }
    };
    Some((character, end + 1))
}

/// A reference is shorter, unless somebody fills it up with zeros.
const MAX_REFERENCE: usize = 32;

/// Moves to the next markup, and checks the text until there.
pub(super) fn pass(reader: &mut XmlReader<'_>) -> Result<(), DecodeError> {
    loop {
        plain(reader)?;
        match reader.rest() {
            [b'&', ..] => reader.position += referred(reader)?.1,
            [b'\r', ..] => reader.position += 1,
            _ => return Ok(()),
        }
    }
}

/// Reads the text up to the next markup.
pub(super) fn take<'a>(reader: &mut XmlReader<'a>) -> Result<Cow<'a, str>, DecodeError> {
    let mut whole = Cow::Borrowed("");
    loop {
        let start = reader.position;
        plain(reader)?;
        append(&mut whole, Cow::Borrowed(&reader.text[start..reader.position]));
        match reader.rest() {
            [b'&', ..] => {
                let (character, length) = referred(reader)?;
                whole.to_mut().push(character);
                reader.position += length;
            }
            // Ends of lines are all the same.
            [b'\r', rest @ ..] => {
                whole.to_mut().push('\n');
                reader.position += 1 + usize::from(rest.first() == Some(&b'\n'));
            }
            _ => return Ok(whole),
        }
    }
}

/// Adds a piece of text to others.
pub(super) fn append<'a>(whole: &mut Cow<'a, str>, piece: impl Into<Cow<'a, str>>) {
    let piece = piece.into();
    if whole.is_empty() {
        *whole = piece;
    } else if !piece.is_empty() {
        whole.to_mut().push_str(&piece);
    }
}

/// The value of an attribute that was checked: references resolved, and a space for each other blank.
pub(super) fn attribute_value(written: &str) -> Cow<'_, str> {
    if !written.contains(['&', '\t', '\r', '\n']) {
        return Cow::Borrowed(written);
    }
    let mut value = String::with_capacity(written.len());
    let mut rest = written;
    while let Some(character) = rest.chars().next() {
        let (character, length) = match character {
            '&' => reference(rest).unwrap_or((character, 1)),
            '\r' if rest.starts_with("\r\n") => (' ', 2),
            '\t' | '\r' | '\n' => (' ', 1),
            other => (other, other.len_utf8()),
        };
        value.push(character);
        rest = &rest[length..];
    }
    Cow::Owned(value)
}

/// The text of a section, with one kind of ends of lines.
pub(super) fn section(written: &str) -> Cow<'_, str> {
    match written.contains('\r') {
        true => Cow::Owned(written.replace("\r\n", "\n").replace('\r', "\n")),
        false => Cow::Borrowed(written),
    }
}

/// Bytes that text is not passed over at.
const SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let mut control = 0;
    while control < 0x20 {
        special[control] = control != b'\t' as usize && control != b'\n' as usize;
        control += 1;
    }
    special[b'<' as usize] = true;
    special[b'&' as usize] = true;
    special[b']' as usize] = true;
    special[0xef] = true;
    special
};

/// Moves over text that stands for itself.
fn plain(reader: &mut XmlReader<'_>) -> Result<(), DecodeError> {
    loop {
        let rest = reader.rest();
        reader.position += rest.iter().position(|byte| SPECIAL[usize::from(*byte)]).unwrap_or(rest.len());
        match reader.rest() {
            [] | [b'<' | b'&' | b'\r', ..] => return Ok(()),
            [b']', b']', b'>', ..] => return Err(reader.refused("the end of a section that was not begun")),
            [byte, ..] => reader.position += check(*byte, reader)?,
        }
    }
}

fn referred(reader: &XmlReader<'_>) -> Result<(char, usize), DecodeError> {
    reference(&reader.text[reader.position..]).ok_or_else(|| reader.refused("an entity that is not one of XML itself"))
}
