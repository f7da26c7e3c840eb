//! Opens a stage by name: the one that is there, or a new one. Tested with `aws-smithy-mocks`.

use aws_sdk_ivsrealtime::types::ParticipantTokenConfiguration;
use aws_sdk_ivsrealtime::{Client, Error};

/// What a host needs to begin.
#[derive(Debug, PartialEq)]
struct Opened {
    arn: String,
    token: Option<String>,
    created: bool,
}

/// Finds the stage of that name on any page, or creates it with a token for the host.
async fn open(client: &Client, name: &str, host: &str) -> Result<Opened, Error> {
    let mut pages = client.list_stages().into_paginator().send();
    while let Some(page) = pages.try_next().await? {
        if let Some(stage) = page.stages().iter().find(|stage| stage.name() == Some(name)) {
            let answer = client.create_participant_token().stage_arn(stage.arn()).user_id(host).send().await?;
            let token = answer.participant_token.and_then(|token| token.token);
            return Ok(Opened { arn: stage.arn.clone(), token, created: false });
        }
    }
    let token = ParticipantTokenConfiguration::builder().user_id(host).build();
    let answer = client.create_stage().name(name).participant_token_configurations(token).send().await?;
    let token = answer.participant_tokens().first().and_then(|token| token.token()).map(str::to_owned);
    let arn = answer.stage.map(|stage| stage.arn).unwrap_or_default();
    Ok(Opened { arn, token, created: true })
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let client = Client::new(&aws_config::load_from_env().await);
    println!("{:?}", open(&client, "standup", "ada").await?);
    Ok(())
}

#[cfg(test)]
mod tests {
    use aws_sdk_ivsrealtime::config::http::HttpResponse;
    use aws_sdk_ivsrealtime::config::retry::RetryConfig;
    use aws_sdk_ivsrealtime::error::{ErrorMetadata, ProvideErrorMetadata, SdkError};
    use aws_sdk_ivsrealtime::operation::RequestId;
    use aws_sdk_ivsrealtime::operation::create_participant_token::CreateParticipantTokenOutput;
    use aws_sdk_ivsrealtime::operation::create_stage::{CreateStageError, CreateStageOutput};
    use aws_sdk_ivsrealtime::operation::get_stage::{GetStageError, GetStageOutput};
    use aws_sdk_ivsrealtime::operation::list_stages::{ListStagesError, ListStagesOutput};
    use aws_sdk_ivsrealtime::types::error::{
        AccessDeniedException, ResourceNotFoundException, ServiceQuotaExceededException,
    };
    use aws_sdk_ivsrealtime::types::{ParticipantToken, Stage, StageSummary};
    use aws_smithy_mocks::{MockResponse, Rule, RuleMode, mock, mock_client};
    use aws_smithy_types::body::SdkBody;

    use super::*;

    fn page(names: &[&str], next: Option<&str>) -> ListStagesOutput {
        let stages = names.iter().map(|name| {
            StageSummary::builder().arn(format!("arn:{name}")).name(*name).build().expect("an ARN was given")
        });
        let page =
            ListStagesOutput::builder().set_stages(Some(stages.collect())).set_next_token(next.map(str::to_owned));
        page.build().expect("stages were given")
    }

    fn created() -> Rule {
        mock!(Client::create_stage).match_requests(|input| input.name() == Some("standup")).then_output(|| {
            let stage = Stage::builder().arn("arn:new").name("standup").build().expect("an ARN was given");
            let token = ParticipantToken::builder().token("secret").build();
            CreateStageOutput::builder().stage(stage).participant_tokens(token).build()
        })
    }

    #[tokio::test]
    async fn a_stage_on_the_second_page_is_found() {
        let pages = mock!(Client::list_stages)
            .sequence()
            .output(|| page(&["other"], Some("2")))
            .output(|| page(&["standup"], Some("3")))
            .build();
        let token = mock!(Client::create_participant_token).then_compute_output(|input| {
            let token =
                format!("{} for {}", input.stage_arn().unwrap_or_default(), input.user_id().unwrap_or_default());
            let token = ParticipantToken::builder().token(token).build();
            CreateParticipantTokenOutput::builder().participant_token(token).build()
        });
        let client = mock_client!(aws_sdk_ivsrealtime, RuleMode::MatchAny, [&pages, &token]);
        let opened = open(&client, "standup", "ada").await.unwrap();
        let expected =
            Opened { arn: "arn:standup".to_owned(), token: Some("arn:standup for ada".to_owned()), created: false };
        assert_eq!(opened, expected);
        assert_eq!((pages.num_calls(), token.num_calls()), (2, 1));
    }

    #[tokio::test]
    async fn a_stage_that_is_not_there_is_created() {
        let pages = mock!(Client::list_stages).then_output(|| page(&[], None));
        let stage = created();
        let client = mock_client!(aws_sdk_ivsrealtime, [&pages, &stage]);
        let opened = open(&client, "standup", "ada").await.unwrap();
        assert_eq!(opened, Opened { arn: "arn:new".to_owned(), token: Some("secret".to_owned()), created: true });
        assert_eq!(stage.num_calls(), 1);
    }

    #[tokio::test]
    async fn an_error_of_the_operation_comes_back_as_it_is() {
        let pages = mock!(Client::list_stages).then_output(|| page(&[], None));
        let full = mock!(Client::create_stage).then_error(|| {
            let meta = ErrorMetadata::builder().code("ServiceQuotaExceededException").build();
            let cause = ServiceQuotaExceededException::builder().exception_message("100 stages").meta(meta).build();
            CreateStageError::ServiceQuotaExceededException(cause)
        });
        let client = mock_client!(aws_sdk_ivsrealtime, RuleMode::Sequential, [&pages, &full]);
        let error = open(&client, "standup", "ada").await.unwrap_err();
        assert_eq!(error.code(), Some("ServiceQuotaExceededException"));
        let Error::ServiceQuotaExceededException(cause) = error else { panic!("{error:?}") };
        assert_eq!(cause.exception_message(), Some("100 stages"));
    }

    #[tokio::test]
    async fn busy_answers_are_retried_in_a_sequence() {
        let pages =
            mock!(Client::list_stages).sequence().http_status(503, None).times(2).output(|| page(&[], None)).build();
        let stage = created();
        let client = mock_client!(aws_sdk_ivsrealtime, [&pages, &stage]);
        open(&client, "standup", "ada").await.unwrap();
        assert_eq!(pages.num_calls(), 3);
    }

    #[tokio::test]
    async fn without_retries_the_first_busy_answer_is_final() {
        let pages = mock!(Client::list_stages).sequence().http_status(503, Some("{}".to_owned())).repeatedly().build();
        let client = mock_client!(aws_sdk_ivsrealtime, RuleMode::Sequential, [&pages], |config| {
            config.retry_config(RetryConfig::disabled())
        });
        let error = client.list_stages().send().await.unwrap_err();
        assert_eq!(error.raw_response().map(|response| response.status().as_u16()), Some(503));
        assert_eq!(pages.num_calls(), 1);
    }

    #[tokio::test]
    async fn a_raw_answer_goes_through_the_decoder() {
        let raw = mock!(Client::list_stages).then_http_response(|| {
            let body = SdkBody::from(r#"{"message":"no"}"#);
            let mut response = HttpResponse::new(403.try_into().unwrap(), body);
            response.headers_mut().insert("x-amzn-errortype", "AccessDeniedException:");
            response.headers_mut().insert("x-amzn-requestid", "request-5");
            response
        });
        let client = mock_client!(aws_sdk_ivsrealtime, [&raw]);
        let error = client.list_stages().send().await.unwrap_err();
        assert_eq!((error.code(), error.message()), (Some("AccessDeniedException"), Some("no")));
        assert_eq!(error.request_id(), Some("request-5"));
        assert!(error.into_service_error().is_access_denied_exception());
    }

    #[tokio::test]
    async fn the_answer_may_depend_on_the_input() {
        let stages = mock!(Client::get_stage).then_compute_response(|input| match input.arn() {
            Some("arn:there") => {
                let stage = Stage::builder().arn("arn:there").build().expect("an ARN was given");
                MockResponse::Output(GetStageOutput::builder().stage(stage).build())
            }
            _ => {
                let gone = ResourceNotFoundException::builder().build();
                MockResponse::Error(GetStageError::ResourceNotFoundException(gone))
            }
        });
        let client = mock_client!(aws_sdk_ivsrealtime, RuleMode::MatchAny, [&stages]);
        assert!(client.get_stage().arn("arn:there").send().await.is_ok());
        let error = client.get_stage().arn("arn:other").send().await.unwrap_err();
        assert!(matches!(&error, SdkError::ServiceError(cause) if cause.err().is_resource_not_found_exception()));
        assert_eq!(stages.num_calls(), 2);
    }

    #[tokio::test]
    async fn errors_can_be_unlike_the_model() {
        let odd = mock!(Client::list_stages)
            .then_error(|| ListStagesError::generic(ErrorMetadata::builder().code("Invented").message("odd").build()));
        let denied = mock!(Client::list_stages).then_error(|| {
            ListStagesError::AccessDeniedException(AccessDeniedException::builder().message("no").build())
        });
        let client = mock_client!(aws_sdk_ivsrealtime, RuleMode::Sequential, [&odd, &denied]);
        let error = client.list_stages().send().await.unwrap_err();
        assert_eq!((error.code(), error.message()), (Some("Invented"), Some("odd")));
        let error = client.list_stages().send().await.unwrap_err().into_service_error();
        assert_eq!(error.to_string(), "AccessDeniedException: no");
    }
}
