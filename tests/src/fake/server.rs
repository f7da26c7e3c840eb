//! HTTP/1.1 on a socket: from a connection to [`State::serve`], and back with the faults that were asked for.

use std::convert::Infallible;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full};
use hyper::body::{Body, Frame, Incoming};
use hyper::header::{CONTENT_LENGTH, DATE, HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use ivs_realtime::primitives::DateTimeFormat;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::admin;
use super::answer::Answer;
use super::faults::Effect;
use super::state::{Outcome, State};
use crate::request::Request;

/// Bytes that a request's body may have.
const MOST_BYTES: usize = 1 << 20;

/// Before another connection is accepted where one could not be.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

type AnswerBody = UnsyncBoxBody<Bytes, io::Error>;

/// Serves connections until the task ends; then all of them are cut.
pub(super) async fn serve(listener: TcpListener, state: Arc<State>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => _ = connections.spawn(connection(stream, state.clone())),
                // The process has too many files open, which passes when a connection ends.
                Err(_) => sleep(ACCEPT_PAUSE).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn connection(stream: TcpStream, state: Arc<State>) {
    // Small answers are not held back to be sent together.
    _ = stream.set_nodelay(true);
    let reset = Arc::new(AtomicBool::new(false));
    let io = TokioIo::new(Socket { stream, reset: reset.clone() });
    let service = service_fn(move |request| {
        let (state, reset) = (state.clone(), reset.clone());
        async move { answer(request, &state, &reset).await }
    });
    // What a client does to its connection is its own affair.
    _ = http1::Builder::new().timer(TokioTimer::new()).serve_connection(io, service).await;
}

/// Answers a request. The error ends the connection without an answer.
async fn answer(
    request: hyper::Request<Incoming>,
    state: &Arc<State>,
    reset: &AtomicBool,
) -> Result<Response<AnswerBody>, io::Error> {
    let (head, body) = request.into_parts();
    let body = http_body_util::Limited::new(body, MOST_BYTES).collect().await.map_err(io::Error::other)?.to_bytes();
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let request = Request {
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().map(str::to_owned),
        headers: head.headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect(),
        body: body.to_vec(),
    };
    if let Some(action) = request.path.strip_prefix(admin::PATH).filter(|_| request.method == "POST") {
        let answer = state.administer(action, &request.body);
        return Ok(response(&answer, state, whole(&answer)));
    }
    // The state file is written before the answer: that may block for as long as the disk takes.
    let serving = state.clone();
    let outcome = match state.settings.state.is_some() {
        true => tokio::task::spawn_blocking(move || serving.serve(&request)).await.map_err(io::Error::other)?,
        false => serving.serve(&request),
    };
    if state.settings.log {
        eprintln!(
            "{} {}{}",
            outcome.answer.status,
            outcome.operation,
            outcome.effect.as_ref().map_or("", |_| " (fault)")
        );
    }
    send(outcome, state, reset).await
}

/// The answer as its effect has it sent.
async fn send(outcome: Outcome, state: &State, reset: &AtomicBool) -> Result<Response<AnswerBody>, io::Error> {
    let Outcome { answer, effect, .. } = outcome;
    let length = answer.body.len();
    let claims = |claimed: usize, body: AnswerBody| {
        let mut response = response(&answer, state, body);
        response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(claimed));
        response
    };
    let cut = || io::Error::other("the connection is cut by a fault");
    match effect {
        Some(Effect::ResetBefore | Effect::ResetAfter) => {
            reset.store(true, Ordering::Relaxed);
            Err(cut())
        }
        Some(Effect::Half) => {
            let half = Bytes::copy_from_slice(&answer.body[..length / 2]);
            Ok(claims(length, pieces(vec![Ok(half), Err(cut())], Duration::ZERO)))
        }
        Some(Effect::WrongLength { extra }) => {
            let all = Bytes::copy_from_slice(&answer.body);
            Ok(claims(length + extra, pieces(vec![Ok(all), Err(cut())], Duration::ZERO)))
        }
        Some(Effect::Trickle { bytes, millis }) => {
            let parts = answer.body.chunks(bytes.max(1)).map(|part| Ok(Bytes::copy_from_slice(part)));
            Ok(claims(length, pieces(parts.collect(), Duration::from_millis(millis))))
        }
        Some(Effect::Slow { millis }) => {
            sleep(Duration::from_millis(millis)).await;
            Ok(response(&answer, state, whole(&answer)))
        }
        _ => Ok(response(&answer, state, whole(&answer))),
    }
}

fn response(answer: &Answer, state: &State, body: AnswerBody) -> Response<AnswerBody> {
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    for (name, value) in &answer.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            headers.append(name, value);
        }
    }
    // By the server's own clock, from which clients correct theirs.
    let date = state.now().date_time().fmt(DateTimeFormat::HttpDate).ok();
    if let Some(date) = date.and_then(|date| HeaderValue::try_from(date).ok()) {
        headers.insert(DATE, date);
    }
    if let Ok(id) = HeaderValue::try_from(request_id()) {
        headers.insert("x-amzn-RequestId", id);
    }
    response
}

fn request_id() -> String {
    let [a, b]: [u64; 2] = rand::random();
    format!(
        "{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
        a >> 32,
        a >> 16 & 0xffff,
        a & 0xfff,
        b >> 52,
        b & 0xffff_ffff_ffff
    )
}

fn whole(answer: &Answer) -> AnswerBody {
    Full::new(Bytes::copy_from_slice(&answer.body)).map_err(|never: Infallible| match never {}).boxed_unsync()
}

/// A body that comes in parts with pauses; an error cuts the connection.
fn pieces(parts: Vec<io::Result<Bytes>>, pause: Duration) -> AnswerBody {
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(async move {
        for part in parts {
            // Whoever hung up gets no more.
            if sender.send(part).await.is_err() {
                return;
            }
            sleep(pause).await;
        }
    });
    Pieces(receiver).boxed_unsync()
}

struct Pieces(mpsc::Receiver<io::Result<Bytes>>);

impl Body for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        self.0.poll_recv(context).map(|part| part.map(|part| part.map(Frame::data)))
    }
}

/// A connection that can be told to end by a reset, and not by an orderly close.
struct Socket {
    stream: TcpStream,
    reset: Arc<AtomicBool>,
}

impl Drop for Socket {
    fn drop(&mut self) {
        if self.reset.load(Ordering::Relaxed) {
            // Without it the connection is closed, which is nearly as bad for the client.
            _ = self.stream.set_zero_linger();
        }
    }
}

impl AsyncRead for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Socket {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.reset.load(Ordering::Relaxed) {
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
