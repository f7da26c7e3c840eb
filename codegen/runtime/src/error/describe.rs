//! What went wrong with a call, in one line.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ErrorMetadata;
use aws_types::request_id::RequestId;
use std::error::Error;
use std::fmt::Write;

use super::{Failure, OperationError, Unreadable};
use crate::shape::{Member, View};

/// What the service answered.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    /// Code, message and request id, as far as they are known.
    pub meta: &'a ErrorMetadata,
    /// The exception, where the model knows it.
    pub exception: Option<Failure<'a>>,
}

impl<'a> Answer<'a> {
    /// What the error of an operation holds.
    pub fn of<E: OperationError>(error: &'a E) -> Self {
        Self::from_failure(error.failure())
    }

    /// What a failure tells; what the model does not know, or is not of the service, is no exception.
    fn from_failure(failure: Failure<'a>) -> Self {
        Self { meta: failure.meta, exception: Some(failure).filter(|failure| failure.shape.is_some()) }
    }

    /// The code that the service gave, or the name of an exception that was not read from a response.
    fn code(&self) -> Option<&'a str> {
        self.meta.code().or(self.exception.map(|exception| exception.name))
    }

    /// What the service says: as every service of AWS does, or in a member of the exception that is called much like it.
    fn message(&self) -> Option<String> {
        let said = || {
            let shape = self.exception?.shape?;
            let mut members = shape.schema().members().enumerate();
            let is_said = |member: &Member| member.field().ends_with("message") && !member.sensitive;
            members.find_map(|(index, member)| match shape.member(index).view() {
                View::Text(text) if is_said(&member) && !text.is_empty() => Some(text.to_owned()),
                _ => None,
            })
        };
        self.meta.message().map(str::to_owned).or_else(said)
    }
}

/// What a failed call is known by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Code of the error, where the service gave one.
    pub code: Option<String>,
    /// What the service says about it, for people.
    pub message: Option<String>,
    /// Id that the service gave to the request, where it answered.
    pub request_id: Option<String>,
    /// Operation, code, message, request id and innermost cause in one line; without a code, what the answer is instead.
    pub line: String,
}

impl Summary {
    /// Sums up the error of an operation, `answer` being that of the service.
    pub fn of<E>(operation: &str, error: &SdkError<E, HttpResponse>, answer: Option<Answer<'_>>) -> Self
    where
        E: Error + 'static,
    {
        let status = error.raw_response().map(|response| response.status().as_u16());
        Self::sum_up(operation, error, answer, error.request_id(), status)
    }

    fn sum_up(
        operation: &str,
        error: &(dyn Error + 'static),
        answer: Option<Answer<'_>>,
        request_id: Option<&str>,
        status: Option<u16>,
    ) -> Self {
        let code = answer.and_then(|answer| answer.code()).map(str::to_owned);
        let message = answer.and_then(|answer| answer.message());
        let unreadable = chain(error).find_map(|error| error.downcast_ref::<Unreadable>());
        let mut line = match (&code, unreadable) {
            (Some(code), _) => format!("{operation}: {code}"),
            (None, Some(unreadable)) => format!("{operation}: {unreadable}"),
            (None, None) => format!("{operation}: {error}"),
        };
        let cause = innermost(error).filter(|cause| code.is_none() && !line.contains(cause.as_str()));
        for part in message.iter().cloned().chain(cause) {
            _ = write!(line, ": {part}");
        }
        let status = status.filter(|_| code.is_none() && unreadable.is_none()).map(|status| format!("HTTP {status}"));
        let id = request_id.map(|id| format!("request id {id}"));
        let facts: Vec<_> = status.into_iter().chain(id).collect();
        if !facts.is_empty() {
            _ = write!(line, " ({})", facts.join(", "));
        }
        Self { code, message, request_id: request_id.map(str::to_owned), line: one_line(&line) }
    }
}

/// The error and those behind it.
fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}

/// The last error of the chain behind `error`.
fn innermost(error: &(dyn Error + 'static)) -> Option<String> {
    chain(error).skip(1).last().map(ToString::to_string)
}

/// Text in which line breaks and other control characters are spaces.
pub(crate) fn one_line(text: &str) -> String {
    let words = text.split(|letter: char| letter.is_whitespace() || letter.is_control());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
