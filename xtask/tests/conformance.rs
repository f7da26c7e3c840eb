//! `cargo xtask conformance` as its user meets it: a small model with cases that pass, that fail and that are skipped, of
//! each kind. The clients are built for it, beside what the workspace has built.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// A run of the command with these arguments: exit code, stdout and stderr.
fn run(arguments: &[&str]) -> (i32, String, String) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package is below the root");
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.current_dir(root).arg("conformance").args(arguments);
    let output = command.output().expect("the binary is there");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it is UTF-8");
    (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
}

const MODEL: &str = "xtask/tests/conformance.json";

#[test]
fn every_difference_is_a_line_and_the_sum_stands_last() {
    let (code, out, err) = run(&[MODEL]);
    assert_eq!(code, 1, "{out}{err}");
    insta::assert_snapshot!(out, @r#"
    FAIL conformance Garden Look LooksTwice: output /tree/branch/leaves: expected 3, got 2
    FAIL conformance Garden Look LooksInVain: call: expected the output of the case, got the call failed: service error: unhandled error (Fog): Error { code: "Fog" }
    FAIL conformance Garden Plant PlantsNothing: method: expected PUT, got POST; path: expected /beds/south, got /beds/north; host: expected garden.example.com, got example.com; query depth: expected depth=2, got nothing; header X-When: expected "today", got nothing; body /seeds/0: expected "oat", got "rye"
    FAIL conformance Garden Plant PlantsWrongly: case: expected a call of the client, got its params are not those of the model: /seeds/0: the number 1 is no String
    FAIL conformance Garden Frost FreezesMore: error /degrees: expected -4, got -3
    FAIL conformance Garden Frost FreezesUnknown: call: expected the error of the case, got it is another error: unhandled error (Hail): Error { code: "Hail" }
    skipped 1: com.example.garden#Reel is a document, which no message of rpcv2Cbor can hold: Films
    skipped 1: it is for servers: PlantsForServers
    skipped 1: it is of aws.protocols#restXml; the client speaks aws.protocols#restJson1: PlantsInXml
    skipped 1: the service speaks aws.protocols#restSmoke, which cannot be emitted: Draws
    4 passed, 6 failed, 4 skipped
    "#);

    let (code, out, _) = run(&["--filter", "PlantsSeeds", MODEL]);
    assert_eq!((code, out.as_str()), (0, "1 passed, 0 failed, 0 skipped\n"));

    let (code, out, _) = run(&["--filter", "Freezes", "--format", "json", MODEL]);
    let told: Value = serde_json::from_str(&out).expect("it is JSON");
    let cases = told["cases"].as_array().expect("a list of cases");
    let statuses: Vec<_> = cases.iter().map(|case| (case["id"].as_str(), case["status"].as_str())).collect();
    let expected = [("FreezesByHeader", "passed"), ("FreezesMore", "failed"), ("FreezesUnknown", "failed")];
    assert_eq!((code, statuses), (1, expected.map(|(id, status)| (Some(id), Some(status))).to_vec()));
    assert_eq!(cases[1]["differences"][0]["part"], "error /degrees");
}

#[test]
fn cases_are_listed_without_being_built() {
    let (code, out, _) = run(&["--list", MODEL]);
    assert_eq!(code, 0);
    insta::assert_snapshot!(out, @r"
    conformance: com.example.garden#Cellar
      Films (request, Film, rpcv2Cbor) [skipped: com.example.garden#Reel is a document, which no message of rpcv2Cbor can hold]
    conformance: com.example.garden#Garden
      LooksAtAll (response, Look, restJson1)
      LooksTwice (response, Look, restJson1)
      LooksInVain (response, Look, restJson1)
      PlantsSeeds (request, Plant, restJson1) - Seeds go to a bed.
      PlantsNothing (request, Plant, restJson1)
      PlantsWrongly (request, Plant, restJson1)
      PlantsForServers (request, Plant, restJson1) [skipped: it is for servers]
      PlantsInXml (request, Plant, restXml) [skipped: it is of aws.protocols#restXml; the client speaks aws.protocols#restJson1]
      FreezesByHeader (error, Frost, restJson1)
      FreezesMore (error, Frost, restJson1)
      FreezesUnknown (error, Frost, restJson1)
    conformance: com.example.garden#Shed
      PredictsElsewhere (request, Predict, awsJson1_1)
    conformance: com.example.garden#Well
      Draws (request, Draw, restSmoke) [skipped: the service speaks aws.protocols#restSmoke, which cannot be emitted]
    14 cases
    ");
}

#[test]
fn what_cannot_be_read_is_an_error_of_its_own() {
    let (code, out, err) = run(&["xtask/tests/no-such-model.json"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.starts_with("error: cannot read xtask/tests/no-such-model.json: "), "{err}");
    assert_eq!(run(&[]).0, 2);
}
