//! Who makes the plan: the model, what is known of it, and what all parts of lowering ask of both.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Deprecated, Member, Model, Shape, ShapeId, ShapeKind};
use crate::options::Emit;
use crate::plan::customization::Customization;
use crate::plan::docs::{self, Docs};
use crate::report::Diagnostic;

/// The model, what is known of its shapes, and the problems found so far.
pub(super) struct Planner<'m> {
    pub(super) model: &'m Model,
    pub(super) emit: Emit,
    /// Name by which programs import the crate.
    pub(super) library: String,
    /// Data shapes that get a Rust type below `types`, errors excepted.
    pub(super) data: BTreeSet<&'m ShapeId>,
    /// Structures that are events of a stream.
    pub(super) events: BTreeSet<&'m ShapeId>,
    /// Exceptions, by id.
    pub(super) exception_ids: BTreeSet<&'m ShapeId>,
    /// The Rust names of both.
    pub(super) type_names: BTreeSet<String>,
    /// Members that must be boxed: container and member name.
    pub(super) boxed: BTreeSet<(&'m ShapeId, &'m str)>,
    /// What the service is given beyond its model.
    pub(super) customization: &'static Customization,
    /// Structures and unions that hold something sensitive at any depth.
    pub(super) secret: BTreeSet<&'m ShapeId>,
    /// Names that operations define in files that also use data types.
    pub(super) operation_names: BTreeSet<String>,
    /// Where documentation finds a model name: `CreateStage` to Rust name and path.
    pub(super) links: BTreeMap<Cow<'m, str>, (String, String)>,
    pub(super) problems: Vec<Diagnostic>,
    /// What in the model is of no use to the client.
    pub(super) warnings: Vec<Diagnostic>,
    /// Ids of what the model does not document.
    pub(super) undocumented: RefCell<BTreeSet<String>>,
    /// Documentation as the model has it, by id; empty where there is none.
    pub(super) texts: RefCell<BTreeMap<String, String>>,
}

impl<'m> Planner<'m> {
    /// A shape of the model.
    pub(super) fn shape(&self, id: &ShapeId) -> &'m Shape {
        &self.model.shapes[id]
    }

    /// The members of a structure or union; none for other shapes.
    pub(super) fn members(&self, id: &ShapeId) -> &'m [Member] {
        match &self.shape(id).kind {
            ShapeKind::Structure(structure) => &structure.members,
            ShapeKind::Union(members) => members,
            _ => &[],
        }
    }

    /// The shape that a member reaches without passing through a structure: itself, or what its list or map holds.
    pub(super) fn reached(&self, id: &'m ShapeId) -> &'m ShapeId {
        match &self.shape(id).kind {
            ShapeKind::List { member, .. } => self.reached(&member.target),
            ShapeKind::Map { value, .. } => self.reached(&value.target),
            _ => id,
        }
    }

    /// The same, and the keys of the maps on the way.
    pub(super) fn reached_with_keys(&self, id: &'m ShapeId) -> Vec<&'m ShapeId> {
        match &self.shape(id).kind {
            ShapeKind::List { member, .. } => self.reached_with_keys(&member.target),
            ShapeKind::Map { key, value, .. } => {
                let mut reached = self.reached_with_keys(&value.target);
                reached.push(&key.target);
                reached
            }
            _ => vec![id],
        }
    }

    /// Where documentation leads for an operation: to the client's method, or to the module where there is no client.
    pub(super) fn place_of(&self, module: &str) -> String {
        match self.emit {
            Emit::Client => format!("crate::Client::{module}"),
            Emit::Types => format!("crate::operation::{module}"),
        }
    }

    /// Documentation of a shape or member, or a sentence that claims nothing; then `id` is noted as undocumented.
    pub(super) fn docs(&self, id: &str, source: Option<&str>, otherwise: impl FnOnce() -> String) -> Docs {
        self.texts.borrow_mut().insert(id.to_owned(), source.unwrap_or_default().to_owned());
        let docs = docs::render(source.unwrap_or_default(), &|name| self.links.get(name).cloned());
        if docs.lines.is_empty() {
            self.undocumented.borrow_mut().insert(id.to_owned());
            return Docs::plain(&otherwise());
        }
        docs.in_library(&self.library)
    }

    pub(super) fn problem(&mut self, shape: &ShapeId, member: Option<&str>, message: String, hint: &str) {
        let mut problem = Diagnostic::of_shape(shape.as_str(), message, hint);
        if let Some(member) = member {
            problem.pointer.push_str(&format!("/members/{member}"));
            problem.member = Some(member.to_owned());
        }
        self.problems.push(problem);
    }

    /// Whether a member, or anything in its list or map, is sensitive.
    pub(super) fn is_sensitive(&self, member: &Member) -> bool {
        let target = self.shape(&member.target);
        target.sensitive
            || match &target.kind {
                ShapeKind::List { member, .. } => self.is_sensitive(member),
                ShapeKind::Map { key, value, .. } => self.is_sensitive(key) || self.is_sensitive(value),
                _ => false,
            }
    }
}

/// The note of a deprecated item.
pub(super) fn deprecation(deprecated: Option<&Deprecated>) -> Option<String> {
    let deprecated = deprecated?;
    let message = deprecated.message.clone().unwrap_or_else(|| "the model says that this is deprecated".to_owned());
    Some(match &deprecated.since {
        Some(since) => format!("{message} (since {since})"),
        None => message,
    })
}
