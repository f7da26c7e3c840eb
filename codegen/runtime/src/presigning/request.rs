//! The request that somebody else sends.

use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use std::fmt;

use crate::BoxError;

/// A presigned request: method, URL, and the headers that are signed with it. It has no body.
#[derive(Clone)]
#[non_exhaustive]
pub struct PresignedRequest {
    uri: String,
    head: http::Request<()>,
}

impl PresignedRequest {
    /// Takes a request that is signed.
    ///
    /// # Errors
    /// When it is no valid request of `http`.
    pub(crate) fn new(request: HttpRequest) -> Result<Self, BoxError> {
        let uri = request.uri().to_owned();
        Ok(Self { uri, head: request.try_into_http1x()?.map(|_| ()) })
    }

    /// The method.
    pub fn method(&self) -> &str {
        self.head.method().as_str()
    }

    /// The URL. Whoever has it can send the request: it is as good as a password.
    pub fn uri(&self) -> &str {
        &self.uri
    }

    /// Names and values of headers that have to be sent with it, all but `Host`, which follows from the URL.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.head.headers().iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)))
    }

    /// A request of `http` with a body.
    pub fn make_http_1x_request<B>(&self, body: B) -> http::Request<B> {
        self.head.clone().map(|()| body)
    }

    /// Becomes a request of `http` with a body.
    pub fn into_http_1x_request<B>(self, body: B) -> http::Request<B> {
        self.head.map(|()| body)
    }
}

impl fmt::Debug for PresignedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PresignedRequest")
            .field("method", &self.method())
            .field("uri", &self.uri())
            .field("headers", self.head.headers())
            .finish()
    }
}
