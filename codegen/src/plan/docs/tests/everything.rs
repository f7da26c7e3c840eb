//! Every real documentation text at hand, and any text at all.

use crate::plan::docs::{Docs, Line, render};
use proptest::prelude::*;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Models with documentation, beside the repository.
const MODELS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/models");

#[test]
fn every_real_text_is_clean_markdown() {
    let mut texts = Vec::new();
    for file in model_files(Path::new(MODELS)) {
        let text = fs::read_to_string(&file).expect("a file that was just listed can be read");
        let model = serde_json::from_str(&text).expect("models are JSON");
        documentation(&model, &mut texts);
    }
    if texts.is_empty() {
        println!("skipped: not found");
        return;
    }
    for text in &texts {
        assert_eq!(fault(text), None, "from: {text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_clean_markdown(text in any::<String>()) {
        prop_assert_eq!(fault(&text), None);
    }

    #[test]
    fn any_markup_is_clean_markdown(text in markup()) {
        prop_assert_eq!(fault(&text), None);
    }
}

#[test]
fn deep_nesting_is_read_to_a_point() {
    for part in ["<ul><li>", "<b><note>", "> ", "- ", "*a ", "[", "**", "<p", "`", "![a]("] {
        assert_eq!(fault(&part.repeat(2_000)), None, "{part}");
    }
}

/// What nothing closes is not looked for again and again.
#[test]
fn long_texts_of_marks_are_read_in_proportion_to_their_length() {
    let started = Instant::now();
    for part in [
        "*a ",
        "_a_*",
        "[",
        "[a](",
        "[a]: ",
        "![",
        "`a``",
        "**",
        "> ",
        "- ",
        "1. ",
        "|-",
        "| a\n|-\n",
        "<a ",
        "&",
        "\\",
    ] {
        let docs = render(&part.repeat(400_000 / part.len()), &|_| None);
        assert!(docs.lines.len() < 500_000, "{part}");
    }
    assert!(started.elapsed() < Duration::from_secs(60), "{:?}", started.elapsed());
}

/// Texts made of the pieces of both formats.
fn markup() -> impl Strategy<Value = String> {
    let pieces: Vec<&str> = "<p>|</p>|<ul>|</ul>|<li>|</li>|<b>|</b>|<code>|</code>|<a>|</a>|<a href='https://a.example'>\
                             |<pre>|</pre>|<note>|<table>|<tr>|<td>|<dl>|<dt>|<dd>|<br>|<h2>|<your-bucket>|<|>|&lt;p&gt;|&#96;\
                             |*|**|_|`|```|[|]|(|)|!|#|- |1. |~~|\\|https://a.example/|[`Name`]|.|a|b c| |\n|\n\n"
        .split('|')
        .collect();
    prop::collection::vec(prop::sample::select(pieces), 0..24).prop_map(|pieces| pieces.concat())
}

/// What is wrong with the Markdown of a text, if anything.
fn fault(source: &str) -> Option<String> {
    let Docs { lines, first_sentence } = render(source, &|_| None);
    if first_sentence.as_str().contains('\n') {
        return Some(format!("a first sentence of several lines: {first_sentence}"));
    }
    let mut fence = String::new();
    for line in lines.iter().chain([&first_sentence]).map(Line::as_str) {
        if line.trim_end() != line || line.contains(['\n', '\r', '\t']) {
            return Some(format!("blanks in the wrong place: {line:?}"));
        }
        let text = line.trim_start_matches([' ', '>', '-', '*']);
        if !fence.is_empty() {
            if text == fence {
                fence.clear();
            }
        } else if text.starts_with("```") && text.ends_with("text") {
            fence = text.trim_end_matches("text").to_owned();
        } else if let Some(markup) = raw_markup(line) {
            return Some(format!("{markup} outside of code: {line:?}"));
        }
    }
    None
}

/// A tag, a bracket or a URL that stands in a line of prose unescaped and
/// outside of code and links.
fn raw_markup(line: &str) -> Option<&'static str> {
    let mut rest = line;
    let mut in_link = false;
    while let Some(c) = rest.chars().next() {
        rest = match c {
            '\\' => rest.get(2..).unwrap_or_default(),
            '`' => match after_code(rest) {
                Some(after) => after,
                None => return Some("an open code span"),
            },
            '<' => match rest.split_once('>') {
                Some((link, after)) if link.contains("://") || link.contains('@') => after,
                _ => return Some("a tag"),
            },
            '[' => {
                in_link = true;
                &rest[1..]
            }
            ']' => match rest.strip_prefix("](").and_then(|target| target.split_once(')')) {
                Some((_, after)) if in_link => {
                    in_link = false;
                    after
                }
                _ => return Some("a bracket"),
            },
            'h' if !in_link && rest.starts_with("https://a") => return Some("a URL"),
            _ => &rest[c.len_utf8()..],
        };
    }
    None
}

/// What follows the code span that `text` begins with; `None` if it is not closed.
fn after_code(text: &str) -> Option<&str> {
    let inner = text.trim_start_matches('`');
    let length = text.len() - inner.len();
    let mut rest = inner;
    loop {
        let (_, from_run) = rest.split_at(rest.find('`')?);
        rest = from_run.trim_start_matches('`');
        if from_run.len() - rest.len() == length {
            return Some(rest);
        }
    }
}

/// The JSON models below a directory; none if it does not exist.
fn model_files(directory: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(directory) else { return Vec::new() };
    let mut files = Vec::new();
    for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
        if path.is_dir() {
            files.extend(model_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "json") {
            files.push(path);
        }
    }
    files
}

/// Collects the documentation strings of a Smithy or botocore model.
fn documentation(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::Object(entries) => {
            for (name, value) in entries {
                match value {
                    Value::String(text) if name.ends_with("documentation") => texts.push(text.clone()),
                    _ => documentation(value, texts),
                }
            }
        }
        Value::Array(elements) => elements.iter().for_each(|element| documentation(element, texts)),
        _ => {}
    }
}
