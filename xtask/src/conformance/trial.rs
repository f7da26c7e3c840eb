//! From suites to verdicts: each is emitted as a client with a program, all are built at once, each program runs, and what it
//! says is judged.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use smithy_client_codegen::protocol_tests::{Case, Fate, Kind, Message, Program, Suite, program};
use smithy_client_codegen::report::Report;

use super::judge::{Difference, Sent, differences, differences_of_events};
use super::models::Model;
use super::scratch::{Built, Member, Scratch};

/// How many lines of what a compiler or a program said are shown.
pub(super) const SHOWN: usize = 60;

/// The part of a difference that is a program which does not compile.
pub(super) const COMPILER: &str = "compiler";

/// What came of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It would run.
    Planned,
    /// All is as it says.
    Passed,
    /// Something is not.
    Failed(Vec<Difference>),
    /// It is not for our clients, or not yet, and why.
    Skipped(String),
}

impl Verdict {
    pub(super) fn has_failed(&self) -> bool {
        matches!(self, Self::Failed(_))
    }

    /// A word for it.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Passed => "passed",
            Self::Failed(_) => "failed",
            Self::Skipped(_) => "skipped",
        }
    }
}

/// A case with what came of it.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) model: String,
    pub(super) service: String,
    pub(super) case: Case,
    pub(super) verdict: Verdict,
}

/// A suite with its client.
struct Subject {
    model: String,
    suite: Suite,
    /// Name of its member of the workspace.
    name: String,
    program: Result<Program, Report>,
}

/// What every case comes to without being run: it is planned, skipped, or cannot be written.
///
/// # Errors
///
/// What is wrong with the place where the clients are built.
pub(super) fn planned(models: Vec<Model>) -> Result<Vec<Row>, String> {
    let scratch = Scratch::new()?;
    Ok(rows(subjects(models, &scratch)?, |_| BTreeMap::new()))
}

/// What every case comes to. `say` is told what is being done.
///
/// # Errors
///
/// Why nothing can be built.
pub(super) fn tried(models: Vec<Model>, say: &dyn Fn(&str)) -> Result<Vec<Row>, String> {
    let scratch = Scratch::new()?;
    say("generating the clients");
    let subjects = subjects(models, &scratch)?;
    let members: Vec<Member> = subjects.iter().filter_map(member).collect();
    say("building the clients");
    let built = if members.is_empty() { BTreeMap::new() } else { scratch.build(&members)? };
    say("running the cases");
    Ok(rows(subjects, |subject| built.get(&subject.name).map_or_else(BTreeMap::new, |built| verdicts(subject, built))))
}

/// The suites that have a case, with their clients.
fn subjects(models: Vec<Model>, scratch: &Scratch) -> Result<Vec<Subject>, String> {
    let mut names = BTreeSet::new();
    let mut subjects = Vec::new();
    for Model { name: model, suites } in models {
        for suite in suites.into_iter().filter(|suite| !suite.cases.is_empty()) {
            let name = unique(&model, &mut names);
            let program = program(&suite, &scratch.options(&name)?);
            subjects.push(Subject { model: model.clone(), suite, name, program });
        }
    }
    Ok(subjects)
}

/// A name for a package, of letters and digits with dashes between, that no other has.
pub(super) fn unique(model: &str, taken: &mut BTreeSet<String>) -> String {
    let words = model.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let name = words.collect::<Vec<_>>().join("-").to_ascii_lowercase();
    let mut candidates = (1..).map(|number| if number == 1 { name.clone() } else { format!("{name}-{number}") });
    candidates.find(|candidate| taken.insert(candidate.clone())).unwrap_or(name)
}

/// What of a subject is built; nothing where no case would run.
fn member(subject: &Subject) -> Option<Member> {
    let program = subject.program.as_ref().ok()?;
    program.fates.contains(&Fate::Runs).then(|| Member {
        name: subject.name.clone(),
        client: program.client.files.clone(),
        program: program.source.clone(),
        features: &[],
    })
}

/// A row for each case. `tried` gives what came of those that ran, by their positions.
fn rows(subjects: Vec<Subject>, tried: impl Fn(&Subject) -> BTreeMap<usize, Verdict>) -> Vec<Row> {
    let mut rows = Vec::new();
    for subject in subjects {
        let mut tried = tried(&subject);
        let fates = fates(&subject);
        let Subject { model, suite: Suite { service, cases, .. }, .. } = subject;
        for (position, (case, fate)) in cases.into_iter().zip(fates).enumerate() {
            let verdict = tried.remove(&position).filter(|_| fate == Verdict::Planned).unwrap_or(fate);
            rows.push(Row { model: model.clone(), service: service.clone(), case, verdict });
        }
    }
    rows
}

/// What becomes of the cases of a subject before any runs.
fn fates(subject: &Subject) -> Vec<Verdict> {
    let cases = &subject.suite.cases;
    match &subject.program {
        Ok(program) => program.fates.iter().map(before).collect(),
        Err(refusal) => {
            let verdict = refused(&subject.suite, refusal);
            cases.iter().map(|_| verdict.clone()).collect()
        }
    }
}

fn before(fate: &Fate) -> Verdict {
    match fate {
        Fate::Skipped(reason) => Verdict::Skipped(reason.clone()),
        Fate::Broken(reason) => Verdict::Failed(vec![Difference::new("case", "a call of the client", reason)]),
        Fate::Runs => Verdict::Planned,
    }
}

/// The verdict on all cases of a service that the generator refuses.
fn refused(suite: &Suite, refusal: &Report) -> Verdict {
    let reason = refusal.diagnostics.first().map(|problem| problem.message.as_str()).unwrap_or_default();
    match &suite.unsupported {
        Some(reason) => Verdict::Skipped(reason.clone()),
        None if refusal.diagnostics.iter().all(|problem| problem.unsupported) => Verdict::Skipped(reason.to_owned()),
        None => Verdict::Failed(vec![Difference::new("generator", "a client", refusal.to_string())]),
    }
}

/// What came of the cases of a suite, by their positions.
fn verdicts(subject: &Subject, built: &Built) -> BTreeMap<usize, Verdict> {
    let failed = |part: &str, expected: &str, said: &str| {
        let said: Vec<&str> = said.lines().take(SHOWN).collect();
        let verdict = Verdict::Failed(vec![Difference::new(part, expected, said.join("\n"))]);
        (0..subject.suite.cases.len()).map(|position| (position, verdict.clone())).collect()
    };
    let program = match built {
        Built::Program(program) => program,
        Built::Broken(said) => return failed(COMPILER, "a program", said),
    };
    let (said, ending) = match ran(program) {
        Ok(ran) => ran,
        Err(cause) => return failed("program", "what came of the case", &cause),
    };
    let mut verdicts: BTreeMap<usize, Verdict> = failed("program", "what came of the case", &ending);
    for line in said.lines() {
        let Ok(seen) = serde_json::from_str::<Value>(line) else { continue };
        let position = seen["case"].as_u64().and_then(|position| usize::try_from(position).ok());
        let case = position.and_then(|position| Some((position, subject.suite.cases.get(position)?)));
        if let Some((position, case)) = case {
            verdicts.insert(position, verdict(case, &seen));
        }
    }
    verdicts
}

/// What a program said, and what that ended with, for cases that it says nothing of.
fn ran(program: &Path) -> Result<(String, String), String> {
    let output = Command::new(program).stdin(Stdio::null()).output();
    let output = output.map_err(|cause| format!("cannot run {}: {cause}", program.display()))?;
    let ending = format!("{}\n{}", output.status, String::from_utf8_lossy(&output.stderr));
    Ok((String::from_utf8_lossy(&output.stdout).into_owned(), ending))
}

/// What a line of a program means for its case.
fn verdict(case: &Case, seen: &Value) -> Verdict {
    let text = |key: &str| seen[key].as_str().unwrap_or_default();
    let found = match (&case.message, Sent::read(&seen["request"])) {
        (Message::Request(request), Some(sent)) => differences(request, &Value::Object(case.params.clone()), &sent),
        (Message::Events(events), Some(sent)) => differences_of_events(events, &sent),
        _ if seen["same"] == true => Vec::new(),
        _ if seen["path"].is_string() => {
            vec![Difference::new(format!("{} {}", part(case), text("path")), text("expected"), text("actual"))]
        }
        _ => vec![Difference::new("call", format!("the {} of the case", part(case)), text("problem"))],
    };
    if found.is_empty() { Verdict::Passed } else { Verdict::Failed(found) }
}

/// What a case gives.
fn part(case: &Case) -> &'static str {
    match case.kind {
        Kind::Request => "request",
        Kind::Response => "output",
        Kind::Error => "error",
        Kind::Events => "events",
    }
}
