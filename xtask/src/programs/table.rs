//! What the programs came to, told to a person or to a machine.

use serde_json::json;

use crate::bench::Side;

/// What one program came to on one side.
#[derive(Debug)]
pub(super) struct Row {
    /// Its name.
    pub(super) program: String,
    /// Against which client.
    pub(super) side: Side,
    /// What came of it.
    pub(super) verdict: Verdict,
}

/// What came of compiling and testing a program.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// So many tests passed, and none failed.
    Passed(usize),
    /// It does not compile; the text is what the compiler said.
    DoesNotCompile(String),
    /// A test failed, or the program ended early; the text is what it said.
    Failed(String),
}

impl Verdict {
    /// Reads what a test run said. A run without a test is no success: nothing was shown.
    pub(crate) fn of(success: bool, said: &str) -> Self {
        let counts = said.lines().filter_map(|line| line.strip_prefix("test result: ok. ")?.split_once(" passed"));
        let passed = counts.filter_map(|(count, _)| count.parse::<usize>().ok()).sum();
        match (success, passed) {
            (true, 1..) => Self::Passed(passed),
            (true, 0) => Self::Failed("it has no test\n".to_owned()),
            (false, _) => Self::Failed(said.to_owned()),
        }
    }

    /// Whether it compiled and every test passed.
    pub(crate) fn passed(&self) -> bool {
        matches!(self, Self::Passed(_))
    }

    /// A few words.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Passed(1) => "1 test".to_owned(),
            Self::Passed(count) => format!("{count} tests"),
            Self::DoesNotCompile(_) => "does not compile".to_owned(),
            Self::Failed(_) => "fails".to_owned(),
        }
    }

    /// What was said about a failure.
    pub(crate) fn said(&self) -> Option<&str> {
        match self {
            Self::Passed(_) => None,
            Self::DoesNotCompile(said) | Self::Failed(said) => Some(said),
        }
    }
}

/// A line for each row, what was said about each failure, and a sum.
pub(super) fn text(rows: &[Row]) -> String {
    let width = rows.iter().map(|row| row.program.len()).max().unwrap_or_default();
    let mut text = String::new();
    for row in rows {
        let word = if row.verdict.passed() { "ok  " } else { "FAIL" };
        text += &format!("{word}  {:8}  {:width$}  {}\n", row.side.word(), row.program, row.verdict.words());
    }
    for row in rows {
        if let Some(said) = row.verdict.said() {
            text += &format!("\n{} against {}:\n{said}", row.program, row.side.package());
        }
    }
    let failed = rows.iter().filter(|row| !row.verdict.passed()).count();
    text + &format!("programs: {} passed, {failed} failed\n", rows.len() - failed)
}

/// One JSON object.
pub(super) fn machine(rows: &[Row]) -> String {
    let row = |row: &Row| {
        let tests = match row.verdict {
            Verdict::Passed(count) => Some(count),
            _ => None,
        };
        json!({
            "program": row.program,
            "side": row.side.word(),
            "client": row.side.package(),
            "passed": row.verdict.passed(),
            "compiles": !matches!(row.verdict, Verdict::DoesNotCompile(_)),
            "tests": tests,
            "said": row.verdict.said(),
        })
    };
    let failed = rows.iter().filter(|row| !row.verdict.passed()).count();
    let object = json!({
        "command": "programs",
        "failed": failed,
        "rows": rows.iter().map(row).collect::<Vec<_>>(),
    });
    format!("{object}\n")
}

#[cfg(test)]
mod tests {
    use super::{Row, Verdict, machine, text};
    use crate::bench::Side;

    const PASSED: &str = "\nrunning 2 tests\n..\ntest result: ok. 2 passed; 0 failed; 0 ignored; finished in 0.1s\n";

    #[test]
    fn a_run_that_ends_well_counts_its_tests() {
        assert_eq!(Verdict::of(true, PASSED), Verdict::Passed(2));
    }

    #[test]
    fn a_run_without_a_test_shows_nothing() {
        let verdict = Verdict::of(true, "running 0 tests\n\ntest result: ok. 0 passed; 0 failed; 0 ignored\n");
        assert_eq!(verdict, Verdict::Failed("it has no test\n".to_owned()));
    }

    #[test]
    fn a_run_that_ends_badly_is_quoted() {
        assert_eq!(Verdict::of(false, "panicked\n"), Verdict::Failed("panicked\n".to_owned()));
    }

    fn rows() -> [Row; 3] {
        let row = |program: &str, side, verdict| Row { program: program.to_owned(), side, verdict };
        [
            row("cleanup", Side::Official, Verdict::Passed(1)),
            row("token_service", Side::Ours, Verdict::DoesNotCompile("error[E0599]\n".to_owned())),
            row("cleanup", Side::Ours, Verdict::Failed("panicked\n".to_owned())),
        ]
    }

    #[test]
    fn a_person_reads_a_line_for_each_and_then_why() {
        insta::assert_snapshot!(text(&rows()), @r"
        ok    official  cleanup        1 test
        FAIL  ours      token_service  does not compile
        FAIL  ours      cleanup        fails

        token_service against ivs-realtime:
        error[E0599]

        cleanup against ivs-realtime:
        panicked
        programs: 1 passed, 2 failed
        ");
    }

    #[test]
    fn a_machine_reads_one_object() {
        let object: serde_json::Value = serde_json::from_str(&machine(&rows())).expect("it is JSON");
        assert_eq!(object["failed"], 2);
        assert_eq!(object["rows"][0]["tests"], 1);
        assert_eq!(object["rows"][1]["compiles"], false);
        assert_eq!(object["rows"][2]["said"], "panicked\n");
    }
}
