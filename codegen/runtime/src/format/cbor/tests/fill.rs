//! What becomes of structures that are filled from CBOR, and of what is written of them.

use aws_smithy_types::{Blob, DateTime, Document};
use std::collections::HashMap;

use super::hex;
use crate::format::Format;
use crate::format::cbor::CBOR;
use crate::shape::{Member, Shape, Table, View};
use crate::slot::Slot;

struct Room {
    name: Option<String>,
    seats: Option<i8>,
    level: i32,
    opened: Option<DateTime>,
    plan: Option<Blob>,
    size: Option<f32>,
    tags: Option<HashMap<String, String>>,
    gaps: Option<HashMap<String, Option<i32>>>,
    words: Option<Vec<String>>,
    holes: Option<Vec<Option<i32>>>,
    inner: Option<Box<Room>>,
    notes: Option<Document>,
}

crate::shape! {
    Room {
        0 name: "name",
        1 seats: "seats",
        2 level: "level" DEFAULT,
        3 opened: "opened",
        4 plan: "plan",
        5 size: "size",
        6 tags: "tags",
        7 gaps: "gaps",
        8 words: "words",
        9 holes: "holes",
        10 inner: "inner",
        11 notes: "notes",
    }
}

fn filled(cbor: &[u8]) -> Result<Room, String> {
    let mut room = <Room as Shape>::empty();
    CBOR.decode(cbor, Slot::Structure(&mut room), &Member::NONE).map_err(|error| error.to_string())?;
    Ok(room)
}

/// The members that are there after CBOR was read, or why it was not read.
fn room(digits: &str) -> Result<String, String> {
    let room = filled(&hex(digits))?;
    let members =
        Room::SCHEMA.members().enumerate().map(|(index, member)| (member.field(), Shape::member(&room, index)));
    let filled = members.filter(|(_, value)| !matches!(value.view(), View::Absent | View::Integer(0)));
    let shown: Vec<_> = filled.map(|(field, value)| format!("{field}: {value:?}")).collect();
    Ok(shown.join(", ").replace("Some", "").replace(['(', ')'], ""))
}

/// One entry, its key a member of the room.
fn entry(name: &str, value: &str) -> String {
    let key: String = name.bytes().map(|byte| format!("{byte:02x}")).collect();
    format!("{:02x}{key}{value}", 0x60 + name.len())
}

fn with(name: &str, value: &str) -> Result<String, String> {
    room(&format!("a1{}", entry(name, value)))
}

#[test]
fn members_are_found_in_any_order_and_unknown_ones_of_any_kind_are_skipped() {
    let [name, seats] = [entry("name", "6161"), entry("seats", "02")];
    let both = Ok(r#"name: "a", seats: 2"#.to_owned());
    assert_eq!(room(&format!("a2{name}{seats}")), both);
    assert_eq!(room(&format!("bf{seats}{name}ff")), both);
    for unknown in [
        entry("other", "bf616182c101f6ff"),
        entry("rooms", "f0"),
        "00 01".to_owned(),
        "80 a0".to_owned(),
        "4161 c1fb0000000000000000".to_owned(),
        "7f 61 6e ff f7".to_owned(),
    ] {
        assert_eq!(room(&format!("bf{name}{unknown}{seats}ff")), both, "{unknown}");
    }
    assert_eq!(room("bf 7f 62 6e61 62 6d65 ff 61 61 ff"), Ok(r#"name: "a""#.to_owned()));
}

#[test]
fn null_is_absence_and_the_last_value_counts() {
    let [name, null, other] = [entry("name", "6161"), entry("name", "f6"), entry("name", "6162")];
    assert_eq!(room(&format!("a2{name}{null}")), Ok(String::new()));
    assert_eq!(room(&format!("a2{name}{other}")), Ok(r#"name: "b""#.to_owned()));
    assert_eq!(with("name", "f7"), Ok(String::new()));
    let [level, null] = [entry("level", "05"), entry("level", "f6")];
    assert_eq!(room(&format!("a2{level}{null}")), Ok("level: 5".to_owned()));
}

#[test]
fn null_elements_stay_where_the_list_or_map_is_sparse() {
    assert_eq!(with("words", "83 6161 f6 6162"), Ok(r#"words: ["a", "b"]"#.to_owned()));
    assert_eq!(with("holes", "9f 01 f6 02 ff"), Ok("holes: [1, None, 2]".to_owned()));
    assert_eq!(with("tags", "a1 6161 f6"), Ok("tags: {}".to_owned()));
    assert_eq!(with("tags", "a2 6161 6162 6161 f6"), Ok("tags: {}".to_owned()));
    assert_eq!(with("gaps", "bf 6161 f6 ff"), Ok(r#"gaps: {"a": None}"#.to_owned()));
}

#[test]
fn times_are_integers_or_floats_with_a_tag_or_without() {
    let opened = |value: &str| filled(&hex(&format!("a1{}", entry("opened", value)))).map(|room| room.opened);
    let at = |secs, nanos| Ok(Some(DateTime::from_secs_and_nanos(secs, nanos)));
    assert_eq!(opened("c1 00"), at(0, 0));
    assert_eq!(opened("c1 1a 386d4380"), at(946_684_800, 0));
    assert_eq!(opened("c1 20"), at(-1, 0));
    assert_eq!(opened("c1 f9 3e00"), at(1, 500_000_000));
    assert_eq!(opened("c1 fb 41cc37db380fbe77"), at(946_845_296, 123_000_000));
    assert_eq!(opened("c1 fb 3ff004189374bc6a"), at(1, 1_000_000));
    assert_eq!(opened("c1 fb 3fefffffffffffff"), at(0, 999_000_000));
    assert_eq!(opened("c1 fb bfe0000000000000"), at(-1, 500_000_000));
    assert_eq!(opened("01"), at(1, 0));
    for none in ["c1 f9 7e00", "c1 f9 7c00", "c1 fb 7e37e43c8800759c", "1b ffffffffffffffff"] {
        assert!(opened(none).is_err_and(|error| error.starts_with("expected a time in seconds since 1970")), "{none}");
    }
    assert!(opened("c0 6130").is_err());
}

#[test]
fn values_of_the_wrong_type_are_refused() {
    assert_eq!(with("seats", "18 80"), Err("expected an integer in the range of i8".to_owned()));
    assert_eq!(with("seats", "6131"), Err("expected an integer at byte 7".to_owned()));
    assert_eq!(with("plan", "6131"), Err("expected a string of bytes at byte 6".to_owned()));
    assert_eq!(with("tags", "a1 01 6161"), Err("expected a text at byte 7".to_owned()));
    assert_eq!(with("notes", "a0"), Err("expected no document, as CBOR has none".to_owned()));
    assert_eq!(room("f6"), Err("expected a map at byte 0".to_owned()));
    assert_eq!(room("a0 00"), Err("expected the end of the CBOR item at byte 1".to_owned()));
    assert_eq!(room("a1 64 6e616d65 ff"), Err("expected a text at byte 6".to_owned()));
}

#[test]
fn structures_inside_each_other_are_bounded() {
    let nested = |depth: usize| format!("{}a0", entry("inner", "").repeat(depth).replace("65696e", "a165696e"));
    assert!(room(&nested(127)).is_ok());
    assert!(room(&nested(128)).is_err_and(|error| error.starts_with("more than 128 lists and maps")));
}

#[test]
fn what_is_written_is_read_again() {
    let mut room = <Room as Shape>::empty();
    room.name = Some("a".to_owned());
    room.level = -7;
    room.opened = Some(DateTime::from_secs_and_nanos(-1, 123_456_789));
    room.plan = Some(Blob::new([0, 255]));
    room.size = Some(0.5);
    room.gaps = Some([("a".to_owned(), None)].into());
    room.inner = Some(Box::new(filled(&hex("a0")).expect("an empty room")));
    let written = CBOR.encode(&View::Structure(&room), &Member::NONE).expect("it can be written");
    let expected = [
        "bf",
        &entry("name", "6161"),
        &entry("level", "26"),
        &entry("opened", "c1 fbbfec106 24dd2f1aa"),
        &entry("plan", "42 00ff"),
        &entry("size", "fa 3f000000"),
        &entry("gaps", "a1 6161 f6"),
        &entry("inner", &format!("bf {} ff", entry("level", "00"))),
        "ff",
    ];
    assert_eq!(written, hex(&expected.concat()));
    let again = filled(&written).expect("it can be read");
    assert_eq!(again.opened, Some(DateTime::from_millis(-877)));
    assert_eq!((again.gaps, again.size), (room.gaps, room.size));
}

#[test]
fn whole_seconds_are_integers() {
    let mut room = <Room as Shape>::empty();
    room.opened = Some(DateTime::from_secs_and_nanos(1, 999_999));
    let written = CBOR.encode(&View::Structure(&room), &Member::NONE).expect("it can be written");
    assert_eq!(written, hex(&format!("bf{}{}ff", entry("level", "00"), entry("opened", "c1 01"))));
}

#[test]
fn documents_are_not_written() {
    let mut room = <Room as Shape>::empty();
    room.notes = Some(Document::Null);
    let refused = CBOR.encode(&View::Structure(&room), &Member::NONE).expect_err("CBOR has no documents");
    assert_eq!(refused.to_string(), "CBOR has no documents");
}
