//! Inside a Lambda function, calls carry its trace id, so that the platform can see a function that calls itself.

use std::process::Command;

use serde_json::json;
use tests::client::client;
use tests::loopback::{LoopbackServer, Response};

const FUNCTION: &str = "AWS_LAMBDA_FUNCTION_NAME";
const TRACE: &str = "_X_AMZN_TRACE_ID";

/// Checks the process it runs in: the variables that matter cannot be set safely in one that has threads.
#[tokio::test]
async fn the_trace_id_is_sent_in_a_function_only() {
    let server = LoopbackServer::scripted([Response::json(&json!({}))]).await;
    client(&server.url()).list_stages().send().await.unwrap();
    let expected = std::env::var(FUNCTION).ok().and_then(|_| std::env::var(TRACE).ok());
    assert_eq!(server.only_request().header("x-amzn-trace-id"), expected.as_deref());
}

#[test]
fn the_trace_id_is_sent_in_a_function() {
    let check = "recursion::the_trace_id_is_sent_in_a_function_only";
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", check])
        .env(FUNCTION, "studio")
        .env(TRACE, "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8")
        .output()
        .unwrap();
    let report = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && report.contains("1 passed"), "{report}");
}
