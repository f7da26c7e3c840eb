//! Whether the workspace compiles after it was taken over, in the words of the compiler.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde::Deserialize;

/// What is run, as a person would write it.
pub(super) const COMMAND: &str = "cargo check --workspace --all-targets";

/// What came of it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Whether all of it compiles.
    pub(super) is_good: bool,
    /// How long it took.
    pub(super) elapsed: Duration,
    /// Errors in the crates that were emitted.
    pub(super) of_clients: usize,
    /// Errors of the program where it uses one of them.
    pub(super) of_uses: usize,
    /// Errors that say nothing of them.
    pub(super) others: usize,
    /// Who may ask for aws-lc, where it is compiled although it is to be left out.
    pub(super) has_aws_lc: BTreeSet<String>,
}

/// Where errors are looked for.
#[derive(Debug)]
pub(super) struct Subject<'a> {
    /// The folder of the clients.
    pub(super) clients: &'a Path,
    /// The names of the crates that were taken over, as sources write them.
    pub(super) crates: &'a BTreeSet<String>,
}

/// A line that cargo prints.
#[derive(Deserialize)]
struct Line {
    reason: String,
    manifest_path: Option<std::path::PathBuf>,
    message: Option<Message>,
}

/// What the compiler says.
#[derive(Deserialize)]
struct Message {
    level: String,
    rendered: Option<String>,
    #[serde(default)]
    spans: Vec<Span>,
}

/// Where it says that.
#[derive(Deserialize)]
struct Span {
    #[serde(default)]
    text: Vec<Text>,
}

#[derive(Deserialize)]
struct Text {
    text: String,
}

/// Lets cargo bring `Cargo.lock` up to date with what the workspace depends on now; whether it could. What it says is
/// not shown: whoever compiles gets to hear it.
pub(super) fn resolve(root: &Path) -> bool {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(cargo);
    command.args(["metadata", "--format-version", "1", "--quiet"]).current_dir(root);
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

/// Compiles the workspace, with the environment of the person; `tell` gets what the compiler says, in colours if asked to.
///
/// # Errors
///
/// A sentence: cargo cannot be run.
pub(super) fn check(
    root: &Path,
    subject: &Subject<'_>,
    has_colours: bool,
    tell: &mut dyn FnMut(&str),
) -> Result<Checked, String> {
    let started = Instant::now();
    let failed = |cause: io::Error| format!("cannot run cargo: {cause}");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let format = if has_colours { "json-diagnostic-rendered-ansi" } else { "json" };
    let mut child = Command::new(cargo)
        .args(["check", "--workspace", "--all-targets", "--message-format", format])
        .current_dir(root)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    let mut checked = child.stdout.take().map_or_else(Checked::default, |out| read(out, subject, tell));
    checked.is_good = child.wait().map_err(failed)?.success();
    checked.elapsed = started.elapsed();
    Ok(checked)
}

/// Reads what cargo prints until it ends.
fn read(out: impl Read, subject: &Subject<'_>, tell: &mut dyn FnMut(&str)) -> Checked {
    let mut checked = Checked::default();
    // A source that is part of several targets is compiled for each, and has the same errors in all.
    let mut said = BTreeSet::new();
    for line in BufReader::new(out).lines().map_while(Result::ok) {
        // Whatever else is printed is a build script's.
        let Ok(Line { reason, manifest_path, message: Some(message) }) = serde_json::from_str(&line) else { continue };
        if reason != "compiler-message" {
            continue;
        }
        let rendered = message.rendered.as_deref().unwrap_or_default();
        if !said.insert(rendered.to_owned()) {
            continue;
        }
        tell(rendered);
        // The last words of a compilation only count what was said before.
        if message.level != "error" || message.spans.is_empty() {
            continue;
        }
        let is_client = manifest_path.is_some_and(|path| path.starts_with(subject.clients));
        if is_client {
            checked.of_clients += 1;
        } else if is_about(&message, rendered, subject) {
            checked.of_uses += 1;
        } else {
            checked.others += 1;
        }
    }
    checked
}

/// Whether an error speaks of a crate that was taken over, or of a file in it.
fn is_about(message: &Message, rendered: &str, subject: &Subject<'_>) -> bool {
    let clients = subject.clients.to_string_lossy();
    let shown = message.spans.iter().flat_map(|span| &span.text).map(|line| line.text.as_str());
    let mut texts = shown.chain([rendered]);
    texts.any(|text| text.contains(clients.as_ref()) || subject.crates.iter().any(|name| text.contains(name.as_str())))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use serde_json::json;

    use super::{Checked, Subject, read};

    #[test]
    fn errors_are_told_apart_by_where_they_are_and_what_they_name() {
        let message = |manifest: &str, level: &str, text: &str| {
            let spans = json!([{ "file_name": "src/main.rs", "text": [{ "text": text }] }]);
            let message = json!({ "level": level, "rendered": format!("{level}: {text}\n"), "spans": spans });
            json!({ "reason": "compiler-message", "manifest_path": manifest, "message": message }).to_string()
        };
        let lines = [
            message("/w/clients/sqs/Cargo.toml", "error", "broken"),
            message("/w/app/Cargo.toml", "error", "use aws_sdk_sqs::presigning;"),
            message("/w/app/Cargo.toml", "error", "let x: u8 = \"\";"),
            message("/w/app/Cargo.toml", "warning", "unused"),
            message("/w/app/Cargo.toml", "error", "let x: u8 = \"\";"),
            json!({ "reason": "build-finished", "success": false }).to_string(),
            json!({ "reason": "compiler-message", "message": { "level": "error", "rendered": "aborting\n" } })
                .to_string(),
            "a build script says this".to_owned(),
        ];
        let crates = BTreeSet::from(["aws_sdk_sqs".to_owned()]);
        let subject = Subject { clients: Path::new("/w/clients"), crates: &crates };
        let mut told = String::new();
        let checked = read(lines.join("\n").as_bytes(), &subject, &mut |text| told += text);
        assert_eq!(checked, Checked { of_clients: 1, of_uses: 1, others: 1, ..Checked::default() });
        insta::assert_snapshot!(checked.text(), @r"
        cargo check --workspace --all-targets: the workspace does not compile
          1 error: in emitted crates, which is a defect of the generator
          1 error: where the program uses a crate that was taken over
          1 error: that name no such crate: about types of one all the same, or there before
          hint: botocore lacks names of enum values, and which numbers have a default, of services that are not compared yet; where the models are its own, those of https://github.com/aws/api-models-aws may do: --undo, then migrate --model FOLDER
        ");
        insta::assert_snapshot!(told, @r#"
        error: broken
        error: use aws_sdk_sqs::presigning;
        error: let x: u8 = "";
        warning: unused
        aborting
        "#);
    }
}
