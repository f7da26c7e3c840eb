//! The errors of the service, as it puts them on the wire.

use std::fmt;

use ivs_realtime::error::BuildError;
use serde_json::json;

use super::answer::Answer;

/// The kinds of errors that the server answers with: those of the model, and what stands before every service of AWS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The caller may not do this.
    AccessDenied,
    /// Something is in use, or in the middle of a change.
    Conflict,
    /// The server is at fault.
    Internal,
    /// The account waits to be verified.
    PendingVerification,
    /// There is no such resource.
    NotFound,
    /// The account has as many of these as it may.
    QuotaExceeded,
    /// The input breaks a constraint of the model or a rule of the operation.
    Validation,
    /// Requests come too fast.
    Throttling,
    /// The request carries no signature.
    MissingToken,
    /// The signature is wrong, or too old.
    InvalidSignature,
    /// The operation is in the model, and the server does not have it.
    NotImplemented,
    /// No operation has this route.
    UnknownOperation,
}

impl Kind {
    /// The code on the wire, and the status.
    pub fn code_and_status(self) -> (&'static str, u16) {
        match self {
            Self::AccessDenied => ("AccessDeniedException", 403),
            Self::Conflict => ("ConflictException", 409),
            Self::Internal => ("InternalServerException", 500),
            Self::PendingVerification => ("PendingVerification", 403),
            Self::NotFound => ("ResourceNotFoundException", 404),
            Self::QuotaExceeded => ("ServiceQuotaExceededException", 402),
            Self::Validation => ("ValidationException", 400),
            Self::Throttling => ("ThrottlingException", 429),
            Self::MissingToken => ("MissingAuthenticationTokenException", 403),
            Self::InvalidSignature => ("InvalidSignatureException", 403),
            Self::NotImplemented => ("NotImplemented", 501),
            Self::UnknownOperation => ("UnknownOperationException", 404),
        }
    }
}

/// An error with what it says to people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What kind of error.
    pub kind: Kind,
    /// What it says.
    pub message: String,
}

impl Kind {
    /// The member of the body that says what went wrong: errors of the model have one, what stands before services another.
    fn message_member(self) -> &'static str {
        match self {
            Self::MissingToken | Self::InvalidSignature | Self::Throttling | Self::UnknownOperation => "message",
            _ => "exceptionMessage",
        }
    }
}

impl Failure {
    /// An error of a kind.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    /// Something that there is not: what it is, and its ARN or id.
    pub fn not_found(what: &str, id: &str) -> Self {
        Self::new(Kind::NotFound, format!("there is no {what} {id}"))
    }

    /// Something that is in use or changing.
    pub fn conflict(message: impl Into<String>) -> Self {
        Self::new(Kind::Conflict, message)
    }

    /// An input member that breaks a rule.
    pub fn validation(message: impl Into<String>) -> Self {
        Self::new(Kind::Validation, message)
    }

    /// As it goes over the wire: status, the eight headers that every error of the service has, and the body.
    pub fn answer(&self) -> Answer {
        let (code, status) = self.kind.code_and_status();
        let mut answer = Answer::json(status, &json!({ self.kind.message_member(): self.message }));
        answer.headers.push(("x-amzn-ErrorType".to_owned(), code.to_owned()));
        answer
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind.code_and_status().0, self.message)
    }
}

impl std::error::Error for Failure {}

impl From<BuildError> for Failure {
    fn from(error: BuildError) -> Self {
        Self::new(Kind::Internal, format!("the server made an incomplete answer: {error}"))
    }
}
