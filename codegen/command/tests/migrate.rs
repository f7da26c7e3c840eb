//! The command itself takes a workspace over and puts it back, also after it was killed, and what it emits compiles.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A service of three operations, and one that streams.
const MODEL: &str = include_str!("tiny.json");

const MANIFEST: &str = "\
[package]
name = \"notes\"
edition = \"2024\"

[dependencies]
# Where the notes are.
aws-sdk-tinyqueue = { version = \"1.2\", default-features = false, features = [\"rt-tokio\"] }
";

const MAIN: &str = "\
use aws_sdk_tinyqueue::{Client, Error};

async fn send(client: &Client) -> Result<(), Error> {
    client.send_note().text(\"a\").send().await?;
    Ok(())
}

fn main() {
    let _ = send;
}
";

/// A program as people write it against the official crate: a batch with builders, attributes, and errors told apart.
const SQS: &str = "\
use aws_sdk_sqs::error::SdkError;
use aws_sdk_sqs::operation::send_message::SendMessageError;
use aws_sdk_sqs::types::{MessageSystemAttributeName, SendMessageBatchRequestEntry};

async fn work(client: &aws_sdk_sqs::Client, queue: &str) -> Result<(), aws_sdk_sqs::Error> {
    let entry = SendMessageBatchRequestEntry::builder().id(\"1\").message_body(\"a\").build()?;
    client.send_message_batch().queue_url(queue).entries(entry).send().await?;
    let received = client
        .receive_message()
        .queue_url(queue)
        .message_system_attribute_names(MessageSystemAttributeName::SentTimestamp)
        .max_number_of_messages(10)
        .send()
        .await?;
    for message in received.messages() {
        let Some(handle) = message.receipt_handle() else { continue };
        client.delete_message().queue_url(queue).receipt_handle(handle).send().await?;
    }
    match client.send_message().queue_url(queue).message_body(\"b\").send().await {
        Err(SdkError::ServiceError(error)) if matches!(error.err(), SendMessageError::QueueDoesNotExist(_)) => Ok(()),
        other => other.map(drop).map_err(Into::into),
    }
}

fn main() {
    let _ = work;
}
";

/// A package that depends on an official crate.
struct Fixture {
    folder: tempfile::TempDir,
}

impl Fixture {
    fn new() -> Self {
        let fixture = Self { folder: tempfile::tempdir().expect("a folder") };
        fixture.write("Cargo.toml", MANIFEST);
        fixture.write("src/main.rs", MAIN);
        fixture.write("models/tiny.json", MODEL);
        fixture
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, path: &str, text: &str) {
        let place = self.root().join(path);
        fs::create_dir_all(place.parent().expect("it has one")).expect("it is ours");
        fs::write(place, text).expect("it is ours");
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-smithy-client"));
        command.args(["smithy-client", "migrate"]).args(words).current_dir(self.root()).stdin(Stdio::null());
        command
    }

    fn run(&self, words: &[&str]) -> Output {
        self.command(words).output().expect("it can be run")
    }

    /// All that is there: directories, and files with their bytes; but for what is cached where Cargo builds.
    fn tree(&self) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
        let mut tree = BTreeMap::new();
        collect(self.root(), &mut tree);
        tree.retain(|path, _| !path.starts_with(self.root().join("target")));
        tree
    }
}

fn collect(directory: &Path, tree: &mut BTreeMap<PathBuf, Option<Vec<u8>>>) {
    for entry in fs::read_dir(directory).expect("it is there").flatten() {
        let path = entry.path();
        match path.is_dir() {
            true => {
                collect(&path, tree);
                tree.insert(path, None);
            }
            false => drop(tree.insert(path.clone(), Some(fs::read(path).expect("it is there")))),
        }
    }
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn one_command_takes_over_and_one_puts_back() {
    let fixture = Fixture::new();
    let before = fixture.tree();
    let dry = fixture.run(&["--model", "models", "--dry-run"]);
    assert_eq!(dry.status.code(), Some(0), "{dry:?}");
    assert!(out(&dry).ends_with("nothing was written\n"), "{}", out(&dry));
    assert!(fixture.tree() == before);

    let done = fixture.run(&["--model", "models", "--no-build"]);
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    assert!(out(&done).starts_with("aws-sdk-tinyqueue -> clients/tinyqueue: 1 of 4 operations"), "{}", out(&done));
    let manifest = fs::read_to_string(fixture.root().join("Cargo.toml")).expect("it is there");
    assert!(manifest.contains("# Where the notes are.\naws-sdk-tinyqueue = { package = \"tinyqueue\""), "{manifest}");

    let again = fixture.run(&["--model", "models", "--no-build"]);
    assert_eq!(out(&again), "no package of the workspace depends on an official crate\n");
    let undone = fixture.run(&["--undo", "--format", "json"]);
    assert_eq!(undone.status.code(), Some(0), "{undone:?}");
    let told: serde_json::Value = serde_json::from_slice(&undone.stdout).expect("it is one object");
    assert_eq!(told["put_back"], serde_json::json!(["Cargo.toml"]), "{told}");
    assert!(told["status"] == "undone" && told["removed"].as_array().is_some_and(|all| all.len() > 100), "{told}");
    assert!(fixture.tree() == before);
    assert_eq!(out(&fixture.run(&["--undo"])), "there is no migration to undo\n");
}

#[test]
fn what_was_edited_since_is_refused_by_name() {
    let fixture = Fixture::new();
    fixture.run(&["--model", "models", "--no-build"]);
    fixture.write("Cargo.toml", "[package]\nname = \"mine\"\nedition = \"2024\"\n");
    let refused = fixture.run(&["--undo"]);
    assert_eq!(refused.status.code(), Some(2));
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(said.contains("these files were edited since: Cargo.toml\n"), "{said}");
    assert_eq!(fixture.run(&["--undo", "--force"]).status.code(), Some(0));
    let kept = fs::read_to_string(fixture.root().join("Cargo.toml.edited-1")).expect("it is kept");
    assert!(kept.contains("mine"));
    assert_eq!(fs::read_to_string(fixture.root().join("Cargo.toml")).as_deref().ok(), Some(MANIFEST));
}

/// A run is killed at many moments; what it has done is put back, or can be done by another run.
#[test]
fn a_run_that_is_killed_loses_nothing() {
    let fixture = Fixture::new();
    let before = fixture.tree();
    let started = Instant::now();
    fixture.run(&["--model", "models", "--no-build"]);
    let whole = started.elapsed();
    fixture.run(&["--undo"]);
    assert!(fixture.tree() == before);
    const KILLS: u32 = 24;
    for kill in 1..=KILLS {
        let mut child = fixture
            .command(&["--model", "models", "--no-build"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it can be run");
        // Most of the time goes into reading; what is written is written at the end.
        sleep(whole / 2 + Duration::from_secs_f64(whole.as_secs_f64() / 2.0 * f64::from(kill) / f64::from(KILLS)));
        child.kill().expect("it is ours");
        child.wait().expect("it was killed");
        let undone = fixture.run(&["--undo"]);
        assert_eq!(undone.status.code(), Some(0), "kill {kill}: {undone:?}");
        let after = fixture.tree();
        let differs: Vec<_> =
            after.iter().filter(|(path, bytes)| before.get(*path) != Some(*bytes)).map(|it| it.0).collect();
        assert!(after == before, "kill {kill} of {whole:?} leaves {differs:?}");
    }
}

/// Compiles a program that was taken over, offline, with what the registry's cache has; where that is not enough, the test
/// says so.
fn compiles(fixture: &Fixture, models: &str) {
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.lock");
    if fs::copy(&lock, fixture.root().join("Cargo.lock")).is_err() {
        eprintln!("skipped: not found: {}", lock.display());
        return;
    }
    let before = fixture.tree();
    // What the runtime is built on is compiled once for all tests.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("migrate");
    let mut command = fixture.command(&["--model", models]);
    let done =
        command.env("CARGO_NET_OFFLINE", "true").env("CARGO_TARGET_DIR", target).output().expect("it can be run");
    let said = String::from_utf8_lossy(&done.stderr);
    if ["--offline", "no matching package"].iter().any(|word| said.contains(word)) {
        eprintln!("skipped: not found: the crates of the runtime, in the cache of the registry");
    } else {
        assert_eq!(done.status.code(), Some(0), "{}{said}", out(&done));
        assert!(out(&done).contains("the workspace compiles"), "{}", out(&done));
    }
    fixture.run(&["--undo"]);
    assert!(fixture.tree() == before, "{:?}", fixture.tree().keys().collect::<Vec<_>>());
}

#[test]
fn what_is_taken_over_compiles() {
    compiles(&Fixture::new(), "models");
}

#[test]
fn a_program_on_sqs_is_taken_over_and_compiles() {
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/models/aws");
    let Ok(models) = models.canonicalize() else {
        eprintln!("skipped: not found: {}", models.display());
        return;
    };
    let fixture = Fixture::new();
    fixture.write("Cargo.toml", &MANIFEST.replace("tinyqueue", "sqs"));
    fixture.write("src/main.rs", SQS);
    compiles(&fixture, &models.display().to_string());
}
