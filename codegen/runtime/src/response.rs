//! An HTTP response as a protocol reads it.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::http::Headers;
#[cfg(feature = "http-bindings")]
use aws_smithy_runtime_api::http::NonUtf8HeaderHandling;
use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::config_bag::ConfigBag;
use std::cell::RefCell;

/// A response whose body was loaded, or is a stream.
#[derive(Debug)]
pub struct Response<'a> {
    pub(crate) status: u16,
    pub(crate) headers: &'a Headers,
    pub(crate) body: &'a [u8],
    /// The body of a response to an operation whose output has a stream: whoever fills the output takes it.
    pub(crate) stream: RefCell<Option<ByteStream>>,
    /// What becomes of a member whose header is not UTF-8.
    #[cfg(feature = "http-bindings")]
    pub(crate) unreadable_headers: NonUtf8HeaderHandling,
}

impl<'a> Response<'a> {
    /// `bag` may say, by [`NonUtf8HeaderHandling`](aws_smithy_runtime_api::http::NonUtf8HeaderHandling), that headers are
    /// skipped that are not UTF-8.
    #[cfg_attr(not(feature = "http-bindings"), expect(unused_variables, reason = "only bindings read headers"))]
    pub(crate) fn new(response: &'a HttpResponse, bag: &ConfigBag) -> Self {
        Self {
            status: response.status().as_u16(),
            headers: response.headers(),
            body: response.body().bytes().unwrap_or_default(),
            stream: RefCell::new(None),
            #[cfg(feature = "http-bindings")]
            unreadable_headers: bag.load::<NonUtf8HeaderHandling>().cloned().unwrap_or_default(),
        }
    }

    /// The payload of a message of a stream of events, as if it was a body.
    #[cfg(feature = "event-stream")]
    pub(crate) fn of_message(payload: &'a [u8], headers: &'a Headers) -> Self {
        Self {
            status: 200,
            headers,
            body: payload,
            stream: RefCell::new(None),
            #[cfg(feature = "http-bindings")]
            unreadable_headers: NonUtf8HeaderHandling::default(),
        }
    }

    /// A header, its first line.
    pub fn header(&self, name: &str) -> Option<&'a str> {
        self.headers.get(name)
    }

    /// Success as every operation of the supported protocols means it.
    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}
