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
    let code =
        |code: &str| format!("@aws.protocols#awsQueryError({{\"code\": \"{code}\", \"httpResponseCode\": 400}})");
    let error = |name: &str, traits: &str| format!("{name} @error(\"client\") {traits}");
    Fixture::new("query-compatible")
        .without_service_trait("aws.protocols#restJson1")
        .service_trait("aws.protocols#awsJson1_0", json!({}))
        .service_trait("aws.protocols#awsQueryCompatible", json!({}))
        .structure(&error("GoneQueue", &code("AWS.Queue.Gone")), &["message: String"])
        .structure(&error("QueueFull", &code("QueueFull")), &["message: String"])
        .structure(&error("OneBusy", &code("Busy")), &["message: String"])
        .structure(&error("OtherBusy", &code("Busy")), &["message: String"])
        .structure(&error("RoomLost", &code("Lost")), &["message: String"])
        .structure(&error("Lost", ""), &["message: String"])
        .operation("DoIt", "POST /", &[], &[], &["GoneQueue", "QueueFull", "OneBusy", "OtherBusy", "RoomLost", "Lost"])
        .operation("DoLess", "POST /less", &[], &[], &["GoneQueue", "OtherBusy", "RoomLost"])
}

#[test]
fn the_code_of_the_query_protocol_stands_beside_the_name_where_it_tells_an_exception_from_all_others() {
    let errors = query_compatible().file("src/error.rs");
    let table = errors.split("\n\n").find(|item| item.contains("root_error! {"));
    insta::assert_snapshot!(table.unwrap_or_else(|| panic!("no table in:\n{errors}")), @r#"
        root_error! {
            Error {
                GoneQueue, "GoneQueue", "AWS.Queue.Gone";
                Lost, "Lost";
                OneBusy, "OneBusy";
                OtherBusy, "OtherBusy";
                QueueFull, "QueueFull";
                RoomLost, "RoomLost";
            }
        }
    }
    "#);
}

#[test]
fn a_code_of_several_exceptions_stands_where_the_operation_has_only_one_of_them() {
    let rows = |module: &str| {
        let file = query_compatible().file(&format!("src/operation/{module}.rs"));
        let table = file.split("\n\n").find(|item| item.contains("operation_error! {"));
        table.unwrap_or_else(|| panic!("no table in:\n{file}")).to_owned()
    };
    insta::assert_snapshot!(rows("do_less"), @r#"
    operation_error! {
        DoLessError {
            GoneQueue, is_gone_queue;
            OtherBusy, is_other_busy, "Busy" means "OtherBusy";
            RoomLost, is_room_lost, "Lost" means "RoomLost";
        }
    }
    "#);
    assert!(!rows("do_it").contains("means"));
}

#[test]
fn an_example_of_a_code_is_what_the_service_gives() {
    let errors = query_compatible().file("src/error.rs");
    assert!(errors.contains("error.code() == Some(\"AWS.Queue.Gone\")"), "{errors}");
}
