//! A case of `smithy.test#eventStreamTests`: what goes over a stream of events, and what begins it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::case::{AppliesTo, Case, Kind, Message, Request, Response};

/// What a call with streams of events sends and receives. What is not said is not checked.
#[derive(Clone, Debug)]
pub struct Events {
    /// What the client sends.
    pub sent: Vec<Event>,
    /// What the service sends.
    pub received: Vec<Event>,
    /// The request before the first event.
    pub request: Option<Request>,
    /// The response before the first event.
    pub response: Option<Response>,
    /// The members of the output beside its stream.
    pub output: Map<String, Value>,
    /// The call fails, or what receives the events, and how.
    pub failure: Option<Failure>,
}

/// A message of a stream.
#[derive(Clone, Debug, Deserialize)]
pub struct Event {
    /// Who sends it.
    #[serde(rename = "type")]
    sender: Sender,
    /// The member of the union that the stream is of, with its value; nothing where a message stands for none.
    #[serde(default)]
    pub params: Map<String, Value>,
    /// The message, whole.
    #[serde(deserialize_with = "base64")]
    pub bytes: Vec<u8>,
}

/// How a call fails.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// Id of the error, where it is one of the model.
    pub error_id: Option<String>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
enum Sender {
    Request,
    Response,
}

fn base64<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    let text = String::deserialize(deserializer)?;
    STANDARD.decode(text).map_err(serde::de::Error::custom)
}

/// A case as the trait states it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Stated {
    id: String,
    protocol: String,
    applies_to: Option<AppliesTo>,
    documentation: Option<String>,
    #[serde(default)]
    initial_request_params: Map<String, Value>,
    initial_request: Option<Request>,
    #[serde(default)]
    initial_response_params: Map<String, Value>,
    initial_response: Option<Response>,
    #[serde(default)]
    events: Vec<Event>,
    #[serde(default)]
    expectation: Map<String, Value>,
    #[serde(default)]
    vendor_params: Map<String, Value>,
}

/// Reads a case, which stands on an operation.
///
/// # Errors
/// What of it is missing or of the wrong type.
pub(super) fn case(shape: &str, stated: &Value) -> Result<Case, serde_json::Error> {
    let stated = Stated::deserialize(stated)?;
    let failure = stated.expectation.get("failure").map(Failure::deserialize).transpose()?;
    let (sent, received) = stated.events.into_iter().partition(|event| event.sender == Sender::Request);
    let events = Events {
        sent,
        received,
        request: stated.initial_request,
        response: stated.initial_response,
        output: stated.initial_response_params,
        failure,
    };
    Ok(Case {
        id: stated.id,
        protocol: stated.protocol,
        applies_to: stated.applies_to,
        documentation: stated.documentation,
        shape: shape.to_owned(),
        kind: Kind::Events,
        params: stated.initial_request_params,
        vendor_params: stated.vendor_params,
        message: Message::Events(Box::new(events)),
    })
}

impl Events {
    /// Whether it says what is sent.
    pub fn tells_of_request(&self) -> bool {
        !self.sent.is_empty() || self.request.is_some()
    }

    /// The bytes of the response: what the case says of its beginning, and the messages behind that.
    pub fn response_bytes(&self) -> Vec<u8> {
        let mut bytes = self.response.as_ref().map(Response::bytes).unwrap_or_default();
        self.received.iter().for_each(|event| bytes.extend(&event.bytes));
        bytes
    }
}
