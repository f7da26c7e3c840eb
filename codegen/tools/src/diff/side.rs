//! One of the two models, with all that the comparison asks about it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::outcome::Direction;
use smithy_client_codegen::Source;
use smithy_client_codegen::ast::read::read;
use smithy_client_codegen::ast::{self, node::Findings};
use smithy_client_codegen::model::{Member, Model, Operation, Shape, ShapeId, ShapeKind};
use smithy_client_codegen::surface::Surface;

/// Namespace of the shapes that every model has.
const PRELUDE: &str = "smithy.api";

/// The trait of defaults.
const DEFAULT: &str = "smithy.api#default";

/// Traits of a place, by id.
type Traits = BTreeMap<String, Value>;

/// A shape, or a member of one, as the sources have it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// Absolute id of the shape.
    pub(super) shape: String,
    pub(super) member: Option<String>,
}

impl Place {
    fn new(shape: &str, member: Option<&str>) -> Self {
        Self { shape: shape.to_owned(), member: member.map(str::to_owned) }
    }

    /// What it is called in comparisons, as [`Side::key`].
    pub(super) fn key(&self, namespace: &str) -> (&str, Option<&str>) {
        let own = self.shape.strip_prefix(namespace).and_then(|rest| rest.strip_prefix('#'));
        (own.unwrap_or(&self.shape), self.member.as_deref())
    }

    /// What it is called in sentences.
    pub(super) fn name(&self) -> String {
        let shape = self.shape.rsplit('#').next().unwrap_or(&self.shape);
        self.member.as_ref().map_or_else(|| shape.to_owned(), |member| format!("{shape}.{member}"))
    }
}

/// What sources declare, word for word: every place with its traits. The model has less, as it holds what a client's
/// code needs: no defaults of inputs, no traits that mean nothing to it, no shapes that no operation reaches.
#[derive(Debug, Default)]
pub(super) struct Declared {
    pub(super) places: BTreeMap<Place, Traits>,
}

impl Declared {
    /// Reads sources; those that cannot be read declare nothing.
    pub(super) fn of(sources: &[Source]) -> Self {
        let mut declared = Self::default();
        for (position, source) in sources.iter().enumerate() {
            let file = read(position, &source.name, &source.text, &mut Findings::default());
            for shape in file.iter().flat_map(|file| &file.shapes) {
                declared.add(Place::new(&shape.id, None), &shape.traits);
                for member in &shape.members {
                    declared.add(Place::new(&shape.id, Some(&member.name)), &member.traits);
                }
            }
            for apply in file.iter().flat_map(|file| &file.applies) {
                declared.add(Place::new(&apply.shape, apply.member.as_deref()), &apply.traits);
            }
        }
        declared
    }

    fn add(&mut self, place: Place, traits: &ast::Traits) {
        let traits = traits.iter().map(|found| (found.id.clone(), found.value.clone()));
        self.places.entry(place).or_default().extend(traits);
    }

    fn default_of(&self, shape: &ShapeId, member: &str) -> Option<&Value> {
        self.places.get(&Place::new(shape.as_str(), Some(member)))?.get(DEFAULT)
    }
}

/// A model, its Rust surface, and which operations meet which shape.
pub(super) struct Side<'m> {
    pub(super) model: &'m Model,
    /// What Rust code sees; `None` where the generator cannot emit the model.
    pub(super) surface: Option<Surface>,
    /// Why there is no surface.
    pub(super) refusal: Option<String>,
    uses: BTreeMap<&'m ShapeId, Uses>,
    /// What the sources declare.
    pub(super) declared: &'m Declared,
}

/// The operations that meet a shape, by name.
#[derive(Clone, Debug, Default)]
pub(super) struct Uses {
    pub(super) sent: BTreeSet<String>,
    pub(super) received: BTreeSet<String>,
}

impl Uses {
    /// Adds those of the same shape in the other model.
    pub(super) fn join(mut self, other: Self) -> Self {
        self.sent.extend(other.sent);
        self.received.extend(other.received);
        self
    }

    /// Which way data goes; a shape that nothing meets counts as both.
    pub(super) fn direction(&self) -> Direction {
        match (self.sent.is_empty(), self.received.is_empty()) {
            (false, true) => Direction::Input,
            (true, false) => Direction::Output,
            _ => Direction::Both,
        }
    }

    /// All operations, by name.
    pub(super) fn operations(&self) -> Vec<String> {
        self.sent.union(&self.received).cloned().collect()
    }
}

impl<'m> Side<'m> {
    pub(super) fn new(model: &'m Model, declared: &'m Declared) -> Self {
        let (surface, refusal) = match Surface::of(model) {
            Ok(surface) => (Some(surface), None),
            Err(report) => (None, report.diagnostics.first().map(|problem| problem.message.clone())),
        };
        let mut side = Self { model, surface, refusal, uses: BTreeMap::new(), declared };
        for operation in &model.operations {
            side.walk(operation);
        }
        side
    }

    fn walk(&mut self, operation: &'m Operation) {
        let name = operation.id.name();
        for id in operation.input.iter().chain(&operation.output).chain(&operation.errors) {
            let is_input = operation.input.as_ref() == Some(id);
            for reached in self.closure(id) {
                let uses = self.uses.entry(reached).or_default();
                if is_input { &mut uses.sent } else { &mut uses.received }.insert(name.to_owned());
            }
        }
    }

    /// A shape and everything that it leads to.
    fn closure(&self, root: &'m ShapeId) -> BTreeSet<&'m ShapeId> {
        let mut found = BTreeSet::new();
        let mut queue = vec![root];
        while let Some(id) = queue.pop() {
            if found.insert(id) {
                queue.extend(members(self.shape(id)).into_iter().map(|member| &member.target));
            }
        }
        found
    }

    /// The namespace of the service.
    pub(super) fn namespace(&self) -> &'m str {
        self.model.service.id.namespace()
    }

    pub(super) fn shape(&self, id: &ShapeId) -> &'m Shape {
        &self.model.shapes[id]
    }

    /// The operations that meet a shape.
    pub(super) fn uses(&self, id: &ShapeId) -> Uses {
        self.uses.get(id).cloned().unwrap_or_default()
    }

    pub(super) fn operation(&self, name: &str) -> Option<&'m Operation> {
        self.model.operations.iter().find(|operation| operation.id.name() == name)
    }

    /// The default of a member of a shape, if it is not null.
    pub(super) fn default<'s>(&'s self, owner: Option<&ShapeId>, member: &'s Member) -> Option<&'s Value> {
        let declared = || self.declared.default_of(owner?, &member.name);
        member.default.as_ref().or_else(declared).filter(|value| !value.is_null())
    }

    /// What a shape is called in comparisons: its name within the service's own namespace, else its whole id, so that
    /// a service that moves to another namespace is still compared shape by shape.
    pub(super) fn key<'k>(&self, id: &'k ShapeId) -> &'k str {
        match id.namespace() == self.model.service.id.namespace() {
            true => id.name(),
            false => id.as_str(),
        }
    }

    /// Shapes of the model itself, by their key; those of the prelude never change.
    pub(super) fn own_shapes(&self) -> BTreeMap<&'m str, &'m Shape> {
        let own = self.model.shapes.values().filter(|shape| shape.id.namespace() != PRELUDE);
        own.map(|shape| (self.key(&shape.id), shape)).collect()
    }

    /// Inputs and outputs of operations, which are compared with their operation.
    pub(super) fn ends(&self) -> BTreeSet<&'m ShapeId> {
        self.model.operations.iter().flat_map(|operation| operation.input.iter().chain(&operation.output)).collect()
    }

    /// Whether any text for readers is there to compare.
    pub(super) fn is_documented(&self) -> bool {
        let model = self.model;
        model.service.documentation.is_some()
            || model.operations.iter().any(|operation| operation.documentation.is_some())
            || model.shapes.values().any(|shape| {
                shape.documentation.is_some() || members(shape).iter().any(|member| member.documentation.is_some())
            })
    }
}

/// The members of a structure, union, list or map.
pub(super) fn members(shape: &Shape) -> Vec<&Member> {
    match &shape.kind {
        ShapeKind::Structure(structure) => structure.members.iter().collect(),
        ShapeKind::Union(members) => members.iter().collect(),
        ShapeKind::List { member, .. } => vec![member],
        ShapeKind::Map { key, value, .. } => vec![key, value],
        _ => Vec::new(),
    }
}
