//! Regular expressions: botocore's may mean the whole text where Smithy's mean any part of it.
//!
//! Since 2025 botocore's files hold patterns that have to match the whole text: the anchors of Smithy's pattern are
//! taken off, and an open end gets a `.*`. Older files hold Smithy's patterns as they are. No key says which
//! convention a file follows, so it is read off its patterns: with most of them anchored at both ends, they are Smithy's.

use smithy_client_codegen::ast::node::Node;

/// What the patterns of a file mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Convention {
    /// They are Smithy's own.
    Verbatim,
    /// They match the whole text.
    WholeText,
}

impl Convention {
    /// The convention that most patterns of the shapes follow; without patterns it does not matter.
    pub(super) fn of(shapes: &[(&String, Node<'_>)]) -> Self {
        let patterns = shapes.iter().filter_map(|(_, shape)| shape.value.get("pattern")?.as_str());
        let (anchored, open): (Vec<&str>, Vec<&str>) =
            patterns.partition(|pattern| pattern.starts_with('^') && pattern.ends_with('$'));
        if open.len() > anchored.len() { Self::WholeText } else { Self::Verbatim }
    }

    /// The pattern as Smithy writes it. A known pattern that botocore would write the same way stays as it is.
    pub(super) fn to_smithy(self, pattern: &str, known: Option<&str>) -> String {
        if let Some(known) = known.filter(|known| self.of_smithy(known) == pattern) {
            return known.to_owned();
        }
        if self == Self::Verbatim {
            return pattern.to_owned();
        }
        let (start, rest) = match pattern.strip_prefix(".*") {
            Some(rest) => ("", rest),
            None => ("^", pattern),
        };
        match rest.strip_suffix(".*") {
            Some(middle) => format!("{start}{middle}"),
            None => format!("{start}{rest}$"),
        }
    }

    /// The pattern as botocore writes it.
    fn of_smithy(self, pattern: &str) -> String {
        if self == Self::Verbatim {
            return pattern.to_owned();
        }
        let (start, rest) = match pattern.strip_prefix('^') {
            Some(rest) => ("", rest),
            None => (".*", pattern),
        };
        match rest.strip_suffix('$') {
            Some(middle) => format!("{start}{middle}"),
            None => format!("{start}{rest}.*"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Convention;

    #[test]
    fn anchors_come_back() {
        let smithy = |pattern| Convention::WholeText.to_smithy(pattern, None);
        assert_eq!(smithy("[a-z]+"), "^[a-z]+$");
        assert_eq!(smithy(".*BEGIN.*"), "BEGIN");
        assert_eq!(smithy("rt_.*"), "^rt_");
        assert_eq!(smithy(".*_end"), "_end$");
    }

    #[test]
    fn older_files_hold_smithy_s_own_patterns() {
        assert_eq!(Convention::Verbatim.to_smithy("[a-z]+", None), "[a-z]+");
    }

    #[test]
    fn a_known_pattern_with_the_same_meaning_is_kept() {
        let whole = Convention::WholeText;
        assert_eq!(whole.to_smithy("a.*", Some("^a.*$")), "^a.*$");
        assert_eq!(whole.to_smithy("a.*", Some("^b")), "^a");
    }
}
