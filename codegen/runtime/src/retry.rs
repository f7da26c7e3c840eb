//! Retries that errors of the service ask for.
//!
//! The engine has classifiers for these, generic over the error enum of an
//! operation. The ones here ask the [`Spec`] of the operation instead, so that
//! they are compiled once and not per operation. Names and priorities are the
//! engine's own.

use aws_runtime::retries::classifiers::{THROTTLING_ERRORS, TRANSIENT_ERRORS};
use aws_smithy_runtime_api::client::interceptors::context::InterceptorContext;
use aws_smithy_runtime_api::client::retries::classifiers::{
    ClassifyRetry, RetryAction, RetryClassifierPriority, RetryReason,
};
use aws_smithy_types::retry::ErrorKind;
use std::time::Duration;

use crate::error::Failure;
use crate::spec::Spec;

/// The error of the service that a call has failed with.
fn failure<'a>(spec: &Spec, context: &'a InterceptorContext) -> Option<Failure<'a>> {
    let error = context.output_or_error()?.err()?;
    (spec.failure)(error.as_operation_error()?)
}

/// Retries exceptions with `smithy.api#retryable`.
#[derive(Debug)]
pub(crate) struct ModeledRetryClassifier(pub(crate) &'static Spec);

impl ClassifyRetry for ModeledRetryClassifier {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        let kind = failure(self.0, context).and_then(|failure| failure.retryable);
        kind.map(RetryAction::retryable_error).unwrap_or_default()
    }

    fn name(&self) -> &'static str {
        "Errors Modeled As Retryable"
    }

    fn priority(&self) -> RetryClassifierPriority {
        RetryClassifierPriority::modeled_as_retryable_classifier()
    }
}

/// Retries the codes by which services of AWS throttle or give up, whatever the model says of them, and waits as long as
/// the service asks in `x-amz-retry-after`, in milliseconds.
#[derive(Debug)]
pub(crate) struct ErrorCodeClassifier(pub(crate) &'static Spec);

impl ClassifyRetry for ErrorCodeClassifier {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        let kind = match failure(self.0, context).and_then(|failure| failure.meta.code()) {
            Some(code) if THROTTLING_ERRORS.contains(&code) => ErrorKind::ThrottlingError,
            Some(code) if TRANSIENT_ERRORS.contains(&code) || self.0.transient_codes.contains(&code) => {
                ErrorKind::TransientError
            }
            _ => return RetryAction::NoActionIndicated,
        };
        RetryAction::RetryIndicated(RetryReason::RetryableError { kind, retry_after: retry_after(context) })
    }

    /// A verdict of another classifier gets the delay that the service asks for, where it has none.
    fn classify_retry_v2(&self, context: &InterceptorContext, previous: &RetryAction) -> RetryAction {
        let own = self.classify_retry(context);
        match (&own, previous, retry_after(context)) {
            (
                RetryAction::NoActionIndicated,
                RetryAction::RetryIndicated(RetryReason::RetryableError { kind, retry_after: None }),
                Some(delay),
            ) => RetryAction::RetryIndicated(RetryReason::RetryableError { kind: *kind, retry_after: Some(delay) }),
            _ => own,
        }
    }

    fn name(&self) -> &'static str {
        "AWS Error Code"
    }

    fn priority(&self) -> RetryClassifierPriority {
        RetryClassifierPriority::run_before(RetryClassifierPriority::modeled_as_retryable_classifier())
    }
}

/// Retries what failed because the clocks of client and service differ, as the engine's own classifier of this name does.
#[derive(Debug)]
pub(crate) struct ClockSkewClassifier(pub(crate) &'static Spec);

impl ClassifyRetry for ClockSkewClassifier {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        (self.0.clock_skew)(context)
    }

    fn name(&self) -> &'static str {
        "ServiceClockSkew"
    }

    fn priority(&self) -> RetryClassifierPriority {
        RetryClassifierPriority::run_after(RetryClassifierPriority::http_status_code_classifier())
    }
}

/// How long the service asks to wait.
fn retry_after(context: &InterceptorContext) -> Option<Duration> {
    context.response()?.headers().get("x-amz-retry-after")?.parse().ok().map(Duration::from_millis)
}
