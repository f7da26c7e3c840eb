//! The client without a network.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};

use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::http::Headers;
use aws_smithy_types::body::SdkBody;
use ivs_realtime::Client;
use ivs_realtime::by_name::{CallError, OPERATIONS};
use ivs_realtime::config::retry::RetryConfig;
use ivs_realtime::config::{Config, Credentials, Region};
use tokio::runtime::Runtime;

/// What the service answers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

/// What the service was asked.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) uri: String,
    pub(crate) body: Vec<u8>,
}

#[derive(Debug, Default)]
struct State {
    reply: Reply,
    asked: Option<Asked>,
}

#[derive(Clone, Debug, Default)]
struct Stub(Arc<Mutex<State>>);

impl Stub {
    fn with<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl HttpConnector for Stub {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let body = request.body().bytes().unwrap_or_default().to_vec();
        let asked = Asked { uri: request.uri().to_owned(), body };
        let reply = self.with(|state| {
            state.asked = Some(asked);
            state.reply.clone()
        });
        let status = reply.status.try_into().expect("a status between 100 and 999");
        let mut response = HttpResponse::new(status, SdkBody::from(reply.body));
        for (name, value) in reply.headers {
            response.headers_mut().append(name, value);
        }
        HttpConnectorFuture::ready(Ok(response))
    }
}

struct Session {
    client: Client,
    stub: Stub,
    runtime: Runtime,
}

thread_local! {
    static SESSION: RefCell<Option<Rc<Session>>> = const { RefCell::new(None) };
}

fn session() -> Rc<Session> {
    SESSION.with(|session| Rc::clone(session.borrow_mut().get_or_insert_with(|| Rc::new(new_session()))))
}

fn new_session() -> Session {
    let stub = Stub::default();
    let connector = SharedHttpConnector::new(stub.clone());
    let config = Config::builder()
        .region(Region::new("eu-central-1"))
        .credentials_provider(Credentials::new("key", "secret", None, None, "fuzz"))
        .http_client(http_client_fn(move |_, _| connector.clone()))
        .retry_config(RetryConfig::disabled())
        .build();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    Session { client: Client::from_conf(config), stub, runtime }
}

/// Whether a server can send a header.
pub(crate) fn can_be_sent(name: &str, value: &str) -> bool {
    Headers::new().try_append(name.to_owned(), value.to_owned()).is_ok()
}

/// The operation that a byte stands for.
pub(crate) fn operation(byte: u8) -> &'static str {
    OPERATIONS[usize::from(byte) % OPERATIONS.len()]
}

/// Calls an operation by name, and tells what was asked, if anything was.
pub(crate) fn call(operation: &str, input: &str, reply: Reply) -> (Result<String, CallError>, Option<Asked>) {
    let session = session();
    session.stub.with(|state| *state = State { reply, asked: None });
    let result = session.runtime.block_on(session.client.call_json_with_secrets(operation, input));
    (result, session.stub.with(|state| state.asked.take()))
}
