//! Members from the text of headers.

use aws_smithy_types::{Blob, base64};

use crate::format::DecodeError;
use crate::shape::{Member, TimestampFormat};
use crate::slot::{Elements, Slot};

/// Fills a slot with the text of a header, or with the status code of a response.
///
/// # Errors
/// When the text does not parse, or the type cannot stand in a header.
pub(super) fn read_text(slot: Slot<'_>, text: &str, member: &Member) -> Result<(), DecodeError> {
    let trimmed = text.trim();
    match slot {
        Slot::Boolean(place) => *place = parsed(trimmed, "`true` or `false`")?,
        Slot::Integer(place) => {
            if !trimmed.parse().is_ok_and(|number| place.set(number)) {
                return Err(DecodeError::mismatch(place.range()));
            }
        }
        Slot::Float(place) => *place = parsed(trimmed, "a number")?,
        Slot::Double(place) => *place = parsed(trimmed, "a number")?,
        Slot::BigNumber(place) => {
            if !place.set(trimmed) {
                return Err(DecodeError::mismatch(place.expected()));
            }
        }
        Slot::Text(place) if member.media_type.is_some() => {
            *place = String::from_utf8(decoded(text)?).map_err(|_| DecodeError::mismatch("UTF-8 text"))?;
        }
        Slot::Text(place) => text.clone_into(place),
        Slot::Enum(word) => word.set(trimmed),
        Slot::Timestamp(place) => {
            *place = member.format.parse(trimmed).map_err(|_| DecodeError::mismatch("a timestamp"))?;
        }
        Slot::Blob(place) => *place = Blob::new(decoded(trimmed)?),
        Slot::List(list) => read_list(list, text, member)?,
        _ => return Err(DecodeError::mismatch("a type that a header can carry")),
    }
    Ok(())
}

fn parsed<T: std::str::FromStr>(text: &str, expected: &'static str) -> Result<T, DecodeError> {
    text.parse().map_err(|_| DecodeError::mismatch(expected))
}

fn decoded(text: &str) -> Result<Vec<u8>, DecodeError> {
    base64::decode(text).map_err(|_| DecodeError::mismatch("base64 text"))
}

fn read_list(list: &mut dyn Elements, text: &str, member: &Member) -> Result<(), DecodeError> {
    // An element tells what the list is of; it is taken back before any is read.
    let timestamps = matches!(list.append().slot(), Slot::Timestamp(_));
    list.withdraw();
    for part in split_header_list(text, timestamps && member.format == TimestampFormat::HttpDate)? {
        read_text(list.append().slot(), &part, member)?;
    }
    Ok(())
}

/// Splits the value of a list header at its commas, quotes respected. HTTP dates
/// hold a comma of their own, so a list of `dates` is split at every second one.
///
/// # Errors
/// When a quoted element does not end, or is followed by something other than a comma.
pub(super) fn split_header_list(text: &str, dates: bool) -> Result<Vec<String>, DecodeError> {
    if dates {
        let parts: Vec<&str> = text.split(',').map(str::trim).collect();
        return Ok(parts.chunks(2).map(|date| date.join(", ")).collect());
    }
    let mut parts = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let after = if let Some(quoted) = rest.strip_prefix('"') {
            let (part, after) = unquote(quoted)?;
            parts.push(part);
            after.trim_start()
        } else {
            let end = rest.find(',').unwrap_or(rest.len());
            parts.push(rest[..end].trim_end().to_owned());
            &rest[end..]
        };
        rest = match after.strip_prefix(',') {
            Some(next) => next.trim_start(),
            None if after.is_empty() => after,
            None => return Err(DecodeError::mismatch("a comma after a quoted header value")),
        };
    }
    Ok(parts)
}

/// The element up to the closing quote, unescaped, and the text after the quote.
fn unquote(text: &str) -> Result<(String, &str), DecodeError> {
    let mut part = String::new();
    let mut characters = text.char_indices();
    while let Some((index, character)) = characters.next() {
        match character {
            '"' => return Ok((part, &text[index + 1..])),
            '\\' => part.extend(characters.next().map(|(_, escaped)| escaped)),
            other => part.push(other),
        }
    }
    Err(DecodeError::mismatch("a closing quote in a header value"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn list_headers_split_at_commas_outside_quotes() {
        let parts = split_header_list(r#"a, "b,c" ,"say \"hi\"",d"#, false).expect("well formed");
        assert_eq!(parts, ["a", "b,c", "say \"hi\"", "d"]);
    }

    #[test]
    fn date_list_headers_split_at_every_second_comma() {
        let text = "Mon, 16 Dec 2019 23:48:18 GMT, Tue, 17 Dec 2019 23:48:18 GMT";
        let parts = split_header_list(text, true).expect("well formed");
        assert_eq!(parts, ["Mon, 16 Dec 2019 23:48:18 GMT", "Tue, 17 Dec 2019 23:48:18 GMT"]);
    }

    #[test]
    fn list_headers_with_open_quotes_are_errors() {
        assert!(split_header_list("\"a", false).is_err());
        assert!(split_header_list("\"a\" b", false).is_err());
    }
}
