//! What may go wrong between a client and the service, as scripts of what the server does.

use std::time::Duration;

use aws_sdk_ivsrealtime::config::retry::RetryConfig;
use aws_sdk_ivsrealtime::config::timeout::{TimeoutConfig, TimeoutConfigBuilder};
use serde_json::{Value, json};
use tests::loopback::{Reply, Response};

use crate::clients::Settings;
use crate::explained;
use crate::facts::Difference;
use crate::operations::Operation;
use crate::search::Findings;
use crate::stage::Stage;

/// A script for the server, and what the clients are set to, given how long they may wait.
struct Fault {
    name: &'static str,
    replies: fn() -> Vec<Reply>,
    settings: fn(&mut Settings, Duration),
}

/// Long enough for a server in the same process, short enough to be waited for.
const SOON: Duration = Duration::from_millis(150);

/// Long enough for a machine that is busy with something else.
const LATER: Duration = Duration::from_secs(3);

const FAULTS: &[Fault] = &[
    Fault { name: "throttled once, status 429", replies: || vec![throttling(429), well()], settings: |_, _| {} },
    Fault { name: "throttled for good, status 400", replies: || vec![throttling(400)], settings: |_, _| {} },
    Fault { name: "500 for good", replies: || vec![error(500, "InternalServerException")], settings: |_, _| {} },
    Fault { name: "503 twice", replies: || vec![plain(503, ""), plain(503, ""), well()], settings: |_, _| {} },
    Fault { name: "502 with HTML", replies: || vec![plain(502, "<html>Bad Gateway</html>")], settings: |_, _| {} },
    Fault {
        name: "504, then refused",
        replies: || vec![plain(504, "{}"), error(400, "ValidationException")],
        settings: |_, _| {},
    },
    Fault {
        name: "500, no retries",
        replies: || vec![plain(500, "{}")],
        settings: |settings, _| settings.retries = RetryConfig::disabled(),
    },
    Fault {
        name: "503, five attempts",
        replies: || vec![plain(503, "{}")],
        settings: |settings, _| settings.retries = settings.retries.clone().with_max_attempts(5),
    },
    Fault {
        name: "adaptive retries",
        replies: || vec![well()],
        settings: |settings, _| settings.retries = RetryConfig::adaptive(),
    },
    Fault { name: "reset once", replies: || vec![Reply::Reset, well()], settings: |_, _| {} },
    Fault { name: "reset for good", replies: || vec![Reply::Reset], settings: |_, _| {} },
    Fault {
        name: "reset, no retries",
        replies: || vec![Reply::Reset],
        settings: |settings, _| settings.retries = RetryConfig::disabled(),
    },
    Fault {
        name: "silence, then well",
        replies: || vec![Reply::Silence, well()],
        settings: |settings, limit| timeouts(settings, |limits| limits.operation_attempt_timeout(limit)),
    },
    Fault {
        name: "silence beyond the operation's time",
        replies: || vec![Reply::Silence],
        settings: |settings, limit| timeouts(settings, |limits| limits.operation_timeout(limit)),
    },
    Fault {
        name: "silence beyond the reading time",
        replies: || vec![Reply::Silence],
        settings: |settings, limit| {
            settings.retries = RetryConfig::disabled();
            timeouts(settings, |limits| limits.read_timeout(limit));
        },
    },
    Fault {
        name: "a body that stalls",
        replies: || vec![Reply::Stall(Response::new(200).body("{}"))],
        settings: |settings, limit| {
            settings.retries = RetryConfig::disabled();
            timeouts(settings, |limits| limits.operation_attempt_timeout(limit));
        },
    },
    Fault {
        name: "nobody listens",
        replies: || vec![well()],
        settings: |settings, _| "http://127.0.0.1:1".clone_into(&mut settings.url),
    },
    Fault {
        name: "an endpoint that is no URL",
        replies: || vec![well()],
        settings: |settings, _| "http://a b".clone_into(&mut settings.url),
    },
    Fault { name: "a success that is no JSON", replies: || vec![plain(200, "well")], settings: |_, _| {} },
    Fault { name: "an error that is no JSON", replies: || vec![plain(400, "ill")], settings: |_, _| {} },
    Fault { name: "clock skew", replies: || vec![skewed("RequestTimeTooSkewed"), well()], settings: |_, _| {} },
    Fault { name: "clock skew that stays", replies: || vec![skewed("InvalidSignatureException")], settings: |_, _| {} },
    Fault { name: "told when to retry", replies: || vec![retry_after(), well()], settings: |_, _| {} },
];

/// Lets `operation` meet every fault on a server of its own.
pub(crate) async fn compare(operation: &Operation, input: &Value) -> Findings {
    let mut findings = Findings::default();
    for fault in FAULTS {
        let mut differences = meet(operation, input, fault, SOON).await;
        // The limit may have passed on one side before its request was out.
        if differences.iter().any(|difference| explained::reason(difference).is_none()) {
            differences = meet(operation, input, fault, LATER).await;
        }
        findings.add(&fault.name, differences);
    }
    findings
}

async fn meet(operation: &Operation, input: &Value, fault: &Fault, limit: Duration) -> Vec<Difference> {
    let mut stage = Stage::new(&format!("{}-{}-{}", operation.name, fault.name, limit.as_millis())).await;
    (fault.settings)(&mut stage.settings, limit);
    stage.call(operation, input, &(fault.replies)()).await
}

fn timeouts(settings: &mut Settings, set: impl FnOnce(TimeoutConfigBuilder) -> TimeoutConfigBuilder) {
    settings.timeouts = set(TimeoutConfig::builder()).build();
}

fn well() -> Reply {
    Response::json(&json!({})).header("x-amzn-requestid", "well").into()
}

fn plain(status: u16, body: &str) -> Reply {
    Response::new(status).header("x-amzn-requestid", "plain").body(body).into()
}

fn error(status: u16, code: &str) -> Reply {
    let body = json!({"message": "told by the service", "exceptionMessage": "told in detail"});
    Response::error(status, code, &body).header("x-amzn-requestid", "error").into()
}

fn throttling(status: u16) -> Reply {
    error(status, "ThrottlingException")
}

/// An hour and more off the clients' fixed clock.
fn skewed(code: &str) -> Reply {
    Response::error(403, code, &json!({"message": "skewed"})).header("date", "Wed, 15 Nov 2023 00:00:00 GMT").into()
}

fn retry_after() -> Reply {
    Response::error(400, "ValidationException", &json!({})).header("x-amz-retry-after", "5").into()
}
