//! Renders the difference between a file on disk and its emitted text as a
//! unified diff, short enough to read.

use std::time::Duration;

use anstyle::Style;
use similar::{ChangeTag, TextDiff};
use smithy_client_codegen::visible;

use crate::terminal::{self, Paint};

/// How many lines of one file's diff are shown, apart from its two headers.
const SHOWN_LINES: usize = 80;

/// How long the search for the shortest diff of one file may take; after it a
/// longer diff will do.
const PATIENCE: Duration = Duration::from_millis(200);

/// One side of a comparison that does not exist.
const NO_FILE: &str = "/dev/null";

/// The style of a line in the body of a diff.
fn style(line: &str) -> Style {
    match line.as_bytes().first() {
        Some(b'-') => terminal::REMOVED,
        Some(b'+') => terminal::ADDED,
        Some(b'@') => terminal::PLACE,
        _ => Style::new(),
    }
}

/// The unified diff that turns the file at `path` from `old` into `new`.
///
/// `None` stands for a file that does not exist. Bytes that are not UTF-8 are
/// shown as replacement characters. A diff of more than 80 lines is cut, with a
/// line that says how many were left out.
pub fn unified(path: &str, old: Option<&[u8]>, new: Option<&str>, paint: Paint) -> String {
    let mut text = String::new();
    let before = String::from_utf8_lossy(old.unwrap_or_default());
    let after = new.unwrap_or_default();
    let side = |exists: bool, label| match exists {
        true => format!("{path}\t{label}"),
        false => NO_FILE.to_owned(),
    };
    let mut add = |style: Style, line: &str| text.push_str(&format!("{}\n", paint.styled(style, line)));
    add(terminal::HEADER, &format!("--- {}", side(old.is_some(), "on disk")));
    add(terminal::HEADER, &format!("+++ {}", side(new.is_some(), "emitted")));

    let lines = body(&before, after);
    for line in lines.iter().take(SHOWN_LINES) {
        add(style(line), &visible::lines(line));
    }
    if let Some(hidden @ 1..) = lines.len().checked_sub(SHOWN_LINES) {
        add(Style::new(), &format!("... {hidden} more lines of this diff left out"));
    }
    text
}

/// The lines of a unified diff below its two headers, without line ends.
fn body(before: &str, after: &str) -> Vec<String> {
    let diff = TextDiff::configure().timeout(PATIENCE).diff_lines(before, after);
    let mut lines = Vec::new();
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        lines.push(hunk.header().to_string());
        for change in hunk.iter_changes() {
            let sign = match change.tag() {
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
                ChangeTag::Equal => ' ',
            };
            let line = change.value();
            let content = line.strip_suffix('\n').unwrap_or(line);
            lines.push(format!("{sign}{content}"));
            if change.missing_newline() {
                lines.push("\\ No newline at end of file".to_owned());
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::unified;
    use crate::terminal::Paint;

    const PLAIN: Paint = Paint { colours: false };

    #[test]
    fn a_changed_line_stands_between_its_neighbours() {
        let diff = unified("g/src/a.rs", Some(b"a\nb\nc\n"), Some("a\nB\nc\n"), PLAIN);
        insta::assert_snapshot!(diff.replace('\t', " <tab> "), @r"
        --- g/src/a.rs <tab> on disk
        +++ g/src/a.rs <tab> emitted
        @@ -1,3 +1,3 @@
         a
        -b
        +B
         c
        ");
    }

    #[test]
    fn a_missing_file_is_all_additions() {
        let diff = unified("g/src/a.rs", None, Some("a\nb\n"), PLAIN);
        insta::assert_snapshot!(diff.replace('\t', " <tab> "), @r"
        --- /dev/null
        +++ g/src/a.rs <tab> emitted
        @@ -0,0 +1,2 @@
        +a
        +b
        ");
    }

    #[test]
    fn a_file_that_is_no_longer_emitted_is_all_deletions() {
        let diff = unified("g/src/a.rs", Some(b"a\n"), None, PLAIN);
        insta::assert_snapshot!(diff.replace('\t', " <tab> "), @r"
        --- g/src/a.rs <tab> on disk
        +++ /dev/null
        @@ -1 +0,0 @@
        -a
        ");
    }

    #[test]
    fn a_lost_line_end_and_bytes_that_are_not_text_can_be_seen() {
        let diff = unified("g/a", Some(b"a\r\n\xff"), Some("a\n"), PLAIN);
        insta::assert_snapshot!(diff.replace('\t', " <tab> "), @r"
        --- g/a <tab> on disk
        +++ g/a <tab> emitted
        @@ -1,2 +1 @@
        -a\r
        -�
        \ No newline at end of file
        +a
        ");
    }

    #[test]
    fn a_long_diff_is_cut_and_says_by_how_much() {
        let old: String = (0..100).map(|line| format!("{line}\n")).collect();
        let diff = unified("g/a", Some(old.as_bytes()), None, PLAIN);
        assert_eq!(diff.lines().count(), 2 + 80 + 1);
        assert!(diff.ends_with("... 21 more lines of this diff left out\n"), "{diff}");
    }

    #[test]
    fn colours_appear_only_where_they_are_asked_for() {
        let colours = Paint { colours: true };
        let diff = unified("g/a", Some(b"a\n"), Some("b\n"), colours);
        assert!(diff.contains("\x1b[31m-a\x1b[0m\n\x1b[32m+b\x1b[0m\n"), "{diff}");
        let plain = unified("g/a", Some(b"a\n"), Some("b\n"), PLAIN);
        assert!(!plain.contains('\x1b'), "{plain}");
    }
}
