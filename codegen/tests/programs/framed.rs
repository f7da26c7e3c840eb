//! Calls of a service of awsJson1_1 over a socket.

use program::{sdk_config, serve};
use service::Client;
use service::error::{ProvideErrorMetadata, SdkErrorExt};
use service::operation::put::PutError;
use service::primitives::DateTime;
use service::types::error::Late;

fn client(url: &str) -> Client {
    Client::new(&sdk_config(url))
}

#[tokio::test]
async fn an_input_is_the_body_of_a_post_to_the_root_under_the_names_of_its_members() {
    let (url, request) = serve("200 OK", &[], "{}");
    let call = client(&url).put().name("n").when(DateTime::from_secs_f64(1.5)).code("c").send().await;
    let request = request.join().expect("it was read");
    call.expect("an empty object is an output");
    assert_eq!(request.line, "POST / HTTP/1.1");
    assert_eq!(request.header("x-amz-target"), Some("FixtureService.Put"));
    assert_eq!(request.header("content-type"), Some("application/x-amz-json-1.1"));
    assert_eq!(request.header("x-code"), None, "awsJson knows no bindings");
    assert_eq!(request.body, r#"{"name":"n","when":1.5,"code":"c"}"#);
    assert_eq!(request.header("content-length"), Some(request.body.len().to_string().as_str()));
    let authorization = request.header("authorization").expect("it is signed");
    assert!(authorization.contains("x-amz-target"), "the target is signed: {authorization}");
}

#[tokio::test]
async fn an_operation_without_input_sends_an_empty_object() {
    let (url, request) = serve("200 OK", &[], "");
    let call = client(&url).ping().send().await;
    let request = request.join().expect("it was read");
    call.expect("an empty body is an empty output");
    assert_eq!((request.body.as_str(), request.header("x-amz-target")), ("{}", Some("FixtureService.Ping")));
}

#[tokio::test]
async fn an_output_is_read_from_the_body_alone() {
    let body = r#"{"when":1.5,"other":"no","id":"i","code":null,"unknown":[{}]}"#;
    let (url, request) = serve("200 OK", &["x-code: header"], body);
    let output = client(&url).put().name("n").send().await.expect("it is read");
    request.join().expect("it was read");
    assert_eq!((output.id(), output.code()), (Some("i"), None));
    assert_eq!(output.when(), Some(&DateTime::from_secs_f64(1.5)));
}

#[tokio::test]
async fn the_type_in_the_body_tells_an_exception_whatever_the_status() {
    let body = r#"{"__type":"fixture.codegen#Gone","message":"long ago","since":3}"#;
    let (url, request) = serve("400 Bad Request", &["x-amzn-requestid: r"], body);
    let error = client(&url).put().name("n").send().await.expect_err("the service refuses");
    request.join().expect("it was read");
    assert_eq!(error.code(), Some("Gone"));
    let PutError::Gone(gone) = error.into_service_error() else { panic!("it is no Gone") };
    assert_eq!((gone.message(), gone.since()), (Some("long ago"), Some(&DateTime::from_secs(3))));
}

#[tokio::test]
async fn the_message_of_an_exception_may_begin_with_a_capital() {
    let (url, request) = serve("500 Internal Server Error", &["x-amzn-errortype: Late:http://x"], r#"{"Message":"soon"}"#);
    let error = client(&url).put().name("n").send().await.expect_err("the service fails");
    request.join().expect("it was read");
    let error = error.into_service_error();
    let PutError::Late(late) = &error else { panic!("it is not Late: {error:?}") };
    assert_eq!((late.message(), error.meta().message()), ("soon", Some("soon")));
}

#[tokio::test]
async fn a_message_that_is_always_there_is_empty_where_the_service_says_nothing() {
    let (url, request) = serve("500 Internal Server Error", &["x-amzn-errortype: Late"], "{}");
    let error = client(&url).put().name("n").send().await.expect_err("the service fails");
    request.join().expect("it was read");
    assert_eq!(error.describe(), "Put: Late");
    let PutError::Late(late) = error.into_service_error() else { panic!("it is not Late") };
    assert_eq!((late.message(), ProvideErrorMetadata::message(&late)), ("", None));
    assert!(Late::builder().build().is_err_and(|error| error.to_string().contains("message")));
}
