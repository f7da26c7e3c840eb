//! botocore and the AWS command line, unmodified, as clients of the fake: where they are installed.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use p384::ecdsa::SigningKey;
use p384::elliptic_curve::Generate;
use p384::pkcs8::EncodePublicKey;
use tests::fake::{Fake, Settings};

use super::frozen;

/// A command with the environment that the server prints to export, and nothing of the machine's own configuration.
fn command(program: impl AsRef<OsStr>, fake: &Fake) -> Command {
    let (key, secret) = fake.credentials();
    let mut command = Command::new(program);
    command.env("AWS_ENDPOINT_URL_IVS_REALTIME", fake.url()).env("AWS_DEFAULT_REGION", fake.region());
    command.env("AWS_ACCESS_KEY_ID", key).env("AWS_SECRET_ACCESS_KEY", secret).env("PYTHONDONTWRITEBYTECODE", "1");
    for file in ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"] {
        command.env(file, std::env::temp_dir().join("no-such-file"));
    }
    for other in ["AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_ENDPOINT_URL", "AWS_DATA_PATH"] {
        command.env_remove(other);
    }
    command
}

/// Runs a command beside the server, which goes on in this thread.
async fn run(mut command: Command) -> Option<Output> {
    let output = tokio::task::spawn_blocking(move || command.output()).await.expect("it does not panic");
    output.ok()
}

/// The text that a command prints, when it succeeds.
fn printed(output: &Output) -> String {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}\n{errors}", output.status);
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// Whether Python has botocore; says so where it has not.
async fn has_botocore(fake: &Fake) -> bool {
    let mut python = command("python3", fake);
    python.args(["-c", "import botocore"]);
    let found = run(python).await.is_some_and(|output| output.status.success());
    if !found {
        println!("skipped: not found: Python 3 with botocore");
    }
    found
}

/// A script of `tests/botocore`.
fn script(name: &str, fake: &Fake) -> Command {
    let mut python = command("python3", fake);
    python.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("botocore").join(name));
    python
}

/// A folder that is removed when this is dropped.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The newest model of the service in the folder layout that botocore searches; `None` where it is missing.
fn newest_data() -> Option<Folder> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/models/botocore/2026-11-17");
    let files: Vec<_> = std::fs::read_dir(source).ok()?.collect::<Result<_, _>>().ok()?;
    let folder = Folder(std::env::temp_dir().join(format!("fake-botocore-{}", std::process::id())));
    let target = folder.0.join("ivs-realtime/2020-07-14");
    std::fs::create_dir_all(&target).expect("the folder for temporary files can be written");
    for file in files {
        std::fs::copy(file.path(), target.join(file.file_name())).expect("a file can be copied");
    }
    Some(folder)
}

#[tokio::test]
async fn botocore_calls_every_operation() {
    let fake = Fake::start(Settings::default()).await.expect("a port of loopback is free");
    if !has_botocore(&fake).await {
        return;
    }
    let pem =
        SigningKey::generate().verifying_key().to_public_key_pem(Default::default()).expect("a key has a PEM form");
    let mut python = script("all_operations.py", &fake);
    python.arg(pem);
    let data = newest_data();
    match &data {
        Some(data) => _ = python.env("AWS_DATA_PATH", &data.0),
        None => println!("skipped: not found: the newest model, so operations that botocore lacks are not called"),
    }
    let told = printed(&run(python).await.expect("Python was found before"));
    println!("{told}");
    if data.is_some() {
        assert_eq!(told, "40 operations");
    }
    assert!(fake.requests().iter().all(|request| request.status == 200), "{:?}", fake.requests());
}

/// `FAKE_WALKS=N` walks with N seeds.
#[tokio::test]
async fn botocore_walks_at_random_and_finds_the_documented_rules() {
    let walks = std::env::var("FAKE_WALKS").ok().and_then(|text| text.parse().ok()).unwrap_or(1);
    for seed in 1..=walks {
        let settings =
            Settings { seed: Some(seed), composition_step_seconds: 10, idle_seconds: i64::from(i32::MAX), ..frozen() };
        let fake = Fake::start(settings).await.expect("a port of loopback is free");
        if !has_botocore(&fake).await {
            return;
        }
        let mut python = script("walk.py", &fake);
        python.args([seed.to_string().as_str(), "250"]);
        println!("seed {seed}: {}", printed(&run(python).await.expect("Python was found before")));
    }
}

#[tokio::test]
async fn the_aws_command_line_creates_lists_and_deletes_a_stage() {
    let fake = Fake::start(Settings::default()).await.expect("a port of loopback is free");
    let aws = |words: &[&str]| {
        let mut aws = command("aws", &fake);
        aws.args(["--output", "text", "ivs-realtime"]).args(words);
        run(aws)
    };
    let Some(created) = aws(&["create-stage", "--name", "standup", "--query", "stage.arn"]).await else {
        println!("skipped: not found: the AWS command line");
        return;
    };
    let arn = printed(&created);
    let listed = aws(&["list-stages", "--query", "stages[].name"]).await.expect("it was found before");
    assert_eq!(printed(&listed), "standup");
    printed(&aws(&["delete-stage", "--arn", &arn]).await.expect("it was found before"));
    let gone = aws(&["get-stage", "--arn", &arn]).await.expect("it was found before");
    let told = String::from_utf8_lossy(&gone.stderr).into_owned();
    assert!(told.contains("ResourceNotFoundException"), "{told}");
    assert!(fake.census().expect("no state file").is_empty());
}
