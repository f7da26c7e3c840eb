//! Damage to the JSON of a model: what a hand, a script or an enemy makes of it.

use serde_json::{Map, Value, json};

use crate::choices::Choices;

/// Texts that mean something to a generator, or to Rust, TOML, Markdown and terminals.
const TEXTS: [&str; 32] = [
    "",
    " ",
    "a",
    "2FA",
    "Foo.Bar",
    "Foo & Bar",
    "x/y",
    "²",
    "self",
    "crate",
    "Self",
    "_",
    "é",
    "\u{202e}",
    "\0",
    "\u{1b}[31m",
    "\n",
    "\r\n",
    "a\n}\nfn x() {",
    "\"",
    "\"#",
    "*/",
    "//!",
    "```\nassert!(false)\n```",
    "{a}",
    "{",
    "}",
    "$x",
    "#",
    "://",
    "%",
    "{a+}/{b+}?c&c=",
];

/// Damages a model in one to four places.
pub(crate) fn damage(model: &Value, choices: &mut Choices) -> Value {
    let mut damaged = model.clone();
    for _ in 0..choices.below(4) + 1 {
        let donor = part(model, choices).clone();
        change(&mut damaged, donor, choices);
    }
    damaged
}

/// The text of a model that is damaged, once in a while no longer JSON.
pub(crate) fn damaged_text(model: &Value, choices: &mut Choices) -> String {
    let text = damage(model, choices).to_string();
    if !choices.once_in(16) {
        return text;
    }
    let mut bytes = text.into_bytes();
    let position = choices.below(bytes.len());
    match choices.below(3) {
        0 => bytes.truncate(position),
        1 => drop(bytes.remove(position)),
        _ => bytes[position] = choices.below(128) as u8,
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Some part of a value.
fn part<'v>(value: &'v Value, choices: &mut Choices) -> &'v Value {
    let child = match value {
        Value::Array(items) if !items.is_empty() => Some(choices.pick(items)),
        Value::Object(fields) if !fields.is_empty() => {
            let position = choices.below(fields.len());
            fields.values().nth(position)
        }
        _ => None,
    };
    match child {
        Some(child) if !choices.once_in(6) => part(child, choices),
        _ => value,
    }
}

/// Changes some part of a value, each as likely as any other. The donor is a part of the model that may take its place.
fn change(value: &mut Value, donor: Value, choices: &mut Choices) {
    let mut passed = choices.below(count(value));
    let Some(part) = nth(value, &mut passed) else { return };
    match part {
        Value::Array(items) if !items.is_empty() && choices.once_in(2) => {
            let position = choices.below(items.len());
            match choices.below(3) {
                0 => drop(items.remove(position)),
                1 => items.push(items[position].clone()),
                _ => items.push(donor),
            }
        }
        Value::Object(fields) if !fields.is_empty() && !choices.once_in(4) => change_field(fields, donor, choices),
        _ => replace(part, donor, choices),
    }
}

/// How many parts a value has, itself among them.
fn count(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.iter().map(count).sum::<usize>() + 1,
        Value::Object(fields) => fields.values().map(count).sum::<usize>() + 1,
        _ => 1,
    }
}

/// A part of a value by its number, from which those are taken off that are passed on the way.
fn nth<'v>(value: &'v mut Value, number: &mut usize) -> Option<&'v mut Value> {
    if *number == 0 {
        return Some(value);
    }
    *number -= 1;
    match value {
        Value::Array(items) => items.iter_mut().find_map(|item| nth(item, number)),
        Value::Object(fields) => fields.values_mut().find_map(|field| nth(field, number)),
        _ => None,
    }
}

fn change_field(fields: &mut Map<String, Value>, donor: Value, choices: &mut Choices) {
    let position = choices.below(fields.len());
    let Some(key) = fields.keys().nth(position).cloned() else { return };
    match choices.below(4) {
        0 => drop(fields.remove(&key)),
        1 => {
            let present = fields.remove(&key).unwrap_or_default();
            let renamed = match choices.below(4) {
                0 => (*choices.pick(&TEXTS)).to_owned(),
                1 => key.to_uppercase(),
                2 => format!("{key}{}", choices.pick(&TEXTS)),
                _ => donor.as_str().unwrap_or("other").to_owned(),
            };
            fields.insert(renamed, present);
        }
        2 => {
            let copy = fields[&key].clone();
            fields.insert(format!("{key}2"), copy);
        }
        _ => {
            if let Value::Object(more) = donor {
                fields.extend(more);
            }
        }
    }
}

/// Something else in place of a value, mostly of the same kind.
fn replace(value: &mut Value, donor: Value, choices: &mut Choices) {
    *value = match value {
        Value::String(text) if choices.below(4) > 0 => match choices.below(4) {
            0 => json!(choices.pick(&TEXTS)),
            1 => json!(format!("{text}{}", choices.pick(&TEXTS))),
            2 => {
                let mut characters: Vec<char> = text.chars().collect();
                let position = choices.below(characters.len());
                let inserted = choices.pick(&TEXTS).chars();
                drop(characters.splice(position..position, inserted));
                json!(characters.into_iter().collect::<String>())
            }
            _ => json!(text.repeat(choices.below(40))),
        },
        Value::Number(_) if choices.below(4) > 0 => {
            let numbers = [json!(0), json!(-1), json!(1.5), json!(1e308), json!(i64::MAX), json!(u64::MAX), json!(256)];
            choices.pick(&numbers).clone()
        }
        Value::Bool(flag) if choices.below(4) > 0 => json!(!*flag),
        _ => match choices.below(6) {
            0 => Value::Null,
            1 => json!({}),
            2 => json!([]),
            3 => json!(choices.pick(&TEXTS)),
            4 => nested(choices.below(60)),
            _ => donor,
        },
    };
}

/// Lists and objects within each other.
fn nested(levels: usize) -> Value {
    (0..levels).fold(json!({}), |inner, level| if level % 2 == 0 { json!([inner]) } else { json!({"target": inner}) })
}
