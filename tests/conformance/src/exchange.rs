//! One request and its answer, without a network.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::{ConnectorError, SdkError};
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_smithy_types::retry::RetryConfig;
use aws_types::SdkConfig;
use aws_types::region::Region;
use serde_json::{Value, json};
use smithy_client_runtime::shape::Shape;

use crate::{Difference, Seen, Tested, difference};

/// The region of calls.
const REGION: &str = "us-east-1";

/// The answer to every request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: &'static [(&'static str, &'static str)],
    pub(crate) body: &'static [u8],
}

/// A request that was sent.
#[derive(Debug)]
pub struct Request {
    method: String,
    uri: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Request {
    pub(crate) fn json(&self) -> Value {
        let body = std::str::from_utf8(&self.body).map_or_else(|_| json!(self.body), |text| json!(text));
        json!({ "method": self.method, "uri": self.uri, "headers": self.headers, "body": body })
    }
}

/// Where the call of a case goes, and what was seen of it.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// Where requests go; nowhere in particular where the client finds that out by the rules of the service.
    endpoint: Option<String>,
    region: &'static str,
    wire: Wire,
}

/// The HTTP client of a case.
#[derive(Clone, Debug)]
struct Wire {
    answer: Answer,
    seen: Arc<Mutex<Option<Request>>>,
}

impl Exchange {
    pub(crate) fn new(endpoint: String, answer: Answer) -> Self {
        Self { endpoint: Some(endpoint), region: REGION, wire: Wire { answer, seen: Arc::default() } }
    }

    /// The same exchange with a client that finds the endpoint by the rules of its service, in this region.
    pub fn by_rules(&self, region: Option<&'static str>) -> Self {
        Self { endpoint: None, region: region.unwrap_or(REGION), ..self.clone() }
    }

    /// The configuration of a client that talks to this exchange. It tries once.
    pub fn config(&self) -> SdkConfig {
        let connector = SharedHttpConnector::new(self.wire.clone());
        let credentials = Credentials::new("AKIDEXAMPLE", "secret", None, None, "conformance");
        let mut config = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(self.region))
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .http_client(http_client_fn(move |_, _| connector.clone()))
            .retry_config(RetryConfig::disabled());
        config.set_endpoint_url(self.endpoint.clone());
        config.build()
    }

    /// What was sent, whatever became of the answer.
    ///
    /// # Errors
    /// Why nothing was sent.
    pub fn sent<T: fmt::Debug, E: std::error::Error>(&self, result: Result<T, E>) -> Tested {
        match (self.wire.seen().take(), result) {
            (Some(request), _) => Ok(Seen::Request(request)),
            (None, Err(error)) => Err(format!("nothing was sent: {}", told(&error)).into()),
            (None, Ok(output)) => Err(format!("nothing was sent, and yet there is an output: {output:?}").into()),
        }
    }

    /// What sets an output apart from the expected one.
    ///
    /// # Errors
    /// That the call failed.
    pub fn returned<T: Shape, E: std::error::Error>(&self, expected: &T, result: Result<T, E>) -> Tested {
        match result {
            Ok(output) => Ok(seen(expected, &output)),
            Err(error) => Err(format!("the call failed: {}", told(&error)).into()),
        }
    }

    /// What sets the exception of a failed call apart from the expected one; `exception` takes it out of the error, which
    /// has the given code, if one is given.
    ///
    /// # Errors
    /// That the call did not fail, or with another error.
    pub fn refused<T: Shape, O: fmt::Debug, E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static>(
        &self,
        expected: &T,
        code: Option<&str>,
        result: Result<O, SdkError<E, HttpResponse>>,
        exception: fn(E) -> Result<T, E>,
    ) -> Tested {
        let error = match result {
            Ok(output) => return Err(format!("the call did not fail: {output:?}").into()),
            Err(SdkError::ServiceError(context)) => context.into_err(),
            Err(other) => return Err(format!("the error is not of the service: {}", told(&other)).into()),
        };
        if let (Some(expected), actual) = (code, error.code())
            && actual != Some(expected)
        {
            let actual = actual.unwrap_or("nothing").to_owned();
            return Ok(Seen::Different(Difference { path: "code".to_owned(), expected: expected.to_owned(), actual }));
        }
        match exception(error) {
            Ok(exception) => Ok(seen(expected, &exception)),
            Err(other) => Err(format!("it is another error: {}", told(&other)).into()),
        }
    }
}

/// The words of an error and of what lies behind it.
pub(crate) fn told(error: &dyn std::error::Error) -> String {
    let errors = std::iter::successors(Some(error), |error| error.source());
    let mut words: Vec<String> = errors.map(ToString::to_string).collect();
    words.dedup();
    words.join(": ")
}

fn seen(expected: &dyn Shape, actual: &dyn Shape) -> Seen {
    difference(expected, actual).map_or(Seen::Same, Seen::Different)
}

impl Wire {
    fn seen(&self) -> MutexGuard<'_, Option<Request>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl HttpConnector for Wire {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let wire = self.clone();
        HttpConnectorFuture::new(async move {
            let request = read(request).await.map_err(|error| ConnectorError::other(error, None))?;
            *wire.seen() = Some(request);
            answer(wire.answer).map_err(|error| ConnectorError::other(error, None))
        })
    }
}

async fn read(request: HttpRequest) -> Result<Request, crate::BoxError> {
    let (method, uri) = (request.method().to_owned(), request.uri().to_owned());
    let headers = request.headers().iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let body = ByteStream::new(request.into_body()).collect().await?.to_vec();
    Ok(Request { method, uri, headers, body })
}

fn answer(answer: Answer) -> Result<HttpResponse, crate::BoxError> {
    let mut response = HttpResponse::new(StatusCode::try_from(answer.status)?, SdkBody::from(answer.body));
    for (name, value) in answer.headers {
        response.headers_mut().try_append(name.to_ascii_lowercase(), *value)?;
    }
    Ok(response)
}
