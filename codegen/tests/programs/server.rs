//! A server that answers one request and keeps what it was sent, byte by byte, and the configuration that reaches it.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::thread::{self, JoinHandle};

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_http_client::Builder as HttpClientBuilder;
use aws_types::SdkConfig;
use aws_types::region::Region;

/// A request as it came over the socket.
#[derive(Debug)]
pub struct Request {
    /// Method, target and version.
    pub line: String,
    /// Names in lower case, and values, in the order in which they came.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

impl Request {
    /// The value of a header that came once.
    ///
    /// # Panics
    /// When it came twice.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(header, _)| header == name).map(|(_, value)| value.as_str());
        let value = values.next();
        assert_eq!(values.next(), None, "{name} came twice");
        value
    }
}

/// Starts a server that gives `answer` to the first request; its URL, and the request once it is there.
///
/// # Panics
/// When the machine has no free port.
pub fn serve(status: &str, headers: &[&str], body: &str) -> (String, JoinHandle<Request>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("it is bound"));
    let lines: String = headers.iter().map(|line| format!("{line}\r\n")).collect();
    let answer = format!("HTTP/1.1 {status}\r\n{lines}content-length: {}\r\n\r\n{body}", body.len());
    let request = thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a client connects");
        let request = read(&mut BufReader::new(&stream));
        stream.write_all(answer.as_bytes()).expect("the client listens");
        request
    });
    (url, request)
}

fn read(stream: &mut impl BufRead) -> Request {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).expect("text");
        match line.trim_end() {
            "" => break,
            line => lines.push(line.to_owned()),
        }
    }
    let line = lines.remove(0);
    let header = |line: &String| {
        let (name, value) = line.split_once(':').expect("a header");
        // One with an empty value has nothing behind its colon.
        (name.to_ascii_lowercase(), value.trim().to_owned())
    };
    let headers: Vec<_> = lines.iter().map(header).collect();
    let length = headers.iter().find(|(name, _)| name == "content-length").map_or(0, |(_, length)| {
        length.parse().expect("a length")
    });
    let mut body = vec![0; length];
    stream.read_exact(&mut body).expect("as many bytes as were told");
    Request { line, headers, body: String::from_utf8(body).expect("text") }
}

/// The configuration of a client that signs and calls the server at `url`, without TLS and without retries.
pub fn sdk_config(url: &str) -> SdkConfig {
    SdkConfig::builder()
        .behavior_version(aws_config::BehaviorVersion::latest())
        .region(Region::new("eu-central-1"))
        .credentials_provider(SharedCredentialsProvider::new(Credentials::new("AKID", "SECRET", None, None, "tests")))
        .retry_config(aws_config::retry::RetryConfig::disabled())
        .http_client(HttpClientBuilder::new().build_http())
        .endpoint_url(url)
        .build()
}

/// A message of a stream of events, each header with its name, the number of its type and its bytes, lengths included.
/// Written from the specification of the format (`vnd.amazon.eventstream`).
pub fn message(headers: &[(&str, u8, &[u8])], payload: &[u8]) -> Vec<u8> {
    let mut head = Vec::new();
    for (name, kind, value) in headers {
        head.push(u8::try_from(name.len()).expect("a short name"));
        head.extend(name.as_bytes());
        head.push(*kind);
        head.extend(*value);
    }
    let length = |bytes: usize| u32::try_from(bytes).expect("a short message").to_be_bytes();
    let mut message = [length(16 + head.len() + payload.len()), length(head.len())].concat();
    message.extend(crc32(&message).to_be_bytes());
    message.extend(head);
    message.extend(payload);
    message.extend(crc32(&message).to_be_bytes());
    message
}

/// The same with headers that are texts alone.
pub fn message_of_texts(headers: &[(&str, &str)], payload: &str) -> Vec<u8> {
    let values: Vec<Vec<u8>> = headers.iter().map(|(_, value)| text(value)).collect();
    let headers: Vec<_> = headers.iter().zip(&values).map(|((name, _), value)| (*name, 7, &value[..])).collect();
    message(&headers, payload.as_bytes())
}

/// The value of a header that is a text.
pub fn text(value: &str) -> Vec<u8> {
    let length = u16::try_from(value.len()).expect("a short text");
    [&length.to_be_bytes()[..], value.as_bytes()].concat()
}

/// The checksum of ISO 3309, bit by bit.
fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
    !bytes.iter().fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc)))
}
