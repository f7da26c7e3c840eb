//! Exceptions, the error enums of operations, and the root error.

use serde_json::json;

use crate::fixture::{Fixture, assert_snapshot};

/// The fixtures of this file.
pub(crate) const FIXTURES: &[fn() -> Fixture] = &[errors, without_errors, query_compatible];

fn errors() -> Fixture {
    Fixture::new("errors")
        .structure("Busy @error(\"server\") @httpError(503) @retryable", &["message: String"])
        .structure("SlowDown @error(\"client\") @retryable({\"throttling\": true})", &["Message: String @required"])
        .structure(
            "Refused @error(\"client\") @httpError(403) @documentation(\"Not allowed. Ask for it.\")",
            &[
                "reason: String @required",
                "requestOf: String @httpHeader(\"X-Request-Of\")",
                "exceptionMessage: String",
            ],
        )
        .operation("DoIt", "POST /do", &[], &[], &["SlowDown", "Refused", "Busy"])
        .operation("DoLess", "POST /less", &[], &[], &["Busy"])
}

#[test]
fn exceptions_have_a_message_whether_or_not_the_model_gives_one() {
    assert_snapshot("exceptions", &errors().file("src/types/error.rs"));
}

#[test]
fn the_error_of_an_operation_has_exactly_its_exceptions() {
    assert_snapshot("operation_error", &errors().items("src/operation/do_it.rs", &["DoItError"]));
}

#[test]
fn the_root_error_has_the_exceptions_of_all_operations() {
    assert_snapshot("root_error", &errors().file("src/error.rs"));
}

fn without_errors() -> Fixture {
    Fixture::new("without-errors").operation("DoIt", "POST /do", &[], &[], &[])
}

#[test]
fn an_operation_without_exceptions_still_has_an_error() {
    assert_snapshot("operation_error_empty", &without_errors().file("src/operation/do_it.rs"));
}

fn query_compatible() -> Fixture {
    Fixture::new("query-compatible")
        .without_service_trait("aws.protocols#restJson1")
        .service_trait("aws.protocols#awsJson1_0", json!({}))
        .service_trait("aws.protocols#awsQueryCompatible", json!({}))
        .structure(
            "QueueGone @error(\"client\") @aws.protocols#awsQueryError({\"code\": \"AWS.Queue.Gone\", \"httpResponseCode\": 400})",
            &["message: String"],
        )
        .operation("DoIt", "POST /", &[], &[], &["QueueGone"])
}

#[test]
fn a_service_that_was_a_query_service_keeps_the_codes_of_that_time() {
    assert_snapshot("query_compatible", &query_compatible().items("src/operation/do_it.rs", &["DoItError"]));
}
