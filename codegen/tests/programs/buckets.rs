//! Objects in buckets over a socket: errors behind a success, errors without a body, headers of any form, ids of requests.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use program::sdk_config;
use service::Client;
use service::error::{ProvideErrorMetadata, SdkError};
use service::operation::head_object::HeadObjectError;
use service::operation::{RequestId, RequestIdExt};
use service::types::Region;

/// A server that answers one connection after the other; its client, and the lines that requests began with.
fn served(answers: &[&str]) -> (Client, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("it is bound"));
    let answers: Vec<String> = answers.iter().map(|answer| (*answer).to_owned()).collect();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&asked);
    thread::spawn(move || {
        for answer in answers {
            let (mut stream, _) = listener.accept().expect("a client connects");
            let lines = BufReader::new(&stream).lines().map(|line| line.expect("text"));
            let lines: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
            seen.lock().expect("nobody failed").push(lines[0].clone());
            stream.write_all(answer.as_bytes()).expect("the client listens");
        }
    });
    let retries = service::config::retry::RetryConfig::standard().with_initial_backoff(Duration::from_millis(1));
    let config = service::config::Builder::from(&sdk_config(&url)).force_path_style(true).retry_config(retries);
    (Client::from_conf(config.build()), asked)
}

/// An answer with the ids of its request.
fn answer(status: &str, headers: &str, body: &str) -> String {
    let ids = "x-amz-request-id: one\r\nx-amz-id-2: two\r\n";
    let length = body.len();
    format!("HTTP/1.1 {status}\r\nconnection: close\r\n{ids}{headers}content-length: {length}\r\n\r\n{body}")
}

fn error(code: &str) -> String {
    format!("<?xml version=\"1.0\"?>\n<Error><Code>{code}</Code><Message>no</Message><RequestId>one</RequestId></Error>")
}

#[tokio::test]
async fn an_error_behind_a_success_is_one_and_is_tried_again_where_it_goes_away() {
    let copied = "<CopyObjectResult><ETag>a</ETag></CopyObjectResult>";
    let answers = [answer("200 OK", "", &error("InternalError")), answer("200 OK", "", &error("SlowDown"))];
    let (client, asked) = served(&[&answers[0], &answers[1], &answer("200 OK", "", copied)]);
    let copy = client.copy_object().bucket("b").key("k/l").send().await.expect("the third one is none");
    assert_eq!(copy.copy_object_result().and_then(|result| result.e_tag()), Some("a"));
    assert_eq!(*asked.lock().expect("nobody failed"), ["PUT /b/k/l HTTP/1.1"; 3]);
    let (client, asked) = served(&[&answer("200 OK", "", &error("AccessDenied"))]);
    let failed = client.copy_object().bucket("b").key("k").send().await.expect_err("it is denied");
    assert_eq!(failed.code(), Some("AccessDenied"));
    assert!(matches!(failed, SdkError::ServiceError(_)), "{failed:?}");
    assert_eq!(asked.lock().expect("nobody failed").len(), 1);
}

#[tokio::test]
async fn an_answer_without_a_body_tells_by_its_status_what_is_not_there() {
    let (client, _) = served(&[&answer("404 Not Found", "", "")]);
    let missing = client.head_object().bucket("b").key("k").send().await.expect_err("it is not there");
    assert_eq!((missing.request_id(), missing.extended_request_id()), (Some("one"), Some("two")));
    let HeadObjectError::NotFound(missing) = missing.into_service_error() else { panic!("it is not NotFound") };
    assert_eq!((missing.request_id(), missing.extended_request_id()), (Some("one"), Some("two")));
    for status in ["403 Forbidden", "301 Moved Permanently", "304 Not Modified"] {
        let (client, _) = served(&[&answer(status, "x-amz-bucket-region: eu-west-1\r\n", "")]);
        let failed = client.head_object().bucket("b").key("k").send().await.expect_err("it is no success");
        let raw = failed.raw_response().expect("there was an answer");
        assert_eq!(raw.status().as_u16().to_string(), status[..3]);
        assert_eq!(raw.headers().get("x-amz-bucket-region"), Some("eu-west-1"));
        assert_eq!((failed.request_id(), failed.extended_request_id()), (Some("one"), Some("two")));
        let unhandled = failed.into_service_error();
        assert_eq!(unhandled.code(), None, "{unhandled:?}");
        assert!(!unhandled.is_not_found());
    }
}

#[tokio::test]
async fn an_error_of_another_region_says_so() {
    let moved = error("PermanentRedirect");
    let (client, _) = served(&[&answer("301 Moved Permanently", "", &moved)]);
    let failed = client.get_object().bucket("b").key("k").send().await.expect_err("it is elsewhere");
    assert_eq!((failed.code(), failed.message()), (Some("PermanentRedirect"), Some("no")));
    assert_eq!(failed.meta().extended_request_id(), Some("two"));
}

#[tokio::test]
async fn the_region_of_a_bucket_is_the_document_itself() {
    let located = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<LocationConstraint xmlns=\"http://s3/\">NORTH</LocationConstraint>";
    let (client, asked) = served(&[&answer("200 OK", "", located)]);
    let output = client.get_bucket_location().bucket("b").send().await.expect("an answer");
    assert_eq!(output.location_constraint(), Some(&Region::North));
    assert_eq!((output.request_id(), output.extended_request_id()), (Some("one"), Some("two")));
    assert_eq!(*asked.lock().expect("nobody failed"), ["GET /b?location HTTP/1.1"]);
    let (client, _) = served(&[&answer("200 OK", "", "<LocationConstraint xmlns=\"http://s3/\"/>")]);
    let output = client.get_bucket_location().bucket("b").send().await.expect("an answer");
    assert_eq!(output.location_constraint().map(Region::as_str), Some(""));
}

#[tokio::test]
#[expect(deprecated, reason = "programs have it from before")]
async fn what_anybody_has_written_as_the_time_of_expiry_fails_no_call() {
    let written = [("Thu, 01 Jan 1970 00:00:01 GMT", Some(1)), ("-1", None), ("2019-12-16T23:48:18Z", None)];
    for (text, seconds) in written {
        let header = format!("expires: {text}\r\n");
        let (client, _) = served(&[&answer("200 OK", &header, ""), &answer("200 OK", &header, "stuff")]);
        let head = client.head_object().bucket("b").key("k").send().await.expect("any text will do");
        assert_eq!((head.expires().map(|at| at.secs()), head.expires_string()), (seconds, Some(text)));
        let object = client.get_object().bucket("b").key("k").send().await.expect("any text will do");
        assert_eq!((object.expires.map(|at| at.secs()), object.expires_string()), (seconds, Some(text)));
        let body = object.body.collect().await.expect("it is there");
        assert_eq!(body.into_bytes(), "stuff");
    }
    let (client, _) = served(&[&answer("200 OK", "", "")]);
    let head = client.head_object().bucket("b").key("k").send().await.expect("an answer");
    assert_eq!((head.expires(), head.expires_string()), (None, None));
    let (client, _) = served(&[&answer("200 OK", "x-parts: many\r\n", "")]);
    client.get_object().bucket("b").key("k").send().await.expect_err("the model's word counts for other headers");
}
