//! `cargo xtask conformance --endpoints`: the cases of endpoint rules, by the resolver of emitted clients.
//!
//! Each suite becomes a client and a program, which is asked where parameters and calls lead (`asked.rs`); the answers are
//! compared with the cases, and so is what both forms of the rules come to when they are followed (`judged.rs`); then it
//! is told (`report.rs`).

mod asked;
mod judged;
mod report;

use std::collections::{BTreeMap, BTreeSet};

use smithy_client_codegen::endpoint_tests::{EndpointProgram, EndpointSuite, program, suites};
use smithy_client_codegen::report::Report;

use super::judge::Difference;
use super::scratch::{Built, Member, Scratch};
use super::trial::{COMPILER, SHOWN, Verdict, unique};
use super::{Arguments, models, say};
use crate::codegen::Format;
use asked::Question;

/// A case with what came of it.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) model: String,
    pub(super) service: String,
    /// Which case it is: its number and the operation that is called, or `params`.
    pub(super) id: String,
    pub(super) documentation: String,
    pub(super) verdict: Verdict,
}

/// A suite with its client, and the questions of its cases.
struct Subject {
    model: String,
    suite: EndpointSuite,
    /// Name of its member of the workspace.
    name: String,
    program: Result<EndpointProgram, Report>,
    questions: Vec<Question>,
}

/// What is told of the cases that are asked for, and whether one failed.
///
/// # Errors
///
/// What cannot be read, or why nothing can be built.
pub(super) fn attempt(arguments: &Arguments) -> Result<(String, bool), String> {
    let scratch = Scratch::new()?;
    say("generating the clients");
    let subjects = subjects(arguments, &scratch)?;
    let built = match arguments.list {
        true => BTreeMap::new(),
        false => {
            let members: Vec<Member> = subjects.iter().filter_map(member).collect();
            say("building the clients");
            scratch.build(&members)?
        }
    };
    say("running the cases");
    let rows: Vec<Row> = subjects.iter().flat_map(|subject| rows(subject, built.get(&subject.name))).collect();
    say("");
    let text = match (arguments.format, arguments.list) {
        (Format::Text, true) => report::list(&rows),
        (Format::Text, false) => report::text(&rows),
        (Format::Json, _) => report::machine(&rows),
    };
    Ok((text, !arguments.list && rows.iter().any(|row| row.verdict.has_failed())))
}

/// The suites that have a case that is asked for, with their clients.
fn subjects(arguments: &Arguments, scratch: &Scratch) -> Result<Vec<Subject>, String> {
    let mut names = BTreeSet::new();
    let mut subjects = Vec::new();
    for (model, source) in models::sources(&arguments.models, arguments.limits)? {
        let label = source.name.clone();
        let found = suites(&[source]).map_err(|report| format!("{label} cannot be used\n{report}"))?;
        for suite in found.into_iter().filter(|suite| !suite.cases.is_empty()) {
            let name = unique(&format!("endpoints-{model}"), &mut names);
            let program = program(&suite, &scratch.options(&name)?);
            let mut questions = asked::questions(&suite, program.as_ref().ok());
            questions.retain(|question| arguments.filter.as_deref().is_none_or(|filter| question.is_about(filter)));
            if !questions.is_empty() {
                subjects.push(Subject { model: model.clone(), suite, name, program, questions });
            }
        }
    }
    Ok(subjects)
}

/// What of a subject is built.
fn member(subject: &Subject) -> Option<Member> {
    let program = subject.program.as_ref().ok()?;
    Some(Member {
        name: subject.name.clone(),
        client: program.client.files.clone(),
        program: program.source.clone(),
        features: &["serde"],
    })
}

/// What came of the cases of a subject; that they are planned where nothing was built.
fn rows(subject: &Subject, built: Option<&Built>) -> Vec<Row> {
    let verdicts = match (&subject.program, built) {
        (Err(refusal), _) => all(subject, &Difference::new("generator", "a client", refusal.to_string())),
        (Ok(_), None) => subject.questions.iter().map(|question| question.skipped.clone()).collect(),
        (Ok(_), Some(Built::Broken(said))) => all(subject, &shortened(COMPILER, said)),
        (Ok(_), Some(Built::Program(program))) => match asked::ask(program, &subject.questions) {
            Ok(answers) => judged::verdicts(&subject.suite, &subject.questions, &answers),
            Err(said) => all(subject, &shortened("program", &said)),
        },
    };
    let row = |(question, verdict): (&Question, Option<Verdict>)| Row {
        model: subject.model.clone(),
        service: subject.suite.service.clone(),
        id: question.id.clone(),
        documentation: question.documentation.clone(),
        verdict: verdict.unwrap_or(Verdict::Planned),
    };
    subject.questions.iter().zip(verdicts).map(row).collect()
}

/// One difference for all cases, apart from those that are skipped.
fn all(subject: &Subject, difference: &Difference) -> Vec<Option<Verdict>> {
    let failed = || Some(Verdict::Failed(vec![difference.clone()]));
    subject.questions.iter().map(|question| question.skipped.clone().or_else(failed)).collect()
}

fn shortened(part: &str, said: &str) -> Difference {
    let said: Vec<&str> = said.lines().take(SHOWN).collect();
    Difference::new(part, "where the case leads", said.join("\n"))
}
