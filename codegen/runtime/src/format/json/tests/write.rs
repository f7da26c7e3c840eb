//! What the writer writes, byte for byte.

use crate::format::json::write::JsonWriter;
use crate::number::{double_text, float_text};

fn written(write: impl FnOnce(&mut JsonWriter)) -> String {
    let mut json = JsonWriter::new();
    write(&mut json);
    json.finish()
}

#[test]
fn commas_stand_between_members_and_elements_only() {
    let text = written(|json| {
        json.begin_object();
        json.key("none");
        json.begin_array();
        json.end_array();
        json.key("inner");
        json.begin_object();
        json.key("flag");
        json.boolean(true);
        json.key("gone");
        json.null();
        json.end_object();
        json.key("list");
        json.begin_array();
        json.begin_object();
        json.end_object();
        json.begin_array();
        json.boolean(false);
        json.end_array();
        json.string("x");
        json.raw("123456789012345678901234567890");
        json.end_array();
        json.end_object();
    });
    assert_eq!(
        text,
        r#"{"none":[],"inner":{"flag":true,"gone":null},"list":[{},[false],"x",123456789012345678901234567890]}"#
    );
}

#[test]
fn keys_and_strings_are_escaped_alike() {
    let text = written(|json| {
        json.begin_object();
        json.key("a\n\"");
        json.string("\u{8}\u{c}\n\r\t\"\\/\u{0}\u{1f}\u{7f}\u{e9}\u{1f600}");
        json.end_object();
    });
    assert_eq!(text, "{\"a\\n\\\"\":\"\\b\\f\\n\\r\\t\\\"\\\\/\\u0000\\u001f\u{7f}\u{e9}\u{1f600}\"}");
}

#[test]
fn an_escape_is_found_at_every_place_of_a_long_string() {
    for place in 0..40 {
        let mut value = "x".repeat(40);
        value.replace_range(place..place, "\"");
        let expected = format!("\"{}\"", value.replace('"', "\\\""));
        assert_eq!(written(|json| json.string(&value)), expected);
    }
}

#[test]
fn integers_reach_both_ends_of_their_range() {
    assert_eq!(written(|json| json.integer(i64::MIN)), "-9223372036854775808");
    assert_eq!(written(|json| json.unsigned(u64::MAX)), "18446744073709551615");
}

#[test]
fn doubles_are_shortest_and_look_like_numbers_with_a_fraction() {
    let cases = [
        (0.0, "0.0"),
        (-0.0, "-0.0"),
        (30.0, "30.0"),
        (0.1, "0.1"),
        (1e-5, "0.00001"),
        (1.5e-7, "1.5e-7"),
        (1e15, "1000000000000000.0"),
        (1e16, "1e16"),
        (1.7976931348623157e308, "1.7976931348623157e308"),
        (5e-324, "5e-324"),
    ];
    for (value, text) in cases {
        assert_eq!(written(|json| json.double(value)), text);
        assert_eq!(double_text(value), text);
    }
}

#[test]
fn floats_are_the_shortest_text_that_reads_back_the_same() {
    let cases =
        [(30.0, "30.0"), (29.97, "29.97"), (0.1, "0.1"), (16_777_216.0, "16777216.0"), (f32::MAX, "3.4028235e38")];
    for (value, text) in cases {
        assert_eq!(written(|json| json.float(value)), text);
        assert_eq!(float_text(value), text);
    }
}

#[test]
fn floats_outside_of_json_are_shortest() {
    assert_eq!(float_text(29.97), "29.97");
    assert_eq!(float_text(f32::NEG_INFINITY), "-Infinity");
    assert_eq!(double_text(f64::NAN), "NaN");
}

#[test]
fn what_is_not_finite_becomes_a_string() {
    let text = written(|json| {
        json.begin_array();
        json.double(f64::NAN);
        json.double(f64::INFINITY);
        json.float(f32::NEG_INFINITY);
        json.end_array();
    });
    assert_eq!(text, r#"["NaN","Infinity","-Infinity"]"#);
}
