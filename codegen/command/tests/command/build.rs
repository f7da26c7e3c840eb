//! What is emitted builds in the user's workspace.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::Workspace;

#[test]
fn a_program_with_a_client_that_was_added_compiles() {
    let workspace = Workspace::package(
        "async fn city(client: &weather::Client) -> Option<f64> {\n    \
         client.get_city().name(\"a\").send().await.ok()?.celsius()\n}\n\n\
         fn main() {\n    let _ = city;\n}\n",
    );
    workspace.passes(&["add", "weather", "--model", "weather.json", "--no-default-features"]);
    // The versions that this repository has locked are the ones that are at hand without a network.
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.lock");
    fs::copy(lock, workspace.path("Cargo.lock")).expect("there is a lock file");
    let own = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["check", "--offline", "--color", "never"]).current_dir(workspace.path(""));
    cargo.env("CARGO_TARGET_DIR", own.parent().unwrap_or(own));
    let run = cargo.output().expect("cargo runs");
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success() && !said.contains("warning"), "{said}");
}
