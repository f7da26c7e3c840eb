//! Checksums of requests.

use aws_runtime::auth::PayloadSigningOverride;
use aws_runtime::content_encoding::header::X_AMZ_TRAILER_SIGNATURE;
use aws_runtime::content_encoding::{AwsChunkedBody, AwsChunkedBodyOptions, DeferredSigner};
use aws_smithy_runtime::client::sdk_feature::SmithySdkFeature;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::base64;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::checksum_config::RequestChecksumCalculation;
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};
use aws_smithy_types::error::operation::BuildError;
use std::mem;

use super::algorithm::Algorithm;
use super::body::Summed;
use super::settings::ChunkSize;
use super::unsigned::is_unsigned;
use crate::BoxError;
use crate::bindings::write::UNKNOWN_LENGTH;
use crate::route::HttpChecksum;
use crate::shape::{Location, Shape, View};

/// What the headers begin with in which checksums stand.
const PREFIX: &str = "x-amz-checksum-";

/// The header that says how long a body is without its chunks.
const DECODED_LENGTH: &str = "x-amz-decoded-content-length";

/// The length of a signature in a trailer: the hexadecimal digits of SHA-256.
const SIGNATURE: u64 = 64;

/// What the caller says of the checksum.
#[derive(Clone, Debug)]
struct Choice {
    /// The algorithm, as the model names it.
    algorithm: Option<String>,
    /// The header in which it is sent.
    header: Option<&'static str>,
}

impl Storable for Choice {
    type Storer = StoreReplace<Self>;
}

/// The algorithm of a request that gets a checksum.
#[derive(Clone, Copy, Debug)]
struct Decision(Algorithm);

impl Storable for Decision {
    type Storer = StoreReplace<Self>;
}

/// Keeps what the input says of the checksum, as the input is gone when its request is there.
pub(super) fn keep_choice(checksum: &HttpChecksum, input: &dyn Shape, bag: &mut ConfigBag) {
    let Some(index) = checksum.algorithm_member else { return };
    let algorithm = match input.member(index).view() {
        View::Enum(word) => Some(word.text().to_owned()),
        View::Text(text) => Some(text.to_owned()),
        _ => None,
    };
    let member = input.schema().at(index);
    let header = (member.location == Location::Header).then_some(member.wire);
    bag.interceptor_state().store_put(Choice { algorithm, header });
}

/// Decides whether the request gets a checksum, and by which algorithm: none where the caller has computed one.
///
/// # Errors
/// When the caller has chosen an algorithm that this client has not.
pub(super) fn decide(checksum: &HttpChecksum, request: &mut HttpRequest, bag: &mut ConfigBag) -> Result<(), BoxError> {
    if !checksum.required && checksum.algorithm_member.is_none() {
        return Ok(());
    }
    let calculation = bag.load::<RequestChecksumCalculation>().copied().unwrap_or_default();
    let only_required = calculation == RequestChecksumCalculation::WhenRequired;
    let (algorithm, header) = match bag.load::<Choice>() {
        Some(choice) => (choice.algorithm.clone(), choice.header),
        None => (None, None),
    };
    bag.interceptor_state().store_append(match only_required {
        true => SmithySdkFeature::FlexibleChecksumsReqWhenRequired,
        false => SmithySdkFeature::FlexibleChecksumsReqWhenSupported,
    });
    let is_computed = request.headers().iter().any(|(name, _)| name.starts_with(PREFIX));
    if is_computed || only_required && !checksum.required && algorithm.is_none() {
        return Ok(());
    }
    let algorithm = match algorithm {
        Some(name) => Algorithm::of(&name).ok_or_else(|| unknown(&name))?,
        None => {
            let algorithm = Algorithm::Crc32;
            if let Some(header) = header {
                request.headers_mut().insert(header, algorithm.name());
            }
            algorithm
        }
    };
    let state = bag.interceptor_state();
    state.store_put(Decision(algorithm));
    if let Some(feature) = feature(algorithm) {
        state.store_append(feature);
    }
    Ok(())
}

/// What to do about an algorithm that this client has not.
fn unknown(name: &str) -> BuildError {
    let names = Algorithm::ALL.map(Algorithm::name).join(", ");
    BuildError::other(format!(
        "checksums by {name} are not computed by this client: set the member for the checksum itself, or choose one of {names}"
    ))
}

/// The mark of an algorithm in the user agent, if it has one.
fn feature(algorithm: Algorithm) -> Option<SmithySdkFeature> {
    Some(match algorithm {
        Algorithm::Crc32 => SmithySdkFeature::FlexibleChecksumsReqCrc32,
        Algorithm::Crc32c => SmithySdkFeature::FlexibleChecksumsReqCrc32c,
        Algorithm::Crc64Nvme => SmithySdkFeature::FlexibleChecksumsReqCrc64,
        Algorithm::Sha1 => SmithySdkFeature::FlexibleChecksumsReqSha1,
        Algorithm::Sha256 => SmithySdkFeature::FlexibleChecksumsReqSha256,
        Algorithm::Sha512 | Algorithm::Md5 => return None,
    })
}

/// Says the checksum of a body that is in memory, or that it comes behind the body.
///
/// # Errors
/// When nothing says how long a stream is, or its chunks would be too small.
pub(super) fn announce(request: &mut HttpRequest, bag: &mut ConfigBag) -> Result<(), BoxError> {
    let Some(&Decision(algorithm)) = bag.load::<Decision>() else { return Ok(()) };
    if let Some(bytes) = request.body().bytes() {
        let sum = base64::encode(algorithm.of_bytes(bytes));
        request.headers_mut().insert(algorithm.header(), sum);
        return Ok(());
    }
    let said = request.headers().get("content-length").and_then(|length| length.parse().ok());
    let length: u64 = said.or(request.body().content_length()).ok_or_else(|| BuildError::other(UNKNOWN_LENGTH))?;
    // Where nobody but the signature protects what is sent, it covers each chunk, unless it is not to.
    let signs = request.uri().starts_with("http:") && !is_unsigned(bag);
    let options = options(algorithm, length, signs, bag)?;
    let headers = request.headers_mut();
    headers.insert("x-amz-trailer", algorithm.header());
    headers.insert(DECODED_LENGTH, length.to_string());
    headers.insert("content-length", options.encoded_length().to_string());
    headers.append("content-encoding", "aws-chunked");
    let state = bag.interceptor_state();
    state.store_put(options);
    if signs {
        let (signer, sender) = DeferredSigner::new();
        state.store_put(signer);
        state.store_put(sender);
        state.store_put(PayloadSigningOverride::StreamingSignedPayloadTrailer);
    } else {
        state.store_put(PayloadSigningOverride::StreamingUnsignedPayloadTrailer);
    }
    Ok(())
}

/// How a stream of this length is written in chunks, with the checksum behind it.
///
/// # Errors
/// When the chunks would be too small.
fn options(
    algorithm: Algorithm,
    length: u64,
    signs: bool,
    bag: &ConfigBag,
) -> Result<AwsChunkedBodyOptions, BuildError> {
    let trailer = |name: &str, value: u64| name.len() as u64 + 1 + value;
    let mut options = AwsChunkedBodyOptions::default();
    if let Some(size) = bag.load::<ChunkSize>() {
        options = options.with_chunk_size(size.of(length)?);
    }
    let options = options
        .with_stream_length(length)
        .signed_chunked_encoding(signs)
        .with_trailer_len(trailer(algorithm.header(), base64::encoded_length(algorithm.size()) as u64));
    Ok(match signs {
        true => options.with_trailer_len(trailer(X_AMZ_TRAILER_SIGNATURE, SIGNATURE)),
        false => options,
    })
}

/// Puts the chunks around a stream, and its checksum behind it.
///
/// # Errors
/// When its chunks would be too small.
pub(super) fn wrap(request: &mut HttpRequest, bag: &mut ConfigBag) -> Result<(), BoxError> {
    let Some(&Decision(algorithm)) = bag.load::<Decision>() else { return Ok(()) };
    if request.body().bytes().is_some() {
        return Ok(());
    }
    let Some(mut chunks) = bag.get_mut_from_interceptor_state::<AwsChunkedBodyOptions>().map(mem::take) else {
        return Ok(());
    };
    let signer = bag.get_mut_from_interceptor_state::<DeferredSigner>();
    let mut signer = signer.map(|signer| mem::replace(signer, DeferredSigner::empty()));
    // A request without credentials has no signature that those of chunks could go on with.
    if signer.is_some() && !request.headers().contains_key("authorization") {
        signer = None;
        let length = request.headers().get(DECODED_LENGTH).and_then(|length| length.parse().ok());
        chunks = options(algorithm, length.unwrap_or_default(), false, bag)?;
        request.headers_mut().insert("content-length", chunks.encoded_length().to_string());
    }
    let body = mem::replace(request.body_mut(), SdkBody::taken());
    *request.body_mut() = body.map(move |body| {
        let body = AwsChunkedBody::new(Summed::new(body, algorithm), chunks.clone());
        SdkBody::from_body_1_x(match &signer {
            Some(signer) => body.with_signer(signer.clone()),
            None => body,
        })
    });
    Ok(())
}
