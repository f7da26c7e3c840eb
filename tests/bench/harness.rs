//! What the benchmark programs share and what is no client: HTTP without TLS, HTTP in memory, credentials, a
//! runtime, and the documents by serde.
//!
//! None of it is generic, so it is compiled once, ahead of what is measured, and costs both clients the same.

pub mod derived;

use std::future::Future;
use std::pin::Pin;

use aws_credential_types::Credentials;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;

/// An ARN as inputs hold it.
pub const ARN: &str = "arn:aws:ivs:eu-central-1:123456789012:storage-configuration/abcdABCDefgh";

/// How many tokens the large input of `CreateStage` asks for.
pub const TOKENS: usize = 8;

/// Runs `future` to its end on a runtime of one thread.
///
/// # Errors
///
/// A sentence when the system gives no runtime its file descriptors, or what the future itself fails with.
pub fn block_on(future: Pin<Box<dyn Future<Output = Result<(), String>>>>) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(|cause| format!("cannot start the runtime: {cause}"))?.block_on(future)
}

/// Credentials that no service accepts.
pub fn credentials() -> Credentials {
    Credentials::new("AKIDEXAMPLE", "an example, not a secret", None, None, "bench")
}

/// An HTTP/1.1 client without TLS.
pub fn plain_http() -> SharedHttpClient {
    aws_smithy_http_client::Builder::new().build_http()
}

/// An HTTP client that answers every request at once, in memory, with status 200 and `body`.
pub fn canned_http(body: &'static [u8]) -> SharedHttpClient {
    SharedHttpClient::new(Canned(body))
}

/// The body of every answer.
#[derive(Clone, Copy, Debug)]
struct Canned(&'static [u8]);

impl HttpConnector for Canned {
    fn call(&self, _request: HttpRequest) -> HttpConnectorFuture {
        // Static bytes go into a body without a copy, so a longer answer costs nothing before it is decoded.
        let body = SdkBody::from(Bytes::from_static(self.0));
        let status = StatusCode::try_from(200).expect("200 is a status");
        let mut response = HttpResponse::new(status, body);
        response.headers_mut().insert("content-type", "application/json");
        response.headers_mut().insert("x-amzn-requestid", "8d1b0f5e-0000-4000-8000-000000000000");
        HttpConnectorFuture::ready(Ok(response))
    }
}

impl HttpClient for Canned {
    fn http_connector(
        &self,
        _settings: &HttpConnectorSettings,
        _components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(*self)
    }
}
