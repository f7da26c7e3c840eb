//! Whether a request is the one that a case asks for.

mod body;
mod events;

use std::fmt;

use serde_json::Value;
use smithy_client_codegen::protocol_tests::{Events, Request};

/// What sets what was seen apart from what a case says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Difference {
    /// The part of the message, or of the output: `method`, `header X-Foo`, `body /a/0`.
    pub(super) part: String,
    /// What the case says.
    pub(super) expected: String,
    /// What was seen.
    pub(super) actual: String,
}

impl Difference {
    pub(super) fn new(part: impl Into<String>, expected: impl Into<String>, actual: impl Into<String>) -> Self {
        Self { part: part.into(), expected: expected.into(), actual: actual.into() }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: expected {}, got {}", self.part, self.expected, self.actual)
    }
}

/// A request that was sent, as the program of a suite writes it.
#[derive(Debug, Default)]
pub(super) struct Sent {
    method: String,
    host: String,
    path: String,
    /// Pairs `key=value`, or keys alone.
    query: Vec<String>,
    /// In the order in which they were sent, with names in lower case.
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Sent {
    /// Reads what a program wrote; `None` if that is something else.
    pub(super) fn read(json: &Value) -> Option<Self> {
        let (_, address) = json["uri"].as_str()?.split_once("://")?;
        let (address, query) = address.split_once('?').unwrap_or((address, ""));
        let (host, path) = address.split_at(address.find('/').unwrap_or(address.len()));
        let header = |pair: &Value| Some((pair[0].as_str()?.to_ascii_lowercase(), pair[1].as_str()?.to_owned()));
        let byte = |byte: &Value| u8::try_from(byte.as_u64()?).ok();
        Some(Self {
            method: json["method"].as_str()?.to_owned(),
            host: host.to_owned(),
            path: path.to_owned(),
            query: query.split('&').filter(|pair| !pair.is_empty()).map(str::to_owned).collect(),
            headers: json["headers"].as_array()?.iter().map(header).collect::<Option<_>>()?,
            body: match &json["body"] {
                Value::String(text) => text.clone().into_bytes(),
                other => other.as_array()?.iter().map(byte).collect::<Option<_>>()?,
            },
        })
    }

    /// The value of a header; several lines are one value with commas (RFC 9110, section 5.3).
    fn header(&self, name: &str) -> Option<String> {
        let lines = self.headers.iter().filter(|(sent, _)| sent.eq_ignore_ascii_case(name));
        let lines: Vec<&str> = lines.map(|(_, value)| value.as_str()).collect();
        (!lines.is_empty()).then(|| lines.join(", "))
    }

    fn has_query(&self, key: &str) -> bool {
        self.query.iter().any(|pair| pair.split('=').next() == Some(key))
    }

    /// Where it went: the header says it before the address does.
    fn target(&self) -> String {
        self.header("host").unwrap_or_else(|| self.host.clone())
    }
}

/// All that sets a request apart from the one that a case asks for, for the input that its `params` are.
pub(super) fn differences(asked: &Request, params: &Value, sent: &Sent) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut same = |part: &str, expected: &str, actual: &str| {
        if expected != actual {
            found.push(Difference::new(part, expected, actual));
        }
    };
    same("method", &asked.method, &sent.method);
    same("path", &asked.uri, &sent.path);
    if let Some(host) = &asked.resolved_host {
        same("host", host, &sent.target());
    }
    query(asked, sent, &mut found);
    headers(asked, sent, &mut found);
    if let Some(body) = &asked.body {
        found.extend(body::difference(body, asked.body_media_type.as_deref(), &sent.body, params));
    }
    found
}

/// All that sets a request apart from the one that a case about events asks for.
pub(super) fn differences_of_events(asked: &Events, sent: &Sent) -> Vec<Difference> {
    let mut found = asked.request.as_ref().map_or_else(Vec::new, |request| differences(request, &Value::Null, sent));
    found.extend(events::difference(&asked.sent, &sent.body));
    found
}

const NOTHING: &str = "nothing";
const ANYTHING: &str = "anything";

fn query(asked: &Request, sent: &Sent, found: &mut Vec<Difference>) {
    let all = || if sent.query.is_empty() { NOTHING.to_owned() } else { sent.query.join("&") };
    let mut rest = sent.query.clone();
    for pair in &asked.query_params {
        match rest.iter().position(|sent| sent == pair) {
            Some(position) => drop(rest.remove(position)),
            None => {
                let key = pair.split('=').next().unwrap_or_default();
                found.push(Difference::new(format!("query {key}"), pair, all()));
            }
        }
    }
    let forbidden = asked.forbid_query_params.iter().filter(|key| sent.has_query(key));
    found.extend(forbidden.map(|key| Difference::new(format!("query {key}"), NOTHING, all())));
    let missing = asked.require_query_params.iter().filter(|key| !sent.has_query(key));
    found.extend(missing.map(|key| Difference::new(format!("query {key}"), ANYTHING, all())));
}

fn headers(asked: &Request, sent: &Sent, found: &mut Vec<Difference>) {
    let shown = |value: Option<String>| value.map_or_else(|| NOTHING.to_owned(), |value| format!("{value:?}"));
    for (name, value) in &asked.headers {
        let actual = sent.header(name);
        if actual.as_ref() != Some(value) {
            found.push(Difference::new(format!("header {name}"), format!("{value:?}"), shown(actual)));
        }
    }
    for name in &asked.forbid_headers {
        if let actual @ Some(_) = sent.header(name) {
            found.push(Difference::new(format!("header {name}"), NOTHING, shown(actual)));
        }
    }
    let missing = asked.require_headers.iter().filter(|name| sent.header(name).is_none());
    found.extend(missing.map(|name| Difference::new(format!("header {name}"), ANYTHING, NOTHING)));
}

#[cfg(test)]
mod tests {
    use super::{Sent, differences};
    use serde_json::{Value, json};
    use smithy_client_codegen::protocol_tests::Request;

    fn asked(request: Value) -> Request {
        serde_json::from_value(request).expect("a request of a case")
    }

    fn told(request: Value, sent: Value) -> String {
        let sent = Sent::read(&sent).expect("a request that was sent");
        let lines: Vec<String> =
            differences(&asked(request), &Value::Null, &sent).iter().map(ToString::to_string).collect();
        lines.join("\n")
    }

    fn sent() -> Value {
        json!({
            "method": "POST",
            "uri": "https://foo.example.com/a%20b?x=1&x=2&flag",
            "headers": [["X-List", "a"], ["x-list", "b"], ["content-length", "2"]],
            "body": "{}",
        })
    }

    #[test]
    fn a_request_that_is_as_asked_for_has_no_differences() {
        let request = json!({
            "method": "POST",
            "uri": "/a%20b",
            "resolvedHost": "foo.example.com",
            "queryParams": ["x=2", "x=1", "flag"],
            "forbidQueryParams": ["y"],
            "requireQueryParams": ["flag"],
            "headers": {"X-List": "a, b"},
            "forbidHeaders": ["X-Other"],
            "requireHeaders": ["Content-Length"],
            "body": " { } ",
            "bodyMediaType": "application/json",
        });
        assert_eq!(told(request, sent()), "");
    }

    #[test]
    fn every_part_that_differs_is_named() {
        let request = json!({
            "method": "PUT",
            "uri": "/a b",
            "resolvedHost": "example.com",
            "queryParams": ["x=1", "x=1", "flag="],
            "forbidQueryParams": ["x"],
            "requireQueryParams": ["y"],
            "headers": {"X-List": "a,b", "X-Other": "c"},
            "forbidHeaders": ["content-length"],
            "requireHeaders": ["Content-Type"],
            "body": "",
        });
        insta::assert_snapshot!(told(request, sent()), @r#"
        method: expected PUT, got POST
        path: expected /a b, got /a%20b
        host: expected example.com, got foo.example.com
        query x: expected x=1, got x=1&x=2&flag
        query flag: expected flag=, got x=1&x=2&flag
        query x: expected nothing, got x=1&x=2&flag
        query y: expected anything, got x=1&x=2&flag
        header X-List: expected "a,b", got "a, b"
        header X-Other: expected "c", got nothing
        header content-length: expected nothing, got "2"
        header Content-Type: expected anything, got nothing
        body: expected nothing, got {}
        "#);
    }

    #[test]
    fn what_is_not_said_is_not_checked() {
        assert_eq!(told(json!({"method": "POST", "uri": "/a%20b"}), sent()), "");
    }
}
