//! Answers that are not what the model says.

use ivs_realtime::error::{ProvideErrorMetadata, SdkError};
use ivs_realtime::types::CompositionState;
use tests::fake::Effect;

use super::{Bench, body};

const ARN: &str = "arn:aws:ivs:us-east-1:123456789012:composition/AbCd";

/// The words of the error that an answer to GetComposition leads to, last cause last.
async fn refused(bench: &Bench, text: &str) -> String {
    bench.fault("GetComposition", 1, body(text));
    let error = bench.single().get_composition().arn(ARN).send().await.expect_err("no answer of the service");
    assert!(matches!(error, SdkError::ServiceError(_)), "{error:?}");
    bench.told(&error);
    let mut last: &dyn std::error::Error = &error;
    while let Some(cause) = last.source() {
        last = cause;
    }
    last.to_string()
}

#[tokio::test]
async fn answers_that_are_not_of_the_model_are_refused_with_their_place() {
    let bench = Bench::new().await;
    let deep = format!(r#"{{"composition": {{"unknown": {}1{}}}}}"#, "[".repeat(100_000), "]".repeat(100_000));
    let cases = [
        ("no JSON", "{"),
        ("cut off", r#"{"composition": {"arn": "a"#),
        ("HTML", "<html></html>"),
        ("a list for a structure", r#"{"composition": []}"#),
        ("a number for a text", r#"{"composition": {"arn": 5}}"#),
        ("a text for a list", r#"{"composition": {"destinations": "x"}}"#),
        ("a text for a number", r#"{"composition": {"layout": {"grid": {"gridGap": "wide"}}}}"#),
        ("a number too large", r#"{"composition": {"layout": {"grid": {"gridGap": 99999999999}}}}"#),
        ("a huge exponent", r#"{"composition": {"layout": {"grid": {"gridGap": 1e999999999}}}}"#),
        ("no timestamp", r#"{"composition": {"startTime": "yesterday"}}"#),
        ("deep nesting", deep.as_str()),
    ];
    let mut told = Vec::new();
    for (what, text) in cases {
        told.push(format!("{what}: {}", refused(&bench, text).await));
    }
    assert_eq!(bench.served("GetComposition"), (cases.len(), 0));
    insta::assert_snapshot!(told.join("\n"), @"
    no JSON: the JSON text ends too early: expected a key in quotes at byte 1
    cut off: the JSON text ends too early: expected the closing quote of a string at byte 26
    HTML: expected an object at byte 0
    a list for a structure: expected an object at byte 16
    a number for a text: expected a string at byte 24
    a text for a list: expected an array at byte 33
    a text for a number: expected an integer at byte 48
    a number too large: expected an integer in the range of i32
    a huge exponent: expected an integer of 64 bits at byte 48
    no timestamp: expected a timestamp
    deep nesting: more than 512 objects and arrays inside each other at byte 540
    ");
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_is_not_asked_for_again() {
    let bench = Bench::new().await;
    bench.fault("ListStages", 1, body("{"));
    bench.client().list_stages().send().await.expect_err("no JSON");
    assert_eq!(bench.served("ListStages"), (1, 0));
}

#[tokio::test]
async fn missing_members_and_unknown_values_are_no_error() {
    let bench = Bench::new().await;
    bench.fault("GetComposition", 1, body(r#"{"composition": {}}"#));
    let found = bench.client().get_composition().arn(ARN).send().await.expect("required members may be missing");
    let found = found.composition().expect("it is there");
    assert_eq!((found.arn(), found.destinations().len()), ("", 0));
    bench.fault("GetComposition", 1, body(r#"{"composition": {"state": "DANCING", "color": "red"}, "more": [1]}"#));
    let found = bench.client().get_composition().arn(ARN).send().await.expect("newer services say more");
    let state = found.composition().expect("it is there").state().clone();
    assert_eq!(state.as_str(), "DANCING");
    assert!(!CompositionState::values().contains(&state.as_str()));
    bench.fault("GetComposition", 1, body(""));
    let found = bench.client().get_composition().arn(ARN).send().await.expect("nothing is an empty answer");
    assert_eq!(found.composition(), None);
}

#[tokio::test]
async fn errors_that_are_no_errors_of_the_service_keep_their_status() {
    let bench = Bench::new().await;
    let page = "<html>the proxy is not amused</html>";
    for (index, status) in [400, 403, 404].into_iter().enumerate() {
        let effect = Effect::Body { status, content_type: "text/html".to_owned(), text: page.to_owned() };
        bench.fault("ListStages", 1, effect);
        let error = bench.client().list_stages().send().await.expect_err("no success");
        assert_eq!(error.raw_response().map(|response| response.status().as_u16()), Some(status));
        assert_eq!(error.code(), None, "{error:?}");
        bench.told(&error);
        assert_eq!(bench.served("ListStages"), (index + 1, 0), "{error:?}");
    }
}

/// What is secret in an answer is not told, neither when it can be read nor when the rest of it cannot.
#[tokio::test]
async fn tokens_of_answers_are_not_told() {
    let bench = Bench::new().await;
    let stage = bench.stage().await;
    let made = bench.client().create_participant_token().stage_arn(&stage).send().await.expect("a token");
    let token = made.participant_token().and_then(|token| token.token()).expect("its text");
    bench.traces.keep_secret(token);
    bench.traces.check(&format!("{made:?}"));
    let secret = "a-token-that-nobody-may-see";
    bench.traces.keep_secret(secret);
    for rest in [r#", "duration": "long""#, r#", "duration": 5"#, ""] {
        bench.fault(
            "CreateParticipantToken",
            1,
            body(format!(r#"{{"participantToken": {{"token": "{secret}"{rest}}}"#)),
        );
        let error = bench.single().create_participant_token().stage_arn(&stage).send().await.expect_err("half of it");
        bench.told(&error);
        // Whoever asks for the body gets it all the same.
        let body = error.raw_response().and_then(|response| response.body().bytes()).expect("it was read");
        assert!(String::from_utf8_lossy(body).contains(secret));
    }
}
