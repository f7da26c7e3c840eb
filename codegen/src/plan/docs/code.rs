//! Code spans and fences: choosing delimiters that the code itself cannot close.

use std::collections::BTreeSet;

use super::lines::{Docs, Line};
use super::printable::is_printable;

/// A name or value of a model as code within a sentence; what cannot be seen is shown by its escape.
pub(crate) fn code(value: &str) -> String {
    if value.is_empty() {
        return "the empty text".to_owned();
    }
    let mut shown = String::with_capacity(value.len());
    for c in value.chars() {
        if is_printable(c) && (c == ' ' || !c.is_whitespace()) {
            shown.push(c);
        } else {
            shown.extend(c.escape_default());
        }
    }
    span(&shown)
}

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

/// The lines of a fenced block that shows `text`; no language makes it code that rustdoc compiles.
pub(super) fn fence(language: &str, text: &str) -> Vec<String> {
    let longest = runs(text).max().unwrap_or(0);
    let ticks = "`".repeat(longest.max(2) + 1);
    let language = shown_language(language);
    let mut lines = vec![format!("{ticks}{language}")];
    // What rustdoc hides in code that it compiles is of no use to a reader.
    let hidden = |line: &&str| language == RUST && (*line == "#" || line.starts_with("# "));
    let shown = text.lines().map(str::trim_end).filter(|line| !hidden(line));
    lines.extend(shown.map(str::to_owned));
    lines.push(ticks);
    lines
}

impl Docs {
    /// The same text for readers of `library`: Rust code of a model names the client crate as `crate`, which is
    /// right within it alone.
    pub(crate) fn in_library(mut self, library: &str) -> Self {
        let mut fence: Option<String> = None;
        for line in self.lines.as_mut() {
            let text = line.as_str();
            match &fence {
                Some(ticks) if text == ticks => fence = None,
                Some(_) => *line = Line::laid_out(&renamed(text, library)),
                None => fence = text.strip_suffix(RUST).filter(|ticks| ticks.ends_with("```")).map(str::to_owned),
            }
        }
        self
    }
}

/// The language by which Rust code of a model is shown: editors know it, rustdoc does not, and so does not compile it.
const RUST: &str = "rs";

/// Languages that fences of a model may name. rustdoc takes none of them for Rust, today or later.
const LANGUAGES: &[&str] = &[
    "bash",
    "c",
    "console",
    "cpp",
    "csharp",
    "css",
    "diff",
    "go",
    "graphql",
    "html",
    "http",
    "ini",
    "java",
    "javascript",
    "js",
    "json",
    "kotlin",
    "php",
    "powershell",
    "python",
    "ruby",
    RUST,
    "sh",
    "shell",
    "sql",
    "swift",
    "text",
    "toml",
    "ts",
    "typescript",
    "xml",
    "yaml",
    "yml",
];

/// The language that a fence of a model is shown with, given its info string: never one that rustdoc compiles.
fn shown_language(info: &str) -> &'static str {
    let first = info.split([',', ' ', '{', '\t']).next().unwrap_or_default();
    if first.eq_ignore_ascii_case("rust") {
        return RUST;
    }
    LANGUAGES.iter().find(|language| language.eq_ignore_ascii_case(first)).copied().unwrap_or("text")
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
    let taken: BTreeSet<usize> = runs(code).collect();
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
    fn no_fence_is_a_doctest() {
        for info in ["", "rust", "Rust,no_run", "no_run", "should_panic", "E0308", "edition2024", "{.rust}", "custom"] {
            let first = fence(info, "x").swap_remove(0);
            assert!(["```text", "```rs"].contains(&first.as_str()), "{info}: {first}");
        }
        assert_eq!(fence("json", "{}"), ["```json", "{}", "```"]);
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
    fn rust_code_names_the_client_by_its_crate_and_is_not_compiled() {
        let text = "Use `crate::Client`.\n\n```rust,no_run\nuse crate::Client;\n```\n\n```text\ncrate::Client\n```";
        let docs = render(text, &|_| None).in_library("own_client");
        insta::assert_snapshot!(docs.lines.text(), @r"
        Use `crate::Client`.

        ```rs
        use own_client::Client;
        ```

        ```text
        crate::Client
        ```
        ");
    }
}
