//! What becomes of headers, the status and whole bodies.

use aws_smithy_runtime_api::http::{Headers, NonUtf8HeaderHandling};
use aws_smithy_types::{Blob, DateTime, Document};
use std::cell::RefCell;
use std::collections::HashMap;

use super::message;
use crate::format::json::JSON;
use crate::response::Response;
use crate::shape::Shape;

struct Bound {
    flag: Option<bool>,
    count: Option<i8>,
    ratio: Option<f32>,
    text: Option<String>,
    encoded: Option<String>,
    day: Option<DateTime>,
    days: Option<Vec<DateTime>>,
    words: Option<Vec<String>>,
    marks: Option<HashMap<String, String>>,
    status: Option<i32>,
}

crate::shape! {
    all_optional Bound {
        0 flag: HEADER "x-flag",
        1 count: HEADER "x-count",
        2 ratio: HEADER "x-ratio",
        3 text: HEADER "x-text",
        4 encoded: HEADER "x-encoded",
        5 day: HEADER "x-day" HTTP_DATE,
        6 days: HEADER "x-days" HTTP_DATE,
        7 words: HEADER "x-words",
        8 marks: PREFIX_HEADERS "x-mark-",
        9 status: STATUS "status",
    } media_types {
        4 "application/json",
    }
}

/// Reads an output from a response with these headers and this body.
fn read<T: Shape>(headers: &[(&'static str, &'static str)], body: &[u8]) -> Result<T, String> {
    let mut all = Headers::new();
    for (name, value) in headers {
        all.append(*name, *value);
    }
    let unreadable_headers = NonUtf8HeaderHandling::default();
    let response = Response { status: 207, headers: &all, body, stream: RefCell::default(), unreadable_headers };
    let mut output = T::empty();
    message(&response, body, &JSON, &mut output).map_err(|error| error.to_string())?;
    Ok(output)
}

fn bound(headers: &[(&'static str, &'static str)]) -> Result<Bound, String> {
    read(headers, b"")
}

#[test]
fn headers_are_read_by_the_types_of_their_members() {
    let output = bound(&[
        ("x-flag", " true"),
        ("x-count", "-128"),
        ("x-ratio", "0.5"),
        ("x-text", " as it stands "),
        ("x-encoded", "eyJhIjoxfQ=="),
        ("x-day", "Mon, 16 Dec 2019 23:48:18 GMT"),
    ]);
    let output = output.expect("every header parses");
    assert_eq!((output.flag, output.count, output.ratio), (Some(true), Some(-128), Some(0.5)));
    assert_eq!((output.text.as_deref(), output.encoded.as_deref()), (Some(" as it stands "), Some(r#"{"a":1}"#)));
    assert_eq!(output.day, Some(DateTime::from_secs(1_576_540_098)));
}

#[test]
fn members_without_their_header_are_absent_but_for_maps_and_the_status_is_always_there() {
    let output = bound(&[]).expect("no header is required");
    assert_eq!(output, Bound { status: Some(207), marks: Some(HashMap::new()), ..Shape::empty() });
}

#[test]
fn a_header_that_has_to_be_there_is_not_made_up_for() {
    struct Begun {
        pitch: String,
    }
    crate::shape! {
        Begun {
            0 pitch: HEADER "x-pitch" REQUIRED,
        }
    }
    assert_eq!(read::<Begun>(&[("x-pitch", "a")], b"").map(|begun| begun.pitch), Ok("a".to_owned()));
    let problem = read::<Begun>(&[], b"").expect_err("there is no header");
    assert_eq!(problem, "expected a header that has to be there");
}

#[test]
fn lists_are_split_and_their_lines_are_one() {
    let output = bound(&[
        ("x-words", "a, \"b,c\""),
        ("x-words", "d"),
        ("x-days", "Mon, 16 Dec 2019 23:48:18 GMT, Tue, 17 Dec 2019 23:48:18 GMT"),
    ]);
    let output = output.expect("every header parses");
    assert_eq!(output.words, Some(["a", "b,c", "d"].map(str::to_owned).to_vec()));
    assert_eq!(output.days, Some([1_576_540_098, 1_576_626_498].map(DateTime::from_secs).to_vec()));
}

#[test]
fn headers_with_a_prefix_are_the_entries_of_a_map() {
    let output = bound(&[("x-mark-one", "1"), ("x-mark-two", "2"), ("x-other", "3")]).expect("a map of texts");
    let expected = HashMap::from([("one", "1"), ("two", "2")].map(|(key, value)| (key.to_owned(), value.to_owned())));
    assert_eq!(output.marks, Some(expected));
}

#[test]
fn headers_that_do_not_parse_are_refused() {
    for (header, problem) in [
        (("x-flag", "yes"), "expected `true` or `false`"),
        (("x-count", "128"), "expected an integer in the range of i8"),
        (("x-ratio", "half"), "expected a number"),
        (("x-encoded", "{}"), "expected base64 text"),
        (("x-day", "2019-12-16T23:48:18Z"), "expected a timestamp"),
        (("x-words", "\"a"), "expected a closing quote in a header value"),
    ] {
        assert_eq!(bound(&[header]).map(drop), Err(problem.to_owned()), "{header:?}");
    }
    let twice = bound(&[("x-count", "1"), ("x-count", "2")]);
    assert_eq!(twice.map(drop), Err("expected a header with one value".to_owned()));
}

/// An output whose body is one member.
macro_rules! payload {
    ($name:ident: $type:ty) => {
        struct $name {
            body: Option<$type>,
        }

        crate::shape! {
            all_optional $name {
                0 body: PAYLOAD "body",
            }
        }
    };
}

struct Inner {
    size: Option<i32>,
}

crate::shape! {
    all_optional Inner {
        0 size: "size",
    }
}

payload!(OfText: String);
payload!(OfBytes: Blob);
payload!(OfDocument: Document);
payload!(OfInner: Inner);

#[test]
fn a_body_of_text_or_bytes_is_taken_as_it_stands() {
    assert_eq!(read::<OfText>(&[], b"{\"a\":").expect("text").body.as_deref(), Some("{\"a\":"));
    assert_eq!(read::<OfBytes>(&[], b"\xff\0").expect("bytes").body, Some(Blob::new(b"\xff\0")));
    assert_eq!(read::<OfText>(&[], b"\xff").map(drop), Err("expected UTF-8 text".to_owned()));
}

#[test]
fn a_body_of_a_structure_is_its_json() {
    let body = |json: &str| read::<OfInner>(&[], json.as_bytes()).map(|output| output.body);
    assert_eq!(body(r#"{"size":3}"#), Ok(Some(Inner { size: Some(3) })));
    assert_eq!(body(""), Ok(None));
    assert_eq!(body("null"), Err("expected an object at byte 0".to_owned()));
    assert_eq!(body("{}x"), Err("expected the end of the JSON text at byte 2".to_owned()));
}

#[test]
fn a_body_of_a_document_is_any_json_null_too() {
    let body = |json: &str| read::<OfDocument>(&[], json.as_bytes()).expect("JSON").body;
    assert_eq!(body("null"), Some(Document::Null));
    assert_eq!(body("[true]"), Some(Document::Array(vec![Document::Bool(true)])));
    assert_eq!(body(""), None);
}
