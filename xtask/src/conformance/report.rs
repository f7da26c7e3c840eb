//! What is told of the cases, to a person or to a machine.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Value, json};
use smithy_client_codegen::visible;

use super::judge::Difference;
use super::trial::{COMPILER, Row, Verdict};

/// The part of an id behind `#`.
pub(super) fn name(id: &str) -> &str {
    id.split_once('#').map_or(id, |(_, name)| name)
}

/// A line for each case, below the name of its model and service, and how many there are.
pub(super) fn list(rows: &[Row]) -> String {
    listed(rows.iter().map(|Row { model, service, case, verdict }| {
        let about = case.documentation.as_deref().map(first_line).filter(|about| !about.is_empty());
        let about = about.map(|about| format!(" - {about}")).unwrap_or_default();
        let [id, shape, protocol] = [&case.id, case.shape_name(), name(&case.protocol)];
        let line = format!("{id} ({}, {shape}, {protocol}){}{about}", case.kind.word(), fate(verdict));
        (model.as_str(), service.as_str(), line)
    }))
}

/// Lines of cases with their models and services, each below these, and how many there are.
pub(super) fn listed<'a>(lines: impl Iterator<Item = (&'a str, &'a str, String)>) -> String {
    let mut text = String::new();
    let mut last = None;
    let mut count = 0;
    for (model, service, line) in lines {
        if last.replace((model, service)) != Some((model, service)) {
            let _ = writeln!(text, "{}: {}", visible::line(model), visible::line(service));
        }
        let _ = writeln!(text, "  {}", visible::line(&line));
        count += 1;
    }
    text + &format!("{count} cases\n")
}

/// Why a case is skipped, in brackets.
pub(super) fn fate(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Skipped(reason) => format!(" [skipped: {reason}]"),
        _ => String::new(),
    }
}

fn first_line(text: &str) -> &str {
    text.trim().lines().next().unwrap_or_default()
}

/// What compilers said, which is the same for all cases of a program, and long.
#[derive(Debug, Default)]
pub(super) struct Compilers<'a>(BTreeMap<&'a str, usize>);

impl<'a> Compilers<'a> {
    /// The words for a difference; what a compiler said is kept for the end.
    pub(super) fn words(&mut self, difference: &'a Difference) -> String {
        if difference.part != COMPILER {
            return difference.to_string();
        }
        *self.0.entry(&difference.actual).or_default() += 1;
        "the program does not compile".to_owned()
    }

    /// What they said, once for each program.
    pub(super) fn text(&self) -> String {
        let one = |(said, cases): (&&str, &usize)| {
            format!("\nThe compiler said, of a program with {cases} cases:\n{}\n", visible::lines(said))
        };
        self.0.iter().map(one).collect()
    }
}

/// A line for each case that failed, with all that differs; one for each reason for which some were skipped, and the sum.
pub(super) fn text(rows: &[Row]) -> String {
    let mut text = String::new();
    let mut compilers = Compilers::default();
    let mut skipped: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for Row { model, service, case, verdict } in rows {
        match verdict {
            Verdict::Failed(differences) => {
                let place = [model, name(service), case.shape_name(), &case.id].join(" ");
                let words: Vec<String> = differences.iter().map(|difference| compilers.words(difference)).collect();
                let _ = writeln!(text, "{}", visible::line(&format!("FAIL {place}: {}", words.join("; "))));
            }
            Verdict::Skipped(reason) => skipped.entry(reason).or_default().push(&case.id),
            Verdict::Planned | Verdict::Passed => {}
        }
    }
    text += &compilers.text();
    for (reason, ids) in skipped {
        let line = format!("skipped {}: {reason}: {}", ids.len(), ids.join(" "));
        let _ = writeln!(text, "{}", visible::line(&line));
    }
    text + &sum(rows.iter().map(|row| &row.verdict))
}

/// How many cases came to what.
pub(super) fn sum<'a>(verdicts: impl Iterator<Item = &'a Verdict>) -> String {
    let [mut passed, mut failed, mut skipped] = [0; 3];
    for verdict in verdicts {
        match verdict {
            Verdict::Passed => passed += 1,
            Verdict::Failed(_) => failed += 1,
            Verdict::Skipped(_) => skipped += 1,
            Verdict::Planned => {}
        }
    }
    format!("{passed} passed, {failed} failed, {skipped} skipped\n")
}

/// One JSON object.
pub(super) fn machine(rows: &[Row]) -> String {
    cases(rows.iter().map(facts))
}

/// One JSON object with the facts of cases.
pub(super) fn cases(facts: impl Iterator<Item = Value>) -> String {
    format!("{:#}\n", json!({ "cases": facts.collect::<Vec<_>>() }))
}

/// What is known of a case.
fn facts(Row { model, service, case, verdict }: &Row) -> Value {
    let mut facts = json!({
        "model": model,
        "service": service,
        "shape": case.shape,
        "id": case.id,
        "kind": case.kind.word(),
        "protocol": case.protocol,
        "documentation": case.documentation,
    });
    tell_verdict(&mut facts, verdict);
    facts
}

/// Adds to the facts of a case what came of it.
pub(super) fn tell_verdict(facts: &mut Value, verdict: &Verdict) {
    facts["status"] = json!(verdict.word());
    match verdict {
        Verdict::Failed(differences) => {
            let differences = differences
                .iter()
                .map(|one| json!({ "part": one.part, "expected": one.expected, "actual": one.actual }));
            facts["differences"] = differences.collect();
        }
        Verdict::Skipped(reason) => facts["reason"] = json!(reason),
        Verdict::Planned | Verdict::Passed => {}
    }
}
