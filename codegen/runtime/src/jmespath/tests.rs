use aws_smithy_types::{Blob, DateTime, Document};
use std::collections::HashMap;

use super::{Comparator, Found, Function, Path, Step, follow};
use crate::shape;

#[derive(Default)]
struct Fleet {
    name: Option<String>,
    sizes: Vec<i32>,
    started: Option<DateTime>,
    key: Option<Blob>,
    tags: Option<HashMap<String, String>>,
    note: Option<Document>,
    parts: Vec<Fleet>,
}

shape! {
    Fleet {
        0 name: "Name",
        1 sizes: "Sizes",
        2 started: "Started",
        3 key: "Key",
        4 tags: "Tags",
        5 note: "Note",
        6 parts: "Parts",
    }
}

const NAME: Step = Step::Member(0);
const SIZES: Step = Step::Member(1);
const TAGS: Step = Step::Member(4);
const NOTE: Step = Step::Member(5);
const PARTS: Step = Step::Member(6);

fn fleet() -> Fleet {
    let part = |name: Option<&str>| Fleet { name: name.map(str::to_owned), ..Fleet::default() };
    let note = HashMap::from([("deep".to_owned(), Document::Array(vec![Document::from(true), Document::Null]))]);
    Fleet {
        name: Some("görl".to_owned()),
        sizes: vec![1, 2, 3],
        started: Some(DateTime::from_secs_f64(1.5)),
        key: Some(Blob::new("key")),
        tags: Some(HashMap::from([("color".to_owned(), "red".to_owned())])),
        note: Some(Document::Object(note)),
        parts: vec![part(Some("a")), part(None), part(Some("b"))],
    }
}

/// What a path comes to, as text.
fn told(path: Path) -> String {
    let fleet = fleet();
    follow(path, &Found::Structure(&fleet)).map_or("a mistake".to_owned(), |found| show(&found))
}

fn show(found: &Found<'_>) -> String {
    match found {
        Found::Null => "null".to_owned(),
        Found::Boolean(value) => value.to_string(),
        Found::Number(number) => number.to_string(),
        Found::Text(text) => format!("{text:?}"),
        Found::List(list) => format!("[{}]", list.iter().map(show).collect::<Vec<_>>().join(", ")),
        object => format!("{{{}}}", show(&Found::List(object.keys().unwrap_or_default()))),
    }
}

#[test]
fn values_are_what_they_are_in_json() {
    assert_eq!(told(&[NAME]), "\"görl\"");
    assert_eq!(told(&[SIZES]), "[1, 2, 3]");
    assert_eq!(told(&[Step::Member(2)]), "1.5");
    assert_eq!(told(&[Step::Member(3)]), "\"a2V5\"");
    assert_eq!(told(&[TAGS, Step::Key("color")]), "\"red\"");
    assert_eq!(told(&[TAGS, Step::Key("size")]), "null");
    assert_eq!(told(&[NOTE, Step::Key("deep"), Step::At(0)]), "true");
    assert_eq!(told(&[PARTS, Step::At(-1)]), "{[\"Name\", \"Sizes\", \"Parts\"]}");
    assert_eq!(told(&[PARTS, Step::At(i32::MIN)]), "null");
    assert_eq!(told(&[]), "{[\"Name\", \"Sizes\", \"Started\", \"Key\", \"Tags\", \"Note\", \"Parts\"]}");
}

#[test]
fn projections_leave_out_what_is_null() {
    assert_eq!(told(&[PARTS, Step::Each(&[NAME])]), "[\"a\", \"b\"]");
    assert_eq!(told(&[PARTS, Step::Flatten(&[Step::Select(&[&[NAME]])]), Step::Flatten(&[])]), "[\"a\", \"b\"]");
    assert_eq!(told(&[TAGS, Step::Values(&[])]), "[\"red\"]");
    assert_eq!(told(&[NAME, Step::Each(&[])]), "null");
    const IS_B: Step = Step::Compare(Comparator::Equal, &[NAME], &[Step::Text("b")]);
    assert_eq!(told(&[PARTS, Step::Filter(&[IS_B], &[NAME])]), "[\"b\"]");
}

#[test]
fn functions_take_what_they_take() {
    let call = |function, argument: Path| match function {
        Function::Length => told(Box::leak(Box::new([Step::Call(function, Box::leak(Box::new([argument])))]))),
        _ => told(Box::leak(Box::new([Step::Call(function, Box::leak(Box::new([argument, &[Step::Text("ör")]])))]))),
    };
    assert_eq!(call(Function::Length, &[NAME]), "4");
    assert_eq!(call(Function::Length, &[SIZES]), "3");
    assert_eq!(call(Function::Length, &[TAGS]), "1");
    assert_eq!(call(Function::Length, &[Step::Null]), "a mistake");
    assert_eq!(call(Function::Contains, &[NAME]), "true");
    assert_eq!(call(Function::Contains, &[SIZES]), "false");
    assert_eq!(call(Function::StartsWith, &[NAME]), "false");
    assert_eq!(call(Function::EndsWith, &[Step::Number(1.0)]), "a mistake");
}
