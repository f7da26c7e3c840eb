//! Emitted crates run: programs that call them, with what is sent caught before it leaves.
//!
//! The programs stand in `codegen/tests/programs`; each is the test file of a crate that depends on the emitted one.

use serde_json::{Value, json};
use std::path::Path;

use crate::beforehand::{lighthouse, vault};
use crate::compile::{cargo, write, write_workspace};
use crate::endpoint_rules::call;
use crate::events::{weather, weather_by_calls};
use crate::fixture::Fixture;
use crate::query::aws_query;
use crate::waiters::harbour;

/// The fixtures of this file.
pub(crate) const FIXTURES: &[fn() -> Fixture] =
    &[calls, framed, bound, pool, scribe, parley, parley_in_cbor, select, compressed];

/// The crate of a program, but for the path of what it calls.
pub(crate) const MANIFEST: &str = "\
[package]
name = \"program\"
version = \"0.1.0\"
edition = \"2024\"

[dependencies]
aws-config = { version = \"1\", default-features = false, features = [\"behavior-version-latest\", \"rt-tokio\"] }
aws-smithy-async = \"1\"
aws-credential-types = { version = \"1\", features = [\"hardcoded-credentials\"] }
aws-smithy-http-client = { version = \"1\", default-features = false, features = [\"default-client\", \"test-util\"] }
aws-smithy-runtime-api = \"1\"
aws-smithy-types = { version = \"1\", features = [\"http-body-1-x\", \"rt-tokio\"] }
aws-types = \"1\"
serde_json = \"1\"
bytes = \"1\"
http-body = \"1\"
futures-core = \"0.3\"
tokio = { version = \"1\", features = [\"macros\", \"net\", \"rt-multi-thread\", \"sync\", \"time\"] }
";

/// Rules that say in the host what they were given: the account, the first name, one name.
fn rule_set() -> Value {
    let reference = |name: &str| json!({"ref": name});
    let set = |name: &str| call("isSet", json!([reference(name)]));
    let is = |name: &str, text: &str| call("stringEquals", json!([reference(name), text]));
    let endpoint =
        |conditions: Value, url: &str| json!({"conditions": conditions, "endpoint": {"url": url}, "type": "endpoint"});
    let mut first = call("getAttr", json!([reference("Names"), "[0]"]));
    first["assign"] = json!("First");
    let mut last = call("getAttr", json!([reference("Names"), "[1]"]));
    last["assign"] = json!("Second");
    let with_account = json!([
        set("AccountId"),
        set("AccountIdEndpointMode"),
        call("not", json!([is("AccountIdEndpointMode", "disabled")])),
    ]);
    json!({
        "version": "1.0",
        "parameters": {
            "Region": {"builtIn": "AWS::Region", "type": "String"},
            "Endpoint": {"builtIn": "SDK::Endpoint", "type": "String"},
            "AccountId": {"builtIn": "AWS::Auth::AccountId", "type": "String"},
            "AccountIdEndpointMode": {"builtIn": "AWS::Auth::AccountIdEndpointMode", "type": "String"},
            "Names": {"type": "StringArray"},
            "Name": {"type": "String"},
            "Flag": {"type": "Boolean"},
        },
        "rules": [
            endpoint(json!([set("Endpoint")]), "{Endpoint}"),
            endpoint(with_account, "https://{AccountId}.account.example.com"),
            {
                "conditions": [is("AccountIdEndpointMode", "required")],
                "error": "the account is required and not known",
                "type": "error",
            },
            endpoint(json!([call("booleanEquals", json!([reference("Flag"), true]))]), "https://flag.example.com"),
            endpoint(json!([set("Names"), first, last]), "https://{First}.{Second}.example.com"),
            endpoint(json!([set("Names"), first]), "https://{First}.example.com"),
            endpoint(json!([set("Names")]), "https://no-names.example.com"),
            endpoint(json!([set("Name")]), "https://{Name}.name.example.com"),
            endpoint(json!([set("Region")]), "https://{Region}.example.com"),
            {"conditions": [], "error": "no region", "type": "error"},
        ],
    })
}

/// A service whose endpoints tell their parameters, and operations with a checksum and without a signed body.
fn calls() -> Fixture {
    let keys = json!({"Names": {"path": "keys(byName)"}});
    let choice = json!({"Names": {"path": "writes[*].[put.table, delete.table][]"}});
    let name = json!({"Name": {"path": "put.table"}});
    let variant =
        json!({"Name": {"path": "kind.word"}, "Names": {"path": "switches[1].[name]"}, "Flag": {"path": "switch.on"}});
    let paths = |paths: Value| format!("@smithy.rules#operationContextParams({paths})");
    Fixture::new("calls")
        .service_trait("smithy.rules#endpointRuleSet", rule_set())
        .structure("Put", &["table: String", "then: Put"])
        .structure("Delete", &["table: String @required"])
        .structure("Write", &["put: Put", "delete: Delete"])
        .structure("Switch", &["on: Boolean", "name: String"])
        .list("Switches", "Switch")
        .union("Kind", &["number: Integer", "word: Word"])
        .string_enum("Word", &["ONE", "TWO"])
        .list("Writes", "Write")
        .map("ByName", "Put")
        .operation("Look", "GET /look", &[], &[], &[])
        .operation(&format!("Batch {}", paths(keys)), "POST /batch", &["byName: ByName"], &[], &[])
        .operation(&format!("Transact {}", paths(choice)), "POST /transact", &["writes: Writes"], &[], &[])
        .operation(&format!("Store {}", paths(name)), "POST /store", &["put: Put"], &[], &[])
        .operation(
            &format!("Pick {}", paths(variant)),
            "POST /pick",
            &["kind: Kind", "switch: Switch", "switches: Switches"],
            &[],
            &[],
        )
        .operation("Sum @httpChecksumRequired", "POST /sum", &["name: String"], &[], &[])
        .operation("Pour @aws.auth#unsignedPayload", "POST /pour", &["name: String"], &[], &[])
}

#[test]
fn calls_go_where_rules_and_settings_say_and_carry_what_their_traits_ask_for() {
    run(&calls(), include_str!("../programs/calls.rs"), &[("AWS_ACCOUNT_ID_ENDPOINT_MODE", "required")]);
}

/// A service of awsJson1_1, whose requests have nothing but a body.
fn framed() -> Fixture {
    Fixture::new("framed")
        .without_service_trait("aws.protocols#restJson1")
        .service_trait("aws.protocols#awsJson1_1", json!({}))
        .structure("Gone @error(\"client\") @httpError(410)", &["message: String", "since: Timestamp"])
        .structure("Late @error(\"server\")", &["Message: String @required"])
        .operation("Ping", "POST /", &[], &[], &[])
        .operation(
            "Put",
            "POST /",
            &["name: String @jsonName(\"other\") @required", "when: Timestamp", "code: String @httpHeader(\"x-code\")"],
            &["code: String @httpHeader(\"x-code\")", "when: Timestamp", "id: String @jsonName(\"other\")"],
            &["Gone", "Late"],
        )
}

#[test]
fn aws_json_is_framed_as_its_protocol_says_over_a_socket() {
    run(&framed(), include_str!("../programs/framed.rs"), &[]);
}

/// A service of restJson1 with members of every type that a header takes, both ways.
fn bound() -> Fixture {
    let members = [
        "name: String @httpHeader(\"X-Name\")",
        "secret: Secret @httpHeader(\"X-Secret\")",
        "count: Integer @httpHeader(\"X-Count\")",
        "ratio: Double @httpHeader(\"X-Ratio\")",
        "on: Boolean @httpHeader(\"X-On\")",
        "when: Timestamp @httpHeader(\"X-When\")",
        "words: Words @httpHeader(\"X-Words\")",
        "names: Names @httpHeader(\"X-Names\")",
        "dates: Dates @httpHeader(\"X-Dates\")",
        "notes: Notes @httpPrefixHeaders(\"x-note-\")",
        "text: String",
    ];
    Fixture::new("bound")
        .simple("Secret @sensitive", "string")
        .string_enum("Word", &["ONE", "TWO"])
        .list("Words", "Word")
        .list("Names", "String")
        .list("Dates", "Timestamp")
        .map("Notes", "String")
        .operation("Put", "PUT /put", &members, &members, &[])
}

#[test]
fn members_bound_to_headers_go_over_a_socket_and_come_back() {
    run(&bound(), include_str!("../programs/bound.rs"), &[]);
}

#[test]
fn a_service_of_forms_is_called_by_name_and_in_json() {
    run(&aws_query(), include_str!("../programs/forms.rs"), &[]);
}

#[test]
fn sessions_are_opened_and_sign_over_sockets() {
    run(&vault(), include_str!("../programs/sessions.rs"), &[]);
}

#[test]
fn clients_ask_for_their_endpoints_over_sockets() {
    run(&lighthouse(), include_str!("../programs/discovers.rs"), &[]);
}

#[test]
fn waiters_repeat_calls_over_a_socket_until_their_acceptors_are_content() {
    run(&harbour(), include_str!("../programs/waits.rs"), &[]);
}

/// A service with streams both ways, with checksums and without.
fn pool() -> Fixture {
    let request = r#"{"requestAlgorithmMember": "algorithm"}"#;
    let response = r#"{"requestValidationModeMember": "mode", "responseAlgorithms": ["CRC32", "SHA256"]}"#;
    Fixture::new("pool")
        .simple("Water @streaming", "blob")
        .simple("Measured @streaming @requiresLength", "blob")
        .string_enum("Algorithm", &["CRC32", "SHA256", "XXHASH3"])
        .string_enum("Mode", &["ENABLED"])
        .structure("Dry @error(\"client\") @httpError(404)", &["message: String"])
        .operation("Spill", "PUT /spill", &["water: Water @httpPayload"], &[], &[])
        .operation("Measure", "PUT /measure", &["water: Measured @httpPayload"], &[], &[])
        .operation(
            &format!("Fill @aws.protocols#httpChecksum({request})"),
            "PUT /fill",
            &[
                "algorithm: Algorithm @httpHeader(\"x-amz-sdk-checksum-algorithm\")",
                "sum: String @httpHeader(\"x-amz-checksum-sha256\")",
                "water: Water @httpPayload",
            ],
            &[],
            &[],
        )
        .operation(
            &format!("Drain @aws.protocols#httpChecksum({response})"),
            "GET /drain",
            &["mode: Mode @httpHeader(\"x-amz-checksum-mode\")"],
            &["water: Water @httpPayload", "level: Integer @httpHeader(\"x-level\")"],
            &["Dry"],
        )
}

#[test]
fn streams_flow_both_ways_with_their_checksums() {
    let files = [
        ("tests/pool.rs", include_str!("../programs/pool.rs")),
        ("tests/stalls.rs", include_str!("../programs/stalls.rs")),
    ];
    run_files(&pool(), &files, MANIFEST, &[]);
}

/// A service that takes events while it sends others.
pub(crate) fn scribe() -> Fixture {
    let output = ["session: String @httpHeader(\"x-session\")", "transcripts: TranscriptStream @httpPayload"];
    Fixture::new("scribe")
        .structure("AudioEvent", &["chunk: Blob @eventPayload", "place: Short @eventHeader"])
        .structure("MarkEvent", &["name: String"])
        .string_enum("Pitch", &["LOW", "HIGH"])
        .int_enum("Octave", &["FIRST @enumValue(1)"])
        .structure(
            "ToneEvent",
            &["pitch: Pitch @eventPayload", "was: Pitch @eventHeader", "octave: Octave @eventHeader"],
        )
        .structure("Broken @error(\"client\")", &["message: String"])
        .union("AudioStream @streaming", &["audio: AudioEvent", "mark: MarkEvent", "tone: ToneEvent", "gone: Broken"])
        .structure("Transcript", &["text: String"])
        .structure("Overloaded @error(\"server\")", &["message: String"])
        .union("TranscriptStream @streaming", &["transcript: Transcript", "overloaded: Overloaded"])
        .structure("Refused @error(\"client\")", &["message: String"])
        .operation(
            "Transcribe",
            "POST /transcribe",
            &["language: String @httpHeader(\"x-language\")", "audio: AudioStream @httpPayload"],
            &output,
            &["Refused"],
        )
        .operation("Whisper @auth([])", "POST /whisper", &["audio: AudioStream @httpPayload"], &output, &[])
}

/// The same in a protocol without HTTP bindings.
fn parley() -> Fixture {
    Fixture::new("parley")
        .without_service_trait("aws.protocols#restJson1")
        .service_trait("aws.protocols#awsJson1_1", json!({}))
        .structure("Word", &["text: String"])
        .union("Words @streaming", &["word: Word"])
        .structure("Transcript", &["text: String"])
        .union("Answers @streaming", &["transcript: Transcript"])
        .operation("Talk", "POST /", &["topic: String", "words: Words"], &["session: String", "answers: Answers"], &[])
}

/// The same in CBOR, with another kind of event, an error, and an operation without events.
fn parley_in_cbor() -> Fixture {
    Fixture::new("parley-in-cbor")
        .without_service_trait("aws.protocols#restJson1")
        .service_trait("smithy.protocols#rpcv2Cbor", json!({}))
        .structure("Word", &["text: String", "language: String"])
        .structure("Chunk", &["bytes: Blob @eventPayload", "place: Integer @eventHeader"])
        .union("Words @streaming", &["word: Word", "chunk: Chunk"])
        .structure("Transcript", &["text: String"])
        .structure("Overloaded @error(\"server\")", &["message: String"])
        .union("Answers @streaming", &["transcript: Transcript", "overloaded: Overloaded"])
        .operation("Talk", "POST /", &["topic: String", "words: Words"], &["session: String", "answers: Answers"], &[])
        .operation("Ping", "POST /", &[], &[], &[])
}

/// A service of objects that answers questions about them with events in XML.
fn select() -> Fixture {
    let numbers = ["BytesScanned: Long", "BytesReturned: Long"];
    Fixture::new("select")
        .without_service_trait("aws.protocols#restJson1")
        .service_trait("aws.protocols#restXml", json!({"noErrorWrapping": true}))
        .service_trait("smithy.api#xmlNamespace", json!({"uri": "https://s3/"}))
        .structure("Records", &["Payload: Blob @eventPayload"])
        .structure("Numbers @xmlName(\"Stats\")", &numbers)
        .structure("Stats", &["Details: Numbers @eventPayload"])
        .structure("Cont", &[])
        .structure("End", &[])
        .structure("Overdue @error(\"server\")", &["Message: String", "Hours: Integer"])
        .union(
            "Answers @streaming",
            &["Records: Records", "Stats: Stats", "Cont: Cont", "End: End", "Overdue: Overdue"],
        )
        .structure(
            "NoSuchKey @error(\"client\") @httpError(404)",
            &["message: String @xmlName(\"Message\")", "Key: String"],
        )
        .operation(
            "Select",
            "POST /{Bucket}/{Key+}?select&select-type=2",
            &["Bucket: String @httpLabel @required", "Key: String @httpLabel @required", "Expression: String"],
            &["Answers: Answers @httpPayload"],
            &["NoSuchKey"],
        )
}

/// A service that takes compressed requests, and operations that do not.
fn compressed() -> Fixture {
    const TRAIT: &str = "@requestCompression({\"encodings\": [\"gzip\"]})";
    let data = ["data: String", "encoding: String @httpHeader(\"Content-Encoding\")"];
    Fixture::new("squeezed")
        .simple("Water @streaming", "blob")
        .simple("Measured @streaming @requiresLength", "blob")
        .operation(&format!("PutData {TRAIT}"), "PUT /data", &data, &[], &[])
        .operation("KeepData", "PUT /kept", &data, &[], &[])
        .operation(&format!("Pour {TRAIT}"), "PUT /water", &["water: Water @httpPayload"], &[], &[])
        .operation(&format!("Measure {TRAIT}"), "PUT /measured", &["water: Measured @httpPayload"], &[], &[])
}

#[test]
fn requests_are_compressed_as_settings_say() {
    let files = [("tests/program.rs", include_str!("../programs/compressed.rs"))];
    let manifest = MANIFEST.to_owned()
        + "flate2 = { version = \"1.1\", default-features = false, features = [\"rust_backend\"] }\n";
    run_files(&compressed(), &files, &manifest, &[("AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "300")]);
}

#[test]
fn events_in_xml_are_received_over_a_socket_wherever_it_is_cut() {
    run(&select(), include_str!("../programs/select.rs"), &[]);
}

/// What servers of streams of events are made of.
const SERVER_OF_EVENTS: &str = "\
crc32fast = \"1\"
hmac = \"0.13\"
http-body-util = \"0.1\"
hyper = { version = \"1\", features = [\"client\", \"http1\", \"http2\", \"server\"] }
hyper-util = { version = \"0.1\", features = [\"tokio\"] }
sha2 = \"0.11\"
tokio-rustls = { version = \"0.26\", default-features = false, features = [\"ring\", \"tls12\"] }
";

#[test]
fn events_flow_both_ways_at_once_and_end_wherever_a_call_does() {
    let files = [
        ("tests/program/main.rs", include_str!("../programs/duplex/program.rs")),
        ("tests/program/server.rs", include_str!("../programs/duplex/server.rs")),
        ("tests/program/tls.rs", include_str!("../programs/duplex/tls.rs")),
        ("tests/program/wire.rs", include_str!("../programs/duplex/wire.rs")),
    ];
    let with_tls = MANIFEST.replace("\"test-util\"", "\"rustls-ring\", \"test-util\"");
    run_files(&scribe(), &files, &(with_tls + SERVER_OF_EVENTS), &[]);
}

#[test]
fn events_of_a_protocol_without_bindings_come_behind_a_message_of_the_other_members() {
    let files = [
        ("tests/program/main.rs", include_str!("../programs/duplex/framed.rs")),
        ("tests/program/server.rs", include_str!("../programs/duplex/server.rs")),
        ("tests/program/wire.rs", include_str!("../programs/duplex/wire.rs")),
    ];
    run_files(&parley(), &files, &(MANIFEST.to_owned() + SERVER_OF_EVENTS), &[]);
}

#[test]
fn events_in_cbor_flow_both_ways_at_once_and_end_wherever_a_call_does() {
    let files = [
        ("tests/program/main.rs", include_str!("../programs/duplex/cbor.rs")),
        ("tests/program/server.rs", include_str!("../programs/duplex/server.rs")),
        ("tests/program/wire.rs", include_str!("../programs/duplex/wire.rs")),
    ];
    run_files(&parley_in_cbor(), &files, &(MANIFEST.to_owned() + SERVER_OF_EVENTS), &[]);
}

#[test]
fn events_are_received_over_a_socket() {
    run(&weather(), include_str!("../programs/events.rs"), &[]);
}

#[test]
fn first_messages_have_what_no_header_has() {
    run(&weather_by_calls(), include_str!("../programs/first_messages.rs"), &[]);
}

/// Runs the tests of a program against the crate of a fixture, in an environment with these variables.
#[track_caller]
fn run(fixture: &Fixture, program: &str, variables: &[(&str, &str)]) {
    run_files(fixture, &[("tests/program.rs", program)], MANIFEST, variables);
}

/// As [`run`], for a program of several files, with a manifest of its own.
#[track_caller]
fn run_files(fixture: &Fixture, files: &[(&str, &str)], manifest: &str, variables: &[(&str, &str)]) {
    run_with(fixture, files, manifest, &[], variables);
}

/// As [`run_files`], with more features of the crate.
#[track_caller]
pub(crate) fn run_with(
    fixture: &Fixture,
    files: &[(&str, &str)],
    manifest: &str,
    features: &[&str],
    variables: &[(&str, &str)],
) {
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("runs-{}", fixture.name()));
    write_workspace(&workspace, std::slice::from_ref(fixture));
    let crates = workspace.join("crates");
    let features = [&["behavior-version-latest", "rt-tokio", "serde"], features].concat();
    let features = format!("default-features = false, features = {features:?}");
    let called = format!("service = {{ package = \"fixture-{0}\", path = \"../{0}\", {features} }}\n", fixture.name());
    write(&crates.join("program/Cargo.toml"), &(manifest.to_owned() + &called));
    write(&crates.join("program/src/lib.rs"), include_str!("../programs/server.rs"));
    for (path, text) in files {
        write(&crates.join("program").join(path), text);
    }
    let mut cargo = cargo(&workspace, "test");
    let output = cargo.args(["--package", "program"]).envs(variables.iter().copied()).output();
    let output = output.unwrap_or_else(|error| panic!("cargo does not start: {error}"));
    let said = [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned()).join("\n");
    assert!(output.status.success(), "cargo test says:\n{said}");
}
