//! The header `Content-MD5` (`smithy.api#httpChecksumRequired`).

use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextMut;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::base64;
use aws_smithy_types::config_bag::ConfigBag;
use md5::{Digest, Md5};

use crate::BoxError;

const CONTENT_MD5: &str = "content-md5";

/// Says the MD5 of the body in a header, as RFC 1864 has it. A header that the caller has set stays.
#[derive(Debug)]
pub(crate) struct ContentMd5Interceptor;

#[dyn_dispatch_hint]
impl Intercept for ContentMd5Interceptor {
    fn name(&self) -> &'static str {
        "ContentMd5Interceptor"
    }

    // Last before the signature, which covers the header, so that the body is the one that is sent.
    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request = context.request_mut();
        if !request.headers().contains_key(CONTENT_MD5) {
            let body = request.body().bytes().ok_or("the MD5 of a streaming body is not known before it is sent")?;
            let sum = base64::encode(Md5::digest(body));
            request.headers_mut().insert(CONTENT_MD5, sum);
        }
        Ok(())
    }
}
