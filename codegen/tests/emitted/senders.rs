//! Streams of events that a call sends.

use crate::fixture::Fixture;
use crate::runs::scribe;

#[test]
fn events_are_taken_out_of_an_input_that_has_no_copy() {
    let transcribe = scribe().file("src/operation/transcribe.rs");
    for part in [
        "const EVENTS: Option<TakeEvents<Self>> = Some(|input| take_events(&mut input.audio));",
        "    streaming TranscribeInput {\n",
        "    pub audio: EventStreamSender<AudioStream, crate::types::error::AudioStreamError>,\n",
        "        TranscribeInput => TranscribeInputBuilder, TranscribeFluentBuilder {\n",
        "        1 audio: PAYLOAD \"audio\" STREAM,\n",
        "        value audio, set_audio, get_audio: EventStreamSender<AudioStream, crate::types::error::AudioStreamError> = required;\n",
    ] {
        assert!(transcribe.contains(part), "{part}:\n{transcribe}");
    }
}

#[test]
fn only_who_sends_events_asks_for_what_signs_them() {
    let listens =
        Fixture::new("ear").structure("Sound", &["text: String"]).union("Sounds @streaming", &["sound: Sound"]);
    let listens = listens.operation("Hear", "GET /sounds", &[], &["sounds: Sounds @httpPayload"], &[]);
    assert!(scribe().manifest().contains("\"event-stream-input\""));
    let manifest = listens.manifest();
    assert!(manifest.contains("\"event-stream\"") && !manifest.contains("event-stream-input"), "{manifest}");
}

#[test]
fn what_stands_before_a_stream_of_events_has_to_be_there_where_the_model_says_so() {
    let of = |sounds: &str| {
        let output = ["pitch: String @httpHeader(\"x-pitch\") @required", sounds];
        let fixture = Fixture::new("horn").structure("Sound", &["text: String"]);
        let fixture = fixture.union("Sounds @streaming", &["sound: Sound"]).structure("Silence", &["text: String"]);
        fixture.operation("Blow", "GET /sounds", &[], &output, &[]).file("src/operation/blow.rs")
    };
    let (streams, rests) = (of("sounds: Sounds @httpPayload"), of("silence: Silence @httpPayload"));
    assert!(streams.contains("0 pitch: HEADER \"x-pitch\" = \"pitch\" REQUIRED,"), "{streams}");
    assert!(rests.contains("0 pitch: HEADER \"x-pitch\" = \"pitch\","), "{rests}");
}
