//! What the reader takes, what it refuses, and what it says then.

use std::borrow::Cow;

use crate::format::json::read::{JsonReader, Kind};
use crate::format::{DecodeError, MAX_DEPTH, MAX_SKIPPED_DEPTH};

/// Reads one value of a whole text.
fn whole<'a, T>(text: &'a [u8], read: impl FnOnce(&mut JsonReader<'a>) -> Result<T, DecodeError>) -> Result<T, String> {
    let mut json = JsonReader::new(text);
    let value = read(&mut json).map_err(|error| error.to_string())?;
    json.finish().map_err(|error| error.to_string())?;
    Ok(value)
}

fn string(text: &str) -> Result<Cow<'_, str>, String> {
    whole(text.as_bytes(), JsonReader::string)
}

fn integer(text: &str) -> Result<i64, String> {
    whole(text.as_bytes(), JsonReader::integer)
}

fn double(text: &str) -> Result<f64, String> {
    whole(text.as_bytes(), JsonReader::double)
}

fn skip(text: &str) -> Result<(), String> {
    whole(text.as_bytes(), JsonReader::skip)
}

/// Reads an object of integers.
fn members(text: &str) -> Result<Vec<(Cow<'_, str>, i64)>, String> {
    whole(text.as_bytes(), |json| {
        let mut members = Vec::new();
        json.begin_object()?;
        while let Some(key) = json.next_key()? {
            members.push((key, json.integer()?));
        }
        Ok(members)
    })
}

/// Reads an array of integers.
fn elements(text: &str) -> Result<Vec<i64>, String> {
    whole(text.as_bytes(), |json| {
        let mut elements = Vec::new();
        json.begin_array()?;
        while json.next_element()? {
            elements.push(json.integer()?);
        }
        Ok(elements)
    })
}

fn error<T: std::fmt::Debug>(result: Result<T, String>) -> String {
    result.expect_err("the text is malformed")
}

#[test]
fn objects_give_their_keys_in_order_and_twice_if_they_stand_twice() {
    let expected = [("b", 1), ("a", 2), ("b", 3)].map(|(key, value)| (Cow::Borrowed(key), value));
    assert_eq!(members("{\"b\":1, \"a\" : 2\n,\t\"b\":3\r}").as_deref(), Ok(&expected[..]));
    assert_eq!(members(" { } ").as_deref(), Ok(&[][..]));
}

#[test]
fn keys_may_hold_escapes() {
    assert_eq!(members(r#"{"\u0061\n":1}"#), Ok(vec![(Cow::Borrowed("a\n"), 1)]));
}

#[test]
fn malformed_objects_are_refused() {
    assert_eq!(error(members("[]")), "expected an object at byte 0");
    assert_eq!(error(members("{,}")), "expected a key in quotes at byte 1");
    assert_eq!(error(members("{\"a\":1,}")), "expected a key in quotes at byte 7");
    assert_eq!(error(members("{\"a\":1 \"b\":2}")), "expected `,` or `}` at byte 7");
    assert_eq!(error(members("{\"a\" 1}")), "expected `:` at byte 5");
    assert_eq!(error(members("{\"a\":}")), "expected an integer at byte 5");
    assert_eq!(error(members("{a:1}")), "expected a key in quotes at byte 1");
    assert_eq!(error(members("{\"a\":1")), "the JSON text ends too early: expected `,` or `}` at byte 6");
    assert_eq!(error(members("{\"a\":1]")), "expected `,` or `}` at byte 6");
}

#[test]
fn arrays_give_their_elements() {
    assert_eq!(elements("[1, 2 ,3]").as_deref(), Ok(&[1, 2, 3][..]));
    assert_eq!(elements("[ ]").as_deref(), Ok(&[][..]));
}

#[test]
fn malformed_arrays_are_refused() {
    assert_eq!(error(elements("[1,]")), "expected an integer at byte 3");
    assert_eq!(error(elements("[,1]")), "expected an integer at byte 1");
    assert_eq!(error(elements("[1 2]")), "expected `,` or `]` at byte 3");
    assert_eq!(error(elements("[1}")), "expected `,` or `]` at byte 2");
    assert_eq!(error(elements("[")), "the JSON text ends too early: expected `,` or `]` at byte 1");
}

#[test]
fn nested_empty_containers_do_not_confuse_commas() {
    assert_eq!(skip("[[],{},[{}],{\"a\":[]}]"), Ok(()));
    assert_eq!(error(skip("[[]{}]")), "expected `,` or `]` at byte 3");
}

#[test]
fn plain_strings_are_borrowed() {
    let text = r#""plain and long enough for the fast loop: é""#;
    assert!(matches!(string(text), Ok(Cow::Borrowed("plain and long enough for the fast loop: é"))));
}

#[test]
fn escapes_are_resolved() {
    assert_eq!(
        string(r#""\"\\\/\b\f\n\r\t \u00e9\uD83D\uDE00 end""#).as_deref(),
        Ok("\"\\/\u{8}\u{c}\n\r\t \u{e9}\u{1f600} end")
    );
}

#[test]
fn malformed_strings_are_refused() {
    assert_eq!(error(string("1")), "expected a string at byte 0");
    assert_eq!(error(string(r#""\x""#)), "an escape that JSON does not have at byte 1");
    let four_digits = "an escape `\\u` without four hexadecimal digits at byte 1";
    assert_eq!(error(string(r#""\u12g4""#)), four_digits);
    assert_eq!(error(string(r#""\u+123""#)), four_digits);
    assert_eq!(error(string("\"a\tb\"")), "a control character inside a string at byte 2");
    assert_eq!(
        error(string("\"abc")),
        "the JSON text ends too early: expected the closing quote of a string at byte 4"
    );
    for text in ["\"\\", "\"\\u", "\"\\u12"] {
        let expected = format!("the JSON text ends too early: expected the rest of a string at byte {}", text.len());
        assert_eq!(error(string(text)), expected);
    }
}

#[test]
fn lone_surrogates_are_refused() {
    for text in [r#""x\uD83D""#, r#""x\uDE00\uD83D""#, r#""x\uD83Dx""#, r#""x\uD83D\u0041""#, r#""x\uD83D\uD83D""#] {
        assert_eq!(error(string(text)), "half of a surrogate pair at byte 2", "{text}");
    }
}

#[test]
fn invalid_utf8_is_refused_where_it_stands() {
    assert_eq!(error(whole(b"\"ab\xff\"", JsonReader::string)), "invalid UTF-8 at byte 3");
    assert_eq!(error(whole(b"[1]\xff", JsonReader::skip)), "invalid UTF-8 at byte 3");
    assert_eq!(error(whole(b"\xff", JsonReader::integer)), "invalid UTF-8 at byte 0");
}

#[test]
fn integers_of_64_bits_are_exact() {
    for value in [0, 7, -7, 999_999_999_999_999_999, i64::MAX, i64::MIN] {
        assert_eq!(integer(&value.to_string()), Ok(value));
    }
    assert_eq!(integer("-0"), Ok(0));
}

#[test]
fn integers_may_be_written_with_fraction_or_exponent() {
    for (text, value) in [("30.0", 30), ("3e1", 30), ("-2.50E+2", -250), ("1.", 1), ("0007", 7), ("-0.0", 0)] {
        assert_eq!(integer(text), Ok(value), "{text}");
    }
    assert_eq!(integer("00000000000000000000000042"), Ok(42));
}

#[test]
fn what_is_no_integer_of_64_bits_is_refused() {
    let unfit = [
        "1.5",
        "1e-1",
        "9223372036854775808",
        "-9223372036854775809",
        "9223372036854775808.0",
        "1e19",
        "1e999",
        "18446744073709551616",
    ];
    for text in unfit {
        assert_eq!(error(integer(text)), "expected an integer of 64 bits at byte 0", "{text}");
    }
    for text in ["\"1\"", "true", "null", "x", "+1", ".5", "\"NaN\""] {
        assert_eq!(error(integer(text)), "expected an integer at byte 0", "{text}");
    }
}

#[test]
fn malformed_numbers_are_refused() {
    assert_eq!(error(double("-")), "the JSON text ends too early: expected a digit at byte 1");
    assert_eq!(error(double("-.")), "the JSON text ends too early: expected a digit at byte 2");
    assert_eq!(error(double("1e")), "the JSON text ends too early: expected a digit at byte 2");
    assert_eq!(error(double("1e+x")), "expected a digit at byte 3");
    assert_eq!(error(double("1.2.3")), "expected the end of the JSON text at byte 3");
    assert_eq!(error(integer("12a")), "expected the end of the JSON text at byte 2");
}

#[test]
fn doubles_are_the_nearest_to_their_text() {
    for (text, value) in [("0.1", 0.1), ("-1e-7", -1e-7), ("12", 12.0), ("1.e2", 100.0), ("-.5", -0.5), ("2E2", 200.0)]
    {
        assert_eq!(double(text), Ok(value), "{text}");
    }
}

#[test]
fn doubles_that_are_not_finite_are_three_strings_and_no_number() {
    assert_eq!(double(r#""Infinity""#), Ok(f64::INFINITY));
    assert_eq!(double(r#""-Infinity""#), Ok(f64::NEG_INFINITY));
    assert!(double(r#""NaN""#).is_ok_and(f64::is_nan));
    assert_eq!(error(double("1e999")), "expected a number in the range of a double at byte 0");
    for text in [r#""nan""#, r#""1.5""#, "true"] {
        assert_eq!(error(double(text)), "expected a number, \"NaN\", \"Infinity\" or \"-Infinity\" at byte 0");
    }
}

#[test]
fn numbers_of_any_length_keep_their_text() {
    let text = "-123456789012345678901234567890.0e-400";
    assert_eq!(whole(text.as_bytes(), JsonReader::number_text), Ok(text));
    assert_eq!(error(whole(b"[]", JsonReader::number_text)), "expected a number at byte 0");
}

#[test]
fn booleans_and_null_are_whole_words() {
    assert_eq!(whole(b" true ", JsonReader::boolean), Ok(true));
    assert_eq!(whole(b"false", JsonReader::boolean), Ok(false));
    assert_eq!(whole(b"null", JsonReader::null), Ok(true));
    assert_eq!(error(whole(b"tru", JsonReader::boolean)), "expected `true` at byte 0");
    assert_eq!(error(whole(b"True", JsonReader::boolean)), "expected `true` or `false` at byte 0");
    assert_eq!(error(whole(b"nil", JsonReader::null)), "expected `null` at byte 0");
    assert_eq!(error(whole(b"nullx", JsonReader::null)), "expected the end of the JSON text at byte 4");
}

#[test]
fn null_leaves_other_values_alone() {
    let mut json = JsonReader::new(b"7");
    assert_eq!(json.null(), Ok(false));
    assert_eq!(json.integer(), Ok(7));
}

#[test]
fn peek_tells_the_kind_and_consumes_nothing() {
    let kinds = [
        ("null", Some(Kind::Null)),
        ("false", Some(Kind::Boolean)),
        ("-1", Some(Kind::Number)),
        ("\"\"", Some(Kind::String)),
        ("{}", Some(Kind::Object)),
        ("[]", Some(Kind::Array)),
        ("]", None),
        ("", None),
    ];
    for (text, kind) in kinds {
        let padded = format!(" \t\r\n{text}");
        let mut json = JsonReader::new(padded.as_bytes());
        assert_eq!((json.peek(), json.position()), (kind, 4), "{text}");
    }
}

#[test]
fn skipping_stops_behind_the_value() {
    let mut json = JsonReader::new(br#"[{"a":[1,{"b":"]}\"\uD83D"}],"c":null},true]"#);
    json.begin_array().expect("the text is an array");
    assert_eq!(json.next_element(), Ok(true));
    assert_eq!(json.skip(), Ok(()));
    assert_eq!(json.next_element(), Ok(true));
    assert_eq!(json.boolean(), Ok(true));
    assert_eq!(json.next_element(), Ok(false));
    assert_eq!(json.finish(), Ok(()));
}

#[test]
fn skipped_values_are_checked() {
    assert_eq!(error(skip("{\"a\":[1,}]")), "expected a value at byte 8");
    assert_eq!(error(skip("[\"\\")), "the JSON text ends too early: expected the closing quote of a string at byte 3");
    assert_eq!(error(skip("[\"\n\"]")), "a control character inside a string at byte 2");
    assert_eq!(error(skip("[1}")), "expected `,` or `]` at byte 2");
    assert_eq!(error(skip("{\"a\":1]")), "expected `,` or `}` at byte 6");
    assert_eq!(error(skip("")), "the JSON text ends too early: expected a value at byte 0");
}

#[test]
fn depth_is_bounded_when_reading() {
    let open = "[".repeat(1_000_000);
    let mut json = JsonReader::new(open.as_bytes());
    for _ in 0..MAX_DEPTH {
        assert_eq!(json.begin_array(), Ok(()));
        assert_eq!(json.next_element(), Ok(true));
    }
    let refused = "more than 128 objects and arrays inside each other at byte 128";
    assert_eq!(json.begin_array().map_err(|error| error.to_string()), Err(refused.to_owned()));
}

#[test]
fn what_is_skipped_is_nested_four_times_as_deep() {
    let nested = |depth: usize| format!("{}0{}", "[{\"a\":".repeat(depth / 2), "}]".repeat(depth / 2));
    assert_eq!(skip(&nested(MAX_SKIPPED_DEPTH)), Ok(()));
    let refused = "more than 512 objects and arrays inside each other at byte 1536";
    assert_eq!(error(skip(&nested(MAX_SKIPPED_DEPTH + 2))), refused);
    assert_eq!(error(skip(&nested(1_000_000))), refused);
}

#[test]
fn what_stands_around_a_skipped_value_does_not_add_to_its_depth() {
    let (open, close) = ("[".repeat(MAX_SKIPPED_DEPTH), "]".repeat(MAX_SKIPPED_DEPTH));
    let text = format!("{}{open}{close}", "[".repeat(MAX_DEPTH));
    let mut json = JsonReader::new(text.as_bytes());
    for _ in 0..MAX_DEPTH {
        assert_eq!(json.begin_array(), Ok(()));
        assert_eq!(json.next_element(), Ok(true));
    }
    assert_eq!(json.skip(), Ok(()));
}

#[test]
fn single_precision_numbers_are_rounded_once() {
    let float = |text: &str| whole(text.as_bytes(), JsonReader::float);
    // The double nearest to it lies half way between two single-precision numbers.
    assert_eq!(float("7.038531e-26").map(f32::to_bits), Ok(0x15ae_43fd));
    assert_eq!(float("29.97"), Ok(29.97));
    assert_eq!(float("29.969999313354492"), Ok(29.97));
    assert_eq!(float("1e39"), Ok(f32::INFINITY));
    assert_eq!(float("\"-Infinity\""), Ok(f32::NEG_INFINITY));
    assert_eq!(error(float("1e400")), "expected a number in the range of a double at byte 0");
    assert_eq!(error(float("\"1\"")), "expected a number, \"NaN\", \"Infinity\" or \"-Infinity\" at byte 0");
}

#[test]
fn escapes_are_not_decoded_when_skipping() {
    assert_eq!(skip(r#"["\uD83D\q\u12",{"\"":"\\"}]"#), Ok(()));
}

#[test]
fn siblings_do_not_add_to_the_depth() {
    let text = format!("[{}[]]", "[{}],".repeat(1000));
    assert_eq!(skip(&text), Ok(()));
}

#[test]
fn finish_wants_everything_read_and_closed() {
    assert_eq!(error(integer("1 2")), "expected the end of the JSON text at byte 2");
    let mut json = JsonReader::new(b"[");
    json.begin_array().expect("the text begins an array");
    let error = json.finish().expect_err("the array is open");
    assert_eq!(error.to_string(), "the JSON text ends too early: expected the end of an object or array at byte 1");
}

#[test]
fn errors_never_quote_the_text() {
    for text in ["\"hunter2\\q", "hunter2", "{\"hunter2\"}", "[hunter2", "{\"a\":hunter2}", "\"hunter2\n\""] {
        let mut json = JsonReader::new(text.as_bytes());
        let error = json.skip().expect_err("the text is malformed");
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
    }
}

#[test]
fn a_mismatch_says_what_was_expected_and_where_if_known() {
    let error = DecodeError::mismatch("a timestamp");
    assert_eq!((error.to_string().as_str(), error.position()), ("expected a timestamp", None));
    let located = error.at(12).at(99);
    assert_eq!((located.to_string().as_str(), located.position()), ("expected a timestamp at byte 12", Some(12)));
}
