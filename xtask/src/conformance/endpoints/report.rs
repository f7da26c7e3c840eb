//! What is told of the cases of endpoint rules, to a person or to a machine.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Value, json};
use smithy_client_codegen::visible;

use super::super::report::{name, sum, tell_verdict};
use super::super::trial::Verdict;
use super::Row;

/// A line for each case, below the name of its model and service, and how many there are.
pub(super) fn list(rows: &[Row]) -> String {
    let mut text = String::new();
    let mut last = None;
    for Row { model, service, id, documentation, verdict } in rows {
        if last.replace((model, service)) != Some((model, service)) {
            let _ = writeln!(text, "{}: {}", visible::line(model), visible::line(service));
        }
        let fate = match verdict {
            Verdict::Skipped(reason) => format!(" [skipped: {reason}]"),
            _ => String::new(),
        };
        let _ = writeln!(text, "  {}", visible::line(&format!("{id}{fate} - {documentation}")));
    }
    text + &format!("{} cases\n", rows.len())
}

/// A line for each difference, one for each reason for which cases of a model were skipped, and the sum.
pub(super) fn text(rows: &[Row]) -> String {
    let mut text = String::new();
    let mut compilers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut skipped: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for Row { model, service, id, documentation, verdict } in rows {
        match verdict {
            Verdict::Failed(differences) => {
                for difference in differences {
                    // What a compiler says is the same for all cases of a program, and long.
                    let what = match difference.part.as_str() {
                        "compiler" => {
                            *compilers.entry(&difference.actual).or_default() += 1;
                            "does not compile".to_owned()
                        }
                        _ => difference.to_string(),
                    };
                    let line = format!("FAIL {model} {} {id} ({documentation}): {what}", name(service));
                    let _ = writeln!(text, "{}", visible::line(&line));
                }
            }
            Verdict::Skipped(reason) => skipped.entry((model, reason)).or_default().push(id),
            Verdict::Planned | Verdict::Passed => {}
        }
    }
    for (said, cases) in compilers {
        let _ = writeln!(text, "\nThe compiler said, of a program with {cases} cases:\n{}", visible::lines(said));
    }
    for ((model, reason), ids) in skipped {
        let line = format!("skipped {} of {model}: {reason}: {}", ids.len(), ids.join(", "));
        let _ = writeln!(text, "{}", visible::line(&line));
    }
    text + &sum(rows.iter().map(|row| &row.verdict))
}

/// One JSON object.
pub(super) fn machine(rows: &[Row]) -> String {
    format!("{:#}\n", json!({ "cases": rows.iter().map(facts).collect::<Vec<_>>() }))
}

/// What is known of a case.
fn facts(Row { model, service, id, documentation, verdict }: &Row) -> Value {
    let mut facts = json!({ "model": model, "service": service, "id": id, "documentation": documentation });
    tell_verdict(&mut facts, verdict);
    facts
}
