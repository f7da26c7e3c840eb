//! Code spans and fences: choosing delimiters that the code itself cannot close.

/// A code span that shows `code` exactly. `code` must not be empty and must not
/// hold a line feed.
pub(super) fn span(code: &str) -> String {
    let ticks = "`".repeat(shortest_free_run(code));
    // CommonMark takes one blank off each side when both sides have one.
    let framed = code.starts_with(' ') && code.ends_with(' ');
    let blank = framed && !code.trim().is_empty();
    let pad = if blank || code.starts_with('`') || code.ends_with('`') { " " } else { "" };
    format!("{ticks}{pad}{code}{pad}{ticks}")
}

/// The lines of a fenced block that shows `text`.
pub(super) fn fence(language: &str, text: &str) -> Vec<String> {
    let longest = runs(text).max().unwrap_or(0);
    let ticks = "`".repeat(longest.max(2) + 1);
    let mut lines = vec![format!("{ticks}{language}")];
    lines.extend(text.lines().map(|line| line.trim_end().to_owned()));
    lines.push(ticks);
    lines
}

/// The smallest number of backticks that `code` does not hold as a run.
fn shortest_free_run(code: &str) -> usize {
    let taken: Vec<usize> = runs(code).collect();
    let mut length = 1;
    while taken.contains(&length) {
        length += 1;
    }
    length
}

/// Lengths of the runs of backticks.
fn runs(text: &str) -> impl Iterator<Item = usize> {
    text.split(|c| c != '`').map(str::len).filter(|length| *length > 0)
}

#[cfg(test)]
mod tests {
    use super::{fence, span};

    #[test]
    fn spans_grow_with_the_backticks_inside() {
        assert_eq!(span("a"), "`a`");
        assert_eq!(span("a`b"), "``a`b``");
        assert_eq!(span("``b"), "` ``b `");
        assert_eq!(span(" a "), "`  a  `");
    }

    #[test]
    fn fences_are_longer_than_any_run_inside() {
        assert_eq!(fence("text", "a ````b  \nc"), ["`````text", "a ````b", "c", "`````"]);
    }
}
