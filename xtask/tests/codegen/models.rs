//! `--model`: a folder, an archive, botocore's files.

use std::path::Path;

use serde_json::{Value, json};

use crate::{MODEL, Repository};

/// The service of [`MODEL`], as botocore describes it.
const SERVICE: &str = include_str!("../../../codegen/command/tests/weather-service-2.json");

#[test]
fn a_slice_is_told_what_is_odd_about_its_own_operations_alone() {
    let repository = Repository::new();
    let mut description: Value = serde_json::from_str(SERVICE).expect("it is JSON");
    let mut storm = description["operations"]["GetCity"].clone();
    storm["http"]["requestUri"] = json!("/GetStorm");
    storm["cloudy"] = json!(true);
    storm["input"] = json!({ "shape": "GetStormRequest" });
    description["operations"]["GetStorm"] = storm;
    description["shapes"]["GetStormRequest"] = json!({ "type": "structure", "members": {}, "foggy": true });
    let pages = json!({ "pagination": { "GetStorm": { "input_token": "a || b", "output_token": "c" } } });
    repository.put("data/weather/2020-01-01/service-2.json", &description.to_string());
    repository.put("data/weather/2020-01-01/paginators-1.json", &pages.to_string());
    let warnings = |operation: &str, out: &str| {
        let run = repository.run(&["--model", "data/weather", "--out", out, "--operations", operation]);
        assert_eq!(run.code, 0, "{}", run.err);
        run.out.matches("warning: ").count() + run.err.matches("warning: ").count()
    };
    assert_eq!((warnings("GetCity", "city"), warnings("GetStorm", "storm")), (0, 3));
}

#[test]
fn a_folder_is_a_model_as_its_files_are() {
    let repository = Repository::new();
    let docs = r#"{"smithy": "2.0", "shapes": {"com.example.weather#GetCity": {
        "type": "apply", "traits": {"smithy.api#documentation": "Ours, of cities."}}}}"#;
    repository.put("folder/weather.json", MODEL);
    repository.put("folder/weather.docs.json", docs);
    let run = repository.run(&["--model", "folder", "--out", "elsewhere"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let order = ["--model", "folder/weather.json", "--model", "folder/weather.docs.json", "--out", "apart"];
    assert_eq!(repository.run(&order).code, 0);
    for out in ["elsewhere", "apart"] {
        assert!(repository.read(&format!("{out}/src/operation/get_city.rs")).contains("Ours, of cities."));
    }
}

#[test]
fn botocore_s_files_are_taken_with_their_documentation() {
    let repository = Repository::new();
    repository.put("botocore/weather/2020-01-01/service-2.json", SERVICE);
    for model in ["botocore/weather/2020-01-01/service-2.json", "botocore/weather", "botocore"] {
        let run = repository.run(&["--model", model, "--out", "elsewhere"]);
        assert_eq!(run.code, 0, "{model}: {}", run.err);
        assert!(repository.read("elsewhere/src/operation/get_city.rs").contains("Upstream's sentence."));
    }
}

#[test]
fn a_folder_of_several_services_needs_a_choice() {
    let repository = Repository::new();
    repository.put("botocore/weather/2020-01-01/service-2.json", SERVICE);
    let other = SERVICE.replace("\"serviceId\": \"Weather\"", "\"serviceId\": \"Climate\"");
    repository.put("botocore/climate/2020-01-01/service-2.json", &other);
    let run = repository.run(&["--model", "botocore", "--out", "elsewhere"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("several services; say which with --service: climate, weather"), "{}", run.err);
    let run = repository.run(&["--model", "botocore", "--service", "climate", "--out", "elsewhere"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(repository.read("elsewhere/Cargo.toml").contains("name = \"climate\""));
}

#[test]
fn a_model_larger_than_it_may_be_is_refused_with_the_way_to_raise_that() {
    let repository = Repository::new();
    let order = ["--model", "model/weather.json", "--out", "elsewhere"];
    let run = repository.run(&[&order[..], &["--max-model-size", "1K"]].concat());
    assert_eq!(run.code, 2);
    let told = "it has more than 1 KiB, the most that a model may have; raise that with --max-model-size";
    assert!(run.err.contains(told), "{}", run.err);
    assert_eq!(repository.run(&["--max-model-size", "1K"]).code, 2);
    assert_eq!(repository.run(&[&order[..], &["--max-model-size", "1M"]].concat()).code, 0);
}

#[test]
fn lambda_is_emitted_whole_with_its_stream_of_events() {
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/models/aws-2026/lambda.json");
    let Some(model) = model.to_str().filter(|_| model.is_file()) else {
        println!("skipped: not found");
        return;
    };
    let repository = Repository::new();
    let run = repository.run(&["--model", model, "--out", "lambda"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains(" 85 operations, ") && !run.err.contains("left out"), "{}{}", run.out, run.err);
    let invoke = repository.read("lambda/src/operation/invoke_with_response_stream.rs");
    assert!(invoke.contains("EventReceiver<"), "{invoke}");
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for_wherever_a_file_is_expected() {
    let repository = Repository::new();
    let pipe = |path: &str| {
        let place = repository.path(path);
        let parent = place.parent().expect("it is below the repository");
        std::fs::create_dir_all(parent).expect("it is writable");
        let made = std::process::Command::new("mkfifo").arg(&place).status();
        assert!(made.is_ok_and(|status| status.success()), "there is a `mkfifo`");
    };
    for path in ["pipe.json", "folder/pipe.json", "model/pipe.json", "elsewhere/Cargo.toml", "elsewhere/src/lib.rs"] {
        pipe(path);
    }
    let run = repository.run(&["--model", "pipe.json", "--out", "o"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("cannot read pipe.json: it is not a regular file"), "{}", run.err);
    let run = repository.run(&["--model", "folder", "--out", "o"]);
    assert!(run.err.contains("folder holds no model"), "{}", run.err);
    assert!(repository.run(&[]).err.contains("pipe.json: it is not a regular file"));
    let run = repository.run(&["--model", "model/weather.json", "--out", "elsewhere"]);
    assert_eq!(run.code, 1);
    for path in ["elsewhere/Cargo.toml", "elsewhere/src/lib.rs"] {
        assert!(run.err.contains(&format!("in the way: {path}: it is not a regular file")), "{}", run.err);
    }
    assert_eq!(repository.run(&["--operations-file", "pipe.json", "--out", "o"]).code, 2);
}
