//! Calls any operation of IVS RealTime by its name: JSON in, JSON out.
//!
//! `cargo run -p tests --example call -- CreateStage '{"name": "standup"}'`; `--help` tells the rest.

use std::io::{Read, Write};
use std::process::ExitCode;

use ivs_realtime::by_name::{CallError, OPERATIONS};
use ivs_realtime::{Client, config};

const HELP: &str = "\
Calls an operation of Amazon IVS RealTime.

Usage: call [--show-secrets] OPERATION JSON

  OPERATION        one of those below
  JSON             its input as a JSON object, `{}` for none, or `-` to read it from standard input
  --show-secrets   shows tokens and stream keys of the output; otherwise they are redacted
  --help           shows this text

The output is JSON on standard output. An error is one line on standard error.

Configuration is that of every AWS client: AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
AWS_SESSION_TOKEN, AWS_PROFILE, AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_IVS_REALTIME, the files below ~/.aws
and so on. Endpoints may be http. Profiles that sign in by SSO or run a credential_process are not
served: this program is built without those parts of aws-config.

Exit status: 0 the call succeeded, 1 it failed or its input does not fit, 2 wrong usage.
";

/// What the command line asks for.
enum Command {
    Help,
    Call { operation: String, json: String, secrets: bool },
}

fn parse(arguments: impl Iterator<Item = String>) -> Result<Command, String> {
    let mut secrets = false;
    let mut words = Vec::new();
    for argument in arguments {
        match argument.as_str() {
            "--help" | "-h" => return Ok(Command::Help),
            "--show-secrets" => secrets = true,
            option if option.starts_with("--") => return Err(format!("there is no option {option}")),
            _ => words.push(argument),
        }
    }
    match <[String; 2]>::try_from(words) {
        Ok([operation, json]) => Ok(Command::Call { operation, json, secrets }),
        Err(words) => Err(format!("an operation and its JSON are needed, {} given", count(words.len()))),
    }
}

fn count(words: usize) -> String {
    if words == 1 { "1 argument is".to_owned() } else { format!("{words} arguments are") }
}

async fn call(operation: &str, json: &str, secrets: bool) -> Result<String, CallError> {
    let client = Client::new(&config::load_from_env().await);
    if secrets { client.call_json_with_secrets(operation, json).await } else { client.call_json(operation, json).await }
}

/// The JSON itself, or what standard input holds.
fn input(json: String) -> Result<String, String> {
    if json != "-" {
        return Ok(json);
    }
    let mut text = String::new();
    match std::io::stdin().read_to_string(&mut text) {
        Ok(_) => Ok(text),
        Err(error) => Err(format!("standard input: {error}")),
    }
}

/// Writes to standard output; a reader that has gone is no reason to panic.
fn print(text: &str) -> Result<(), String> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| format!("standard output: {error}"))
}

fn run() -> Result<(), (u8, String)> {
    let usage = |problem: String| (2, format!("{problem}; see --help"));
    let (operation, json, secrets) = match parse(std::env::args().skip(1)).map_err(usage)? {
        Command::Help => {
            let operations: String = OPERATIONS.iter().map(|name| format!("  {name}\n")).collect();
            return print(&format!("{HELP}\nOperations:\n{operations}")).map_err(|problem| (1, problem));
        }
        Command::Call { operation, json, secrets } => (operation, json, secrets),
    };
    let json = input(json).map_err(|problem| (1, problem))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| (1, format!("no runtime: {error}")))?;
    let output = runtime.block_on(call(&operation, &json, secrets)).map_err(|error| {
        let code = if error.is_unknown_operation() { 2 } else { 1 };
        (code, error.to_string())
    })?;
    print(&format!("{output}\n")).map_err(|problem| (1, problem))
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err((code, problem)) => {
            eprintln!("{problem}");
            ExitCode::from(code)
        }
    }
}
