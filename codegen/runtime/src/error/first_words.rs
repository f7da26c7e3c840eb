//! The first words of a text from anywhere, fit for one line of an error.

/// How many letters are shown at most.
const LONGEST: usize = 120;

/// How much of a text is looked at, in bytes: pages begin with scripts and styles.
const LOOKED_AT: usize = 64 * 1024;

/// The first words of a text or a page: on one line, without markup, scripts and styles, and with spaces in the place of
/// whatever is no letter, digit or ASCII character in print, so that it cannot act on a terminal or pretend to be another
/// line. It ends in `...` where more would follow, and where the text stops being UTF-8.
pub(super) fn first_words(text: &[u8]) -> String {
    let head = &text[..text.len().min(LOOKED_AT)];
    let text = head.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    let folded = text.to_ascii_lowercase();
    let mut words = String::new();
    let mut at = 0;
    let mut count = 0;
    while let Some(letter) = text[at..].chars().next() {
        let (letter, length) = match letter {
            '<' => markup(&folded[at..]).map_or((letter, 1), |length| (' ', length)),
            '&' => entity(&folded[at..]).unwrap_or((letter, 1)),
            _ => (letter, letter.len_utf8()),
        };
        at += length;
        if letter.is_alphanumeric() || letter.is_ascii_graphic() {
            words.push(letter);
            count += 1;
        } else if !words.is_empty() && !words.ends_with(' ') {
            words.push(' ');
            count += 1;
        }
        if count > LONGEST {
            let end = words.rfind(' ').filter(|&end| end > 0).unwrap_or(words.len());
            words.truncate(end);
            return words + "...";
        }
    }
    words.truncate(words.trim_end().len());
    words
}

/// The length of the tag, comment or declaration that a text in lower case begins with; of a script and a style with all
/// that is in it. `None` where the text begins with a mere `<`.
fn markup(text: &str) -> Option<usize> {
    let end = match text.as_bytes().get(1)? {
        b'!' if text.starts_with("<!--") => "-->",
        b's' if text.starts_with("<script") => "</script>",
        b's' if text.starts_with("<style") => "</style>",
        b'a'..=b'z' | b'/' | b'!' | b'?' => ">",
        _ => return None,
    };
    Some(text.find(end).map_or(text.len(), |at| at + end.len()))
}

/// The letter that an entity at the beginning of a text stands for, and the length of the entity.
fn entity(text: &str) -> Option<(char, usize)> {
    let known = [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&#39;", '\''), ("&nbsp;", ' ')];
    known.into_iter().find(|(name, _)| text.starts_with(name)).map(|(name, letter)| (letter, name.len()))
}

#[cfg(test)]
mod tests {
    use super::first_words;

    #[test]
    fn pages_lose_their_markup() {
        let page = "<!DOCTYPE html><html>\n<head><title>502 Bad Gateway</title><STYLE>h1 > b {}</STYLE>\n\
            <script>if (a < b) { go('</p>') }</script></head><!-- a > b --><body><h1>Sorry</h1>A &lt; B &amp; C";
        assert_eq!(first_words(page.as_bytes()), "502 Bad Gateway Sorry A < B & C");
    }

    #[test]
    fn plain_text_stays() {
        assert_eq!(first_words(b" 1 < 2 & 3 > 2\r\n &unknown; "), "1 < 2 & 3 > 2 &unknown;");
        assert_eq!(first_words("größe 大きさ".as_bytes()), "größe 大きさ");
    }

    #[test]
    fn what_is_not_for_reading_becomes_a_space() {
        assert_eq!(first_words("a\u{1b}[31mb\u{202e}c\u{0}d\u{200b}e".as_bytes()), "a [31mb c d e");
        assert_eq!(first_words(b"\x1f\x8b\x08\x00"), "");
        assert_eq!(first_words(b"page \xe9t\xe9"), "page");
    }

    #[test]
    fn long_texts_end_after_a_word() {
        let words = first_words("word ".repeat(100).as_bytes());
        assert_eq!(words, format!("{}...", ["word"; 24].join(" ")));
        assert_eq!(first_words("x".repeat(500).as_bytes()).len(), 124);
        assert_eq!(first_words(format!("<style>{}", "x".repeat(100_000)).as_bytes()), "");
        assert_eq!(first_words(b"<p"), "");
    }
}
