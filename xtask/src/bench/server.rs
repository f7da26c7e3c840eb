//! A server on loopback that gives every request the same answer.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

/// Starts a server that answers every request with status 200 and the JSON `body`, until this process ends. Its address,
/// as an endpoint of a client.
///
/// # Errors
///
/// A sentence when the system gives it no port.
pub(super) fn start(body: &[u8]) -> Result<String, String> {
    let failed = |cause| format!("cannot serve on loopback: {cause}");
    let listener = TcpListener::bind("127.0.0.1:0").map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-amzn-requestid: bench\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    let answer: Arc<[u8]> = [head.as_bytes(), body].concat().into();
    thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            let answer = Arc::clone(&answer);
            // A connection that breaks is the client's to report.
            thread::spawn(move || serve(&connection, &answer));
        }
    });
    Ok(format!("http://{address}"))
}

/// Answers every request of one connection.
fn serve(connection: &TcpStream, answer: &[u8]) -> std::io::Result<()> {
    connection.set_nodelay(true)?;
    let mut requests = BufReader::new(connection);
    let mut output = connection;
    let mut line = String::new();
    let mut length = 0;
    loop {
        line.clear();
        if requests.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let header = line.trim_end().split_once(':');
        if let Some((name, value)) = header
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().unwrap_or(0);
        } else if line.trim_end().is_empty() {
            std::io::copy(&mut requests.by_ref().take(length), &mut std::io::sink())?;
            length = 0;
            output.write_all(answer)?;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::{Shutdown, TcpStream};

    use super::start;

    #[test]
    fn requests_on_one_connection_get_an_answer_each() {
        let endpoint = start(b"{}").expect("a port");
        let address = endpoint.strip_prefix("http://").expect("it is an endpoint");
        let mut connection = TcpStream::connect(address).expect("it listens");
        let requests = b"POST /a HTTP/1.1\r\nContent-Length: 4\r\n\r\n\r\n\r\nGET /b HTTP/1.1\r\nhost: x\r\n\r\n";
        connection.write_all(requests).expect("it reads");
        connection.shutdown(Shutdown::Write).expect("it is open");
        let mut answers = String::new();
        connection.read_to_string(&mut answers).expect("it answers");
        assert_eq!(answers.matches("HTTP/1.1 200 OK\r\n").count(), 2);
        assert_eq!(answers.matches("content-length: 2\r\n\r\n{}").count(), 2);
    }
}
