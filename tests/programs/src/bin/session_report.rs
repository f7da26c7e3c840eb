//! Reports who took part in the sessions of a stage, as JSON of the program's own types.

use std::time::{Duration, SystemTime};

use aws_sdk_ivsrealtime::error::BoxError;
use aws_sdk_ivsrealtime::primitives::{DateTime, DateTimeFormat};
use aws_sdk_ivsrealtime::types::{EventName, Participant, ParticipantState, StageSessionSummary};
use aws_sdk_ivsrealtime::{Client, Error};
use serde::{Deserialize, Serialize};

#[derive(Debug, Deserialize, PartialEq, Serialize)]
struct SessionReport {
    session: String,
    #[serde(with = "timestamp")]
    started: Option<DateTime>,
    #[serde(with = "timestamp")]
    ended: Option<DateTime>,
    seconds: Option<u64>,
    people: Vec<Person>,
}

#[derive(Debug, Deserialize, PartialEq, Serialize)]
struct Person {
    user: Option<String>,
    state: Option<String>,
    published: bool,
    browser: Option<String>,
    recording: Option<String>,
    problems: Vec<String>,
}

/// Timestamps of the SDK in types of one's own.
mod timestamp {
    use super::{DateTime, DateTimeFormat};
    use serde::{Deserialize, Deserializer, Serializer, de, ser};

    pub(super) fn serialize<S: Serializer>(time: &Option<DateTime>, serializer: S) -> Result<S::Ok, S::Error> {
        match time {
            None => serializer.serialize_none(),
            Some(time) => serializer.serialize_some(&time.fmt(DateTimeFormat::DateTime).map_err(ser::Error::custom)?),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<DateTime>, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        let read = |text: String| DateTime::from_str(&text, DateTimeFormat::DateTime).map_err(de::Error::custom);
        text.map(read).transpose()
    }
}

impl Person {
    fn new(participant: Participant, problems: Vec<String>) -> Self {
        let recording = participant.recording_s3_bucket_name().zip(participant.recording_s3_prefix());
        Self {
            recording: recording.map(|(bucket, prefix)| format!("s3://{bucket}/{prefix}")),
            state: participant.state().map(ParticipantState::to_string),
            published: participant.published(),
            user: participant.user_id,
            browser: participant.browser_name,
            problems,
        }
    }
}

/// How long a session lasted, if it has ended.
fn duration(session: &StageSessionSummary) -> Option<Duration> {
    let (start, end) = (*session.start_time()?, *session.end_time()?);
    SystemTime::try_from(end).ok()?.duration_since(SystemTime::try_from(start).ok()?).ok()
}

async fn problems(client: &Client, stage: &str, session: &str, participant: &str) -> Result<Vec<String>, Error> {
    let request = client.list_participant_events().stage_arn(stage).session_id(session).participant_id(participant);
    let pages = request.into_paginator().send().try_collect().await?;
    let events = pages.into_iter().flat_map(|page| page.events);
    let failed =
        events.filter(|event| matches!(event.name(), Some(EventName::PublishError | EventName::SubscribeError)));
    Ok(failed.filter_map(|event| Some(format!("{} at {}", event.error_code()?, event.event_time()?))).collect())
}

async fn report(client: &Client, stage: &str) -> Result<Vec<SessionReport>, BoxError> {
    let mut reports = Vec::new();
    let mut sessions = client.list_stage_sessions().stage_arn(stage).into_paginator().send();
    while let Some(page) = sessions.try_next().await? {
        for summary in page.stage_sessions() {
            let session = summary.session_id().ok_or("a session without an id")?;
            let listed = client.list_participants().stage_arn(stage).session_id(session).send().await?;
            let mut people = Vec::new();
            for id in listed.participants().iter().filter_map(|participant| participant.participant_id()) {
                let request = client.get_participant().stage_arn(stage).session_id(session).participant_id(id);
                if let Some(participant) = request.send().await?.participant {
                    people.push(Person::new(participant, problems(client, stage, session, id).await?));
                }
            }
            reports.push(SessionReport {
                session: session.to_owned(),
                started: summary.start_time().copied(),
                ended: summary.end_time,
                seconds: duration(summary).map(|duration| duration.as_secs()),
                people,
            });
        }
    }
    Ok(reports)
}

#[tokio::main]
async fn main() -> Result<(), BoxError> {
    let stage = std::env::args().nth(1).ok_or("usage: session_report STAGE_ARN")?;
    let client = Client::new(&aws_config::load_from_env().await);
    println!("{}", serde_json::to_string_pretty(&report(&client, &stage).await?)?);
    Ok(())
}

#[cfg(test)]
mod tests {
    use harness::client::sdk_config;
    use harness::loopback::{LoopbackServer, Response};
    use serde_json::json;

    use super::*;

    async fn server() -> LoopbackServer {
        LoopbackServer::answering(|request| {
            let body = match request.path.as_str() {
                "/ListStageSessions" => json!({"stageSessions": [
                    {"sessionId": "st-1", "startTime": "2026-11-17T10:00:00Z", "endTime": "2026-11-17T11:30:00.5Z"},
                    {"sessionId": "st-2", "startTime": "2026-11-18T10:00:00Z"},
                ]}),
                "/ListParticipants" if request.json().unwrap()["sessionId"] == "st-1" => {
                    json!({"participants": [{"participantId": "p-1"}]})
                }
                "/ListParticipants" => json!({"participants": []}),
                "/GetParticipant" => json!({"participant": {
                    "participantId": "p-1", "userId": "ada", "state": "DISCONNECTED", "published": true,
                    "browserName": "Lynx", "recordingS3BucketName": "b", "recordingS3Prefix": "p/1", "newMember": {},
                }}),
                "/ListParticipantEvents" => json!({"events": [
                    {"name": "JOINED", "eventTime": "2026-11-17T10:00:01Z"},
                    {"name": "PUBLISH_ERROR", "eventTime": "2026-11-17T10:00:02Z", "errorCode": "BITRATE_EXCEEDED"},
                ]}),
                other => panic!("nobody asked for {other}"),
            };
            Response::json(&body).into()
        })
        .await
    }

    #[tokio::test]
    async fn a_report_is_json_that_can_be_read_back() {
        let server = server().await;
        let reports = report(&Client::new(&sdk_config(&server.url())), "arn").await.unwrap();
        let json = serde_json::to_value(&reports).unwrap();
        let person = json!({
            "user": "ada", "state": "DISCONNECTED", "published": true, "browser": "Lynx", "recording": "s3://b/p/1",
            "problems": ["BITRATE_EXCEEDED at 2026-11-17T10:00:02Z"],
        });
        let expected = json!([
            {
                "session": "st-1", "started": "2026-11-17T10:00:00Z", "ended": "2026-11-17T11:30:00.5Z",
                "seconds": 5400, "people": [person],
            },
            {"session": "st-2", "started": "2026-11-18T10:00:00Z", "ended": null, "seconds": null, "people": []},
        ]);
        assert_eq!(json, expected);
        assert_eq!(serde_json::from_value::<Vec<SessionReport>>(json).unwrap(), reports);
    }

    #[tokio::test]
    async fn a_session_without_an_id_is_refused() {
        let server = LoopbackServer::scripted([Response::json(&json!({"stageSessions": [{}]}))]).await;
        let error = report(&Client::new(&sdk_config(&server.url())), "arn").await.unwrap_err();
        assert_eq!(error.to_string(), "a session without an id");
    }
}
