//! Calls of a service of restJson1 over a socket, with members that travel in headers.

use program::{sdk_config, serve};
use service::Client;
use service::error::SdkErrorExt;
use service::primitives::DateTime;
use service::types::Word;

fn client(url: &str) -> Client {
    Client::new(&sdk_config(url))
}

#[tokio::test]
async fn members_bound_to_headers_are_sent_in_them_and_not_in_the_body() {
    let (url, request) = serve("200 OK", &[], "{}");
    let call = client(&url)
        .put()
        .name("a b")
        .secret("s")
        .count(-3)
        .ratio(0.5)
        .on(true)
        .when(DateTime::from_secs(784_111_777))
        .words(Word::One)
        .words(Word::from("THREE"))
        .names("plain")
        .names("with, comma")
        .names("with \"quotes\"")
        .dates(DateTime::from_secs(0))
        .dates(DateTime::from_secs(784_111_777))
        .notes("Alpha", "1")
        .text("t")
        .send()
        .await;
    let request = request.join().expect("it was read");
    call.expect("an empty object is an output");
    assert_eq!((request.line.as_str(), request.body.as_str()), ("PUT /put HTTP/1.1", r#"{"text":"t"}"#));
    let expected = [
        ("x-name", "a b"),
        ("x-secret", "s"),
        ("x-count", "-3"),
        ("x-ratio", "0.5"),
        ("x-on", "true"),
        ("x-when", "Sun, 06 Nov 1994 08:49:37 GMT"),
        ("x-words", "ONE, THREE"),
        ("x-names", r#"plain, "with, comma", "with \"quotes\"""#),
        ("x-dates", "Thu, 01 Jan 1970 00:00:00 GMT, Sun, 06 Nov 1994 08:49:37 GMT"),
        ("x-note-alpha", "1"),
    ];
    for (name, value) in expected {
        assert_eq!(request.header(name), Some(value), "{name}");
    }
}

#[tokio::test]
async fn absent_members_send_no_header_and_empty_ones_an_empty_one() {
    let (url, request) = serve("200 OK", &[], "{}");
    let call = client(&url).put().name("").set_names(Some(Vec::new())).send().await;
    let request = request.join().expect("it was read");
    call.expect("an empty object is an output");
    let sent = ["x-name", "x-names", "x-count"].map(|name| request.header(name));
    assert_eq!(sent, [Some(""), Some(""), None]);
}

#[tokio::test]
async fn a_value_that_no_header_can_carry_is_refused_before_anything_is_sent_and_a_secret_is_not_told() {
    for call in [client("http://127.0.0.1:9").put().name("a\nb"), client("http://127.0.0.1:9").put().secret("s3cr\net")] {
        let error = call.send().await.expect_err("no header holds a line end");
        assert!(matches!(error, service::error::SdkError::ConstructionFailure(_)), "{error:?}");
        assert!(!format!("{error:?}").contains("s3cr"), "{error:?}");
    }
}

#[tokio::test]
async fn headers_of_a_response_become_members() {
    let headers = [
        "X-NAME: a b",
        "x-count: -3",
        "x-ratio: NaN",
        "x-on: true",
        "x-when: Sun, 06 Nov 1994 08:49:37 GMT",
        "x-words: ONE,THREE",
        "x-names: plain, \"with, comma\"",
        "x-names: second line",
        "x-dates: Thu, 01 Jan 1970 00:00:00 GMT, Sun, 06 Nov 1994 08:49:37 GMT",
        "x-note-alpha: 1",
        "x-note-beta: 2",
    ];
    let (url, request) = serve("200 OK", &headers, r#"{"text":"t","name":"not from here"}"#);
    let output = client(&url).put().send().await.expect("it is read");
    request.join().expect("it was read");
    assert_eq!((output.name(), output.text(), output.count(), output.on()), (Some("a b"), Some("t"), Some(-3), Some(true)));
    assert!(output.ratio().is_some_and(f64::is_nan));
    assert_eq!(output.when(), Some(&DateTime::from_secs(784_111_777)));
    assert_eq!(output.words(), [Word::One, Word::from("THREE")]);
    assert_eq!(output.names(), ["plain", "with, comma", "second line"]);
    assert_eq!(output.dates(), [DateTime::from_secs(0), DateTime::from_secs(784_111_777)]);
    let notes = output.notes().expect("two headers have the prefix");
    assert_eq!((notes["alpha"].as_str(), notes["beta"].as_str(), notes.len()), ("1", "2", 2));
}

#[tokio::test]
async fn a_header_that_does_not_parse_is_an_error_of_the_response() {
    let (url, request) = serve("200 OK", &["x-count: three"], "{}");
    let error = client(&url).put().send().await.expect_err("three is no number");
    request.join().expect("it was read");
    assert_eq!(error.raw_response().map(|response| response.status().as_u16()), Some(200));
    assert!(error.describe().to_string().contains("an integer in the range of i32"), "{}", error.describe());
}
