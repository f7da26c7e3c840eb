//! A server that takes streams of events and answers them, over HTTP/2 or HTTP/1.1, and the client that it is called by.

use std::convert::Infallible;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http_body::{Body, Frame};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, mpsc};

use super::wire::{Chain, Tongue, message, parse, text};

/// What the server does with a call.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Act {
    /// Answers at once, and each event by one.
    Answer,
    /// Answers once an event was read, and then each.
    AnswerLate,
    /// Answers when all events were read.
    AnswerAtEnd,
    /// Refuses the call without reading an event.
    Refuse,
    /// Answers, and reads no event.
    Ignore,
    /// Gives no answer.
    Wait,
    /// Closes the connection instead of an answer.
    CutBefore,
    /// Closes the connection behind the head of the answer.
    CutBehindHead,
    /// Closes the connection behind the answer to an event.
    CutBehindEvent,
    /// Closes the connection within a message.
    CutWithinMessage,
    /// Resets the stream within a message.
    Reset,
    /// Ends the answer within a message.
    EndWithinMessage,
    /// Ends the answer with an error of the model.
    Fail,
}

/// What the server has seen.
#[derive(Clone, Debug, Default)]
pub struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn add(&self, line: impl Into<String>) {
        self.0.lock().expect("nobody panics here").push(line.into());
    }

    /// What it has seen until now.
    pub fn lines(&self) -> Vec<String> {
        self.0.lock().expect("nobody panics here").clone()
    }

    /// Waits until it has seen this.
    pub async fn wait_for(&self, line: &str) {
        while !self.lines().iter().any(|found| found == line) {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    }
}

/// Starts the server; its URL.
pub async fn serve(act: Act, log: &Log) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("it is bound"));
    let log = log.clone();
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            let log = log.clone();
            tokio::spawn(async move {
                let mut first = [0; 3];
                let is_h2 = socket.peek(&mut first).await.is_ok() && &first == b"PRI";
                connection(socket, is_h2, act, log).await;
            });
        }
    });
    url
}

/// Serves a connection until it is closed, or cut.
pub async fn connection<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(
    socket: S,
    is_h2: bool,
    act: Act,
    log: Log,
) {
    let cut = Arc::new(Notify::new());
    let cut_by = Arc::clone(&cut);
    let service = service_fn(move |request| answer(request, act, log.clone(), Arc::clone(&cut_by)));
    let io = TokioIo::new(socket);
    let served: Pin<Box<dyn Future<Output = hyper::Result<()>> + Send>> = match is_h2 {
        true => Box::pin(http2::Builder::new(TokioExecutor::new()).serve_connection(io, service)),
        false => Box::pin(http1::Builder::new().serve_connection(io, service)),
    };
    tokio::select! {
        _ = served => {}
        () = cut.notified() => {}
    }
}

/// A body that is given part by part.
struct Given(mpsc::Receiver<io::Result<Bytes>>);

impl Body for Given {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        self.0.poll_recv(context).map(|part| part.map(|part| part.map(Frame::data)))
    }
}

async fn answer(
    request: Request<Incoming>,
    act: Act,
    log: Log,
    cut: Arc<Notify>,
) -> Result<Response<Given>, Infallible> {
    let (head, body) = request.into_parts();
    assert_eq!(text(&head.headers, "content-type"), "application/vnd.amazon.eventstream");
    assert!(!head.headers.contains_key("content-length"), "{:?}", head.headers);
    log.add(format!("{:?} {} {}", head.version, head.method, head.uri.path()));
    let chain = head.headers.contains_key("authorization").then(|| Chain::of(&head));
    let (sender, receiver) = mpsc::channel(1);
    let mut response = Response::builder().header("content-type", "application/vnd.amazon.eventstream");
    let tongue = Tongue::of(head.uri.path());
    if tongue == Tongue::Cbor {
        assert_eq!(text(&head.headers, "smithy-protocol"), "rpc-v2-cbor");
        assert_eq!(text(&head.headers, "accept"), "application/vnd.amazon.eventstream");
        response = response.header("smithy-protocol", "rpc-v2-cbor");
    }
    let mut events = Events { body, bytes: Vec::new(), chain, tongue, log: log.clone() };
    match act {
        Act::Wait => std::future::pending().await,
        Act::CutBefore => {
            cut.notify_one();
            std::future::pending().await
        }
        Act::Refuse => {
            let body = br#"{"__type":"Refused","message":"not today"}"#;
            sender.send(Ok(Bytes::from_static(body))).await.expect("there is room");
            return Ok(response
                .header("x-amzn-errortype", "Refused")
                .status(400)
                .body(Given(receiver))
                .expect("valid"));
        }
        Act::AnswerLate => {
            events.next().await;
        }
        Act::AnswerAtEnd => while events.next().await.is_some() {},
        _ => {}
    }
    if act != Act::AnswerAtEnd {
        tokio::spawn(talk(events, act, sender, cut));
    }
    Ok(response.header("x-session", "s").body(Given(receiver)).expect("valid"))
}

/// A message with a structure that has one text.
fn event(tongue: Tongue, kind: &str, member: &str, text: &str) -> Vec<u8> {
    let headers = [(":message-type", "event"), (":event-type", kind), (":content-type", tongue.media_type())];
    message(&headers, &tongue.says(member, text))
}

/// What a stream says: this text.
fn transcript(tongue: Tongue, text: &str) -> Vec<u8> {
    event(tongue, "transcript", "text", text)
}

/// What a stream begins with where HTTP has no place for the other members of the output.
fn initial_response(tongue: Tongue) -> Vec<u8> {
    event(tongue, "initial-response", "session", "s")
}

/// Answers events, until an act has something else to do.
async fn talk(mut events: Events, act: Act, sender: mpsc::Sender<io::Result<Bytes>>, cut: Arc<Notify>) {
    let tongue = events.tongue;
    let whole = transcript(tongue, "half");
    match act {
        Act::Ignore => {
            // The body has to stay, or the stream is reset.
            return sender.closed().await;
        }
        Act::CutBehindHead => {
            // What was written before has to leave.
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            cut.notify_one();
            return sender.closed().await;
        }
        Act::Fail => {
            let headers = [(":message-type", "exception"), (":exception-type", "overloaded")];
            let _ = sender.send(Ok(message(&headers, &tongue.says("message", "too much")).into())).await;
        }
        _ => {}
    }
    while let Some(event) = events.next().await {
        let is_first = event.starts_with("initial-request ");
        let said = match act {
            _ if is_first => initial_response(tongue),
            Act::CutWithinMessage | Act::Reset | Act::EndWithinMessage => whole[..whole.len() / 2].to_vec(),
            _ => transcript(tongue, &event.replace('"', "'")),
        };
        if sender.send(Ok(said.into())).await.is_err() {
            events.log.add("nobody reads");
            return;
        }
        match act {
            _ if is_first => {}
            Act::CutWithinMessage | Act::CutBehindEvent => {
                tokio::time::sleep(std::time::Duration::from_millis(50)).await;
                cut.notify_one();
                return sender.closed().await;
            }
            Act::Reset => {
                tokio::time::sleep(std::time::Duration::from_millis(50)).await;
                let _ = sender.send(Err(io::Error::other("on purpose"))).await;
                return;
            }
            Act::EndWithinMessage => return,
            _ => {}
        }
    }
}

/// The events of a request.
struct Events {
    body: Incoming,
    bytes: Vec<u8>,
    /// The signatures, where the request has one.
    chain: Option<Chain>,
    tongue: Tongue,
    log: Log,
}

impl Events {
    /// The next event; `None` at the end, or where the client breaks off, which the log tells apart.
    async fn next(&mut self) -> Option<String> {
        loop {
            if let Some((found, length)) = parse(&self.bytes) {
                self.bytes.drain(..length);
                let found = match &mut self.chain {
                    Some(chain) => {
                        let inner = chain.open(&found);
                        if inner.is_empty() {
                            self.log.add("end of the chain");
                            continue;
                        }
                        let (found, length) = parse(&inner).expect("a message within a message");
                        assert_eq!(length, inner.len(), "one message within a message");
                        found
                    }
                    None => found,
                };
                self.log.add(found.shown());
                return Some(found.shown());
            }
            match self.body.frame().await {
                Some(Ok(frame)) => self.bytes.extend(frame.into_data().unwrap_or_default()),
                Some(Err(_)) => {
                    self.log.add("broken off");
                    return None;
                }
                None => {
                    assert!(self.bytes.is_empty(), "bytes behind the last message");
                    self.log.add("end of the body");
                    return None;
                }
            }
        }
    }
}

/// An HTTP client that speaks HTTP/2 without asking whether the server does, as it can without TLS.
#[derive(Debug)]
struct PriorKnowledge;

impl HttpConnector for PriorKnowledge {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        HttpConnectorFuture::new(async move {
            let request = request.try_into_http1x().map_err(|error| ConnectorError::user(error.into()))?;
            let authority = request.uri().authority().expect("an absolute URI").to_string();
            let socket = TcpStream::connect(authority).await.map_err(|error| ConnectorError::io(error.into()))?;
            let handshake = hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(socket));
            let (mut sender, connection) = handshake.await.map_err(|error| ConnectorError::io(error.into()))?;
            tokio::spawn(connection);
            let response = sender.send_request(request).await.map_err(|error| ConnectorError::io(error.into()))?;
            HttpResponse::try_from(response.map(SdkBody::from_body_1_x))
                .map_err(|error| ConnectorError::other(error.into(), None))
        })
    }
}

/// That client.
pub fn with_prior_knowledge() -> SharedHttpClient {
    http_client_fn(|_, _| SharedHttpConnector::new(PriorKnowledge))
}
