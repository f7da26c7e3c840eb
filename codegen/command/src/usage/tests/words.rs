//! Which words a source has.

use crate::usage::words::words;

/// The words of a source, each with its line.
fn found(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    words(text, |word| found.push(format!("{}:{}", word.line, word.text)));
    found
}

#[test]
fn strings_and_doc_comments_have_words_and_other_comments_have_none() {
    let text = "/// a\n// b\n/* c /* d */ e */ f /** g */\n//// h\n\"i\\n j\" r#\"k \" l\"# 'm' 'n b'o' p\n";
    assert_eq!(found(text), ["1:a", "3:f", "3:g", "5:i", "5:j", "5:k", "5:l", "5:b", "5:p"]);
}
