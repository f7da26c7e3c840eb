//! What an update came to, told to a person or to a program.

use serde_json::{Value, json};
use smithy_client_codegen::visible;

use super::{Update, shown_crate, shown_path};
use cargo_smithy_client::difference;
use cargo_smithy_client::write::Fate;

/// How many ids are listed before they are only counted.
const SHOWN: usize = 30;

/// Warnings of the conversion and of the generator.
pub(super) fn warnings(update: &Update) -> String {
    update.warnings.iter().map(|warning| format!("warning: {warning}\n")).collect()
}

/// Tells a person.
pub(super) fn text(update: &Update) -> String {
    let (service, label) = (visible::line(&update.service), visible::line(&update.label));
    let source = format!("update: {service}, {} in {label}\n", update.form);
    if update.is_current() {
        let model = "its facts are those of the model already, and the crate is current";
        return format!("{source}no changes: {model}\n");
    }
    let mut text = source;
    if let Some(difference) = &update.difference {
        text += &format!("\n{}", difference::render(difference));
    }
    section(&mut text, if update.dry_run { "would be changed" } else { "changed" }, &files(update));
    section(&mut text, "documentation of what is gone, dropped", &update.updated.dropped);
    section(&mut text, "not yet documented", &update.prepared.generated.undocumented);
    let notes: Vec<String> =
        update.notes.iter().map(|note| format!("{}: {}", note.reason, some(&note.subjects))).collect();
    section(&mut text, "facts that botocore does not carry", &notes);
    section(&mut text, "review", &review(update));
    section(&mut text, "then", &commands(update));
    if update.dry_run {
        text += "\nupdate --dry-run: nothing was changed\n";
    }
    text
}

fn section(text: &mut String, title: &str, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    *text += &format!("\n{title}\n");
    for line in lines.iter().take(SHOWN) {
        *text += &format!("  {}\n", visible::line(line));
    }
    if let Some(more @ 1..) = lines.len().checked_sub(SHOWN) {
        *text += &format!("  and {more} more\n");
    }
}

/// The first few names.
fn some(names: &[String]) -> String {
    let shown = names.iter().take(5).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(5) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// Files of the model and of the release, then the crate as a whole.
fn files(update: &Update) -> Vec<String> {
    let edits = update.updated.edits.iter().chain(&update.release.edits);
    let mut lines: Vec<String> = edits.map(|edit| shown_path(update, &edit.path)).collect();
    let comparison = &update.prepared.comparison;
    let count = |wanted: fn(&Fate) -> bool| comparison.paths(wanted).len();
    if !comparison.is_current() {
        lines.push(format!(
            "{}/: {} files added, {} changed, {} removed",
            shown_crate(update),
            count(|fate| *fate == Fate::Missing),
            count(|fate| matches!(fate, Fate::Changed(_))),
            comparison.to_remove().len()
        ));
    }
    lines
}

/// What deserves a look.
fn review(update: &Update) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(found) = update.difference.as_ref().filter(|found| !found.is_empty()) {
        if found.is_breaking() {
            lines.push("the breaking changes above: say in the changelog what callers do about them".to_owned());
        }
        if !found.quiet.is_empty() {
            lines.push("the quiet changes above, which upstream tends not to announce".to_owned());
        }
        if found.counts.endpoints > 0 {
            lines.push("the endpoint changes above, by example of the region that is named".to_owned());
        }
    }
    let undocumented = update.prepared.generated.undocumented.len();
    if undocumented > 0 {
        lines.push(format!(
            "{undocumented} places without documentation: write it, in your own words, as `apply` statements beside the facts"
        ));
    }
    if !update.notes.is_empty() {
        lines.push("the facts that botocore does not carry: they were kept, or follow from a convention".to_owned());
    }
    if !update.release.sentence.is_empty() {
        lines.push(format!("the version: {}", update.release.sentence));
    }
    if update.release.has_entry {
        lines.push("the entry in CHANGELOG.md: shorten what no reader needs".to_owned());
    }
    lines
}

fn commands(update: &Update) -> Vec<String> {
    if update.dry_run {
        return Vec::new();
    }
    if !update.is_own {
        return vec![format!("cargo test --manifest-path {}/Cargo.toml", shown_crate(update))];
    }
    let mut lines = vec!["git diff model CHANGELOG.md Cargo.toml".to_owned()];
    if !update.prepared.generated.undocumented.is_empty() {
        lines.push("cargo xtask docs-coverage, and after writing cargo xtask codegen".to_owned());
    }
    lines.push("cargo test --workspace".to_owned());
    lines.push("git add --all model generated CHANGELOG.md Cargo.toml Cargo.lock && git commit".to_owned());
    lines
}

/// Tells a program: one JSON object, with the same keys always.
pub(super) fn machine(update: &Update) -> String {
    let comparison = &update.prepared.comparison;
    let status = match (update.is_current(), update.dry_run) {
        (true, _) => "current",
        (false, true) => "dry_run",
        (false, false) => "updated",
    };
    let edits = update.updated.edits.iter().chain(&update.release.edits);
    let notes = update.notes.iter().map(|note| json!({ "reason": note.reason, "subjects": note.subjects }));
    let object = json!({
        "command": "update",
        "status": status,
        "exit_code": 0,
        "message": null,
        "source": update.label,
        "form": update.form,
        "service": update.service,
        "summary": update.difference.as_ref().map(|found| found.summary()),
        "difference": update.difference.as_ref().map(|found| serde_json::to_value(found).unwrap_or_default()),
        "files": edits.map(|edit| shown_path(update, &edit.path)).collect::<Vec<_>>(),
        "crate": {
            "out": shown_crate(update),
            "added": comparison.paths(|fate| *fate == Fate::Missing),
            "changed": comparison.paths(|fate| matches!(fate, Fate::Changed(_))),
            "removed": comparison.to_remove(),
        },
        "dropped_documentation": update.updated.dropped,
        "undocumented": update.prepared.generated.undocumented,
        "notes": notes.collect::<Vec<_>>(),
        "warnings": update.warnings.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "version": update.release.version,
        "changelog_entry": update.release.has_entry,
    });
    format!("{object}\n")
}

/// The same for an update that was refused.
pub(super) fn refusal(reason: &str, code: u8) -> String {
    let status = if code == 1 { "refused" } else { "unreadable" };
    let object: Value = json!({ "command": "update", "status": status, "exit_code": code, "message": reason });
    format!("{object}\n")
}
