//! Starts a composition and waits until it is active: with a growing pause between questions, until a deadline.

use std::fmt;
use std::time::Duration;

use aws_sdk_ivsrealtime::Client;
use aws_sdk_ivsrealtime::error::{DisplayErrorContext, SdkError};
use aws_sdk_ivsrealtime::operation::get_composition::GetCompositionError;
use aws_sdk_ivsrealtime::types::{
    Composition, CompositionState, DestinationConfiguration, DestinationState, LayoutConfiguration, PipConfiguration,
    S3DestinationConfiguration,
};
use tokio::time::{Instant, sleep, timeout_at};

/// How long to wait, and how often to ask.
#[derive(Clone, Copy, Debug)]
struct Patience {
    deadline: Duration,
    first_pause: Duration,
    longest_pause: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            deadline: Duration::from_secs(120),
            first_pause: Duration::from_secs(1),
            longest_pause: Duration::from_secs(8),
        }
    }
}

/// Why a composition did not become active.
#[derive(Debug)]
enum WatchError {
    Ended { state: CompositionState, failed_destinations: Vec<String> },
    Gone,
    TooLate { last: Option<CompositionState> },
    Call(Box<SdkError<GetCompositionError>>),
}

impl fmt::Display for WatchError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ended { state, failed_destinations } => {
                write!(formatter, "the composition is {state}, failed: {}", failed_destinations.join(", "))
            }
            Self::Gone => formatter.write_str("the composition is gone"),
            Self::TooLate { last: Some(state) } => write!(formatter, "still {state} at the deadline"),
            Self::TooLate { last: None } => formatter.write_str("no answer before the deadline"),
            Self::Call(error) => write!(formatter, "{}", DisplayErrorContext(error)),
        }
    }
}

impl std::error::Error for WatchError {}

impl From<SdkError<GetCompositionError>> for WatchError {
    fn from(error: SdkError<GetCompositionError>) -> Self {
        match error.as_service_error() {
            Some(cause) if cause.is_resource_not_found_exception() => Self::Gone,
            _ => Self::Call(Box::new(error)),
        }
    }
}

/// Asks until the composition is active.
async fn until_active(client: &Client, arn: &str, patience: Patience) -> Result<Composition, WatchError> {
    let deadline = Instant::now() + patience.deadline;
    let mut pause = patience.first_pause;
    let mut last = None;
    loop {
        let Ok(answer) = timeout_at(deadline, client.get_composition().arn(arn).send()).await else {
            return Err(WatchError::TooLate { last });
        };
        let composition = answer?.composition.ok_or(WatchError::Gone)?;
        match composition.state() {
            CompositionState::Active => return Ok(composition),
            CompositionState::Failed | CompositionState::Stopping | CompositionState::Stopped => {
                return Err(ended(&composition));
            }
            // Starting, or a state that this program does not know yet: both may still become active.
            other => last = Some(other.clone()),
        }
        if Instant::now() + pause >= deadline {
            return Err(WatchError::TooLate { last });
        }
        sleep(pause).await;
        pause = (pause * 2).min(patience.longest_pause);
    }
}

fn ended(composition: &Composition) -> WatchError {
    let failed =
        composition.destinations().iter().filter(|destination| *destination.state() == DestinationState::Failed);
    WatchError::Ended {
        state: composition.state().clone(),
        failed_destinations: failed.map(|destination| destination.id().to_owned()).collect(),
    }
}

/// Starts recording a stage, picture in picture, and waits.
async fn record(
    client: &Client,
    stage_arn: &str,
    storage_arn: &str,
    patience: Patience,
) -> Result<Composition, Box<dyn std::error::Error + Send + Sync>> {
    let layout = PipConfiguration::builder().featured_participant_attribute("host").pip_offset(8).build();
    let s3 = S3DestinationConfiguration::builder()
        .storage_configuration_arn(storage_arn)
        .set_encoder_configuration_arns(Some(Vec::new()))
        .build()?;
    let started = client
        .start_composition()
        .stage_arn(stage_arn)
        .layout(LayoutConfiguration::builder().pip(layout).build())
        .destinations(DestinationConfiguration::builder().name("archive").s3(s3).build())
        .send()
        .await?;
    let arn = started.composition().map(|composition| composition.arn()).ok_or("no composition in the answer")?;
    Ok(until_active(client, arn, patience).await?)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(stage), Some(storage)) = (arguments.next(), arguments.next()) else {
        return Err("usage: composition_watcher STAGE_ARN STORAGE_CONFIGURATION_ARN".into());
    };
    let client = Client::new(&aws_config::load_from_env().await);
    let composition = record(&client, &stage, &storage, Patience::default()).await?;
    println!("{} since {:?}", composition.arn(), composition.start_time());
    Ok(())
}

#[cfg(test)]
mod tests {
    use aws_smithy_http_client::test_util::{NeverClient, ReplayEvent, StaticReplayClient};
    use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
    use aws_smithy_types::body::SdkBody;
    use harness::client::sdk_config;
    use harness::expect::without_zeros;
    use harness::loopback::{LoopbackServer, Response};
    use serde_json::{Value, json};

    use super::*;

    fn composition(state: &str) -> Value {
        json!({ "composition": {
            "arn": "arn:c", "stageArn": "arn:s", "state": state, "layout": {},
            "destinations": [
                {"id": "one", "state": "ACTIVE", "configuration": {}},
                {"id": "two", "state": "FAILED", "configuration": {}},
            ],
        }})
    }

    /// A client whose answers need no socket, so that the test's clock can stand still.
    fn replaying(answers: impl IntoIterator<Item = (u16, Value)>) -> (Client, StaticReplayClient) {
        let events = answers.into_iter().map(|(status, body)| {
            let response = HttpResponse::new(status.try_into().unwrap(), SdkBody::from(body.to_string()));
            ReplayEvent::new(HttpRequest::empty(), response)
        });
        let http_client = StaticReplayClient::new(events.collect());
        let config = sdk_config("http://localhost").to_builder().http_client(http_client.clone()).build();
        (Client::new(&config), http_client)
    }

    #[tokio::test(start_paused = true)]
    async fn pauses_grow_until_it_is_active() {
        let states = ["STARTING", "STARTING", "WARMING_UP", "STARTING", "STARTING", "ACTIVE"];
        let (client, http_client) = replaying(states.map(|state| (200, composition(state))));
        let started = Instant::now();
        let active = until_active(&client, "arn:c", Patience::default()).await.unwrap();
        assert_eq!(active.state(), &CompositionState::Active);
        assert_eq!(http_client.actual_requests().count(), 6);
        assert_eq!(started.elapsed().as_secs(), 1 + 2 + 4 + 8 + 8);
    }

    #[tokio::test(start_paused = true)]
    async fn a_failed_composition_names_its_failed_destinations() {
        let (client, _) = replaying(["STARTING", "FAILED"].map(|state| (200, composition(state))));
        let error = until_active(&client, "arn:c", Patience::default()).await.unwrap_err();
        assert_eq!(error.to_string(), "the composition is FAILED, failed: two");
    }

    #[tokio::test(start_paused = true)]
    async fn the_deadline_ends_the_questions() {
        let (client, http_client) = replaying(vec![(200, composition("STARTING")); 9]);
        let patience = Patience { deadline: Duration::from_secs(10), ..Patience::default() };
        let error = until_active(&client, "arn:c", patience).await.unwrap_err();
        assert_eq!(error.to_string(), "still STARTING at the deadline");
        assert_eq!(http_client.actual_requests().count(), 4, "after 0, 1, 3 and 7 seconds");
    }

    #[tokio::test(start_paused = true)]
    async fn a_service_that_never_answers_ends_with_the_deadline() {
        let config = sdk_config("http://localhost").to_builder().http_client(NeverClient::new()).build();
        let error = until_active(&Client::new(&config), "arn:c", Patience::default()).await.unwrap_err();
        assert!(matches!(error, WatchError::TooLate { last: None }), "{error}");
    }

    #[tokio::test]
    async fn a_composition_that_is_gone_is_not_asked_for_again() {
        let gone = Response::error(404, "ResourceNotFoundException", &json!({"exceptionMessage": "none"}));
        let server = LoopbackServer::scripted([gone]).await;
        let client = Client::new(&sdk_config(&server.url()));
        let error = until_active(&client, "arn:c", Patience::default()).await.unwrap_err();
        assert!(matches!(error, WatchError::Gone), "{error}");
        assert_eq!(server.requests().len(), 1);
    }

    #[tokio::test]
    async fn a_recording_is_started_once_and_awaited() {
        let server =
            LoopbackServer::scripted(["STARTING", "ACTIVE"].map(|state| Response::json(&composition(state)))).await;
        let client = Client::new(&sdk_config(&server.url()));
        let active = record(&client, "arn:s", "arn:storage", Patience::default()).await.unwrap();
        assert_eq!(active.destinations().len(), 2);
        let requests = server.requests();
        let paths: Vec<&str> = requests.iter().map(|request| request.path.as_str()).collect();
        assert_eq!(paths, ["/StartComposition", "/GetComposition"]);
        let sent: Value = serde_json::from_slice(&requests[0].body).unwrap();
        let pip = without_zeros(&sent["layout"]["pip"], &["gridGap", "omitStoppedVideo"]);
        assert_eq!(pip, json!({"featuredParticipantAttribute": "host", "pipOffset": 8}));
        let expected = json!({"storageConfigurationArn": "arn:storage", "encoderConfigurationArns": []});
        assert_eq!(sent["destinations"][0]["s3"], expected);
        let token = sent["idempotencyToken"].as_str().unwrap();
        assert_eq!(token.len(), 36, "a UUID was made for the caller: {token}");
    }
}
