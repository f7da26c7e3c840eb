//! A case of the protocol tests, as its trait states it.
//!
//! The members are those of the trait definitions of Smithy ("HTTP Protocol Compliance Tests").

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

use super::events::Events;

/// One case: a message, and what it means.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its id, unique within a model.
    pub id: String,
    /// Id of the trait that stands for its protocol.
    pub protocol: String,
    /// For whom it is; `None` for clients and servers.
    pub applies_to: Option<AppliesTo>,
    /// What it is about, in CommonMark.
    pub documentation: Option<String>,
    /// Id of the operation or error on which it stands.
    pub shape: String,
    /// What it says something about.
    pub kind: Kind,
    /// The input that is sent, or the output or error that is to be read, by names of members. Timestamps are seconds
    /// since 1970, blobs are text, numbers that JSON does not have are strings.
    pub params: Map<String, Value>,
    /// What a vendor adds to the case: for AWS the region, or settings of S3.
    pub vendor_params: Map<String, Value>,
    /// The message.
    pub message: Message,
}

/// What a case says something about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The request of an operation.
    Request,
    /// The response of an operation.
    Response,
    /// The response that is an error.
    Error,
    /// The events of an operation, both ways.
    Events,
}

impl Kind {
    /// A word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
            Self::Error => "error",
            Self::Events => "events",
        }
    }
}

/// Which implementations a case is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AppliesTo {
    /// Clients alone.
    Client,
    /// Servers alone.
    Server,
}

/// The HTTP message of a case.
#[derive(Clone, Debug)]
pub enum Message {
    /// What has to be sent.
    Request(Box<Request>),
    /// What is received.
    Response(Response),
    /// What is sent and received, one event after another.
    Events(Box<Events>),
}

/// What a request has to be. What is not said is not checked.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Request {
    /// The method.
    pub method: String,
    /// The path as it is sent, without a query.
    pub uri: String,
    /// The endpoint of the client, without a scheme; it may have a path, before which that of the operation stands.
    pub host: Option<String>,
    /// The host to which the request goes.
    pub resolved_host: Option<String>,
    /// Pairs `key=value`, or keys alone, that the query has, as they are sent.
    #[serde(default)]
    pub query_params: Vec<String>,
    /// Keys that the query does not have.
    #[serde(default)]
    pub forbid_query_params: Vec<String>,
    /// Keys that the query has, with whatever value.
    #[serde(default)]
    pub require_query_params: Vec<String>,
    /// Headers with their values.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// Headers that are not there.
    #[serde(default)]
    pub forbid_headers: Vec<String>,
    /// Headers that are there, with whatever value.
    #[serde(default)]
    pub require_headers: Vec<String>,
    /// The body; an empty text means that there is none.
    pub body: Option<String>,
    /// What the body is, and by that how two are compared.
    pub body_media_type: Option<String>,
}

/// What a response is.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Response {
    /// The status code.
    pub code: u16,
    /// Headers with their values.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// The body; none is the same as an empty one.
    pub body: Option<String>,
    /// What the body is; that of a binary type is base64.
    pub body_media_type: Option<String>,
}

/// What cases of both kinds have, as the traits state it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Stated<M> {
    id: String,
    protocol: String,
    applies_to: Option<AppliesTo>,
    documentation: Option<String>,
    params: Option<Map<String, Value>>,
    vendor_params: Option<Map<String, Value>>,
    #[serde(flatten)]
    message: M,
}

/// Media types whose bodies are base64 in cases, as they are no text.
const BINARY: [&str; 1] = ["application/cbor"];

impl Response {
    /// The bytes of the body.
    pub fn bytes(&self) -> Vec<u8> {
        let body = self.body.as_deref().unwrap_or_default();
        let is_binary = self.body_media_type.as_deref().is_some_and(|media_type| BINARY.contains(&media_type));
        let decoded = is_binary.then(|| STANDARD.decode(body).ok()).flatten();
        decoded.unwrap_or_else(|| body.as_bytes().to_vec())
    }
}

impl Case {
    /// The code that an error has beside its name, where the case says one: that of a service's older protocol.
    pub fn error_code(&self) -> Option<&str> {
        self.vendor_params.get("code").and_then(Value::as_str).filter(|_| self.kind == Kind::Error)
    }

    /// Name of the operation or error on which it stands.
    pub fn shape_name(&self) -> &str {
        self.shape.split_once('#').map_or(&self.shape, |(_, name)| name)
    }

    /// Reads a case of `smithy.test#httpRequestTests`, which stands on a shape.
    ///
    /// # Errors
    /// What of it is missing or of the wrong type.
    pub(super) fn of_request(shape: &str, stated: &Value) -> Result<Self, serde_json::Error> {
        Stated::deserialize(stated).map(|stated| stated.case(shape, Kind::Request, Message::Request))
    }

    /// Reads a case of `smithy.test#httpResponseTests`, which stands on a shape.
    ///
    /// # Errors
    /// What of it is missing or of the wrong type.
    pub(super) fn of_response(shape: &str, kind: Kind, stated: &Value) -> Result<Self, serde_json::Error> {
        Stated::deserialize(stated).map(|stated| stated.case(shape, kind, Message::Response))
    }
}

impl<M> Stated<M> {
    fn case(self, shape: &str, kind: Kind, message: fn(M) -> Message) -> Case {
        Case {
            id: self.id,
            protocol: self.protocol,
            applies_to: self.applies_to,
            documentation: self.documentation,
            shape: shape.to_owned(),
            kind,
            params: self.params.unwrap_or_default(),
            vendor_params: self.vendor_params.unwrap_or_default(),
            message: message(self.message),
        }
    }
}
