//! Retries that the model asks for.

use aws_smithy_runtime_api::client::interceptors::context::InterceptorContext;
use aws_smithy_runtime_api::client::retries::classifiers::{ClassifyRetry, RetryAction, RetryClassifierPriority};
use std::marker::PhantomData;

use crate::error::OperationError;

/// Retries exceptions with `smithy.api#retryable`, as the engine's classifier of
/// the same name and priority does for errors of its own trait.
#[derive(Debug)]
pub(crate) struct ModeledRetryClassifier<E>(PhantomData<E>);

impl<E> ModeledRetryClassifier<E> {
    pub(crate) fn new() -> Self {
        Self(PhantomData)
    }
}

impl<E: OperationError> ClassifyRetry for ModeledRetryClassifier<E> {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        let Some(Err(error)) = context.output_or_error() else { return RetryAction::NoActionIndicated };
        let error = error.as_operation_error().and_then(|error| error.downcast_ref::<E>());
        error.and_then(E::retryable).map(RetryAction::retryable_error).unwrap_or_default()
    }

    fn name(&self) -> &'static str {
        "Errors Modeled As Retryable"
    }

    fn priority(&self) -> RetryClassifierPriority {
        RetryClassifierPriority::modeled_as_retryable_classifier()
    }
}
