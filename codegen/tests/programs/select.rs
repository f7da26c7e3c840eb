//! Events in XML over a socket, as S3 answers a question about an object: in chunks, with an error among them, cut off.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use program::{message_of_texts, sdk_config};
use service::Client;
use service::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use service::operation::select::{SelectError, SelectOutput};
use service::primitives::event_stream::RawMessage;
use service::types::Answers;
use service::types::error::AnswersError;

type Failure = SdkError<AnswersError, RawMessage>;

/// Nothing here takes long: what does, hangs.
async fn soon<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(10), what).await.expect("it hangs")
}

/// A client whose call is answered with these bytes, after which the connection is closed; and the request.
fn answered(bytes: Vec<u8>) -> (Client, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("it is bound"));
    let request = thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a client connects");
        let mut request = Vec::new();
        while !request.ends_with(b"</SelectInput>") {
            let mut byte = [0];
            stream.read_exact(&mut byte).expect("a request");
            request.extend(byte);
        }
        // Who has hung up by then does not hear the rest.
        let _ = stream.write_all(&bytes);
        String::from_utf8(request).expect("text")
    });
    (Client::new(&sdk_config(&url)), request)
}

const HEAD: &str = "HTTP/1.1 200 OK\r\nx-amz-request-id: r\r\ntransfer-encoding: chunked\r\n\r\n";

/// The answer with these messages, each of them a chunk.
fn answer(messages: &[Vec<u8>]) -> Vec<u8> {
    let chunk = |message: &Vec<u8>| [format!("{:x}\r\n", message.len()).as_bytes(), message, b"\r\n"].concat();
    let chunks: Vec<u8> = messages.iter().flat_map(chunk).collect();
    [HEAD.as_bytes(), &chunks, b"0\r\n\r\n"].concat()
}

async fn select(bytes: Vec<u8>) -> SelectOutput {
    let (client, _) = answered(bytes);
    let call = client.select().bucket("box").key("a//b c").expression("SELECT *").send();
    soon(call).await.expect("an output")
}

/// All events, and the error that ended them. Behind that is nothing.
async fn all(mut output: SelectOutput) -> (Vec<Answers>, Option<Failure>) {
    let mut received = Vec::new();
    let error = loop {
        match soon(output.answers.recv()).await {
            Ok(Some(event)) => received.push(event),
            Ok(None) => break None,
            Err(error) => break Some(error),
        }
    };
    assert!(matches!(soon(output.answers.recv()).await, Ok(None)));
    (received, error)
}

fn event(kind: &str, media_type: &str, payload: &str) -> Vec<u8> {
    message_of_texts(&[(":message-type", "event"), (":event-type", kind), (":content-type", media_type)], payload)
}

fn records() -> Vec<u8> {
    event("Records", "application/octet-stream", "1,2\n")
}

fn stats() -> Vec<u8> {
    let numbers = "<BytesScanned>512</BytesScanned><BytesReturned>4</BytesReturned>";
    event("Stats", "text/xml", &format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Stats xmlns=\"\">{numbers}</Stats>"))
}

fn empty(kind: &str) -> Vec<u8> {
    message_of_texts(&[(":message-type", "event"), (":event-type", kind)], "")
}

#[tokio::test]
async fn events_are_bytes_structures_and_nothing() {
    let (client, request) = answered(answer(&[records(), empty("Cont"), stats(), empty("Stats"), empty("End")]));
    let call = client.select().bucket("box").key("a//b c").expression("SELECT *").send();
    let (events, error) = all(soon(call).await.expect("an output")).await;
    assert!(error.is_none(), "{error:?}");
    assert!(matches!(&events[0], Answers::Records(records) if records.payload().is_some_and(|rows| rows.as_ref() == b"1,2\n")));
    assert!(events[1].is_cont());
    let details = events[2].as_stats().expect("numbers").details().expect("they are told");
    assert_eq!((details.bytes_scanned(), details.bytes_returned()), (Some(512), Some(4)));
    // A payload with nothing in it is a structure with nothing in it.
    let details = events[3].as_stats().expect("numbers").details().expect("they are told");
    assert_eq!(details.bytes_scanned(), None);
    assert!(events[4].is_end() && events.len() == 5);
    let request = request.join().expect("it was read");
    assert!(request.starts_with("POST /box/a//b%20c?select&select-type=2 HTTP/1.1\r\n"), "{request}");
    let body = request.split("\r\n\r\n").nth(1);
    assert_eq!(body, Some("<SelectInput xmlns=\"https://s3/\"><Expression>SELECT *</Expression></SelectInput>"));
}

#[tokio::test]
async fn an_error_in_the_stream_has_its_code_and_words_and_ends_it() {
    let headers = [(":message-type", "error"), (":error-code", "OverMaxRecordSize"), (":error-message", "too long")];
    let error = message_of_texts(&headers, "");
    let (events, error) = all(select(answer(&[records(), error, records()])).await).await;
    let error = error.expect("it fails");
    assert_eq!((events.len(), error.code(), error.message()), (1, Some("OverMaxRecordSize"), Some("too long")));
    assert!(matches!(error, SdkError::ServiceError(_)));
}

#[tokio::test]
async fn an_exception_of_the_model_is_typed() {
    let headers = [(":message-type", "exception"), (":exception-type", "Overdue"), (":content-type", "text/xml")];
    let xml = "<Overdue><Message>come again</Message><Hours>3</Hours></Overdue>";
    let (events, error) = all(select(answer(&[stats(), message_of_texts(&headers, xml)])).await).await;
    let error = error.expect("it fails").into_service_error();
    let AnswersError::Overdue(overdue) = error else { panic!("{error:?}") };
    assert_eq!((events.len(), overdue.message(), overdue.hours()), (1, Some("come again"), Some(3)));
}

#[tokio::test]
async fn what_is_no_message_of_the_model_is_a_response_error() {
    for wrong in ["<Stats><BytesScanned>many</BytesScanned></Stats>", "<Stats>", "{}", "<Stats/><Stats/>"] {
        let (events, error) = all(select(answer(&[records(), event("Stats", "text/xml", wrong), records()])).await).await;
        assert_eq!(events.len(), 1, "{wrong}");
        assert!(matches!(error, Some(SdkError::ResponseError(_))), "{wrong}: {error:?}");
    }
}

#[tokio::test]
async fn wherever_the_connection_is_cut_the_receiver_fails() {
    let whole = answer(&[records(), stats(), empty("End")]);
    let ends = [&answer(&[records()]), &answer(&[records(), stats()]), &whole].map(|bytes| bytes.len() - "\r\n0\r\n\r\n".len());
    for length in HEAD.len()..whole.len() {
        let (events, error) = all(select(whole[..length].to_vec()).await).await;
        assert_eq!(events.len(), ends.iter().filter(|end| length >= **end).count(), "{length}");
        // The end of the messages is not that of the body, which has to be told.
        let error = error.unwrap_or_else(|| panic!("{length}: nothing tells that it was cut off"));
        assert!(matches!(error, SdkError::DispatchFailure(_)), "{length}: {}", DisplayErrorContext(&error));
    }
}

#[tokio::test]
async fn an_error_before_the_stream_is_one_of_the_operation() {
    let body = "<Error><Code>NoSuchKey</Code><Message>none</Message><Key>a</Key></Error>";
    let head = format!("HTTP/1.1 404 Not Found\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    let (client, _) = answered(head.into_bytes());
    let error = soon(client.select().bucket("box").key("a").expression("").send()).await.expect_err("it is gone");
    let SelectError::NoSuchKey(error) = error.into_service_error() else { panic!("another error") };
    assert_eq!((error.message(), error.key()), (Some("none"), Some("a")));
}

#[tokio::test]
async fn by_name_the_messages_are_told_as_they_came() {
    let (client, _) = answered(answer(&[records()]));
    let input = r#"{"Bucket":"box","Key":"a","Expression":""}"#;
    let output = soon(client.call_json("Select", input)).await.expect("an output");
    let base64 = output.strip_prefix(r#"{"Answers":""#).and_then(|rest| rest.strip_suffix(r#""}"#)).expect("one text");
    let blob = serde_json::from_value::<service::types::Records>(serde_json::json!({"Payload": base64}));
    assert_eq!(blob.expect("base64").payload().map(|blob| blob.as_ref().to_vec()), Some(records()));
}
