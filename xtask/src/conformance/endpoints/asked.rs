//! What a program is asked, and what it answers.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Map, Value, json};
use smithy_client_codegen::endpoint_tests::{EndpointCall, EndpointProgram, EndpointSuite};
use smithy_client_codegen::model::endpoint::types::built_in;

use super::super::trial::Verdict;

/// A question: where parameters or a call lead.
#[derive(Debug)]
pub(super) struct Question {
    /// Position of the case in its suite.
    pub(super) case: usize,
    /// The case's number and `params`, or the operation that is called.
    pub(super) id: String,
    pub(super) documentation: String,
    /// It asks for parameters.
    pub(super) has_params: bool,
    /// What the program reads.
    json: Value,
    /// Why it is not asked.
    pub(super) skipped: Option<Verdict>,
}

impl Question {
    /// Whether a text is in its id or in what it is about.
    pub(super) fn is_about(&self, text: &str) -> bool {
        self.id.contains(text) || self.documentation.contains(text)
    }
}

/// The questions of a suite: of each case its parameters, then its calls.
pub(super) fn questions(suite: &EndpointSuite, program: Option<&EndpointProgram>) -> Vec<Question> {
    let mut questions = Vec::new();
    for (case, stated) in suite.cases.iter().enumerate() {
        let mut push = |what: &str, json, skipped: Option<String>| {
            questions.push(Question {
                case,
                id: format!("{case} {what}"),
                documentation: stated.documentation.clone().unwrap_or_default(),
                has_params: what == "params",
                json,
                skipped: skipped.map(Verdict::Skipped),
            });
        };
        // A case may say by calls alone what the parameters are.
        if stated.calls.is_empty() || !stated.params.is_empty() {
            push("params", json!({ "params": stated.params }), None);
        }
        for call in &stated.calls {
            let skipped = program.and_then(|program| unsupported(call, program));
            push(&call.operation_name, json!({ "call": given(call) }), skipped);
        }
    }
    questions
}

fn given(call: &EndpointCall) -> Value {
    json!({
        "operationName": call.operation_name,
        "builtInParams": call.built_in_params,
        "clientParams": call.client_params,
        "operationParams": call.operation_params,
    })
}

/// Why a call cannot be made, if it cannot.
fn unsupported(call: &EndpointCall, program: &EndpointProgram) -> Option<String> {
    if let Some(reason) = &program.refusal {
        return Some(format!("calls need a client, and the generator refuses the service: {reason}"));
    }
    if !program.operations.contains(&call.operation_name) {
        return Some(format!("the operation {} cannot be emitted", call.operation_name));
    }
    let has_setting =
        |name: &&String| program.settings.contains(name) || built_in(name).is_some_and(|(_, has_setting)| has_setting);
    let lacking = |settings: &Map<String, Value>| settings.keys().find(|name| !has_setting(name)).cloned();
    let lacking = lacking(&call.built_in_params).or_else(|| lacking(&call.client_params));
    lacking.map(|name| format!("the client has no setting for {name}"))
}

/// Asks a program all questions that are not skipped; an answer each, `None` for the others.
///
/// # Errors
///
/// What the program said instead.
pub(super) fn ask(program: &Path, questions: &[Question]) -> Result<Vec<Option<Value>>, String> {
    let asked: Vec<&Question> = questions.iter().filter(|question| question.skipped.is_none()).collect();
    let json: Value = asked.iter().map(|question| question.json.clone()).collect();
    let output = run(program, &json.to_string()).map_err(|cause| format!("cannot run it: {cause}"))?;
    let said = String::from_utf8_lossy(&output.stdout);
    let mut answers: Vec<Value> = said.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    if answers.len() != asked.len() {
        return Err(format!("{}\n{}", output.status, String::from_utf8_lossy(&output.stderr)));
    }
    let mut answers = answers.drain(..);
    Ok(questions.iter().map(|question| if question.skipped.is_none() { answers.next() } else { None }).collect())
}

/// Runs a program that reads all of its input before it writes.
fn run(program: &Path, input: &str) -> std::io::Result<std::process::Output> {
    let mut child =
        Command::new(program).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(input.as_bytes())?;
    }
    child.wait_with_output()
}
