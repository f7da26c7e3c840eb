//! The workspace below `target/conformance/` in which clients and the programs that test them are built, all at once.
//!
//! It stays, so that a later run compiles what has changed and nothing else.

use cargo_smithy_client::paths;
use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use smithy_client_codegen::{Emit, Options, RuntimeDependency, Writer};

use crate::workspace;
use cargo_smithy_client::files;

/// Where clients and programs are built, relative to the repository.
const BUILT: &str = "target/conformance";

/// What programs link against beside their client, relative to the repository.
const SUPPORT: &str = "tests/conformance";

/// The runtime that clients link against, relative to the repository.
const RUNTIME: &str = "codegen/runtime";

/// A program with the client that it tests.
#[derive(Debug)]
pub(super) struct Member {
    /// What both are called; the one begins with `client-`, the other with `tests-`.
    pub(super) name: String,
    /// Path below the client's folder to content.
    pub(super) client: BTreeMap<String, String>,
    /// `main.rs` of the program.
    pub(super) program: String,
    /// Features of the client beside `rt-tokio`.
    pub(super) features: &'static [&'static str],
}

/// What became of a program.
#[derive(Debug)]
pub(super) enum Built {
    /// It can be run.
    Program(PathBuf),
    /// It, or its client, does not compile; the text is what the compiler said.
    Broken(String),
}

/// The workspace.
#[derive(Debug)]
pub(super) struct Scratch {
    root: PathBuf,
}

impl Scratch {
    /// The workspace of the repository in which the command runs.
    ///
    /// # Errors
    ///
    /// That there is no current directory.
    pub(super) fn new() -> Result<Self, String> {
        let here = env::current_dir().map_err(|cause| format!("cannot find the current directory: {cause}"))?;
        Ok(Self { root: workspace::root(&here) })
    }

    fn folder(&self, member: &str) -> PathBuf {
        self.root.join(BUILT).join(member)
    }

    /// How the client of a member is emitted: all operations that can be, with the runtime of this repository.
    ///
    /// # Errors
    ///
    /// That no manifest can name the path of the runtime.
    pub(super) fn options(&self, member: &str) -> Result<Options, String> {
        Ok(Options {
            crate_name: Some(format!("client-{member}")),
            crate_version: None,
            runtime: RuntimeDependency::Path(self.path(&self.folder(member).join("client"), RUNTIME)?),
            standalone: false,
            emit: Emit::Client,
            operations: None,
            skip_unsupported: true,
            protocol: None,
            writer: Writer::default(),
        })
    }

    /// The path from a folder to one of the repository.
    fn path(&self, from: &Path, to: &str) -> Result<String, String> {
        let resolved =
            |path: &Path| paths::resolve(path).map_err(|cause| format!("cannot use {}: {cause}", path.display()));
        let to = self.root.join(to);
        paths::relative(&resolved(from)?, &resolved(&to)?)
            .ok_or_else(|| format!("the path {} is not UTF-8, so no manifest can name it", to.display()))
    }

    /// Writes the members and builds them; what became of each, by its name.
    ///
    /// # Errors
    ///
    /// What cannot be written, or what Cargo said where it could not even begin.
    pub(super) fn build(&self, members: &[Member]) -> Result<BTreeMap<String, Built>, String> {
        self.write(members)?;
        let output = self.cargo()?;
        let said = String::from_utf8_lossy(&output.stdout);
        let messages: Vec<Value> = said.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        let finished = messages.iter().any(|message| message["reason"] == "build-finished");
        if !finished {
            return Err(format!("Cargo cannot build the clients:\n{}", String::from_utf8_lossy(&output.stderr)));
        }
        Ok(members.iter().map(|member| (member.name.clone(), outcome(&member.name, &messages))).collect())
    }

    fn write(&self, members: &[Member]) -> Result<(), String> {
        let built = self.root.join(BUILT);
        let locked = self.root.join("Cargo.lock");
        let locked =
            fs::read_to_string(&locked).map_err(|cause| format!("cannot read {}: {cause}", locked.display()))?;
        files::write_if_changed(&built.join("Cargo.lock"), &locked)?;
        files::write_if_changed(&built.join("Cargo.toml"), &workspace_manifest(members))?;
        for member in members {
            let folder = self.folder(&member.name);
            files::write_if_changed(&folder.join("Cargo.toml"), &manifest(member, &self.path(&folder, SUPPORT)?))?;
            files::write_if_changed(&folder.join("src/main.rs"), &member.program)?;
            for (path, text) in &member.client {
                files::write_if_changed(&folder.join("client").join(path), text)?;
            }
        }
        Ok(())
    }

    fn cargo(&self) -> Result<Output, String> {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(["build", "--quiet", "--bins", "--keep-going", "--message-format", "json", "--manifest-path"]);
        cargo.arg(self.root.join(BUILT).join("Cargo.toml")).stdin(Stdio::null());
        // The engine is built there already.
        cargo.env("CARGO_TARGET_DIR", self.root.join("target"));
        cargo.output().map_err(|cause| format!("cannot run cargo: {cause}"))
    }
}

/// What became of a member, by the messages of Cargo.
fn outcome(name: &str, messages: &[Value]) -> Built {
    let [client, program] = [format!("client_{}", name.replace('-', "_")), format!("tests-{name}")];
    let of = |message: &&Value| message["target"]["name"] == *program || message["target"]["name"] == *client;
    let executable = messages.iter().filter(|message| message["target"]["name"] == *program);
    let executable = executable.filter_map(|message| message["executable"].as_str()).next();
    if let Some(executable) = executable {
        return Built::Program(executable.into());
    }
    let errors = || messages.iter().filter(|message| message["message"]["level"] == "error");
    let rendered = |message: &Value| message["message"]["rendered"].as_str().map(str::to_owned);
    let own: String = errors().filter(of).filter_map(rendered).collect();
    // A member that was not reached has no errors of its own: what it depends on does not compile.
    Built::Broken(if own.is_empty() { errors().filter_map(rendered).collect() } else { own })
}

fn workspace_manifest(members: &[Member]) -> String {
    let members: Vec<String> = members.iter().map(|member| format!("    \"{}\",\n", member.name)).collect();
    format!("[workspace]\nresolver = \"3\"\nmembers = [\n{}]\n", members.concat())
}

/// The manifest of a program.
fn manifest(Member { name, features, .. }: &Member, support: &str) -> String {
    let features: String = features.iter().map(|feature| format!(", \"{feature}\"")).collect();
    format!(
        "\
[package]
name = \"tests-{name}\"
version = \"0.0.0\"
edition = \"2024\"
publish = false

[dependencies]
client-{name} = {{ path = \"client\", default-features = false, features = [\"rt-tokio\"{features}] }}
conformance = {{ path = \"{support}\" }}
"
    )
}

#[cfg(test)]
mod tests {
    use super::{Built, outcome};
    use serde_json::json;
    use std::path::PathBuf;

    #[test]
    fn errors_are_those_of_the_member_that_they_are_in() {
        let messages = [
            json!({"reason": "compiler-message", "target": {"name": "client_a_b"}, "message": {"level": "warning", "rendered": "odd"}}),
            json!({"reason": "compiler-message", "target": {"name": "client_a_b"}, "message": {"level": "error", "rendered": "wrong\n"}}),
            json!({"reason": "compiler-artifact", "target": {"name": "client_c"}, "executable": null}),
            json!({"reason": "compiler-artifact", "target": {"name": "tests-c"}, "executable": "/built/tests-c"}),
            json!({"reason": "build-finished", "success": false}),
        ];
        let Built::Broken(said) = outcome("a-b", &messages) else { panic!("its client does not compile") };
        assert_eq!(said, "wrong\n");
        let Built::Program(program) = outcome("c", &messages) else { panic!("it compiles") };
        assert_eq!(program, PathBuf::from("/built/tests-c"));
    }

    #[test]
    fn errors_of_what_a_member_depends_on_are_told_where_it_has_none() {
        let messages = [
            json!({"reason": "compiler-message", "target": {"name": "smithy_client_runtime"}, "message": {"level": "error", "rendered": "wrong\n"}}),
            json!({"reason": "build-finished", "success": false}),
        ];
        let Built::Broken(said) = outcome("a", &messages) else { panic!("nothing compiles") };
        assert_eq!(said, "wrong\n");
    }
}
