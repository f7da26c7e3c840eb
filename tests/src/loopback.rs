//! A small HTTP/1.1 server on 127.0.0.1 that records what it gets and answers from a script.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

use crate::request::Request;

/// The status of every answer after the script's last one. Clients do not retry it, so a surplus request shows as a failure.
pub const SCRIPT_EXHAUSTED: u16 = 418;

/// What the server does with one request.
#[derive(Clone, Debug)]
pub enum Reply {
    /// Answers it.
    Respond(Response),
    /// Sends all of the answer but its last byte, then nothing more.
    Stall(Response),
    /// Resets the connection without a byte of answer.
    Reset,
    /// Keeps the connection open and never answers.
    Silence,
}

impl From<Response> for Reply {
    fn from(response: Response) -> Self {
        Self::Respond(response)
    }
}

/// An answer; the server adds `Content-Length`. `Debug` shows neither header values nor the body.
#[derive(Clone)]
pub struct Response {
    status: u16,
    headers: Vec<(String, Vec<u8>)>,
    body: Vec<u8>,
}

impl Response {
    /// An answer with `status` and no header or body.
    pub fn new(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Vec::new() }
    }

    /// Status 200 with the JSON `body`.
    pub fn json(body: &serde_json::Value) -> Self {
        Self::new(200).header("content-type", "application/json").body(body.to_string())
    }

    /// A service error: `status`, the error `code` in `x-amzn-ErrorType`, and the JSON `body`.
    pub fn error(status: u16, code: &str, body: &serde_json::Value) -> Self {
        Self::new(status)
            .header("x-amzn-ErrorType", code)
            .header("content-type", "application/json")
            .body(body.to_string())
    }

    /// Adds the header `name` with `value`, beside any of the same name.
    pub fn header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.headers.push((name.to_owned(), value.as_ref().to_vec()));
        self
    }

    /// Replaces the body.
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = format!("HTTP/1.1 {} Scripted\r\n", self.status).into_bytes();
        for (name, value) in &self.headers {
            bytes.extend_from_slice(&[name.as_bytes(), b": ", value, b"\r\n"].concat());
        }
        bytes.extend_from_slice(format!("content-length: {}\r\n\r\n", self.body.len()).as_bytes());
        bytes.extend_from_slice(&self.body);
        bytes
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Response")
            .field("status", &self.status)
            .field("headers", &self.headers.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>())
            .field("body_bytes", &self.body.len())
            .finish()
    }
}

/// The server. It runs on the tokio runtime it was started on and ends, with all its connections, when dropped.
#[derive(Debug)]
pub struct LoopbackServer {
    address: SocketAddr,
    log: Arc<Mutex<Log>>,
    accepting: JoinHandle<()>,
}

#[derive(Debug, Default)]
struct Log {
    requests: Vec<Request>,
    connections: usize,
}

type Script = Arc<Mutex<dyn FnMut(&Request) -> Reply + Send>>;

impl LoopbackServer {
    /// Starts a server that gives `replies` one by one, then [`SCRIPT_EXHAUSTED`].
    ///
    /// Panics when no port can be bound.
    pub async fn scripted(replies: impl IntoIterator<Item = impl Into<Reply>>) -> Self {
        let mut replies = replies.into_iter().map(Into::into).collect::<Vec<Reply>>().into_iter();
        Self::answering(move |_| replies.next().unwrap_or_else(|| Response::new(SCRIPT_EXHAUSTED).into())).await
    }

    /// Starts a server that asks `script` for the reply to each request.
    ///
    /// Panics when no port can be bound.
    pub async fn answering(script: impl FnMut(&Request) -> Reply + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port on loopback");
        let address = listener.local_addr().expect("a bound socket has an address");
        let log = Arc::new(Mutex::new(Log::default()));
        let script: Script = Arc::new(Mutex::new(script));
        let accepting = tokio::spawn(accept(listener, Arc::clone(&log), script));
        Self { address, log, accepting }
    }

    /// The address it listens on: also the expected `Host` header.
    pub fn address(&self) -> String {
        self.address.to_string()
    }

    /// The endpoint URL to give to a client.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The requests so far, in order of arrival.
    pub fn requests(&self) -> Vec<Request> {
        lock(&self.log).requests.clone()
    }

    /// The only request so far. Panics when there were more or none.
    pub fn only_request(&self) -> Request {
        let mut requests = self.requests();
        assert_eq!(requests.len(), 1, "requests: {requests:?}");
        requests.remove(0)
    }

    /// How many connections were accepted so far.
    pub fn connections(&self) -> usize {
        lock(&self.log).connections
    }
}

impl Drop for LoopbackServer {
    fn drop(&mut self) {
        // The accepting task owns the set of connection tasks, so aborting it ends them all.
        self.accepting.abort();
    }
}

/// A script that panicked must not hide its own message behind a poisoned lock.
fn lock<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn accept(listener: TcpListener, log: Arc<Mutex<Log>>, script: Script) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        lock(&log).connections += 1;
        connections.spawn(serve(stream, Arc::clone(&log), Arc::clone(&script)));
    }
}

/// Answers the requests of one connection until the client leaves or the script ends it.
async fn serve(mut stream: TcpStream, log: Arc<Mutex<Log>>, script: Script) -> io::Result<()> {
    let mut buffer = Vec::new();
    while let Some(request) = read_request(&mut stream, &mut buffer).await? {
        let reply = (lock(&script))(&request);
        lock(&log).requests.push(request);
        match reply {
            Reply::Respond(response) => stream.write_all(&response.to_bytes()).await?,
            Reply::Stall(response) => {
                let bytes = response.to_bytes();
                stream.write_all(&bytes[..bytes.len() - 1]).await?;
                std::future::pending().await
            }
            Reply::Reset => return stream.set_zero_linger(),
            Reply::Silence => std::future::pending().await,
        }
    }
    Ok(())
}

/// Reads one request; what was read beyond it stays in `buffer`. `None` when the client closed between requests.
async fn read_request(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> io::Result<Option<Request>> {
    let head_length = loop {
        if let Some(at) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
            break at;
        }
        if stream.read_buf(buffer).await? == 0 {
            return Ok(None);
        }
    };
    let head = std::str::from_utf8(&buffer[..head_length]).map_err(io::Error::other)?;
    let mut request = Request::parse_head(head).map_err(io::Error::other)?;
    let body_length = body_length(&request)?;
    let end = head_length + 4 + body_length;
    while buffer.len() < end {
        if stream.read_buf(buffer).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    request.body = buffer[head_length + 4..end].to_vec();
    buffer.drain(..end);
    Ok(Some(request))
}

/// The body's length by the headers. Chunked bodies are refused: no operation under test streams.
fn body_length(request: &Request) -> io::Result<usize> {
    if request.header("transfer-encoding").is_some() {
        return Err(io::Error::other("the loopback server takes no transfer encoding"));
    }
    request.header("content-length").map_or(Ok(0), |length| length.parse().map_err(io::Error::other))
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn exchange(stream: &mut TcpStream, request: &str) -> String {
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = vec![0; 1024];
        let length = stream.read(&mut answer).await.unwrap();
        String::from_utf8(answer[..length].to_vec()).unwrap()
    }

    #[tokio::test]
    async fn one_connection_serves_many_requests_and_each_is_recorded() {
        let server = LoopbackServer::scripted([Response::new(200).header("x-a", "b").body("one")]).await;
        let mut stream = TcpStream::connect(server.address()).await.unwrap();
        let first = exchange(&mut stream, "POST /a?b HTTP/1.1\r\nContent-Length: 2\r\n\r\nhi").await;
        let second = exchange(&mut stream, "GET /c HTTP/1.1\r\n\r\n").await;
        assert_eq!(first, "HTTP/1.1 200 Scripted\r\nx-a: b\r\ncontent-length: 3\r\n\r\none");
        assert!(second.starts_with("HTTP/1.1 418 "), "{second}");
        let paths: Vec<_> = server.requests().into_iter().map(|request| (request.path, request.body)).collect();
        assert_eq!(paths, [("/a".to_owned(), b"hi".to_vec()), ("/c".to_owned(), Vec::new())]);
        assert_eq!(server.connections(), 1);
    }

    #[tokio::test]
    async fn a_dropped_server_closes_its_connections() {
        let server = LoopbackServer::scripted([Response::new(200)]).await;
        let mut stream = TcpStream::connect(server.address()).await.unwrap();
        exchange(&mut stream, "GET / HTTP/1.1\r\n\r\n").await;
        drop(server);
        assert_eq!(stream.read(&mut [0; 8]).await.unwrap(), 0);
    }

    #[tokio::test]
    async fn a_reset_is_an_error_for_the_client() {
        let server = LoopbackServer::scripted([Reply::Reset]).await;
        let mut stream = TcpStream::connect(server.address()).await.unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\n\r\n").await.unwrap();
        assert_eq!(stream.read(&mut [0; 8]).await.unwrap_err().kind(), io::ErrorKind::ConnectionReset);
    }
}
