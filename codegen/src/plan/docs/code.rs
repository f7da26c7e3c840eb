//! Code spans and fences: choosing delimiters that the code itself cannot close.

use super::Docs;

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

impl Docs {
    /// The same text for readers of `library`: Rust code names the client crate as `crate`, and doctests cannot.
    ///
    /// Unless the library is `complete`, the code may call operations that it lacks, and is not compiled.
    pub(crate) fn in_library(mut self, library: &str, complete: bool) -> Self {
        let mut fence: Option<String> = None;
        for line in &mut self.lines {
            match &fence {
                Some(ticks) if line == ticks => fence = None,
                Some(_) => *line = renamed(line, library),
                None => {
                    let info = line.trim_start_matches('`');
                    let ticks = &line[..line.len() - info.len()];
                    if ticks.len() >= 3 && info.split(',').next() == Some("rust") {
                        fence = Some(ticks.to_owned());
                        if !complete {
                            *line = format!("{ticks}rust,ignore");
                        }
                    }
                }
            }
        }
        self
    }
}

/// A line of Rust code in which paths from the root of the crate begin with the name of a library. What only looks like
/// such a path, in a text, a comment, a macro or at the end of a longer name, stays.
fn renamed(line: &str, library: &str) -> String {
    const ROOT: &str = "crate::";
    let mut result = String::with_capacity(line.len());
    let (mut rest, mut before, mut in_text) = (line, ' ', false);
    while let Some(c) = rest.chars().next() {
        if !in_text && rest.starts_with("//") {
            break;
        }
        let is_path = !in_text && rest.starts_with(ROOT) && !(before.is_alphanumeric() || "_$:#".contains(before));
        if is_path {
            result.push_str(library);
            rest = &rest[ROOT.len() - "::".len()..];
            before = ' ';
            continue;
        }
        in_text ^= c == '"' && before != '\\' && before != '\'';
        // A backslash that is escaped itself escapes nothing.
        before = if before == '\\' && c == '\\' { ' ' } else { c };
        result.push(c);
        rest = &rest[c.len_utf8()..];
    }
    result + rest
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
    use super::super::render;
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

    #[test]
    fn only_paths_from_the_root_of_the_crate_are_renamed() {
        let renamed = |line| super::renamed(line, "own");
        for (line, expected) in [
            ("use crate::{Client, types};", "use own::{Client, types};"),
            ("f::<crate::A>(&crate::b());", "f::<own::A>(&own::b());"),
            ("use other_crate::A;", "use other_crate::A;"),
            ("let x = \"crate::b\"; crate::c()", "let x = \"crate::b\"; own::c()"),
            (r#"let x = "\"crate::b\\"; crate::c()"#, r#"let x = "\"crate::b\\"; own::c()"#),
            ("$crate::x(); // crate::y", "$crate::x(); // crate::y"),
        ] {
            assert_eq!(renamed(line), expected);
        }
    }

    #[test]
    fn rust_code_names_the_client_as_crate() {
        let text = "Use `crate::Client`.\n\n```rust,no_run\nuse crate::Client;\n```\n\n```text\ncrate::Client\n```";
        let docs = render(text, &|_| None).in_library("own_client", true);
        insta::assert_snapshot!(docs.lines.join("\n"), @r"
        Use `crate::Client`.

        ```rust,no_run
        use own_client::Client;
        ```

        ```text
        crate::Client
        ```
        ");
    }

    #[test]
    fn rust_code_of_a_part_of_a_service_is_shown_and_not_compiled() {
        let docs = render("```rust,no_run\nuse crate::Client;\n```", &|_| None).in_library("part", false);
        assert_eq!(docs.lines, ["```rust,ignore", "use part::Client;", "```"]);
    }
}
