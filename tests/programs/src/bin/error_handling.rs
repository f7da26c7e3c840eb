//! Errors in each style that the developer guide of the SDK shows: the service's own error, `SdkError` by variant, `is_..`
//! and `as_service_error`, code and message, the crate's root error with `?`, whole chains of causes, request ids.

use std::error::Error as StdError;

use aws_sdk_ivsrealtime::config::http::HttpResponse;
use aws_sdk_ivsrealtime::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use aws_sdk_ivsrealtime::operation::RequestId;
use aws_sdk_ivsrealtime::operation::create_stage::CreateStageError;
use aws_sdk_ivsrealtime::operation::delete_stage::DeleteStageError;
use aws_sdk_ivsrealtime::operation::get_stage::{GetStageError, GetStageOutput};
use aws_sdk_ivsrealtime::types::Stage;
use aws_sdk_ivsrealtime::types::error::ConflictException;
use aws_sdk_ivsrealtime::{Client, Error};

/// `into_service_error` and a match over what the operation can answer.
async fn delete(client: &Client, arn: &str) -> Result<&'static str, DeleteStageError> {
    use DeleteStageError as E;

    match client.delete_stage().arn(arn).send().await.map_err(SdkError::into_service_error) {
        Ok(_) => Ok("deleted"),
        Err(E::ResourceNotFoundException(_)) => Ok("gone already"),
        Err(E::ConflictException(ConflictException { exception_message: Some(reason), .. })) if reason == "busy" => {
            Ok("busy")
        }
        Err(E::PendingVerification(_) | E::AccessDeniedException(_)) => Ok("not allowed"),
        Err(error) if error.is_validation_exception() => Ok("not an ARN"),
        Err(error) if error.code() == Some("ThrottlingException") => Ok("later"),
        Err(other) => Err(other),
    }
}

/// A match over the ways in which a call can fail.
fn kind(error: &SdkError<CreateStageError, HttpResponse>) -> String {
    match error {
        SdkError::ConstructionFailure(_) => "not built".to_owned(),
        SdkError::TimeoutError(_) => "too slow".to_owned(),
        SdkError::DispatchFailure(failure) if failure.is_timeout() => "too slow to connect".to_owned(),
        SdkError::DispatchFailure(failure) if failure.is_io() => "connection broken".to_owned(),
        SdkError::DispatchFailure(_) => "not sent".to_owned(),
        SdkError::ResponseError(response) => format!("unreadable answer, status {}", response.raw().status()),
        SdkError::ServiceError(service) => {
            let status = service.raw().status().as_u16();
            format!("{status} {}", service.err().meta().code().unwrap_or("without a code"))
        }
        _ => "unknown".to_owned(),
    }
}

/// `as_service_error` and `is_..`: one error is an answer, the rest remain.
async fn find(client: &Client, arn: &str) -> Result<Option<Stage>, SdkError<GetStageError>> {
    match client.get_stage().arn(arn).send().await {
        Ok(GetStageOutput { stage, .. }) => Ok(stage),
        Err(error) if error.as_service_error().is_some_and(GetStageError::is_resource_not_found_exception) => Ok(None),
        Err(error) => Err(error),
    }
}

/// `?` into the root error, over operations with different errors.
async fn replace(client: &Client, arn: &str, name: &str) -> Result<String, Error> {
    client.delete_stage().arn(arn).send().await?;
    let created = client.create_stage().name(name).send().await?;
    Ok(created.stage().map(Stage::arn).unwrap_or_default().to_owned())
}

/// `?` into a boxed error, which is asked for its type afterwards.
async fn rename(client: &Client, arn: &str, name: &str) -> Result<(), Box<dyn StdError + Send + Sync>> {
    client.update_stage().arn(arn).name(name).send().await?;
    Ok(())
}

/// What a log line says of any error of any operation.
fn log_line<E>(operation: &str, error: &SdkError<E>) -> String
where
    E: ProvideErrorMetadata + StdError + 'static,
{
    let (code, message) = (error.code().unwrap_or("-"), error.message().unwrap_or("-"));
    let status = error.raw_response().map(|response| response.status().as_u16());
    format!("{operation}: {code} ({message}) status {status:?} request {}", error.request_id().unwrap_or("-"))
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let client = Client::new(&aws_config::load_from_env().await);
    let arn = std::env::args().nth(1).unwrap_or_default();
    println!("{:?}", find(&client, &arn).await?);
    println!("{}", delete(&client, &arn).await?);
    if let Err(error) = client.create_stage().send().await {
        eprintln!("{}: {}", kind(&error), DisplayErrorContext(&error));
        eprintln!("{}", log_line("CreateStage", &error));
    }
    if let Err(error) = rename(&client, &arn, "new").await {
        eprintln!("{error}");
    }
    println!("{}", replace(&client, &arn, "new").await?);
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use aws_sdk_ivsrealtime::config::retry::RetryConfig;
    use aws_sdk_ivsrealtime::config::timeout::TimeoutConfig;
    use aws_sdk_ivsrealtime::operation::update_stage::UpdateStageError;
    use aws_sdk_ivsrealtime::types::error::ResourceNotFoundException;
    use harness::client::sdk_config;
    use harness::loopback::{LoopbackServer, Reply, Response};
    use serde_json::json;

    use super::*;

    async fn answering(reply: impl Into<Reply>) -> (Client, LoopbackServer) {
        let server = LoopbackServer::scripted([reply.into()]).await;
        let config = sdk_config(&server.url()).to_builder().retry_config(RetryConfig::disabled());
        (Client::new(&config.build()), server)
    }

    fn refusal(status: u16, code: &str, message: &str) -> Response {
        Response::error(status, code, &json!({"exceptionMessage": message})).header("x-amzn-RequestId", "request-1")
    }

    #[tokio::test]
    async fn the_service_s_own_error_decides() {
        let cases = [
            (Response::new(200), "deleted"),
            (refusal(404, "ResourceNotFoundException", ""), "gone already"),
            (refusal(409, "ConflictException", "busy"), "busy"),
            (refusal(403, "AccessDeniedException", ""), "not allowed"),
            (refusal(403, "PendingVerification", ""), "not allowed"),
            (refusal(400, "ValidationException", ""), "not an ARN"),
            (refusal(429, "ThrottlingException", ""), "later"),
        ];
        for (response, expected) in cases {
            let (client, _server) = answering(response).await;
            assert_eq!(delete(&client, "arn").await.unwrap(), expected);
        }
        let (client, _server) = answering(refusal(409, "ConflictException", "other")).await;
        assert!(delete(&client, "arn").await.unwrap_err().is_conflict_exception());
    }

    #[tokio::test]
    async fn each_way_to_fail_has_its_variant() {
        let cases: [(Reply, &str); 5] = [
            (refusal(402, "ServiceQuotaExceededException", "").into(), "402 ServiceQuotaExceededException"),
            (refusal(400, "com.amazon#Invented:http://x", "").into(), "400 Invented"),
            (Response::new(400).into(), "400 without a code"),
            (Response::new(200).body("<html>").into(), "200 without a code"),
            (Reply::Reset, "connection broken"),
        ];
        for (reply, expected) in cases {
            let (client, _server) = answering(reply).await;
            let error = client.create_stage().send().await.unwrap_err();
            assert_eq!(kind(&error), expected, "{}", DisplayErrorContext(&error));
        }
        let (client, _server) = answering(Reply::Silence).await;
        let quick = TimeoutConfig::builder().operation_timeout(Duration::from_millis(50)).build();
        let impatient = Client::from_conf(client.config().to_builder().timeout_config(quick).build());
        assert_eq!(kind(&impatient.create_stage().send().await.unwrap_err()), "too slow");
    }

    #[tokio::test]
    async fn what_is_missing_is_none_and_other_errors_remain() {
        let (client, _server) = answering(refusal(404, "ResourceNotFoundException", "")).await;
        assert_eq!(find(&client, "arn").await.unwrap(), None);
        let (client, _server) = answering(refusal(403, "AccessDeniedException", "no")).await;
        let error = find(&client, "arn").await.unwrap_err();
        assert_eq!(error.code(), Some("AccessDeniedException"));
        let (client, _server) = answering(Response::json(&json!({"stage": {"arn": "arn:1"}}))).await;
        assert_eq!(find(&client, "arn").await.unwrap().unwrap().arn(), "arn:1");
    }

    #[tokio::test]
    async fn the_root_error_keeps_variant_message_code_and_request() {
        let (client, _server) = answering(refusal(404, "ResourceNotFoundException", "no such stage")).await;
        let error = replace(&client, "arn", "new").await.unwrap_err();
        assert_eq!(error.code(), Some("ResourceNotFoundException"));
        assert_eq!(error.request_id(), Some("request-1"));
        let Error::ResourceNotFoundException(cause) = error else { panic!("{error:?}") };
        assert_eq!(cause.exception_message(), Some("no such stage"));
        assert_eq!(cause.message(), None, "the model has no `message`, and none was sent");
        assert_eq!(cause.to_string(), "ResourceNotFoundException");
    }

    #[tokio::test]
    async fn a_boxed_error_is_an_sdk_error_of_the_operation() {
        let (client, _server) = answering(refusal(400, "ValidationException", "bad name")).await;
        let error = rename(&client, "arn", "").await.unwrap_err();
        let error = error.downcast_ref::<SdkError<UpdateStageError>>().expect("`?` boxes what `send` gave");
        assert_eq!(error.to_string(), "service error");
        let source = error.source().and_then(|source| source.downcast_ref::<UpdateStageError>());
        assert!(source.is_some_and(UpdateStageError::is_validation_exception));
    }

    #[tokio::test]
    async fn a_log_line_tells_what_support_asks_for() {
        let body = json!({"message": "slow down"});
        let throttled = Response::error(429, "ThrottlingException", &body).header("x-amzn-requestid", "request-2");
        let (client, _server) = answering(throttled).await;
        let error = client.list_stages().send().await.unwrap_err();
        let expected = "ListStages: ThrottlingException (slow down) status Some(429) request request-2";
        assert_eq!(log_line("ListStages", &error), expected);

        let (client, _server) = answering(Reply::Reset).await;
        let error = client.list_stages().send().await.unwrap_err();
        assert_eq!(log_line("ListStages", &error), "ListStages: - (-) status None request -");
    }

    #[tokio::test]
    async fn the_context_of_an_error_is_the_chain_of_its_causes() {
        let (client, _server) = answering(refusal(409, "ConflictException", "busy")).await;
        let error = client.delete_stage().arn("arn").send().await.unwrap_err();
        let text = DisplayErrorContext(&error).to_string();
        assert!(text.starts_with("service error: ConflictException"), "{text}");
        assert!(text.contains("busy") && text.contains("request-1"), "{text}");
    }

    #[test]
    fn errors_can_be_made_for_tests() {
        let gone = ResourceNotFoundException::builder().message("none").exception_message("no such stage").build();
        assert_eq!(gone.to_string(), "ResourceNotFoundException: none");
        let error = SdkError::service_error(
            GetStageError::ResourceNotFoundException(gone),
            HttpResponse::new(404.try_into().unwrap(), "{}".into()),
        );
        let error: Error = error.into();
        assert!(matches!(&error, Error::ResourceNotFoundException(cause) if cause.message() == Some("none")));
        let timeout: Error = SdkError::<GetStageError>::timeout_error("slow").into();
        assert_eq!(timeout.code(), None);
        assert!(timeout.source().is_some(), "the timeout is the cause of what no variant names");
    }

    #[tokio::test]
    async fn what_no_variant_names_keeps_its_cause_and_its_code() {
        let (client, _server) = answering(Reply::Reset).await;
        let error = client.delete_stage().arn("a").send().await.unwrap_err();
        let kept = error.to_string();
        let service = error.into_service_error();
        assert_eq!((service.to_string().as_str(), service.code()), ("unhandled error", None));
        assert_eq!(service.source().map(ToString::to_string), Some(kept), "the failed call is the cause");
        let text = DisplayErrorContext(Error::from(service)).to_string();
        assert!(text.starts_with("unhandled error: dispatch failure"), "{text}");

        let (client, _server) = answering(refusal(400, "InventedException", "")).await;
        let error = client.delete_stage().arn("a").send().await.unwrap_err().into_service_error();
        assert_eq!(error.to_string(), "unhandled error (InventedException)");
        assert!(!error.is_conflict_exception() && !error.is_validation_exception());
        let error = Error::from(error);
        assert_eq!((error.code(), error.request_id()), (Some("InventedException"), Some("request-1")));
        assert_eq!(error.to_string(), "unhandled error (InventedException)");
    }

    #[tokio::test]
    async fn codes_are_read_wherever_they_stand() {
        let body = |body: &str| Response::new(400).header("content-type", "application/json").body(body);
        let cases = [
            (
                body(r#"{"__type":"com.amazonaws.ivsrealtime#ValidationException","message":"m"}"#),
                "ValidationException",
            ),
            (body(r#"{"code":"ConflictException:https://x","Message":"m"}"#), "ConflictException"),
            (body("{}").header("x-amzn-errortype", "ValidationException:http://x/"), "ValidationException"),
            (body(r#"{"__type":"A"}"#).header("x-amzn-errortype", "aws.b#ConflictException"), "ConflictException"),
        ];
        for (response, expected) in cases {
            let (client, _server) = answering(response).await;
            let error = client.delete_stage().arn("a").send().await.unwrap_err();
            assert_eq!(error.code(), Some(expected));
            let service = error.into_service_error();
            assert!(service.is_validation_exception() || service.is_conflict_exception(), "{service:?}");
        }
    }

    #[tokio::test]
    async fn a_body_that_cannot_be_read_leaves_status_and_headers() {
        let response = Response::new(502).header("x-amzn-requestid", "request-3").body("<html>bad gateway</html>");
        let (client, _server) = answering(response).await;
        let error = client.list_stages().send().await.unwrap_err();
        assert_eq!(error.raw_response().map(|response| response.status().as_u16()), Some(502));
        assert_eq!((error.code(), error.message()), (None, None));
        assert_eq!(error.request_id(), Some("request-3"));
    }
}
