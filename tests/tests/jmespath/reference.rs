//! The same as JMESPath's own implementation, of Python, over expressions of all waiters that botocore has.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::{ask, document, value};
use smithy_client_runtime::jmespath::Found;
use smithy_client_runtime::shape::View;

/// The program that asks it.
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/jmespath/reference.py");

/// Expressions beside those of botocore: each form that is understood, within others.
const EXPRESSIONS: [&str; 30] = [
    "@",
    "a.b[0].c",
    "a[-1].b",
    "a[*].b[*].c",
    "a[].b[].c",
    "a[*].b[] | [0]",
    "a.*.b",
    "a.*.b[]",
    "a.*[0]",
    "*.a",
    "[a, b.c, d[0]]",
    "a[*].[b, c]",
    "a[?b == 'x'].c",
    "a[?b != c].d | length(@)",
    "a[?b > `1` && c <= `2`].d",
    "a[?!b].c",
    "a[?b].c[]",
    "a[?contains(b, 'x')].c",
    "a[?length(b) >= `1`] | [0].c",
    "a || b",
    "a && b || c",
    "!(a || b) && c",
    "(a[*].b)[0]",
    "a == b",
    "a.b != `null`",
    "not_null(a, b.c, 'x')",
    "keys(a) | length(@)",
    "values(a)[?b == `true`]",
    "starts_with(a, 'so') && ends_with(a, 'me')",
    "contains(a[*].b, `false`)",
];

/// Whether the script has what it imports, or what it lacks.
fn lacking() -> Option<String> {
    let asked = Command::new("python3").args(["-c", "import botocore, jmespath"]).output();
    match asked {
        Ok(answer) if answer.status.success() => None,
        Ok(_) => Some("this python3 has no botocore".to_owned()),
        Err(cause) => Some(format!("no python3: {cause}")),
    }
}

#[test]
fn expressions_come_to_what_the_reference_finds() {
    if let Some(reason) = lacking() {
        return println!("skipped: {reason}");
    }
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("jmespath-expressions");
    std::fs::write(&file, EXPRESSIONS.join("\n")).expect("the folder for temporary files can be written");
    let output = Command::new("python3").arg(SCRIPT).arg(&file).output().expect("python3 starts");
    assert!(output.status.success(), "{SCRIPT}: {}", String::from_utf8_lossy(&output.stderr));
    let (mut expressions, mut found, mut told) = (BTreeSet::new(), 0, Vec::new());
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let case: Value = serde_json::from_str(line).expect("the program prints JSON");
        let expression = case["expression"].as_str().expect("a text").to_owned();
        let ours = ask(&expression, &case["of"]);
        // Numbers of documents are doubles here.
        let theirs = case.get("found").map(|found| value(&Found::of(View::Document(&document(found)))));
        found += usize::from(theirs.as_ref().is_some_and(|found| !found.is_null()));
        if ours != theirs {
            told.push(format!("{expression} of {}: {ours:?}, and the reference has {theirs:?}", case["of"]));
        }
        expressions.insert(expression);
    }
    println!("{} expressions, {found} values", expressions.len());
    assert!(told.is_empty(), "{} differ:\n{}", told.len(), told[..told.len().min(20)].join("\n"));
    assert!(expressions.len() > EXPRESSIONS.len() && found > expressions.len());
}
