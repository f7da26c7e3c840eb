//! What can be asked of a failed call without taking its error apart.

use aws_runtime::retries::classifiers::{THROTTLING_ERRORS, TRANSIENT_ERRORS};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::retry::ErrorKind;

use super::{Answer, OperationError, QueryCodes, RootError, Summary};
use crate::shape::debug::shown;

/// Statuses that the engine retries whatever the body says.
const TRANSIENT_STATUSES: [u16; 4] = [500, 502, 503, 504];

/// What the service answered, if it did.
fn answer<E: OperationError>(error: &SdkError<E, HttpResponse>) -> Option<Answer<'_>> {
    error.as_service_error().map(Answer::of)
}

/// The error of a call in one line.
pub fn describe<E: OperationError>(error: &SdkError<E, HttpResponse>) -> String {
    Summary::of(E::NAME.trim_end_matches("Error"), error, answer(error)).line
}

/// Whether the service answered with the exception of this Rust name, or with its code
/// where the model does not list it for the operation.
pub fn is_exception<E: OperationError>(error: &SdkError<E, HttpResponse>, name: &str) -> bool {
    answer(error).is_some_and(|answer| is_named(&answer, name, E::Root::QUERY_CODES))
}

fn is_named(answer: &Answer<'_>, name: &str, query_codes: QueryCodes) -> bool {
    match answer.exception {
        Some(exception) => shown(exception.name) == name,
        None => answer.meta.code().is_some_and(|code| code == name || query_codes.contains(&(code, name))),
    }
}

/// Whether no answer came in time.
pub fn is_timeout<E>(error: &SdkError<E, HttpResponse>) -> bool {
    match error {
        SdkError::TimeoutError(_) => true,
        SdkError::DispatchFailure(failure) => failure.is_timeout(),
        _ => false,
    }
}

/// Whether the service refused the call because there were too many.
pub fn is_throttling<E: OperationError>(error: &SdkError<E, HttpResponse>) -> bool {
    answer(error).is_some_and(|answer| is_throttled(&answer))
}

fn is_throttled(answer: &Answer<'_>) -> bool {
    modelled(answer) == Some(ErrorKind::ThrottlingError) || has_code(answer, THROTTLING_ERRORS)
}

/// What the model says of repeating the call.
fn modelled(answer: &Answer<'_>) -> Option<ErrorKind> {
    answer.exception.and_then(|exception| exception.retryable)
}

/// Whether the engine retries the error.
pub fn is_retryable<E: OperationError>(error: &SdkError<E, HttpResponse>) -> bool {
    match error {
        SdkError::TimeoutError(_) | SdkError::ResponseError(_) => true,
        SdkError::DispatchFailure(failure) => failure.is_timeout() || failure.is_io(),
        SdkError::ServiceError(context) => {
            let answer = Answer::of(context.err());
            modelled(&answer).is_some()
                || is_throttled(&answer)
                || has_code(&answer, TRANSIENT_ERRORS)
                || has_code(&answer, E::Root::TRANSIENT_CODES)
                || TRANSIENT_STATUSES.contains(&context.raw().status().as_u16())
        }
        _ => false,
    }
}

fn has_code(answer: &Answer<'_>, codes: &[&str]) -> bool {
    answer.meta.code().is_some_and(|code| codes.contains(&code))
}
