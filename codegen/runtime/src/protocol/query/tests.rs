//! Forms that are sent, and documents that come back.

use aws_smithy_runtime_api::http::{Headers, NonUtf8HeaderHandling};
use aws_smithy_types::{Blob, DateTime, Document};
use std::cell::RefCell;
use std::collections::HashMap;

use super::{Query, aws_query, ec2_query};
use crate::format::DecodeError;
use crate::protocol::{ErrorHead, Protocol};
use crate::response::Response;
use crate::route::Route;
use crate::shape::{Shape, Xml};

#[derive(Default)]
struct Search {
    name: Option<String>,
    open: Option<bool>,
    share: Option<f64>,
    when: Option<DateTime>,
    day: Option<DateTime>,
    data: Option<Blob>,
    words: Option<Vec<String>>,
    flat: Option<Vec<String>>,
    rows: Option<Vec<Vec<i32>>>,
    sparse: Option<Vec<Option<String>>>,
    tags: Option<HashMap<String, String>>,
    flat_tags: Option<HashMap<String, Vec<i32>>>,
    inner: Option<Box<Search>>,
    document: Option<Document>,
}

crate::shape! {
    all_optional Search {
        0 name: "name",
        1 open: "isOpen" = "open",
        2 share: "share",
        3 when: "when" DATE_TIME,
        4 day: "day",
        5 data: "data",
        6 words: "words",
        7 flat: "Word" = "flat" FLATTENED,
        8 rows: "rows",
        9 sparse: "sparse",
        10 tags: "tags",
        11 flat_tags: "tag" FLATTENED,
        12 inner: "inner",
        13 document: "document",
    } xml {
        0 Xml::PLAIN.in_forms("nameOfAll"),
        8 Xml::list("Row").of(&Xml::list("Cell")),
        10 Xml::map("K", "V"),
        11 Xml::map("Name", "Values").of(&Xml::list("item")),
    }
}

const AWS: Query = aws_query("2026-01-01");
const EC2: Query = ec2_query("2026-01-01");

/// The form of an input, without operation and version.
fn sent(protocol: &Query, search: &Search) -> Result<String, String> {
    let request = protocol.write_request("Zones", &Route::new("Find", "POST", &[]), search);
    let request = request.map_err(|error| error.to_string())?;
    assert_eq!((request.method(), request.uri()), ("POST", "/"));
    assert_eq!(request.headers().get("content-type"), Some("application/x-www-form-urlencoded"));
    let form = String::from_utf8(request.body().bytes().expect("it is there").to_vec()).expect("it is UTF-8");
    let rest = form.strip_prefix("Action=Find&Version=2026-01-01").expect("operation and version come first");
    Ok(rest.trim_start_matches('&').to_owned())
}

fn texts(texts: &[&str]) -> Option<Vec<String>> {
    Some(texts.iter().map(|text| (*text).to_owned()).collect())
}

#[test]
fn a_request_without_members_names_operation_and_version() {
    assert_eq!(sent(&AWS, &Search::default()).as_deref(), Ok(""));
}

#[test]
fn scalars_are_texts_below_their_names() {
    let search = Search {
        name: Some("a & b=ä~".to_owned()),
        open: Some(true),
        share: Some(f64::NEG_INFINITY),
        when: Some(DateTime::from_secs_and_nanos(1, 500_000_000)),
        day: Some(DateTime::from_secs(86400)),
        data: Some(Blob::new("hi?")),
        inner: Some(Box::new(Search { name: Some(String::new()), ..Search::default() })),
        ..Search::default()
    };
    let rest = "%26%20b%3D%C3%A4~";
    let aws = format!(
        "name=a%20{rest}&isOpen=true&share=-Infinity&when=1970-01-01T00%3A00%3A01.5Z&day=86400&data=aGk%2F&inner.name="
    );
    let ec2 = format!(
        "nameOfAll=a%20{rest}&IsOpen=true&Share=-Infinity&When=1970-01-01T00%3A00%3A01.5Z&Day=86400&Data=aGk%2F&Inner.nameOfAll="
    );
    assert_eq!(sent(&AWS, &search), Ok(aws));
    assert_eq!(sent(&EC2, &search), Ok(ec2));
}

#[test]
fn elements_of_lists_are_numbered() {
    let search = Search {
        words: texts(&["a", "b"]),
        flat: texts(&["c", "d"]),
        rows: Some(vec![vec![1, 2], vec![3]]),
        sparse: Some(vec![None, Some("e".to_owned()), None]),
        ..Search::default()
    };
    assert_eq!(
        sent(&AWS, &search).as_deref(),
        Ok("words.member.1=a&words.member.2=b&Word.1=c&Word.2=d\
            &rows.Row.1.Cell.1=1&rows.Row.1.Cell.2=2&rows.Row.2.Cell.1=3&sparse.member.1=e")
    );
    assert_eq!(
        sent(&EC2, &search).as_deref(),
        Ok("Words.1=a&Words.2=b&Word.1=c&Word.2=d&Rows.1.1=1&Rows.1.2=2&Rows.2.1=3&Sparse.1=e")
    );
}

#[test]
fn a_list_without_elements_is_sent_where_the_protocol_says_so() {
    let search = Search { words: texts(&[]), flat: texts(&[]), rows: Some(vec![vec![]]), ..Search::default() };
    assert_eq!(sent(&AWS, &search).as_deref(), Ok("words=&Word=&rows.Row.1="));
    assert_eq!(sent(&EC2, &search).as_deref(), Ok(""));
}

#[test]
fn entries_of_maps_are_numbered_in_the_order_of_their_keys() {
    let tags = ["b", "a", "c"].map(|key| (key.to_owned(), key.to_uppercase()));
    let search = Search {
        tags: Some(tags.into()),
        flat_tags: Some([("x y".to_owned(), vec![7, 8])].into()),
        ..Search::default()
    };
    assert_eq!(
        sent(&AWS, &search).as_deref(),
        Ok("tags.entry.1.K=a&tags.entry.1.V=A&tags.entry.2.K=b&tags.entry.2.V=B&tags.entry.3.K=c&tags.entry.3.V=C\
            &tag.1.Name=x%20y&tag.1.Values.item.1=7&tag.1.Values.item.2=8")
    );
    let nothing = Search { tags: Some(HashMap::new()), flat_tags: Some(HashMap::new()), ..Search::default() };
    assert_eq!(sent(&AWS, &nothing).as_deref(), Ok(""));
}

#[test]
fn what_has_no_text_is_not_sent() {
    let document = Search { document: Some(Document::Null), ..Search::default() };
    let problem = "a document cannot be sent: XML and forms do not have it".to_owned();
    assert_eq!(sent(&AWS, &document), Err(problem));
    let late = Search { when: Some(DateTime::from_secs(i64::MAX)), ..Search::default() };
    assert!(sent(&EC2, &late).is_err());
}

struct Found {
    names: Option<Vec<String>>,
    next: Option<String>,
    _request_id: Option<String>,
}

crate::shape! {
    all_optional output Found {
        0 names: "names",
        1 next: "next",
    }
}

struct Done {
    _request_id: Option<String>,
}

crate::shape! {
    all_optional output Done {
    }
}

fn read<T: Shape>(protocol: &Query, headers: &Headers, body: &str) -> Result<T, String> {
    let unreadable_headers = NonUtf8HeaderHandling::default();
    let response =
        Response { status: 200, headers, body: body.as_bytes(), stream: RefCell::default(), unreadable_headers };
    let mut output = <T as Shape>::empty();
    protocol.read_output(&response, &mut output).map_err(|error: DecodeError| error.to_string())?;
    Ok(output)
}

/// Members and id of the request that an output has.
fn told(protocol: &Query, body: &str) -> Result<String, String> {
    let found: Found = read(protocol, &Headers::new(), body)?;
    let text = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    let names = found.names.map(|names| names.join(","));
    Ok(format!("{} {} {}", text(names), text(found.next), text(found._request_id)))
}

const MEMBERS: &str = "<names><member>a</member><member>b</member></names><next>c</next>";

#[test]
fn members_stand_in_the_result_or_in_the_response_itself() {
    let metadata = "<ResponseMetadata><RequestId>7</RequestId></ResponseMetadata>";
    let wrapped =
        format!("<FindResponse xmlns='https://a'>\n<FindResult>{MEMBERS}</FindResult>\n{metadata}</FindResponse>");
    let bare = format!("<FindResponse xmlns='https://a'><requestId>7</requestId>{MEMBERS}</FindResponse>");
    assert_eq!(told(&AWS, &wrapped).as_deref(), Ok("a,b c 7"));
    assert_eq!(told(&EC2, &bare).as_deref(), Ok("a,b c 7"));
    assert_eq!(told(&AWS, &format!("<FindResponse>{metadata}</FindResponse>")).as_deref(), Ok("- - 7"));
    assert_eq!(told(&AWS, "").as_deref(), Ok("- - -"));
}

#[test]
fn a_document_of_something_else_is_refused() {
    let refused = Err("expected the element of a response at byte 0".to_owned());
    for protocol in [&AWS, &EC2] {
        assert_eq!(told(protocol, "<html><body/></html>"), refused);
        assert_eq!(told(protocol, "{}"), Err("expected an element at byte 0".to_owned()));
        assert!(told(protocol, "<FindResponse><FindResult>").is_err());
    }
}

#[test]
fn an_output_without_members_has_the_id_of_its_request_whatever_the_body_is() {
    let id = |body: &str, headers: &Headers| read::<Done>(&AWS, headers, body).map(|done| done._request_id);
    let body = "<GoResponse><ResponseMetadata><RequestId>7</RequestId></ResponseMetadata></GoResponse>";
    assert_eq!(id(body, &Headers::new()), Ok(Some("7".to_owned())));
    assert_eq!(id("nothing", &Headers::new()), Ok(None));
    // The header is for whoever called.
    let mut headers = Headers::new();
    headers.insert("x-amzn-requestid", "8");
    assert_eq!(id(body, &headers), Ok(None));
}

#[test]
fn an_exception_is_filled_from_its_element() {
    let error = "<Error><Code>Gone</Code><Message>No.</Message><next>c</next></Error>";
    let bodies = [
        (&AWS, format!("<ErrorResponse>{error}<RequestId>7</RequestId></ErrorResponse>")),
        (&EC2, format!("<Response><Errors>{error}</Errors><RequestID>7</RequestID></Response>")),
    ];
    for (protocol, body) in bodies {
        let headers = Headers::new();
        let unreadable_headers = NonUtf8HeaderHandling::default();
        let response = Response {
            status: 400,
            headers: &headers,
            body: body.as_bytes(),
            stream: RefCell::default(),
            unreadable_headers,
        };
        let mut head = ErrorHead::default();
        protocol.read_error(&response, &mut head).expect("it is well-formed");
        assert_eq!((head.code(), head.request_id.as_deref()), (Some("Gone"), Some("7")));
        let mut found = <Found as Shape>::empty();
        protocol.read_exception(&response, &head, &mut found).expect("it is well-formed");
        assert_eq!(found.next.as_deref(), Some("c"));
    }
}
