//! Enums: matched with an arm for what is not known yet, read from settings, printed, counted, sorted.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use aws_sdk_ivsrealtime::types::{
    Event, EventErrorCode, EventName, ParticipantProtocol, ParticipantRecordingMediaType, ParticipantTokenCapability,
    VideoFillMode,
};
use aws_sdk_ivsrealtime::{Client, Error};

/// A word for people. The last arm is needed, as the enum may grow.
fn label(event: &EventName) -> &str {
    match event {
        EventName::Joined => "came in",
        EventName::Left => "left",
        EventName::PublishStarted | EventName::PublishStopped => "changed what is shown",
        EventName::PublishError | EventName::SubscribeError | EventName::JoinError => "had a problem",
        // The way that the SDK recommends for a value which a newer service sends.
        other if other.as_str() == "HAND_RAISED" => "asks to speak",
        _ => "did something",
    }
}

/// Whether trying again may help.
fn is_lasting(code: &EventErrorCode) -> bool {
    !matches!(
        code,
        EventErrorCode::QuotaExceeded | EventErrorCode::InternalServerException | EventErrorCode::PublisherNotFound
    )
}

/// Capabilities as settings name them; what no version of the SDK knows is an error here, not at the service.
fn capabilities(setting: &str) -> Result<BTreeSet<ParticipantTokenCapability>, String> {
    let one = |name: &str| ParticipantTokenCapability::try_parse(name).map_err(|error| format!("{name}: {error}"));
    setting.split(',').map(|name| one(name.trim())).collect()
}

/// The media type of a setting, whatever it is: `parse` knows no error.
fn media_type(setting: &str) -> ParticipantRecordingMediaType {
    setting.parse().unwrap_or(ParticipantRecordingMediaType::AudioVideo)
}

/// How often each thing happened.
fn count(events: &[Event]) -> BTreeMap<String, usize> {
    let mut counts: HashMap<&EventName, usize> = HashMap::new();
    for name in events.iter().filter_map(Event::name) {
        *counts.entry(name).or_default() += 1;
    }
    counts.into_iter().map(|(name, count)| (name.to_string(), count)).collect()
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let client = Client::new(&aws_config::load_from_env().await);
    let events = client.list_participant_events().stage_arn("arn").session_id("s").participant_id("p").send().await?;
    for event in events.events() {
        println!("{}", event.name().map_or("-", label));
        if let Some(code) = event.error_code() {
            println!("{code}, lasting: {}", is_lasting(code));
        }
    }
    println!("{:?} {:?}", count(events.events()), capabilities("PUBLISH, SUBSCRIBE"));
    println!("{} {:?}", media_type("AUDIO_ONLY"), VideoFillMode::values());
    println!("{}", ParticipantProtocol::UnknownValue);
    Ok(())
}

#[cfg(test)]
mod tests {
    use harness::client::sdk_config;
    use harness::loopback::{LoopbackServer, Response};
    use serde_json::json;

    use super::*;

    #[tokio::test]
    async fn values_of_a_newer_service_are_kept_and_sent_back() {
        let events = json!({"events": [
            {"name": "JOINED"}, {"name": "HAND_RAISED"}, {"name": "JOINED"}, {"name": "SNEEZED"}, {},
            {"name": "PUBLISH_ERROR", "errorCode": "B_FRAME_PRESENT"},
        ]});
        let server = LoopbackServer::scripted([Response::json(&events), Response::json(&json!({}))]).await;
        let client = Client::new(&sdk_config(&server.url()));
        let call = client.list_participant_events().stage_arn("arn").session_id("s").participant_id("p");
        let events = call.send().await.unwrap().events;
        let labels: Vec<_> = events.iter().map(|event| event.name().map_or("-", label)).collect();
        assert_eq!(labels, ["came in", "asks to speak", "came in", "did something", "-", "had a problem"]);
        let counts = count(&events);
        let expected = [("HAND_RAISED", 1), ("JOINED", 2), ("PUBLISH_ERROR", 1), ("SNEEZED", 1)];
        assert_eq!(counts.iter().map(|(name, count)| (name.as_str(), *count)).collect::<Vec<_>>(), expected);
        assert_eq!(events[5].error_code(), Some(&EventErrorCode::BFramePresent));

        let call = client.create_participant_token().stage_arn("arn").capabilities("LISTEN".into());
        call.capabilities(ParticipantTokenCapability::Publish).send().await.unwrap();
        assert_eq!(server.requests()[1].json().unwrap()["capabilities"], json!(["LISTEN", "PUBLISH"]));
    }

    #[test]
    fn settings_are_checked_by_try_parse_and_taken_by_parse() {
        let both = capabilities("SUBSCRIBE,PUBLISH").unwrap();
        let names: Vec<_> = both.iter().map(AsRef::<str>::as_ref).collect();
        assert_eq!(names, ["PUBLISH", "SUBSCRIBE"], "they sort in the order of the model");
        assert_eq!(capabilities("PUBLISH,FLY").unwrap_err(), "FLY: unknown enum variant: 'FLY'");
        assert_eq!(media_type("AUDIO_ONLY"), ParticipantRecordingMediaType::AudioOnly);
        assert_eq!(media_type("HOLOGRAM").as_str(), "HOLOGRAM");
    }

    #[test]
    fn values_are_those_of_the_model() {
        assert_eq!(VideoFillMode::values(), ["CONTAIN", "COVER", "FILL"]);
        for value in EventName::values() {
            assert_eq!(EventName::try_parse(value).unwrap().as_str(), *value);
        }
        assert_eq!(ParticipantProtocol::from("UNKNOWN"), ParticipantProtocol::UnknownValue);
        assert_eq!(ParticipantProtocol::UnknownValue.to_string(), "UNKNOWN");
    }

    #[test]
    fn an_unknown_value_is_equal_to_itself_and_names_itself() {
        let unknown = EventName::from("SNEEZED");
        assert_eq!(unknown, "SNEEZED".parse().unwrap());
        assert_ne!(unknown, EventName::from("COUGHED"));
        assert_eq!(format!("{unknown:?} {unknown}"), r#"Unknown(UnknownVariantValue("SNEEZED")) SNEEZED"#);
        assert!(is_lasting(&EventErrorCode::from("ODD")));
        assert!(!is_lasting(&EventErrorCode::QuotaExceeded));
    }
}
