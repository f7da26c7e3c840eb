//! What became of a client: whether Cargo, the compiler or rustdoc had anything to say.

use std::process::Output;

use serde_json::Value;

/// What became of a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Nothing was said.
    Holds,
    /// It was refused, or something was said about it.
    Fails(String),
}

impl Verdict {
    /// The verdict on a client, with what was said below.
    pub(super) fn text(&self, name: &str) -> String {
        match self {
            Self::Holds => format!("{name}: ok\n"),
            Self::Fails(said) => {
                let lines: String = said.trim_end().lines().map(|line| format!("  {line}\n")).collect();
                format!("{name}: FAILED\n{lines}")
            }
        }
    }
}

/// What a run of Cargo with messages in JSON comes to for a package: any message about it is a failure, and so are errors of
/// what it depends on.
pub(super) fn of(package: &str, ran: &Output) -> Verdict {
    let target = package.replace('-', "_");
    let said = String::from_utf8_lossy(&ran.stdout);
    let messages = said.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let messages = messages.filter(|message| message["reason"] == "compiler-message");
    let matters = |message: &Value| message["target"]["name"] == *target || message["message"]["level"] == "error";
    let rendered = |message: Value| message["message"]["rendered"].as_str().map(str::to_owned);
    let said: String = messages.filter(matters).filter_map(rendered).collect();
    match (said.is_empty(), ran.status.success()) {
        (true, true) => Verdict::Holds,
        (true, false) => Verdict::Fails(String::from_utf8_lossy(&ran.stderr).into_owned()),
        (false, _) => Verdict::Fails(said),
    }
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Output};

    use super::{Verdict, of};
    use serde_json::{Value, json};

    /// What Cargo says where it says these messages, and ends well or not.
    fn ran(messages: &[Value], success: bool) -> Option<Output> {
        let status = Command::new("cargo").arg(if success { "--version" } else { "--wrong" }).output().ok()?.status;
        let lines: String = messages.iter().map(|message| format!("{message}\n")).collect();
        Some(Output { status, stdout: lines.into_bytes(), stderr: b"cannot begin".to_vec() })
    }

    fn message(target: &str, level: &str) -> Value {
        let message = json!({ "level": level, "rendered": format!("{level} of {target}\n") });
        json!({ "reason": "compiler-message", "target": { "name": target }, "message": message })
    }

    #[test]
    fn warnings_count_of_the_client_and_errors_of_all() {
        let said = |messages: &[Value], success| ran(messages, success).map(|ran| of("client-sts", &ran));
        assert_eq!(said(&[message("http", "warning")], true), Some(Verdict::Holds));
        let warned = said(&[message("client_sts", "warning"), message("http", "warning")], true);
        assert_eq!(warned, Some(Verdict::Fails("warning of client_sts\n".to_owned())));
        assert_eq!(said(&[message("http", "error")], false), Some(Verdict::Fails("error of http\n".to_owned())));
        assert_eq!(said(&[], false), Some(Verdict::Fails("cannot begin".to_owned())));
    }

    #[test]
    fn what_was_said_stands_below_the_verdict() {
        assert_eq!(Verdict::Fails("a\nb\n".to_owned()).text("sts"), "sts: FAILED\n  a\n  b\n");
        assert_eq!(Verdict::Holds.text("sts"), "sts: ok\n");
    }
}
