//! Bodies that are not as the model says: members exchanged, documents cut off, bytes that are no JSON.

use ::tests::values::text;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Map, Value, json};

/// Marks a string of a document whose rest is to stand there as it is, without quotes: JSON that a [`Value`] cannot hold.
const VERBATIM: char = '\u{e000}';

/// A change at one place of a document.
#[derive(Clone, Debug)]
pub(crate) struct Edit {
    place: Index,
    change: Change,
}

#[derive(Clone, Debug)]
enum Change {
    /// The value becomes another, most likely of another type.
    Replace(Value),
    /// The value is wrapped in arrays or objects.
    Deepen(usize, bool),
    /// The object at that place, or around it, gets one more member; a member of that name is replaced.
    Insert(String, Value),
}

/// A change to the text of a document.
#[derive(Clone, Debug)]
pub(crate) enum Damage {
    /// The text ends early.
    Truncate(Index),
    /// These bytes are inserted at a place.
    Insert(Index, Vec<u8>),
    /// One byte becomes another.
    Flip(Index, u8),
    /// The text is these bytes instead.
    Replace(Vec<u8>),
}

/// One to three changes.
pub(crate) fn edits() -> BoxedStrategy<Vec<Edit>> {
    let change = prop_oneof![
        2 => Just(Change::Replace(Value::Null)),
        4 => foreign_value().prop_map(Change::Replace),
        1 => (prop_oneof![1_usize..4, Just(126), Just(127), Just(128), Just(140)], any::<bool>())
            .prop_map(|(depth, array)| Change::Deepen(depth, array)),
        3 => (prop_oneof![text(), Just("unknownMember".to_owned())], foreign_value())
            .prop_map(|(name, value)| Change::Insert(name, value)),
    ];
    let edit = (any::<Index>(), change).prop_map(|(place, change)| Edit { place, change });
    proptest::collection::vec(edit, 1..4).boxed()
}

/// Numbers that parsers disagree about.
const NUMBERS: [&str; 24] = [
    "1e400",
    "-1e400",
    "1E2",
    "1e2",
    "1.0",
    "1.5",
    "-0",
    "-0.0",
    "-1",
    "0",
    "2147483647",
    "2147483648",
    "-2147483649",
    "9223372036854775808",
    "18446744073709551616",
    "1e-400",
    "01",
    "+1",
    ".5",
    "1.",
    "1e",
    "0x10",
    "--1",
    "-",
];

/// Words that are no JSON.
const WORDS: [&str; 5] = ["NaN", "Infinity", "True", "nul", "'text'"];

/// Strings with odd escapes, or with what has to be escaped.
const STRINGS: [&str; 9] = [
    "\"\\u00e9\\ud83c\\udfa5\"",
    "\"\\ud83c\"",
    "\"\\udfa5\\ud83c\"",
    "\"\\u12\"",
    "\"\\x41\"",
    "\"\\/\\b\\f\"",
    "\"\\u0000\"",
    "\"line\nbreak\"",
    "\"tab\t\"",
];

/// Objects and arrays that are not well formed, or oddly so.
const CONTAINERS: [&str; 11] = [
    "{\"a\":1,\"a\":2}",
    "{\"a\":1,}",
    "[1,]",
    "[,1]",
    "{\"a\"}",
    "{a:1}",
    "{\"\\u0061rn\":\"x\"}",
    "[1 2]",
    "{\"a\" 1}",
    "{1:2}",
    "/**/1",
];

/// A value of any type, with numbers, escapes and texts that parsers disagree about.
fn foreign_value() -> BoxedStrategy<Value> {
    let verbatim = select([&NUMBERS[..], &WORDS, &STRINGS, &CONTAINERS].concat());
    let plain = select([of_every_type(), instants()].concat());
    prop_oneof![2 => plain, 2 => verbatim.prop_map(|text| json!(format!("{VERBATIM}{text}"))), 1 => text().prop_map(Value::from)]
        .boxed()
}

/// A few values of each type, and words for numbers and booleans.
fn of_every_type() -> Vec<Value> {
    vec![
        json!(true),
        json!(false),
        json!(0),
        json!(1),
        json!(""),
        json!([]),
        json!({}),
        json!([null]),
        json!([[]]),
        json!({"a": null}),
        json!({"a": {"b": [1, "c"]}}),
        json!("NaN"),
        json!("Infinity"),
        json!("1"),
        json!("true"),
    ]
}

/// Instants in every format, and dates that are none.
fn instants() -> Vec<Value> {
    vec![
        json!("2024-02-30T00:00:00Z"),
        json!("2024-01-01"),
        json!("2024-01-01T00:00:00"),
        json!("2024-01-01T00:00:00+01:00"),
        json!("2024-01-01t00:00:00z"),
        json!("2024-01-01T24:00:00Z"),
        json!("2024-01-01T00:00:60Z"),
        json!("2024-01-01T00:00:00.1234567891Z"),
        json!("10000-01-01T00:00:00Z"),
        json!("0000-01-01T00:00:00Z"),
        json!("Mon, 01 Jan 2024 00:00:00 GMT"),
        json!("1700000000"),
        json!(1_700_000_000),
        json!(1_700_000_000.5),
    ]
}

/// One change to a document's text.
pub(crate) fn damage() -> BoxedStrategy<Damage> {
    let bytes = select(vec![
        &b" "[..],
        b"\n\t\r ",
        b"\x0c",
        b"\xef\xbb\xbf",
        b"\0",
        b",",
        b"}",
        b"]",
        b"{}",
        b"null",
        b"x",
        b"\"",
        b"\\",
        b"\xff",
        b"\xc3\x28",
        b"//c\n",
        b":",
    ]);
    let bytes = bytes.prop_map(<[u8]>::to_vec).boxed();
    let whole = select(vec![
        &b""[..],
        b" ",
        b"null",
        b"true",
        b"0",
        b"\"text\"",
        b"[]",
        b"[{}]",
        b"{}",
        b" {} ",
        b"{} ",
        b"{}x",
        b"{}{}",
        b"{} null",
        b"{",
        b"}",
        b"{]",
        b"<html><body>502</body></html>",
        b"\xef\xbb\xbf{}",
        b"\xff\xfe{\0}\0",
        b"undefined",
        b"{\"\":1}",
    ]);
    prop_oneof![
        2 => any::<Index>().prop_map(Damage::Truncate),
        3 => (any::<Index>(), bytes).prop_map(|(place, bytes)| Damage::Insert(place, bytes)),
        2 => (any::<Index>(), any::<u8>()).prop_map(|(place, byte)| Damage::Flip(place, byte)),
        2 => whole.prop_map(|bytes| Damage::Replace(bytes.to_vec())),
    ]
    .boxed()
}

/// The text of `document` after `edits`.
pub(crate) fn edited(mut document: Value, edits: &[Edit]) -> Vec<u8> {
    for edit in edits {
        let mut place = edit.place.index(count(&document));
        apply(&mut document, &mut place, &edit.change);
    }
    unquote(&document.to_string()).into_bytes()
}

/// The text of `document` after `damage`.
pub(crate) fn damaged(document: &Value, damage: &Damage) -> Vec<u8> {
    let mut text = document.to_string().into_bytes();
    match damage {
        Damage::Truncate(place) => text.truncate(place.index(text.len())),
        Damage::Insert(place, bytes) => {
            let at = place.index(text.len() + 1);
            text.splice(at..at, bytes.iter().copied());
        }
        Damage::Flip(place, byte) => {
            let at = place.index(text.len());
            text[at] = *byte;
        }
        Damage::Replace(bytes) => text.clone_from(bytes),
    }
    text
}

fn children(value: &mut Value) -> Vec<&mut Value> {
    match value {
        Value::Array(elements) => elements.iter_mut().collect(),
        Value::Object(members) => members.values_mut().collect(),
        _ => Vec::new(),
    }
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(elements) => elements.iter().map(count).sum::<usize>(),
        Value::Object(members) => members.values().map(count).sum(),
        _ => 0,
    }
}

/// Applies `change` to the value that `place` counts down to, in document order.
fn apply(value: &mut Value, place: &mut usize, change: &Change) -> bool {
    if *place == 0 {
        *value = changed(value.take(), change);
        return true;
    }
    *place -= 1;
    children(value).into_iter().any(|child| apply(child, place, change))
}

fn changed(value: Value, change: &Change) -> Value {
    match change {
        Change::Replace(other) => other.clone(),
        Change::Deepen(depth, array) => (0..*depth).fold(value, |inner, _| match array {
            true => json!([inner]),
            false => json!({"x": inner}),
        }),
        Change::Insert(name, other) => match value {
            Value::Object(mut members) => {
                members.insert(name.clone(), other.clone());
                Value::Object(members)
            }
            _ => Value::Object(Map::from_iter([(name.clone(), other.clone())])),
        },
    }
}

/// Takes the quotes and escapes off every string that begins with [`VERBATIM`].
fn unquote(text: &str) -> String {
    let opening = format!("\"{VERBATIM}");
    let mut parts = text.split(&opening);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |mut joined, part| {
        let mut escaped = false;
        let end = part.find(|letter| match letter {
            _ if escaped => {
                escaped = false;
                false
            }
            '\\' => {
                escaped = true;
                false
            }
            _ => letter == '"',
        });
        let (inner, rest) = part.split_at(end.unwrap_or(part.len()));
        let verbatim = serde_json::from_str::<String>(&format!("\"{inner}\"")).unwrap_or_default();
        joined.push_str(&verbatim);
        joined.push_str(rest.strip_prefix('"').unwrap_or(rest));
        joined
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbatim_text_loses_its_quotes() {
        let document = json!({"a": format!("{VERBATIM}1e400"), "b": [format!("{VERBATIM}\"\\ud83c\""), "c"]});
        assert_eq!(edited(document, &[]), br#"{"a":1e400,"b":["\ud83c","c"]}"#);
    }
}
