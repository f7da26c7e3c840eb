//! The section on errors of an operation, completed by those that the model's text does not tell about.

use super::lines::{Docs, Line};

/// Heading by which Rust documents how a function fails.
const HEADING: &str = "# Errors";

impl Docs {
    /// Names and links all errors of an operation: those that the section `# Errors` of the text tells about, as
    /// items that begin with the name in backticks, then the others.
    ///
    /// `errors` are Rust names of exceptions. The section is appended where the text has none.
    pub(crate) fn list_errors(&mut self, errors: impl Iterator<Item = String>) {
        let lines = self.lines.as_mut();
        let begin = lines.iter().position(|line| line == HEADING);
        let end = begin.map_or(lines.len(), |begin| section_end(lines, begin));
        let told = &mut lines[begin.unwrap_or(end)..end];
        let mut others = Vec::new();
        for name in errors {
            let link = format!("[`{name}`](crate::types::error::{name})");
            let plain = format!("- `{name}`");
            let about = |line: &mut Line| line.as_str().strip_prefix(&plain).map(str::to_owned);
            match told.iter_mut().find_map(|line| about(line).map(|rest| (line, rest))) {
                Some((line, rest)) => *line = Line::prose(&format!("- {link}{rest}")),
                None => others.push(link),
            }
        }
        let Some((last, before)) = others.split_last() else { return };

        let list = if before.is_empty() { last.clone() } else { format!("{} or {last}", before.join(", ")) };
        let inserted = match begin {
            Some(_) => vec![format!("- Also {list}.")],
            None => vec![String::new(), HEADING.to_owned(), String::new(), format!("{list}.")],
        };
        lines.splice(end..end, inserted.iter().map(|line| Line::prose(line)));
    }
}

/// The line after the last one of the section that begins at `begin`, without the blank lines that end it.
fn section_end(lines: &[Line], begin: usize) -> usize {
    let next = lines[begin + 1..].iter().position(|line| line.as_str().starts_with("# "));
    let end = next.map_or(lines.len(), |next| begin + 1 + next);
    let filled = lines[..end].iter().rposition(|line| !line.as_str().is_empty());
    filled.map_or(end, |filled| filled + 1)
}

#[cfg(test)]
mod tests {
    use super::super::{Docs, Lines};

    /// The lines after naming the errors `Denied` and `Missing`.
    fn listed(text: &str) -> String {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let lines = Lines::laid_out(&lines);
        let mut docs = Docs { lines, ..Docs::default() };
        docs.list_errors(["Denied", "Missing"].map(str::to_owned).into_iter());
        docs.lines.text()
    }

    #[test]
    fn a_text_without_the_section_gets_one() {
        insta::assert_snapshot!(listed("Finds it."), @r"
        Finds it.

        # Errors

        [`Denied`](crate::types::error::Denied) or [`Missing`](crate::types::error::Missing).
        ");
    }

    #[test]
    fn errors_that_the_text_does_not_tell_about_follow_those_it_does() {
        let text = "Finds it.\n\n# Errors\n\n- `Missing`: it is not there.\n\n# Cost\n\nNone.";
        insta::assert_snapshot!(listed(text), @r"
        Finds it.

        # Errors

        - [`Missing`](crate::types::error::Missing): it is not there.
        - Also [`Denied`](crate::types::error::Denied).

        # Cost

        None.
        ");
    }

    #[test]
    fn an_operation_without_errors_has_no_section() {
        let mut docs = Docs::plain("Finds it.");
        docs.list_errors(std::iter::empty());
        assert_eq!(docs.lines.text(), "Finds it.");
    }
}
