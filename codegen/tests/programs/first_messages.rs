//! Streams of events in a protocol without HTTP bindings: the first message has the other members of the output.

use program::{message_of_texts, sdk_config};
use service::Client;
use service::error::SdkError;
use service::types::Weather;
use std::io::{Read, Write};
use std::net::TcpListener;

/// A client whose call is answered with these bytes, at the end of which the connection is closed.
fn answered(bytes: Vec<u8>) -> Client {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("it is bound"));
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a client connects");
        let mut request = Vec::new();
        while !request.ends_with(b"{\"place\":\"here\"}") {
            let mut byte = [0];
            stream.read_exact(&mut byte).expect("a request");
            request.extend(byte);
        }
        let head = "HTTP/1.1 200 OK\r\nconnection: close\r\nx-amzn-requestid: r\r\n\r\n";
        stream.write_all(&[head.as_bytes(), &bytes].concat()).expect("the client listens");
    });
    Client::new(&sdk_config(&url))
}

fn event(name: &str, payload: &str) -> Vec<u8> {
    message_of_texts(&[(":message-type", "event"), (":event-type", name)], payload)
}

fn rain() -> Vec<u8> {
    event("rain", r#"{"amount":1}"#)
}

#[tokio::test]
async fn the_first_message_fills_the_other_members() {
    let bytes = [event("initial-response", r#"{"station":"north"}"#), rain(), rain()].concat();
    let mut output = answered(bytes).watch().place("here").send().await.expect("an output");
    assert_eq!(output.station(), Some("north"));
    assert!(format!("{output:?}").contains("_request_id: Some(\"r\")"), "{output:?}");
    for _ in 0..2 {
        assert!(matches!(output.changes.recv().await, Ok(Some(Weather::Rain(rain))) if rain.amount() == Some(1.0)));
    }
    assert!(matches!(output.changes.recv().await, Ok(None)));
}

#[tokio::test]
async fn without_it_the_events_are_all_there() {
    for count in 0..3 {
        let mut output = answered(rain().repeat(count)).watch().place("here").send().await.expect("an output");
        assert_eq!(output.station(), None);
        for _ in 0..count {
            assert!(matches!(output.changes.recv().await, Ok(Some(Weather::Rain(_)))));
        }
        assert!(matches!(output.changes.recv().await, Ok(None)));
    }
}

#[tokio::test]
async fn an_exception_in_its_place_is_received() {
    let storm = message_of_texts(&[(":message-type", "exception"), (":exception-type", "storm")], "{}");
    let mut output = answered(storm).watch().place("here").send().await.expect("an output");
    let error = output.changes.recv().await.expect_err("a storm");
    assert!(error.as_service_error().is_some_and(|error| error.is_storm()));
}

#[tokio::test]
async fn what_is_no_first_message_is_an_error_of_the_call() {
    let first = event("initial-response", r#"{"station":"north"}"#);
    let mut wrong = vec![event("initial-response", r#"{"station":1}"#)];
    wrong.extend((1..first.len()).map(|length| first[..length].to_vec()));
    for bytes in wrong.into_iter().filter(|bytes| bytes.len() < 30 || bytes.len() > 80) {
        let called = answered(bytes.clone()).watch().place("here").send().await;
        match called {
            Err(SdkError::ResponseError(_)) => {}
            // What is cut off is told to who receives.
            Ok(mut output) => assert!(output.changes.recv().await.is_err(), "{bytes:?}"),
            Err(error) => panic!("{error:?}"),
        }
    }
}
