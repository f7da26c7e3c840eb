//! Calls by name of the client, without a network.

use std::sync::{Arc, Mutex};

use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use ivs_realtime::Client;
use ivs_realtime::config::retry::RetryConfig;
use serde_json::{Value, json};
use tests::client::config;
use tests::request::Request;

use crate::cases::Case;

/// Answers with what a case says, and keeps what it was asked.
#[derive(Debug)]
struct Stub {
    case: Case,
    asked: Arc<Mutex<Option<Value>>>,
}

impl HttpConnector for Stub {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        *self.asked.lock().expect("no call panics") = Some(sent(&request));
        let status = self.case.status.try_into().expect("it is a status");
        let mut response = HttpResponse::new(status, SdkBody::from(self.case.body.to_string()));
        for (name, value) in &self.case.headers {
            response.headers_mut().append(name.to_ascii_lowercase(), value.clone());
        }
        HttpConnectorFuture::ready(Ok(response))
    }
}

/// What a request is, taken apart.
fn sent(request: &HttpRequest) -> Value {
    let (origin, target) =
        request.uri().split_at("https://".len() + request.uri()["https://".len()..].find('/').unwrap_or(0));
    let head = Request::parse_head(&format!("{} {target} HTTP/1.1\r\n", request.method())).expect("it is a request");
    json!({
        "method": head.method,
        "origin": origin,
        "path": head.path,
        "query": head.query_pairs(),
        "type": request.headers().get("content-type"),
        "body": String::from_utf8_lossy(request.body().bytes().unwrap_or_default()),
    })
}

/// Makes a call, and tells what was sent and what became of the answer, as `calls.py` does.
pub(crate) async fn call(case: &Case) -> Value {
    let asked = Arc::new(Mutex::new(None));
    let stub = SharedHttpConnector::new(Stub { case: case.clone(), asked: Arc::clone(&asked) });
    let config = config("").endpoint_url("https://ivsrealtime.eu-central-1.amazonaws.com");
    let http = http_client_fn(move |_, _| stub.clone());
    let client = Client::from_conf(config.http_client(http).retry_config(RetryConfig::disabled()).build());
    let outcome = client.call_json_with_secrets(&case.operation, &case.input.to_string()).await;
    let mut seen = asked.lock().expect("no call panics").take().unwrap_or_else(|| json!({}));
    match outcome {
        Ok(output) => seen["output"] = serde_json::from_str(&output).expect("it is JSON"),
        Err(error) if error.code().is_some() => {
            seen["error"] = json!({"code": error.code(), "message": error.message().unwrap_or_default(), "request_id": error.request_id()});
        }
        Err(error) => seen["failed"] = Value::from(error.to_string()),
    }
    seen
}
