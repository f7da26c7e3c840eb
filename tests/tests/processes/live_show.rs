//! The program `live_show` as a process: how it ends, and what it leaves.

use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use tests::fake::{ACCESS_KEY, SECRET_KEY};

use super::Server;

/// Held by tests of which one takes all processors and the other is measured.
static PROCESSORS: Mutex<()> = Mutex::new(());

fn processors() -> MutexGuard<'static, ()> {
    PROCESSORS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The example, which cargo builds along with all targets of this package.
fn program() -> PathBuf {
    let own = std::env::current_exe().expect("a test is a file");
    let built = own.ancestors().nth(2).map(|directory| directory.join("examples/live_show"));
    let built = built.expect("tests lie two folders deep");
    assert!(built.exists(), "{} is missing: cargo build -p tests --example live_show", built.display());
    built
}

/// The program with nothing in its environment.
fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(program());
    command.args(arguments).env_clear().stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// A show against a server that runs already.
fn show(server: &Server) -> Child {
    let channel = "arn:aws:ivs:us-east-1:123456789012:channel/show";
    command(&["--live", "--bucket", "recordings", "--channel", channel])
        .env("AWS_ENDPOINT_URL_IVS_REALTIME", &server.url)
        .env("AWS_REGION", "us-east-1")
        .env("AWS_ACCESS_KEY_ID", ACCESS_KEY)
        .env("AWS_SECRET_ACCESS_KEY", SECRET_KEY)
        .spawn()
        .expect("it starts")
}

fn server() -> Server {
    Server::start(&["--composition-step", "1", "--rate", "GetStage=10"])
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("the program writes UTF-8")
}

/// What it printed, after a look for tokens: the first part of each is a JSON object in base64.
fn summary(output: &Output) -> Value {
    let (out, errors) = (text(&output.stdout), text(&output.stderr));
    assert!(!out.contains("eyJ") && !errors.contains("eyJ"), "a token was printed");
    serde_json::from_str(out).unwrap_or_else(|problem| panic!("{problem}: {out}\n{errors}"))
}

#[test]
fn a_whole_show_takes_less_than_ten_seconds_and_leaves_nothing() {
    let _alone = processors();
    let since = Instant::now();
    let output = command(&[]).output().expect("it starts");
    let took = since.elapsed();
    let summary = summary(&output);
    assert_eq!(output.status.code(), Some(0), "{summary:#}");
    assert!(took < Duration::from_secs(10), "{took:?}");
    assert_eq!(summary["outcome"], "complete");
    let users: Vec<_> = summary["tokens"].as_array().expect("tokens").iter().map(|token| &token["userId"]).collect();
    assert_eq!(users, ["host", "guest", "viewer"]);
    assert!(summary["tokens"].to_string().contains("Sensitive Data Redacted"));
    assert_eq!(summary["participants"].as_array().map(Vec::len), Some(3));
    assert_eq!(summary["disconnected"].as_array().map(Vec::len), Some(1));
    let burst = &summary["burst"];
    assert!(burst["attempts"].as_u64() > burst["calls"].as_u64(), "nothing was throttled: {burst}");
    assert!(summary["cleanup"]["conflicts"].as_u64() > Some(0), "nothing was in use: {}", summary["cleanup"]);
    assert!(summary["left"].as_object().expect("a census").values().all(|count| *count == 0), "{}", summary["left"]);
}

#[test]
fn ctrl_c_at_any_of_ten_moments_leaves_nothing() {
    let _alone = processors();
    let moments = (0..10).map(|moment| Duration::from_millis(250 * moment));
    let shows: Vec<_> = moments.map(|moment| thread::spawn(move || interrupted_after(moment))).collect();
    let outcomes: Vec<_> = shows.into_iter().map(|show| show.join().expect("it leaves nothing")).collect();
    println!("{outcomes:?}");
    assert!(outcomes.contains(&130), "no show was interrupted: {outcomes:?}");
}

/// Interrupts a show so long after its first step began, and returns its exit status.
fn interrupted_after(moment: Duration) -> i32 {
    let server = server();
    let mut show = show(&server);
    let mut progress = BufReader::new(show.stderr.take().expect("it is a pipe"));
    let mut errors = String::new();
    progress.read_line(&mut errors).expect("the first step is told");
    thread::sleep(moment);
    // What the terminal does at ctrl-c. Where the show has ended before, there is nobody to tell.
    let told = Command::new("sh").args(["-c", &format!("kill -INT {}", show.id())]).stderr(Stdio::null()).status();
    told.expect("there is a shell");
    let output = show.wait_with_output().expect("it ends");
    progress.read_to_string(&mut errors).expect("the program writes UTF-8");
    let code = output.status.code().unwrap_or_default();
    let summary: Value = serde_json::from_slice(&output.stdout).expect("a summary");
    let outcome = if code == 0 { "complete" } else { "interrupted" };
    assert!(
        matches!(code, 0 | 130) && summary["outcome"] == outcome,
        "after {moment:?}: {code}, {summary:#}\n{errors}"
    );
    assert_eq!(server.left(), Vec::<String>::new(), "after {moment:?}: {code}\n{errors}");
    code
}

#[test]
fn a_step_that_fails_leaves_nothing() {
    let server = server();
    server.administer("fault", r#"{"operation": "GetComposition", "times": 9, "kind": "status", "status": 500}"#);
    let output = show(&server).wait_with_output().expect("it ends");
    let summary = summary(&output);
    assert_eq!((output.status.code(), &summary["outcome"]), (Some(1), &"failed".into()), "{summary:#}");
    assert!(summary["problem"].as_str().is_some_and(|problem| problem.starts_with("GetComposition")), "{summary:#}");
    assert_eq!(server.left(), Vec::<String>::new());
}

#[test]
fn wrong_usage_is_told() {
    let output = command(&["--live"]).output().expect("it starts");
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(2), "--live needs --bucket; see --help\n"));
}
