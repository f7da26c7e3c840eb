//! `cargo xtask docs-coverage` as its user meets it: exit codes, counts and ids.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Exit code and stdout of a run in the repository.
fn run(arguments: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.current_dir(Path::new(env!("CARGO_MANIFEST_DIR"))).arg("docs-coverage").args(arguments);
    let output = command.output().expect("the binary runs");
    (output.status.code(), String::from_utf8(output.stdout).expect("stdout is UTF-8"))
}

#[test]
fn the_repository_s_model_lacks_nothing() {
    let (code, out) = run(&[]);
    assert_eq!(code, Some(0), "{out}");
    assert!(out.ends_with("docs-coverage: 0 undocumented, 0 other faults\n"), "{out}");
}

#[test]
fn a_model_without_documentation_fails_with_every_id() {
    let (code, out) = run(&["--model", "../codegen/command/tests/weather.json"]);
    assert_eq!(code, Some(1));
    insta::assert_snapshot!(out, @r"
    services        0 of 1
    operations      0 of 2
    examples        0 of 2
    structures      0 of 4
    members         0 of 4
    errors          0 of 1
    undocumented: com.example.weather#GetCity
    undocumented: com.example.weather#GetCityRequest
    undocumented: com.example.weather#GetCityRequest$name
    undocumented: com.example.weather#GetCityResponse
    undocumented: com.example.weather#GetCityResponse$celsius
    undocumented: com.example.weather#ListCities
    undocumented: com.example.weather#ListCitiesRequest
    undocumented: com.example.weather#ListCitiesResponse
    undocumented: com.example.weather#ListCitiesResponse$names
    undocumented: com.example.weather#NoSuchCity
    undocumented: com.example.weather#NoSuchCity$message
    undocumented: com.example.weather#Weather
    com.example.weather#GetCity: it has no example; add one by `smithy.api#examples`
    com.example.weather#ListCities: it has no example; add one by `smithy.api#examples`
    docs-coverage: 12 undocumented, 2 other faults
    ");
    let (code, out) = run(&["--model", "../codegen/command/tests/weather.json", "--format", "json"]);
    let object: Value = serde_json::from_str(&out).expect("stdout is one JSON object");
    assert_eq!((code, &object["status"], &object["undocumented"]), (Some(1), &"incomplete".into(), &12.into()));
}

#[test]
fn a_file_that_is_not_there_is_an_error() {
    assert_eq!(run(&["--model", "none.json"]), (Some(2), String::new()));
}
