//! Models with something changed: generated, and compared with what they were.

use serde_json::{Map, Value, json};
use smithy_client_codegen::Source;
use smithy_client_tools::diff;

use crate::model::emitted;

/// Models of our own, which hold most of what the generator understands.
pub(crate) const MODELS: [&str; 2] = [include_str!("../models/rest.json"), include_str!("../models/rpc.json")];

/// Texts that something may take for more than text.
const TEXTS: [&str; 24] = [
    "",
    " ",
    "fn",
    "self",
    "Self",
    "²",
    "x\n}\nfn injected() {}",
    "*/ x /*",
    "\"#",
    "```\nfn x() {}\n```",
    "{}",
    "{x}",
    "$name",
    "\\",
    "\u{202e}",
    "\u{0}",
    "\r",
    "Error",
    "Option",
    "String",
    "2x",
    "a-b",
    "com.example.depot#Part",
    "smithy.api#String",
];

/// The first byte chooses a model, the others are [`apply`]ed to it.
pub fn check(data: &[u8]) {
    let Some((&choice, edits)) = data.split_first() else { return };
    let model = MODELS[usize::from(choice) % MODELS.len()];
    let mut value: Value = serde_json::from_str(model).expect("the models are JSON");
    apply(&mut value, edits);
    let text = value.to_string();
    emitted(&text);
    let source = |text: &str| [Source { name: "model.json".to_owned(), text: text.to_owned() }];
    let [old, new] = [source(model), source(&text)];
    if let Ok(difference) = diff::report(&old, &new, &[]) {
        _ = difference.summary();
        let same = diff::report(&new, &new, &[]).expect("it was read before");
        assert!(same.is_empty(), "{}", same.summary());
        diff::report(&new, &old, &[]).expect("both were read before");
    }
}

/// Changes a document: five bytes are one change, of what, where, and by what.
pub(crate) fn apply(value: &mut Value, edits: &[u8]) {
    for edit in edits.chunks_exact(5).take(8) {
        let number = |at: usize| usize::from(u16::from_le_bytes([edit[at], edit[at + 1]]));
        let (place, other) = (number(1), number(3));
        let copy = nth(value, other).clone();
        let all = count(value);
        let target = nth_mut(value, &mut (place % all));
        change(target, edit[0], other, copy);
    }
}

fn change(target: &mut Value, kind: u8, other: usize, copy: Value) {
    let text = TEXTS[other % TEXTS.len()];
    match (kind % 8, target) {
        (0, target) => *target = copy,
        (1, target) => *target = scalar(other),
        (2, target) => *target = Value::from(text),
        (3, Value::String(old)) => {
            let place = old.char_indices().map(|(at, _)| at).nth(other / TEXTS.len() % 8).unwrap_or(0);
            old.insert_str(place, text);
        }
        (4, Value::Object(members)) => remove(members, other),
        (5, Value::Object(members)) => rename(members, other, text),
        (6, Value::Object(members)) => _ = members.insert(text.to_owned(), copy),
        (7, Value::Array(elements)) => elements.push(copy),
        (_, Value::Array(elements)) => _ = elements.pop(),
        (_, target) => *target = copy,
    }
}

fn scalar(choice: usize) -> Value {
    let scalars =
        [json!(null), json!(true), json!(0), json!(-1), json!(1.5e300), json!([]), json!({}), json!(u64::MAX)];
    scalars[choice % scalars.len()].clone()
}

fn remove(members: &mut Map<String, Value>, choice: usize) {
    if let Some(key) = members.keys().nth(choice % members.len().max(1)).cloned() {
        members.shift_remove(&key);
    }
}

/// One of the members gets another name, in its place.
fn rename(members: &mut Map<String, Value>, choice: usize, text: &str) {
    let chosen = choice / TEXTS.len() % members.len().max(1);
    let renamed = |(at, (key, value)): (usize, (String, Value))| match at == chosen {
        true if choice.is_multiple_of(2) => (format!("{key}{text}"), value),
        true => (text.to_owned(), value),
        false => (key, value),
    };
    *members = std::mem::take(members).into_iter().enumerate().map(renamed).collect();
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(elements) => elements.iter().map(count).sum(),
        Value::Object(members) => members.values().map(count).sum(),
        _ => 0,
    }
}

/// A value of the document, counted from the outside.
fn nth(value: &Value, place: usize) -> &Value {
    let mut stack = vec![value];
    let mut left = place % count(value);
    while let Some(value) = stack.pop() {
        if left == 0 {
            return value;
        }
        left -= 1;
        match value {
            Value::Array(elements) => stack.extend(elements.iter().rev()),
            Value::Object(members) => stack.extend(members.values().rev()),
            _ => {}
        }
    }
    value
}

fn nth_mut<'v>(value: &'v mut Value, left: &mut usize) -> &'v mut Value {
    if *left == 0 || !(value.is_array() || value.is_object()) {
        return value;
    }
    *left -= 1;
    let inner: Vec<&mut Value> = match value {
        Value::Array(elements) => elements.iter_mut().collect(),
        Value::Object(members) => members.values_mut().collect(),
        _ => Vec::new(),
    };
    for inner in inner {
        let size = count(inner);
        if *left < size {
            return nth_mut(inner, left);
        }
        *left -= size;
    }
    unreachable!("the place is below the count of values")
}
