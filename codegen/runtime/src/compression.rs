//! Compressed requests (`smithy.api#requestCompression`).

use aws_smithy_runtime::client::sdk_feature::SmithySdkFeature;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeSerializationInterceptorContextRef, BeforeTransmitInterceptorContextMut,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::{Error as BodyError, SdkBody};
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http_body::{Body, Frame};
use std::fmt;
use std::io::Write;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use crate::BoxError;
use crate::config::{BuiltSettings, Settings};

const CONTENT_ENCODING: &str = "content-encoding";

/// Bodies are compressed from this many bytes on, where the configuration says nothing else; as in AWS's own clients.
const MIN_SIZE: u32 = 10_240;

/// The largest size from which on somebody may have bodies compressed; as in AWS's own clients.
const MAX_MIN_SIZE: u32 = 10_485_760;

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

    /// From how many bytes on the body of a request is compressed: 0 to 10485760, or calls fail.
    pub fn set_request_min_compression_size_bytes(&mut self, least: Option<u32>) {
        self.set(least.map(RequestMinCompressionSizeBytes));
    }
}

impl BuiltSettings {
    /// Whether requests are sent as they are where they could be compressed.
    pub fn disable_request_compression(&self) -> Option<bool> {
        self.0.values.load::<DisableRequestCompression>().map(|disable| disable.0)
    }

    /// From how many bytes on the body of a request is compressed.
    pub fn request_min_compression_size_bytes(&self) -> Option<u32> {
        self.0.values.load::<RequestMinCompressionSizeBytes>().map(|least| least.0)
    }
}

/// From how many bytes on bodies are compressed.
fn least(bag: &ConfigBag) -> u32 {
    bag.load::<RequestMinCompressionSizeBytes>().map_or(MIN_SIZE, |least| least.0)
}

/// Compresses the body of a request by gzip, and adds that to the encodings that the caller says the body has. A stream is
/// compressed while it is sent: all of it where it does not know how long it is.
#[derive(Debug)]
pub(crate) struct CompressionInterceptor;

#[dyn_dispatch_hint]
impl Intercept for CompressionInterceptor {
    fn name(&self) -> &'static str {
        "CompressionInterceptor"
    }

    fn read_before_execution(
        &self,
        _: &BeforeSerializationInterceptorContextRef<'_>,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        match least(bag) {
            ..=MAX_MIN_SIZE => Ok(()),
            size => {
                Err(format!("`request_min_compression_size_bytes` is {size}, which is none of 0 to {MAX_MIN_SIZE}")
                    .into())
            }
        }
    }

    // Once for all attempts, and before checksums and the signature, which are of what is sent.
    fn modify_before_retry_loop(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let disabled = bag.load::<DisableRequestCompression>().is_some_and(|disable| disable.0);
        if !disabled && compress(context.request_mut(), least(bag))? {
            bag.interceptor_state().store_append(SmithySdkFeature::GzipRequestCompression);
        }
        Ok(())
    }
}

/// Compresses a body of at least this size; whether it did.
fn compress(request: &mut HttpRequest, least: u32) -> Result<bool, BoxError> {
    let body = request.body();
    let length = body.bytes().map(|bytes| bytes.len() as u64).or(body.content_length());
    if length.is_some_and(|length| length < u64::from(least)) {
        return Ok(false);
    }
    let compressed = match body.bytes() {
        Some(bytes) => {
            let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 4), Compression::default());
            encoder.write_all(bytes)?;
            SdkBody::from(encoder.finish()?)
        }
        None => mem::replace(request.body_mut(), SdkBody::taken())
            .map(|body| SdkBody::from_body_1_x(CompressedBody { body, encoder: Some(Encoder::default()) })),
    };
    let length = compressed.bytes().map(<[u8]>::len);
    *request.body_mut() = compressed;
    let headers = request.headers_mut();
    let encoding = match headers.get(CONTENT_ENCODING) {
        Some(encoding) => format!("{encoding}, gzip"),
        None => "gzip".to_owned(),
    };
    headers.insert(CONTENT_ENCODING, encoding);
    match length {
        Some(length) => drop(headers.insert("content-length", length.to_string())),
        None => drop(headers.remove("content-length")),
    }
    Ok(true)
}

/// What compresses a stream. It holds what is compressed and not sent yet.
struct Encoder(GzEncoder<Vec<u8>>);

impl Default for Encoder {
    fn default() -> Self {
        Self(GzEncoder::new(Vec::new(), Compression::default()))
    }
}

/// A stream that is compressed while it is sent.
struct CompressedBody {
    body: SdkBody,
    /// `None` once its last bytes were sent.
    encoder: Option<Encoder>,
}

impl Body for CompressedBody {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        loop {
            let Self { body, encoder } = &mut *self;
            let Some(Encoder(open)) = encoder else { return Poll::Ready(None) };
            let part = ready!(Pin::new(body).poll_frame(context)).transpose()?;
            let bytes = match part.map(Frame::into_data) {
                Some(Ok(bytes)) => {
                    open.write_all(&bytes)?;
                    mem::take(open.get_mut())
                }
                // What stands behind a body is not of a request that is compressed.
                Some(Err(_)) => continue,
                None => encoder.take().unwrap_or_default().0.finish()?,
            };
            if !bytes.is_empty() {
                return Poll::Ready(Some(Ok(Frame::data(bytes.into()))));
            }
        }
    }
}

impl fmt::Debug for CompressedBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CompressedBody").finish_non_exhaustive()
    }
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

    /// A stream of parts, which tells how long it is if that is known.
    fn stream(parts: &[&'static str], length: Option<u64>) -> SdkBody {
        struct Parts(Vec<&'static str>, Option<u64>);

        impl Body for Parts {
            type Data = Bytes;
            type Error = BodyError;

            fn poll_frame(
                mut self: Pin<&mut Self>,
                _: &mut Context<'_>,
            ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
                Poll::Ready(self.0.pop().map(|part| Ok(Frame::data(Bytes::from_static(part.as_bytes())))))
            }

            fn size_hint(&self) -> http_body::SizeHint {
                self.1.map(http_body::SizeHint::with_exact).unwrap_or_default()
            }
        }

        let parts: Vec<_> = parts.iter().rev().copied().collect();
        SdkBody::retryable(move || SdkBody::from_body_1_x(Parts(parts.clone(), length)))
    }

    fn sent(mut body: SdkBody) -> Vec<u8> {
        let mut context = Context::from_waker(std::task::Waker::noop());
        let mut bytes = Vec::new();
        while let Poll::Ready(Some(part)) = Pin::new(&mut body).poll_frame(&mut context) {
            bytes.extend(part.expect("nothing breaks off").into_data().expect("data"));
        }
        assert!(matches!(Pin::new(&mut body).poll_frame(&mut context), Poll::Ready(None)), "the end stays the end");
        bytes
    }

    #[test]
    fn streams_are_compressed_while_they_are_sent_each_time() {
        for length in [None, Some(9)] {
            let mut request = HttpRequest::new(stream(&["one", "", "two", "two"], length));
            request.headers_mut().insert("content-length", "9");
            assert!(compress(&mut request, 9).expect("nothing is read yet"));
            assert_eq!(request.headers().get("content-length"), None);
            assert_eq!(request.headers().get("content-encoding"), Some("gzip"));
            for _ in 0..2 {
                let body = sent(request.body().try_clone().expect("it can be sent again"));
                let mut read = String::new();
                GzDecoder::new(&body[..]).read_to_string(&mut read).expect("it is gzip");
                assert_eq!(read, "onetwotwo");
            }
        }
    }

    #[test]
    fn a_stream_that_is_known_to_be_small_stays_as_it_is() {
        let mut request = HttpRequest::new(stream(&["one"], Some(3)));
        assert!(!compress(&mut request, 4).expect("nothing is read"));
        assert_eq!(
            (sent(mem::replace(request.body_mut(), SdkBody::taken())), request.headers().len()),
            (b"one".to_vec(), 0)
        );
    }

    #[test]
    fn sizes_are_within_what_clients_of_aws_take() {
        for (size, is_one) in [(0, true), (MAX_MIN_SIZE, true), (MAX_MIN_SIZE + 1, false)] {
            let mut bag = ConfigBag::base();
            bag.interceptor_state().store_put(RequestMinCompressionSizeBytes(size));
            let input = aws_smithy_runtime_api::client::interceptors::context::Input::erase(());
            let context = aws_smithy_runtime_api::client::interceptors::context::InterceptorContext::new(input);
            let checked = CompressionInterceptor.read_before_execution(&(&context).into(), &mut bag);
            assert_eq!(checked.is_ok(), is_one, "{checked:?}");
        }
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
