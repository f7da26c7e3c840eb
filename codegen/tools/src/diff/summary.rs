//! From a list of changes to a report: counts, quiet changes, methods, version step, growth.

use std::collections::{BTreeMap, BTreeSet};

use super::compare::{Comparison, uri};
use super::outcome::{
    Bump, Change, Counts, Difference, Fate, Growth, Method, Size, SketchLine, Step, Subject, Verdict, plural,
};
use super::outline;
use super::rules;
use super::side::Side;
use smithy_client_codegen::model::{Operation, ShapeKind};
use smithy_client_codegen::names;

/// The operations that a report is about; `None` for all.
pub(super) type Chosen<'c> = Option<&'c BTreeSet<String>>;

/// Makes the report of a comparison, on the chosen operations and what they reach; without growth, which takes longer.
pub(super) fn report(mut comparison: Comparison<'_>, chosen: Chosen<'_>) -> Difference {
    let meets = |operations: &[String]| {
        chosen.is_none_or(|chosen| operations.is_empty() || operations.iter().any(|name| chosen.contains(name)))
    };
    comparison.changes.retain(|change| meets(&change.operations));
    let new_shapes = names_of_new(&comparison.new, &comparison.old, &meets);
    let removed_shapes = names_of_new(&comparison.old, &comparison.new, &meets);
    let changes = std::mem::take(&mut comparison.changes);
    Difference {
        service: service_name(&comparison.new),
        counts: counts(&changes, new_shapes.len(), removed_shapes.len()),
        quiet: quiet(&changes, &comparison),
        methods: methods(&comparison, chosen),
        bump: bump(&changes),
        growth: None,
        notes: notes(&comparison, &changes),
        new_shapes,
        removed_shapes,
        changes,
    }
}

fn service_name(side: &Side<'_>) -> String {
    let service = &side.model.service;
    service.title.clone().unwrap_or_else(|| service.sdk_id.clone())
}

/// Names of the shapes of one side that the other has not.
fn names_of_new(side: &Side<'_>, other: &Side<'_>, meets: &impl Fn(&[String]) -> bool) -> Vec<String> {
    let known = other.own_shapes();
    let fresh = side.own_shapes().into_iter().filter(|(key, _)| !known.contains_key(key));
    let met = fresh.filter(|(_, shape)| meets(&side.uses(&shape.id).operations()));
    met.map(|(_, shape)| shape.id.name().to_owned()).collect()
}

fn counts(changes: &[Change], new_shapes: usize, removed_shapes: usize) -> Counts {
    let mut counts = Counts::default();
    counts.shapes.added = new_shapes;
    counts.shapes.removed = removed_shapes;
    let (mut operations, mut shapes, mut members, mut values) =
        (BTreeSet::new(), BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for change in changes {
        let is_value = change.rule.id().starts_with("enum-value-");
        let place = (change.shape.as_deref().unwrap_or(&change.name), change.member.as_deref());
        match (change.rule, change.fate, change.subject) {
            (rules::DOCUMENTATION, ..) => counts.documentation += 1,
            (rules::TRAIT_ADDED | rules::TRAIT_REMOVED | rules::TRAIT_CHANGED, ..) => counts.facts += 1,
            (rules::UNREACHED_ADDED | rules::UNREACHED_REMOVED, ..) => counts.facts += 1,
            (_, _, Subject::Service) => counts.service += 1,
            (_, _, Subject::Endpoints) => counts.endpoints += 1,
            (rules::OPERATION_ERROR_ADDED, ..) => counts.errors.added += 1,
            (rules::OPERATION_ERROR_REMOVED, ..) => counts.errors.removed += 1,
            (rules::OPERATION_ADDED, ..) => counts.operations.added += 1,
            (rules::OPERATION_REMOVED, ..) => counts.operations.removed += 1,
            (rules::TYPE_ADDED | rules::TYPE_REMOVED, ..) => {}
            // These follow from other changes, which are counted.
            (rules::BUILDER_FALLIBLE | rules::BUILDER_INFALLIBLE | rules::MEMBER_RUST_TYPE, ..) => {}
            (_, Fate::Added, _) if is_value => counts.values.added += 1,
            (_, Fate::Removed, _) if is_value => counts.values.removed += 1,
            (_, Fate::Changed, _) if is_value => drop(values.insert(place)),
            (rules::MEMBER_ADDED | rules::MEMBER_ADDED_REQUIRED, ..) => counts.members.added += 1,
            (rules::MEMBER_REMOVED, ..) => counts.members.removed += 1,
            _ if change.member.is_some() => drop(members.insert(place)),
            (_, _, Subject::Operation) => drop(operations.insert(place)),
            (_, _, Subject::Type) => drop(shapes.insert(place)),
        }
    }
    counts.operations.changed = operations.len();
    counts.shapes.changed = shapes.len();
    counts.members.changed = members.len();
    counts.values.changed = values.len();
    counts
}

/// What a release tends not to announce: defaults and limits of what was there before.
fn quiet(changes: &[Change], comparison: &Comparison<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    let defaults = [
        (rules::MEMBER_DEFAULT_REMOVED, "lost its default", "lost their default"),
        (rules::MEMBER_DEFAULT_ADDED, "gained a default", "gained a default"),
        (rules::MEMBER_DEFAULT_CHANGED, "has another default", "have another default"),
    ];
    for (rule, one, many) in defaults {
        let mut by_target: BTreeMap<&str, usize> = BTreeMap::new();
        for change in changes.iter().filter(|change| change.rule == rule) {
            *by_target.entry(change.target.as_deref().unwrap_or(&change.name)).or_default() += 1;
        }
        if by_target.is_empty() {
            continue;
        }
        let noun = noun(by_target.keys().copied(), &comparison.new);
        let verb = if by_target.len() == 1 { one } else { many };
        let members = plural(by_target.values().sum(), "member");
        let names: Vec<&str> = by_target.keys().copied().collect();
        lines.push(format!("{} {verb}, in {members}: {}", plural(by_target.len(), noun), names.join(", ")));
    }
    let is_limit = |change: &&Change| {
        ["length-", "range-", "pattern-", "unique-"].iter().any(|start| change.rule.id().starts_with(start))
    };
    for change in changes.iter().filter(is_limit) {
        let owner = match &change.member {
            Some(_) => format!(" of {}", change.name),
            None => String::new(),
        };
        lines.push(change.sentence.replacen("` ", &format!("`{owner} "), 1));
    }
    lines
}

/// What shapes with these names are called together.
fn noun<'n>(names: impl Iterator<Item = &'n str>, side: &Side<'_>) -> &'static str {
    let mut nouns = names.map(|name| {
        let shape = side.model.shapes.values().find(|shape| shape.id.name() == name);
        match shape.map(|shape| &shape.kind) {
            Some(ShapeKind::Boolean) => "boolean",
            Some(ShapeKind::Byte | ShapeKind::Short | ShapeKind::Integer | ShapeKind::Long) => "number",
            Some(ShapeKind::Float | ShapeKind::Double) => "number",
            _ => "shape",
        }
    });
    let first = nouns.next().unwrap_or("shape");
    if nouns.all(|other| other == first) { first } else { "shape" }
}

/// Methods that are new, gone, or look different.
fn methods(comparison: &Comparison<'_>, chosen: Chosen<'_>) -> Vec<Method> {
    let (old, new) = (&comparison.old, &comparison.new);
    let names: BTreeSet<&str> =
        old.model.operations.iter().chain(&new.model.operations).map(|operation| operation.id.name()).collect();
    let wanted = names.into_iter().filter(|name| chosen.is_none_or(|chosen| chosen.contains(*name)));
    wanted
        .filter_map(|name| match (old.operation(name), new.operation(name)) {
            (None, Some(operation)) => Some(method(new, operation, Fate::Added)),
            (Some(operation), None) => Some(method(old, operation, Fate::Removed)),
            (Some(before), Some(after)) => changed_method((old, before), (new, after)),
            (None, None) => None,
        })
        .collect()
}

fn method(side: &Side<'_>, operation: &Operation, fate: Fate) -> Method {
    let surface = side.surface.as_ref();
    let documentation = surface.and_then(|surface| surface.first_sentence(operation.id.name())).map(str::to_owned);
    Method {
        operation: operation.id.name().to_owned(),
        name: names::operation(operation.id.name()),
        fate,
        route: format!("{} {}", operation.http.method, uri(operation)),
        documentation: documentation.filter(|_| operation.documentation.is_some()),
        request: outline::request(side, operation),
        response: outline::response(side, operation),
        errors: outline::errors(operation),
    }
}

/// A method of both sides with the lines that differ; `None` where none does.
fn changed_method(old: (&Side<'_>, &Operation), new: (&Side<'_>, &Operation)) -> Option<Method> {
    let (before, after) = (method(old.0, old.1, Fate::Changed), method(new.0, new.1, Fate::Changed));
    let lines = |of: fn(&Method) -> &[SketchLine]| outline::changed_lines(of(&before), of(&after));
    let (request, response, errors) =
        (lines(|method| &method.request), lines(|method| &method.response), lines(|method| &method.errors));
    let same = request.is_empty() && response.is_empty() && errors.is_empty() && before.route == after.route;
    (!same).then_some(Method { request, response, errors, ..after })
}

/// The step of the version: what breaks source code or behaviour is breaking; what adds or changes is minor; text is a patch.
fn bump(changes: &[Change]) -> Bump {
    let worst = |of: fn(&Change) -> Verdict| changes.iter().map(of).max().unwrap_or_default();
    let (rust, behaviour, wire) = (
        worst(|change| change.verdicts.rust),
        worst(|change| change.verdicts.behaviour),
        worst(|change| change.verdicts.wire),
    );
    let step = |below_one, from_one, reason: String| Bump { below_one, from_one, reason };
    if rust == Verdict::Breaking || behaviour == Verdict::Breaking {
        let of_rust = changes.iter().filter(|change| change.verdicts.rust == Verdict::Breaking).count();
        let others = changes.iter().filter(|change| change.verdicts.rust != Verdict::Breaking);
        let of_behaviour = others.filter(|change| change.verdicts.behaviour == Verdict::Breaking).count();
        let parts = [(of_rust, "source code"), (of_behaviour, "calls that compile")];
        let parts = parts.iter().filter(|(number, _)| *number > 0);
        let parts: Vec<String> =
            parts.map(|(number, what)| format!("{} can break {what}", plural(*number, "change"))).collect();
        return step(Step::Minor, Step::Major, parts.join(", "));
    }
    if rust.max(behaviour).max(wire) > Verdict::Same {
        return step(
            Step::Patch,
            Step::Minor,
            "something is added or works differently, and nothing breaks".to_owned(),
        );
    }
    match changes.is_empty() {
        true => step(Step::None, Step::None, "nothing changed".to_owned()),
        false => step(Step::Patch, Step::Patch, "nothing changed but text or facts that no caller meets".to_owned()),
    }
}

/// The sizes of the generated crates; `None` when one cannot be generated.
pub(super) fn growth(comparison: &Comparison<'_>) -> Option<Growth> {
    let size = |side: &Side<'_>| {
        let files = side.surface.as_ref()?.files();
        let sources = files.iter().filter(|(path, _)| path.ends_with(".rs"));
        Some(Size {
            operations: side.model.operations.len(),
            shapes: side.own_shapes().len(),
            files: sources.clone().count(),
            lines: sources.map(|(_, text)| text.lines().count()).sum(),
        })
    };
    Some(Growth { before: size(&comparison.old)?, after: size(&comparison.new)? })
}

fn notes(comparison: &Comparison<'_>, changes: &[Change]) -> Vec<String> {
    let mut notes = Vec::new();
    for (side, word) in [(&comparison.old, "older"), (&comparison.new, "newer")] {
        if let Some(reason) = &side.refusal {
            notes.push(format!(
                "the {word} model cannot be generated, so Rust verdicts are estimates without items: {reason}"
            ));
        }
    }
    let rules = |side: &Side<'_>| side.model.service.endpoint_rules.clone();
    let leads_elsewhere = changes.iter().any(|change| change.subject == Subject::Endpoints);
    if rules(&comparison.old) != rules(&comparison.new) && !leads_elsewhere {
        notes.push("the endpoint rules are written differently, and lead to the same endpoints".to_owned());
    }
    if !comparison.is_documented() {
        notes.push("documentation is not compared, as at least one of the models has none".to_owned());
    }
    notes
}
