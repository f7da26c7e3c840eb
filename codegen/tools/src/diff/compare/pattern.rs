//! Whether one pattern allows a part of what another allows, as far as their form shows it.
//!
//! Only one form is decided: a single class of characters with a count, such as
//! `^[a-zA-Z0-9-]*$`, which most patterns of AWS models have. Of all others the
//! relation is unknown, and a reader looks at both.

use std::collections::BTreeSet;

/// How the newer pattern lies to the older.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    /// Everything that it allows was allowed.
    Narrower,
    /// Everything that was allowed still is.
    Wider,
    /// Neither can be told.
    Unknown,
}

/// Compares two patterns that are not the same text.
pub(super) fn relation(old: &str, new: &str) -> Relation {
    let (Some(old), Some(new)) = (Run::parse(old), Run::parse(new)) else { return Relation::Unknown };
    match (new.is_within(&old), old.is_within(&new)) {
        (true, false) => Relation::Narrower,
        (false, true) => Relation::Wider,
        _ => Relation::Unknown,
    }
}

/// So many characters of one class.
struct Run {
    characters: BTreeSet<char>,
    least: u32,
    most: u32,
}

impl Run {
    fn is_within(&self, other: &Self) -> bool {
        self.characters.is_subset(&other.characters) && self.least >= other.least && self.most <= other.most
    }

    /// `^[class]count$`; `None` for any other form.
    fn parse(pattern: &str) -> Option<Self> {
        let body = pattern.strip_prefix("^[")?.strip_suffix('$')?;
        let end = class_end(body)?;
        let characters = class(&body[..end])?;
        let (least, most) = count(&body[end + 1..])?;
        Some(Self { characters, least, most })
    }
}

/// Position of the bracket that ends a class.
fn class_end(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (position, character) in text.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            ']' => return Some(position),
            '[' => return None,
            _ => {}
        }
    }
    None
}

/// The characters of a class in ASCII; `None` where it is negated or holds what is not understood.
fn class(text: &str) -> Option<BTreeSet<char>> {
    if text.starts_with('^') || !text.is_ascii() {
        return None;
    }
    let mut found = BTreeSet::new();
    let mut rest = text.chars().peekable();
    while let Some(first) = rest.next() {
        if first == '\\' {
            match rest.next()? {
                'd' => found.extend('0'..='9'),
                'w' => found.extend(('0'..='9').chain('a'..='z').chain('A'..='Z').chain(['_'])),
                's' => found.extend([' ', '\t', '\n', '\r', '\u{b}', '\u{c}']),
                literal if !literal.is_ascii_alphanumeric() => found.extend([literal]),
                _ => return None,
            }
            continue;
        }
        let mut ahead = rest.clone();
        match (ahead.next(), ahead.next()) {
            (Some('-'), Some(last)) if last != '\\' => {
                found.extend(first..=last);
                rest = ahead;
            }
            _ => found.extend([first]),
        }
    }
    Some(found)
}

fn count(text: &str) -> Option<(u32, u32)> {
    Some(match text {
        "" => (1, 1),
        "*" => (0, u32::MAX),
        "+" => (1, u32::MAX),
        "?" => (0, 1),
        _ => {
            let bounds = text.strip_prefix('{')?.strip_suffix('}')?;
            match bounds.split_once(',') {
                None => (bounds.parse().ok()?, bounds.parse().ok()?),
                Some((least, "")) => (least.parse().ok()?, u32::MAX),
                Some((least, most)) => (least.parse().ok()?, most.parse().ok()?),
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::{Relation, relation};

    #[test]
    fn fewer_characters_are_narrower_and_more_are_wider() {
        assert_eq!(relation("^[a-zA-Z0-9-_]*$", "^[a-zA-Z0-9-]*$"), Relation::Narrower);
        assert_eq!(relation("^[a-z]+$", "^[a-z0-9]*$"), Relation::Wider);
        assert_eq!(relation(r"^[\d]{1,9}$", r"^[\w.]{1,}$"), Relation::Wider);
    }

    #[test]
    fn counts_are_compared_like_lengths() {
        assert_eq!(relation("^[a-z]*$", "^[a-z]{2,5}$"), Relation::Narrower);
        assert_eq!(relation("^[a-z]{3}$", "^[a-z]{4}$"), Relation::Unknown);
    }

    #[test]
    fn what_is_gained_and_lost_at_once_is_neither() {
        assert_eq!(relation("^[a-c]*$", "^[b-d]*$"), Relation::Unknown);
    }

    #[test]
    fn other_forms_are_left_to_the_reader() {
        for (old, new) in
            [("^arn:.*$", "^arn:aws:.*$"), ("^[^a]*$", "^[b]*$"), ("[a-z]", "[a]"), ("^[a[b]]*$", "^[a]*$")]
        {
            assert_eq!(relation(old, new), Relation::Unknown, "{old} and {new}");
        }
    }
}
