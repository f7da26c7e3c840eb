//! A difference of models for a person: the summary first, then every change.

use smithy_client_tools::diff::{Change, Difference, Direction, Fate, Subject, Verdict};

/// How many names of places with other documentation are listed.
const SHOWN_DOCUMENTATION: usize = 20;

/// How many operations that meet a type are named before they are only counted.
const SHOWN_OPERATIONS: usize = 6;

/// How wide lists of names are.
const WIDTH: usize = 100;

/// Renders a difference. The first line is the summary.
pub fn render(difference: &Difference) -> String {
    let mut text = format!("{}\n{}\n", difference.summary(), difference.service);
    if !difference.is_empty() {
        let bump = &difference.bump;
        text +=
            &format!("\nversion: {} below 1.0.0, {} from 1.0.0 on: {}\n", bump.below_one, bump.from_one, bump.reason);
        text += &growth(difference);
    }
    section(&mut text, "quiet changes", difference.quiet.iter().map(|line| format!("  {line}\n")).collect());
    let (listed, rest): (Vec<&Change>, Vec<&Change>) = difference.changes.iter().partition(|change| is_listed(change));
    additions(&mut text, &listed);
    let subjects = [
        (Subject::Service, "service"),
        (Subject::Endpoints, "endpoints"),
        (Subject::Operation, "operations"),
        (Subject::Type, "types"),
    ];
    for (subject, title) in subjects {
        let of_subject: Vec<&Change> =
            rest.iter().copied().filter(|change| change.subject == subject && !is_text(change)).collect();
        section(&mut text, title, changes(&of_subject));
    }
    section(&mut text, "documentation", documentation(&rest));
    section(&mut text, "left out", difference.notes.iter().map(|note| format!("  {note}\n")).collect());
    text
}

fn section(text: &mut String, title: &str, body: String) {
    if !body.is_empty() {
        text.push_str(&format!("\n{title}\n{body}"));
    }
}

fn growth(difference: &Difference) -> String {
    let Some(growth) = &difference.growth else { return String::new() };
    let (before, after) = (growth.before, growth.after);
    let row = |noun: &str, before: usize, after: usize| format!("{after} {noun} ({})", signed(before, after));
    let rows = [
        row("operations", before.operations, after.operations),
        row("shapes", before.shapes, after.shapes),
        row("files", before.files, after.files),
        row("lines of Rust", before.lines, after.lines),
    ];
    format!("generated: {}\n", rows.join(", "))
}

/// By how much a number grew, with its sign.
pub fn signed(before: usize, after: usize) -> String {
    match after.checked_sub(before) {
        Some(more) => format!("+{more}"),
        None => format!("-{}", before - after),
    }
}

/// Whether a change is told in a list of names: something new as a whole.
fn is_listed(change: &Change) -> bool {
    matches!(change.rule.id(), "operation-added" | "type-added")
}

/// Whether only the text for readers changed.
fn is_text(change: &Change) -> bool {
    change.verdicts.worst() == Verdict::Same && change.rule.id() == "documentation-changed"
}

/// What is new as a whole: operations with their methods, types by name.
fn additions(text: &mut String, listed: &[&Change]) {
    let operations: Vec<&&Change> = listed.iter().filter(|change| change.subject == Subject::Operation).collect();
    if let Some(first) = operations.first() {
        let lines = operations.iter().map(|change| {
            let method = change.after.as_deref().map(|after| format!("  {after}")).unwrap_or_default();
            format!("  {:<34}{method}{}\n", change.name, hint(change)).replace(" \n", "\n")
        });
        section(text, &format!("new operations ({})", first.verdicts), lines.collect());
    }
    let types = listed.iter().copied().filter(|change| change.subject == Subject::Type);
    let (rust, plain): (Vec<&Change>, Vec<&Change>) = types.partition(|change| change.after.is_some());
    if let Some(first) = rust.first() {
        let names: Vec<&str> = rust.iter().map(|change| change.name.as_str()).collect();
        section(text, &format!("new types ({})", first.verdicts), wrapped(&names));
    }
    let names: Vec<&str> = plain.iter().map(|change| change.name.as_str()).collect();
    section(text, "new shapes without a Rust type of their own", wrapped(&names));
}

/// Changes below the name of what they belong to.
fn changes(changes: &[&Change]) -> String {
    let mut text = String::new();
    let mut owner = None;
    for change in changes {
        if owner != Some(&change.name) {
            text += &format!("  {}{}\n", change.name, met(change));
            owner = Some(&change.name);
        }
        text += &format!("    {} {} [{}]\n", sign(change.fate), change.sentence, change.rule);
        text += &format!("      {}\n", change.verdicts);
        text += &items(change, "      ");
        if change.hint.is_some() {
            text += &format!("      {}\n", hint(change).trim());
        }
    }
    text
}

/// Which way the data of a type goes, and which operations meet it.
fn met(change: &Change) -> String {
    let way = match change.direction {
        Some(Direction::Input) => "sent",
        Some(Direction::Output) => "received",
        Some(Direction::Both) => "sent and received",
        None => return String::new(),
    };
    match (change.subject, change.operations.as_slice()) {
        (Subject::Type, [first @ .., last]) if first.len() < SHOWN_OPERATIONS => {
            let names: Vec<&str> = first.iter().chain([last]).map(String::as_str).collect();
            format!(", {way} by {}", names.join(", "))
        }
        (Subject::Type, many) => format!(", {way} by {} operations", many.len()),
        _ => String::new(),
    }
}

/// The Rust items of a change, a line each.
fn items(change: &Change, indentation: &str) -> String {
    let place = change.path.as_deref().map(|path| format!("  in {path}")).unwrap_or_default();
    let (before, after) = (change.before.as_deref(), change.after.as_deref());
    match (before, after) {
        (None, None) => String::new(),
        (before, after) if before == after => format!("{indentation}  {}{place}\n", after.unwrap_or_default()),
        (before, after) => {
            let line = |sign: char, item: &str| format!("{indentation}{sign} {item}{place}\n");
            let before = before.map(|item| line('-', item)).unwrap_or_default();
            before + &after.map(|item| line('+', item)).unwrap_or_default()
        }
    }
}

fn hint(change: &Change) -> String {
    change.hint.as_deref().map(|hint| format!("  hint: {hint}")).unwrap_or_default()
}

fn sign(fate: Fate) -> char {
    match fate {
        Fate::Added => '+',
        Fate::Removed => '-',
        Fate::Changed => '~',
    }
}

/// Names in lines of a readable width.
fn wrapped(names: &[&str]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for name in names {
        match lines.last_mut() {
            Some(line) if line.len() + name.len() + 2 <= WIDTH => line.push_str(&format!(", {name}")),
            _ => lines.push(format!("  {name}")),
        }
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// Places with other documentation, by name.
fn documentation(changes: &[&Change]) -> String {
    let places = changes.iter().filter(|change| is_text(change));
    let places: Vec<String> = places
        .map(|change| match &change.member {
            Some(member) => format!("{}.{member}", change.name),
            None => change.name.clone(),
        })
        .collect();
    let mut names: Vec<&str> = places.iter().take(SHOWN_DOCUMENTATION).map(String::as_str).collect();
    let more = format!("and {} more", places.len().saturating_sub(SHOWN_DOCUMENTATION));
    if places.len() > SHOWN_DOCUMENTATION {
        names.push(&more);
    }
    wrapped(&names)
}
