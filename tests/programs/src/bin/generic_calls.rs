//! Helpers that know no operation: absent results as `None`, a retry of one's own, measured calls, one error for an application.

use std::collections::BTreeMap;
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use aws_sdk_ivsrealtime::config::http::HttpResponse;
use aws_sdk_ivsrealtime::error::{BuildError, DisplayErrorContext, ProvideErrorMetadata, SdkError};
use aws_sdk_ivsrealtime::operation::RequestId;
use aws_sdk_ivsrealtime::types::S3StorageConfiguration;
use aws_sdk_ivsrealtime::{Client, Error};

/// Turns "not found" into `None`, for any operation.
trait Optional<T, E> {
    fn optional(self) -> Result<Option<T>, SdkError<E>>;
}

impl<T, E: ProvideErrorMetadata> Optional<T, E> for Result<T, SdkError<E>> {
    fn optional(self) -> Result<Option<T>, SdkError<E>> {
        match self {
            Ok(value) => Ok(Some(value)),
            Err(error) if error.code() == Some("ResourceNotFoundException") => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// Repeats a call while the service answers with `code`.
async fn while_code<T, E, F>(code: &str, pause: Duration, mut call: impl FnMut() -> F) -> Result<T, SdkError<E>>
where
    E: ProvideErrorMetadata,
    F: Future<Output = Result<T, SdkError<E, HttpResponse>>>,
{
    for _ in 0..3 {
        match call().await {
            Err(error) if error.code() == Some(code) => tokio::time::sleep(pause).await,
            done => return done,
        }
    }
    call().await
}

/// Counts outcomes by operation and error code, and keeps request ids.
#[derive(Debug, Default)]
struct Meter {
    outcomes: BTreeMap<(&'static str, String), usize>,
    request_ids: Vec<String>,
}

impl Meter {
    async fn measured<T, E>(
        &mut self,
        name: &'static str,
        call: impl Future<Output = Result<T, SdkError<E>>>,
    ) -> Result<T, SdkError<E>>
    where
        T: RequestId,
        E: ProvideErrorMetadata + RequestId,
    {
        let result = call.await;
        let outcome = match &result {
            Ok(_) => "ok".to_owned(),
            Err(error) => error.code().unwrap_or(kind(error)).to_owned(),
        };
        self.request_ids.extend(result.request_id().map(str::to_owned));
        *self.outcomes.entry((name, outcome)).or_default() += 1;
        result
    }
}

/// A word for what is no answer of the service.
fn kind<E>(error: &SdkError<E>) -> &'static str {
    match error {
        SdkError::ConstructionFailure(_) => "construction",
        SdkError::TimeoutError(_) => "timeout",
        SdkError::DispatchFailure(_) => "dispatch",
        SdkError::ResponseError(_) => "response",
        _ => "service",
    }
}

/// The one error of an application: any call, any builder.
#[derive(Debug)]
enum AppError {
    Service(Box<Error>),
    Input(BuildError),
}

impl<E> From<SdkError<E>> for AppError
where
    Error: From<SdkError<E>>,
{
    fn from(error: SdkError<E>) -> Self {
        Self::Service(Box::new(error.into()))
    }
}

impl From<BuildError> for AppError {
    fn from(error: BuildError) -> Self {
        Self::Input(error)
    }
}

impl fmt::Display for AppError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Service(error) => write!(formatter, "{}", DisplayErrorContext(error)),
            Self::Input(error) => write!(formatter, "bad input: {error}"),
        }
    }
}

impl StdError for AppError {}

/// Where recordings go.
async fn storage(client: &Client, bucket: Option<&str>) -> Result<String, AppError> {
    let s3 = S3StorageConfiguration::builder().set_bucket_name(bucket.map(str::to_owned)).build()?;
    let created = client.create_storage_configuration().name("recordings").s3(s3).send().await?;
    Ok(created.storage_configuration.map(|storage| storage.arn).unwrap_or_default())
}

#[tokio::main]
async fn main() -> Result<(), AppError> {
    let client = Client::new(&aws_config::load_from_env().await);
    let mut meter = Meter::default();
    let stage = meter.measured("GetStage", client.get_stage().arn("arn").send()).await.optional()?;
    println!("{}", stage.is_some());
    let delete = || client.delete_stage().arn("arn").send();
    while_code("ConflictException", Duration::from_secs(1), delete).await?;
    println!("{}", storage(&client, Some("bucket")).await?);
    println!("{:?} {:?}", meter.outcomes, meter.request_ids);
    Ok(())
}

#[cfg(test)]
mod tests {
    use aws_sdk_ivsrealtime::config::retry::RetryConfig;
    use harness::client::sdk_config;
    use harness::loopback::{LoopbackServer, Reply, Response};
    use serde_json::json;

    use super::*;

    async fn scripted(replies: Vec<Reply>) -> (Client, LoopbackServer) {
        let server = LoopbackServer::scripted(replies).await;
        let config = sdk_config(&server.url()).to_builder().retry_config(RetryConfig::disabled()).build();
        (Client::new(&config), server)
    }

    fn refusal(status: u16, code: &str) -> Reply {
        Response::error(status, code, &json!({})).header("x-amzn-requestid", code).into()
    }

    #[tokio::test]
    async fn not_found_is_none_for_any_operation() {
        let gone = || refusal(404, "ResourceNotFoundException");
        let (client, _server) = scripted(vec![gone(), gone(), refusal(403, "AccessDeniedException")]).await;
        assert!(client.get_stage().arn("a").send().await.optional().unwrap().is_none());
        assert!(client.get_public_key().arn("a").send().await.optional().unwrap().is_none());
        let error = client.get_composition().arn("a").send().await.optional().unwrap_err();
        assert!(error.into_service_error().is_access_denied_exception());
    }

    #[tokio::test]
    async fn a_conflict_is_waited_for_and_not_for_ever() {
        let busy = || refusal(409, "ConflictException");
        let (client, server) = scripted(vec![busy(), busy(), Response::new(200).into()]).await;
        let delete = || client.delete_stage().arn("a").send();
        while_code("ConflictException", Duration::ZERO, delete).await.unwrap();
        assert_eq!(server.requests().len(), 3);

        let (client, server) = scripted(vec![busy(), busy(), busy(), busy()]).await;
        let delete = || client.delete_encoder_configuration().arn("a").send();
        let error = while_code("ConflictException", Duration::ZERO, delete).await.unwrap_err();
        assert!(error.into_service_error().is_conflict_exception());
        assert_eq!(server.requests().len(), 4);
    }

    #[tokio::test]
    async fn calls_are_counted_by_outcome_with_their_request_ids() {
        let good = Response::json(&json!({"stages": []})).header("x-amzn-requestid", "good");
        let (client, _server) =
            scripted(vec![good.into(), refusal(400, "ValidationException"), refusal(400, "Odd"), Reply::Reset]).await;
        let mut meter = Meter::default();
        for _ in 0..3 {
            let _ = meter.measured("ListStages", client.list_stages().send()).await;
        }
        let _ = meter.measured("GetStage", client.get_stage().arn("a").send()).await;
        let outcomes: Vec<_> =
            meter.outcomes.iter().map(|((name, code), count)| format!("{name} {code} {count}")).collect();
        let expected =
            ["GetStage dispatch 1", "ListStages Odd 1", "ListStages ValidationException 1", "ListStages ok 1"];
        assert_eq!(outcomes, expected);
        assert_eq!(meter.request_ids, ["good", "ValidationException", "Odd"]);
    }

    #[tokio::test]
    async fn one_error_holds_calls_and_builders() {
        let (client, server) = scripted(vec![refusal(402, "ServiceQuotaExceededException")]).await;
        let error = storage(&client, None).await.unwrap_err();
        let text = "bad input: bucket_name was missing: bucket_name was not specified but it is required when building S3StorageConfiguration";
        assert_eq!(error.to_string(), text);
        assert_eq!(server.connections(), 0);
        let error = storage(&client, Some("bucket")).await.unwrap_err();
        assert!(error.to_string().starts_with("ServiceQuotaExceededException"), "{error}");
        assert!(matches!(error, AppError::Service(error) if matches!(*error, Error::ServiceQuotaExceededException(_))));
    }
}
