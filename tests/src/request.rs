//! An HTTP/1.1 request as it came over the wire: nothing decoded, nothing normalized.

use std::fmt;

/// One recorded request. Path and query are the raw text of the request line, so that signatures can be recomputed.
///
/// `Debug` shows neither header values nor the body: both may carry credentials.
#[derive(Clone, PartialEq)]
pub struct Request {
    /// The method, for example `POST`.
    pub method: String,
    /// The path exactly as sent, still percent-encoded.
    pub path: String,
    /// What follows `?` exactly as sent; `None` where the target has no `?`.
    pub query: Option<String>,
    /// Header names and values in the order sent, names as written, values without surrounding blanks.
    pub headers: Vec<(String, String)>,
    /// The body's bytes.
    pub body: Vec<u8>,
}

impl Request {
    /// Reads a request head: the request line and the header lines, without the blank line after them.
    ///
    /// The body starts empty. Fails with a sentence saying what is wrong when the text is no HTTP/1.1 request head.
    pub fn parse_head(head: &str) -> Result<Self, String> {
        let mut lines = head.lines();
        let request_line = lines.next().unwrap_or_default();
        let (method, rest) =
            request_line.split_once(' ').ok_or_else(|| format!("no method in the request line {request_line:?}"))?;
        let target = rest
            .strip_suffix(" HTTP/1.1")
            .ok_or_else(|| format!("the request line {request_line:?} does not end with HTTP/1.1"))?;
        let (path, query) = match target.split_once('?') {
            Some((path, query)) => (path, Some(query.to_owned())),
            None => (target, None),
        };
        let headers = lines
            .map(|line| {
                line.split_once(':')
                    .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
                    .ok_or_else(|| "a header line has no colon".to_owned())
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { method: method.to_owned(), path: path.to_owned(), query, headers, body: Vec::new() })
    }

    /// The first value of the header `name`, compared without regard to case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.header_values(name).next()
    }

    /// All values of the header `name`, in the order sent.
    pub fn header_values(&self, name: &str) -> impl Iterator<Item = &str> {
        self.headers.iter().filter(move |(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The body as JSON. Fails with the parser's message when it is none.
    pub fn json(&self) -> Result<serde_json::Value, serde_json::Error> {
        serde_json::from_slice(&self.body)
    }

    /// The query as decoded pairs in the order sent; a part without `=` has an empty value.
    pub fn query_pairs(&self) -> Vec<(String, String)> {
        let parts = self.query.iter().flat_map(|query| query.split('&')).filter(|part| !part.is_empty());
        parts
            .map(|part| {
                let (name, value) = part.split_once('=').unwrap_or((part, ""));
                (percent_decode(name), percent_decode(value))
            })
            .collect()
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Request")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("query", &self.query)
            .field("headers", &self.headers.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>())
            .field("body_bytes", &self.body.len())
            .finish()
    }
}

/// Percent-encodes every byte but RFC 3986's unreserved characters, in capitals: how AWS writes labels and query parts.
pub fn percent_encode(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => encoded.push(char::from(byte)),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
        encoded
    })
}

/// Undoes [`percent_encode`]. A `%` that two hexadecimal digits do not follow stands for itself, and `+` is a plus.
pub fn percent_decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escaped = (bytes[at] == b'%').then(|| bytes.get(at + 1..at + 3)).flatten();
        let value = escaped
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        decoded.push(value.unwrap_or(bytes[at]));
        at += if value.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_keeps_path_query_and_header_order_raw() {
        let request =
            Request::parse_head("GET /tags/a%2Fb?k=1&k=%20 HTTP/1.1\r\nHost: h\r\nX-A:  b \r\nx-a: c").unwrap();
        assert_eq!((request.method.as_str(), request.path.as_str()), ("GET", "/tags/a%2Fb"));
        assert_eq!(request.query.as_deref(), Some("k=1&k=%20"));
        assert_eq!(request.query_pairs(), [("k".to_owned(), "1".to_owned()), ("k".to_owned(), " ".to_owned())]);
        assert_eq!(request.header_values("X-a").collect::<Vec<_>>(), ["b", "c"]);
    }

    #[test]
    fn a_head_of_another_protocol_is_refused() {
        assert_eq!(
            Request::parse_head("GET / HTTP/1.0").unwrap_err(),
            "the request line \"GET / HTTP/1.0\" does not end with HTTP/1.1"
        );
    }

    #[test]
    fn encoding_spares_only_unreserved_characters() {
        assert_eq!(percent_encode("aZ9-._~ /:+%ü"), "aZ9-._~%20%2F%3A%2B%25%C3%BC");
        assert_eq!(percent_decode("%2F%C3%BC%zz+%2"), "/ü%zz+%2");
    }

    #[test]
    fn debug_hides_header_values_and_body() {
        let mut request = Request::parse_head("POST / HTTP/1.1\r\nX-Amz-Security-Token: secret").unwrap();
        request.body = b"secret".to_vec();
        assert!(!format!("{request:?}").contains("secret"));
    }
}
