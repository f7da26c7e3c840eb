//! What the programs of `cargo xtask conformance` link against.
//!
//! A program has a function for each [`Case`] of the protocol tests of a service. [`run`] calls them one after another, each
//! with an [`Exchange`]: an HTTP client that sends nothing, keeps the request and gives a canned answer. What came of a
//! case goes to stdout, as a line of JSON each, so that a program that dies tells how far it came:
//!
//! - `{"case": 7, "request": {"method", "uri", "headers": [[name, value]], "body"}}`: what was sent; whether that is right
//!   is for the reader to say. The body is a text, or a list of bytes where it is no UTF-8
//! - `{"case": 7, "same": true}`: the output or error is the expected one
//! - `{"case": 7, "path", "expected", "actual"}`: the first member in which they differ
//! - `{"case": 7, "problem"}`: the call did something else

pub mod endpoint;
mod events;
mod exchange;
mod same;

use std::future::Future;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;

use serde_json::{Value, json};

pub use aws_smithy_types::Document;
pub use events::{Failure, Sent, events};
pub use exchange::Exchange;
pub use same::{Difference, difference};
pub use smithy_client_runtime::BoxError;

use exchange::{Answer, Request};

/// The token of calls that give none where the model asks for one.
pub const IDEMPOTENCY_TOKEN: &str = "00000000-0000-4000-8000-000000000000";

/// Where calls go whose case names no host.
const HOST: &str = "example.com";

/// What came of a case; an error says how the call went another way.
pub type Tested = Result<Seen, BoxError>;

/// What was seen of a call.
#[derive(Debug)]
pub enum Seen {
    /// What was sent.
    Request(Request),
    /// An output or an error that is the expected one.
    Same,
    /// One that is not.
    Different(Difference),
}

/// The function of a case.
type Function = fn(Exchange) -> Pin<Box<dyn Future<Output = Tested>>>;

/// A case of the protocol tests.
#[derive(Debug)]
pub struct Case {
    position: usize,
    host: &'static str,
    answer: Answer,
    function: Function,
}

impl Case {
    /// A case about what is sent to a host, which may have a path behind it; it is empty where that does not matter.
    pub fn request(position: usize, host: &'static str, function: Function) -> Self {
        let answer = Answer { status: 200, headers: &[], body: b"" };
        Self { position, host, answer, function }
    }

    /// A case about what is made of a response.
    pub fn response(
        position: usize,
        status: u16,
        headers: &'static [(&'static str, &'static str)],
        body: &'static [u8],
        function: Function,
    ) -> Self {
        Self { position, host: "", answer: Answer { status, headers, body }, function }
    }

    /// What came of it, as JSON. A panic is of this case alone.
    fn tested(&self) -> Value {
        let host = if self.host.is_empty() { HOST } else { self.host };
        let exchange = Exchange::new(format!("https://{host}"), self.answer);
        let tested = catch_unwind(AssertUnwindSafe(|| {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
            runtime.block_on((self.function)(exchange))
        }));
        match tested {
            Ok(Ok(Seen::Request(request))) => json!({ "case": self.position, "request": request.json() }),
            Ok(Ok(Seen::Same)) => json!({ "case": self.position, "same": true }),
            Ok(Ok(Seen::Different(Difference { path, expected, actual }))) => {
                json!({ "case": self.position, "path": path, "expected": expected, "actual": actual })
            }
            Ok(Err(problem)) => json!({ "case": self.position, "problem": problem.to_string() }),
            Err(panic) => json!({ "case": self.position, "problem": format!("it panicked: {}", told(&*panic)) }),
        }
    }
}

/// What a panic said.
fn told(panic: &dyn std::any::Any) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("nothing was said")
}

/// Runs the cases one after another, and writes what came of each.
pub fn run(cases: Vec<Case>) {
    let mut out = io::stdout().lock();
    for case in cases {
        // Nobody reads on: there is nobody left to tell.
        if writeln!(out, "{}", case.tested()).and_then(|()| out.flush()).is_err() {
            return;
        }
    }
}
