//! What can be observed of one side, as named texts, and how two sides differ in them.

use std::fmt::Debug;

/// Named observations, in the order they were made.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Facts(Vec<(String, String)>);

/// One observation that is not the same on both sides.
#[derive(Clone, Debug)]
pub(crate) struct Difference {
    /// What was observed.
    pub(crate) aspect: String,
    /// How AWS's crate showed it; `None` where there was nothing to observe.
    pub(crate) official: Option<String>,
    /// How the emitted crate showed it.
    pub(crate) ours: Option<String>,
}

impl Facts {
    /// Adds an observation.
    pub(crate) fn add(&mut self, aspect: impl Into<String>, text: impl Into<String>) {
        self.0.push((aspect.into(), text.into()));
    }

    /// Adds the `Debug` text of `value`, with the entries of maps in order.
    pub(crate) fn debug(&mut self, aspect: impl Into<String>, value: &impl Debug) {
        self.add(aspect, sorted_maps(&format!("{value:?}")));
    }

    /// Adds all of `others`.
    pub(crate) fn extend(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    fn find(&self, aspect: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| name == aspect).map(|(_, text)| text.as_str())
    }
}

/// Every aspect in which the two sides differ, those that only one of them has included.
pub(crate) fn differences(official: &Facts, ours: &Facts) -> Vec<Difference> {
    let only_ours = ours.0.iter().filter(|(aspect, _)| official.find(aspect).is_none());
    let aspects = official.0.iter().chain(only_ours).map(|(aspect, _)| aspect);
    aspects
        .map(|aspect| Difference {
            aspect: aspect.clone(),
            official: official.find(aspect).map(str::to_owned),
            ours: ours.find(aspect).map(str::to_owned),
        })
        .filter(|difference| difference.official != difference.ours)
        .collect()
}

/// Puts the entries of every map from text to text in a `Debug` text in order: a hash map shows them in any.
pub(crate) fn sorted_maps(text: &str) -> String {
    let mut sorted = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['{', '"']) {
        let (before, from) = rest.split_at(at);
        sorted.push_str(before);
        let taken = match map(from) {
            Some((entries, length)) => {
                sorted.push_str(&format!("{{{}}}", entries.join(", ")));
                length
            }
            None => {
                // A quote between apostrophes is a character, not the beginning of a text.
                let character = before.ends_with('\'') && from.starts_with("\"'");
                let length = if from.starts_with('"') && !character { quoted(from) } else { 1 };
                sorted.push_str(&from[..length]);
                length
            }
        };
        rest = &from[taken..];
    }
    sorted.push_str(rest);
    sorted
}

/// The sorted entries of the map that `text` begins with, and its length; `None` where it does not begin with one.
fn map(text: &str) -> Option<(Vec<&str>, usize)> {
    let mut entries = Vec::new();
    let mut at = 1;
    while text.starts_with('{') && text[at..].starts_with('"') {
        let colon = at + quoted(&text[at..]);
        if !text[colon..].starts_with(": \"") {
            return None;
        }
        let end = colon + 2 + quoted(&text[colon + 2..]);
        entries.push(&text[at..end]);
        if text[end..].starts_with('}') {
            entries.sort_unstable();
            return Some((entries, end + 1));
        }
        at = end + ", ".len();
    }
    None
}

/// The length of the quoted text that `text` begins with; the whole of it where no quote ends it.
pub(crate) fn quoted(text: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_maps_of_text_are_sorted() {
        let text = r#"A { a: {"b": "2, \"", "a": "1}"}, s: "{\"z\": \"1\", \"y\": \"2\"}", c: '"', b: {} }"#;
        let sorted = r#"A { a: {"a": "1}", "b": "2, \""}, s: "{\"z\": \"1\", \"y\": \"2\"}", c: '"', b: {} }"#;
        assert_eq!(sorted_maps(text), sorted);
    }

    #[test]
    fn what_one_side_lacks_is_a_difference() {
        let (mut official, mut ours) = (Facts::default(), Facts::default());
        official.add("same", "1");
        ours.add("same", "1");
        official.add("other", "1");
        ours.add("more", "1");
        let aspects: Vec<_> = differences(&official, &ours).into_iter().map(|difference| difference.aspect).collect();
        assert_eq!(aspects, ["other", "more"]);
    }
}
