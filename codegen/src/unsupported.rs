//! Which operations a crate gets where the generator cannot emit all that were asked for.
//!
//! What cannot be emitted is told of the shape in which it stands. From there this file walks back to the operations that
//! reach it: a refusal names them, and with [`Options::skip_unsupported`](crate::Options::skip_unsupported) they are left
//! out. A model that is wrong is refused whoever reaches the mistake.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::ast::{Kind, Shape};
use crate::model::ShapeId;
use crate::model::load::{Loaded, Merged};
use crate::model::merged::Ast;
use crate::model::selection::{Choice, Selection};
use crate::options::Options;
use crate::report::{Diagnostic, LEAVE_OUT, Report};

/// How many operations a hint names before it only counts them.
const NAMED: usize = 8;

/// For how many problems a report looks up the operations; nobody reads further.
const HINTED: usize = 100;

/// An operation that the generator cannot emit yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Its name in the model.
    pub operation: String,
    /// What of it cannot be emitted, as a sentence without a full stop.
    pub reason: String,
}

/// The choice of a crate, as it stands after what was refused so far.
#[derive(Debug)]
pub(crate) struct Chosen {
    /// What the model is loaded with.
    pub(crate) selection: Option<Selection>,
    /// Operations that were wanted and are not there, by name.
    pub(crate) left_out: Vec<LeftOut>,
}

impl Chosen {
    /// What the caller asks for.
    pub(crate) fn of(options: &Options) -> Self {
        Self { selection: options.operations.clone(), left_out: Vec::new() }
    }

    /// Leaves out what a refusal is about; `false` if that is not the whole of it, or nobody would be left.
    fn leave_out(&mut self, refusal: &Report, ast: &Ast) -> bool {
        if refusal.diagnostics.iter().any(|problem| !problem.unsupported) {
            return false;
        }
        let users = Users::of(ast);
        let mut found: BTreeMap<String, String> = BTreeMap::new();
        for problem in &refusal.diagnostics {
            for operation in users.operations(problem) {
                found.entry(operation).or_insert_with(|| problem.message.clone());
            }
        }
        found.retain(|operation, _| self.has(operation));
        if found.is_empty() {
            return false;
        }
        self.deselect(found.keys());
        self.left_out.extend(found.into_iter().map(|(operation, reason)| LeftOut { operation, reason }));
        self.left_out.sort_by(|left, right| left.operation.cmp(&right.operation));
        // A choice of nothing is refused as such, which would hide why.
        users.names.iter().any(|operation| self.has(operation)) || self.has_no_need_of_operations()
    }

    /// Whether a crate without operations is what was asked for.
    fn has_no_need_of_operations(&self) -> bool {
        self.selection.as_ref().is_some_and(|selection| selection.may_be_empty || !selection.shapes.is_empty())
    }

    fn has(&self, operation: &str) -> bool {
        self.selection.as_ref().is_none_or(|selection| {
            selection.names.iter().any(|name| name == operation) == (selection.choice == Choice::Only)
        })
    }

    fn deselect<'o>(&mut self, operations: impl Iterator<Item = &'o String>) {
        let selection = self.selection.get_or_insert_with(|| Selection {
            source: "operations left out".to_owned(),
            choice: Choice::AllBut,
            ..Selection::default()
        });
        match selection.choice {
            Choice::AllBut => selection.names.extend(operations.cloned()),
            Choice::Only => {
                let gone: BTreeSet<&String> = operations.collect();
                selection.names.retain(|name| !gone.contains(name));
            }
        }
    }
}

/// What is made of the model of the choice that options ask for, and that choice. Where operations that cannot be emitted
/// are to be skipped, it is the choice without those that the model, or what is made of it, is refused for.
///
/// # Errors
/// What is wrong with the model, or cannot be emitted and is not to be skipped, with the operations that reach it.
pub(crate) fn without<T>(
    merged: &Merged,
    options: &Options,
    made: impl Fn(Loaded, &Chosen) -> Result<T, Report>,
) -> Result<(T, Chosen), Report> {
    let mut chosen = Chosen::of(options);
    loop {
        let refusal = match merged
            .load(chosen.selection.as_ref(), options.protocol.as_deref())
            .and_then(|loaded| made(loaded, &chosen))
        {
            Ok(made) => return Ok((made, chosen)),
            Err(refusal) => refusal,
        };
        let Some(ast) = &merged.ast else { return Err(refusal) };
        if !options.skip_unsupported || !chosen.leave_out(&refusal, ast) {
            return Err(hinted(refusal, ast));
        }
    }
}

/// The refusal with the operations that cannot be had in the hints of what cannot be emitted.
fn hinted(mut refusal: Report, ast: &Ast) -> Report {
    if !refusal.diagnostics.iter().any(|problem| problem.unsupported) {
        return refusal;
    }
    let users = Users::of(ast);
    for problem in refusal.diagnostics.iter_mut().filter(|problem| problem.unsupported).take(HINTED) {
        let operations = users.operations(problem);
        if !operations.is_empty() {
            problem.hint = format!("{LEAVE_OUT}: {}", listed(&operations));
        }
    }
    refusal
}

/// The operations of a refused model that its problems keep from being emitted; none where something else
/// is wrong as well, or where no other operation is left, so that leaving them out would not help.
pub(crate) fn unsupported(refusal: &Report, ast: &Ast) -> Vec<String> {
    if refusal.diagnostics.iter().any(|problem| !problem.unsupported) {
        return Vec::new();
    }
    let users = Users::of(ast);
    let found: BTreeSet<String> = refusal.diagnostics.iter().flat_map(|problem| users.operations(problem)).collect();
    if users.names.is_subset(&found) { Vec::new() } else { found.into_iter().collect() }
}

/// Names in a sentence.
fn listed(names: &BTreeSet<String>) -> String {
    let shown: Vec<&str> = names.iter().take(NAMED).map(String::as_str).collect();
    match names.len().saturating_sub(NAMED) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// Who refers to whom, backwards.
struct Users<'a> {
    /// The shapes that refer to one.
    of: BTreeMap<&'a str, Vec<&'a Shape>>,
    ast: &'a Ast,
    /// Old ids of shapes that the service renames, by the new ones.
    renamed: BTreeMap<String, &'a str>,
    /// The operations of the model, by name.
    names: BTreeSet<String>,
}

impl<'a> Users<'a> {
    fn of(ast: &'a Ast) -> Self {
        let mut users = Self { of: BTreeMap::new(), ast, renamed: BTreeMap::new(), names: BTreeSet::new() };
        for shape in ast.shapes.values() {
            match shape.kind {
                Kind::Operation => drop(users.names.insert(ShapeId::new(&shape.id).name().to_owned())),
                Kind::Service => users.renamed.extend(shape.links.rename.iter().map(|(from, name)| {
                    let namespace = ShapeId::new(&from.id).namespace().to_owned();
                    (format!("{namespace}#{name}"), from.id.as_str())
                })),
                _ => {}
            }
            let links = [&shape.links.input, &shape.links.output].into_iter().flatten();
            let errors = shape.links.errors.iter().filter(|_| shape.kind == Kind::Operation);
            for target in shape.members.iter().map(|member| &member.target).chain(links).chain(errors) {
                users.of.entry(&target.id).or_default().push(shape);
            }
        }
        users
    }

    /// The names of the operations that reach the shape of a problem, or are it.
    fn operations(&self, problem: &Diagnostic) -> BTreeSet<String> {
        let start = problem.shape.as_deref().unwrap_or_default();
        let start = self.renamed.get(start).copied().unwrap_or(start);
        let mut seen = BTreeSet::new();
        let mut queue: Vec<&Shape> = self.ast.shapes.get(start).into_iter().collect();
        let mut operations = BTreeSet::new();
        while let Some(shape) = queue.pop() {
            if !seen.insert(shape.id.as_str()) {
                continue;
            }
            if shape.kind == Kind::Operation {
                operations.insert(ShapeId::new(&shape.id).name().to_owned());
            }
            queue.extend(self.of.get(shape.id.as_str()).into_iter().flatten());
        }
        operations
    }
}
