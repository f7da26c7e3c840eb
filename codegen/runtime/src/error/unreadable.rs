//! Answers that are neither an output nor an error of the service.

use std::error::Error;
use std::fmt;

use super::first_words::first_words;
use crate::answer::Answer;
use crate::format::DecodeError;

/// An answer from which neither an output nor an error of the service was read: what proxies, load balancers and
/// login pages send, or a text that was cut off.
///
/// It says what the answer is, status, type and the first words of its body, so that one knows who sent it. Of a text
/// that may be the service's own nothing is said but its length and what was wrong with it.
#[derive(Debug)]
pub(crate) struct Unreadable {
    status: u16,
    code: Option<String>,
    content_type: Option<String>,
    redirect: Option<String>,
    body: Body,
    problem: Option<DecodeError>,
}

/// What may be said of a body.
#[derive(Debug)]
enum Body {
    Empty,
    /// Its first words.
    Words(String),
    /// Its length.
    Bytes(usize),
}

impl Unreadable {
    /// An answer with this `problem`. Of a confidential one the body is not quoted.
    pub(crate) fn new(answer: &Answer<'_>, problem: DecodeError) -> Self {
        let response = &answer.response;
        let text = response.body.trim_ascii();
        let quoted = || Some(first_words(text)).filter(|words| !words.is_empty());
        let body = match !answer.confidential && is_foreign(answer, text, &problem) {
            _ if text.is_empty() => Body::Empty,
            true => quoted().map_or(Body::Bytes(response.body.len()), Body::Words),
            false => Body::Bytes(response.body.len()),
        };
        let content_type = response.headers.get("content-type").and_then(|value| value.split(';').next());
        let redirect = response.headers.get("location").filter(|_| !answer.confidential).and_then(host);
        Self {
            status: response.status,
            code: None,
            content_type: content_type.and_then(words),
            redirect: redirect.and_then(words),
            problem: Some(problem).filter(|_| !matches!(body, Body::Words(_))),
            body,
        }
    }

    /// The same answer, with the code of the error that it would have been.
    pub(crate) fn with_code(self, code: Option<&str>) -> Self {
        Self { code: code.and_then(words), ..self }
    }

    /// An error without a code, with the message that it has all the same.
    pub(crate) fn without_code(answer: &Answer<'_>, message: Option<&str>) -> Self {
        let unreadable = Self::new(answer, DecodeError::mismatch("the code of an error"));
        match message.and_then(words) {
            Some(words) => Self { body: Body::Words(words), problem: None, ..unreadable },
            None if answer.response.body.trim_ascii().is_empty() => Self { problem: None, ..unreadable },
            None => unreadable,
        }
    }
}

/// Whether a body is not of the service, which writes in its format, so that its words can be no members. That of a
/// success may be an output in another form, unless it was read in that format and is a page or plain text.
fn is_foreign(answer: &Answer<'_>, text: &[u8], problem: &DecodeError) -> bool {
    let Answer { protocol, response, .. } = answer;
    if protocol.format().recognizes(text) {
        return false;
    }
    let content_type = response.headers.get("content-type").unwrap_or_default().trim_start().as_bytes();
    let beginnings =
        [(content_type, "text/html"), (content_type, "text/plain"), (text, "<!doctype html"), (text, "<html")];
    let is_page = || beginnings.into_iter().any(|(text, beginning)| begins_with(text, beginning));
    !response.is_success() || problem.position().is_some() && is_page()
}

/// Whether a text begins with another, in capital letters or not.
fn begins_with(text: &[u8], start: &str) -> bool {
    text.get(..start.len()).is_some_and(|beginning| beginning.eq_ignore_ascii_case(start.as_bytes()))
}

/// The first words of a text that may have none.
fn words(text: &str) -> Option<String> {
    Some(first_words(text.as_bytes())).filter(|words| !words.is_empty())
}

/// The host of a URL. The rest may hold secrets.
fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("//")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    Some(authority.rsplit_once('@').map_or(authority, |(_, host)| host)).filter(|host| !host.is_empty())
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HTTP {}", self.status)?;
        let known = http::StatusCode::from_u16(self.status).ok();
        if let Some(reason) = known.and_then(|status| status.canonical_reason()) {
            write!(f, " {reason}")?;
        }
        if let Some(host) = &self.redirect {
            write!(f, " to {host}")?;
        }
        if let Some(code) = &self.code {
            write!(f, ", {code}")?;
        }
        if let (Some(content_type), Body::Words(_) | Body::Bytes(_)) = (&self.content_type, &self.body) {
            write!(f, ", {content_type}")?;
        }
        match &self.body {
            Body::Empty => f.write_str(", empty body"),
            Body::Words(words) => write!(f, ": {words:?}"),
            Body::Bytes(length) => write!(f, ", {length} bytes"),
        }
    }
}

impl Error for Unreadable {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.problem.as_ref().map(|problem| problem as &(dyn Error + 'static))
    }
}
