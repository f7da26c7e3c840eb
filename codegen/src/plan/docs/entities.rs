//! Character references of HTML, such as `&lt;` and `&#8217;`.

use super::printable::is_printable;

/// Named references that occur in documentation, found in any case. Others stay as they are.
const NAMED: &[(&str, &str)] = &[
    ("amp", "&"),
    ("apos", "'"),
    ("bull", "•"),
    ("copy", "©"),
    ("deg", "°"),
    ("ge", "≥"),
    ("gt", ">"),
    ("hellip", "…"),
    ("laquo", "«"),
    ("larr", "←"),
    ("ldquo", "“"),
    ("le", "≤"),
    ("lsquo", "‘"),
    ("lt", "<"),
    ("mdash", "—"),
    ("middot", "·"),
    ("minus", "−"),
    ("micro", "µ"),
    ("nbsp", " "),
    ("ndash", "–"),
    ("ne", "≠"),
    ("para", "¶"),
    ("plusmn", "±"),
    ("quot", "\""),
    ("raquo", "»"),
    ("rarr", "→"),
    ("rdquo", "”"),
    ("reg", "®"),
    ("rsquo", "’"),
    ("sect", "§"),
    ("shy", ""),
    ("times", "×"),
    ("trade", "™"),
    ("zwj", ""),
    ("zwnj", ""),
];

/// The longest reference that is looked for, `&` and `;` excluded.
const LONGEST: usize = 10;

/// Reads the reference that `text` starts with: what it stands for, and its
/// length in bytes. `None` if `text` does not start with a known one.
fn reference(text: &str) -> Option<(String, usize)> {
    let body = text.strip_prefix('&')?;
    let end = body.bytes().take(LONGEST + 1).position(|byte| byte == b';')?;
    let name = &body[..end];
    let value = match name.strip_prefix('#') {
        Some(number) => numbered(number)?,
        None => {
            let known = NAMED.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
            known.map(|(_, value)| (*value).to_owned())?
        }
    };
    Some((value, end + 2))
}

/// Replaces every known reference in `text`.
pub(super) fn decode(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        rest = &rest[at..];
        let (value, length) = reference(rest).unwrap_or(("&".to_owned(), 1));
        decoded.push_str(&value);
        rest = &rest[length..];
    }
    decoded.push_str(rest);
    decoded
}

/// The character with the number `8217` or `x2019`; characters that cannot
/// stand in a doc comment become a space.
fn numbered(number: &str) -> Option<String> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    let c = char::from_u32(code)?;
    Some(if is_printable(c) { c } else { ' ' }.to_string())
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn references_by_name_and_number_are_decoded() {
        assert_eq!(decode("&lt;b&GT; &#8217;&#x2019; &nbsp;x"), "<b> ’’  x");
    }

    #[test]
    fn what_is_no_reference_stays() {
        assert_eq!(decode("a && b &; &unknown; &Key={k};"), "a && b &; &unknown; &Key={k};");
    }

    #[test]
    fn control_characters_do_not_get_in_by_number() {
        assert_eq!(decode("a&#13;b&#x202E;c"), "a b c");
    }
}
