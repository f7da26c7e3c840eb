//! The merged sources: every shape by its id, before anything of it is checked.

use crate::ast::node::Findings;
use crate::ast::suggest::did_you_mean;
use crate::ast::{Reference, Shape, Trait};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// From this many problems on, a hint costs more than it helps: nobody reads that far.
const HINTED: usize = 100;

/// Every shape of every source by its id.
#[derive(Debug, Default)]
pub(crate) struct Ast {
    /// Shapes with all traits and members they have.
    pub(crate) shapes: BTreeMap<String, Shape>,
    /// Shapes that exist in a source but could not be read; that is already reported.
    pub(super) broken: BTreeSet<String>,
}

impl Ast {
    /// The shape that is referred to; reports one that does not exist.
    pub(crate) fn find(&self, to: &Reference, findings: &mut Findings) -> Option<&Shape> {
        let found = self.shapes.get(&to.id);
        if found.is_none() && !self.broken.contains(&to.id) {
            let message = format!("target {} does not exist", to.id);
            let hint = self.similar(&to.id, findings);
            findings.error(&to.at, message, hint);
        }
        found
    }

    /// A hint that names the shapes whose ids are nearest.
    pub(super) fn similar(&self, id: &str, findings: &Findings) -> String {
        let fallback = "define it, or give the source that does";
        if findings.errors() >= HINTED {
            return fallback.to_owned();
        }
        did_you_mean(id, self.shapes.keys().map(String::as_str), fallback)
    }
}

/// A trait that no source has, said to stand where its reason stands: at the shape.
pub(super) fn implied(id: &str, value: Value, shape: &Shape) -> Trait {
    Trait { id: id.to_owned(), value, at: shape.at.clone(), source: 0 }
}
