//! Calls whose signature does not cover what is sent.

use aws_runtime::auth::PayloadSigningOverride;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextMut;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;

use crate::BoxError;

/// Leaves the body of a call out of its signature.
#[derive(Debug)]
pub struct UnsignedPayload;

#[dyn_dispatch_hint]
impl Intercept for UnsignedPayload {
    fn name(&self) -> &'static str {
        "UnsignedPayload"
    }

    fn modify_before_retry_loop(
        &self,
        _: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        bag.interceptor_state().store_put(PayloadSigningOverride::UnsignedPayload);
        Ok(())
    }
}

/// Whether the signature of a call is not to cover its body: it was asked not to, and an attempt may have been made since.
pub(super) fn is_unsigned(bag: &ConfigBag) -> bool {
    matches!(
        bag.load::<PayloadSigningOverride>(),
        Some(PayloadSigningOverride::UnsignedPayload | PayloadSigningOverride::StreamingUnsignedPayloadTrailer)
    )
}
