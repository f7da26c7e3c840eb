//! Requests that are compressed, and those that are not, as settings of the program, its environment and its profile say.

use std::io::Read;
use std::pin::Pin;
use std::task::{Context, Poll};

use aws_smithy_http_client::test_util::capture_request;
use aws_smithy_types::body::SdkBody;
use aws_types::SdkConfig;
use bytes::Bytes;
use flate2::read::GzDecoder;
use http_body::{Body, Frame};
use program::sdk_config;
use service::Client;
use service::config::Builder;
use service::error::DisplayErrorContext;
use service::primitives::ByteStream;

const LARGE: usize = 20_000;

/// What is sent: the value of `Content-Encoding`, that of `Content-Length`, and the body.
type Sent = (Option<String>, Option<String>, Vec<u8>);

async fn sent<F: Future>(config: Builder, call: impl FnOnce(Client) -> F) -> Sent {
    let (http, request) = capture_request(None);
    call(Client::from_conf(config.http_client(http).build())).await;
    let request = request.expect_request();
    let header = |name: &str| request.headers().get(name).map(str::to_owned);
    let told = (header("content-encoding"), header("content-length"));
    let body = ByteStream::new(request.into_body()).collect().await.expect("it is all there").into_bytes();
    (told.0, told.1, body.to_vec())
}

fn config() -> Builder {
    Builder::from(&sdk_config("http://127.0.0.1:9"))
}

/// A call with a body of so many bytes, and a little around them.
async fn put(config: Builder, size: usize) -> Sent {
    sent(config, |client| async move { client.put_data().data("a".repeat(size)).send().await }).await
}

/// What was sent is as long as it says, and is this when it is no longer compressed.
fn is_compressed((encoding, length, body): &Sent, expected: &str) {
    assert_eq!(encoding.as_deref(), Some("gzip"));
    assert_eq!(*length, Some(body.len().to_string()));
    assert_eq!(decompressed(body), expected);
}

fn decompressed(body: &[u8]) -> String {
    let mut text = String::new();
    GzDecoder::new(body).read_to_string(&mut text).expect("it is gzip");
    text
}

fn is_plain((encoding, length, body): &Sent) {
    assert_eq!(*encoding, None);
    assert_eq!(*length, Some(body.len().to_string()));
    assert!(body.starts_with(b"{\"data\":\"a"), "{}", String::from_utf8_lossy(body));
}

fn json(size: usize) -> String {
    format!("{{\"data\":\"{}\"}}", "a".repeat(size))
}

#[tokio::test]
async fn large_bodies_are_compressed() {
    is_compressed(&put(config(), LARGE).await, &json(LARGE));
    // 10240 bytes are the first that are: 11 are around the text.
    is_compressed(&put(config(), 10_229).await, &json(10_229));
    is_plain(&put(config(), 10_228).await);
}

#[tokio::test]
async fn the_program_says_from_which_size_on_and_whether() {
    is_compressed(&put(config().request_min_compression_size_bytes(0), 1).await, &json(1));
    is_plain(&put(config().request_min_compression_size_bytes(10_485_760), LARGE).await);
    is_plain(&put(config().disable_request_compression(true), LARGE).await);
    let error = Client::from_conf(config().request_min_compression_size_bytes(10_485_761).build())
        .put_data()
        .send()
        .await
        .expect_err("nobody takes that size");
    let text = DisplayErrorContext(error).to_string();
    assert!(text.contains("`request_min_compression_size_bytes` is 10485761, which is none of 0 to 10485760"), "{text}");
}

#[tokio::test]
async fn an_encoding_of_the_caller_comes_first() {
    let call = |client: Client| async move {
        client.put_data().data("a".repeat(LARGE)).encoding("custom").send().await
    };
    let (encoding, _, body) = sent(config(), call).await;
    assert_eq!(encoding.as_deref(), Some("custom, gzip"));
    assert_eq!(decompressed(&body), json(LARGE));
}

#[tokio::test]
async fn an_operation_without_the_trait_sends_what_it_has() {
    let call = |client: Client| async move { client.keep_data().data("a".repeat(LARGE)).send().await };
    is_plain(&sent(config(), call).await);
}

/// A body that does not know how long it is.
struct Endless(Option<Bytes>);

impl Body for Endless {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        Poll::Ready(self.0.take().map(|bytes| Ok(Frame::data(bytes))))
    }
}

#[tokio::test]
async fn a_stream_is_compressed_where_nobody_has_to_know_its_length() {
    let endless = || ByteStream::new(SdkBody::from_body_1_x(Endless(Some(Bytes::from_static(b"water")))));
    let (encoding, length, body) = sent(config(), |client| client.pour().water(endless()).send()).await;
    assert_eq!((encoding.as_deref(), length), (Some("gzip"), None));
    assert_eq!(decompressed(&body), "water");
    let large = ByteStream::from("a".repeat(LARGE).into_bytes());
    is_compressed(&sent(config(), |client| client.pour().water(large).send()).await, &"a".repeat(LARGE));
    let large = ByteStream::from("a".repeat(LARGE).into_bytes());
    let (encoding, length, body) = sent(config(), |client| client.measure().water(large).send()).await;
    assert_eq!((encoding, length, body.len()), (None, Some(LARGE.to_string()), LARGE));
}

/// What `aws-config` loads from a profile, and from an environment that has a size alone.
async fn loaded(profile: &str) -> SdkConfig {
    use aws_config::profile::profile_file::{ProfileFileKind, ProfileFiles};
    let files = ProfileFiles::builder().with_contents(ProfileFileKind::Config, format!("[default]\n{profile}\n"));
    let shared = sdk_config("http://127.0.0.1:9");
    let mut loader = aws_config::from_env().profile_files(files.build()).region(shared.region().cloned());
    if let Some(credentials) = shared.credentials_provider() {
        loader = loader.credentials_provider(credentials);
    }
    loader.endpoint_url("http://127.0.0.1:9").load().await
}

#[tokio::test]
async fn environment_and_profile_say_so_as_well() {
    // `AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES` is 300 here, whatever the profile says.
    let profile = loaded("request_min_compression_size_bytes = 1").await;
    is_compressed(&put(Builder::from(&profile), 300).await, &json(300));
    is_plain(&put(Builder::from(&profile), 280).await);
    let profile = loaded("disable_request_compression = true").await;
    is_plain(&put(Builder::from(&profile), LARGE).await);
    // What code says comes first.
    is_compressed(&put(Builder::from(&profile).disable_request_compression(false), LARGE).await, &json(LARGE));
}
