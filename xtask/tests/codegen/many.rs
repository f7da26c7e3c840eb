//! `--models-dir`: many models at once, in folders and archives.

use std::fs;
use std::io::{Cursor, Write};

use serde_json::Value;
use zip::write::SimpleFileOptions;

use crate::{MODEL, Repository, broken_model};

/// The service of [`MODEL`], as botocore describes it.
const DESCRIPTION: &str = include_str!("../../../codegen/command/tests/weather-service-2.json");

/// The weather service under another name.
pub(crate) fn named(sdk_id: &str) -> String {
    MODEL.replace("\"sdkId\": \"Weather\"", &format!("\"sdkId\": \"{sdk_id}\""))
}

/// A repository with these models of services in a folder, by file.
fn repository(models: &[(&str, String)]) -> Repository {
    let repository = Repository::new();
    for (file, text) in models {
        repository.put(&format!("models/{file}"), text);
    }
    repository
}

/// Every model into `clients`.
const ALL: [&str; 4] = ["--models-dir", "models", "--out", "clients"];

/// The directories of crates, and nothing else, that are in `clients`.
fn crates(repository: &Repository) -> Vec<String> {
    let Ok(entries) = fs::read_dir(repository.path("clients")) else { return Vec::new() };
    let name = |entry: fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
    let mut names: Vec<String> = entries.map(|entry| name(entry.expect("it is readable"))).collect();
    names.sort();
    names
}

/// Text without what differs from run to run, seconds, and with each change of an emitter, lines.
fn steady(text: &str) -> String {
    let digits = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let word = |word: &str| match (word.split_once('.'), word.trim_start_matches('(').split_once(',')) {
        (Some((_, hundredths)), _) if hundredths.len() == 2 && digits(hundredths) => "0.00".to_owned(),
        (_, Some((_, rest))) if rest.len() == 3 && digits(rest) => "9,999".to_owned(),
        _ => word.to_owned(),
    };
    let line = |line: &str| line.split(' ').map(word).collect::<Vec<_>>().join(" ");
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn one_broken_model_among_three_stops_none_of_the_others() {
    let repository = repository(&[("a.json", named("Rain")), ("b.json", broken_model()), ("c.json", named("Snow"))]);
    let run = repository.run(&ALL);
    assert_eq!(run.code, 1);
    insta::assert_snapshot!(steady(&run.out), @r"
    service  protocol   operations  lines  seconds  messages
    Rain     restJson1           2  9,999     0.00
    Snow     restJson1           2  9,999     0.00
    Weather  restJson1           -      -     0.00  target com.example.weather#Nome does not exist

    codegen: 2 of 3 models emitted in clients (4 operations, 9,999 lines of Rust) in 0.00 s
    codegen: 1 model failed; stderr tells all of each
    ");
    assert!(run.err.starts_with("models/b.json:\nerror: "), "{}", run.err);
    assert!(run.err.contains("\n  --> models/b.json: com.example.weather#"), "{}", run.err);
    assert_eq!(crates(&repository), ["rain", "snow"]);
    let manifest = repository.read("clients/rain/Cargo.toml");
    assert!(manifest.contains("name = \"rain\"") && manifest.contains("\n[workspace]\n"), "{manifest}");
    assert_eq!(repository.run(&["--model", "models/a.json", "--out", "clients/rain", "--check"]).code, 0);
}

#[test]
fn a_folder_without_models_is_named() {
    let repository = Repository::new();
    fs::create_dir(repository.path("models")).expect("it is writable");
    let run = repository.run(&ALL);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert_eq!(run.err, "error: models holds no model: neither *.json nor service-2.json\n");
    repository.put("models/partitions.json", "{\"partitions\": []}");
    assert_eq!(repository.run(&ALL).err, "error: models holds no model: none of its JSON files is one\n");
    let absent = repository.run(&["--models-dir", "absent", "--out", "clients", "--format", "json"]);
    assert_eq!((absent.code, absent.object()["status"].as_str()), (2, Some("unreadable")));
    assert!(!repository.path("clients").exists());
}

#[test]
fn of_two_models_of_one_service_the_second_is_called_by_its_own_name() {
    let young = MODEL.replace("Weather\"", "rain\"");
    let repository = repository(&[("old.json", named("Rain")), ("rain.json", young.clone()), ("z/old.json", young)]);
    let run = repository.run(&ALL);
    assert_eq!(run.code, 1, "{}", run.out);
    insta::assert_snapshot!(steady(&run.out), @r"
    service      protocol   operations  lines  seconds  messages
    rain         restJson1           2  9,999     0.00
    rain         restJson1           -      -     0.00  the crate of models/rain.json has the name rain, too; emit this one with --model and --out
    Rain as old  restJson1           2  9,999     0.00

    codegen: 2 of 3 models emitted in clients (4 operations, 9,999 lines of Rust) in 0.00 s
    codegen: 1 model failed; stderr tells all of each
    ");
    let told = "the crate of models/rain.json has the name rain, too; emit this one with --model and --out";
    assert!(run.err.starts_with("models/z/old.json:\n") && run.err.contains(told), "{}", run.err);
    assert_eq!(crates(&repository), ["old", "rain"]);
    let service = |name: &str| {
        let manifest = repository.read(&format!("clients/{name}/Cargo.toml"));
        assert!(manifest.contains(&format!("\nname = \"{name}\"\n")), "{manifest}");
        manifest.lines().find(|line| line.starts_with("service =")).map(str::to_owned)
    };
    assert_eq!(service("old").as_deref(), Some("service = \"com.example.weather#Weather\""));
    assert_eq!(service("rain").as_deref(), Some("service = \"com.example.weather#rain\""));
    let check = repository.run(&[&ALL[..], &["--check"]].concat());
    assert!(check.out.contains("codegen --check: 2 of 3 models current in clients ("), "{}", check.out);
}

#[test]
fn of_two_directories_of_one_service_in_botocore_each_becomes_a_crate() {
    let repository = Repository::new();
    for directory in ["rain", "weather"] {
        let place = format!("botocore/data/{directory}/2030-01-01/service-2.json");
        repository.put(&place, DESCRIPTION);
    }
    let run = repository.run(&["--models-dir", "botocore/data", "--out", "clients"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    assert!(run.out.contains("Weather as rain"), "{}", run.out);
    assert_eq!(crates(&repository), ["rain", "weather"]);
}

#[test]
fn a_machine_gets_an_object_for_each_model() {
    let repository = repository(&[("a.json", named("Rain")), ("b.json", broken_model())]);
    let run = repository.run(&[&ALL[..], &["--format", "json"]].concat());
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    let object = run.object();
    assert_eq!((object["status"].as_str(), object["totals"]["failed"].as_u64()), (Some("failed"), Some(1)));
    let models = object["models"].as_array().expect("it is a list");
    let of = |service: &str| models.iter().find(|one| one["service"] == service).expect("it is there");
    let rain = of("Rain");
    assert_eq!((&rain["status"], &rain["crate"]), (&Value::from("written"), &Value::from("rain")));
    assert_eq!((&rain["protocol"], &rain["operations"]), (&Value::from("restJson1"), &Value::from(2)));
    assert!(rain["lines"].as_u64() > Some(500) && rain["files"]["added"].as_u64() > Some(10), "{rain}");
    let broken = of("Weather");
    assert_eq!((&broken["status"], &broken["lines"]), (&Value::from("refused"), &Value::Null));
    assert_eq!(broken["diagnostics"][0]["member"], "name", "{broken}");
}

#[test]
fn a_check_tells_which_crates_differ_and_writes_nothing() {
    let repository = repository(&[("a.json", named("Rain")), ("b.json", named("Snow"))]);
    let check = [&ALL[..], &["--check"]].concat();
    assert_eq!(repository.run(&check).code, 1);
    assert!(!repository.path("clients").exists());
    assert_eq!(repository.run(&ALL).code, 0);
    let run = repository.run(&check);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    assert!(run.out.contains("codegen --check: 2 of 2 models current in clients ("), "{}", run.out);
    let text = repository.read("clients/snow/src/lib.rs");
    repository.put("clients/snow/src/lib.rs", &format!("{text}// edited\n"));
    let before = repository.tree("clients");
    let run = repository.run(&check);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("  out of date: 1 changed\n"), "{}", run.out);
    assert!(run.out.ends_with("\nrun: cargo xtask codegen --models-dir models --out clients\n"), "{}", run.out);
    assert_eq!(repository.tree("clients"), before);
}

#[test]
fn each_crate_keeps_what_a_person_added_and_what_it_records() {
    let repository = repository(&[("a.json", named("Rain")), ("b.json", named("Snow"))]);
    assert_eq!(repository.run(&ALL).code, 0);
    let part = ["--model", "models/a.json", "--out", "clients/rain", "--operations", "GetCity", "--replace"];
    assert_eq!(repository.run(&part).code, 0);
    repository.put("clients/rain/README.md", "mine\n");
    repository.put("clients/snow/src/lib.rs", "// mine\n");
    let run = repository.run(&ALL);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("  in the way: src/lib.rs: its first line does not say "), "{}", run.out);
    assert_eq!(repository.read("clients/snow/src/lib.rs"), "// mine\n");
    assert_eq!(repository.read("clients/rain/README.md"), "mine\n");
    assert!(!repository.path("clients/rain/src/operation/list_cities.rs").exists());
}

#[test]
fn options_that_hold_for_every_model_combine_and_others_do_not() {
    let repository = repository(&[("a.json", named("Rain")), ("b.json", named("Snow"))]);
    let run =
        repository.run(&[&ALL[..], &["--emit", "types", "--skip-unsupported", "--crate-version", "2.0.0"]].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(crates(&repository), ["rain-types", "snow-types"]);
    let manifest = repository.read("clients/snow-types/Cargo.toml");
    assert!(manifest.contains("version = \"2.0.0\"") && manifest.contains("skip-unsupported = true"), "{manifest}");
    for option in ["--crate-name", "--operations", "--except", "--model", "--service", "--operations-file"] {
        assert_eq!(repository.run(&[&ALL[..], &[option, "a"]].concat()).code, 2, "{option}");
    }
    assert_eq!(repository.run(&["--models-dir", "models"]).code, 2);
}

#[test]
fn files_that_add_to_the_only_service_of_their_folder_belong_to_it() {
    let docs = r#"{"smithy": "2.0", "shapes": {"com.example.weather#GetCity": {
        "type": "apply", "traits": {"smithy.api#documentation": "Ours, of cities."}}}}"#;
    let models =
        [("rain/model.json", named("Rain")), ("rain/docs.json", docs.to_owned()), ("snow/model.json", named("Snow"))];
    let repository = repository(&models);
    let run = repository.run(&ALL);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(crates(&repository), ["rain", "snow"]);
    let operation = |name: &str| repository.read(&format!("clients/{name}/src/operation/get_city.rs"));
    assert!(operation("rain").contains("Ours, of cities.") && !operation("snow").contains("Ours, of cities."));
}

#[test]
fn botocore_s_folder_gives_the_newest_version_of_each_service_and_smithy_s_files_beside_it() {
    let old = DESCRIPTION.replace("Upstream's sentence.", "An older sentence.");
    let models = [
        ("rain/2019-01-01/service-2.json", old.replace("\"Weather\"", "\"Rain\"")),
        ("rain/2020-01-01/service-2.json", DESCRIPTION.replace("\"Weather\"", "\"Rain\"")),
        ("rain/2020-01-01/examples-1.json", "{\"version\": \"1.0\"}".to_owned()),
        ("endpoints.json", "{}".to_owned()),
        ("smithy/snow.json", named("Snow")),
    ];
    let repository = repository(&models);
    let run = repository.run(&ALL);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(crates(&repository), ["rain", "snow"]);
    assert!(repository.read("clients/rain/src/operation/get_city.rs").contains("Upstream's sentence."));
    assert!(run.out.ends_with("; 1 file of other JSON passed over\n"), "{}", run.out);
}

#[test]
fn a_wheel_gives_one_service_by_its_name_or_all_of_them() {
    let repository = Repository::new();
    let mut wheel = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (directory, sdk_id) in [("rain", "Rain"), ("snow", "Snow")] {
        let name = format!("botocore/data/{directory}/2020-01-01/service-2.json");
        wheel.start_file(name, SimpleFileOptions::default()).expect("memory is writable");
        let text = DESCRIPTION.replace("\"Weather\"", &format!("\"{sdk_id}\""));
        wheel.write_all(text.as_bytes()).expect("memory is writable");
    }
    let wheel = wheel.finish().expect("memory is writable").into_inner();
    fs::write(repository.path("botocore.whl"), wheel).expect("it is writable");

    let run = repository.run(&["--model", "botocore.whl", "--service", "snow", "--out", "one"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(repository.read("one/Cargo.toml").contains("name = \"snow\""));
    let run = repository.run(&["--models-dir", "botocore.whl", "--out", "clients"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(crates(&repository), ["rain", "snow"]);
    assert_eq!(repository.tree("one").len(), repository.tree("clients/snow").len());
}
