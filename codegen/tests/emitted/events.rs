//! Streams of events: what receives them, their union, their errors.

use serde_json::json;

use crate::fixture::{Fixture, assert_snapshot};

/// The fixtures of this file.
pub(crate) const FIXTURES: &[fn() -> Fixture] = &[weather, weather_by_calls, weather_of_types];

/// A service that tells of the weather as it changes.
pub(crate) fn weather() -> Fixture {
    told(clouded(whispering(Fixture::new("weather"))).operation(
        "Watch",
        "GET /weather/{place}",
        &["place: String @httpLabel @required"],
        &["station: String @httpHeader(\"x-station\")", "changes: Weather @httpPayload @required"],
        &["Gone"],
    ))
}

fn told(fixture: Fixture) -> Fixture {
    fixture
        .union("Weather @streaming", &["wind: Wind", "rain: Rain", "storm: Storm", "gone: Gone"])
        .structure("Wind", &["speed: Integer @eventHeader", "from: String @eventHeader", "gusts: Gusts @eventPayload"])
        .structure("Gusts", &["speeds: Speeds"])
        .list("Speeds", "Integer")
        .structure("Rain", &["since: Timestamp @eventHeader", "amount: Double", "unit: String"])
        .structure("Storm @error(\"server\")", &["message: String", "strength: Integer"])
        .structure("Gone @error(\"client\")", &["message: String"])
}

/// The same in a protocol without HTTP bindings.
pub(crate) fn weather_by_calls() -> Fixture {
    let fixture = Fixture::new("weather-by-calls")
        .without_service_trait("aws.protocols#restJson1")
        .service_trait("aws.protocols#awsJson1_1", json!({}));
    told(fixture.operation("Watch", "POST /", &["place: String"], &["station: String", "changes: Weather"], &[]))
}

fn weather_of_types() -> Fixture {
    weather().named("weather-of-types").types_alone()
}

/// Events with something that nobody may read in an error.
fn whispering(fixture: Fixture) -> Fixture {
    fixture
        .simple("Secret @sensitive", "string")
        .structure("Whisper", &["words: Secret"])
        .union("Whispers @streaming", &["whisper: Whisper"])
        .operation("Listen", "GET /whispers", &[], &["whispers: Whispers @httpPayload"], &[])
}

/// Events that are enums, and have enums in their headers.
fn clouded(fixture: Fixture) -> Fixture {
    fixture
        .string_enum("Cover", &["CLEAR", "BROKEN"])
        .int_enum("Octas", &["NONE @enumValue(0)", "ALL @enumValue(8)"])
        .structure("Sky", &["cover: Cover @eventPayload", "before: Cover @eventHeader", "octas: Octas @eventHeader"])
        .union("Skies @streaming", &["sky: Sky"])
        .operation("LookUp", "GET /sky", &[], &["skies: Skies @httpPayload"], &[])
}

#[test]
fn an_output_has_what_receives_its_events() {
    assert_snapshot("events_output", &weather().items("src/operation/watch.rs", &["WatchOutput"]));
}

#[test]
fn events_are_a_union_without_the_errors_of_the_stream() {
    assert_snapshot("events_union", &weather().types(&["Weather"]));
}

#[test]
fn members_of_events_are_bound_to_their_message() {
    assert_snapshot("events_bindings", &weather().types(&["Wind", "Rain"]));
}

#[test]
fn an_enum_is_a_payload_or_a_header_of_an_event_as_what_it_is_made_of() {
    let sky = weather().types(&["Sky"]);
    let rows = "0 cover: PAYLOAD \"cover\",\n        1 before: HEADER \"before\",\n        2 octas: HEADER \"octas\",";
    assert!(sky.contains(rows) && sky.contains("pub octas: Option<i32>"), "{sky}");
}

#[test]
fn errors_of_a_stream_are_an_enum_of_their_own_by_the_names_of_its_members() {
    assert_snapshot("events_errors", &weather().file("src/types/error/event_streams.rs"));
    let exceptions = weather().file("src/types/error.rs");
    assert!(
        exceptions.contains("pub use event_streams::{SkiesError, WeatherError, WhispersError};")
            && exceptions.contains("pub struct Storm {")
    );
    // No operation lists it.
    let root = weather().file("src/error.rs");
    assert!(root.contains("Storm(Storm)") && root.contains("is_storm: Storm"), "{root}");
}

#[test]
fn a_call_fails_by_the_errors_of_its_streams_too() {
    let error = weather_by_calls().items("src/operation/watch.rs", &["WatchError"]);
    let table = error.split("\n\n").find(|item| item.contains("operation_error! {"));
    insta::assert_snapshot!(table.unwrap_or_else(|| panic!("no table in:\n{error}")), @r"
    operation_error! {
        WatchError {
            Gone, is_gone;
            Storm, is_storm;
        }
    }
    ");
}

#[test]
fn without_bindings_a_stream_is_all_of_the_body_but_its_first_message() {
    let output = weather_by_calls().items("src/operation/watch.rs", &["WatchOutput"]);
    let rows = "        0 station: \"station\",\n        1 changes: PAYLOAD \"changes\" STREAM,\n";
    assert!(output.contains(rows), "{output}");
}

#[test]
fn nothing_to_tell_does_not_end_a_stream() {
    let watch = weather().file("src/operation/watch.rs");
    assert!(watch.contains(".may_stall()"), "{watch}");
}

#[test]
fn types_alone_have_the_events_and_nothing_that_receives_them() {
    let fixture = weather_of_types();
    assert!(fixture.types(&["Weather"]).contains("Rain(Rain)"));
    let output = fixture.file("src/operation/watch.rs");
    assert!(output.contains("station") && !output.contains("changes"), "{output}");
}

#[test]
fn events_with_secrets_are_known_as_such() {
    assert!(weather().file("src/types/error/event_streams.rs").contains("IS_SECRET: bool = true"));
    let output = weather().items("src/operation/listen.rs", &["ListenOutput"]);
    assert!(output.contains("PAYLOAD \"whispers\" SENSITIVE STREAM"), "{output}");
}

#[test]
fn the_manifest_asks_for_streams_of_events_where_there_are_some() {
    assert!(weather().manifest().contains("\"event-stream\""));
    assert!(!Fixture::new("still").manifest().contains("event-stream"));
}
