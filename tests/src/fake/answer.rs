//! An answer before it is written to a socket.

use serde_json::Value;

/// Headers that the service puts on answers for browsers; errors have each of them as a member.
const BROWSER_HEADERS: [(&str, &str); 7] = [
    ("Access-Control-Allow-Origin", "*"),
    (
        "Access-Control-Expose-Headers",
        "Access-Control-Allow-Origin,Access-Control-Expose-Headers,Cache-Control,Content-Length,Content-Security-Policy,\
         Content-Type,date,Strict-Transport-Security,x-amz-apigw-id,x-amzn-errormessage,x-amzn-ErrorType,\
         x-amzn-RequestId,x-amzn-trace-id,X-Content-Type-Options,X-Frame-Options",
    ),
    ("Cache-Control", "no-store, no-cache"),
    ("Content-Security-Policy", "default-src 'self'; upgrade-insecure-requests;"),
    ("Strict-Transport-Security", "max-age:47304000; includeSubDomains"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
];

/// Status, headers and body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// Names and values, beside those that the connection itself adds.
    pub headers: Vec<(String, String)>,
    /// The bytes of the body.
    pub body: Vec<u8>,
}

impl Answer {
    /// A JSON document with the headers that every answer of the service has.
    pub fn json(status: u16, document: &Value) -> Self {
        let fixed = BROWSER_HEADERS.iter().map(|&(name, value)| (name.to_owned(), value.to_owned()));
        let content_type = ("Content-Type".to_owned(), "application/json".to_owned());
        Self { status, headers: fixed.chain([content_type]).collect(), body: document.to_string().into_bytes() }
    }
}
