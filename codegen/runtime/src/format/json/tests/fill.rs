//! What becomes of structures that are filled from JSON.

use std::collections::HashMap;

use crate::format::json::encode::encode_body;
use crate::format::json::fill::read_shape;
use crate::format::json::read::JsonReader;
use crate::shape::{Shape, Table, View};

struct Room {
    name: Option<String>,
    seats: Option<i32>,
    odd: Option<String>,
    tags: Option<HashMap<String, String>>,
    gaps: Option<HashMap<String, Option<i32>>>,
    words: Option<Vec<String>>,
    holes: Option<Vec<Option<i32>>>,
    inner: Option<Box<Room>>,
    open: bool,
    level: i32,
}

crate::shape! {
    Room {
        0 name: "name",
        1 seats: "seats",
        2 odd: "o\"d\\d" ESCAPED,
        3 tags: "tags",
        4 gaps: "gaps",
        5 words: "words",
        6 holes: "holes",
        7 inner: "inner",
        8 open: "open",
        9 level: "level",
    }
}

/// The members that are there after a text was read, without what makes them optional and without those that are false
/// or zero, or why it was not read.
fn room(json: &str) -> Result<String, String> {
    let mut room = <Room as Shape>::empty();
    let mut reader = JsonReader::new(json.as_bytes());
    let read = read_shape(&mut reader, &mut room).and_then(|()| reader.finish());
    read.map_err(|error| error.to_string())?;
    let members = Room::SCHEMA.members().enumerate().map(|(index, member)| (member.field(), room.member(index)));
    let filled =
        members.filter(|(_, value)| !matches!(value.view(), View::Absent | View::Boolean(false) | View::Integer(0)));
    let shown: Vec<_> = filled.map(|(field, value)| format!("{field}: {value:?}")).collect();
    Ok(shown.join(", ").replace("Some", "").replace(['(', ')'], ""))
}

fn read(json: &str) -> String {
    room(json).expect("it is a room")
}

#[test]
fn a_key_that_json_escapes_is_written_as_it_is_read() {
    let text = r#"{"seats":2,"o\"d\\d":"x","open":false,"level":0}"#;
    let mut room = <Room as Shape>::empty();
    read_shape(&mut JsonReader::new(text.as_bytes()), &mut room).expect("it is a room");
    assert_eq!(room.odd.as_deref(), Some("x"));
    assert_eq!(encode_body(&room).expect("it can be sent"), text);
}

#[test]
fn keys_are_found_in_any_order_and_with_any_space() {
    let both = r#"name: "a", seats: 2"#;
    assert_eq!(read(r#"{"name":"a","seats":2}"#), both);
    assert_eq!(read(r#"{"seats":2,"name":"a"}"#), both);
    assert_eq!(read("{ \"name\" : \"a\" ,\n\"seats\"\t: 2 }"), both);
    assert_eq!(read(r#"{"other":{"name":1},"name":"a","names":[],"seats":2}"#), both);
}

#[test]
fn keys_with_escapes_are_found() {
    assert_eq!(read(r#"{"n\u0061me":"a"}"#), r#"name: "a""#);
    assert_eq!(read(r#"{"name":"a","seats":1,"o\"d\\d":"b"}"#), r#"name: "a", seats: 1, odd: "b""#);
}

#[test]
fn a_name_that_needs_escapes_is_not_found_without_them() {
    assert_eq!(room(r#"{"o"d\d":"b"}"#), Err("expected `:` at byte 4".to_owned()));
    assert_eq!(room(r#"{"name":"a","seats":1,"o"d\d":"b"}"#), Err("expected `:` at byte 25".to_owned()));
}

#[test]
fn commas_stand_between_members_and_nowhere_else() {
    for (text, problem) in [
        (r#"{,"name":"a"}"#, "expected a key in quotes at byte 1"),
        (r#"{"name":"a""seats":1}"#, "expected `,` or `}` at byte 11"),
        (r#"{"name":"a",}"#, "expected a key in quotes at byte 12"),
        (r#"{"name":"a","seats"}"#, "expected `:` at byte 19"),
        (r#"{"name"#, "the JSON text ends too early: expected the closing quote of a string at byte 6"),
    ] {
        assert_eq!(room(text), Err(problem.to_owned()), "{text}");
    }
}

#[test]
fn the_last_of_two_values_counts_and_null_is_none() {
    assert_eq!(read(r#"{"name":"a","name":"b","seats":1,"seats":null}"#), r#"name: "b""#);
    assert_eq!(read(r#"{"seats":1,"seats":null,"seats":2}"#), "seats: 2");
    assert_eq!(read(r#"{"open":true,"level":3}"#), "open: true, level: 3");
    assert_eq!(read(r#"{"open":true,"level":3,"open":null,"level":null}"#), "");
    assert_eq!(read(r#"{"inner":{"name":"a"},"words":["a"],"words":null,"inner":null}"#), "");
    assert_eq!(read(r#"{"words":["a"],"words":["b"]}"#), r#"words: ["b"]"#);
    assert_eq!(read(r#"{"tags":{"k":"a","k":"b"}}"#), r#"tags: {"k": "b"}"#);
    assert_eq!(read(r#"{"tags":{"k":"a","k":null}}"#), "tags: {}");
    assert_eq!(read(r#"{"gaps":{"k":1,"k":null}}"#), r#"gaps: {"k": None}"#);
}

#[test]
fn nulls_are_dropped_but_where_the_model_wants_them() {
    assert_eq!(read(r#"{"words":["a",null,"b"]}"#), r#"words: ["a", "b"]"#);
    assert_eq!(read(r#"{"holes":[null,1]}"#), "holes: [None, 1]");
    assert_eq!(read(r#"{"tags":{"k":null}}"#), "tags: {}");
    assert_eq!(read(r#"{"gaps":{"k":null}}"#), r#"gaps: {"k": None}"#);
}

#[test]
fn structures_stand_inside_each_other() {
    let room = read(r#"{"inner":{"name":"a","seats":3,"inner":null},"name":"b"}"#);
    assert!(room.starts_with(r#"name: "b", inner: Room { name: "a", seats: 3, odd: None, "#), "{room}");
}

#[test]
fn what_is_of_another_type_is_refused() {
    assert_eq!(room(r#"{"seats":3000000000}"#), Err("expected an integer in the range of i32".to_owned()));
    assert_eq!(room(r#"{"seats":"1"}"#), Err("expected an integer at byte 9".to_owned()));
    assert_eq!(room(r#"{"tags":["a"]}"#), Err("expected an object at byte 8".to_owned()));
    assert_eq!(room(r#"{"inner":1}"#), Err("expected an object at byte 9".to_owned()));
}

struct Lamp {
    color: String,
    watts: i32,
}

crate::shape! {
    Lamp {
        0 color: "color" DEFAULT,
        1 watts: "watts",
    } defaults {
        color: "red".to_owned(),
    }
}

/// The lamp of a text.
fn lamp(json: &str) -> (String, i32) {
    let mut lamp = <Lamp as Shape>::empty();
    let mut reader = JsonReader::new(json.as_bytes());
    read_shape(&mut reader, &mut lamp).and_then(|()| reader.finish()).expect("it is a lamp");
    (lamp.color, lamp.watts)
}

#[test]
fn what_is_absent_or_null_has_its_default() {
    assert_eq!(lamp("{}"), ("red".to_owned(), 0));
    assert_eq!(lamp(r#"{"color":null,"watts":null}"#), ("red".to_owned(), 0));
    assert_eq!(lamp(r#"{"color":"","watts":3}"#), (String::new(), 3));
}
