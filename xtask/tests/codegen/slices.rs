//! `--operations`, `--except` and `--skip-unsupported`: what is emitted, what is recorded, what is refused.

use crate::{MODEL, Repository, Run};

/// `codegen` for the crate in `lobby/`.
fn lobby(repository: &Repository, arguments: &[&str]) -> Run {
    repository.run(&[&["--out", "lobby"], arguments].concat())
}

/// The operations that the manifest of the crate in `lobby/` records.
fn recorded(repository: &Repository) -> Option<String> {
    let manifest = repository.read("lobby/Cargo.toml");
    let (_, list) = manifest.split_once("\noperations = [\n")?;
    Some(list.lines().take_while(|line| *line != "]").map(str::trim).collect())
}

fn has(repository: &Repository, operation: &str) -> bool {
    repository.path(&format!("lobby/src/operation/{operation}.rs")).exists()
}

/// A repository whose crate has one operation of two.
fn sliced() -> Repository {
    let repository = Repository::new();
    let run = lobby(&repository, &["--operations", "GetCity"]);
    assert_eq!(run.code, 0, "{}", run.err);
    repository
}

#[test]
fn a_slice_has_the_chosen_operation_alone_and_says_so() {
    let repository = Repository::new();
    let run = lobby(&repository, &["--operations", "GetCity"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.starts_with("codegen: 1 of 2 operations, "), "{}", run.out);
    assert!(has(&repository, "get_city") && !has(&repository, "list_cities"));
}

#[test]
fn the_choice_is_kept_by_checks_and_later_runs_until_it_is_changed() {
    let repository = sliced();
    assert_eq!(recorded(&repository).as_deref(), Some("\"GetCity\","));
    assert_eq!(lobby(&repository, &["--check"]).code, 0);
    let before = repository.tree("lobby");
    assert_eq!(lobby(&repository, &[]).code, 0);
    assert_eq!(repository.tree("lobby"), before);

    assert_eq!(lobby(&repository, &["--operations", "ListCities"]).code, 0);
    assert_eq!(recorded(&repository).as_deref(), Some("\"ListCities\","));
    assert!(!has(&repository, "get_city") && has(&repository, "list_cities"));

    assert_eq!(lobby(&repository, &["--operations", "all"]).code, 0);
    assert_eq!(recorded(&repository), None);
    assert!(has(&repository, "get_city") && has(&repository, "list_cities"));
    assert_eq!(lobby(&repository, &["--check"]).code, 0);
}

#[test]
fn a_check_with_another_choice_finds_drift_and_names_the_command() {
    let repository = sliced();
    let run = lobby(&repository, &["--check", "--operations", "GetCity,ListCities"]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.out.ends_with("run: cargo xtask codegen --out lobby --operations GetCity,ListCities\n"), "{}", run.out);
    assert!(!has(&repository, "list_cities"));
}

#[test]
fn operations_can_stand_in_a_file() {
    let repository = Repository::new();
    repository.put("cities.txt", "# what the map needs\n\nListCities # twice a day\nGetCity\n");
    assert_eq!(lobby(&repository, &["--operations-file", "cities.txt"]).code, 0);
    assert_eq!(recorded(&repository).as_deref(), Some("\"GetCity\",\"ListCities\","));
    std::fs::remove_file(repository.path("cities.txt")).expect("it exists");
    assert_eq!(lobby(&repository, &["--check"]).code, 0);
}

/// A run that has to fail and to write nothing.
fn refused(repository: &Repository, arguments: &[&str], code: i32) -> String {
    let before = repository.tree("");
    let Run { code: found, out, err } = lobby(repository, arguments);
    assert_eq!((found, out.as_str()), (code, ""), "{err}");
    assert_eq!(repository.tree(""), before);
    err
}

#[test]
fn an_operation_that_does_not_exist_is_an_error_with_the_nearest_name() {
    let repository = Repository::new();
    insta::assert_snapshot!(refused(&repository, &["--operations", "GetCities,listCities"], 1), @r#"
    error: the service has no operation "GetCities"
      --> --operations
      hint: did you mean GetCity or ListCities?

    error: the service has no operation "listCities"
      --> --operations
      hint: names are case-sensitive; write ListCities, as the model does

    codegen: 2 problems, no file was written
    "#);
}

#[test]
fn a_name_in_a_file_that_does_not_exist_names_the_file() {
    let repository = Repository::new();
    repository.put("cities.txt", "ListCity\n");
    insta::assert_snapshot!(refused(&repository, &["--operations-file", "cities.txt"], 1), @r#"
    error: the service has no operation "ListCity"
      --> cities.txt
      hint: did you mean GetCity or ListCities?

    codegen: 1 problem, no file was written
    "#);
}

#[test]
fn an_operation_that_left_the_model_is_named_with_the_record_that_asks_for_it() {
    let repository = sliced();
    repository.put("model/weather.json", &crate::MODEL.replace("weather#GetCity\"", "weather#GetTown\""));
    let said = refused(&repository, &[], 1);
    assert!(said.contains("the service has no operation \"GetCity\"\n"), "{said}");
    assert!(said.contains("\n  --> lobby/Cargo.toml\n"), "{said}");
}

#[test]
fn a_choice_of_nothing_is_refused() {
    let repository = sliced();
    repository.put("empty.txt", "# nothing yet\n");
    for arguments in [["--operations", ""], ["--operations", " ,"], ["--operations-file", "empty.txt"]] {
        let said = refused(&repository, &arguments, 2);
        assert!(said.contains("operation"), "{said}");
    }
    refused(&repository, &["--operations", "GetCity", "--operations-file", "empty.txt"], 2);
}

#[test]
fn a_record_that_cannot_be_read_is_no_choice_of_everything() {
    let repository = sliced();
    let manifest = repository.read("lobby/Cargo.toml");
    repository.put("lobby/Cargo.toml", &manifest.replace("\"GetCity\"", "GetCity"));
    let said = refused(&repository, &["--check"], 2);
    assert!(said.contains("choose them with --operations"), "{said}");
    assert_eq!(lobby(&repository, &["--operations", "GetCity"]).code, 0);
    assert_eq!(repository.read("lobby/Cargo.toml"), manifest);
}

#[test]
fn a_machine_is_told_the_choice() {
    let repository = Repository::new();
    let run = repository.run(&["--format", "json"]);
    assert_eq!(run.object()["chosen_operations"], serde_json::Value::Null);
    let run = lobby(&repository, &["--format", "json", "--operations", "ListCities"]);
    assert_eq!(run.object()["chosen_operations"], serde_json::json!(["ListCities"]));
    assert_eq!(run.object()["operations"], 1);
    assert_eq!(run.object()["service_operations"], 2);
}

/// The lines that the manifest of a crate records beside the fingerprint of its model.
fn record(repository: &Repository, crate_directory: &str) -> String {
    let manifest = repository.read(&format!("{crate_directory}/Cargo.toml"));
    let (_, record) = manifest.split_once("[package.metadata.smithy-client]\n").expect("there is a record");
    let lines = record.lines().take_while(|line| !line.is_empty());
    let is_told = |line: &&str| !["#", "model-fingerprint", "generator"].iter().any(|other| line.starts_with(other));
    lines.filter(is_told).map(str::trim).collect::<Vec<_>>().join(" ")
}

#[test]
fn types_alone_are_a_crate_of_their_own_name_and_stay_types_until_a_client_is_asked_for() {
    let repository = Repository::new();
    let run = repository.run(&["--out", "types", "--emit", "types"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.starts_with("codegen: types of 2 operations, "), "{}", run.out);
    assert!(repository.read("types/Cargo.toml").contains("name = \"ivs-realtime-types\"\n"));
    assert_eq!(record(&repository, "types"), "service = \"com.example.weather#Weather\" emit = \"types\"");
    assert!(!repository.path("types/src/client.rs").exists());
    assert_eq!(repository.run(&["--out", "types", "--check"]).code, 0);

    let machine = repository.run(&["--out", "types", "--operations", "GetCity", "--replace", "--format", "json"]);
    assert_eq!(machine.object()["emit"], "types");
    assert_eq!(
        record(&repository, "types"),
        "service = \"com.example.weather#Weather\" emit = \"types\" operations = [ \"GetCity\", ]"
    );
    assert_eq!(repository.run(&["--out", "types", "--check"]).code, 0);

    assert_eq!(repository.run(&["--out", "types", "--emit", "client", "--operations", "all"]).code, 0);
    assert_eq!(record(&repository, "types"), "service = \"com.example.weather#Weather\"");
    assert!(repository.path("types/src/client.rs").exists());
}

#[test]
fn types_alone_never_take_the_place_of_the_repository_s_client() {
    let repository = Repository::generated();
    let run = repository.run(&["--emit", "types"]);
    assert!(run.code == 2 && run.err.contains("--out <DIR>"), "{}", run.err);
}

#[test]
fn all_but_some_are_kept_too_and_what_is_new_joins_them() {
    let repository = Repository::new();
    assert_eq!(lobby(&repository, &["--except", "GetCity"]).code, 0);
    assert!(!has(&repository, "get_city") && has(&repository, "list_cities"));
    assert!(repository.read("lobby/Cargo.toml").contains("\nexcept = [\n    \"GetCity\",\n]\n"));
    assert_eq!(lobby(&repository, &["--check"]).code, 0);
    let model = crate::MODEL.replace("weather#ListCities\"", "weather#ListTowns\"");
    repository.put("model/weather.json", &model);
    assert_eq!(lobby(&repository, &[]).code, 0);
    assert!(!has(&repository, "get_city") && has(&repository, "list_towns"));
    refused(&repository, &["--except", "GetCity", "--operations", "ListTowns"], 2);
    refused(&repository, &["--except", "GetCity,ListTowns"], 1);
}

/// The model in XML, with an operation that answers with a document, which XML does not have.
fn exact() -> String {
    let model = crate::MODEL.replace("aws.protocols#restJson1", "aws.protocols#restXml");
    model.replacen("\"target\": \"smithy.api#Double\"", "\"target\": \"com.example.weather#Exact\"", 1).replacen(
        "\"shapes\": {",
        "\"shapes\": { \"com.example.weather#Exact\": { \"type\": \"document\" },",
        1,
    )
}

#[test]
fn what_cannot_be_emitted_is_named_and_left_out_on_request() {
    let repository = Repository::new();
    repository.put("model/weather.json", &exact());
    insta::assert_snapshot!(refused(&repository, &[], 1), @r"
    error: com.example.weather#Exact is a document, which no message of restXml can hold
      --> model/weather.json: com.example.weather#GetCityResponse$celsius (/shapes/com.example.weather#GetCityResponse/members/celsius/target)
      hint: leave out the operations that reach it: GetCity

    1 operation cannot be emitted; the rest of the service can, with --skip-unsupported or --except GetCity

    codegen: 1 problem, no file was written
    ");
    let run = lobby(&repository, &["--skip-unsupported"]);
    assert_eq!(run.code, 0, "{}", run.err);
    insta::assert_snapshot!(run.err, @"left out: GetCity: com.example.weather#Exact is a document, which no message of restXml can hold");
    assert!(run.out.starts_with("codegen: 1 of 2 operations, "), "{}", run.out);
    assert_eq!(lobby(&repository, &["--check"]).code, 0);
    let run = lobby(&repository, &["--check", "--format", "json"]);
    assert_eq!(run.object()["left_out"][0]["operation"], "GetCity");

    repository.put("model/weather.json", crate::MODEL);
    assert_eq!(lobby(&repository, &[]).code, 0);
    assert!(has(&repository, "get_city"));
}

#[test]
fn the_protocol_is_chosen_and_kept_until_it_is_chosen_again() {
    let repository = Repository::new();
    let model = MODEL
        .replace("\"aws.protocols#restJson1\": {}", "\"aws.protocols#restJson1\": {}, \"aws.protocols#restXml\": {}");
    repository.put("both.json", &model);
    let run = |more: &[&str]| lobby(&repository, &[&["--model", "both.json"], more].concat());
    let speaks = |value: &str| repository.read("lobby/src/config.rs").contains(&format!("protocol: &{value},"));
    assert_eq!(run(&[]).code, 0);
    assert!(speaks("REST_JSON_1") && !repository.read("lobby/Cargo.toml").contains("\nprotocol = "));

    assert_eq!(run(&["--protocol", "restXml"]).code, 0);
    assert!(speaks("REST_XML") && repository.read("lobby/Cargo.toml").contains("\nprotocol = \"restXml\"\n"));
    assert_eq!(run(&["--check"]).code, 0);
    let drift = run(&["--check", "--protocol", "restJson1"]);
    assert!(drift.code == 1 && drift.out.ends_with("--out lobby --protocol restJson1\n"), "{}", drift.out);

    assert_eq!(run(&["--protocol", "default"]).code, 0);
    assert!(speaks("REST_JSON_1") && !repository.read("lobby/Cargo.toml").contains("\nprotocol = "));

    let unlisted = run(&["--protocol", "awsJson1_0"]);
    assert_eq!(unlisted.code, 1);
    assert!(unlisted.err.contains("the service does not speak \"awsJson1_0\""), "{}", unlisted.err);
    let unknown = run(&["--protocol", "soap"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("the protocols that can be emitted are "), "{}", unknown.err);
}
