//! Error answers: every modelled error of every operation by its code, and the answers that fit no model.

use ivs_realtime::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use ivs_realtime::operation::RequestId;
use ivs_realtime::operation::get_stage::GetStageError;
use ivs_realtime::{Client, Error};
use serde_json::{Value, json};
use tests::client::config;
use tests::expect;
use tests::loopback::{LoopbackServer, Response};
use tests::model::{Model, short, snake};
use tests::sample::{self, Extent};

use crate::calls;
use crate::debug_text::assert_shows;
use crate::retries::no_retries;

/// Where an error answer names its code.
#[derive(Clone, Copy, Debug)]
enum CodeIn {
    /// In the `x-amzn-ErrorType` header, followed by a URL.
    Header,
    /// In the body's `__type`, after a namespace.
    Type,
    /// In the body's `code`, plain.
    Code,
}

#[tokio::test]
async fn every_modelled_error_of_every_operation_by_header() {
    each_modelled_error(CodeIn::Header).await;
}

#[tokio::test]
async fn every_modelled_error_of_every_operation_by_type() {
    each_modelled_error(CodeIn::Type).await;
}

#[tokio::test]
async fn every_modelled_error_of_every_operation_by_code() {
    each_modelled_error(CodeIn::Code).await;
}

async fn each_modelled_error(code_in: CodeIn) {
    let model = Model::load();
    for call in calls::all() {
        for error in model.operation(call.operation).errors {
            let (members, response) = error_response(&model, &error, code_in);
            let server = LoopbackServer::scripted([response]).await;
            let failure = (call.minimal)(&no_retries(&server.url())).await.unwrap_err();
            assert_is(&model, &error, &members, &failure);
            assert_eq!(failure.all_predicates, predicates(&model, call.operation), "{}", call.operation);
            assert_eq!(server.requests().len(), 1, "{}", call.operation);
        }
    }
}

fn predicates(model: &Model, operation: &str) -> Vec<String> {
    model.operation(operation).errors.iter().map(|error| format!("is_{}", snake(short(error)))).collect()
}

/// The error's members and an answer that carries them, a message and a request id.
fn error_response(model: &Model, error: &str, code_in: CodeIn) -> (Value, Response) {
    let mut members = sample::structure(model, error, Extent::Full);
    let code = short(error);
    match code_in {
        CodeIn::Header => members["xAmznErrorType"] = json!(format!("{code}:http://internal.amazon.com/coral/")),
        CodeIn::Type | CodeIn::Code => _ = members.as_object_mut().unwrap().remove("xAmznErrorType"),
    }
    let scripted = expect::response(model, error, &members);
    let mut document = scripted.document;
    document["message"] = json!("the message");
    match code_in {
        CodeIn::Header => {}
        CodeIn::Type => document["__type"] = json!(format!("com.amazonaws.ivsrealtime#{code}")),
        CodeIn::Code => document["code"] = json!(code),
    }
    let response =
        Response::new(model.status(error)).header("x-amzn-requestid", "request-1").body(document.to_string());
    let response = scripted.headers.iter().fold(response, |response, (name, value)| response.header(name, value));
    (members, response)
}

fn assert_is(model: &Model, error: &str, members: &Value, failure: &calls::Failure) {
    let name = short(error);
    assert_eq!(failure.predicates, [format!("is_{}", snake(name))]);
    assert_eq!((failure.code.as_deref(), failure.message.as_deref()), (Some(name), Some("the message")));
    assert_eq!((failure.request_id.as_deref(), failure.root_code.as_deref()), (Some("request-1"), Some(name)));
    assert_shows(model, error, members, &failure.debug);
    let variant = format!("{name}({name} {{");
    assert!(failure.debug.starts_with(&variant), "{}", failure.debug);
    assert_eq!(failure.root, failure.debug);
}

async fn get_stage(response: Response) -> SdkError<GetStageError> {
    let server = LoopbackServer::scripted([response]).await;
    no_retries(&server.url()).get_stage().arn("arn:1").send().await.unwrap_err()
}

#[tokio::test]
async fn the_members_of_a_typed_error() {
    let response = Response::error(400, "ValidationException", &json!({"exceptionMessage": "the arn is malformed"}))
        .header("Cache-Control", "no-store")
        .header("x-amzn-requestid", "request-1");
    let error = get_stage(response).await;
    assert_eq!(error.raw_response().unwrap().status().as_u16(), 400);
    let GetStageError::ValidationException(inner) = error.into_service_error() else { panic!("another variant") };
    assert_eq!((inner.exception_message(), inner.message()), (Some("the arn is malformed"), None));
    assert_eq!((inner.cache_control(), inner.x_amzn_error_type()), (Some("no-store"), Some("ValidationException")));
    assert_eq!((inner.request_id(), inner.meta().code()), (Some("request-1"), Some("ValidationException")));
    assert_eq!(inner.to_string(), "ValidationException");
    let copy = inner.clone();
    assert_eq!((copy.request_id(), copy.cache_control()), (Some("request-1"), Some("no-store")));
    assert_eq!((&copy, format!("{copy:?}")), (&inner, format!("{inner:?}")));
}

#[tokio::test]
async fn messages_by_their_other_names() {
    for name in ["message", "Message", "errorMessage"] {
        let error = get_stage(Response::error(404, "ResourceNotFoundException", &json!({name: "gone"}))).await;
        assert!(error.as_service_error().unwrap().is_resource_not_found_exception());
        assert_eq!(error.message(), Some("gone"), "{name}");
        assert_eq!(error.as_service_error().unwrap().to_string(), "ResourceNotFoundException: gone");
    }
}

#[tokio::test]
async fn the_code_decides_between_errors_of_one_status() {
    let call = |code| async move {
        let server = LoopbackServer::scripted([Response::error(403, code, &json!({}))]).await;
        no_retries(&server.url()).create_stage().send().await.unwrap_err().into_service_error()
    };
    let (pending, denied) = (call("PendingVerification").await, call("AccessDeniedException").await);
    assert!(pending.is_pending_verification() && !pending.is_access_denied_exception(), "{pending:?}");
    assert!(denied.is_access_denied_exception() && !denied.is_pending_verification(), "{denied:?}");
}

#[test]
fn errors_of_operations_are_what_classifiers_of_retries_ask() {
    // Programs have `code` of this trait as well, as they have it of official crates.
    use aws_smithy_types::retry::ProvideErrorKind as Kind;
    let meta = aws_smithy_types::error::ErrorMetadata::builder().code("Throttled").build();
    let error = GetStageError::generic(meta);
    assert_eq!((Kind::code(&error), Kind::retryable_error_kind(&error)), (Some("Throttled"), None));
}

#[tokio::test]
async fn a_code_outside_the_model_keeps_its_metadata() {
    let body = json!({"message": "slow down", "__type": "ignored#Other"});
    let error =
        get_stage(Response::error(429, "TooFastException:", &body).header("x-amzn-requestid", "request-1")).await;
    assert_eq!(
        (error.code(), error.message(), error.request_id()),
        (Some("TooFastException"), Some("slow down"), Some("request-1"))
    );
    let inner = error.into_service_error();
    assert_eq!(inner.meta().code(), Some("TooFastException"));
    assert!(
        !inner.is_access_denied_exception()
            && !inner.is_resource_not_found_exception()
            && !inner.is_validation_exception()
    );
    assert_eq!(Error::from(inner).code(), Some("TooFastException"));
}

#[tokio::test]
async fn an_error_that_the_operation_does_not_name_is_unhandled() {
    let error =
        get_stage(Response::error(409, "ConflictException", &json!({"message": "busy"}))).await.into_service_error();
    assert!(format!("{error:?}").starts_with("Unhandled("), "{error:?}");
    assert_eq!((error.code(), error.message()), (Some("ConflictException"), Some("busy")));
}

#[tokio::test]
async fn an_empty_body_leaves_the_header_to_speak() {
    let error = get_stage(Response::new(404).header("x-amzn-ErrorType", "ResourceNotFoundException")).await;
    assert!(error.as_service_error().unwrap().is_resource_not_found_exception());
    assert_eq!((error.code(), error.message()), (Some("ResourceNotFoundException"), None));
}

#[tokio::test]
async fn an_answer_without_a_code_has_none() {
    let error = get_stage(Response::new(404).body("{}").header("x-amzn-requestid", "request-1")).await;
    assert_eq!((error.code(), error.message(), error.request_id()), (None, None, Some("request-1")));
    assert!(matches!(error, SdkError::ServiceError(_)), "{error:?}");
}

#[tokio::test]
async fn a_body_that_is_no_json_is_unhandled_and_kept_raw() {
    for body in ["<html><body>Bad gateway</body></html>", "{\"message\": \"cut", "{} {}", "{\"message\" 1}"] {
        let error =
            get_stage(Response::new(404).header("x-amzn-ErrorType", "ResourceNotFoundException").body(body)).await;
        assert_eq!(error.raw_response().unwrap().body().bytes(), Some(body.as_bytes()));
        let inner = error.into_service_error();
        assert!(format!("{inner:?}").starts_with("Unhandled("), "{inner:?}");
        assert_eq!(inner.code(), None, "{body}");
    }
}

#[tokio::test]
async fn a_malformed_success_is_an_error_that_says_so() {
    for body in [
        "<html></html>",
        "[]",
        "{\"stage\": 1}",
        "{\"stage\": {\"arn\": 5}}",
        "{\"stage\": {\"arn\": \"a\"",
        "{} {}",
        "null",
    ] {
        let error = get_stage(Response::new(200).body(body)).await;
        assert_eq!(error.raw_response().unwrap().status().as_u16(), 200, "{body}");
        let inner = error.into_service_error();
        assert!(format!("{inner:?}").starts_with("Unhandled("), "{inner:?}");
    }
}

#[tokio::test]
async fn an_error_nested_too_deep_is_refused_not_followed() {
    let deep = format!("{}1{}", "{\"a\":".repeat(100_000), "}".repeat(100_000));
    let error = get_stage(Response::new(404).body(deep)).await;
    assert!(matches!(error, SdkError::ServiceError(_)));
}

#[tokio::test]
async fn a_refused_connection_is_a_dispatch_failure() {
    let server = LoopbackServer::scripted([Response::new(200)]).await;
    let client: Client = no_retries(&server.url());
    drop(server);
    let error = client.get_stage().arn("arn:1").send().await.unwrap_err();
    assert!(matches!(&error, SdkError::DispatchFailure(failure) if failure.is_io()), "{error:?}");
    assert!(DisplayErrorContext(&error).to_string().contains("dispatch failure"));
}

#[tokio::test]
async fn a_missing_or_empty_label_fails_before_anything_is_sent() {
    let server = LoopbackServer::scripted([Response::new(200)]).await;
    let client = Client::from_conf(config(&server.url()).build());
    let missing = client.list_tags_for_resource().send().await.unwrap_err();
    let empty = client.list_tags_for_resource().resource_arn("").send().await.unwrap_err();
    let without_keys = client.untag_resource().resource_arn("arn:1").send().await.unwrap_err();
    for error in [missing, empty] {
        assert!(matches!(error, SdkError::ConstructionFailure(_)), "{error:?}");
        let text = DisplayErrorContext(&error).to_string();
        assert!(text.contains("resource_arn") && text.contains("cannot be empty or unset"), "{text}");
    }
    assert!(matches!(without_keys, SdkError::ConstructionFailure(_)), "{without_keys:?}");
    assert!(DisplayErrorContext(&without_keys).to_string().contains("tag_keys"));
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_missing_member_of_the_document_is_left_to_the_service() {
    let server = LoopbackServer::scripted([Response::json(&json!({}))]).await;
    no_retries(&server.url()).get_stage().send().await.unwrap();
    assert_eq!(server.only_request().body, b"{}");
}
