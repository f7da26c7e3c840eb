//! What words of programs mean in a client.

use std::collections::{BTreeMap, BTreeSet};

use insta::assert_snapshot;
use smithy_client_codegen::{Meaning, Vocabulary};

use crate::events::weather;
use crate::fixture::Fixture;

fn library() -> Fixture {
    let paginated = r#"{"inputToken": "nextToken", "outputToken": "nextToken", "items": "books"}"#;
    let waitable = r#"smithy.waiters#waitable({"BookReturned": {"acceptors": [{"state": "success", "matcher": {"success": true}}]}})"#;
    Fixture::new("library")
        .in_xml()
        .structure("Lent @error(\"client\")", &["until: Timestamp"])
        .structure("NotFoundException @error(\"client\")", &["message: String"])
        .structure("URLPath", &["text: String"])
        .union("Medium", &["paper: String", "page: URLPath"])
        .string_enum("Genre", &["PROSE", "VERSE"])
        .structure("Book", &["title: String @required", "medium: Medium", "genre: Genre"])
        .list("Books", "Book")
        .operation(
            &format!("LookUpISBN @{waitable}"),
            "GET /book",
            &[],
            &["book: Book"],
            &["NotFoundException", "Lent"],
        )
        .operation(
            &format!("ListBooks @paginated({paginated})"),
            "POST /list",
            &["nextToken: String"],
            &["books: Books", "nextToken: String"],
            &["NotFoundException"],
        )
        .operation("Move", "POST /move", &[], &[], &[])
        .operation("WeighBook", "POST /weigh", &[], &["weight: Document"], &[])
}

fn vocabulary() -> Vocabulary {
    Vocabulary::of(&[library().source()]).unwrap_or_else(|report| panic!("{report}"))
}

/// Every word, by what it means.
fn words(vocabulary: &Vocabulary) -> String {
    let mut by_meaning = BTreeMap::<&Meaning, Vec<&str>>::new();
    for (word, meanings) in vocabulary.words() {
        meanings.for_each(|meaning| by_meaning.entry(meaning).or_default().push(word));
    }
    by_meaning.iter().map(|(meaning, words)| format!("{meaning:?}: {}\n", words.join(" "))).collect()
}

#[test]
fn every_name_of_an_operation_and_of_a_type_is_a_word() {
    assert_snapshot!(words(&vocabulary()), @r#"
    Operation("ListBooks"): ListBooks ListBooksError ListBooksFluentBuilder ListBooksInput ListBooksInputBuilder ListBooksOutput ListBooksOutputBuilder ListBooksPaginator ListBooksPaginatorItems list_books
    Operation("LookUpISBN"): BookReturnedFinalPoll BookReturnedFluentBuilder LookUpISBN LookUpISBNError LookUpISBNFluentBuilder LookUpIsbn LookUpIsbnInput LookUpIsbnInputBuilder LookUpIsbnOutput LookUpIsbnOutputBuilder WaitUntilBookReturnedError book_returned look_up_isbn wait_until_book_returned
    Operation("Move"): Move MoveError MoveFluentBuilder MoveInput MoveInputBuilder MoveOutput MoveOutputBuilder move
    Shape("fixture#Book"): Book BookBuilder
    Shape("fixture#Genre"): Genre
    Shape("fixture#Lent"): Lent LentBuilder is_lent
    Shape("fixture#Medium"): Medium
    Shape("fixture#NotFoundException"): NotFoundException NotFoundExceptionBuilder is_not_found is_not_found_exception
    Shape("fixture#URLPath"): UrlPath UrlPathBuilder
    LeftOut("WeighBook"): WeighBook WeighBookError WeighBookFluentBuilder WeighBookInput WeighBookInputBuilder WeighBookOutput WeighBookOutputBuilder WeighBookPaginator WeighBookPaginatorItems weigh_book
    "#);
}

#[test]
fn raw_identifiers_mean_what_they_mean_without_their_mark() {
    let vocabulary = vocabulary();
    let expected = [Meaning::Operation("Move".to_owned())];
    for word in ["r#move", "move", "Move", "r#Move", "MoveError"] {
        assert_eq!(vocabulary.meanings(word), expected, "{word}");
    }
    for word in ["", "r#", "moves", "MOVE", "look_up", "Books", "title", "LookUpIsbn2", "ListBooksRequest"] {
        assert_eq!(vocabulary.meanings(word), [], "{word}");
    }
}

#[test]
fn what_cannot_be_emitted_is_known_as_such() {
    let vocabulary = vocabulary();
    assert_eq!(vocabulary.meanings("weigh_book"), [Meaning::LeftOut("WeighBook".to_owned())]);
    let [left_out] = vocabulary.left_out() else { panic!("{:?}", vocabulary.left_out()) };
    assert_eq!(left_out.reason, "smithy.api#Document is a document, which no message of restXml can hold");
    assert_eq!(vocabulary.service(), "fixture#FixtureService");
}

#[test]
fn a_word_may_mean_an_operation_and_a_type() {
    let fixture = library().operation("Undo", "POST /undo", &["moved: MoveOutput"], &[], &[]);
    let vocabulary = Vocabulary::of(&[fixture.source()]).unwrap_or_else(|report| panic!("{report}"));
    let expected = [Meaning::Operation("Move".to_owned()), Meaning::Shape("fixture#MoveOutput".to_owned())];
    assert_eq!(vocabulary.meanings("MoveOutput"), expected);
}

#[test]
fn a_model_that_is_wrong_has_no_vocabulary() {
    let fixture = library().operation("Burn", "POST /burn", &["book: Missing"], &[], &[]);
    let report = Vocabulary::of(&[fixture.source()]).err().map(|report| report.to_string()).unwrap_or_default();
    assert!(report.starts_with("error: target fixture#Missing does not exist"), "{report}");
}

#[test]
fn each_word_is_a_word_of_what_is_emitted() {
    let generated = library().skip_unsupported().generated();
    let sources = generated.files.iter().filter(|(path, _)| path.ends_with(".rs"));
    let text: String = sources.map(|(_, text)| text.as_str()).collect();
    let emitted: BTreeSet<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    let vocabulary = vocabulary();
    let is_there = |meaning: &Meaning| !matches!(meaning, Meaning::LeftOut(_));
    let words = vocabulary.words().filter(|(_, meanings)| meanings.clone().any(is_there));
    let missing: Vec<&str> = words.map(|(word, _)| word).filter(|word| !emitted.contains(word)).collect();
    assert_eq!(missing.join(" "), "");
}

#[test]
fn the_errors_of_a_stream_are_there_with_its_events() {
    let vocabulary = Vocabulary::of(&[weather().source()]).unwrap_or_else(|report| panic!("{report}"));
    let shape = |name: &str| vec![Meaning::Shape(format!("fixture#{name}"))];
    assert_eq!(vocabulary.meanings("WeatherError"), shape("Weather"));
    // No operation lists it.
    assert_eq!(vocabulary.meanings("is_storm"), shape("Storm"));
    assert_eq!(vocabulary.meanings("Rain"), shape("Rain"));
}
