//! A difference of models as an entry of a changelog: methods with requests and responses, then what else changed.

use smithy_client_tools::diff::{Change, Difference, Fate, Mark, Method, SketchLine, Subject, VERSION_RULES, Verdict};

use cargo_smithy_client::difference::signed;

/// Renders a difference as the entry of a date, `YYYY-MM-DD`.
pub(crate) fn render(difference: &Difference, date: &str) -> String {
    let mut text = format!("## {} - {date}\n\n", difference.service);
    text += &format!("**{}.** {}.\n", methods_count(&difference.methods), capitalised(&difference.summary()));
    if !difference.is_empty() {
        let bump = &difference.bump;
        let reason = &bump.reason;
        text += &format!(
            "\nSuggested version: {} below 1.0.0, {} from 1.0.0 on ({reason}). {VERSION_RULES}\n",
            bump.below_one, bump.from_one
        );
        text += &growth(difference);
    }
    let fates = [(Fate::Added, "New methods"), (Fate::Changed, "Updated methods"), (Fate::Removed, "Removed methods")];
    for (fate, title) in fates {
        let of_fate = difference.methods.iter().filter(|method| method.fate == fate);
        section(&mut text, title, of_fate.map(method).collect());
    }
    let (breaking, others): (Vec<&Change>, Vec<&Change>) = difference
        .changes
        .iter()
        .filter(|change| is_told(change))
        .partition(|change| change.verdicts.worst() == Verdict::Breaking);
    section(&mut text, "Breaking changes", breaking.into_iter().map(bullet).collect());
    section(&mut text, "Other changes", others.into_iter().map(bullet).collect());
    section(&mut text, "New types", new_types(&difference.changes));
    section(
        &mut text,
        "Not compared",
        difference.notes.iter().map(|note| format!("- {}.\n", capitalised(note))).collect(),
    );
    text
}

fn section(text: &mut String, title: &str, body: String) {
    if !body.is_empty() {
        text.push_str(&format!("\n### {title}\n\n{}\n", body.trim_end()));
    }
}

/// `12 new methods, 3 updated methods`.
fn methods_count(methods: &[Method]) -> String {
    let count = |fate: Fate| methods.iter().filter(|method| method.fate == fate).count();
    let rows = [(count(Fate::Added), "new"), (count(Fate::Changed), "updated"), (count(Fate::Removed), "removed")];
    let rows = rows.iter().filter(|(number, _)| *number > 0);
    let parts: Vec<String> = rows
        .map(|(number, word)| match number {
            1 => format!("1 {word} method"),
            _ => format!("{number} {word} methods"),
        })
        .collect();
    if parts.is_empty() { "No methods changed".to_owned() } else { capitalised(&parts.join(", ")) }
}

fn growth(difference: &Difference) -> String {
    let Some(growth) = &difference.growth else { return String::new() };
    let (before, after) = (growth.before, growth.after);
    format!(
        "\nThe generated crate has {} operations ({}), {} shapes ({}) and {} lines of Rust ({}).\n",
        after.operations,
        signed(before.operations, after.operations),
        after.shapes,
        signed(before.shapes, after.shapes),
        after.lines,
        signed(before.lines, after.lines),
    )
}

fn method(method: &Method) -> String {
    let mut text = format!("#### `{}` ({})\n\n", method.name, method.operation);
    if let Some(documentation) = &method.documentation {
        text += &format!("{documentation}\n\n");
    }
    text += &format!("`{}`\n\n", method.route);
    let is_changed = method.fate == Fate::Changed;
    let parts = [("Request", &method.request), ("Response", &method.response), ("Errors", &method.errors)];
    for (title, lines) in parts {
        if !lines.is_empty() {
            text += &format!("{title}\n\n{}\n", sketch(lines, is_changed));
        } else if !is_changed && title != "Errors" {
            text += &format!("{title}: empty\n\n");
        }
    }
    text
}

/// An outline as a block of code; that of a changed method as a diff.
fn sketch(lines: &[SketchLine], is_changed: bool) -> String {
    let line = |line: &SketchLine| {
        let sign = match (is_changed, line.mark) {
            (false, _) => "",
            (true, Mark::Same) => "  ",
            (true, Mark::Added) => "+ ",
            (true, Mark::Removed) => "- ",
        };
        format!("{sign}{}{}\n", "    ".repeat(line.depth), line.text)
    };
    let language = if is_changed { "diff" } else { "text" };
    format!("```{language}\n{}```\n", lines.iter().map(line).collect::<String>())
}

/// Whether a change is told one by one: methods and new types are told elsewhere, texts of documentation by number.
fn is_told(change: &Change) -> bool {
    !matches!(change.rule.id(), "operation-added" | "type-added" | "documentation-changed")
}

fn bullet(change: &Change) -> String {
    let owner = match change.subject {
        Subject::Service | Subject::Endpoints => String::new(),
        Subject::Operation | Subject::Type => format!("{}: ", change.name),
    };
    let items = match (&change.before, &change.after) {
        (Some(before), Some(after)) if before != after => format!(" `{before}` is now `{after}`."),
        (Some(item), None) => format!(" Was `{item}`."),
        (None, Some(item)) => format!(" Is `{item}`."),
        _ => String::new(),
    };
    let hint = change.hint.as_deref().map(|hint| format!(" It {hint}.")).unwrap_or_default();
    format!("- {owner}{}.{items}{hint} ({}; `{}`)\n", change.sentence, change.verdicts, change.rule)
}

/// The new types that Rust code can name.
fn new_types(changes: &[Change]) -> String {
    let new = changes.iter().filter(|change| change.rule.id() == "type-added");
    let names: Vec<String> = new
        .filter_map(|change| change.path.as_deref().filter(|_| change.after.is_some()))
        .map(|path| format!("`{path}`"))
        .collect();
    names.join(", ")
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
