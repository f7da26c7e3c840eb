//! Streams both ways over a socket: what is sent, what is read when, and what checksums say.

use std::error::Error;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::pin::Pin;
use std::sync::mpsc;
use std::task::{Context, Poll};
use std::thread::{self, JoinHandle};

use bytes::Bytes;
use http_body::{Body, Frame};
use program::sdk_config;
use service::Client;
use service::config::{Builder, RequestChecksumCalculation, ResponseChecksumValidation};
use service::error::{ChecksumMismatch, DisplayErrorContext};
use service::operation::drain::DrainError;
use service::operation::fill::FillInput;
use service::operation::spill::SpillInput;
use service::primitives::{ByteStream, SdkBody};
use service::types::Algorithm;

const OK: &str = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";

/// A body of these parts that does not know its length.
struct Parts(Vec<&'static str>);

impl Body for Parts {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let part = (!self.0.is_empty()).then(|| self.0.remove(0));
        Poll::Ready(part.map(|part| Ok(Frame::data(Bytes::from_static(part.as_bytes())))))
    }
}

fn parts(parts: &[&'static str]) -> ByteStream {
    ByteStream::new(SdkBody::from_body_1_x(Parts(parts.to_vec())))
}

/// A file with a text, which is there as long as the value.
struct File(std::path::PathBuf);

impl File {
    fn new(name: &str, text: &str) -> Self {
        let path = std::env::temp_dir().join(format!("pool-{}-{name}", std::process::id()));
        std::fs::write(&path, text).expect("there is room");
        Self(path)
    }

    async fn stream(&self) -> ByteStream {
        ByteStream::from_path(&self.0).await.expect("it can be read")
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// A request, its body as it came: of one in chunks of HTTP the frames as well.
struct Request {
    head: String,
    body: String,
}

impl Request {
    fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.head.lines().filter_map(|line| line.split_once(": ")).filter(|(header, _)| *header == name);
        let value = values.next().map(|(_, value)| value);
        assert!(values.next().is_none(), "{name} came twice");
        value
    }
}

fn read(stream: &TcpStream) -> Request {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert_ne!(reader.read_line(&mut head).expect("text"), 0, "the client hangs up: {head}");
    }
    let mut request = Request { head, body: String::new() };
    if let Some(length) = request.header("content-length") {
        let mut body = vec![0; length.parse().expect("a length")];
        reader.read_exact(&mut body).expect("as many bytes as were told");
        request.body = String::from_utf8(body).expect("text");
    } else if request.header("transfer-encoding") == Some("chunked") {
        while !request.body.ends_with("0\r\n\r\n") {
            assert_ne!(reader.read_line(&mut request.body).expect("text"), 0, "the client hangs up");
        }
    }
    request
}

/// Answers one connection after the other with these texts; what was sent on each.
fn serve(answers: Vec<String>) -> (String, JoinHandle<Vec<Request>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("it is bound"));
    let requests = thread::spawn(move || {
        let answer = |answer: String| {
            let (mut stream, _) = listener.accept().expect("a client connects");
            let request = read(&stream);
            stream.write_all(answer.as_bytes()).expect("the client listens");
            request
        };
        answers.into_iter().map(answer).collect()
    });
    (url, requests)
}

fn one(url_and_requests: JoinHandle<Vec<Request>>) -> Request {
    url_and_requests.join().expect("it was read").remove(0)
}

fn client(url: &str, set: impl Fn(Builder) -> Builder) -> Client {
    Client::from_conf(set(Builder::from(&sdk_config(url))).build())
}

fn as_it_is(config: Builder) -> Builder {
    config
}

#[tokio::test]
async fn the_call_returns_before_the_body_is_there() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("it is bound"));
    let (more, wait) = mpsc::channel();
    let server = thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a client connects");
        read(&stream);
        stream.write_all(b"HTTP/1.1 200 OK\r\nx-level: 7\r\ncontent-length: 10\r\n\r\nhello").expect("it listens");
        wait.recv().expect("the test goes on");
        stream.write_all(b"world").expect("it listens");
    });
    let mut output = client(&url, as_it_is).drain().send().await.expect("there is an answer");
    assert_eq!(output.level(), Some(7));
    assert_eq!(output.water.next().await.expect("a part").expect("it is whole"), "hello");
    more.send(()).expect("the server waits");
    assert_eq!(output.water.collect().await.expect("the rest").into_bytes(), "world");
    server.join().expect("it has sent all");
}

#[tokio::test]
async fn a_body_that_is_cut_off_is_an_error_of_the_stream() {
    let (url, _) = serve(vec!["HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhello".to_owned()]);
    let output = client(&url, as_it_is).drain().send().await.expect("there is an answer");
    output.water.collect().await.expect_err("half of it is missing");
}

#[tokio::test]
async fn errors_of_an_operation_with_a_stream_are_read_as_a_whole() {
    let body = r#"{"message":"summer"}"#;
    let head = format!("HTTP/1.1 404 Not Found\r\nx-amzn-errortype: Dry\r\ncontent-length: {}\r\n\r\n", body.len());
    let (url, _) = serve(vec![head + body]);
    let error = client(&url, as_it_is).drain().send().await.expect_err("it is dry").into_service_error();
    assert!(matches!(error, DrainError::Dry(dry) if dry.message() == Some("summer")));
}

#[tokio::test]
async fn a_file_is_sent_with_its_length_and_again_where_the_call_is_retried() {
    let file = File::new("again", "some water");
    let busy = "HTTP/1.1 503 Busy\r\nconnection: close\r\ncontent-length: 0\r\n\r\n".to_owned();
    let (url, requests) = serve(vec![busy, OK.to_owned()]);
    let retries = service::config::retry::RetryConfig::standard();
    let client = client(&url, |config| config.retry_config(retries.clone()));
    client.spill().water(file.stream().await).send().await.expect("the second attempt succeeds");
    for request in requests.join().expect("they were read") {
        assert_eq!((request.body.as_str(), request.header("content-length")), ("some water", Some("10")));
        assert_eq!(request.header("content-type"), Some("application/octet-stream"));
    }
}

#[tokio::test]
async fn a_stream_that_cannot_be_read_again_is_sent_once() {
    let busy = "HTTP/1.1 503 Busy\r\nconnection: close\r\ncontent-length: 0\r\n\r\n".to_owned();
    let (url, requests) = serve(vec![busy]);
    let retries = service::config::retry::RetryConfig::standard();
    let client = client(&url, |config| config.retry_config(retries.clone()));
    client.spill().water(parts(&["a", "b"])).send().await.expect_err("nobody tries again");
    one(requests);
}

#[tokio::test]
async fn a_stream_of_unknown_length_goes_out_in_chunks_where_the_service_takes_them() {
    let (url, requests) = serve(vec![OK.to_owned()]);
    client(&url, as_it_is).spill().water(parts(&["some ", "water"])).send().await.expect("it is taken");
    let request = one(requests);
    assert_eq!(request.header("transfer-encoding"), Some("chunked"));
    assert_eq!(request.body, "5\r\nsome \r\n5\r\nwater\r\n0\r\n\r\n");
}

#[tokio::test]
async fn a_stream_of_unknown_length_is_not_sent_where_the_length_is_required() {
    let client = client("http://127.0.0.1:1", as_it_is);
    let error = client.measure().water(parts(&["a"])).send().await.expect_err("nobody knows how much it is");
    let said = DisplayErrorContext(error).to_string();
    assert!(said.contains("water") && said.contains("takes no stream of unknown length"), "{said}");
    // With checksums it is written in chunks of another kind, which say the length of all.
    let error = client.fill().water(parts(&["a"])).send().await.expect_err("nobody knows how much it is");
    assert!(DisplayErrorContext(error).to_string().contains("takes no stream of unknown length"));
}

/// As official clients: what is not set is empty, and all that is said of a stream is said of that.
#[tokio::test]
async fn without_a_stream_there_is_an_empty_body() {
    let (url, requests) = serve(vec![OK.to_owned(), OK.to_owned()]);
    let client = client(&url, as_it_is);
    client.measure().send().await.expect("it is taken");
    client.fill().set_water(None).send().await.expect("it is taken");
    for (place, request) in requests.join().expect("they were read").iter().enumerate() {
        assert_eq!(request.header("content-length"), Some("0"));
        assert_eq!(request.header("content-type"), Some("application/octet-stream"));
        assert_eq!(request.header("x-amz-checksum-crc32"), [None, Some("AAAAAA==")][place]);
        assert_eq!((request.header("transfer-encoding"), request.header("content-encoding")), (None, None));
    }
}

#[tokio::test]
async fn an_input_has_a_stream_which_its_builder_need_not_have() {
    let builder = FillInput::builder().sum("s");
    assert!(builder.get_water().is_none());
    let debug = r#"FillInputBuilder { algorithm: None, sum: Some("s"), water: None }"#;
    assert_eq!(format!("{builder:?}"), debug);
    let input: FillInput = builder.build().expect("nothing is asked for");
    assert_eq!(input.water().bytes(), Some(&b""[..]));
    let debug = format!("{input:?}");
    assert!(debug.starts_with(r#"FillInput { algorithm: None, sum: Some("s"), water: ByteStream {"#), "{debug}");

    let input = FillInput::builder().water(ByteStream::from_static(b"some")).build().expect("it has all");
    assert_eq!((input.water.bytes(), input.sum()), (Some(&b"some"[..]), None));
    let builder = FillInput::builder().sum("s").with_input(input);
    assert_eq!(builder.get_water().as_ref().and_then(ByteStream::bytes), Some(&b"some"[..]));
    assert!(builder.get_sum().is_none() && builder.set_water(None).get_water().is_none());
}

#[tokio::test]
async fn a_fluent_builder_lends_its_stream_and_takes_that_of_an_input() {
    let (url, requests) = serve(vec![OK.to_owned(), OK.to_owned(), OK.to_owned()]);
    let client = client(&url, as_it_is);
    let file = File::new("lent", "some water");
    let fluent = client.fill().sum("s").water(file.stream().await);
    let lent = fluent.as_input();
    assert_eq!(lent.get_water().as_ref().map(ByteStream::size_hint), Some((10, Some(10))));
    assert_eq!(lent.get_sum().as_deref(), Some("s"));
    assert!(fluent.get_water().is_some() && fluent.get_algorithm().is_none());
    let debug = format!("{fluent:?}");
    assert!(debug.starts_with("FillFluentBuilder { handle: "), "{debug}");
    assert!(debug.contains("inner: FillInputBuilder { algorithm: None, ") && debug.contains("water: Some("), "{debug}");

    let input = || SpillInput::builder().water(ByteStream::from_static(b"water"));
    client.spill().with_input(input().build().expect("it has all")).send().await.expect("it is taken");
    input().send_with(&client).await.expect("it is taken");
    client.spill().set_water(input().build().map(|input| input.water).ok()).customize().send().await.expect("so is it");
    let bodies = requests.join().expect("they were read").into_iter().map(|request| request.body);
    assert_eq!(bodies.collect::<Vec<_>>(), ["water"; 3]);
}

#[test]
fn an_input_is_read_from_text_with_its_stream_and_without() {
    let read = |text: &str| serde_json::from_str::<FillInput>(text).expect("it is one");
    assert_eq!(read(r#"{"sum": "s"}"#).water().bytes(), Some(&b""[..]));
    let input = read(r#"{"water": "c29tZQ=="}"#);
    assert_eq!(input.water.bytes(), Some(&b"some"[..]));
    assert_eq!(serde_json::to_value(&input).expect("it is in memory"), serde_json::json!({"water": "c29tZQ=="}));
}

#[tokio::test]
async fn what_is_in_memory_says_its_checksum_in_a_header() {
    let (url, requests) = serve(vec![OK.to_owned()]);
    client(&url, as_it_is).fill().water(ByteStream::from_static(b"hello world")).send().await.expect("it is taken");
    let request = one(requests);
    assert_eq!(request.header("x-amz-checksum-crc32"), Some("DUoRhQ=="));
    assert_eq!(request.header("x-amz-sdk-checksum-algorithm"), Some("CRC32"));
    assert_eq!((request.body.as_str(), request.header("content-encoding")), ("hello world", None));
}

#[tokio::test]
async fn what_is_read_while_it_is_sent_says_its_checksum_behind_it() {
    let file = File::new("trailer", "hello world");
    let (url, requests) = serve(vec![OK.to_owned()]);
    let call = client(&url, as_it_is).fill().algorithm(Algorithm::Sha256).water(file.stream().await);
    call.send().await.expect("it is taken");
    let request = one(requests);
    assert_eq!(request.header("x-amz-trailer"), Some("x-amz-checksum-sha256"));
    assert_eq!(request.header("x-amz-decoded-content-length"), Some("11"));
    assert_eq!(request.header("content-encoding"), Some("aws-chunked"));
    assert!(request.body.starts_with("B;chunk-signature="), "{}", request.body);
    assert!(request.body.contains("\r\nhello world\r\n0;chunk-signature="), "{}", request.body);
    let trailer = "x-amz-checksum-sha256:uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=\r\n";
    assert!(request.body.contains(trailer), "{}", request.body);
    assert!(request.body.contains("x-amz-trailer-signature:"), "{}", request.body);
}

/// The lengths of the chunks in which a stream of 70,000 bytes is sent.
async fn chunks(set: impl Fn(Builder) -> Builder) -> Vec<usize> {
    let file = File::new("chunks", &"a".repeat(70_000));
    let (url, requests) = serve(vec![OK.to_owned()]);
    client(&url, set).fill().water(file.stream().await).send().await.expect("it is taken");
    let body = one(requests).body;
    let heads = body.lines().filter_map(|line| line.split_once(";chunk-signature="));
    heads.map(|(length, _)| usize::from_str_radix(length, 16).expect("a length")).collect()
}

#[tokio::test]
async fn a_stream_is_sent_in_chunks_of_the_configured_length() {
    assert_eq!(chunks(as_it_is).await, [65_536, 4_464, 0]);
    let small = chunks(|config| config.aws_chunked_encoding_chunk_size(Some(8_192))).await;
    assert_eq!(small, [&[8_192; 8][..], &[4_464, 0]].concat());
    assert_eq!(chunks(|config| config.aws_chunked_encoding_chunk_size(None)).await, [70_000, 0]);
    let file = File::new("chunk", "a");
    let too_small = client("http://127.0.0.1:1", |config| config.aws_chunked_encoding_chunk_size(Some(100)));
    let error = too_small.fill().water(file.stream().await).send().await.expect_err("services take no such chunks");
    assert!(DisplayErrorContext(error).to_string().contains("8192"));
}

#[test]
fn a_configuration_tells_what_was_set_of_checksums() {
    let set = |config: Builder| config.request_checksum_calculation(RequestChecksumCalculation::WhenRequired);
    let config = set(Builder::new()).build();
    assert_eq!(config.request_checksum_calculation(), Some(&RequestChecksumCalculation::WhenRequired));
    assert!(config.response_checksum_validation().is_none());
}

#[tokio::test]
async fn chunks_have_no_signatures_where_what_is_sent_is_not_to_be_signed() {
    let file = File::new("unsigned", "hello world");
    let busy = "HTTP/1.1 503 Busy\r\nconnection: close\r\ncontent-length: 0\r\n\r\n".to_owned();
    let (url, requests) = serve(vec![busy, OK.to_owned()]);
    let retries = service::config::retry::RetryConfig::standard();
    let client = client(&url, |config| config.retry_config(retries.clone()));
    let call = client.fill().water(file.stream().await);
    call.customize().disable_payload_signing().send().await.expect("it is taken");
    for request in requests.join().expect("they were read") {
        assert_eq!(request.header("x-amz-trailer"), Some("x-amz-checksum-crc32"));
        assert_eq!(request.body, "B\r\nhello world\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n");
    }
}

#[tokio::test]
async fn no_checksum_is_computed_where_the_caller_has_one_or_wants_none() {
    let (url, requests) = serve(vec![OK.to_owned(), OK.to_owned()]);
    let own = client(&url, as_it_is).fill().sum("own").water(ByteStream::from_static(b"a"));
    own.send().await.expect("it is taken");
    let when_required = |config: Builder| config.request_checksum_calculation(RequestChecksumCalculation::WhenRequired);
    client(&url, when_required).fill().water(ByteStream::from_static(b"a")).send().await.expect("it is taken");
    for (request, sum) in requests.join().expect("they were read").iter().zip([Some("own"), None]) {
        assert_eq!(request.header("x-amz-checksum-sha256"), sum);
        assert_eq!((request.header("x-amz-checksum-crc32"), request.header("x-amz-sdk-checksum-algorithm")), (None, None));
    }
}

#[tokio::test]
async fn an_algorithm_that_is_not_computed_here_is_refused_before_anything_is_sent() {
    let call = client("http://127.0.0.1:1", as_it_is).fill().algorithm(Algorithm::Xxhash3);
    let error = call.water(ByteStream::from_static(b"a")).send().await.expect_err("it is not known");
    assert!(DisplayErrorContext(error).to_string().contains("XXHASH3"));
}

/// The error of a checksum among those that lie behind another.
fn mismatch<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e ChecksumMismatch> {
    let errors = std::iter::successors(Some(error), |error| (*error).source());
    errors.into_iter().find_map(|error| error.downcast_ref())
}

#[tokio::test]
async fn a_wrong_checksum_of_a_response_is_an_error_of_its_own_type() {
    let answer = |sum: &str| {
        format!("HTTP/1.1 200 OK\r\nconnection: close\r\nx-amz-checksum-crc32: {sum}\r\ncontent-length: 11\r\n\r\nhello world")
    };
    let (url, requests) = serve(vec![answer("DUoRhQ=="), answer("AAAAAA=="), answer("AAAAAA=="), answer("AAAAAA==-3")]);
    let strict = client(&url, as_it_is);
    let right = strict.drain().send().await.expect("there is an answer");
    assert_eq!(right.water.collect().await.expect("it is right").into_bytes(), "hello world");
    let wrong = strict.drain().send().await.expect("there is an answer");
    let error = wrong.water.collect().await.expect_err("it is another body");
    let mismatch = mismatch(&error).expect("it is the checksum");
    assert_eq!((mismatch.expected(), mismatch.actual()), ("AAAAAA==", "DUoRhQ=="));
    let when_required = |config: Builder| config.response_checksum_validation(ResponseChecksumValidation::WhenRequired);
    let unchecked = client(&url, when_required).drain().send().await.expect("there is an answer");
    unchecked.water.collect().await.expect("nobody has looked");
    // That of an object in parts says nothing of the whole.
    let in_parts = strict.drain().send().await.expect("there is an answer");
    in_parts.water.collect().await.expect("nobody can look");
    let modes = requests.join().expect("they were read");
    let modes: Vec<_> = modes.iter().map(|request| request.header("x-amz-checksum-mode")).collect();
    assert_eq!(modes, [Some("ENABLED"), Some("ENABLED"), None, Some("ENABLED")]);
}
