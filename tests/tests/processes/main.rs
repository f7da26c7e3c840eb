//! The fake service as a process of its own: programs that use it from outside, and its end at any moment.
#![cfg(unix)]

mod kills;
mod live_show;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

/// A running `fake-ivs-realtime`, killed when this is dropped.
struct Server {
    child: Child,
    url: String,
}

impl Server {
    /// Starts it and waits until it listens.
    fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_fake-ivs-realtime"))
            .arg("--quiet")
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("cargo built it");
        let output = BufReader::new(child.stdout.take().expect("it is a pipe"));
        let url = output.lines().map_while(Result::ok).find_map(|line| {
            let url = line.strip_prefix("export AWS_ENDPOINT_URL_IVS_REALTIME=")?;
            Some(url.to_owned())
        });
        Self { child, url: url.expect("it prints where it listens") }
    }

    /// Kills it as `kill -9` does, and waits until it is gone.
    fn kill(&mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it is a child of this process");
    }

    /// `POST /_fake/{action}`: the body of the answer.
    fn administer(&self, action: &str, body: &str) -> serde_json::Value {
        let address = self.url.trim_start_matches("http://");
        let mut stream = TcpStream::connect(address).expect("it listens");
        let length = body.len();
        write!(
            stream,
            "POST /_fake/{action} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
        )
        .expect("it reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("it answers");
        let (head, body) = answer.split_once("\r\n\r\n").expect("an answer has a head");
        assert!(head.starts_with("HTTP/1.1 200"), "{answer}");
        serde_json::from_str(body).expect("the answer is JSON")
    }

    /// The kinds of resources of which there are some.
    fn left(&self) -> Vec<String> {
        let state = self.administer("state", "{}");
        let kinds = state.as_object().expect("the state is an object").iter();
        kinds.filter(|(_, count)| **count != 0).map(|(kind, count)| format!("{kind}: {count}")).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}
