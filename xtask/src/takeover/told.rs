//! What came of taking programs over, told to a person or to a program.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::many::Many;
use super::measure::Measured;
use crate::bench::Side;
use crate::programs::Verdict;

/// What a run came to.
#[derive(Debug)]
pub(super) enum Findings {
    /// Tests of programs.
    Tested(Vec<Tested>),
    /// What programs cost.
    Measured(Vec<Measured>),
    /// What several clients cost.
    Many(Many),
}

/// A program that was tested.
#[derive(Debug)]
pub(super) struct Tested {
    pub(super) name: &'static str,
    pub(super) side: Side,
    /// Whether aws-lc was left out of it.
    pub(super) is_without_aws_lc: bool,
    /// The official crates that ours took the place of.
    pub(super) taken: Vec<Taken>,
    /// What its tests said, or the model that is missing.
    pub(super) verdict: Result<Verdict, PathBuf>,
}

/// A client that took the place of an official crate.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Taken {
    official: String,
    operations: usize,
    of: u64,
    lines: u64,
}

impl Taken {
    /// Those of a migration, as the command tells it.
    pub(super) fn of(migration: &Value) -> Vec<Self> {
        let all = [&migration["taken_over"], &migration["for_aws_config"]["taken_over"]];
        let all = all.into_iter().filter_map(Value::as_array).flatten();
        let taken = |client: &Value| Self {
            official: client["official"].as_str().unwrap_or_default().to_owned(),
            operations: client["operations"].as_array().map_or(0, Vec::len),
            of: client["service_operations"].as_u64().unwrap_or_default(),
            lines: client["lines"].as_u64().unwrap_or_default(),
        };
        all.map(taken).collect()
    }

    fn words(&self) -> String {
        format!("{} ({} of {} operations, {} lines)", self.official, self.operations, self.of, self.lines)
    }

    fn object(&self) -> Value {
        json!({ "official": self.official, "operations": self.operations, "of": self.of, "lines": self.lines })
    }
}

impl Tested {
    /// A line. What is missing is no failure.
    fn line(&self) -> String {
        let (word, said) = match &self.verdict {
            Ok(verdict) => (if verdict.passed() { "ok  " } else { "FAIL" }, verdict.words()),
            Err(missing) => ("----", format!("skipped: not found: {}", missing.display())),
        };
        let without = if self.is_without_aws_lc { ", without aws-lc" } else { "" };
        let taken: Vec<_> = self.taken.iter().map(Taken::words).collect();
        let taken = if taken.is_empty() { String::new() } else { format!("; took {}", taken.join(", ")) };
        format!("{word}  {:8}  {:11}  {said}{without}{taken}\n", self.side.word(), self.name)
    }

    fn is_good(&self) -> bool {
        self.verdict.as_ref().is_ok_and(Verdict::passed) || self.verdict.is_err()
    }
}

impl Findings {
    /// Whether nothing failed, and every bar is reached.
    pub(super) fn is_good(&self) -> bool {
        match self {
            Self::Tested(all) => all.iter().all(Tested::is_good),
            Self::Measured(all) => all.iter().all(Measured::is_good),
            Self::Many(many) => many.is_good(),
        }
    }

    /// For a person.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Tested(all) => {
                let failures = all.iter().filter_map(|tested| {
                    let said = tested.verdict.as_ref().ok()?.said()?;
                    Some(format!("\n{}:\n{said}", tested.name))
                });
                all.iter().map(Tested::line).chain(failures).collect()
            }
            Self::Measured(all) => all.iter().map(Measured::text).collect(),
            Self::Many(many) => many.text(),
        }
    }

    /// For a program.
    pub(super) fn object(&self) -> Value {
        let (what, value) = match self {
            Self::Tested(all) => {
                let row = |tested: &Tested| {
                    let verdict = tested.verdict.as_ref();
                    json!({
                        "program": tested.name, "side": tested.side.word(), "without_aws_lc": tested.is_without_aws_lc,
                        "taken_over": tested.taken.iter().map(Taken::object).collect::<Vec<_>>(),
                        "passed": verdict.is_ok_and(Verdict::passed), "skipped": verdict.is_err(),
                        "said": verdict.ok().and_then(Verdict::said),
                    })
                };
                ("tested", all.iter().map(row).collect())
            }
            Self::Measured(all) => ("measured", all.iter().map(Measured::object).collect()),
            Self::Many(many) => ("clients", many.object()),
        };
        json!({ "command": "takeover", "good": self.is_good(), what: value })
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use serde_json::json;

    use super::{Findings, Taken, Tested};
    use crate::bench::Side;
    use crate::programs::Verdict;

    #[test]
    fn each_program_has_a_line_and_what_is_missing_is_no_failure() {
        let migration = json!({
            "taken_over": [
                { "official": "aws-sdk-kms", "operations": ["Encrypt"], "service_operations": 53, "lines": 900 },
            ],
            "for_aws_config": { "taken_over": [
                { "official": "aws-sdk-sts", "operations": ["A", "B"], "service_operations": 11, "lines": 700 },
            ] },
        });
        let of = |name, verdict| Tested {
            name,
            side: Side::Ours,
            is_without_aws_lc: false,
            taken: Taken::of(&migration),
            verdict,
        };
        let missing = PathBuf::from("ssm.json");
        let findings =
            Findings::Tested(vec![of("config-tool", Ok(Verdict::Passed(6))), of("worker", Err(missing.clone()))]);
        assert!(findings.is_good());
        insta::assert_snapshot!(findings.text(), @"
        ok    ours      config-tool  6 tests; took aws-sdk-kms (1 of 53 operations, 900 lines), aws-sdk-sts (2 of 11 operations, 700 lines)
        ----  ours      worker       skipped: not found: ssm.json; took aws-sdk-kms (1 of 53 operations, 900 lines), aws-sdk-sts (2 of 11 operations, 700 lines)
        ");
        let failed = Findings::Tested(vec![of("show", Ok(Verdict::Failed("panicked\n".to_owned())))]);
        assert!(!failed.is_good());
        assert!(failed.text().ends_with("\nshow:\npanicked\n"));
        assert_eq!(failed.object()["tested"][0]["said"], "panicked\n");
    }
}
