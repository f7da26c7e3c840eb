//! The way from sources to a checked [`Model`]: read, merge, even out, choose the service, lower.

use super::merge::merge;
use super::merged::Ast;
use super::prelude::prelude;
use super::selection::Selection;
use super::traits::id;
use super::{Model, lower, quirks, service};
use crate::ast::File;
use crate::ast::node::{At, Findings};
use crate::ast::read::read;
use crate::report::{Diagnostic, Report};

/// A model without errors, and what is odd about it.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The model.
    pub model: Model,
    /// What the person should know: unknown traits, traits without effect and the like.
    pub warnings: Vec<Diagnostic>,
}

/// Reads the sources of one service and checks them.
///
/// Each source is a name for messages, usually a file path, and the text of a Smithy JSON AST. Their order matters
/// only for documentation: that of the last source that has one counts. A selection leaves nothing in the model but
/// its operations, its types and what they reach; without one it is the whole service.
///
/// # Errors
///
/// Every problem found, not only the first: text that is no Smithy AST, sources that contradict each other, targets that do
/// not exist, traits with wrong values, names in the selection that no operation has, and whatever cannot be emitted,
/// such as other protocols and event streams.
pub fn load(sources: &[(String, String)], selection: Option<&Selection>) -> Result<Loaded, Report> {
    Merged::of(sources).load(selection, None)
}

/// The sources as one set of shapes, read once for as many selections as are tried.
pub(crate) struct Merged {
    /// The shapes, whatever else is wrong with them; `None` where a source is no Smithy AST.
    pub(crate) ast: Option<Ast>,
    /// The first source.
    first: At,
    /// What was found while they were read.
    findings: Findings,
}

impl Merged {
    /// Reads sources, each a name and a text, as [`load`] does.
    pub(crate) fn of(sources: &[(String, String)]) -> Self {
        let mut findings = Findings::default();
        let ast = read_all(sources, &mut findings);
        let first = At::root(sources.first().map_or("no source", |(name, _)| name));
        Self { ast, first, findings }
    }

    /// Forgets what the model says to people, for those who ask for names alone.
    pub(crate) fn forget_documentation(&mut self) {
        let shapes = self.ast.iter_mut().flat_map(|ast| ast.shapes.values_mut());
        for shape in shapes {
            let of_members = shape.members.iter_mut().map(|member| &mut member.traits);
            for traits in of_members.chain([&mut shape.traits]) {
                traits.remove(id::DOCUMENTATION);
                traits.remove(id::EXAMPLES);
            }
        }
    }

    /// The model of a selection, for a protocol that the service lists, by its name, or for the preferred one: the formats
    /// and names in it are those of its protocol. Errors are those of [`load`], and that the service does not list the
    /// protocol.
    pub(crate) fn load(&self, selection: Option<&Selection>, protocol: Option<&str>) -> Result<Loaded, Report> {
        let mut findings = self.findings.clone();
        let model = self.model(selection, protocol, &mut findings);
        let warnings = findings.into_result()?;
        let model = model.expect("a model is missing only after an error, which was returned above");
        Ok(Loaded { model, warnings })
    }

    /// The model as far as it can be built; `None` only after an error.
    fn model(&self, selection: Option<&Selection>, protocol: Option<&str>, findings: &mut Findings) -> Option<Model> {
        let ast = self.ast.as_ref()?;
        let service = service::choose(ast, &self.first, findings)?;
        let protocol = service::protocol(service, protocol, findings);
        Some(lower::lower(ast, service, protocol, selection, findings))
    }
}

/// Reads and merges the sources; `None` when one of them is no Smithy AST, since all else would follow from that.
pub(crate) fn read_all(sources: &[(String, String)], findings: &mut Findings) -> Option<Ast> {
    let mut files: Vec<Option<File>> = vec![prelude(findings)];
    for (position, (name, text)) in sources.iter().enumerate() {
        files.push(read(position + 1, name, text, findings));
    }
    let files: Option<Vec<File>> = files.into_iter().collect();
    let mut ast = merge(files?, findings);
    quirks::run(&mut ast, findings);
    Some(ast)
}
