//! The real models, where they are present.

use std::fs;
use std::path::{Path, PathBuf};

use crate::diff::{Difference, Fate, Reading, compare, report, summary};
use smithy_client_codegen::Source;

/// A directory of shared models, or nothing.
fn shared(directory: &str) -> Vec<PathBuf> {
    let directory = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/models")).join(directory);
    let entries = fs::read_dir(directory).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    files.sort();
    if files.is_empty() {
        println!("skipped: not found");
    }
    files
}

fn source(file: &Path) -> Vec<Source> {
    let text = fs::read_to_string(file).expect("the model is readable");
    vec![Source { name: file.display().to_string(), text }]
}

fn compared(old: &Path, new: &Path) -> Difference {
    report(&source(old), &source(new), &[]).expect("both are models")
}

/// The pair around the release of server-side composition; nothing where the models are not present.
fn composition_release() -> Option<Difference> {
    match shared("ivs-realtime").as_slice() {
        [before, after, ..] => Some(compared(before, after)),
        _ => None,
    }
}

#[test]
fn the_release_of_compositions_has_twelve_new_operations() {
    let Some(found) = composition_release() else { return };
    insta::assert_snapshot!(found.summary(), @"12 new operations, 69 new shapes, 1 changed shape, 7 changed members");
    let new = found.changes.iter().filter(|change| change.rule.id() == "operation-added");
    let names: Vec<&str> = new.map(|change| change.name.as_str()).collect();
    insta::assert_snapshot!(names.join("\n"), @r"
    CreateEncoderConfiguration
    CreateStorageConfiguration
    DeleteEncoderConfiguration
    DeleteStorageConfiguration
    GetComposition
    GetEncoderConfiguration
    GetStorageConfiguration
    ListCompositions
    ListEncoderConfigurations
    ListStorageConfigurations
    StartComposition
    StopComposition
    ");
}

#[test]
fn its_quiet_changes_are_told() {
    let Some(found) = composition_release() else { return };
    insta::assert_snapshot!(found.quiet.join("\n"), @r"
    5 numbers lost their default, in 7 members: MaxParticipantEventResults, MaxParticipantResults, MaxStageResults, MaxStageSessionResults, ParticipantTokenDurationMinutes
    `ParticipantId` gained a length: at most 64
    `ParticipantId` gained a pattern: ^[a-zA-Z0-9-]*$
    ");
}

#[test]
fn its_endpoint_rules_are_written_differently_and_lead_to_the_same_endpoints() {
    let Some(found) = composition_release() else { return };
    let endpoints = found.changes.iter().filter(|change| change.rule.id().starts_with("endpoint-"));
    let lines: Vec<String> = endpoints.map(|change| format!("{}: {}", change.rule, change.sentence)).collect();
    insta::assert_snapshot!(lines.join("\n"), @"");
}

#[test]
fn no_model_is_different_from_itself() {
    let mut compared = 0;
    let files = [shared("ivs-realtime"), shared("aws")].concat();
    for file in &files {
        let (old, new) = match (Reading::of(&source(file)), Reading::of(&source(file))) {
            (Ok(old), Ok(new)) => (old, new),
            // What cannot be emitted is refused while it is read.
            (Err(report), _) | (_, Err(report)) => {
                let text = report.to_string();
                assert!(text.contains("which cannot be emitted"), "{}: {text}", file.display());
                continue;
            }
        };
        let found = summary::report(compare(&old, &new), None);
        assert!(found.is_empty() && found.methods.is_empty(), "{}: {}", file.display(), found.summary());
        compared += 1;
    }
    // The four of IVS RealTime and a dozen of other services at the least, where they are there.
    assert!(files.is_empty() || compared >= 16, "{compared} of {}", files.len());
}

#[test]
fn what_one_direction_adds_the_other_removes() {
    for pair in shared("ivs-realtime").windows(2) {
        let (there, back) = (compared(&pair[0], &pair[1]), compared(&pair[1], &pair[0]));
        let places = |found: &Difference, fate: Fate| -> Vec<(String, Option<String>)> {
            let with = found.changes.iter().filter(|change| change.fate == fate);
            with.map(|change| (change.name.clone(), change.member.clone())).collect()
        };
        assert_eq!(there.new_shapes, back.removed_shapes);
        let (mut added, mut removed) = (places(&there, Fate::Added), places(&back, Fate::Removed));
        added.sort();
        removed.sort();
        assert_eq!(added, removed);
        assert!(!added.is_empty(), "{}", pair[1].display());
    }
}
