//! The extended id of a request, by which S3's support finds it beside the other one.

use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::http::{Headers, Response};
use aws_smithy_types::error::metadata::{Builder, ErrorMetadata};

/// The header that has it.
const HEADER: &str = "x-amz-id-2";

/// Where it stands among what is known of an error.
const EXTRA: &str = "s3_extended_request_id";

/// Something that knows the extended id of its request.
pub trait RequestIdExt {
    /// The extended id, which AWS's support asks for.
    fn extended_request_id(&self) -> Option<&str>;
}

impl RequestIdExt for Headers {
    fn extended_request_id(&self) -> Option<&str> {
        self.get(HEADER)
    }
}

impl<B> RequestIdExt for Response<B> {
    fn extended_request_id(&self) -> Option<&str> {
        self.headers().extended_request_id()
    }
}

impl RequestIdExt for ErrorMetadata {
    fn extended_request_id(&self) -> Option<&str> {
        self.extra(EXTRA)
    }
}

impl<E> RequestIdExt for SdkError<E, Response> {
    fn extended_request_id(&self) -> Option<&str> {
        match self {
            Self::ResponseError(context) => context.raw().extended_request_id(),
            Self::ServiceError(context) => context.raw().extended_request_id(),
            _ => None,
        }
    }
}

impl<O: RequestIdExt, E: RequestIdExt> RequestIdExt for Result<O, E> {
    fn extended_request_id(&self) -> Option<&str> {
        match self {
            Ok(output) => output.extended_request_id(),
            Err(error) => error.extended_request_id(),
        }
    }
}

/// Adds the extended id to what is known of an error.
pub(crate) fn apply_extended_request_id(meta: Builder, headers: &Headers) -> Builder {
    match headers.extended_request_id() {
        Some(id) => meta.custom(EXTRA, id),
        None => meta,
    }
}

/// Gives outputs, which have a member for it, and errors the extended id of their request.
#[macro_export]
macro_rules! extended_request_ids {
    (outputs { $($output:path,)* } errors { $($error:path,)* }) => {
        $(
            impl $crate::request_id::RequestIdExt for $output {
                #[inline]
                fn extended_request_id(&self) -> Option<&str> {
                    self._extended_request_id.as_deref()
                }
            }
        )*

        $(
            impl $crate::request_id::RequestIdExt for $error {
                #[inline]
                fn extended_request_id(&self) -> Option<&str> {
                    $crate::engine::ProvideErrorMetadata::meta(self).extended_request_id()
                }
            }
        )*
    };
}
