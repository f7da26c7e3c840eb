//! One crate with every payload that is accepted anywhere compiles, and none of its doctests is the model's.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use smithy_client_codegen::{Emit, Generated};

use crate::payloads::payloads;
use crate::places::{places, with};
use crate::{emitted, rich};

/// The crate of the model that has all payloads at once in each place that takes them, else what of them it takes.
fn poisoned() -> (Generated, usize) {
    let texts = payloads();
    let short: Vec<&str> = texts.iter().map(|(_, text)| text.as_str()).filter(|text| text.len() < 1_000).collect();
    let all = short.join(" ");
    let mut model = rich();
    let mut poisoned = 0;
    for places in places(&model).into_values() {
        // A key that was changed leads nowhere, so that what is below it stays as it is.
        for place in places.iter().filter(|place| !place.is_key) {
            let takes = |payload: &str| {
                let injected = with(&model, place, payload, false);
                emitted(&injected, Emit::Client).is_ok().then_some(injected)
            };
            if let Some(injected) = takes(&all).or_else(|| takes("\" { } $x *///! `")) {
                model = injected;
                poisoned += 1;
            }
        }
    }
    (emitted(&model, Emit::Client).expect("each change was accepted"), poisoned)
}

/// Writes the crate anew, as a workspace of its own.
fn write_crate(folder: &Path, generated: &Generated) {
    if folder.exists() {
        fs::remove_dir_all(folder).unwrap_or_else(|error| panic!("cannot empty {}: {error}", folder.display()));
    }
    let locked = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    let locked = fs::read_to_string(&locked).unwrap_or_else(|error| panic!("cannot read Cargo.lock: {error}"));
    write(&folder.join("Cargo.lock"), &locked);
    for (path, text) in &generated.files {
        let workspace = if path == "Cargo.toml" { "\n[workspace]\n" } else { "" };
        write(&folder.join(path), &format!("{text}{workspace}"));
    }
}

fn write(path: &Path, text: &str) {
    let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(path, text));
    written.unwrap_or_else(|error| panic!("cannot write {}: {error}", path.display()));
}

/// The directory in which this test was built, so that what it has compiled is used again.
fn target_directory() -> PathBuf {
    let own = Path::new(env!("CARGO_TARGET_TMPDIR"));
    own.parent().unwrap_or(own).to_path_buf()
}

/// Runs cargo on the poisoned crate and returns what it says.
#[track_caller]
fn assert_cargo(name: &str, command: &[&str]) -> String {
    let (generated, poisoned) = poisoned();
    assert!(poisoned > 100, "only {poisoned} texts were changed");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    write_crate(&folder, &generated);
    let cargo = Command::new(env!("CARGO"))
        .args(command)
        .args(["--no-default-features", "--features", "serde", "--offline", "--color", "never"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", target_directory())
        .output()
        .unwrap_or_else(|error| panic!("cargo does not start: {error}"));
    let said = String::from_utf8_lossy(&cargo.stderr).into_owned() + &String::from_utf8_lossy(&cargo.stdout);
    assert!(cargo.status.success(), "cargo says:\n{said}");
    said
}

#[test]
fn a_crate_with_every_payload_compiles() {
    let said = assert_cargo("poisoned", &["check"]);
    assert!(!said.lines().any(|line| line.starts_with("warning")), "cargo says:\n{said}");
}

#[test]
#[ignore = "compiles the doctests of a crate; run it with --ignored"]
fn no_doctest_of_a_crate_with_every_payload_is_of_the_model() {
    let said = assert_cargo("poisoned-doctests", &["test", "--doc"]);
    assert!(said.contains("test result: ok"), "cargo says:\n{said}");
}
