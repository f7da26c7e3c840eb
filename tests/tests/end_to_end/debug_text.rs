//! Compares a typed value with the document it was decoded from, through its `Debug` text: no type needs to be known.

use std::collections::BTreeMap;

use serde_json::Value;
use tests::expect::date_time;
use tests::model::{Binding, Model};

/// What stands in `Debug` text for a sensitive value.
const REDACTED: &str = "*** Sensitive Data Redacted ***";

/// Asserts that `debug` shows every scalar of `value`, a sample for the structure `id`, as often as `value` has it,
/// and of sensitive ones only that there is something to hide.
pub(crate) fn assert_shows(model: &Model, id: &str, value: &Value, debug: &str) {
    let mut scalars = Scalars { model, verbatim: BTreeMap::new(), words: BTreeMap::new(), secrets: Vec::new() };
    scalars.structure(id, value);
    let words: Vec<_> = debug.split(|letter: char| !letter.is_alphanumeric() && letter != '.').collect();
    for (text, count) in &scalars.verbatim {
        assert_eq!(debug.matches(text.as_str()).count(), *count, "{text} in {debug}");
    }
    for (word, count) in &scalars.words {
        assert_eq!(words.iter().filter(|found| *found == word).count(), *count, "{word} in {debug}");
    }
    for secret in &scalars.secrets {
        assert!(!debug.contains(secret), "a sensitive member of {id} is shown");
    }
    assert_eq!(debug.matches(REDACTED).count(), scalars.secrets.len(), "{debug}");
}

/// How often each scalar is due: texts in quotes and dates as they are, numbers and names as words.
struct Scalars<'a> {
    model: &'a Model,
    verbatim: BTreeMap<String, usize>,
    words: BTreeMap<String, usize>,
    secrets: Vec<String>,
}

impl Scalars<'_> {
    fn structure(&mut self, id: &str, value: &Value) {
        for member in self.model.members(id) {
            let Some(value) = value.get(member.name) else { continue };
            match member.binding() {
                _ if self.model.is_sensitive(&member) => self.secrets.push(value.as_str().unwrap().to_owned()),
                Binding::Header(_) => self.quote(value),
                _ => self.value(member.target, value),
            }
        }
    }

    fn value(&mut self, id: &str, value: &Value) {
        match (self.model.type_of(id), value) {
            ("structure", value) => self.structure(id, value),
            ("list", Value::Array(elements)) => {
                elements.iter().for_each(|element| self.value(self.model.element(id), element))
            }
            ("map", Value::Object(entries)) => {
                for (key, value) in entries {
                    self.quote(&Value::from(key.as_str()));
                    self.value(self.model.element(id), value);
                }
            }
            ("enum", Value::String(value)) => self.word(variant(value)),
            ("string", value) => self.quote(value),
            ("timestamp", value) => self.verbatim(date_time(value.as_i64().unwrap())),
            (_, value) => self.word(value.to_string()),
        }
    }

    fn quote(&mut self, value: &Value) {
        self.verbatim(format!("{:?}", value.as_str().unwrap()));
    }

    fn verbatim(&mut self, text: String) {
        *self.verbatim.entry(text).or_default() += 1;
    }

    fn word(&mut self, word: String) {
        *self.words.entry(word).or_default() += 1;
    }
}

/// An enum value as its Rust variant: `B_FRAME_PRESENT` is `BFramePresent`.
fn variant(value: &str) -> String {
    let capitalized = value.split('_').map(|word| format!("{}{}", &word[..1], word[1..].to_lowercase()));
    capitalized.collect()
}
