//! A short notation for shapes and members, close to Smithy's own language.
//!
//! `size: Integer @default(30) @httpQuery("size")` is a member: a name, a target,
//! and traits whose values are JSON. A target of Smithy's prelude is known by its
//! name, any other belongs to the fixture. Traits are those of `smithy.api`
//! unless their whole id is given.

use serde_json::{Map, Value, json};

/// The namespace of every fixture.
pub(crate) const NAMESPACE: &str = "fixture";

/// Targets that belong to Smithy and not to the fixture.
const PRELUDE: &[&str] = &[
    "BigDecimal",
    "BigInteger",
    "Blob",
    "Boolean",
    "Byte",
    "Document",
    "Double",
    "Float",
    "Integer",
    "Long",
    "Short",
    "String",
    "Timestamp",
    "Unit",
];

/// The absolute id of a shape.
pub(crate) fn id(name: &str) -> String {
    match name {
        absolute if absolute.contains('#') => absolute.to_owned(),
        prelude if PRELUDE.contains(&prelude) => format!("smithy.api#{prelude}"),
        own => format!("{NAMESPACE}#{own}"),
    }
}

/// `Name @trait @trait(value)`: the name, and the traits as the JSON AST has them.
///
/// # Panics
/// When the value of a trait is not JSON or its parenthesis stays open.
pub(crate) fn named(text: &str) -> (String, Value) {
    let (name, mut rest) = text.split_once(" @").unwrap_or((text, ""));
    let mut traits = Map::new();
    while !rest.is_empty() {
        let end = rest.find(['(', ' ']).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let (value, after) = match after.strip_prefix('(') {
            Some(value) => trait_value(text, value),
            None => (json!({}), after),
        };
        traits.insert(trait_id(word), value);
        rest = after.trim_start().trim_start_matches('@');
    }
    (name.trim().to_owned(), Value::Object(traits))
}

/// The JSON value up to its closing parenthesis, and what comes after it.
fn trait_value<'a>(whole: &str, text: &'a str) -> (Value, &'a str) {
    // A parenthesis within a text of the value leaves what stands before it incomplete.
    let found = text.match_indices(')').find_map(|(end, _)| {
        let value = serde_json::from_str(&text[..end]).ok()?;
        Some((value, &text[end + 1..]))
    });
    found.unwrap_or_else(|| panic!("a trait of `{whole}` has no JSON value or no closing parenthesis"))
}

fn trait_id(word: &str) -> String {
    if word.contains('#') { word.to_owned() } else { format!("smithy.api#{word}") }
}

/// `name: Target @trait`, or `NAME @trait` for the value of an enum.
pub(crate) fn member(text: &str) -> (String, Value) {
    let (declaration, traits) = named(text);
    let (name, target) = declaration.split_once(": ").unwrap_or((&declaration, "Unit"));
    (name.to_owned(), json!({"target": id(target), "traits": traits}))
}

/// Members in the order in which they are written.
pub(crate) fn members(texts: &[&str]) -> Value {
    texts.iter().map(|text| member(text)).collect::<Map<String, Value>>().into()
}
