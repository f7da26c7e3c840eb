//! What the server saw of a call: every attempt's request, with what names the crate or is random taken out.

use serde_json::Value;
use tests::client::SIGNER;
use tests::request::Request;
use tests::sigv4;

use crate::facts::Facts;

/// The aspect of what a request has as its body.
pub(crate) const BODY: &str = "body";

/// Adds the number of attempts, the first request in full, and what the later ones changed.
pub(crate) fn look_at_requests(facts: &mut Facts, requests: &[Request]) {
    facts.debug("attempts", &requests.len());
    let Some(first) = requests.first() else { return };
    facts.extend(request(first));
    let attempts: Vec<_> = requests.iter().map(|request| request.header("amz-sdk-request")).collect();
    facts.debug("amz-sdk-request of each attempt", &attempts);
    let id = |request: &Request| request.header("amz-sdk-invocation-id").map(str::to_owned);
    facts.debug("all attempts have one invocation id", &requests.iter().all(|later| id(later) == id(first)));
    let body = |request: &Request| request.body.clone();
    facts.debug("all attempts have one body", &requests.iter().all(|later| body(later) == body(first)));
}

fn request(request: &Request) -> Facts {
    let mut facts = Facts::default();
    facts.add("method", &request.method);
    facts.add("path", &request.path);
    facts.debug("query", &request.query);
    let names: Vec<_> = request.headers.iter().map(|(name, _)| name.as_str()).collect();
    facts.debug("header names in order", &names);
    for name in ["host", "content-type", "x-amz-date", "x-amz-security-token", "x-amzn-trace-id"] {
        facts.debug(name, &request.header(name));
    }
    for name in ["user-agent", "x-amz-user-agent"] {
        facts.debug(name, &request.header(name).map(without_version));
    }
    let invocation = request.header("amz-sdk-invocation-id").map(|id| (id.len(), id.matches('-').count()));
    facts.debug("length and dashes of amz-sdk-invocation-id", &invocation);
    facts.debug("authorization", &request.header("authorization").map(without_signature));
    // Both sign `.` and `..` in a path as the engine does, which is not as the check does: what is compared is whether it holds.
    facts.debug("signature holds", &request.header("authorization").map(|_| sigv4::verify(request, &SIGNER).is_ok()));
    let length = request.header("content-length").map(|length| length.parse() == Ok(request.body.len()));
    facts.debug("content-length is that of the body", &length);
    facts.debug("body is JSON without blanks", &is_compact(&request.body));
    facts.add(BODY, body(&request.body));
    facts
}

/// Whether JSON is written without blanks; `None` for what is no JSON.
fn is_compact(body: &[u8]) -> Option<bool> {
    let document: Value = serde_json::from_slice(body).ok()?;
    Some(without_numbers(body) == without_numbers(document.to_string().as_bytes()))
}

/// How many bytes of JSON are not of numbers, whose digits the two sides may choose.
fn without_numbers(json: &[u8]) -> usize {
    let (mut count, mut text, mut escaped, mut number) = (0, false, false, false);
    for byte in json {
        number = !text && (matches!(byte, b'-' | b'0'..=b'9') || number && b".eE+".contains(byte));
        count += usize::from(!number);
        text ^= *byte == b'"' && !escaped;
        escaped = text && *byte == b'\\' && !escaped;
    }
    count
}

/// The version of the crate is the one part of the user agent that has to differ.
fn without_version(agent: &str) -> String {
    let words = agent.split(' ').map(|word| match word.rsplit_once('/') {
        Some((api, _)) if api == "api/ivsrealtime" => format!("{api}/VERSION"),
        _ => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The signature covers the user agent, and so differs with it; [`sigv4::verify`] recomputes it instead.
fn without_signature(authorization: &str) -> &str {
    authorization.split_once("Signature=").map_or(authorization, |(before, _)| before)
}

/// A JSON body with its members in order; anything else as it is.
fn body(bytes: &[u8]) -> String {
    match serde_json::from_slice::<Value>(bytes) {
        Ok(mut document) => {
            document.sort_all_objects();
            document.to_string()
        }
        Err(_) => bytes.escape_ascii().to_string(),
    }
}
