//! Sentences for the constraint traits of a member: the client documents them,
//! the service enforces them.

use super::code::code;
use crate::model::Constraints;
use std::fmt::Display;

/// What a constrained value consists of: its length is counted in these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ConstraintKind {
    /// A string, or a value without length.
    Characters,
    /// A blob.
    Bytes,
    /// A list.
    Elements,
    /// A map.
    Entries,
}

impl ConstraintKind {
    /// The noun for a length of `count`.
    fn noun(self, count: u64) -> &'static str {
        match (self, count) {
            (Self::Characters, 1) => "character",
            (Self::Characters, _) => "characters",
            (Self::Bytes, 1) => "byte",
            (Self::Bytes, _) => "bytes",
            (Self::Elements, 1) => "element",
            (Self::Elements, _) => "elements",
            (Self::Entries, 1) => "entry",
            (Self::Entries, _) => "entries",
        }
    }
}

/// Describes the constraints of a member, such as
/// ``Length 1 to 128 characters. Pattern: `^[a-z]+$`.``
///
/// `own` are the traits of the member itself, `target` those of the shape that
/// it targets; of each trait the member's own wins. `None` if there is nothing
/// to say.
pub(crate) fn constraints(own: &Constraints, target: &Constraints, kind: ConstraintKind) -> Option<String> {
    let length = own.length.or(target.length);
    let range = own.range.as_ref().or(target.range.as_ref());
    let pattern = own.pattern.as_ref().or(target.pattern.as_ref());
    let unique = own.unique_items || target.unique_items;

    let sentences = [
        length.and_then(|(least, most)| length_sentence(least, most, kind)),
        range.and_then(|(least, most)| bounds(least.as_ref(), most.as_ref(), "Range ")),
        unique.then(|| "Elements are unique".to_owned()),
        pattern.filter(|pattern| !pattern.is_empty()).map(|pattern| pattern_sentence(pattern)),
    ];
    let sentences: Vec<String> = sentences.into_iter().flatten().map(|sentence| sentence + ".").collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// `Length 1 to 128 characters`, without a full stop.
fn length_sentence(least: Option<u64>, most: Option<u64>, kind: ConstraintKind) -> Option<String> {
    let says_nothing = least.unwrap_or(0) == 0 && most.is_none();
    if says_nothing {
        return None;
    }
    let counted = matches!(kind, ConstraintKind::Elements | ConstraintKind::Entries);
    let lead = if counted { "" } else { "Length " };
    let bounds = bounds(least.as_ref(), most.as_ref(), lead)?;
    // The noun agrees with the number that stands before it.
    let last = most.or(least)?;
    Some(format!("{bounds} {}", kind.noun(last)))
}

/// `Range 1 to 10`, `At least 1`, `At most 10` or `Exactly 4`.
fn bounds<T: Display + PartialEq>(least: Option<&T>, most: Option<&T>, lead: &str) -> Option<String> {
    Some(match (least, most) {
        (Some(least), Some(most)) if least == most => format!("Exactly {least}"),
        (Some(least), Some(most)) => format!("{lead}{least} to {most}"),
        (Some(least), None) => format!("At least {least}"),
        (None, Some(most)) => format!("At most {most}"),
        (None, None) => return None,
    })
}

/// ``Pattern: `...` ``, without a full stop.
fn pattern_sentence(pattern: &str) -> String {
    format!("Pattern: {}", code(pattern))
}

#[cfg(test)]
mod tests {
    use super::{ConstraintKind, constraints};
    use crate::model::Constraints;
    use serde_json::Number;

    fn length(least: Option<u64>, most: Option<u64>) -> Constraints {
        Constraints { length: Some((least, most)), ..Constraints::default() }
    }

    fn describe(target: &Constraints, kind: ConstraintKind) -> Option<String> {
        constraints(&Constraints::default(), target, kind)
    }

    #[test]
    fn lengths_have_the_noun_of_their_kind() {
        let cases = [
            (length(Some(1), Some(128)), ConstraintKind::Characters, "Length 1 to 128 characters."),
            (length(Some(0), Some(1)), ConstraintKind::Bytes, "Length 0 to 1 byte."),
            (length(None, Some(50)), ConstraintKind::Entries, "At most 50 entries."),
            (length(Some(1), None), ConstraintKind::Elements, "At least 1 element."),
            (length(Some(1), Some(9)), ConstraintKind::Elements, "1 to 9 elements."),
            (length(Some(4), Some(4)), ConstraintKind::Characters, "Exactly 4 characters."),
        ];
        for (target, kind, expected) in cases {
            assert_eq!(describe(&target, kind).as_deref(), Some(expected));
        }
    }

    #[test]
    fn ranges_keep_the_numbers_of_the_model() {
        let range = |least, most| Constraints { range: Some((least, most)), ..Constraints::default() };
        let both = range(Some(Number::from(1)), Some(Number::from(8_500_000)));
        assert_eq!(describe(&both, ConstraintKind::Characters).as_deref(), Some("Range 1 to 8500000."));
        let least = range(Number::from_f64(0.5), None);
        assert_eq!(describe(&least, ConstraintKind::Characters).as_deref(), Some("At least 0.5."));
    }

    #[test]
    fn patterns_are_code_whatever_they_hold() {
        let pattern = |pattern: &str| Constraints { pattern: Some(pattern.to_owned()), ..Constraints::default() };
        let cases = [
            ("^[a-z]+$", "Pattern: `^[a-z]+$`."),
            ("a`b", "Pattern: ``a`b``."),
            ("[\t\n\u{202E}]", "Pattern: `[\\t\\n\\u{202e}]`."),
        ];
        for (source, expected) in cases {
            let described = describe(&pattern(source), ConstraintKind::Characters);
            assert_eq!(described.as_deref(), Some(expected));
        }
    }

    #[test]
    fn traits_of_the_member_win_one_by_one() {
        let own = Constraints { pattern: Some("a".to_owned()), ..length(Some(2), Some(3)) };
        let target = Constraints { pattern: Some("b".to_owned()), unique_items: true, ..length(Some(1), Some(9)) };
        assert_eq!(
            constraints(&own, &target, ConstraintKind::Elements).as_deref(),
            Some("2 to 3 elements. Elements are unique. Pattern: `a`.")
        );
    }

    #[test]
    fn nothing_is_said_where_nothing_is_constrained() {
        assert_eq!(describe(&Constraints::default(), ConstraintKind::Characters), None);
        assert_eq!(describe(&length(Some(0), None), ConstraintKind::Elements), None);
    }
}
