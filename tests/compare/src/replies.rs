//! Generated answers of a service: proper ones, damaged ones, and errors in every dress.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Map, Value};
use tests::loopback::Response;
use tests::model::{Model, Operation, short};
use tests::values::{OUTPUT, header_text, headers, structure, text};

use crate::damage::{damage, damaged, edited, edits};
use crate::exceptions::EXCEPTIONS;
use crate::nulls::without_nulls;

/// Stands in a header for a byte that UTF-8 does not have.
const UNREADABLE: char = '\u{e001}';

/// One answer. `Debug` shows all of it: it is generated, and a report needs it.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// The status.
    pub(crate) status: u16,
    /// The headers, in order.
    pub(crate) headers: Vec<(String, String)>,
    /// The body, which need not be JSON or even text.
    pub(crate) body: Body,
}

/// Bytes that show as text.
#[derive(Clone)]
pub(crate) struct Body(pub(crate) Vec<u8>);

impl std::fmt::Debug for Body {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "b\"{}\"", self.0.escape_ascii())
    }
}

impl Answer {
    /// The answer as the server sends it.
    pub(crate) fn response(&self) -> Response {
        let empty = Response::new(self.status).body(self.body.0.clone());
        self.headers.iter().fold(empty, |response, (name, value)| {
            let parts: Vec<_> = value.split(UNREADABLE).map(str::as_bytes).collect();
            response.header(name, parts.join(&0xff))
        })
    }

    /// The answer as it would be had the service left out what is null.
    pub(crate) fn without_nulls(&self) -> Self {
        Self { body: Body(without_nulls(&self.body.0)), ..self.clone() }
    }
}

/// Answers to `operation` with a successful status.
pub(crate) fn successes(model: &Model, operation: &Operation) -> BoxedStrategy<Answer> {
    let status = prop_oneof![12 => Just(200_u16), 1 => select(vec![201, 202, 206, 299])];
    answers(status.boxed(), headers(model, &operation.output), structure(model, &operation.output, OUTPUT))
}

/// Errors that `operation` may meet: its own, others', unknown ones, with the code wherever services put it.
pub(crate) fn errors(model: &Model, operation: &Operation) -> BoxedStrategy<Answer> {
    let status = select(vec![400_u16, 400, 401, 402, 403, 404, 409, 413, 429, 500, 502, 503, 504, 301]);
    let headers = (headers(model, &operation.errors[0]), code_headers(operation)).prop_map(|(bound, code)| {
        // The error's own table binds the header of the code too: services send it once.
        bound.into_iter().filter(|(name, _)| !name.eq_ignore_ascii_case("x-amzn-ErrorType")).chain(code).collect()
    });
    answers(status.boxed(), headers.boxed(), error_document(operation))
}

fn answers(
    status: BoxedStrategy<u16>,
    headers: BoxedStrategy<Vec<(String, String)>>,
    document: BoxedStrategy<Value>,
) -> BoxedStrategy<Answer> {
    let body = prop_oneof![
        4 => document.clone().prop_map(|value| value.to_string().into_bytes()),
        3 => (document.clone(), edits()).prop_map(|(value, edits)| edited(value, &edits)),
        2 => (document, damage()).prop_map(|(value, damage)| damaged(&value, &damage)),
    ];
    // One header in a few comes twice, or is not text.
    let spoilt = proptest::option::weighted(0.1, (any::<Index>(), any::<bool>()));
    (status, headers, spoilt, request_id(), body)
        .prop_map(|(status, mut headers, spoilt, request_id, body)| {
            if let Some((place, twice)) = spoilt.filter(|_| !headers.is_empty()) {
                let place = place.index(headers.len());
                if twice {
                    headers.push(headers[place].clone());
                } else {
                    headers[place].1.push(UNREADABLE);
                }
            }
            headers.extend(request_id);
            Answer { status, headers, body: Body(body) }
        })
        .boxed()
}

fn request_id() -> BoxedStrategy<Vec<(String, String)>> {
    let name = select(vec!["x-amzn-requestid", "x-amzn-RequestId", "x-amz-request-id", "x-amz-id-2"]);
    let line = (name.prop_map(str::to_owned), header_text());
    proptest::collection::vec(line, 0..3).boxed()
}

/// Codes: of the operation, of the service, of throttling and clock skew, and unknown ones.
fn code(operation: &Operation) -> BoxedStrategy<String> {
    let own: Vec<_> = operation.errors.iter().map(|id| short(id).to_owned()).collect();
    let of_service: Vec<_> = EXCEPTIONS.iter().map(|exception| exception.name.to_owned()).collect();
    let general = select(vec![
        "ThrottlingException",
        "Throttling",
        "TooManyRequestsException",
        "RequestLimitExceeded",
        "SlowDown",
        "RequestTimeout",
        "RequestTimeoutException",
        "InternalError",
        "InternalFailure",
        "ServiceUnavailable",
        "RequestTimeTooSkewed",
        "InvalidSignatureException",
        "ExpiredToken",
        "UnrecognizedClientException",
        "validationexception",
        "ValidationError",
    ]);
    let bare =
        prop_oneof![5 => select(own), 2 => select(of_service), 3 => general.prop_map(str::to_owned), 1 => text()];
    let dress =
        select(vec!["", "", "", ":http://internal.amazon.com/coral/x/", ":", "#", "prefix#", "a#b#", "a:b#", " "]);
    (bare, dress)
        .prop_map(|(code, dress)| if dress.starts_with([':', ' ']) { code + dress } else { format!("{dress}{code}") })
        .boxed()
}

fn code_headers(operation: &Operation) -> BoxedStrategy<Vec<(String, String)>> {
    let name = select(vec!["x-amzn-ErrorType", "x-amzn-errortype"]);
    // Control characters and line breaks cannot stand in a header.
    let value = code(operation).prop_map(|code| code.chars().filter(|letter| !letter.is_control()).collect());
    prop_oneof![4 => proptest::collection::vec((name.prop_map(str::to_owned), value), 1), 1 => Just(Vec::new())].boxed()
}

/// The document of an error: a code or none, messages under every name, and more.
fn error_document(operation: &Operation) -> BoxedStrategy<Value> {
    let codes = proptest::collection::vec((select(vec!["code", "__type", "Code"]), code(operation)), 0..3);
    let message = select(vec!["message", "Message", "errorMessage", "exceptionMessage", "exceptionmessage", "detail"]);
    let messages = proptest::collection::vec((message, text()), 0..4);
    (codes, messages)
        .prop_map(|(codes, messages)| {
            let members = codes.into_iter().chain(messages);
            Value::Object(members.map(|(name, text)| (name.to_owned(), Value::from(text))).collect::<Map<_, _>>())
        })
        .boxed()
}
