//! What is told of the cases of endpoint rules, to a person or to a machine.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Value, json};
use smithy_client_codegen::visible;

use super::super::report::{Compilers, cases, fate, listed, name, sum, tell_verdict};
use super::super::trial::Verdict;
use super::Row;

/// A line for each case, below the name of its model and service, and how many there are.
pub(super) fn list(rows: &[Row]) -> String {
    listed(rows.iter().map(|Row { model, service, id, documentation, verdict }| {
        (model.as_str(), service.as_str(), format!("{id}{} - {documentation}", fate(verdict)))
    }))
}

/// A line for each difference, one for each reason for which cases of a model were skipped, and the sum.
pub(super) fn text(rows: &[Row]) -> String {
    let mut text = String::new();
    let mut compilers = Compilers::default();
    let mut skipped: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for Row { model, service, id, documentation, verdict } in rows {
        match verdict {
            Verdict::Failed(differences) => {
                for difference in differences {
                    let words = compilers.words(difference);
                    let line = format!("FAIL {model} {} {id} ({documentation}): {words}", name(service));
                    let _ = writeln!(text, "{}", visible::line(&line));
                }
            }
            Verdict::Skipped(reason) => skipped.entry((model, reason)).or_default().push(id),
            Verdict::Planned | Verdict::Passed => {}
        }
    }
    text += &compilers.text();
    for ((model, reason), ids) in skipped {
        let line = format!("skipped {} of {model}: {reason}: {}", ids.len(), ids.join(", "));
        let _ = writeln!(text, "{}", visible::line(&line));
    }
    text + &sum(rows.iter().map(|row| &row.verdict))
}

/// One JSON object.
pub(super) fn machine(rows: &[Row]) -> String {
    cases(rows.iter().map(facts))
}

/// What is known of a case.
fn facts(Row { model, service, id, documentation, verdict }: &Row) -> Value {
    let mut facts = json!({ "model": model, "service": service, "id": id, "documentation": documentation });
    tell_verdict(&mut facts, verdict);
    facts
}
