//! What a caller can change about one call or all of them: interceptors, requests, and the configuration of a single call.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use aws_smithy_types::telemetry::CapturedTelemetryAttributes;
use ivs_realtime::config::interceptors::{
    BeforeDeserializationInterceptorContextRef, BeforeTransmitInterceptorContextMut,
    BeforeTransmitInterceptorContextRef, FinalizerInterceptorContextRef,
};
use ivs_realtime::config::{ConfigBag, Credentials, Intercept, Region, RuntimeComponents};
use ivs_realtime::error::{BoxError, DisplayErrorContext, SdkError};
use ivs_realtime::types::IngestProtocol;
use ivs_realtime::{Client, Config};
use serde_json::json;
use tests::client::{SIGNER, client, config};
use tests::loopback::{LoopbackServer, Response};
use tests::sigv4::{self, Expected};

fn success() -> Response {
    Response::json(&json!({"stages": []}))
}

/// Adds a header before signing and counts the answers it sees.
#[derive(Debug, Default)]
struct Observer {
    answers: Arc<AtomicUsize>,
    ends: Arc<AtomicUsize>,
}

impl Intercept for Observer {
    fn name(&self) -> &'static str {
        "Observer"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        context.request_mut().headers_mut().insert("x-amz-observed", "yes");
        Ok(())
    }

    fn read_before_deserialization(
        &self,
        context: &BeforeDeserializationInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        assert_eq!(context.response().status().as_u16(), 200);
        self.answers.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    fn read_after_execution(
        &self,
        _context: &FinalizerInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.ends.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}

#[tokio::test]
async fn an_interceptor_of_the_client_sees_every_call() {
    let server = LoopbackServer::scripted([success(), success()]).await;
    let observer = Observer::default();
    let (answers, ends) = (Arc::clone(&observer.answers), Arc::clone(&observer.ends));
    let client = Client::from_conf(config(&server.url()).interceptor(observer).build());
    client.list_stages().send().await.unwrap();
    client.list_stages().send().await.unwrap();
    assert_eq!((answers.load(Ordering::Relaxed), ends.load(Ordering::Relaxed)), (2, 2));
    for request in server.requests() {
        assert_eq!(request.header("x-amz-observed"), Some("yes"));
        assert_eq!(sigv4::verify(&request, &SIGNER), Ok(()), "a header added before signing is signed");
    }
}

/// Keeps the input members that were captured for telemetry, as sorted `name=value`.
#[derive(Debug, Default)]
struct Captures(Arc<Mutex<Vec<String>>>);

impl Intercept for Captures {
    fn name(&self) -> &'static str {
        "Captures"
    }

    fn read_before_transmit(
        &self,
        _context: &BeforeTransmitInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let captured = config.load::<CapturedTelemetryAttributes>().ok_or("nothing was captured")?;
        let mut kept = self.0.lock().map_err(|_| "another thread panicked")?;
        kept.extend(captured.iter().map(|(name, value)| format!("{name}={value}")));
        kept.sort();
        Ok(())
    }
}

#[tokio::test]
async fn text_members_of_the_input_can_be_captured_for_telemetry() {
    let server = LoopbackServer::scripted([Response::json(&json!({}))]).await;
    let captures = Captures::default();
    let kept = Arc::clone(&captures.0);
    let settings =
        config(&server.url()).interceptor(captures).emit_input_attributes(["stageArn", "userId", "ingestProtocol"]);
    let client = Client::from_conf(settings.capture_input_attributes(["name", "insecureIngest"]).build());
    let call = client.create_ingest_configuration().name("camera").stage_arn("arn:stage").insecure_ingest(true);
    call.ingest_protocol(IngestProtocol::Rtmp).send().await.unwrap();
    assert_eq!(*kept.lock().unwrap(), ["name=camera", "stageArn=arn:stage"]);
}

#[tokio::test]
async fn an_interceptor_of_one_call_sees_only_that() {
    let server = LoopbackServer::scripted([success(), success()]).await;
    let client = client(&server.url());
    client.list_stages().customize().interceptor(Observer::default()).send().await.unwrap();
    client.list_stages().send().await.unwrap();
    let observed: Vec<_> = server.requests().iter().map(|request| request.header("x-amz-observed").is_some()).collect();
    assert_eq!(observed, [true, false]);
}

#[tokio::test]
async fn a_request_can_be_changed_before_it_is_signed() {
    let server = LoopbackServer::scripted([success()]).await;
    let call = client(&server.url()).list_stages().customize();
    call.mutate_request(|request| _ = request.headers_mut().insert("x-amz-extra", "1")).send().await.unwrap();
    let request = server.only_request();
    assert_eq!(request.header("x-amz-extra"), Some("1"));
    assert_eq!(sigv4::verify(&request, &SIGNER), Ok(()));
}

#[tokio::test]
async fn a_request_that_cannot_be_changed_is_not_sent() {
    let server = LoopbackServer::scripted([success()]).await;
    let call = client(&server.url()).list_stages().customize();
    let error = call.map_request(|_| Err(std::io::Error::other("unfit request"))).send().await.unwrap_err();
    assert!(matches!(error, SdkError::ConstructionFailure(_) | SdkError::DispatchFailure(_)), "{error:?}");
    assert!(DisplayErrorContext(&error).to_string().contains("unfit request"));
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn one_call_can_go_to_another_region_under_other_credentials() {
    let server = LoopbackServer::scripted([success(), success()]).await;
    let client = client(&server.url());
    let other = Credentials::new("AKIDOTHER", "other-secret", Some("other-session".to_owned()), None, "tests");
    let overrides = Config::builder().region(Region::new("us-west-2")).credentials_provider(other);
    client.list_stages().customize().config_override(overrides).send().await.unwrap();
    client.list_stages().send().await.unwrap();
    let [changed, unchanged] = &server.requests()[..] else { panic!("two requests") };
    let expected = Expected {
        access_key: "AKIDOTHER",
        secret_key: "other-secret",
        session_token: Some("other-session"),
        region: "us-west-2",
        ..SIGNER
    };
    assert_eq!(sigv4::verify(changed, &expected), Ok(()));
    assert_eq!(sigv4::verify(unchanged, &SIGNER), Ok(()));
}

#[tokio::test]
async fn one_call_can_go_to_another_endpoint() {
    let (usual, other) = (LoopbackServer::scripted([success()]).await, LoopbackServer::scripted([success()]).await);
    let client = client(&usual.url());
    client.list_stages().customize().config_override(Config::builder().endpoint_url(other.url())).send().await.unwrap();
    assert_eq!((usual.requests().len(), other.requests().len()), (0, 1));
    assert_eq!(other.only_request().header("host"), Some(other.address().as_str()));
    client.list_stages().send().await.unwrap();
    assert_eq!((usual.requests().len(), other.requests().len()), (1, 1));
}
