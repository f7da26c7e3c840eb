//! The first page of the documentation, the pages of operations, and how wide sample code is.

use std::fs;
use std::path::Path;

use crate::fixture::{Fixture, assert_snapshot};
use crate::fixtures;

/// Columns that rustdoc shows of a line of code beside its side bar, with room to spare.
const COLUMNS: usize = 100;

/// The fixtures of this file.
pub(crate) const FIXTURES: &[fn() -> Fixture] = &[library, without_an_easy_call];

/// A library whose first operation changes something, and needs nothing for it.
fn library() -> Fixture {
    Fixture::new("library")
        .service_trait(
            "smithy.api#documentation",
            "Lends books. Free of charge.\n\nBring them back.\n\n# Fines\n\nNone.".into(),
        )
        .string_enum("Shelf", &["CELLAR @enumValue(\"cellar\")"])
        .operation("BurnBooks", "POST /burn", &[], &[], &[])
        .operation(
            "GetBook @readonly @documentation(\"Gets a book.\")",
            "GET /book/{id}",
            &["id: String @required @httpLabel"],
            &["id: String"],
            &[],
        )
        .operation(
            "ListBooks @readonly @documentation(\"Lists books.\")",
            "POST /list",
            &["shelf: Shelf @required"],
            &[],
            &[],
        )
}

/// The documentation of a file, up to its first item.
fn page(fixture: &Fixture, path: &str) -> String {
    let file = fixture.file(path);
    let lines = file.lines().filter_map(|line| line.strip_prefix("//!"));
    lines.map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line))).collect()
}

#[test]
fn the_first_page_leads_from_nothing_to_a_call_that_changes_nothing() {
    assert_snapshot("front_page", &page(&library(), "src/lib.rs"));
}

fn without_an_easy_call() -> Fixture {
    Fixture::new("without-an-easy-call").union("Shape", &["label: String", "size: Integer"]).operation(
        "Draw",
        "POST /draw",
        &["shape: Shape @required"],
        &[],
        &[],
    )
}

#[test]
fn without_a_call_that_is_easily_said_the_first_page_ends_with_a_client() {
    let page = page(&without_an_easy_call(), "src/lib.rs");
    let program = page.split("```").nth(3).unwrap_or_default();
    assert!(
        program
            .ends_with("    println!(\"{client:?}\");\n}\n# #[cfg(not(feature = \"aws-config\"))]\n# fn main() {}\n"),
        "{program}"
    );
    assert!(page.starts_with("Client for Fixture.\n"), "{page}");
}

#[test]
fn a_slice_says_so_and_calls_what_it_has() {
    let page = page(&library().named("library-slice").choose(&["BurnBooks"]), "src/lib.rs");
    assert!(page.contains("This crate is a slice of the service: it has 1 operation, as chosen"), "{page}");
    assert!(page.contains("client.burn_books().send()"), "{page}");
}

#[test]
fn types_alone_begin_with_json() {
    assert_snapshot("front_page_of_types", &page(&library().named("library-types").types_alone(), "src/lib.rs"));
}

#[test]
fn the_page_of_an_operation_says_what_it_does_and_where_to_read_on() {
    insta::assert_snapshot!(page(&library(), "src/operation/list_books.rs"), @"
    Lists books.

    [`Client::list_books`](crate::Client::list_books) calls it, and documents it in full. [`ListBooksInput`] says what it takes, [`ListBooksOutput`] what it returns, [`ListBooksError`] how it fails.
    ");
}

#[test]
fn sample_code_is_not_cut_off() {
    let mut wide = Vec::new();
    for fixture in fixtures() {
        for (path, text) in fixture.generated().files.iter().filter(|(path, _)| path.ends_with(".rs")) {
            wide.extend(too_wide(&format!("{} {path}", fixture.name()), text));
        }
    }
    visit(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated/src"), &mut wide);
    assert!(wide.is_empty(), "lines of more than {COLUMNS} columns:\n{}", wide.join("\n"));
}

/// The wide lines of sample code in the files below a folder.
fn visit(folder: &Path, wide: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("the emitted client is there") {
        let path = entry.expect("it is readable").path();
        if path.is_dir() {
            visit(&path, wide);
        } else {
            let text = fs::read_to_string(&path).expect("sources are text");
            wide.extend(too_wide(&path.display().to_string(), &text));
        }
    }
}

/// The lines of code in documentation that are shown and wider than a page.
fn too_wide(path: &str, text: &str) -> Vec<String> {
    let mut wide = Vec::new();
    let mut is_code = false;
    for line in text.lines() {
        let line = line.trim_start();
        let Some(line) = line.strip_prefix("///").or(line.strip_prefix("//!")) else {
            is_code = false;
            continue;
        };
        let line = line.strip_prefix(' ').unwrap_or(line);
        if line.starts_with("```") {
            is_code = !is_code;
        } else if is_code && !line.starts_with("# ") && line.chars().count() > COLUMNS {
            wide.push(format!("{path}: {line}"));
        }
    }
    wide
}
