use aws_sdk_ivsrealtime::operation::create_stage::CreateStageError;
use aws_sdk_ivsrealtime::types::{ParticipantTokenCapability, ParticipantTokenConfiguration};
use aws_sdk_ivsrealtime::{Client, Error};

/// A stage with those who may enter it.
#[derive(Debug)]
pub struct Stage {
    pub arn: String,
    /// Tokens by user.
    pub tokens: Vec<(String, String)>,
}

/// Why there is no stage.
#[derive(Debug)]
pub enum NoStage {
    /// The account has as many stages as it may have.
    TooMany,
    /// The request was refused for what it says.
    Refused(String),
    Other(Error),
}

fn may(user: &str, publishes: bool) -> ParticipantTokenConfiguration {
    let mut token = ParticipantTokenConfiguration::builder()
        .user_id(user)
        .duration(120)
        .capabilities(ParticipantTokenCapability::Subscribe);
    if publishes {
        token = token.capabilities(ParticipantTokenCapability::Publish);
    }
    token.build()
}

/// Opens a stage for a host, who publishes, and guests, who watch.
pub async fn open(client: &Client, name: &str, host: &str, guests: &[&str]) -> Result<Stage, NoStage> {
    let guests = guests.iter().map(|guest| may(guest, false));
    let tokens = std::iter::once(may(host, true)).chain(guests).collect();
    let created = client
        .create_stage()
        .name(name)
        .set_participant_token_configurations(Some(tokens))
        .tags("show", name)
        .send()
        .await
        .map_err(|error| match error.into_service_error() {
            CreateStageError::ServiceQuotaExceededException(_) => NoStage::TooMany,
            CreateStageError::ValidationException(refused) => {
                NoStage::Refused(refused.exception_message().unwrap_or_default().to_owned())
            }
            other => NoStage::Other(other.into()),
        })?;
    let arn = created.stage().map(|stage| stage.arn().to_owned()).unwrap_or_default();
    let tokens = created
        .participant_tokens()
        .iter()
        .filter_map(|token| Some((token.user_id()?.to_owned(), token.token()?.to_owned())));
    Ok(Stage { arn, tokens: tokens.collect() })
}

/// Closes a stage; one that is gone already is fine.
pub async fn close(client: &Client, arn: &str) -> Result<(), Error> {
    match client.delete_stage().arn(arn).send().await {
        Err(error) if error.as_service_error().is_some_and(|error| error.is_resource_not_found_exception()) => Ok(()),
        other => other.map(drop).map_err(Error::from),
    }
}

/// The stages of shows with this name, from before.
pub async fn left_over(client: &Client, name: &str) -> Result<Vec<String>, Error> {
    let mut pages = client.list_stages().max_results(50).into_paginator().send();
    let mut found = Vec::new();
    while let Some(page) = pages.try_next().await? {
        for stage in page.stages() {
            if stage.tags().and_then(|tags| tags.get("show")).is_some_and(|show| show == name) {
                found.push(stage.arn().to_owned());
            }
        }
    }
    Ok(found)
}
