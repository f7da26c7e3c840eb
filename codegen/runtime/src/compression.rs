//! Compressed requests (`smithy.api#requestCompression`).

use aws_smithy_runtime::client::sdk_feature::SmithySdkFeature;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextMut;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

use crate::BoxError;
use crate::config::{BuiltSettings, Settings};

const CONTENT_ENCODING: &str = "content-encoding";

/// Bodies are compressed from this many bytes on, where the configuration says nothing else; as in AWS's own clients.
const MIN_SIZE: u32 = 10_240;

/// Whether requests are left as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct DisableRequestCompression(bool);

impl Storable for DisableRequestCompression {
    type Storer = StoreReplace<Self>;
}

/// From how many bytes on a body is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct RequestMinCompressionSizeBytes(u32);

impl Storable for RequestMinCompressionSizeBytes {
    type Storer = StoreReplace<Self>;
}

impl Settings {
    /// Whether requests are sent as they are where they could be compressed.
    pub fn set_disable_request_compression(&mut self, disable: Option<bool>) {
        self.set(disable.map(DisableRequestCompression));
    }

    /// From how many bytes on the body of a request is compressed.
    pub fn set_request_min_compression_size_bytes(&mut self, least: Option<u32>) {
        self.set(least.map(RequestMinCompressionSizeBytes));
    }
}

impl BuiltSettings {
    /// Whether requests are sent as they are where they could be compressed.
    pub fn disable_request_compression(&self) -> Option<bool> {
        self.values.load::<DisableRequestCompression>().map(|disable| disable.0)
    }

    /// From how many bytes on the body of a request is compressed.
    pub fn request_min_compression_size_bytes(&self) -> Option<u32> {
        self.values.load::<RequestMinCompressionSizeBytes>().map(|least| least.0)
    }
}

/// Compresses the body of a request by gzip, and adds that to the encodings that the caller says the body has.
#[derive(Debug)]
pub(crate) struct CompressionInterceptor;

#[dyn_dispatch_hint]
impl Intercept for CompressionInterceptor {
    fn name(&self) -> &'static str {
        "CompressionInterceptor"
    }

    // Once for all attempts, and before checksums and the signature, which are of what is sent.
    fn modify_before_retry_loop(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let disabled = bag.load::<DisableRequestCompression>().is_some_and(|disable| disable.0);
        let least = bag.load::<RequestMinCompressionSizeBytes>().map_or(MIN_SIZE, |least| least.0);
        if !disabled && compress(context.request_mut(), least)? {
            bag.interceptor_state().store_append(SmithySdkFeature::GzipRequestCompression);
        }
        Ok(())
    }
}

/// Compresses a body of at least this size; whether it did.
fn compress(request: &mut HttpRequest, least: u32) -> Result<bool, BoxError> {
    let Some(body) = request.body().bytes().filter(|body| body.len() as u64 >= u64::from(least)) else {
        return Ok(false);
    };
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 4), Compression::default());
    encoder.write_all(body)?;
    let compressed = encoder.finish()?;
    let length = compressed.len();
    *request.body_mut() = SdkBody::from(compressed);
    let headers = request.headers_mut();
    let encoding = match headers.get(CONTENT_ENCODING) {
        Some(encoding) => format!("{encoding}, gzip"),
        None => "gzip".to_owned(),
    };
    headers.insert(CONTENT_ENCODING, encoding);
    headers.insert("content-length", length.to_string());
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::read::GzDecoder;
    use std::io::Read;

    fn request(body: &str) -> HttpRequest {
        HttpRequest::new(SdkBody::from(body))
    }

    #[test]
    fn large_bodies_are_compressed() {
        let text = "a".repeat(MIN_SIZE as usize);
        let mut request = request(&text);
        assert!(compress(&mut request, MIN_SIZE).expect("it is in memory"));
        let body = request.body().bytes().expect("it is in memory");
        let mut read = String::new();
        GzDecoder::new(body).read_to_string(&mut read).expect("it is gzip");
        assert_eq!(read, text);
        assert_eq!(request.headers().get("content-encoding"), Some("gzip"));
        assert_eq!(request.headers().get("content-length"), Some(body.len().to_string().as_str()));
    }

    #[test]
    fn small_bodies_stay_as_they_are() {
        let mut request = request("ab");
        assert!(!compress(&mut request, 3).expect("it is in memory"));
        assert_eq!((request.body().bytes(), request.headers().len()), (Some(&b"ab"[..]), 0));
    }

    #[test]
    fn encodings_of_the_caller_come_first() {
        let mut request = request("ab");
        request.headers_mut().insert("content-encoding", "custom");
        assert!(compress(&mut request, 0).expect("it is in memory"));
        assert_eq!(request.headers().get("content-encoding"), Some("custom, gzip"));
    }
}
