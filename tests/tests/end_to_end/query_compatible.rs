//! A service that spoke the query protocol before it spoke JSON (`aws.protocols#awsQueryCompatible`), as an emitted crate
//! has it: one operation, four exceptions.

use aws_smithy_runtime_api::client::endpoint::{
    EndpointFuture, EndpointResolverParams, ResolveEndpoint, SharedEndpointResolver,
};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use ivs_realtime::config::BehaviorVersion;
use ivs_realtime::error::{ErrorMetadata, ProvideErrorMetadata};
use serde_json::{Value, json};
use smithy_client_runtime::config::Settings;
use smithy_client_runtime::endpoint;
use smithy_client_runtime::error::verdict;
use smithy_client_runtime::operation::{Input, Operation, Route, start, take_error};
use smithy_client_runtime::protocol::AWS_JSON_1_0_QUERY_COMPATIBLE;
use smithy_client_runtime::service::{Service, ServiceFacts};
use smithy_client_runtime::{exception, operation_error, root_error, shape, unhandled};
use tests::client::plain_http;
use tests::loopback::{LoopbackServer, Response};
use tests::request::Request;

#[derive(Debug)]
struct Queues;

impl Service for Queues {
    const FACTS: &'static ServiceFacts = &ServiceFacts {
        sdk_id: "Queues",
        shape_name: "Queues_20120101",
        api_name: "queues",
        signing_name: None,
        version: "1.0.0",
        protocol: &AWS_JSON_1_0_QUERY_COMPATIBLE,
        headers: &[],
        account_id_endpoints: false,
        endpoint_resolver: || SharedEndpointResolver::new(AtUrl),
        endpoint_params: |bag, _, _| Ok(EndpointResolverParams::new(endpoint::endpoint_url(bag))),
    };
}

#[derive(Debug)]
struct AtUrl;

impl ResolveEndpoint for AtUrl {
    fn resolve_endpoint<'a>(&'a self, params: &'a EndpointResolverParams) -> EndpointFuture<'a> {
        let url = params.get::<Option<String>>().cloned().flatten().expect("the test sets an endpoint URL");
        EndpointFuture::ready(endpoint::at(format_args!("{url}")))
    }
}

struct SendInput {
    body: Option<String>,
}

shape! {
    all_optional SendInput {
        0 body: "Body",
    }
}

struct SendOutput {
    _request_id: Option<String>,
}

shape! {
    all_optional output SendOutput {
    }
}

/// Its code in the query protocol is another.
struct QueueGone {
    message: Option<String>,
    meta: ErrorMetadata,
}

shape! {
    all_optional exception QueueGone {
        0 message: "message",
    }
}

exception!(QueueGone, "QueueGone");

/// It has the same name everywhere, and the operation does not have it.
struct QueueFull {
    message: Option<String>,
    meta: ErrorMetadata,
}

shape! {
    all_optional exception QueueFull {
        0 message: "message",
    }
}

exception!(QueueFull, "QueueFull");

/// The operation does not have it, and its name is the code of another.
struct Gone {
    message: Option<String>,
    meta: ErrorMetadata,
}

shape! {
    all_optional exception Gone {
        0 message: "message",
    }
}

exception!(Gone, "Gone");

/// Its code in the query protocol means another exception elsewhere.
struct MessageGone {
    message: Option<String>,
    meta: ErrorMetadata,
}

shape! {
    all_optional exception MessageGone {
        0 message: "message",
    }
}

exception!(MessageGone, "MessageGone");

unhandled! {
    pub struct Unhandled;
}

enum Error {
    Gone(Gone),
    MessageGone(MessageGone),
    QueueFull(QueueFull),
    QueueGone(QueueGone),
    Unhandled(Unhandled),
}

root_error! {
    Error {
        Gone, "Gone";
        MessageGone, "MessageGone";
        QueueFull, "QueueFull", "Queues.Full";
        QueueGone, "QueueGone", "Queues.NonExistentQueue";
    }
    transient { "Asleep", "Queues.Asleep" }
}

enum SendError {
    MessageGone(MessageGone),
    QueueGone(QueueGone),
    Unhandled(Unhandled),
}

operation_error! {
    SendError {
        MessageGone, is_message_gone, "Gone" means "MessageGone";
        QueueGone, is_queue_gone;
    }
}

impl Operation for SendInput {
    type Service = Queues;
    type Output = SendOutput;
    type Error = SendError;
    const ROUTE: Route = Route::new("Send", "POST", &[]).unsigned();
}

/// Calls `Send` on a server that gives this answer; with the error comes the request.
async fn send(answer: Response) -> (SdkError<SendError, HttpResponse>, Request) {
    let (error, server) = send_to([answer]).await;
    (error, server.only_request())
}

/// Calls `Send` on a server that gives these answers, one after the other.
async fn send_to(answers: impl IntoIterator<Item = Response>) -> (SdkError<SendError, HttpResponse>, LoopbackServer) {
    let server = LoopbackServer::scripted(answers).await;
    let mut settings = Settings::default();
    settings.set_endpoint_url(Some(server.url()));
    settings.set_http_client(Some(plain_http()));
    settings.set_behavior_version(Some(BehaviorVersion::latest()));
    let settings = settings.build(Queues::FACTS, "queues");
    let handle = settings.handle(Queues::FACTS, "tests", false).expect("a configuration that makes a client");
    let input = SendInput { body: Some("hi".to_owned()) };
    let call = start(&handle, SendInput::SPEC, Input::erase(input), Vec::new());
    let Err(error) = call.await else { panic!("the answer is an error") };
    (error.map_service_error(take_error), server)
}

/// An error with this body and, where it is not empty, this header `x-amzn-query-error`.
fn refusal(query_error: &str, body: &Value) -> Response {
    let answer = Response::new(400).header("content-type", "application/x-amz-json-1.0").body(body.to_string());
    if query_error.is_empty() { answer } else { answer.header("x-amzn-query-error", query_error) }
}

/// The variant of the error, its code, and who is at fault.
async fn outcome(query_error: &str, body: Value) -> (&'static str, Option<String>, Option<String>) {
    let (error, _) = send(refusal(query_error, &body)).await;
    let error = error.into_service_error();
    let variant = if error.is_queue_gone() { "QueueGone" } else { "Unhandled" };
    (variant, error.code().map(str::to_owned), error.meta().extra("type").map(str::to_owned))
}

#[tokio::test]
async fn requests_ask_for_the_codes_of_the_query_protocol() {
    let (_, request) = send(refusal("", &json!({}))).await;
    let headers = ["content-type", "x-amz-target", "x-amzn-query-mode"].map(|name| request.header(name));
    assert_eq!(headers, [Some("application/x-amz-json-1.0"), Some("Queues_20120101.Send"), Some("true")]);
}

#[tokio::test]
async fn an_exception_has_the_code_and_the_fault_of_the_query_protocol() {
    let body = json!({"__type": "com.amazonaws.queues#QueueGone", "message": "no such queue"});
    let (error, _) = send(refusal("Queues.NonExistentQueue;Sender", &body)).await;
    assert_eq!(verdict::describe(&error), "Send: Queues.NonExistentQueue: no such queue");
    assert!(verdict::is_exception(&error, "QueueGone"));
    let SendError::QueueGone(gone) = error.into_service_error() else { panic!("the exception of the operation") };
    assert_eq!(gone.message(), Some("no such queue"));
    assert_eq!(gone.meta().code(), Some("Queues.NonExistentQueue"));
    assert_eq!(gone.meta().extra("type"), Some("Sender"));
}

#[tokio::test]
async fn an_exception_is_known_by_its_name_though_the_header_is_missing_or_malformed_or_unknown() {
    let named = json!({"__type": "com.amazonaws.queues#QueueGone"});
    for header in ["", "Queues.NonExistentQueue", ";Sender", ";"] {
        let expected = ("QueueGone", Some("QueueGone".to_owned()), None);
        assert_eq!(outcome(header, named.clone()).await, expected, "{header}");
    }
    let expected = ("QueueGone", Some("Queues.New".to_owned()), Some("Receiver".to_owned()));
    assert_eq!(outcome("Queues.New;Receiver", named).await, expected);
}

#[tokio::test]
async fn an_exception_is_known_by_its_code_of_the_query_protocol_alone() {
    let code = || Some("Queues.NonExistentQueue".to_owned());
    let sender = Some("Sender".to_owned());
    assert_eq!(outcome("Queues.NonExistentQueue;Sender", json!({})).await, ("QueueGone", code(), sender.clone()));
    assert_eq!(outcome("Queues.NonExistentQueue;", json!({"__type": "Other"})).await, ("QueueGone", code(), None));
    assert_eq!(outcome("", json!({"__type": "Queues.NonExistentQueue"})).await, ("QueueGone", code(), None));
    let named = ("QueueGone", Some("QueueGone".to_owned()), sender);
    assert_eq!(outcome("QueueGone;Sender", json!({})).await, named);
}

#[tokio::test]
async fn an_exception_that_the_operation_does_not_have_is_known_by_either() {
    for (header, body) in [("Queues.Full;Sender", json!({})), ("", json!({"__type": "QueueFull"}))] {
        let (error, _) = send(refusal(header, &body)).await;
        assert!(verdict::is_exception(&error, "QueueFull"), "{header}");
        assert!(!verdict::is_exception(&error, "QueueGone"), "{header}");
        assert!(!error.into_service_error().is_queue_gone(), "{header}");
    }
}

#[tokio::test]
async fn a_code_of_several_exceptions_means_the_one_that_the_operation_has() {
    let named = json!({"__type": "MessageGone"});
    for (header, body) in [("Gone;Sender", json!({})), ("", json!({"__type": "Gone"})), ("Gone;Sender", named)] {
        let (error, _) = send(refusal(header, &body)).await;
        assert!(verdict::is_exception(&error, "MessageGone"), "{header} {body}");
        assert!(!verdict::is_exception(&error, "Gone"), "{header} {body}");
        let error = error.into_service_error();
        assert!(error.is_message_gone(), "{header} {body}");
        assert_eq!(error.code(), Some("Gone"), "{header} {body}");
    }
}

#[tokio::test]
async fn a_code_that_the_model_does_not_know_keeps_its_fault() {
    let expected = ("Unhandled", Some("Queues.New".to_owned()), Some("Receiver".to_owned()));
    assert_eq!(outcome("Queues.New;Receiver", json!({"__type": "New"})).await, expected);
}

#[tokio::test]
async fn a_call_is_repeated_after_a_code_that_the_service_says_is_transient() {
    let asleep = || refusal("Queues.Asleep;Receiver", &json!({}));
    let (error, server) = send_to([asleep(), refusal("", &json!({"__type": "QueueGone"}))]).await;
    assert_eq!(server.requests().len(), 2);
    assert!(error.as_service_error().is_some_and(SendError::is_queue_gone), "{error:?}");
    assert!(!verdict::is_retryable(&error));
    let (error, _) = send_to([asleep(), asleep(), asleep()]).await;
    assert!(verdict::is_retryable(&error));
}
