//! `SdkErrorExt`: what a failed call says of itself.

use std::time::Duration;

use ivs_realtime::error::{SdkError, SdkErrorExt};
use ivs_realtime::operation::delete_stage::DeleteStageError;
use ivs_realtime::operation::list_stages::ListStagesError;
use ivs_realtime::types::error::ConflictException;
use serde_json::{Value, json};
use tests::client::config;
use tests::loopback::{LoopbackServer, Reply, Response};

use crate::retries::no_retries;

async fn delete_stage(reply: impl Into<Reply>) -> SdkError<DeleteStageError> {
    let server = LoopbackServer::scripted([reply.into()]).await;
    no_retries(&server.url()).delete_stage().arn("a").send().await.unwrap_err()
}

/// The tests that hold for an error.
fn verdicts<E>(error: &E) -> Vec<&'static str>
where
    E: SdkErrorExt,
{
    let all = [
        ("access_denied", error.is_access_denied()),
        ("conflict", error.is_conflict()),
        ("internal_server", error.is_internal_server()),
        ("pending_verification", error.is_pending_verification()),
        ("resource_not_found", error.is_resource_not_found()),
        ("service_quota_exceeded", error.is_service_quota_exceeded()),
        ("validation", error.is_validation()),
        ("timeout", error.is_timeout()),
        ("throttling", error.is_throttling()),
        ("retryable", error.is_retryable()),
    ];
    all.into_iter().filter_map(|(name, holds)| holds.then_some(name)).collect()
}

fn conflict(body: &Value) -> Response {
    Response::error(409, "ConflictException", body).header("x-amzn-requestid", "id-1")
}

#[tokio::test]
async fn an_exception_of_the_model_is_named_with_its_message_and_request_id() {
    let error = delete_stage(conflict(&json!({"exceptionMessage": "it is\r\n busy"}))).await;
    assert_eq!(error.describe(), "DeleteStage: ConflictException: it is busy (request id id-1)");
    assert_eq!(verdicts(&error), ["conflict"]);
    let error = delete_stage(conflict(&json!({"message": "busy"}))).await;
    assert_eq!(error.describe(), "DeleteStage: ConflictException: busy (request id id-1)");
}

#[tokio::test]
async fn an_exception_counts_also_where_the_model_does_not_list_it_for_the_operation() {
    let server = LoopbackServer::scripted([conflict(&json!({}))]).await;
    let error: SdkError<ListStagesError> = no_retries(&server.url()).list_stages().send().await.unwrap_err();
    assert_eq!(error.describe(), "ListStages: ConflictException (request id id-1)");
    assert_eq!(verdicts(&error), ["conflict"]);
}

#[tokio::test]
async fn codes_of_the_query_protocol_mean_nothing_to_a_service_that_never_spoke_it() {
    let error = delete_stage(conflict(&json!({})).header("x-amzn-query-error", "Other;Sender")).await;
    assert_eq!(error.describe(), "DeleteStage: ConflictException (request id id-1)");
}

#[tokio::test]
async fn throttling_is_known_by_its_code_though_the_model_has_no_such_error() {
    let error = delete_stage(Response::error(429, "ThrottlingException", &json!({"message": "slower"}))).await;
    assert_eq!(error.describe(), "DeleteStage: ThrottlingException: slower");
    assert_eq!(verdicts(&error), ["throttling", "retryable"]);
}

#[tokio::test]
async fn a_call_that_was_not_answered_gives_the_innermost_cause() {
    let error = delete_stage(Reply::Reset).await;
    assert!(error.describe().starts_with("DeleteStage: dispatch failure: "), "{}", error.describe());
    assert_eq!(verdicts(&error), ["retryable"]);
}

#[tokio::test]
async fn a_timeout_is_one() {
    let server = LoopbackServer::scripted([Reply::Silence]).await;
    let timeouts = ivs_realtime::config::timeout::TimeoutConfig::builder().operation_timeout(Duration::from_millis(50));
    let config = config(&server.url()).timeout_config(timeouts.build()).build();
    let error = ivs_realtime::Client::from_conf(config).delete_stage().arn("a").send().await.unwrap_err();
    assert!(error.describe().starts_with("DeleteStage: request has timed out: "), "{}", error.describe());
    assert_eq!(verdicts(&error), ["timeout", "retryable"]);
}

#[tokio::test]
async fn an_input_that_lacks_something_names_the_member() {
    let server = LoopbackServer::scripted([Response::new(200)]).await;
    let error = no_retries(&server.url()).list_tags_for_resource().send().await.unwrap_err();
    assert_eq!(
        error.describe(),
        "ListTagsForResource: failed to construct request: resource_arn was missing: cannot be empty or unset"
    );
    assert_eq!(verdicts(&error), [""; 0]);
}

#[test]
fn an_error_that_was_made_by_hand_is_named_by_its_type() {
    let conflict = DeleteStageError::ConflictException(ConflictException::builder().message("busy").build());
    let response = ivs_realtime::config::http::HttpResponse::new(409.try_into().unwrap(), "".into());
    let error = SdkError::service_error(conflict, response);
    assert_eq!(error.describe(), "DeleteStage: ConflictException: busy");
    assert_eq!(verdicts(&error), ["conflict"]);
}
