//! The words of real sources are those that proc-macro2 finds.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use cargo_smithy_client::usage::Program;
use proc_macro2::{TokenStream, TokenTree};

/// All identifiers of tokens, without `r#`. Documentation is in string literals, which are left out, as are lifetimes.
fn identifiers(tokens: TokenStream, found: &mut BTreeSet<String>) {
    let mut follows_quote = false;
    for token in tokens {
        match &token {
            TokenTree::Group(group) => identifiers(group.stream(), found),
            TokenTree::Ident(word) if !follows_quote => {
                found.insert(word.to_string().trim_start_matches("r#").to_owned());
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
        follows_quote = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '\'');
    }
}

/// The Rust sources below a directory.
fn sources(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).expect("it is there") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn the_sources_of_this_repository_have_the_words_that_their_tokens_have() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut paths = Vec::new();
    for part in ["codegen", "generated/src", "tests", "xtask"] {
        let part = root.join(part);
        if part.is_dir() {
            sources(&part, &mut paths);
        }
    }
    let mut compared = 0;
    for path in paths {
        let text = fs::read_to_string(&path).expect("it is a source");
        let Ok(tokens) = text.parse::<TokenStream>() else { continue };
        let mut expected = BTreeSet::new();
        identifiers(tokens, &mut expected);
        // Documentation is an attribute there.
        expected.remove("doc");
        let program = Program::of([(path.clone(), text)]);
        let missing: Vec<&String> = expected.iter().filter(|word| program.places(word).is_empty()).collect();
        assert!(missing.is_empty(), "{} has no {missing:?}", path.display());
        compared += 1;
    }
    assert!(compared > 100, "only {compared} sources were compared");
}

#[test]
fn what_is_in_comments_alone_is_no_word() {
    // A source in which a scanner that loses its way would take comments for code, and code for comments.
    let text = include_str!("programs.rs").replace("const PROGRAMS", "/* only_in_a_comment */ const PROGRAMS");
    let program = Program::of([(PathBuf::from("a.rs"), text)]);
    assert_eq!(program.places("only_in_a_comment"), []);
    assert_eq!(program.places("a_program_uses_what_it_names").len(), 1);
}
