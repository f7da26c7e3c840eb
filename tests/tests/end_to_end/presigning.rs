//! Presigned requests: signed now, sent by somebody else.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ivs_realtime::config::Credentials;
use ivs_realtime::error::DisplayErrorContext;
use ivs_realtime::presigning::{PresignedRequest, PresigningConfig};
use serde_json::json;
use tests::client::{SIGNER, client, config};
use tests::loopback::{LoopbackServer, Response};
use tests::request::Request;
use tests::sigv4::{Expected, verify_presigned};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const ARN: &str = "arn:aws:ivs:eu-central-1:123456789012:stage/a b+c";

fn for_an_hour() -> PresigningConfig {
    PresigningConfig::expires_in(Duration::from_secs(3600)).expect("less than a week")
}

/// A presigned request as a service gets it from somebody who has its URL.
fn received(request: &PresignedRequest) -> Request {
    let (host, target) = request.uri().strip_prefix("http://").and_then(|rest| rest.split_once('/')).expect("a URL");
    let headers: String = request.headers().map(|(name, value)| format!("{name}:{value}\n")).collect();
    Request::parse_head(&format!("{} /{target} HTTP/1.1\nHost:{host}\n{headers}", request.method())).expect("a head")
}

#[tokio::test]
async fn a_url_is_all_that_somebody_needs() {
    let server = LoopbackServer::scripted([Response::json(&json!({"tags": {"team": "video"}}))]).await;
    let call = client(&server.url()).list_tags_for_resource().resource_arn(ARN);
    let presigned = call.presigned(for_an_hour()).await.expect("it stands in a URL");
    assert_eq!(presigned.headers().count(), 0, "{presigned:?}");
    assert!(presigned.uri().contains("X-Amz-Expires=3600"), "{presigned:?}");
    let request = presigned.make_http_1x_request("");
    assert_eq!((request.method().as_str(), request.uri().to_string().as_str()), ("GET", presigned.uri()));

    let address = server.url().trim_start_matches("http://").to_owned();
    let mut stream = TcpStream::connect(&address).await.expect("the server listens");
    let target = presigned.uri().trim_start_matches("http://").trim_start_matches(&address);
    let head = format!("GET {target} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).await.expect("the server listens");
    let (mut answer, mut part) = (String::new(), [0; 1024]);
    // The server leaves the connection open.
    while !answer.ends_with("}}") {
        let length = stream.read(&mut part).await.expect("the server answers");
        assert_ne!(length, 0, "the server says no more: {answer}");
        answer.push_str(&String::from_utf8_lossy(&part[..length]));
    }
    assert!(answer.ends_with(r#"{"tags":{"team":"video"}}"#), "{answer}");
    let request = server.only_request();
    assert_eq!(request.method, "GET");
    assert_eq!(verify_presigned(&request, &SIGNER, false), Ok(()));
}

#[tokio::test]
async fn queries_and_session_tokens_are_signed() {
    let token = "a+/token==";
    let credentials = Credentials::new(SIGNER.access_key, SIGNER.secret_key, Some(token.to_owned()), None, "tests");
    let config = config("http://127.0.0.1:1").credentials_provider(credentials).build();
    let call =
        ivs_realtime::Client::from_conf(config).untag_resource().resource_arn(ARN).tag_keys("a&b=c").tag_keys("z");
    let presigned = call.presigned(for_an_hour()).await.expect("it stands in a URL");
    let request = received(&presigned);
    assert_eq!(request.method, "DELETE");
    assert_eq!(request.query_pairs()[..2], [("tagKeys".into(), "a&b=c".into()), ("tagKeys".into(), "z".into())]);
    assert_eq!(verify_presigned(&request, &Expected { session_token: Some(token), ..SIGNER }, false), Ok(()));
}

#[tokio::test]
async fn it_begins_when_it_is_told_and_sends_nothing() {
    let start = UNIX_EPOCH + Duration::from_secs(1_440_938_160);
    let config = PresigningConfig::builder().start_time(start).expires_in(Duration::from_secs(60)).build();
    let config = config.expect("all is said");
    assert_eq!((config.start_time(), config.expires()), (start, Duration::from_secs(60)));
    let client = client("http://127.0.0.1:1");
    let presigned = client.list_tags_for_resource().resource_arn(ARN).presigned(config.clone()).await;
    let presigned = presigned.expect("nothing is sent");
    assert!(presigned.uri().contains("X-Amz-Date=20150830T123600Z&X-Amz-Expires=60"), "{presigned:?}");
    let again = client.list_tags_for_resource().resource_arn(ARN).customize().presigned(config).await;
    assert_eq!(again.expect("nothing is sent").uri(), presigned.uri());
}

#[tokio::test]
async fn a_customized_call_keeps_what_was_changed_of_it() {
    let call = client("http://127.0.0.1:1").list_tags_for_resource().resource_arn(ARN).customize();
    let call = call.mutate_request(|request| drop(request.headers_mut().insert("x-team", "video")));
    let presigned = call.presigned(for_an_hour()).await.expect("it stands in a URL");
    assert_eq!(presigned.headers().collect::<Vec<_>>(), [("x-team", "video")]);
    assert!(presigned.uri().contains("X-Amz-SignedHeaders=host%3Bx-team"), "{presigned:?}");
    assert_eq!(verify_presigned(&received(&presigned), &SIGNER, false), Ok(()));
}

#[tokio::test]
async fn what_cannot_stand_in_a_url_is_refused() {
    let refused = client("http://127.0.0.1:1").create_stage().name("a").presigned(for_an_hour()).await;
    let error = refused.expect_err("its input is a body");
    assert_eq!(
        DisplayErrorContext(&error).to_string().split(" (").next(),
        Some("failed to construct request: CreateStage cannot be presigned: its input is sent as a body")
    );
    let lacking = client("http://127.0.0.1:1").list_tags_for_resource().presigned(for_an_hour()).await;
    assert!(lacking.is_err_and(|error| error.to_string().contains("construct")), "the label is not set");
}

#[test]
fn a_signature_is_good_for_a_week_at_most() {
    let week = Duration::from_secs(7 * 24 * 3600);
    assert!(PresigningConfig::expires_in(week).is_ok());
    let error = PresigningConfig::expires_in(week + Duration::from_secs(1)).expect_err("longer than a week");
    assert_eq!(error.to_string(), "`expires_in` must be no longer than one week");
    let error = PresigningConfig::builder().start_time(SystemTime::now()).build().expect_err("nothing says how long");
    assert_eq!(error.to_string(), "`expires_in` is required");
}
