//! The differences that are meant to be, each with its reason. Every other difference fails the comparison.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde_json::Value;
use tests::model::Model;

use crate::facts::{Difference, quoted};
use crate::{nulls, wire};

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
        applies: |_, official, ours| only_answer_without_code(official, ours),
        reason: "an answer without the code of an error is told by its status, its type and its first words",
    },
    Explanation {
        applies: |aspect, _, _| aspect == nulls::ASPECT,
        reason: "null in a list or map that may not hold it is dropped, as Smithy asks of clients; AWS's crate refuses the answer",
    },
    Explanation {
        applies: |_, official, ours| only_confidential_body(official, ours),
        reason: "an answer that may hold secrets is not shown by the Debug of errors; AWS's crate shows its body",
    },
    Explanation {
        applies: |_, official, ours| only_order_of_members(official, ours),
        reason: "an error shows the request, whose JSON has its members in the order of the model",
    },
    Explanation {
        applies: |aspect, official, ours| aspect == wire::BODY && only_digits_of_floats(official, ours),
        reason: "a single-precision number has the fewest digits that read back the same; AWS's crate writes those of the double",
    },
    Explanation {
        applies: |aspect, official, ours| aspect == wire::BODY && only_zeros_more(official, ours),
        reason: "a structure is sent with what is zero or false by default, as Smithy asks; AWS's crate leaves that out",
    },
    Explanation {
        applies: |_, official, ours| only_type_of_endpoint_error(official, ours),
        reason: "what endpoint rules refuse is a text: AWS's type for it is of a crate without a stable version",
    },
    Explanation {
        applies: |aspect, official, ours| aspect == "panic message" && both_want_behavior_version(official, ours),
        reason: "a client without a behavior version panics in other words",
    },
    Explanation {
        applies: |aspect, _, ours| aspect == "panic location" && ours == "the caller",
        reason: "a client without a behavior version names the caller's line, AWS's crate one of its own",
    },
    Explanation {
        applies: |aspect, official, ours| aspect == "traits of paginator" && without_debug(ours) == official,
        reason: "paginators have Debug, too",
    },
];

/// Why `difference` is meant to be; `None` where nothing explains it.
pub(crate) fn reason(difference: &Difference) -> Option<&'static str> {
    let (official, ours) = (difference.official.as_deref()?, difference.ours.as_deref()?);
    let explanation = EXPLANATIONS.iter().find(|one| (one.applies)(&difference.aspect, official, ours));
    explanation.map(|explanation| explanation.reason)
}

/// Whether both sides show an answer, the official one with its body, and differ in nothing else, or in words.
fn only_confidential_body(official: &str, ours: &str) -> bool {
    const SHOWN: &str = "SdkBody { inner: Once(Some(b";
    const KEPT: &str = "SdkBody { inner: Taken";
    let Some((before, from)) = official.split_once(SHOWN).filter(|_| ours.contains(KEPT)) else { return false };
    let Some(after) = from[quoted(from)..].strip_prefix("))") else { return false };
    let official = [before, KEPT, after].concat();
    official == ours || only_words_of_parser(&official, ours) || only_answer_without_code(&official, ours)
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

/// Whether two documents are the same but for numbers, of which ours is the shortest text of the single-precision number
/// whose double the official one is.
fn only_digits_of_floats(official: &str, ours: &str) -> bool {
    let read = |text: &str| serde_json::from_str::<Value>(text).ok();
    matches!((read(official), read(ours)), (Some(official), Some(ours)) if same_floats(&official, &ours))
}

/// Whether both are JSON, and ours has more members that are zero or false; numbers may differ in their digits.
fn only_zeros_more(official: &str, ours: &str) -> bool {
    let read = |text: &str| serde_json::from_str::<Value>(text).ok();
    matches!((read(official), read(ours)), (Some(official), Some(ours)) if same_but_zeros(&official, &ours))
}

fn is_zero(value: &Value) -> bool {
    *value == false || value.as_f64() == Some(0.0)
}

/// The names of the members that are zero or false by default.
static ZEROS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let model = Model::load();
    let structures = model.structures();
    let members = structures.iter().flat_map(|id| model.members(id));
    members
        .filter(|member| member.find_trait("default").is_some_and(is_zero))
        .map(|member| member.name.to_owned())
        .collect()
});

fn same_but_zeros(official: &Value, ours: &Value) -> bool {
    match (official, ours) {
        (Value::Array(official), Value::Array(ours)) => {
            official.len() == ours.len()
                && official.iter().zip(ours).all(|(official, ours)| same_but_zeros(official, ours))
        }
        (Value::Object(official), Value::Object(ours)) => {
            let same = |(key, ours): (&String, &Value)| match official.get(key) {
                Some(official) => same_but_zeros(official, ours),
                None => ZEROS.contains(key) && is_zero(ours),
            };
            ours.iter().all(same) && official.keys().all(|key| ours.contains_key(key))
        }
        _ => same_floats(official, ours),
    }
}

fn same_floats(official: &Value, ours: &Value) -> bool {
    match (official, ours) {
        (Value::Number(official), Value::Number(ours)) if official.is_f64() && ours.is_f64() => {
            let single = ours.to_string().parse::<f32>();
            official == ours || single.is_ok_and(|single| official.as_f64() == Some(f64::from(single)))
        }
        (Value::Array(official), Value::Array(ours)) => {
            official.len() == ours.len()
                && official.iter().zip(ours).all(|(official, ours)| same_floats(official, ours))
        }
        (Value::Object(official), Value::Object(ours)) => {
            let same =
                |(key, official): (&String, &Value)| ours.get(key).is_some_and(|ours| same_floats(official, ours));
            official.len() == ours.len() && official.iter().all(same)
        }
        _ => official == ours,
    }
}

/// Whether the official side shows a refusal of endpoint rules by its type, ours by its text, and all else is the same.
fn only_type_of_endpoint_error(official: &str, ours: &str) -> bool {
    const TYPE: &str = "ResolveEndpointError { message: ";
    let mut text = String::new();
    let mut rest = official;
    while let Some((before, from)) = rest.split_once(TYPE) {
        let (message, after) = from.split_at(quoted(from));
        let Some(after) = after.strip_prefix(", source: None }") else { return false };
        text.extend([before, message]);
        rest = after;
    }
    rest.len() < official.len() && text + rest == ours
}

/// Whether both panics are about the behavior version, and name the feature that sets one.
fn both_want_behavior_version(official: &str, ours: &str) -> bool {
    let wanted = |text: &str| {
        text.starts_with("Invalid client configuration: ")
            && text.contains("version must be set")
            && text.contains("`behavior-version-latest`")
    };
    wanted(official) && wanted(ours)
}

/// The traits of a type but `Debug`.
fn without_debug(traits: &str) -> String {
    let others: Vec<_> = traits.split(' ').filter(|&name| name != "DEBUG").collect();
    others.join(" ")
}

/// What the emitted crate has as the source of an error where an answer could not be read.
const OURS: &str = "Unreadable";

/// Whether both sides tell of a parser's error and differ in nothing else.
fn only_words_of_parser(official: &str, ours: &str) -> bool {
    // AWS's crate has no type for headers that do not parse, only a text.
    let header = official.find("source: \"Failed to parse ");
    let official = match header {
        Some(at) => without_source(official, Some((at, "source: ".len() + quoted(&official[at + "source: ".len()..])))),
        None => without_source(official, parser(official, "DeserializeError")),
    };
    official.is_some_and(|official| without_source(ours, parser(ours, OURS)) == Some(official))
}

/// Whether the official side has nothing but metadata without a code as a source, and both differ in nothing else.
fn only_answer_without_code(official: &str, ours: &str) -> bool {
    let metadata = parser(official, "ErrorMetadata")
        .filter(|&(at, _)| official[at..].starts_with("source: ErrorMetadata { code: None,"));
    metadata.is_some() && without_source(official, metadata) == without_source(ours, parser(ours, OURS))
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
