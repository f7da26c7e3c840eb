//! Streams of events, and what their events are made of.

use serde_json::{Value, json};

use super::{member, member_with, operation, say_shapes};

/// What is said of a model with a stream of events at some place.
fn say_events(place: &str, events: Value) -> String {
    let mut shapes = json!({
        "a#Op": operation("/op", json!({"output": {"target": "a#Out"}})),
        "a#In": {"type": "structure", "members": {}},
        "a#Out": {"type": "structure", "members": {"held": member("a#Held")}},
        "a#Held": {"type": "structure", "members": {}},
        "a#Events": {"type": "union", "members": {"event": events}, "traits": {"smithy.api#streaming": {}}},
        "a#Event": {"type": "structure", "members": {
            "body": member_with("smithy.api#Blob", json!({"smithy.api#eventPayload": {}})),
        }},
    });
    let events = member_with("a#Events", json!({"smithy.api#httpPayload": {}}));
    shapes[place]["members"] = json!({"events": events});
    say_shapes(shapes)
}

#[test]
fn streams_of_events_are_in_what_operations_take_or_return() {
    insta::assert_snapshot!(say_events("a#Out", member("a#Event")), @"fine");
    insta::assert_snapshot!(say_events("a#In", member("a#Event")), @"fine");
    insta::assert_snapshot!(say_events("a#Held", member("a#Event")), @r"
    error: a#Events is a stream of events, which only the input or the output of an operation can hold
      --> one.json: a#Held$events (/shapes/a#Held/members/events/target)
      hint: make it a member of one of these, or target a shape that does not stream
    ");
}

#[test]
fn events_are_structures() {
    insta::assert_snapshot!(say_events("a#Out", member("smithy.api#String")), @r"
    error: an event is a structure, not a string
      --> one.json: a#Events$event (/shapes/a#Events/members/event/target)
      hint: target a structure with it as a member, which may have the trait smithy.api#eventPayload
    ");
}

#[test]
fn a_stream_of_events_does_not_hold_itself() {
    let shapes = json!({
        "a#In": {"type": "structure", "members": {"x": member_with("a#X", json!({"smithy.api#httpPayload": {}}))}},
        "a#X": {"type": "union", "members": {"x": member("a#X")}, "traits": {"smithy.api#streaming": {}}},
    });
    insta::assert_snapshot!(say_shapes(shapes), @r"
    error: no value of a#X can ever be built: a#X can only hold a#X (member x)
      --> one.json: a#X$x (/shapes/a#X/members/x)
      hint: make one of these members optional: remove smithy.api#required from it

    error: a#X is a stream of events, which only the input or the output of an operation can hold
      --> one.json: a#X$x (/shapes/a#X/members/x/target)
      hint: make it a member of one of these, or target a shape that does not stream

    error: an event is a structure, not a union
      --> one.json: a#X$x (/shapes/a#X/members/x/target)
      hint: target a structure with it as a member, which may have the trait smithy.api#eventPayload
    ");
}

#[test]
fn a_stream_of_events_is_the_body() {
    let shapes = json!({
        "a#In": {"type": "structure", "members": {"x": member("a#X")}},
        "a#X": {"type": "union", "members": {"y": member("a#Y")}, "traits": {"smithy.api#streaming": {}}},
        "a#Y": {"type": "structure", "members": {}},
    });
    insta::assert_snapshot!(say_shapes(shapes), @r"
    error: a#X is a stream of events, which is the whole body of a message
      --> one.json: a#In$x (/shapes/a#In/members/x/target)
      hint: add smithy.api#httpPayload to the member
    ");
}

#[test]
fn a_stream_of_events_has_an_error_once() {
    let shapes = json!({
        "a#In": {"type": "structure", "members": {"x": member_with("a#X", json!({"smithy.api#httpPayload": {}}))}},
        "a#X": {
            "type": "union",
            "members": {"one": member("a#Bad"), "other": member("a#Bad")},
            "traits": {"smithy.api#streaming": {}},
        },
        "a#Bad": {"type": "structure", "members": {}, "traits": {"smithy.api#error": "client"}},
    });
    insta::assert_snapshot!(say_shapes(shapes), @r"
    error: one and other are the same error a#Bad
      --> one.json: a#X$other (/shapes/a#X/members/other/target)
      hint: leave out the operations that reach it
    ");
}

#[test]
fn an_event_has_one_payload() {
    let payload = json!({"smithy.api#eventPayload": {}});
    let shapes = json!({
        "a#In": {"type": "structure", "members": {"x": member_with("a#X", json!({"smithy.api#httpPayload": {}}))}},
        "a#X": {"type": "union", "members": {"y": member("a#Y")}, "traits": {"smithy.api#streaming": {}}},
        "a#Y": {"type": "structure", "members": {
            "body": member_with("smithy.api#Integer", payload.clone()),
            "header": member_with("smithy.api#String", json!({"smithy.api#eventHeader": {}})),
            "other": member_with("smithy.api#Blob", payload),
            "rest": member("smithy.api#String"),
        }},
    });
    insta::assert_snapshot!(say_shapes(shapes), @r"
    error: other has no place in the event: body is the whole payload
      --> one.json: a#Y$other (/shapes/a#Y/members/other)
      hint: add smithy.api#eventHeader to it, or put it into the payload

    error: rest has no place in the event: body is the whole payload
      --> one.json: a#Y$rest (/shapes/a#Y/members/rest)
      hint: add smithy.api#eventHeader to it, or put it into the payload

    error: the payload of an event is a blob, a string, a structure or a union, not an integer
      --> one.json: a#Y$body (/shapes/a#Y/members/body/target)
      hint: remove smithy.api#eventPayload, so that it is a member of the payload
    ");
}
