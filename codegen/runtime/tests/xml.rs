//! Unions in XML, as emitted crates have them.

use smithy_client_runtime::format::Format;
use smithy_client_runtime::format::xml::XML;
use smithy_client_runtime::shape::{Member, Shape, View};
use smithy_client_runtime::slot::Slot;
use smithy_client_runtime::{shape, union};

/// A union with a flattened member.
#[derive(Clone, PartialEq)]
pub enum Choice {
    /// Text.
    Word(String),
    /// Texts.
    Words(Vec<String>),
    /// What this version does not know.
    Unknown,
}

union! {
    Choice {
        0 Word(String), is_word, as_word: "Word" = "word",
        1 Words(Vec<String>), is_words, as_words: "W" = "words" FLATTENED,
    }
}

/// A structure that holds one.
pub struct Chosen {
    choice: Option<Choice>,
}

shape! {
    all_optional Chosen {
        0 choice: "choice",
    }
}

fn chosen(content: &str) -> Result<Choice, String> {
    let xml = format!("<Chosen><choice>{content}</choice></Chosen>");
    let mut chosen = <Chosen as Shape>::empty();
    XML.decode(xml.as_bytes(), Slot::Structure(&mut chosen), &Member::NONE).map_err(|error| error.to_string())?;
    chosen.choice.ok_or_else(|| "nothing".to_owned())
}

#[test]
fn a_union_is_read_as_one_member() {
    let one = || Err("expected a union with one member at byte 16".to_owned());
    assert_eq!(chosen("<Word>a</Word>"), Ok(Choice::Word("a".to_owned())));
    assert_eq!(chosen("<W>a</W> <W>b</W>"), Ok(Choice::Words(vec!["a".to_owned(), "b".to_owned()])));
    assert_eq!(chosen("<New>a</New>"), Ok(Choice::Unknown));
    assert_eq!(chosen("<New>a</New><New>b</New>"), Ok(Choice::Unknown));
    for several in
        ["", "<Word>a</Word><Word>b</Word>", "<Word>a</Word><W>b</W>", "<Word>a</Word><New/>", "<New/><Word>a</Word>"]
    {
        assert_eq!(chosen(several), one(), "{several}");
    }
}

#[test]
fn a_union_is_written_as_its_member_and_not_at_all_if_nobody_knows_that() {
    let written = |choice: Choice| {
        let chosen = Chosen { choice: Some(choice) };
        let written = XML.encode(&View::Structure(&chosen), &Member::NONE).map_err(|error| error.to_string())?;
        Ok::<_, String>(String::from_utf8(written).expect("it is UTF-8"))
    };
    let words = Choice::Words(vec!["a".to_owned(), "b".to_owned()]);
    assert_eq!(written(words).as_deref(), Ok("<Chosen><choice><W>a</W><W>b</W></choice></Chosen>"));
    let unknown = "a union variant that this client does not know cannot be sent".to_owned();
    assert_eq!(written(Choice::Unknown), Err(unknown));
}
