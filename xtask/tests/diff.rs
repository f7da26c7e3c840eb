//! `cargo xtask diff` as its user meets it: exit codes, the three formats, and every form in which a model may come.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

/// A service with two operations.
const MODEL: &str = include_str!("../../codegen/command/tests/weather.json");

/// A directory with models in it.
struct Place(TempDir);

/// What a run of the binary left.
struct Run {
    code: i32,
    out: String,
    err: String,
}

impl Place {
    /// `old.json` is [`MODEL`], `new.json` the same after a change of its text.
    fn new(change: impl Fn(&str) -> String) -> Self {
        let place = Self(tempfile::tempdir().expect("a temporary directory"));
        place.put("old.json", MODEL);
        place.put("new.json", &change(MODEL));
        place
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().expect("it is below the place")).expect("it is writable");
        fs::write(path, text).expect("it is writable");
    }

    /// `diff` with these arguments.
    fn run(&self, arguments: &[&str]) -> Run {
        run_in(self.0.path(), arguments)
    }
}

fn run_in(directory: &Path, arguments: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    let output = command.current_dir(directory).arg("diff").args(arguments).output().expect("the binary runs");
    Run {
        code: output.status.code().expect("it was not killed"),
        out: String::from_utf8(output.stdout).expect("stdout is UTF-8"),
        err: String::from_utf8(output.stderr).expect("stderr is UTF-8"),
    }
}

/// Removes the member `celsius` of what callers of `GetCity` receive.
fn without_celsius(text: &str) -> String {
    let mut model: Value = serde_json::from_str(text).expect("the model is JSON");
    let output = &mut model["shapes"]["com.example.weather#GetCityResponse"]["members"];
    let removed = output.as_object_mut().and_then(|members| members.remove("celsius"));
    assert!(removed.is_some(), "{text}");
    model.to_string()
}

/// The weather model whose only difference is a sentence of documentation.
fn documented(text: &str, sentence: &str) -> String {
    let mut model: Value = serde_json::from_str(text).expect("the model is JSON");
    model["shapes"]["com.example.weather#GetCity"]["traits"]["smithy.api#documentation"] = sentence.into();
    model.to_string()
}

/// A report without the size of the generated code, which every change of the generator changes.
fn without_sizes(report: &str) -> String {
    let is_size = |line: &&str| line.starts_with("generated: ") || line.starts_with("The generated crate has ");
    let lines: Vec<&str> = report.lines().collect();
    assert_eq!(lines.iter().filter(|line| is_size(line)).count(), 1, "{report}");
    lines.into_iter().filter(|line| !is_size(line)).map(|line| format!("{line}\n")).collect()
}

/// A file or directory of the shared models; says so where it is missing.
fn shared(path: &str) -> Option<String> {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/models").join(path);
    if !path.exists() {
        println!("skipped: not found");
        return None;
    }
    Some(path.to_string_lossy().into_owned())
}

#[test]
fn the_text_begins_with_the_summary_and_tells_every_change() {
    let run = Place::new(without_celsius).run(&["old.json", "new.json"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    insta::assert_snapshot!(without_sizes(&run.out), @r"
    1 removed member
    Weather

    version: minor below 1.0.0, major from 1.0.0 on: 1 change can break source code

    operations
      GetCity
        - `celsius` is gone from the response of `GetCity` [member-removed]
          wire changed, Rust breaking, behaviour changed, documentation changed
          - pub celsius: Option<f64>  in operation::get_city::GetCityOutput

    left out
      documentation is not compared, as at least one of the models has none
    ");
}

#[test]
fn no_change_is_said_in_the_first_line() {
    let run = Place::new(str::to_owned).run(&["old.json", "new.json", "--fail-on", "any"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(run.out.lines().next(), Some("no changes"));
}

#[test]
fn the_gate_fails_on_what_it_names() {
    let breaking = Place::new(without_celsius);
    assert_eq!(breaking.run(&["old.json", "new.json", "--fail-on", "breaking"]).code, 1);
    let words = Place::new(|text| documented(text, "Another sentence."));
    words.put("old.json", &documented(MODEL, "A sentence."));
    assert_eq!(words.run(&["old.json", "new.json", "--fail-on", "breaking"]).code, 0);
    assert_eq!(words.run(&["old.json", "new.json", "--fail-on", "any"]).code, 1);
}

#[test]
fn a_file_that_is_not_there_is_an_error() {
    let run = Place::new(str::to_owned).run(&["none.json", "new.json"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.starts_with("error: cannot read none.json: "), "{}", run.err);
}

#[test]
fn what_is_no_model_is_an_error_and_not_the_absence_of_changes() {
    let place = Place::new(str::to_owned);
    place.put("empty/readme.txt", "nothing here");
    place.put("list.json", "[]");
    place.put("bytes.json", "\u{0}");
    for bad in ["empty", "list.json", "bytes.json"] {
        let run = place.run(&["old.json", bad]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{bad}");
        assert!(run.err.contains(bad), "{}", run.err);
    }
    let run = place.run(&["old.json", "list.json", "--format", "json"]);
    let object: Value = serde_json::from_str(&run.out).expect("stdout is one JSON object");
    assert_eq!((run.code, object["status"].as_str()), (2, Some("unreadable")));
}

#[test]
fn an_operation_that_neither_model_has_is_an_error_that_lists_them() {
    let run = Place::new(str::to_owned).run(&["old.json", "new.json", "--operations", "GetCity,GetWeather"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("called GetWeather; there are: "), "{}", run.err);
    assert!(run.err.contains("GetCity"), "{}", run.err);
}

#[test]
fn other_operations_are_left_out_on_request() {
    let place = Place::new(without_celsius);
    let about = |operation: &str| place.run(&["old.json", "new.json", "--operations", operation]).out;
    assert_eq!(about("ListCities").lines().next(), Some("no changes"));
    assert_eq!(about("GetCity").lines().next(), Some("1 removed member"));
}

#[test]
fn markdown_is_an_entry_of_a_changelog() {
    let run =
        Place::new(without_celsius).run(&["old.json", "new.json", "--format", "markdown", "--date", "2026-11-17"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    insta::assert_snapshot!(without_sizes(&run.out), @r"
    ## Weather - 2026-11-17

    **1 updated method.** 1 removed member.

    Suggested version: minor below 1.0.0, major from 1.0.0 on (1 change can break source code). A change that can break source code or calls that compile asks for a major version, and below 1.0.0 for a minor one. Anything else that is new or works differently asks for a minor version, and below 1.0.0 for a patch. Text alone asks for a patch.


    ### Updated methods

    #### `get_city` (GetCity)

    `POST /GetCity`

    Response

    ```diff
    - celsius: f64
    ```

    ### Breaking changes

    - GetCity: `celsius` is gone from the response of `GetCity`. Was `pub celsius: Option<f64>`. (wire changed, Rust breaking, behaviour changed, documentation changed; `member-removed`)

    ### Not compared

    - Documentation is not compared, as at least one of the models has none.
    ");
}

#[test]
fn json_has_the_rule_the_items_and_the_verdicts_of_each_change() {
    let run = Place::new(without_celsius).run(&["old.json", "new.json", "--format", "json"]);
    let object: Value = serde_json::from_str(&run.out).expect("stdout is one JSON object");
    assert_eq!(object["summary"], "1 removed member");
    assert_eq!(object["bump"]["from_one"], "major");
    let change = serde_json::to_string_pretty(&object["changes"][0]).expect("it is JSON");
    insta::assert_snapshot!(change, @r#"
    {
      "rule": "member-removed",
      "fate": "removed",
      "subject": "operation",
      "name": "GetCity",
      "path": "operation::get_city::GetCityOutput",
      "shape": "com.example.weather#GetCityResponse",
      "member": "celsius",
      "target": "Double",
      "sentence": "`celsius` is gone from the response of `GetCity`",
      "before": "pub celsius: Option<f64>",
      "after": null,
      "verdicts": {
        "wire": "changed",
        "rust": "breaking",
        "behaviour": "changed",
        "documentation": "changed"
      },
      "direction": "output",
      "operations": [
        "GetCity"
      ],
      "hint": null
    }
    "#);
}

#[test]
fn rules_are_listed_without_a_model() {
    let run = Place::new(str::to_owned).run(&["--rules"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let mut lines = run.out.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    assert!(lines.any(|line| line == "member-required a member must be there now"), "{}", run.out);
}

#[test]
fn without_a_second_model_it_is_that_of_the_repository() {
    let place = Place::new(without_celsius);
    place.put("Cargo.toml", "[workspace]\n");
    place.put("xtask/Cargo.toml", "");
    place.put("model/weather.json", MODEL);
    let run = place.run(&["new.json"]);
    assert_eq!(run.out.lines().next(), Some("1 new member"), "{}", run.err);
}

#[test]
fn a_directory_is_one_model_in_several_files() {
    let place = Place::new(str::to_owned);
    place.put("parts/a.json", MODEL);
    let words = r#"{"smithy": "2.0", "shapes": {"com.example.weather#GetCity": {"type": "apply", "traits": {}}}}"#;
    place.put("parts/b.json", words);
    let run = place.run(&["old.json", "parts"]);
    assert_eq!((run.code, run.out.lines().next()), (0, Some("no changes")), "{}", run.err);
}

#[test]
fn the_release_of_compositions_reads_the_same_in_either_form() {
    let paths = [
        "ivs-realtime/ivs-realtime-2023-11-15.json",
        "ivs-realtime/ivs-realtime-2023-11-16.json",
        "botocore/2023-11-15",
        "botocore/2023-11-16/service-2.json",
    ];
    let [Some(old), Some(new), Some(old_botocore), Some(new_botocore)] = paths.map(shared) else { return };
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let smithy = run_in(here, &[&old, &new]);
    assert!(smithy.out.starts_with("12 new operations, 69 new shapes, "), "{}{}", smithy.out, smithy.err);
    assert!(smithy.out.contains("5 numbers lost their default"), "{}", smithy.out);
    let botocore = run_in(here, &[&old_botocore, &new_botocore]);
    assert_eq!(smithy.out, botocore.out, "{}", botocore.err);
    let mixed = run_in(here, &[&old, &new_botocore]);
    assert_eq!(smithy.out, mixed.out, "{}", mixed.err);
}

#[test]
fn documentation_of_botocore_is_compared_on_request() {
    let (Some(old), Some(new)) = (shared("botocore/2023-11-15"), shared("botocore/2023-11-16")) else { return };
    let run = run_in(Path::new(env!("CARGO_MANIFEST_DIR")), &[&old, &new, "--documentation"]);
    assert!(run.out.contains("with other documentation"), "{}{}", run.out, run.err);
}
