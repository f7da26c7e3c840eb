//! Renames a stage and reports what changed; tested with the SDK's own transports: recorded traffic, a captured request, a
//! client that never answers, a function that always does.

use std::time::Duration;

use aws_sdk_ivsrealtime::error::SdkError;
use aws_sdk_ivsrealtime::operation::update_stage::UpdateStageError;
use aws_sdk_ivsrealtime::{Client, Error};

/// Gives a stage a new name, and answers with the old one.
async fn rename(client: &Client, arn: &str, name: &str) -> Result<Option<String>, Error> {
    let before = client.get_stage().arn(arn).send().await?;
    let old = before.stage.and_then(|stage| stage.name);
    if old.as_deref() != Some(name) {
        client.update_stage().arn(arn).name(name).send().await?;
    }
    Ok(old)
}

/// The same, given up after a second.
async fn rename_quickly(client: &Client, arn: &str, name: &str) -> Result<(), SdkError<UpdateStageError>> {
    let call = client.update_stage().arn(arn).name(name).send();
    match tokio::time::timeout(Duration::from_secs(1), call).await {
        Ok(answer) => answer.map(|_| ()),
        Err(elapsed) => Err(SdkError::timeout_error(elapsed)),
    }
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let client = Client::new(&aws_config::load_from_env().await);
    println!("{:?}", rename(&client, "arn", "new").await?);
    rename_quickly(&client, "arn", "newer").await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use aws_sdk_ivsrealtime::Config;
    use aws_sdk_ivsrealtime::config::{BehaviorVersion, Credentials, HttpClient, Region};
    use aws_smithy_async::time::StaticTimeSource;
    use aws_smithy_http_client::test_util::{
        NeverClient, ReplayEvent, StaticReplayClient, capture_request, infallible_client_fn,
    };
    use aws_smithy_types::body::SdkBody;

    use super::*;

    const ENDPOINT: &str = "https://ivsrealtime.us-west-2.amazonaws.com";

    fn client(http_client: impl HttpClient + 'static) -> Client {
        let config = Config::builder()
            .with_test_defaults()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("us-west-2"))
            .credentials_provider(Credentials::for_tests_with_session_token())
            .http_client(http_client)
            .build();
        Client::from_conf(config)
    }

    fn event(operation: &str, request: &'static str, status: u16, response: &'static str) -> ReplayEvent {
        let request = http::Request::post(format!("{ENDPOINT}/{operation}"))
            .header("content-type", "application/json")
            .body(SdkBody::from(request));
        let response = http::Response::builder().status(status).body(SdkBody::from(response));
        ReplayEvent::new(request.unwrap(), response.unwrap())
    }

    #[tokio::test]
    async fn recorded_traffic_is_replayed_and_compared() {
        let recorded = StaticReplayClient::new(vec![
            event("GetStage", r#"{"arn":"arn:1"}"#, 200, r#"{"stage":{"arn":"arn:1","name":"old"}}"#),
            event("UpdateStage", r#"{"name":"new","arn":"arn:1"}"#, 200, r#"{"stage":{"arn":"arn:1","name":"new"}}"#),
        ]);
        let old = rename(&client(recorded.clone()), "arn:1", "new").await.unwrap();
        assert_eq!(old.as_deref(), Some("old"));
        recorded.assert_requests_match(&[]);
        recorded.relaxed_requests_match();
        assert_eq!(recorded.actual_requests().count(), 2);
    }

    #[tokio::test]
    async fn a_name_that_is_the_same_needs_one_request() {
        let recorded =
            StaticReplayClient::new(vec![event("GetStage", "{}", 200, r#"{"stage":{"arn":"a","name":"new"}}"#)]);
        rename(&client(recorded.clone()), "a", "new").await.unwrap();
        assert_eq!(
            recorded.actual_requests().map(|request| request.uri()).collect::<Vec<_>>(),
            [format!("{ENDPOINT}/GetStage")]
        );
    }

    #[tokio::test]
    async fn a_recorded_refusal_is_the_error_of_its_operation() {
        let recorded =
            StaticReplayClient::new(vec![event("GetStage", "{}", 404, r#"{"__type":"ResourceNotFoundException"}"#)]);
        let error = rename(&client(recorded), "a", "new").await.unwrap_err();
        assert!(matches!(error, Error::ResourceNotFoundException(_)), "{error:?}");
    }

    #[tokio::test]
    async fn a_captured_request_is_the_same_at_a_fixed_time() {
        let answer = http::Response::builder().status(200).body(SdkBody::from(r#"{"stage":{"arn":"a","name":"new"}}"#));
        let (http_client, captured) = capture_request(Some(answer.unwrap()));
        let fixed = StaticTimeSource::new(UNIX_EPOCH + Duration::from_secs(1_700_000_000));
        let config = client(http_client).config().to_builder().time_source(fixed).build();
        rename(&Client::from_conf(config), "arn:1", "new").await.unwrap();
        let request = captured.expect_request();
        assert_eq!((request.method(), request.uri()), ("POST", &*format!("{ENDPOINT}/GetStage")));
        assert_eq!(request.headers().get("x-amz-date"), Some("20231114T221320Z"));
        assert_eq!(request.headers().get("x-amz-security-token"), Some("notarealsessiontoken"));
        let authorization = request.headers().get("authorization").unwrap();
        let scope = "AWS4-HMAC-SHA256 Credential=ANOTREAL/20231114/us-west-2/ivs/aws4_request, ";
        assert!(authorization.starts_with(scope), "{authorization}");
        assert_eq!(request.body().bytes(), Some(&br#"{"arn":"arn:1"}"#[..]));
    }

    #[tokio::test]
    async fn a_request_that_is_never_made_is_not_captured() {
        let (http_client, captured) = capture_request(None);
        drop(client(http_client));
        captured.expect_no_request();
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_that_never_answers_times_out() {
        let never = NeverClient::new();
        let error = rename_quickly(&client(never.clone()), "a", "new").await.unwrap_err();
        assert!(matches!(error, SdkError::TimeoutError(_)));
        assert_eq!(never.num_calls(), 1);
    }

    #[tokio::test]
    async fn a_function_answers_by_what_it_is_asked() {
        let http_client = infallible_client_fn(|request: http::Request<SdkBody>| match request.uri().path() {
            "/GetStage" => http::Response::builder().status(200).body(r#"{"stage":{"arn":"a","name":"old"}}"#).unwrap(),
            _ => http::Response::builder()
                .status(409)
                .header("x-amzn-errortype", "ConflictException")
                .body(r#"{"exceptionMessage":"busy"}"#)
                .unwrap(),
        });
        let error = rename(&client(http_client), "a", "new").await.unwrap_err();
        let Error::ConflictException(conflict) = error else { panic!("{error:?}") };
        assert_eq!(conflict.exception_message(), Some("busy"));
    }
}
