//! Protocols: how a call becomes a request, and a response an output or an error.
//!
//! A protocol is one value, a `static` of this module, and the service names it in one line
//! ([`ServiceFacts::protocol`](crate::service::ServiceFacts::protocol)). It is asked once per message and never per
//! member:
//!
//! | question | answer |
//! | --- | --- |
//! | [`write_request`](Protocol::write_request) | the request of an input |
//! | [`read_output`](Protocol::read_output) | the output out of a response that is a success |
//! | [`is_error`](Protocol::is_error) | whether a response is no success |
//! | [`read_error`](Protocol::read_error) | what such a response says of itself: the [`ErrorHead`] |
//! | [`read_exception`](Protocol::read_exception) | the members of the exception of that name |
//!
//! Four kinds of protocols share their parts. `Rest` (feature `http-bindings`) sends members where HTTP bindings put them
//! and the rest in a body; `Rpc` (feature `rpc`) sends everything in the body and says elsewhere which operation is meant,
//! as does `RpcV2` (feature `rpc-v2`), whose messages name their protocol besides; `Query` (features `aws-query` and
//! `ec2-query`) sends [forms](mod@crate::format), in which the service's version stands, so that each service makes a value
//! of its own. All have a [`Format`], and a function that finds the head of an error in it. What differs between the
//! protocols of a kind is a field of it; nothing asks which protocol it is.
//!
//! # How to add a protocol
//!
//! 1. Where its format is new, [add it](crate::format).
//! 2. A `static` in the file of its format's family, such as `protocol/json.rs`, which also knows how these protocols
//!    say what an error is: a `Rest`, an `Rpc`, an `RpcV2`, or a type of its own that implements [`Protocol`].
//! 3. A feature in `Cargo.toml` that turns on its kind and its format.
//! 4. Its row in the generator, `codegen/src/protocol.rs`, names feature and `static`; what the row says of names,
//!    bindings and timestamps goes into the tables of the emitted crate, so that no protocol decides it here.

use aws_smithy_runtime::client::sdk_feature::SmithySdkFeature;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::http::Headers;
use aws_smithy_types::body::SdkBody;
use std::borrow::Cow;
use std::fmt;

use crate::BoxError;
use crate::format::{DecodeError, Format};
use crate::response::Response;
use crate::route::Route;
use crate::shape::{Member, Shape, View, complete_shape};
use crate::slot::Slot;

#[cfg(feature = "rpc-v2-cbor")]
mod cbor;
#[cfg(any(feature = "rest-json", feature = "aws-json", feature = "rpc-v2"))]
mod code;
#[cfg(any(feature = "rest-json", feature = "aws-json", feature = "rpc-v2-json"))]
mod json;
#[cfg(any(feature = "aws-query", feature = "ec2-query"))]
mod query;
#[cfg(feature = "http-bindings")]
mod rest;
#[cfg(feature = "rpc")]
mod rpc;
#[cfg(feature = "rpc-v2")]
mod rpc_v2;
#[cfg(any(feature = "rest-xml", feature = "aws-query", feature = "ec2-query"))]
mod xml;

#[cfg(feature = "rpc-v2-cbor")]
pub use cbor::{RPC_V2_CBOR, RPC_V2_CBOR_QUERY_COMPATIBLE};
#[cfg(feature = "rest-json")]
pub use json::REST_JSON_1;
#[cfg(feature = "rpc-v2-json")]
pub use json::RPC_V2_JSON;
#[cfg(feature = "aws-json")]
pub use json::{AWS_JSON_1_0, AWS_JSON_1_0_QUERY_COMPATIBLE, AWS_JSON_1_1};
#[cfg(any(feature = "aws-query", feature = "ec2-query"))]
pub use query::Query;
#[cfg(feature = "aws-query")]
pub use query::aws_query;
#[cfg(feature = "ec2-query")]
pub use query::ec2_query;
#[cfg(feature = "http-bindings")]
pub use rest::Rest;
#[cfg(feature = "rpc")]
pub use rpc::Rpc;
#[cfg(feature = "rpc-v2")]
pub use rpc_v2::RpcV2;
#[cfg(feature = "rest-xml")]
pub use xml::{REST_XML, REST_XML_LATE_ERRORS};

/// How the operations of a service are called.
///
/// What every client needs of it has no default: one would be compiled with the client, and not with the protocol.
pub trait Protocol: fmt::Debug + Sync {
    /// The format of what the service sends.
    fn format(&self) -> &'static dyn Format;

    /// What the user agent says of it, where that is something.
    fn feature(&self) -> Option<SmithySdkFeature>;

    /// Writes the request of an operation: method, URI below the endpoint, headers and body. `service` is the name of the
    /// service's shape.
    ///
    /// # Errors
    /// A [`BuildError`](aws_smithy_types::error::operation::BuildError) when the input lacks a member without which
    /// there is no request, or one cannot stand where it belongs; an error of the format.
    fn write_request(&self, service: &str, route: &Route, input: &dyn Shape) -> Result<HttpRequest, BoxError>;

    /// Fills an output from a response that is a success.
    ///
    /// # Errors
    /// When the body or a header is not what the table of the output promises.
    fn read_output(&self, response: &Response<'_>, output: &mut dyn Shape) -> Result<(), DecodeError>;

    /// Whether a response tells of an error: one that is no success by its status.
    fn is_error(&self, response: &Response<'_>) -> bool;

    /// Finds out what a response says that is not a success: the name of an exception, a message.
    ///
    /// # Errors
    /// When the body is malformed. What was found until then is in `head`; a response that says nothing is no error.
    fn read_error<'r>(&self, response: &Response<'r>, head: &mut ErrorHead<'r>) -> Result<(), DecodeError>;

    /// Finds out what the payload of an exception in a stream of events says beside its members, as
    /// [`read_error`](Self::read_error).
    ///
    /// # Errors
    /// As there.
    #[cfg(feature = "event-stream")]
    fn read_error_of_message<'r>(&self, payload: &Response<'r>, head: &mut ErrorHead<'r>) -> Result<(), DecodeError> {
        self.read_error(payload, head)
    }

    /// Whether a stream of events begins with a message that has the other members of input or output: protocols with
    /// bindings have these elsewhere.
    #[cfg(feature = "event-stream")]
    fn has_initial_messages(&self) -> bool {
        false
    }

    /// Fills an exception, once its name is known from the `head` that [`read_error`](Self::read_error) has filled.
    ///
    /// # Errors
    /// As [`read_output`](Self::read_output).
    fn read_exception(
        &self,
        response: &Response<'_>,
        head: &ErrorHead<'_>,
        exception: &mut dyn Shape,
    ) -> Result<(), DecodeError>;
}

/// What an error says of itself before its exception is known.
#[derive(Debug, Default)]
pub struct ErrorHead<'r> {
    /// What the protocol calls the exception, without namespace.
    pub name: Option<Cow<'r, str>>,
    /// The code of the error, where it is something else than the name: one of the query protocol.
    pub code: Option<Cow<'r, str>>,
    /// Whose fault it is, where the service says so: `Sender` or `Receiver`.
    pub fault: Option<Cow<'r, str>>,
    /// What the service says about it, for people.
    pub message: Option<Cow<'r, str>>,
    /// The id of the request, where the body has it.
    pub request_id: Option<Cow<'r, str>>,
    /// The part of the body in which the members of the exception stand.
    pub body: &'r [u8],
}

impl ErrorHead<'_> {
    /// What the error is known by.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref().or(self.name.as_deref())
    }
}

/// The body of a request.
#[derive(Debug, Default)]
pub struct Body {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The value of `Content-Type`; `None` where there is no body, and then no length is sent either.
    pub media_type: Option<&'static str>,
    /// The value of `Content-Length`; `None` for a stream that does not know how long it is.
    pub length: Option<u64>,
}

impl Body {
    /// A body of this media type.
    pub fn new(bytes: Vec<u8>, media_type: &'static str) -> Self {
        let length = u64::try_from(bytes.len()).ok();
        Self { bytes, media_type: Some(media_type), length }
    }

    /// A structure as a whole, those of its members that travel in the body.
    ///
    /// # Errors
    /// Those of the format.
    pub fn of(shape: &dyn Shape, format: &dyn Format, media_type: &'static str) -> Result<Self, BoxError> {
        Ok(Self::new(format.encode(&View::Structure(shape), &Member::NONE)?, media_type))
    }
}

/// A request with these headers and this body, and with the headers that tell of the body. Those of them that are among
/// the headers stay.
///
/// # Errors
/// When the method or the URI is none.
pub fn request(method: &str, uri: String, headers: Headers, body: Body) -> Result<HttpRequest, BoxError> {
    let mut request = HttpRequest::new(SdkBody::from(body.bytes));
    request.set_method(method)?;
    request.set_uri(uri)?;
    *request.headers_mut() = headers;
    if let Some(media_type) = body.media_type {
        let headers = request.headers_mut();
        if !headers.contains_key("content-type") {
            headers.insert("content-type", media_type);
        }
        if let Some(length) = body.length.filter(|_| !headers.contains_key("content-length")) {
            headers.insert("content-length", length.to_string());
        }
    }
    Ok(request)
}

/// Fills the body members of a structure; an empty body is an empty structure.
///
/// # Errors
/// Those of the format.
pub fn read_body(body: &[u8], format: &dyn Format, shape: &mut dyn Shape) -> Result<(), DecodeError> {
    if body.is_empty() {
        complete_shape(shape);
        return Ok(());
    }
    format.decode(body, Slot::Structure(shape), &Member::NONE)
}
