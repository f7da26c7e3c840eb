//! Percent-encoding of what stands in paths, queries and forms.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but the unreserved characters of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// [`RESERVED`] without the slash, for greedy labels.
const RESERVED_BUT_SLASH: &AsciiSet = &RESERVED.remove(b'/');

/// Appends text to a path, a query or a form; `greedy` leaves slashes as they are.
pub(crate) fn push_encoded(target: &mut String, text: &str, greedy: bool) {
    target.extend(utf8_percent_encode(text, if greedy { RESERVED_BUT_SLASH } else { RESERVED }));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(text: &str, greedy: bool) -> String {
        let mut target = String::new();
        push_encoded(&mut target, text, greedy);
        target
    }

    #[test]
    fn labels_encode_all_but_unreserved_characters() {
        assert_eq!(
            encoded("arn:aws:ivs:eu-west-1:1:stage/a b~_.-é", false),
            "arn%3Aaws%3Aivs%3Aeu-west-1%3A1%3Astage%2Fa%20b~_.-%C3%A9"
        );
    }

    #[test]
    fn greedy_labels_keep_slashes() {
        assert_eq!(encoded("a/b c", true), "a/b%20c");
    }
}
