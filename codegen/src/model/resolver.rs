//! Who knows the merged sources while the model is made of them: finds what is referred to, and keeps what was reached.

use super::ShapeId;
use super::merged::Ast;
use super::traits::{Place, Unknown};
use crate::ast;
use crate::ast::Reference;
use crate::ast::node::Findings;
use crate::protocol::Protocol;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// What is known of the sources while the model is made of them.
pub(crate) struct Resolver<'a> {
    /// The merged sources.
    pub(crate) ast: &'a Ast,
    /// The protocol of the service, or the one that it would have.
    pub(crate) protocol: &'static Protocol,
    /// What is wrong so far.
    pub(crate) findings: &'a mut Findings,
    /// Shapes that the service renames, by their id.
    pub(super) renames: BTreeMap<&'a str, ShapeId>,
    /// Traits that nobody knows.
    pub(super) unknown: Unknown,
    /// Data shapes met so far.
    pub(super) reached: BTreeSet<&'a str>,
    /// Data shapes met and not lowered yet.
    pub(super) queue: VecDeque<&'a ast::Shape>,
}

impl<'a> Resolver<'a> {
    /// The shape that is referred to; reports one that does not exist.
    pub(crate) fn find(&mut self, reference: &Reference) -> Option<&'a ast::Shape> {
        self.ast.find(reference, self.findings)
    }

    /// Puts a data shape into the model and gives the id that it has there.
    pub(crate) fn reach(&mut self, shape: &'a ast::Shape) -> ShapeId {
        if self.reached.insert(&shape.id) {
            self.queue.push_back(shape);
        }
        self.model_id(&shape.id)
    }

    /// The id of a data shape in the model: its own, or with the name that the service gives it.
    pub(super) fn model_id(&self, id: &str) -> ShapeId {
        let renamed = self.renames.get(id).cloned();
        renamed.unwrap_or_else(|| ShapeId::new(id))
    }

    /// Looks up the traits of something.
    pub(crate) fn check_traits(&mut self, traits: &ast::Traits, place: Place) {
        self.unknown.check(traits, place, self.findings);
    }
}
