//! The program `call` as a process: what it sends, what it prints, how it ends.

mod environment;

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};
use tests::client::SIGNER;
use tests::expect;
use tests::loopback::{LoopbackServer, Response};
use tests::model::{Model, Operation};
use tests::request::Request;
use tests::sample::{self, Extent};
use tests::sigv4;
use tokio::task::spawn_blocking;

/// The example, which cargo builds along with all targets of this package.
fn program() -> PathBuf {
    let own = std::env::current_exe().expect("a test is a file");
    let built = own.ancestors().nth(2).map(|directory| directory.join("examples/call"));
    let built = built.expect("tests lie two folders deep").with_extension(std::env::consts::EXE_EXTENSION);
    assert!(built.exists(), "{} is missing: cargo build -p tests --example call", built.display());
    built
}

/// The program with nothing in its environment but the credentials of the tests.
fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(program());
    command
        .args(arguments)
        .env_clear()
        .env("AWS_REGION", SIGNER.region)
        .env("AWS_ACCESS_KEY_ID", SIGNER.access_key)
        .env("AWS_SECRET_ACCESS_KEY", SIGNER.secret_key)
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .stdin(Stdio::null());
    command
}

async fn run(server: &LoopbackServer, arguments: &[&str]) -> Output {
    let mut command = command(arguments);
    command.env("AWS_ENDPOINT_URL", server.url());
    // The server lives on the thread of the test.
    spawn_blocking(move || command.output()).await.expect("no panic").expect("the program starts")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("the program writes UTF-8")
}

/// The one line of an error.
fn line(output: &Output) -> &str {
    assert_eq!(text(&output.stdout), "");
    let line = text(&output.stderr).strip_suffix('\n').expect("the error ends with a line break");
    assert!(!line.is_empty() && !line.contains('\n'), "{line}");
    line
}

fn success(output: &Output) -> Value {
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""));
    assert!(output.stdout.ends_with(b"\n"));
    serde_json::from_slice(&output.stdout).expect("the output is JSON")
}

/// The JSON of a structure, every member under its name in the model.
fn whole(model: &Model, id: &str, extent: Extent) -> Value {
    expect::whole(model, id, &sample::structure(model, id, extent))
}

/// Checks that a request is what the model demands for the sample of an input.
fn assert_as_modelled(model: &Model, operation: &Operation, request: &Request, extent: Extent) {
    let name = &operation.name;
    let document = (!request.body.is_empty()).then(|| request.json().expect("a body is JSON"));
    let token = document.as_ref().and_then(|document| document["idempotencyToken"].as_str()).unwrap_or_default();
    let input = sample::structure(model, &operation.input, extent);
    let expected = expect::request(model, operation, &input, token);
    assert_eq!((&request.method, &request.path), (&expected.method, &expected.path), "{name}");
    assert_eq!(request.query_pairs(), expected.query, "{name}");
    assert_eq!(document, expected.document, "{name}");
    assert_eq!(sigv4::verify(request, &SIGNER), Ok(()), "{name}");
    let has_token = expected.document.is_some_and(|document| document.get("idempotencyToken").is_some());
    assert!(!has_token || !token.is_empty(), "{name} has an empty token");
}

#[tokio::test]
async fn every_operation_is_reached_with_full_and_with_minimal_input() {
    let model = Model::load();
    assert_eq!(model.operations().len(), 40);
    for operation in model.operations() {
        let output = whole(&model, &operation.output, Extent::Full);
        let sent =
            expect::response(&model, &operation.output, &sample::structure(&model, &operation.output, Extent::Full));
        for extent in [Extent::Full, Extent::Required] {
            let reply = sent
                .headers
                .iter()
                .fold(Response::json(&sent.document), |reply, (name, value)| reply.header(name, value));
            let server = LoopbackServer::scripted([reply]).await;
            let json = whole(&model, &operation.input, extent).to_string();
            let shown = success(&run(&server, &[&operation.name, &json]).await);
            assert_as_modelled(&model, &operation, &server.only_request(), extent);
            assert_eq!(shown, expect::redacted(&model, &operation.output, &output), "{}", operation.name);
        }
    }
}

#[tokio::test]
async fn an_empty_input_is_sent_unless_the_path_or_the_query_needs_something() {
    let model = Model::load();
    for operation in model.operations() {
        let server = LoopbackServer::scripted([Response::json(&json!({}))]).await;
        let output = run(&server, &[&operation.name, "{}"]).await;
        if operation.uri.contains('{') {
            let line = line(&output);
            assert_eq!(output.status.code(), Some(1), "{line}");
            assert!(line.starts_with(&format!("{}: failed to construct request: ", operation.name)), "{line}");
        } else {
            success(&output);
            assert_eq!(server.only_request().path, operation.uri);
        }
    }
}

#[tokio::test]
async fn secrets_are_shown_on_request_only() {
    let reply = json!({"participantToken": {"participantId": "p", "token": "a-secret-token"}});
    let input = r#"{"stageArn":"arn:aws:ivs:eu-central-1:123456789012:stage/a"}"#;
    let server = LoopbackServer::scripted([Response::json(&reply), Response::json(&reply)]).await;
    let shown = success(&run(&server, &["--show-secrets", "CreateParticipantToken", input]).await);
    assert_eq!(shown, reply);
    let shown = run(&server, &["CreateParticipantToken", input]).await;
    assert_eq!(success(&shown)["participantToken"]["participantId"], json!("p"));
    assert!(!text(&shown.stdout).contains("a-secret-token"));
}

#[tokio::test]
async fn a_dash_reads_standard_input() {
    let server = LoopbackServer::scripted([Response::json(&json!({}))]).await;
    let mut command = command(&["CreateStage", "-"]);
    command
        .env("AWS_ENDPOINT_URL_IVS_REALTIME", server.url())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    stdin.write_all(br#"{"name": "standup"}"#).expect("the program reads");
    drop(stdin);
    let ended = spawn_blocking(move || child.wait_with_output()).await.expect("no panic");
    success(&ended.expect("the program ends"));
    assert_eq!(server.only_request().json().expect("JSON"), json!({"name": "standup"}));
}

#[tokio::test]
async fn a_profile_gives_credentials_region_and_endpoint() {
    let server = LoopbackServer::scripted([Response::json(&json!({}))]).await;
    let home = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("call-home");
    std::fs::create_dir_all(home.join(".aws")).expect("the folder for temporary files can be written");
    let profile = format!(
        "[profile other]\nregion = {}\naws_access_key_id = {}\naws_secret_access_key = {}\nendpoint_url = {}\n",
        SIGNER.region,
        SIGNER.access_key,
        SIGNER.secret_key,
        server.url(),
    );
    std::fs::write(home.join(".aws/config"), profile).expect("the file can be written");
    let mut command = command(&["ListStages", "{}"]);
    command.env_remove("AWS_REGION").env_remove("AWS_ACCESS_KEY_ID").env_remove("AWS_SECRET_ACCESS_KEY");
    command.env("HOME", home).env("AWS_PROFILE", "other");
    let output = spawn_blocking(move || command.output()).await.expect("no panic").expect("the program starts");
    success(&output);
    assert_eq!(sigv4::verify(&server.only_request(), &SIGNER), Ok(()));
}

#[tokio::test]
async fn a_session_token_is_sent() {
    let server = LoopbackServer::scripted([Response::json(&json!({}))]).await;
    let mut command = command(&["ListStages", "{}"]);
    command.env("AWS_SESSION_TOKEN", "session").env("AWS_ENDPOINT_URL", server.url());
    let output = spawn_blocking(move || command.output()).await.expect("no panic").expect("the program starts");
    success(&output);
    let request = server.only_request();
    assert_eq!(request.header("x-amz-security-token"), Some("session"));
    assert_eq!(sigv4::verify(&request, &sigv4::Expected { session_token: Some("session"), ..SIGNER }), Ok(()));
}

#[tokio::test]
async fn an_error_of_the_service_is_one_line_with_its_facts() {
    let body = json!({"exceptionMessage": "the stage\nis busy"});
    let reply = Response::error(409, "ConflictException", &body).header("x-amzn-requestid", "request-1");
    let server = LoopbackServer::scripted([reply]).await;
    let output = run(&server, &["DeleteStage", r#"{"arn":"a"}"#]).await;
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(line(&output), "DeleteStage: ConflictException: the stage is busy (request id request-1)");
}

#[tokio::test]
async fn an_input_that_does_not_fit_is_one_line_that_names_the_member() {
    let server = LoopbackServer::scripted([Response::json(&json!({}))]).await;
    let cases = [
        (r#"{"tags": []}"#, "CreateStage: the input does not fit: `tags`: expected an object, found an array"),
        (
            r#"{"participantTokenConfigurations": [{}, {"duration": "1h"}]}"#,
            "CreateStage: the input does not fit: `participantTokenConfigurations[1].duration`: expected an integer in \
             the range of i32, found a string",
        ),
        (
            r#"{"nam": "x"}"#,
            "CreateStage: the input does not fit: `nam` is no member of CreateStageInput; did you mean `name`?",
        ),
        (
            r#"{"name": "x", "participantTokenConfigurations": [{}, {"user_id": "ada"}]}"#,
            "CreateStage: the input does not fit: `participantTokenConfigurations[1].user_id` is no member of \
             ParticipantTokenConfiguration; did you mean `userId`?",
        ),
        ("{\"name\"", "CreateStage: the input does not fit: the JSON text ends too early: expected `:` at byte 7"),
        ("", "CreateStage: the input does not fit: the JSON text ends too early: expected a string at byte 0"),
        ("{} {}", "CreateStage: the input does not fit: expected the end of the JSON text at byte 3"),
    ];
    for (json, expected) in cases {
        let output = run(&server, &["CreateStage", json]).await;
        assert_eq!((output.status.code(), line(&output)), (Some(1), expected), "{json}");
    }
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn wrong_usage_ends_with_two() {
    let server = LoopbackServer::scripted([Response::json(&json!({}))]).await;
    let cases: [(&[&str], &str); 4] = [
        (&["CreateStag", "{}"], "no operation is called \"CreateStag\"; did you mean CreateStage?"),
        (&["CreateStage"], "an operation and its JSON are needed, 1 argument is given; see --help"),
        (&[], "an operation and its JSON are needed, 0 arguments are given; see --help"),
        (&["--verbose", "CreateStage", "{}"], "there is no option --verbose; see --help"),
    ];
    for (arguments, expected) in cases {
        let output = run(&server, arguments).await;
        assert_eq!((output.status.code(), line(&output)), (Some(2), expected), "{arguments:?}");
    }
}

#[test]
fn a_connection_that_fails_is_one_line_with_the_innermost_cause() {
    let output = command(&["ListStages", "{}"])
        .env("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
        .env("AWS_MAX_ATTEMPTS", "1")
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(1));
    let line = line(&output);
    assert!(line.starts_with("ListStages: dispatch failure: ") && line.contains("refused"), "{line}");
}

#[test]
fn help_lists_the_operations() {
    let output = command(&["--help"]).output().expect("the program starts");
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""));
    for operation in Model::load().operations() {
        assert!(text(&output.stdout).contains(&format!("\n  {}\n", operation.name)), "{}", operation.name);
    }
}
