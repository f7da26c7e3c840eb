//! Streams that stall, are cut or flow slowly, both ways over a socket.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use program::sdk_config;
use service::Client;
use service::config::retry::RetryConfig;
use service::config::{Builder, StalledStreamProtectionConfig};
use service::error::DisplayErrorContext;
use service::primitives::{ByteStream, SdkBody};

const MIB: usize = 1024 * 1024;

/// More than sockets and buffers on the way hold.
const MUCH: usize = 96 * MIB;

/// What sockets and buffers on the way may hold.
const BUFFERS: usize = 24 * MIB;

const PART: Bytes = Bytes::from_static(&[7; 64 * 1024]);

const OK: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";

const BUSY: &[u8] = b"HTTP/1.1 503 Busy\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";

/// A body of `left` bytes that is made while it is sent, and counts what was asked for.
struct Spring {
    left: usize,
    taken: Arc<AtomicUsize>,
    /// The time between two parts, and until the next one.
    drops: Option<(Duration, Pin<Box<tokio::time::Sleep>>)>,
}

impl Spring {
    fn new(left: usize) -> (Self, Arc<AtomicUsize>) {
        let taken = Arc::new(AtomicUsize::new(0));
        (Self { left, taken: taken.clone(), drops: None }, taken)
    }

    fn stream(self) -> ByteStream {
        ByteStream::new(SdkBody::from_body_1_x(self))
    }
}

impl Body for Spring {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if let Some((between, next)) = &mut self.drops {
            ready!(next.as_mut().poll(cx));
            next.set(tokio::time::sleep(*between));
        }
        let part = PART.slice(..self.left.min(PART.len()));
        self.left -= part.len();
        self.taken.fetch_add(part.len(), Ordering::SeqCst);
        Poll::Ready((!part.is_empty()).then(|| Ok(Frame::data(part))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left as u64)
    }
}

/// Serves connections one after the other; the URL, and what was made of the last.
fn serve<T: Send + 'static>(
    connections: usize,
    mut each: impl FnMut(usize, TcpStream) -> T + Send + 'static,
) -> (String, JoinHandle<Vec<T>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("it is bound"));
    let accept = move |index| each(index, listener.accept().expect("a client connects").0);
    (url, thread::spawn(move || (0..connections).map(accept).collect()))
}

/// The head of a request, in lower case, and where its body begins.
fn head(stream: &TcpStream) -> (String, BufReader<TcpStream>) {
    let mut reader = BufReader::new(stream.try_clone().expect("a second handle"));
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert_ne!(reader.read_line(&mut head).expect("text"), 0, "the client hangs up: {head}");
    }
    (head.to_ascii_lowercase(), reader)
}

fn length(head: &str) -> usize {
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    length.and_then(|length| length.parse().ok()).unwrap_or_else(|| panic!("no length: {head}"))
}

fn client(url: &str, set: impl Fn(Builder) -> Builder) -> Client {
    Client::from_conf(set(Builder::from(&sdk_config(url))).build())
}

/// Both directions are watched, and given up after so many milliseconds.
fn watched(grace: u64) -> impl Fn(Builder) -> Builder {
    let protection = StalledStreamProtectionConfig::enabled().grace_period(Duration::from_millis(grace)).build();
    move |config| config.stalled_stream_protection(protection.clone())
}

fn unwatched(config: Builder) -> Builder {
    config.stalled_stream_protection(StalledStreamProtectionConfig::disabled())
}

/// A server that takes the head of a request, and reads its body after a while; the bytes of it.
fn late_reader(after: Duration) -> (String, JoinHandle<Vec<usize>>) {
    serve(1, move |_, mut stream| {
        let (head, mut reader) = head(&stream);
        thread::sleep(after);
        // One that has hung up has sent what there is.
        let read = std::io::copy(&mut (&mut reader).take(length(&head) as u64), &mut std::io::sink()).unwrap_or(0);
        let _ = stream.write_all(OK);
        read as usize
    })
}

/// A server that sends half of ten bytes, and the rest after a while.
fn late_writer(after: Duration) -> (String, JoinHandle<Vec<()>>) {
    serve(1, move |_, mut stream| {
        head(&stream);
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhello").expect("it listens");
        thread::sleep(after);
        let _ = stream.write_all(b"world");
    })
}

#[tokio::test]
async fn a_server_that_does_not_read_is_given_up() {
    let (url, server) = late_reader(Duration::from_secs(20));
    let since = Instant::now();
    let call = client(&url, watched(500)).spill().water(Spring::new(MUCH).0.stream());
    let error = call.send().await.expect_err("nobody reads");
    let said = DisplayErrorContext(&error).to_string();
    assert!(said.contains("minimum throughput"), "{said}");
    assert!(error.as_service_error().is_none() && since.elapsed() < Duration::from_secs(15), "{said}");
    drop(server);
}

#[tokio::test]
async fn a_server_that_does_not_go_on_sending_is_given_up() {
    let (url, server) = late_writer(Duration::from_secs(20));
    let since = Instant::now();
    let output = client(&url, watched(500)).drain().send().await.expect("there is a head");
    let error = output.water.collect().await.expect_err("half of it is missing");
    let said = DisplayErrorContext(&error).to_string();
    assert!(said.contains("minimum throughput"), "{said}");
    assert!(since.elapsed() < Duration::from_secs(15));
    drop(server);
}

#[tokio::test]
async fn streams_may_stall_for_the_grace_period() {
    let pause = Duration::from_millis(2500);
    let (url, server) = late_reader(pause);
    client(&url, watched(20_000)).spill().water(Spring::new(MUCH).0.stream()).send().await.expect("it was read");
    assert_eq!(server.join().expect("it has read all"), [MUCH]);
    let (url, _server) = late_writer(pause);
    let output = client(&url, watched(20_000)).drain().send().await.expect("there is a head");
    assert_eq!(output.water.collect().await.expect("the rest has come").into_bytes(), "helloworld");
}

#[tokio::test]
async fn nobody_is_given_up_where_the_protection_is_off() {
    let pause = Duration::from_millis(2500);
    // Of each direction by itself, with no grace for the other.
    let one_way = |uploads: bool| {
        let protection = StalledStreamProtectionConfig::enabled().grace_period(Duration::from_millis(1));
        let protection = protection.upload_enabled(uploads).download_enabled(!uploads).build();
        move |config: Builder| config.stalled_stream_protection(protection.clone())
    };
    for client_of in [&unwatched as &dyn Fn(Builder) -> Builder, &one_way(false)] {
        let (url, server) = late_reader(pause);
        client(&url, client_of).spill().water(Spring::new(MUCH).0.stream()).send().await.expect("it was read");
        assert_eq!(server.join().expect("it has read all"), [MUCH]);
    }
    for client_of in [&unwatched as &dyn Fn(Builder) -> Builder, &one_way(true)] {
        let (url, _server) = late_writer(pause);
        let output = client(&url, client_of).drain().send().await.expect("there is a head");
        assert_eq!(output.water.collect().await.expect("the rest has come").into_bytes(), "helloworld");
    }
}

#[tokio::test]
async fn a_stream_that_comes_drop_by_drop_is_not_given_up() {
    let (url, server) = late_reader(Duration::ZERO);
    let (mut spring, _) = Spring::new(25 * PART.len());
    spring.drops = Some((Duration::from_millis(100), Box::pin(tokio::time::sleep(Duration::ZERO))));
    client(&url, watched(1)).spill().water(spring.stream()).send().await.expect("it was sent in the end");
    assert_eq!(server.join().expect("it has read all"), [25 * PART.len()]);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_more_is_taken_of_a_stream_than_the_server_reads() {
    let (url, server) = late_reader(Duration::from_millis(1500));
    let (spring, taken) = Spring::new(MUCH);
    let call = tokio::spawn(client(&url, unwatched).spill().water(spring.stream()).send());
    tokio::time::sleep(Duration::from_millis(1000)).await;
    let before = taken.load(Ordering::SeqCst);
    assert!(before < BUFFERS, "{before} bytes are on the way to a server that does not read");
    call.await.expect("it did not panic").expect("it was read");
    assert_eq!((server.join().expect("it has read all"), taken.load(Ordering::SeqCst)), (vec![MUCH], MUCH));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_more_is_read_from_the_server_than_the_caller_takes() {
    let written = Arc::new(AtomicUsize::new(0));
    let count = written.clone();
    let (url, server) = serve(1, move |_, mut stream| {
        head(&stream);
        stream.write_all(format!("HTTP/1.1 200 OK\r\ncontent-length: {MUCH}\r\n\r\n").as_bytes()).expect("it listens");
        while count.load(Ordering::SeqCst) < MUCH {
            stream.write_all(&PART).expect("it listens");
            count.fetch_add(PART.len(), Ordering::SeqCst);
        }
    });
    let mut output = client(&url, |config| config).drain().send().await.expect("there is a head");
    let mut read = output.water.next().await.expect("a part").expect("it is whole").len();
    tokio::time::sleep(Duration::from_millis(1000)).await;
    let before = written.load(Ordering::SeqCst);
    assert!(before < BUFFERS, "{before} bytes were sent to a client that does not read");
    while let Some(part) = output.water.try_next().await.expect("it is whole") {
        read += part.len();
    }
    server.join().expect("it has sent all");
    assert_eq!(read, MUCH);
}

/// A client that tries twice without waiting for long.
fn twice(config: Builder) -> Builder {
    config.retry_config(RetryConfig::standard().with_max_attempts(2).with_initial_backoff(Duration::from_millis(1)))
}

/// A server that hangs up in the midst of the first body, and reads the second.
fn hangs_up(connections: usize) -> (String, JoinHandle<Vec<Vec<u8>>>) {
    serve(connections, |index, mut stream| {
        let (head, mut reader) = head(&stream);
        let mut body = vec![0; if index == 0 { MIB / 2 } else { length(&head) }];
        reader.read_exact(&mut body).expect("as many bytes as were told");
        if index > 0 {
            stream.write_all(OK).expect("it listens");
        }
        body
    })
}

#[tokio::test]
async fn what_can_be_read_again_is_sent_again_from_its_beginning() {
    let text: Vec<u8> = (0..4 * MIB).map(|index| (index / 7) as u8).collect();
    let path = std::env::temp_dir().join(format!("stalls-{}", std::process::id()));
    std::fs::write(&path, &text).expect("there is room");
    let file = ByteStream::from_path(&path).await.expect("it can be read");
    for stream in [file, ByteStream::from(text.clone())] {
        let (url, server) = hangs_up(2);
        client(&url, twice).spill().water(stream).send().await.expect("the second attempt succeeds");
        let bodies = server.join().expect("two requests came");
        assert!(bodies[0] == text[..MIB / 2] && bodies[1] == text);
    }
    let _ = std::fs::remove_file(path);
}

#[tokio::test]
async fn what_cannot_be_read_again_is_an_error_once_it_is_cut() {
    let (url, server) = hangs_up(1);
    let call = client(&url, twice).spill().water(Spring::new(MUCH).0.stream());
    let error = call.send().await.expect_err("the server hangs up");
    assert!(error.as_service_error().is_none(), "{error:?}");
    assert_eq!(server.join().expect("one request came").len(), 1);
}

#[tokio::test]
async fn each_attempt_has_chunks_and_signatures_of_its_own() {
    let path = std::env::temp_dir().join(format!("stalls-signed-{}", std::process::id()));
    std::fs::write(&path, [7; 100_000]).expect("there is room");
    let (url, server) = serve(2, |index, mut stream| {
        let (head, mut reader) = head(&stream);
        let mut body = vec![0; length(&head)];
        reader.read_exact(&mut body).expect("as many bytes as were told");
        stream.write_all(if index == 0 { BUSY } else { OK }).expect("it listens");
        String::from_utf8(body).expect("text")
    });
    let file = ByteStream::from_path(&path).await.expect("it can be read");
    client(&url, twice).fill().water(file).send().await.expect("the second attempt succeeds");
    let bodies = server.join().expect("two requests came");
    // Without signatures, which differ with the time of the attempt, both are the same.
    let [first, second] = [&bodies[0], &bodies[1]].map(|body| {
        let lines = body.split("\r\n").filter(|line| !line.starts_with("x-amz-trailer-signature:"));
        lines.map(|line| line.split(";chunk-signature=").next().unwrap_or_default()).collect::<Vec<_>>()
    });
    assert_eq!(first, second);
    assert!(first.iter().any(|line| line.starts_with("x-amz-checksum-crc32:")), "{:?}", first.last());
    let _ = std::fs::remove_file(path);
}
