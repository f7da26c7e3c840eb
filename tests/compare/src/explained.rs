//! The differences that are meant to be, each with its reason. Every other difference fails the comparison.

use crate::facts::{Difference, quoted};
use crate::nulls;

/// A difference that is meant to be.
struct Explanation {
    /// Whether a difference is of this kind, given its aspect, and what AWS's crate and the emitted crate showed.
    applies: fn(&str, &str, &str) -> bool,
    /// Why the emitted crate does not do as AWS's crate does.
    reason: &'static str,
}

const EXPLANATIONS: &[Explanation] = &[
    Explanation {
        applies: |_, official, ours| only_words_of_parser(official, ours),
        reason: "a document that is no JSON, or not of the model's types, is refused by both, in other words",
    },
    Explanation {
        applies: |aspect, _, _| aspect == nulls::ASPECT,
        reason: "null in a list or map that may not hold it is dropped, as Smithy asks of clients; AWS's crate refuses the answer",
    },
    Explanation {
        applies: |_, official, ours| only_order_of_members(official, ours),
        reason: "an error shows the request, whose JSON has its members in the order of the model",
    },
];

/// Why `difference` is meant to be; `None` where nothing explains it.
pub(crate) fn reason(difference: &Difference) -> Option<&'static str> {
    let (official, ours) = (difference.official.as_deref()?, difference.ours.as_deref()?);
    let explanation = EXPLANATIONS.iter().find(|one| (one.applies)(&difference.aspect, official, ours));
    explanation.map(|explanation| explanation.reason)
}

/// Whether both sides show a request in full and differ in the order of what stands between braces and commas.
fn only_order_of_members(official: &str, ours: &str) -> bool {
    let sorted = |text: &str| {
        let mut parts: Vec<_> = text.split(['{', '}', ',']).map(str::to_owned).collect();
        parts.sort_unstable();
        parts
    };
    official.contains("failed to apply endpoint") && sorted(official) == sorted(ours)
}

/// Whether both sides tell of a parser's error and differ in nothing else.
fn only_words_of_parser(official: &str, ours: &str) -> bool {
    // AWS's crate has no type for headers that do not parse, only a text.
    let header = official.find("source: \"Failed to parse ");
    let official = match header {
        Some(at) => without_source(official, Some((at, "source: ".len() + quoted(&official[at + "source: ".len()..])))),
        None => without_source(official, parser(official, "DeserializeError")),
    };
    official.is_some_and(|official| without_source(ours, parser(ours, "ReadError")) == Some(official))
}

/// Where the `Debug` text of the parser's error `name` stands as a source, and its length.
fn parser(text: &str, name: &str) -> Option<(usize, usize)> {
    let at = text.find(&format!("source: {name} {{"))?;
    Some((at, balanced(&text[at..])))
}

/// `text` without the `Debug` text of a source, and without that error's own words, which stand after the words of the error
/// that it is the source of. `None` where the text tells of no such error.
fn without_source(text: &str, debug: Option<(usize, usize)>) -> Option<String> {
    const PARENT: &str = "unhandled error";
    let (head, tail) = match debug {
        Some((at, length)) => (&text[..at], &text[at + length..]),
        None => (text, ""),
    };
    match head.find(PARENT) {
        // Only the outermost words remain, and the closing half of the text that shows them.
        Some(at) => Some(format!("{}{tail}", &head[..at + PARENT.len()])),
        None => debug.map(|_| format!("{head}{tail}")),
    }
}

/// The length of what `text` begins with, up to the brace that closes its first one; braces in literals do not count.
fn balanced(text: &str) -> usize {
    let (mut depth, mut literal, mut escaped) = (0_usize, None, false);
    for (at, letter) in text.char_indices() {
        match (literal, letter) {
            _ if escaped => escaped = false,
            (_, '\\') => escaped = true,
            (Some(quote), _) => literal = (letter != quote).then_some(quote),
            (None, '"' | '\'') => literal = Some(letter),
            (None, '{') => depth += 1,
            (None, '}') if depth == 1 => return at + 1,
            (None, '}') => depth -= 1,
            _ => {}
        }
    }
    text.len()
}
