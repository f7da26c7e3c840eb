//! Answers that are neither an output nor an error of the service: what proxies, load balancers and login pages send, and
//! texts that were cut off.

use ivs_realtime::error::{DisplayErrorContext, SdkError, SdkErrorExt};
use ivs_realtime::operation::delete_stage::DeleteStageError;
use tests::loopback::{LoopbackServer, Response};

use crate::retries::no_retries;

/// A page as a load balancer sends it.
const PAGE: &str = "<html>\r\n<head><title>502 Bad Gateway</title><style>h1 { color: red }</style></head>\r\n\
    <body><center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center></body></html>";

async fn delete_stage(answer: Response) -> SdkError<DeleteStageError> {
    let server = LoopbackServer::scripted([answer]).await;
    no_retries(&server.url()).delete_stage().arn("a").send().await.unwrap_err()
}

/// An answer of this type with this body.
fn answer(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Response {
    Response::new(status).header("content-type", content_type).body(body)
}

/// What is said of a failed `DeleteStage`, which returns nothing.
async fn described(answer: Response) -> String {
    delete_stage(answer).await.describe()
}

/// What is said of a failed `ListStages`, whose output is read from the body.
async fn listed(answer: Response) -> String {
    let server = LoopbackServer::scripted([answer]).await;
    no_retries(&server.url()).list_stages().send().await.unwrap_err().describe()
}

#[tokio::test]
async fn a_page_is_quoted_without_its_markup() {
    let error = delete_stage(answer(502, "text/html; charset=utf-8", PAGE).header("x-amzn-requestid", "id-1")).await;
    let words = r#"HTTP 502 Bad Gateway, text/html: "502 Bad Gateway 502 Bad Gateway nginx""#;
    assert_eq!(error.describe(), format!("DeleteStage: {words} (request id id-1)"));
    assert!(error.is_retryable());
    let context = DisplayErrorContext(&error).to_string();
    assert!(context.starts_with(&format!("service error: unhandled error: {words} (")), "{context}");
}

#[tokio::test]
async fn an_empty_answer_is_called_empty() {
    let expected = "DeleteStage: HTTP 503 Service Unavailable, empty body";
    assert_eq!(described(Response::new(503)).await, expected);
    assert_eq!(described(answer(503, "text/plain", " \r\n")).await, expected);
    let context = DisplayErrorContext(delete_stage(Response::new(503)).await).to_string();
    assert!(
        context.starts_with("service error: unhandled error: HTTP 503 Service Unavailable, empty body ("),
        "{context}"
    );
}

#[tokio::test]
async fn plain_text_is_quoted_up_to_a_length_and_on_one_line() {
    let text = "upstream connect error\n\tor disconnect, \u{1b}[31mreset\u{7} reason: \u{202e}overflow";
    assert_eq!(
        described(answer(503, "text/plain", text)).await,
        r#"DeleteStage: HTTP 503 Service Unavailable, text/plain: "upstream connect error or disconnect, [31mreset reason: overflow""#
    );
    let long = described(answer(500, "text/plain", "word ".repeat(1000))).await;
    assert!(long.ends_with(r#" word word...""#) && long.len() < 200, "{long}");
    assert_eq!(described(Response::new(599).body("no")).await, r#"DeleteStage: HTTP 599: "no""#);
}

#[tokio::test]
async fn xml_of_another_protocol_is_quoted() {
    let xml = "<?xml version=\"1.0\"?><ErrorResponse><Error><Code>InvalidAction</Code></Error></ErrorResponse>";
    let expected = r#"DeleteStage: HTTP 400 Bad Request, application/xml: "InvalidAction""#;
    assert_eq!(described(answer(400, "application/xml", xml)).await, expected);
}

#[tokio::test]
async fn a_login_page_in_place_of_an_output_is_quoted() {
    let page =
        "<!DOCTYPE html><title>Sign in</title><script>go('a' > 'b')</script><form>User name &amp; password</form>";
    let expected = r#"ListStages: HTTP 200 OK, text/html: "Sign in User name & password""#;
    assert_eq!(listed(answer(200, "text/html", page)).await, expected);
    let expected = r#"ListStages: HTTP 200 OK: "Sign in User name & password""#;
    assert_eq!(listed(Response::new(200).body(page)).await, expected);
}

#[tokio::test]
async fn a_redirect_names_the_host_alone() {
    let there = "https://user:word@login.example.com/start?state=a-secret";
    let expected = "DeleteStage: HTTP 302 Found to login.example.com, empty body";
    assert_eq!(described(Response::new(302).header("location", there)).await, expected);
    let nowhere = "DeleteStage: HTTP 307 Temporary Redirect, empty body";
    assert_eq!(described(Response::new(307).header("location", "/start")).await, nowhere);
}

#[tokio::test]
async fn json_that_is_cut_off_or_of_another_form_is_not_quoted() {
    let answers = [
        answer(500, "application/json", r#"{"message": "a-sec"#),
        answer(500, "application/json", r#"["a-secret"]"#),
        answer(500, "application/json", r#"{"other": "a-secret"}"#),
        answer(500, "application/json", r#"{"message": "a-secret"} trailing"#)
            .header("x-amzn-errortype", "A#ConflictException:"),
    ];
    let mut lines = Vec::new();
    for answer in answers {
        lines.push(described(answer).await);
    }
    assert_eq!(
        lines,
        [
            "DeleteStage: HTTP 500 Internal Server Error, application/json, 18 bytes: \
             the JSON text ends too early: expected the closing quote of a string at byte 18",
            "DeleteStage: HTTP 500 Internal Server Error, application/json, 12 bytes: expected the code of an error",
            "DeleteStage: HTTP 500 Internal Server Error, application/json, 21 bytes: expected the code of an error",
            "DeleteStage: HTTP 500 Internal Server Error, ConflictException, application/json, 32 bytes: \
             expected the end of the JSON text at byte 24",
        ]
    );
}

#[tokio::test]
async fn an_error_without_a_code_gives_its_message() {
    let body = r#"{"message": "Missing Authentication\nToken"}"#;
    let expected = r#"DeleteStage: HTTP 403 Forbidden, application/json: "Missing Authentication Token""#;
    assert_eq!(described(answer(403, "application/json", body)).await, expected);
}

#[tokio::test]
async fn an_exception_that_is_not_what_the_model_says_is_named_with_the_place() {
    let body = r#"{"__type": "ConflictException", "exceptionMessage": {"a": "a-secret"}}"#;
    assert_eq!(
        described(answer(409, "application/json", body)).await,
        "DeleteStage: HTTP 409 Conflict, ConflictException, application/json, 70 bytes: expected a string at byte 52"
    );
}

#[tokio::test]
async fn an_output_that_cannot_be_read_is_not_quoted() {
    let expected = "ListStages: HTTP 200 OK, application/json, 22 bytes: expected an array at byte 11";
    assert_eq!(listed(answer(200, "application/json", r#"{"stages": "a-secret"}"#)).await, expected);
    let expected = "ListStages: HTTP 200 OK, application/xml, 15 bytes: expected an object at byte 0";
    assert_eq!(listed(answer(200, "application/xml", "<a>a-secret</a>")).await, expected);
    let expected = "ListStages: HTTP 200 OK, application/cbor, 10 bytes: ";
    let said = listed(answer(200, "application/cbor", &b"\xbfa-secret\xff"[..])).await;
    assert!(said.starts_with(expected), "{said}");
}

#[tokio::test]
async fn nothing_is_quoted_where_the_output_of_the_operation_is_sensitive() {
    let texts = [
        (200, r#"{"participantToken": "a-secret"}"#, "HTTP 200 OK, text/html, 32 bytes: expected an object at byte 21"),
        (200, "<html>a-secret</html>", "HTTP 200 OK, text/html, 21 bytes: expected an object at byte 0"),
        (502, "<html>a-secret</html>", "HTTP 502 Bad Gateway, text/html, 21 bytes: expected a value at byte 0"),
    ];
    for (status, body, expected) in texts {
        let answer = answer(status, "text/html", body).header("location", "https://a-secret.example.com");
        let server = LoopbackServer::scripted([answer]).await;
        let error = no_retries(&server.url()).create_participant_token().stage_arn("a").send().await.unwrap_err();
        assert_eq!(error.describe(), format!("CreateParticipantToken: {expected}"));
        let source = std::error::Error::source(&error).and_then(|error| error.source()).expect("what was wrong");
        assert!(!format!("{source} {source:?}").contains("a-secret"), "{source:?}");
    }
}
