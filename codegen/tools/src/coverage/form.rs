//! The form of one text: no HTML, no links that lead nowhere.

use std::collections::BTreeSet;

/// What is wrong with a text, given the names that links may have.
pub(super) fn faults(text: &str, names: &BTreeSet<String>) -> Vec<String> {
    let prose = without_code(text);
    let mut faults: Vec<String> = tags(&prose)
        .into_iter()
        .map(|tag| format!("it has the HTML tag {tag}; write Markdown, and code in backticks"))
        .collect();
    faults.extend(broken_links(&prose, names));
    faults
}

/// The text without blocks of code and without code in backticks that is no link; what is left keeps its order.
fn without_code(text: &str) -> String {
    let mut prose = String::new();
    let mut in_block = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            in_block = !in_block;
        } else if !in_block {
            for (position, part) in line.split('`').enumerate() {
                let is_code = position % 2 == 1;
                let is_link = is_code && prose.ends_with('[');
                if !is_code || is_link {
                    prose.push_str(part);
                }
            }
            prose.push('\n');
        }
    }
    prose
}

/// HTML tags, opening and closing; links in angle brackets are none.
fn tags(prose: &str) -> Vec<&str> {
    let starts = prose.match_indices('<').map(|(start, _)| &prose[start..]);
    let tag = |rest: &'_ str| {
        let end = rest.find('>')?;
        let inner = rest[1..end].trim_start_matches('/');
        let name = inner.split([' ', '/']).next().unwrap_or_default();
        let is_name = !name.is_empty() && name.chars().all(|character| character.is_ascii_alphanumeric());
        is_name.then_some(end)
    };
    starts.filter_map(|rest| tag(rest).map(|end| &rest[..=end])).collect()
}

/// Links to names that nothing has.
fn broken_links(prose: &str, names: &BTreeSet<String>) -> Vec<String> {
    let mut found = Vec::new();
    for (start, _) in prose.match_indices('[') {
        let Some(end) = prose[start..].find(']').map(|length| start + length) else { continue };
        let (shown, rest) = (&prose[start + 1..end], &prose[end + 1..]);
        let is_escaped = prose[..start].ends_with('\\');
        let target = match rest.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
            Some((target, _)) => target.trim().trim_matches('`'),
            None => shown,
        };
        let is_name = !target.is_empty() && !target.contains(char::is_whitespace);
        if !is_escaped && is_name && !target.contains("://") && !is_known(target, names) {
            found.push(format!("its link to {target} leads nowhere; name an operation, a type, a member or a value"));
        }
    }
    found
}

/// Whether a name, or that of the shape that has the member, is known.
fn is_known(name: &str, names: &BTreeSet<String>) -> bool {
    let owner = name.split(['$', '.', ':']).next().unwrap_or(name);
    names.contains(name) || names.contains(owner)
}

#[cfg(test)]
mod tests {
    use super::faults;

    fn said(text: &str) -> String {
        faults(text, &["Stage".to_owned(), "CreateStage".to_owned()].into()).join("\n")
    }

    #[test]
    fn markdown_without_html_has_no_fault() {
        let text = "A [`Stage`], made by [`CreateStage`] or [`Stage$arn`]; a < b, `<p>`, <https://a.example>, \
                    [guide](https://a.example), [it](Stage), an array\\[3\\].\n\n```\n<p>[x]\n```\n";
        assert_eq!(said(text), "");
    }

    #[test]
    fn tags_are_named() {
        insta::assert_snapshot!(said("<p>A stage.</p> See <a href=\"b\">b</a>."), @r#"
        it has the HTML tag <p>; write Markdown, and code in backticks
        it has the HTML tag </p>; write Markdown, and code in backticks
        it has the HTML tag <a href="b">; write Markdown, and code in backticks
        it has the HTML tag </a>; write Markdown, and code in backticks
        "#);
    }

    #[test]
    fn links_that_lead_nowhere_are_named() {
        insta::assert_snapshot!(said("See [`Stages`] and [the stage](Stag)."), @r"
        its link to Stages leads nowhere; name an operation, a type, a member or a value
        its link to Stag leads nowhere; name an operation, a type, a member or a value
        ");
    }
}
