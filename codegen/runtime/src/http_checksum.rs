//! Checksums of bodies (`aws.protocols#httpChecksum`).
//!
//! A request says a checksum of its body in a header, or, where the body is a stream that is read while it is sent, in a
//! trailer behind it: the body is written in chunks then (`aws-chunked`, which the engine has). A response that says one is
//! checked while it is read.
//!
//! | | |
//! | --- | --- |
//! | before the input is written | the input is completed by what asks the service for checksums, and the algorithm that the caller has chosen is kept |
//! | before the first attempt | it is decided whether there is to be a checksum, and by which algorithm |
//! | before each signature | the header, or what announces the trailer |
//! | before each transmission | the trailer behind the stream, and the chunks around it |
//! | before a response is read | the check |

mod algorithm;
mod body;
mod mismatch;
mod request;
mod response;
mod settings;
mod unsigned;

pub use algorithm::Algorithm;
pub use mismatch::ChecksumMismatch;
pub use unsigned::UnsignedPayload;

use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeDeserializationInterceptorContextMut, BeforeSerializationInterceptorContextMut,
    BeforeTransmitInterceptorContextMut,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;

use crate::BoxError;
use crate::route::HttpChecksum;
use crate::spec::Spec;

/// What happens to the messages of an operation with checksums.
#[derive(Debug)]
pub(crate) struct ChecksumInterceptor {
    pub(crate) spec: &'static Spec,
    pub(crate) checksum: &'static HttpChecksum,
}

#[dyn_dispatch_hint]
impl Intercept for ChecksumInterceptor {
    fn name(&self) -> &'static str {
        "ChecksumInterceptor"
    }

    fn modify_before_serialization(
        &self,
        context: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(input) = (self.spec.input)(context.input()) {
            request::keep_choice(self.checksum, input, bag);
        }
        let input = self.spec.input_mut.and_then(|open| open(context.input_mut()));
        response::ask(self.checksum, input, bag);
        Ok(())
    }

    fn modify_before_retry_loop(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        request::decide(self.checksum, context.request_mut(), bag)
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        request::announce(context.request_mut(), bag)
    }

    fn modify_before_transmit(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        request::wrap(context.request_mut(), bag)
    }

    fn modify_before_deserialization(
        &self,
        context: &mut BeforeDeserializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        response::check(self.checksum, context.response_mut(), bag);
        Ok(())
    }
}
